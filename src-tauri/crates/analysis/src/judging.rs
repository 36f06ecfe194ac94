//! One rule looking again: what it finds now against what it found before.

use std::sync::Arc;

use backcast_model::{Id, Severity};

use crate::analyst::{Delta, setting};
use crate::dismissals::Dismissals;
use crate::facts::{Facts, Is, NONE, Touched};
use crate::gap::{Evidence, Gap, GapKey, Ids};
use crate::graph::Graph;
use crate::rule::{Assessed, Find, Finds, Found, Need, Per, Reading};

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

/// The touchpoints and links about which a rule that looks no further than their neighbours may say something else
/// after an edit. Sorted, each once.
#[derive(Debug, Default)]
pub(crate) struct Affected {
    touchpoints: Vec<u32>,
    links: Vec<u32>,
}

impl Affected {
    /// How many links it are.
    pub(crate) fn count_links(&self) -> usize {
        self.links.len()
    }

    /// Brings a graph in step that was made before the edit.
    pub(crate) fn update(&self, graph: &mut Graph, facts: &Facts) {
        graph.update(facts, &self.links, &self.touchpoints);
    }

    /// Adds what an edit touched, by the graph before or after it.
    pub(crate) fn add(&mut self, touched: &Touched, graph: &Graph) {
        self.touchpoints
            .extend(touched.touchpoints.iter().chain(&touched.ends));
        self.links.extend(&touched.links);
        for step in touched
            .touchpoints
            .iter()
            .flat_map(|slot| graph.around(*slot))
        {
            self.touchpoints.push(step.touchpoint);
            self.links.push(step.link);
        }
        for slots in [&mut self.touchpoints, &mut self.links] {
            slots.sort_unstable();
            slots.dedup();
        }
    }
}

/// How much of what a rule said may be otherwise now.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Again<'a> {
    /// Everything, and gaps carry more than what the rule reads: severity, stages' places, dismissals.
    Afresh,
    /// What the rule reads changed somewhere.
    Anywhere,
    /// What the rule reads changed here and nowhere else.
    Here(&'a Affected),
}

impl Judging {
    /// What came of it, for whoever keeps a list of gaps.
    pub(crate) fn delta(self) -> Delta {
        Delta {
            added: self.added,
            changed: self.changed,
            removed: self.removed.iter().map(|gap| gap.key.clone()).collect(),
            not_assessed_changed: self.assessed_changed,
        }
    }

    /// Lets a rule look and takes in what is different.
    pub(crate) fn judge(
        &mut self,
        reading: &Reading<'_>,
        dismissals: &Dismissals,
        again: Again<'_>,
        judged: &mut Judged,
    ) {
        let (enabled, severity) = setting(reading.map, reading.rule);
        let maker = Maker {
            reading,
            severity,
            dismissals,
        };
        if let (Again::Here(affected), Some(Ok(()))) = (again, judged.assessed)
            && self.judge_here(&maker, affected, judged)
        {
            return;
        }
        let mut finds = Finds {
            found: Vec::with_capacity(judged.found.len()),
        };
        let assessed = enabled.then(|| look(reading, &mut finds));
        self.assessed_changed |= lacking(judged.assessed) != lacking(assessed);
        judged.assessed = assessed;
        let old = std::mem::take(&mut judged.found);
        judged.found = self.compare(old, finds.found, &maker, matches!(again, Again::Afresh));
    }

    /// Looks only at what was affected. `false`: the rule looks further, or lacks something now.
    fn judge_here(&mut self, maker: &Maker<'_>, affected: &Affected, judged: &mut Judged) -> bool {
        let reading = maker.reading;
        let facts = reading.facts;
        let (lacks, slots, find) = match reading.rule.find {
            Find::Whole(_) => return false,
            Find::Touchpoint(lacks, find) => (lacks, &affected.touchpoints, find),
            Find::Link(lacks, find) => (lacks, &affected.links, find),
        };
        if lacks(reading).is_err() {
            return false;
        }
        let links = matches!(reading.rule.find, Find::Link(..));
        for slot in slots {
            let there = if links {
                Graph::takes(facts, *slot)
            } else {
                facts.is(*slot, Is::PRESENT)
            };
            let found = if there { find(reading, *slot) } else { None };
            self.put(maker, *slot, found, judged);
        }
        true
    }

    /// Puts what was found about one slot in the place of what was found before.
    fn put(&mut self, maker: &Maker<'_>, slot: u32, found: Option<Found>, judged: &mut Judged) {
        let place = judged
            .found
            .binary_search_by(|(other, _)| other.subject.as_slice().cmp(&[slot]));
        let found = found.map(|mut found| {
            found.place(maker.reading.facts);
            found
        });
        match (place, found) {
            (Ok(at), None) => self.removed.push(judged.found.remove(at).1),
            (Err(at), Some(mut found)) => {
                let gap = Arc::new(maker.gap(&mut found));
                self.added.push(Arc::clone(&gap));
                judged.found.insert(at, (found, gap));
            }
            (Ok(at), Some(mut found)) => {
                let (other, gap) = &mut judged.found[at];
                if !found.is_told_by(other, gap) {
                    *gap = self.again(&mut found, Arc::clone(gap), maker);
                    *other = found;
                }
            }
            (Err(_), None) => {}
        }
    }

    /// Makes a rule's gaps again without letting it look: those that stand on touchpoints which changed their stage,
    /// or all (`None`) when dismissals changed.
    pub(crate) fn remake(
        &mut self,
        reading: &Reading<'_>,
        dismissals: &Dismissals,
        moved: Option<&[u32]>,
        judged: &mut Judged,
    ) {
        let maker = Maker {
            reading,
            severity: setting(reading.map, reading.rule).1,
            dismissals,
        };
        for (found, gap) in &mut judged.found {
            let stands_on =
                |moved: &[u32]| found.touchpoints.iter().any(|slot| moved.contains(slot));
            if moved.is_none_or(stands_on) {
                if moved.is_some() {
                    found.stages.clear();
                    found.place(reading.facts);
                }
                found.evidence = Some(Box::new(gap.evidence.clone()));
                *gap = self.again(found, Arc::clone(gap), &maker);
            }
        }
    }

    /// Tells the stages that gaps count under in the framework's order, after stages changed places. Nothing else of a
    /// gap hangs on that order, unless its rule reads it and looked again.
    pub(crate) fn reorder(&mut self, facts: &Facts, judged: &mut Judged) {
        for (found, gap) in &mut judged.found {
            let position = |stage: &u32| facts.stage_position(*stage);
            if found.stages.is_sorted_by_key(position) {
                continue;
            }
            found.stages.sort_unstable_by_key(position);
            let named = found.stages.iter().filter(|stage| **stage != NONE);
            let mut new = Gap::clone(gap);
            new.stages = named.map(|stage| facts.stages.id(*stage).clone()).collect();
            self.change(gap, new);
        }
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
        for mut found in new {
            while let Some((_, gap)) = old.next_if(|(other, _)| other.subject < found.subject) {
                self.removed.push(gap);
            }
            let before = old.next_if(|(other, _)| other.subject == found.subject);
            let gap = match before {
                Some((other, gap)) if !afresh && found.is_told_by(&other, &gap) => gap,
                Some((_, gap)) => self.again(&mut found, gap, maker),
                None => {
                    let gap = Arc::new(maker.gap(&mut found));
                    self.added.push(Arc::clone(&gap));
                    gap
                }
            };
            judged.push((found, gap));
        }
        self.removed.extend(old.map(|(_, gap)| gap));
        judged
    }

    fn again(&mut self, found: &mut Found, old: Arc<Gap>, maker: &Maker<'_>) -> Arc<Gap> {
        let new = maker.gap(found);
        if new == *old {
            return old;
        }
        let mut gap = old;
        self.change(&mut gap, new);
        gap
    }

    fn change(&mut self, gap: &mut Arc<Gap>, new: Gap) {
        let new = Arc::new(new);
        self.changed.push(Arc::clone(&new));
        self.replaced.push(std::mem::replace(gap, new));
    }
}

/// Lets a rule look at a map for the first time. `finds` is room that serves one rule after the other.
pub(crate) fn judge_first(
    reading: &Reading<'_>,
    dismissals: &Dismissals,
    finds: &mut Finds,
) -> Judged {
    let (enabled, severity) = setting(reading.map, reading.rule);
    let maker = Maker {
        reading,
        severity,
        dismissals,
    };
    let assessed = enabled.then(|| look(reading, finds));
    let told = |mut found: Found| {
        let gap = Arc::new(maker.gap(&mut found));
        (found, gap)
    };
    Judged {
        assessed,
        found: finds.found.drain(..).map(told).collect(),
    }
}

/// Lets a rule look at everything; what it finds is sorted by subject, and nothing where it lacks something.
fn look(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    let assessed = find(reading, finds);
    if assessed.is_err() {
        finds.found.clear();
    }
    let found = &mut finds.found;
    found
        .iter_mut()
        .for_each(|found| found.place(reading.facts));
    found.sort_unstable_by(|one, other| one.subject.cmp(&other.subject));
    assessed
}

fn find(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    match reading.rule.find {
        Find::Whole(find) => find(reading, finds),
        Find::Touchpoint(lacks, find) => {
            lacks(reading)?;
            finds.found.extend(
                reading
                    .facts
                    .present()
                    .filter_map(|slot| find(reading, slot)),
            );
            Ok(())
        }
        Find::Link(lacks, find) => {
            lacks(reading)?;
            finds.found.extend(
                reading
                    .reach
                    .graph
                    .links
                    .iter()
                    .filter_map(|slot| find(reading, *slot)),
            );
            Ok(())
        }
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
    /// The gap, which takes the evidence over.
    fn gap(&self, found: &mut Found) -> Gap {
        let facts = self.reading.facts;
        let subjects = self.subjects(found);
        let mut gap = Gap {
            key: GapKey {
                rule: self.reading.rule.id,
                subjects,
            },
            rule: self.reading.rule,
            severity: self.severity,
            stages: found
                .stages
                .iter()
                .filter_map(|stage| self.stage(*stage))
                .collect(),
            no_stage: found.stages.last() == Some(&NONE),
            touchpoints: found
                .touchpoints
                .iter()
                .map(|slot| facts.id(*slot).clone())
                .collect(),
            links: self.link(found.link).into_iter().collect(),
            evidence: found
                .evidence
                .take()
                .map_or(Evidence::None, |evidence| *evidence),
            dismissed: None,
        };
        gap.dismissed = self.dismissals.holding(&gap);
        gap
    }

    fn stage(&self, slot: u32) -> Option<Id> {
        if slot == NONE {
            return None;
        }
        Some(self.reading.facts.stages.id(slot).clone())
    }

    fn link(&self, slot: u32) -> Option<Id> {
        (slot != NONE).then(|| self.reading.facts.links.id(slot).clone())
    }

    fn audience(&self, slot: u32) -> Option<Id> {
        Some(self.reading.facts.audiences.id(slot).clone())
    }

    fn subjects(&self, found: &Found) -> Ids {
        let facts = self.reading.facts;
        let touchpoint = |slot: &u32| facts.id(*slot).clone();
        match (self.reading.rule.per, found.subject.as_slice()) {
            (Per::Touchpoint, [one]) => Ids::from_iter([touchpoint(one)]),
            (Per::Component, members) => sorted(members.iter().map(touchpoint).collect()),
            (Per::Link, [one]) => self.link(*one).into_iter().collect(),
            (Per::Stage, [one]) => self.stage(*one).into_iter().collect(),
            (Per::Audience, [one]) => self.audience(*one).into_iter().collect(),
            (Per::AudienceStage, [one, two]) => self
                .audience(*one)
                .into_iter()
                .chain(self.stage(*two))
                .collect(),
            (Per::AudienceStageDevice, [one, two, three]) => {
                let device = facts.words.text(*three).map(Id::derived);
                self.audience(*one)
                    .into_iter()
                    .chain(self.stage(*two))
                    .chain(device)
                    .collect()
            }
            (Per::StageWeeks, [one, ..]) => self
                .stage(*one)
                .into_iter()
                .chain(first_week(found))
                .collect(),
            _ => Ids::new(),
        }
    }
}

fn sorted(mut ids: Ids) -> Ids {
    ids.sort_unstable();
    ids
}

fn first_week(found: &Found) -> Option<Id> {
    match found.evidence.as_deref() {
        Some(Evidence::Weeks { first, .. }) => Some(Id::derived(&first.to_string())),
        _ => None,
    }
}
