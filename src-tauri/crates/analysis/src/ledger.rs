//! The gaps in the order they are told in: severity, the place of the first stage, rule, subjects. Kept in drawers, one
//! for each severity and first stage, so that a stage that moves takes its drawers along and no gap is sorted anew.
//! Refuses to find gaps, and to say which of them changed.

use std::cmp::Ordering;
use std::sync::Arc;

use backcast_model::Severity;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::Facts;
use crate::gap::Gap;
use crate::judging::{Judged, Judging};
use crate::rules;

/// Up to how many gaps are looked up one by one; more are met on one walk through all.
const FEW: usize = 12;

/// All gaps of a map.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// Slots of the stages, in the order the drawers stand in.
    stages: Vec<u32>,
    /// By severity, then by the place of the first stage; those without a stage last.
    drawers: Vec<Vec<Arc<Gap>>>,
}

impl Ledger {
    /// The gaps that rules found; O(gaps log gaps).
    pub(crate) fn of(facts: &Facts, judged: &[Judged]) -> Self {
        let stages = facts.stage_order.clone();
        let mut drawers = vec![Vec::new(); Severity::ALL.len() * (stages.len() + 1)];
        let mut by_rule: Vec<_> = rules::all().zip(judged).collect();
        by_rule.sort_unstable_by_key(|(rule, _)| rule.id);
        for (_, judged) in by_rule {
            let placed = judged.found.iter().map(|(found, gap)| {
                let first = found.stages.first();
                let first = first.map_or(u32::MAX, |stage| facts.stage_position(*stage));
                let drawer = drawer(gap.severity, first, stages.len());
                ((drawer, head(gap)), gap)
            });
            let mut placed: Vec<_> = placed.collect();
            placed.sort_unstable_by(|(one, gap), (other, other_gap)| {
                one.cmp(other)
                    .then_with(|| gap.key.subjects.cmp(&other_gap.key.subjects))
            });
            for ((drawer, _), gap) in placed {
                drawers[drawer].push(Arc::clone(gap));
            }
        }
        Self { stages, drawers }
    }

    /// All gaps in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<Gap>> {
        self.drawers.iter().flatten()
    }

    /// Follows stages that changed places; they are the same stages. O(stages).
    pub(crate) fn follow(&mut self, facts: &Facts) {
        if self.stages == facts.stage_order {
            return;
        }
        let count = self.stages.len();
        let mut drawers = vec![Vec::new(); self.drawers.len()];
        for (at, gaps) in std::mem::take(&mut self.drawers).into_iter().enumerate() {
            let (severity, stage) = (at / (count + 1), at % (count + 1));
            let place = self
                .stages
                .get(stage)
                .map_or(count, |slot| facts.stage_position(*slot) as usize);
            drawers[severity * (count + 1) + place.min(count)] = gaps;
        }
        self.drawers = drawers;
        self.stages.clone_from(&facts.stage_order);
    }

    /// Takes in what came of rules looking again: a few gaps find their places, many are met on one walk.
    pub(crate) fn take(&mut self, facts: &Facts, judging: &Judging) {
        let changes = judging.removed.len() + judging.replaced.len() + judging.added.len();
        if changes > FEW {
            return self.take_many(facts, judging);
        }
        for gap in judging.replaced.iter().chain(&judging.removed) {
            let drawer = self.drawer(facts, gap);
            if let Ok(at) = drawer.binary_search_by(|other| order(other, gap)) {
                drawer.remove(at);
            }
        }
        for gap in judging.added.iter().chain(&judging.changed) {
            let drawer = self.drawer(facts, gap);
            let at = drawer.partition_point(|other| order(other, gap).is_lt());
            drawer.insert(at, Arc::clone(gap));
        }
    }

    fn take_many(&mut self, facts: &Facts, judging: &Judging) {
        let removed: FxHashSet<_> = judging.removed.iter().map(Arc::as_ptr).collect();
        let changed: FxHashMap<_, _> = judging
            .replaced
            .iter()
            .map(Arc::as_ptr)
            .zip(&judging.changed)
            .collect();
        let mut coming = vec![Vec::new(); self.drawers.len()];
        for (at, gaps) in self.drawers.iter_mut().enumerate() {
            gaps.retain_mut(|gap| {
                if removed.contains(&Arc::as_ptr(gap)) {
                    return false;
                }
                let Some(new) = changed.get(&Arc::as_ptr(gap)) else {
                    return true;
                };
                let to = place(facts, &self.stages, new);
                if to == at {
                    // What a gap is about never changes, so it keeps its place among the others.
                    *gap = Arc::clone(new);
                } else {
                    coming[to].push(Arc::clone(new));
                }
                to == at
            });
        }
        for gap in &judging.added {
            coming[place(facts, &self.stages, gap)].push(Arc::clone(gap));
        }
        for (gaps, coming) in self.drawers.iter_mut().zip(coming) {
            if !coming.is_empty() {
                gaps.extend(coming);
                // A stable sort finds the stretches that are in order already and merges them.
                gaps.sort_by(order);
            }
        }
    }

    fn drawer(&mut self, facts: &Facts, gap: &Gap) -> &mut Vec<Arc<Gap>> {
        &mut self.drawers[place(facts, &self.stages, gap)]
    }
}

/// The drawer a gap belongs into.
fn place(facts: &Facts, stages: &[u32], gap: &Gap) -> usize {
    let slot = gap
        .stages
        .first()
        .and_then(|id| facts.stages.find(id.as_str()));
    drawer(
        gap.severity,
        slot.map_or(u32::MAX, |slot| facts.stage_position(slot)),
        stages.len(),
    )
}

fn drawer(severity: Severity, stage_position: u32, stages: usize) -> usize {
    severity as usize * (stages + 1) + (stage_position as usize).min(stages)
}

/// The order inside a drawer.
fn order(one: &Arc<Gap>, other: &Arc<Gap>) -> Ordering {
    one.key.cmp(&other.key)
}

/// The first letters of the first subject as a number, which decides most comparisons of gaps of one rule.
fn head(gap: &Gap) -> u64 {
    let mut letters = [0_u8; 8];
    let text = gap.key.subjects.first().map_or("", |id| id.as_str());
    letters
        .iter_mut()
        .zip(text.bytes())
        .for_each(|(letter, byte)| *letter = byte);
    u64::from_be_bytes(letters)
}
