//! Two states side by side as Markdown, for a message or a review. What comes from a file is text in it and never
//! markup.

use backcast_workbench::comparison::{Comparison, Difference, RowDifference};

use super::comparison::{field_text, heading, layout_summary, summary, word};
use super::page::printable;

/// The difference as Markdown.
pub(crate) fn markdown(comparison: &Comparison, layout: bool) -> String {
    let (from, to) = (comparison.from.name(), comparison.to.name());
    let mut out = format!("# {} \u{2192} {}\n\n", escaped(&from), escaped(&to));
    out.push_str(&format!("{}.\n", summary(comparison)));
    if let Some(count) = layout_summary(comparison) {
        out.push_str(&format!("{count}.\n"));
    }
    let mut entity = None;
    for row in &comparison.rows {
        if entity.replace(row.entity) != Some(row.entity) {
            out.push_str(&format!("\n## {}\n\n", heading(row.entity)));
        }
        out.push_str(&line(comparison, row));
    }
    if layout && !comparison.layout.is_empty() {
        out.push_str("\n## Layout\n\n");
        let lines = comparison.layout.iter().map(|row| line(comparison, row));
        out.extend(lines);
    }
    let gaps = [
        ("Gaps opened", comparison.opened(), &comparison.after),
        ("Gaps closed", comparison.closed(), &comparison.before),
    ];
    for (name, gaps, assessment) in gaps {
        if gaps.is_empty() {
            continue;
        }
        out.push_str(&format!("\n## {name}\n\n"));
        for gap in gaps {
            let message = escaped(&assessment.message(gap));
            out.push_str(&format!(
                "- **{}** `{}`: {message}\n",
                gap.severity, gap.rule.id
            ));
        }
    }
    out
}

fn line(comparison: &Comparison, row: &RowDifference) -> String {
    let words: Vec<_> = row.kinds.iter().copied().map(word).collect();
    let mut line = format!("- {}: **{}**\n", escaped(&row.name), words.join(", "));
    let whole = matches!(
        row.kinds.first(),
        Some(Difference::Added | Difference::Removed)
    );
    for field in row.fields.iter().filter(|_| !whole) {
        let text = escaped(&field_text(comparison, row, field));
        line.push_str(&format!("  - {text}\n"));
    }
    line
}

/// A text on one line in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in printable(text).chars() {
        if character.is_ascii_punctuation() && !matches!(character, '.' | ',' | ':' | '/' | '-') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_names_stays_text() {
        assert_eq!(
            escaped("<img src=x> [a](b) *c*\nd"),
            "\\<img src\\=x\\> \\[a\\]\\(b\\) \\*c\\* d"
        );
    }
}
