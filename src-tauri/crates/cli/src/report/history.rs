//! The log and the versions, as text and as JSON.

use std::collections::{BTreeMap, BTreeSet};

use backcast_model::Map;
use backcast_workbench::comparison::{Difference, RowDifference};
use backcast_workbench::history::{Step, Version};
use backcast_workbench::local_time;
use backcast_workbench::wording::{field_words, value_words};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::comparison::word;
use super::conflicts::author;
use super::page::{Page, Style, plural, printable, quoted};
use super::{indented, page, text_or_null};

/// The widest column of people's names.
const WIDEST_AUTHOR: usize = 24;

/// What each step did, by the step's id.
type Rows = BTreeMap<String, Vec<RowDifference>>;

/// For people: one step a line, the newest first; with what each did below it, when that is asked for.
pub(crate) fn log_text(
    title: &str,
    steps: &[Step],
    left_out: usize,
    rows: Option<(&Map, &Rows)>,
) -> String {
    let mut page = page();
    page.text(title, Style::Strong);
    let mut facts = plural(steps.len() + left_out, "step");
    if left_out == 0 {
        facts.push_str(&people(steps));
    }
    page.text(&facts, Style::Faint);
    page.space();
    let authors = steps.iter().map(|step| author(&step.author).width());
    let wide = authors.max().unwrap_or_default().min(WIDEST_AUTHOR);
    for step in steps {
        let name = padded(&author(&step.author), wide);
        let mark = format!("{}  {name}  ", local_time(step.at));
        let (text, style) = match (step.kind.as_str(), step.undone) {
            ("undo", false) => (format!("Undo: {}", step.label), Style::Notable),
            ("redo", false) => (format!("Redo: {}", step.label), Style::Notable),
            ("undo", true) => (format!("Undo: {} (done again)", step.label), Style::Faint),
            ("redo", true) => (format!("Redo: {} (undone)", step.label), Style::Faint),
            (_, true) => (format!("{} (undone)", step.label), Style::Faint),
            _ => (step.label.clone(), Style::Plain),
        };
        page.line((&mark, Style::Faint), &text, style);
        if let Some((map, rows)) = rows {
            for row in rows.get(&step.id).into_iter().flatten() {
                row_lines(&mut page, map, row);
            }
        }
    }
    if left_out > 0 {
        page.text(&format!("\u{2026} and {left_out} before"), Style::Faint);
    }
    page.finish()
}

/// A row and its fields, with what they held and hold.
fn row_lines(page: &mut Page, map: &Map, row: &RowDifference) {
    let mark = match row.kinds.first() {
        Some(Difference::Added) => ("    + ", Style::Good),
        Some(Difference::Removed) => ("    \u{2212} ", Style::Bad),
        _ => ("    ~ ", Style::Notable),
    };
    let name = format!("{} {}", row.entity, quoted(&row.name));
    page.line(mark, &name, Style::Plain);
    for field in &row.fields {
        let side = |value| value_words(map, row.entity, &field.field, value);
        let text = match field.field.as_str() {
            "#order" => "place changed".to_owned(),
            name => format!(
                "{}: {} \u{2192} {}",
                field_words(row.entity, name),
                side(&field.from),
                side(&field.to)
            ),
        };
        page.line(("        ", Style::Plain), &text, Style::Faint);
    }
}

/// Whose steps these are.
fn people(steps: &[Step]) -> String {
    let people: BTreeSet<_> = steps.iter().map(|step| step.author.as_str()).collect();
    let named: Vec<_> = people.into_iter().filter(|name| !name.is_empty()).collect();
    match named.len() {
        0 => String::new(),
        1..=3 => format!(" by {}", named.join(", ")),
        several => format!(" by {several} people"),
    }
}

/// A text in a column; what is longer is cut.
fn padded(text: &str, width: usize) -> String {
    let mut cut = String::new();
    for character in text.chars() {
        if cut.width() + 1 >= width && text.width() > width {
            cut.push('\u{2026}');
            break;
        }
        cut.push(character);
    }
    let space = width.saturating_sub(cut.width());
    cut + &" ".repeat(space)
}

/// One JSON object.
pub(crate) fn log_json(title: &str, steps: &[Step], rows: &Rows) -> String {
    let changes: Vec<_> = steps
        .iter()
        .map(|step| {
            json!({
                "id": step.id,
                "author": text_or_null(&step.author),
                "at": step.at.to_string(),
                "label": step.label,
                "kind": step.kind,
                "reverts": step.reverts,
                "undone": step.undone,
                "rows": rows.get(&step.id).into_iter().flatten().map(row_json).collect::<Vec<_>>(),
            })
        })
        .collect();
    indented(&json!({ "title": title, "changes": changes }))
}

fn row_json(row: &RowDifference) -> Value {
    let fields: Vec<_> = row
        .fields
        .iter()
        .map(|field| json!({ "field": field.field, "from": field.from, "to": field.to }))
        .collect();
    json!({
        "entity": row.entity,
        "id": row.id,
        "name": row.name,
        "kind": row.kinds.first().copied().map(word),
        "fields": fields,
    })
}

/// For people: one version a line, the newest first.
pub(crate) fn versions_text(versions: &[&Version]) -> String {
    let mut page = page();
    if versions.is_empty() {
        page.text(
            "No versions yet; --keep NAME keeps the state as it is.",
            Style::Plain,
        );
    }
    for version in versions {
        let mark = format!("{}  ", local_time(version.at));
        let by = match version.automatic {
            true => " (kept on its own)".to_owned(),
            false => format!(" ({})", author(&version.author)),
        };
        let text = format!("{}{by}", printable(&version.name));
        page.line((&mark, Style::Faint), &text, Style::Plain);
    }
    page.finish()
}

/// One JSON object.
pub(crate) fn versions_json(versions: &[&Version]) -> String {
    let versions: Vec<_> = versions
        .iter()
        .map(|version| {
            json!({
                "id": version.id,
                "name": version.name,
                "at": version.at.to_string(),
                "author": text_or_null(&version.author),
                "automatic": version.automatic,
            })
        })
        .collect();
    indented(&json!({ "versions": versions }))
}
