//! Arithmetic on curves of cubic pieces: their areas, places along them, their ends. Refuses to know where a link should
//! run; that is `routing`.

use super::grid::Area;

/// A place.
pub(crate) type Point = (f64, f64);

/// How many straight steps stand for one piece when lengths are wanted.
const STEPS: usize = 16;

/// The pieces of a curve: where each starts, its two points of control, where it ends.
pub(crate) fn pieces(curve: &[Point]) -> impl Iterator<Item = [Point; 4]> + '_ {
    curve
        .windows(4)
        .step_by(3)
        .filter_map(|piece| piece.try_into().ok())
}

/// The place at `t`, 0 to 1, of a piece.
pub(crate) fn place(piece: &[Point; 4], t: f64) -> Point {
    let rest = 1.0 - t;
    let shares = [
        rest * rest * rest,
        3.0 * rest * rest * t,
        3.0 * rest * t * t,
        t * t * t,
    ];
    let sum = |coordinate: fn(&Point) -> f64| {
        piece
            .iter()
            .zip(shares)
            .map(|(point, share)| coordinate(point) * share)
            .sum()
    };
    (sum(|point| point.0), sum(|point| point.1))
}

/// The area of a curve, from its turning points; `None` when it has no piece.
pub(crate) fn area(curve: &[Point]) -> Option<Area> {
    pieces(curve)
        .map(|piece| {
            let (left, right) = span(piece.map(|point| point.0));
            let (top, bottom) = span(piece.map(|point| point.1));
            Area {
                left,
                top,
                right,
                bottom,
            }
        })
        .reduce(Area::around)
}

/// Least and greatest value of one coordinate along a piece.
fn span([start, first, second, end]: [f64; 4]) -> (f64, f64) {
    let (least, most) = (start.min(end), start.max(end));
    if first.min(second) >= least && first.max(second) <= most {
        return (least, most);
    }
    let cubic = -start + 3.0 * first - 3.0 * second + end;
    let square = 2.0 * (start - 2.0 * first + second);
    let turning = roots(cubic, square, first - start);
    turning
        .into_iter()
        .filter(|t| *t > 0.0 && *t < 1.0)
        .map(|t| place(&[(start, 0.0), (first, 0.0), (second, 0.0), (end, 0.0)], t).0)
        .fold((least, most), |(least, most), value| {
            (least.min(value), most.max(value))
        })
}

/// Where `a t² + b t + c` is zero; values outside of 0 to 1 where it is nowhere.
fn roots(a: f64, b: f64, c: f64) -> [f64; 2] {
    if a.abs() < 1e-9 {
        return [if b.abs() < 1e-9 { -1.0 } else { -c / b }, -1.0];
    }
    let inside = b * b - 4.0 * a * c;
    if inside < 0.0 {
        return [-1.0; 2];
    }
    let root = inside.sqrt();
    [(-b + root) / (2.0 * a), (-b - root) / (2.0 * a)]
}

/// A curve by lengths, for places at shares of its way.
#[derive(Debug)]
pub(crate) struct Measured {
    /// Places, and how long the way to each is.
    places: Vec<(Point, f64)>,
}

impl Measured {
    /// Measures a curve; O(pieces).
    pub(crate) fn of(curve: &[Point]) -> Self {
        let mut places: Vec<(Point, f64)> = curve
            .first()
            .map(|start| (*start, 0.0))
            .into_iter()
            .collect();
        for piece in pieces(curve) {
            for step in 1..=STEPS {
                let next = place(&piece, step as f64 / STEPS as f64);
                let (before, way) = places.last().copied().unwrap_or((next, 0.0));
                places.push((next, way + (next.0 - before.0).hypot(next.1 - before.1)));
            }
        }
        Self { places }
    }

    /// The place at a share, 0 to 1, of the whole length.
    pub(crate) fn at(&self, share: f64) -> Point {
        let whole = self.places.last().map_or(0.0, |(_, way)| *way);
        let wanted = whole * share;
        let next = self.places.partition_point(|(_, way)| *way < wanted);
        let known = |at: usize| self.places.get(at).copied();
        match (next.checked_sub(1).and_then(known), known(next)) {
            (Some((from, start)), Some((to, end))) => {
                let t = if end > start {
                    (wanted - start) / (end - start)
                } else {
                    0.0
                };
                (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t)
            }
            (_, Some((only, _))) | (Some((only, _)), None) => only,
            (None, None) => (0.0, 0.0),
        }
    }
}

/// Tip and the two barbs of an arrowhead at the end of a curve; `None` when it has no piece.
pub(crate) fn arrowhead(curve: &[Point], length: f64, width: f64) -> Option<[Point; 3]> {
    let piece = pieces(curve).last()?;
    let tip = piece[3];
    // The direction a little before the end follows the eye better than the exact tangent.
    let before = place(&piece, 0.92);
    let (dx, dy) = direction(before, tip);
    let base = (tip.0 - dx * length, tip.1 - dy * length);
    let half = width / 2.0;
    Some([
        tip,
        (base.0 - dy * half, base.1 + dx * half),
        (base.0 + dy * half, base.1 - dx * half),
    ])
}

/// The curve without its last `by` units, which an arrowhead covers.
pub(crate) fn shortened(curve: &[Point], by: f64) -> Vec<Point> {
    let mut shorter = curve.to_vec();
    if let [.., control, end] = shorter.as_mut_slice() {
        let (dx, dy) = direction(*control, *end);
        let cut = by.min((end.0 - control.0).hypot(end.1 - control.1) / 2.0);
        *end = (end.0 - dx * cut, end.1 - dy * cut);
    }
    shorter
}

/// The way from one place to another, one unit long.
fn direction(from: Point, to: Point) -> Point {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    if length > 0.0 {
        (dx / length, dy / length)
    } else {
        (1.0, 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_measured_where_it_runs() {
        let curve = [
            (0.0, 0.0),
            (50.0, 0.0),
            (50.0, 100.0),
            (100.0, 100.0),
            (150.0, 100.0),
            (250.0, 100.0),
            (300.0, 100.0),
        ];
        assert_eq!(pieces(&curve).count(), 2);
        assert_eq!(place(&pieces(&curve).next().unwrap(), 0.5), (50.0, 50.0));
        assert_eq!(area(&curve), Some(Area::new(0.0, 0.0, 300.0, 100.0)));
        let measured = Measured::of(&curve);
        assert_eq!(measured.at(0.0), (0.0, 0.0));
        assert_eq!(measured.at(1.0), (300.0, 100.0));
        assert!(measured.at(0.5).0 > 100.0);
        let [tip, upper, lower] = arrowhead(&curve, 10.0, 8.0).unwrap();
        assert_eq!(
            (tip, upper, lower),
            ((300.0, 100.0), (290.0, 104.0), (290.0, 96.0))
        );
        assert_eq!(shortened(&curve, 7.0).last(), Some(&(293.0, 100.0)));
    }

    #[test]
    fn a_bow_reaches_as_far_as_it_swings() {
        let bow = [(0.0, 0.0), (40.0, 0.0), (40.0, 80.0), (0.0, 80.0)];
        assert_eq!(area(&bow), Some(Area::new(0.0, 0.0, 30.0, 80.0)));
        assert_eq!(area(&[(0.0, 0.0)]), None);
    }
}
