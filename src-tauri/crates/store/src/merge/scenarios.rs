//! Harness for the merge rules: three copies edit, undo and merge in random order, then all meet.
//! An oracle that knows nothing of `History` keeps book of who had seen what, and says at the end
//! which write must be kept and which must be listed. Faults can be planted; the harness must find
//! them.

use std::collections::BTreeSet;

use backcast_model::change::{apply, revert};
use backcast_model::edit;
use backcast_model::{Id, Map, RowChange};
use jiff::Timestamp;

use super::oracle::{Book, Entry, Random, Scene, begin, nothing_is_lost, random_edits};
use super::{Conflict, conflicts_about, difference, materialise, relist, settle, without_shared};
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
    /// An undo is written like an edit, so that it decides about what others wrote beside it.
    UndoDecides,
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
        let change = draft.follow(&self.contents.heads);
        let entry = Entry {
            seen: self.known(),
            kind,
            reverts: change.reverts.clone(),
            changes: changes.to_vec(),
        };
        let (is_real, is_edit) = (entry.kind != ChangeKind::REPAIR, entry.reverts.is_none());
        book.insert(change.stamp.clone(), entry);
        self.contents.heads.append(&change).unwrap();
        self.contents.changes.push(change);
        self.contents.project.map = map;
        if !is_edit {
            let rows = changes.iter();
            let rows = rows.map(|change| (change.entity(), change.id().clone()));
            let rows = rows.collect();
            let now = conflicts_about(&self.contents.changes, &rows, &|_| "somebody".to_owned());
            relist(&mut self.conflicts, &rows, now.unwrap());
        } else if is_real {
            settle(&mut self.conflicts, changes);
        }
    }

    fn edit(&mut self, random: &mut Random, scene: Scene, book: &mut Book) {
        let edits = random_edits(random, &self.contents.project.map, scene);
        let number = self.contents.changes.len();
        let mut new_id = |name: &str| Id::from_name(name, &format!("{}-{number}", self.actor));
        if let Ok(done) = edit::apply(&self.contents.project.map, &edits, &mut new_id)
            && !done.changes.is_empty()
        {
            self.commit(done.map, &done.changes, ChangeKind::new("edit"), None, book);
        }
    }

    fn take_back(&mut self, redo: bool, fault: Fault, book: &mut Book) {
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
        let done = ops_from_text(&change.ops).unwrap();
        let done = without_shared(done, &self.contents.changes, &self.conflicts).unwrap();
        let done = revert(&mut map, &done);
        let reverts = step.stamp.clone();
        if fault != Fault::UndoDecides {
            self.commit(map, &done, kind, Some(reverts), book);
            return;
        }
        self.commit(map, &done, kind, None, book);
        let made = self.contents.changes.last().unwrap().stamp.clone();
        book.get_mut(&made).unwrap().reverts = Some(reverts);
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
fn run(seed: u64, scene: Scene, fault: Fault) -> Result<(), String> {
    let mut random = Random(seed);
    let mut book = Book::new();
    let actors: Vec<_> = (1..=4)
        .map(|number| Actor::from_number(number * 0x1234_5678_9abc))
        .collect();
    let first = Contents::new(begin(), &actors[3], "somebody", Timestamp::UNIX_EPOCH);
    for change in &first.changes {
        book.insert(
            change.stamp.clone(),
            Entry {
                seen: BTreeSet::new(),
                kind: change.kind.clone(),
                reverts: None,
                changes: ops_from_text(&change.ops).unwrap(),
            },
        );
    }
    let mut copies: Vec<Copy> = (0..3)
        .map(|number| copy_of(&first, &actors[number]))
        .collect();
    for _ in 0..12 + random.below(20) {
        let who = random.below(3);
        match random.below(10) {
            0 | 1 => meet(&mut copies, who, random.below(3), fault, &mut book)?,
            2 => copies[who].take_back(false, fault, &mut book),
            4 if scene == Scene::Crowded => copies[who].take_back(false, fault, &mut book),
            3 => copies[who].take_back(true, fault, &mut book),
            _ => copies[who].edit(&mut random, scene, &mut book),
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

/// Every fourth scenario, so that four tests run side by side; every other one is crowded.
fn copies_that_met_are_equal_and_nothing_is_lost(from: u64) {
    for seed in (from..scenarios()).step_by(4) {
        for scene in [Scene::Wide, Scene::Crowded] {
            if let Err(reason) = run(seed, scene, Fault::None) {
                panic!("{scene:?} scenario {seed}: {reason}");
            }
        }
    }
}

/// Two who delete and edit apart what a first delete had already been put beside: each takes its step back.
#[test]
fn a_delete_beside_two_steps_that_are_taken_back_stays_listed() {
    assert_eq!(run(48_236, Scene::Wide, Fault::None), Ok(()));
}

/// A call to action is set and taken back to nothing; somebody who saw that deletes the link once more.
#[test]
fn a_delete_that_is_done_again_decides_about_what_it_deletes() {
    for seed in [27_347, 29_129] {
        assert_eq!(run(seed, Scene::Wide, Fault::None), Ok(()), "{seed}");
    }
}

/// Two settle apart, by writing to the row, that a delete beside it is not meant, and each takes that back.
#[test]
fn what_two_settled_apart_is_open_again_when_both_take_it_back() {
    assert_eq!(run(1_410, Scene::Crowded, Fault::None), Ok(()));
}

/// A row is deleted, inserted again and both are taken back: what was contested before is contested again.
#[test]
fn what_was_contested_before_a_row_was_inserted_anew_is_so_after_that_is_taken_back() {
    for seed in [7_207, 15_158, 30_188, 33_785] {
        assert_eq!(run(seed, Scene::Crowded, Fault::None), Ok(()), "{seed}");
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
        Fault::UndoDecides,
    ] {
        assert!(
            (0..200).any(|seed| run(seed, Scene::Wide, fault).is_err()),
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
        let (mut one, mut other) = (copy_of(&first, &actor), copy_of(&first, &actor));
        for _ in 0..5 {
            one.edit(&mut random, Scene::Wide, &mut book);
            other.edit(&mut random, Scene::Wide, &mut book);
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

/// One of the twins' branches gets another name, whichever it is and whoever built on which of them: in the end all have
/// the same, and every step is there once.
#[test]
fn rule_6_what_others_built_on_a_branch_goes_with_it() {
    let (mut built_on, mut kept) = (0, 0);
    for seed in 0..300 {
        let mut random = Random(seed);
        let mut book = Book::new();
        let [ann, bob, cid] = [7, 8, 9].map(|number| Actor::from_number(number * 0x1234_5678_9abc));
        let first = Contents::new(begin(), &ann, "somebody", Timestamp::UNIX_EPOCH);
        let mut copies: Vec<_> = [&ann, &ann, &bob, &cid]
            .into_iter()
            .map(|actor| copy_of(&first, actor))
            .collect();
        let mut steps = 0;
        let mut edit = |copy: &mut Copy, random: &mut Random, name: String| {
            let before = copy.contents.changes.len();
            let map = copy.contents.project.map.clone();
            let edits = [edit::Edit::Set {
                entity: backcast_model::Entity::Map,
                id: backcast_model::MAP_ID.to_owned(),
                field: "theme".to_owned(),
                value: name.into(),
            }];
            let done = edit::apply(&map, &edits, &mut |_| unreachable!()).unwrap();
            let kind = ChangeKind::new("edit");
            copy.commit(done.map, &done.changes, kind, None, &mut Book::new());
            for _ in 0..=random.below(2) {
                copy.edit(random, Scene::Wide, &mut Book::new());
            }
            steps += copy.contents.changes.len() - before;
        };
        for (who, twin) in copies[..2].iter_mut().enumerate() {
            edit(twin, &mut random, format!("twin {who} of {seed}"));
        }
        // Bob builds on the one, and Cid on the other or on nothing.
        for (who, on) in [(2, 0), (3, 1)] {
            if who == 2 || seed % 2 == 0 {
                meet(&mut copies, who, on, Fault::None, &mut book).unwrap();
            }
            edit(
                &mut copies[who],
                &mut random,
                format!("person {who} of {seed}"),
            );
        }
        let bobs = |copy: &Copy| copy.contents.heads.get(&bob).map_or(0, |head| head.seq);
        let before = bobs(&copies[2]);
        for _ in 0..3 {
            for _ in 0..12 {
                let (one, other) = (random.below(4), random.below(4));
                meet(&mut copies, one, other, Fault::None, &mut book).unwrap();
            }
            for (one, other) in [(0, 1), (2, 3), (0, 2), (1, 3), (2, 1), (3, 0)] {
                meet(&mut copies, one, other, Fault::None, &mut book).unwrap();
            }
        }
        for copy in &copies {
            replay(copy).unwrap();
            assert_eq!(copy.known(), copies[0].known(), "seed {seed}");
            let made = copy.contents.changes.iter();
            let made = made.filter(|change| change.kind == ChangeKind::new("edit"));
            assert_eq!(
                made.count(),
                steps,
                "seed {seed}: a step is lost or there twice"
            );
            let map = &copy.contents.project.map;
            assert_eq!(*map, copies[0].contents.project.map, "seed {seed}");
        }
        if bobs(&copies[0]) == before {
            kept += 1;
        } else {
            built_on += 1;
        }
    }
    assert!(built_on > 0 && kept > 0, "both ways round");
}

fn copy_of(first: &Contents, actor: &Actor) -> Copy {
    let mut contents =
        Contents::assemble(first.project.clone(), first.heads.clone(), log_of(first));
    contents.heads.introduce(actor, "somebody");
    Copy {
        actor: actor.clone(),
        contents,
        conflicts: Vec::new(),
    }
}
