//! The legend's signs and words.

use super::cards::{EDGE_DASH, Look};
use super::signs::paint_sign;
use super::{Canvas, Group, Paint, Shape, Words};
use crate::scene::{CardKind, Scene, Sign, Theme};

/// Width and height of a card in the legend.
const CARD: (f64, f64) = (15.0, 11.0);

pub(super) fn paint_legend(scene: &Scene, canvas: &mut impl Canvas) {
    if scene.legend.is_empty() {
        return;
    }
    canvas.begin(Group::Legend);
    for entry in &scene.legend {
        let middle = (entry.x + CARD.0 / 2.0, entry.line.y);
        match entry.sign {
            Sign::Kind(kind) => paint_kind(&scene.theme, kind, middle, canvas),
            Sign::Severity(severity) => paint_sign(&scene.theme, severity, middle, 5.5, canvas),
            Sign::Audience(place) => {
                canvas.draw(
                    Shape::Circle(middle, 4.0),
                    &Paint::fill(scene.theme.audience(place)),
                );
            }
        }
        let place = (entry.line.x, entry.line.y);
        canvas.write(&Words::at(
            &entry.line.text,
            place,
            Scene::LEGEND_FONT,
            scene.theme.ink_soft,
        ));
    }
    canvas.end();
}

fn paint_kind(theme: &Theme, kind: CardKind, (x, y): (f64, f64), canvas: &mut impl Canvas) {
    let look = Look::of(theme, kind);
    let around = |by: f64| {
        Shape::Box(
            (x - CARD.0 / 2.0 - by, y - CARD.1 / 2.0 - by),
            (CARD.0 + 2.0 * by, CARD.1 + 2.0 * by),
            3.0 + by,
        )
    };
    let edge = Paint::line(look.edge, 1.5);
    match kind {
        CardKind::Ultimate => {
            canvas.draw(around(-1.5), &Paint::fill(look.fill));
            canvas.draw(around(0.75), &Paint::line(look.edge, 1.0));
        }
        CardKind::Intermediate => canvas.draw(around(0.0), &Paint::fill(look.fill)),
        CardKind::Direct => canvas.draw(
            around(-0.75),
            &Paint {
                fill: Paint::fill(look.fill).fill,
                ..edge
            },
        ),
        CardKind::Indirect => {
            let dash = Some(EDGE_DASH.map(|length| length * 0.6));
            canvas.draw(
                around(-0.75),
                &Paint {
                    fill: Paint::fill(look.fill).fill,
                    ..edge
                }
                .dashed(dash),
            );
        }
    }
}
