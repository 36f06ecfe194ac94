//! What people said about one place, a field or a row’s being there: which of it stands, and which is settled only until
//! the edits that settled it are taken back. Refuses to know what was said.

use std::collections::BTreeSet;

use super::history::{Event, History};

/// Something that an event said.
pub(crate) trait Claim {
    /// The event.
    fn event(&self) -> Event;
}

impl Claim for Event {
    fn event(&self) -> Event {
        *self
    }
}

/// A claim that edits decided about, all of which are taken back later.
#[derive(Debug)]
struct Settled<T> {
    claim: T,
    /// The places of those edits that are not taken back yet. It stands again when none is left.
    by: BTreeSet<usize>,
}

/// Claims about one place, as events come in the order of the history.
#[derive(Debug)]
pub(crate) struct Claims<T> {
    standing: Vec<T>,
    settled: Vec<Settled<T>>,
}

impl<T> Default for Claims<T> {
    fn default() -> Self {
        Self::from_iter([])
    }
}

impl<T> FromIterator<T> for Claims<T> {
    fn from_iter<I: IntoIterator<Item = T>>(claims: I) -> Self {
        Self {
            standing: claims.into_iter().collect(),
            settled: Vec::new(),
        }
    }
}

impl<T> Claims<T> {
    /// The claims that nobody decided about, or nobody any more.
    pub(crate) fn standing(&self) -> &[T] {
        &self.standing
    }

    /// Another one.
    pub(crate) fn push(&mut self, claim: T) {
        self.standing.push(claim);
    }
}

impl<T: Claim> Claims<T> {
    /// An event decides about those claims of which `over` says so. What only edits decided that are taken back later
    /// stands again when the last of them is. O(claims) in time and in memory, and so quadratic in how many edits of one
    /// place are taken back.
    pub(crate) fn decide<'a>(
        &mut self,
        history: &History<'a>,
        event: Event,
        over: impl Fn(&History<'a>, Event, Event) -> bool,
    ) {
        let over = |claim: &T| over(history, event, claim.event());
        let Some(edit) = history.edit_to_be_taken_back(event) else {
            self.standing.retain(|claim| !over(claim));
            self.settled.retain(|settled| !over(&settled.claim));
            if let Some(edit) = history.taken_back(event) {
                self.take_back(edit);
            }
            return;
        };
        // What came of the edit goes with it for good; what it was written over, or beside, comes back.
        let comes_back = |claim: &T| history.saw(edit, claim.event().change);
        self.settled
            .retain(|settled| !over(&settled.claim) || comes_back(&settled.claim));
        for settled in &mut self.settled {
            if over(&settled.claim) {
                settled.by.insert(edit);
            }
        }
        let (over, standing): (Vec<_>, _) = std::mem::take(&mut self.standing)
            .into_iter()
            .partition(over);
        self.standing = standing;
        let over = over.into_iter().filter(comes_back);
        self.settled.extend(over.map(|claim| Settled {
            claim,
            by: BTreeSet::from([edit]),
        }));
    }

    /// A delete that takes an edit back: what the edit claimed is gone where anything else stands, and what only it had
    /// settled still stands again.
    pub(crate) fn withdraw(&mut self, history: &History<'_>, delete: Event) {
        let Some(edit) = history.taken_back(delete) else {
            return;
        };
        self.take_back(edit);
        let stays = |claim: &T| {
            !history.sees(delete, claim.event()) || !history.belongs_to(claim.event(), edit)
        };
        if self.standing.iter().any(stays) {
            self.standing.retain(stays);
        }
    }

    fn take_back(&mut self, edit: usize) {
        let (settled, open) = std::mem::take(&mut self.settled)
            .into_iter()
            .map(|mut settled| {
                settled.by.remove(&edit);
                settled
            })
            .partition(|settled| !settled.by.is_empty());
        self.settled = settled;
        let open: Vec<Settled<T>> = open;
        self.standing
            .extend(open.into_iter().map(|settled| settled.claim));
        self.standing.sort_by_key(|claim| {
            let Event { change, step } = claim.event();
            (change, step)
        });
    }
}
