//! What a touchpoint is for when nobody said so. Where links end, people end up: a touchpoint that links come to and
//! none leave becomes a destination, every other a driver. Both are guesses, and noted as such.

use serde_json::Value;

use crate::draft::Draft;
use crate::import::counted;

/// How many names a note tells before it only counts.
const TOLD: usize = 8;

/// Fills the kinds in that are missing.
pub(crate) fn decide(draft: &mut Draft) {
    let count = draft.touchpoints.len();
    let (mut leads_on, mut is_reached) = (vec![false; count], vec![false; count]);
    for link in draft.links.iter().filter(|link| link.from != link.to) {
        if let Some(leads_on) = leads_on.get_mut(link.from) {
            *leads_on = true;
        }
        if let Some(is_reached) = is_reached.get_mut(link.to) {
            *is_reached = true;
        }
    }
    let (mut destinations, mut drivers) = (Vec::new(), 0);
    for ((touchpoint, leads_on), is_reached) in
        draft.touchpoints.iter_mut().zip(leads_on).zip(is_reached)
    {
        let fields = &mut touchpoint.row.fields;
        if fields.get("kind").is_some_and(|kind| !kind.is_null()) {
            continue;
        }
        // What nobody said is not to overrule what an open map says.
        touchpoint.row.speaks.remove("kind");
        let ends = is_reached && !leads_on;
        fields.insert(
            "kind".to_owned(),
            Value::from(if ends { "destination" } else { "driver" }),
        );
        if ends {
            destinations.push(touchpoint.row.name().to_owned());
        } else {
            drivers += 1;
        }
    }
    note(draft, &destinations, drivers);
}

fn note(draft: &mut Draft, destinations: &[String], drivers: usize) {
    if !destinations.is_empty() {
        let told: Vec<String> = destinations
            .iter()
            .take(TOLD)
            .map(|name| format!("\u{201c}{name}\u{201d}"))
            .collect();
        let more = destinations.len().saturating_sub(TOLD);
        let more = if more == 0 {
            String::new()
        } else {
            format!(" and {more} more")
        };
        draft.note(
            "",
            format!(
                "taken for destinations, because links end there: {}{more}",
                told.join(", ")
            ),
        );
    }
    if drivers > 0 {
        let (noun, advice) = if destinations.is_empty() {
            ("touchpoint", "; say where people should end up")
        } else {
            ("other touchpoint", "")
        };
        let which = counted(drivers, noun);
        draft.note(
            "",
            format!("taken for drivers: {which} without a kind{advice}"),
        );
    }
}
