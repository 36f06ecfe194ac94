//! Lanes on a slide: a band across the stages for each, every other one a little darker, with its name beside the bands.

use crate::scene::SceneLane;

use super::drawing::{Drawing, Form, Shape, Stroke};
use super::palette::{Ink, Palette};
use super::pieces::Piece;
use super::sheet::{Frame, POINT, Sheet};
use super::view::View;
use super::words::{Look, Paragraph, Words, counted, one_line};

/// How much darker every other lane is, in percent.
const SHADE: u8 = 4;
/// Line around bands and names.
const EDGE: i64 = POINT * 3 / 4;

/// Draws lanes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lanes<'a> {
    pub(super) palette: Palette<'a>,
    pub(super) sheet: Sheet,
}

impl Lanes<'_> {
    /// The width of the names on a slide.
    pub(super) fn strip(sheet: Sheet) -> i64 {
        sheet.scaled(1.0)
    }

    /// Draws the lanes that a piece shows into the room of its stages: the first from its top, the last to its bottom.
    pub(super) fn draw(
        self,
        drawing: &mut Drawing,
        lanes: &[SceneLane],
        (piece, view): (&Piece, &View),
        room: Frame,
    ) {
        let extent = piece.extent;
        let seen = |lane: &SceneLane| {
            lane.y + lane.height > extent.top + 1.0 && lane.y < extent.bottom - 1.0
        };
        let seen: Vec<(usize, &SceneLane)> = lanes
            .iter()
            .enumerate()
            .filter(|(_, lane)| seen(lane))
            .collect();
        for (place, (at, lane)) in seen.iter().enumerate() {
            let top = if place == 0 { room.y } else { view.y(lane.y) };
            let bottom = if place + 1 == seen.len() {
                room.bottom()
            } else {
                view.y(lane.y + lane.height)
            };
            let band = Frame::new(room.x, top, room.width, bottom - top);
            self.band(drawing, lane, band, *at);
            let strip = Self::strip(self.sheet);
            let cell = Frame::new(room.x - strip, top, strip, bottom - top);
            self.name(drawing, lane, cell, *at);
        }
    }

    fn band(self, drawing: &mut Drawing, lane: &SceneLane, frame: Frame, at: usize) {
        let theme = self.palette.theme;
        let name = format!("Lane: {}", one_line(&lane.name));
        let line = Stroke::firm(Ink::fixed(theme.lane_line), EDGE);
        let shape = Shape::new(&name, Form::Rectangle, frame).stroked(line);
        drawing.shape(if at.is_multiple_of(2) {
            shape
        } else {
            shape.filled(Ink::fixed(theme.card_ink).faint(SHADE))
        });
    }

    fn name(self, drawing: &mut Drawing, lane: &SceneLane, frame: Frame, at: usize) {
        let theme = self.palette.theme;
        let name = one_line(&lane.name);
        let description = format!("{name}, {}", counted(lane.touchpoints, "touchpoint"));
        let ground = if at.is_multiple_of(2) {
            theme.column
        } else {
            theme.column_alternate
        };
        let look = Look::plain(self.sheet.letters(9.0), self.palette.ink(theme.ink)).bold();
        let inset = self.sheet.scaled(0.08);
        let words = Words::of(vec![Paragraph::new(&name, look)]).inset([inset, 0, inset, 0]);
        let called = format!("Lane name: {name}");
        let shape = Shape::new(&called, Form::Rectangle, frame)
            .described(&description)
            .filled(Ink::fixed(ground))
            .stroked(Stroke::firm(Ink::fixed(theme.lane_line), EDGE))
            .saying(words);
        drawing.shape(shape);
    }
}
