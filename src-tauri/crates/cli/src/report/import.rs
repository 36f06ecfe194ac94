//! What taking in a table or a diagram changes, as text.

use backcast_exchange::reconcile::{Difference, Reconciled, What};

use super::page;
use super::page::{Style, plural};
use crate::report::comparison::heading;

/// For people: rows by entity, what is missing at the end.
pub(crate) fn text(taken: &Reconciled) -> String {
    let mut page = page();
    page.text(&summary(taken), Style::Plain);
    let mut last = None;
    for difference in &taken.differences {
        if last.replace(difference.entity) != Some(difference.entity) {
            page.heading(heading(difference.entity));
        }
        let (mark, told) = line(difference);
        page.line(mark, &told, Style::Plain);
        if let What::Changed(fields) = &difference.what {
            for field in fields {
                let shown = |text: &str| {
                    if text.is_empty() {
                        "\u{2013}".to_owned()
                    } else {
                        text.to_owned()
                    }
                };
                let text = format!(
                    "{}: {} \u{2192} {}",
                    field.heading,
                    shown(&field.old),
                    shown(&field.new)
                );
                page.line(("      ", Style::Plain), &text, Style::Faint);
            }
        }
    }
    page.finish()
}

fn line(difference: &Difference) -> ((&'static str, Style), String) {
    let (mark, word) = match &difference.what {
        What::Added => (("  + ", Style::Good), "added"),
        What::Changed(_) => (("  ~ ", Style::Notable), "changed"),
        What::Missing => (("  \u{b7} ", Style::Faint), "not in the source, stays"),
        What::Deleted => (("  \u{2212} ", Style::Bad), "deleted"),
    };
    let place = if difference.place.is_empty() {
        String::new()
    } else {
        format!("  ({})", difference.place)
    };
    (mark, format!("{}  {word}{place}", difference.name))
}

fn summary(taken: &Reconciled) -> String {
    let count = |wanted: fn(&What) -> bool| {
        let rows = taken.differences.iter();
        rows.filter(|row| wanted(&row.what)).count()
    };
    let parts: Vec<String> = [
        (count(|what| matches!(what, What::Added)), "added"),
        (count(|what| matches!(what, What::Changed(_))), "changed"),
        (count(|what| matches!(what, What::Deleted)), "deleted"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| format!("{} {word}", plural(count, "row")))
    .collect();
    if parts.is_empty() {
        "Nothing to take in: the project says the same.".to_owned()
    } else {
        parts.join(" \u{b7} ")
    }
}
