//! An assessment as JSON, as the format document of the text form describes it under "What `check` prints".

use backcast_model::{Dismissal, Id, Money, Severity};
use serde::{Serialize, Serializer};

use super::indented;
use crate::assessment::{Assessment, StageSummary};
use crate::fix::Fix;
use crate::gap::{Evidence, Gap};

#[derive(Serialize)]
struct Report<'a> {
    map: &'a str,
    summary: SummaryView,
    gaps: Gaps<'a>,
    not_assessed: Vec<NotAssessedView>,
    stages: Vec<StageView<'a>>,
}

#[derive(Serialize)]
struct SummaryView {
    high: usize,
    medium: usize,
    low: usize,
    dismissed: usize,
}

/// The gaps, each put together while it is written: all of them together would be many times the text in memory.
struct Gaps<'a>(&'a Assessment);

impl Serialize for Gaps<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(assessment) = self;
        serializer.collect_seq(assessment.gaps().iter().map(|gap| view(assessment, gap)))
    }
}

#[derive(Serialize)]
struct GapView<'a> {
    rule: &'static str,
    severity: Severity,
    stages: &'a [Id],
    touchpoints: &'a [Id],
    links: &'a [Id],
    evidence: EvidenceView<'a>,
    message: String,
    fixes: Vec<Fix>,
    dismissed: Option<DismissedView<'a>>,
}

/// The evidence, and with it what the gap is about and what suffers from it.
#[derive(Serialize)]
struct EvidenceView<'a> {
    #[serde(flatten)]
    evidence: &'a Evidence,
    subjects: &'a [Id],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    affects: Vec<Id>,
}

#[derive(Serialize)]
struct DismissedView<'a> {
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<&'a str>,
}

#[derive(Serialize)]
struct NotAssessedView {
    rule: &'static str,
    needs: &'static str,
}

#[derive(Serialize)]
struct StageView<'a> {
    id: Option<&'a Id>,
    touchpoints: usize,
    budget: Money,
    high: usize,
    medium: usize,
    low: usize,
}

/// An assessment as indented JSON with a line break at the end; the same bytes for the same map, catalogue and day.
#[must_use]
pub fn json(assessment: &Assessment) -> String {
    let summary = assessment.summary();
    let report = Report {
        map: &assessment.map().properties.title,
        summary: SummaryView {
            high: summary.high,
            medium: summary.medium,
            low: summary.low,
            dismissed: summary.dismissed,
        },
        gaps: Gaps(assessment),
        not_assessed: assessment
            .not_assessed()
            .iter()
            .map(|one| NotAssessedView {
                rule: one.rule.id,
                needs: one.needs.text,
            })
            .collect(),
        stages: assessment.stages().iter().map(stage).collect(),
    };
    indented(&report)
}

fn view<'a>(assessment: &Assessment, gap: &'a Gap) -> GapView<'a> {
    GapView {
        rule: gap.rule.id,
        severity: gap.severity,
        stages: &gap.stages,
        touchpoints: &gap.touchpoints,
        links: &gap.links,
        evidence: EvidenceView {
            evidence: &gap.evidence,
            subjects: &gap.key.subjects,
            affects: assessment.affects(gap),
        },
        message: assessment.message(gap),
        fixes: assessment.fixes(gap),
        dismissed: gap.dismissed.as_ref().map(|row| dismissed(&row.record)),
    }
}

fn dismissed(dismissal: &Dismissal) -> DismissedView<'_> {
    DismissedView {
        reason: &dismissal.reason,
        by: dismissal.by.as_deref(),
        at: dismissal.at.as_deref(),
    }
}

fn stage(stage: &StageSummary) -> StageView<'_> {
    StageView {
        id: stage.id.as_ref(),
        touchpoints: stage.touchpoints,
        budget: stage.budget,
        high: stage.gaps.high,
        medium: stage.gaps.medium,
        low: stage.gaps.low,
    }
}
