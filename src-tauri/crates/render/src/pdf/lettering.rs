//! The bundled fonts as PDF takes them, and words as their glyphs. Fonts are opened once a document, not once a word.

use krilla::geom::Point;
use krilla::surface::Surface;
use krilla::text::{Font as Face, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};

use super::single;
use crate::text::{Font, Weight};

/// One face for each weight.
pub(super) struct Faces {
    faces: Vec<(Weight, Face, rustybuzz::Face<'static>)>,
}

impl Faces {
    /// The bundled ones; `None` when one of them is broken.
    pub(super) fn bundled() -> Option<Self> {
        let face = |weight: Weight| {
            let shaper = rustybuzz::Face::from_slice(weight.file(), 0)?;
            Some((weight, Face::new(weight.file().into(), 0)?, shaper))
        };
        let faces: Option<Vec<_>> = Weight::ALL.into_iter().map(face).collect();
        Some(Self { faces: faces? })
    }

    /// Sets words with their baseline at a place.
    pub(super) fn write(
        &self,
        surface: &mut Surface<'_>,
        text: &str,
        (x, y): (f64, f64),
        font: Font,
    ) {
        let Some((_, face, shaper)) = self
            .faces
            .iter()
            .find(|(weight, ..)| *weight == font.weight)
        else {
            return;
        };
        let glyphs = shape(text, shaper);
        let place = Point::from_xy(single(x), single(y));
        surface.draw_glyphs(place, &glyphs, face.clone(), text, single(font.size), false);
    }
}

/// The glyphs of a text, each with the characters it stands for.
fn shape(text: &str, face: &rustybuzz::Face<'_>) -> Vec<KrillaGlyph> {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
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
