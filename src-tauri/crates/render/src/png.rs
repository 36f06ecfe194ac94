//! A scene as PNG, drawn with the bundled fonts, and others only for letters that these lack. A picture has as many pixels
//! as it has map units at scale 1, and at most 120 million of them. Refuses to make a picture smaller than it was asked for.

pub(crate) mod chunk;
mod file;
mod pixels;
mod strips;

use std::sync::{Arc, OnceLock};

use resvg::usvg::{Options, fontdb};

use crate::error::RenderError;
use crate::paint::Ground;
use crate::scene::Scene;
use crate::shaping::Shaper;
use crate::text::{FAMILY, Weight};
use file::PngFile;
use strips::{ROWS, Strips};

/// The most pixels of a picture.
pub const MOST_PIXELS: u64 = 120_000_000;

/// How a PNG is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PngOptions {
    /// What lies behind the columns.
    pub ground: Ground,
    /// Pixels for each map unit, 1 to 4.
    pub scale: f64,
}

impl Default for PngOptions {
    fn default() -> Self {
        Self {
            ground: Ground::Opaque,
            scale: 2.0,
        }
    }
}

/// Draws a scene as PNG: RGB on opaque ground, RGBA on transparent. The same scene gives the same bytes, on however many
/// processors it is drawn.
///
/// # Errors
/// When the scale is not from 1 to 4, or gives more than [`MOST_PIXELS`]: the error names the largest that does not.
pub fn png(scene: &Scene, options: PngOptions) -> Result<Vec<u8>, RenderError> {
    in_strips(scene, options, ROWS)
}

fn in_strips(scene: &Scene, options: PngOptions, rows: u32) -> Result<Vec<u8>, RenderError> {
    let (width, height) = pixels(scene, options.scale)?;
    let shaper = Shaper::with(&scene.stand_ins);
    let strips = Strips {
        scene,
        options,
        size: (width, height),
        rows,
        shaper: shaper.ok_or_else(|| failed(&"a font cannot be read"))?,
    };
    let mut file = PngFile::new(width, height, options);
    strips.draw(|strip| file.push(&strip))?;
    Ok(file.finish())
}

fn failed(reason: &dyn std::fmt::Display) -> RenderError {
    RenderError::Writer {
        format: "PNG",
        reason: reason.to_string(),
    }
}

/// Width and height in pixels.
fn pixels(scene: &Scene, scale: f64) -> Result<(u32, u32), RenderError> {
    if !(1.0..=4.0).contains(&scale) {
        return Err(RenderError::Scale {
            scale: scale.to_string(),
        });
    }
    let side = |units: f64, scale: f64| (units * scale).ceil().max(1.0) as u64;
    let area = |scale: f64| side(scene.size.0, scale).saturating_mul(side(scene.size.1, scale));
    let (width, height) = (side(scene.size.0, scale), side(scene.size.1, scale));
    if area(scale) <= MOST_PIXELS
        && let (Ok(width), Ok(height)) = (u32::try_from(width), u32::try_from(height))
    {
        return Ok((width, height));
    }
    let largest = (100..=400_u32)
        .rev()
        .find(|hundredths| area(f64::from(*hundredths) / 100.0) <= MOST_PIXELS);
    Err(RenderError::TooManyPixels {
        scale: scale.to_string(),
        width,
        height,
        most: (MOST_PIXELS / 1_000_000) as u32,
        largest: largest.unwrap_or(0),
    })
}

/// What a logo's SVG is read with: the bundled fonts, and no other; no file and no address is followed.
pub(crate) fn settings() -> Options<'static> {
    static BUNDLED: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let bundled = BUNDLED.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        for weight in Weight::ALL {
            fonts.load_font_source(fontdb::Source::Binary(Arc::new(weight.file())));
        }
        fonts.set_sans_serif_family(FAMILY);
        Arc::new(fonts)
    });
    Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::clone(bundled),
        ..Options::default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

    use std::cell::OnceCell;
    use std::collections::HashMap;

    use backcast_model::{Id, Severity};

    use super::*;
    use crate::scene::{Badge, Picture, Shown, Theme, View};

    fn scene() -> Scene {
        let text = r#"{"format": "backcast-map", "version": 1, "title": "Seams", "stages": [], "audiences": [],
            "touchpoints": [
                {"id": "tv", "name": "TV spot that everybody talks about", "kind": "driver", "cta": "Look it up"},
                {"id": "shop", "name": "Shop", "kind": "destination", "rank": "ultimate"}],
            "links": [{"from": "tv", "to": "shop", "cta": "Go to the shop"}]}"#;
        let map = backcast_exchange::read(text.as_bytes()).unwrap();
        let id = |name| Id::new(name).unwrap();
        let badge = Badge {
            severity: Severity::High,
            count: 3,
        };
        Scene::of(&Picture {
            map: &map,
            bands: Vec::new(),
            lanes: Vec::new(),
            places: [(id("tv"), (0.0, 0.0)), (id("shop"), (320.0, 170.0))].into(),
            card: (208.0, 96.0),
            ways: HashMap::new(),
            badges: [(id("tv"), badge)].into(),
            theme: Theme::light(),
            view: View::Whole,
            shown: Shown::default(),
            graph: OnceCell::new(),
        })
    }

    fn decoded(bytes: Vec<u8>) -> Vec<u8> {
        let reader = png::Decoder::new(std::io::Cursor::new(bytes));
        let mut reader = reader.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        pixels
    }

    /// Strips that are lower than a card part within each of them. The rasterizer cuts curves at the edge of what it draws
    /// on, which moves a pixel of their edges here and there; a seam would be a row of them.
    #[test]
    fn where_strips_part_does_not_show() {
        let scene = scene();
        for (ground, bytes) in [(Ground::Opaque, 3), (Ground::Transparent, 4)] {
            for scale in [1.0, 2.0] {
                let options = PngOptions { ground, scale };
                let (width, height) = pixels(&scene, scale).unwrap();
                let drawn = |rows| decoded(in_strips(&scene, options, rows).unwrap());
                let (whole, parted) = (drawn(height), drawn(61));
                assert_eq!(whole.len(), parted.len());
                let line = bytes * width as usize;
                for (y, (one, other)) in whole.chunks(line).zip(parted.chunks(line)).enumerate() {
                    let pixels = one.chunks(bytes).zip(other.chunks(bytes));
                    let differ = pixels.filter(|(one, other)| differ(one, other)).count();
                    assert!(differ <= 12, "{options:?}: {differ} pixels of row {y}");
                }
            }
        }
    }

    /// Whether an eye may tell these pixels apart.
    fn differ(one: &[u8], other: &[u8]) -> bool {
        let mut bytes = one.iter().zip(other);
        bytes.any(|(one, other)| one.abs_diff(*other) > 12)
    }
}
