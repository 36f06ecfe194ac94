//! What is worked out on a thread of its own while its owner goes on. Refuses to be asked from two threads at once.

use std::cell::LazyCell;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

type Wait<T> = Box<dyn FnOnce() -> T + Send>;

/// A value that is there, or will be: whoever looks at it first waits for it. A panic of the work goes on there.
pub(crate) struct Underway<T> {
    value: LazyCell<T, Wait<T>>,
    done: Arc<AtomicBool>,
}

impl<T: Send + 'static> Underway<T> {
    /// Begins; where the system gives no thread, the work is done when it is looked at.
    pub(crate) fn begin(work: impl FnOnce() -> T + Clone + Send + 'static) -> Self {
        let done = Arc::new(AtomicBool::new(false));
        let (there, told) = (work.clone(), Arc::clone(&done));
        let thread = thread::Builder::new().spawn(move || {
            let value = there();
            told.store(true, Ordering::Release);
            value
        });
        let wait: Wait<T> = match thread {
            Ok(thread) => Box::new(|| thread.join().unwrap_or_else(|panic| resume_unwind(panic))),
            Err(_) => {
                done.store(true, Ordering::Release);
                Box::new(work)
            }
        };
        let value = LazyCell::new(wait);
        Self { value, done }
    }

    /// Whether there is nothing to wait for.
    pub(crate) fn is_done(&self) -> bool {
        self.done.load(Ordering::Acquire)
    }
}

impl<T: Send + 'static> From<T> for Underway<T> {
    fn from(value: T) -> Self {
        Self {
            value: LazyCell::new(Box::new(move || value)),
            done: Arc::new(AtomicBool::new(true)),
        }
    }
}

impl<T> Deref for Underway<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Underway<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T> fmt::Debug for Underway<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Underway")
            .field("done", &self.done)
            .finish_non_exhaustive()
    }
}
