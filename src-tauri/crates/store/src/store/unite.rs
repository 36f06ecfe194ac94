//! Taking in what others did: the union of the change logs, the state that follows from it, and
//! what lost. See `merge` for the rules.

use std::collections::BTreeSet;
use std::path::Path;

use backcast_model::change::{ORDER_FIELD, apply, revert};
use backcast_model::edit::{Applied, Edit, known_fields};
use backcast_model::{Entity, Id, Map, RowChange};
use jiff::Timestamp;
use rusqlite::TransactionBehavior;
use serde_json::Value;

use super::{Committed, Notice, Op, Store, TransactError};
use crate::contents::{Contents, Draft};
use crate::error::{Context, StoreError};
use crate::log::{Actor, Change, ChangeKind, Heads, Stamp, ops_from_text, ops_to_text};
use crate::merge::{Conflict, History, Log, State, Union, difference_in, materialise, unite};
use crate::seal::Seal;
use crate::steps::Steps;
use crate::stranger::FileImage;
use crate::tables;
use crate::working::{self, Knowledge};

/// What a united log amounts to.
pub(crate) struct United {
    pub(crate) log: Log,
    pub(crate) heads: Heads,
    pub(crate) state: State,
    /// Names of ours that went on under another.
    renamed: Vec<(Actor, Actor)>,
    /// Whether a working copy had gone on in two places.
    pub(crate) forked: bool,
}

impl United {
    /// Unites two logs and works out what follows.
    pub(crate) fn of(ours: Log, theirs: Log) -> Result<Self, StoreError> {
        if ours.project != theirs.project {
            return Err(StoreError::DifferentProjects {
                ours: ours.title,
                theirs: theirs.title,
            });
        }
        let Union {
            log,
            heads,
            renamed,
            forked,
        } = unite(ours, theirs)?;
        let state = materialise(&log.changes, None, &|stamp| author_of(&heads, stamp))
            .map_err(|reason| StoreError::Unmergeable { reason })?;
        Ok(Self {
            log,
            heads,
            state,
            renamed,
            forked,
        })
    }

    /// Pins what had to be brought back by a change of the merging actor (rule 4).
    pub(crate) fn repair(
        &mut self,
        knowledge: &Knowledge,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if self.state.revived.is_empty() {
            return Ok(());
        }
        let draft = Draft {
            actor: &knowledge.actor,
            at: now,
            label: "Keep what is still referred to".to_owned(),
            kind: ChangeKind::REPAIR,
            reverts: None,
            ops: ops_to_text(&self.state.revived),
        };
        let change = draft.follow(&self.heads);
        self.heads
            .append(&change)
            .map_err(|reason| StoreError::Unmergeable { reason })?;
        self.log.changes.push(change);
        Ok(())
    }
}

impl Store {
    /// What lost when copies were united, by entity, id and field; each until somebody writes there
    /// again.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// Settles a conflict by writing one of its values, also the one that is kept anyway. For a row
    /// that was deleted on one side, `Value::Null` deletes it and anything else keeps it: then what
    /// the deletion took along comes back, where nobody wrote since.
    ///
    /// # Errors
    /// When the value does not fit the field any more, the project is read-only, or it could not be
    /// written.
    pub fn resolve(
        &mut self,
        conflict: &Conflict,
        value: &Value,
        now: Timestamp,
    ) -> Result<Committed, StoreError> {
        let (entity, id) = (conflict.entity, conflict.id.clone());
        let op = Op::new("resolve", format!("Settle \u{201c}{id}\u{201d}"));
        let forced = |field: &str, new: Value| RowChange::Set {
            entity,
            id: id.clone(),
            field: field.to_owned(),
            old: self
                .project
                .map
                .value(entity, id.as_str(), field)
                .unwrap_or(Value::Null),
            new,
        };
        let change = match (conflict.field.as_str(), value) {
            ("", Value::Null) => None,
            ("", _) => Some(forced(
                ORDER_FIELD,
                self.project
                    .map
                    .value(entity, id.as_str(), ORDER_FIELD)
                    .unwrap_or(Value::Null),
            )),
            (field, value) => Some(forced(field, value.clone())),
        };
        let along = match (conflict.field.as_str(), value.is_null()) {
            ("", false) => self.taken_along(conflict)?,
            _ => Vec::new(),
        };
        let settled = self.transact(op, now, |map| match change {
            Some(change) => settle(map, change, &along),
            None => {
                let delete = Edit::Delete {
                    entity,
                    id: id.to_string(),
                };
                backcast_model::edit::apply(map, &[delete], &mut |_| id.clone())
                    .map_err(|refused| refused.refusal)
            }
        });
        settled.map_err(|error| match error {
            TransactError::Store(error) => error,
            TransactError::Refused(refusal) => StoreError::Refused(refusal),
        })
    }

    /// What the losing deletions of a row did to the rows that referred to it.
    fn taken_along(&self, conflict: &Conflict) -> Result<Vec<RowChange>, StoreError> {
        let lost = |change: &&Change| {
            let stamps = conflict.others.iter().map(|side| &side.stamp);
            stamps.into_iter().any(|stamp| *stamp == change.stamp)
        };
        let mut along = Vec::new();
        for change in self.changes()?.iter().filter(lost) {
            let ops =
                ops_from_text(&change.ops).map_err(|reason| StoreError::Unmergeable { reason })?;
            along.extend(ops.into_iter().filter(|op| let_go(op, conflict)));
        }
        Ok(along)
    }

    /// Unites the project with another copy of it. Afterwards it is edited and not yet published.
    ///
    /// # Errors
    /// When the other file cannot be read or is no copy of this project, or this one is read-only.
    pub fn merge(&mut self, path: &Path, now: Timestamp) -> Result<Committed, StoreError> {
        self.check_writable()?;
        let reading = FileImage::take(path)?.read()?;
        if let Some(reason) = reading.altered {
            return Err(StoreError::Altered {
                path: path.to_path_buf(),
                reason,
            });
        }
        self.unite(reading.contents, self.knowledge.clone(), now)
    }

    /// Unites what is here with other content, and remembers `knowledge` with it.
    pub(super) fn unite(
        &mut self,
        theirs: Contents,
        knowledge: Knowledge,
        now: Timestamp,
    ) -> Result<Committed, StoreError> {
        let ours = self.log()?;
        let known: BTreeSet<_> = ours.changes.iter().map(|change| change.hash).collect();
        let theirs = Log::from(theirs);
        let mut united = United::of(ours, theirs)?;
        let mut knowledge = Knowledge {
            changed_at: now,
            ..knowledge
        };
        let own = |heads: &Heads| {
            heads
                .get(&knowledge.actor)
                .map(|head| (head.seq, head.hash))
        };
        let renamed = self
            .heads
            .get(&knowledge.actor)
            .is_some_and(|head| head.seq > 0)
            && own(&united.heads) != own(&self.heads);
        if renamed {
            // Somebody else goes on under this name, so this copy takes a new one.
            knowledge.actor = self.data.new_actor()?;
        }
        united.heads.introduce(&knowledge.actor, self.data.author());
        united.repair(&knowledge, now)?;
        let news: Vec<_> = united
            .log
            .changes
            .iter()
            .filter(|change| !known.contains(&change.hash))
            .collect();
        let touched = touched_rows(&news, &united.state.revived)?;
        let changes = difference_in(&self.project.map, &united.state.map, touched.into_iter());
        let mut map = self.project.map.clone();
        for change in &changes {
            apply(&mut map, change).map_err(|refusal| StoreError::Unmergeable {
                reason: refusal.to_string(),
            })?;
        }
        let all_known = self.heads.vector() == united.heads.vector() && !renamed;
        if united.log.changes.len() - news.len() == known.len() {
            self.write_union(&united, &map, &changes, &news, knowledge)?;
        } else {
            // A branch here got another name, so that changes are not only added. What was ours stays ours.
            for (old, new) in &united.renamed {
                if self.own.contains(old) {
                    self.data.remember_actor(new)?;
                    self.own.insert(new.clone());
                }
            }
            self.replace_by_union(&united, &map, knowledge)?;
        }
        self.project.map = map;
        self.heads = united.heads;
        self.versions = united.log.versions;
        self.steps = Steps::of(&self.own, &united.log.changes);
        self.conflicts = united.state.conflicts;
        self.written_apart = true;
        if united.forked {
            self.notices.push(Notice::WentOnTwice);
        }
        self.adopt_actor()?;
        if !all_known {
            self.revision += 1;
        }
        #[cfg(debug_assertions)]
        self.check_replay();
        Ok(Committed {
            revision: self.revision,
            changes,
            inserted: Vec::new(),
        })
    }

    /// Adds the changes that are new, and writes the rows they changed.
    fn write_union(
        &mut self,
        united: &United,
        map: &Map,
        changes: &[RowChange],
        news: &[&Change],
        knowledge: Knowledge,
    ) -> Result<(), StoreError> {
        let touched = changes
            .iter()
            .map(|change| (change.entity(), change.id().clone()))
            .collect();
        let (rows, writes) = self.row_writes(map, touched);
        let seal = Seal::of(
            self.project.id.as_str(),
            &rows,
            &united.heads,
            &united.log.versions,
        );
        let mut numbers = self.numbers.clone();
        let mut write = || {
            let behavior = TransactionBehavior::Immediate;
            let transaction =
                rusqlite::Transaction::new_unchecked(&self.copy.connection, behavior)?;
            for (entity, id, row) in &writes {
                match row {
                    Some(row) => tables::of(*entity).put(&transaction, row)?,
                    None => tables::of(*entity).delete(&transaction, id)?,
                }
            }
            for (actor, head) in united.heads.iter().filter(|(_, head)| head.seq > 0) {
                if !numbers.contains_key(actor) {
                    let number = numbers.values().max().map_or(1, |last| last + 1);
                    tables::actor::insert(&transaction, number, actor, &head.author)?;
                    numbers.insert(actor.clone(), number);
                }
            }
            for change in news {
                tables::change::insert(&transaction, &numbers, change)?;
            }
            tables::version::replace_all(&transaction, &united.log.versions)?;
            tables::project::set_seal(&transaction, &seal)?;
            working::save(&transaction, &knowledge)?;
            transaction.commit()
        };
        write().doing("What others did could not be written")?;
        (self.rows, self.seal, self.numbers, self.knowledge) = (rows, seal, numbers, knowledge);
        Ok(())
    }

    fn replace_by_union(
        &mut self,
        united: &United,
        map: &Map,
        knowledge: Knowledge,
    ) -> Result<(), StoreError> {
        let project = backcast_model::Project {
            id: self.project.id.clone(),
            map: map.clone(),
        };
        let contents = Contents::assemble(project, united.heads.clone(), united.log.clone());
        self.numbers = self.copy.replace(&contents, &knowledge)?;
        (self.rows, self.seal, self.knowledge) = (contents.rows, contents.seal(), knowledge);
        Ok(())
    }

    /// The whole change log.
    pub(super) fn log(&self) -> Result<Log, StoreError> {
        Ok(Log {
            project: self.project.id.to_string(),
            title: self.project.map.properties.title.clone(),
            authors: authors(&self.heads),
            changes: self.changes()?,
            versions: self.versions.clone(),
        })
    }

    pub(crate) fn changes(&self) -> Result<Vec<Change>, StoreError> {
        let read = || {
            let actors = tables::actor::read(&self.copy.connection)?;
            tables::change::read(&self.copy.connection, &actors)
        };
        let changes = read().doing("The change log could not be read")?;
        changes.map_err(|reason| StoreError::Unmergeable { reason })
    }
}

/// The rows that new changes and repairs speak of: no other row can be different afterwards.
fn touched_rows(
    news: &[&Change],
    revived: &[RowChange],
) -> Result<BTreeSet<(Entity, Id)>, StoreError> {
    let mut touched: BTreeSet<_> = revived
        .iter()
        .map(|change| (change.entity(), change.id().clone()))
        .collect();
    for change in news {
        let ops =
            ops_from_text(&change.ops).map_err(|reason| StoreError::Unmergeable { reason })?;
        touched.extend(ops.iter().map(|op| (op.entity(), op.id().clone())));
    }
    Ok(touched)
}

/// The conflicts of a log; none when nobody ever wrote without having seen everything.
///
/// # Errors
/// When the log cannot be played, or does not lead to the map.
pub(crate) fn conflicts_of(contents: &Contents) -> Result<Vec<Conflict>, String> {
    conflicts_if_apart(contents).map(Option::unwrap_or_default)
}

/// The same; `None` when nobody ever wrote without having seen everything.
pub(super) fn conflicts_if_apart(contents: &Contents) -> Result<Option<Vec<Conflict>>, String> {
    if History::of(&contents.changes, None).is_linear() {
        return Ok(None);
    }
    let state = materialise(&contents.changes, None, &|stamp| {
        author_of(&contents.heads, stamp)
    })?;
    if state.map == contents.project.map {
        Ok(Some(state.conflicts))
    } else {
        Err("its rows are not what its changes lead to".to_owned())
    }
}

pub(crate) fn author_of(heads: &Heads, stamp: &Stamp) -> String {
    heads
        .get(&stamp.actor)
        .map(|head| head.author.clone())
        .unwrap_or_default()
}

fn authors(heads: &Heads) -> std::collections::BTreeMap<crate::log::Actor, String> {
    heads
        .iter()
        .filter(|(_, head)| head.seq > 0)
        .map(|(actor, head)| (actor.clone(), head.author.clone()))
        .collect()
}

impl From<Contents> for Log {
    fn from(contents: Contents) -> Self {
        Self {
            project: contents.project.id.to_string(),
            title: contents.project.map.properties.title.clone(),
            authors: authors(&contents.heads),
            changes: contents.changes,
            versions: contents.versions,
        }
    }
}

/// One write to a field, logged even when the field holds that value already; refused where an ordinary edit would be,
/// because what lost may refer to what is gone by now; figures are taken as the file holds them. What was taken `along` is taken back.
fn settle(
    map: &Map,
    change: RowChange,
    along: &[RowChange],
) -> Result<Applied, backcast_model::Refusal> {
    let mut map = map.clone();
    if let RowChange::Set {
        entity,
        id,
        field,
        new,
        ..
    } = &change
        && known_fields(*entity)
            .iter()
            .any(|known| known.name == field)
    {
        let edit = Edit::Set {
            entity: *entity,
            id: id.to_string(),
            field: field.clone(),
            value: new.clone(),
        };
        backcast_model::edit::apply_held(&map, &[edit], &mut |_| id.clone())
            .map_err(|refused| refused.refusal)?;
    }
    apply(&mut map, &change)?;
    let mut changes = vec![change];
    changes.extend(revert(&mut map, along));
    Ok(Applied {
        map,
        changes,
        inserted: Vec::new(),
    })
}

/// Whether a step lets go of the row that a conflict is about: takes it out of a field, or deletes a link at it.
fn let_go(step: &RowChange, conflict: &Conflict) -> bool {
    let id = conflict.id.as_str();
    match step {
        RowChange::Delete {
            entity: Entity::Link,
            fields,
            ..
        } => {
            conflict.entity == Entity::Touchpoint
                && ["from", "to"]
                    .iter()
                    .any(|end| fields.get(*end).is_some_and(|value| value == id))
        }
        RowChange::Set {
            field, old, new, ..
        } => {
            let holds = |value: &Value| match value {
                Value::Array(several) => several.iter().any(|one| one == id),
                one => one == id,
            };
            let refers = match conflict.entity {
                Entity::Stage => field == "stage",
                Entity::Audience => field == "audiences",
                Entity::System => field == "system" || field == "exchanges_with",
                _ => false,
            };
            refers && holds(old) && !holds(new)
        }
        _ => false,
    }
}
