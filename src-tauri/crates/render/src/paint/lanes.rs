//! Lanes: every other band a little darker, a line between two of them, and their names in a strip beside the columns.

use super::{Canvas, Ground, Group, Paint, Shape, Words};
use crate::scene::{Colour, Scene, SceneLane, Shade, Theme};

/// How much darker every other lane is.
const SHADE: f64 = 0.035;
const LINE: f64 = 1.5;
/// Height of a line of a name, and of the number below it.
const LINE_HEIGHT: f64 = 17.0;
/// The most lines of a name.
const MOST_LINES: usize = 3;

/// Draws the bands and the names of lanes.
pub(super) fn paint_lanes(scene: &Scene, ground: Ground, canvas: &mut impl Canvas) {
    paint_bands(scene, canvas);
    paint_names(scene, ground, canvas);
}

/// Draws the bands of lanes.
pub(super) fn paint_bands(scene: &Scene, canvas: &mut impl Canvas) {
    let Some((left, right)) = scene.lane_span() else {
        return;
    };
    canvas.begin(Group::Lanes);
    for (at, lane) in scene.lanes.iter().enumerate() {
        let across = |y: f64, height: f64| Shape::Box((left, y), (right - left, height), 0.0);
        if at % 2 == 1 {
            let shade = Paint::shade(scene.theme.card_ink, SHADE);
            canvas.draw(across(lane.y, lane.height), &shade);
        }
        if at > 0 {
            let line = across(lane.y - LINE / 2.0, LINE);
            canvas.draw(line, &Paint::fill(scene.theme.lane_line));
        }
    }
    canvas.end();
}

/// Draws the names of lanes.
pub(super) fn paint_names(scene: &Scene, ground: Ground, canvas: &mut impl Canvas) {
    let Some((left, _)) = scene.lane_span() else {
        return;
    };
    let (theme, strip) = (&scene.theme, SceneLane::STRIP);
    for (at, lane) in scene.lanes.iter().enumerate() {
        canvas.begin(Group::Lane(at));
        let cell = Shape::Box((left, lane.y), (strip, lane.height), 0.0);
        let edge = Paint::line(theme.lane_line, 1.0);
        canvas.draw(
            cell,
            &match ground {
                Ground::Opaque => Paint::fill(of(theme, at)).and_line(theme.lane_line, 1.0),
                Ground::Transparent => edge,
            },
        );
        paint_words(theme, lane, left + SceneLane::PADDING, canvas);
        canvas.end();
    }
}

const fn of(theme: &Theme, at: usize) -> Colour {
    if at.is_multiple_of(2) {
        theme.column
    } else {
        theme.column_alternate
    }
}

fn paint_words(theme: &Theme, lane: &SceneLane, x: f64, canvas: &mut impl Canvas) {
    let room = SceneLane::STRIP - 2.0 * SceneLane::PADDING;
    let fitting = ((lane.height - 8.0) / LINE_HEIGHT).floor();
    if fitting < 1.0 {
        return;
    }
    let has_count = fitting >= 2.0;
    let most = (1..=MOST_LINES)
        .rev()
        .find(|lines| *lines as f64 + f64::from(u8::from(has_count)) <= fitting)
        .unwrap_or(1);
    let lines = SceneLane::NAME_FONT.wrap(&lane.name, room, most);
    let all = lines.len() as f64 + f64::from(u8::from(has_count));
    let mut y = lane.y + lane.height / 2.0 - (all - 1.0) * LINE_HEIGHT / 2.0;
    for line in &lines {
        canvas.write(&Words::at(line, (x, y), SceneLane::NAME_FONT, theme.ink));
        y += LINE_HEIGHT;
    }
    if has_count {
        let count = lane.touchpoints.to_string();
        let font = SceneLane::COUNT_FONT;
        canvas.write(&Words::at(&count, (x, y), font, theme.ink_faint));
    }
}

/// A colour of a column as it looks in the lane at a height.
pub(super) fn in_lane(scene: &Scene, colour: Colour, y: f64) -> Colour {
    let inside = |lane: &SceneLane| lane.y <= y && y < lane.y + lane.height;
    match scene.lanes.iter().position(inside) {
        Some(at) if at % 2 == 1 => over(
            colour,
            Shade {
                colour: scene.theme.card_ink,
                opacity: SHADE,
            },
        ),
        _ => colour,
    }
}

fn over(below: Colour, above: Shade) -> Colour {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between two bytes"
    )]
    let mix =
        |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * above.opacity).round() as u8;
    let (Colour(a, b, c), Colour(d, e, f)) = (below, above.colour);
    Colour(mix(a, d), mix(b, e), mix(c, f))
}
