//! Exact crossings of drawn links. Refuses to estimate: coordinates are whole sixteenths of a unit, and every
//! decision is made in whole numbers.

use std::collections::HashMap;

/// Sixteenths of a map unit.
pub(crate) type Point = (i64, i64);

/// A drawn link: points joined by straight lines.
pub(crate) type Polyline = Vec<Point>;

/// A point given in map units.
pub(crate) fn point(x: f64, y: f64) -> Point {
    ((x * 16.0).round() as i64, (y * 16.0).round() as i64)
}

/// A straight piece of a link. It owns its start and not its end, but for the link's last piece, so that a link that
/// is crossed where two pieces meet is crossed once.
#[derive(Debug, Clone, Copy)]
struct Piece {
    link: usize,
    start: Point,
    end: Point,
    is_first: bool,
    is_last: bool,
}

/// How often drawn links cross: the number of pairs of pieces of different links that share a point, not counting
/// points where both links begin or end. Pieces of no length are left out.
pub(crate) fn crossings(links: &[Polyline]) -> u64 {
    let pieces = pieces(links);
    let (width, height) = cell_size(&pieces);
    let mut cells: HashMap<(i64, i64), Vec<u32>> = HashMap::new();
    for (at, piece) in pieces.iter().enumerate() {
        let ((left, top), (right, bottom)) = piece.bounds();
        for column in left.div_euclid(width)..=right.div_euclid(width) {
            for row in top.div_euclid(height)..=bottom.div_euclid(height) {
                cells.entry((column, row)).or_default().push(at as u32);
            }
        }
    }
    let mut count = 0;
    for (&(column, row), members) in &cells {
        for (at, &one) in members.iter().enumerate() {
            let one = &pieces[one as usize];
            for &other in &members[at + 1..] {
                let other = &pieces[other as usize];
                let Some((left, top)) = one.common_corner(other) else {
                    continue;
                };
                // A pair may meet in many cells and is looked at in one.
                let here = left.div_euclid(width) == column && top.div_euclid(height) == row;
                count += u64::from(here && one.link != other.link && one.crosses(other));
            }
        }
    }
    count
}

/// The length of all drawn links together, in map units.
pub(crate) fn total_length(links: &[Polyline]) -> f64 {
    let distance = |pair: &[Point]| {
        let (x, y) = (
            (pair[1].0 - pair[0].0) as f64,
            (pair[1].1 - pair[0].1) as f64,
        );
        x.hypot(y) / 16.0
    };
    links
        .iter()
        .flat_map(|link| link.windows(2))
        .map(distance)
        .sum()
}

fn pieces(links: &[Polyline]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (link, points) in links.iter().enumerate() {
        let mut points = points.clone();
        points.dedup();
        let last = points.len().saturating_sub(2);
        pieces.extend(points.windows(2).enumerate().map(|(at, pair)| Piece {
            link,
            start: pair[0],
            end: pair[1],
            is_first: at == 0,
            is_last: at == last,
        }));
    }
    pieces
}

/// Cells about as large as pieces are on average.
fn cell_size(pieces: &[Piece]) -> (i64, i64) {
    let count = pieces.len().max(1) as i64;
    let sum = pieces.iter().fold((0, 0), |sum, piece| {
        let ((left, top), (right, bottom)) = piece.bounds();
        (sum.0 + right - left, sum.1 + bottom - top)
    });
    ((sum.0 / count).max(256), (sum.1 / count).max(256))
}

impl Piece {
    fn bounds(&self) -> (Point, Point) {
        let (start, end) = (self.start, self.end);
        (
            (start.0.min(end.0), start.1.min(end.1)),
            (start.0.max(end.0), start.1.max(end.1)),
        )
    }

    /// The top-left corner of what the bounds of two pieces have in common.
    fn common_corner(&self, other: &Self) -> Option<Point> {
        let ((left, top), (right, bottom)) = self.bounds();
        let ((other_left, other_top), (other_right, other_bottom)) = other.bounds();
        let corner = (left.max(other_left), top.max(other_top));
        (corner.0 <= right.min(other_right) && corner.1 <= bottom.min(other_bottom))
            .then_some(corner)
    }

    fn crosses(&self, other: &Self) -> bool {
        let sides = [
            side(self.start, self.end, other.start),
            side(self.start, self.end, other.end),
            side(other.start, other.end, self.start),
            side(other.start, other.end, self.end),
        ];
        if sides == [0; 4] {
            return self.overlaps(other);
        }
        if sides[0] * sides[1] > 0 || sides[2] * sides[3] > 0 {
            return false;
        }
        // Where they touch, if one of the four ends lies on the other piece; two pieces that are not on one line
        // share one point at most.
        let ends = [other.start, other.end, self.start, self.end];
        sides
            .iter()
            .position(|&side| side == 0)
            .is_none_or(|at| self.counts_at(other, ends[at]))
    }

    /// Whether a shared point is owned by both pieces, and not an end of both links.
    fn counts_at(&self, other: &Self, shared: Point) -> bool {
        let owns = |piece: &Self| shared != piece.end || piece.is_last;
        let ends = |piece: &Self| {
            (piece.is_first && shared == piece.start) || (piece.is_last && shared == piece.end)
        };
        owns(self) && owns(other) && !(ends(self) && ends(other))
    }

    /// Whether two pieces on one line have more than a point in common, or a point that counts.
    fn overlaps(&self, other: &Self) -> bool {
        let order = |piece: &Self| (piece.start.min(piece.end), piece.start.max(piece.end));
        let ((first, last), (other_first, other_last)) = (order(self), order(other));
        let (from, to) = (first.max(other_first), last.min(other_last));
        from < to || (from == to && self.counts_at(other, from))
    }
}

/// On which side of the line through `start` and `end` a point lies: −1, 0 (on it) or 1.
fn side(start: Point, end: Point, point: Point) -> i32 {
    let (ahead, aside) = (i128::from(end.0 - start.0), i128::from(end.1 - start.1));
    let product = ahead * i128::from(point.1 - start.1) - aside * i128::from(point.0 - start.0);
    product.signum() as i32
}
