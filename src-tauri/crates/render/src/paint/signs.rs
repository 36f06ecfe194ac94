//! Signs by shape and colour: high an octagon, medium a triangle, low a circle.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_8, TAU};

use backcast_model::Severity;

use super::{Canvas, Paint, Shape};
use crate::scene::{Colour, Theme};

/// Sign, words and ground of a severity.
pub(super) const fn colours(theme: &Theme, severity: Severity) -> (Colour, Colour, Colour) {
    let [high, medium, low] = theme.severities;
    match severity {
        Severity::High => high,
        Severity::Medium => medium,
        Severity::Low => low,
    }
}

/// The sign of a severity: its middle, and about half its side.
pub(super) fn paint_sign(
    theme: &Theme,
    severity: Severity,
    (x, y): (f64, f64),
    size: f64,
    canvas: &mut impl Canvas,
) {
    let paint = Paint::fill(colours(theme, severity).0);
    match severity {
        Severity::Low => canvas.draw(Shape::Circle((x, y), size * 0.9), &paint),
        Severity::Medium => {
            let corners = corners((x, y + size * 0.18), size * 1.18, 3, -FRAC_PI_2);
            canvas.draw(Shape::Polygon(&corners), &paint);
        }
        Severity::High => {
            canvas.draw(
                Shape::Polygon(&corners((x, y), size * 1.06, 8, FRAC_PI_8)),
                &paint,
            );
        }
    }
}

fn corners((x, y): (f64, f64), radius: f64, count: usize, turn: f64) -> Vec<(f64, f64)> {
    let corner = |at: usize| {
        let angle = turn + at as f64 / count as f64 * TAU;
        (x + angle.cos() * radius, y + angle.sin() * radius)
    };
    (0..count).map(corner).collect()
}
