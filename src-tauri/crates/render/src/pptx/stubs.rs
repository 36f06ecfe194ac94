//! On a slide with a piece of the map: short arrows where links go on to other slides or come from there, with the name
//! of the touchpoint at the other end where there is room for it.

use std::collections::BTreeMap;

use crate::scene::{Scene, SceneLink};

use super::drawing::{Connector, Drawing, Form, Shape, Stroke};
use super::links::Obstacles;
use super::palette::Ink;
use super::sheet::{Frame, POINT, Site, emu, exact};
use super::view::View;
use super::way::{Bend, Place, Way};
use super::words::{Look, Paragraph, Words, counted, one_line};

/// Length of an arrow in map units.
const LENGTH: f64 = 26.0;
/// Names take no more room than this many times the height of their letters, and are left out where there is less.
const MOST: f64 = 14.0;
const LEAST: f64 = 4.0;

/// Draws what leads off a slide.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stubs<'a> {
    pub(super) scene: &'a Scene,
    pub(super) view: &'a View,
    pub(super) stroke: Stroke,
    pub(super) look: Look,
    /// Where words end at the latest.
    pub(super) right: i64,
}

/// The cards at the other ends, by the card on the slide and by whether the link leaves it.
type Ends<'a> = BTreeMap<(usize, bool), Vec<&'a SceneLink>>;

impl Stubs<'_> {
    /// Draws an arrow for every card of the slide and direction. `placed` is a card's id and frame.
    pub(super) fn draw(
        &self,
        drawing: &mut Drawing,
        placed: impl Fn(usize) -> Option<(u32, Frame)>,
        taken: &mut Obstacles,
    ) {
        let mut ends: Ends<'_> = BTreeMap::new();
        for link in &self.scene.links {
            match (placed(link.from).is_some(), placed(link.to).is_some()) {
                (true, false) => ends.entry((link.from, true)).or_default().push(link),
                (false, true) => ends.entry((link.to, false)).or_default().push(link),
                _ => {}
            }
        }
        for ((card, leaves), links) in ends {
            if let Some((id, frame)) = placed(card) {
                let words = self.words(&links, leaves);
                self.arrow(drawing, (id, frame), leaves, &words);
                if leaves {
                    self.name(drawing, frame.site(Site::Right), &words, taken);
                }
            }
        }
    }

    fn words(&self, links: &[&SceneLink], leaves: bool) -> String {
        let name = |link: &SceneLink| {
            let at = if leaves { link.to } else { link.from };
            self.scene
                .cards
                .get(at)
                .map(|card| one_line(&card.name))
                .unwrap_or_default()
        };
        match links {
            [only] => name(only),
            _ => counted(links.len(), "other"),
        }
    }

    fn arrow(&self, drawing: &mut Drawing, (id, frame): (u32, Frame), leaves: bool, words: &str) {
        let length = self.view.length(LENGTH);
        let site = if leaves { Site::Right } else { Site::Left };
        let (x, y) = frame.site(site);
        let (start, end) = if leaves {
            ((x, y), (x + length, y))
        } else {
            ((x - length, y), (x, y))
        };
        let description = if leaves {
            format!("Leads to {words}, on another slide")
        } else {
            format!("{words}, on another slide, leads here")
        };
        drawing.connector(&Connector {
            name: "Link to another slide",
            description: Some(&description),
            from: leaves.then_some((id, site)),
            to: (!leaves).then_some((id, site)),
            way: Way {
                start,
                end,
                bend: Bend::Straight,
            },
            stroke: Stroke {
                dashed: true,
                ..self.stroke
            },
            arrow: true,
        });
    }

    fn name(&self, drawing: &mut Drawing, (x, y): Place, words: &str, taken: &mut Obstacles) {
        let font = self.look.font();
        let left = x + self.view.length(LENGTH) + 2 * POINT;
        let room = exact(self.right - left - 4 * POINT).min(font.size * MOST);
        if room < font.size * LEAST {
            return;
        }
        let room = font.cut(words, room / 1.04);
        let width = emu(font.width(&room) * 1.04) + 2 * POINT;
        let frame = Frame::new(left, y - self.look.line() / 2, width, self.look.line());
        if taken.touch(frame) {
            return;
        }
        taken.add(frame);
        let text = Words::of(vec![Paragraph::new(room, self.look)]).on_one_line();
        let ground = Ink::fixed(self.scene.theme.column);
        drawing.shape(
            Shape::new("On another slide", Form::Rectangle, frame)
                .described(words)
                .filled(ground)
                .saying(text),
        );
    }
}
