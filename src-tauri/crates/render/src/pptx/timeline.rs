//! The timeline's slides: flights as bars over an axis of weeks, months or years, all slides on the same axis.

use backcast_model::Day;
use jiff::civil::Date;

use super::cards::kind_words;
use super::deck::{Timeline, TimelineRow};
use super::drawing::{Connector, Drawing, Form, Shape, Stroke};
use super::palette::{Ink, Palette};
use super::sheet::{Frame, POINT, Sheet, exact};
use super::slides::{Slide, heading};
use super::way::{Bend, Way};
use super::words::{Align, Look, Paragraph, Words, one_line};
use crate::scene::CardKind;

/// Heights of a row and of the axis, and the width of names, in inches on a slide of the usual size.
const ROW: f64 = 0.27;
const AXIS: f64 = 0.34;
const NAMES: f64 = 2.7;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The slides of a timeline; none when it has no flights.
pub(super) fn slides(
    timeline: &Timeline,
    title: &str,
    palette: Palette<'_>,
    sheet: Sheet,
) -> Vec<Slide> {
    let Some(axis) = Axis::of(&timeline.rows, sheet) else {
        return Vec::new();
    };
    let rows = rows(&timeline.rows);
    let most =
        usize::try_from((sheet.content().height - sheet.scaled(AXIS)) / sheet.scaled(ROW).max(1))
            .unwrap_or(1);
    let pages = pages(&rows, most.max(2));
    let count = pages.len();
    let chart = Chart {
        palette,
        sheet,
        axis,
    };
    let slide = |(at, page): (usize, Vec<Row<'_>>)| {
        let mut drawing =
            Drawing::titled(&heading(&format!("{title}: timeline"), at, count, sheet));
        chart.draw(&mut drawing, &page);
        Slide {
            drawing,
            notes: Vec::new(),
        }
    };
    pages.into_iter().enumerate().map(slide).collect()
}

#[derive(Debug, Clone, Copy)]
enum Row<'a> {
    Stage(&'a str),
    Flights(&'a TimelineRow),
}

/// Flights in their order, a stage's name before the first of each run that shares it.
fn rows(touchpoints: &[TimelineRow]) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut stage = "";
    for touchpoint in touchpoints {
        if touchpoint.stage != stage {
            stage = &touchpoint.stage;
            rows.extend((!stage.is_empty()).then_some(Row::Stage(stage)));
        }
        rows.push(Row::Flights(touchpoint));
    }
    rows
}

/// Rows on slides of at most `most`: a stage's name is told again where its flights go on, and never stands last.
fn pages<'a>(rows: &[Row<'a>], most: usize) -> Vec<Vec<Row<'a>>> {
    let mut pages: Vec<Vec<Row<'a>>> = Vec::new();
    let mut stage = None;
    for row in rows {
        if let Row::Stage(_) = row {
            stage = Some(*row);
        }
        let needs = if matches!(row, Row::Stage(_)) { 2 } else { 1 };
        match pages.last_mut() {
            Some(page) if page.len() + needs <= most => page.push(*row),
            _ => {
                let again = stage.filter(|_| matches!(row, Row::Flights(_)));
                pages.push(again.into_iter().chain([*row]).collect());
            }
        }
    }
    pages
}

/// Days from left to right.
#[derive(Debug)]
struct Axis {
    frame: Frame,
    first: Date,
    days: i64,
    ticks: Vec<Date>,
}

impl Axis {
    fn of(rows: &[TimelineRow], sheet: Sheet) -> Option<Self> {
        let days = || {
            rows.iter()
                .flat_map(|row| &row.flights)
                .flat_map(|(from, to)| [from.date(), to.date()])
        };
        let (first, last) = (days().min()?, days().max()?);
        let content = sheet.content();
        let names = sheet.scaled(NAMES);
        let frame = Frame::new(
            content.x + names,
            content.y,
            content.width - names,
            content.height,
        );
        let days = days_between(first, last) + 1;
        Some(Self {
            frame,
            first,
            days,
            ticks: ticks(first, last, days),
        })
    }

    /// Where a day begins.
    fn x(&self, day: Date) -> i64 {
        self.frame.x
            + self.frame.width * days_between(self.first, day).clamp(0, self.days) / self.days
    }
}

fn days_between(first: Date, last: Date) -> i64 {
    last.duration_since(first).as_hours() / 24
}

/// Where the axis is divided: by weeks up to half a year, else by the first of so many months that words have room.
fn ticks(first: Date, last: Date, days: i64) -> Vec<Date> {
    let mut ticks = Vec::new();
    if days <= 126 {
        let mut day = Day::from(first).monday().date();
        while day <= last && ticks.len() <= MOST_TICKS {
            ticks.push(day);
            day = day.saturating_add(jiff::Span::new().days(7));
        }
        return ticks;
    }
    let step = MONTH_STEPS
        .into_iter()
        .find(|step| days / 30 / step <= 24)
        .unwrap_or(12_000);
    let mut month = i64::from(first.year()) * 12 + i64::from(first.month()) - 1;
    month -= month.rem_euclid(step);
    while let Some(day) = month_start(month).filter(|day| *day <= last && ticks.len() <= MOST_TICKS)
    {
        ticks.push(day);
        month += step;
    }
    ticks
}

const MOST_TICKS: usize = 60;
const MONTH_STEPS: [i64; 8] = [1, 3, 12, 60, 120, 600, 1200, 6000];

fn month_start(month: i64) -> Option<Date> {
    let year = i16::try_from(month.div_euclid(12)).ok()?;
    let month = i8::try_from(month.rem_euclid(12) + 1).ok()?;
    Date::new(year, month, 1).ok()
}

#[derive(Debug)]
struct Chart<'a> {
    palette: Palette<'a>,
    sheet: Sheet,
    axis: Axis,
}

impl Chart<'_> {
    fn draw(&self, drawing: &mut Drawing, rows: &[Row<'_>]) {
        let height = self.sheet.scaled(ROW);
        let top = self.axis.frame.y + self.sheet.scaled(AXIS);
        let bottom = top + height * i64::try_from(rows.len()).unwrap_or(0);
        self.ground(drawing, top, bottom);
        self.ticks(drawing, top, bottom);
        let mut y = top;
        for row in rows {
            match row {
                Row::Stage(stage) => self.stage(drawing, stage, y),
                Row::Flights(touchpoint) => self.flights(drawing, touchpoint, y),
            }
            y += height;
        }
    }

    fn ground(&self, drawing: &mut Drawing, top: i64, bottom: i64) {
        let theme = self.palette.theme;
        let frame = Frame::new(self.axis.frame.x, top, self.axis.frame.width, bottom - top);
        let line = Stroke::firm(Ink::fixed(theme.column_line), POINT * 3 / 4);
        drawing.shape(
            Shape::new("Ground", Form::Rectangle, frame)
                .filled(Ink::fixed(theme.column))
                .stroked(line),
        );
    }

    fn ticks(&self, drawing: &mut Drawing, top: i64, bottom: i64) {
        let theme = self.palette.theme;
        let look = Look::plain(self.sheet.letters(8.0), self.palette.ink(theme.ink_soft));
        let mut free = i64::MIN;
        for (at, tick) in self.axis.ticks.iter().enumerate() {
            let x = self.axis.x(*tick);
            let text = self.tick_words(at, *tick);
            let width = super::sheet::emu(look.font().width(&text) * 1.05) + 2 * POINT;
            if at > 0 || *tick >= self.axis.first {
                let way = Way {
                    start: (x, top),
                    end: (x, bottom),
                    bend: Bend::Straight,
                };
                let stroke = Stroke::firm(Ink::fixed(theme.column_line), POINT * 3 / 4);
                drawing.connector(&Connector {
                    name: "Grid",
                    description: None,
                    from: None,
                    to: None,
                    way,
                    stroke,
                    arrow: false,
                });
            }
            if x >= free && x + width <= self.axis.frame.right() {
                let frame = Frame::new(x, self.axis.frame.y, width, self.sheet.scaled(AXIS));
                let words = Words::of(vec![Paragraph::new(text.clone(), look)]).on_one_line();
                drawing.shape(
                    Shape::new("Axis", Form::Rectangle, frame)
                        .described(&text)
                        .saying(words),
                );
                free = x + width;
            }
        }
    }

    fn tick_words(&self, at: usize, tick: Date) -> String {
        let month = MONTHS
            .get(usize::try_from(tick.month() - 1).unwrap_or(0))
            .copied()
            .unwrap_or_default();
        if self.axis.days <= 126 {
            return format!("{} {month}", tick.day());
        }
        if at == 0 || tick.month() == 1 {
            format!("{month} {}", tick.year())
        } else {
            month.to_owned()
        }
    }

    fn stage(&self, drawing: &mut Drawing, stage: &str, y: i64) {
        let look = Look::plain(
            self.sheet.letters(9.0),
            self.palette.ink(self.palette.theme.ink),
        )
        .bold();
        self.name(drawing, stage, look, y);
    }

    fn name(&self, drawing: &mut Drawing, name: &str, look: Look, y: i64) {
        let content = self.sheet.content();
        let frame = Frame::new(
            content.x,
            y,
            self.axis.frame.x - content.x - self.sheet.scaled(0.1),
            self.sheet.scaled(ROW),
        );
        let whole = one_line(name);
        let words = Words::of(vec![Paragraph::new(
            look.font().cut(&whole, exact(frame.width)),
            look,
        )])
        .on_one_line();
        drawing.shape(
            Shape::new("Name", Form::Rectangle, frame)
                .described(&whole)
                .saying(words),
        );
    }

    fn flights(&self, drawing: &mut Drawing, row: &TimelineRow, y: i64) {
        let look = Look::plain(
            self.sheet.letters(9.0),
            self.palette.ink(self.palette.theme.ink),
        );
        self.name(drawing, &row.name, look, y);
        for (from, to) in &row.flights {
            self.flight(
                drawing,
                row,
                (from.date().min(to.date()), to.date().max(from.date())),
                y,
            );
        }
    }

    fn flight(&self, drawing: &mut Drawing, row: &TimelineRow, (from, to): (Date, Date), y: i64) {
        let theme = self.palette.theme;
        let end = to.saturating_add(jiff::Span::new().days(1));
        let left = self.axis.x(from);
        let inset = self.sheet.scaled(0.035);
        let width = (self.axis.x(end).min(self.axis.frame.right()) - left).max(2 * POINT);
        let frame = Frame::new(left, y + inset, width, self.sheet.scaled(ROW) - 2 * inset);
        let name = one_line(&row.name);
        let description = format!(
            "{name}, {}: {from} to {to}",
            kind_words(row.kind).to_lowercase()
        );
        let named = format!("Flight: {name}");
        let mut bar = self.bar(&named, row.kind, frame).described(&description);
        let ink = if is_filled(row.kind) {
            theme.destination_ink
        } else {
            theme.card_ink
        };
        let look = Look::plain(self.sheet.letters(8.0), self.palette.ink(ink));
        let years = from.year() != to.year();
        let dates = format!("{} – {}", day_words(from, years), day_words(to, years));
        if look.font().width(&dates) < exact(frame.width - 6 * POINT) {
            bar = bar.saying(
                Words::of(vec![Paragraph::new(dates, look).aligned(Align::Centre)]).on_one_line(),
            );
        }
        drawing.shape(bar);
    }

    /// A flight is told apart as its touchpoint is on the map.
    fn bar<'b>(&self, name: &'b str, kind: CardKind, frame: Frame) -> Shape<'b> {
        let theme = self.palette.theme;
        let edge = match kind {
            CardKind::Ultimate | CardKind::Intermediate => theme.destination,
            CardKind::Direct => theme.direct,
            CardKind::Indirect => theme.indirect,
        };
        let fill = if is_filled(kind) {
            theme.destination
        } else {
            theme.card
        };
        let stroke = Stroke {
            dashed: kind == CardKind::Indirect,
            ..Stroke::firm(self.palette.ink(edge), POINT * 5 / 4)
        };
        Shape::new(name, Form::Rounded(self.sheet.scaled(0.05)), frame)
            .filled(self.palette.ink(fill))
            .stroked(stroke)
    }
}

const fn is_filled(kind: CardKind) -> bool {
    matches!(kind, CardKind::Ultimate | CardKind::Intermediate)
}

fn day_words(day: Date, with_year: bool) -> String {
    let month = MONTHS
        .get(usize::try_from(day.month() - 1).unwrap_or(0))
        .copied()
        .unwrap_or_default();
    if with_year {
        format!("{} {month} {}", day.day(), day.year())
    } else {
        format!("{} {month}", day.day())
    }
}
