//! Which sites a link's connector is glued to and where it bends. It follows the way the scene shows as far as the
//! format's connectors can: up to two bends with a level stretch between. Of the ways that are possible it takes the one
//! that passes behind the fewest cards.

use crate::scene::{Course, SceneLink};

use super::sheet::{Frame, POINT, Site};
use super::view::View;
use super::way::{Bend, Place, Way};

/// A way and the sites at its ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glued {
    pub(super) from: Site,
    pub(super) to: Site,
    pub(super) way: Way,
}

/// The connector of a link between two cards' frames. `cards` are all frames on the slide.
pub(super) fn glued(
    link: &SceneLink,
    from: Frame,
    to: Frame,
    view: &View,
    cards: &Obstacles,
) -> Glued {
    let (leaves, arrives) = sites(link, from, to, view);
    let (start, end) = (from.site(leaves), to.site(arrives));
    let way = |bend| Way { start, end, bend };
    let bends = match (leaves, arrives) {
        (Site::Right, Site::Top) => vec![around_itself(from, view)],
        (Site::Right, Site::Right) => vec![bow(start, end, view)],
        (Site::Left | Site::Right, _) => across(link, start, end, view),
        _ => vec![Bend::Straight],
    };
    // Of ways that are as good the first is taken.
    let fewest = bends
        .into_iter()
        .map(way)
        .min_by_key(|way| cards.passed(way, [from, to]));
    Glued {
        from: leaves,
        to: arrives,
        way: fewest.unwrap_or_else(|| way(Bend::Straight)),
    }
}

/// The sites a link leaves and arrives at, by its course and by where its curve begins.
fn sites(link: &SceneLink, from: Frame, to: Frame, view: &View) -> (Site, Site) {
    match link.course {
        Course::Forward => (Site::Right, Site::Left),
        Course::Back => (Site::Left, Site::Right),
        Course::Within if link.from == link.to => (Site::Right, Site::Top),
        Course::Within => {
            let begins_beside = link
                .curve
                .first()
                .is_none_or(|point| view.x(point.0) >= from.right() - 2 * POINT);
            match (begins_beside, from.y < to.y) {
                (true, _) => (Site::Right, Site::Right),
                (false, true) => (Site::Bottom, Site::Top),
                (false, false) => (Site::Top, Site::Bottom),
            }
        }
    }
}

fn around_itself(card: Frame, view: &View) -> Bend {
    Bend::Over {
        x: card.right() + view.length(40.0),
        y: card.y - view.length(36.0),
    }
}

/// Out to the right and back, for cards that stand one above the other with others between.
fn bow(start: Place, end: Place, view: &View) -> Bend {
    let apart = (end.1 - start.1).abs();
    let out = (view.length(36.0) + apart * 6 / 100).min(view.length(64.0));
    Bend::Once {
        x: start.0.max(end.0) + out,
    }
}

/// The ways from side to side, the simplest first; those that bend twice run where the scene's curve is level.
fn across(link: &SceneLink, start: Place, end: Place, view: &View) -> Vec<Bend> {
    let (bends, levels) = stretches(link, view);
    let middle = i64::midpoint(start.0, end.0);
    let (first, last) = (
        bends.first().copied().unwrap_or(middle),
        bends.last().copied().unwrap_or(middle),
    );
    let is_near = (0..NEAR).contains(&(end.0 - start.0));
    let mut ways = vec![if is_near {
        Bend::Straight
    } else {
        Bend::Once { x: middle }
    }];
    if start.1 != end.1 {
        ways.extend([last, first].map(|x| Bend::Once { x }));
    }
    ways.extend(levels.iter().map(|(y, _)| Bend::Twice {
        first,
        y: *y,
        second: last,
    }));
    // Where the scene's curve cannot be followed, a way over or under what stands between may still be free.
    let clear = view.length(52.0);
    ways.extend([start.1 - clear, start.1 + clear].map(|y| Bend::Twice {
        first,
        y,
        second: last,
    }));
    ways
}

/// Where the scene's curve changes its height, and the levels between with their lengths, longest first.
fn stretches(link: &SceneLink, view: &View) -> (Vec<i64>, Vec<(i64, i64)>) {
    let mut bends: Vec<i64> = Vec::new();
    let mut levels: Vec<(i64, i64)> = Vec::new();
    let mut from = link.curve.first().copied().unwrap_or_default();
    let mut last_bend = None;
    for piece in link.curve.get(1..).unwrap_or_default().chunks_exact(3) {
        let end = piece[2];
        if (end.1 - from.1).abs() > LEVEL {
            let x = view.x(f64::midpoint(from.0, end.0));
            if let Some(before) = last_bend {
                levels.push((view.y(from.1), i64::abs(x - before)));
            }
            last_bend = Some(x);
            bends.push(x);
        }
        from = end;
    }
    levels.sort_by_key(|(_, length)| -length);
    levels.truncate(MOST_LEVELS);
    (bends, levels)
}

/// Less than this many map units up or down is level.
const LEVEL: f64 = 1.0;
/// No more levels than this are tried for a link.
const MOST_LEVELS: usize = 3;

/// Cards that stand nearer to each other are joined by a straight line: presentation programs that lead curves anew keep
/// half a centimetre of each to both sides, and would lead them around the cards.
const NEAR: i64 = 29 * POINT;

/// Room around a card.
const CLEAR: i64 = 3 * POINT;

/// Frames that are to stay free, found by their height on the slide.
#[derive(Debug)]
pub(super) struct Obstacles {
    rows: Vec<Vec<Frame>>,
    top: i64,
    row: i64,
    widest: i64,
}

impl Obstacles {
    /// Cards with the room around them that links and words should keep free.
    pub(super) fn new(frames: &[Frame]) -> Self {
        let frames: Vec<Frame> = frames.iter().map(|frame| frame.grown(CLEAR)).collect();
        let top = frames.iter().map(|frame| frame.y).min().unwrap_or(0);
        let row = frames
            .iter()
            .map(|frame| frame.height)
            .max()
            .unwrap_or(1)
            .max(POINT);
        let mut obstacles = Self {
            rows: Vec::new(),
            top,
            row,
            widest: 0,
        };
        for frame in frames {
            obstacles.add(frame);
        }
        obstacles
    }

    /// Takes one more frame.
    pub(super) fn add(&mut self, frame: Frame) {
        self.widest = self.widest.max(frame.width);
        for at in self.row_of(frame.y)..=self.row_of(frame.bottom()) {
            if self.rows.len() <= at {
                self.rows.resize_with(at + 1, Vec::new);
            }
            if let Some(row) = self.rows.get_mut(at) {
                let place = row.partition_point(|other| (other.x, other.y) <= (frame.x, frame.y));
                row.insert(place, frame);
            }
        }
    }

    fn row_of(&self, y: i64) -> usize {
        usize::try_from((y - self.top) / self.row).unwrap_or(0)
    }

    /// The frames of a row that may reach over some part of it.
    fn near(&self, row: usize, left: i64, right: i64) -> &[Frame] {
        let row = self.rows.get(row).map(Vec::as_slice).unwrap_or_default();
        let start = row.partition_point(|frame| frame.x < left - self.widest);
        let end = row.partition_point(|frame| frame.x < right);
        row.get(start..end).unwrap_or_default()
    }

    /// How many points of a way lie behind cards other than those it joins.
    fn passed(&self, way: &Way, ends: [Frame; 2]) -> usize {
        let ends = ends.map(|end| end.grown(CLEAR));
        let behind = |place: &&Place| {
            let near = self.near(self.row_of(place.1), place.0, place.0);
            near.iter()
                .any(|card| card.contains(**place) && !ends.contains(card))
        };
        way.points().iter().filter(behind).count()
    }

    /// Whether something touches a frame.
    pub(super) fn touch(&self, frame: Frame) -> bool {
        (self.row_of(frame.y)..=self.row_of(frame.bottom())).any(|row| {
            self.near(row, frame.x, frame.right())
                .iter()
                .any(|other| other.touches(frame))
        })
    }
}
