//! A map as the two sheets that Kumu and other network tools take: elements (`Label`, `Type`, `Tags`, `Description`)
//! and connections (`From`, `To`, `Label`, `Type`), further fields behind them. Elements are known by their labels
//! there, so each label stands once.

use std::collections::{HashMap, HashSet};

use backcast_model::catalog::Catalog;
use backcast_model::{DriverType, Id, Link, Map, Rank, Touchpoint};

use crate::cell::Cell;
use crate::columns::{self, Column};
use crate::csv::table;
use crate::fold::fold_name;
use crate::matrix::Shown;

/// Fields that the first four columns of elements say already.
const IN_ELEMENT: [&str; 5] = ["name", "kind", "rank", "driver", "message"];

/// Fields that the first four columns of connections say already.
const IN_CONNECTION: [&str; 6] = ["from", "to", "from_name", "to_name", "cta", "kind"];

/// The sheets `elements.csv` and `connections.csv`; the same map always gives the same bytes.
#[must_use]
pub fn write(map: &Map, catalog: &Catalog) -> Vec<(String, Vec<u8>)> {
    let shown = Shown::of(map, catalog);
    let labels = labels(map);
    let (further, headings) = behind(
        columns::TOUCHPOINT,
        &IN_ELEMENT,
        &["Label", "Type", "Tags", "Description"],
    );
    let element = |touchpoint: &Touchpoint| {
        let mut row = vec![
            Cell::text(label(&labels, &touchpoint.id)),
            Cell::text(kind_words(touchpoint)),
            Cell::text(tags(touchpoint, &shown)),
            Cell::text(touchpoint.message.clone().unwrap_or_default()),
        ];
        row.extend(shown.touchpoint(touchpoint, &further));
        row
    };
    let elements = table(&headings, map.touchpoints.iter().map(element));
    let (further, headings) = behind(
        columns::LINK,
        &IN_CONNECTION,
        &["From", "To", "Label", "Type"],
    );
    let connection = |link: &Link| {
        let mut row = vec![
            Cell::text(label(&labels, &link.from)),
            Cell::text(label(&labels, &link.to)),
            Cell::text(link.cta.clone().unwrap_or_default()),
            Cell::text(
                link.kind
                    .map(|kind| kind.as_str().replace('_', " "))
                    .unwrap_or_default(),
            ),
        ];
        row.extend(shown.link(link, &further));
        row
    };
    let connections = table(&headings, map.links.iter().map(connection));
    vec![
        ("elements.csv".to_owned(), elements),
        ("connections.csv".to_owned(), connections),
    ]
}

fn behind(
    columns: &[Column],
    said: &[&str],
    first: &[&'static str],
) -> (Vec<Column>, Vec<&'static str>) {
    let further: Vec<Column> = columns
        .iter()
        .filter(|column| !said.contains(&column.field))
        .copied()
        .collect();
    let headings = first
        .iter()
        .copied()
        .chain(further.iter().map(|column| column.heading));
    let headings = headings.collect();
    (further, headings)
}

/// What a touchpoint is for, in two words.
pub(crate) fn kind_words(touchpoint: &Touchpoint) -> &'static str {
    if touchpoint.is_destination() {
        return match touchpoint.rank {
            Some(Rank::Ultimate) => "Ultimate destination",
            Some(Rank::Intermediate) => "Intermediate destination",
            None => "Destination",
        };
    }
    match touchpoint.driver {
        Some(DriverType::Direct) => "Direct driver",
        Some(DriverType::Indirect) => "Indirect driver",
        None => "Driver",
    }
}

fn tags(touchpoint: &Touchpoint, shown: &Shown<'_>) -> String {
    let channel = touchpoint
        .channel
        .iter()
        .map(|channel| shown.channel(channel));
    let media = touchpoint.media.iter().flatten().map(ToString::to_string);
    let tags: Vec<String> = channel
        .chain(media)
        .map(|tag| tag.replace('|', "/"))
        .collect();
    tags.join("|")
}

fn label<'a>(labels: &'a HashMap<&Id, String>, id: &'a Id) -> &'a str {
    labels.get(id).map_or(id.as_str(), String::as_str)
}

/// Names, with the id behind those that stand twice or are blank.
fn labels(map: &Map) -> HashMap<&Id, String> {
    let mut times: HashMap<String, usize> = HashMap::new();
    for touchpoint in map.touchpoints.iter() {
        *times.entry(fold_name(&touchpoint.name)).or_default() += 1;
    }
    let mut taken: HashSet<String> = HashSet::new();
    let mut label = |touchpoint: &Touchpoint| {
        let name = touchpoint.name.trim();
        let alone = times.get(&fold_name(name)) == Some(&1) && !name.is_empty();
        let mut label = if alone {
            name.to_owned()
        } else {
            format!("{name} ({})", touchpoint.id)
        };
        while !taken.insert(fold_name(&label)) {
            label.push('\u{2032}');
        }
        label
    };
    map.touchpoints
        .iter()
        .map(|touchpoint| (&touchpoint.id, label(touchpoint)))
        .collect()
}
