//! A rule: what it is called, what it reads, how it finds gaps, what it says and how it mends, as one value. Finding
//! is a pure function of facts; the rest is asked only for gaps that somebody looks at.

use backcast_model::threshold::Threshold;
use backcast_model::{Day, Entity, Map, Moment, Severity};
use smallvec::SmallVec;

use crate::facts::{Facts, NONE};
use crate::fix::{Fix, Workshop};
use crate::gap::{Evidence, Gap, GapKey, Ids};
use crate::inputs::Inputs;
use crate::reach::Reach;

/// What there is one gap per, and so what the subjects of a gap are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// The map: no subjects.
    Map,
    /// A touchpoint.
    Touchpoint,
    /// A link.
    Link,
    /// Touchpoints that lead to each other.
    Component,
    /// A stage.
    Stage,
    /// An audience.
    Audience,
    /// An audience and a stage.
    AudienceStage,
    /// An audience, a stage and a device.
    AudienceStageDevice,
    /// A stage and the Monday of the first of several weeks in a row.
    StageWeeks,
}

/// Why a rule is worth having.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The rule's short name.
    pub title: &'static str,
    /// One paragraph of planning experience.
    pub paragraph: &'static str,
    /// One example.
    pub example: &'static str,
}

/// What a rule lacks to be assessed.
#[derive(Debug, PartialEq, Eq)]
pub struct Need {
    /// What to fill in, as a request.
    pub text: &'static str,
    /// Where: a kind of row …
    pub entity: Entity,
    /// … and its field.
    pub field: &'static str,
}

/// Whether a rule could be assessed, and what it lacks when not.
pub(crate) type Assessed = Result<(), &'static Need>;

/// How a rule finds its gaps. What it lacks is asked first.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Find {
    /// By looking at the whole map.
    Whole(fn(&Reading<'_>, &mut Finds) -> Assessed),
    /// By looking at each present touchpoint, its links and the touchpoints at their other ends, and no further.
    Touchpoint(
        fn(&Reading<'_>) -> Assessed,
        fn(&Reading<'_>, u32) -> Option<Found>,
    ),
    /// By looking at each link between present touchpoints and at these, and no further.
    Link(
        fn(&Reading<'_>) -> Assessed,
        fn(&Reading<'_>, u32) -> Option<Found>,
    ),
}

/// A rule about maps.
#[derive(Debug)]
pub struct Rule {
    /// Stable id in kebab-case.
    pub id: &'static str,
    /// Short name in the planner's words.
    pub name: &'static str,
    /// How much its gaps hurt unless the project says otherwise.
    pub severity: Severity,
    /// What there is one gap per.
    pub per: Per,
    /// The moments of the journey it speaks of; empty: of all.
    pub moments: &'static [Moment],
    /// The figures a project may set.
    pub thresholds: &'static [Threshold],
    /// One paragraph of planning experience.
    pub wisdom: &'static str,
    /// One example.
    pub example: &'static str,
    /// What it reads beyond [`Inputs::ALWAYS`] and [`Inputs::STAGE`].
    pub(crate) reads: Inputs,
    /// Finds its gaps.
    pub(crate) find: Find,
    /// The sentence about a gap, with placeholders that `wording` fills in.
    pub(crate) text: fn(&Gap) -> &'static str,
    /// What suffers from a gap besides what it stands on, as slots.
    pub(crate) affects: fn(&Workshop<'_>, &Gap) -> Vec<u32>,
    /// How to mend a gap, best first.
    pub(crate) mend: fn(&Workshop<'_>, &Gap) -> Vec<Fix>,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

impl Rule {
    /// Why it is worth having.
    #[must_use]
    pub const fn explanation(&self) -> Explanation {
        Explanation {
            title: self.name,
            paragraph: self.wisdom,
            example: self.example,
        }
    }

    /// The sentence about its gaps before names take the place of what stands in braces; of a rule that says it in
    /// several ways, the one for a gap that nothing shows.
    #[must_use]
    pub fn sentence(&'static self) -> &'static str {
        let bare = Gap {
            key: GapKey {
                rule: self.id,
                subjects: Ids::new(),
            },
            rule: self,
            severity: self.severity,
            stages: Ids::new(),
            no_stage: false,
            touchpoints: Ids::new(),
            links: Ids::new(),
            evidence: Evidence::None,
            dismissed: None,
        };
        (self.text)(&bare)
    }
}

/// What a rule reads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) rule: &'static Rule,
    pub(crate) map: &'a Map,
    pub(crate) facts: &'a Facts,
    pub(crate) reach: &'a Reach,
    pub(crate) today: Day,
}

impl Reading<'_> {
    /// A threshold of the rule as the project sets it; out-of-range settings count as the nearest in range.
    pub(crate) fn threshold(&self, name: &str) -> f64 {
        let Some(threshold) = self
            .rule
            .thresholds
            .iter()
            .find(|threshold| threshold.name == name)
        else {
            return 0.0;
        };
        let set = self
            .map
            .properties
            .rules
            .get(self.rule.id)
            .and_then(|setting| setting.thresholds.get(name));
        threshold.counted(set)
    }
}

/// A gap by numbers: slots of touchpoints, links, stages.
#[derive(Debug)]
pub(crate) struct Found {
    /// What the gap is about, in slots, as [`Per`] says; weeks as days since 1970.
    pub(crate) subject: SmallVec<[u32; 4]>,
    /// What it stands on, in the planner's order.
    pub(crate) touchpoints: SmallVec<[u32; 4]>,
    /// The links it stands on.
    pub(crate) link: u32,
    /// The stages it counts under, in the framework's order: those of its touchpoints, and one that has none to name.
    pub(crate) stages: SmallVec<[u32; 4]>,
    /// What shows that it is so, until a gap takes it over.
    pub(crate) evidence: Option<Box<Evidence>>,
}

impl Found {
    /// Whether a gap made of `other` says what this found.
    pub(crate) fn is_told_by(&self, other: &Self, gap: &Gap) -> bool {
        let evidence = self.evidence.as_deref().unwrap_or(&Evidence::None);
        self.subject == other.subject
            && self.touchpoints == other.touchpoints
            && self.link == other.link
            && self.stages == other.stages
            && *evidence == gap.evidence
    }

    /// A gap about these slots.
    pub(crate) fn about(subject: &[u32]) -> Self {
        Self {
            subject: SmallVec::from_slice(subject),
            touchpoints: SmallVec::new(),
            link: NONE,
            stages: SmallVec::new(),
            evidence: None,
        }
    }

    /// A gap about one touchpoint.
    pub(crate) fn touchpoint(slot: u32) -> Self {
        Self {
            touchpoints: SmallVec::from_slice(&[slot]),
            ..Self::about(&[slot])
        }
    }

    /// A gap about one link.
    pub(crate) fn link(facts: &Facts, slot: u32) -> Self {
        let link = facts.links.at(slot);
        Self {
            link: slot,
            ..Self::about(&[slot])
        }
        .on(facts, [link.from, link.to])
    }

    /// The same, standing on these touchpoints.
    pub(crate) fn on(self, facts: &Facts, touchpoints: impl IntoIterator<Item = u32>) -> Self {
        let mut touchpoints: SmallVec<[u32; 4]> = touchpoints.into_iter().collect();
        touchpoints.sort_unstable_by_key(|slot| facts.position(*slot));
        Self {
            touchpoints,
            ..self
        }
    }

    /// The same, standing on these touchpoints, which are in the planner's order.
    pub(crate) fn on_all(self, touchpoints: &[u32]) -> Self {
        Self {
            touchpoints: SmallVec::from_slice(touchpoints),
            ..self
        }
    }

    /// The same, counting under this stage.
    pub(crate) fn under(mut self, stage: u32) -> Self {
        self.stages.push(stage);
        self
    }

    /// Works out the stages it counts under; [`NONE`] stands last for touchpoints without one.
    pub(crate) fn place(&mut self, facts: &Facts) {
        let mut last = None;
        for slot in &self.touchpoints {
            let stage = facts.stage_of(*slot);
            if last.replace(stage) != Some(stage) && !self.stages.contains(&stage) {
                self.stages.push(stage);
            }
        }
        if self.stages.len() > 1 {
            self.stages
                .sort_unstable_by_key(|stage| facts.stage_position(*stage));
        }
    }

    /// The same, shown by this.
    pub(crate) fn shown_by(self, evidence: Evidence) -> Self {
        Self {
            evidence: Some(Box::new(evidence)),
            ..self
        }
    }
}

/// The gaps a rule found.
#[derive(Debug, Default)]
pub(crate) struct Finds {
    pub(crate) found: Vec<Found>,
}

impl Finds {
    /// Adds a gap.
    pub(crate) fn add(&mut self, found: Found) {
        self.found.push(found);
    }
}
