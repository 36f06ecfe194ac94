//! A slide with the map, or with a piece of it: bands behind, links, cards, the links' words, heads.

use crate::scene::{Scene, SceneColumn, SceneLink};

use super::cards::{Cards, READABLE, fitted, outline};
use super::drawing::{Connector, Drawing, Form, Shape, Stroke};
use super::heads::Heads;
use super::key;
use super::lanes::Lanes;
use super::links::{Glued, Obstacles, glued};
use super::palette::{Ink, Palette};
use super::pieces::Piece;
use super::sheet::{Frame, POINT, Sheet, emu, exact};
use super::stubs::Stubs;
use super::view::View;
use super::way::{Place, Way};
use super::words::{Align, Look, Paragraph, Words, one_line};

/// What a map's slides have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct MapSlides<'a> {
    pub(super) scene: &'a Scene,
    pub(super) sheet: Sheet,
    /// Pixels to the map unit where a map is not to be fitted into its slide.
    pub(super) scale: Option<f64>,
}

/// Smaller than this, in hundredths of a point, a link's words are a smear and are left out, as on screen.
const LEAST_LABEL: i64 = 550;

/// Above this many links the single one steps back, so that a crowded map stays a map of cards.
const CROWD: f64 = 150.0;

/// A card on the slide: its place in the scene, its shape's id and its frame.
type Placed = (usize, u32, Frame);

impl<'a> MapSlides<'a> {
    fn palette(&self) -> Palette<'a> {
        Palette {
            theme: &self.scene.theme,
        }
    }

    fn heads(&self) -> Heads<'a> {
        Heads {
            palette: self.palette(),
            sheet: self.sheet,
        }
    }

    fn has_heads(&self) -> bool {
        let named = |column: &SceneColumn| !column.name.is_empty();
        self.scene.head_height > 0.0 && self.scene.columns.iter().any(named)
    }

    /// Where bands run: under the heads, to the bottom.
    fn bands(&self) -> Frame {
        let content = self.sheet.content();
        let head = if self.has_heads() {
            self.heads().height()
        } else {
            0
        };
        let strip = self.strip();
        Frame::new(
            content.x + strip,
            content.y + head,
            content.width - strip,
            content.height - head,
        )
    }

    /// The width of the names of lanes, beside the bands.
    fn strip(&self) -> i64 {
        match self.scene.lane_span() {
            Some(_) => Lanes::strip(self.sheet),
            None => 0,
        }
    }

    /// How a piece is seen.
    pub(super) fn view(&self, piece: &Piece) -> View {
        match self.scale {
            Some(scale) => View::true_to_scale(piece.extent, self.bands(), scale),
            None => View::fitted(piece.extent, self.bands()),
        }
    }

    /// Width and height in map units of what a slide can show at this many pixels to the unit.
    pub(super) fn room(&self, zoom: f64) -> (f64, f64) {
        let unit = super::sheet::UNIT * zoom;
        (
            exact(self.bands().width) / unit,
            exact(self.bands().height) / unit,
        )
    }

    /// Whether every name that a card has room for can be read where the whole map is on one slide.
    pub(super) fn is_readable(&self, whole: &Piece) -> bool {
        let view = self.view(whole);
        let room = View::true_to_scale(whole.extent, self.bands(), 1.0);
        self.scene.cards.iter().all(|card| {
            let fit = fitted(card, &view);
            let readable = view.letters(13.0 * fit.grown) >= READABLE;
            readable && (fit.whole || !fitted(card, &room).whole)
        })
    }

    /// Draws a piece under a title.
    pub(super) fn draw(&self, piece: &Piece, title: &str) -> Drawing {
        let mut drawing = Drawing::titled(title);
        let view = self.view(piece);
        self.draw_bands(&mut drawing, piece, &view);
        self.draw_lanes(&mut drawing, piece, &view);
        let placed = self.place(&mut drawing, piece, &view);
        let frames: Vec<Frame> = placed.iter().map(|(_, _, frame)| *frame).collect();
        let obstacles = Obstacles::new(&frames);
        let ways = self.draw_links(&mut drawing, &placed, &view, &obstacles);
        let cards = Cards {
            palette: self.palette(),
            view: &view,
        };
        for (at, id, frame) in &placed {
            if let Some(card) = self.scene.cards.get(*at) {
                cards.draw(&mut drawing, card, *id, *frame);
            }
        }
        let mut taken = Obstacles::new(&self.outlines(&placed, &view));
        self.draw_labels(&mut drawing, &ways, &view, &mut taken);
        self.draw_stubs(&mut drawing, &placed, &view, &mut taken);
        self.draw_heads(&mut drawing, piece, &view);
        if self.scene.cards.is_empty() {
            self.draw_emptiness(&mut drawing);
        }
        key::draw(&mut drawing, self.scene, self.palette(), self.sheet);
        drawing
    }

    fn columns(&self, piece: &Piece, view: &View) -> Vec<(usize, i64, i64)> {
        let columns = self.scene.columns.iter().enumerate();
        columns
            .skip(piece.columns.start)
            .take(piece.columns.len())
            .map(|(at, column)| {
                let left = column.x.max(piece.extent.left);
                let right = (column.x + column.width).min(piece.extent.right);
                (at, view.x(left), view.x(right))
            })
            .filter(|(_, left, right)| left < right)
            .collect()
    }

    fn draw_bands(&self, drawing: &mut Drawing, piece: &Piece, view: &View) {
        let bands = self.bands();
        for (at, left, right) in self.columns(piece, view) {
            if let Some(column) = self.scene.columns.get(at) {
                let frame = Frame::new(left, bands.y, right - left, bands.height);
                self.heads().band(drawing, column, frame, at);
            }
        }
    }

    fn draw_lanes(&self, drawing: &mut Drawing, piece: &Piece, view: &View) {
        let columns = self.columns(piece, view);
        let left = columns.iter().map(|(_, left, _)| *left).min();
        let right = columns.iter().map(|(_, _, right)| *right).max();
        if let (Some(left), Some(right)) = (left, right) {
            let bands = self.bands();
            let lanes = Lanes {
                palette: self.palette(),
                sheet: self.sheet,
            };
            let room = Frame::new(left, bands.y, right - left, bands.height);
            lanes.draw(drawing, &self.scene.lanes, (piece, view), room);
        }
    }

    fn draw_heads(&self, drawing: &mut Drawing, piece: &Piece, view: &View) {
        if !self.has_heads() {
            return;
        }
        let top = self.sheet.content().y;
        let columns = self.columns(piece, view);
        let name = |at: usize| {
            self.scene
                .columns
                .get(at)
                .map(|column| one_line(&column.name))
                .unwrap_or_default()
        };
        let heads: Vec<(String, i64)> = columns
            .iter()
            .map(|(at, left, right)| (name(*at), right - left))
            .collect();
        let letters = self.heads().letters(&heads);
        for (at, left, right) in &columns {
            if let Some(column) = self.scene.columns.get(*at) {
                let frame = Frame::new(*left, top, right - left, self.heads().height());
                self.heads().head(drawing, column, frame, (*at, letters));
            }
        }
    }

    fn draw_emptiness(&self, drawing: &mut Drawing) {
        let look = Look::plain(
            self.sheet.letters(12.0),
            self.palette().ink(self.scene.theme.ink_soft),
        );
        let text = "No touchpoints yet";
        let frame = Frame::around(
            self.bands().centre(),
            self.sheet.scaled(4.0),
            self.sheet.scaled(0.4),
        );
        let words = Words::of(vec![Paragraph::new(text, look).aligned(Align::Centre)]);
        drawing.shape(
            Shape::new(text, Form::Rectangle, frame)
                .described(text)
                .saying(words),
        );
    }

    fn place(&self, drawing: &mut Drawing, piece: &Piece, view: &View) -> Vec<Placed> {
        let cards = piece
            .cards
            .iter()
            .filter_map(|at| Some((*at, self.scene.cards.get(*at)?)));
        cards
            .map(|(at, card)| (at, drawing.next_id(), view.card(card)))
            .collect()
    }

    fn draw_links(
        &self,
        drawing: &mut Drawing,
        placed: &[Placed],
        view: &View,
        obstacles: &Obstacles,
    ) -> Vec<(&'a SceneLink, Way)> {
        let stroke = self.link_stroke(view);
        let mut ways = Vec::new();
        for link in &self.scene.links {
            let (Some(from), Some(to)) = (find(placed, link.from), find(placed, link.to)) else {
                continue;
            };
            let route = glued(link, from.2, to.2, view, obstacles);
            self.draw_link(drawing, link, &route, (from.1, to.1), stroke);
            ways.push((link, route.way));
        }
        ways
    }

    fn draw_link(
        &self,
        drawing: &mut Drawing,
        link: &SceneLink,
        route: &Glued,
        ids: (u32, u32),
        stroke: Stroke,
    ) {
        let name_of = |at: usize| {
            self.scene
                .cards
                .get(at)
                .map(|card| one_line(&card.name))
                .unwrap_or_default()
        };
        let (from, to) = (name_of(link.from), name_of(link.to));
        let mut description = format!("“{from}” leads to “{to}”");
        if let Some(label) = &link.label {
            description.push_str(&format!(": {}", one_line(&label.text)));
        }
        drawing.connector(&Connector {
            name: &format!("Link: {from} → {to}"),
            description: Some(&description),
            from: Some((ids.0, route.from)),
            to: Some((ids.1, route.to)),
            way: route.way,
            stroke: Stroke {
                dashed: link.course == crate::scene::Course::Back,
                ..stroke
            },
            arrow: true,
        });
    }

    fn link_stroke(&self, view: &View) -> Stroke {
        let count = f64::from(u32::try_from(self.scene.links.len()).unwrap_or(u32::MAX));
        let strength = (1.0 - (count / CROWD).max(1.0).log10() * 0.5).max(0.4);
        let ink = Ink::fixed(super::palette::mixed(
            self.scene.theme.column,
            self.scene.theme.link,
            strength,
        ));
        Stroke::firm(
            ink,
            view.length(1.0 + strength * 0.5)
                .clamp(POINT / 2, POINT * 3 / 2),
        )
    }

    /// Words of links as text boxes on the colour of the bands, each where it hides no card and no other words. Words that
    /// have no such place, or would be too small to be read, are left to the link's description, as on screen.
    fn draw_labels(
        &self,
        drawing: &mut Drawing,
        ways: &[(&SceneLink, Way)],
        view: &View,
        taken: &mut Obstacles,
    ) {
        let theme = &self.scene.theme;
        let grown = (0.88 / view.zoom()).clamp(1.0, 1.5);
        let looks = [grown, 1.0, 0.85].map(|grown| {
            Look::plain(
                view.letters(11.0 * grown),
                self.palette().ink(theme.link_label),
            )
        });
        for (link, way) in ways {
            let Some(label) = &link.label else { continue };
            let text = one_line(&label.text);
            let places = along(way, view.point((label.x, label.y)));
            let mut readable = looks.iter().filter(|look| look.size >= LEAST_LABEL);
            let found = readable.find_map(|look| {
                let width = emu(look.font().width(&text) * 1.04) + 4 * POINT;
                let mut frames = places
                    .iter()
                    .map(|place| Frame::around(*place, width, look.line()));
                frames
                    .find(|frame| !taken.touch(*frame))
                    .map(|frame| (*look, frame))
            });
            let Some((look, frame)) = found else { continue };
            taken.add(frame);
            let words = Words::of(vec![
                Paragraph::new(text.clone(), look).aligned(Align::Centre),
            ])
            .on_one_line();
            let shape = Shape::new("Call to action", Form::Rectangle, frame)
                .described(&text)
                .filled(Ink::fixed(theme.column))
                .saying(words);
            drawing.shape(shape);
        }
    }

    fn draw_stubs(
        &self,
        drawing: &mut Drawing,
        placed: &[Placed],
        view: &View,
        taken: &mut Obstacles,
    ) {
        if placed.len() == self.scene.cards.len() {
            return;
        }
        let look = Look::plain(
            view.letters(11.0),
            self.palette().ink(self.scene.theme.link_label),
        );
        let stubs = Stubs {
            scene: self.scene,
            view,
            stroke: self.link_stroke(view),
            look,
            right: self.bands().right(),
        };
        stubs.draw(
            drawing,
            |at| find(placed, at).map(|(_, id, frame)| (*id, *frame)),
            taken,
        );
    }

    /// Cards with their rings and badges.
    fn outlines(&self, placed: &[Placed], view: &View) -> Vec<Frame> {
        let outline = |(at, _, frame): &Placed| {
            self.scene
                .cards
                .get(*at)
                .map(|card| outline(card, *frame, view))
        };
        placed.iter().filter_map(outline).collect()
    }
}

/// A card on the slide; cards are in the scene's order.
fn find(placed: &[Placed], at: usize) -> Option<&Placed> {
    placed
        .binary_search_by_key(&at, |(place, _, _)| *place)
        .ok()
        .and_then(|found| placed.get(found))
}

/// Points of a way, the ones nearest to a place first; those close to its ends are left out.
fn along(way: &Way, place: Place) -> Vec<Place> {
    let points = way.points();
    let margin = points.len() / 6;
    let mut inner: Vec<Place> = points
        .get(margin..points.len() - margin)
        .unwrap_or_default()
        .to_vec();
    inner.sort_by_key(|point| (point.0 - place.0).abs() + (point.1 - place.1).abs());
    inner
}
