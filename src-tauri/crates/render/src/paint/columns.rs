//! The ground, the quiet bands of the stages with a fine line between, and their heads: name, number of touchpoints,
//! share of the budget, gaps.

use backcast_model::Severity;

use super::signs::{colours, paint_sign};
use super::{Anchor, Canvas, Ground, Group, Paint, Shape, Words};
use crate::scene::{Scene, SceneColumn};
use crate::text::{Font, Weight};

/// The length of the bar that shows a share of the budget.
const BAR: f64 = 40.0;

/// With less room than this a head says nothing.
const LEAST_ROOM: f64 = 24.0;

pub(super) fn paint_ground(scene: &Scene, ground: Ground, canvas: &mut impl Canvas) {
    if ground == Ground::Opaque {
        canvas.draw(
            Shape::Box((0.0, 0.0), scene.size, 0.0),
            &Paint::fill(scene.theme.ground),
        );
    }
}

pub(super) fn paint_bands(scene: &Scene, ground: Ground, canvas: &mut impl Canvas) {
    if ground == Ground::Transparent || scene.columns.is_empty() {
        return;
    }
    canvas.begin(Group::Columns);
    let height = scene.bottom - scene.top;
    for (at, column) in scene.columns.iter().enumerate() {
        let colour = if at % 2 == 0 {
            scene.theme.column
        } else {
            scene.theme.column_alternate
        };
        let band = Shape::Box((column.x, scene.top), (column.width, height), 0.0);
        canvas.draw(band, &Paint::fill(colour));
    }
    canvas.end();
}

pub(super) fn paint_lines(scene: &Scene, canvas: &mut impl Canvas) {
    canvas.begin(Group::Lines);
    let (top, height) = (scene.top, scene.bottom - scene.top);
    let line = Paint::fill(scene.theme.column_line);
    for x in edges(&scene.columns) {
        canvas.draw(Shape::Box((x - 0.5, top), (1.0, height), 0.0), &line);
    }
    if let (Some(first), Some(last)) = (scene.columns.first(), scene.columns.last()) {
        let width = last.x + last.width - first.x;
        let level = |y: f64| Shape::Box((first.x - 0.5, y - 0.5), (width + 1.0, 1.0), 0.0);
        canvas.draw(level(scene.top), &line);
        canvas.draw(level(scene.bottom), &line);
        if scene.head_height > 0.0 {
            canvas.draw(level(scene.top + scene.head_height), &line);
        }
    }
    canvas.end();
}

/// Where bands begin and end, each place once.
fn edges(columns: &[SceneColumn]) -> Vec<f64> {
    let mut edges: Vec<f64> = columns
        .iter()
        .flat_map(|column| [column.x, column.x + column.width])
        .collect();
    edges.sort_by(f64::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < 0.01);
    edges
}

/// The heads of all columns, when they are shown.
pub(super) fn paint_heads(scene: &Scene, canvas: &mut impl Canvas) {
    if scene.head_height <= 0.0 {
        return;
    }
    let has_room = |column: &SceneColumn| column.width > 2.0 * SceneColumn::PADDING + LEAST_ROOM;
    for (at, column) in scene
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| has_room(column))
    {
        canvas.begin(Group::Head(at));
        paint_head(scene, column, canvas);
        canvas.end();
    }
}

fn paint_head(scene: &Scene, column: &SceneColumn, canvas: &mut impl Canvas) {
    let theme = &scene.theme;
    let left = column.x + SceneColumn::PADDING;
    let right = column.x + column.width - SceneColumn::PADDING;
    let (upper, lower) = (
        scene.top + scene.head_height * 0.36,
        scene.top + scene.head_height * 0.7,
    );
    let mut room = right - left;
    if let Some(share) = column.budget_share {
        let share = share.clamp(0.0, 1.0);
        let words = format!("{:.0}%", share * 100.0);
        let words_width = SceneColumn::FACTS_FONT.width(&words);
        let faint = Words::at(
            &words,
            (right, upper),
            SceneColumn::FACTS_FONT,
            theme.ink_faint,
        );
        canvas.write(&faint.anchored(Anchor::End));
        let bar = right - words_width - 6.0 - BAR;
        let piece = |width: f64| Shape::Box((bar, upper - 2.0), (width, 4.0), 2.0);
        canvas.draw(piece(BAR), &Paint::fill(theme.line));
        if share > 0.0 {
            canvas.draw(piece((BAR * share).max(2.0)), &Paint::fill(theme.ink_faint));
        }
        room = bar - left - 10.0;
    }
    let name = SceneColumn::NAME_FONT.cut(&column.name, room);
    canvas.write(&Words::at(
        &name,
        (left, upper),
        SceneColumn::NAME_FONT,
        theme.ink,
    ));
    let count = match column.touchpoints {
        1 => "1 touchpoint".to_owned(),
        many => format!("{many} touchpoints"),
    };
    canvas.write(&Words::at(
        &count,
        (left, lower),
        SceneColumn::FACTS_FONT,
        theme.ink_faint,
    ));
    paint_gaps(scene, column, (right, lower), canvas);
}

/// Signs and numbers of a stage's gaps, worst first, ending at `right`.
fn paint_gaps(
    scene: &Scene,
    column: &SceneColumn,
    (right, y): (f64, f64),
    canvas: &mut impl Canvas,
) {
    let font = Font::new(Weight::Medium, SceneColumn::FACTS_FONT.size);
    let mut x = right;
    for severity in [Severity::Low, Severity::Medium, Severity::High] {
        let count = column.gaps.of(severity);
        if count > 0 {
            let text = count.to_string();
            let (_, words, _) = colours(&scene.theme, severity);
            canvas.write(&Words::at(&text, (x, y), font, words).anchored(Anchor::End));
            x -= font.width(&text) + 10.0;
            paint_sign(&scene.theme, severity, (x, y), 5.0, canvas);
            x -= 17.0;
        }
    }
}
