//! Two states of a map in one picture: everything that is in either, with what became of it. Refuses to draw.

use std::collections::BTreeSet;

use backcast_model::{Entity, Id, Link, Map, MapBuilder, Record, Touchpoint};

use crate::comparison::{Comparison, Difference};

/// What became of a card or a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone; it stands where it stood.
    Removed,
    /// It is otherwise.
    Changed,
    /// It stands elsewhere: a card in another stage, a link between other touchpoints.
    Moved,
    /// Where something that moved was.
    Left,
    /// It only stands elsewhere on the map.
    LaidOut,
}

/// A card or a link that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// A touchpoint's or a link's id in the picture.
    pub id: Id,
    /// What became of it.
    pub fate: Fate,
    /// The row that it stands for.
    pub of: Id,
}

/// Both states in one.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The second state with everything of the first that is not in it.
    pub map: Map,
    /// Cards that are different.
    pub touchpoints: Vec<Mark>,
    /// Links that are different.
    pub links: Vec<Mark>,
}

impl Picture {
    /// Both states of a comparison. Where they cannot stand together in one map, the second one with what can.
    #[must_use]
    pub fn of(comparison: &Comparison) -> Self {
        let (from, to) = (&comparison.from.map, &comparison.to.map);
        let (touchpoints, links) = marks(comparison);
        let ghosts = Ghosts { from, to };
        ghosts.together(&touchpoints, &links).map_or_else(
            || Self {
                map: to.clone(),
                touchpoints: there(&touchpoints, |id| to.touchpoints.contains(id)),
                links: there(&links, |id| to.links.contains(id)),
            },
            |map| Self {
                touchpoints: there(&touchpoints, |id| map.touchpoints.contains(id)),
                links: there(&links, |id| map.links.contains(id)),
                map,
            },
        )
    }
}

fn there(marks: &[Mark], is_there: impl Fn(&str) -> bool) -> Vec<Mark> {
    let there = marks.iter().filter(|mark| is_there(mark.id.as_str()));
    there.cloned().collect()
}

/// What became of touchpoints and of links.
fn marks(comparison: &Comparison) -> (Vec<Mark>, Vec<Mark>) {
    let (mut touchpoints, mut links) = (Vec::new(), Vec::new());
    let mut marked = BTreeSet::new();
    for row in &comparison.rows {
        let list = match row.entity {
            Entity::Touchpoint => &mut touchpoints,
            Entity::Link => &mut links,
            _ => continue,
        };
        marked.insert((row.entity, row.id.clone()));
        let fate = fate_of(&row.kinds);
        list.push(Mark {
            id: row.id.clone(),
            fate,
            of: row.id.clone(),
        });
        if fate == Fate::Moved {
            list.push(Mark {
                id: Id::derived(&format!("{}\u{2190}", row.id)),
                fate: Fate::Left,
                of: row.id.clone(),
            });
        }
    }
    for row in &comparison.layout {
        if row.entity == Entity::Touchpoint && !marked.contains(&(row.entity, row.id.clone())) {
            touchpoints.push(Mark {
                id: row.id.clone(),
                fate: Fate::LaidOut,
                of: row.id.clone(),
            });
        }
    }
    (touchpoints, links)
}

fn fate_of(kinds: &[Difference]) -> Fate {
    let is = |kind| kinds.contains(&kind);
    if is(Difference::Added) {
        Fate::Added
    } else if is(Difference::Removed) {
        Fate::Removed
    } else if is(Difference::Restaged) || is(Difference::Retargeted) {
        Fate::Moved
    } else {
        Fate::Changed
    }
}

/// What of the first state joins the second.
struct Ghosts<'a> {
    from: &'a Map,
    to: &'a Map,
}

impl Ghosts<'_> {
    /// The union. `None`: it is no map.
    fn together(&self, touchpoints: &[Mark], links: &[Mark]) -> Option<Map> {
        let mut builder = MapBuilder::new((*self.to.properties).clone());
        // What is dismissed is not drawn.
        let drawn = |row: &(Entity, _, _, _)| row.0 != Entity::Dismissal;
        for (entity, _, order, fields) in self.to.rows().filter(drawn) {
            builder.push(entity, order, fields).ok()?;
        }
        for (entity, id, order, fields) in self.from.rows() {
            let is_list = matches!(entity, Entity::Stage | Entity::Audience | Entity::System);
            if is_list && !self.to.contains(entity, id.as_str()) {
                builder.push(entity, order, fields).ok()?;
            }
        }
        for mark in touchpoints {
            if let Some(touchpoint) = self.ghost(mark) {
                let order = self.from.order(Entity::Touchpoint, mark.of.as_str());
                builder
                    .push(Entity::Touchpoint, order, touchpoint.to_fields())
                    .ok()?;
            }
        }
        for mark in links {
            if let Some(link) = self.ghost_link(mark) {
                let order = self.from.order(Entity::Link, mark.of.as_str());
                builder.push(Entity::Link, order, link.to_fields()).ok()?;
            }
        }
        builder.finish().ok()
    }

    fn ghost(&self, mark: &Mark) -> Option<Touchpoint> {
        if !matches!(mark.fate, Fate::Removed | Fate::Left) {
            return None;
        }
        let mut ghost = self.from.touchpoints.get(mark.of.as_str())?.clone();
        ghost.id = mark.id.clone();
        // Where it stood is taken by others now, so it stands where the program finds room.
        ghost.position = None;
        Some(ghost)
    }

    fn ghost_link(&self, mark: &Mark) -> Option<Link> {
        if !matches!(mark.fate, Fate::Removed | Fate::Left) {
            return None;
        }
        let mut ghost = self.from.links.get(mark.of.as_str())?.clone();
        ghost.id = mark.id.clone();
        Some(ghost)
    }
}
