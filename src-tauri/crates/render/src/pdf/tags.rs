//! What a reader hears of a page: the title, stage by stage its touchpoints from left to right, the words on links, the
//! legend. Refuses to say what is decoration: lines, arrows, repeated heads.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, Tag, TagGroup, TagTree};

use crate::paint::Group;
use crate::scene::Scene;

/// Everything drawn of a scene that means something.
pub(super) struct Tags {
    title: Vec<Identifier>,
    heads: Vec<Vec<Identifier>>,
    lanes: Vec<Vec<Identifier>>,
    cards: Vec<Vec<Node>>,
    labels: Vec<Identifier>,
    legend: Vec<Identifier>,
}

impl Tags {
    pub(super) fn of(scene: &Scene) -> Self {
        Self {
            title: Vec::new(),
            heads: vec![Vec::new(); scene.columns.len()],
            lanes: vec![Vec::new(); scene.lanes.len()],
            cards: scene.cards.iter().map(|_| Vec::new()).collect(),
            labels: Vec::new(),
            legend: Vec::new(),
        }
    }

    /// Notes what was drawn of a group.
    pub(super) fn note(&mut self, group: Group, identifier: Identifier) {
        match group {
            Group::Title => self.title.push(identifier),
            Group::Head(at) => {
                if let Some(head) = self.heads.get_mut(at) {
                    head.push(identifier);
                }
            }
            Group::Lane(at) => {
                if let Some(lane) = self.lanes.get_mut(at) {
                    lane.push(identifier);
                }
            }
            Group::Card(at) => self.card(at, Node::Leaf(identifier)),
            Group::Legend => self.legend.push(identifier),
            Group::Columns | Group::Lines | Group::Lanes | Group::Links | Group::Link(_) => {
                self.labels.push(identifier);
            }
        }
    }

    /// Notes an address that can be followed from a card.
    pub(super) fn link(&mut self, at: usize, identifier: Identifier) {
        let link = TagGroup::with_children(Tag::Link, vec![Node::Leaf(identifier)]);
        self.card(at, Node::Group(link));
    }

    /// Whether a group that is drawn on several pages was drawn before.
    pub(super) fn is_repeated(&self, group: Group) -> bool {
        match group {
            Group::Title => !self.title.is_empty(),
            Group::Head(at) => self.heads.get(at).is_some_and(|head| !head.is_empty()),
            Group::Lane(at) => self.lanes.get(at).is_some_and(|lane| !lane.is_empty()),
            Group::Legend => !self.legend.is_empty(),
            Group::Card(_)
            | Group::Columns
            | Group::Lines
            | Group::Lanes
            | Group::Links
            | Group::Link(_) => false,
        }
    }

    fn card(&mut self, at: usize, node: Node) {
        if let Some(card) = self.cards.get_mut(at) {
            card.push(node);
        }
    }
}

/// The tree of a document.
pub(super) fn tree(scenes: &[Scene], tags: Vec<Tags>) -> TagTree {
    let nodes: Vec<Node> = scenes
        .iter()
        .zip(tags)
        .flat_map(|(scene, tags)| nodes(scene, tags))
        .collect();
    TagTree::from(nodes)
}

fn nodes(scene: &Scene, mut tags: Tags) -> Vec<Node> {
    let mut nodes = Vec::new();
    let heading = |depth: u16, words: &str| {
        Tag::Hn(
            NonZeroU16::new(depth).unwrap_or(NonZeroU16::MIN),
            Some(words.to_owned()),
        )
    };
    if !tags.title.is_empty() {
        nodes.push(group(
            heading(1, &scene.title),
            leaves(std::mem::take(&mut tags.title)),
        ));
    }
    for lane in std::mem::take(&mut tags.lanes) {
        if !lane.is_empty() {
            nodes.push(group(Tag::P, leaves(lane)));
        }
    }
    for (at, cards) in scene.members().into_iter().enumerate() {
        if let (Some(column), Some(head)) = (scene.columns.get(at), tags.heads.get_mut(at)) {
            let head = std::mem::take(head);
            if !head.is_empty() {
                nodes.push(group(heading(2, &column.name), leaves(head)));
            }
        }
        let items: Vec<Node> = cards
            .into_iter()
            .filter_map(|card| item(tags.cards.get_mut(card)?))
            .collect();
        if !items.is_empty() {
            nodes.push(group(Tag::L(ListNumbering::None), items));
        }
    }
    for labels in [tags.labels, tags.legend] {
        if !labels.is_empty() {
            nodes.push(group(Tag::P, leaves(labels)));
        }
    }
    nodes
}

/// A touchpoint in the list of its stage; `None` when it was not drawn.
fn item(card: &mut Vec<Node>) -> Option<Node> {
    let card = std::mem::take(card);
    (!card.is_empty()).then(|| group(Tag::LI, vec![group(Tag::LBody, card)]))
}

fn group(tag: impl Into<krilla::tagging::TagKind>, nodes: Vec<Node>) -> Node {
    Node::Group(TagGroup::with_children(tag, nodes))
}

fn leaves(identifiers: Vec<Identifier>) -> Vec<Node> {
    identifiers.into_iter().map(Node::Leaf).collect()
}
