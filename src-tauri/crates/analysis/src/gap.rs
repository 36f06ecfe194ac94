//! A gap: what a rule found, where, and what shows it. A value that outlives the map it was found in; its sentence,
//! what it affects and its fixes are worked out by `Assessment` when somebody asks.

use std::fmt;
use std::sync::Arc;

use backcast_model::{Day, Dismissal, Edit, Entity, Id, Map, Record, Row, Severity};
use serde::Serialize;
use smallvec::SmallVec;

use crate::rule::{Per, Rule};

/// A few ids.
pub type Ids = SmallVec<[Id; 2]>;

/// Names a gap for as long as it stands: its rule and what it is about. Written `dead-end:flyer,poster`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GapKey {
    /// Id of the rule.
    pub rule: &'static str,
    /// Ids of what the gap is about, as the rule's [`Per`] says; a component's touchpoints sorted by id.
    pub subjects: Ids,
}

impl fmt::Display for GapKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.rule)?;
        for (index, subject) in self.subjects.iter().enumerate() {
            write!(formatter, "{}{subject}", if index == 0 { ":" } else { "," })?;
        }
        Ok(())
    }
}

impl Serialize for GapKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A share of a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// Whose.
    pub label: String,
    /// How much, 0 to 1.
    pub share: f64,
}

/// What shows that a gap is one: something a canvas can draw and a person can read.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Evidence {
    /// Nothing beyond what the gap stands on.
    #[default]
    None,
    /// A way through the map.
    Path {
        /// Touchpoints from first to last.
        touchpoints: Vec<Id>,
        /// The links between them.
        links: Vec<Id>,
        /// How many days the way takes, where that is the point.
        #[serde(skip_serializing_if = "Option::is_none")]
        days: Option<f64>,
        /// What it is held against, in days or links.
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<f64>,
    },
    /// The gap's touchpoints, which hang together, or apart from the rest.
    Component,
    /// What is cut off when the gap's touchpoint is gone.
    Cut {
        /// Entries from which no way is left.
        entries: Vec<Id>,
    },
    /// How a whole is split, largest share first.
    Shares {
        /// The parts.
        shares: Vec<Share>,
        /// The share of the largest part in what each stage spends, by the stage's id, in the framework's order.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        stages: Vec<Share>,
    },
    /// A figure and what it is held against.
    Figure {
        /// The figure; absent when it is missing from the map.
        value: Option<f64>,
        /// What it is held against.
        limit: f64,
        /// What both are counted in.
        unit: &'static str,
        /// A way on which people come to where the figure counts, where that is half of the point: from first to last.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        touchpoints: Vec<Id>,
        /// The links on that way.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        links: Vec<Id>,
    },
    /// Weeks in a row.
    Weeks {
        /// Monday of the first.
        first: Day,
        /// Sunday of the last.
        last: Day,
    },
    /// Two texts that should meet.
    Texts {
        /// What is said.
        said: String,
        /// What is found.
        found: String,
    },
    /// Words: channels, devices, keys.
    Words {
        /// The words.
        words: Vec<String>,
    },
    /// A day.
    Date {
        /// The day.
        date: Day,
    },
}

/// A communication gap.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// Names it.
    pub key: GapKey,
    /// What found it.
    pub rule: &'static Rule,
    /// How much it hurts, as the project sees it.
    pub severity: Severity,
    /// The stages it counts under, in the framework's order.
    pub stages: Ids,
    /// Whether it also counts under "no stage".
    pub no_stage: bool,
    /// The touchpoints it stands on, in the planner's order.
    pub touchpoints: Ids,
    /// The links it stands on.
    pub links: Ids,
    /// What shows it.
    pub evidence: Evidence,
    /// The planner's word that it is there on purpose.
    pub dismissed: Option<Arc<Row<Dismissal>>>,
}

impl Gap {
    /// Whether nobody dismissed it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.dismissed.is_none()
    }

    /// What the gap rests on in meaning: its rule, what it is about, the touchpoints it stands on and what shows it,
    /// apart from names, order and layout. A 64-bit FNV-1a hash in hexadecimal; where a share shows the gap, `@` and
    /// the share follow, which [`Self::rests_on`] compares by how far they lie apart.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut text = self.key.to_string();
        if let Evidence::Shares { shares, .. } = &self.evidence {
            // Whose the share is says what it rests on; how many touchpoints make it up does not.
            let largest = shares.first();
            text.extend(largest.iter().flat_map(|share| ["\u{1f}", &share.label]));
            let share = largest.map_or(0.0, |share| share.share);
            return format!("{:016x}@{share:.3}", fingerprint(&text));
        }
        let mut ids: Vec<_> = self.touchpoints.iter().map(Id::as_str).collect();
        ids.sort_unstable();
        text.extend(ids.into_iter().flat_map(|id| ["\u{1f}", id]));
        text.push('\u{1e}');
        text.push_str(&meaning(&self.evidence));
        format!("{:016x}", fingerprint(&text))
    }

    /// Whether the gap still rests on what it rested on when it had this fingerprint.
    #[must_use]
    pub fn rests_on(&self, before: &str) -> bool {
        let now = self.fingerprint();
        let parts = |text: &str| {
            let (hash, share) = text.split_once('@')?;
            Some((hash.to_owned(), share.parse::<f64>().ok()?))
        };
        match (parts(&now), parts(before)) {
            (Some((hash, share)), Some((other, was))) => {
                hash == other && (share - was).abs() <= SAME_SHARE
            }
            _ => now == before,
        }
    }

    /// The record that says this gap is there on purpose, resting on what it rests on now.
    #[must_use]
    pub fn dismissal(&self, reason: &str, by: Option<&str>, at: Option<&str>) -> Dismissal {
        Dismissal {
            rule: self.rule.id.to_owned(),
            subjects: self.key.subjects.iter().map(ToString::to_string).collect(),
            reason: reason.to_owned(),
            by: by.map(str::to_owned),
            at: at.map(str::to_owned),
            rests_on: Some(self.fingerprint()),
            unknown: Default::default(),
        }
    }

    /// The edits that dismiss this gap; a dismissal that no longer holds makes room.
    #[must_use]
    pub fn dismiss(
        &self,
        map: &Map,
        reason: &str,
        by: Option<&str>,
        at: Option<&str>,
    ) -> Vec<Edit> {
        let dismissal = self.dismissal(reason, by, at);
        let id = dismissal.id().to_string();
        let old = map.dismissals.contains(&id).then_some(Edit::Delete {
            entity: Entity::Dismissal,
            id,
        });
        let new = Edit::Insert {
            entity: Entity::Dismissal,
            value: dismissal.to_fields(),
            after: None,
        };
        old.into_iter().chain([new]).collect()
    }

    /// Whether a dismissal is about this gap and still holds: it names the gap's subjects (for a map or a link its
    /// touchpoints will do) and, where it says so, the gap rests on what it rested on then.
    pub(crate) fn is_dismissed_by(&self, dismissal: &Dismissal) -> bool {
        let subjects = same(self.key.subjects.iter(), &dismissal.subjects);
        let by_touchpoints = matches!(self.rule.per, Per::Map | Per::Link)
            && same(self.touchpoints.iter(), &dismissal.subjects);
        (subjects || by_touchpoints)
            && dismissal
                .rests_on
                .as_ref()
                .is_none_or(|rests_on| self.rests_on(rests_on))
    }

    /// Whether the sentence about it may name this row.
    pub(crate) fn mentions(&self, ids: &[Id]) -> bool {
        let among = |id: &Id| ids.contains(id);
        let path = match &self.evidence {
            Evidence::Path { touchpoints, .. } | Evidence::Figure { touchpoints, .. } => {
                touchpoints.iter().any(among)
            }
            Evidence::Cut { entries } => entries.iter().any(among),
            Evidence::Words { words } => words
                .iter()
                .any(|word| ids.iter().any(|id| id.as_str() == word)),
            _ => false,
        };
        path || self.touchpoints.iter().any(among)
            || self.stages.iter().any(among)
            || self.key.subjects.iter().any(among)
    }
}

/// How far a share may have moved since a gap was dismissed before it counts as another one. Held against the share of
/// then, so that a cent more opens no gap again wherever the share lies.
const SAME_SHARE: f64 = 0.05;

/// Evidence as text that changes when its meaning does.
fn meaning(evidence: &Evidence) -> String {
    let sorted = |words: &[String]| {
        let mut words: Vec<_> = words.iter().map(String::as_str).collect();
        words.sort_unstable();
        words.join("\u{1f}")
    };
    match evidence {
        // What hangs together are the gap's touchpoints; shares are told apart from other evidence.
        Evidence::None | Evidence::Component | Evidence::Shares { .. } => String::new(),
        Evidence::Words { words } => sorted(words),
        Evidence::Cut { entries } => {
            let entries: Vec<_> = entries.iter().map(ToString::to_string).collect();
            sorted(&entries)
        }
        Evidence::Path {
            touchpoints,
            days,
            limit,
            ..
        } => format!("{touchpoints:?}{days:?}{limit:?}"),
        Evidence::Texts { said, found } => {
            format!("{}\u{1f}{}", said.to_lowercase(), found.to_lowercase())
        }
        // The way there is one of several that would do: the figure is what counts.
        Evidence::Figure {
            value, limit, unit, ..
        } => written(&Evidence::Figure {
            value: *value,
            limit: *limit,
            unit,
            touchpoints: Vec::new(),
            links: Vec::new(),
        }),
        Evidence::Weeks { .. } | Evidence::Date { .. } => written(evidence),
    }
}

fn written(evidence: &Evidence) -> String {
    serde_json::to_string(evidence).unwrap_or_default()
}

/// Whether these are the same ids, in whatever order.
fn same<'a>(ids: impl Iterator<Item = &'a Id>, others: &[String]) -> bool {
    let mut ids: Vec<_> = ids.map(Id::as_str).collect();
    let mut others: Vec<_> = others.iter().map(String::as_str).collect();
    ids.sort_unstable();
    others.sort_unstable();
    ids == others
}

/// A 64-bit FNV-1a hash.
pub(crate) fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
