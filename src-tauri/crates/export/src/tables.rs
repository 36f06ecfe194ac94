//! Coverage, timeline and gaps as plain words, for workbooks and slides.

use backcast_analysis::{Cell, Coverage, Gap};
use backcast_exchange::xlsx::{CoverageCell, CoverageTable, GapRow};
use backcast_model::{Id, Severity};

use crate::snapshot::Snapshot;

/// The names of rows, as people know them.
pub(crate) struct Names<'a> {
    snapshot: &'a Snapshot,
}

impl<'a> Names<'a> {
    pub(crate) const fn of(snapshot: &'a Snapshot) -> Self {
        Self { snapshot }
    }

    pub(crate) fn stage(&self, id: Option<&Id>) -> String {
        let stages = &self.snapshot.map().stages;
        let stage = id.and_then(|id| stages.get(id.as_str()));
        stage
            .map_or("Without a stage", |stage| stage.name.as_str())
            .to_owned()
    }

    pub(crate) fn audience(&self, id: Option<&Id>) -> String {
        let audiences = &self.snapshot.map().audiences;
        let audience = id.and_then(|id| audiences.get(id.as_str()));
        audience
            .map_or("No audience named", |audience| audience.name.as_str())
            .to_owned()
    }

    pub(crate) fn touchpoint(&self, id: &Id) -> String {
        let touchpoint = self.snapshot.map().touchpoints.get(id.as_str());
        touchpoint
            .map_or(id.as_str(), |one| one.name.as_str())
            .to_owned()
    }
}

/// The worst open gap of a cell.
fn worst(snapshot: &Snapshot, cell: &Cell) -> Option<Severity> {
    let gaps = cell.gaps.iter();
    gaps.filter_map(|key| snapshot.assessment.gap(key))
        .map(|gap| gap.severity)
        .min()
}

/// Who is served where, for a workbook.
pub(crate) fn coverage(snapshot: &Snapshot) -> CoverageTable {
    let coverage = Coverage::of(&snapshot.assessment);
    let names = Names::of(snapshot);
    let width = coverage.stages.len().max(1);
    let rows = coverage.audiences.iter().zip(coverage.cells.chunks(width));
    let cell = |cell: &Cell| CoverageCell {
        touchpoints: cell
            .served_by
            .iter()
            .flat_map(|channel| channel.touchpoints.iter().map(|id| names.touchpoint(id)))
            .collect(),
        worst_gap: worst(snapshot, cell),
    };
    CoverageTable {
        stages: coverage
            .stages
            .iter()
            .map(|id| names.stage(id.as_ref()))
            .collect(),
        audiences: rows
            .map(|(id, cells)| {
                (
                    names.audience(id.as_ref()),
                    cells.iter().map(cell).collect(),
                )
            })
            .collect(),
    }
}

/// The gaps, for a workbook; those on purpose last.
pub(crate) fn gaps(snapshot: &Snapshot) -> Vec<GapRow> {
    let names = Names::of(snapshot);
    let row = |gap: &Gap| GapRow {
        severity: gap.severity,
        rule: gap.rule.id.to_owned(),
        message: snapshot.assessment.message(gap),
        stages: gap.stages.iter().map(|id| names.stage(Some(id))).collect(),
        touchpoints: gap
            .touchpoints
            .iter()
            .map(|id| names.touchpoint(id))
            .collect(),
        fixes: fixes(snapshot, gap),
        dismissed: gap.dismissed.as_ref().map(|row| row.record.reason.clone()),
    };
    let all = snapshot.assessment.gaps();
    let open = all.iter().filter(|gap| gap.is_open());
    let rest = all.iter().filter(|gap| !gap.is_open());
    open.chain(rest).map(|gap| row(gap)).collect()
}

/// What would mend a gap, best first; nothing for those on purpose.
pub(crate) fn fixes(snapshot: &Snapshot, gap: &Gap) -> Vec<String> {
    if !gap.is_open() {
        return Vec::new();
    }
    let fixes = snapshot.assessment.fixes(gap).into_iter();
    fixes.map(|fix| fix.title).collect()
}
