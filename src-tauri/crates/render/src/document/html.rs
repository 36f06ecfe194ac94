//! A document as one HTML file that needs nothing else: its style inside, pictures as SVG inside, no script, nothing
//! fetched. A policy in its head tells browsers to keep to that.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Align, Block, Document, DocumentError, Figure, Row, RowKind, Style, Table, Text};
use super::{colours, picture};
use crate::logo::{Logo, LogoError};
use crate::svg::faces;

/// The look of a document; plain enough to be changed in one place by whoever wants another.
const STYLE: &str = include_str!("document.css");

/// A document as HTML, with a line break at the end. The same document gives the same bytes.
///
/// # Errors
/// When a picture cannot be drawn.
pub fn html(document: &Document) -> Result<String, DocumentError> {
    let body = html_body(document)?;
    let mut out =
        String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         img-src data:; font-src data:\">\n<meta name=\"referrer\" content=\"no-referrer\">\n",
    );
    let _ = writeln!(out, "<title>{}</title>", escaped(&document.full_title()));
    let faces = faces(&format!("{}{body}", document.full_title()));
    let _ = writeln!(out, "<style>\n{faces}\n{}{STYLE}</style>", palette());
    out.push_str("</head>\n<body>\n<main>\n<header>\n");
    if let Some(address) = logo_address(document)? {
        let _ = writeln!(out, "<img class=\"logo\" alt=\"Logo\" src=\"{address}\">");
    }
    let _ = writeln!(out, "<p class=\"kind\">{}</p>", escaped(&document.kind));
    let _ = writeln!(out, "<h1>{}</h1>", escaped(&document.title));
    if !document.date.is_empty() {
        let _ = writeln!(out, "<p class=\"date\">{}</p>", escaped(&document.date));
    }
    out.push_str("</header>\n");
    out.push_str(&body);
    out.push_str("</main>\n</body>\n</html>\n");
    Ok(out)
}

/// A document's logo as the address of an image; `None` without one.
///
/// # Errors
/// When it cannot be written.
pub fn logo_address(document: &Document) -> Result<Option<String>, DocumentError> {
    let address = |logo: &Logo| {
        let bytes = logo.png()?;
        Ok(format!("data:image/png;base64,{}", STANDARD.encode(bytes)))
    };
    let logo = document.logo.as_ref().map(address).transpose();
    logo.map_err(|error: LogoError| DocumentError {
        format: "HTML",
        reason: error.to_string(),
    })
}

/// What a document says below its title, as HTML to stand inside a page.
///
/// # Errors
/// When a picture cannot be drawn.
pub fn html_body(document: &Document) -> Result<String, DocumentError> {
    let mut out = String::new();
    for block in &document.blocks {
        told_block(&mut out, block)?;
    }
    Ok(out)
}

fn told_block(out: &mut String, block: &Block) -> Result<(), DocumentError> {
    match block {
        Block::Heading(level, text) => {
            let depth = level.depth() + 1;
            let _ = writeln!(out, "<h{depth}>{}</h{depth}>", inline(text));
        }
        Block::Paragraph(text) => {
            let _ = writeln!(out, "<p>{}</p>", inline(text));
        }
        Block::Note(text) => {
            let _ = writeln!(out, "<p class=\"note\">{}</p>", inline(text));
        }
        Block::Quote(text) => {
            let _ = writeln!(out, "<blockquote><p>{}</p></blockquote>", inline(text));
        }
        Block::List(points) => {
            out.push_str("<ul>\n");
            for point in points {
                let _ = writeln!(out, "<li>{}</li>", inline(point));
            }
            out.push_str("</ul>\n");
        }
        Block::Facts(facts) => {
            out.push_str("<dl>\n");
            for (name, text) in facts {
                let (name, text) = (escaped(name), inline(text));
                let _ = writeln!(out, "<div><dt>{name}</dt><dd>{text}</dd></div>");
            }
            out.push_str("</dl>\n");
        }
        Block::Table(table) => told_table(out, table),
        Block::Figure(shown) => told_picture(out, shown)?,
        Block::PageBreak => out.push_str("<div class=\"page\"></div>\n"),
    }
    Ok(())
}

fn told_picture(out: &mut String, shown: &Figure) -> Result<(), DocumentError> {
    let drawn = picture::svg(&shown.scene);
    let (width, words) = (shown.scene.size.0.ceil(), escaped(&shown.words));
    let _ = writeln!(
        out,
        "<figure><div role=\"img\" aria-label=\"{words}\" style=\"max-width:{width}px\">{drawn}</div></figure>"
    );
    Ok(())
}

fn told_table(out: &mut String, table: &Table) {
    out.push_str("<div class=\"table\"><table>\n<thead><tr>");
    for column in &table.columns {
        let class = class_of(column.align);
        let _ = write!(
            out,
            "<th scope=\"col\"{class}>{}</th>",
            escaped(&column.title)
        );
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        told_row(out, table, row);
    }
    out.push_str("</tbody>\n</table></div>\n");
}

fn told_row(out: &mut String, table: &Table, row: &Row) {
    let class = match row.kind {
        RowKind::Plain => "",
        RowKind::Group => " class=\"group\"",
        RowKind::Sum => " class=\"sum\"",
    };
    let _ = write!(out, "<tr{class}>");
    let names_all = row.kind == RowKind::Group && row.cells.iter().skip(1).all(Text::is_empty);
    if let Some(first) = row.cells.first().filter(|_| names_all) {
        let span = table.columns.len();
        let _ = writeln!(
            out,
            "<th scope=\"rowgroup\" colspan=\"{span}\">{}</th></tr>",
            inline(first)
        );
        return;
    }
    for (at, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
        let (class, words) = (class_of(column.align), inline(cell));
        if at == 0 {
            let _ = write!(out, "<th scope=\"row\"{class}>{words}</th>");
        } else {
            let _ = write!(out, "<td{class}>{words}</td>");
        }
    }
    out.push_str("</tr>\n");
}

const fn class_of(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Right => " class=\"figure\"",
    }
}

fn inline(text: &Text) -> String {
    let mut out = String::new();
    for span in text.spans() {
        let words = escaped(&span.text);
        let words = match span.style {
            Style::Plain => words,
            Style::Strong => format!("<strong>{words}</strong>"),
            Style::Soft => format!("<span class=\"soft\">{words}</span>"),
            Style::Severity(severity) => {
                format!("<strong class=\"severity {severity}\">{words}</strong>")
            }
        };
        match &span.address {
            Some(address) => {
                let address = escaped(address.as_str());
                let _ = write!(
                    out,
                    "<a href=\"{address}\" rel=\"noreferrer noopener\">{words}</a>"
                );
            }
            None => out.push_str(&words),
        }
    }
    out
}

/// The colours of documents as custom properties.
fn palette() -> String {
    let all = [
        ("ink", colours::INK),
        ("soft", colours::SOFT),
        ("line", colours::LINE),
        ("shade", colours::SHADE),
        ("accent", colours::ACCENT),
        ("high", colours::of_severity(backcast_model::Severity::High)),
        (
            "medium",
            colours::of_severity(backcast_model::Severity::Medium),
        ),
        ("low", colours::of_severity(backcast_model::Severity::Low)),
    ];
    let told = all.map(|(name, colour)| format!("  --{name}: {colour};\n"));
    format!(":root {{\n{}}}\n", told.concat())
}

/// A text in which nothing is markup, in content as in attributes between double quotation marks.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in super::text::clean(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
