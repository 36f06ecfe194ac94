//! Touchpoints as shapes: a round rectangle with the name and the call to action, told apart by fill and edge as on
//! screen, grouped with its ring, audiences and gap badge, so that all of it moves as one and takes its links along.

use backcast_model::Severity;

use crate::icons;
use crate::scene::{Badge, CardKind, Colour, SceneCard, Theme};
use crate::text::{Font, Weight};

use super::drawing::{Drawing, Form, Shape, Stroke};
use super::palette::{Ink, Palette, mixed};
use super::sheet::{Frame, POINT, emu, exact};
use super::view::View;
use super::words::{Align, Look, Paragraph, Words, counted, one_line};

/// Measures of a card in map units.
const RADIUS: f64 = 10.0;
const TEXT_LEFT: f64 = 50.0;
const TEXT_RIGHT: f64 = 12.0;
const NAME: f64 = 13.0;
const CTA: f64 = 11.0;
const LINE: f64 = 16.0;
const CTA_LINE: f64 = 15.0;
const RING: f64 = 3.5;
const CHIP: f64 = 15.0;
const ICON: f64 = 18.0;
/// Colour around the place of a stopped touchpoint, so far as it shows.
const FADED: f64 = 0.6;

/// Letters grow on their cards as far as there is room when the map is shown smaller, as they do on screen.
const MOST_GROWN: f64 = 1.8;
/// Letters shrink this far before a name is cut.
const LEAST_GROWN: f64 = 0.85;

/// The least size of a name that a slide is read with, in hundredths of a point.
pub(super) const READABLE: i64 = 700;

/// What a card looks like.
struct Skin {
    fill: Ink,
    ink: Ink,
    ink_soft: Ink,
    edge: Ink,
    filled: bool,
}

/// How a card's words fit on it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fitted {
    /// Times the size they have at 100 %.
    pub(super) grown: f64,
    /// The name, whole or cut.
    pub(super) name: String,
    /// Whether it is the whole name.
    pub(super) whole: bool,
    pub(super) cta: Option<String>,
}

/// Finds the largest size at which the whole name fits; a name too long for any is cut at the readable one.
pub(super) fn fitted(card: &SceneCard, view: &View) -> Fitted {
    let name = one_line(&card.name);
    let (wider, taller) = view.stretch();
    let (room, height) = (
        card.width * wider - TEXT_LEFT - TEXT_RIGHT,
        card.height * taller,
    );
    let wanted = (0.88 / view.zoom()).clamp(1.0, MOST_GROWN);
    let lines =
        |grown: f64, most: usize| Font::new(Weight::SemiBold, NAME * grown).wrap(&name, room, most);
    let mut grown = wanted;
    while grown >= LEAST_GROWN {
        let most = most_lines(height, grown);
        let wrapped = lines(grown, most + 1);
        if wrapped.len() <= most {
            let cta = cta_beside(card, wrapped.len(), grown, (room, height));
            return Fitted {
                grown,
                name,
                whole: true,
                cta,
            };
        }
        grown -= 0.05;
    }
    let grown = wanted.min(1.0);
    let name = lines(grown, most_lines(height, grown)).join(" ");
    Fitted {
        grown,
        name,
        whole: false,
        cta: None,
    }
}

fn most_lines(height: f64, grown: f64) -> usize {
    (1..=3)
        .rev()
        .find(|lines| exact(*lines) * LINE * grown <= height - 6.0)
        .map_or(1, |lines| usize::try_from(lines).unwrap_or(1))
}

/// The call to action in one line under the name, where there is room.
fn cta_beside(
    card: &SceneCard,
    lines: usize,
    grown: f64,
    (room, height): (f64, f64),
) -> Option<String> {
    let lines = u32::try_from(lines).unwrap_or(u32::MAX);
    let fits = (f64::from(lines) * LINE + CTA_LINE) * grown <= height - 6.0;
    let dots = f64::from(u32::try_from(card.audiences.len().min(4)).unwrap_or(0)) * 8.0;
    let text = card.cta.as_deref().filter(|_| fits)?;
    Some(Font::new(Weight::Regular, CTA * grown).cut(text, room - dots))
        .filter(|text| !text.is_empty())
}

/// Draws touchpoints.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cards<'a> {
    pub(super) palette: Palette<'a>,
    pub(super) view: &'a View,
}

impl Cards<'_> {
    /// A touchpoint at its frame, its shape under an id that links already name.
    pub(super) fn draw(&self, drawing: &mut Drawing, card: &SceneCard, id: u32, frame: Frame) {
        let name = one_line(&card.name);
        let description = described(card, &name);
        drawing.group(
            &name,
            Some(&description),
            outline(card, frame, self.view),
            |drawing| {
                let skin = self.skin(card);
                if card.kind == CardKind::Ultimate {
                    let shape = Shape::new(
                        "Ring",
                        Form::Rounded(self.view.length(RADIUS + RING)),
                        ringed(frame, self.view),
                    );
                    drawing.shape(shape.stroked(Stroke::firm(skin.edge, self.edge_width())));
                }
                self.body(drawing, card, &skin, id, (frame, &name, &description));
                self.icon(drawing, card, &skin, frame);
                self.audiences(drawing, card, &skin, frame);
                if let Some(badge) = card.badge {
                    draw_badge(
                        drawing,
                        self.palette,
                        badge,
                        badge_frame(frame, badge, self.view),
                    );
                }
            },
        );
    }

    fn body(
        &self,
        drawing: &mut Drawing,
        card: &SceneCard,
        skin: &Skin,
        id: u32,
        (frame, name, description): (Frame, &str, &str),
    ) {
        let stroke = Stroke {
            dashed: card.kind == CardKind::Indirect,
            ..Stroke::firm(skin.edge, self.edge_width())
        };
        let shape = Shape::new(name, Form::Rounded(self.view.length(RADIUS)), frame)
            .described(description)
            .filled(skin.fill)
            .stroked(stroke)
            .saying(self.words(card, skin));
        drawing.shape_as(id, shape);
    }

    /// The channel's icon in a chip: round on destinations, square on drivers.
    fn icon(&self, drawing: &mut Drawing, card: &SceneCard, skin: &Skin, frame: Frame) {
        let centre = (frame.x + self.view.length(10.0 + CHIP), frame.centre().1);
        let ink = if skin.filled { skin.ink } else { skin.edge };
        let (form, share) = if skin.filled {
            (Form::Ellipse, 16)
        } else {
            (Form::Rounded(self.view.length(8.0)), 10)
        };
        let size = self.view.length(2.0 * CHIP);
        drawing.shape(
            Shape::new("Channel", form, Frame::around(centre, size, size)).filled(ink.faint(share)),
        );
        let size = self.view.length(ICON);
        let line = Stroke::firm(ink, self.view.length(1.5).max(POINT / 4));
        let icon = Shape::new(
            "Icon",
            Form::Icon(&icons::of_channel(card.channel.as_deref()).steps),
            Frame::around(centre, size, size),
        );
        drawing.shape(icon.stroked(line));
    }

    fn words(&self, card: &SceneCard, skin: &Skin) -> Words {
        let Fitted {
            grown, name, cta, ..
        } = fitted(card, self.view);
        let look = Look {
            size: self.view.letters(NAME * grown),
            bold: true,
            struck: card.stopped,
            ink: skin.ink,
        };
        let mut paragraphs = vec![Paragraph::new(name, look)];
        if let Some(cta) = cta {
            paragraphs.push(Paragraph::new(
                cta,
                Look::plain(self.view.letters(CTA * grown), skin.ink_soft),
            ));
        }
        let [left, right] =
            [TEXT_LEFT - 4.0, TEXT_RIGHT - 4.0].map(|inset| self.view.length(inset));
        Words::of(paragraphs).inset([left, 0, right, 0])
    }

    fn edge_width(&self) -> i64 {
        self.view.length(1.75).clamp(POINT * 3 / 4, POINT * 2)
    }

    /// A stopped touchpoint stands back: its colours are mixed with the ground's, so that no link shows through.
    fn skin(&self, card: &SceneCard) -> Skin {
        let theme = self.palette.theme;
        let filled = matches!(card.kind, CardKind::Ultimate | CardKind::Intermediate);
        let (fill, ink, soft, edge) = if filled {
            (
                theme.destination,
                theme.destination_ink,
                theme.destination_ink_soft,
                theme.destination,
            )
        } else {
            let edge = if card.kind == CardKind::Direct {
                theme.direct
            } else {
                theme.indirect
            };
            (theme.card, theme.card_ink, theme.card_ink_soft, edge)
        };
        let ink_of = |colour: Colour, ground: Colour| {
            if card.stopped {
                Ink::fixed(mixed(ground, colour, FADED))
            } else {
                self.palette.ink(colour)
            }
        };
        let behind = if filled { theme.column } else { theme.card };
        let on = if filled && card.stopped {
            mixed(theme.column, fill, FADED)
        } else {
            fill
        };
        Skin {
            fill: ink_of(fill, behind),
            ink: ink_of(ink, on),
            ink_soft: ink_of(soft, on),
            edge: ink_of(edge, theme.column),
            filled,
        }
    }

    /// One dot for each audience at the lower right; the fifth and more are in the description.
    fn audiences(&self, drawing: &mut Drawing, card: &SceneCard, skin: &Skin, frame: Frame) {
        let shown = card.audiences.get(..4).unwrap_or(&card.audiences);
        let size = self.view.length(6.0);
        for (place, audience) in shown.iter().rev().enumerate() {
            let left = f64::from(u32::try_from(place).unwrap_or(0)) * 8.0;
            let centre = (
                frame.right() - self.view.length(12.0 + left),
                frame.bottom() - self.view.length(11.0),
            );
            let colours = &self.palette.theme.audiences;
            let colour = colours
                .get(audience % colours.len())
                .copied()
                .unwrap_or(self.palette.theme.ink_soft);
            let mut shape =
                Shape::new("Audience", Form::Ellipse, Frame::around(centre, size, size))
                    .filled(Ink::fixed(colour));
            if skin.filled {
                shape = shape.stroked(Stroke::firm(skin.ink, self.view.length(1.0)));
            }
            drawing.shape(shape);
        }
    }
}

/// A kind in words.
pub(super) const fn kind_words(kind: CardKind) -> &'static str {
    match kind {
        CardKind::Ultimate => "Ultimate destination",
        CardKind::Intermediate => "Intermediate destination",
        CardKind::Direct => "Direct driver",
        CardKind::Indirect => "Indirect driver",
    }
}

/// Sign, words and ground of a severity.
pub(super) const fn severity_colours(
    theme: &Theme,
    severity: Severity,
) -> (Colour, Colour, Colour) {
    let [high, medium, low] = theme.severities;
    match severity {
        Severity::High => high,
        Severity::Medium => medium,
        Severity::Low => low,
    }
}

fn described(card: &SceneCard, name: &str) -> String {
    let mut text = format!("{}: {name}.", kind_words(card.kind));
    if card.stopped {
        text.push_str(" Stopped.");
    }
    if let Some(cta) = &card.cta {
        text.push_str(&format!(" Call to action: {}.", one_line(cta)));
    }
    if !card.audiences.is_empty() {
        text.push_str(&format!(" {}.", counted(card.audiences.len(), "audience")));
    }
    if let Some(badge) = card.badge {
        text.push_str(&format!(" {}.", badge_words(badge)));
    }
    text
}

fn badge_words(badge: Badge) -> String {
    let severity = badge.severity.word().to_lowercase();
    if badge.count > 1 {
        format!("{} gaps, the worst is {severity}", badge.count)
    } else {
        format!("1 gap, {severity}")
    }
}

/// A card's frame with its ring and its badge.
pub(super) fn outline(card: &SceneCard, frame: Frame, view: &View) -> Frame {
    let outer = if card.kind == CardKind::Ultimate {
        ringed(frame, view)
    } else {
        frame
    };
    card.badge
        .map_or(outer, |badge| outer.with(badge_frame(frame, badge, view)))
}

fn ringed(frame: Frame, view: &View) -> Frame {
    frame.grown(view.length(RING).max(2 * POINT))
}

/// How much larger than the map a badge is, so that its count can be read where the map is small.
fn badge_scale(view: &View) -> f64 {
    (0.75 / view.zoom()).clamp(1.0, 1.35)
}

fn badge_frame(card: Frame, badge: Badge, view: &View) -> Frame {
    let length = |units: f64| view.length(units * badge_scale(view));
    let mut width = 20.0;
    if badge.count > 1 {
        width += Font::new(Weight::SemiBold, 11.0).width(&badge.count.to_string()) + 6.0;
    }
    Frame::new(
        card.right() - length(width) + view.length(8.0),
        card.y - length(10.0),
        length(width),
        length(20.0),
    )
}

fn draw_badge(drawing: &mut Drawing, palette: Palette<'_>, badge: Badge, frame: Frame) {
    let (_, ink, ground) = severity_colours(palette.theme, badge.severity);
    let words = badge_words(badge);
    drawing.group("Gaps", Some(&words), frame, |drawing| {
        let mut pill = Shape::new("Gaps", Form::Rounded(frame.height / 2), frame)
            .described(&words)
            .filled(Ink::fixed(ground))
            .stroked(Stroke::firm(
                Ink::fixed(ink),
                (frame.height / 20).max(POINT / 2),
            ));
        if badge.count > 1 {
            let size = emu(exact(frame.height) / exact(POINT) * 55.0);
            let count = Paragraph::new(
                badge.count.to_string(),
                Look::plain(size, Ink::fixed(ink)).bold(),
            );
            let insets = [frame.height * 17 / 20, 0, 0, 0];
            pill = pill.saying(
                Words::of(vec![count.aligned(Align::Left)])
                    .inset(insets)
                    .on_one_line(),
            );
        }
        drawing.shape(pill);
        let centre = (frame.x + frame.height / 2, frame.y + frame.height / 2);
        draw_sign(
            drawing,
            palette,
            badge.severity,
            centre,
            frame.height * 11 / 20,
        );
    });
}

/// A severity's sign: told apart by its form as well as by its colour.
pub(super) fn draw_sign(
    drawing: &mut Drawing,
    palette: Palette<'_>,
    severity: Severity,
    centre: (i64, i64),
    size: i64,
) {
    let ink = Ink::fixed(severity_colours(palette.theme, severity).0);
    let (form, width, height, lift) = match severity {
        Severity::High => (Form::Octagon, size, size, 0),
        Severity::Medium => (Form::Triangle, size * 51 / 50, size * 22 / 25, size / 20),
        Severity::Low => (Form::Ellipse, size * 9 / 10, size * 9 / 10, 0),
    };
    let frame = Frame::around((centre.0, centre.1 - lift), width, height);
    drawing.shape(Shape::new(severity.word(), form, frame).filled(ink));
}
