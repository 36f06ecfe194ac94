//! A flowchart as a map: subgraphs become stages, nodes touchpoints, arrows links. What only dresses the chart is left
//! out without a word; what says something and has no place is noted.

use std::collections::HashMap;
use std::rc::Rc;

use backcast_model::MOST_TOUCHPOINTS;
use serde_json::Value;

use super::chain::{Arrow, Node, Step, chain};
use super::statements::{Chart, Statement, statements};
use super::{STAGE, TOUCHPOINT, label, unspelled};
use crate::draft::{Draft, DraftLink, DraftRow, DraftTouchpoint};
use crate::import::{ImportError, Imported, Note};
use crate::parse::kind;

/// The most links that arrows may make: nodes on both sides of one arrow are multiplied.
const MOST_LINKS: usize = 4 * MOST_TOUCHPOINTS;

/// The most bytes that all links may carry as words: an arrow's words stand on each of its links.
const MOST_WORDS: usize = 64 * 1024 * 1024;

/// Reads a flowchart as a map.
///
/// # Errors
/// When it is another kind of Mermaid diagram, or a line is no statement of a flowchart.
pub fn read(bytes: &[u8]) -> Result<Imported, ImportError> {
    let chart = statements(bytes)?;
    let Chart {
        title,
        ours,
        statements,
    } = chart;
    let mut statements = statements.into_iter();
    let head = statements
        .next()
        .ok_or_else(|| ImportError::whole("it is empty"))?;
    let word = head.text.split_whitespace().next().unwrap_or_default();
    if !matches!(word, "flowchart" | "graph" | "flowchart-elk") {
        return Err(ImportError::at(
            at(&head),
            format!(
                "only flowcharts are read (flowchart LR), and this begins with \u{201c}{word}\u{201d}"
            ),
        ));
    }
    let mut reading = Reading {
        ours,
        ..Reading::default()
    };
    for statement in statements {
        reading
            .statement(&statement)
            .map_err(|reason| ImportError::at(at(&statement), reason))?;
    }
    if let Some(title) = &title {
        reading
            .draft
            .properties
            .insert("title".to_owned(), Value::from(title.as_str()));
    }
    reading.finish(title.as_deref().unwrap_or("Flowchart"))
}

fn at(statement: &Statement) -> String {
    format!("line {}", statement.line)
}

/// A subgraph.
#[derive(Default)]
struct Subgraph {
    id: String,
    title: String,
    line: usize,
    nodes: usize,
}

/// An arrow between two nodes, by their numbers.
struct Drawn {
    from: usize,
    to: usize,
    arrow: Rc<Arrow>,
    line: usize,
}

/// A node that was named.
struct Known {
    node: Node,
    stage: Option<usize>,
    line: usize,
}

#[derive(Default)]
struct Reading {
    ours: bool,
    subgraphs: Vec<Subgraph>,
    /// Subgraphs that are open, innermost last.
    open: Vec<usize>,
    nodes: Vec<Known>,
    by_id: HashMap<String, usize>,
    arrows: Vec<Drawn>,
    /// The bytes of the arrows' words.
    words: usize,
    draft: Draft,
}

impl Reading {
    fn statement(&mut self, statement: &Statement) -> Result<(), String> {
        let text = statement.text.as_str();
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        match word {
            "subgraph" => self.subgraph(rest.trim(), statement.line),
            "end" if rest.is_empty() => {
                if self.open.pop().is_none() {
                    return Err("an end without a subgraph".to_owned());
                }
            }
            "class" => self.classes(rest),
            "click" => self
                .draft
                .note(at(statement), "the address of a click was not carried over"),
            "direction" | "classDef" | "style" | "linkStyle" | "accTitle" | "accTitle:"
            | "accDescr" | "accDescr:" => {}
            _ if text.contains("@{")
                && text.split_once("@{").is_some_and(|(edge, _)| {
                    edge.chars().all(char::is_alphanumeric)
                        && !self.by_id.contains_key(edge)
                        && text.contains("animat")
                }) => {}
            _ => self.chain(chain(text)?, statement.line)?,
        }
        Ok(())
    }

    /// `subgraph id [Title]`, `subgraph "Title"`, `subgraph Several words`.
    fn subgraph(&mut self, text: &str, line: usize) {
        let bracketed = text
            .split_once('[')
            .filter(|(id, _)| !id.trim().contains(char::is_whitespace));
        let (id, title) = match bracketed {
            Some((id, title)) => (id.trim(), title.trim_end().trim_end_matches(']').trim()),
            None => (text, text),
        };
        let bare = |text: &str| {
            text.strip_prefix('"')
                .and_then(|text| text.strip_suffix('"'))
                .unwrap_or(text)
                .to_owned()
        };
        self.open.push(self.subgraphs.len());
        self.subgraphs.push(Subgraph {
            id: bare(id),
            title: bare(title),
            line,
            nodes: 0,
        });
    }

    /// `class A,B goal`.
    fn classes(&mut self, text: &str) {
        let Some((ids, class)) = text.trim().rsplit_once(char::is_whitespace) else {
            return;
        };
        for id in ids.split(',').map(str::trim) {
            if let Some(known) = self
                .by_id
                .get(id)
                .and_then(|number| self.nodes.get_mut(*number))
            {
                known.node.class = Some(class.to_owned());
            }
        }
    }

    fn chain(&mut self, steps: Vec<Step>, line: usize) -> Result<(), String> {
        let mut before: Option<(Vec<usize>, Arrow)> = None;
        for step in steps {
            let mut nodes = Vec::with_capacity(step.nodes.len());
            for node in step.nodes {
                nodes.push(self.node(node, line)?);
            }
            if let Some((from, arrow)) = before.take().filter(|(_, arrow)| !arrow.invisible) {
                self.arrows(&from, &nodes, arrow, line)?;
            }
            before = step.arrow.map(|arrow| (nodes, arrow));
        }
        Ok(())
    }

    /// An arrow from each of some nodes to each of others.
    fn arrows(
        &mut self,
        from: &[usize],
        to: &[usize],
        arrow: Arrow,
        line: usize,
    ) -> Result<(), String> {
        let made = from.len().saturating_mul(to.len());
        let words = made.saturating_mul(arrow.label.as_ref().map_or(0, String::len));
        self.words = self.words.saturating_add(words);
        if made > MOST_LINKS.saturating_sub(self.arrows.len()) || self.words > MOST_WORDS {
            return Err(format!(
                "its arrows make more than the {MOST_LINKS} links, or carry more words, than a map holds; split the chart"
            ));
        }
        let arrow = Rc::new(arrow);
        for from in from {
            self.arrows.extend(to.iter().map(|to| Drawn {
                from: *from,
                to: *to,
                arrow: Rc::clone(&arrow),
                line,
            }));
        }
        Ok(())
    }

    /// A node belongs to the first subgraph that names it; its last label counts.
    fn node(&mut self, node: Node, line: usize) -> Result<usize, String> {
        if self.nodes.len() >= MOST_TOUCHPOINTS && !self.by_id.contains_key(&node.id) {
            return Err(format!(
                "it has more than {MOST_TOUCHPOINTS} nodes, which no map holds; split the chart"
            ));
        }
        let stage = self.open.last().copied();
        let number = *self.by_id.entry(node.id.clone()).or_insert_with(|| {
            self.nodes.push(Known {
                node: Node {
                    id: node.id.clone(),
                    ..Node::default()
                },
                stage: None,
                line,
            });
            self.nodes.len() - 1
        });
        if let Some(known) = self.nodes.get_mut(number) {
            known.stage = known.stage.or(stage);
            known.node.label = node.label.or(known.node.label.take());
            known.node.class = node.class.or(known.node.class.take());
        }
        Ok(number)
    }

    fn finish(mut self, title: &str) -> Result<Imported, ImportError> {
        if let Some(open) = self
            .open
            .last()
            .and_then(|number| self.subgraphs.get(*number))
        {
            return Err(ImportError::at(
                format!("line {}", open.line),
                "this subgraph has no end",
            ));
        }
        let nodes = std::mem::take(&mut self.nodes);
        let subgraphs: HashMap<String, usize> = self
            .subgraphs
            .iter()
            .enumerate()
            .map(|(number, subgraph)| (subgraph.id.clone(), number))
            .collect();
        // A subgraph that an arrow names is no node.
        let is_node =
            |known: &&Known| known.node.label.is_some() || !subgraphs.contains_key(&known.node.id);
        for known in nodes.iter().filter(is_node) {
            if let Some(subgraph) = known.stage.and_then(|stage| self.subgraphs.get_mut(stage)) {
                subgraph.nodes += 1;
            }
        }
        let stages = self.stages();
        let mut touchpoints: HashMap<String, usize> = HashMap::new();
        for known in nodes.iter().filter(is_node) {
            let row = touchpoint(known, self.ours, &mut self.draft.notes);
            let stage = known.stage.and_then(|stage| stages.get(&stage).copied());
            touchpoints.insert(known.node.id.clone(), self.draft.touchpoints.len());
            self.draft.touchpoints.push(DraftTouchpoint {
                row,
                stage,
                ..DraftTouchpoint::default()
            });
        }
        let id = |number: usize| nodes.get(number).map_or("", |known| known.node.id.as_str());
        for drawn in std::mem::take(&mut self.arrows) {
            let (from, to, line) = (id(drawn.from), id(drawn.to), drawn.line);
            match (touchpoints.get(from), touchpoints.get(to)) {
                (Some(from), Some(to)) => self.link(*from, *to, &drawn.arrow, line),
                (from_found, _) => {
                    let stage = if from_found.is_none() { from } else { to };
                    self.draft.note(format!("line {line}"), format!("an arrow to or from the subgraph {stage} was left out; links join touchpoints"));
                }
            }
        }
        self.draft.finish(title)
    }

    /// Stages by the number of their subgraph. A subgraph of subgraphs alone is none.
    fn stages(&mut self) -> HashMap<usize, usize> {
        let mut stages = HashMap::new();
        let nested = self.subgraphs.len() > 1;
        for (number, subgraph) in self.subgraphs.iter().enumerate() {
            let mut row = DraftRow::at(format!("line {}", subgraph.line));
            let own = subgraph.id.strip_prefix(STAGE).filter(|_| self.ours);
            let name = label(&subgraph.title, self.ours);
            if subgraph.nodes == 0 && own.is_none() && nested {
                let text = format!(
                    "the subgraph \u{201c}{name}\u{201d} holds no nodes of its own and is no stage"
                );
                self.draft.notes.push(Note::new(row.place, text));
                continue;
            }
            row.given = own.map(unspelled);
            row.say("name", name);
            stages.insert(number, self.draft.stages.push(row));
        }
        stages
    }

    fn link(&mut self, from: usize, to: usize, arrow: &Arrow, line: usize) {
        let mut row = DraftRow::at(format!("line {line}"));
        let cta = arrow
            .label
            .as_deref()
            .map(|text| label(text, self.ours))
            .filter(|text| !text.is_empty());
        if let Some(cta) = cta {
            row.say("cta", cta);
        }
        row.speaks.extend(["from", "to", "cta"].map(str::to_owned));
        match (arrow.back, arrow.forward) {
            (true, false) => self.draft.links.push(DraftLink {
                row,
                from: to,
                to: from,
            }),
            (true, true) => {
                self.draft.note(
                    row.place.clone(),
                    "an arrow with two heads became two links",
                );
                self.draft.links.push(DraftLink {
                    row: row.clone(),
                    from,
                    to,
                });
                self.draft.links.push(DraftLink {
                    row,
                    from: to,
                    to: from,
                });
            }
            (false, false) => {
                self.draft.note(
                    row.place.clone(),
                    "a line without a head was taken to run from its start to its end",
                );
                self.draft.links.push(DraftLink { row, from, to });
            }
            (false, true) => self.draft.links.push(DraftLink { row, from, to }),
        }
    }
}

fn touchpoint(known: &Known, ours: bool, notes: &mut Vec<Note>) -> DraftRow {
    let mut row = DraftRow::at(format!("line {}", known.line));
    let own = known.node.id.strip_prefix(TOUCHPOINT).filter(|_| ours);
    row.given = own.map(unspelled);
    let name = known
        .node
        .label
        .as_deref()
        .map(|text| label(text, own.is_some()));
    row.say("name", name.unwrap_or_else(|| known.node.id.clone()));
    row.speaks.insert("stage".to_owned());
    let Some(class) = &known.node.class else {
        return row;
    };
    match kind(class) {
        Ok(words) => {
            row.say("kind", words.kind);
            // Of a driver the class says no rank, of a destination no driver type.
            let (field, word) = if words.kind == "destination" {
                ("rank", words.rank)
            } else {
                ("driver", words.driver)
            };
            match word {
                Some(word) => row.say(field, word),
                None if own.is_some() => drop(row.speaks.insert(field.to_owned())),
                None => {}
            }
        }
        Err(_) => notes.push(Note::new(
            row.place.clone(),
            format!("the class {class} was not carried over"),
        )),
    }
    row
}
