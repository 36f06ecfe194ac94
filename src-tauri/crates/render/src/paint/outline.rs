//! Shapes as steps along their outlines, for canvases that draw nothing but paths.

use super::Shape;
use crate::icons::{Step, ellipse, rounded};
use crate::scene::curve;

impl Shape<'_> {
    /// The steps along it, in map units.
    pub(crate) fn steps(self) -> Vec<Step> {
        match self {
            Self::Box(corner, size, radius) => rounded(corner, size, radius),
            Self::Circle((x, y), radius) => ellipse(x, y, radius, radius),
            Self::Curve(curve) => {
                let start = curve.first().map(|(x, y)| Step::Move(*x, *y));
                let pieces = curve::pieces(curve)
                    .map(|[_, first, second, end]| Step::Cubic([first, second, end]));
                start.into_iter().chain(pieces).collect()
            }
            Self::Polygon(corners) => {
                let step = |(at, (x, y)): (usize, &(f64, f64))| {
                    if at == 0 {
                        Step::Move(*x, *y)
                    } else {
                        Step::Line(*x, *y)
                    }
                };
                let steps = corners.iter().enumerate().map(step);
                steps.chain([Step::Close]).collect()
            }
        }
    }
}
