//! Nodes and edges to a map. Data that are called like a field fill it; other data are noted once for each name.

use std::collections::{BTreeMap, HashMap};

use backcast_model::catalog::Catalog;
use backcast_model::{Entity, Fields};
use serde_json::Value;

use super::elements::{Element, Elements, elements};
use crate::carried;
use crate::cell::Cell;
use crate::columns::{self, Column};
use crate::draft::{Draft, DraftLink, DraftRow, DraftTouchpoint};
use crate::import::{ImportError, Imported, counted};
use crate::list;
use crate::parse::{Parsed, parse};

/// Reads a graph as a map.
///
/// # Errors
/// When it is not well-formed, not GraphML, or an edge has no nodes at its ends.
pub fn read(bytes: &[u8], catalog: &Catalog) -> Result<Imported, ImportError> {
    let elements = elements(bytes)?;
    let mut reading = Reading {
        catalog,
        draft: Draft::default(),
        unknown: BTreeMap::new(),
    };
    let Elements {
        nodes,
        edges,
        graph,
        ours,
        strange,
    } = elements;
    for (what, line) in strange {
        reading.draft.note(
            format!("line {line}"),
            format!("a {what} was not carried over"),
        );
    }
    for (name, text) in graph.iter().filter(|_| ours) {
        if let Err(reason) = carried::take_frame(name, text, &mut reading.draft) {
            reading.draft.note("", reason);
        }
    }
    let known = reading.nodes(&nodes, ours);
    for edge in &edges {
        reading.edge(edge, ours, &known)?;
    }
    for (name, times) in std::mem::take(&mut reading.unknown) {
        reading.draft.note(
            "",
            format!(
                "not carried over: the data \u{201c}{name}\u{201d} of {}",
                counted(times, "element")
            ),
        );
    }
    reading.draft.finish("Graph")
}

struct Reading<'a> {
    catalog: &'a Catalog,
    draft: Draft,
    /// How often data without a field of their name were met.
    unknown: BTreeMap<String, usize>,
}

impl Reading<'_> {
    /// Groups become stages, other nodes touchpoints: their numbers by their ids.
    fn nodes(&mut self, nodes: &[Element], ours: bool) -> HashMap<String, usize> {
        let mut stages: HashMap<usize, usize> = HashMap::new();
        for (number, group) in nodes.iter().enumerate().filter(|(_, node)| node.holds) {
            let mut row = DraftRow::at(place(group));
            let label = group
                .data
                .iter()
                .find(|(name, _)| name == "label" || name == "name");
            row.say(
                "name",
                one_line(label.map_or(group.id.as_str(), |(_, label)| label)),
            );
            stages.insert(number, self.draft.stages.push(row));
        }
        let mut known = HashMap::new();
        for node in nodes.iter().filter(|node| !node.holds) {
            let stage = node.within.and_then(|group| stages.get(&group).copied());
            let number = if ours {
                self.own(node)
            } else {
                self.foreign(node, stage)
            };
            known.entry(node.id.clone()).or_insert(number);
        }
        known
    }

    fn own(&mut self, node: &Element) -> usize {
        let row = self.own_row(node, Entity::Touchpoint);
        self.draft.own_touchpoint(row)
    }

    fn own_row(&mut self, element: &Element, entity: Entity) -> DraftRow {
        let mut fields = Fields::new();
        let mut unread = Vec::new();
        fields.insert("id".to_owned(), Value::from(element.id.as_str()));
        for (name, text) in element.data.iter().filter(|(name, _)| name != "stage_name") {
            if let Err(reason) = carried::take(entity, name, text, &mut fields) {
                self.draft.note(place(element), reason);
                unread.push(name.as_str());
            }
        }
        let mut row = carried::own_row(entity, fields, &place(element));
        row.hush(&unread);
        row
    }

    fn foreign(&mut self, node: &Element, stage: Option<usize>) -> usize {
        let mut touchpoint = DraftTouchpoint {
            row: DraftRow::at(place(node)),
            stage,
            ..DraftTouchpoint::default()
        };
        touchpoint.row.given = Some(node.id.clone()).filter(|id| !id.is_empty());
        if stage.is_some() {
            touchpoint.row.speaks.insert("stage".to_owned());
        }
        for (column, parsed) in self.data(node, columns::TOUCHPOINT) {
            let row = &mut touchpoint.row;
            match (column.field, parsed) {
                ("id", _) | (_, Parsed::Nothing) => {}
                ("name", Parsed::Value(Value::String(name))) => row.say("name", one_line(&name)),
                ("stage", Parsed::Reference(text)) if touchpoint.stage.is_none() => {
                    row.speaks.insert("stage".to_owned());
                    touchpoint.stage = Some(self.draft.stages.refer(&text));
                }
                ("system", Parsed::Reference(text)) => {
                    row.speaks.insert("system".to_owned());
                    touchpoint.system = Some(self.draft.systems.refer(&text));
                }
                ("audiences", Parsed::References(texts)) => {
                    row.speaks.insert("audiences".to_owned());
                    touchpoint.audiences = texts
                        .iter()
                        .map(|text| self.draft.audiences.refer(text))
                        .collect();
                    touchpoint.audiences.sort_unstable();
                    touchpoint.audiences.dedup();
                }
                (_, Parsed::Kind(words)) => {
                    row.say("kind", words.kind);
                    for (field, word) in [("rank", words.rank), ("driver", words.driver)] {
                        if let Some(word) = word {
                            row.say(field, word);
                        }
                    }
                }
                (field, Parsed::Value(value)) => row.say(field, value),
                _ => {}
            }
        }
        if touchpoint.row.name().is_empty() {
            touchpoint.row.say("name", node.id.as_str());
        }
        self.draft.touchpoints.push(touchpoint);
        self.draft.touchpoints.len() - 1
    }

    /// Data that are called like a field, read as its value; each field once.
    fn data(
        &mut self,
        element: &Element,
        columns: &'static [Column],
    ) -> Vec<(&'static Column, Parsed)> {
        let mut found: Vec<(&'static Column, Parsed)> = Vec::new();
        for (name, text) in &element.data {
            // What yEd draws with has no words.
            if text.trim().is_empty() {
                continue;
            }
            let column = columns::meant_by(columns, name)
                .filter(|column| found.iter().all(|(other, _)| other.field != column.field));
            let Some(column) = column else {
                *self.unknown.entry(name.clone()).or_default() += 1;
                continue;
            };
            match parse(column.shape, &Cell::text(listed(text)), self.catalog) {
                Ok(parsed) => found.push((column, parsed)),
                Err(reason) => self.draft.note(
                    place(element),
                    format!("its data \u{201c}{name}\u{201d} were left out: {reason}"),
                ),
            }
        }
        found
    }

    fn edge(
        &mut self,
        edge: &Element,
        ours: bool,
        known: &HashMap<String, usize>,
    ) -> Result<(), ImportError> {
        let Some((source, target)) = &edge.ends else {
            return Ok(());
        };
        let (from, to) = match (known.get(source), known.get(target)) {
            (Some(from), Some(to)) => (*from, *to),
            (found, _) => {
                let missing = if found.is_none() { source } else { target };
                self.draft.note(place(edge), format!("it was left out: \u{201c}{missing}\u{201d} is no node of the graph, or a group"));
                return Ok(());
            }
        };
        if !edge.directed {
            self.draft.note(
                place(edge),
                "it has no direction; it was taken to run from its source to its target",
            );
        }
        let mut row = if ours {
            self.own_row(edge, Entity::Link)
        } else {
            DraftRow::at(place(edge))
        };
        if !ours {
            for (column, parsed) in self.data(edge, columns::LINK) {
                if let (false, Parsed::Value(value)) = (column.field == "id", parsed) {
                    row.say(column.field, value);
                }
            }
            row.speaks.extend(["from", "to"].map(str::to_owned));
        }
        self.draft.links.push(DraftLink { row, from, to });
        Ok(())
    }
}

fn place(element: &Element) -> String {
    match &element.ends {
        Some((source, target)) => format!("line {}, edge {source} to {target}", element.line),
        None => format!("line {}, node {}", element.line, element.id),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Other programs hand our lists on as the JSON they came in.
fn listed(text: &str) -> String {
    let items = serde_json::from_str::<Vec<String>>(text).ok();
    items.map_or_else(|| text.to_owned(), |items| list::join(&items))
}
