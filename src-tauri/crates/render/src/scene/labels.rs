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
/// How far words beside a line keep from it.
const BESIDE_LINE: f64 = 10.0;

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
        let beside = Beside::of(curve);
        let (end_x, end_y) = curve.last().copied()?;
        let head = Area::new(end_x, end_y, 0.0, 0.0).grown(beside.head());
        let mut before = String::new();
        for widest in WIDTHS {
            let text = SceneLink::LABEL_FONT.cut(words, widest);
            if text == before {
                continue;
            }
            let width = SceneLink::LABEL_FONT.width(&text);
            let middles = places
                .iter()
                .flat_map(|&(x, y)| beside.middles(x, width / 2.0).map(move |x| (x, y)));
            for (x, y) in middles {
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

/// Where words stand beside the line of a link.
enum Beside {
    /// Over it.
    Over,
    /// Right or left of one that runs straight down from card to card: over it they would hide all of it.
    Line,
    /// Over one that bows out of a column, but where they neither reach into the cards, whose right edge this is, nor, as
    /// far as they can help it, out of the column.
    Bow(f64),
}

impl Beside {
    fn of(curve: &[Point]) -> Self {
        let &[start, pull, pulled, end] = curve else {
            return Self::Over;
        };
        if pull.0 == start.0 && pulled.0 == end.0 {
            Self::Line
        } else if pull.0 > start.0 && pulled.0 > end.0 {
            Self::Bow(start.0.max(end.0))
        } else {
            Self::Over
        }
    }

    /// How far from the end of the link words keep on account of its arrowhead.
    const fn head(&self) -> f64 {
        match self {
            Self::Line => 0.0,
            Self::Over | Self::Bow(_) => HEAD,
        }
    }

    /// The middles of words of this half width that belong to a point, in turn.
    fn middles(&self, x: f64, half_width: f64) -> impl Iterator<Item = f64> + use<> {
        let (first, second) = match *self {
            Self::Line => {
                let away = BESIDE_LINE + half_width;
                (x + away, Some(x - away))
            }
            Self::Bow(cards) if x >= cards + BESIDE_CARDS => {
                let farthest = cards + BESIDE_COLUMN - half_width;
                (x.min(farthest).max(cards + BESIDE_CARDS + half_width), None)
            }
            Self::Over | Self::Bow(_) => (x, None),
        };
        std::iter::once(first).chain(second)
    }
}
