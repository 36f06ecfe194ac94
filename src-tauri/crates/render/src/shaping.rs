//! Words as glyphs: of the bundled fonts, and of those that stand in for letters these lack. Fonts are opened once a picture,
//! not once a word. Refuses to know what glyphs are drawn on.

use std::ops::Range;

use rustybuzz::{Direction, Face, UnicodeBuffer};
use unicode_bidi::BidiInfo;
use unicode_segmentation::UnicodeSegmentation;

use crate::stand_in::StandIns;
use crate::text::{Font, Weight};

/// Which font a run is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Cut {
    /// A bundled one.
    Bundled(Weight),
    /// The one at this place of those that stand in.
    StandIn(usize),
}

/// A glyph at the end of those before it; lengths in parts of the em square, y up.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    /// Its number in its font.
    pub(crate) number: u32,
    /// How far the next one is.
    pub(crate) advance: (f32, f32),
    /// How far it is beside its place.
    pub(crate) offset: (f32, f32),
    /// The bytes of the run's text that it stands for.
    pub(crate) text: Range<usize>,
}

/// Glyphs of one font in a row.
pub(crate) struct Run<'t> {
    pub(crate) text: &'t str,
    pub(crate) cut: Cut,
    pub(crate) glyphs: Vec<Glyph>,
    /// In parts of the em square.
    pub(crate) width: f64,
}

/// The fonts of a picture.
pub(crate) struct Shaper<'a> {
    bundled: Vec<(Weight, Face<'static>)>,
    others: Vec<Face<'a>>,
    stand_ins: &'a StandIns,
}

impl<'a> Shaper<'a> {
    /// The bundled fonts and these; `None` when one of them is broken.
    pub(crate) fn with(stand_ins: &'a StandIns) -> Option<Self> {
        let bundled = |weight: Weight| Some((weight, Face::from_slice(weight.file(), 0)?));
        let bundled: Option<Vec<_>> = Weight::ALL.into_iter().map(bundled).collect();
        let others = stand_ins.fonts().iter();
        let others: Option<Vec<_>> = others
            .map(|font| Face::from_slice(&font.data, font.index))
            .collect();
        Some(Self {
            bundled: bundled?,
            others: others?,
            stand_ins,
        })
    }

    pub(crate) fn face(&self, cut: Cut) -> Option<&Face<'a>> {
        match cut {
            Cut::StandIn(other) => self.others.get(other),
            Cut::Bundled(weight) => {
                let mut bundled = self.bundled.iter();
                Some(&bundled.find(|(other, _)| *other == weight)?.1)
            }
        }
    }

    /// How wide words are, as they are measured wherever lines break; with letters of other fonts, as they are set.
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
    pub(crate) fn runs<'t>(&self, text: &'t str, weight: Weight) -> Vec<Run<'t>> {
        if !self.needs_others(text) {
            let run = self.run(text, Cut::Bundled(weight), None);
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
                    let cut = other.map_or(Cut::Bundled(weight), Cut::StandIn);
                    self.run(text.get(range)?, cut, Some(direction))
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

    fn run<'t>(&self, text: &'t str, cut: Cut, direction: Option<Direction>) -> Option<Run<'t>> {
        let glyphs = shape(text, self.face(cut)?, direction);
        let width = glyphs.iter().map(|glyph| f64::from(glyph.advance.0)).sum();
        Some(Run {
            text,
            cut,
            glyphs,
            width,
        })
    }
}

/// The glyphs of a text, each with the characters it stands for.
fn shape(text: &str, face: &Face<'_>, direction: Option<Direction>) -> Vec<Glyph> {
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
        Glyph {
            number: info.glyph_id,
            advance: (
                position.x_advance as f32 / em,
                position.y_advance as f32 / em,
            ),
            offset: (position.x_offset as f32 / em, position.y_offset as f32 / em),
            text: start..end_of(start).max(start),
        }
    };
    infos.iter().zip(positions).map(glyph).collect()
}
