//! Words with their weight: what paragraphs and cells are made of. Text from a file is cleaned here once, so that no
//! writer meets a character that its format has no room for.

use backcast_model::Severity;

/// Words in a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    spans: Vec<Span>,
}

/// Words of one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The words; one line, without control characters.
    pub text: String,
    /// Their look.
    pub style: Style,
    /// Where they lead.
    pub address: Option<Address>,
}

/// How words look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// As words look.
    Plain,
    /// Heavier.
    Strong,
    /// Paler.
    Soft,
    /// The sign and colour of a severity.
    Severity(Severity),
}

/// Where words lead: an address that starts with `http://`, `https://` or `mailto:` and has no blanks or quotation
/// marks. Nothing else can be followed from a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// The longest address that is made a link, in bytes.
    const LONGEST: usize = 2000;

    /// The address, if it is one.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let starts = |scheme: &str| {
            text.get(..scheme.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
                && text.len() > scheme.len()
        };
        let known = ["http://", "https://", "mailto:"].into_iter().any(starts);
        let plain = text
            .chars()
            .all(|character| character.is_ascii_graphic() && !"\"'<>\\^`{|}".contains(character));
        (known && plain && text.len() <= Self::LONGEST).then(|| Self(text.to_owned()))
    }

    /// The address as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Text {
    /// Plain words.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self::default().and(text)
    }

    /// Heavier words.
    #[must_use]
    pub fn strong(text: &str) -> Self {
        Self::default().and_strong(text)
    }

    /// Plain words in which addresses lead where they say.
    #[must_use]
    pub fn with_addresses(text: &str) -> Self {
        let text = clean(text);
        let mut made = Self::default();
        let mut rest = text.as_str();
        while let Some((before, address, after)) = next_address(rest) {
            made.push(before, Style::Plain, None);
            made.push(address.as_str(), Style::Plain, Some(address.clone()));
            rest = after;
        }
        made.push(rest, Style::Plain, None);
        made
    }

    /// The same, and plain words.
    #[must_use]
    pub fn and(mut self, text: &str) -> Self {
        self.push(text, Style::Plain, None);
        self
    }

    /// The same, and heavier words.
    #[must_use]
    pub fn and_strong(mut self, text: &str) -> Self {
        self.push(text, Style::Strong, None);
        self
    }

    /// The same, and paler words.
    #[must_use]
    pub fn and_soft(mut self, text: &str) -> Self {
        self.push(text, Style::Soft, None);
        self
    }

    /// The same, and the sign and word of a severity.
    #[must_use]
    pub fn and_severity(mut self, severity: Severity) -> Self {
        let word = format!("{} {}", severity.sign(), severity.word());
        self.push(&word, Style::Severity(severity), None);
        self
    }

    /// The same, and another text.
    #[must_use]
    pub fn and_text(mut self, other: Self) -> Self {
        self.spans.extend(other.spans);
        self
    }

    /// Its words in order.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.iter().all(|span| span.text.trim().is_empty())
    }

    /// Its words without any look.
    #[must_use]
    pub fn words(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    fn push(&mut self, text: &str, style: Style, address: Option<Address>) {
        let text = clean(text);
        if !text.is_empty() {
            self.spans.push(Span {
                text,
                style,
                address,
            });
        }
    }
}

/// One line without what no format has room for: control characters and breaks become blanks, non-characters go.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .filter(|character| !matches!(character, '\u{fffe}' | '\u{ffff}' | '\u{feff}'))
        .map(|character| match character {
            '\u{2028}' | '\u{2029}' => ' ',
            other if other.is_control() => ' ',
            other => other,
        })
        .collect()
}

/// The first address in a text, with what stands before and behind it.
fn next_address(text: &str) -> Option<(&str, Address, &str)> {
    let starts = ["http://", "https://", "mailto:"];
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let found = starts.iter().filter_map(|start| rest.find(start)).min()?;
        let from = at + found;
        let tail = &text[from..];
        let end = tail.find(char::is_whitespace).unwrap_or(tail.len());
        // What ends a sentence does not end an address.
        let word = tail[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']']);
        if let Some(address) = Address::new(word) {
            return Some((&text[..from], address, &text[from + word.len()..]));
        }
        at = from + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_are_safe_can_be_followed() {
        for good in [
            "https://example.org/a?b=c#d",
            "HTTP://example.org",
            "mailto:a@example.org",
        ] {
            assert!(Address::new(good).is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https://",
            "https://a\"onclick=b",
            "https://a b",
            " https://a",
            "vbscript:x",
            "//example.org",
        ] {
            assert!(Address::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn addresses_in_a_text_are_found_without_the_full_stop_behind_them() {
        let text = Text::with_addresses("See https://example.org/x. And javascript:alert(1), too");
        let links: Vec<_> = text
            .spans()
            .iter()
            .filter_map(|span| span.address.as_ref())
            .map(Address::as_str)
            .collect();
        assert_eq!(links, ["https://example.org/x"]);
        assert_eq!(
            text.words(),
            "See https://example.org/x. And javascript:alert(1), too"
        );
    }

    #[test]
    fn a_text_is_one_line_of_characters_that_every_format_has() {
        assert_eq!(
            Text::plain("a\u{0}b\nc\u{ffff}d\u{2028}e").words(),
            "a b cd e"
        );
    }
}
