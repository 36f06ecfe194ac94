//! Harness for the merge rules: three copies edit, undo and merge in random order, then all meet.
//! An oracle that knows nothing of `History` keeps book of who had seen what, and says at the end
//! which write must be kept and which must be listed. Faults can be planted; the harness must find
//! them.

use std::collections::BTreeSet;

use backcast_model::change::{apply, revert};
use backcast_model::edit;
use backcast_model::{Id, Map, RowChange};
use jiff::Timestamp;

use super::oracle::{Book, Random, begin, nothing_is_lost, random_edits};
use super::{Conflict, difference, materialise, settle};
use crate::contents::{Contents, Draft};
use crate::log::{Actor, Change, ChangeKind, Heads, Stamp, ops_from_text, ops_to_text};
use crate::steps::Steps;
use crate::store::{United, author_of};

/// What the harness can be made to do wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// Conflicts are not listed.
    ForgetConflicts,
    /// What arrives is played behind what is there, as it comes.
    ArrivalOrder,
    /// What others refer to is not brought back.
    DeleteWins,
}

/// One copy of the project.
struct Copy {
    actor: Actor,
    contents: Contents,
    conflicts: Vec<Conflict>,
}

impl Copy {
    fn known(&self) -> BTreeSet<Stamp> {
        self.contents
            .changes
            .iter()
            .map(|change| change.stamp.clone())
            .collect()
    }

    fn commit(
        &mut self,
        map: Map,
        changes: &[RowChange],
        kind: ChangeKind,
        reverts: Option<Stamp>,
        book: &mut Book,
    ) {
        let draft = Draft {
            actor: &self.actor,
            at: Timestamp::UNIX_EPOCH,
            label: "step".to_owned(),
            kind: kind.clone(),
            reverts,
            ops: ops_to_text(changes),
        };
        let change_is_real = kind != ChangeKind::REPAIR;
        let change = draft.follow(&self.contents.heads);
        book.insert(change.stamp.clone(), (self.known(), kind, changes.to_vec()));
        self.contents.heads.append(&change).unwrap();
        self.contents.changes.push(change);
        self.contents.project.map = map;
        if change_is_real {
            settle(&mut self.conflicts, changes);
        }
    }

    fn edit(&mut self, random: &mut Random, book: &mut Book) {
        let edits = random_edits(random, &self.contents.project.map);
        let number = self.contents.changes.len();
        let mut new_id = |name: &str| Id::from_name(name, &format!("{}-{number}", self.actor));
        if let Ok(done) = edit::apply(&self.contents.project.map, &edits, &mut new_id)
            && !done.changes.is_empty()
        {
            self.commit(done.map, &done.changes, ChangeKind::new("edit"), None, book);
        }
    }

    fn take_back(&mut self, redo: bool, book: &mut Book) {
        let steps = Steps::of(
            &BTreeSet::from([self.actor.clone()]),
            &self.contents.changes,
        );
        let (step, kind) = if redo {
            (steps.redo, ChangeKind::REDO)
        } else {
            (steps.undo, ChangeKind::UNDO)
        };
        let Some(step) = step.last() else { return };
        let change = self
            .contents
            .changes
            .iter()
            .find(|change| change.stamp == step.stamp)
            .unwrap();
        let mut map = self.contents.project.map.clone();
        let done = revert(&mut map, &ops_from_text(&change.ops).unwrap());
        self.commit(map, &done, kind, Some(step.stamp.clone()), book);
    }

    fn merge(&mut self, theirs: &Contents, fault: Fault, book: &mut Book) -> Result<(), String> {
        let (mine, known) = (self.log(), self.known());
        let united = United::of(mine, log_of(theirs)).map_err(|error| error.to_string())?;
        let mut map = united.state.map;
        if fault == Fault::ArrivalOrder {
            map = self.contents.project.map.clone();
            let news = united
                .log
                .changes
                .iter()
                .filter(|change| !known.contains(&change.stamp));
            for change in news.flat_map(|change| ops_from_text(&change.ops).unwrap()) {
                let _ = apply(&mut map, &change);
            }
        }
        self.contents.changes = united.log.changes;
        self.contents.heads = united.heads;
        self.contents.heads.introduce(&self.actor, "somebody");
        self.conflicts = united.state.conflicts;
        if united.state.revived.is_empty() || fault == Fault::DeleteWins {
            self.contents.project.map = map;
        } else {
            self.commit(map, &united.state.revived, ChangeKind::REPAIR, None, book);
        }
        if fault == Fault::DeleteWins {
            let mut map = self.contents.project.map.clone();
            for change in united.state.revived {
                let order = backcast_model::OrderKey::between(None, None);
                let gone = RowChange::Delete {
                    entity: change.entity(),
                    id: change.id().clone(),
                    order,
                    fields: Default::default(),
                };
                apply(&mut map, &gone).unwrap();
            }
            self.contents.project.map = map;
        }
        Ok(())
    }

    fn log(&self) -> super::Log {
        log_of(&self.contents)
    }
}

fn log_of(contents: &Contents) -> super::Log {
    let authors = contents.heads.iter().filter(|(_, head)| head.seq > 0);
    super::Log {
        project: contents.project.id.to_string(),
        title: String::new(),
        authors: authors
            .map(|(actor, head)| (actor.clone(), head.author.clone()))
            .collect(),
        changes: contents.changes.clone(),
        versions: Vec::new(),
    }
}

/// One scenario.
fn run(seed: u64, fault: Fault) -> Result<(), String> {
    let mut random = Random(seed);
    let mut book = Book::new();
    let actors: Vec<_> = (1..=4)
        .map(|number| Actor::from_number(number * 0x1234_5678_9abc))
        .collect();
    let first = Contents::new(begin(), &actors[3], "somebody", Timestamp::UNIX_EPOCH);
    for change in &first.changes {
        book.insert(
            change.stamp.clone(),
            (
                BTreeSet::new(),
                change.kind.clone(),
                ops_from_text(&change.ops).unwrap(),
            ),
        );
    }
    let mut copies: Vec<Copy> = (0..3)
        .map(|number| {
            let mut contents =
                Contents::assemble(first.project.clone(), first.heads.clone(), log_of(&first));
            contents.heads.introduce(&actors[number], "somebody");
            Copy {
                actor: actors[number].clone(),
                contents,
                conflicts: Vec::new(),
            }
        })
        .collect();
    for _ in 0..12 + random.below(20) {
        let who = random.below(3);
        match random.below(10) {
            0 | 1 => meet(&mut copies, who, random.below(3), fault, &mut book)?,
            2 => copies[who].take_back(false, &mut book),
            3 => copies[who].take_back(true, &mut book),
            _ => copies[who].edit(&mut random, &mut book),
        }
        if random.below(8) == 0 {
            replay(&copies[who])?;
        }
    }
    // Everybody meets everybody until nobody appends a repair any more.
    let mut length = 0;
    while length != book.len()
        || copies
            .iter()
            .any(|copy| copy.contents.changes.len() != length)
    {
        length = book.len();
        for (one, other) in [(0, 1), (1, 2), (2, 0), (1, 0)] {
            meet(&mut copies, one, other, fault, &mut book)?;
        }
    }
    for copy in &copies {
        replay(copy)?;
        if !difference(&copies[0].contents.project.map, &copy.contents.project.map).is_empty() {
            return Err("two copies ended differently".to_owned());
        }
        if copy.conflicts != copies[0].conflicts {
            return Err("two copies list different conflicts".to_owned());
        }
    }
    let forgotten = Vec::new();
    let conflicts = if fault == Fault::ForgetConflicts {
        &forgotten
    } else {
        &copies[0].conflicts
    };
    nothing_is_lost(&copies[0].contents.project.map, conflicts, &book)
}

fn meet(
    copies: &mut [Copy],
    one: usize,
    other: usize,
    fault: Fault,
    book: &mut Book,
) -> Result<(), String> {
    if one == other || copies[one].known() == copies[other].known() {
        return Ok(());
    }
    let theirs = Contents::assemble(
        copies[other].contents.project.clone(),
        copies[other].contents.heads.clone(),
        copies[other].log(),
    );
    copies[one].merge(&theirs, fault, book)
}

/// Rule by rule, the state is the one that follows from the copy's changes.
fn replay(copy: &Copy) -> Result<(), String> {
    let heads: &Heads = &copy.contents.heads;
    let state = materialise(&copy.contents.changes, None, &|stamp| {
        author_of(heads, stamp)
    })?;
    if !state.revived.is_empty() {
        return Err(format!("not pinned: {:?}", state.revived));
    }
    if state.conflicts != copy.conflicts {
        return Err(format!(
            "conflicts differ: {:?} instead of {:?}",
            copy.conflicts, state.conflicts
        ));
    }
    let differences = difference(&copy.contents.project.map, &state.map);
    if differences.is_empty() {
        Ok(())
    } else {
        Err(format!("replay differs: {differences:?}"))
    }
}

/// `make soak` asks for more.
fn scenarios() -> u64 {
    std::env::var("BACKCAST_SCENARIOS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(2_000)
}

/// Every fourth scenario, so that four tests run side by side.
fn copies_that_met_are_equal_and_nothing_is_lost(from: u64) {
    for seed in (from..scenarios()).step_by(4) {
        if let Err(reason) = run(seed, Fault::None) {
            panic!("scenario {seed}: {reason}");
        }
    }
}

#[test]
fn copies_that_met_are_equal_and_nothing_is_lost_1() {
    copies_that_met_are_equal_and_nothing_is_lost(0);
}

#[test]
fn copies_that_met_are_equal_and_nothing_is_lost_2() {
    copies_that_met_are_equal_and_nothing_is_lost(1);
}

#[test]
fn copies_that_met_are_equal_and_nothing_is_lost_3() {
    copies_that_met_are_equal_and_nothing_is_lost(2);
}

#[test]
fn copies_that_met_are_equal_and_nothing_is_lost_4() {
    copies_that_met_are_equal_and_nothing_is_lost(3);
}

#[test]
fn control_the_harness_finds_planted_faults() {
    for fault in [
        Fault::ForgetConflicts,
        Fault::ArrivalOrder,
        Fault::DeleteWins,
    ] {
        assert!(
            (0..200).any(|seed| run(seed, fault).is_err()),
            "{fault:?} was not found"
        );
    }
}

/// Two changes under one number, as from a cloned computer.
#[test]
fn rule_6_a_forked_actor_becomes_two_and_both_sides_agree() {
    for seed in 0..200 {
        let mut random = Random(seed);
        let mut book = Book::new();
        let actor = Actor::from_number(7);
        let first = Contents::new(begin(), &actor, "somebody", Timestamp::UNIX_EPOCH);
        let twin = || Copy {
            actor: actor.clone(),
            contents: Contents::assemble(
                first.project.clone(),
                first.heads.clone(),
                log_of(&first),
            ),
            conflicts: Vec::new(),
        };
        let (mut one, mut other) = (twin(), twin());
        for _ in 0..5 {
            one.edit(&mut random, &mut book);
            other.edit(&mut random, &mut book);
        }
        let both = United::of(one.log(), other.log()).unwrap();
        let turned = United::of(other.log(), one.log()).unwrap();
        assert_eq!(both.state.map, turned.state.map, "seed {seed}");
        assert_eq!(both.heads, turned.heads);
        let count = |copy: &Copy| copy.contents.changes.len() - 1;
        let all: Vec<&Change> = both.log.changes.iter().collect();
        let shared = one
            .contents
            .changes
            .iter()
            .filter(|change| other.contents.changes.contains(change))
            .count()
            - 1;
        assert_eq!(
            all.len() - 1,
            count(&one) + count(&other) - shared,
            "seed {seed}"
        );
    }
}
