//! What a card covers with all that is drawn around it: its body with a doubled edge, and the badge on its corner.
//! Refuses to draw.

use super::grid::Area;
use super::{CardKind, SceneCard};
use crate::text::{Font, Weight};

/// Height of a badge.
const BADGE_HEIGHT: f64 = 20.0;
/// How far a badge reaches out of the card's right edge.
const BADGE_BESIDE: f64 = 8.0;

impl SceneCard {
    /// What the count on a badge is set in.
    pub(crate) const BADGE_FONT: Font = Font::new(Weight::SemiBold, 11.5);
    /// From the left end of a badge to the middle of its sign, which is half its height.
    pub(crate) const BADGE_SIGN: f64 = BADGE_HEIGHT / 2.0;
    /// How far out the doubled edge of an ultimate destination runs.
    pub(crate) const DOUBLED: f64 = 3.5;

    /// The card's rectangle with its doubled edge, if it has one.
    pub(crate) fn body(&self) -> Area {
        let area = Area::new(self.x, self.y, self.width, self.height);
        match self.kind {
            CardKind::Ultimate => area.grown(Self::DOUBLED),
            CardKind::Intermediate | CardKind::Direct | CardKind::Indirect => area,
        }
    }

    /// What the badge says beside its sign: nothing when there is one gap.
    pub(crate) fn badge_count(&self) -> Option<String> {
        let count = self.badge?.count;
        (count > 1).then(|| count.to_string())
    }

    /// Where the badge lies; `None` when there is none.
    pub(crate) fn badge_area(&self) -> Option<Area> {
        self.badge?;
        let words = self.badge_count();
        let more = words.map_or(0.0, |words| Self::BADGE_FONT.width(&words) + 5.0);
        let width = BADGE_HEIGHT + more;
        let left = self.x + self.width - width + BADGE_BESIDE;
        Some(Area::new(
            left,
            self.y - BADGE_HEIGHT / 2.0,
            width,
            BADGE_HEIGHT,
        ))
    }
}
