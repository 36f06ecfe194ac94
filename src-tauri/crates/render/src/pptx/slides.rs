//! The slides of a deck, in their order: the map, the map in readable pieces where it is too large for one slide, the
//! coverage table, the timeline, the gaps.

use crate::scene::Scene;

use super::deck::{Deck, GapLine, SlideSize};
use super::drawing::Drawing;
use super::lanes::Lanes;
use super::map::MapSlides;
use super::palette::Palette;
use super::pieces::{Piece, pieces};
use super::sheet::{INCH, LONGEST, SHORTEST, Sheet, UNIT, emu, exact};
use super::words::{Look, one_line};
use super::{coverage, gap_list, timeline};

/// A slide: what is on it and what its speaker reads.
#[derive(Debug)]
pub(super) struct Slide {
    pub(super) drawing: Drawing,
    pub(super) notes: Vec<String>,
}

/// Pixels to the map unit where a map is shown in pieces.
const PIECE_ZOOM: f64 = 0.8;

/// Everything that stands in a deck, and how large its slides are.
pub(super) fn slides(deck: &Deck, size: SlideSize) -> (Sheet, Vec<Slide>) {
    let (mut sheet, scale) = sheet(&deck.map, size);
    sheet.logo = deck.map.logo.as_ref().map(|logo| {
        let (width, height) = logo.picture.fitted(Sheet::LOGO_ROOM);
        (emu(width * exact(INCH)), emu(height * exact(INCH)))
    });
    let palette = Palette {
        theme: &deck.map.theme,
    };
    let map = MapSlides {
        scene: &deck.map,
        sheet,
        scale,
    };
    let mut slides = map_slides(&map, deck);
    let title = one_line(&deck.title);
    if let Some(table) = &deck.coverage {
        slides.extend(coverage::slides(table, &title, palette, sheet));
    }
    if let Some(timeline) = &deck.timeline {
        slides.extend(timeline::slides(timeline, &title, palette, sheet));
    }
    slides.extend(gap_list::slides(&deck.gaps, &title, palette, sheet));
    (sheet, slides)
}

fn map_slides(map: &MapSlides<'_>, deck: &Deck) -> Vec<Slide> {
    let whole = Piece::whole(&deck.map);
    let title = one_line(&deck.title);
    let sheet = map.sheet;
    let mut slides = vec![Slide {
        drawing: map.draw(&whole, &heading(&title, 0, 1, sheet)),
        notes: deck.notes.clone(),
    }];
    if map.is_readable(&whole) {
        return slides;
    }
    let parts = pieces(&deck.map, map.room(PIECE_ZOOM));
    for (at, piece) in parts.iter().enumerate() {
        let stages = stage_names(&deck.map, piece);
        let before = parts
            .get(..at)
            .unwrap_or_default()
            .iter()
            .filter(|other| other.columns == piece.columns)
            .count();
        let all = parts
            .iter()
            .filter(|other| other.columns == piece.columns)
            .count();
        let said = if stages.is_empty() {
            title.clone()
        } else {
            format!("{title}: {}", stages.join(", "))
        };
        let close = MapSlides {
            scale: None,
            ..*map
        };
        let mut notes = gaps_of(&deck.gaps, &stages);
        notes.extend(elsewhere(&deck.map, piece));
        slides.push(Slide {
            drawing: close.draw(piece, &heading(&said, before, all, sheet)),
            notes,
        });
    }
    slides
}

/// The slide of a map: its size, and the scale when the map is not to be fitted into it.
fn sheet(map: &Scene, size: SlideSize) -> (Sheet, Option<f64>) {
    let within = |length: i64| length.clamp(SHORTEST, LONGEST);
    match size {
        SlideSize::Wide => (Sheet::WIDE, None),
        SlideSize::Millimetres(width, height) => {
            let side = |millimetres: f64| within(emu(millimetres * 36_000.0));
            (
                Sheet {
                    width: side(width),
                    height: side(height),
                    logo: None,
                },
                None,
            )
        }
        SlideSize::Fit => fitting(map),
    }
}

/// A sheet that has room for a map at 100 %, or at less where the format ends.
fn fitting(map: &Scene) -> (Sheet, Option<f64>) {
    let extent = Piece::whole(map).extent;
    let names = |sheet: Sheet| map.lane_span().map_or(0, |_| Lanes::strip(sheet));
    let least = Sheet {
        width: Sheet::WIDE.width / 2,
        height: Sheet::WIDE.height / 2,
        logo: None,
    };
    let around = |sheet: Sheet| {
        (
            sheet.width - sheet.content().width + names(sheet),
            sheet.height - sheet.content().height + sheet.scaled(0.5),
        )
    };
    let wanted = |scale: f64, (beside, above): (i64, i64)| Sheet {
        width: (emu(extent.width() * UNIT * scale) + beside).max(least.width),
        height: (emu(extent.height() * UNIT * scale) + above).max(least.height),
        logo: None,
    };
    // Margins grow with the slide, so the second guess is made with those of the first.
    let first = wanted(1.0, around(Sheet::WIDE));
    let margins = around(first);
    let room = |margin: i64, units: f64| exact(LONGEST - margin) / (units * UNIT);
    let scale = room(margins.0, extent.width())
        .min(room(margins.1, extent.height()))
        .min(1.0);
    (wanted(scale, margins), Some(scale))
}

/// A slide's title, cut to its line, with its place among those of the same title.
pub(super) fn heading(title: &str, at: usize, count: usize, sheet: Sheet) -> String {
    let look = Look::plain(
        sheet.letters(20.0),
        super::palette::Ink::fixed(crate::scene::Colour(0, 0, 0)),
    )
    .bold();
    let place = if count > 1 {
        format!(" ({} of {count})", at + 1)
    } else {
        String::new()
    };
    let room = exact(sheet.title().width) - look.font().width(&place);
    look.font().cut(title, room) + &place
}

fn stage_names(map: &Scene, piece: &Piece) -> Vec<String> {
    let columns = map.columns.get(piece.columns.clone()).unwrap_or_default();
    columns
        .iter()
        .map(|column| one_line(&column.name))
        .filter(|name| !name.is_empty())
        .collect()
}

fn gaps_of(gaps: &[GapLine], stages: &[String]) -> Vec<String> {
    let counts = |gap: &&GapLine| {
        stages
            .iter()
            .any(|stage| gap.stage.split(", ").any(|named| named == stage))
    };
    gaps.iter()
        .filter(counts)
        .map(|gap| gap.sentence.clone())
        .collect()
}

/// The links that begin or end on another slide, in words.
fn elsewhere(map: &Scene, piece: &Piece) -> Vec<String> {
    let here = |at: usize| piece.cards.binary_search(&at).is_ok();
    let name = |at: usize| {
        map.cards
            .get(at)
            .map(|card| one_line(&card.name))
            .unwrap_or_default()
    };
    map.links
        .iter()
        .filter(|link| here(link.from) != here(link.to))
        .map(|link| {
            format!(
                "“{}” leads to “{}”, on another slide.",
                name(link.from),
                name(link.to)
            )
        })
        .collect()
}
