//! A document as Markdown (`CommonMark` with the tables of GitHub). Pictures are told in words, because Markdown has no
//! place for them inside the file.

use super::{Align, Block, Document, Row, RowKind, Style, Table, Text};

/// A document as Markdown, with a line break at the end.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let title = escaped(&document.full_title());
    let mut out = format!("# {title}\n");
    if !document.date.is_empty() {
        out.push_str(&format!("\n{}\n", escaped(&document.date)));
    }
    out.push_str(&markdown_body(document));
    out
}

/// What a document says below its title.
#[must_use]
pub fn markdown_body(document: &Document) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        let told = match block {
            Block::Heading(level, text) => {
                format!("{} {}\n", "#".repeat(level.depth() + 1), line(text))
            }
            Block::Paragraph(text) | Block::Note(text) => format!("{}\n", line(text)),
            Block::Quote(text) => format!("> {}\n", line(text)),
            Block::List(points) => points
                .iter()
                .map(|point| format!("- {}\n", line(point)))
                .collect(),
            Block::Facts(facts) => facts
                .iter()
                .map(|(name, text)| format!("- **{}:** {}\n", escaped(name), line(text)))
                .collect(),
            Block::Table(table) => told_table(table),
            Block::Figure(picture) => format!("*{}*\n", escaped(&picture.words)),
            Block::PageBreak => continue,
        };
        out.push('\n');
        out.push_str(&told);
    }
    out
}

fn told_table(table: &Table) -> String {
    let heads: Vec<_> = table
        .columns
        .iter()
        .map(|column| escaped(&column.title))
        .collect();
    let rules: Vec<_> = table
        .columns
        .iter()
        .map(|column| match column.align {
            Align::Left => ":---",
            Align::Right => "---:",
        })
        .collect();
    let mut out = format!("| {} |\n| {} |\n", heads.join(" | "), rules.join(" | "));
    for row in &table.rows {
        out.push_str(&format!("| {} |\n", cells(row).join(" | ")));
    }
    out
}

fn cells(row: &Row) -> Vec<String> {
    row.cells
        .iter()
        .map(|cell| {
            let strong = row.kind != RowKind::Plain && !cell.is_empty();
            if strong {
                format!("**{}**", escaped(cell.words().trim()))
            } else {
                line(cell)
            }
        })
        .collect()
}

/// A text on one line, markup for its look and none from its words.
fn line(text: &Text) -> String {
    let mut out = String::new();
    for span in text.spans() {
        let words = escaped(&span.text);
        let words = match span.style {
            Style::Strong | Style::Severity(_) => marked(&words, "**"),
            Style::Plain | Style::Soft => words,
        };
        match &span.address {
            Some(address) => out.push_str(&format!("<{}>", address.as_str())),
            None => out.push_str(&words),
        }
    }
    at_line_start(out.trim())
}

/// Marks words without the blanks around them, where marks would not count.
fn marked(words: &str, mark: &str) -> String {
    let inner = words.trim();
    if inner.is_empty() {
        return words.to_owned();
    }
    let (before, after) = words.split_once(inner).unwrap_or_default();
    format!("{before}{mark}{inner}{mark}{after}")
}

/// What would begin a list, a heading or a rule at the start of a line begins none.
fn at_line_start(line: &str) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let mut behind = line.chars().skip(digits);
    let (mark, next) = (behind.next(), behind.next());
    let apart = next.is_none_or(char::is_whitespace);
    match mark {
        Some('.' | ')') if digits > 0 && apart => {
            format!("{}\\{}", &line[..digits], &line[digits..])
        }
        Some('-' | '+') if digits == 0 && (apart || line.starts_with("--")) => format!("\\{line}"),
        Some('=') if digits == 0 => format!("\\{line}"),
        _ => line.to_owned(),
    }
}

/// A text on one line in which nothing is markup.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in super::text::clean(text).chars() {
        if "\\`*_[]<>#|~&$^{}".contains(character) {
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
    fn words_never_become_markup() {
        for (text, told) in [
            ("<img src=x>", "\\<img src=x\\>"),
            ("[a](javascript:b)", "\\[a\\](javascript:b)"),
            ("1. first", "1\\. first"),
            ("- point", "\\- point"),
            ("a | b", "a \\| b"),
            ("# top\n---", "\\# top ---"),
            ("&lt;b&gt;", "\\&lt;b\\&gt;"),
        ] {
            assert_eq!(line(&Text::plain(text)), told);
        }
    }

    #[test]
    fn marks_stand_at_words_and_not_at_blanks() {
        let text = Text::plain("a").and_strong(" b ").and("c");
        assert_eq!(line(&text), "a **b** c");
    }
}
