//! The flights as a calendar: one all-day event for each time that a touchpoint is live. Written only. The same event
//! keeps its UID when the map changes, so that calendars that are told again move it instead of doubling it.

use backcast_model::catalog::Catalog;
use backcast_model::{Day, Map, Touchpoint};
use icalendar::{Calendar, Component, Event, Property};

use crate::matrix::Shown;

/// How much of a text goes into a calendar, in characters.
const LONGEST: usize = 2_000;

/// The calendar's text. `project` names the project in every UID: its id, or whatever else stays when the map's title
/// changes. `stamp` is the day it was made (what iCalendar calls DTSTAMP); without one each event is stamped with its own
/// first day, so that the same map always gives the same text.
#[must_use]
pub fn write(map: &Map, catalog: &Catalog, project: &str, stamp: Option<Day>) -> String {
    let shown = Shown::of(map, catalog);
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Backcast//Backcast//EN"),
        ("CALSCALE", "GREGORIAN"),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    // The library escapes the texts it knows of, and this one it does not.
    calendar.append_property(Property::new(
        "NAME",
        escaped(&clean(&map.properties.title)),
    ));
    calendar.append_property(Property::new("X-WR-CALNAME", clean(&map.properties.title)));
    for touchpoint in map
        .touchpoints
        .iter()
        .filter(|touchpoint| touchpoint.is_present())
    {
        for (number, flight) in (1..).zip(&touchpoint.flights) {
            calendar.push(event(
                touchpoint,
                &uid(project, touchpoint, number),
                *flight,
                stamp,
                &shown,
            ));
        }
    }
    calendar.to_string()
}

fn event(
    touchpoint: &Touchpoint,
    uid: &str,
    (first, last): (Day, Day),
    stamp: Option<Day>,
    shown: &Shown<'_>,
) -> Event {
    let mut event = Event::new();
    let compact = |day: Day| day.to_string().replace('-', "");
    // The end of an all-day event is the first day on which it is over.
    let over = Day::from(last.date().tomorrow().unwrap_or(last.date()));
    let date = |key: &str, day: Day| {
        Property::new(key, compact(day))
            .add_parameter("VALUE", "DATE")
            .done()
    };
    event.uid(uid);
    event.add_property(
        "DTSTAMP",
        format!("{}T000000Z", compact(stamp.unwrap_or(first))),
    );
    event.append_property(date("DTSTART", first));
    event.append_property(date("DTEND", over));
    event.summary(&clean(&touchpoint.name));
    event.add_property("TRANSP", "TRANSPARENT");
    let description = description(touchpoint, shown);
    if !description.is_empty() {
        event.description(&description);
    }
    if let Some(stage) = touchpoint.stage.as_ref().map(|stage| shown.stage(stage)) {
        // The library takes categories for a list that is escaped already.
        event.add_property(
            "CATEGORIES",
            clean(stage).replace(['\\', ',', ';', '\n'], " "),
        );
    }
    event.done()
}

/// Named after the project, the touchpoint and the number of its flight; fingerprints, because ids may hold anything.
fn uid(project: &str, touchpoint: &Touchpoint, number: usize) -> String {
    let fingerprint = |text: &str| {
        text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    let (project, row) = (fingerprint(project), fingerprint(touchpoint.id.as_str()));
    format!("{project:016x}-{row:016x}-{number}@backcast.invalid")
}

fn description(touchpoint: &Touchpoint, shown: &Shown<'_>) -> String {
    let channel = touchpoint
        .channel
        .as_deref()
        .map(|channel| shown.channel(channel));
    let parts = [
        ("Channel", channel.as_deref()),
        ("Message", touchpoint.message.as_deref()),
        ("Call to action", touchpoint.cta.as_deref()),
        ("Owner", touchpoint.owner.as_deref()),
    ];
    let told = parts
        .iter()
        .filter_map(|(what, text)| Some(format!("{what}: {}", clean((*text)?))));
    told.collect::<Vec<_>>().join("\n")
}

/// A text without control characters but line breaks, as much of it as a calendar shows.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|character| *character == '\n' || !character.is_control())
        .take(LONGEST)
        .collect()
}

/// A text as RFC 5545 writes it.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(',', "\\,")
        .replace(';', "\\;")
        .replace('\n', "\\n")
}
