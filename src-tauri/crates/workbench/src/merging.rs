//! Two copies of a project become one, and what lost is settled by writing it again. Refuses to choose: which write is
//! kept is the store's to say, and the same for everybody.

use std::path::Path;

use backcast_model::edit::{Applied, RefusedEdit, apply};
use backcast_model::{Edit, Id, Map, RowChange};
use backcast_store::{Existing, StoreError};

pub use backcast_store::{Conflict, Side};

use crate::environment::now;
use crate::problem::Problem;
use crate::project_file::{Form, form_by_name, refuse_existing};
use crate::text_file;
use crate::visit::needs_history;

/// Two copies as one.
#[derive(Debug, Clone)]
pub struct Merged {
    /// The map.
    pub map: Map,
    /// What lost, by entity, id and field; each until somebody writes there again.
    pub conflicts: Vec<Conflict>,
    /// Whether one working copy had gone on in both of them, as a restored backup or a cloned computer does.
    pub went_on_twice: bool,
    /// Why a power cut may not leave the file there, which is written and whole, in a sentence.
    pub unsynced: Option<String>,
}

/// Unites two copies of a project into a file that holds the history of both. `into` may be one of the two, when it is
/// to be replaced.
///
/// # Errors
/// When one of them is no project or cannot be read, they are two projects, `into` is there and `replace` is false, or
/// it cannot be written; nothing has changed then.
pub fn merge(one: &Path, other: &Path, into: &Path, replace: bool) -> Result<Merged, Problem> {
    needs_history(one)?;
    needs_history(other)?;
    refuse_existing(into, replace)?;
    if form_by_name(into) == Form::Text {
        return Err(Problem::refused(
            format!(
                "{} names a map in its text form, which keeps no history.",
                into.display()
            ),
            "Choose a name that ends in .backcast.",
        ));
    }
    let existing = if replace {
        Existing::Replace
    } else {
        Existing::Refuse
    };
    let into = text_file::target_of(into);
    let merged = backcast_store::merge(one, other, &into, existing, now())
        .map_err(|error| refusal(one, other, error))?;
    let map = backcast_store::read(&into)?.map;
    Ok(Merged {
        map,
        conflicts: merged.conflicts,
        went_on_twice: merged.went_on_twice,
        unsynced: merged.unsynced,
    })
}

fn refusal(one: &Path, other: &Path, error: StoreError) -> Problem {
    match error {
        StoreError::DifferentProjects { ours, theirs } => Problem::refused(
            format!(
                "{} (\u{201c}{ours}\u{201d}) and {} (\u{201c}{theirs}\u{201d}) are two different projects: they did not begin as copies of one file.",
                one.display(),
                other.display()
            ),
            "See what one has and the other lacks with \u{201c}backcast diff\u{201d}.",
        ),
        other => other.into(),
    }
}

/// Applies edits and settles the conflicts they write to, also where a field holds the value already: writing it again
/// says that it is meant.
///
/// # Errors
/// The first edit that is refused.
pub(crate) fn apply_and_settle(
    map: &Map,
    edits: &[Edit],
    conflicts: &[Conflict],
    make_id: &mut dyn FnMut(&str) -> Id,
) -> Result<Applied, RefusedEdit> {
    Ok(settling(apply(map, edits, make_id)?, edits, conflicts))
}

/// Edits that are applied, with the conflicts they write to settled.
pub(crate) fn settling(mut applied: Applied, edits: &[Edit], conflicts: &[Conflict]) -> Applied {
    for edit in edits {
        let Edit::Set {
            entity, id, field, ..
        } = edit
        else {
            continue;
        };
        let contested = conflicts.iter().any(|conflict| {
            conflict.entity == *entity
                && conflict.id.as_str() == id
                && (conflict.field.is_empty() || conflict.field == *field)
        });
        let written = applied.changes.iter().any(|change| {
            let RowChange::Set { field: set, .. } = change else {
                return false;
            };
            change.entity() == *entity && change.id().as_str() == id && set == field
        });
        if let Some(value) = applied.map.value(*entity, id, field)
            && contested
            && !written
        {
            applied.changes.push(RowChange::Set {
                entity: *entity,
                id: Id::derived(id),
                field: field.clone(),
                old: value.clone(),
                new: value,
            });
        }
    }
    applied
}
