//! Stages: a band behind the cards, and a head over it that says the stage's name, its touchpoints, its share of the
//! budget and its gaps.

use backcast_model::Severity;

use crate::scene::{Counts, SceneColumn};

use super::cards::{draw_sign, severity_colours};
use super::drawing::{Drawing, Form, Shape, Stroke};
use super::palette::{Ink, Palette};
use super::sheet::{Frame, POINT, Sheet, exact};
use super::words::{Look, Paragraph, Words, counted, one_line};

/// Draws stages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heads<'a> {
    pub(super) palette: Palette<'a>,
    pub(super) sheet: Sheet,
}

/// Line around bands and heads.
const EDGE: i64 = POINT * 3 / 4;

/// How large the letters of heads may be, in points, the largest first.
const SIZES: [f64; 6] = [12.0, 11.0, 10.0, 9.0, 8.0, 7.0];
/// For a long name all heads become this small, and no smaller.
const LEAST_COMMON: f64 = 9.0;

impl Heads<'_> {
    /// A head's height on a slide.
    pub(super) fn height(&self) -> i64 {
        self.sheet.scaled(0.5)
    }

    /// The band of a stage, from under its head to the bottom of the content.
    pub(super) fn band(
        &self,
        drawing: &mut Drawing,
        column: &SceneColumn,
        frame: Frame,
        place: usize,
    ) {
        let theme = self.palette.theme;
        let ground = if place.is_multiple_of(2) {
            theme.column
        } else {
            theme.column_alternate
        };
        let name = format!("Band: {}", one_line(&column.name));
        let shape = Shape::new(&name, Form::Rectangle, frame)
            .filled(Ink::fixed(ground))
            .stroked(Stroke::firm(Ink::fixed(theme.column_line), EDGE));
        drawing.shape(shape);
    }

    /// The head of a stage. A column without a name has none.
    pub(super) fn head(
        &self,
        drawing: &mut Drawing,
        column: &SceneColumn,
        frame: Frame,
        (place, letters): (usize, f64),
    ) {
        let name = one_line(&column.name);
        let description = described(column, &name);
        drawing.group(
            &format!("Stage: {name}"),
            Some(&description),
            frame,
            |drawing| {
                let theme = self.palette.theme;
                let ground = if place.is_multiple_of(2) {
                    theme.column
                } else {
                    theme.column_alternate
                };
                let inset = self.inset(frame);
                let counts = self.counts_width(column.gaps, self.facts_look());
                let free = frame.width - 2 * inset;
                let facts = self.facts(column, free - counts);
                let shape = Shape::new(&name, Form::Rectangle, frame)
                    .described(&description)
                    .filled(Ink::fixed(ground))
                    .stroked(Stroke::firm(Ink::fixed(theme.column_line), EDGE))
                    .saying(
                        Words::of(vec![self.name(&name, free, letters), facts])
                            .inset([inset, 0, inset, 0]),
                    );
                drawing.shape(shape);
                if counts <= free {
                    self.counts(drawing, column.gaps, frame, inset);
                }
            },
        );
    }

    fn inset(&self, frame: Frame) -> i64 {
        self.sheet.scaled(0.12).min(frame.width / 12)
    }

    /// The name as large as all heads can be, smaller where it would not fit on its line, cut where it fits at no size.
    fn name(&self, name: &str, room: i64, most: f64) -> Paragraph {
        let looks = self.looks();
        let fits = |(points, look): &&(f64, Look)| {
            *points <= most && look.font().width(name) <= exact(room)
        };
        match looks.iter().find(fits) {
            Some((_, look)) => Paragraph::new(name, *look),
            None => Paragraph::new(
                looks[SIZES.len() - 1].1.font().cut(name, exact(room)),
                looks[SIZES.len() - 1].1,
            ),
        }
    }

    fn looks(&self) -> [(f64, Look); SIZES.len()] {
        let ink = self.palette.ink(self.palette.theme.ink);
        SIZES.map(|points| (points, Look::plain(self.sheet.letters(points), ink).bold()))
    }

    /// The largest letters, in points, that all of some heads have room for, each a name and a width; but no smaller
    /// than most names need.
    pub(super) fn letters(&self, heads: &[(String, i64)]) -> f64 {
        let all_fit = |(points, look): &(f64, Look)| {
            *points <= LEAST_COMMON
                || heads.iter().all(|(name, width)| {
                    let frame = Frame::new(0, 0, *width, 0);
                    look.font().width(name) <= exact(width - 2 * self.inset(frame))
                })
        };
        self.looks()
            .into_iter()
            .find(all_fit)
            .map_or(LEAST_COMMON, |(points, _)| points)
    }

    fn facts_look(&self) -> Look {
        Look::plain(
            self.sheet.letters(9.0),
            self.palette.ink(self.palette.theme.ink_soft),
        )
    }

    /// Touchpoints and share of the budget, in as many words as there is room for.
    fn facts(&self, column: &SceneColumn, room: i64) -> Paragraph {
        let look = self.facts_look();
        let touchpoints = counted(column.touchpoints, "touchpoint");
        let number = column.touchpoints.to_string();
        let mut ways = vec![touchpoints.clone(), number.clone()];
        if let Some(share) = column.budget_share {
            let percent = format!("{:.0} %", share * 100.0);
            ways.insert(0, format!("{number} · {percent}"));
            ways.insert(0, format!("{touchpoints} · {percent} of budget"));
        }
        let fits = |text: &String| look.font().width(text) <= exact(room);
        Paragraph::new(ways.into_iter().find(fits).unwrap_or(number), look)
    }

    fn counts_width(&self, gaps: Counts, look: Look) -> i64 {
        let width: i64 = counts(gaps)
            .iter()
            .map(|(_, count)| self.count_width(*count, look))
            .sum();
        if width == 0 {
            0
        } else {
            width + self.sheet.scaled(0.04)
        }
    }

    fn count_width(&self, count: usize, look: Look) -> i64 {
        super::sheet::emu(look.bold().font().width(&count.to_string())) + self.sheet.scaled(0.26)
    }

    /// Open gaps by severity, at the right end of the second line.
    fn counts(&self, drawing: &mut Drawing, gaps: Counts, head: Frame, inset: i64) {
        let mut right = head.right() - inset;
        let middle = head.y + head.height * 69 / 100;
        for (severity, count) in counts(gaps).into_iter().rev() {
            let (_, ink, _) = severity_colours(self.palette.theme, severity);
            let look = Look::plain(self.sheet.letters(9.0), Ink::fixed(ink)).bold();
            let width = self.count_width(count, look);
            let sign = self.sheet.scaled(0.1);
            let x = right - width;
            draw_sign(
                drawing,
                self.palette,
                severity,
                (x + self.sheet.scaled(0.1), middle),
                sign,
            );
            let words = Frame::new(
                x + self.sheet.scaled(0.18),
                middle - look.line() / 2,
                width - self.sheet.scaled(0.16),
                look.line(),
            );
            let text = Paragraph::new(count.to_string(), look);
            let description = format!("{} {} gaps", count, severity.word().to_lowercase());
            drawing.shape(
                Shape::new("Gaps", Form::Rectangle, words)
                    .described(&description)
                    .saying(Words::of(vec![text]).on_one_line()),
            );
            right = x;
        }
    }
}

fn counts(gaps: Counts) -> Vec<(Severity, usize)> {
    [
        (Severity::High, gaps.high),
        (Severity::Medium, gaps.medium),
        (Severity::Low, gaps.low),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .collect()
}

fn described(column: &SceneColumn, name: &str) -> String {
    let mut text = format!(
        "Stage {name}: {}",
        counted(column.touchpoints, "touchpoint")
    );
    if let Some(share) = column.budget_share {
        text.push_str(&format!(", {:.0} % of the budget", share * 100.0));
    }
    let gaps: Vec<String> = counts(column.gaps)
        .into_iter()
        .map(|(severity, count)| format!("{count} {}", severity.word().to_lowercase()))
        .collect();
    if gaps.is_empty() {
        text + ", no gaps"
    } else {
        format!("{text}, gaps: {}", gaps.join(", "))
    }
}
