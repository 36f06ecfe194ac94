//! Connectors as links. One in six real connectors lacks an end: it is taken to the nearest shape where one is close,
//! and named where none is.

use std::collections::HashMap;

use backcast_model::Entity;
use serde_json::Value;

use super::cells::Cell;
use super::read::Reading;
use super::shapes::{Role, label, named, place};
use crate::draft::{DraftLink, DraftRow};

/// How far from a shape a loose end may be to be taken to it, in the drawing's units.
const REACH: f64 = 24.0;

pub(super) fn read(reading: &mut Reading<'_>) {
    let words = words(reading);
    let cells = reading.cells;
    for edge in cells.iter().filter(|cell| cell.is_edge) {
        let place = place(reading.page, edge);
        let from = end(reading, edge, edge.source.as_deref(), edge.source_point);
        let to = end(reading, edge, edge.target.as_deref(), edge.target_point);
        let (from, to) = match (from, to) {
            (Ok(from), Ok(to)) => (from, to),
            (from, to) => {
                let reasons: Vec<String> = [("start", from), ("end", to)]
                    .into_iter()
                    .filter_map(|(which, end)| {
                        end.err().map(|reason| format!("its {which} {reason}"))
                    })
                    .collect();
                reading
                    .draft
                    .note(place, format!("it was left out: {}", reasons.join("; ")));
                continue;
            }
        };
        for (which, end) in [("start", &from), ("end", &to)] {
            if end.snapped {
                reading.draft.note(
                    place.clone(),
                    format!("its {which} hung in the air and was taken to the shape beside it"),
                );
            }
        }
        let row = row(reading, edge, words.get(edge.id.as_str()), &place);
        add(reading, edge, row, (from.touchpoint, to.touchpoint));
    }
}

/// Words that stand on connectors as shapes of their own.
fn words<'a>(reading: &Reading<'a>) -> HashMap<&'a str, String> {
    let mut words: HashMap<&str, String> = HashMap::new();
    for cell in reading
        .cells
        .iter()
        .filter(|cell| reading.roles.get(cell.id.as_str()) == Some(&Role::EdgeLabel))
    {
        let text = label(cell);
        let told = words.entry(cell.parent.as_str()).or_default();
        if !told.is_empty() && !text.is_empty() {
            told.push(' ');
        }
        told.push_str(&text);
    }
    words
}

struct End {
    touchpoint: usize,
    snapped: bool,
}

/// The touchpoint an end holds on to, or the one it nearly reaches.
fn end(
    reading: &Reading<'_>,
    edge: &Cell,
    id: Option<&str>,
    point: Option<(f64, f64)>,
) -> Result<End, String> {
    if let Some(cell) = id.and_then(|id| reading.cells.get(id)) {
        let known = |cell: &Cell| reading.touchpoints.get(cell.id.as_str()).copied();
        if let Some(touchpoint) = known(cell).or_else(|| reading.cells.above(cell).find_map(known))
        {
            return Ok(End {
                touchpoint,
                snapped: false,
            });
        }
        let what = if cell.is_edge {
            "holds on to a connector"
        } else if reading.roles.get(cell.id.as_str()) == Some(&Role::Lane) {
            "holds on to a lane"
        } else {
            "holds on to something that is no touchpoint"
        };
        let name = label(cell);
        return Err(if name.is_empty() {
            what.to_owned()
        } else {
            format!("{what} (\u{201c}{name}\u{201d})")
        });
    }
    let Some((x, y)) = point else {
        return Err("hangs in the air".to_owned());
    };
    let (left, top) = reading.cells.origin(edge);
    let point = (x + left, y + top);
    let distances = reading.touchpoints.iter().filter_map(|(id, number)| {
        let frame = reading.cells.frame(reading.cells.get(id)?)?;
        Some((frame.distance(point), *number))
    });
    let nearest =
        distances.min_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    match nearest.filter(|(distance, _)| *distance <= REACH) {
        Some((_, touchpoint)) => Ok(End {
            touchpoint,
            snapped: true,
        }),
        None => Err(format!(
            "hangs in the air at {}, {}",
            point.0.round(),
            point.1.round()
        )),
    }
}

fn row(reading: &mut Reading<'_>, edge: &Cell, words: Option<&String>, place: &str) -> DraftRow {
    let ours = reading.ours(edge, Entity::Link);
    let mut row = ours.unwrap_or_else(|| DraftRow::at(place));
    let carried = row
        .fields
        .get("cta")
        .and_then(Value::as_str)
        .map(str::to_owned);
    let own = named(edge, Some(carried.as_deref().unwrap_or_default()));
    let told: Vec<&str> = [own.as_str(), words.map(String::as_str).unwrap_or_default()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    if told.is_empty() {
        // An empty call to action that was carried stays one.
        if carried.as_deref() != Some("") {
            row.fields.shift_remove("cta");
        }
    } else {
        row.fields
            .insert("cta".to_owned(), Value::from(told.join(" ")));
    }
    row.speaks.extend(["from", "to", "cta"].map(str::to_owned));
    row
}

/// Adds the link in the direction of its arrowhead, or both when it has two.
fn add(reading: &mut Reading<'_>, edge: &Cell, row: DraftRow, (from, to): (usize, usize)) {
    let head =
        |key: &str, otherwise: &'static str| edge.style_value(key).unwrap_or(otherwise) != "none";
    let links = &mut reading.draft.links;
    match (head("startArrow", "none"), head("endArrow", "classic")) {
        (true, false) => links.push(DraftLink {
            row,
            from: to,
            to: from,
        }),
        (true, true) => {
            let mut back = row.clone();
            back.given = None;
            links.push(DraftLink {
                row: row.clone(),
                from,
                to,
            });
            links.push(DraftLink {
                row: back,
                from: to,
                to: from,
            });
            reading
                .draft
                .note(row.place, "it has two arrowheads and became two links");
        }
        (false, false) => {
            links.push(DraftLink {
                row: row.clone(),
                from,
                to,
            });
            reading.draft.note(
                row.place,
                "it has no arrowhead; it was taken to run from its start to its end",
            );
        }
        (false, true) => links.push(DraftLink { row, from, to }),
    }
}
