//! An assessment as text for people in a terminal: grouped by stage, worst first, one line of reason and one of what
//! to do, never wider than asked. Severity is told by shape and word, colour only adds to it.

use std::fmt::Write;
use std::sync::Arc;

use backcast_model::Severity;
use unicode_width::UnicodeWidthStr;

use crate::assessment::{Assessment, StageSummary, Summary};
use crate::gap::Gap;

/// How text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextOptions {
    /// Whether to colour it with ANSI sequences.
    pub colour: bool,
    /// How many columns lines may take; below 40 counts as 40.
    pub width: usize,
    /// How many gaps of one rule are told in one stage before the rest is only counted.
    pub most: usize,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self {
            colour: false,
            width: 80,
            most: 5,
        }
    }
}

/// The heading for gaps that belong to no stage.
const WHOLE_MAP: &str = "The whole map";

/// An assessment as text with a line break at the end.
#[must_use]
pub fn text(assessment: &Assessment, options: TextOptions) -> String {
    let options = TextOptions {
        width: options.width.max(40),
        ..options
    };
    let mut page = Page {
        out: String::new(),
        options,
    };
    page.head(assessment);
    for stage in assessment.stages() {
        let told = gaps_told_under(assessment, stage);
        page.stage(assessment, stage, &told);
    }
    let rest: Vec<_> = assessment
        .gaps()
        .iter()
        .filter(|gap| gap.is_open() && gap.stages.is_empty() && !gap.no_stage)
        .collect();
    if !rest.is_empty() {
        page.heading(WHOLE_MAP, "");
        page.gaps(assessment, &rest);
    }
    page.dismissed(assessment);
    page.not_assessed(assessment);
    page.out
}

/// A gap that counts under several stages is told under the first.
fn gaps_told_under<'a>(assessment: &'a Assessment, stage: &StageSummary) -> Vec<&'a Arc<Gap>> {
    let here = |gap: &&Arc<Gap>| match &stage.id {
        Some(id) => gap.stages.first() == Some(id),
        None => gap.stages.is_empty() && gap.no_stage,
    };
    assessment
        .gaps()
        .iter()
        .filter(|gap| gap.is_open())
        .filter(here)
        .collect()
}

struct Page {
    out: String,
    options: TextOptions,
}

/// ANSI colours that read on dark and on light ground.
const fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "31",
        Severity::Medium => "33",
        Severity::Low => "36",
    }
}

impl Page {
    fn head(&mut self, assessment: &Assessment) {
        let map = assessment.map();
        let title = printable(&map.properties.title);
        let touchpoints = assessment
            .stages()
            .iter()
            .map(|stage| stage.touchpoints)
            .sum();
        let size = format!(
            "{} · {}",
            plural(touchpoints, "touchpoint"),
            plural(map.links.len(), "link")
        );
        if title.width() + 2 + size.width() <= self.options.width {
            let (title, size) = (self.paint("1", &title), self.paint("2", &size));
            let _ = writeln!(self.out, "{title}  {size}");
        } else {
            self.wrapped(&title, "", "", Some("1"));
            self.wrapped(&size, "", "", Some("2"));
        }
        let counts = self.counts(assessment.summary());
        let _ = writeln!(self.out, "{counts}");
    }

    fn counts(&self, summary: Summary) -> String {
        let all = [Severity::High, Severity::Medium, Severity::Low].into_iter();
        let mut parts: Vec<_> = all
            .filter(|severity| summary.of(*severity) > 0)
            .map(|severity| {
                let text = format!("{} {} {severity}", severity.sign(), summary.of(severity));
                self.paint(colour(severity), &text)
            })
            .collect();
        if parts.is_empty() {
            parts.push("No open gaps".to_owned());
        }
        if summary.dismissed > 0 {
            parts.push(self.paint("2", &format!("{} dismissed", summary.dismissed)));
        }
        parts.join("  ")
    }

    fn stage(&mut self, assessment: &Assessment, stage: &StageSummary, told: &[&Arc<Gap>]) {
        let map = assessment.map();
        let name = stage.id.as_ref().map_or("No stage", |id| {
            map.stages
                .get(id.as_str())
                .map_or(id.as_str(), |stage| stage.name.as_str())
        });
        let mut facts = plural(stage.touchpoints, "touchpoint");
        if stage.budget.hundredths() > 0 {
            let amount = thousands(stage.budget.hundredths() / 100);
            // A number alone says nothing of what it counts.
            let _ = match map.properties.currency.as_deref() {
                Some(currency) => write!(facts, " · {amount} {currency}"),
                None => write!(facts, " · budget {amount}"),
            };
        }
        self.heading(name, facts.trim_end());
        if told.is_empty() {
            let nothing = self.paint("2", "no gaps");
            let _ = writeln!(self.out, "  {nothing}");
        }
        self.gaps(assessment, told);
    }

    fn heading(&mut self, name: &str, facts: &str) {
        let used = name.width() + 1 + facts.width() + usize::from(!facts.is_empty());
        let line = "─".repeat(self.options.width.saturating_sub(used).max(1));
        let (name, line, facts) = (
            self.paint("1", name),
            self.paint("2", &line),
            self.paint("2", facts),
        );
        let _ = writeln!(self.out, "\n{name} {line} {facts}");
        let trimmed = self.out.trim_end().len();
        self.out.truncate(trimmed);
        self.out.push('\n');
    }

    /// Gaps of one rule stand together under its name.
    fn gaps(&mut self, assessment: &Assessment, gaps: &[&Arc<Gap>]) {
        let mut rest = gaps;
        while let Some(first) = rest.first() {
            let same = rest
                .iter()
                .take_while(|gap| gap.key.rule == first.key.rule)
                .count();
            self.rule(first, same);
            for gap in &rest[..same.min(self.options.most)] {
                self.gap(assessment, gap);
            }
            if same > self.options.most {
                let more = self.paint("2", &format!("… and {} more", same - self.options.most));
                let _ = writeln!(self.out, "    {more}");
            }
            rest = &rest[same..];
        }
    }

    fn rule(&mut self, gap: &Gap, count: usize) {
        let mark = self.paint(colour(gap.severity), gap.severity.sign());
        let count = if count > 1 {
            format!(" × {count}")
        } else {
            String::new()
        };
        let used = 4 + gap.rule.name.width() + count.width() + gap.rule.id.width();
        let name = self.paint("1", gap.rule.name);
        if used + 2 > self.options.width {
            let _ = writeln!(self.out, "  {mark} {name}{count}");
            return;
        }
        let (space, id) = (
            " ".repeat(self.options.width - used),
            self.paint("2", gap.rule.id),
        );
        let _ = writeln!(self.out, "  {mark} {name}{count}{space}{id}");
    }

    fn gap(&mut self, assessment: &Assessment, gap: &Gap) {
        self.wrapped(&assessment.message(gap), "    ", "    ", None);
        if let Some(fix) = assessment.fixes(gap).first() {
            self.wrapped(&fix.title, "    → ", "      ", Some("2"));
        }
    }

    fn dismissed(&mut self, assessment: &Assessment) {
        let dismissed: Vec<_> = assessment
            .gaps()
            .iter()
            .filter(|gap| !gap.is_open())
            .collect();
        if dismissed.is_empty() {
            return;
        }
        self.heading("On purpose", "");
        for gap in dismissed {
            self.wrapped(&assessment.message(gap), "  ○ ", "    ", Some("2"));
            if let Some(row) = &gap.dismissed {
                let by = row
                    .record
                    .by
                    .as_ref()
                    .map(|by| format!(" ({by})"))
                    .unwrap_or_default();
                self.wrapped(
                    &format!("{}{by}", row.record.reason),
                    "    because ",
                    "    ",
                    Some("2"),
                );
            }
        }
    }

    fn not_assessed(&mut self, assessment: &Assessment) {
        if assessment.not_assessed().is_empty() {
            return;
        }
        self.heading("Not assessed", "");
        let mut rest: Vec<_> = assessment.not_assessed().iter().collect();
        while let Some(first) = rest.first().copied() {
            let (same, others): (Vec<_>, Vec<_>) =
                rest.into_iter().partition(|one| one.needs == first.needs);
            let names: Vec<_> = same.iter().map(|one| one.rule.id).collect();
            self.wrapped(first.needs.text, "  ○ ", "    ", None);
            self.wrapped(
                &format!("for {}", names.join(", ")),
                "    ",
                "    ",
                Some("2"),
            );
            rest = others;
        }
    }

    /// Writes words on lines of the page's width, the first behind `first`, the others behind `next`.
    fn wrapped(&mut self, text: &str, first: &str, next: &str, style: Option<&str>) {
        let mut line = String::new();
        let mut lead = first;
        let text = printable(text);
        for word in text.split_whitespace() {
            let full = lead.width() + line.width() + 1 + word.width() > self.options.width;
            if full && !line.is_empty() {
                self.line(lead, &line, style);
                line.clear();
                lead = next;
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.line(lead, &line, style);
    }

    fn line(&mut self, lead: &str, line: &str, style: Option<&str>) {
        let line = style.map_or_else(|| line.to_owned(), |style| self.paint(style, line));
        let _ = writeln!(self.out, "{lead}{line}");
    }

    fn paint(&self, style: &str, text: &str) -> String {
        let text: String = text
            .chars()
            .filter(|character| !character.is_control())
            .collect();
        if self.options.colour && !text.is_empty() {
            format!("\u{1b}[{style}m{text}\u{1b}[0m")
        } else {
            text
        }
    }
}

/// A text that cannot steer the terminal: control characters become spaces.
fn printable(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A whole number with its thousands apart: 20,000.
fn thousands(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
