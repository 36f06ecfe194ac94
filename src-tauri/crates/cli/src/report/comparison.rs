//! Two states side by side, as text and as JSON.

use backcast_analysis::{Assessment, Gap};
use backcast_model::{Entity, Map, Severity};
use backcast_workbench::comparison::{
    Comparison, Difference, FieldDifference, RowDifference, Source,
};
use backcast_workbench::wording::{field_words, value_words};
use serde_json::{Value, json};

use super::page::{Page, Style, plural};
use super::{indented, page};

/// A kind of difference as a word.
pub(crate) const fn word(kind: Difference) -> &'static str {
    match kind {
        Difference::Added => "added",
        Difference::Removed => "removed",
        Difference::Renamed => "renamed",
        Difference::Restaged => "re-staged",
        Difference::Retargeted => "retargeted",
        Difference::Rebudgeted => "re-budgeted",
        Difference::Rescheduled => "re-scheduled",
        Difference::Changed => "changed",
        Difference::LaidOut => "laid out",
    }
}

/// The heading over rows of an entity.
pub(crate) const fn heading(entity: Entity) -> &'static str {
    match entity {
        Entity::Map => "The map",
        Entity::Stage => "Stages",
        Entity::Audience => "Audiences",
        Entity::System => "Systems",
        Entity::Touchpoint => "Touchpoints",
        Entity::Link => "Links",
        Entity::Dismissal => "Dismissed gaps",
    }
}

/// How much is different, in one line without a full stop.
pub(crate) fn summary(comparison: &Comparison) -> String {
    if comparison.is_same() {
        return "No difference in meaning".to_owned();
    }
    let rows = |wanted: fn(&RowDifference) -> bool| {
        comparison.rows.iter().filter(|row| wanted(row)).count()
    };
    let added = rows(|row| row.kinds.contains(&Difference::Added));
    let removed = rows(|row| row.kinds.contains(&Difference::Removed));
    let changed = comparison.rows.len() - added - removed;
    let counts = [(added, "added"), (removed, "removed"), (changed, "changed")];
    let mut parts: Vec<_> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let (opened, closed) = (comparison.opened().len(), comparison.closed().len());
    if opened + closed > 0 {
        parts.push(format!("{} opened, {closed} closed", plural(opened, "gap")));
    }
    parts.join(" \u{b7} ")
}

/// How many rows only stand elsewhere; `None`: none do.
pub(crate) fn layout_summary(comparison: &Comparison) -> Option<String> {
    let count = comparison.layout.len();
    let stands = if count == 1 { "stands" } else { "stand" };
    (count > 0).then(|| format!("{} {stands} elsewhere", plural(count, "row")))
}

/// What a field held and holds.
pub(crate) fn field_text(
    comparison: &Comparison,
    row: &RowDifference,
    field: &FieldDifference,
) -> String {
    let side = |map: &Map, value: &Value| value_words(map, row.entity, &field.field, value);
    format!(
        "{}: {} \u{2192} {}",
        field_words(row.entity, &field.field),
        side(&comparison.from.map, &field.from),
        side(&comparison.to.map, &field.to)
    )
}

/// For people: rows by entity, then gaps; layout counted, or listed.
pub(crate) fn text(comparison: &Comparison, layout: bool) -> String {
    let mut page = page();
    let (from, to) = (comparison.from.name(), comparison.to.name());
    page.text(&format!("{from} \u{2192} {to}"), Style::Strong);
    page.text(&summary(comparison), Style::Plain);
    if let Some(count) = layout_summary(comparison) {
        let hint = if layout { "" } else { " (--layout lists them)" };
        page.text(&format!("{count}{hint}"), Style::Faint);
    }
    rows(&mut page, comparison, &comparison.rows);
    if layout && !comparison.layout.is_empty() {
        page.heading("Layout");
        for row in &comparison.layout {
            line(&mut page, comparison, row);
        }
    }
    let gaps = [
        ("Gaps opened", comparison.opened(), &comparison.after),
        ("Gaps closed", comparison.closed(), &comparison.before),
    ];
    for (name, gaps, assessment) in gaps {
        if gaps.is_empty() {
            continue;
        }
        page.heading(name);
        for gap in gaps {
            let style = match gap.severity {
                Severity::High => Style::Bad,
                Severity::Medium => Style::Notable,
                Severity::Low => Style::Plain,
            };
            let mark = format!("  {} ", gap.severity.sign());
            page.line((&mark, style), &assessment.message(gap), Style::Plain);
            page.line(("    ", Style::Plain), gap.rule.id, Style::Faint);
        }
    }
    page.finish()
}

fn rows(page: &mut Page, comparison: &Comparison, rows: &[RowDifference]) {
    let mut entity = None;
    for row in rows {
        if entity.replace(row.entity) != Some(row.entity) {
            page.heading(heading(row.entity));
        }
        line(page, comparison, row);
    }
}

fn line(page: &mut Page, comparison: &Comparison, row: &RowDifference) {
    let words: Vec<_> = row.kinds.iter().copied().map(word).collect();
    let name = format!("{}  {}", row.name, words.join(", "));
    let mark = match row.kinds.first() {
        Some(Difference::Added) => ("  + ", Style::Good),
        Some(Difference::Removed) => ("  \u{2212} ", Style::Bad),
        _ => ("  ~ ", Style::Notable),
    };
    page.line(mark, &name, Style::Plain);
    if !matches!(
        row.kinds.first(),
        Some(Difference::Added | Difference::Removed)
    ) {
        for field in &row.fields {
            let text = field_text(comparison, row, field);
            page.line(("      ", Style::Plain), &text, Style::Faint);
        }
    }
}

/// One JSON object; the same bytes for the same states, catalogue and day.
pub(crate) fn json(comparison: &Comparison, layout: bool) -> String {
    let rows = |rows: &[RowDifference]| rows.iter().map(row_json).collect::<Vec<_>>();
    let mut elsewhere = json!({ "count": comparison.layout.len() });
    if layout {
        elsewhere["differences"] = rows(&comparison.layout).into();
    }
    let gaps = |gaps: Vec<&std::sync::Arc<Gap>>, assessment: &Assessment| {
        let told = gaps.into_iter().map(|gap| gap_json(gap, assessment));
        told.collect::<Vec<_>>()
    };
    indented(&json!({
        "from": source_json(&comparison.from),
        "to": source_json(&comparison.to),
        "same": comparison.is_same(),
        "differences": rows(&comparison.rows),
        "layout": elsewhere,
        "gaps": {
            "opened": gaps(comparison.opened(), &comparison.after),
            "closed": gaps(comparison.closed(), &comparison.before),
        },
    }))
}

fn source_json(source: &Source) -> Value {
    json!({
        "file": source.file.to_string_lossy(),
        "version": source.version,
        "title": source.map.properties.title,
    })
}

fn row_json(row: &RowDifference) -> Value {
    let fields: Vec<_> = row
        .fields
        .iter()
        .map(|field| json!({ "field": field.field, "from": field.from, "to": field.to }))
        .collect();
    let kinds: Vec<_> = row.kinds.iter().copied().map(word).collect();
    json!({
        "entity": row.entity,
        "id": row.id,
        "name": row.name,
        "kinds": kinds,
        "fields": fields,
    })
}

fn gap_json(gap: &Gap, assessment: &Assessment) -> Value {
    json!({
        "key": gap.key.to_string(),
        "rule": gap.rule.id,
        "severity": gap.severity,
        "stages": &gap.stages[..],
        "touchpoints": &gap.touchpoints[..],
        "links": &gap.links[..],
        "message": assessment.message(gap),
    })
}
