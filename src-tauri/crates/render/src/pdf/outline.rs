//! The outline of a document: each stage with its touchpoints; below each scene's title when there are several.

use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};

use super::sheet::{Part, Sheet};
use super::single;
use crate::scene::Scene;

pub(super) fn outline(scenes: &[Scene], sheets: &[Sheet]) -> Outline {
    let mut outline = Outline::new();
    for (number, scene) in scenes.iter().enumerate() {
        let entries = Entries {
            scene,
            number,
            sheets,
        };
        let Some(first) = entries.first_page() else {
            continue;
        };
        if scenes.len() > 1 {
            let mut node = OutlineNode::new(
                scene.title.clone(),
                XyzDestination::new(first, Point::from_xy(0.0, 0.0)),
            );
            entries
                .stages()
                .into_iter()
                .for_each(|stage| node.push_child(stage));
            outline.push_child(node);
        } else {
            entries
                .stages()
                .into_iter()
                .for_each(|stage| outline.push_child(stage));
        }
    }
    outline
}

struct Entries<'a> {
    scene: &'a Scene,
    number: usize,
    sheets: &'a [Sheet],
}

impl Entries<'_> {
    fn first_page(&self) -> Option<usize> {
        self.sheets
            .iter()
            .position(|sheet| sheet.scene == self.number)
    }

    fn stages(&self) -> Vec<OutlineNode> {
        let mut nodes = Vec::new();
        for (at, cards) in self.scene.members().into_iter().enumerate() {
            let touchpoints: Vec<OutlineNode> = cards
                .iter()
                .filter_map(|card| self.touchpoint(*card))
                .collect();
            match self
                .scene
                .columns
                .get(at)
                .filter(|column| !column.name.is_empty())
            {
                Some(column) => {
                    let place = (
                        column.x + 1.0,
                        self.scene.top + self.scene.head_height + 1.0,
                    );
                    let Some(destination) = self.destination(place) else {
                        continue;
                    };
                    let mut node = OutlineNode::new(column.name.clone(), destination);
                    touchpoints
                        .into_iter()
                        .for_each(|touchpoint| node.push_child(touchpoint));
                    nodes.push(node);
                }
                None => nodes.extend(touchpoints),
            }
        }
        nodes
    }

    fn touchpoint(&self, at: usize) -> Option<OutlineNode> {
        let card = self.scene.cards.get(at)?;
        let destination = self.destination((card.x + 1.0, card.y + 1.0))?;
        Some(OutlineNode::new(card.name.clone(), destination))
    }

    /// Where a place of the scene is seen.
    fn destination(&self, (x, y): (f64, f64)) -> Option<XyzDestination> {
        let own = self
            .sheets
            .iter()
            .enumerate()
            .filter(|(_, sheet)| sheet.scene == self.number);
        for (page, sheet) in own {
            for piece in sheet
                .pieces
                .iter()
                .filter(|piece| matches!(piece.part, Part::Whole | Part::Body))
            {
                let window = piece.window;
                if window.left <= x && x <= window.right && window.top <= y && y <= window.bottom {
                    let left = (x * piece.scale + piece.origin.0 - 12.0).max(0.0);
                    let top = (y * piece.scale + piece.origin.1 - 12.0).max(0.0);
                    return Some(XyzDestination::new(
                        page,
                        Point::from_xy(single(left), single(top)),
                    ));
                }
            }
        }
        None
    }
}
