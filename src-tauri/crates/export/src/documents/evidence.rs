//! What shows a gap, in words: what a person reads where the map is not in view.

use backcast_analysis::{Evidence, Gap};
use backcast_model::Id;

use super::reading::Reading;
use super::words;

/// How many things are named before the rest is only counted.
const MOST_NAMES: usize = 8;

/// A sentence that says more than the gap's own; empty where there is nothing to add.
pub(super) fn words(reading: &Reading<'_>, gap: &Gap) -> String {
    match &gap.evidence {
        Evidence::Path {
            touchpoints,
            links,
            days,
            limit,
        } => {
            let way = way(reading, touchpoints);
            let held = limit.map(|limit| format!(", held against {}", words::number(limit)));
            let held = held.unwrap_or_default();
            match days {
                Some(days) => format!(
                    "The way: {way}; it takes {} days{held}.",
                    words::number(*days)
                ),
                None if limit.is_some() => {
                    let steps = words::counted(links.len(), "step");
                    format!("The way: {way}; {steps}{held}.")
                }
                None => format!("The way: {way}."),
            }
        }
        Evidence::Figure { touchpoints, .. } if touchpoints.len() > 1 => {
            format!("The way: {}.", way(reading, touchpoints))
        }
        Evidence::Cut { entries } if entries.len() > 3 => {
            format!(
                "No way is left from {}.",
                words::listed(&names(reading, entries))
            )
        }
        Evidence::Shares { shares, .. } => {
            let told = shares.iter().take(MOST_NAMES).map(|share| {
                let name = words::channel(reading.catalog(), &share.label);
                format!("{name} {}", words::percent(share.share))
            });
            let told: Vec<_> = told.collect();
            format!("The split: {}.", told.join(", "))
        }
        Evidence::Component if gap.touchpoints.len() > 3 => {
            format!(
                "These hang together: {}.",
                words::listed(&names(reading, &gap.touchpoints))
            )
        }
        Evidence::None
        | Evidence::Cut { .. }
        | Evidence::Component
        | Evidence::Figure { .. }
        | Evidence::Weeks { .. }
        | Evidence::Texts { .. }
        | Evidence::Words { .. }
        | Evidence::Date { .. } => String::new(),
    }
}

fn way(reading: &Reading<'_>, touchpoints: &[Id]) -> String {
    names(reading, touchpoints).join(" \u{2192} ")
}

/// Who suffers from a gap besides those it stands on.
pub(super) fn affected(reading: &Reading<'_>, gap: &Gap) -> String {
    let ids = reading.assessment.affects(gap);
    if ids.is_empty() {
        return String::new();
    }
    let verb = if ids.len() == 1 { "suffers" } else { "suffer" };
    let told = words::listed(&names(reading, &ids));
    format!("{told} {verb} from it.")
}

/// The names of touchpoints; beyond the most, how many more there are.
fn names(reading: &Reading<'_>, ids: &[Id]) -> Vec<String> {
    let name = |id: &Id| {
        let touchpoint = reading.map().touchpoints.get(id.as_str());
        words::said(Some(
            touchpoint.map_or(id.as_str(), |one| one.name.as_str()),
        ))
    };
    let shown = if ids.len() > MOST_NAMES + 1 {
        MOST_NAMES
    } else {
        ids.len()
    };
    let mut names: Vec<_> = ids.iter().take(shown).map(name).collect();
    if shown < ids.len() {
        names.push(format!("{} more", ids.len() - shown));
    }
    names
}
