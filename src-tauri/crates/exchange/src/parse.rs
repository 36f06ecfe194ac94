//! Values as people write them in cells: money with and without signs, percentages, dates of several countries, yes
//! and no in several words. What may mean two things is refused, with what to write instead.

use backcast_model::catalog::Catalog;
use backcast_model::{Count, Day, Days, Money, Position, Rate};
use serde::Serialize;
use serde_json::Value;

use crate::cell::Cell;
use crate::columns::Shape;
use crate::fold::fold;
use crate::list;
use crate::number::{Grouping, amount, day, number, percentage};

/// What a cell says of a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Parsed {
    /// Nothing: the field is to be empty.
    Nothing,
    /// The field's value in the text form.
    Value(Value),
    /// What a touchpoint is for: kind, and rank or driver type when the cell says so.
    Kind(KindWords),
    /// A row of another table, by id or name.
    Reference(String),
    /// Rows of another table, by id or name.
    References(Vec<String>),
}

/// What a touchpoint is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KindWords {
    /// `driver` or `destination`.
    pub(crate) kind: &'static str,
    /// `ultimate` or `intermediate`.
    pub(crate) rank: Option<&'static str>,
    /// `direct` or `indirect`.
    pub(crate) driver: Option<&'static str>,
}

/// Reads a cell as the value of a field of this shape.
///
/// # Errors
/// When it cannot be one: what it is and what would be right, without a full stop.
pub(crate) fn parse(shape: Shape, cell: &Cell, catalog: &Catalog) -> Result<Parsed, String> {
    match cell {
        Cell::Empty => Ok(Parsed::Nothing),
        Cell::Broken(error) => Err(format!(
            "it holds the error {error}; mend the formula or empty the cell"
        )),
        Cell::Number(value) => from_number(shape, *value, cell, catalog),
        Cell::Boolean(yes) if shape == Shape::Boolean => Ok(Parsed::Value(Value::Bool(*yes))),
        Cell::Day(day) if shape == Shape::Day => said(day),
        Cell::Day(day) if shape == Shape::Flights => {
            Ok(Parsed::Value(flights_value(&[(*day, *day)])))
        }
        Cell::Text(text) => from_text(shape, text.trim(), text, catalog),
        Cell::Boolean(_) | Cell::Day(_) => {
            let shown = cell.shown();
            from_text(shape, &shown, &shown, catalog)
        }
    }
}

fn said(value: &impl Serialize) -> Result<Parsed, String> {
    serde_json::to_value(value)
        .map(Parsed::Value)
        .map_err(|error| error.to_string())
}

fn from_number(shape: Shape, value: f64, cell: &Cell, catalog: &Catalog) -> Result<Parsed, String> {
    match shape {
        Shape::Money => said(&Money::from_amount(cents(value))?),
        Shape::Count => said(&Count::new(value)?),
        Shape::Rate | Shape::RateEstimate => said(&rate(value)?),
        Shape::Days => said(&Days::new(value)?),
        Shape::Boolean if value == 0.0 || value == 1.0 => {
            Ok(Parsed::Value(Value::Bool(value == 1.0)))
        }
        _ => {
            let shown = cell.shown();
            from_text(shape, &shown, &shown, catalog)
        }
    }
}

/// Sums in workbooks carry the dust of binary fractions.
fn cents(value: f64) -> f64 {
    let rounded = (value * 100.0).round() / 100.0;
    if (rounded - value).abs() < 1e-6 {
        rounded
    } else {
        value
    }
}

fn rate(value: f64) -> Result<Rate, String> {
    Rate::new(value)
        .map_err(|_| format!("a rate is a number from 0 to 1 or a percentage (2 %), not {value}"))
}

fn from_text(shape: Shape, text: &str, whole: &str, catalog: &Catalog) -> Result<Parsed, String> {
    if text.is_empty() {
        return Ok(Parsed::Nothing);
    }
    match shape {
        Shape::Text => Ok(Parsed::Value(Value::from(whole))),
        Shape::Stage | Shape::System | Shape::End | Shape::EndName => {
            Ok(Parsed::Reference(text.to_owned()))
        }
        Shape::Audiences => Ok(Parsed::References(list::split(text))),
        Shape::Channel => Ok(Parsed::Value(Value::from(channel(text, catalog)))),
        Shape::Kind => kind(text).map(Parsed::Kind),
        Shape::Word(words) => word(text, words).map(|word| Parsed::Value(Value::from(word))),
        Shape::Words(words) => {
            let parts = list::split(text);
            let parts: Result<Vec<Value>, String> = parts
                .iter()
                .map(|part| word(part, words).map(Value::from))
                .collect();
            parts.map(|parts| Parsed::Value(Value::Array(parts)))
        }
        Shape::Texts => Ok(Parsed::Value(list::split(text).into())),
        Shape::Boolean => boolean(text).map(|yes| Parsed::Value(Value::Bool(yes))),
        Shape::Money => {
            let what = || format!("money is written like 20000 or 20,000.50, not {text:?}");
            said(&Money::from_amount(amount(text).ok_or_else(what)?)?)
        }
        Shape::Count => {
            let what = || format!("a count is a whole number like 50000, not {text:?}");
            said(&Count::new(amount(text).ok_or_else(what)?)?)
        }
        Shape::Rate => said(&rate_text(text)?),
        Shape::RateEstimate => rates(text),
        Shape::Days => {
            let bare = text.trim_end_matches(|character: char| {
                character.is_alphabetic() || character.is_whitespace()
            });
            let what = || format!("days are a number like 3, not {text:?}");
            said(&Days::new(
                number(bare, Grouping::Unlikely).ok_or_else(what)?,
            )?)
        }
        Shape::Day => said(&day(text)?),
        Shape::Flights => flights(text).map(|flights| Parsed::Value(flights_value(&flights))),
        Shape::Position => position(text),
    }
}

/// The id of the catalogue's channel of this id or name, else the text.
fn channel(text: &str, catalog: &Catalog) -> String {
    if catalog.channel(text).is_some() {
        return text.to_owned();
    }
    let folded = fold(text);
    let known = catalog
        .channels()
        .find(|channel| fold(&channel.name) == folded || fold(&channel.id) == folded);
    known.map_or_else(|| text.to_owned(), |channel| channel.id.clone())
}

/// What others call the words of our lists.
const OTHER_WORDS: [(&str, &str); 16] = [
    ("active", "live"),
    ("running", "live"),
    ("on air", "live"),
    ("ended", "stopped"),
    ("finished", "stopped"),
    ("done", "stopped"),
    ("draft", "planned"),
    ("idea", "planned"),
    ("clicks", "click"),
    ("leads", "lead"),
    ("sales", "sale"),
    ("mid", "medium"),
    ("normal", "medium"),
    ("wom", "word_of_mouth"),
    ("handover", "hand_off"),
    ("remarketing", "retargeting"),
];

fn word(text: &str, words: &[&'static str]) -> Result<&'static str, String> {
    let folded = fold(text);
    let other = OTHER_WORDS
        .iter()
        .find(|(other, _)| *other == folded)
        .map(|(_, word)| *word);
    let found = words
        .iter()
        .find(|word| fold(word) == folded || other == Some(**word));
    found
        .copied()
        .ok_or_else(|| format!("it is one of {}, not {text:?}", words.join(", ")))
}

/// What a touchpoint is for, in the words of several languages.
pub(crate) fn kind(text: &str) -> Result<KindWords, String> {
    let folded = fold(text);
    let says = |words: &[&str]| folded.split(' ').any(|word| words.contains(&word));
    let rank = if says(&["ultimate", "final"]) {
        Some("ultimate")
    } else if says(&["intermediate"]) {
        Some("intermediate")
    } else {
        None
    };
    let driver = if says(&["indirect", "indirekt"]) {
        Some("indirect")
    } else if says(&["direct", "direkt"]) {
        Some("direct")
    } else {
        None
    };
    if says(&["destination", "destinations", "goal", "ziel"]) || rank.is_some() {
        return Ok(KindWords {
            kind: "destination",
            rank,
            driver: None,
        });
    }
    if says(&["driver", "drivers", "treiber"]) || driver.is_some() {
        return Ok(KindWords {
            kind: "driver",
            rank: None,
            driver,
        });
    }
    Err(format!("it is driver or destination, not {text:?}"))
}

fn boolean(text: &str) -> Result<bool, String> {
    match fold(text).as_str() {
        "yes" | "y" | "true" | "1" | "x" | "ja" | "j" | "oui" | "si" | "✓" | "✔" | "☑" | "✅"
        | "wahr" => Ok(true),
        "no" | "n" | "false" | "0" | "nein" | "non" | "-" | "–" | "—" | "✗" | "✘" | "☐"
        | "falsch" => Ok(false),
        _ => Err(format!("it is yes or no, not {text:?}")),
    }
}

fn rate_text(text: &str) -> Result<Rate, String> {
    let what = || format!("a rate is a number from 0 to 1 or a percentage (2 %), not {text:?}");
    rate(percentage(text).ok_or_else(what)?)
}

fn rates(text: &str) -> Result<Parsed, String> {
    if !text.contains(';') {
        return said(&rate_text(text)?);
    }
    let parts = list::split(text);
    let rates: Vec<Rate> = parts
        .iter()
        .map(|part| rate_text(part))
        .collect::<Result<_, _>>()?;
    match rates.as_slice() {
        [one] => said(one),
        [low, likely, high] if low <= likely && likely <= high => said(&[low, likely, high]),
        _ => Err(format!(
            "a rate is one number, or three that rise: low; likely; high, not {text:?}"
        )),
    }
}

fn flights(text: &str) -> Result<Vec<(Day, Day)>, String> {
    if list::says_none(text) {
        return Ok(Vec::new());
    }
    let parts = text
        .split([';', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts.map(flight).collect()
}

/// What parts the first day of a flight from its last.
const BETWEEN: [&str; 10] = [
    " to ", "..", " – ", " — ", "→", "–", "—", " - ", " bis ", " until ",
];

fn flight(text: &str) -> Result<(Day, Day), String> {
    let halves = BETWEEN.iter().find_map(|between| text.split_once(between));
    // ISO writes an interval with one slash; dates with slashes have more.
    let halves = halves.or_else(|| {
        text.split_once('/')
            .filter(|(_, last)| !last.contains('/') && text.contains('-'))
    });
    let (first, last) = match halves {
        Some((first, last)) => (day(first.trim())?, day(last.trim())?),
        None => (day(text)?, day(text)?),
    };
    if last < first {
        return Err(format!(
            "a flight ends on or after its first day, not {first} to {last}"
        ));
    }
    Ok((first, last))
}

fn flights_value(flights: &[(Day, Day)]) -> Value {
    let flight =
        |(first, last): &(Day, Day)| Value::from(vec![first.to_string(), last.to_string()]);
    Value::Array(flights.iter().map(flight).collect())
}

fn position(text: &str) -> Result<Parsed, String> {
    let what = || format!("a position is two numbers like 120; 80, not {text:?}");
    let parts = if text.contains(';') {
        list::split(text)
    } else {
        text.split_whitespace().map(str::to_owned).collect()
    };
    let [x, y] = parts.as_slice() else {
        return Err(what());
    };
    let coordinate = |text: &str| number(text, Grouping::Unlikely).ok_or_else(what);
    said(&Position::new(coordinate(x)?, coordinate(y)?)?)
}
