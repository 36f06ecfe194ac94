//! Gaps as the window sees them: with their sentence, what shows them, and how they can be mended.

use backcast_analysis::{Assessment, Evidence, Fix, Gap, NotAssessed, Share, StageSummary};
use backcast_model::{Entity, Id, Severity};
use serde::Serialize;
use serde_with::skip_serializing_none;
use specta::Type;
use specta_typescript::Number;

/// A share of a whole, 0 to 1.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShareView {
    /// Whose.
    pub(crate) label: String,
    /// How much.
    #[specta(type = Number)]
    pub(crate) share: f64,
}

impl From<&Share> for ShareView {
    fn from(share: &Share) -> Self {
        Self {
            label: share.label.clone(),
            share: share.share,
        }
    }
}

/// What shows that a gap is one.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(crate) enum EvidenceView {
    /// Nothing beyond what the gap stands on.
    None,
    /// A way through the map; `days` and `limit` where its length is the point.
    Path {
        touchpoints: Vec<String>,
        links: Vec<String>,
        #[specta(type = Option<Number>)]
        days: Option<f64>,
        #[specta(type = Option<Number>)]
        limit: Option<f64>,
    },
    /// The gap's touchpoints, which hang together, or apart from the rest.
    Component,
    /// What is cut off when the gap's touchpoint is gone.
    Cut { entries: Vec<String> },
    /// How a whole is split, largest share first; and the share of the largest part in each stage, by the stage's id.
    Shares {
        shares: Vec<ShareView>,
        stages: Vec<ShareView>,
    },
    /// A figure and what it is held against; and a way on which people come to where it counts, else empty.
    Figure {
        #[specta(type = Option<Number>)]
        value: Option<f64>,
        #[specta(type = Number)]
        limit: f64,
        unit: String,
        touchpoints: Vec<String>,
        links: Vec<String>,
    },
    /// Weeks in a row, Monday to Sunday.
    Weeks { first: String, last: String },
    /// Two texts that should meet.
    Texts { said: String, found: String },
    /// Channels, devices, keys.
    Words { words: Vec<String> },
    /// A day.
    Date { date: String },
}

impl EvidenceView {
    const fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }
}

impl From<&Evidence> for EvidenceView {
    fn from(evidence: &Evidence) -> Self {
        match evidence {
            Evidence::None => Self::None,
            Evidence::Path {
                touchpoints,
                links,
                days,
                limit,
            } => Self::Path {
                touchpoints: texts(touchpoints),
                links: texts(links),
                days: *days,
                limit: *limit,
            },
            Evidence::Component => Self::Component,
            Evidence::Cut { entries } => Self::Cut {
                entries: texts(entries),
            },
            Evidence::Shares { shares, stages } => Self::Shares {
                shares: shares.iter().map(ShareView::from).collect(),
                stages: stages.iter().map(ShareView::from).collect(),
            },
            Evidence::Figure {
                value,
                limit,
                unit,
                touchpoints,
                links,
            } => Self::Figure {
                value: *value,
                limit: *limit,
                unit: (*unit).to_owned(),
                touchpoints: texts(touchpoints),
                links: texts(links),
            },
            Evidence::Weeks { first, last } => Self::Weeks {
                first: first.to_string(),
                last: last.to_string(),
            },
            Evidence::Texts { said, found } => Self::Texts {
                said: said.clone(),
                found: found.clone(),
            },
            Evidence::Words { words } => Self::Words {
                words: words.clone(),
            },
            Evidence::Date { date } => Self::Date {
                date: date.to_string(),
            },
        }
    }
}

/// A field for a person to fill in.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PlaceView {
    /// The row's entity.
    pub(crate) entity: Entity,
    /// The row's id.
    pub(crate) id: String,
    /// The field.
    pub(crate) field: String,
}

/// A way to mend a gap.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FixView {
    /// Names it: what it says and does, as a hash.
    pub(crate) fingerprint: String,
    /// What it will do, as a command.
    pub(crate) title: String,
    /// The field to fill in, where only a person can say; else the program does it in one step.
    pub(crate) fill_in: Option<PlaceView>,
}

impl From<Fix> for FixView {
    fn from(fix: Fix) -> Self {
        let place = |place: backcast_analysis::Place| PlaceView {
            entity: place.entity,
            id: place.id,
            field: place.field.to_owned(),
        };
        Self {
            fingerprint: fix.fingerprint(),
            title: fix.title,
            fill_in: fix.fill_in.map(place),
        }
    }
}

/// A planner's word that a gap is there on purpose.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DismissedView {
    /// Why.
    pub(crate) reason: String,
    /// Who said so.
    pub(crate) by: Option<String>,
    /// When.
    pub(crate) at: Option<String>,
}

/// A communication gap. There may be thousands, so what one does not have is left out.
#[skip_serializing_none]
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GapView {
    /// Names it for as long as it stands.
    pub(crate) key: String,
    /// Id of its rule.
    pub(crate) rule: String,
    /// What planners call the rule.
    pub(crate) rule_name: String,
    /// How much it hurts.
    pub(crate) severity: Severity,
    /// Ids of the stages it counts under.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) stages: Vec<String>,
    /// Whether it counts under "no stage" too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) no_stage: bool,
    /// Ids of the touchpoints it stands on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) touchpoints: Vec<String>,
    /// Ids of the links it stands on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) links: Vec<String>,
    /// What shows it.
    #[serde(skip_serializing_if = "EvidenceView::is_none")]
    pub(crate) evidence: EvidenceView,
    /// One sentence of reason.
    pub(crate) message: String,
    /// The planner's word that it is there on purpose.
    pub(crate) dismissed: Option<DismissedView>,
}

impl GapView {
    /// A gap with its sentence; O(what it stands on).
    pub(crate) fn of(gap: &Gap, assessment: &Assessment) -> Self {
        let dismissed = gap.dismissed.as_ref().map(|row| DismissedView {
            reason: row.record.reason.clone(),
            by: row.record.by.clone(),
            at: row.record.at.clone(),
        });
        Self {
            key: gap.key.to_string(),
            rule: gap.rule.id.to_owned(),
            rule_name: gap.rule.name.to_owned(),
            severity: gap.severity,
            stages: texts(&gap.stages),
            no_stage: gap.no_stage,
            touchpoints: texts(&gap.touchpoints),
            links: texts(&gap.links),
            evidence: EvidenceView::from(&gap.evidence),
            message: assessment.message(gap),
            dismissed,
        }
    }
}

/// What is asked of a gap only when somebody looks at it, for each answer walks the map.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GapDetailView {
    /// The revision it holds for.
    pub(crate) revision: u32,
    /// How to mend the gap, best first.
    pub(crate) fixes: Vec<FixView>,
    /// Ids of the touchpoints that suffer from it.
    pub(crate) affects: Vec<String>,
}

impl GapDetailView {
    pub(crate) fn of(revision: u32, fixes: Vec<Fix>, affects: &[Id]) -> Self {
        Self {
            revision,
            fixes: fixes.into_iter().map(FixView::from).collect(),
            affects: texts(affects),
        }
    }
}

/// A rule that could not be assessed.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NotAssessedView {
    /// Id of the rule.
    pub(crate) rule: String,
    /// What planners call it.
    pub(crate) rule_name: String,
    /// What to fill in.
    pub(crate) needs: String,
    /// Where: an entity.
    pub(crate) entity: Entity,
    /// And its field.
    pub(crate) field: String,
}

impl From<&NotAssessed> for NotAssessedView {
    fn from(not_assessed: &NotAssessed) -> Self {
        Self {
            rule: not_assessed.rule.id.to_owned(),
            rule_name: not_assessed.rule.name.to_owned(),
            needs: not_assessed.needs.text.to_owned(),
            entity: not_assessed.needs.entity,
            field: not_assessed.needs.field.to_owned(),
        }
    }
}

/// What a stage holds, and its open gaps.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StageSummaryView {
    /// The stage; `null`: touchpoints without one.
    pub(crate) stage: Option<String>,
    /// How many touchpoints it has.
    pub(crate) touchpoints: u32,
    /// Its share of the whole budget, 0 to 1; `null` when there is no budget.
    #[specta(type = Option<Number>)]
    pub(crate) budget_share: Option<f64>,
    /// Open gaps of high severity.
    pub(crate) high: u32,
    /// Open gaps of medium severity.
    pub(crate) medium: u32,
    /// Open gaps of low severity.
    pub(crate) low: u32,
}

/// The stages of an assessment.
pub(crate) fn stage_summaries(assessment: &Assessment) -> Vec<StageSummaryView> {
    let whole: f64 = assessment
        .stages()
        .iter()
        .map(|stage| stage.budget.amount())
        .sum();
    assessment
        .stages()
        .iter()
        .map(|stage| stage_summary(stage, whole))
        .collect()
}

fn stage_summary(stage: &StageSummary, whole: f64) -> StageSummaryView {
    StageSummaryView {
        stage: stage.id.as_ref().map(ToString::to_string),
        touchpoints: count(stage.touchpoints),
        budget_share: (whole > 0.0).then(|| stage.budget.amount() / whole),
        high: count(stage.gaps.high),
        medium: count(stage.gaps.medium),
        low: count(stage.gaps.low),
    }
}

/// The gaps of a project, at a revision.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GapReport {
    /// The revision they were found for.
    pub(crate) revision: u32,
    /// All gaps, worst first.
    pub(crate) gaps: Vec<GapView>,
    /// Rules that lack something.
    pub(crate) not_assessed: Vec<NotAssessedView>,
    /// The stages in order.
    pub(crate) stages: Vec<StageSummaryView>,
}

impl GapReport {
    pub(crate) fn of(revision: u32, assessment: &Assessment) -> Self {
        Self {
            revision,
            gaps: assessment
                .gaps()
                .iter()
                .map(|gap| GapView::of(gap, assessment))
                .collect(),
            not_assessed: assessment
                .not_assessed()
                .iter()
                .map(NotAssessedView::from)
                .collect(),
            stages: stage_summaries(assessment),
        }
    }
}

/// Counts stay far below what `u32` holds: a map has at most 400,000 links.
pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(crate) fn texts<'a>(ids: impl IntoIterator<Item = &'a Id>) -> Vec<String> {
    ids.into_iter().map(ToString::to_string).collect()
}
