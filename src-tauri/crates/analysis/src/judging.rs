//! One rule looking again: what it finds now against what it found before.

use std::sync::Arc;

use backcast_model::{Id, Severity};

use crate::analyst::setting;
use crate::dismissals::Dismissals;
use crate::facts::{Facts, NONE};
use crate::gap::{Evidence, Gap, GapKey, Ids};
use crate::rule::{Assessed, Finds, Found, Need, Per, Reading};

/// What one rule said last.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// Whether it could be assessed; `None` while it is turned off.
    pub(crate) assessed: Option<Assessed>,
    /// Its gaps, sorted by subject.
    pub(crate) found: Vec<(Found, Arc<Gap>)>,
}

/// What came of rules looking again.
#[derive(Debug, Default)]
pub(crate) struct Judging {
    pub(crate) added: Vec<Arc<Gap>>,
    pub(crate) changed: Vec<Arc<Gap>>,
    /// The former state of changed gaps.
    pub(crate) replaced: Vec<Arc<Gap>>,
    pub(crate) removed: Vec<Arc<Gap>>,
    pub(crate) assessed_changed: bool,
}

impl Judging {
    /// Lets a rule look and takes in what is different. `afresh`: gaps carry more than what the rule reads, and that
    /// changed.
    pub(crate) fn judge(
        &mut self,
        reading: &Reading<'_>,
        dismissals: &Dismissals,
        afresh: bool,
        judged: &mut Judged,
    ) {
        let (enabled, severity) = setting(reading.map, reading.rule);
        let mut finds = Finds::default();
        let assessed = enabled.then(|| (reading.rule.find)(reading, &mut finds));
        if !matches!(assessed, Some(Ok(()))) {
            finds.found.clear();
        }
        self.assessed_changed |= lacking(judged.assessed) != lacking(assessed);
        judged.assessed = assessed;
        for found in &mut finds.found {
            found.place(reading.facts);
        }
        finds
            .found
            .sort_unstable_by(|one, other| one.subject.cmp(&other.subject));
        let maker = Maker {
            reading,
            severity,
            dismissals,
        };
        let old = std::mem::take(&mut judged.found);
        judged.found = self.compare(old, finds.found, &maker, afresh);
    }

    fn compare(
        &mut self,
        old: Vec<(Found, Arc<Gap>)>,
        new: Vec<Found>,
        maker: &Maker<'_>,
        afresh: bool,
    ) -> Vec<(Found, Arc<Gap>)> {
        let mut old = old.into_iter().peekable();
        let mut judged = Vec::with_capacity(new.len());
        for found in new {
            while let Some((_, gap)) = old.next_if(|(other, _)| other.subject < found.subject) {
                self.removed.push(gap);
            }
            let before = old.next_if(|(other, _)| other.subject == found.subject);
            let gap = match before {
                Some((other, gap)) if other == found && !afresh => gap,
                Some((_, gap)) => self.again(&found, gap, maker),
                None => {
                    let gap = Arc::new(maker.gap(&found));
                    self.added.push(Arc::clone(&gap));
                    gap
                }
            };
            judged.push((found, gap));
        }
        self.removed.extend(old.map(|(_, gap)| gap));
        judged
    }

    fn again(&mut self, found: &Found, old: Arc<Gap>, maker: &Maker<'_>) -> Arc<Gap> {
        let new = maker.gap(found);
        if new == *old {
            return old;
        }
        let new = Arc::new(new);
        self.replaced.push(old);
        self.changed.push(Arc::clone(&new));
        new
    }
}

/// What a rule lacks to be assessed, when it is asked at all.
pub(crate) fn lacking(assessed: Option<Assessed>) -> Option<&'static Need> {
    assessed.and_then(Result::err)
}

/// Makes gaps of what a rule found.
struct Maker<'a> {
    reading: &'a Reading<'a>,
    severity: Severity,
    dismissals: &'a Dismissals,
}

impl Maker<'_> {
    fn gap(&self, found: &Found) -> Gap {
        let facts = self.reading.facts;
        let stage_id = |stage: &u32| {
            facts
                .stages
                .at(*stage)
                .row
                .as_ref()
                .map(|row| row.record.id.clone())
        };
        let mut gap = Gap {
            key: GapKey {
                rule: self.reading.rule.id,
                subjects: self.subjects(found),
            },
            rule: self.reading.rule,
            severity: self.severity,
            stages: found
                .stages
                .iter()
                .filter(|stage| **stage != NONE)
                .filter_map(stage_id)
                .collect(),
            no_stage: found.stages.last() == Some(&NONE),
            touchpoints: found
                .touchpoints
                .iter()
                .filter_map(|slot| facts.id(*slot).cloned())
                .collect(),
            links: link_id(facts, found.link).into_iter().collect(),
            evidence: found
                .evidence
                .as_ref()
                .map_or(Evidence::None, |evidence| (**evidence).clone()),
            dismissed: None,
            stage_position: found
                .stages
                .first()
                .map_or(NONE, |stage| facts.stage_position(*stage)),
        };
        gap.dismissed = self.dismissals.holding(&gap);
        gap
    }

    fn subjects(&self, found: &Found) -> Ids {
        let facts = self.reading.facts;
        let touchpoint = |slot: &u32| facts.id(*slot).cloned();
        let stage = |slot: &u32| {
            facts
                .stages
                .at(*slot)
                .row
                .as_ref()
                .map(|row| row.record.id.clone())
        };
        let audience = |slot: &u32| facts.audience(*slot).map(|audience| audience.id.clone());
        let word = |slot: &u32| facts.words.text(*slot).map(Id::derived);
        let parts = found.subject.as_slice();
        let subjects: Vec<Option<Id>> = match (self.reading.rule.per, parts) {
            (Per::Touchpoint, [one]) => vec![touchpoint(one)],
            (Per::Component, members) => {
                return sorted(members.iter().filter_map(touchpoint).collect());
            }
            (Per::Link, [one]) => vec![link_id(facts, *one)],
            (Per::Stage, [one]) => vec![stage(one)],
            (Per::Audience, [one]) => vec![audience(one)],
            (Per::AudienceStage, [one, two]) => vec![audience(one), stage(two)],
            (Per::AudienceStageDevice, [one, two, three]) => {
                vec![audience(one), stage(two), word(three)]
            }
            (Per::StageWeeks, [one, ..]) => vec![stage(one), first_week(found)],
            _ => Vec::new(),
        };
        subjects.into_iter().flatten().collect()
    }
}

fn sorted(mut ids: Ids) -> Ids {
    ids.sort_unstable();
    ids
}

fn link_id(facts: &Facts, slot: u32) -> Option<Id> {
    if slot == NONE {
        None
    } else {
        facts.link_record(slot).map(|link| link.id.clone())
    }
}

fn first_week(found: &Found) -> Option<Id> {
    match found.evidence.as_deref() {
        Some(Evidence::Weeks { first, .. }) => Some(Id::derived(&first.to_string())),
        _ => None,
    }
}
