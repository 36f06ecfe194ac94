//! A scene over many pages: cut between cards where that can be, heads of stages at the top of every page, the legend at
//! its bottom. Refuses to shrink: words stay large enough to be read.

use super::sheet::{MARGIN, Part, Piece, Sheet};
use crate::scene::grid::Area;
use crate::scene::{LegendEntry, Scene, SceneCard, SceneColumn, SceneLane};

/// The fewest points to a map unit: names are nine points high. Pages that would stay partly empty are drawn larger.
const LEAST_SCALE: f64 = 0.6;
const LARGEST_SCALE: f64 = 0.85;
/// Height of the line with title and page number.
const RUNNING_LINE: f64 = 26.0;
/// Free ground around cards at a cut, in map units.
const BESIDE_CUT: f64 = 10.0;
/// Between the columns and the legend, in points.
const ABOVE_LEGEND: f64 = 10.0;

/// How a scene is cut.
struct Plan {
    /// Points to a map unit.
    scale: f64,
    /// Top and height of what heads and columns have, in points.
    room: (f64, f64),
    columns: Vec<(f64, f64)>,
    rows: Vec<(f64, f64)>,
}

impl Plan {
    fn of(scene: &Scene, paper: (f64, f64)) -> Self {
        let top = MARGIN + RUNNING_LINE;
        let legend = legend_area(scene).map_or(0.0, |area| {
            (area.bottom - area.top) * legend_scale(area, paper) + ABOVE_LEGEND
        });
        let room = (top, paper.1 - top - legend - MARGIN);
        let width = paper.0 - 2.0 * MARGIN;
        let body = body_area(scene);
        let spans = |ends: fn(Area) -> (f64, f64)| {
            let area = |card: &SceneCard| ends(card_area(card).grown(BESIDE_CUT));
            scene.cards.iter().map(area).collect::<Vec<_>>()
        };
        let across = spans(|area| (area.left, area.right));
        let down = spans(|area| (area.top, area.bottom));
        let strip = strip(scene);
        let room_across = width / LEAST_SCALE - strip;
        let columns = even_cuts((body.left, body.right), room_across, &across);
        let rows = even_cuts(
            (body.top, body.bottom),
            room.1 / LEAST_SCALE - scene.head_height,
            &down,
        );
        let longest = |pieces: &[(f64, f64)]| {
            pieces
                .iter()
                .map(|piece| piece.1 - piece.0)
                .fold(1.0, f64::max)
        };
        let scale = (width / (strip + longest(&columns)))
            .min(room.1 / (scene.head_height + longest(&rows)));
        Self {
            scale: scale.clamp(LEAST_SCALE, LARGEST_SCALE),
            room,
            columns,
            rows,
        }
    }
}

/// The scene with its columns reaching down to the end of the page, when one row of pages holds it.
pub(super) fn fitted(scene: &Scene, paper: (f64, f64)) -> Scene {
    let plan = Plan::of(scene, paper);
    let body = body_area(scene);
    let more = plan.room.1 / plan.scale - scene.head_height - (body.bottom - body.top);
    if plan.rows.len() > 1 || more <= 0.0 {
        return scene.clone();
    }
    scene.stretched((scene.size.1 + more) / scene.size.0)
}

/// The pages of a scene, row by row.
pub(super) fn tiled(scene: &Scene, number: usize, paper: (f64, f64)) -> Vec<Sheet> {
    let Plan {
        scale,
        room: (top, _),
        columns,
        rows,
    } = Plan::of(scene, paper);
    let legend = legend_area(scene).map(|area| legend_piece(area, paper));
    let head = scene.head_height * scale;
    let mut sheets = Vec::new();
    for (upper, lower) in rows {
        for (left, right) in &columns {
            let window = Area {
                left: *left,
                top: upper,
                right: *right,
                bottom: lower,
            };
            let x = MARGIN + (strip(scene) - left) * scale;
            let piece = |part, window, y| Piece {
                part,
                window,
                scale,
                origin: (x, y),
            };
            let y = top + head - upper * scale;
            let mut pieces = vec![piece(Part::Body, window, y)];
            if let Some((first, _)) = scene.lane_span() {
                let names = Area {
                    left: first - 1.0,
                    right: first + SceneLane::STRIP,
                    ..window
                };
                pieces.push(Piece {
                    origin: (MARGIN - first * scale, y),
                    ..piece(Part::Lanes, names, y)
                });
            }
            if scene.head_height > 0.0 {
                let heads = Area {
                    top: scene.top - 1.0,
                    bottom: scene.top + scene.head_height,
                    ..window
                };
                pieces.push(piece(Part::Heads, heads, top - scene.top * scale));
            }
            pieces.extend(legend.clone());
            let running_line = Some(MARGIN + RUNNING_LINE / 2.0 - 4.0);
            sheets.push(Sheet {
                scene: number,
                size: paper,
                pieces,
                running_line,
            });
        }
    }
    sheets
}

/// The width that the names of lanes take on every page, in map units.
fn strip(scene: &Scene) -> f64 {
    scene.lane_span().map_or(0.0, |_| SceneLane::STRIP)
}

fn legend_scale(area: Area, paper: (f64, f64)) -> f64 {
    LEAST_SCALE.min((paper.0 - 2.0 * MARGIN) / (area.right - area.left))
}

/// The legend at the bottom of a page.
fn legend_piece(area: Area, paper: (f64, f64)) -> Piece {
    let scale = legend_scale(area, paper);
    let y = paper.1 - MARGIN - (area.bottom - area.top) * scale;
    Piece {
        part: Part::Legend,
        window: area,
        scale,
        origin: (MARGIN - area.left * scale, y - area.top * scale),
    }
}

fn card_area(card: &SceneCard) -> Area {
    Area::new(card.x, card.y, card.width, card.height)
}

/// Columns below their heads, and whatever reaches out of them.
fn body_area(scene: &Scene) -> Area {
    let left = scene.columns.first().map_or(0.0, |column| column.x - 1.0);
    let right = scene
        .columns
        .last()
        .map_or(scene.size.0, |column| column.x + column.width + 1.0);
    let columns = Area {
        left,
        top: scene.top + scene.head_height,
        right,
        bottom: scene.bottom + 1.0,
    };
    let area = |card: &crate::scene::SceneCard| {
        Area::new(card.x, card.y, card.width, card.height).grown(6.0)
    };
    scene.cards.iter().map(area).fold(columns, Area::around)
}

fn legend_area(scene: &Scene) -> Option<Area> {
    let entry = |entry: &LegendEntry| {
        let right = entry.line.x + Scene::LEGEND_FONT.width(&entry.line.text);
        Area {
            left: entry.x - 2.0,
            top: entry.line.y - 10.0,
            right: right + 2.0,
            bottom: entry.line.y + 10.0,
        }
    };
    scene.legend.iter().map(entry).reduce(Area::around)
}

/// Cuts a stretch into as few pieces as `room` allows, of about the same length.
fn even_cuts(stretch: (f64, f64), room: f64, spans: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut best = cuts(stretch, room, spans);
    let (mut least, mut most) = ((stretch.1 - stretch.0) / best.len() as f64, room);
    for _ in 0..8 {
        let middle = f64::midpoint(least, most);
        let pieces = cuts(stretch, middle, spans);
        if pieces.len() <= best.len() {
            (best, most) = (pieces, middle);
        } else {
            least = middle;
        }
    }
    best
}

/// Cuts a stretch into pieces no longer than `room`, where they cross the fewest spans. O(spans log spans) a piece.
fn cuts((start, end): (f64, f64), room: f64, spans: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut starts: Vec<f64> = spans.iter().map(|span| span.0).collect();
    let mut ends: Vec<f64> = spans.iter().map(|span| span.1).collect();
    starts.sort_by(f64::total_cmp);
    ends.sort_by(f64::total_cmp);
    let crossed = |at: f64| {
        starts.partition_point(|start| *start < at) - ends.partition_point(|end| *end <= at)
    };
    let room = room.max(100.0);
    let mut pieces = Vec::new();
    let mut from = start;
    while end - from > room {
        let furthest = from + room;
        let least = starts.partition_point(|start| *start <= from + room * 0.5);
        let most = starts.partition_point(|start| *start <= furthest);
        let ahead = starts.get(least..most).unwrap_or_default();
        let choices = ahead.iter().copied().chain([furthest]);
        let cut = choices
            .min_by_key(|at| (crossed(*at), std::cmp::Reverse(at.to_bits())))
            .unwrap_or(furthest);
        pieces.push((from, cut));
        from = cut;
    }
    pieces.push((from, end));
    pieces
}

/// The heads of the columns of a window: words keep inside it.
pub(super) fn heads(scene: &Scene, window: Area) -> Scene {
    let clipped = |column: &SceneColumn| {
        let left = column.x.max(window.left);
        let right = (column.x + column.width).min(window.right);
        SceneColumn {
            x: left,
            width: (right - left).max(0.0),
            ..column.clone()
        }
    };
    Scene {
        columns: scene.columns.iter().map(clipped).collect(),
        ..bare(scene)
    }
}

/// The lanes of a window: their names keep inside it.
pub(super) fn lanes(scene: &Scene, window: Area) -> Scene {
    let clipped = |lane: &SceneLane| {
        let top = lane.y.max(window.top);
        let bottom = (lane.y + lane.height).min(window.bottom);
        SceneLane {
            y: top,
            height: (bottom - top).max(0.0),
            ..lane.clone()
        }
    };
    Scene {
        columns: scene.columns.clone(),
        lanes: scene.lanes.iter().map(clipped).collect(),
        ..bare(scene)
    }
}

/// A scene with nothing in it.
fn bare(scene: &Scene) -> Scene {
    Scene {
        title: String::new(),
        size: scene.size,
        title_line: None,
        top: scene.top,
        head_height: scene.head_height,
        bottom: scene.bottom,
        columns: Vec::new(),
        lanes: Vec::new(),
        cards: Vec::new(),
        links: Vec::new(),
        legend: Vec::new(),
        logo: None,
        border: false,
        theme: scene.theme.clone(),
        stand_ins: scene.stand_ins.clone(),
    }
}
