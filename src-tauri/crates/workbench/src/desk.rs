//! A desk: one workbench on a thread of its own, asked from anywhere, saving by itself a little after the last edit.
//! Events leave after commit and before the answer, so that whoever asked already knows what came of it. Refuses to
//! know what is asked.

use std::thread;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, MissedTickBehavior, sleep_until};

use crate::event::Event;
use crate::problem::{Problem, ProblemKind};
use crate::workbench::Workbench;

/// How long after the last edit the file is written.
const AUTOSAVE_AFTER: Duration = Duration::from_secs(3);

/// How long until the next try when the file could not be written.
const RETRY_AFTER: Duration = Duration::from_secs(30);

/// How often the file is looked at for what somebody else put into it. Folder-sync programs and network drives do not
/// announce their writes reliably, so looking (one question about the file's size and time) is what works everywhere.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// How often others at the file, and copies of it, are looked for.
const LOOK_AROUND_EVERY: Duration = Duration::from_secs(60);

/// How often a project is opened anew after the program failed. More often, and it is the project that it fails at.
const MOST_REOPENINGS: u32 = 3;

/// Tells the one who asked; runs when the events are out.
type Reply = Box<dyn FnOnce() + Send>;
type Job = Box<dyn FnOnce(&mut Workbench) -> Reply + Send>;

/// A handle to a workbench on its own thread. When the last handle is dropped the thread writes what is unsaved and
/// ends.
#[derive(Debug, Clone)]
pub struct Desk {
    jobs: mpsc::UnboundedSender<Job>,
}

impl Desk {
    /// Puts a workbench on a thread of its own; `listener` hears every event there, in order.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        bench: Workbench,
        listener: impl FnMut(Event) + Send + 'static,
    ) -> Result<Self, Problem> {
        let (jobs, incoming) = mpsc::unbounded_channel();
        let refuse = |error: std::io::Error| {
            Problem::refused(
                format!("The system gives no room to work in: {error}."),
                "Close other programs, then try again.",
            )
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .map_err(refuse)?;
        let work = move || runtime.block_on(serve(bench, incoming, listener));
        thread::Builder::new()
            .name("desk".to_owned())
            .spawn(work)
            .map_err(refuse)?;
        Ok(Self { jobs })
    }

    /// Runs `question` on the workbench and answers with what it returns, after the events it caused.
    ///
    /// # Errors
    /// When the project was closed meanwhile, what `question` returns, or that the program failed in it.
    pub async fn ask<R: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Workbench) -> Result<R, Problem> + Send + 'static,
    ) -> Result<R, Problem> {
        let (answer, waiting) = oneshot::channel();
        let job: Job = Box::new(move |bench| {
            let result = bench.outlive(question);
            // Whoever asked may have gone; what was done stays done.
            Box::new(move || drop(answer.send(result)))
        });
        let closed = || {
            Problem::refused("This project was closed meanwhile.", "Open it again.")
                .of_kind(ProblemKind::Stale)
        };
        self.jobs.send(job).map_err(|_| closed())?;
        waiting.await.map_err(|_| closed())?
    }
}

async fn serve(
    mut bench: Workbench,
    mut jobs: mpsc::UnboundedReceiver<Job>,
    mut listener: impl FnMut(Event),
) {
    let mut due = first_try(&bench);
    let mut reopened = 0;
    let mut watch = tokio::time::interval(LOOK_EVERY);
    watch.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut round = tokio::time::interval_at(Instant::now() + LOOK_AROUND_EVERY, LOOK_AROUND_EVERY);
    round.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // Whoever asks first is told of others as well.
    let mut done = bench.outlive_own(Workbench::look_around);
    done = done.and(tell(&mut bench, &mut listener));
    while done.is_ok() {
        let autosave = async {
            match due {
                Some(due) => sleep_until(due).await,
                None => std::future::pending().await,
            }
        };
        let revision = bench.revision();
        let (mut reply, mut tried) = (None, false);
        tokio::select! {
            job = jobs.recv() => match job {
                Some(job) => reply = Some(job(&mut bench)),
                None => break,
            },
            _ = watch.tick() => done = bench.outlive_own(|bench| {
                bench.look_at_file();
                bench.look_at_clock();
            }),
            _ = round.tick() => done = bench.outlive_own(Workbench::look_around),
            () = autosave => {
                bench.announce_saving();
                done = tell(&mut bench, &mut listener);
                done = done.and_then(|()| bench.outlive_own(Workbench::save));
                tried = true;
            }
        }
        let told = tell(&mut bench, &mut listener);
        if let Some(reply) = reply {
            reply();
            if bench.spoilt {
                reopened += 1;
                match anew(bench, reopened) {
                    Ok(fresh) => bench = fresh,
                    Err(problem) => return listener(Event::Ended(problem)),
                }
                due = first_try(&bench);
                listener(Event::Renewed);
                continue;
            }
            done = bench.outlive_own(Workbench::remember_opening);
        }
        done = done.and(told);
        due = match due {
            _ if !bench.wants_saving() => None,
            _ if tried => Some(Instant::now() + RETRY_AFTER),
            Some(due) if bench.revision() == revision => Some(due),
            _ => Some(Instant::now() + AUTOSAVE_AFTER),
        };
    }
    let done = done.and_then(|()| {
        bench.outlive_own(|bench| {
            bench.remember_opening();
            bench.save();
        })
    });
    let told = tell(&mut bench, &mut listener);
    match done.and(told) {
        Ok(()) => bench.leave(),
        Err(problem) => listener(Event::Ended(problem)),
    }
}

/// Tells what happened; of a workbench that is spoilt nobody knows what happened.
fn tell(bench: &mut Workbench, listener: &mut impl FnMut(Event)) -> Result<(), Problem> {
    let events = bench.take_events();
    if bench.spoilt {
        return Ok(());
    }
    bench.outlive_own(|_| events.into_iter().for_each(listener))
}

/// The project opened anew, for the time by this number.
fn anew(bench: Workbench, time: u32) -> Result<Workbench, Problem> {
    if time > MOST_REOPENINGS {
        return Err(Problem::refused(
            "Backcast failed again and again, and has closed the map.",
            "Every step that was done is kept on this computer: open the map again.",
        ));
    }
    bench.anew()
}

/// A project that comes with edits its file does not have yet saves soon after it is opened.
fn first_try(bench: &Workbench) -> Option<Instant> {
    bench
        .wants_saving()
        .then(|| Instant::now() + AUTOSAVE_AFTER)
}
