//! A canvas as a map: groups become stages, nodes touchpoints, edges links.

use std::collections::{HashMap, HashSet};

use backcast_model::{Entity, Fields, MOST_TOUCHPOINTS};
use serde_json::Value;

use super::OURS;
use crate::carried;
use crate::draft::{Draft, DraftLink, DraftRow, DraftTouchpoint};
use crate::import::{ImportError, Imported};
use crate::placement::{Frame, MOST_LANES, in_order, smallest_around};

/// The largest canvas that is read, in bytes.
const LARGEST: usize = 64 * 1024 * 1024;

/// Reads a canvas as a map.
///
/// # Errors
/// When it is not JSON (with line and column) or has no lists of nodes and edges.
pub fn read(bytes: &[u8]) -> Result<Imported, ImportError> {
    if bytes.len() > LARGEST {
        return Err(ImportError::whole(format!(
            "it has more than {} MB; a canvas has less",
            LARGEST / 1_048_576
        )));
    }
    let canvas: Value = serde_json::from_slice(bytes).map_err(|error| {
        ImportError::at(
            format!("line {}, column {}", error.line(), error.column()),
            "it is not JSON",
        )
    })?;
    let list = |name: &str| match canvas.get(name) {
        None => Ok(&[][..]),
        Some(Value::Array(items)) => Ok(items.as_slice()),
        Some(_) => Err(ImportError::at(
            format!("/{name}"),
            "a list was expected here",
        )),
    };
    if canvas.get("nodes").is_none() && canvas.get("edges").is_none() {
        return Err(ImportError::whole(
            "it is JSON, but no canvas: it has neither nodes nor edges",
        ));
    }
    let mut reading = Reading::default();
    for (name, text) in canvas
        .get(OURS)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let taken = text
            .as_str()
            .ok_or_else(|| format!("its {name} cannot be read"));
        if let Err(reason) =
            taken.and_then(|text| carried::take_frame(name, text, &mut reading.draft))
        {
            reading.draft.note("", reason);
        }
    }
    let (nodes, edges) = (list("nodes")?, list("edges")?);
    let groups = nodes.iter().filter(|node| text(node, "type") == "group");
    for (what, number, most) in [
        ("nodes", nodes.len(), MOST_TOUCHPOINTS),
        ("edges", edges.len(), 4 * MOST_TOUCHPOINTS),
        ("groups", groups.count(), MOST_LANES),
    ] {
        if number > most {
            return Err(ImportError::whole(format!(
                "it has {number} {what}; at most {most} are read, so split the canvas"
            )));
        }
    }
    if nodes.iter().any(|node| node.get(OURS).is_none()) {
        let text =
            "where cards stand and how they look is not carried over; the map lays itself out";
        reading.draft.note("", text);
    }
    reading.groups(nodes);
    for (index, node) in nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| text(node, "type") != "group")
    {
        reading.node(node, &format!("/nodes/{index}"));
    }
    for (index, edge) in edges.iter().enumerate() {
        reading.edge(edge, &format!("/edges/{index}"));
    }
    reading.draft.finish("Canvas")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn frame(node: &Value) -> Option<Frame> {
    let side = |name: &str| {
        node.get(name)
            .and_then(Value::as_f64)
            .filter(|side| side.is_finite())
    };
    Some(Frame {
        x: side("x")?,
        y: side("y")?,
        width: side("width")?.max(0.0),
        height: side("height")?.max(0.0),
    })
}

/// The name that our field holds, when what is shown still shows it.
fn carried_name(row: &DraftRow, shown: &str) -> Option<String> {
    Some(row.name().to_owned()).filter(|name| !row.fields.is_empty() && name == shown)
}

#[derive(Default)]
struct Reading {
    draft: Draft,
    /// Touchpoints by the ids of their nodes.
    touchpoints: HashMap<String, usize>,
    /// Stages with where their groups stand.
    groups: Vec<(usize, Option<Frame>)>,
    group_ids: HashSet<String>,
    seen: HashSet<(Entity, String)>,
}

impl Reading {
    /// The row that rides along; `None` when none does.
    fn ours(&mut self, value: &Value, entity: Entity, place: &str) -> Option<DraftRow> {
        let ours = value.get(OURS)?;
        let fields = ours
            .get("fields")
            .and_then(Value::as_object)
            .filter(|_| text(ours, "entity") == entity.as_str())?;
        let mut row = carried::own_row(entity, fields.clone(), place);
        if let Some(id) = &row.given
            && !self.seen.insert((entity, id.clone()))
        {
            self.draft.note(
                place,
                format!("it is a copy of \u{201c}{id}\u{201d} and comes in as a new one"),
            );
            row.given = None;
        }
        Some(row)
    }

    fn groups(&mut self, nodes: &[Value]) {
        let groups = nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| text(node, "type") == "group");
        let mut groups: Vec<((usize, &Value), Option<Frame>)> = groups
            .map(|(index, node)| ((index, node), frame(node)))
            .collect();
        in_order(&mut groups);
        for ((index, group), frame) in groups {
            let place = format!("/nodes/{index}");
            let mut row = self
                .ours(group, Entity::Stage, &place)
                .unwrap_or_else(|| DraftRow::at(place));
            let label = text(group, "label");
            let name = carried_name(&row, label).unwrap_or_else(|| one_line(label));
            row.say(
                "name",
                if name.is_empty() && row.given.is_none() {
                    "Untitled".to_owned()
                } else {
                    name
                },
            );
            let number = self.draft.stages.push(row);
            self.groups.push((number, frame));
            self.group_ids.insert(text(group, "id").to_owned());
        }
    }

    fn node(&mut self, node: &Value, place: &str) {
        let stage = frame(node).and_then(|frame| {
            let groups = self
                .groups
                .iter()
                .filter_map(|(number, frame)| Some((*number, (*frame)?)));
            smallest_around(groups, frame.centre())
        });
        let number = match self.ours(node, Entity::Touchpoint, place) {
            Some(mut row) => {
                let shown = text(node, "text");
                if carried_name(&row, shown).is_none() {
                    row.say("name", words(shown).0);
                }
                let number = self.draft.own_touchpoint(row);
                if let Some(touchpoint) = self
                    .draft
                    .touchpoints
                    .get_mut(number)
                    .filter(|_| !self.groups.is_empty())
                {
                    touchpoint.stage = stage;
                }
                number
            }
            None => self.foreign(node, place, stage),
        };
        self.touchpoints.insert(text(node, "id").to_owned(), number);
    }

    fn foreign(&mut self, node: &Value, place: &str, stage: Option<usize>) -> usize {
        let mut row = DraftRow::at(place);
        row.speaks.insert("stage".to_owned());
        let (name, message) = match text(node, "type") {
            "file" => {
                self.draft
                    .note(place, "the file itself was not carried over, only its name");
                let file = text(node, "file").rsplit('/').next().unwrap_or_default();
                (
                    file.rsplit_once('.')
                        .map_or(file, |(stem, _)| stem)
                        .to_owned(),
                    String::new(),
                )
            }
            "link" => {
                let url = text(node, "url").to_owned();
                row.say("notes", url.as_str());
                (url, String::new())
            }
            _ => words(text(node, "text")),
        };
        row.say(
            "name",
            if name.is_empty() {
                "Untitled".to_owned()
            } else {
                name
            },
        );
        if !message.is_empty() {
            row.say("message", message);
        }
        self.draft.touchpoints.push(DraftTouchpoint {
            row,
            stage,
            ..DraftTouchpoint::default()
        });
        self.draft.touchpoints.len() - 1
    }

    fn edge(&mut self, edge: &Value, place: &str) {
        let ends = (text(edge, "fromNode"), text(edge, "toNode"));
        let (Some(from), Some(to)) = (self.touchpoints.get(ends.0), self.touchpoints.get(ends.1))
        else {
            let group = self.group_ids.contains(ends.0) || self.group_ids.contains(ends.1);
            let reason = if group {
                "it was left out: it joins a group, and links join touchpoints"
            } else {
                "it was left out: it has no node at one of its ends"
            };
            self.draft.note(place, reason);
            return;
        };
        let (from, to) = (*from, *to);
        let mut row = self
            .ours(edge, Entity::Link, place)
            .unwrap_or_else(|| DraftRow::at(place));
        let label = text(edge, "label");
        let carried = row.fields.get("cta").and_then(Value::as_str);
        if carried.unwrap_or_default() != label {
            row.fields.shift_remove("cta");
            if !label.trim().is_empty() {
                row.say("cta", one_line(label));
            }
        }
        row.speaks.extend(["from", "to", "cta"].map(str::to_owned));
        let head = |key: &str, otherwise: &str| {
            edge.get(key).and_then(Value::as_str).unwrap_or(otherwise) == "arrow"
        };
        let links = &mut self.draft.links;
        match (head("fromEnd", "none"), head("toEnd", "arrow")) {
            (true, false) => links.push(DraftLink {
                row,
                from: to,
                to: from,
            }),
            (true, true) => {
                let mut back = row.clone();
                back.given = None;
                links.push(DraftLink { row, from, to });
                links.push(DraftLink {
                    row: back,
                    from: to,
                    to: from,
                });
                self.draft
                    .note(place, "it has two arrowheads and became two links");
            }
            (false, false) => {
                links.push(DraftLink { row, from, to });
                self.draft.note(
                    place,
                    "it has no arrowhead; it was taken to run from its start to its end",
                );
            }
            (false, true) => links.push(DraftLink { row, from, to }),
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first line of a card without the marks of a heading or of bold words, and the lines below.
fn words(text: &str) -> (String, String) {
    let mut lines = text
        .lines()
        .map(str::trim)
        .skip_while(|line| line.is_empty());
    let first = lines
        .next()
        .unwrap_or_default()
        .trim_start_matches(['#', '-', '>', ' '])
        .replace("**", "")
        .replace("__", "");
    let rest: Vec<&str> = lines.collect();
    (one_line(&first), rest.join("\n").trim().to_owned())
}

/// Whether a JSON text is a canvas.
pub(crate) fn looks_like(value: &Fields) -> bool {
    value.contains_key("nodes") && !value.contains_key("format")
}
