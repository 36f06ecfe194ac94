//! What the shapes of a page are: lanes that are stages, shapes that are touchpoints, and the rest that is named and
//! left out. Decides by style, by what stands in what, and by what connectors hold on to.

use std::collections::{HashMap, HashSet};

use backcast_model::Entity;

use super::cells::{Cell, Cells};
use super::{ENTITY, PREFIX};
use crate::html;

/// What a shape is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A stage.
    Lane,
    /// A touchpoint.
    Touchpoint,
    /// Words on a connector.
    EdgeLabel,
    /// A shape that is part of a touchpoint's drawing.
    Part,
    /// Holds others together and says nothing.
    Group,
    /// A lane of lanes.
    Pool,
    /// Words that nothing is connected to.
    Words,
    /// A picture or line without words that nothing is connected to.
    Decoration,
}

/// The role of every shape, by its cell's id.
pub(super) fn roles(cells: &Cells) -> HashMap<&str, Role> {
    let shapes = || cells.iter().filter(|cell| cell.is_vertex);
    let connected: HashSet<&str> = cells
        .iter()
        .filter(|cell| cell.is_edge)
        .flat_map(|edge| [edge.source.as_deref(), edge.target.as_deref()])
        .flatten()
        .collect();
    // Words on a line are no content of it.
    let inner = |cell: &Cell| {
        cells
            .get(&cell.parent)
            .is_some_and(|parent| parent.is_vertex)
            && !cell.is_relative
    };
    let filled: HashSet<&str> = shapes()
        .filter(|cell| inner(cell))
        .map(|cell| cell.parent.as_str())
        .collect();
    let drawn_over = drawn_over(cells);
    let holds_lanes: HashSet<&str> = shapes()
        .filter(|cell| looks_like_lane(cell))
        .map(|cell| cell.parent.as_str())
        .collect();
    let mut roles: HashMap<&str, Role> = HashMap::new();
    for cell in shapes() {
        let around = About {
            connected: connected.contains(cell.id.as_str()),
            filled: filled.contains(cell.id.as_str()) || drawn_over.contains(cell.id.as_str()),
            holds_lanes: holds_lanes.contains(cell.id.as_str()),
        };
        roles.insert(cell.id.as_str(), alone(cells, cell, &around));
    }
    let parts: Vec<&str> = shapes()
        .filter(|cell| is_part(cells, cell, &roles))
        .map(|cell| cell.id.as_str())
        .collect();
    roles.extend(parts.into_iter().map(|id| (id, Role::Part)));
    roles
}

/// Lanes that other shapes are drawn over without standing in them.
fn drawn_over(cells: &Cells) -> HashSet<&str> {
    let others = cells
        .iter()
        .filter(|cell| cell.is_vertex && !cell.is_relative && !looks_like_lane(cell));
    let centres: Vec<(f64, f64)> = others
        .filter_map(|cell| Some(cells.frame(cell)?.centre()))
        .collect();
    let lanes = cells.iter().filter(|cell| looks_like_lane(cell));
    let over = lanes.filter(|lane| {
        cells
            .frame(lane)
            .is_some_and(|frame| centres.iter().any(|centre| frame.holds(*centre)))
    });
    over.map(|lane| lane.id.as_str()).collect()
}

/// What is known around a shape.
struct About {
    connected: bool,
    filled: bool,
    holds_lanes: bool,
}

pub(super) fn looks_like_lane(cell: &Cell) -> bool {
    cell.is_vertex
        && (cell.has_style("swimlane")
            || cell.style_value("shape") == Some("swimlane")
            || cell.datum(ENTITY) == Some(Entity::Stage.as_str()))
}

/// A shape's role, apart from what it stands in.
fn alone(cells: &Cells, cell: &Cell, about: &About) -> Role {
    let words = !label(cell).is_empty();
    match cell.datum(ENTITY) {
        Some("stage") => return Role::Lane,
        Some("touchpoint") => return Role::Touchpoint,
        _ => {}
    }
    if cells.get(&cell.parent).is_some_and(|parent| parent.is_edge) {
        return Role::EdgeLabel;
    }
    if looks_like_lane(cell) {
        return match (about.holds_lanes, about.filled, about.connected) {
            (true, _, _) => Role::Pool,
            (false, false, true) => Role::Touchpoint,
            (false, _, _) => Role::Lane,
        };
    }
    let container = cell.style_value("container") == Some("1") || cell.has_style("group");
    if container && about.filled && !about.connected {
        return if words { Role::Lane } else { Role::Group };
    }
    if about.connected {
        return Role::Touchpoint;
    }
    if !words {
        return Role::Decoration;
    }
    if cell.has_style("text") || cell.style_value("shape") == Some("note") {
        Role::Words
    } else {
        Role::Touchpoint
    }
}

/// Whether a shape stands in the drawing of a touchpoint.
fn is_part(cells: &Cells, cell: &Cell, roles: &HashMap<&str, Role>) -> bool {
    let role = |cell: &Cell| roles.get(cell.id.as_str()).copied();
    matches!(
        role(cell),
        Some(Role::Touchpoint | Role::Words | Role::Decoration)
    ) && cell.datum(ENTITY).is_none()
        && cells
            .get(&cell.parent)
            .is_some_and(|parent| role(parent) == Some(Role::Touchpoint))
}

/// What a person reads on a shape or a connector, in one line.
pub(super) fn label(cell: &Cell) -> String {
    let label = with_data(cell);
    let is_html = cell.style_value("html") == Some("1");
    let text = if is_html {
        html::to_text(&label)
    } else {
        label
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The longest label that data are put into, in bytes: data may name each other, and double at every step.
const LONGEST: usize = 256 * 1024;

/// Labels may name what is attached to the shape: `%owner%`.
fn with_data(cell: &Cell) -> String {
    let mut label = cell.label.clone();
    if cell.datum("placeholders") == Some("1") {
        for (name, value) in cell
            .data
            .iter()
            .filter(|(name, _)| !name.starts_with(PREFIX))
        {
            let named = format!("%{name}%");
            let grown = label.matches(&named).count().saturating_mul(value.len());
            if label.len().saturating_add(grown) > LONGEST {
                break;
            }
            label = label.replace(&named, value);
        }
    }
    label
}

/// A name as it was carried when the label still shows it, else what the label says now.
pub(super) fn named(cell: &Cell, carried: Option<&str>) -> String {
    match carried {
        Some(carried) if html::from_text(carried) == cell.label => carried.to_owned(),
        _ => label(cell),
    }
}

/// What a cell's place is called.
pub(super) fn place(page: &str, cell: &Cell) -> String {
    let name = label(cell);
    let short: String = name.chars().take(40).collect();
    let what = match (cell.is_edge, short.is_empty()) {
        (true, true) => format!("a connector (line {})", cell.line),
        (true, false) => format!("connector \u{201c}{short}\u{201d}"),
        (false, true) => format!("a shape (line {})", cell.line),
        (false, false) => format!("shape \u{201c}{short}\u{201d}"),
    };
    format!("page \u{201c}{page}\u{201d}, {what}")
}
