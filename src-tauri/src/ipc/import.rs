//! Imports as the window sees them: what was read, how it would be taken in, and how tables are mapped to fields.

use backcast_model::Entity;
use backcast_workbench::importing::{
    ColumnMapping, Difference, FieldChoice, Imported, Mapping, Note, Pages, Reconciled, Sheet,
    SheetMapping, What, field_choices,
};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

use super::problem::ProblemView;

/// The most differences and notes that are told at once.
const MOST: usize = 500;

/// Something that did not come along, or came along as a guess.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NoteView {
    /// Where it stood; empty: the whole of it.
    pub(crate) place: String,
    /// What there is to say.
    pub(crate) text: String,
}

impl From<&Note> for NoteView {
    fn from(note: &Note) -> Self {
        Self {
            place: note.place.clone(),
            text: note.text.clone(),
        }
    }
}

/// What happens to a row.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ImportFate {
    Added,
    Changed,
    Missing,
    Deleted,
}

/// A field that changes, as people read it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ImportedFieldView {
    pub(crate) heading: String,
    pub(crate) old: String,
    pub(crate) new: String,
}

/// One row and what happens to it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ImportedRowView {
    pub(crate) entity: Entity,
    pub(crate) id: String,
    pub(crate) name: String,
    /// Its place in what was read; empty when it is not there.
    pub(crate) place: String,
    pub(crate) fate: ImportFate,
    pub(crate) fields: Vec<ImportedFieldView>,
}

impl From<&Difference> for ImportedRowView {
    fn from(difference: &Difference) -> Self {
        let (fate, fields) = match &difference.what {
            What::Added => (ImportFate::Added, &[][..]),
            What::Changed(fields) => (ImportFate::Changed, fields.as_slice()),
            What::Missing => (ImportFate::Missing, &[][..]),
            What::Deleted => (ImportFate::Deleted, &[][..]),
        };
        let field = |change: &backcast_workbench::importing::FieldChange| ImportedFieldView {
            heading: change.heading.clone(),
            old: change.old.clone(),
            new: change.new.clone(),
        };
        Self {
            entity: difference.entity,
            id: difference.id.to_string(),
            name: difference.name.clone(),
            place: difference.place.clone(),
            fate,
            fields: fields.iter().map(field).collect(),
        }
    }
}

/// What a column means.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename = "ImportColumn", rename_all = "camelCase")]
pub(crate) struct ColumnForm {
    pub(crate) heading: String,
    /// The field it fills; `null`: it is left out.
    pub(crate) field: Option<String>,
}

/// How one sheet is read.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename = "ImportSheet", rename_all = "camelCase")]
pub(crate) struct SheetForm {
    pub(crate) sheet: String,
    /// The row of its headings, counted from 0.
    pub(crate) heading_row: u32,
    pub(crate) columns: Vec<ColumnForm>,
}

/// How tables are read.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename = "ImportMapping", rename_all = "camelCase")]
pub(crate) struct MappingForm {
    pub(crate) touchpoints: Option<SheetForm>,
    pub(crate) links: Option<SheetForm>,
    /// Whether cells that cannot be understood are left out and noted; otherwise they refuse the table.
    pub(crate) leave_out_unreadable: bool,
}

impl From<&SheetMapping> for SheetForm {
    fn from(mapping: &SheetMapping) -> Self {
        let column = |column: &ColumnMapping| ColumnForm {
            heading: column.heading.clone(),
            field: column.field.clone(),
        };
        Self {
            sheet: mapping.sheet.clone(),
            heading_row: u32::try_from(mapping.heading_row).unwrap_or(0),
            columns: mapping.columns.iter().map(column).collect(),
        }
    }
}

impl From<SheetForm> for SheetMapping {
    fn from(form: SheetForm) -> Self {
        let column = |column: ColumnForm| ColumnMapping {
            heading: column.heading,
            field: column.field,
        };
        Self {
            sheet: form.sheet,
            heading_row: form.heading_row as usize,
            columns: form.columns.into_iter().map(column).collect(),
        }
    }
}

impl From<&Mapping> for MappingForm {
    fn from(mapping: &Mapping) -> Self {
        Self {
            touchpoints: mapping.touchpoints.as_ref().map(SheetForm::from),
            links: mapping.links.as_ref().map(SheetForm::from),
            leave_out_unreadable: mapping.leave_out_unreadable,
        }
    }
}

impl From<MappingForm> for Mapping {
    fn from(form: MappingForm) -> Self {
        Self {
            touchpoints: form.touchpoints.map(SheetMapping::from),
            links: form.links.map(SheetMapping::from),
            leave_out_unreadable: form.leave_out_unreadable,
        }
    }
}

/// A field that a column may be mapped to.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FieldChoiceView {
    pub(crate) field: String,
    pub(crate) heading: String,
}

fn choices(entity: Entity) -> Vec<FieldChoiceView> {
    let view = |choice: FieldChoice| FieldChoiceView {
        field: choice.field.to_owned(),
        heading: choice.heading.to_owned(),
    };
    field_choices(entity).into_iter().map(view).collect()
}

/// How tables are mapped, with what there is to choose from.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TablesView {
    pub(crate) mapping: MappingForm,
    /// The names of the sheets.
    pub(crate) sheets: Vec<String>,
    pub(crate) touchpoint_fields: Vec<FieldChoiceView>,
    pub(crate) link_fields: Vec<FieldChoiceView>,
}

impl TablesView {
    pub(crate) fn of(mapping: &Mapping, sheets: &[Sheet]) -> Self {
        Self {
            mapping: mapping.into(),
            sheets: sheets.iter().map(|sheet| sheet.name.clone()).collect(),
            touchpoint_fields: choices(Entity::Touchpoint),
            link_fields: choices(Entity::Link),
        }
    }
}

/// What was read, to be looked at before anything happens.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ImportView {
    /// Names this look, for taking in what it shows.
    pub(crate) ticket: u32,
    /// What was read, by name.
    pub(crate) names: Vec<String>,
    /// Why it cannot be taken in as it is mapped now; `null`: it can.
    pub(crate) problem: Option<ProblemView>,
    /// The map's title as it was read.
    pub(crate) title: String,
    pub(crate) touchpoints: u32,
    pub(crate) links: u32,
    pub(crate) notes: Vec<NoteView>,
    /// How the open map takes it in; `null`: none is open that could.
    pub(crate) differences: Option<Vec<ImportedRowView>>,
    /// How many differences there are; no more than some hundreds are told.
    pub(crate) difference_count: u32,
    /// Of tables, how they are mapped.
    pub(crate) tables: Option<TablesView>,
    /// Of a drawing with several pages, which there are.
    pub(crate) pages: Option<PagesView>,
}

/// The pages of a drawing.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PagesView {
    /// What they are called, in order.
    pub(crate) names: Vec<String>,
    /// Which was read, counted from 0.
    pub(crate) read: u32,
}

impl From<&Pages> for PagesView {
    fn from(pages: &Pages) -> Self {
        Self {
            names: pages.names.clone(),
            read: u32::try_from(pages.read).unwrap_or(0),
        }
    }
}

impl ImportView {
    pub(crate) fn of(
        names: Vec<String>,
        ticket: u32,
        imported: &Imported,
        reconciled: Option<&Reconciled>,
    ) -> Self {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let notes = reconciled.map_or(&imported.notes, |reconciled| &reconciled.notes);
        Self {
            ticket,
            names,
            problem: None,
            title: imported.map.properties.title.clone(),
            touchpoints: count(imported.map.touchpoints.len()),
            links: count(imported.map.links.len()),
            notes: notes.iter().take(MOST).map(NoteView::from).collect(),
            differences: reconciled.map(|reconciled| {
                let told = reconciled.differences.iter().take(MOST);
                told.map(ImportedRowView::from).collect()
            }),
            difference_count: count(
                reconciled.map_or(0, |reconciled| reconciled.differences.len()),
            ),
            tables: None,
            pages: imported.pages.as_ref().map(PagesView::from),
        }
    }

    pub(crate) fn refused(names: Vec<String>, problem: ProblemView) -> Self {
        Self {
            ticket: 0,
            names,
            problem: Some(problem),
            title: String::new(),
            touchpoints: 0,
            links: 0,
            notes: Vec::new(),
            differences: None,
            difference_count: 0,
            tables: None,
            pages: None,
        }
    }
}

/// Files were dropped on the window that are no maps of ours: they wait to be looked at.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ImportOfferedEvent {
    pub(crate) import: Box<ImportView>,
}
