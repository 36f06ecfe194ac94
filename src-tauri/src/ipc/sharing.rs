//! What the window hears of others: places written on both sides, people at the file, copies of it, what came in.

use std::collections::BTreeSet;

use backcast_model::Entity;
use backcast_workbench::{Claim, Company, Contested, Merged, TakenIn};
use serde::Serialize;
use specta::Type;
use tauri_specta::Event;

use super::gap::texts;

/// One side of a contested place.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClaimView {
    /// Names it, for settling.
    pub(crate) id: String,
    /// What was written, in words.
    pub(crate) text: String,
    /// Who wrote it; empty: nobody said.
    pub(crate) author: String,
    /// When, by their clock, in RFC 3339.
    pub(crate) at: String,
}

impl From<&Claim> for ClaimView {
    fn from(claim: &Claim) -> Self {
        Self {
            id: claim.id.clone(),
            text: claim.text.clone(),
            author: claim.author.clone(),
            at: claim.at.to_string(),
        }
    }
}

/// A place that was written on both sides, until somebody writes there again.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConflictView {
    /// The row's entity.
    pub(crate) entity: Entity,
    /// The row's id.
    pub(crate) id: String,
    /// The field; empty when the row was deleted on one side and written on the other.
    pub(crate) field: String,
    /// What planners call the row.
    pub(crate) name: String,
    /// What planners call the field.
    pub(crate) what: String,
    /// Ids of the touchpoints on which it shows.
    pub(crate) touchpoints: Vec<String>,
    /// What the map holds now.
    pub(crate) kept: ClaimView,
    /// What lost, latest first.
    pub(crate) others: Vec<ClaimView>,
}

impl From<&Contested> for ConflictView {
    fn from(place: &Contested) -> Self {
        Self {
            entity: place.entity,
            id: place.id.to_string(),
            field: place.field.clone(),
            name: place.name.clone(),
            what: place.what.clone(),
            touchpoints: texts(&place.touchpoints),
            kept: ClaimView::from(&place.kept),
            others: place.others.iter().map(ClaimView::from).collect(),
        }
    }
}

/// Other places are contested than before: all of them.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConflictsEvent {
    /// By entity, id and field.
    pub(crate) conflicts: Vec<ConflictView>,
}

impl ConflictsEvent {
    pub(crate) fn of(places: &[Contested]) -> Self {
        Self {
            conflicts: places.iter().map(ConflictView::from).collect(),
        }
    }
}

/// Somebody else who has the file open.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PresenceView {
    /// Their name; empty: nobody said.
    pub(crate) author: String,
    /// Since when, by their clock, in RFC 3339.
    pub(crate) since: String,
}

/// Who else is at the file, and which copies of it wait to be taken in.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CompanyView {
    /// People who have it open.
    pub(crate) others: Vec<PresenceView>,
    /// Names of copies beside the file that hold something the project lacks; each is its handle.
    pub(crate) copies: Vec<String>,
}

impl From<&Company> for CompanyView {
    fn from(company: &Company) -> Self {
        let presence = |other: &backcast_workbench::Presence| PresenceView {
            author: other.author.clone(),
            since: other.since.to_string(),
        };
        Self {
            others: company.others.iter().map(presence).collect(),
            copies: company
                .copies
                .iter()
                .map(|copy| copy.name.clone())
                .collect(),
        }
    }
}

/// Others came to the file or left it, or copies of it lie beside it.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CompanyEvent {
    /// As it is now.
    pub(crate) company: CompanyView,
}

/// Others' changes are in the map now.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TakenInEvent {
    /// Who, each once; an empty name: nobody said.
    pub(crate) authors: Vec<String>,
    /// What their steps are called, in order.
    pub(crate) steps: Vec<String>,
    /// Ids of touchpoints that are otherwise now.
    pub(crate) touchpoints: Vec<String>,
    /// Ids of links that are otherwise now.
    pub(crate) links: Vec<String>,
    /// When, in RFC 3339.
    pub(crate) at: String,
}

impl From<&TakenIn> for TakenInEvent {
    fn from(taken: &TakenIn) -> Self {
        let ids = |wanted: Entity| {
            let rows = taken.rows.iter().filter(|(entity, _)| *entity == wanted);
            let ids: BTreeSet<_> = rows.map(|(_, id)| id.to_string()).collect();
            ids.into_iter().collect()
        };
        Self {
            authors: taken.authors.clone(),
            steps: taken.steps.clone(),
            touchpoints: ids(Entity::Touchpoint),
            links: ids(Entity::Link),
            at: taken.at.to_string(),
        }
    }
}

/// What taking in another copy came to.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MergedView {
    /// How many steps came in.
    pub(crate) steps: u32,
    /// How many places are contested now.
    pub(crate) conflicts: u32,
    /// The name of the file that was taken in.
    pub(crate) file: String,
}

impl From<&Merged> for MergedView {
    fn from(merged: &Merged) -> Self {
        Self {
            steps: count(merged.steps),
            conflicts: count(merged.conflicts),
            file: merged.file.clone(),
        }
    }
}

/// A count that crosses the wire.
pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
