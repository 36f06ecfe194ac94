//! The pages of a document: how large each is, and which pieces of which scene lie where on it, in points. Refuses to draw.

use super::{Page, PdfOptions, Spread, tiles};
use crate::error::RenderError;
use crate::scene::Scene;
use crate::scene::grid::Area;

/// What printers leave white, and a little more.
pub(super) const MARGIN: f64 = 20.0;

/// The most pages of a document.
const MOST_PAGES: usize = 500;

/// A page that fits its map has this many points to a map unit, unless PDF has no page as large as that.
const FIT_SCALE: f64 = 0.75;
const LARGEST_SIDE: f64 = 14_400.0;

/// The most points to a map unit on paper: small maps are not blown up beyond it.
const LARGEST_SCALE: f64 = 1.2;

/// Part of a scene that is drawn apart from the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// Columns, links and cards.
    Body,
    /// The heads of the stages.
    Heads,
    /// The names of the lanes.
    Lanes,
    /// The legend.
    Legend,
}

/// A part of a scene on a page.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) part: Part,
    /// What is seen of the scene, in map units.
    pub(super) window: Area,
    /// Points to a map unit.
    pub(super) scale: f64,
    /// Where the scene's origin comes to lie, in points from the page's upper left corner.
    pub(super) origin: (f64, f64),
}

/// A page.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// The number of its scene.
    pub(super) scene: usize,
    /// Width and height in points.
    pub(super) size: (f64, f64),
    pub(super) pieces: Vec<Piece>,
    /// The middle of the line with title and page number; `None` when there is none.
    pub(super) running_line: Option<f64>,
}

impl Page {
    /// Width and height in points; `None` when the map decides.
    pub(super) const fn size(self) -> Option<(f64, f64)> {
        match self {
            Self::A4 => Some((841.89, 595.28)),
            Self::A3 => Some((1190.55, 841.89)),
            Self::Letter => Some((792.0, 612.0)),
            Self::Wide16x9 => Some((960.0, 540.0)),
            Self::Fit => None,
        }
    }
}

/// The scene as it goes on its pages: on one sheet of paper its columns reach down to the sheet's end.
pub(super) fn fitted(scene: &Scene, options: PdfOptions<'_>) -> Scene {
    match (options.page.size(), options.spread) {
        (Some((width, height)), Spread::One) => {
            scene.stretched((height - 2.0 * OUTSIDE) / (width - 2.0 * OUTSIDE))
        }
        (Some(paper), Spread::Tiled) => tiles::fitted(scene, paper),
        (None, _) => scene.clone(),
    }
}

/// Scenes bring a margin of their own; this is what paper needs beside it.
const OUTSIDE: f64 = 6.0;

/// All pages of a document.
pub(super) fn sheets(scenes: &[Scene], options: PdfOptions<'_>) -> Result<Vec<Sheet>, RenderError> {
    let mut sheets = Vec::new();
    for (number, scene) in scenes.iter().enumerate() {
        match (options.page.size(), options.spread) {
            (Some(paper), Spread::Tiled) => sheets.extend(tiles::tiled(scene, number, paper)),
            (paper, _) => sheets.push(whole(scene, number, paper)),
        }
    }
    match sheets.len() {
        0 => Err(RenderError::NoPages),
        pages if pages > MOST_PAGES => Err(RenderError::TooManyPages {
            pages,
            most: MOST_PAGES,
        }),
        _ => Ok(sheets),
    }
}

fn whole(scene: &Scene, number: usize, paper: Option<(f64, f64)>) -> Sheet {
    let (width, height) = scene.size;
    let (size, scale) = match paper {
        Some(paper) => {
            let room = (paper.0 - 2.0 * OUTSIDE, paper.1 - 2.0 * OUTSIDE);
            (
                paper,
                (room.0 / width).min(room.1 / height).min(LARGEST_SCALE),
            )
        }
        None => {
            let scale = FIT_SCALE
                .min(LARGEST_SIDE / width)
                .min(LARGEST_SIDE / height);
            ((width * scale, height * scale), scale)
        }
    };
    let origin = (
        (size.0 - width * scale) / 2.0,
        (size.1 - height * scale) / 2.0,
    );
    Sheet {
        scene: number,
        size,
        pieces: vec![Piece {
            part: Part::Whole,
            window: Area::new(0.0, 0.0, width, height),
            scale,
            origin,
        }],
        running_line: None,
    }
}
