//! Links: curves with arrowheads, back-links dashed, words on a patch of the ground.

use super::lanes::in_lane;
use super::{Anchor, Canvas, Ground, Group, Paint, Shape, Words};
use crate::scene::curve::{arrowhead, shortened};
use crate::scene::{Colour, Course, Scene, SceneLink};

const HEAD_LENGTH: f64 = 10.0;
const HEAD_WIDTH: f64 = 9.0;
const BACK_DASH: [f64; 2] = [7.0, 5.0];
/// Half the height of the patch that words stand on, and how far it reaches beside them.
const PATCH: (f64, f64) = (8.0, 3.0);

/// Above this many links the single one steps back, so that a crowded map stays a map of cards.
const CROWD: f64 = 150.0;

pub(super) fn paint_links(scene: &Scene, ground: Ground, canvas: &mut impl Canvas) {
    if scene.links.is_empty() {
        return;
    }
    let crowd = (scene.links.len() as f64 / CROWD).max(1.0);
    let strength = (1.0 - crowd.log10() * 0.5).max(0.4);
    canvas.begin(Group::Links);
    // Words go over all lines, also over those of links that come later.
    for (at, link) in scene.links.iter().enumerate() {
        canvas.begin(Group::Link(at));
        let line = Paint::line(scene.theme.link, 1.0 + strength * 0.5).faded(strength);
        let dash = (link.course == Course::Back).then_some(BACK_DASH);
        // The line stops inside the arrowhead, so that it does not show beside the tip.
        let line_end = shortened(&link.curve, HEAD_LENGTH * 0.7);
        canvas.draw(Shape::Curve(&line_end), &line.dashed(dash));
        if let Some(head) = arrowhead(&link.curve, HEAD_LENGTH, HEAD_WIDTH) {
            canvas.draw(
                Shape::Polygon(&head),
                &Paint::fill(scene.theme.link).faded(strength),
            );
        }
        canvas.end();
    }
    for label in scene.links.iter().filter_map(|link| link.label.as_ref()) {
        let words = Words::at(
            &label.text,
            (label.x, label.y),
            SceneLink::LABEL_FONT,
            scene.theme.link_label,
        );
        if ground == Ground::Opaque {
            let width = SceneLink::LABEL_FONT.width(&label.text) + 2.0 * PATCH.1;
            let corner = (label.x - width / 2.0, label.y - PATCH.0);
            canvas.draw(
                Shape::Box(corner, (width, 2.0 * PATCH.0), 4.0),
                &Paint::fill(in_lane(scene, behind(scene, label.x), label.y)),
            );
        }
        canvas.write(&words.anchored(Anchor::Middle));
    }
    canvas.end();
}

/// The colour of the band at a place.
fn behind(scene: &Scene, x: f64) -> Colour {
    let at = scene
        .columns
        .iter()
        .rposition(|column| column.x <= x && x <= column.x + column.width);
    match at {
        Some(at) if at % 2 == 0 => scene.theme.column,
        Some(_) => scene.theme.column_alternate,
        None => scene.theme.ground,
    }
}
