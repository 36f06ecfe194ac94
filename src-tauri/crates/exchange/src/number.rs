//! Numbers and days in the spellings of several countries. What may be read two ways is nobody's number here.

use backcast_model::Day;
use jiff::civil::Date;

/// Whether three digits behind a single point or comma are thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grouping {
    /// As in money and counts: `20.000` is twenty thousand.
    Likely,
    /// As in rates and days: `0.125` is an eighth.
    Unlikely,
}

/// A number with points, commas, spaces or apostrophes in it; `None` when it is none, or could be two.
pub(crate) fn number(text: &str, grouping: Grouping) -> Option<f64> {
    plain(text, grouping)?
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
}

/// The same as a text that Rust reads as a number.
fn plain(text: &str, grouping: Grouping) -> Option<String> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let bare = without_gaps(digits.trim_start())?;
    if !bare.starts_with(|first: char| first.is_ascii_digit() || first == '.' || first == ',') {
        return None;
    }
    if let Some((head, exponent)) = bare.split_once(['e', 'E']) {
        let whole = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        let fits = head.matches('.').count() < 2
            && head
                .chars()
                .all(|character| character.is_ascii_digit() || character == '.');
        return (fits && !whole.is_empty() && whole.chars().all(|digit| digit.is_ascii_digit()))
            .then(|| format!("{sign}{bare}"));
    }
    if !bare
        .chars()
        .all(|character| character.is_ascii_digit() || matches!(character, '.' | ','))
    {
        return None;
    }
    let decimal = decimal_sign(&bare, grouping)?;
    let (whole, fraction) = match decimal {
        Some(at) => (bare.get(..at)?, bare.get(at + 1..)?),
        None => (bare.as_str(), ""),
    };
    let whole = ungrouped(whole)?;
    if !fraction.chars().all(|digit| digit.is_ascii_digit())
        || whole.is_empty() && fraction.is_empty()
    {
        return None;
    }
    Some(format!(
        "{sign}{}.{}",
        if whole.is_empty() { "0" } else { &whole },
        if fraction.is_empty() { "0" } else { fraction }
    ))
}

/// Digits without the gaps between their thousands. A gap anywhere else stands between two numbers, or a number and
/// something else.
fn without_gaps(digits: &str) -> Option<String> {
    let end = digits.find(['.', ',', 'e', 'E']).unwrap_or(digits.len());
    let (whole, rest) = digits.split_at_checked(end)?;
    if rest.contains(is_gap) {
        return None;
    }
    let mut groups = whole.split(is_gap);
    let first = groups.next().unwrap_or_default();
    let mut bare = first.to_owned();
    for group in groups {
        if group.len() != 3 || !(1..=3).contains(&first.len()) || first.starts_with('0') {
            return None;
        }
        bare.push_str(group);
    }
    bare.push_str(rest);
    Some(bare)
}

fn is_gap(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\'' | '\u{2019}' | '_')
}

/// Where the decimal sign stands; `Some(None)`: nowhere. `None`: it cannot be told.
#[expect(clippy::option_option, reason = "nowhere and unclear are two answers")]
fn decimal_sign(digits: &str, grouping: Grouping) -> Option<Option<usize>> {
    let (points, commas) = (digits.matches('.').count(), digits.matches(',').count());
    match (points, commas) {
        (0, 0) => Some(None),
        (1.., 1..) => {
            let (point, comma) = (digits.rfind('.')?, digits.rfind(',')?);
            let last = point.max(comma);
            let once = if point > comma {
                points == 1
            } else {
                commas == 1
            };
            once.then_some(Some(last))
        }
        (1, 0) | (0, 1) => {
            let at = digits.find(['.', ','])?;
            let grouped =
                digits.len() - at == 4 && (1..=3).contains(&at) && !digits.starts_with('0');
            Some(if grouped && grouping == Grouping::Likely {
                None
            } else {
                Some(at)
            })
        }
        _ => Some(None),
    }
}

/// Digits without the signs between their thousands; groups behind the first have three digits.
fn ungrouped(digits: &str) -> Option<String> {
    let mut groups = digits.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let mut whole = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return None;
        }
        whole.push_str(group);
    }
    Some(whole)
}

/// Powers of ten that people put behind numbers, longest first.
const UNITS: [(&str, i32); 12] = [
    ("million", 6),
    ("mrd", 9),
    ("mio.", 6),
    ("tsd.", 3),
    ("mio", 6),
    ("tsd", 3),
    ("mln", 6),
    ("bn", 9),
    ("mn", 6),
    ("m", 6),
    ("k", 3),
    ("t", 3),
];

/// Money or a count: a number with or without a currency and a unit (`€ 20k`, `EUR 1.2 m`, `20.000,00 €`).
pub(crate) fn amount(text: &str) -> Option<f64> {
    let bare: String = text
        .chars()
        .filter(|character| !matches!(character, '€' | '$' | '£' | '¥'))
        .collect();
    let bare = bare.trim();
    let bare = strip_currency(bare);
    let lower = bare.to_lowercase();
    for (unit, power) in UNITS {
        if let Some(number) = lower.strip_suffix(unit) {
            // Before a unit nobody writes thousands: 1.250 m is one and a quarter million.
            let number = plain(number, Grouping::Unlikely)?;
            return format!("{number}e{power}")
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite());
        }
    }
    let bare = bare
        .strip_suffix(".-")
        .or_else(|| bare.strip_suffix(",-"))
        .or_else(|| bare.strip_suffix(".–"))
        .unwrap_or(bare);
    number(bare, Grouping::Likely)
}

/// A text without a currency's three letters before or behind it.
fn strip_currency(text: &str) -> &str {
    let is_code =
        |code: &str| code.len() == 3 && code.chars().all(|letter| letter.is_ascii_uppercase());
    let from_front = text
        .get(..3)
        .filter(|code| is_code(code))
        .and_then(|_| text.get(3..));
    let behind = text.len().checked_sub(3);
    let from_behind = || {
        behind.and_then(|at| {
            text.get(at..)
                .filter(|code| is_code(code))
                .and_then(|_| text.get(..at))
        })
    };
    from_front.or_else(from_behind).unwrap_or(text).trim()
}

/// A share: `0.02`, `2 %`, `2,5%`.
pub(crate) fn percentage(text: &str) -> Option<f64> {
    match text.trim().strip_suffix('%') {
        Some(percent) => {
            let number = plain(percent, Grouping::Unlikely)?;
            let shifted = if number.contains(['e', 'E']) {
                return number.parse::<f64>().ok().map(|number| number / 100.0);
            } else {
                format!("{number}e-2")
            };
            shifted.parse().ok()
        }
        None => number(text, Grouping::Unlikely),
    }
}

/// Months as English, German and French begin them.
const MONTHS: [(&str, i8); 24] = [
    ("jan", 1),
    ("feb", 2),
    ("fev", 2),
    ("mar", 3),
    ("mrz", 3),
    ("apr", 4),
    ("avr", 4),
    ("may", 5),
    ("mai", 5),
    ("jun", 6),
    ("juin", 6),
    ("jul", 7),
    ("juil", 7),
    ("aug", 8),
    ("aou", 8),
    ("sep", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
    ("janv", 1),
    ("fevr", 2),
    ("sept", 9),
];

/// A day: `2026-01-05`, `5.1.2026`, `31/01/2026`, `5 January 2026`, with or without a time behind it.
///
/// # Errors
/// When it is none, or could be two (5/1/2026): what to write instead.
pub(crate) fn day(text: &str) -> Result<Day, String> {
    let refuse = || format!("a date is written like 2026-01-05, not {text:?}");
    let bare = text.trim().trim_end_matches('Z');
    let bare = bare
        .split_once('T')
        .filter(|(date, _)| date.len() == 10)
        .map_or(bare, |(date, _)| date);
    let bare = bare
        .split_once(' ')
        .filter(|(_, time)| time.contains(':'))
        .map_or(bare, |(date, _)| date);
    if let Ok(day) = bare.parse() {
        return Ok(day);
    }
    let parts: Vec<String> = crate::fold::fold(bare)
        .split(' ')
        .map(str::to_owned)
        .collect();
    let [first, second, third] = parts.as_slice() else {
        return Err(refuse());
    };
    let whole = |part: &str| {
        part.trim_end_matches(|letter: char| letter.is_alphabetic())
            .parse::<i16>()
            .ok()
    };
    let month = |part: &str| {
        let found = MONTHS
            .iter()
            .filter(|(name, _)| part.starts_with(name))
            .max_by_key(|(name, _)| name.len());
        found.map(|(_, month)| i16::from(*month))
    };
    if let (Some(day), Some(month), Some(year)) = (whole(first), month(second), whole(third)) {
        return date(year, month, day).ok_or_else(refuse);
    }
    if let (Some(month), Some(day), Some(year)) = (month(first), whole(second), whole(third)) {
        return date(year, month, day).ok_or_else(refuse);
    }
    let (Some(first_number), Some(second_number), Some(third_number)) =
        (whole(first), whole(second), whole(third))
    else {
        return Err(refuse());
    };
    if first.len() == 4 {
        return date(first_number, second_number, third_number).ok_or_else(refuse);
    }
    // With points the day comes first everywhere; with slashes and hyphens countries differ.
    let day_first = bare.contains('.') || first_number > 12 || first_number == second_number;
    if !day_first && second_number <= 12 {
        return Err(format!(
            "{text:?} can be two days; write it like 2026-01-05"
        ));
    }
    let (day, month) = if day_first {
        (first_number, second_number)
    } else {
        (second_number, first_number)
    };
    date(third_number, month, day).ok_or_else(refuse)
}

/// Two digits of a year are of this century.
fn date(year: i16, month: i16, day: i16) -> Option<Day> {
    let year = if (0..100).contains(&year) {
        2000 + year
    } else {
        year
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        .ok()
        .map(Day::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn money_is_read_as_people_write_it() {
        let cases = [
            ("20000", 20_000.0),
            ("20,000.50", 20_000.5),
            ("20.000,50 €", 20_000.5),
            ("€20k", 20_000.0),
            ("EUR 1.2 m", 1_200_000.0),
            ("20'000", 20_000.0),
            ("20 000", 20_000.0),
            ("1 234 567,50 €", 1_234_567.5),
            ("- 5", -5.0),
            ("1.250", 1_250.0),
            ("1,250", 1_250.0),
            ("12,5", 12.5),
            ("0.5", 0.5),
            ("1.234.567", 1_234_567.0),
            ("$1,234", 1_234.0),
            ("3 Mio. €", 3_000_000.0),
            ("100.- CHF", 100.0),
            ("2bn", 2e9),
            ("-5", -5.0),
        ];
        for (text, value) in cases {
            assert_eq!(amount(text), Some(value), "{text}");
        }
        for text in [
            "",
            "many",
            "1.2.3",
            "1,23,456.5x",
            "k",
            "20..0",
            "--5",
            "€",
            "1,2345,678",
            "inf",
            "NaN",
            "10 20",
            "1 2 3",
            "1234 567",
            "0 500",
            "1.5 000",
        ] {
            assert_eq!(amount(text), None, "{text}");
        }
    }

    #[test]
    fn shares_are_read_as_people_write_them() {
        for (text, value) in [
            ("2 %", 0.02),
            ("2,5%", 0.025),
            ("0.125", 0.125),
            ("2.3%", 0.023),
            ("1e-3", 0.001),
            (".5", 0.5),
        ] {
            assert_eq!(percentage(text), Some(value), "{text}");
        }
    }

    #[test]
    fn days_are_read_and_doubtful_ones_refused() {
        let cases = [
            "2026-01-31",
            "31.1.2026",
            "31/01/2026",
            "1/31/2026",
            "31 Jan 2026",
            "January 31, 2026",
            "31. Januar 26",
            "2026/1/31",
            "2026-01-31T10:00:00Z",
            "2026-01-31 00:00:00",
            "31 janvier 2026",
        ];
        for text in cases {
            assert_eq!(
                day(text).map(|day| day.to_string()),
                Ok("2026-01-31".to_owned()),
                "{text}"
            );
        }
        assert!(day("5/1/2026").is_err_and(|reason| reason.contains("two days")));
        for text in ["", "soon", "2026-02-30", "32.1.2026", "1.2"] {
            assert!(day(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_plainly_is_read_exactly(value in 0_u32..4_000_000_000) {
            let number = f64::from(value) / 100.0;
            prop_assert_eq!(amount(&number.to_string()), Some(number));
        }

        #[test]
        fn any_text_is_a_number_or_none(text in "[0-9.,'e%€kKm +-]{0,12}") {
            let _ = (amount(&text), percentage(&text), day(&text));
        }
    }
}
