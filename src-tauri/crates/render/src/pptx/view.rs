//! How map units become places on a slide. Cards keep their shape; the room between them may be wider on the slide than
//! on the map, so that a map fills a slide of other proportions.

use crate::scene::SceneCard;

use super::sheet::{Frame, UNIT, emu, exact};

/// A part of the map, in map units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Extent {
    /// Nothing yet: what is added makes it.
    pub(super) const NONE: Self = Self {
        left: f64::INFINITY,
        top: f64::INFINITY,
        right: f64::NEG_INFINITY,
        bottom: f64::NEG_INFINITY,
    };

    pub(super) const fn of_card(card: &SceneCard) -> Self {
        Self {
            left: card.x,
            top: card.y,
            right: card.x + card.width,
            bottom: card.y + card.height,
        }
    }

    pub(super) const fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    pub(super) const fn with_point(self, (x, y): (f64, f64)) -> Self {
        self.with(Self {
            left: x,
            top: y,
            right: x,
            bottom: y,
        })
    }

    pub(super) const fn width(self) -> f64 {
        (self.right - self.left).max(1.0)
    }

    pub(super) const fn height(self) -> f64 {
        (self.bottom - self.top).max(1.0)
    }
}

/// The way from map units to places.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    /// What is seen.
    pub(super) extent: Extent,
    /// Where its upper left corner comes to stand.
    at: (f64, f64),
    /// EMU to the unit from left to right.
    across: f64,
    /// EMU to the unit from top to bottom.
    down: f64,
    /// EMU to the unit of everything on cards and links.
    size: f64,
    /// How much wider and taller than that cards are.
    stretch: (f64, f64),
}

/// Cards are shown at most this much larger than on the screen: a small map should not shout.
const LARGEST: f64 = 1.3;
/// The room between cards grows at most this much more than the cards.
const WIDEST: f64 = 3.0;
const TALLEST: f64 = 2.0;
/// Where a map is shown smaller than this, cards take some of the room between them, for the sake of their words.
const SMALL: f64 = 0.8;
/// How much wider cards may become there, how much taller, and how tall beside the room between rows.
const WIDER: f64 = 1.12;
const TALLER: f64 = 1.7;
const OF_ROOM: f64 = 1.08;

impl View {
    /// An extent as large as it can be in a room.
    pub(super) fn fitted(extent: Extent, room: Frame) -> Self {
        let across = exact(room.width) / extent.width();
        let down = exact(room.height) / extent.height();
        let size = across.min(down).min(UNIT * LARGEST);
        Self::placed(
            extent,
            room,
            size,
            across.clamp(size, size * WIDEST),
            down.clamp(size, size * TALLEST),
        )
    }

    /// An extent at 100 % of `share`, in the middle of a room.
    pub(super) fn true_to_scale(extent: Extent, room: Frame, share: f64) -> Self {
        let size = UNIT * share;
        Self::placed(extent, room, size, size, size)
    }

    fn placed(extent: Extent, room: Frame, size: f64, across: f64, down: f64) -> Self {
        let at = (
            exact(room.x) + (exact(room.width) - extent.width() * across) / 2.0,
            exact(room.y) + (exact(room.height) - extent.height() * down) / 2.0,
        );
        let (wider, taller) = (
            WIDER.max(across / size),
            (down / size * OF_ROOM).clamp(1.0, TALLER),
        );
        let wanted = SMALL * UNIT / size;
        let stretch = (
            wider.min(wanted).clamp(1.0, WIDER),
            taller.min(wanted).max(1.0),
        );
        Self {
            extent,
            at,
            across,
            down,
            size,
            stretch,
        }
    }

    /// How much wider and taller a card is than its own units say.
    pub(super) const fn stretch(&self) -> (f64, f64) {
        self.stretch
    }

    pub(super) fn x(&self, x: f64) -> i64 {
        emu(self.at.0 + (x - self.extent.left) * self.across)
    }

    pub(super) fn y(&self, y: f64) -> i64 {
        emu(self.at.1 + (y - self.extent.top) * self.down)
    }

    pub(super) fn point(&self, (x, y): (f64, f64)) -> (i64, i64) {
        (self.x(x), self.y(y))
    }

    /// A length that grows with the cards.
    pub(super) fn length(&self, units: f64) -> i64 {
        emu(units * self.size)
    }

    /// Pixels to the unit: 1 is what the screen shows at 100 %.
    pub(super) fn zoom(&self) -> f64 {
        self.size / UNIT
    }

    /// A size of letters in map units, as hundredths of a point.
    pub(super) fn letters(&self, units: f64) -> i64 {
        emu(units * self.zoom() * 75.0)
    }

    /// The frame of a card. Width and height are even, so that the middle of a side is a whole number.
    pub(super) fn card(&self, card: &SceneCard) -> Frame {
        let centre = self.point((card.x + card.width / 2.0, card.y + card.height / 2.0));
        let even = |length: f64| (self.length(length) / 2).max(1) * 2;
        Frame::around(
            centre,
            even(card.width * self.stretch.0),
            even(card.height * self.stretch.1),
        )
    }
}
