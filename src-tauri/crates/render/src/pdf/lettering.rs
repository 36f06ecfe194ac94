//! The fonts as PDF takes them, and words as their glyphs. Fonts are opened once a document, not once a word.

use std::ops::Range;
use std::sync::Arc;

use krilla::geom::Point;
use krilla::surface::Surface;
use krilla::text::{Font as Face, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};
use unicode_bidi::BidiInfo;
use unicode_segmentation::UnicodeSegmentation;

use super::single;
use crate::stand_in::{StandIn, StandIns};
use crate::text::{Font, Weight};

/// A font to write with and to shape with.
type Opened<'a> = (Face, rustybuzz::Face<'a>);

/// One face for each weight, and those that stand in for letters they lack.
pub(crate) struct Faces<'a> {
    bundled: Vec<(Weight, Opened<'static>)>,
    others: Vec<Opened<'a>>,
    stand_ins: &'a StandIns,
}

/// Glyphs of one font in a row.
struct Run<'a> {
    text: &'a str,
    face: &'a Face,
    glyphs: Vec<KrillaGlyph>,
    /// In parts of the em square.
    width: f64,
}

impl<'a> Faces<'a> {
    /// The bundled ones and these; `None` when one of them is broken.
    pub(crate) fn with(stand_ins: &'a StandIns) -> Option<Self> {
        let bundled = |weight: Weight| {
            let shaper = rustybuzz::Face::from_slice(weight.file(), 0)?;
            Some((weight, (Face::new(weight.file().into(), 0)?, shaper)))
        };
        let other = |font: &'a StandIn| {
            let data: Arc<dyn AsRef<[u8]> + Send + Sync> = font.data.clone();
            let shaper = rustybuzz::Face::from_slice(&font.data, font.index)?;
            Some((Face::new(data.into(), font.index)?, shaper))
        };
        let bundled: Option<Vec<_>> = Weight::ALL.into_iter().map(bundled).collect();
        let others: Option<Vec<_>> = stand_ins.fonts().iter().map(other).collect();
        Some(Self {
            bundled: bundled?,
            others: others?,
            stand_ins,
        })
    }

    /// Sets words with their baseline at a place.
    pub(crate) fn write(
        &self,
        surface: &mut Surface<'_>,
        text: &str,
        (x, y): (f64, f64),
        font: Font,
    ) {
        let mut x = x;
        for run in self.runs(text, font.weight) {
            let place = Point::from_xy(single(x), single(y));
            let size = single(font.size);
            surface.draw_glyphs(place, &run.glyphs, run.face.clone(), run.text, size, false);
            x += run.width * font.size;
        }
    }

    /// How wide words are, as they are set.
    pub(crate) fn width(&self, text: &str, font: Font) -> f64 {
        if !self.needs_others(text) {
            return font.width(text);
        }
        let runs = self.runs(text, font.weight);
        runs.iter().map(|run| run.width).sum::<f64>() * font.size
    }

    fn needs_others(&self, text: &str) -> bool {
        !self.others.is_empty() && text.chars().any(|letter| self.stand_ins.has(letter))
    }

    /// Words as they are read from left to right, a run for each change of font or direction.
    fn runs<'t>(&'t self, text: &'t str, weight: Weight) -> Vec<Run<'t>> {
        if !self.needs_others(text) {
            let run = self.run(text, None, weight, None);
            return run.into_iter().collect();
        }
        let mut runs = Vec::new();
        let bidi = BidiInfo::new(text, None);
        for paragraph in &bidi.paragraphs {
            let (levels, directed) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for part in directed {
                let rightward = levels.get(part.start).is_none_or(|level| level.is_ltr());
                let direction = if rightward {
                    Direction::LeftToRight
                } else {
                    Direction::RightToLeft
                };
                let mut same = self.of_one_font(text, part);
                if !rightward {
                    same.reverse();
                }
                runs.extend(same.into_iter().filter_map(|(range, other)| {
                    self.run(text.get(range)?, other, weight, Some(direction))
                }));
            }
        }
        runs
    }

    /// A part of a text, split where its font changes.
    fn of_one_font(&self, text: &str, part: Range<usize>) -> Vec<(Range<usize>, Option<usize>)> {
        let mut split: Vec<(Range<usize>, Option<usize>)> = Vec::new();
        let start = part.start;
        let words = text.get(part).unwrap_or_default();
        for (at, cluster) in words.grapheme_indices(true) {
            let (font, end) = (self.stand_ins.font_of(cluster), start + at + cluster.len());
            match split.last_mut() {
                // A blank between two words of a font is set in it.
                Some((range, last)) if *last == font || cluster == " " => range.end = end,
                _ => split.push((start + at..end, font)),
            }
        }
        split
    }

    fn run<'t>(
        &'t self,
        text: &'t str,
        other: Option<usize>,
        weight: Weight,
        direction: Option<Direction>,
    ) -> Option<Run<'t>> {
        let (face, shaper) = match other {
            Some(other) => self.others.get(other)?,
            None => {
                let mut bundled = self.bundled.iter();
                &bundled.find(|(other, _)| *other == weight)?.1
            }
        };
        let glyphs = shape(text, shaper, direction);
        let width = glyphs.iter().map(|glyph| f64::from(glyph.x_advance)).sum();
        Some(Run {
            text,
            face,
            glyphs,
            width,
        })
    }
}

/// The glyphs of a text, each with the characters it stands for.
fn shape(text: &str, face: &rustybuzz::Face<'_>, direction: Option<Direction>) -> Vec<KrillaGlyph> {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    if let Some(direction) = direction {
        buffer.set_direction(direction);
    }
    let forward = buffer.direction() == Direction::LeftToRight;
    let shaped = rustybuzz::shape(face, &[], buffer);
    let (infos, positions) = (shaped.glyph_infos(), shaped.glyph_positions());
    let mut starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
    if !forward {
        starts.reverse();
    }
    starts.dedup();
    let end_of = |start: usize| {
        let next = starts.partition_point(|other| *other <= start);
        starts.get(next).copied().unwrap_or(text.len())
    };
    let em = face.units_per_em() as f32;
    let glyph = |(info, position): (&rustybuzz::GlyphInfo, &rustybuzz::GlyphPosition)| {
        let start = info.cluster as usize;
        KrillaGlyph::new(
            GlyphId::new(info.glyph_id),
            position.x_advance as f32 / em,
            position.x_offset as f32 / em,
            position.y_offset as f32 / em,
            position.y_advance as f32 / em,
            start..end_of(start).max(start),
            None,
        )
    };
    infos.iter().zip(positions).map(glyph).collect()
}
