//! The way a connector takes between two points: one of the format's own forms, so that presentation programs draw it as
//! meant and lead it anew when a shape is moved. The arithmetic is that of the preset shape definitions of ECMA-376,
//! part 1, annex D.
//!
//! Refuses to be: a router. It is told where to bend.

use super::sheet::{Frame, emu, exact};

/// A point of a slide.
pub(super) type Place = (i64, i64);

/// Where a way bends between its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bend {
    /// Not at all.
    Straight,
    /// Level, upright at `x`, level.
    Once { x: i64 },
    /// Level, upright at `x`, level at `y`, and upright into the end.
    Over { x: i64, y: i64 },
    /// Level, upright at `first`, level at `y`, upright at `second`, level.
    Twice { first: i64, y: i64, second: i64 },
}

/// A way from one point to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) start: Place,
    pub(super) end: Place,
    pub(super) bend: Bend,
}

/// Bends are written as shares of the frame, so a frame they count in cannot be empty: a tenth of a point, which nobody
/// sees. Presentation programs do the same with a whole point.
pub(super) const THINNEST: i64 = 1270;

impl Way {
    /// The frame of the form, and whether the form is mirrored across and down in it.
    pub(super) fn frame(&self) -> (Frame, (bool, bool)) {
        let (width, height) = self.extent();
        let across = self.end.0 < self.start.0;
        let down = self.end.1 < self.start.1;
        let x = if across {
            self.start.0 - width
        } else {
            self.start.0
        };
        let y = if down {
            self.start.1 - height
        } else {
            self.start.1
        };
        (Frame::new(x, y, width, height), (across, down))
    }

    fn extent(&self) -> (i64, i64) {
        let (width, height) = (
            (self.end.0 - self.start.0).abs(),
            (self.end.1 - self.start.1).abs(),
        );
        match self.bend {
            Bend::Straight => (width, height),
            Bend::Once { .. } => (width.max(THINNEST), height),
            Bend::Over { .. } | Bend::Twice { .. } => (width.max(THINNEST), height.max(THINNEST)),
        }
    }

    /// The form's name.
    pub(super) const fn form(&self) -> &'static str {
        match self.bend {
            Bend::Straight => "straightConnector1",
            Bend::Once { .. } => "curvedConnector3",
            Bend::Over { .. } => "curvedConnector4",
            Bend::Twice { .. } => "curvedConnector5",
        }
    }

    /// Where it bends, in hundred-thousandths of the frame counted from the start.
    pub(super) fn adjustments(&self) -> Vec<i64> {
        let (width, height) = self.extent();
        let share = |at: i64, start: i64, end: i64, extent: i64| {
            let ahead = if end < start { start - at } else { at - start };
            emu(exact(ahead) * 100_000.0 / exact(extent.max(1)))
                .clamp(-2_000_000_000, 2_000_000_000)
        };
        let across = |x| share(x, self.start.0, self.end.0, width);
        let down = |y| share(y, self.start.1, self.end.1, height);
        match self.bend {
            Bend::Straight => Vec::new(),
            Bend::Once { x } => vec![across(x)],
            Bend::Over { x, y } => vec![across(x), down(y)],
            Bend::Twice { first, y, second } => vec![across(first), down(y), across(second)],
        }
    }

    /// Points along the way, its ends included.
    pub(super) fn points(&self) -> Vec<Place> {
        let mut points = vec![self.start];
        let mut from = self.start;
        for piece in self.pieces() {
            points
                .extend((1..=STEPS).map(|step| on_piece(from, piece, exact(step) / exact(STEPS))));
            from = piece[2];
        }
        points
    }

    /// The cubic pieces after the start: two points of control and an end each.
    fn pieces(&self) -> Vec<[Place; 3]> {
        let ((sx, sy), (ex, ey)) = (self.start, self.end);
        match self.bend {
            Bend::Straight => vec![[
                middle(self.start, self.end),
                middle(self.start, self.end),
                self.end,
            ]],
            Bend::Once { x } => {
                let y = half(sy, ey);
                vec![
                    [(half(sx, x), sy), (x, half(sy, y)), (x, y)],
                    [(x, half(y, ey)), (half(x, ex), ey), (ex, ey)],
                ]
            }
            Bend::Over { x, y } => {
                let (upright, level) = (half(sy, y), half(x, ex));
                vec![
                    [(half(sx, x), sy), (x, half(sy, upright)), (x, upright)],
                    [(x, half(upright, y)), (half(x, level), y), (level, y)],
                    [(half(level, ex), y), (ex, half(y, ey)), (ex, ey)],
                ]
            }
            Bend::Twice { first, y, second } => {
                let (before, after, level) = (half(sy, y), half(y, ey), half(first, second));
                vec![
                    [
                        (half(sx, first), sy),
                        (first, half(sy, before)),
                        (first, before),
                    ],
                    [
                        (first, half(before, y)),
                        (half(first, level), y),
                        (level, y),
                    ],
                    [
                        (half(level, second), y),
                        (second, half(y, after)),
                        (second, after),
                    ],
                    [(second, half(after, ey)), (half(second, ex), ey), (ex, ey)],
                ]
            }
        }
    }
}

/// How many straight steps stand for a piece where it is looked at closely.
const STEPS: i64 = 12;

const fn half(a: i64, b: i64) -> i64 {
    i64::midpoint(a, b)
}

const fn middle(a: Place, b: Place) -> Place {
    (half(a.0, b.0), half(a.1, b.1))
}

fn on_piece(from: Place, [first, second, end]: [Place; 3], t: f64) -> Place {
    let u = 1.0 - t;
    let at = |a: i64, b: i64, c: i64, d: i64| {
        emu(u * u * u * exact(a)
            + 3.0 * u * u * t * exact(b)
            + 3.0 * u * t * t * exact(c)
            + t * t * t * exact(d))
    };
    (
        at(from.0, first.0, second.0, end.0),
        at(from.1, first.1, second.1, end.1),
    )
}
