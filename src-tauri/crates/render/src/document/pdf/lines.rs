//! Words of several looks broken into lines. Lines break at blanks only, except that a word wider than its room is cut
//! where it has to be.

use super::super::{Address, Span, Style, Text};
use super::lettering::Lettering;

/// Words of one look on a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Left edge, from the line's.
    pub(super) x: f64,
    /// Width of the words.
    pub(super) width: f64,
    /// The words, with the blank behind them where one follows on the line.
    pub(super) text: String,
    /// Their look.
    pub(super) style: Style,
    /// Where they lead.
    pub(super) address: Option<Address>,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    pub(super) width: f64,
}

/// A part of a word: words change their look anywhere.
struct Part<'a> {
    text: &'a str,
    span: &'a Span,
}

/// A text as lines no wider than its room; a text that says nothing is one empty line.
pub(super) fn lines(text: &Text, lettering: Lettering, room: f64) -> Vec<Line> {
    let mut setter = Setter {
        lettering,
        room,
        lines: vec![Line::default()],
    };
    for word in words(text) {
        setter.word(&word);
    }
    setter.lines
}

/// The width of a text on one line.
pub(super) fn width(text: &Text, lettering: Lettering) -> f64 {
    let spans = text.spans().iter();
    spans
        .map(|span| lettering.font(span.style).width(&span.text))
        .sum()
}

/// Words with their parts.
fn words(text: &Text) -> Vec<Vec<Part<'_>>> {
    let mut words: Vec<Vec<Part<'_>>> = Vec::new();
    let mut apart = true;
    for span in text.spans() {
        for (at, text) in span.text.split([' ', '\t']).enumerate() {
            apart |= at > 0;
            if text.is_empty() {
                continue;
            }
            let part = Part { text, span };
            match words.last_mut().filter(|_| !apart) {
                Some(word) => word.push(part),
                None => words.push(vec![part]),
            }
            apart = false;
        }
    }
    words
}

struct Setter {
    lettering: Lettering,
    room: f64,
    lines: Vec<Line>,
}

impl Setter {
    fn width_of(&self, part: &Part<'_>) -> f64 {
        self.lettering.font(part.span.style).width(part.text)
    }

    fn word(&mut self, word: &[Part<'_>]) {
        let width: f64 = word.iter().map(|part| self.width_of(part)).sum();
        let used = self.lines.last().map_or(0.0, |line| line.width);
        let blank = if used > 0.0 { self.blank() } else { 0.0 };
        if used > 0.0 && used + blank + width > self.room {
            self.lines.push(Line::default());
        } else if used > 0.0 {
            self.append_blank(blank);
        }
        for part in word {
            if width > self.room {
                self.cut(part);
            } else {
                self.append(part.text, part.span);
            }
        }
    }

    /// Sets a word that has no room on a line of its own.
    fn cut(&mut self, part: &Part<'_>) {
        let font = self.lettering.font(part.span.style);
        let used = self.lines.last().map_or(0.0, |line| line.width);
        if used > self.room / 2.0 {
            self.lines.push(Line::default());
        }
        for (at, piece) in font.paragraphs(part.text, self.room).iter().enumerate() {
            let used = self.lines.last().map_or(0.0, |line| line.width);
            if at > 0 || used + font.width(piece) > self.room {
                self.lines.push(Line::default());
            }
            self.append(piece, part.span);
        }
    }

    /// How wide a blank behind the last piece is.
    fn blank(&self) -> f64 {
        let last = self.lines.last().and_then(|line| line.pieces.last());
        let style = last.map_or(Style::Plain, |piece| piece.style);
        self.lettering.font(style).width(" ")
    }

    fn append_blank(&mut self, blank: f64) {
        if let Some(line) = self.lines.last_mut()
            && let Some(piece) = line.pieces.last_mut()
        {
            piece.text.push(' ');
            piece.width += blank;
            line.width += blank;
        }
    }

    fn append(&mut self, text: &str, span: &Span) {
        let width = self.lettering.font(span.style).width(text);
        let Some(line) = self.lines.last_mut() else {
            return;
        };
        let x = line.width;
        line.width += width;
        let same = |piece: &&mut Piece| piece.style == span.style && piece.address == span.address;
        match line.pieces.last_mut().filter(same) {
            Some(piece) => {
                piece.text.push_str(text);
                piece.width += width;
            }
            None => line.pieces.push(Piece {
                x,
                width,
                text: text.to_owned(),
                style: span.style,
                address: span.address.clone(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(text: &Text, room: f64) -> Vec<String> {
        let words = |line: &Line| {
            line.pieces
                .iter()
                .map(|piece| piece.text.as_str())
                .collect()
        };
        lines(text, Lettering::BODY, room)
            .iter()
            .map(words)
            .collect()
    }

    #[test]
    fn a_word_keeps_its_looks_together() {
        let text = Text::plain("They ")
            .and_strong("all")
            .and(", in the end, go on");
        assert_eq!(told(&text, 70.0), ["They all, in the", "end, go on"]);
        assert_eq!(told(&Text::default(), 70.0), [""]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_room_and_no_letter_is_lost(words in "\\PC{0,60}", strong in "\\PC{0,40}", room in 40.0_f64..300.0) {
            let text = Text::plain(&words).and_strong(&strong);
            let set = lines(&text, Lettering::BODY, room);
            for line in &set {
                prop_assert!(line.width <= room + 1e-6);
            }
            let letters = |text: String| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(told(&text, room).concat()), letters(text.words()));
        }
    }
}
