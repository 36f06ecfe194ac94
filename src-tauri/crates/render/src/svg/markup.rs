//! The one door to the text of an SVG: every word and every value passes through its escaping, and no character that XML
//! forbids comes out. Refuses to know what is drawn.

use crate::icons::Step;
use crate::scene::Colour;

/// XML that grows at its end.
#[derive(Debug)]
pub(super) struct Markup {
    text: String,
}

impl Markup {
    pub(super) fn with_room(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn text_so_far(&self) -> &str {
        &self.text
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    pub(super) fn append(&mut self, other: &Self) {
        self.text.push_str(&other.text);
    }

    pub(super) fn line(&mut self) {
        self.text.push('\n');
    }

    /// Starts a tag; attributes follow, then `inside` or `end`.
    pub(super) fn open(&mut self, tag: &'static str) -> &mut Self {
        self.text.push('<');
        self.text.push_str(tag);
        self
    }

    /// Ends a start tag that holds something.
    pub(super) fn inside(&mut self) {
        self.text.push('>');
    }

    /// Ends a tag that holds nothing.
    pub(super) fn end(&mut self) {
        self.text.push_str("/>");
    }

    pub(super) fn close(&mut self, tag: &'static str) {
        self.text.push_str("</");
        self.text.push_str(tag);
        self.text.push('>');
    }

    /// An element with nothing but words in it.
    pub(super) fn element(&mut self, tag: &'static str, words: &str) {
        self.open(tag).inside();
        self.text(words);
        self.close(tag);
    }

    pub(super) fn attribute(&mut self, name: &str, value: &str) -> &mut Self {
        self.name(name);
        escape(&mut self.text, value);
        self.text.push('"');
        self
    }

    pub(super) fn number(&mut self, name: &str, value: f64) -> &mut Self {
        self.numbers(name, &[value])
    }

    pub(super) fn numbers(&mut self, name: &str, values: &[f64]) -> &mut Self {
        self.name(name);
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                self.text.push(' ');
            }
            number(&mut self.text, *value);
        }
        self.text.push('"');
        self
    }

    pub(super) fn colour(&mut self, name: &str, Colour(red, green, blue): Colour) -> &mut Self {
        self.name(name);
        self.text.push('#');
        for part in [red, green, blue] {
            for digit in [part >> 4, part & 15] {
                self.text
                    .push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
            }
        }
        self.text.push('"');
        self
    }

    /// An attribute with path data.
    pub(super) fn path(&mut self, name: &str, write: impl FnOnce(&mut PathData<'_>)) -> &mut Self {
        self.name(name);
        write(&mut PathData {
            text: &mut self.text,
        });
        self.text.push('"');
        self
    }

    /// Words between tags.
    pub(super) fn text(&mut self, words: &str) {
        escape(&mut self.text, words);
    }

    fn name(&mut self, name: &str) {
        self.text.push(' ');
        self.text.push_str(name);
        self.text.push_str("=\"");
    }
}

/// Path data that grows at its end.
pub(super) struct PathData<'a> {
    text: &'a mut String,
}

impl PathData<'_> {
    /// A start and three points for each cubic piece.
    pub(super) fn curve(&mut self, curve: &[(f64, f64)]) {
        for (at, point) in curve.iter().enumerate() {
            self.command(match at {
                0 => "M",
                1 => "C",
                _ => " ",
            });
            self.point(*point);
        }
    }

    pub(super) fn polygon(&mut self, corners: &[(f64, f64)]) {
        for (at, corner) in corners.iter().enumerate() {
            self.command(if at == 0 { "M" } else { "L" });
            self.point(*corner);
        }
        self.command("Z");
    }

    pub(super) fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            match *step {
                Step::Move(x, y) => {
                    self.command("M");
                    self.point((x, y));
                }
                Step::Line(x, y) => {
                    self.command("L");
                    self.point((x, y));
                }
                Step::Cubic(points) => {
                    for (before, point) in ["C", " ", " "].into_iter().zip(points) {
                        self.command(before);
                        self.point(point);
                    }
                }
                Step::Close => self.command("Z"),
            }
        }
    }

    fn command(&mut self, command: &str) {
        self.text.push_str(command);
    }

    fn point(&mut self, (x, y): (f64, f64)) {
        number(self.text, x);
        self.text.push(' ');
        number(self.text, y);
    }
}

/// A number with two decimals at most: finer than any eye and any printer.
fn number(text: &mut String, value: f64) {
    let hundredths = if value.is_finite() {
        (value * 100.0).round() as i64
    } else {
        0
    };
    if hundredths < 0 {
        text.push('-');
    }
    let hundredths = hundredths.unsigned_abs();
    let mut buffer = [0_u8; 20];
    let mut start = buffer.len();
    let mut whole = hundredths / 100;
    loop {
        start -= 1;
        buffer[start] = b'0' + (whole % 10) as u8;
        whole /= 10;
        if whole == 0 {
            break;
        }
    }
    text.extend(buffer[start..].iter().map(|digit| char::from(*digit)));
    let rest = (hundredths % 100) as u8;
    if rest > 0 {
        text.push('.');
        text.push(char::from(b'0' + rest / 10));
        if !rest.is_multiple_of(10) {
            text.push(char::from(b'0' + rest % 10));
        }
    }
}

/// Puts words where XML reads words again, in text and in attributes alike. Characters that XML forbids are left out.
fn escape(text: &mut String, words: &str) {
    for character in words.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\'' => text.push_str("&#39;"),
            // Readers would turn these into spaces, in attributes all of them.
            '\t' => text.push_str("&#9;"),
            '\n' => text.push_str("&#10;"),
            '\r' => text.push_str("&#13;"),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => text.push(other),
        }
    }
}

/// An id that XML takes, different for different `id`s: letters, digits and dashes stay, all else becomes its number.
pub(super) fn id(kind: &str, id: &str) -> String {
    let mut text = format!("{kind}-");
    for character in id.chars() {
        if character.is_ascii_alphanumeric() || character == '-' {
            text.push(character);
        } else {
            text.push_str(&format!("_{:x}_", u32::from(character)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;

    #[test]
    fn numbers_are_short_and_right() {
        for (value, written) in [
            (0.0, "0"),
            (-0.001, "0"),
            (1.0, "1"),
            (12.5, "12.5"),
            (-3.257, "-3.26"),
            (0.05, "0.05"),
            (1e7, "10000000"),
            (99.999, "100"),
            (f64::NAN, "0"),
        ] {
            let mut text = String::new();
            number(&mut text, value);
            assert_eq!(text, written);
        }
    }

    #[test]
    fn different_ids_stay_different() {
        let ids = ["a b", "a_20_b", "a-b", "a", "Ä", "\u{e4}", "_20_"];
        let written: std::collections::HashSet<_> =
            ids.iter().map(|text| id("link", text)).collect();
        assert_eq!(written.len(), ids.len());
    }

    /// What a reader of XML makes of an element with this text in it and as its attribute.
    fn read_back(text: &str) -> (String, String) {
        let mut markup = Markup::with_room(0);
        markup.open("a").attribute("b", text).inside();
        markup.text(text);
        markup.close("a");
        let mut reader = Reader::from_str(markup.text_so_far());
        let (mut inside, mut attribute) = (String::new(), String::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => {
                    let value = start.try_get_attribute("b").unwrap().unwrap();
                    attribute = value
                        .normalized_value(quick_xml::XmlVersion::default())
                        .unwrap()
                        .into_owned();
                }
                Event::Text(text) => inside.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref().unwrap() {
                    Some(character) => inside.push(character),
                    None => inside.push_str(
                        quick_xml::escape::resolve_predefined_entity(&reference).unwrap(),
                    ),
                },
                Event::Eof => return (inside, attribute),
                _ => {}
            }
        }
    }

    proptest! {
        #[test]
        fn every_text_is_read_as_it_was_written(text in any::<String>()) {
            let allowed: String = text
                .chars()
                .filter(|c| matches!(c, '\t' | '\n' | '\r') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')))
                .collect();
            let (inside, attribute) = read_back(&text);
            prop_assert_eq!(&inside, &allowed);
            prop_assert_eq!(&attribute, &allowed);
        }
    }
}
