//! What is true of every picture, whatever the map and however it came about.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test says no by failing loudly"
)]

use std::collections::HashMap;
use std::sync::LazyLock;

use backcast_layout::{
    Arrangement, Frame, Geometry, Grouping, Lanes, Layout, Place, lay_out, lay_out_in,
};
use backcast_model::catalog::Catalog;
use backcast_model::edit::apply;
use backcast_model::{Edit, Entity, Id, Map, MapProperties, Touchpoint};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

/// One thing a planner does; indices choose among what is there.
#[derive(Debug, Clone)]
enum Deed {
    AddStage(Option<Index>),
    RemoveStage(Index),
    AddTouchpoint {
        stage: Option<Index>,
        destination: bool,
        pin: Option<(i16, i16)>,
        sort: u8,
        links: Vec<(bool, Index)>,
    },
    RemoveTouchpoint(Index),
    Move(Index, Option<Index>),
    Pin(Index, Option<(i16, i16)>),
    /// Says what a touchpoint is, as lanes tell apart.
    Sort(Index, u8),
    /// Takes an audience to the front.
    RankAudience(u8),
    AddLink(Index, Index),
    RemoveLink(Index),
}

fn deed() -> impl Strategy<Value = Deed> {
    let index = any::<Index>;
    let some_index = || prop::option::weighted(0.85, any::<Index>());
    let pin = || (-300_i16..1800, -300_i16..900);
    let links = || prop::collection::vec((any::<bool>(), any::<Index>()), 0..3);
    prop_oneof![
        2 => some_index().prop_map(Deed::AddStage),
        1 => index().prop_map(Deed::RemoveStage),
        20 => (some_index(), prop::bool::weighted(0.2), prop::option::weighted(0.1, pin()), 0_u8..4, links())
            .prop_map(|(stage, destination, pin, sort, links)| Deed::AddTouchpoint { stage, destination, pin, sort, links }),
        2 => (index(), 0_u8..4).prop_map(|(touchpoint, sort)| Deed::Sort(touchpoint, sort)),
        1 => (0_u8..3).prop_map(Deed::RankAudience),
        3 => index().prop_map(Deed::RemoveTouchpoint),
        2 => (index(), some_index()).prop_map(|(touchpoint, stage)| Deed::Move(touchpoint, stage)),
        2 => (index(), prop::option::of(pin())).prop_map(|(touchpoint, pin)| Deed::Pin(touchpoint, pin)),
        12 => (index(), index()).prop_map(|(from, to)| Deed::AddLink(from, to)),
        2 => index().prop_map(Deed::RemoveLink),
    ]
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::shipped);

/// The frames that laws hold in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Choice {
    by: Option<Grouping>,
    distances: bool,
}

impl Choice {
    fn frame(self) -> Frame {
        Frame {
            distances: self.distances,
            lanes: self.by.map(|by| Lanes::new(by, &CATALOG)),
        }
    }

    /// Whether cards stand where they are pinned.
    fn keeps_places(self) -> bool {
        self.by.is_none() && !self.distances
    }

    /// The name of the lane that a touchpoint belongs in.
    fn lane(self, touchpoint: &Touchpoint) -> Option<String> {
        let channel = || CATALOG.channel(touchpoint.channel.as_deref()?);
        match self.by? {
            Grouping::Audience => touchpoint.audiences.first().map(ToString::to_string),
            Grouping::Ownership => {
                let own = touchpoint.ownership.or_else(|| Some(channel()?.ownership));
                own.map(|own| own.to_string())
            }
            Grouping::Media => {
                let media = touchpoint.media.clone();
                let media = media.or_else(|| Some(channel()?.media.clone()))?;
                media.first().map(ToString::to_string)
            }
            Grouping::ChannelGroup => channel().map(|channel| channel.group.clone()),
        }
    }
}

fn choice() -> impl Strategy<Value = Choice> {
    let by = [
        Grouping::ChannelGroup,
        Grouping::Audience,
        Grouping::Ownership,
        Grouping::Media,
    ];
    let by = prop::option::of(prop::sample::select(by.to_vec()));
    (by, prop::bool::weighted(0.2)).prop_map(|(by, distances)| Choice { by, distances })
}

/// A map without touchpoints, with audiences.
fn blank() -> Map {
    let audience = |at| json!({"op": "insert", "entity": "audience", "value": {"id": format!("a{at}"), "name": "Audience"}});
    let edits: Vec<Edit> = serde_json::from_value((0..3).map(audience).collect::<Value>()).unwrap();
    let empty = Map::new(MapProperties::titled("Test"));
    apply(&empty, &edits, &mut |name| Id::from_name(name, "x"))
        .unwrap()
        .map
}

/// What a touchpoint is: channel, audiences, ownership, media.
fn sorted(sort: u8) -> [(&'static str, Value); 4] {
    let values = match sort {
        0 => [Value::Null, json!([]), Value::Null, Value::Null],
        1 => [
            json!("paid-search"),
            json!(["a2", "a0"]),
            Value::Null,
            json!(["shared", "owned"]),
        ],
        2 => [
            json!("direct"),
            json!(["a0"]),
            json!("partner"),
            Value::Null,
        ],
        _ => [
            json!("a channel of our own"),
            json!(["a1"]),
            json!("brand"),
            json!([]),
        ],
    };
    let mut values = values.into_iter();
    ["channel", "audiences", "ownership", "media"].map(|field| (field, values.next().unwrap()))
}

fn ids<'a>(ids: impl Iterator<Item = &'a Id>) -> Vec<String> {
    ids.map(ToString::to_string).collect()
}

fn pick(index: &Index, from: &[String]) -> Value {
    if from.is_empty() {
        Value::Null
    } else {
        json!(index.get(from))
    }
}

/// The deed as edits; none when there is nothing to do it to.
fn edits(map: &Map, deed: &Deed, number: usize) -> Value {
    let stages = ids(map.stages.ids());
    let touchpoints = ids(map.touchpoints.ids());
    let links = ids(map.links.ids());
    let set = |touchpoint: &Index, field: &str, value: Value| match pick(touchpoint, &touchpoints) {
        Value::Null => json!([]),
        id => {
            json!([{"op": "set", "entity": "touchpoint", "id": id, "field": field, "value": value}])
        }
    };
    let delete = |entity: &str, id: Value| {
        if id.is_null() {
            json!([])
        } else {
            json!([{"op": "delete", "entity": entity, "id": id}])
        }
    };
    match deed {
        Deed::AddStage(after) => {
            let after = after
                .as_ref()
                .map_or(json!(""), |after| pick(after, &stages));
            json!([{"op": "insert", "entity": "stage", "value": {"id": format!("s{number}"), "name": "Stage"}, "after": after}])
        }
        Deed::RemoveStage(stage) => delete("stage", pick(stage, &stages)),
        Deed::RemoveTouchpoint(touchpoint) => delete("touchpoint", pick(touchpoint, &touchpoints)),
        Deed::RemoveLink(link) => delete("link", pick(link, &links)),
        Deed::Move(touchpoint, stage) => set(
            touchpoint,
            "stage",
            stage
                .as_ref()
                .map_or(Value::Null, |stage| pick(stage, &stages)),
        ),
        Deed::Pin(touchpoint, pin) => set(touchpoint, "position", json!(pin)),
        Deed::Sort(touchpoint, sort) => match pick(touchpoint, &touchpoints) {
            Value::Null => json!([]),
            id => sorted(*sort)
                .map(|(field, value)| {
                    json!({"op": "set", "entity": "touchpoint", "id": id, "field": field, "value": value})
                })
                .to_vec()
                .into(),
        },
        Deed::RankAudience(at) => {
            json!([{"op": "move", "entity": "audience", "id": format!("a{at}"), "after": ""}])
        }
        Deed::AddLink(from, to) => match (pick(from, &touchpoints), pick(to, &touchpoints)) {
            (Value::Null, _) | (_, Value::Null) => json!([]),
            (from, to) => {
                json!([{"op": "insert", "entity": "link", "value": {"id": format!("l{number}"), "from": from, "to": to}}])
            }
        },
        Deed::AddTouchpoint { .. } => newcomer(deed, number, &stages, &touchpoints),
    }
}

/// A touchpoint and its links.
fn newcomer(deed: &Deed, number: usize, stages: &[String], touchpoints: &[String]) -> Value {
    let Deed::AddTouchpoint {
        stage,
        destination,
        pin,
        sort,
        links,
    } = deed
    else {
        return json!([]);
    };

    let id = format!("t{number}");
    let stage = stage
        .as_ref()
        .map_or(Value::Null, |stage| pick(stage, stages));
    let kind = if *destination {
        "destination"
    } else {
        "driver"
    };
    let mut value = json!({"id": id, "name": "T", "kind": kind, "stage": stage, "position": pin});
    for (field, said) in sorted(*sort) {
        value[field] = said;
    }
    let mut edits = vec![json!({"op": "insert", "entity": "touchpoint", "value": value})];
    for (at, (onward, other)) in links.iter().enumerate().filter(|_| !touchpoints.is_empty()) {
        let other = pick(other, touchpoints);
        let (from, to) = if *onward {
            (json!(id), other)
        } else {
            (other, json!(id))
        };
        edits.push(json!({"op": "insert", "entity": "link", "value": {"id": format!("l{number}-{at}"), "from": from, "to": to}}));
    }
    json!(edits)
}

/// The map after a deed and what it changed; `None` when the model refuses it.
fn perform(map: &Map, deed: &Deed, number: usize) -> Option<backcast_model::edit::Applied> {
    let edits: Vec<Edit> = serde_json::from_value(edits(map, deed, number)).unwrap();
    apply(map, &edits, &mut |name| Id::from_name(name, "x")).ok()
}

fn overlap(one: &Place, other: &Place, geometry: &Geometry) -> bool {
    (one.x - other.x).abs() < geometry.card_width && (one.y - other.y).abs() < geometry.card_height
}

/// Everything that must hold of a picture of a map.
fn check(
    map: &Map,
    layout: &Layout,
    geometry: &Geometry,
    choice: Choice,
) -> Result<(), TestCaseError> {
    check_columns(map, layout, choice)?;
    check_lanes(map, layout, geometry, choice)?;
    prop_assert_eq!(
        ids(layout.cards.iter().map(|place| &place.touchpoint)),
        ids(map.touchpoints.ids())
    );
    for (place, touchpoint) in layout.cards.iter().zip(map.touchpoints.iter()) {
        let pinned = touchpoint.position.filter(|_| choice.keeps_places());
        prop_assert_eq!(place.pinned, pinned.is_some());
        if let Some(position) = pinned {
            prop_assert_eq!(
                (place.x, place.y),
                (position.x(), position.y()),
                "a pinned card stays"
            );
            continue;
        }
        let column = layout.columns.iter().find(|column| {
            (choice.distances || column.stage == touchpoint.stage)
                && (column.x..=column.x + column.width - geometry.card_width).contains(&place.x)
        });
        prop_assert!(
            column.is_some(),
            "{} is outside its stage",
            place.touchpoint
        );
        prop_assert!(
            place.y >= geometry.header_height,
            "{} reaches into the header",
            place.touchpoint
        );
        let other = layout
            .cards
            .iter()
            .find(|other| other.touchpoint != place.touchpoint && overlap(place, other, geometry));
        prop_assert!(other.is_none(), "{} overlaps {:?}", place.touchpoint, other);
    }
    for (x, y) in layout.routes.iter().flat_map(|route| &route.points) {
        let hit = layout.cards.iter().find(|place| {
            (place.x + geometry.card_width / 2.0 - x).abs() < geometry.card_width
                && (place.y..=place.y + geometry.card_height).contains(y)
        });
        prop_assert!(
            hit.is_none(),
            "a link runs through {:?} at {:?}",
            hit,
            (x, y)
        );
    }
    Ok(())
}

/// Every card is in its lane; lanes touch, are in order and each has a card.
fn check_lanes(
    map: &Map,
    layout: &Layout,
    geometry: &Geometry,
    choice: Choice,
) -> Result<(), TestCaseError> {
    if choice.by.is_none() {
        prop_assert!(layout.lanes.is_empty());
        return Ok(());
    }
    for pair in layout.lanes.windows(2) {
        prop_assert_eq!(pair[0].y + pair[0].height, pair[1].y);
        prop_assert!(pair[0].name.is_some(), "those without stand last");
    }
    for lane in &layout.lanes {
        let mut members = map.touchpoints.iter();
        prop_assert!(members.any(|touchpoint| choice.lane(touchpoint) == lane.name));
    }
    if choice.by == Some(Grouping::Audience) {
        let known = |lane: &backcast_layout::Lane| {
            map.audiences
                .position(lane.name.as_deref().unwrap_or_default())
        };
        let places: Vec<usize> = layout.lanes.iter().filter_map(known).collect();
        prop_assert!(places.is_sorted(), "audiences stand in the map's order");
    }
    for (place, touchpoint) in layout.cards.iter().zip(map.touchpoints.iter()) {
        let name = choice.lane(touchpoint);
        let lane = layout.lanes.iter().find(|lane| lane.name == name);
        let fits = lane.is_some_and(|lane| {
            let room = lane.y + geometry.lane_margin
                ..=lane.y + lane.height - geometry.lane_margin - geometry.card_height;
            room.contains(&place.y)
        });
        prop_assert!(
            fits,
            "{} at {} is outside {:?}",
            place.touchpoint,
            place.y,
            lane
        );
    }
    Ok(())
}

fn check_columns(map: &Map, layout: &Layout, choice: Choice) -> Result<(), TestCaseError> {
    for pair in layout.columns.windows(2) {
        prop_assert!(
            pair[0].x + pair[0].width < pair[1].x,
            "columns stand side by side"
        );
    }
    if map.stages.is_empty() || choice.distances {
        prop_assert!(layout.columns.iter().all(|column| column.stage.is_none()));
        return Ok(());
    }
    let homeless = map
        .touchpoints
        .iter()
        .any(|touchpoint| touchpoint.stage.is_none());
    let expected: Vec<Option<Id>> = std::iter::repeat_n(None, usize::from(homeless))
        .chain(map.stages.ids().cloned().map(Some))
        .collect();
    prop_assert_eq!(
        layout
            .columns
            .iter()
            .map(|column| column.stage.clone())
            .collect::<Vec<_>>(),
        expected
    );
    Ok(())
}

/// Cards of one layer before and after (and of one lane) do not change order.
fn check_order(
    (old, before): (&Map, &Layout),
    (map, after): (&Map, &Layout),
    choice: Choice,
) -> Result<(), TestCaseError> {
    let lane = |map: &Map, id: &Id| map.touchpoints.get(id.as_str()).map(|row| choice.lane(row));
    let stayed = |id: &Id| lane(old, id) == lane(map, id);
    let now: HashMap<&Id, &Place> = after
        .cards
        .iter()
        .map(|place| (&place.touchpoint, place))
        .collect();
    let both = || {
        before
            .cards
            .iter()
            .filter_map(|place| Some((place, *now.get(&place.touchpoint)?)))
            .filter(|(before, now)| !before.pinned && !now.pinned && stayed(&now.touchpoint))
    };
    for (one, one_now) in both() {
        for (other, other_now) in
            both().filter(|(other, now)| other.x == one.x && now.x == one_now.x)
        {
            prop_assert_eq!(
                one.y < other.y,
                one_now.y < other_now.y,
                "{} and {} swap",
                &one.touchpoint,
                &other.touchpoint
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 140, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_picture_keeps_the_laws_and_an_arrangement_tells_what_moved(choice in choice(), deeds in prop::collection::vec(deed(), 1..140)) {
        let geometry = Geometry::default();
        let mut map = blank();
        let mut arrangement = Arrangement::within(&map, geometry, choice.frame());
        let mut told = arrangement.layout();
        let mut pictures = vec![told.clone()];
        for (number, deed) in deeds.iter().enumerate() {
            let Some(applied) = perform(&map, deed, number) else { continue };
            let old = std::mem::replace(&mut map, applied.map);
            let moved = arrangement.update(&map, &applied.changes);
            let layout = arrangement.layout();
            check(&map, &layout, &geometry, choice)?;
            // A map that is again as it was has the picture that it had.
            if !matches!(deed, Deed::RankAudience(_)) && !pictures.contains(&layout) {
                check_order((&old, &told), (&map, &layout), choice)?;
            }
            pictures.push(layout.clone());
            prop_assert_eq!(moved.lanes_changed, told.lanes != layout.lanes);
            prop_assert_eq!(moved.columns_changed, told.columns != layout.columns);
            let places = |layout: &Layout| -> HashMap<Id, (f64, f64)> {
                layout.cards.iter().map(|place| (place.touchpoint.clone(), (place.x, place.y))).collect()
            };
            let mut followed = places(&told);
            followed.retain(|id, _| map.contains(Entity::Touchpoint, id.as_str()));
            followed.extend(moved.cards.into_iter().map(|(id, x, y)| (id, (x, y))));
            prop_assert_eq!(followed, places(&layout));
            told = layout;
        }
        let complete = lay_out_in(&map, &geometry, &choice.frame());
        check(&map, &complete, &geometry, choice)?;
        prop_assert_eq!(complete, lay_out_in(&map, &geometry, &choice.frame()));
    }
}

#[test]
fn an_empty_map_has_a_picture() {
    let map = Map::new(MapProperties::titled("Test"));
    let layout = lay_out(&map, &Geometry::default());
    assert!(layout.cards.is_empty() && layout.routes.is_empty());
}
