//! Where the call to action of each link stands: near the middle of its curve, clear of cards, of their badges and of
//! other labels. A label without room is cut, and at last left out. Refuses to be: a layout; it moves nothing else.

use super::curve::{Measured, Point};
use super::grid::{Area, Grid};
use super::{Label, SceneCard, SceneLink};

/// Shares of the curve's length that are tried, in turn.
const SHARES: [f64; 9] = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.14, 0.86];
/// Widths that are tried, in turn: along a row of cards, beside cards, and between two columns.
const WIDTHS: [f64; 4] = [200.0, 148.0, 105.0, 76.0];
const HEIGHT: f64 = 16.0;
const CLEARANCE: f64 = 3.0;
/// What is left free at the end of a link, for its arrowhead.
const HEAD: f64 = 12.0;

/// How far words on a bow keep from its cards, and how far the ground of a column reaches beyond them.
const BESIDE_CARDS: f64 = 8.0;
const BESIDE_COLUMN: f64 = 54.0;

/// Labels put down so far, among cards.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    /// What is taken: cards with their badges, and labels.
    taken: Grid,
}

impl Labels {
    /// None yet. Badges count only where they are `badged`: seen.
    pub(crate) fn among(cards: &[SceneCard], badged: bool) -> Self {
        let mut labels = Self::default();
        for card in cards {
            labels.taken.add(card.body());
            if let Some(badge) = card.badge_area().filter(|_| badged) {
                labels.taken.add(badge);
            }
        }
        labels
    }

    /// Finds a place for the words of the link with this curve.
    pub(crate) fn place(&mut self, words: &str, curve: &[Point]) -> Option<Label> {
        let measured = Measured::of(curve);
        let places = SHARES.map(|share| measured.at(share));
        let (end_x, end_y) = curve.last().copied()?;
        let head = Area::new(end_x, end_y, 0.0, 0.0).grown(HEAD);
        let mut before = String::new();
        for widest in WIDTHS {
            let text = SceneLink::LABEL_FONT.cut(words, widest);
            if text == before {
                continue;
            }
            let width = SceneLink::LABEL_FONT.width(&text);
            for (x, y) in places {
                let x = beside_bow(curve, x, width / 2.0);
                let area = around(x, y, width).grown(CLEARANCE);
                if !area.touches(head) && !self.taken.any(area) {
                    self.taken.add(area);
                    return Some(Label { text, x, y });
                }
            }
            before = text;
        }
        None
    }
}

impl Label {
    /// The ground it covers.
    pub(crate) fn area(&self) -> Area {
        around(self.x, self.y, SceneLink::LABEL_FONT.width(&self.text))
    }
}

fn around(x: f64, y: f64, width: f64) -> Area {
    Area::new(x - width / 2.0, y - HEIGHT / 2.0, width, HEIGHT)
}

/// Where the middle of words over a point of a link stands: over the point itself, but on a link that bows out of a
/// column where they neither reach into the cards nor, as far as they can help it, out of the column.
fn beside_bow(curve: &[Point], x: f64, half_width: f64) -> f64 {
    let &[start, pull, pulled, end] = curve else {
        return x;
    };
    let cards = start.0.max(end.0);
    let nearest = cards + BESIDE_CARDS;
    let is_bow = pull.0 > start.0 && pulled.0 > end.0;
    if !is_bow || x < nearest {
        return x;
    }
    x.min(cards + BESIDE_COLUMN - half_width)
        .max(nearest + half_width)
}
