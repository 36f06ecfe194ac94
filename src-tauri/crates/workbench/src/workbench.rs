//! The workbench: one open project with everything that follows from it, in step. Each edit goes through one door
//! ([`Workbench::edit`]): the store commits it, the arrangement and the analyst follow, events say what came of it.
//! Refuses to know windows, threads and timers; see `desk` for those.

use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use backcast_analysis::{Analyst, Assessment, Fix, Gap, View};
use backcast_layout::{Arrangement, Frame, Geometry, Layout};
use backcast_model::edit::apply;
use backcast_model::{Edit, Entity, Fields, Id, Map, Project};
use backcast_store::{Committed, Conflict, FileState, Op, Presence, Store, StoreError};

use serde_json::Value;

use crate::company::Copy;
use crate::environment::{Environment, new_id, new_project_id, now, today};
use crate::event::{Changed, Event, GapsChanged, History};
use crate::history::rows;
use crate::merging::apply_and_settle;
use crate::problem::{Problem, ProblemKind};
use crate::project_file::{Form, carried_in, form_of, read_text_form};
use crate::start;
use crate::underway::Underway;

/// Up to so many touchpoints are laid out before anybody could ask twice.
const LAID_OUT_AT_ONCE: usize = 500;

/// A map to look at: read under another framework, only what is live of it, or as it was.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The map.
    pub map: Map,
    /// Where its cards stand.
    pub layout: Layout,
    /// Its gaps.
    pub assessment: Assessment,
}

impl Reading {
    /// The same without touchpoints that are stopped or only planned, and without their links; all else stays where it
    /// is.
    fn without_what_is_not_live(mut self) -> Self {
        let gone = self.map.touchpoints.iter();
        let gone: Vec<_> = gone
            .filter(|touchpoint| !View::LiveOnly.shows(touchpoint))
            .map(|touchpoint| Edit::Delete {
                entity: Entity::Touchpoint,
                id: touchpoint.id.to_string(),
            })
            .collect();
        // Touchpoints that are there can be deleted, so this is not refused.
        if let Ok(applied) = apply(&self.map, &gone, &mut |name| Id::derived(name)) {
            self.map = applied.map;
        }
        let Self { map, layout, .. } = &mut self;
        let cards = &mut layout.cards;
        cards.retain(|card| map.touchpoints.contains(card.touchpoint.as_str()));
        let routes = &mut layout.routes;
        routes.retain(|route| map.links.contains(route.link.as_str()));
        self
    }
}

/// One open project.
#[derive(Debug)]
pub struct Workbench {
    pub(crate) environment: Environment,
    pub(crate) store: Store,
    pub(crate) analyst: Analyst,
    pub(crate) arrangement: Underway<Arrangement>,
    pub(crate) geometry: Geometry,
    /// How the picture is divided.
    pub(crate) frame: Frame,
    pub(crate) events: Vec<Event>,
    /// Why the file could not be written the last time.
    pub(crate) failure: Option<String>,
    /// What lay where the file belongs when it was looked at last.
    pub(crate) place: FileState,
    /// The contested places that were told last.
    pub(crate) conflicts_told: Vec<Conflict>,
    /// Who else has the file open.
    pub(crate) others: Vec<Presence>,
    /// Copies beside the file that are offered, and those that no longer are.
    pub(crate) copies: Vec<Copy>,
    pub(crate) copies_done: Vec<Copy>,
    /// The file that was chosen last to compare or to merge with.
    pub(crate) chosen: Option<PathBuf>,
    /// The file that was opened, until it is in the list of recent ones.
    pub(crate) opened: Option<PathBuf>,
    /// Whether the program failed in the middle of something, so that what is here may be half made.
    pub(crate) spoilt: bool,
}

impl Workbench {
    /// Opens a file: a project goes on where it was; a map in Backcast JSON becomes a new project without a file, so
    /// that the text stays as it is until somebody exports over it. [`Self::remember_opening`] lists it.
    ///
    /// # Errors
    /// When the file cannot be read or is neither.
    pub fn open(environment: &Environment, path: &Path) -> Result<Self, Problem> {
        if let Some(map) = carried_in(path)? {
            return Self::create(environment, map);
        }
        if form_of(path) == Form::Text {
            let mut bench = Self::create(environment, read_text_form(path)?)?;
            bench.opened = Some(path.to_owned());
            return Ok(bench);
        }
        let store = Store::open(&environment.store_folder(), path, now())?;
        let mut bench = Self::on(environment, store);
        bench.opened = bench.path().map(Path::to_path_buf);
        bench.tell_notices();
        Ok(bench)
    }

    /// A new project with this map. It has no file until it is saved under a name, and is kept on this computer.
    ///
    /// # Errors
    /// When the data folder may not be written to.
    pub fn create(environment: &Environment, map: Map) -> Result<Self, Problem> {
        let project = Project {
            id: new_project_id(),
            map,
        };
        let store = Store::create(&environment.store_folder(), project, now())?;
        Ok(Self::on(environment, store))
    }

    /// Goes on with a project that has no file yet.
    ///
    /// # Errors
    /// When there is none with this id, or another window has it.
    pub fn resume(environment: &Environment, id: &str) -> Result<Self, Problem> {
        let store = Store::resume(&environment.store_folder(), id)?;
        Ok(Self::on(environment, store))
    }

    fn on(environment: &Environment, store: Store) -> Self {
        let geometry = Geometry::default();
        let map = &store.project().map;
        let mut analyst = Analyst::new(environment.catalog().clone(), today());
        // Whoever shows the map can go on with all else meanwhile.
        let laid_out = map.clone();
        let arrangement = Underway::begin(move || Arrangement::new(&laid_out, geometry));
        analyst.assess(map);
        Self {
            environment: environment.clone(),
            place: store.file_state(),
            conflicts_told: store.conflicts().to_vec(),
            store,
            analyst,
            arrangement,
            geometry,
            frame: Frame::default(),
            events: Vec::new(),
            failure: None,
            others: Vec::new(),
            copies: Vec::new(),
            copies_done: Vec::new(),
            chosen: None,
            opened: None,
            spoilt: false,
        }
    }

    /// The map as it is.
    #[must_use]
    pub const fn map(&self) -> &Map {
        &self.store.project().map
    }

    /// What names the project in all its copies.
    #[must_use]
    pub fn project_id(&self) -> String {
        self.store.project().id.to_string()
    }

    /// Its revision, growing from 0 in this session.
    #[must_use]
    pub const fn revision(&self) -> u32 {
        self.store.revision()
    }

    /// Its file, once it has one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.store.path()
    }

    /// Where its cards stand. Just after opening it may have to be waited for, as long as a complete layout takes.
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.arrangement.layout()
    }

    /// The same when it need not be waited for long: it is there, or the map is small.
    #[must_use]
    pub fn layout_soon(&self) -> Option<Layout> {
        let soon = self.arrangement.is_done() || self.map().touchpoints.len() <= LAID_OUT_AT_ONCE;
        soon.then(|| self.layout())
    }

    /// The sizes the layout reckons with, in map units.
    #[must_use]
    pub const fn geometry(&self) -> Geometry {
        self.geometry
    }

    /// Its gaps.
    #[must_use]
    pub fn assessment(&mut self) -> Assessment {
        match self.analyst.assessment() {
            Some(assessment) => assessment,
            None => self.analyst.assess(&self.store.project().map),
        }
    }

    /// The map as it reads under its own framework or another, all that is planned or only what is live; the map
    /// itself stays as it is. Under its own framework what is shown stands where it does on the map.
    ///
    /// # Errors
    /// When the catalogue has no framework with this id.
    pub fn read_as(&self, framework: Option<&str>, view: View) -> Result<Reading, Problem> {
        let (map, assessment) = self.assess_as(framework, view)?;
        let layout = match framework {
            Some(_) => self.layout_of(&map),
            None => self.layout(),
        };
        let reading = Reading {
            map,
            layout,
            assessment,
        };
        Ok(match view {
            View::Planned => reading,
            View::LiveOnly => reading.without_what_is_not_live(),
        })
    }

    fn assess_as(&self, framework: Option<&str>, view: View) -> Result<(Map, Assessment), Problem> {
        let catalog = self.environment.catalog();
        let map = match framework {
            Some(framework) => start::read_as(catalog, self.map(), framework)?,
            None => self.map().clone(),
        };
        let assessment = Analyst::new(catalog.clone(), today())
            .seeing(view)
            .assess(&map);
        Ok((map, assessment))
    }

    /// What stands behind undo and redo.
    #[must_use]
    pub fn history(&self) -> History {
        History {
            undo: self.store.undo_label().map(str::to_owned),
            redo: self.store.redo_label().map(str::to_owned),
        }
    }

    /// Applies edits as one step with this label, all or nothing, and gives the ids of inserted rows in order. A
    /// contested field that is written counts as settled, also where it held the value already.
    ///
    /// # Errors
    /// When an edit is refused or the step cannot be written; nothing has changed then.
    pub fn edit(&mut self, edits: &[Edit], label: &str) -> Result<Vec<Id>, Problem> {
        let mut make_id = |name: &str| new_id(name);
        let op = Op::new(kind_of(edits), label);
        let conflicts = self.store.conflicts().to_vec();
        let step = |map: &Map| apply_and_settle(map, edits, &conflicts, &mut make_id);
        let committed = self.store.transact(op, now(), step)?;
        let inserted = committed.inserted.clone();
        self.follow(committed);
        Ok(inserted)
    }

    /// Takes the last step back; does nothing when there is none. Gives the number of rows that
    /// changed; 0 also when others have written everywhere there since.
    ///
    /// # Errors
    /// When it cannot be written; nothing has changed then.
    pub fn undo(&mut self) -> Result<usize, Problem> {
        let Some(committed) = self.store.undo(now())? else {
            return Ok(0);
        };
        let rows = rows(&committed.changes);
        self.follow(committed);
        Ok(rows)
    }

    /// Does the step again that was taken back last; does nothing when there is none. Gives the number of rows that
    /// changed; 0 also when others have written everywhere there since.
    ///
    /// # Errors
    /// When it cannot be written; nothing has changed then.
    pub fn redo(&mut self) -> Result<usize, Problem> {
        let Some(committed) = self.store.redo(now())? else {
            return Ok(0);
        };
        let rows = rows(&committed.changes);
        self.follow(committed);
        Ok(rows)
    }

    /// Brings layout and gaps in step with a committed change, and says so.
    pub(crate) fn follow(&mut self, committed: Committed) {
        let Committed {
            revision, changes, ..
        } = committed;
        let map = self.store.project().map.clone();
        let (arrangement, analyst) = (&mut self.arrangement, &mut self.analyst);
        let (moved, delta) = both(
            || arrangement.update(&map, &changes),
            || analyst.update(&map, &changes),
        );
        let columns = (moved.columns_changed || moved.lanes_changed)
            .then(|| (self.arrangement.layout(), self.geometry));
        let history = self.history();
        let changed = Changed {
            revision,
            map,
            changes,
            moved,
            columns,
            history,
        };
        self.events.push(Event::Changed(Box::new(changed)));
        if let Some(assessment) = self.analyst.assessment() {
            self.events.push(Event::Gaps(Box::new(GapsChanged {
                revision,
                delta,
                assessment,
            })));
        }
        self.tell_conflicts();
        self.events.push(Event::Status(self.saved()));
    }

    /// What is asked of a gap only when somebody looks at it: how to mend it, best first, and what suffers from it;
    /// of the map as it is, or as it reads under another framework or as far as it is live.
    ///
    /// # Errors
    /// When the gap is gone, or the catalogue has no framework with this id.
    pub fn look_into(
        &mut self,
        key: &str,
        framework: Option<&str>,
        view: View,
    ) -> Result<(Vec<Fix>, Vec<Id>), Problem> {
        let assessment = match (framework, view) {
            (None, View::Planned) => self.assessment(),
            (framework, view) => self.assess_as(framework, view)?.1,
        };
        let gap = find(&assessment, key)?;
        Ok((assessment.fixes(gap), assessment.affects(gap)))
    }

    /// Mends a gap in the way with this fingerprint, as one step.
    ///
    /// # Errors
    /// When the gap is gone, none of its fixes does any more what that one did when it was shown, or mending it is for
    /// a person.
    pub fn fix_gap(&mut self, key: &str, fix: &str) -> Result<(), Problem> {
        let assessment = self.assessment();
        let gap = find(&assessment, key)?;
        let fix = assessment
            .fixes(gap)
            .into_iter()
            .find(|offered| offered.fingerprint() == fix)
            .ok_or_else(|| {
                Problem::refused(
                    "The map has changed since this fix was shown, and it would do something else now.",
                    "Choose among the fixes as they are now.",
                )
                .of_kind(ProblemKind::Stale)
            })?;
        if let Some(place) = fix.fill_in {
            let remedy = format!(
                "Fill in the field \u{201c}{}\u{201d} of {} \u{201c}{}\u{201d}.",
                place.field, place.entity, place.id
            );
            return Err(Problem::refused(
                "Only you can say what belongs there.",
                remedy,
            ));
        }
        self.edit(&with_own_ids(fix.edits), &fix.title).map(drop)
    }

    /// Says that a gap is there on purpose.
    ///
    /// # Errors
    /// When the gap is gone.
    pub fn dismiss_gap(&mut self, key: &str, reason: &str) -> Result<(), Problem> {
        let assessment = self.assessment();
        let gap = find(&assessment, key)?;
        let by = Some(self.environment.author()).filter(|author| !author.is_empty());
        let edits = gap.dismiss(self.map(), reason, by, Some(&now().to_string()));
        let label = format!("Dismiss \u{201c}{}\u{201d}", gap.rule.name);
        self.edit(&edits, &label).map(drop)
    }

    /// Takes the word back that a gap is there on purpose.
    ///
    /// # Errors
    /// When the gap is gone or is not dismissed.
    pub fn reopen_gap(&mut self, key: &str) -> Result<(), Problem> {
        let assessment = self.assessment();
        let gap = find(&assessment, key)?;
        let dismissal = gap.dismissed.as_ref().ok_or_else(gone)?;
        let id = backcast_model::Record::id(&dismissal.record).to_string();
        let label = format!("Reopen \u{201c}{}\u{201d}", gap.rule.name);
        self.edit(
            &[Edit::Delete {
                entity: Entity::Dismissal,
                id,
            }],
            &label,
        )
        .map(drop)
    }

    /// Takes in that another day has begun, for what is overdue by then.
    pub fn look_at_clock(&mut self) {
        let delta = self.analyst.turn_to(today());
        if delta.is_empty() {
            return;
        }
        if let Some(assessment) = self.analyst.assessment() {
            self.events.push(Event::Gaps(Box::new(GapsChanged {
                revision: self.revision(),
                delta,
                assessment,
            })));
        }
    }

    /// What happened since this was asked last, in order.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }
}

/// What sort of step a batch is, as a word for the log: by its first edit.
fn kind_of(edits: &[Edit]) -> &'static str {
    match edits.first() {
        Some(Edit::Insert { .. }) => "insert",
        Some(Edit::Delete { .. }) => "delete",
        Some(Edit::Move { .. }) => "move",
        Some(Edit::Set { .. }) | None => "set",
    }
}

/// Does both at the same time: neither needs the other, and on a large map both take a while.
fn both<A, B: Send>(here: impl FnOnce() -> A, there: impl FnOnce() -> B + Send) -> (A, B) {
    thread::scope(|scope| {
        let there = scope.spawn(there);
        let here = here();
        (
            here,
            there.join().unwrap_or_else(|panic| resume_unwind(panic)),
        )
    })
}

fn find<'a>(assessment: &'a Assessment, key: &str) -> Result<&'a Gap, Problem> {
    let gap = assessment
        .gaps()
        .iter()
        .find(|gap| gap.key.to_string() == key);
    gap.map(AsRef::as_ref).ok_or_else(gone)
}

fn gone() -> Problem {
    Problem::refused(
        "This gap is not there any more.",
        "Look at the list of gaps as it is now.",
    )
    .of_kind(ProblemKind::Stale)
}

/// Gives rows that a fix would add ids that no other copy of the project makes, where the fix has ids that are the same
/// for the same map.
pub(crate) fn with_own_ids(mut edits: Vec<Edit>) -> Vec<Edit> {
    let text =
        |value: &Fields, field: &str| value.get(field).and_then(Value::as_str).map(str::to_owned);
    let mut renamed: Vec<(String, String)> = Vec::new();
    for edit in &mut edits {
        let value = match edit {
            Edit::Insert { value, .. } => value,
            Edit::Set { field, value, .. } if field == "from" || field == "to" => {
                let new = renamed.iter().find(|(id, _)| value.as_str() == Some(id));
                if let Some((_, new)) = new {
                    *value = Value::from(new.as_str());
                }
                continue;
            }
            _ => continue,
        };
        if let (Some(id), Some(name)) = (text(value, "id"), text(value, "name")) {
            renamed.push((id, new_id(&name).to_string()));
        }
        for field in ["id", "from", "to"] {
            let old = text(value, field);
            if let Some((_, new)) = renamed.iter().find(|(id, _)| Some(id) == old.as_ref()) {
                value.insert(field.to_owned(), Value::from(new.as_str()));
            }
        }
    }
    edits
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let kind = match &error {
            StoreError::NotFound { .. } => ProblemKind::NotFound,
            StoreError::NotPublished { .. }
            | StoreError::NoPermission {
                doing: "written", ..
            } => ProblemKind::NotSaved,
            StoreError::Missing { .. } => ProblemKind::Stale,
            _ => ProblemKind::Refused,
        };
        let text = error.to_string();
        // The store's sentences end with what to do next.
        let (message, remedy) = text
            .rsplit_once(". ")
            .unwrap_or((&text, "Try again, or open another file"));
        Self::refused(format!("{message}."), format!("{remedy}.")).of_kind(kind)
    }
}

impl<E: Into<Self>> From<backcast_store::TransactError<E>> for Problem {
    fn from(error: backcast_store::TransactError<E>) -> Self {
        match error {
            backcast_store::TransactError::Refused(refused) => refused.into(),
            backcast_store::TransactError::Store(error) => error.into(),
        }
    }
}
