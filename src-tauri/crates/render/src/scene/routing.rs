//! The curve of a link: level through the places the layout gave it, cubic between them, straight from card to card
//! when there are none. Links between cards that stand one above the other go down, or bow out on the right. Refuses to
//! find a way around anything: the layout did.

use super::curve::Point;
use super::grid::Area;
use super::{Course, SceneCard};

/// Room between two columns that a passing link may curve in, on each side.
const CLEARANCE: f64 = 4.0;

/// How far from the middle of its card's edge a link leaves and arrives.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Ports {
    pub(crate) leave: f64,
    pub(crate) arrive: f64,
}

/// By where the cards stand, whatever stage they belong to.
pub(crate) fn course(from: &SceneCard, to: &SceneCard) -> Course {
    if to.x >= from.x + from.width {
        Course::Forward
    } else if to.x + to.width <= from.x {
        Course::Back
    } else {
        Course::Within
    }
}

/// Of the places a link passes, those that are ahead of its start and short of its end: a planner may have pinned
/// either card.
pub(crate) fn passed(points: &[Point], from: &SceneCard, to: &SceneCard) -> Vec<Point> {
    let half = from.width / 2.0 + CLEARANCE;
    let (low, high) = match course(from, to) {
        Course::Within => return Vec::new(),
        Course::Forward => (from.x + from.width, to.x),
        Course::Back => (to.x + to.width, from.x),
    };
    let between = |point: &&Point| point.0 - half >= low && point.0 + half <= high;
    points.iter().filter(between).copied().collect()
}

/// The room between two cards of one column; `None` when they stand side by side or touch.
pub(crate) fn room_between(from: &SceneCard, to: &SceneCard) -> Option<Area> {
    let (upper, lower) = if from.y < to.y {
        (from, to)
    } else {
        (to, from)
    };
    let top = upper.y + upper.height;
    if lower.y - top < 4.0 || (from.x - to.x).abs() > from.width / 2.0 {
        return None;
    }
    Some(Area {
        left: from.x.max(to.x),
        right: (from.x + from.width).min(to.x + to.width),
        top,
        bottom: lower.y,
    })
}

/// What decides a link's curve beside its cards.
#[derive(Debug)]
pub(crate) struct Way<'a> {
    /// Where it passes layers of cards, in travel order.
    pub(crate) points: &'a [Point],
    /// Where it meets its cards.
    pub(crate) ports: Ports,
    /// How far beside the given places it runs, for links that share them.
    pub(crate) lane: f64,
    /// Whether its cards stand one above the other with nothing between.
    pub(crate) straight_down: bool,
}

/// The curve of a link.
pub(crate) fn routed(from: &SceneCard, to: &SceneCard, way: &Way<'_>) -> Vec<Point> {
    if from.touchpoint == to.touchpoint {
        return to_itself(from);
    }
    match course(from, to) {
        Course::Within if way.straight_down => down(from, to, way.lane),
        Course::Within => bow(from, to, way.ports),
        Course::Forward => along(from, to, way, true),
        Course::Back => along(from, to, way, false),
    }
}

fn along(from: &SceneCard, to: &SceneCard, way: &Way<'_>, forward: bool) -> Vec<Point> {
    let half = if forward {
        from.width / 2.0
    } else {
        -from.width / 2.0
    };
    let start = if forward { from.x + from.width } else { from.x };
    let end = if forward { to.x } else { to.x + to.width };
    let mut curve = vec![(start, middle(from) + way.ports.leave)];
    for (x, y) in passed(way.points, from, to) {
        across(&mut curve, (x - half, y + way.lane));
        across(&mut curve, (x + half, y + way.lane));
    }
    across(&mut curve, (end, middle(to) + way.ports.arrive));
    curve
}

/// One more piece, level at both ends. A level piece after a level piece makes the first one longer.
fn across(curve: &mut Vec<Point>, to: Point) {
    let Some(&from) = curve.last() else {
        return;
    };
    let before = curve.len().checked_sub(4).and_then(|at| curve.get(at));
    let was_flat = before.is_some_and(|before| (before.1 - from.1).abs() < 0.01);
    if was_flat && (to.1 - from.1).abs() < 0.01 {
        curve.truncate(curve.len() - 3);
        return across(curve, to);
    }
    let pull = (to.0 - from.0) / 2.0;
    curve.extend([(from.0 + pull, from.1), (to.0 - pull, to.1), to]);
}

fn down(from: &SceneCard, to: &SceneCard, lane: f64) -> Vec<Point> {
    let below = to.y > from.y;
    let (x, end_x) = (
        from.x + from.width / 2.0 + lane,
        to.x + to.width / 2.0 + lane,
    );
    let (y, end_y) = if below {
        (from.y + from.height, to.y)
    } else {
        (from.y, to.y + to.height)
    };
    let half_way = f64::midpoint(y, end_y);
    vec![(x, y), (x, half_way), (end_x, half_way), (end_x, end_y)]
}

fn bow(from: &SceneCard, to: &SceneCard, ports: Ports) -> Vec<Point> {
    let first = (from.x + from.width, middle(from) + ports.leave);
    let last = (to.x + to.width, middle(to) + ports.arrive);
    let out = first.0.max(last.0) + (36.0 + (last.1 - first.1).abs() * 0.06).min(64.0);
    vec![first, (out, first.1), (out, last.1), last]
}

/// Nobody draws one here, but a map may come with one.
fn to_itself(card: &SceneCard) -> Vec<Point> {
    let (right, y) = (card.x + card.width, card.y);
    vec![
        (right, y + 20.0),
        (right + 44.0, y + 20.0),
        (right - 32.0, y - 44.0),
        (right - 32.0, y),
    ]
}

/// The height of a card's middle.
pub(crate) fn middle(card: &SceneCard) -> f64 {
    card.y + card.height / 2.0
}
