//! Lines for people in a terminal: never wider than asked, colours only where they are wanted, and nothing from a file
//! that could steer the terminal.

use backcast_workbench::wording::steers;
use unicode_width::UnicodeWidthStr;

/// The narrowest page, in columns.
const NARROWEST: usize = 40;

/// How a text is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Strong,
    Faint,
    Good,
    Bad,
    Notable,
}

impl Style {
    /// The ANSI code; colours read on dark and on light ground.
    const fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Strong => Some("1"),
            Self::Faint => Some("2"),
            Self::Good => Some("32"),
            Self::Bad => Some("31"),
            Self::Notable => Some("33"),
        }
    }
}

/// A text that grows line by line.
#[derive(Debug)]
pub(crate) struct Page {
    out: String,
    width: usize,
    colours: bool,
}

impl Page {
    /// An empty page for at most `width` columns.
    pub(crate) fn new(width: usize, colours: bool) -> Self {
        Self {
            out: String::new(),
            width: width.max(NARROWEST),
            colours,
        }
    }

    /// The page's text.
    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// A name with a line behind it, and an empty line before.
    pub(crate) fn heading(&mut self, name: &str) {
        let rule = "\u{2500}".repeat(self.width.saturating_sub(name.width() + 1).max(1));
        let (name, rule) = (
            self.paint(Style::Strong, name),
            self.paint(Style::Faint, &rule),
        );
        self.out.push_str(&format!("\n{name} {rule}\n"));
    }

    /// Words on lines of the page's width: a mark, then the text, with further lines under the text.
    pub(crate) fn line(&mut self, mark: (&str, Style), text: &str, style: Style) {
        let indent = mark.0.width();
        let mut lead = self.paint(mark.1, mark.0);
        for line in wrapped(&printable(text), self.width.saturating_sub(indent)) {
            let painted = self.paint(style, &line);
            self.out.push_str(&lead);
            self.out.push_str(&painted);
            self.out.push('\n');
            lead = " ".repeat(indent);
        }
    }

    /// A line as wide as it is.
    pub(crate) fn text(&mut self, text: &str, style: Style) {
        self.line(("", Style::Plain), text, style);
    }

    /// An empty line.
    pub(crate) fn space(&mut self) {
        self.out.push('\n');
    }

    fn paint(&self, style: Style, text: &str) -> String {
        match style
            .code()
            .filter(|_| self.colours && !text.trim().is_empty())
        {
            Some(code) => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            None => text.to_owned(),
        }
    }
}

/// Text as lines of at most `width` columns; a longer word has a line of its own.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut line = lines.pop().unwrap_or_default();
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        lines.push(line);
    }
    lines
}

/// A text that cannot steer the terminal or pretend to be another: what would becomes a space.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|character| if steers(character) { ' ' } else { character })
        .collect()
}

/// `1 row`, `2 rows`.
pub(crate) fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A name in quotation marks.
pub(crate) fn quoted(name: &str) -> String {
    format!("\u{201c}{}\u{201d}", printable(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_width_and_hang_under_their_text() {
        let mut page = Page::new(40, false);
        page.line(
            ("  + ", Style::Good),
            &"seven chars ".repeat(6),
            Style::Plain,
        );
        let text = page.finish();
        assert!(text.lines().all(|line| line.width() <= 40), "{text}");
        assert!(text.starts_with("  + seven"));
        assert!(text.lines().skip(1).all(|line| line.starts_with("    ")));
    }

    #[test]
    fn nothing_from_a_file_steers_the_terminal() {
        let mut page = Page::new(80, true);
        page.text("a\u{1b}[31mb\u{202e}c", Style::Strong);
        assert_eq!(page.finish(), "\u{1b}[1ma [31mb c\u{1b}[0m\n");
    }
}
