//! Where links meet the edges of their cards: apart from each other, in the order of where they go; a link that can run
//! straight does, and a crowd comes in at one place. It deals places on edges. Refuses to be: a painter.

use super::SceneCard;
use super::routing::middle;

const MOST_GAP: f64 = 11.0;
/// Closer than this, arrowheads run into one block, and lines into one band: ends next to each other share one place
/// then.
const LEAST_GAP_OF_ARROWHEADS: f64 = 9.0;
const LEAST_GAP_OF_LINES: f64 = 5.0;
/// The rounded corners of a card, and what an arrowhead takes.
const CORNER: f64 = 10.0;
/// A link whose other end is off by less than this is meant to run straight.
const LEVEL: f64 = 3.0;

/// Which end of a link it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Leave,
    Arrive,
}

/// An end of a link at a card's edge.
#[derive(Debug, Clone, Copy)]
pub(crate) struct End<'a> {
    /// The link's number.
    pub(crate) link: usize,
    /// Its id, which decides between equals.
    pub(crate) id: &'a str,
    pub(crate) side: Side,
    /// The height at which the link is next met, seen from the card.
    pub(crate) toward: f64,
}

/// Deals the ends at one edge of a card: for each its link, its side and how far from the middle it stands.
pub(crate) fn deal(mut ends: Vec<End<'_>>, card: &SceneCard) -> Vec<(usize, Side, f64)> {
    ends.sort_by(|a, b| a.toward.total_cmp(&b.toward).then_with(|| a.id.cmp(b.id)));
    let apart: Vec<&[End<'_>]> = ends.chunks(1).collect();
    let wide = spread(&apart, card);
    let arrowheads = ends.iter().filter(|end| end.side == Side::Arrive).count() > 1;
    let least = if arrowheads {
        LEAST_GAP_OF_ARROWHEADS
    } else {
        LEAST_GAP_OF_LINES
    };
    // Ends next to each other that all leave or all arrive stand in one place when it gets narrow.
    let (slots, (zero, gap)) = if wide.1 < least {
        let runs: Vec<_> = ends.chunk_by(|a, b| a.side == b.side).collect();
        let narrow = spread(&runs, card);
        (runs, narrow)
    } else {
        (apart, wide)
    };
    slots
        .iter()
        .enumerate()
        .flat_map(|(place, slot)| {
            slot.iter()
                .map(move |end| (end.link, end.side, (place as f64 - zero) * gap))
        })
        .collect()
}

/// Which slot, or place between two, is the middle of the edge, and how far apart slots are.
fn spread(slots: &[&[End<'_>]], card: &SceneCard) -> (f64, f64) {
    let middle = middle(card);
    let straight = |slot: &&[End<'_>]| slot.iter().any(|end| (end.toward - middle).abs() <= LEVEL);
    let first = slots.iter().position(straight);
    let last = slots.iter().rposition(straight);
    let end = slots.len().saturating_sub(1) as f64;
    let zero = match (first, last) {
        (Some(first), Some(last)) => f64::midpoint(first as f64, last as f64),
        _ => end / 2.0,
    };
    let steps = zero.max(end - zero).max(1.0);
    (zero, MOST_GAP.min((card.height / 2.0 - CORNER) / steps))
}
