//! The picture of each channel, from the list that the interface draws from too: Lucide shapes on a grid of 24 by 24,
//! to be stroked 2 wide with round ends. Refuses to choose a picture: the list does.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;
use svgtypes::{SimplePathSegment, SimplifyingPathParser};

/// Side of the grid.
pub(crate) const GRID: f64 = 24.0;

/// How far from a quarter circle's ends its points of control lie, in radii.
const KAPPA: f64 = 0.552_284_75;

/// A step of an outline, in units of the grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Step {
    Move(f64, f64),
    Line(f64, f64),
    /// Two points of control and the end.
    Cubic([(f64, f64); 3]),
    Close,
}

/// One picture.
#[derive(Debug)]
pub(crate) struct Icon {
    /// Lucide's name of it: letters, digits and dashes.
    pub(crate) name: String,
    /// Its outline.
    pub(crate) steps: Vec<Step>,
}

/// The picture of a channel; the plain one for none and for channels that were typed freely.
pub(crate) fn of_channel(channel: Option<&str>) -> &'static Icon {
    let icons = icons();
    let at = channel.and_then(|channel| icons.channels.get(channel));
    at.and_then(|at| icons.all.get(*at)).unwrap_or(&icons.plain)
}

struct Icons {
    all: Vec<Icon>,
    channels: HashMap<String, usize>,
    plain: Icon,
}

type Shape = (String, HashMap<String, String>);

#[derive(Deserialize, Default)]
struct List {
    plain: String,
    channels: HashMap<String, String>,
    icons: HashMap<String, Vec<Shape>>,
}

fn icons() -> &'static Icons {
    static ICONS: OnceLock<Icons> = OnceLock::new();
    ICONS.get_or_init(|| {
        // The list is part of the program, and a test reads it; were it broken, all channels would have no picture.
        let text = include_str!("../../../../assets/channel-icons.json");
        let list: List = serde_json::from_str(text).unwrap_or_default();
        let icon = |name: &str| Icon {
            name: name.to_owned(),
            steps: list
                .icons
                .get(name)
                .map(|shapes| outline(shapes))
                .unwrap_or_default(),
        };
        let mut names: Vec<&String> = list.icons.keys().collect();
        names.sort();
        let place = |name| names.binary_search(&name).ok();
        Icons {
            all: names.iter().map(|name| icon(name)).collect(),
            channels: list
                .channels
                .iter()
                .filter_map(|(id, name)| Some((id.clone(), place(name)?)))
                .collect(),
            plain: icon(&list.plain),
        }
    })
}

fn outline(shapes: &[Shape]) -> Vec<Step> {
    let mut steps = Vec::new();
    for (tag, attributes) in shapes {
        let number = |name: &str| {
            attributes
                .get(name)
                .and_then(|value| value.parse().ok())
                .unwrap_or(0.0)
        };
        match tag.as_str() {
            "path" => steps.extend(path(attributes.get("d").map_or("", String::as_str))),
            "circle" => steps.extend(ellipse(
                number("cx"),
                number("cy"),
                number("r"),
                number("r"),
            )),
            "ellipse" => steps.extend(ellipse(
                number("cx"),
                number("cy"),
                number("rx"),
                number("ry"),
            )),
            "rect" => {
                let radius = number("rx").max(number("ry"));
                let corner = (number("x"), number("y"));
                steps.extend(rounded(corner, (number("width"), number("height")), radius));
            }
            "line" => {
                steps.extend([
                    Step::Move(number("x1"), number("y1")),
                    Step::Line(number("x2"), number("y2")),
                ]);
            }
            "polyline" | "polygon" => {
                let points = attributes.get("points").map_or("", String::as_str);
                steps.extend(path(&format!(
                    "M{points}{}",
                    if tag == "polygon" { "z" } else { "" }
                )));
            }
            _ => {}
        }
    }
    steps
}

/// SVG's path data; what comes after a mistake in it is left out.
fn path(data: &str) -> Vec<Step> {
    let mut at = (0.0, 0.0);
    let mut steps = Vec::new();
    for segment in SimplifyingPathParser::from(data).map_while(Result::ok) {
        steps.push(match segment {
            SimplePathSegment::MoveTo { x, y } => {
                at = (x, y);
                Step::Move(x, y)
            }
            SimplePathSegment::LineTo { x, y } => {
                at = (x, y);
                Step::Line(x, y)
            }
            SimplePathSegment::CurveTo {
                x1,
                y1,
                x2,
                y2,
                x,
                y,
            } => {
                at = (x, y);
                Step::Cubic([(x1, y1), (x2, y2), (x, y)])
            }
            SimplePathSegment::Quadratic { x1, y1, x, y } => {
                let toward = |from: (f64, f64)| {
                    (
                        from.0 + (x1 - from.0) * 2.0 / 3.0,
                        from.1 + (y1 - from.1) * 2.0 / 3.0,
                    )
                };
                let controls = [toward(at), toward((x, y)), (x, y)];
                at = (x, y);
                Step::Cubic(controls)
            }
            SimplePathSegment::ClosePath => Step::Close,
        });
    }
    steps
}

/// An ellipse from its rightmost point around.
pub(crate) fn ellipse(x: f64, y: f64, width: f64, height: f64) -> Vec<Step> {
    let (pull_x, pull_y) = (width * KAPPA, height * KAPPA);
    vec![
        Step::Move(x + width, y),
        Step::Cubic([
            (x + width, y + pull_y),
            (x + pull_x, y + height),
            (x, y + height),
        ]),
        Step::Cubic([
            (x - pull_x, y + height),
            (x - width, y + pull_y),
            (x - width, y),
        ]),
        Step::Cubic([
            (x - width, y - pull_y),
            (x - pull_x, y - height),
            (x, y - height),
        ]),
        Step::Cubic([
            (x + pull_x, y - height),
            (x + width, y - pull_y),
            (x + width, y),
        ]),
        Step::Close,
    ]
}

/// A rectangle with rounded corners, from its upper left one around.
pub(crate) fn rounded((x, y): (f64, f64), (width, height): (f64, f64), radius: f64) -> Vec<Step> {
    let (right, bottom) = (x + width, y + height);
    let radius = radius.min(width / 2.0).min(height / 2.0);
    if radius <= 0.0 {
        return vec![
            Step::Move(x, y),
            Step::Line(right, y),
            Step::Line(right, bottom),
            Step::Line(x, bottom),
            Step::Close,
        ];
    }
    let rest = radius * (1.0 - KAPPA);
    vec![
        Step::Move(x + radius, y),
        Step::Line(right - radius, y),
        Step::Cubic([(right - rest, y), (right, y + rest), (right, y + radius)]),
        Step::Line(right, bottom - radius),
        Step::Cubic([
            (right, bottom - rest),
            (right - rest, bottom),
            (right - radius, bottom),
        ]),
        Step::Line(x + radius, bottom),
        Step::Cubic([(x + rest, bottom), (x, bottom - rest), (x, bottom - radius)]),
        Step::Line(x, y + radius),
        Step::Cubic([(x, y + rest), (x + rest, y), (x + radius, y)]),
        Step::Close,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_of_the_catalogue_has_a_picture_of_its_own() {
        let plain = of_channel(None);
        assert!(!plain.steps.is_empty());
        for channel in backcast_model::catalog::Catalog::shipped().channels() {
            let icon = of_channel(Some(&channel.id));
            assert_ne!(icon.name, plain.name, "{}", channel.id);
            assert!(icon.steps.len() > 1, "{}", channel.id);
        }
        assert_eq!(of_channel(Some("A board at the bus stop")).name, plain.name);
    }

    #[test]
    fn every_picture_keeps_to_its_grid_and_its_name_to_plain_letters() {
        for icon in &icons().all {
            assert!(
                icon.name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            );
            for step in &icon.steps {
                let points = match *step {
                    Step::Move(x, y) | Step::Line(x, y) => vec![(x, y)],
                    Step::Cubic(points) => points.to_vec(),
                    Step::Close => vec![],
                };
                for (x, y) in points {
                    assert!(
                        (0.0..=GRID).contains(&x) && (0.0..=GRID).contains(&y),
                        "{}: {x} {y}",
                        icon.name
                    );
                }
            }
        }
    }
}
