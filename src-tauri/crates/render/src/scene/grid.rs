//! Finds what stands in a place: boxes in a grid of square cells. Refuses to be: a test of shapes; it knows boxes only.

use rustc_hash::FxHashMap;

/// Side of a cell; cards and labels fill four at most.
const CELL: f64 = 256.0;

/// A rectangle; edges belong to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Area {
    /// From a corner, a width and a height.
    pub(crate) const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self {
            left: x,
            top: y,
            right: x + width,
            bottom: y + height,
        }
    }

    pub(crate) fn touches(self, other: Self) -> bool {
        self.left <= other.right
            && other.left <= self.right
            && self.top <= other.bottom
            && other.top <= self.bottom
    }

    /// Larger by `by` on every side.
    pub(crate) const fn grown(self, by: f64) -> Self {
        Self {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    /// The smallest area around both.
    pub(crate) fn around(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// The grid.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    cells: FxHashMap<(i64, i64), Vec<Area>>,
}

impl Grid {
    /// Adds an area; O(cells it covers).
    pub(crate) fn add(&mut self, area: Area) {
        let (columns, rows) = cells(area);
        for column in columns {
            for row in rows.clone() {
                self.cells.entry((column, row)).or_default().push(area);
            }
        }
    }

    /// Whether anything touches the area; O(cells it covers), at most O(cells there are).
    pub(crate) fn any(&self, area: Area) -> bool {
        let found = |areas: &Vec<Area>| areas.iter().any(|other| other.touches(area));
        let (columns, rows) = cells(area);
        let width = columns.end() - columns.start() + 1;
        let height = rows.end() - rows.start() + 1;
        if width.saturating_mul(height) > i64::try_from(self.cells.len()).unwrap_or(i64::MAX) {
            return self.cells.values().any(found);
        }
        columns.into_iter().any(|column| {
            rows.clone()
                .any(|row| self.cells.get(&(column, row)).is_some_and(found))
        })
    }
}

type Span = std::ops::RangeInclusive<i64>;

/// The cells an area covers. Places are within ± 10 million, which fits.
fn cells(area: Area) -> (Span, Span) {
    let cell = |at: f64| (at / CELL).floor() as i64;
    (
        cell(area.left)..=cell(area.right),
        cell(area.top)..=cell(area.bottom),
    )
}
