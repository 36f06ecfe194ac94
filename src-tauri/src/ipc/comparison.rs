//! Two states of the map as the window shows them: a list by meaning, and both in one picture.

use backcast_analysis::{Assessment, Gap};
use backcast_model::{Entity, Map, Severity};
use backcast_workbench::comparison::{Comparison, Difference, FieldDifference, RowDifference};
use backcast_workbench::wording::{field_words, value_words};
use backcast_workbench::{Fate, Mark, Picture, Workbench};
use serde::Serialize;
use specta::Type;

use super::gap::texts;
use super::view::ProjectView;

/// In what way a row is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "Difference", rename_all = "camelCase")]
pub(crate) enum DifferenceView {
    Added,
    Removed,
    Renamed,
    Restaged,
    Retargeted,
    Rebudgeted,
    Rescheduled,
    Changed,
    LaidOut,
}

impl From<Difference> for DifferenceView {
    fn from(difference: Difference) -> Self {
        match difference {
            Difference::Added => Self::Added,
            Difference::Removed => Self::Removed,
            Difference::Renamed => Self::Renamed,
            Difference::Restaged => Self::Restaged,
            Difference::Retargeted => Self::Retargeted,
            Difference::Rebudgeted => Self::Rebudgeted,
            Difference::Rescheduled => Self::Rescheduled,
            Difference::Changed => Self::Changed,
            Difference::LaidOut => Self::LaidOut,
        }
    }
}

/// A field that is different, in words.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FieldDifferenceView {
    /// What planners call it.
    pub(crate) field: String,
    /// What it held.
    pub(crate) from: String,
    /// What it holds.
    pub(crate) to: String,
}

/// A row that is different.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RowDifferenceView {
    /// Its entity.
    pub(crate) entity: Entity,
    /// Its id.
    pub(crate) id: String,
    /// What planners call it.
    pub(crate) name: String,
    /// In what ways it is different.
    pub(crate) kinds: Vec<DifferenceView>,
    /// The fields; none of a row that is new or gone.
    pub(crate) fields: Vec<FieldDifferenceView>,
}

/// A gap that one state has and the other has not.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GapDifferenceView {
    /// Its key.
    pub(crate) key: String,
    /// Its rule in words.
    pub(crate) rule_name: String,
    /// How bad it is.
    pub(crate) severity: Severity,
    /// Its sentence.
    pub(crate) message: String,
    /// Ids of its touchpoints.
    pub(crate) touchpoints: Vec<String>,
}

impl GapDifferenceView {
    fn of(gap: &Gap, assessment: &Assessment) -> Self {
        Self {
            key: gap.key.to_string(),
            rule_name: gap.rule.name.to_owned(),
            severity: gap.severity,
            message: assessment.message(gap),
            touchpoints: texts(&gap.touchpoints[..]),
        }
    }
}

/// What became of a card or a link in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "Fate", rename_all = "camelCase")]
pub(crate) enum FateView {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is otherwise.
    Changed,
    /// It stands elsewhere in meaning: in another stage, between other touchpoints.
    Moved,
    /// Where something that moved was.
    Left,
    /// It only stands elsewhere on the map.
    LaidOut,
}

/// A card or a link of the picture that is different.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MarkView {
    /// Its id in the picture.
    pub(crate) id: String,
    /// What became of it.
    pub(crate) fate: FateView,
    /// The row that it stands for.
    pub(crate) of: String,
}

impl From<&Mark> for MarkView {
    fn from(mark: &Mark) -> Self {
        let fate = match mark.fate {
            Fate::Added => FateView::Added,
            Fate::Removed => FateView::Removed,
            Fate::Changed => FateView::Changed,
            Fate::Moved => FateView::Moved,
            Fate::Left => FateView::Left,
            Fate::LaidOut => FateView::LaidOut,
        };
        Self {
            id: mark.id.to_string(),
            fate,
            of: mark.of.to_string(),
        }
    }
}

/// Two states side by side.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ComparisonView {
    /// The name of the file that the other state is in, where it is another file.
    pub(crate) file: Option<String>,
    /// Rows that are different in meaning.
    pub(crate) rows: Vec<RowDifferenceView>,
    /// Rows that only stand elsewhere.
    pub(crate) layout: Vec<RowDifferenceView>,
    /// Gaps that the second state has and the first has not.
    pub(crate) opened: Vec<GapDifferenceView>,
    /// Gaps that the first state has and the second has not.
    pub(crate) closed: Vec<GapDifferenceView>,
    /// Both states in one.
    pub(crate) picture: Box<ProjectView>,
    /// Cards of the picture that are different.
    pub(crate) touchpoints: Vec<MarkView>,
    /// Links of the picture that are different.
    pub(crate) links: Vec<MarkView>,
}

impl ComparisonView {
    pub(crate) fn of(bench: &Workbench, comparison: &Comparison, file: Option<String>) -> Self {
        let row = |row: &RowDifference| row_view(comparison, row);
        let picture = Picture::of(comparison);
        let opened = comparison.opened().into_iter();
        let closed = comparison.closed().into_iter();
        Self {
            file,
            rows: comparison.rows.iter().map(row).collect(),
            layout: comparison.layout.iter().map(row).collect(),
            opened: opened
                .map(|gap| GapDifferenceView::of(gap, &comparison.after))
                .collect(),
            closed: closed
                .map(|gap| GapDifferenceView::of(gap, &comparison.before))
                .collect(),
            picture: Box::new(ProjectView::of_reading(
                bench,
                &bench.picture(picture.map, &comparison.after),
            )),
            touchpoints: picture.touchpoints.iter().map(MarkView::from).collect(),
            links: picture.links.iter().map(MarkView::from).collect(),
        }
    }
}

fn row_view(comparison: &Comparison, row: &RowDifference) -> RowDifferenceView {
    let whole = [Difference::Added, Difference::Removed];
    let field = |field: &FieldDifference| {
        let side = |map: &Map, value| value_words(map, row.entity, &field.field, value);
        FieldDifferenceView {
            field: field_words(row.entity, &field.field),
            from: side(&comparison.from.map, &field.from),
            to: side(&comparison.to.map, &field.to),
        }
    };
    let fields = row.fields.iter().map(field);
    RowDifferenceView {
        entity: row.entity,
        id: row.id.to_string(),
        name: row.name.clone(),
        kinds: row
            .kinds
            .iter()
            .copied()
            .map(DifferenceView::from)
            .collect(),
        fields: if row.kinds.iter().any(|kind| whole.contains(kind)) {
            Vec::new()
        } else {
            fields.collect()
        },
    }
}
