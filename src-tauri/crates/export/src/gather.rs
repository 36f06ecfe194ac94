//! What pictures are made from: a map as it stands, with its gaps, gathered once for all excerpts of it.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use backcast_analysis::{Assessment, Gap, Summary};
use backcast_layout::{Frame, Geometry, Grouping, Lane, Lanes, Layout, lay_out_in};
use backcast_model::{Id, Money, Severity};
use backcast_render::{Badge, Band, Counts, LaneBand, Picture, Shown, Theme, View};

use crate::documents::words;
use crate::snapshot::Snapshot;

/// All of a map, to be seen whole or in excerpts, divided into lanes or not. O(map), and a layout where the snapshot has
/// none in these lanes.
pub(crate) fn picture(snapshot: &Snapshot, theme: Theme, lanes: Option<Grouping>) -> Picture<'_> {
    let geometry = Geometry::default();
    let layout = &*layout(snapshot, &geometry, lanes);
    let assessment = &snapshot.assessment;
    let named = |lane: &Lane| LaneBand {
        name: lanes.map_or_else(String::new, |by| {
            words::lane(snapshot.map(), by, lane.name.as_deref())
        }),
        y: lane.y,
        height: lane.height,
    };
    let bands = layout.columns.iter().zip(layout.bands(&geometry));
    let all = budget(assessment);
    let bands = bands.map(|(column, (x, width))| {
        let stage = column.stage.as_ref();
        let summary = assessment
            .stages()
            .iter()
            .find(|one| one.id.as_ref() == stage);
        let share = summary.map(|one| one.budget.hundredths() as f64 / all as f64);
        Band {
            stage: column.stage.clone(),
            x,
            width,
            budget_share: share.filter(|_| all > 0),
            gaps: summary.map_or_else(Counts::default, |one| counts(one.gaps)),
        }
    });
    let places = layout.cards.iter();
    let places = places.map(|card| (card.touchpoint.clone(), (card.x, card.y)));
    let ways = layout.routes.iter();
    let ways = ways.map(|route| (route.link.clone(), route.points.clone()));
    Picture {
        map: snapshot.map(),
        bands: bands.collect(),
        lanes: layout.lanes.iter().map(named).collect(),
        places: places.collect(),
        card: (geometry.card_width, geometry.card_height),
        ways: ways.collect(),
        badges: badges(assessment.gaps().iter().map(AsRef::as_ref)),
        theme,
        view: View::Whole,
        shown: Shown::default(),
        graph: OnceCell::new(),
    }
}

/// Where everything stands: in lanes as the window shows it, when it shows these.
fn layout<'a>(
    snapshot: &'a Snapshot,
    geometry: &Geometry,
    lanes: Option<Grouping>,
) -> Cow<'a, Layout> {
    let Some(by) = lanes else {
        return Cow::Borrowed(&snapshot.layout);
    };
    match &snapshot.in_lanes {
        Some((shown, layout)) if *shown == by => Cow::Borrowed(layout),
        _ => {
            let frame = Frame {
                distances: false,
                lanes: Some(Lanes::new(by, snapshot.assessment.catalog())),
            };
            Cow::Owned(lay_out_in(snapshot.map(), geometry, &frame))
        }
    }
}

/// The media budget of all stages, in hundredths.
fn budget(assessment: &Assessment) -> i64 {
    let stages = assessment.stages().iter();
    stages
        .map(|stage| Money::hundredths(stage.budget))
        .fold(0, i64::saturating_add)
}

const fn counts(summary: Summary) -> Counts {
    Counts {
        high: summary.high,
        medium: summary.medium,
        low: summary.low,
    }
}

/// How many open gaps stand on each touchpoint, and the worst of them.
fn badges<'a>(gaps: impl Iterator<Item = &'a Gap>) -> HashMap<Id, Badge> {
    let mut badges: HashMap<Id, Badge> = HashMap::new();
    for gap in gaps.filter(|gap| gap.is_open()) {
        for id in &gap.touchpoints {
            let badge = badges.entry(id.clone()).or_insert(Badge {
                severity: Severity::Low,
                count: 0,
            });
            badge.count += 1;
            badge.severity = badge.severity.min(gap.severity);
        }
    }
    badges
}
