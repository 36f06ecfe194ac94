//! What slides say beside the map: the gaps as notes and as a list, coverage as a table, flights as a timeline.

use std::collections::BTreeMap;
use std::sync::Arc;

use backcast_analysis::{Cell as CoverageCell, Coverage, Gap};
use backcast_model::Id;
use backcast_render::pptx::{Cell, Deck, GapLine, Table, Timeline, TimelineRow};
use backcast_render::{CardKind, Scene};

use crate::options::Further;
use crate::snapshot::Snapshot;
use crate::tables::{Names, fixes};

/// How many touchpoints a cell of the coverage table names before the rest is only counted.
const MOST_IN_A_CELL: usize = 4;

/// The deck of a map, with the views that are wanted.
pub(crate) fn deck(snapshot: &Snapshot, scene: Scene, wants: &dyn Fn(Further) -> bool) -> Deck {
    let map = snapshot.map();
    let kinds: BTreeMap<&Id, CardKind> = scene
        .cards
        .iter()
        .map(|card| (&card.touchpoint, card.kind))
        .collect();
    // Of a part of the map only those gaps are told that stand on something of it.
    let is_whole = kinds.len() >= map.touchpoints.len();
    let concerns =
        |gap: &&Arc<Gap>| is_whole || gap.touchpoints.iter().any(|id| kinds.contains_key(id));
    let open = snapshot
        .assessment
        .gaps()
        .iter()
        .filter(|gap| gap.is_open());
    let gaps: Vec<GapLine> = open
        .filter(concerns)
        .map(|gap| line(snapshot, gap))
        .collect();
    let notes = gaps.iter().map(|gap| {
        let stage = if gap.stage.is_empty() {
            String::new()
        } else {
            format!("{}: ", gap.stage)
        };
        format!("{} \u{b7} {stage}{}", gap.severity.word(), gap.sentence)
    });
    let coverage = wants(Further::Coverage).then(|| coverage(snapshot));
    let timeline = wants(Further::Timeline).then(|| timeline(snapshot, &kinds));
    let (notes, coverage, timeline) = (notes.collect(), coverage.flatten(), timeline.flatten());
    Deck {
        title: map.properties.title.clone(),
        notes,
        coverage,
        timeline,
        gaps: if wants(Further::Gaps) {
            gaps
        } else {
            Vec::new()
        },
        map: scene,
    }
}

fn line(snapshot: &Snapshot, gap: &Gap) -> GapLine {
    let names = Names::of(snapshot);
    let stages: Vec<_> = gap.stages.iter().map(|id| names.stage(Some(id))).collect();
    GapLine {
        severity: gap.severity,
        stage: stages.join(", "),
        sentence: snapshot.assessment.message(gap),
        fix: fixes(snapshot, gap).into_iter().next().unwrap_or_default(),
    }
}

/// Who is served when, by what; `None` without audiences or stages.
fn coverage(snapshot: &Snapshot) -> Option<Table> {
    let map = snapshot.map();
    if map.audiences.is_empty() || map.stages.is_empty() {
        return None;
    }
    let coverage = Coverage::of(&snapshot.assessment);
    let names = Names::of(snapshot);
    let head = coverage.stages.iter().map(|id| names.stage(id.as_ref()));
    let rows = coverage
        .audiences
        .iter()
        .zip(coverage.cells.chunks(coverage.stages.len()));
    let rows = rows.map(|(audience, cells)| {
        let name = Cell {
            text: names.audience(audience.as_ref()),
            gaps: Vec::new(),
        };
        let cells = cells
            .iter()
            .map(|cell| coverage_cell(snapshot, &names, cell));
        std::iter::once(name).chain(cells).collect()
    });
    Some(Table {
        head: std::iter::once(String::new()).chain(head).collect(),
        rows: rows.collect(),
    })
}

fn coverage_cell(snapshot: &Snapshot, names: &Names<'_>, cell: &CoverageCell) -> Cell {
    let touchpoints = cell
        .served_by
        .iter()
        .flat_map(|channel| &channel.touchpoints);
    let mut lines: Vec<String> = touchpoints.map(|id| names.touchpoint(id)).collect();
    let more = lines.len().saturating_sub(MOST_IN_A_CELL);
    if more > 1 {
        lines.truncate(MOST_IN_A_CELL);
        lines.push(format!("and {more} more"));
    }
    let gaps = cell
        .gaps
        .iter()
        .filter_map(|key| snapshot.assessment.gap(key));
    Cell {
        text: lines.join("\n"),
        gaps: gaps
            .map(|gap| (gap.severity, gap.rule.name.to_owned()))
            .collect(),
    }
}

/// What is live when of what the picture shows; `None` when nothing says.
fn timeline(snapshot: &Snapshot, kinds: &BTreeMap<&Id, CardKind>) -> Option<Timeline> {
    let map = snapshot.map();
    let names = Names::of(snapshot);
    let mut rows: Vec<(usize, TimelineRow)> = map
        .touchpoints
        .iter()
        .filter(|row| row.is_present() && !row.flights.is_empty())
        .filter_map(|row| {
            let stage = row.stage.as_ref();
            let place = stage.and_then(|id| map.stages.position(id.as_str()));
            let row = TimelineRow {
                name: row.name.clone(),
                stage: stage.map_or_else(String::new, |id| names.stage(Some(id))),
                kind: *kinds.get(&row.id)?,
                flights: row.flights.clone(),
            };
            Some((place.unwrap_or(usize::MAX), row))
        })
        .collect();
    rows.sort_by_key(|(place, _)| *place);
    (!rows.is_empty()).then(|| Timeline {
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    })
}
