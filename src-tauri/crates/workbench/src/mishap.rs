//! What happens when the program itself fails in the middle of something. Every step is on the disk as soon as it is
//! committed, so what this program holds in memory is let go of, and the project opened anew from its working copy.
//! Refuses to go on with what may be half made, and to try again by itself: what failed once fails again.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::problem::Problem;
use crate::workbench::Workbench;

impl Workbench {
    /// Does some work on the project. A panic in it becomes a problem, and the workbench is spoilt.
    ///
    /// # Errors
    /// Those of the work, and that the program failed in it.
    pub(crate) fn outlive<R>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<R, Problem>,
    ) -> Result<R, Problem> {
        // What it leaves half made is not looked at again.
        let outcome = catch_unwind(AssertUnwindSafe(|| work(self)));
        outcome.unwrap_or_else(|panic| {
            self.spoilt = true;
            Err(mishap(&*panic))
        })
    }

    /// The same for what nobody asked for.
    ///
    /// # Errors
    /// That the program failed in it.
    pub(crate) fn outlive_own(&mut self, work: impl FnOnce(&mut Self)) -> Result<(), Problem> {
        self.outlive(|bench| {
            work(bench);
            Ok(())
        })
    }

    /// The project as its working copy has it, with every step that was committed. The picture is divided by nothing,
    /// and what was still to be told is not: all of it is to be shown anew.
    ///
    /// # Errors
    /// When the working copy cannot be read, or the program fails at that, too.
    pub(crate) fn anew(self) -> Result<Self, Problem> {
        let environment = self.environment.clone();
        let id = self.store.working_copy().to_owned();
        let reopen = move || {
            // Its lock is let go of first.
            drop(self);
            Self::resume(&environment, &id)
        };
        catch_unwind(AssertUnwindSafe(reopen)).unwrap_or_else(|panic| Err(mishap(&*panic)))
    }
}

/// The problem that a panic is to a planner, with the panic's own words for whoever mends the program.
fn mishap(panic: &(dyn Any + Send)) -> Problem {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| panic.downcast_ref::<&str>().copied());
    let problem = Problem::refused(
        "Backcast failed at this because of a fault of its own.",
        "Every step that was done is kept on this computer. See whether this one was before you try it again; if it fails again, report these words.",
    );
    match words {
        Some(words) => problem.at(words),
        None => problem,
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        reason = "a test says no by failing loudly, and fails on purpose here"
    )]

    use std::sync::{Arc, Mutex, mpsc};
    use std::time::Duration;

    use backcast_model::{Edit, Map};
    use serde_json::json;

    use backcast_layout::Arrangement;

    use super::*;
    use crate::event::Event;
    use crate::problem::ProblemKind;
    use crate::underway::Underway;
    use crate::{Desk, Environment, SaveState, project_file, sample_map};

    struct Room {
        folder: tempfile::TempDir,
        environment: Environment,
    }

    fn room() -> Room {
        let folder = tempfile::tempdir().unwrap();
        let environment = Environment::at(folder.path().join("data")).unwrap();
        Room {
            folder,
            environment,
        }
    }

    fn add(id: &str) -> Vec<Edit> {
        let row = json!({"id": id, "name": "Flyer", "kind": "driver"});
        let edits = json!([{"op": "insert", "entity": "touchpoint", "value": row}]);
        serde_json::from_value(edits).unwrap()
    }

    fn large() -> Map {
        let rows: Vec<_> = (0..600)
            .map(|at| json!({"id": format!("t{at}"), "name": "T", "kind": "driver"}))
            .collect();
        let text =
            json!({"format": "backcast-map", "version": 1, "title": "Large", "touchpoints": rows});
        backcast_exchange::read(text.to_string().as_bytes()).unwrap()
    }

    fn failing() -> Underway<Arrangement> {
        Underway::begin(|| panic!("no room for card 7"))
    }

    /// What the desk told, and where it goes.
    fn listener() -> (Arc<Mutex<Vec<Event>>>, impl FnMut(Event) + Send + 'static) {
        let told = Arc::new(Mutex::new(Vec::new()));
        let there = Arc::clone(&told);
        (told, move |event| there.lock().unwrap().push(event))
    }

    #[tokio::test]
    async fn a_layout_that_fails_is_said_in_words_and_the_project_stays_open_and_saved() {
        let room = room();
        let path = room.folder.path().join("map.backcast");
        let mut bench = Workbench::create(&room.environment, large()).unwrap();
        bench.save_as(&path).unwrap();
        bench.arrangement = failing();
        let (told, listener) = listener();
        let desk = Desk::start(bench, listener).unwrap();

        let said = desk.ask(|bench| Ok(bench.layout())).await.unwrap_err();
        assert_eq!(said.place.as_deref(), Some("no room for card 7"));

        let cards = desk.ask(|bench| Ok(bench.layout().cards.len())).await;
        assert_eq!(cards, Ok(600), "asked for again, it is laid out again");
        let anew = |event: &Event| matches!(event, Event::Renewed);
        assert!(
            told.lock().unwrap().iter().any(anew),
            "and is to be shown anew"
        );
        let edited = desk.ask(|bench| bench.edit(&add("flyer"), "Add Flyer"));
        edited.await.unwrap();
        let saved = desk.ask(|bench| {
            bench.save();
            Ok(bench.saved().state)
        });
        assert_eq!(saved.await, Ok(SaveState::Saved));
        let file = project_file::read(&path).unwrap();
        assert!(file.touchpoints.contains("flyer"));
    }

    #[tokio::test]
    async fn a_step_whose_consequences_fail_is_kept_with_all_before_it() {
        let room = room();
        let bench = Workbench::create(&room.environment, sample_map()).unwrap();
        let desk = Desk::start(bench, |_| ()).unwrap();
        let first = desk.ask(|bench| bench.edit(&add("leaflet"), "Add Leaflet"));
        first.await.unwrap();
        let said = desk.ask(|bench| {
            bench.arrangement = failing();
            bench.edit(&add("flyer"), "Add Flyer")
        });
        assert!(said.await.is_err());
        let after = desk.ask(|bench| {
            let whole = backcast_layout::lay_out(bench.map(), &bench.geometry());
            assert_eq!(bench.layout(), whole);
            let orphan =
                |gap: &Arc<backcast_analysis::Gap>| gap.key.to_string() == "orphan-driver:flyer";
            assert!(bench.assessment().gaps().iter().any(orphan));
            Ok((
                bench.undo()?,
                bench.undo()?,
                bench.map().touchpoints.contains("leaflet"),
            ))
        });
        assert_eq!(after.await, Ok((1, 1, false)));
    }

    #[tokio::test]
    async fn a_step_that_cannot_be_told_is_kept_and_all_is_shown_anew() {
        let room = room();
        let bench = Workbench::create(&room.environment, sample_map()).unwrap();
        let (told, mut listener) = listener();
        let failing = move |event: Event| match event {
            Event::Changed(_) => panic!("no words"),
            event => listener(event),
        };
        let desk = Desk::start(bench, failing).unwrap();
        let edited = desk.ask(|bench| bench.edit(&add("flyer"), "Add Flyer"));
        assert!(edited.await.is_ok(), "it is done");
        let there = desk.ask(|bench| Ok(bench.map().touchpoints.contains("flyer")));
        assert_eq!(there.await, Ok(true));
        let anew = |event: &Event| matches!(event, Event::Renewed);
        assert!(told.lock().unwrap().iter().any(anew));
    }

    #[tokio::test]
    async fn a_project_that_fails_again_and_again_is_closed_in_words() {
        let room = room();
        let bench = Workbench::create(&room.environment, sample_map()).unwrap();
        let (told, listener) = listener();
        let desk = Desk::start(bench, listener).unwrap();
        let mut answers = Vec::new();
        for _ in 0..6 {
            let said: Result<(), _> = desk.ask(|_| panic!("{} lanes", 3)).await;
            answers.push(said.unwrap_err());
        }
        assert_eq!(answers[0].place.as_deref(), Some("3 lanes"));
        assert_eq!(answers[5].kind, ProblemKind::Stale, "it is closed");
        let told = told.lock().unwrap();
        let ended = |event: &&Event| matches!(event, Event::Ended(_));
        assert_eq!(told.iter().filter(ended).count(), 1);
    }

    #[test]
    fn what_fails_by_itself_is_a_problem_and_every_step_is_kept() {
        let room = room();
        let mut bench = Workbench::create(&room.environment, sample_map()).unwrap();
        bench.edit(&add("flyer"), "Add Flyer").unwrap();
        let said = bench.outlive_own(|_| panic!("no clock")).unwrap_err();
        assert_eq!(said.place.as_deref(), Some("no clock"));
        assert!(bench.spoilt);
        let bench = bench.anew().unwrap();
        assert!(bench.map().touchpoints.contains("flyer") && !bench.spoilt);
        assert_eq!(bench.history().undo.as_deref(), Some("Add Flyer"));
    }

    #[test]
    fn a_large_map_does_not_wait_for_its_layout() {
        let room = room();
        let mut bench = Workbench::create(&room.environment, large()).unwrap();
        let (map, geometry) = (bench.map().clone(), bench.geometry);
        let (go, may_go) = mpsc::channel();
        let may_go = Arc::new(Mutex::new(may_go));
        bench.arrangement = Underway::begin(move || {
            let waited = may_go.lock().unwrap();
            waited.recv_timeout(Duration::from_secs(60)).unwrap();
            Arrangement::new(&map, geometry)
        });
        assert_eq!(bench.layout_soon(), None);
        assert!(!bench.assessment().gaps().is_empty(), "nor do its gaps");
        go.send(()).unwrap();
        assert_eq!(bench.layout().cards.len(), 600);
        assert!(bench.layout_soon().is_some());
    }
}
