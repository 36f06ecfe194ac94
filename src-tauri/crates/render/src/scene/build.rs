//! Makes a scene of a picture: looks of cards, curves, labels, columns, and room for all of it. The order of drawing and
//! the shapes of signs are the writers'.

use backcast_model::{Link, Map, Status, Touchpoint};
use rustc_hash::FxHashMap;

use super::grid::{Area, Grid};
use super::labels::Labels;
use super::lanes::{SceneLane, close_lanes};
use super::picture::{Band, LaneBand, Picture, Shown, View};
use super::selection::{chosen, close_up, holds_link};
use super::wiring::{Wire, curves};
use super::{
    CardKind, Counts, Scene, SceneCard, SceneColumn, SceneLink, TextLine, address, curve, legend,
    routing,
};
use crate::stand_in::StandIns;

/// Free ground around everything.
pub(super) const MARGIN: f64 = 24.0;
/// Height of the title with the gap below it.
pub(super) const TITLE_HEIGHT: f64 = 48.0;
/// The middle of the title's line.
pub(super) const TITLE_MIDDLE: f64 = MARGIN + TITLE_HEIGHT / 2.0 - 8.0;
/// Height of a column's head.
const HEAD_HEIGHT: f64 = 56.0;
/// Free height between the heads and what is below them.
const BELOW_HEAD: f64 = 28.0;
/// Free height between the lowest card or link and the bottom of the columns.
const ABOVE_BOTTOM: f64 = 32.0;
/// Free width between what reaches out of the columns and the edge.
const BESIDE: f64 = 16.0;
/// A picture without touchpoints has columns of this height, and no picture is narrower than this.
const LEAST_HEIGHT: f64 = 240.0;
const LEAST_WIDTH: f64 = 480.0;

impl Scene {
    /// What is seen of a picture. About O(n log n) for n touchpoints and links.
    #[must_use]
    pub fn of(picture: &Picture<'_>) -> Self {
        Self::excerpt(picture, &picture.view, picture.shown)
    }

    /// What is seen of a picture in another view, with something else around it. Some touchpoints cost what they and
    /// their links do, however large the map is; a stage costs a look at all of it.
    #[must_use]
    pub fn excerpt(picture: &Picture<'_>, view: &View, shown: Shown) -> Self {
        let chosen = chosen(picture, view);
        let mut cards = cards(picture, chosen.as_deref());
        let (links, mut wires) = wires(picture, view, &cards, chosen.as_deref());
        let mut bands = picture.bands.clone();
        let mut lanes = picture.lanes.clone();
        if chosen.is_some() {
            let before: Vec<f64> = cards.iter().map(|card| card.y).collect();
            close_up(&mut bands, &mut cards, &mut wires);
            close_lanes(&mut lanes, &before, &cards);
            quieten(&mut bands, view);
        }
        let standing = standing(&cards);
        let curves = curves(&cards, &wires, &standing);
        let links = scene_links(shown, &cards, &links, &wires, curves);
        Self::framed(picture, (view, shown), (bands, &lanes), cards, links)
    }

    /// Puts title, heads, margins and legend around cards and links, which stand in the layout's units until here.
    fn framed(
        picture: &Picture<'_>,
        (view, shown): (&View, Shown),
        (bands, lanes): (Vec<Band>, &[LaneBand]),
        cards: Vec<SceneCard>,
        links: Vec<SceneLink>,
    ) -> Self {
        let staged = bands.iter().any(|band| band.stage.is_some());
        let drawn = drawn(&cards, &links);
        let (top, bottom) = reach(drawn, lanes);
        let strip = if lanes.is_empty() {
            0.0
        } else {
            SceneLane::STRIP
        };
        let left = bands
            .iter()
            .map(|band| band.x - strip)
            .chain(drawn.map(|drawn| drawn.left - BESIDE))
            .reduce(f64::min);
        let right = bands.iter().map(|band| band.x + band.width);
        let right = right
            .chain(drawn.map(|drawn| drawn.right + BESIDE))
            .reduce(f64::max);
        let left = left.unwrap_or(0.0);
        let width = right.map_or(LEAST_WIDTH, |right| (right - left).max(LEAST_WIDTH));
        let mut scene = Self {
            title: title(picture.map, view),
            size: (width + 2.0 * MARGIN, 0.0),
            title_line: None,
            top: MARGIN,
            head_height: 0.0,
            bottom: 0.0,
            columns: columns(picture.map, bands, &cards, staged),
            lanes: lanes
                .iter()
                .map(|lane| SceneLane::of(lane, &cards))
                .collect(),
            cards,
            links,
            legend: Vec::new(),
            logo: None,
            border: false,
            theme: picture.theme.clone(),
            stand_ins: StandIns::default(),
        };
        if shown.title {
            scene.title_line = Some(TextLine {
                text: Self::TITLE_FONT.cut(&scene.title, width),
                x: MARGIN,
                y: TITLE_MIDDLE,
            });
            scene.top += TITLE_HEIGHT;
        }
        if shown.heads && staged {
            scene.head_height = HEAD_HEIGHT;
        }
        let content = scene.top + scene.head_height;
        scene.bottom = content + bottom - top;
        scene.shift(MARGIN - left, content - top);
        scene.reach_lanes();
        scene.size.1 = scene.bottom + MARGIN;
        if !shown.gaps {
            scene.forget_gaps();
        }
        if shown.legend {
            let names = |place: usize| {
                picture
                    .map
                    .audiences
                    .at(place)
                    .map(|audience| audience.name.as_str())
            };
            let bottom = legend::write(&mut scene, &names, (MARGIN, width));
            scene.size.1 = bottom + MARGIN;
        }
        scene
    }

    /// Moves columns, cards and links.
    fn shift(&mut self, dx: f64, dy: f64) {
        for column in &mut self.columns {
            column.x += dx;
        }
        self.shift_content(dx, dy);
    }

    fn forget_gaps(&mut self) {
        for card in &mut self.cards {
            card.badge = None;
        }
        for column in &mut self.columns {
            column.gaps = Counts::default();
        }
    }
}

/// The map's title, and which part of it is seen.
fn title(map: &Map, view: &View) -> String {
    let part = match view {
        View::Whole | View::Touchpoints(_) => None,
        View::Stage(None) => Some("No stage"),
        View::Stage(Some(id)) => map.stages.get(id.as_str()).map(|stage| stage.name.as_str()),
        View::Upstream(id) => map
            .touchpoints
            .get(id.as_str())
            .map(|row| row.name.as_str()),
    };
    let title = &map.properties.title;
    part.map_or_else(|| title.clone(), |part| format!("{title}: {part}"))
}

/// Heads of a part of the map say nothing of what is not seen; of a stage that is seen whole they do.
fn quieten(bands: &mut [Band], view: &View) {
    for band in bands {
        if !matches!(view, View::Stage(stage) if *stage == band.stage) {
            band.budget_share = None;
            band.gaps = Counts::default();
        }
    }
}

/// From where to where columns reach below their heads: with free height around what is drawn, unless lanes bring it.
fn reach(drawn: Option<Area>, lanes: &[LaneBand]) -> (f64, f64) {
    let (Some(first), Some(last)) = (lanes.first(), lanes.last()) else {
        return drawn.map_or((-BELOW_HEAD, LEAST_HEIGHT - BELOW_HEAD), |drawn| {
            (drawn.top - BELOW_HEAD, drawn.bottom + ABOVE_BOTTOM)
        });
    };
    let bands = (first.y, last.y + last.height);
    drawn.map_or(bands, |drawn| {
        (bands.0.min(drawn.top), bands.1.max(drawn.bottom))
    })
}

/// Everything that is drawn below the heads.
fn drawn(cards: &[SceneCard], links: &[SceneLink]) -> Option<Area> {
    let cards = cards.iter().map(area);
    let curves = links.iter().filter_map(|link| curve::area(&link.curve));
    let words = links
        .iter()
        .filter_map(|link| link.label.as_ref().map(super::Label::area));
    cards.chain(curves).chain(words).reduce(Area::around)
}

fn area(card: &SceneCard) -> Area {
    Area::new(card.x, card.y, card.width, card.height)
}

fn standing(cards: &[SceneCard]) -> Grid {
    let mut grid = Grid::default();
    for card in cards {
        grid.add(area(card));
    }
    grid
}

/// The cards of the chosen touchpoints, or of all.
fn cards(picture: &Picture<'_>, chosen: Option<&[usize]>) -> Vec<SceneCard> {
    let map = picture.map;
    let card = |row: &Touchpoint, leads: bool| {
        let place = *picture.places.get(&row.id)?;
        let audience = |id: &backcast_model::Id| map.audiences.position(id.as_str());
        let mut card = card(row, place, picture.card);
        card.kind = kind(row, leads);
        card.audiences = row.audiences.iter().filter_map(audience).collect();
        card.badge = picture.badges.get(&row.id).copied();
        card.fit_words(row.cta.as_deref().unwrap_or_default());
        Some(card)
    };
    if let Some(chosen) = chosen {
        let is_end = |at| {
            map.touchpoints
                .at(at)
                .is_some_and(Touchpoint::is_destination)
        };
        let drawn = |at: &usize| {
            let row = map.touchpoints.at(*at)?;
            card(row, picture.graph().downstream(*at).any(is_end))
        };
        return chosen.iter().filter_map(drawn).collect();
    }
    let leading = map.leading_to_destinations();
    let drawn = |row: &Touchpoint| card(row, leading.contains(row.id.as_str()));
    map.touchpoints.iter().filter_map(drawn).collect()
}

fn card(row: &Touchpoint, (x, y): (f64, f64), (width, height): (f64, f64)) -> SceneCard {
    SceneCard {
        touchpoint: row.id.clone(),
        x,
        y,
        width,
        height,
        kind: CardKind::Indirect,
        stopped: row.status == Some(Status::Stopped),
        name: row.name.clone(),
        lines: Vec::new(),
        cta: None,
        channel: row.channel.clone(),
        audiences: Vec::new(),
        badge: None,
        address: row.notes.as_deref().and_then(address::first),
    }
}

impl SceneCard {
    /// Breaks the name into lines and finds room for the call to action.
    fn fit_words(&mut self, cta: &str) {
        let room = self.width - Self::TEXT_LEFT - Self::TEXT_RIGHT;
        self.lines = Self::NAME_FONT.wrap(&self.name, room, 2);
        let height = self.lines.len() as f64 * Self::LINE_HEIGHT + Self::CTA_HEIGHT;
        if height <= self.height - 6.0 {
            let dots = self.audiences.len().min(Self::MOST_AUDIENCES) as f64;
            let taken = if dots > 0.0 { dots * 8.0 + 2.0 } else { 0.0 };
            self.cta = Some(Self::CTA_FONT.cut(cta, room - taken)).filter(|cta| !cta.is_empty());
        }
    }
}

/// `leads`: whether one of its links leads to a destination.
fn kind(row: &Touchpoint, leads: bool) -> CardKind {
    if row.is_ultimate() {
        CardKind::Ultimate
    } else if row.is_destination() {
        CardKind::Intermediate
    } else if row.is_direct(leads) {
        CardKind::Direct
    } else {
        CardKind::Indirect
    }
}

/// The links between cards that are seen, in the map's order.
fn wires<'a>(
    picture: &'a Picture<'_>,
    view: &View,
    cards: &[SceneCard],
    chosen: Option<&[usize]>,
) -> (Vec<&'a Link>, Vec<Wire<'a>>) {
    let map = picture.map;
    let numbers: FxHashMap<&str, usize> = cards
        .iter()
        .enumerate()
        .map(|(at, card)| (card.touchpoint.as_str(), at))
        .collect();
    let wire = |link: &'a Link| {
        let ends = (
            *numbers.get(link.from.as_str())?,
            *numbers.get(link.to.as_str())?,
        );
        let from = map.touchpoints.get(link.from.as_str())?;
        let to = map.touchpoints.get(link.to.as_str())?;
        let points = picture.ways.get(&link.id).cloned().unwrap_or_default();
        holds_link(view, from, to).then_some((
            link,
            Wire {
                id: link.id.as_str(),
                ends,
                points,
            },
        ))
    };
    let Some(chosen) = chosen else {
        return map.links.iter().filter_map(wire).unzip();
    };
    let leave = chosen.iter().flat_map(|at| picture.graph().links_from(*at));
    let mut leave: Vec<usize> = leave.collect();
    leave.sort_unstable();
    let links = leave.into_iter().filter_map(|at| map.links.at(at));
    links.filter_map(wire).unzip()
}

fn scene_links(
    shown: Shown,
    cards: &[SceneCard],
    links: &[&Link],
    wires: &[Wire<'_>],
    curves: Vec<Vec<curve::Point>>,
) -> Vec<SceneLink> {
    let mut labels = Labels::among(cards, shown.gaps);
    let link = |((link, wire), curve): ((&&Link, &Wire<'_>), Vec<curve::Point>)| {
        let words = link
            .cta
            .as_deref()
            .filter(|_| shown.labels)
            .unwrap_or_default();
        SceneLink {
            link: link.id.clone(),
            from: wire.ends.0,
            to: wire.ends.1,
            course: routing::course(&cards[wire.ends.0], &cards[wire.ends.1]),
            label: labels.place(words, &curve),
            curve,
        }
    };
    links.iter().zip(wires).zip(curves).map(link).collect()
}

fn columns(map: &Map, bands: Vec<Band>, cards: &[SceneCard], staged: bool) -> Vec<SceneColumn> {
    let mut counts: FxHashMap<Option<&str>, usize> = FxHashMap::default();
    for row in cards
        .iter()
        .filter_map(|card| map.touchpoints.get(card.touchpoint.as_str()))
    {
        *counts
            .entry(row.stage.as_ref().map(backcast_model::Id::as_str))
            .or_default() += 1;
    }
    let within = |band: &Band| {
        let starts_inside = |card: &&SceneCard| card.x >= band.x && card.x < band.x + band.width;
        cards.iter().filter(starts_inside).count()
    };
    let column = |band: Band| SceneColumn {
        name: match &band.stage {
            Some(stage) => map
                .stages
                .get(stage.as_str())
                .map(|stage| stage.name.clone())
                .unwrap_or_default(),
            None if staged => "No stage".to_owned(),
            None => String::new(),
        },
        touchpoints: if staged {
            counts
                .get(&band.stage.as_ref().map(backcast_model::Id::as_str))
                .copied()
                .unwrap_or(0)
        } else {
            within(&band)
        },
        x: band.x,
        width: band.width,
        budget_share: band.budget_share,
        gaps: band.gaps,
        stage: band.stage,
    };
    bands.into_iter().map(column).collect()
}
