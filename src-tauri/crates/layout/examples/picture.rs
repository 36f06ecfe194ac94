//! Draws a map in the open text form as plain SVG, to judge a layout by eye: `picture MAP.backcast.json > map.svg`.
//! With `--drawn` behind, the picture is the one that comes about when the map is drawn backward, touchpoint by
//! touchpoint, from its last to its first.
#![allow(clippy::print_stdout, reason = "a program that prints a picture")]

use std::error::Error;
use std::fmt::{self, Write as _};

use backcast_layout::{Arrangement, Geometry, Layout, Place};
use backcast_model::edit::{Applied, RefusedEdit, apply};
use backcast_model::{Edit, Entity, Id, Link, Map, Record, Touchpoint};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1);
    let path = path.ok_or("name a map in the open text form")?;
    let text = std::fs::read(path)?;
    let map = backcast_exchange::read(&text)?;
    let geometry = Geometry::default();
    let (map, arrangement) = if std::env::args().any(|argument| argument == "--drawn") {
        drawn_backward(&map, geometry)?
    } else {
        let arrangement = Arrangement::new(&map, geometry);
        (map, arrangement)
    };
    println!("{}", svg(&map, &arrangement.layout(), &geometry)?);
    Ok(())
}

/// Takes all touchpoints out and draws them again, each with its links to those that are there.
fn drawn_backward(map: &Map, geometry: Geometry) -> Result<(Map, Arrangement), RefusedEdit> {
    let delete = |id: &Id| Edit::Delete {
        entity: Entity::Touchpoint,
        id: id.to_string(),
    };
    let mut drawn = edited(map, &map.touchpoints.ids().map(delete).collect::<Vec<_>>())?.map;
    let mut arrangement = Arrangement::new(&drawn, geometry);
    for touchpoint in map.touchpoints.iter().rev() {
        let insert = |entity, value| Edit::Insert {
            entity,
            value,
            after: None,
        };
        let mut edits = vec![insert(
            Entity::Touchpoint,
            Touchpoint::to_fields(touchpoint),
        )];
        let there = |id: &Id| *id == touchpoint.id || drawn.touchpoints.contains(id.as_str());
        let links = map.links.iter().filter(|link| {
            (link.from == touchpoint.id || link.to == touchpoint.id)
                && there(&link.from)
                && there(&link.to)
        });
        edits.extend(links.map(|link| insert(Entity::Link, Link::to_fields(link))));
        let applied = edited(&drawn, &edits)?;
        arrangement.update(&applied.map, &applied.changes);
        drawn = applied.map;
    }
    Ok((drawn, arrangement))
}

fn edited(map: &Map, edits: &[Edit]) -> Result<Applied, RefusedEdit> {
    apply(map, edits, &mut |name| Id::from_name(name, "x"))
}

fn svg(map: &Map, layout: &Layout, geometry: &Geometry) -> Result<String, fmt::Error> {
    let corners = || layout.cards.iter().map(|place| (place.x, place.y));
    let left = corners()
        .map(|corner| corner.0)
        .fold(f64::INFINITY, f64::min)
        - 40.0;
    let right = corners().map(|corner| corner.0).fold(0.0, f64::max) + geometry.card_width + 40.0;
    let bottom = corners().map(|corner| corner.1).fold(0.0, f64::max) + geometry.card_height + 40.0;
    let top = corners().map(|corner| corner.1).fold(0.0, f64::min);
    let (width, height) = (right - left, bottom - top);
    let mut svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' font-family='sans-serif' viewBox='{left} {top} {width} {height}'>\
         <rect x='{left}' y='{top}' width='{width}' height='{height}' fill='#fff'/>"
    );
    for column in &layout.columns {
        let stage = column
            .stage
            .as_ref()
            .and_then(|id| map.stages.get(id.as_str()));
        let name = stage.map_or("", |stage| &stage.name);
        let (x, column_width) = (column.x - 24.0, column.width + 48.0);
        write!(
            svg,
            "<rect x='{x}' y='{top}' width='{column_width}' height='{height}' fill='#f4f1ea'/>"
        )?;
        write!(
            svg,
            "<text x='{}' y='34' font-size='20'>{name}</text>",
            column.x
        )?;
    }
    for link in map.links.iter() {
        draw_link(&mut svg, map, layout, link, geometry)?;
    }
    for (place, touchpoint) in layout.cards.iter().zip(map.touchpoints.iter()) {
        draw_card(&mut svg, place, touchpoint, geometry)?;
    }
    Ok(svg + "</svg>")
}

fn draw_link(
    svg: &mut String,
    map: &Map,
    layout: &Layout,
    link: &Link,
    geometry: &Geometry,
) -> fmt::Result {
    let end = |id: &Id| layout.cards.get(map.touchpoints.position(id.as_str())?);
    let (Some(from), Some(to)) = (end(&link.from), end(&link.to)) else {
        return Ok(());
    };
    let (width, middle) = (geometry.card_width, geometry.card_height / 2.0);
    let (out, into, ahead) = match to.x.total_cmp(&from.x) {
        std::cmp::Ordering::Greater => (width, 0.0, width / 2.0),
        std::cmp::Ordering::Less => (0.0, width, -width / 2.0),
        std::cmp::Ordering::Equal => (width, width, 0.0),
    };
    let mut at = (from.x + out, from.y + middle);
    let target = (to.x + into, to.y + middle);
    write!(
        svg,
        "<path fill='none' stroke='#567' stroke-width='2' d='M{},{}",
        at.0, at.1
    )?;
    let route = layout.routes.iter().find(|route| route.link == link.id);
    let passes = route.map_or(&[][..], |route| &route.points);
    let sides = passes
        .iter()
        .flat_map(|(x, y)| [(x - ahead, *y), (x + ahead, *y)]);
    for next in sides.chain([target]) {
        let bend = if at.0 == next.0 {
            at.0 + 50.0
        } else {
            f64::midpoint(at.0, next.0)
        };
        write!(
            svg,
            " C{bend},{} {bend},{} {},{}",
            at.1, next.1, next.0, next.1
        )?;
        at = next;
    }
    write!(
        svg,
        "'/><circle cx='{}' cy='{}' r='5' fill='#567'/>",
        target.0, target.1
    )
}

fn draw_card(
    svg: &mut String,
    place: &Place,
    touchpoint: &Touchpoint,
    geometry: &Geometry,
) -> fmt::Result {
    let fill = match (touchpoint.is_ultimate(), touchpoint.is_destination()) {
        (true, _) => "#56b4e9",
        (false, true) => "#cde8f7",
        (false, false) => "#fff",
    };
    let Place { x, y, pinned, .. } = place;
    let stroke = if *pinned { "red" } else { "#345" };
    let (width, height) = (geometry.card_width, geometry.card_height);
    write!(
        svg,
        "<rect x='{x}' y='{y}' width='{width}' height='{height}' rx='10' fill='{fill}' stroke='{stroke}'/>"
    )?;
    let name: String = touchpoint
        .name
        .chars()
        .take(22)
        .filter(|letter| !"<&".contains(*letter))
        .collect();
    write!(
        svg,
        "<text x='{}' y='{}' font-size='16'>{name}</text>",
        x + 10.0,
        y + height / 2.0 + 5.0
    )
}
