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
                let area =
                    Area::new(x - width / 2.0, y - HEIGHT / 2.0, width, HEIGHT).grown(CLEARANCE);
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
