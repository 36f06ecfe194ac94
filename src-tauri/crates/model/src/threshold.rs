//! The figures of gap rules that a project may set, each with the range in which it makes sense. What a rule does with
//! its figures is no matter of this module, and figures of rules and names that are not known here belong to another
//! version of the program: they are kept unseen.

use indexmap::IndexMap;
use serde_json::Value;

use crate::properties::RuleSetting;
use crate::record::Entity;
use crate::refusal::Refusal;

/// A figure of a rule that a project may set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Threshold {
    /// Its key in the project's settings of the rule.
    pub name: &'static str,
    /// What it is called on screen, with its unit.
    pub label: &'static str,
    /// What holds unless the project says otherwise.
    pub default: f64,
    /// The smallest figure that makes sense.
    pub least: f64,
    /// The largest figure that makes sense.
    pub most: f64,
}

/// The figures of the rule `channel-dominates`.
pub const CHANNEL_DOMINATES: &[Threshold] = &[Threshold {
    name: "max_share",
    label: "Largest share of the budget that one channel may take (0–1)",
    default: 0.5,
    least: 0.0,
    most: 1.0,
}];

/// The figures of the rule `paid-into-unproven`.
pub const PAID_INTO_UNPROVEN: &[Threshold] = &[Threshold {
    name: "min_rate",
    label: "Lowest conversion rate that counts as proven (0–1)",
    default: 0.005,
    least: 0.0,
    most: 1.0,
}];

/// The figures of the rule `ready-buyers-delayed`.
pub const READY_BUYERS_DELAYED: &[Threshold] = &[
    Threshold {
        name: "max_links",
        label: "Most links on the shortest way of an audience that is ready to buy",
        default: 3.0,
        least: 1.0,
        most: 1000.0,
    },
    Threshold {
        name: "max_days",
        label: "Most days on the shortest way of an audience that is ready to buy",
        default: 7.0,
        least: 0.0,
        most: 3650.0,
    },
];

/// The figures of a rule by its id; none of a rule that has none or is not known.
#[must_use]
pub fn of_rule(rule: &str) -> &'static [Threshold] {
    match rule {
        "channel-dominates" => CHANNEL_DOMINATES,
        "paid-into-unproven" => PAID_INTO_UNPROVEN,
        "ready-buyers-delayed" => READY_BUYERS_DELAYED,
        _ => &[],
    }
}

impl Threshold {
    /// What a rule counts with where a project sets its figure so: out of the range it is the nearest in it, and what
    /// is no number counts as if nothing had been set.
    #[must_use]
    pub fn counted(&self, set: Option<&Value>) -> f64 {
        set.and_then(Value::as_f64)
            .map_or(self.default, |set| set.clamp(self.least, self.most))
    }

    fn refuses(&self, value: &Value) -> bool {
        let in_range = |figure: f64| (self.least..=self.most).contains(&figure);
        !value.is_null() && !value.as_f64().is_some_and(in_range)
    }
}

/// Refuses figures out of their range, where they differ from those of `before`: what a file held already does not keep
/// anybody from changing something else. Like a dismissal's moment, this is asked where settings come in, not of every
/// row.
///
/// # Errors
/// For the first such figure, with its place below the map's own row.
pub fn check(
    rules: &IndexMap<String, RuleSetting>,
    before: Option<&IndexMap<String, RuleSetting>>,
) -> Result<(), Refusal> {
    for (rule, setting) in rules {
        let held = before.and_then(|before| before.get(rule));
        for threshold in of_rule(rule) {
            let Some(value) = setting.thresholds.get(threshold.name) else {
                continue;
            };
            let was = held.and_then(|held| held.thresholds.get(threshold.name));
            if threshold.refuses(value) && was != Some(value) {
                return Err(out_of_range(rule, threshold, value));
            }
        }
    }
    Ok(())
}

/// Settings with each figure out of its range as the rule counts it, so that they pass [`check`] and mean the same. What
/// is no number is left out.
#[must_use]
pub fn counted(rules: &IndexMap<String, RuleSetting>) -> IndexMap<String, RuleSetting> {
    let mut counted = rules.clone();
    for (rule, setting) in &mut counted {
        for threshold in of_rule(rule) {
            let Some(value) = setting.thresholds.get_mut(threshold.name) else {
                continue;
            };
            if value.is_number() && threshold.refuses(value) {
                *value = threshold.counted(Some(value)).into();
            } else if threshold.refuses(value) {
                setting.thresholds.shift_remove(threshold.name);
            }
        }
    }
    counted
}

fn out_of_range(rule: &str, threshold: &Threshold, value: &Value) -> Refusal {
    let Threshold {
        name, least, most, ..
    } = threshold;
    let found = value.as_str().map_or_else(
        || value.to_string(),
        |text| format!("the text \u{201c}{text}\u{201d}"),
    );
    let reason = format!("a number from {least} to {most} was expected here, not {found}");
    Refusal {
        entity: Some(Entity::Map),
        ..Refusal::new(reason).at(format!("rules/{rule}/{name}"))
    }
}
