//! Cards: shadow, body, edge by kind, the picture of the channel, name, call to action, audiences, gaps. The kind is told
//! by fill and edge as well as by colour: an ultimate destination is filled with a doubled edge, an intermediate one
//! filled, a direct driver has a firm edge, an indirect one a dashed edge.

use super::signs::{colours, paint_sign};
use super::{Canvas, Paint, Shape, Words};
use crate::scene::{CardKind, Colour, Scene, SceneCard, Shade, Theme};
use crate::text::Font;

const EDGE: f64 = 1.75;
const CHIP: f64 = 15.0;
const ICON: f64 = 18.0;
/// Dash and gap of an indirect driver's edge.
pub(super) const EDGE_DASH: [f64; 2] = [5.0, 4.0];
/// How much of a stopped touchpoint's words and of its filled body shows.
const STOPPED: f64 = 0.6;

/// The colours of a card.
pub(super) struct Look {
    pub(super) fill: Colour,
    pub(super) ink: Colour,
    ink_soft: Colour,
    pub(super) edge: Colour,
    pub(super) filled: bool,
}

impl Look {
    pub(super) const fn of(theme: &Theme, kind: CardKind) -> Self {
        let edge = match kind {
            CardKind::Ultimate | CardKind::Intermediate => {
                return Self {
                    fill: theme.destination,
                    ink: theme.destination_ink,
                    ink_soft: theme.destination_ink_soft,
                    edge: theme.destination,
                    filled: true,
                };
            }
            CardKind::Direct => theme.direct,
            CardKind::Indirect => theme.indirect,
        };
        Self {
            fill: theme.card,
            ink: theme.card_ink,
            ink_soft: theme.card_ink_soft,
            edge,
            filled: false,
        }
    }
}

pub(super) fn paint_card(scene: &Scene, card: &SceneCard, canvas: &mut impl Canvas) {
    let look = Look::of(&scene.theme, card.kind);
    let strength = if card.stopped { STOPPED } else { 1.0 };
    paint_body(&scene.theme, card, &look, canvas);
    paint_icon(card, &look, strength, canvas);
    paint_words(card, &look, strength, canvas);
    paint_audiences(&scene.theme, card, &look, strength, canvas);
    paint_badge(&scene.theme, card, canvas);
}

/// The card's rectangle, larger by `by` on every side.
const fn around(card: &SceneCard, by: f64) -> Shape<'static> {
    Shape::Box(
        (card.x - by, card.y - by),
        (card.width + 2.0 * by, card.height + 2.0 * by),
        SceneCard::RADIUS + by,
    )
}

fn paint_body(theme: &Theme, card: &SceneCard, look: &Look, canvas: &mut impl Canvas) {
    let Shade { colour, opacity } = theme.card_shadow;
    let shadow = Shape::Box(
        (card.x - 0.5, card.y + 1.0),
        (card.width + 1.0, card.height + 1.5),
        SceneCard::RADIUS,
    );
    canvas.draw(shadow, &Paint::shade(colour, opacity));
    // A stopped destination keeps its colour but stands back: the ground shows through.
    let strength = if card.stopped && look.filled {
        STOPPED
    } else {
        1.0
    };
    canvas.draw(around(card, 0.0), &Paint::shade(look.fill, strength));
    let edge = Paint::line(look.edge, EDGE);
    if !look.filled || card.stopped {
        let dash = (card.kind == CardKind::Indirect).then_some(EDGE_DASH);
        canvas.draw(around(card, -EDGE / 2.0), &edge.dashed(dash));
    }
    if card.kind == CardKind::Ultimate {
        canvas.draw(around(card, SceneCard::DOUBLED), &edge);
    }
}

fn paint_icon(card: &SceneCard, look: &Look, strength: f64, canvas: &mut impl Canvas) {
    let middle = (card.x + 10.0 + CHIP, card.y + card.height / 2.0);
    let colour = if look.filled { look.ink } else { look.edge };
    if look.filled {
        canvas.draw(
            Shape::Circle(middle, CHIP),
            &Paint::shade(colour, 0.16 * strength),
        );
    } else {
        let corner = (middle.0 - CHIP, middle.1 - CHIP);
        canvas.draw(
            Shape::Box(corner, (2.0 * CHIP, 2.0 * CHIP), 8.0),
            &Paint::shade(colour, 0.1 * strength),
        );
    }
    canvas.icon(
        card.channel.as_deref(),
        middle,
        ICON,
        Shade {
            colour,
            opacity: strength,
        },
    );
}

fn paint_words(card: &SceneCard, look: &Look, strength: f64, canvas: &mut impl Canvas) {
    let second = if card.cta.is_some() {
        SceneCard::CTA_HEIGHT
    } else {
        0.0
    };
    let height = card.lines.len() as f64 * SceneCard::LINE_HEIGHT + second;
    let x = card.x + SceneCard::TEXT_LEFT;
    let mut y = card.y + (card.height - height) / 2.0 + SceneCard::LINE_HEIGHT / 2.0;
    let mut line = |text: &str, y: f64, font: Font, colour: Colour| {
        let words = Words::at(text, (x, y), font, colour);
        canvas.write(&Words {
            shade: Shade {
                colour,
                opacity: strength,
            },
            ..words
        });
        if card.stopped && font == SceneCard::NAME_FONT {
            let through = Shape::Box((x, y - 0.5), (font.width(text), 1.0), 0.0);
            canvas.draw(through, &Paint::shade(colour, strength));
        }
    };
    for text in &card.lines {
        line(text, y, SceneCard::NAME_FONT, look.ink);
        y += SceneCard::LINE_HEIGHT;
    }
    if let Some(cta) = &card.cta {
        line(cta, y - 0.5, SceneCard::CTA_FONT, look.ink_soft);
    }
}

/// One dot for each audience, at the lower right.
fn paint_audiences(
    theme: &Theme,
    card: &SceneCard,
    look: &Look,
    strength: f64,
    canvas: &mut impl Canvas,
) {
    let shown = &card.audiences[..card.audiences.len().min(SceneCard::MOST_AUDIENCES)];
    let y = card.y + card.height - 11.0;
    for (at, place) in shown.iter().rev().enumerate() {
        let x = card.x + card.width - 12.0 - at as f64 * 8.0;
        let mut dot = Paint::fill(theme.audience(*place));
        if look.filled {
            dot = dot.and_line(look.ink, 1.0);
        }
        canvas.draw(Shape::Circle((x, y), 3.0), &dot.faded(strength));
    }
}

/// On the upper right corner: the sign of the worst gap, and how many there are when there is more than one.
fn paint_badge(theme: &Theme, card: &SceneCard, canvas: &mut impl Canvas) {
    let Some(badge) = card.badge else {
        return;
    };
    let Some(area) = card.badge_area() else {
        return;
    };
    let (_, words, ground) = colours(theme, badge.severity);
    let half = SceneCard::BADGE_SIGN;
    let size = (area.right - area.left, area.bottom - area.top);
    let pill = Shape::Box((area.left, area.top), size, half);
    canvas.draw(pill, &Paint::fill(ground).and_line(words, 1.0));
    let sign = (area.left + half, card.y);
    paint_sign(theme, badge.severity, sign, 5.5, canvas);
    if let Some(count) = card.badge_count() {
        let place = (area.left + 2.0 * half - 2.0, card.y);
        canvas.write(&Words::at(&count, place, SceneCard::BADGE_FONT, words));
    }
}
