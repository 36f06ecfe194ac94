//! One statement of nodes and arrows: `A["Shop"]:::goal & B -->|buy| C`. A scanner by hand, because the language is
//! read by lexers with many exceptions; it is lenient where people are, and says where it cannot go on.

/// A node as a statement names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Node {
    pub(super) id: String,
    /// Its label as it stands, quotes off.
    pub(super) label: Option<String>,
    pub(super) class: Option<String>,
}

/// An arrow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Arrow {
    pub(super) label: Option<String>,
    /// Whether it has a head at its start.
    pub(super) back: bool,
    /// Whether it has a head at its end.
    pub(super) forward: bool,
    /// Whether it only holds nodes apart.
    pub(super) invisible: bool,
}

/// Nodes side by side, and the arrow that leads on from them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Step {
    pub(super) nodes: Vec<Node>,
    pub(super) arrow: Option<Arrow>,
}

/// Reads a statement of nodes and arrows.
///
/// # Errors
/// What stands where a node or an arrow was expected.
pub(super) fn chain(text: &str) -> Result<Vec<Step>, String> {
    let mut scanner = Scanner { rest: text };
    let mut steps = Vec::new();
    loop {
        let mut step = Step::default();
        loop {
            step.nodes.push(scanner.node()?);
            scanner.skip_spaces();
            if !scanner.take("&") {
                break;
            }
        }
        if scanner.rest.is_empty() {
            steps.push(step);
            return Ok(steps);
        }
        step.arrow = Some(scanner.arrow()?);
        steps.push(step);
    }
}

/// What opens a node's shape and what closes it; the longest first.
const SHAPES: [(&str, &[&str]); 13] = [
    ("(((", &[")))"]),
    ("((", &["))"]),
    ("([", &["])"]),
    ("[[", &["]]"]),
    ("[(", &[")]"]),
    ("[/", &["/]", "\\]"]),
    ("[\\", &["\\]", "/]"]),
    ("{{", &["}}"]),
    ("(-", &["-)"]),
    ("[", &["]"]),
    ("(", &[")"]),
    ("{", &["}"]),
    (">", &["]"]),
];

struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    fn skip_spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, word: &str) -> bool {
        let rest = self.rest.strip_prefix(word);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn skip(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Takes characters from the start as long as they are this one.
    fn run(&mut self, character: char) -> usize {
        let left = self.rest.trim_start_matches(character);
        let length = self.rest.len() - left.len();
        self.rest = left;
        length / character.len_utf8()
    }

    fn unexpected<T>(&self, wanted: &str) -> Result<T, String> {
        let found: String = self.rest.chars().take(20).collect();
        Err(if found.is_empty() {
            format!("{wanted} is missing at the end")
        } else {
            format!("{wanted} was expected where it says \u{201c}{found}\u{201d}")
        })
    }

    fn node(&mut self) -> Result<Node, String> {
        self.skip_spaces();
        let id = self.id();
        if id.is_empty() {
            return self.unexpected("a node");
        }
        let mut node = Node {
            id: id.to_owned(),
            ..Node::default()
        };
        if self.rest.starts_with("@{") {
            node.label = self.attributes()?;
        } else if let Some((open, closes)) =
            SHAPES.iter().find(|(open, _)| self.rest.starts_with(open))
        {
            self.skip(open.len());
            node.label = Some(self.label(closes)?);
        }
        if self.take(":::") {
            let end = self
                .rest
                .find(|end: char| !(end.is_alphanumeric() || matches!(end, '_' | '-')))
                .unwrap_or(self.rest.len());
            let class = self.skip(end);
            // A class ends before an arrow that follows it at once.
            let (class, arrow) = class.find("--").map_or((class, 0), |at| {
                (class.get(..at).unwrap_or(class), class.len() - at)
            });
            if arrow > 0 {
                return Err(format!("put a space behind the class {class}"));
            }
            node.class = Some(class.to_owned());
        }
        Ok(node)
    }

    /// Letters, digits and the signs the language allows; hyphens, points and equals signs where no arrow begins.
    fn id(&mut self) -> &'a str {
        let mut characters = self.rest.char_indices().peekable();
        let mut end = self.rest.len();
        while let Some((at, character)) = characters.next() {
            let next = characters.peek().map(|(_, next)| *next);
            let part = match character {
                '-' => {
                    at > 0
                        && !matches!(next, None | Some('>' | '-' | '.'))
                        && next.is_some_and(|next| !next.is_whitespace())
                }
                '=' => at > 0 && next != Some('='),
                ':' => next != Some(':') && at > 0 && next.is_some_and(char::is_alphanumeric),
                '_' | '!' | '#' | '$' | '%' | '\'' | '*' | '+' | '.' | '?' | '/' | '\\' => true,
                _ => character.is_alphanumeric(),
            };
            if !part {
                end = at;
                break;
            }
        }
        self.skip(end)
    }

    /// A label up to what closes its shape.
    fn label(&mut self, closes: &[&str]) -> Result<String, String> {
        self.skip_spaces();
        if let Some(inside) = self.rest.strip_prefix('"')
            && let Some((label, rest)) = inside.split_once('"')
        {
            self.rest = rest.trim_start();
            let close = closes.iter().find(|close| self.rest.starts_with(*close));
            let Some(close) = close else {
                return self.unexpected(closes.first().unwrap_or(&"]"));
            };
            self.skip(close.len());
            return Ok(label.to_owned());
        }
        // One walk for all that may close it: looking for each alone could go through the whole text every time.
        let end = self.rest.char_indices().find_map(|(at, _)| {
            let here = self.rest.get(at..)?;
            let close = closes.iter().find(|close| here.starts_with(**close))?;
            Some((at, close.len()))
        });
        let Some((at, length)) = end else {
            return self.unexpected(closes.first().unwrap_or(&"]"));
        };
        let label = self.skip(at).trim().to_owned();
        self.skip(length);
        Ok(label)
    }

    /// `@{ shape: rect, label: "Shop" }`: the label.
    fn attributes(&mut self) -> Result<Option<String>, String> {
        self.skip(2);
        let mut label = None;
        loop {
            self.rest = self.rest.trim_start_matches(|character: char| {
                character.is_whitespace() || character == ','
            });
            if self.take("}") {
                return Ok(label);
            }
            let Some((key, rest)) = self.rest.split_once(':') else {
                return self.unexpected("}");
            };
            let key = key.trim();
            self.rest = rest.trim_start();
            let value = match self
                .rest
                .strip_prefix('"')
                .and_then(|inside| inside.split_once('"'))
            {
                Some((value, rest)) => {
                    self.rest = rest;
                    value
                }
                None => {
                    let end = self.rest.find([',', '}', '\n']).unwrap_or(self.rest.len());
                    self.skip(end).trim()
                }
            };
            if key == "label" {
                label = Some(value.to_owned());
            }
        }
    }

    fn arrow(&mut self) -> Result<Arrow, String> {
        self.skip_spaces();
        // An arrow may have a name of its own: `e1@-->`.
        let unnamed = self
            .rest
            .trim_start_matches(|character: char| character.is_alphanumeric() || character == '_');
        if let Some(rest) = unnamed.strip_prefix('@')
            && rest.starts_with(['-', '=', '<', 'x', 'o'])
        {
            self.rest = rest;
        }
        let mut arrow = Arrow::default();
        let headed = self.rest.starts_with(['<', 'x', 'o'])
            && self.rest.get(1..).is_some_and(|body| {
                ["--", "==", "-."]
                    .iter()
                    .any(|start| body.starts_with(start))
            });
        if headed {
            arrow.back = true;
            self.skip(1);
        }
        if self.rest.starts_with("~~~") {
            self.run('~');
            arrow.invisible = true;
        } else if self.rest.starts_with("-.") {
            self.dotted(&mut arrow)?;
        } else if self.rest.starts_with("--") {
            self.line('-', &mut arrow)?;
        } else if self.rest.starts_with("==") {
            self.line('=', &mut arrow)?;
        } else {
            return self.unexpected("an arrow");
        }
        self.skip_spaces();
        if self.take("|") {
            self.skip_spaces();
            // A bar between quotes ends nothing.
            let inside = self
                .rest
                .strip_prefix('"')
                .and_then(|inside| inside.split_once('"'));
            let quoted = inside
                .and_then(|(label, rest)| Some((label, rest.trim_start().strip_prefix('|')?)));
            let Some((label, rest)) = quoted.or_else(|| self.rest.split_once('|')) else {
                return self.unexpected("|");
            };
            arrow.label = Some(unquoted(label));
            self.rest = rest;
        }
        Ok(arrow)
    }

    /// `-->`, `---`, `--x`, `-- words -->`, and the same of equals signs.
    fn line(&mut self, sign: char, arrow: &mut Arrow) -> Result<(), String> {
        let length = self.run(sign);
        if self.head(length > 2, arrow) || length > 2 {
            return Ok(());
        }
        let double: String = [sign, sign].iter().collect();
        let Some((words, _)) = self.rest.split_once(&double) else {
            return self.unexpected("the rest of an arrow");
        };
        let words = self.skip(words.len());
        arrow.label = Some(unquoted(words));
        self.run(sign);
        self.head(true, arrow);
        Ok(())
    }

    /// `-.->`, `-.-`, `-. words .->`.
    fn dotted(&mut self, arrow: &mut Arrow) -> Result<(), String> {
        self.skip(1);
        self.run('.');
        if !self.rest.starts_with('-') {
            let Some((words, _)) = self.rest.split_once(".-") else {
                return self.unexpected("the rest of a dotted arrow");
            };
            let words = self.skip(words.len());
            arrow.label = Some(unquoted(words));
            self.run('.');
        }
        self.run('-');
        self.head(true, arrow);
        Ok(())
    }

    /// A head behind a line. An `o` or `x` is one only where no word begins, unless the line is long enough.
    fn head(&mut self, sure: bool, arrow: &mut Arrow) -> bool {
        let mut characters = self.rest.chars();
        let headed = match characters.next() {
            Some('>') => true,
            Some('o' | 'x') => {
                sure || characters
                    .next()
                    .is_none_or(|next| next.is_whitespace() || next == '|')
            }
            _ => false,
        };
        if headed {
            self.skip(1);
            arrow.forward = true;
        }
        headed
    }
}

/// Words without spaces around and quotes around.
fn unquoted(words: &str) -> String {
    let words = words.trim();
    let inside = words
        .strip_prefix('"')
        .and_then(|words| words.strip_suffix('"'));
    inside.unwrap_or(words).to_owned()
}
