//! The ways through a map in words: from each place where people come in, the shortest way to where they should end
//! up.

use std::collections::{BTreeMap, VecDeque};

use backcast_model::{Link, Touchpoint};
use backcast_render::document::{Block, Level, Text};

use super::reading::Reading;
use super::words;

/// How many ways to one destination are told before the rest is only counted.
const MOST_WAYS: usize = 12;

/// How many touchpoints are named before the rest is only counted.
const MOST_NAMES: usize = 12;

/// The ways as a section; nothing when nobody comes in or there is nowhere to end up.
pub(crate) fn section(reading: &Reading<'_>) -> Vec<Block> {
    let entries: Vec<&Touchpoint> = reading
        .touchpoints()
        .filter(|touchpoint| reading.is_entry(touchpoint))
        .collect();
    let is_end = |touchpoint: &Touchpoint| touchpoint.is_ultimate();
    if entries.is_empty() || !reading.touchpoints().any(is_end) {
        return Vec::new();
    }
    let (mut ways, mut lost) = (BTreeMap::<usize, Vec<Text>>::new(), Vec::new());
    for entry in entries {
        match way(reading, entry) {
            Some((last, _)) if last.id == entry.id => {}
            Some((last, text)) => {
                let place = reading.map().touchpoints.position(last.id.as_str());
                ways.entry(place.unwrap_or_default())
                    .or_default()
                    .push(text);
            }
            None => lost.push(words::said(Some(&entry.name))),
        }
    }
    if ways.is_empty() && lost.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Heading(
        Level::Section,
        Text::plain("How people get there"),
    )];
    if !ways.is_empty() {
        let intro = "The shortest way from each place where people come in, with what they are asked to do on it.";
        blocks.push(Block::Paragraph(Text::plain(intro)));
    }
    for (place, mut told) in ways {
        let name = reading.map().touchpoints.at(place);
        let name = name.map_or_else(String::new, |last| words::said(Some(&last.name)));
        blocks.push(Block::Heading(
            Level::Part,
            Text::plain(&format!("To {name}")),
        ));
        let more = told.len().saturating_sub(MOST_WAYS);
        told.truncate(MOST_WAYS);
        blocks.push(Block::List(told));
        if more > 0 {
            let rest = format!("And {} more.", words::counted(more, "way"));
            blocks.push(Block::Note(Text::plain(&rest)));
        }
    }
    if !lost.is_empty() {
        let rest = lost.len().saturating_sub(MOST_NAMES);
        lost.truncate(MOST_NAMES);
        if rest > 0 {
            lost.push(format!("{rest} more"));
        }
        let sentence = format!(
            "No way leads to where people should end up from {}.",
            words::listed(&lost)
        );
        blocks.push(Block::Note(Text::plain(&sentence)));
    }
    blocks
}

/// The shortest way from a touchpoint to the nearest place where people should end up. O(touchpoints + links).
fn way<'a>(reading: &Reading<'a>, from: &'a Touchpoint) -> Option<(&'a Touchpoint, Text)> {
    let mut came: BTreeMap<&str, Option<(&Link, &Touchpoint)>> =
        BTreeMap::from([(from.id.as_str(), None)]);
    let mut open = VecDeque::from([from]);
    while let Some(here) = open.pop_front() {
        if here.is_ultimate() {
            return Some((here, told(&came, here)));
        }
        for (link, target) in reading.after(&here.id) {
            if !came.contains_key(target.id.as_str()) {
                came.insert(target.id.as_str(), Some((link, here)));
                open.push_back(target);
            }
        }
    }
    None
}

fn told(came: &BTreeMap<&str, Option<(&Link, &Touchpoint)>>, last: &Touchpoint) -> Text {
    let mut steps = vec![(last, None)];
    let mut here = last;
    while let Some(Some((link, before))) = came.get(here.id.as_str()) {
        steps.push((before, Some(*link)));
        here = before;
    }
    let mut text = Text::default();
    for (at, (touchpoint, link)) in steps.iter().rev().enumerate() {
        if at > 0 {
            text = text.and(" \u{2192} ");
        }
        text = text.and_strong(&words::said(Some(&touchpoint.name)));
        let own = touchpoint.cta.as_deref();
        let call = link.and_then(|link| link.cta.as_deref().or(own));
        let call = words::said(call);
        if !call.is_empty() {
            text = text.and_soft(&format!(" ({})", words::quoted(&call)));
        }
    }
    text
}
