//! The command that changes a map: apply.

use std::io::Read as _;
use std::path::Path;

use backcast_exchange::parse_strictly;
use backcast_model::{Edit, Entity};
use backcast_workbench::{Environment, Problem, project_file, text_file, unknown_rules};
use serde_json::Value;

use crate::output::Outcome;
use crate::report::quoted;

/// The largest list of edits that is read, in bytes.
const LARGEST_EDITS: usize = 64 * 1024 * 1024;

pub(super) fn apply(file: &Path, edits: &Path, label: Option<String>) -> Result<Outcome, Problem> {
    let edits = read_edits(edits)?;
    let environment = Environment::of_process()?;
    let label = label.unwrap_or_else(|| label_of(&edits));
    let visited = project_file::apply(&environment, file, &edits, &label)?;
    let ids = visited.outcome.iter().map(|id| format!("{id}\n"));
    let notes = unknown_rules(edits.iter().flat_map(rules_named));
    Ok(Outcome::done(ids.collect())
        .with_notes(visited.notes)
        .with_notes(notes))
}

/// The rules whose gaps an edit dismisses or that it sets.
fn rules_named(edit: &Edit) -> Vec<&str> {
    match edit {
        Edit::Insert {
            entity: Entity::Dismissal,
            value,
            ..
        } => value
            .get("rule")
            .and_then(Value::as_str)
            .into_iter()
            .collect(),
        Edit::Set {
            entity: Entity::Map,
            field,
            value: Value::Object(rules),
            ..
        } if field == "rules" => rules.keys().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

/// What the history calls a batch of edits that nobody named.
fn label_of(edits: &[Edit]) -> String {
    let [edit] = edits else {
        return format!("Apply {} edits", edits.len());
    };
    match edit {
        Edit::Insert { entity, value, .. } => {
            let name = value.get("name").and_then(Value::as_str);
            name.map_or_else(
                || format!("Add a {entity}"),
                |name| format!("Add {}", quoted(name)),
            )
        }
        Edit::Set {
            entity: Entity::Map,
            field,
            ..
        } => format!("Change the map\u{2019}s {field}"),
        Edit::Set { id, field, .. } => format!("Change {field} of {}", quoted(id)),
        Edit::Delete { id, .. } => format!("Delete {}", quoted(id)),
        Edit::Move { id, .. } => format!("Move {}", quoted(id)),
    }
}

fn read_edits(path: &Path) -> Result<Vec<Edit>, Problem> {
    let shown = if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    };
    let bytes = if path == Path::new("-") {
        read_standard_input()?
    } else {
        text_file::read(path, LARGEST_EDITS)?
    };
    let refused = |reason: String| {
        Problem::refused(
            format!("{shown} is not a list of edits: {reason}."),
            "See \u{201c}backcast apply --help\u{201d} for what one looks like.",
        )
    };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(refused("it is empty".to_owned()));
    }
    let value = parse_strictly(&bytes).map_err(|error| refused(error.to_string()))?;
    let Value::Array(edits) = value else {
        return Err(refused("it is JSON, but not a list".to_owned()));
    };
    let edit = |(at, edit)| {
        let place = format!("edit {}", at + 1);
        serde_json::from_value(edit).map_err(|error| refused(error.to_string()).at(place))
    };
    edits.into_iter().enumerate().map(edit).collect()
}

fn read_standard_input() -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let mut input = std::io::stdin().lock().take(LARGEST_EDITS as u64 + 1);
    let failed = |error| {
        Problem::refused(
            format!("The standard input could not be read: {error}."),
            "Try again.",
        )
    };
    input.read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > LARGEST_EDITS {
        let most = LARGEST_EDITS / 1_048_576;
        return Err(Problem::refused(
            format!("The list of edits has more than {most} MB."),
            "Split it.",
        ));
    }
    Ok(bytes)
}
