//! The fonts as PDF takes them, opened once a document, and words set in them.

use std::sync::Arc;

use krilla::geom::Point;
use krilla::surface::Surface;
use krilla::text::{Font as Face, GlyphId, KrillaGlyph};

use super::single;
use crate::shaping::{Cut, Glyph, Shaper};
use crate::stand_in::{StandIn, StandIns};
use crate::text::{Font, Weight};

/// One face for each weight, and those that stand in for letters they lack.
pub(crate) struct Faces<'a> {
    shaper: Shaper<'a>,
    bundled: Vec<(Weight, Face)>,
    others: Vec<Face>,
}

impl<'a> Faces<'a> {
    /// The bundled ones and these; `None` when one of them is broken.
    pub(crate) fn with(stand_ins: &'a StandIns) -> Option<Self> {
        let bundled = |weight: Weight| Some((weight, Face::new(weight.file().into(), 0)?));
        let other = |font: &StandIn| {
            let data: Arc<dyn AsRef<[u8]> + Send + Sync> = font.data.clone();
            Face::new(data.into(), font.index)
        };
        let bundled: Option<Vec<_>> = Weight::ALL.into_iter().map(bundled).collect();
        let others: Option<Vec<_>> = stand_ins.fonts().iter().map(other).collect();
        Some(Self {
            shaper: Shaper::with(stand_ins)?,
            bundled: bundled?,
            others: others?,
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
        for run in self.shaper.runs(text, font.weight) {
            let place = Point::from_xy(single(x), single(y));
            let size = single(font.size);
            if let Some(face) = self.face(run.cut) {
                let glyphs: Vec<KrillaGlyph> = run.glyphs.into_iter().map(placed).collect();
                surface.draw_glyphs(place, &glyphs, face.clone(), run.text, size, false);
            }
            x += run.width * font.size;
        }
    }

    /// How wide words are, as they are set.
    pub(crate) fn width(&self, text: &str, font: Font) -> f64 {
        self.shaper.width(text, font)
    }

    fn face(&self, cut: Cut) -> Option<&Face> {
        match cut {
            Cut::StandIn(other) => self.others.get(other),
            Cut::Bundled(weight) => {
                let mut bundled = self.bundled.iter();
                Some(&bundled.find(|(other, _)| *other == weight)?.1)
            }
        }
    }
}

fn placed(glyph: Glyph) -> KrillaGlyph {
    KrillaGlyph::new(
        GlyphId::new(glyph.number),
        glyph.advance.0,
        glyph.offset.0,
        glyph.offset.1,
        glyph.advance.1,
        glyph.text,
        None,
    )
}
