//! The pictures of documents, each drawn by the writer of its format.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

use super::{DocumentError, Progress};
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

/// A picture as pixels, or why there is none.
pub(super) type Drawn = Result<Vec<u8>, DocumentError>;

/// Pictures as pixels, in their order, drawn on all processors: each is too small to be drawn on several. `None`: whoever
/// waits has lost interest; no further picture was begun then.
pub(super) fn pngs(scenes: &[&Scene], progress: Progress<'_>) -> Option<Vec<Drawn>> {
    let hands = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let hands = hands.min(MOST_HANDS).min(scenes.len());
    let next = AtomicUsize::new(0);
    let mut drawn: Vec<Option<Drawn>> = scenes.iter().map(|_| None).collect();
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(hands);
        let drawing: Vec<_> = (0..hands)
            .map(|_| {
                let (sender, next) = (sender.clone(), &next);
                scope.spawn(move || draw(scenes, next, &sender))
            })
            .collect();
        drop(sender);
        for (before, (at, picture)) in receiver.into_iter().enumerate() {
            if let Some(place) = drawn.get_mut(at) {
                *place = Some(picture);
            }
            progress((before + 1) as f64 / scenes.len() as f64).continue_value()?;
        }
        for hand in drawing {
            // What a hand that fell ill left undrawn is told below.
            drop(hand.join());
        }
        Some(())
    })?;
    let undrawn = || {
        Err(DocumentError {
            format: "a document with pictures",
            reason: "a picture could not be drawn".to_owned(),
        })
    };
    let drawn = drawn.into_iter();
    Some(drawn.map(|one| one.unwrap_or_else(undrawn)).collect())
}

/// Draws one picture after the other, until none is left or nobody wants them.
fn draw(scenes: &[&Scene], next: &AtomicUsize, sender: &SyncSender<(usize, Drawn)>) {
    loop {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let Some(scene) = scenes.get(at) else {
            return;
        };
        if sender.send((at, png(scene))).is_err() {
            return;
        }
    }
}

/// How much smaller than on screen a picture is drawn, in points to a map unit, so that it has room; never larger than
/// three fifths, where the names in it are as large as the words around it.
pub(super) fn scale(scene: &Scene, width: f64, height: f64) -> f64 {
    let fits = |room: f64, size: f64| room / size.max(1.0);
    fits(width, scene.size.0)
        .min(fits(height, scene.size.1))
        .min(0.6)
}
