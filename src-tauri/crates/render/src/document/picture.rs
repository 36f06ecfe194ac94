//! The pictures of documents, each drawn by the writer of its format.

use super::DocumentError;
use crate::paint::Ground;
use crate::png::{PngOptions, png as draw_png};
use crate::scene::Scene;
use crate::svg::{FontUse, SvgOptions, svg as draw_svg};

/// Pixels for each map unit: sharp in print, as pictures are shrunk to the width of the text.
const SCALE: f64 = 2.0;

/// More hands than this wait for memory more than they draw.
const MOST_HANDS: usize = 8;

/// A picture as markup that may stand inside a page; its words are set in the page's font.
pub(super) fn svg(scene: &Scene) -> String {
    draw_svg(
        scene,
        SvgOptions {
            ground: Ground::Opaque,
            fonts: FontUse::Named,
        },
    )
}

/// A picture as pixels.
pub(super) fn png(scene: &Scene) -> Result<Vec<u8>, DocumentError> {
    let options = PngOptions {
        ground: Ground::Opaque,
        scale: SCALE,
    };
    draw_png(scene, options).map_err(|error| DocumentError {
        format: "a document with pictures",
        reason: error.to_string(),
    })
}

/// Pictures as pixels, in their order, drawn on all processors: each is too small to be drawn on several.
pub(super) fn pngs(scenes: &[&Scene]) -> Vec<Result<Vec<u8>, DocumentError>> {
    let hands = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = scenes.len().div_ceil(hands.min(MOST_HANDS)).max(1);
    std::thread::scope(|scope| {
        let draw = |scenes: &'_ [&Scene]| scenes.iter().map(|scene| png(scene)).collect::<Vec<_>>();
        let drawing: Vec<_> = scenes
            .chunks(share)
            .map(|scenes| scope.spawn(move || draw(scenes)))
            .collect();
        let drawn = drawing.into_iter().flat_map(|hand| {
            hand.join().unwrap_or_else(|_| {
                vec![Err(DocumentError {
                    format: "a document with pictures",
                    reason: "a picture could not be drawn".to_owned(),
                })]
            })
        });
        drawn.collect()
    })
}

/// How much smaller than on screen a picture is drawn, in points to a map unit, so that it has room; never larger than
/// three fifths, where the names in it are as large as the words around it.
pub(super) fn scale(scene: &Scene, width: f64, height: f64) -> f64 {
    let fits = |room: f64, size: f64| room / size.max(1.0);
    fits(width, scene.size.0)
        .min(fits(height, scene.size.1))
        .min(0.6)
}
