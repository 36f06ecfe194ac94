//! The map that everybody draws: generated, with one touchpoint of ten links, and where its cards stand. Refuses to
//! draw.

use backcast_layout::{Geometry, lay_out};
use backcast_tests::{Failure, generated_map, parsed};
use serde_json::{Value, json};

/// How many links the touchpoint has that is dragged.
const LINKS: usize = 10;

/// The name of that touchpoint, which no other contains.
pub(crate) const HUB: &str = "Crossroads";

#[derive(Debug)]
pub(crate) struct Subject {
    pub(crate) touchpoints: usize,
    /// The map in its text form.
    pub(crate) text: String,
    /// The touchpoint with ten links.
    pub(crate) hub: String,
    /// Cards with their places, links, and the measures of a card, for the engines beside the app.
    pub(crate) picture: Value,
}

impl Subject {
    pub(crate) fn generated(touchpoints: usize) -> Result<Self, Failure> {
        let mut map = parsed(&generated_map(touchpoints));
        let hub = format!("t{}", touchpoints / 2);
        name_hub(&mut map, &hub);
        link_hub(&mut map, &hub, touchpoints);
        let text = map.to_string();
        let picture = picture(&text, &map)?;
        Ok(Self {
            touchpoints,
            text,
            hub,
            picture,
        })
    }
}

fn name_hub(map: &mut Value, hub: &str) {
    let rows = map["touchpoints"].as_array_mut().into_iter().flatten();
    for row in rows.filter(|row| row["id"] == hub) {
        row["name"] = json!(HUB);
    }
}

/// Turns links of others, from further and further away, to the hub until it has ten. The number of links stays.
fn link_hub(map: &mut Value, hub: &str, touchpoints: usize) {
    let Some(links) = map["links"].as_array_mut() else {
        return;
    };
    let at_hub = |link: &Value| link["from"] == hub || link["to"] == hub;
    let mut has = links.iter().filter(|link| at_hub(link)).count();
    // The second link of each touchpoint before the hub leads to the hub instead.
    let before: Vec<usize> = (1..touchpoints / 2)
        .rev()
        .map(|from| 2 * from + 1)
        .collect();
    for at in before {
        if has < LINKS
            && let Some(link) = links.get_mut(at)
            && !at_hub(link)
        {
            link["to"] = json!(hub);
            has += 1;
        }
    }
}

fn picture(text: &str, map: &Value) -> Result<Value, Failure> {
    let geometry = Geometry::default();
    let read = backcast_exchange::read(text.as_bytes())?;
    let layout = lay_out(&read, &geometry);
    let names = read.touchpoints.iter().map(|touchpoint| &touchpoint.name);
    let cards: Vec<Value> = layout
        .cards
        .iter()
        .zip(names)
        .map(|(place, name)| json!({"id": place.touchpoint, "name": name, "x": place.x, "y": place.y}))
        .collect();
    let lines: Vec<Value> = map["links"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|link| json!({"id": link["id"], "from": link["from"], "to": link["to"]}))
        .collect();
    Ok(json!({
        "cards": cards, "lines": lines, "cardWidth": geometry.card_width, "cardHeight": geometry.card_height,
    }))
}
