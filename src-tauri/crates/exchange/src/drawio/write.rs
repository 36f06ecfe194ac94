//! Stages as lanes, touchpoints as shapes in them, links as connectors that hold on to both ends.

use std::fmt::Write as _;

use backcast_model::{Entity, Fields, Link, Map, Record, Stage, Touchpoint};

use super::{ENTITY, PREFIX};
use crate::carried;
use crate::html;
use crate::placement::{Frame, HEAD, Placement};
use crate::xml::{attribute, escaped};

const LANE: &str = "swimlane;html=1;whiteSpace=wrap;horizontal=1;collapsible=0;rounded=0;fontStyle=1;fontSize=14;\
    fillColor=#E9EEF2;swimlaneFillColor=#FAFAF7;strokeColor=#9AA5AF;fontColor=#1D2730;";
const CARD: &str = "rounded=1;arcSize=12;whiteSpace=wrap;html=1;fontSize=13;spacing=6;";
const CONNECTOR: &str = "edgeStyle=orthogonalEdgeStyle;rounded=1;html=1;fontSize=11;endArrow=block;endFill=1;\
    strokeColor=#566573;fontColor=#39444D;labelBackgroundColor=#FAFAF7;";

/// The map as an uncompressed `.drawio` file; the same map in the same places always gives the same bytes. Stages and
/// touchpoints that `placement` has no frame for get one.
#[must_use]
pub fn write(map: &Map, placement: &Placement) -> String {
    let placement = placement.completed(map);
    let mut text = String::from("<mxfile host=\"Backcast\">\n  <diagram id=\"map\"");
    attribute(&mut text, "name", &map.properties.title);
    text.push_str(">\n    <mxGraphModel grid=\"1\" gridSize=\"10\" page=\"0\" math=\"0\" shadow=\"0\">\n      <root>\n");
    text.push_str("        <mxCell id=\"0\"/>\n");
    layer(&mut text, map);
    for stage in map.stages.iter() {
        lane(&mut text, stage, &placement);
    }
    let leading = map.leading_to_destinations();
    for touchpoint in map.touchpoints.iter() {
        let is_direct = touchpoint.is_direct(leading.contains(touchpoint.id.as_str()));
        card(&mut text, touchpoint, is_direct, &placement);
    }
    for link in map.links.iter() {
        connector(&mut text, map, link);
    }
    text.push_str("      </root>\n    </mxGraphModel>\n  </diagram>\n</mxfile>\n");
    text
}

/// What the map says of itself rides on the layer that everything stands on.
fn layer(text: &mut String, map: &Map) {
    text.push_str("        <object");
    attribute(text, "label", "");
    attribute(text, ENTITY, Entity::Map.as_str());
    for (name, value) in carried::frame(map, false) {
        attribute(text, &format!("{PREFIX}{name}"), &value);
    }
    text.push_str(" id=\"1\"><mxCell parent=\"0\"/></object>\n");
}

/// Opens the object of a row: its label, what it is, its fields, its id.
fn object(text: &mut String, entity: Entity, label: &str, fields: &Fields, id: &str) {
    text.push_str("        <object");
    attribute(text, "label", &html::from_text(label));
    attribute(text, ENTITY, entity.as_str());
    for (name, value) in carried::texts(entity, fields) {
        attribute(text, &format!("{PREFIX}{name}"), &value);
    }
    attribute(text, "id", id);
    text.push_str(">\n");
}

/// The id of a row's cell: what is told apart by entity in a map is told apart by prefix in a drawing.
fn cell_id(entity: Entity, id: &str) -> String {
    format!("{entity}-{id}")
}

fn geometry(text: &mut String, frame: &Frame) {
    let Frame {
        x,
        y,
        width,
        height,
    } = frame;
    let _ = writeln!(
        text,
        "            <mxGeometry x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" as=\"geometry\"/>"
    );
}

fn lane(text: &mut String, stage: &Stage, placement: &Placement) {
    let Some(frame) = placement.stages.get(&stage.id) else {
        return;
    };
    object(
        text,
        Entity::Stage,
        &stage.name,
        &stage.to_fields(),
        &cell_id(Entity::Stage, stage.id.as_str()),
    );
    let _ = writeln!(
        text,
        "          <mxCell style=\"{LANE}startSize={HEAD};\" vertex=\"1\" connectable=\"0\" parent=\"1\">"
    );
    geometry(text, frame);
    text.push_str("          </mxCell>\n        </object>\n");
}

fn card(text: &mut String, touchpoint: &Touchpoint, is_direct: bool, placement: &Placement) {
    let Some(frame) = placement.touchpoints.get(&touchpoint.id) else {
        return;
    };
    let lane = touchpoint
        .stage
        .as_ref()
        .and_then(|stage| Some((stage, placement.stages.get(stage)?)));
    let id = cell_id(Entity::Touchpoint, touchpoint.id.as_str());
    object(
        text,
        Entity::Touchpoint,
        &touchpoint.name,
        &touchpoint.to_fields(),
        &id,
    );
    let parent = lane.map_or_else(
        || "1".to_owned(),
        |(stage, _)| cell_id(Entity::Stage, stage.as_str()),
    );
    let _ = writeln!(
        text,
        "          <mxCell style=\"{CARD}{}\" vertex=\"1\" parent=\"{}\">",
        look(touchpoint, is_direct),
        escaped(&parent)
    );
    // Shapes in a lane are placed from its corner.
    let (left, top) = lane.map_or((0.0, 0.0), |(_, lane)| (lane.x, lane.y));
    geometry(
        text,
        &Frame {
            x: frame.x - left,
            y: frame.y - top,
            ..*frame
        },
    );
    text.push_str("          </mxCell>\n        </object>\n");
}

/// Kinds by shape and by colour: destinations filled, ultimate ones with a strong edge, direct drivers outlined,
/// indirect ones dashed.
fn look(touchpoint: &Touchpoint, is_direct: bool) -> &'static str {
    match (
        touchpoint.is_destination(),
        touchpoint.is_ultimate(),
        is_direct,
    ) {
        (true, true, _) => {
            "fillColor=#005A8C;strokeColor=#00314D;strokeWidth=3;fontColor=#FFFFFF;fontStyle=1;"
        }
        (true, false, _) => "fillColor=#005A8C;strokeColor=#005A8C;fontColor=#FFFFFF;",
        (false, _, true) => {
            "fillColor=#FFFFFF;strokeColor=#005A8C;strokeWidth=2;fontColor=#1D2730;"
        }
        (false, _, false) => "fillColor=#FFFFFF;strokeColor=#566573;dashed=1;fontColor=#1D2730;",
    }
}

fn connector(text: &mut String, map: &Map, link: &Link) {
    let cta = link.cta.as_deref().unwrap_or_default();
    object(
        text,
        Entity::Link,
        cta,
        &link.to_fields(),
        &cell_id(Entity::Link, link.id.as_str()),
    );
    let end = |id: &str| escaped(&cell_id(Entity::Touchpoint, id));
    let _ = writeln!(
        text,
        "          <mxCell style=\"{CONNECTOR}{}\" edge=\"1\" parent=\"1\" source=\"{}\" target=\"{}\">",
        course(map, link),
        end(link.from.as_str()),
        end(link.to.as_str()),
    );
    text.push_str("            <mxGeometry relative=\"1\" as=\"geometry\"/>\n          </mxCell>\n        </object>\n");
}

/// Links that run on leave to the right and come in from the left; those that run back or stay are dashed or left to
/// draw.io.
fn course(map: &Map, link: &Link) -> &'static str {
    let column = |id: &str| {
        let stage = map.touchpoints.get(id)?.stage.as_ref()?;
        map.stages.position(stage.as_str())
    };
    match (column(link.from.as_str()), column(link.to.as_str())) {
        (Some(from), Some(to)) if from < to => "exitX=1;exitY=0.5;entryX=0;entryY=0.5;",
        (Some(from), Some(to)) if from > to => "dashed=1;",
        _ => "",
    }
}
