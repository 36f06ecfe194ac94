//! Checked numbers and dates: what cannot be meant cannot be held. Each type refuses non-finite and out-of-range
//! input when it is made, so nothing further in has to ask. No arithmetic lives here.

use std::cmp::Ordering;
use std::fmt;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Largest whole number that a JSON reader with double-precision numbers keeps exactly (2⁵³ − 1).
const LARGEST_WHOLE: f64 = 9_007_199_254_740_991.0;

/// A finite number that compares and hashes; −0 counts as 0. Private: the public types say what they measure.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Finite(f64);

impl Eq for Finite {}

impl PartialOrd for Finite {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Finite {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Finite {
    fn within(value: f64, low: f64, high: f64, what: &str) -> Result<Self, String> {
        if value.is_finite() && (low..=high).contains(&value) {
            return Ok(Self(value + 0.0));
        }
        Err(format!("{what}, not {value}"))
    }
}

/// Whole numbers are written without a fraction, so that `3` stays `3`.
fn serialize_shortest<S: Serializer>(value: f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && value.abs() <= LARGEST_WHOLE {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole and below 2^53, so exact"
        )]
        return serializer.serialize_i64(value as i64);
    }
    serializer.serialize_f64(value)
}

/// A share of people: 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(Finite);

impl Rate {
    /// # Errors
    /// When `value` is not a number from 0 to 1.
    pub fn new(value: f64) -> Result<Self, String> {
        Finite::within(value, 0.0, 1.0, "a rate is a number from 0 to 1").map(Self)
    }

    /// The share, 0 to 1.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0.0
    }
}

/// A rate as one figure or as low, likely and high.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateEstimate {
    /// One figure.
    Point(Rate),
    /// Low ≤ likely ≤ high.
    Range {
        /// At worst.
        low: Rate,
        /// Most likely.
        likely: Rate,
        /// At best.
        high: Rate,
    },
}

impl RateEstimate {
    /// The figure to reckon with when only one is wanted.
    #[must_use]
    pub const fn likely(self) -> Rate {
        match self {
            Self::Point(rate) => rate,
            Self::Range { likely, .. } => likely,
        }
    }

    /// Low, likely, high.
    #[must_use]
    pub const fn range(self) -> [Rate; 3] {
        match self {
            Self::Point(rate) => [rate, rate, rate],
            Self::Range { low, likely, high } => [low, likely, high],
        }
    }
}

/// Days that pass; not negative. Fractions are allowed (half a day).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days(Finite);

impl Days {
    /// # Errors
    /// When `value` is negative, not finite or longer than a thousand years.
    pub fn new(value: f64) -> Result<Self, String> {
        Finite::within(value, 0.0, 365_250.0, "days are a number from 0 to 365250").map(Self)
    }

    /// The number of days.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0.0
    }
}

/// Money in hundredths of the map's currency unit; not negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(i64);

impl Money {
    /// Money from an amount of the currency's unit: 12.5 is 1250 hundredths.
    ///
    /// # Errors
    /// When `amount` is negative, not finite, above 90 billion, or has more than two decimals.
    pub fn from_amount(amount: f64) -> Result<Self, String> {
        const WHAT: &str = "money is a number from 0 to 90000000000000 with at most two decimals";
        let checked = Finite::within(amount, 0.0, LARGEST_WHOLE / 100.0, WHAT)?;
        let hundredths = (checked.0 * 100.0).round();
        if (hundredths / 100.0 - checked.0).abs() > f64::EPSILON * checked.0 {
            return Err(format!("{WHAT}, not {amount}"));
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole and below 2^53, so exact"
        )]
        Ok(Self(hundredths as i64))
    }

    /// Money from hundredths, as the project file keeps it.
    ///
    /// # Errors
    /// When `hundredths` is negative or above 2⁵³.
    pub fn from_hundredths(hundredths: i64) -> Result<Self, String> {
        if (0..=9_007_199_254_740_991).contains(&hundredths) {
            return Ok(Self(hundredths));
        }
        Err(format!(
            "money is not negative, so not {hundredths} hundredths"
        ))
    }

    /// Hundredths of the currency's unit.
    #[must_use]
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// The amount in the currency's unit.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "below 2^53, so exact")]
    pub fn amount(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

/// People counted; a whole number from 0 to 2⁵³ − 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(u64);

impl Count {
    /// # Errors
    /// When `value` is not a whole number from 0 to 2⁵³ − 1.
    pub fn new(value: f64) -> Result<Self, String> {
        const WHAT: &str = "a count is a whole number, 0 or more";
        let checked = Finite::within(value, 0.0, LARGEST_WHOLE, WHAT)?;
        if checked.0.fract() != 0.0 {
            return Err(format!("{WHAT}, not {value}"));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole, not negative, below 2^53"
        )]
        Ok(Self(checked.0 as u64))
    }

    /// The number of people.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The number of people as a double-precision number, which holds every count exactly.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "below 2^53, so exact")]
    pub const fn as_number(self) -> f64 {
        self.0 as f64
    }
}

/// Where a planner put a touchpoint: the top-left corner in map units, each within ± 10 million.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    x: Finite,
    y: Finite,
}

impl Position {
    /// # Errors
    /// When a coordinate is not finite or beyond ± 10 million.
    pub fn new(x: f64, y: f64) -> Result<Self, String> {
        let check = |value| {
            Finite::within(
                value,
                -1e7,
                1e7,
                "a position is two numbers within ± 10000000",
            )
        };
        Ok(Self {
            x: check(x)?,
            y: check(y)?,
        })
    }

    /// Map units from the left.
    #[must_use]
    pub const fn x(self) -> f64 {
        self.x.0
    }

    /// Map units from the top.
    #[must_use]
    pub const fn y(self) -> f64 {
        self.y.0
    }
}

/// A calendar day, written `2026-01-05`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day in the ISO calendar.
    #[must_use]
    pub const fn date(self) -> Date {
        self.0
    }

    /// The Monday of this day's week.
    #[must_use]
    pub fn monday(self) -> Self {
        let back = self.0.weekday().since(Weekday::Monday);
        Self(self.0.saturating_sub(jiff::Span::new().days(back)))
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(date)
    }
}

impl std::str::FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // jiff also reads date-times and short forms; the text form has exactly one spelling.
        let refuse = || format!("a date is written like 2026-01-05, not {text:?}");
        let date: Date = text.parse().map_err(|_| refuse())?;
        if date.to_string() == text {
            Ok(Self(date))
        } else {
            Err(refuse())
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

macro_rules! serde_by_number {
    ($($name:ident: $read:path, $write:path;)+) => { $(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize_shortest($write(*self), serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $read(f64::deserialize(deserializer)?).map_err(de::Error::custom)
            }
        }
    )+ };
}

serde_by_number! {
    Rate: Rate::new, Rate::get;
    Days: Days::new, Days::get;
    Money: Money::from_amount, Money::amount;
    Count: Count::new, Count::as_number;
}

impl Serialize for RateEstimate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Point(rate) => rate.serialize(serializer),
            Self::Range { low, likely, high } => [low, likely, high].serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for RateEstimate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let refuse = |_| de::Error::custom("a rate is one number, or three: low, likely, high");
        let value = serde_json::Value::deserialize(deserializer)?;
        if value.is_array() {
            let [low, likely, high] = serde_json::from_value::<[f64; 3]>(value).map_err(refuse)?;
            let rate = |value| Rate::new(value).map_err(de::Error::custom);
            let (low, likely, high) = (rate(low)?, rate(likely)?, rate(high)?);
            if low <= likely && likely <= high {
                return Ok(Self::Range { low, likely, high });
            }
            return Err(de::Error::custom(
                "a rate's three numbers rise: low, likely, high",
            ));
        }
        let point = serde_json::from_value::<f64>(value).map_err(refuse)?;
        Rate::new(point).map(Self::Point).map_err(de::Error::custom)
    }
}

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.x(), self.y()].serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let [x, y] = <[f64; 2]>::deserialize(deserializer)?;
        Self::new(x, y).map_err(de::Error::custom)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_outside_their_range_are_refused() {
        for value in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert!(Rate::new(value).is_err(), "{value}");
        }
        for value in [-1.0, 0.001, f64::NAN, 1e300] {
            assert!(Money::from_amount(value).is_err(), "{value}");
        }
        for value in [-1.0, 1.5, f64::NAN, 1e300] {
            assert!(Count::new(value).is_err(), "{value}");
        }
        assert!(Position::new(f64::NAN, 0.0).is_err());
        assert!(Days::new(-1.0).is_err());
    }

    #[test]
    fn money_keeps_every_cent() {
        for hundredths in [0, 1, 10, 99, 12_345_678_901, 9_007_199_254_740_991] {
            let money = Money::from_hundredths(hundredths).unwrap();
            assert_eq!(Money::from_amount(money.amount()).unwrap(), money);
        }
    }

    #[test]
    fn whole_numbers_are_written_without_a_fraction() {
        assert_eq!(
            serde_json::to_string(&Money::from_amount(20_000.0).unwrap()).unwrap(),
            "20000"
        );
        assert_eq!(
            serde_json::to_string(&Days::new(0.5).unwrap()).unwrap(),
            "0.5"
        );
    }

    #[test]
    fn only_one_spelling_of_a_date_is_read() {
        assert_eq!(
            "2026-02-28".parse::<Day>().unwrap().monday().to_string(),
            "2026-02-23"
        );
        for text in ["2026-02-30", "20260105", "2026-01-05T10:00:00", "soon", ""] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_range_of_rates_rises() {
        let read = |text: &str| serde_json::from_str::<RateEstimate>(text);
        assert_eq!(
            read("[0.01,0.02,0.04]").unwrap().likely(),
            Rate::new(0.02).unwrap()
        );
        for text in ["[0.2,0.1,0.3]", "[0.1,0.2]", "\"0.1\"", "2"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
