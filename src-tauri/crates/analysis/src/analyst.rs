//! The analyst: reads a map once, then keeps its gaps in step with edits. After an edit only the rules whose inputs
//! it touched look again, on facts that were updated in place; what they find is compared with what they found
//! before, and only the difference becomes new gaps.

use std::sync::Arc;

use backcast_model::catalog::Catalog;
use backcast_model::{Day, Id, Map, Money, RowChange, Severity};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::assessment::{Assessment, NotAssessed, StageSummary, Summary};
use crate::dismissals::Dismissals;
use crate::facts::{Facts, Touched, View};
use crate::gap::{Gap, GapKey};
use crate::graph::Graph;
use crate::inputs::Inputs;
use crate::judging::{Affected, Again, Judged, Judging, judge_first, lacking};
use crate::ledger::Ledger;
use crate::reach::Reach;
use crate::rule::{Finds, Reading, Rule};
use crate::rules;

/// What an edit did to the gaps.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Delta {
    /// Gaps that are new.
    pub added: Vec<Arc<Gap>>,
    /// Gaps that were there and are otherwise now: in severity, stages, evidence, dismissal or the sentence about them.
    pub changed: Vec<Arc<Gap>>,
    /// Gaps that are gone.
    pub removed: Vec<GapKey>,
    /// Whether a rule began or ceased to be assessed.
    pub not_assessed_changed: bool,
}

impl Delta {
    /// Whether nothing happened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Reads maps and says where communication breaks.
#[derive(Debug)]
pub struct Analyst {
    catalog: Arc<Catalog>,
    today: Day,
    view: View,
    desk: Option<Desk>,
}

/// What the analyst knows of the map at hand.
#[derive(Debug)]
struct Desk {
    map: Map,
    /// Shared with the assessments told of this map, which work out fixes with them.
    facts: Arc<Facts>,
    reach: Arc<Reach>,
    dismissals: Dismissals,
    /// What each rule said, in the order of the rules.
    judged: Vec<Judged>,
    /// All gaps in the order they are told in.
    gaps: Ledger,
}

impl Analyst {
    /// An analyst with a catalogue of channels, on a day.
    #[must_use]
    pub const fn new(catalog: Arc<Catalog>, today: Day) -> Self {
        Self {
            catalog,
            today,
            view: View::Planned,
            desk: None,
        }
    }

    /// The same, seeing only what this view shows.
    #[must_use]
    pub fn seeing(self, view: View) -> Self {
        Self {
            view,
            desk: None,
            ..self
        }
    }

    /// Assesses a map from scratch and stays with it; O(rows + gaps log gaps).
    pub fn assess(&mut self, map: &Map) -> Assessment {
        let desk = self.read(map);
        let assessment = self.tell(&desk);
        self.desk = Some(desk);
        assessment
    }

    /// Takes in `changes`, which led from the map assessed or updated last to `map`; without such a map it assesses
    /// from scratch, and so it does when the changes are many.
    pub fn update(&mut self, map: &Map, changes: &[RowChange]) -> Delta {
        let many =
            changes.len() > 200 && changes.len() * 2 > map.touchpoints.len() + map.links.len();
        match self.desk.take() {
            Some(desk) if many || desk.is_worn() => self.start_over(map, Some(desk)),
            None => self.start_over(map, None),
            Some(mut desk) => {
                let delta = desk.update(map, changes, &self.catalog, self.today);
                self.desk = Some(desk);
                delta
            }
        }
    }

    /// Goes on on another day; O(touchpoints).
    pub fn turn_to(&mut self, today: Day) -> Delta {
        if self.today == today {
            return Delta::default();
        }
        self.today = today;
        let mut judging = Judging::default();
        if let Some(desk) = &mut self.desk {
            desk.look_again(Inputs::DAY, Again::Anywhere, today, &mut judging);
            desk.gaps.take(&desk.facts, &judging);
        }
        judging.delta()
    }

    /// The gaps of the map at hand with everything that can be said about them; `None` before the first map. The
    /// gaps themselves are shared, not copied.
    #[must_use]
    pub fn assessment(&self) -> Option<Assessment> {
        self.desk.as_ref().map(|desk| self.tell(desk))
    }

    fn read(&self, map: &Map) -> Desk {
        let facts = Facts::of(map, &self.catalog, self.view);
        let reach = Reach::of(&facts);
        let mut desk = Desk {
            map: map.clone(),
            facts: Arc::new(facts),
            reach: Arc::new(reach),
            dismissals: Dismissals::of(map),
            judged: Vec::new(),
            gaps: Ledger::default(),
        };
        let mut finds = Finds::default();
        let judge = |rule| {
            let reading = Reading {
                rule,
                map: &desk.map,
                facts: &desk.facts,
                reach: &desk.reach,
                today: self.today,
            };
            judge_first(&reading, &desk.dismissals, &mut finds)
        };
        desk.judged = rules::all().map(judge).collect();
        desk.gaps = Ledger::of(&desk.facts, &desk.judged);
        desk
    }

    fn start_over(&mut self, map: &Map, old: Option<Desk>) -> Delta {
        let desk = self.read(map);
        let old = old.map(|desk| (desk.gaps, desk.judged)).unwrap_or_default();
        let delta = compare(&old.0, &desk.gaps, &old.1, &desk.judged);
        self.desk = Some(desk);
        delta
    }

    fn tell(&self, desk: &Desk) -> Assessment {
        let mut summary = Summary::default();
        desk.gaps.iter().for_each(|gap| summary.count(gap));
        let not_assessed = |(rule, judged): (&'static Rule, &Judged)| {
            Some(NotAssessed {
                rule,
                needs: lacking(judged.assessed)?,
            })
        };
        Assessment {
            map: desk.map.clone(),
            catalog: Arc::clone(&self.catalog),
            today: self.today,
            gaps: desk.gaps.iter().cloned().collect(),
            not_assessed: rules::all()
                .zip(&desk.judged)
                .filter_map(not_assessed)
                .collect(),
            stages: desk.stages(),
            summary,
            facts: Arc::clone(&desk.facts),
            reach: Arc::clone(&desk.reach),
        }
    }
}

impl Desk {
    /// Whether so many slots are abandoned that fresh facts are cheaper to keep.
    fn is_worn(&self) -> bool {
        self.facts.abandoned > 1000 + self.facts.order.len()
    }

    fn update(&mut self, map: &Map, changes: &[RowChange], catalog: &Catalog, today: Day) -> Delta {
        let mut affected = Affected::default();
        let mut touched = Arc::make_mut(&mut self.facts).update(map, catalog, changes);
        if touched.inputs.contains(Inputs::DISMISSALS) && touched.inputs != Inputs::DISMISSALS {
            // A batch that dismisses and does something else is rare; every rule looks again, so that no gap is
            // made twice.
            touched.inputs = Inputs::all();
        }
        self.map = map.clone();
        affected.add(&touched, &self.reach.graph);
        self.keep_reach(touched.inputs, &affected);
        affected.add(&touched, &self.reach.graph);
        let again = if touched.inputs.intersects(Inputs::STAGES | Inputs::SETTINGS) {
            Again::Afresh
        } else if touched.inputs.intersects(Inputs::COMMON) {
            Again::Anywhere
        } else {
            Again::Here(&affected)
        };
        let mut judging = Judging::default();
        if touched.inputs == Inputs::DISMISSALS {
            self.dismiss(today, &mut judging);
        } else if touched.inputs.contains(Inputs::DISMISSALS) {
            self.dismissals = Dismissals::of(map);
        }
        self.look_again(touched.inputs, again, today, &mut judging);
        if touched.inputs.contains(Inputs::STAGE) {
            self.restage(&touched, today, &mut judging);
        }
        if touched.inputs.contains(Inputs::STAGE_ORDER) && !matches!(again, Again::Afresh) {
            for judged in &mut self.judged {
                judging.reorder(&self.facts, judged);
            }
        }
        if matches!(again, Again::Afresh) {
            self.gaps = Ledger::of(&self.facts, &self.judged);
        } else {
            self.gaps.follow(&self.facts);
            self.gaps.take(&self.facts, &judging);
        }
        let mut delta = judging.delta();
        self.add_renamed(&touched.renamed, &mut delta);
        delta
    }

    /// Brings the graph in step where its shape changed, and forgets walks over it where they may lead elsewhere.
    fn keep_reach(&mut self, touched: Inputs, affected: &Affected) {
        let shape = touched.intersects(Inputs::TOUCHPOINTS | Inputs::LINKS);
        if touched.contains(Inputs::STATUS) || (shape && affected.count_links() > 64) {
            // A touchpoint that is present again brings links back which nobody changed.
            self.reach = Arc::new(Reach::of(&self.facts));
        } else if shape {
            let mut graph = std::mem::take(&mut Arc::make_mut(&mut self.reach).graph);
            affected.update(&mut graph, &self.facts);
            debug_assert!(graph == Graph::of(&self.facts), "the graph is in step");
            self.reach = Arc::new(Reach::over(graph));
        } else if touched.intersects(Inputs::ENDS) {
            Arc::make_mut(&mut self.reach).forget_ends();
        }
    }

    /// Lets the rules whose inputs were touched look again.
    fn look_again(&mut self, touched: Inputs, again: Again<'_>, today: Day, judging: &mut Judging) {
        let Self {
            map,
            facts,
            reach,
            dismissals,
            judged,
            ..
        } = self;
        for (rule, judged) in rules::all().zip(judged) {
            if touched.intersects(rule.reads | Inputs::ALWAYS) {
                judging.judge(
                    &Reading {
                        rule,
                        map,
                        facts,
                        reach,
                        today,
                    },
                    dismissals,
                    again,
                    judged,
                );
            }
        }
    }

    /// Puts gaps under the stages their touchpoints stand in now, for rules that had no other reason to look.
    fn restage(&mut self, touched: &Touched, today: Day, judging: &mut Judging) {
        let Self {
            map,
            facts,
            reach,
            dismissals,
            judged,
            ..
        } = self;
        for (rule, judged) in rules::all().zip(judged) {
            if !touched.inputs.intersects(rule.reads | Inputs::ALWAYS) {
                let reading = Reading {
                    rule,
                    map,
                    facts,
                    reach,
                    today,
                };
                judging.remake(&reading, dismissals, Some(&touched.touchpoints), judged);
            }
        }
    }

    /// Takes in the map's dismissals, for the rules that have or had some.
    fn dismiss(&mut self, today: Day, judging: &mut Judging) {
        let before = std::mem::replace(&mut self.dismissals, Dismissals::of(&self.map));
        let Self {
            map,
            facts,
            reach,
            dismissals,
            judged,
            ..
        } = self;
        for (rule, judged) in rules::all().zip(judged) {
            if before.speak_of(rule) || dismissals.speak_of(rule) {
                judging.remake(
                    &Reading {
                        rule,
                        map,
                        facts,
                        reach,
                        today,
                    },
                    dismissals,
                    None,
                    judged,
                );
            }
        }
    }

    /// Gaps whose sentence names something that has another name now.
    fn add_renamed(&self, renamed: &[Id], delta: &mut Delta) {
        if renamed.is_empty() {
            return;
        }
        let known: FxHashSet<*const Gap> = delta
            .added
            .iter()
            .chain(&delta.changed)
            .map(Arc::as_ptr)
            .collect();
        let renamed = self
            .gaps
            .iter()
            .filter(|gap| !known.contains(&Arc::as_ptr(gap)) && gap.mentions(renamed));
        delta.changed.extend(renamed.cloned());
    }

    fn stages(&self) -> Vec<StageSummary> {
        let empty = |id: Option<Id>| StageSummary {
            id,
            touchpoints: 0,
            budget: Money::default(),
            gaps: Summary::default(),
        };
        let ids = self.map.stages.ids().map(|id| Some(id.clone()));
        let mut stages: Vec<_> = ids.chain([None]).map(empty).collect();
        let nowhere = stages.len() - 1;
        let mut budgets = vec![0_i64; stages.len()];
        let place = |stage: u32| (self.facts.stage_position(stage) as usize).min(nowhere);
        for slot in self.facts.present() {
            let stage = place(self.facts.stage_of(slot));
            stages[stage].touchpoints += 1;
            budgets[stage] = budgets[stage].saturating_add(self.facts.budget(slot));
        }
        for (found, gap) in self.judged.iter().flat_map(|judged| &judged.found) {
            for stage in &found.stages {
                stages[place(*stage)].gaps.count(gap);
            }
        }
        for (stage, budget) in stages.iter_mut().zip(budgets) {
            // A sum beyond what money can hold is told as the most it can.
            stage.budget = Money::from_hundredths(budget.min((1 << 53) - 1)).unwrap_or_default();
        }
        if stages[nowhere].touchpoints == 0 {
            stages.truncate(nowhere);
        }
        stages
    }
}

/// What lies between two lists of gaps.
fn compare(old: &Ledger, new: &Ledger, was: &[Judged], is: &[Judged]) -> Delta {
    let before: FxHashMap<&GapKey, &Arc<Gap>> = old.iter().map(|gap| (&gap.key, gap)).collect();
    let after: FxHashSet<&GapKey> = new.iter().map(|gap| &gap.key).collect();
    let mut delta = Delta::default();
    for gap in new.iter() {
        match before.get(&gap.key) {
            None => delta.added.push(Arc::clone(gap)),
            // Names may have changed as well, so every gap that stays is told again.
            Some(_) => delta.changed.push(Arc::clone(gap)),
        }
    }
    delta.removed = old
        .iter()
        .filter(|gap| !after.contains(&gap.key))
        .map(|gap| gap.key.clone())
        .collect();
    let lacks = |judged: &[Judged]| {
        judged
            .iter()
            .map(|judged| lacking(judged.assessed))
            .collect::<Vec<_>>()
    };
    delta.not_assessed_changed = lacks(was) != lacks(is);
    delta
}

/// Severity and whether the rule runs, as the project sets it.
pub(crate) fn setting(map: &Map, rule: &Rule) -> (bool, Severity) {
    let setting = map.properties.rules.get(rule.id);
    let enabled = setting.and_then(|setting| setting.enabled).unwrap_or(true);
    (
        enabled,
        setting
            .and_then(|setting| setting.severity)
            .unwrap_or(rule.severity),
    )
}
