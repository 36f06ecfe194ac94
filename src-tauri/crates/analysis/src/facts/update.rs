//! Facts in step with a map: the rows that changes name are read again, all others stay as they are.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use backcast_model::catalog::Catalog;
use backcast_model::{Entity, Id, Map, RowChange};

use super::{Facts, Is, LinkFacts, Mark, Touch};
use crate::inputs::{Inputs, touched_by, touched_by_row};

/// Up to how many touchpoints are put in their places one by one.
const FEW: usize = 16;

/// What changes touched.
#[derive(Debug)]
pub(crate) struct Touched {
    /// What rules may read otherwise now.
    pub(crate) inputs: Inputs,
    /// Rows whose name, and so the texts about them, changed.
    pub(crate) renamed: Vec<Id>,
    /// Slots of the touchpoints that changed, came or went.
    pub(crate) touchpoints: Vec<u32>,
    /// Slots of the links that changed, came or went.
    pub(crate) links: Vec<u32>,
    /// Slots of the touchpoints those links join now or joined before.
    pub(crate) ends: Vec<u32>,
}

impl Facts {
    /// Takes in what `changes`, the last of which led to `map`, did; O(changes), and O(touchpoints) where one came,
    /// went or moved.
    pub(crate) fn update(
        &mut self,
        map: &Map,
        catalog: &Catalog,
        changes: &[RowChange],
    ) -> Touched {
        let mut touched = touched(changes);
        let small = [Entity::Map, Entity::Stage, Entity::Audience];
        if changes
            .iter()
            .any(|change| small.contains(&change.entity()))
        {
            self.forget_small_rows(changes);
            self.take_small_tables(map);
        }
        // Links look their ends up, so touchpoints come first.
        for change in changes
            .iter()
            .filter(|change| change.entity() == Entity::Touchpoint)
        {
            touched
                .touchpoints
                .extend(self.update_touchpoint(map, catalog, change.id()));
        }
        if touched.inputs.contains(Inputs::TOUCHPOINTS) {
            self.keep_order(map, &touched.touchpoints);
        }
        touched.touchpoints.sort_unstable();
        touched.touchpoints.dedup();
        self.keep_lists(&touched);
        for change in changes
            .iter()
            .filter(|change| change.entity() == Entity::Link)
        {
            self.update_link(map, change.id(), &mut touched);
        }
        touched
    }

    /// Takes touchpoints out of the planner's order and puts those that are in the map back in their places.
    fn keep_order(&mut self, map: &Map, moved: &[u32]) {
        if moved.len() > FEW {
            return self.take_order(map);
        }
        self.order.retain(|slot| !moved.contains(slot));
        let place = |slot: &u32| Some((map.touchpoints.position(self.id(*slot).as_str())?, *slot));
        // From first to last, so that each finds all before it in place.
        let places: BTreeSet<_> = moved.iter().filter_map(place).collect();
        for (place, slot) in places {
            self.order.insert(place.min(self.order.len()), slot);
        }
        for (position, slot) in (0_u32..).zip(&self.order) {
            self.marks[*slot as usize].position = position;
        }
    }

    /// Keeps what was listed of touchpoints in step, or forgets it where much changed.
    fn keep_lists(&mut self, touched: &Touched) {
        let changed = &touched.touchpoints;
        let order = touched.inputs.contains(Inputs::STAGE_ORDER);
        if changed.len() > FEW || touched.inputs.contains(Inputs::STAGES) {
            return self.forget_lists();
        }
        if order || touched.inputs.contains(Inputs::AUDIENCES) {
            self.service = OnceLock::new();
        }
        if !changed.is_empty() {
            self.owners = OnceLock::new();
        }
        self.staged = Default::default();
        let mut lists = std::mem::take(&mut self.lists);
        for (mark, list) in lists.iter_mut().enumerate() {
            if let Some(list) = list.get_mut() {
                let is = Is::from_bits_retain(1 << mark) | Is::PRESENT;
                self.put_in_place(list, changed, |slot| self.is(slot, is));
            }
        }
        self.lists = lists;
        let mut by_stage = std::mem::take(&mut self.by_stage);
        if let Some(by_stage) = by_stage.get_mut() {
            if order {
                by_stage.sort_unstable_by_key(|(stage, _)| self.stage_position(*stage));
            }
            for (stage, list) in by_stage {
                let here = |slot| self.is(slot, Is::PRESENT) && self.stage_of(slot) == *stage;
                self.put_in_place(list, changed, here);
            }
        }
        self.by_stage = by_stage;
        self.keep_service(changed);
    }

    /// Keeps who serves whom where in step; the stages and audiences are the same ones.
    fn keep_service(&mut self, changed: &[u32]) {
        let mut service = std::mem::take(&mut self.service);
        if let Some(service) = service.get_mut() {
            let stages = self.stage_order.iter();
            let cells = stages.flat_map(|stage| {
                self.audience_order
                    .iter()
                    .map(|audience| (*stage, *audience))
            });
            for ((stage, audience), list) in cells.zip(service) {
                let here = |slot| {
                    let serves = self.touch(slot).audiences.contains(&audience);
                    serves && self.is(slot, Is::PRESENT) && self.stage_of(slot) == stage
                };
                self.put_in_place(list, changed, here);
            }
        }
        self.service = service;
    }

    /// Takes these out of a list in the planner's order and puts those that belong there back in their places.
    fn put_in_place(&self, list: &mut Vec<u32>, slots: &[u32], belongs: impl Fn(u32) -> bool) {
        for slot in slots {
            let at = list.iter().position(|other| other == slot);
            at.map(|at| list.remove(at));
        }
        for slot in slots.iter().copied().filter(|slot| belongs(*slot)) {
            let at = list.partition_point(|other| self.position(*other) < self.position(slot));
            list.insert(at, slot);
        }
    }

    fn forget_small_rows(&mut self, changes: &[RowChange]) {
        for change in changes
            .iter()
            .filter(|change| matches!(change, RowChange::Delete { .. }))
        {
            let id = change.id().as_str();
            if change.entity() == Entity::Stage
                && let Some(slot) = self.stages.find(id)
            {
                *self.stages.at_mut(slot) = Default::default();
            }
            if change.entity() == Entity::Audience
                && let Some(slot) = self.audiences.find(id)
            {
                *self.audiences.at_mut(slot) = Default::default();
            }
        }
    }

    fn update_touchpoint(&mut self, map: &Map, catalog: &Catalog, id: &Id) -> Option<u32> {
        match map.touchpoints.row(id.as_str()) {
            Some(row) => {
                let slot = self.touchpoints.reserve(id);
                self.take_touchpoint(slot, row, catalog);
            }
            None => {
                let slot = self.touchpoints.find(id.as_str())?;
                *self.touchpoints.at_mut(slot) = Touch::default();
                *self.mark(slot) = Mark::default();
                self.budgets[slot as usize] = 0;
                self.abandoned += 1;
            }
        }
        self.touchpoints.find(id.as_str())
    }

    fn update_link(&mut self, map: &Map, id: &Id, touched: &mut Touched) {
        if let Some(slot) = self.links.find(id.as_str()) {
            let before = self.links.at(slot);
            if before.row.is_some() {
                touched.ends.extend([before.from, before.to]);
            }
            *self.links.at_mut(slot) = LinkFacts::default();
            self.abandoned += usize::from(!map.links.contains(id.as_str()));
        }
        if let Some(row) = map.links.row(id.as_str()) {
            let slot = self.links.reserve(id);
            self.take_link(slot, row);
        }
        if let Some(slot) = self.links.find(id.as_str()) {
            let now = self.links.at(slot);
            if now.row.is_some() {
                touched.ends.extend([now.from, now.to]);
            }
            touched.links.push(slot);
        }
    }
}

fn touched(changes: &[RowChange]) -> Touched {
    let mut touched = Touched {
        inputs: Inputs::empty(),
        renamed: Vec::new(),
        touchpoints: Vec::new(),
        links: Vec::new(),
        ends: Vec::new(),
    };
    let mut deleted = BTreeSet::new();
    for change in changes {
        match change {
            RowChange::Delete { entity, id, .. } => {
                touched.inputs |= touched_by_row(*entity);
                deleted.insert(id);
            }
            RowChange::Insert { entity, id, .. } => {
                touched.inputs |= touched_by_row(*entity);
                // What went in the same batch may come back under another name.
                if deleted.contains(id) {
                    touched.renamed.push(id.clone());
                }
            }
            RowChange::Set {
                entity, id, field, ..
            } => {
                touched.inputs |= touched_by(*entity, field);
                if field == "name" && !touched.renamed.contains(id) {
                    touched.renamed.push(id.clone());
                }
            }
        }
    }
    touched
}
