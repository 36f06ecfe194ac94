//! A team's own template (Jinja, by minijinja) around or instead of a document. It is given the built document, both
//! written and as data, and the map with its gaps. What it prints is escaped for the format unless it is written
//! already; it runs for a bounded time, and reads nothing but what it is given.

use std::io::{self, Write};

use backcast_analysis::report;
use backcast_render::document::{
    Align, Block, Document, DocumentError, RowKind, Style, Text, escaped_markdown, html_body,
    logo_address, markdown_body,
};
use minijinja::{AutoEscape, Environment, ErrorKind, Value, escape_formatter};
use serde_json::json;

use super::reading::Reading;
use super::words;
use crate::error::ExportError;
use crate::snapshot::Snapshot;

/// The steps a template may take; an ordinary one for a thousand touchpoints takes a hundredth of it.
const MOST_STEPS: u64 = 50_000_000;

/// The most bytes a template may print.
const MOST_BYTES: usize = 256 * 1024 * 1024;

/// What a template is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Html,
    Markdown,
}

/// A document through a template.
pub(crate) fn render(
    snapshot: &Snapshot,
    document: &Document,
    template: &str,
    target: Target,
) -> Result<Vec<u8>, ExportError> {
    let body = match target {
        Target::Html => html_body(document).map_err(|error| unwritten(&error))?,
        Target::Markdown => markdown_body(document),
    };
    let mut environment = Environment::new();
    environment.set_fuel(Some(MOST_STEPS));
    environment.set_auto_escape_callback(move |_| match target {
        Target::Html => AutoEscape::Html,
        Target::Markdown => AutoEscape::Custom("markdown".into()),
    });
    environment.set_formatter(move |out, state, value| {
        let text = value.as_str().filter(|_| !value.is_safe());
        match (target, text) {
            (Target::Markdown, Some(text)) => Ok(out.write_str(&escaped_markdown(text))?),
            (Target::Markdown, None) if value.is_undefined() || value.is_none() => Ok(()),
            (Target::Markdown, None) => Ok(write!(out, "{value}")?),
            (Target::Html, _) => escape_formatter(out, state, value),
        }
    });
    let parsed = environment
        .template_from_named_str("template", template)
        .map_err(|error| refused(&error))?;
    let context = context(snapshot, document, body)?;
    let mut printed = Bounded(Vec::new());
    parsed
        .render_captured_to(context, &mut printed)
        .map_err(|error| refused(&error))?;
    Ok(printed.0)
}

fn context(snapshot: &Snapshot, document: &Document, body: String) -> Result<Value, ExportError> {
    let logo = logo_address(document).map_err(|error| unwritten(&error))?;
    let map = serde_json::from_str(&backcast_exchange::write(snapshot.map()));
    let map: serde_json::Value = map.unwrap_or_default();
    let gaps = serde_json::from_str(&report::json(&snapshot.assessment));
    let gaps: serde_json::Value = gaps.unwrap_or_default();
    let blocks: Vec<_> = document.blocks.iter().map(block).collect();
    let data = json!({
        "title": document.title,
        "kind": document.kind,
        "date": document.date,
        "logo": logo,
        "blocks": blocks,
        "map": map,
        "report": gaps,
        "stages": stages(snapshot),
    });
    let data = Value::from(minijinja::value::Serde(data));
    Ok(minijinja::context! { body => Value::from_safe_string(body), ..data })
}

/// Stages with their touchpoints in words, for templates that tell the map their own way.
fn stages(snapshot: &Snapshot) -> Vec<serde_json::Value> {
    let reading = Reading::of(&snapshot.assessment, None);
    let purse = reading.purse();
    let stages = reading.stages().into_iter().map(|stage| {
        let touchpoints = stage.touchpoints.iter().map(|one| {
            json!({
                "id": one.id,
                "name": one.name,
                "kind": reading.kind(one),
                "channel": reading.channel(one),
                "audiences": reading.audiences(one),
                "message": one.message,
                "call_to_action": reading.calls(one),
                "live": words::flights(one),
                "media": purse.told_of(one.budget),
                "production": purse.told_of(one.production_budget),
                "owner": one.owner,
                "notes": one.notes,
            })
        });
        json!({
            "name": stage.name,
            "job": stage.moment.map(words::job),
            "touchpoints": touchpoints.collect::<Vec<_>>(),
        })
    });
    stages.collect()
}

fn block(block: &Block) -> serde_json::Value {
    match block {
        Block::Heading(level, text) => {
            json!({"type": "heading", "level": level.depth(), "text": text.words()})
        }
        Block::Paragraph(text) => json!({"type": "paragraph", "spans": spans(text)}),
        Block::Note(text) => json!({"type": "note", "spans": spans(text)}),
        Block::Quote(text) => json!({"type": "quote", "spans": spans(text)}),
        Block::List(points) => {
            json!({"type": "list", "points": points.iter().map(spans).collect::<Vec<_>>()})
        }
        Block::Facts(facts) => {
            let facts = facts
                .iter()
                .map(|(name, text)| json!({"name": name, "spans": spans(text)}));
            json!({"type": "facts", "facts": facts.collect::<Vec<_>>()})
        }
        Block::Table(table) => {
            let columns = table.columns.iter().map(
                |column| json!({"title": column.title, "figures": column.align == Align::Right}),
            );
            let rows = table.rows.iter().map(|row| {
                let kind = match row.kind {
                    RowKind::Plain => "plain",
                    RowKind::Group => "group",
                    RowKind::Sum => "sum",
                };
                json!({"kind": kind, "cells": row.cells.iter().map(spans).collect::<Vec<_>>()})
            });
            json!({
                "type": "table",
                "columns": columns.collect::<Vec<_>>(),
                "rows": rows.collect::<Vec<_>>(),
            })
        }
        Block::Figure(figure) => json!({"type": "figure", "words": figure.words}),
        Block::PageBreak => json!({"type": "page_break"}),
    }
}

fn spans(text: &Text) -> Vec<serde_json::Value> {
    let spans = text.spans().iter().map(|span| {
        let style = match span.style {
            Style::Plain => "plain",
            Style::Strong => "strong",
            Style::Soft => "soft",
            Style::Severity(severity) => severity.as_str(),
        };
        let address = span.address.as_ref().map(|address| address.as_str());
        json!({"text": span.text, "style": style, "address": address})
    });
    spans.collect()
}

fn unwritten(error: &DocumentError) -> ExportError {
    ExportError::Unwritten {
        reason: error.to_string(),
    }
}

fn refused(error: &minijinja::Error) -> ExportError {
    let line = error.line().unwrap_or(1);
    let reason = match error.kind() {
        ErrorKind::OutOfFuel => "it takes too many steps; shorten its loops".to_owned(),
        kind => error
            .detail()
            .map_or_else(|| kind.to_string(), |detail| format!("{kind}: {detail}")),
    };
    ExportError::Template { line, reason }
}

/// Bytes up to a limit.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MOST_BYTES {
            return Err(io::Error::other("it prints more than 256 MB"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
