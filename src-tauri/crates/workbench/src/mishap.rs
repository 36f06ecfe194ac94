//! What happens when the program itself fails in the middle of something: the project stays open, what was committed
//! stays, and whoever asked is told in words. Refuses to try again by itself: what failed once fails again.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use backcast_analysis::Analyst;
use backcast_layout::Arrangement;

use crate::environment::today;
use crate::event::Event;
use crate::problem::Problem;
use crate::underway::Underway;
use crate::workbench::Workbench;

impl Workbench {
    /// Does some work on the project. A panic in it becomes a problem; layout and gaps are worked out anew then, when
    /// they are asked for next, and if rows were committed meanwhile [`Event::Renewed`] says that the project is to be
    /// shown anew.
    ///
    /// # Errors
    /// Those of the work, and that the program failed in it.
    pub(crate) fn outlive<R>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<R, Problem>,
    ) -> Result<R, Problem> {
        let revision = self.revision();
        // The store is whole after each of its transactions, and all else follows from its rows.
        let outcome = catch_unwind(AssertUnwindSafe(|| work(self)));
        outcome.unwrap_or_else(|panic| {
            self.follow_anew();
            if self.revision() != revision {
                self.events.push(Event::Renewed);
            }
            Err(mishap(&*panic))
        })
    }

    /// The same for what nobody asked for: a failure is told as a notice, and not over and over.
    pub(crate) fn by_itself(&mut self, work: impl FnOnce(&mut Self)) {
        let done = self.outlive(|bench| {
            work(bench);
            Ok(())
        });
        if let Err(problem) = done
            && self.mishap_told.as_ref() != Some(&problem)
        {
            let place = problem.place.as_deref().unwrap_or_default();
            let told = format!("{} {} {place}", problem.message, problem.remedy);
            self.events.push(Event::Notice(told.trim_end().to_owned()));
            self.mishap_told = Some(problem);
        }
    }

    /// Lets go of a layout and of gaps that may be half made.
    fn follow_anew(&mut self) {
        let (map, geometry, frame) = (self.map().clone(), self.geometry, self.frame.clone());
        self.arrangement =
            Underway::begin(move || Arrangement::within(&map, geometry, frame.clone()));
        self.analyst = Analyst::new(self.environment.catalog().clone(), today());
    }
}

/// The problem that a panic is to a planner, with the panic's own words for whoever mends the program.
fn mishap(panic: &(dyn Any + Send)) -> Problem {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| panic.downcast_ref::<&str>().copied());
    let problem = Problem::refused(
        "Backcast failed at this because of a fault of its own.",
        "The map stays open, and what was done before is kept. Try again; if it fails again, report these words.",
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

    use super::*;
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

    #[tokio::test]
    async fn a_layout_that_fails_is_said_in_words_and_the_project_stays_open_and_saved() {
        let room = room();
        let path = room.folder.path().join("map.backcast");
        let mut bench = Workbench::create(&room.environment, large()).unwrap();
        bench.save_as(&path).unwrap();
        bench.arrangement = failing();
        let desk = Desk::start(bench, |_| ()).unwrap();

        let said = desk.ask(|bench| Ok(bench.layout())).await.unwrap_err();
        assert_eq!(said.place.as_deref(), Some("no room for card 7"));
        assert!(said.remedy.contains("stays open"), "{said}");

        let cards = desk.ask(|bench| Ok(bench.layout().cards.len())).await;
        assert_eq!(cards, Ok(600), "asked for again, it is laid out again");
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

    #[test]
    fn an_edit_whose_consequences_fail_is_kept_and_the_project_shown_anew() {
        let room = room();
        let mut bench = Workbench::create(&room.environment, sample_map()).unwrap();
        bench.arrangement = failing();
        let said = bench.outlive(|bench| bench.edit(&add("flyer"), "Add Flyer"));
        assert!(said.is_err());
        assert!(matches!(bench.take_events().as_slice(), [Event::Renewed]));
        assert!(bench.map().touchpoints.contains("flyer"));
        let whole = backcast_layout::lay_out(bench.map(), &bench.geometry());
        assert_eq!(bench.layout(), whole);
        let gaps = bench.assessment();
        let orphan = |gap: &Arc<_>| gap_key(gap) == "orphan-driver:flyer";
        assert!(gaps.gaps().iter().any(orphan));
        assert_eq!(bench.undo(), Ok(1));
    }

    fn gap_key(gap: &backcast_analysis::Gap) -> String {
        gap.key.to_string()
    }

    #[test]
    fn what_fails_by_itself_again_and_again_is_told_once() {
        let room = room();
        let mut bench = Workbench::create(&room.environment, sample_map()).unwrap();
        for _ in 0..3 {
            bench.by_itself(|_| panic!("no clock"));
        }
        let told = bench.take_events();
        assert!(
            matches!(told.as_slice(), [Event::Notice(words)] if words.ends_with("no clock")),
            "{told:?}"
        );
    }

    #[test]
    fn a_question_that_fails_before_anything_was_committed_leaves_everything_as_it_was() {
        let room = room();
        let mut bench = Workbench::create(&room.environment, sample_map()).unwrap();
        let before = bench.layout();
        let said: Result<(), _> = bench.outlive(|_| panic!("{} lanes", 3));
        assert_eq!(said.unwrap_err().place.as_deref(), Some("3 lanes"));
        assert!(bench.take_events().is_empty(), "nothing was committed");
        assert_eq!(bench.layout(), before);
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
