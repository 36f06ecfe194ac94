//! Sentences: fills the names of what a gap is about into its rule's text. Placeholders stand in braces:
//! `{touchpoint}` and `{touchpoints}` are what the gap stands on, `{from}` and `{to}` its link's ends, `{stage}`,
//! `{audience}` and `{on_device}` its subjects, the rest comes from its evidence; `{leads|lead}` is singular or plural
//! with the number of touchpoints.

use backcast_model::catalog::Catalog;
use backcast_model::{Id, Link, Map};

use crate::gap::{Evidence, Gap};
use crate::rule::Per;

/// How many names a sentence takes before it says "and 4 more".
const MOST_NAMES: usize = 3;

/// How many steps of a way a sentence tells before it leaves out what lies between.
const MOST_STEPS: usize = 7;

/// A name in quotation marks.
pub(crate) fn quoted(name: &str) -> String {
    format!("\u{201c}{name}\u{201d}")
}

/// The sentence about a gap; O(length), and looks up only the names it uses.
pub(crate) fn message(gap: &Gap, map: &Map, catalog: &Catalog) -> String {
    let mut message = String::new();
    let mut rest = (gap.rule.text)(gap);
    while let Some((before, after)) = rest.split_once('{') {
        message.push_str(before);
        let (placeholder, after) = after.split_once('}').unwrap_or((after, ""));
        message.push_str(&Words { gap, map, catalog }.fill(placeholder));
        rest = after;
    }
    message.push_str(rest);
    message
}

struct Words<'a> {
    gap: &'a Gap,
    map: &'a Map,
    catalog: &'a Catalog,
}

impl Words<'_> {
    fn fill(&self, placeholder: &str) -> String {
        if let Some((one, many)) = placeholder.split_once('|') {
            return if self.gap.touchpoints.len() == 1 {
                one
            } else {
                many
            }
            .to_owned();
        }
        match placeholder {
            "touchpoint" => self
                .gap
                .touchpoints
                .first()
                .map_or_else(String::new, |id| self.touchpoint(id)),
            "touchpoints" => list(&self.gap.touchpoints, |id| self.touchpoint(id)),
            "from" => self
                .link()
                .map_or_else(String::new, |link| self.touchpoint(&link.from)),
            "to" => self
                .link()
                .map_or_else(String::new, |link| self.touchpoint(&link.to)),
            "stage" => self.stage(),
            "audience" => self.audience(),
            "stages" => list(&self.gap.stages, |id| self.stage_name(id)),
            "on_device" => {
                let device = self.gap.key.subjects.last();
                device.map_or_else(String::new, |device| on_device(device.as_str()))
            }
            "count" => self.gap.touchpoints.len().to_string(),
            other => self.evidence(other),
        }
    }

    fn touchpoint(&self, id: &Id) -> String {
        quoted(
            self.map
                .touchpoints
                .get(id.as_str())
                .map_or(id.as_str(), |touchpoint| touchpoint.name.as_str()),
        )
    }

    /// A way as its touchpoints in a row; of a long one how it begins and how it ends.
    fn way(&self, touchpoints: &[Id]) -> String {
        let names = |ids: &[Id]| ids.iter().map(|id| self.touchpoint(id)).collect();
        let mut steps: Vec<String> = names(touchpoints);
        if steps.len() > MOST_STEPS {
            let between = format!("{} more", steps.len() - MOST_STEPS + 1);
            steps.splice(MOST_STEPS - 3..steps.len() - 2, [between]);
        }
        steps.join(" → ")
    }

    fn link(&self) -> Option<&Link> {
        self.map.links.get(self.gap.links.first()?.as_str())
    }

    fn stage(&self) -> String {
        let named = match self.gap.rule.per {
            Per::Stage | Per::StageWeeks => self.gap.key.subjects.first(),
            Per::AudienceStage | Per::AudienceStageDevice => self.gap.key.subjects.get(1),
            _ => self.gap.stages.first(),
        };
        named.map_or_else(String::new, |id| self.stage_name(id))
    }

    fn stage_name(&self, id: &Id) -> String {
        let stage = self.map.stages.get(id.as_str());
        quoted(stage.map_or(id.as_str(), |stage| stage.name.as_str()))
    }

    fn audience(&self) -> String {
        self.gap
            .key
            .subjects
            .first()
            .map_or_else(String::new, |id| {
                quoted(
                    self.map
                        .audiences
                        .get(id.as_str())
                        .map_or(id.as_str(), |audience| audience.name.as_str()),
                )
            })
    }

    fn evidence(&self, part: &str) -> String {
        match (&self.gap.evidence, part) {
            (Evidence::Path { touchpoints, .. }, "path") => self.way(touchpoints),
            (
                Evidence::Path { touchpoints, .. } | Evidence::Figure { touchpoints, .. },
                "first",
            ) => touchpoints
                .first()
                .map_or_else(String::new, |id| self.touchpoint(id)),
            (Evidence::Path { touchpoints, .. }, "steps") => {
                touchpoints.len().saturating_sub(1).to_string()
            }
            (Evidence::Path { days, .. }, "days") => days.map_or_else(String::new, in_days),
            (Evidence::Path { limit, .. }, "limit") => limit.map_or_else(String::new, in_days),
            (Evidence::Cut { entries }, "entries") => list(entries, |id| self.touchpoint(id)),
            (Evidence::Shares { shares, .. }, "largest") => shares
                .first()
                .map_or_else(String::new, |share| self.channel(&share.label)),
            (Evidence::Shares { shares, .. }, "share") => shares
                .first()
                .map_or_else(String::new, |share| percent(share.share)),
            (Evidence::Figure { value, .. }, "percent") => value.map_or_else(String::new, percent),
            (Evidence::Figure { limit, .. }, "limit") => percent(*limit),
            (Evidence::Weeks { first, .. }, "first") => first.to_string(),
            (Evidence::Weeks { last, .. }, "last") => last.to_string(),
            (Evidence::Texts { said, .. }, "said") => quoted(said),
            (Evidence::Texts { found, .. }, "found") => quoted(found),
            (Evidence::Texts { said, .. }, "keys_here") => keys(said),
            (Evidence::Texts { found, .. }, "keys_there") => keys(found),
            (Evidence::Words { words }, "channel") => words
                .first()
                .map_or_else(String::new, |word| self.channel(word)),
            (Evidence::Words { words }, "channels") => list(words, |word| self.channel(word)),
            (Evidence::Words { words }, "systems") => list(words, |id| self.system(id)),
            (Evidence::Words { words }, "words") => list(words, Clone::clone),
            (Evidence::Date { date }, "date") => date.to_string(),
            _ => String::new(),
        }
    }

    fn system(&self, id: &str) -> String {
        quoted(
            self.map
                .systems
                .get(id)
                .map_or(id, |system| system.name.as_str()),
        )
    }

    fn channel(&self, text: &str) -> String {
        self.catalog
            .channel(text)
            .map_or_else(|| quoted(text), |channel| channel.name.clone())
    }
}

/// Names as one would say them: “a”, “b” and 4 more.
fn list<T>(things: &[T], name: impl Fn(&T) -> String) -> String {
    let shown = if things.len() > MOST_NAMES + 1 {
        MOST_NAMES
    } else {
        things.len()
    };
    let mut names: Vec<_> = things[..shown].iter().map(name).collect();
    if shown < things.len() {
        names.push(format!("{} more", things.len() - shown));
    }
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// Keys with commas between them, as one would say them.
fn keys(keys: &str) -> String {
    let keys: Vec<_> = keys.split(", ").collect();
    list(&keys, |one| key(one))
}

/// What people are known by, as one would say it.
pub(crate) fn key(key: &str) -> String {
    match key {
        "address" => "postal address",
        "email" => "e-mail address",
        "phone" => "phone number",
        other => other,
    }
    .to_owned()
}

/// How people are met with a device.
pub(crate) fn on_device(device: &str) -> String {
    match device {
        "in-person" => "in person",
        "kiosk" => "at a kiosk",
        "laptop" => "on a laptop",
        "mobile" => "on a mobile",
        "phone" => "by phone",
        "print" => "in print",
        "speaker" => "on a speaker",
        "tablet" => "on a tablet",
        "tv" => "on TV",
        other => return format!("on {}", quoted(other)),
    }
    .to_owned()
}

/// A number of days.
pub(crate) fn in_days(days: f64) -> String {
    let days = number(days);
    let noun = if days == "1" { "day" } else { "days" };
    format!("{days} {noun}")
}

/// A number without a needless fraction.
fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    format!("{rounded}")
}

/// A share as a percentage.
pub(crate) fn percent(share: f64) -> String {
    let rounded = (share * 1000.0).round() / 10.0;
    format!("{rounded} %")
}
