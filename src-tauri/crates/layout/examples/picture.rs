//! Draws a map in the open text form as plain SVG, to judge a layout by eye: `picture MAP.backcast.json > map.svg`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a program that prints a picture"
)]

use std::fmt::Write as _;

use backcast_layout::{Arrangement, Geometry, Layout};
use backcast_model::Map;

fn main() {
    let path = std::env::args()
        .nth(1)
        .expect("a map in the open text form");
    let text = std::fs::read(path).expect("a file that can be read");
    let map = backcast_exchange::read(&text).expect("a map");
    let geometry = Geometry::default();
    println!(
        "{}",
        svg(&map, &Arrangement::new(&map, geometry).layout(), &geometry)
    );
}

fn svg(map: &Map, layout: &Layout, geometry: &Geometry) -> String {
    let mut svg = String::new();
    let (width, height) = (geometry.card_width, geometry.card_height);
    for column in &layout.columns {
        let name = column
            .stage
            .as_ref()
            .and_then(|id| map.stages.get(id.as_str()))
            .map_or("", |stage| &stage.name);
        write!(
            svg,
            "<rect x='{}' y='0' width='{}' height='5000' fill='#f4f1ea'/><text x='{}' y='34' font-size='20'>{name}</text>",
            column.x - 24.0,
            column.width + 48.0,
            column.x
        )
        .unwrap();
    }
    for link in map.links.iter() {
        let end =
            |id: &backcast_model::Id| &layout.cards[map.touchpoints.position(id.as_str()).unwrap()];
        let (from, to) = (end(&link.from), end(&link.to));
        let (mut at, target, sign) = if to.x > from.x {
            (
                (from.x + width, from.y + height / 2.0),
                (to.x, to.y + height / 2.0),
                1.0,
            )
        } else if to.x < from.x {
            (
                (from.x, from.y + height / 2.0),
                (to.x + width, to.y + height / 2.0),
                -1.0,
            )
        } else {
            (
                (from.x + width, from.y + height / 2.0),
                (to.x + width, to.y + height / 2.0),
                1.0,
            )
        };
        write!(
            svg,
            "<path fill='none' stroke='#567' stroke-width='2' d='M{},{}",
            at.0, at.1
        )
        .unwrap();
        let mut curve = |at: &mut (f64, f64), to: (f64, f64)| {
            let middle = if at.0 == to.0 {
                at.0 + 50.0
            } else {
                f64::midpoint(at.0, to.0)
            };
            write!(
                svg,
                " C{middle},{} {middle},{} {},{}",
                at.1, to.1, to.0, to.1
            )
            .unwrap();
            *at = to;
        };
        let route = layout.routes.iter().find(|route| route.link == link.id);
        for point in route.map_or(&[][..], |route| &route.points) {
            curve(&mut at, (point.0 - sign * width / 2.0, point.1));
            curve(&mut at, (point.0 + sign * width / 2.0, point.1));
        }
        curve(&mut at, target);
        write!(
            svg,
            "'/><circle cx='{}' cy='{}' r='5' fill='#567'/>",
            target.0, target.1
        )
        .unwrap();
    }
    for (place, touchpoint) in layout.cards.iter().zip(map.touchpoints.iter()) {
        let fill = if touchpoint.is_ultimate() {
            "#0072b2"
        } else if touchpoint.is_destination() {
            "#56b4e9"
        } else {
            "#fff"
        };
        write!(
            svg,
            "<rect x='{}' y='{}' width='{width}' height='{height}' rx='10' fill='{fill}' stroke='{}'/><text x='{}' y='{}' font-size='16'>{}</text>",
            place.x,
            place.y,
            if place.pinned { "red" } else { "#345" },
            place.x + 10.0,
            place.y + height / 2.0 + 5.0,
            touchpoint.name.chars().take(24).collect::<String>().replace('&', "+")
        )
        .unwrap();
    }
    let edge = |pick: fn(&backcast_layout::Place) -> f64| {
        let values = || layout.cards.iter().map(pick);
        (
            values().fold(f64::INFINITY, f64::min) - 40.0,
            values().fold(0.0, f64::max) + 60.0,
        )
    };
    let ((left, right), (top, bottom)) = (edge(|place| place.x), edge(|place| place.y));
    let (right, bottom, top) = (right + width, bottom + height, top.min(0.0));
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' font-family='sans-serif' viewBox='{left} {top} {} {}'><rect x='{left}' y='{top}' width='100%' height='100%' fill='#fff'/>{svg}</svg>",
        right - left,
        bottom - top
    )
}
