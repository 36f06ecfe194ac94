//! The cells of one page as they stand: shapes, connectors and what they carry, before anybody asks what they mean.

use std::collections::{HashMap, HashSet};

use crate::import::ImportError;
use crate::placement::Frame;
use crate::xml::{Piece, Tag};

/// The most cells that are read from a page.
const MOST: usize = 500_000;

/// A shape, a connector, a layer or a group.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    pub(super) id: String,
    pub(super) parent: String,
    /// Its label as it stands, HTML or not.
    pub(super) label: String,
    pub(super) style: String,
    pub(super) is_vertex: bool,
    pub(super) is_edge: bool,
    pub(super) source: Option<String>,
    pub(super) target: Option<String>,
    /// Where it is within its parent.
    pub(super) frame: Option<Frame>,
    /// Whether its place is a share of its parent's length or size.
    pub(super) is_relative: bool,
    pub(super) source_point: Option<(f64, f64)>,
    pub(super) target_point: Option<(f64, f64)>,
    /// What the planner attached to it.
    pub(super) data: Vec<(String, String)>,
    pub(super) line: usize,
}

impl Cell {
    /// What a key of its style holds.
    pub(super) fn style_value(&self, key: &str) -> Option<&str> {
        let mut parts = self.style.split(';');
        parts.find_map(|part| part.trim().strip_prefix(key)?.strip_prefix('='))
    }

    /// Whether its style names a word.
    pub(super) fn has_style(&self, word: &str) -> bool {
        self.style.split(';').any(|part| part.trim() == word)
    }

    pub(super) fn datum(&self, name: &str) -> Option<&str> {
        self.data
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The cells of a page in their order, found by id.
#[derive(Debug, Default)]
pub(super) struct Cells {
    cells: Vec<Cell>,
    by_id: HashMap<String, usize>,
}

impl Cells {
    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter()
    }

    pub(super) fn get(&self, id: &str) -> Option<&Cell> {
        self.cells.get(*self.by_id.get(id)?)
    }

    /// Parents from the nearest to the furthest; a circle ends where it closes.
    pub(super) fn above<'a>(&'a self, cell: &'a Cell) -> impl Iterator<Item = &'a Cell> {
        let mut seen: HashSet<&str> = HashSet::from([cell.id.as_str()]);
        std::iter::successors(self.get(&cell.parent), |cell| self.get(&cell.parent))
            .take_while(move |parent| seen.insert(parent.id.as_str()))
            .take(256)
    }

    /// Where a cell's corner stands on the page.
    pub(super) fn origin(&self, cell: &Cell) -> (f64, f64) {
        let shapes = self
            .above(cell)
            .filter(|parent| parent.is_vertex && !parent.is_relative);
        shapes
            .filter_map(|parent| parent.frame)
            .fold((0.0, 0.0), |(x, y), frame| (x + frame.x, y + frame.y))
    }

    /// Where a cell stands on the page.
    pub(super) fn frame(&self, cell: &Cell) -> Option<Frame> {
        let (x, y) = self.origin(cell);
        let frame = cell.frame?;
        Some(Frame {
            x: frame.x + x,
            y: frame.y + y,
            ..frame
        })
    }

    fn push(&mut self, cell: Cell) -> Result<(), ImportError> {
        if self.cells.len() == MOST {
            return Err(ImportError::whole(format!(
                "a page has more than {MOST} shapes"
            )));
        }
        self.by_id
            .entry(cell.id.clone())
            .or_insert(self.cells.len());
        self.cells.push(cell);
        Ok(())
    }
}

/// Picks cells out of a stream of pieces.
#[derive(Debug, Default)]
pub(super) struct Picking {
    pub(super) cells: Cells,
    /// For each open tag, whether it is the one that a cell ends with.
    open: Vec<bool>,
    cell: Option<Cell>,
    /// Whether the open cell is wrapped in an object, which has its id and label.
    wrapped: bool,
}

impl Picking {
    pub(super) fn take(&mut self, piece: Piece) -> Result<(), ImportError> {
        match piece {
            Piece::Open(tag) => {
                let begins = self.begins(&tag);
                self.open.push(begins);
            }
            Piece::Close => {
                if self.open.pop() == Some(true) {
                    self.wrapped = false;
                    if let Some(cell) = self.cell.take() {
                        self.cells.push(cell)?;
                    }
                }
            }
            Piece::Text(_) => {}
        }
        Ok(())
    }

    /// Takes a tag in; says whether a cell ends with it.
    fn begins(&mut self, tag: &Tag) -> bool {
        match tag.name.as_str() {
            "object" | "UserObject" if self.cell.is_none() => {
                self.cell = Some(wrapper(tag));
                self.wrapped = true;
                true
            }
            "mxCell" if self.wrapped => {
                if let Some(cell) = &mut self.cell {
                    place(cell, tag);
                }
                false
            }
            "mxCell" if self.cell.is_none() => {
                let mut cell = Cell {
                    id: tag.get("id").unwrap_or_default().to_owned(),
                    label: tag.get("value").unwrap_or_default().to_owned(),
                    line: tag.line,
                    ..Cell::default()
                };
                place(&mut cell, tag);
                self.cell = Some(cell);
                true
            }
            "mxGeometry" => {
                if let Some(cell) = &mut self.cell {
                    geometry(cell, tag);
                }
                false
            }
            "mxPoint" => {
                if let Some(cell) = &mut self.cell {
                    let point = (
                        tag.number("x").unwrap_or_default(),
                        tag.number("y").unwrap_or_default(),
                    );
                    match tag.get("as") {
                        Some("sourcePoint") => cell.source_point = Some(point),
                        Some("targetPoint") => cell.target_point = Some(point),
                        _ => {}
                    }
                }
                false
            }
            _ => false,
        }
    }
}

fn wrapper(tag: &Tag) -> Cell {
    let own = ["id", "label"];
    Cell {
        id: tag.get("id").unwrap_or_default().to_owned(),
        label: tag.get("label").unwrap_or_default().to_owned(),
        data: tag
            .attributes
            .iter()
            .filter(|(name, _)| !own.contains(&name.as_str()))
            .cloned()
            .collect(),
        line: tag.line,
        ..Cell::default()
    }
}

fn place(cell: &mut Cell, tag: &Tag) {
    let text = |name: &str| tag.get(name).map(str::to_owned);
    cell.parent = text("parent").unwrap_or_default();
    cell.style = text("style").unwrap_or_default();
    cell.is_vertex = tag.get("vertex") == Some("1");
    cell.is_edge = tag.get("edge") == Some("1");
    cell.source = text("source").filter(|id| !id.is_empty());
    cell.target = text("target").filter(|id| !id.is_empty());
}

fn geometry(cell: &mut Cell, tag: &Tag) {
    let side = |name: &str| tag.number(name).unwrap_or_default();
    cell.is_relative = tag.get("relative") == Some("1");
    cell.frame = Some(Frame {
        x: side("x"),
        y: side("y"),
        width: side("width").max(0.0),
        height: side("height").max(0.0),
    });
}
