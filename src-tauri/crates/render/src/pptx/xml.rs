//! XML, written front to back. Whatever text it is given, what it writes is well-formed XML 1.0 that reads back as the
//! same text, save for characters that XML cannot hold, in whose place `�` stands.
//!
//! Refuses to be: a tree, or a judge of names. Element and attribute names are ours and go out as they are.

use std::fmt::Write as _;

/// A document in the making.
#[derive(Debug)]
pub(super) struct Xml {
    text: String,
    open: Vec<&'static str>,
    /// The last tag was opened and still takes attributes.
    in_tag: bool,
}

impl Xml {
    /// A document with its declaration and nothing else.
    pub(super) fn new() -> Self {
        Self {
            text: String::from(r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#),
            open: Vec::new(),
            in_tag: false,
        }
    }

    /// Begins an element.
    pub(super) fn open(&mut self, name: &'static str) -> &mut Self {
        self.end_tag();
        self.text.push('<');
        self.text.push_str(name);
        self.open.push(name);
        self.in_tag = true;
        self
    }

    /// An attribute of the element just begun.
    pub(super) fn attr(&mut self, name: &str, value: impl Value) -> &mut Self {
        self.text.push(' ');
        self.text.push_str(name);
        self.text.push_str("=\"");
        value.write(&mut self.text);
        self.text.push('"');
        self
    }

    /// Ends the innermost element.
    pub(super) fn close(&mut self) -> &mut Self {
        let Some(name) = self.open.pop() else {
            return self;
        };
        if self.in_tag {
            self.text.push_str("/>");
            self.in_tag = false;
        } else {
            self.text.push_str("</");
            self.text.push_str(name);
            self.text.push('>');
        }
        self
    }

    /// An element with nothing inside.
    pub(super) fn empty(&mut self, name: &'static str) -> &mut Self {
        self.open(name).close()
    }

    /// Text inside the innermost element.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.end_tag();
        escape(text, &mut self.text);
        self
    }

    /// Markup of our own that needs no escaping.
    pub(super) fn raw(&mut self, markup: &str) -> &mut Self {
        self.end_tag();
        self.text.push_str(markup);
        self
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Ends elements until `depth` are open.
    pub(super) fn close_to(&mut self, depth: usize) -> &mut Self {
        while self.open.len() > depth {
            self.close();
        }
        self
    }

    /// The whole document, everything ended.
    pub(super) fn finish(mut self) -> String {
        self.close_to(0);
        self.text
    }

    fn end_tag(&mut self) {
        if self.in_tag {
            self.text.push('>');
            self.in_tag = false;
        }
    }
}

/// What an attribute can say.
pub(super) trait Value: Copy {
    fn write(self, into: &mut String);
}

impl Value for &str {
    fn write(self, into: &mut String) {
        escape(self, into);
    }
}

impl Value for &String {
    fn write(self, into: &mut String) {
        escape(self, into);
    }
}

impl Value for i64 {
    fn write(self, into: &mut String) {
        let _ = write!(into, "{self}");
    }
}

impl Value for u32 {
    fn write(self, into: &mut String) {
        let _ = write!(into, "{self}");
    }
}

/// Text as it may stand between tags and in quotes. Line breaks and tabs are written as references, because readers turn
/// them into spaces in attributes and a lone carriage return into a line feed everywhere.
fn escape(text: &str, into: &mut String) {
    let mut kept = 0;
    for (at, character) in text.char_indices() {
        let instead = match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&apos;",
            '\t' => "&#9;",
            '\n' => "&#10;",
            '\r' => "&#13;",
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
            _ => continue,
        };
        into.push_str(&text[kept..at]);
        into.push_str(instead);
        kept = at + character.len_utf8();
    }
    into.push_str(&text[kept..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        for (text, written) in [
            ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
            ("]]>", "]]&gt;"),
            ("\"'", "&quot;&apos;"),
            (
                "\u{0}\u{b}\u{1f}\u{fffe}\u{ffff}",
                "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
            ),
            ("one\ttwo\r\nthree", "one&#9;two&#13;&#10;three"),
            ("שלום \u{202e}abc", "שלום \u{202e}abc"),
        ] {
            let mut xml = Xml::new();
            xml.open("a:t").attr("name", text).text(text);
            let whole = xml.finish();
            assert!(
                whole.ends_with(&format!("<a:t name=\"{written}\">{written}</a:t>")),
                "{whole}"
            );
        }
    }

    #[test]
    fn what_was_left_open_is_ended() {
        let mut xml = Xml::new();
        xml.open("a").open("b").empty("c");
        assert!(xml.finish().ends_with("<a><b><c/></b></a>"));
    }
}
