//! A GraphML document as nodes and edges with their data, before anybody asks what the data mean. Labels that yEd
//! draws count as data called `label`.

use std::collections::HashMap;

use crate::import::ImportError;
use crate::xml::{Piece, Pieces, Tag, decode};

/// The most nodes and edges that are read.
const MOST: usize = 500_000;

/// A node or an edge.
#[derive(Debug, Default, Clone)]
pub(super) struct Element {
    pub(super) id: String,
    /// Data by the names of their keys.
    pub(super) data: Vec<(String, String)>,
    pub(super) line: usize,
    /// Of a node: the number of the node whose graph it stands in.
    pub(super) within: Option<usize>,
    /// Of a node: whether it holds a graph.
    pub(super) holds: bool,
    /// Of an edge.
    pub(super) ends: Option<(String, String)>,
    /// Of an edge: whether it has a direction.
    pub(super) directed: bool,
}

/// A document taken apart.
#[derive(Debug, Default)]
pub(super) struct Elements {
    pub(super) nodes: Vec<Element>,
    pub(super) edges: Vec<Element>,
    /// Data of the graph itself.
    pub(super) graph: Vec<(String, String)>,
    /// Whether its keys are ours.
    pub(super) ours: bool,
    /// What was found that has no place here: `hyperedge`, `port`.
    pub(super) strange: Vec<(String, usize)>,
}

/// What is open while the document is read.
enum Open {
    Graph {
        directed: bool,
    },
    Node(usize),
    Edge(usize),
    Data {
        key: String,
        text: String,
        label: Option<String>,
    },
    Label(String),
    Other,
}

/// Takes a document apart.
///
/// # Errors
/// When it is not well-formed or not GraphML.
pub(super) fn elements(bytes: &[u8]) -> Result<Elements, ImportError> {
    let text = decode(bytes)?;
    let mut pieces = Pieces::of(&text);
    let mut taking = Taking::default();
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Open(tag) => taking.open(&tag)?,
            Piece::Close => taking.close(),
            Piece::Text(text) => taking.text(&text),
        }
    }
    if !taking.rooted {
        return Err(ImportError::whole("it holds no graph"));
    }
    Ok(taking.found)
}

#[derive(Default)]
struct Taking {
    found: Elements,
    open: Vec<Open>,
    keys: HashMap<String, String>,
    rooted: bool,
}

impl Taking {
    fn open(&mut self, tag: &Tag) -> Result<(), ImportError> {
        if !self.rooted {
            if tag.name != "graphml" {
                return Err(ImportError::whole(format!(
                    "it is XML, but no GraphML: it begins with <{}>",
                    tag.name
                )));
            }
            self.rooted = true;
        }
        let in_data = self
            .open
            .iter()
            .any(|open| matches!(open, Open::Data { .. }));
        let opened = match tag.name.as_str() {
            "NodeLabel" | "EdgeLabel" if in_data => Open::Label(String::new()),
            _ if in_data => Open::Other,
            "key" => {
                self.key(tag);
                Open::Other
            }
            "graph" => {
                if let Some(Open::Node(node)) = self.open.last()
                    && let Some(node) = self.found.nodes.get_mut(*node)
                {
                    node.holds = true;
                }
                Open::Graph {
                    directed: tag.get("edgedefault") != Some("undirected"),
                }
            }
            "node" => Open::Node(self.node(tag)?),
            "edge" => Open::Edge(self.edge(tag)?),
            "data" => Open::Data {
                key: tag.get("key").unwrap_or_default().to_owned(),
                text: String::new(),
                label: None,
            },
            "hyperedge" | "port" => {
                self.found.strange.push((tag.name.clone(), tag.line));
                Open::Other
            }
            _ => Open::Other,
        };
        self.open.push(opened);
        Ok(())
    }

    fn key(&mut self, tag: &Tag) {
        let id = tag.get("id").unwrap_or_default();
        self.found.ours |= id == super::OURS;
        // Keys without a name hold drawings of yEd.
        let name = tag
            .get("attr.name")
            .or_else(|| tag.get("yfiles.type"))
            .unwrap_or(id);
        self.keys.insert(id.to_owned(), name.to_owned());
    }

    fn within(&self) -> Option<usize> {
        self.open.iter().rev().find_map(|open| match open {
            Open::Node(node) => Some(*node),
            _ => None,
        })
    }

    fn room(&self) -> Result<(), ImportError> {
        if self.found.nodes.len() + self.found.edges.len() >= MOST {
            return Err(ImportError::whole(format!(
                "it has more than {MOST} nodes and edges"
            )));
        }
        Ok(())
    }

    fn node(&mut self, tag: &Tag) -> Result<usize, ImportError> {
        self.room()?;
        let node = Element {
            id: tag.get("id").unwrap_or_default().to_owned(),
            line: tag.line,
            within: self.within(),
            ..Element::default()
        };
        self.found.nodes.push(node);
        Ok(self.found.nodes.len() - 1)
    }

    fn edge(&mut self, tag: &Tag) -> Result<usize, ImportError> {
        self.room()?;
        let default = self.open.iter().rev().find_map(|open| match open {
            Open::Graph { directed } => Some(*directed),
            _ => None,
        });
        let directed = tag
            .get("directed")
            .map_or(default.unwrap_or(true), |directed| directed != "false");
        let text = |name: &str| tag.get(name).unwrap_or_default().to_owned();
        let ends = Some((text("source"), text("target")));
        self.found.edges.push(Element {
            id: text("id"),
            line: tag.line,
            ends,
            directed,
            ..Element::default()
        });
        Ok(self.found.edges.len() - 1)
    }

    fn text(&mut self, piece: &str) {
        if let Some(Open::Data { text, .. } | Open::Label(text)) = self.open.last_mut() {
            text.push_str(piece);
        }
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Label(words)) => {
                let data = self.open.iter_mut().rev().find_map(|open| match open {
                    Open::Data { label, .. } => Some(label),
                    _ => None,
                });
                // A folded group has a second label; the first is its own.
                if let Some(label) = data.filter(|label| label.is_none()) {
                    *label = Some(words.trim().to_owned()).filter(|words| !words.is_empty());
                }
            }
            Some(Open::Data { key, text, label }) => {
                let name = self.keys.get(&key).cloned().unwrap_or(key);
                let datum = match label {
                    Some(label) => ("label".to_owned(), label),
                    None => (name, text),
                };
                let list = match self.open.last() {
                    Some(Open::Node(node)) => {
                        self.found.nodes.get_mut(*node).map(|node| &mut node.data)
                    }
                    Some(Open::Edge(edge)) => {
                        self.found.edges.get_mut(*edge).map(|edge| &mut edge.data)
                    }
                    Some(Open::Graph { .. }) => Some(&mut self.found.graph),
                    _ => None,
                };
                if let Some(list) = list {
                    list.push(datum);
                }
            }
            _ => {}
        }
    }
}
