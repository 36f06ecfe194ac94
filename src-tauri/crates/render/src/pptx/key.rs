//! The key at the bottom of a map's slide: what fills, edges and signs mean, for those who see them for the first time.

use crate::scene::{CardKind, Scene, Sign};

use super::cards::{draw_sign, kind_words};
use super::drawing::{Drawing, Form, Shape, Stroke};
use super::palette::{Ink, Palette};
use super::sheet::{Frame, POINT, Sheet, emu};
use super::words::{Look, Paragraph, Words, one_line};

/// Draws the key of a scene as far as there is room; none when the scene has none.
pub(super) fn draw(drawing: &mut Drawing, scene: &Scene, palette: Palette<'_>, sheet: Sheet) {
    let place = sheet.key();
    let look = Look::plain(sheet.letters(8.0), palette.ink(palette.theme.ink_soft));
    let (sign_width, gap) = (sheet.scaled(0.24), sheet.scaled(0.22));
    let mut entries = Vec::new();
    let mut x = place.x;
    for entry in &scene.legend {
        let (sign, text) = (entry.sign, one_line(&entry.line.text));
        let words = emu(look.font().width(&text) * 1.04);
        if x + sign_width + words > place.right() {
            break;
        }
        entries.push((
            sign,
            text,
            Frame::new(x, place.y, sign_width + words, place.height),
        ));
        x += sign_width + words + gap;
    }
    let Some(last) = entries.last().map(|(_, _, frame)| frame.right()) else {
        return;
    };
    let whole = Frame::new(place.x, place.y, last - place.x, place.height);
    drawing.group(
        "Key",
        Some("What fills, edges and signs mean"),
        whole,
        |drawing| {
            for (sign, text, frame) in entries {
                draw_entry(
                    drawing,
                    palette,
                    sign,
                    (frame.x + sign_width * 5 / 12, frame.centre().1),
                    sheet,
                );
                let words = Frame::new(
                    frame.x + sign_width,
                    frame.y,
                    frame.width - sign_width,
                    frame.height,
                );
                let said = Words::of(vec![Paragraph::new(text.clone(), look)]).on_one_line();
                drawing.shape(
                    Shape::new("Key", Form::Rectangle, words)
                        .described(&text)
                        .saying(said),
                );
            }
        },
    );
}

fn draw_entry(
    drawing: &mut Drawing,
    palette: Palette<'_>,
    sign: Sign,
    centre: (i64, i64),
    sheet: Sheet,
) {
    let theme = palette.theme;
    match sign {
        Sign::Kind(kind) => {
            let (width, height) = (sheet.scaled(0.15), sheet.scaled(0.1));
            let radius = sheet.scaled(0.025);
            let edge = match kind {
                CardKind::Ultimate | CardKind::Intermediate => theme.destination,
                CardKind::Direct => theme.direct,
                CardKind::Indirect => theme.indirect,
            };
            let line = Stroke {
                dashed: kind == CardKind::Indirect,
                ..Stroke::firm(palette.ink(edge), POINT)
            };
            let filled = matches!(kind, CardKind::Ultimate | CardKind::Intermediate);
            let fill = palette.ink(if filled {
                theme.destination
            } else {
                theme.card
            });
            let frame = Frame::around(centre, width, height);
            drawing.shape(
                Shape::new(kind_words(kind), Form::Rounded(radius), frame)
                    .filled(fill)
                    .stroked(line),
            );
            if kind == CardKind::Ultimate {
                let ring = Shape::new(
                    "Ring",
                    Form::Rounded(radius),
                    frame.grown(sheet.scaled(0.025)),
                );
                drawing.shape(ring.stroked(Stroke::firm(palette.ink(edge), POINT * 3 / 4)));
            }
        }
        Sign::Severity(severity) => {
            draw_sign(drawing, palette, severity, centre, sheet.scaled(0.11));
        }
        Sign::Audience(place) => {
            let colour = theme
                .audiences
                .get(place % theme.audiences.len())
                .copied()
                .unwrap_or(theme.ink_soft);
            let frame = Frame::around(centre, sheet.scaled(0.08), sheet.scaled(0.08));
            drawing.shape(Shape::new("Audience", Form::Ellipse, frame).filled(Ink::fixed(colour)));
        }
    }
}
