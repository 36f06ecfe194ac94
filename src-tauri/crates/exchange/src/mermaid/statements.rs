//! A flowchart's text as statements: comments, directives, fences and the title taken off, statements parted at line
//! ends and semicolons that stand in no quotes and no brackets.

use crate::import::ImportError;

/// The largest text that is read, in bytes.
const LARGEST: usize = 16 * 1024 * 1024;

/// A statement and the line it begins in, from 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) text: String,
    pub(super) line: usize,
}

/// A text taken apart.
#[derive(Debug, Default)]
pub(super) struct Chart {
    pub(super) title: Option<String>,
    /// Whether it carries our mark.
    pub(super) ours: bool,
    pub(super) statements: Vec<Statement>,
}

/// Takes a text apart.
///
/// # Errors
/// When it is no text or too long.
pub(super) fn statements(bytes: &[u8]) -> Result<Chart, ImportError> {
    if bytes.len() > LARGEST {
        return Err(ImportError::whole(format!(
            "it has more than {} MB; a flowchart has less",
            LARGEST / 1_048_576
        )));
    }
    let text = crate::xml::decode(bytes)?;
    let mut chart = Chart::default();
    let mut parting = Parting::default();
    let (mut in_title, mut in_directive) = (false, false);
    for (number, line) in (1..).zip(text.lines()) {
        let bare = line.trim();
        if in_directive {
            in_directive = !bare.ends_with("}%%");
        } else if in_title {
            in_title = bare != "---";
            if let Some(title) = bare.strip_prefix("title:") {
                chart.title = Some(title_text(title.trim()));
            }
        } else if bare == "---" && parting.done.is_empty() && !parting.is_open() {
            in_title = true;
        } else if bare.starts_with("%%{") {
            in_directive = !bare.ends_with("}%%");
        } else if bare.starts_with("%%") {
            chart.ours |= bare == super::MARK;
        } else if !bare.starts_with("```") && !bare.starts_with(":::") {
            parting.take(line, number);
        }
    }
    parting.end();
    chart.statements = parting.done;
    Ok(chart)
}

/// A title as YAML writes it: plain, or between quotes.
fn title_text(text: &str) -> String {
    serde_json::from_str(text).unwrap_or_else(|_| text.trim_matches(['"', '\'']).to_owned())
}

/// Parts lines into statements.
#[derive(Default)]
struct Parting {
    done: Vec<Statement>,
    text: String,
    line: usize,
    quoted: bool,
    /// How deep brackets stand open.
    depth: usize,
    /// Whether a label between bars stands open.
    barred: bool,
}

impl Parting {
    fn is_open(&self) -> bool {
        !self.text.trim().is_empty()
    }

    fn take(&mut self, line: &str, number: usize) {
        if self.quoted {
            self.text.push('\n');
        }
        for character in line.chars() {
            if self.text.is_empty() {
                self.line = number;
            }
            match character {
                '"' => self.quoted = !self.quoted,
                '[' | '(' | '{' if !self.quoted => self.depth += 1,
                ']' | ')' | '}' if !self.quoted => self.depth = self.depth.saturating_sub(1),
                '|' if !self.quoted && self.depth == 0 => self.barred = !self.barred,
                ';' if !self.quoted && self.depth == 0 && !self.barred => {
                    self.end();
                    continue;
                }
                _ => {}
            }
            self.text.push(character);
        }
        // A label between quotes may run over several lines, nothing else may.
        if !self.quoted {
            self.end();
        }
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.done.push(Statement {
                text: text.trim().to_owned(),
                line: self.line,
            });
        }
        (self.quoted, self.depth, self.barred) = (false, 0, false);
    }
}
