//! What was written on both sides of a merge, as text and as JSON.

use backcast_model::Map;
use backcast_workbench::comparison::name_of;
use backcast_workbench::local_time;
use backcast_workbench::merging::{Conflict, Side};
use backcast_workbench::wording::{field_words, value_words};
use serde_json::{Value, json};

use super::page::{Style, plural, printable, quoted};
use super::{indented, page};

/// For people: each place with what is kept and what lost, with author and time.
pub(crate) fn text(map: &Map, conflicts: &[Conflict]) -> String {
    let mut page = page();
    if conflicts.is_empty() {
        return String::new();
    }
    let remain = if conflicts.len() == 1 {
        "remains"
    } else {
        "remain"
    };
    page.heading(&format!("{} {remain}", plural(conflicts.len(), "conflict")));
    for conflict in conflicts {
        let name = quoted(&name_of(map, conflict.entity, conflict.id.as_str()));
        let field = if conflict.field.is_empty() {
            String::new()
        } else {
            format!(", {}", field_words(conflict.entity, &conflict.field))
        };
        let place = format!("{} {name} ({}){field}", conflict.entity, conflict.id);
        page.line(("  ~ ", Style::Notable), &place, Style::Plain);
        let kept = side(map, conflict, &conflict.chosen, true);
        page.line(("      kept  ", Style::Good), &kept, Style::Plain);
        for other in &conflict.others {
            let lost = side(map, conflict, other, false);
            page.line(("      lost  ", Style::Bad), &lost, Style::Plain);
        }
    }
    page.space();
    page.text(
        "Write a field again to settle it, with either value; \u{201c}backcast merge --help\u{201d} shows how.",
        Style::Faint,
    );
    page.finish()
}

fn side(map: &Map, conflict: &Conflict, side: &Side, chosen: bool) -> String {
    let value = match conflict.field.as_str() {
        "" if chosen => "written to, so it stays".to_owned(),
        "" => "deleted".to_owned(),
        "#order" if chosen => "where it stands now".to_owned(),
        "#order" => "another place".to_owned(),
        field => value_words(map, conflict.entity, field, &side.value),
    };
    format!(
        "{value}  ({}, {})",
        author(&side.author),
        local_time(side.at)
    )
}

/// Who, for people.
pub(crate) fn author(name: &str) -> String {
    if name.is_empty() {
        "somebody".to_owned()
    } else {
        printable(name)
    }
}

/// One JSON object.
pub(crate) fn json(conflicts: &[Conflict]) -> String {
    let told: Vec<_> = conflicts.iter().map(conflict_json).collect();
    indented(&json!({ "conflicts": told }))
}

fn conflict_json(conflict: &Conflict) -> Value {
    let others: Vec<_> = conflict
        .others
        .iter()
        .map(
            |side| json!({ "value": side.value, "author": side.author, "at": side.at.to_string() }),
        )
        .collect();
    json!({
        "entity": conflict.entity,
        "id": conflict.id,
        "field": conflict.field,
        "chosen": conflict.chosen.value,
        "others": others,
    })
}
