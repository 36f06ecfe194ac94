//! Days, sums and word lists as a planner would write them in a paper for a client.

use backcast_layout::Grouping;
use backcast_model::catalog::Catalog;
use backcast_model::{
    Count, Day, EvidenceLevel, Horizon, LinkKind, Map, Media, Metric, Moment, Money, Ownership,
    Rate, SellingIntensity, Status, Touchpoint,
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day: 5 January 2026.
pub(crate) fn day(day: Day) -> String {
    format!("{} {}", without_year(day), day.date().year())
}

fn without_year(day: Day) -> String {
    let date = day.date();
    let month = usize::try_from(date.month()).unwrap_or(1);
    let name = MONTHS.get(month.saturating_sub(1)).unwrap_or(&"");
    format!("{} {name}", date.day())
}

/// Days from one to another, as short as it is clear: 5 – 29 March 2026.
pub(crate) fn days(first: Day, last: Day) -> String {
    let (one, other) = (first.date(), last.date());
    if one == other {
        return day(first);
    }
    if one.year() != other.year() {
        return format!("{} \u{2013} {}", day(first), day(last));
    }
    if one.month() != other.month() {
        return format!("{} \u{2013} {}", without_year(first), day(last));
    }
    format!("{} \u{2013} {}", one.day(), day(last))
}

/// The same with short months, for tables: 5 Jan \u{2013} 1 Feb 2026.
pub(crate) fn days_short(first: Day, last: Day) -> String {
    let long = days(first, last);
    MONTHS.iter().fold(long, |told, month| {
        told.replace(month, month.get(..3).unwrap_or(month))
    })
}

/// How many days a flight is long, both ends counted.
pub(crate) fn length(first: Day, last: Day) -> i64 {
    let since = last.date().since(first.date());
    since.map_or(0, |span| i64::from(span.get_days())) + 1
}

/// How sums of one map are written: its currency, and hundredths in all of them where any has some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Purse<'a> {
    currency: Option<&'a str>,
    hundredths: bool,
}

impl<'a> Purse<'a> {
    /// For these sums.
    pub(crate) fn of(currency: Option<&'a str>, mut sums: impl Iterator<Item = Money>) -> Self {
        Self {
            currency: currency.map(str::trim).filter(|code| !code.is_empty()),
            hundredths: sums.any(|sum| sum.hundredths() % 100 != 0),
        }
    }

    /// A sum with its currency: \u{20ac}20,000.
    pub(crate) fn told(self, hundredths: i64) -> String {
        let sign = if hundredths < 0 { "\u{2212}" } else { "" };
        let mut figure = thousands(hundredths.unsigned_abs() / 100);
        if self.hundredths {
            figure.push_str(&format!(".{:02}", hundredths.unsigned_abs() % 100));
        }
        match self.currency {
            Some("EUR") => format!("{sign}\u{20ac}{figure}"),
            Some("GBP") => format!("{sign}\u{a3}{figure}"),
            Some("USD") => format!("{sign}${figure}"),
            Some("JPY") => format!("{sign}\u{a5}{figure}"),
            Some(code) => format!("{sign}{code} {figure}"),
            None => format!("{sign}{figure}"),
        }
    }

    /// A sum that may be missing; nothing then.
    pub(crate) fn told_of(self, sum: Option<Money>) -> String {
        sum.map_or_else(String::new, |sum| self.told(sum.hundredths()))
    }

    /// A sum in a table, where nothing is a dash.
    pub(crate) fn figure(self, hundredths: i64) -> String {
        if hundredths == 0 {
            "\u{2013}".to_owned()
        } else {
            self.told(hundredths)
        }
    }
}

/// A whole number with its thousands apart.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count of people.
pub(crate) fn people(count: Count) -> String {
    thousands(count.get())
}

/// A number without a needless fraction.
pub(crate) fn number(value: f64) -> String {
    format!("{}", (value * 10.0).round() / 10.0)
}

/// A share as per cent, with a decimal where it is small.
pub(crate) fn percent(share: f64) -> String {
    format!("{} %", number(share * 100.0))
}

/// A rate as per cent; rates are small, so two decimals.
pub(crate) fn rate(rate: Rate) -> String {
    format!("{} %", (rate.get() * 10_000.0).round() / 100.0)
}

/// Things as one would say them: a, b and c.
pub(crate) fn listed<S: AsRef<str>>(things: &[S]) -> String {
    match things {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [others @ .., last] => {
            let others: Vec<_> = others.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", others.join(", "), last.as_ref())
        }
    }
}

/// A number of things: 1 link, 2 links.
pub(crate) fn counted(count: usize, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

/// The same with a large first letter.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A text of somebody's own, on one line.
pub(crate) fn said(text: Option<&str>) -> String {
    let words: Vec<_> = text.unwrap_or_default().split_whitespace().collect();
    words.join(" ")
}

/// A text between quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    format!("\u{201c}{text}\u{201d}")
}

/// What a channel is called: its name in the catalogue, or the planner's own words.
pub(crate) fn channel(catalog: &Catalog, id: &str) -> String {
    let known = catalog.channel(id).map(|channel| channel.name.clone());
    known.unwrap_or_else(|| said(Some(id)))
}

/// What a device is called.
pub(crate) fn device(id: &str) -> String {
    if id.eq_ignore_ascii_case("tv") {
        "TV".to_owned()
    } else {
        said(Some(id)).replace('_', " ")
    }
}

/// What a stage is there for.
pub(crate) const fn job(moment: Moment) -> &'static str {
    match moment {
        Moment::Unaware => "Make the need felt by people who do not know it yet.",
        Moment::Aware => "Be noticed and remembered.",
        Moment::Considering => "Help people think it over.",
        Moment::Evaluating => "Give people what they need to decide.",
        Moment::Buying => "Make the step itself easy.",
        Moment::Using => "Help people get what they came for.",
        Moment::Loyal => "Give people a reason to come back.",
        Moment::Advocating => "Give people something to pass on.",
    }
}

/// When an audience is ready to buy.
pub(crate) const fn horizon(horizon: Horizon) -> &'static str {
    match horizon {
        Horizon::Now => "now",
        Horizon::ThreeToSixMonths => "in three to six months",
        Horizon::Later => "later",
    }
}

/// What success is counted in.
pub(crate) const fn metric(metric: Metric) -> &'static str {
    match metric {
        Metric::Reach => "people reached",
        Metric::Click => "clicks",
        Metric::Lead => "leads",
        Metric::Sale => "sales",
        Metric::Retention => "customers who stay",
    }
}

/// Who controls a touchpoint.
pub(crate) const fn ownership(ownership: Ownership) -> &'static str {
    match ownership {
        Ownership::Brand => "the brand\u{2019}s own",
        Ownership::Partner => "a partner\u{2019}s",
        Ownership::Customer => "customers\u{2019} own",
        Ownership::Independent => "independent",
    }
}

/// What the touchpoints of a lane have in common, as the layout names it; `None`: nothing of the kind.
pub(crate) fn lane(map: &Map, by: Grouping, name: Option<&str>) -> String {
    let Some(name) = name else {
        return format!("No {}", by.as_str().replace('-', " "));
    };
    match by {
        Grouping::ChannelGroup => name.to_owned(),
        Grouping::Audience => {
            let audience = map.audiences.get(name);
            audience.map_or_else(|| name.to_owned(), |audience| audience.name.clone())
        }
        Grouping::Ownership | Grouping::Media => {
            let mut letters = name.chars();
            let first: Vec<char> = letters
                .next()
                .map(char::to_uppercase)
                .into_iter()
                .flatten()
                .collect();
            first.into_iter().chain(letters).collect()
        }
    }
}

/// Paid, earned, shared, owned.
pub(crate) fn media(media: &[Media]) -> String {
    listed(&media.iter().map(|one| one.as_str()).collect::<Vec<_>>())
}

/// Where a touchpoint stands in its own life.
pub(crate) const fn status(status: Status) -> &'static str {
    match status {
        Status::Planned => "planned",
        Status::Live => "live",
        Status::Changing => "live, being rebuilt",
        Status::Stopped => "stopped",
    }
}

/// How hard a touchpoint sells.
pub(crate) const fn selling(intensity: SellingIntensity) -> &'static str {
    match intensity {
        SellingIntensity::Low => "it helps and does not ask",
        SellingIntensity::Medium => "it asks",
        SellingIntensity::High => "it presses",
    }
}

/// How well founded figures are.
pub(crate) const fn evidence(level: EvidenceLevel) -> &'static str {
    match level {
        EvidenceLevel::Assumed => "assumed",
        EvidenceLevel::Researched => "from studies",
        EvidenceLevel::Measured => "measured",
    }
}

/// How people take a link, where that is not plain.
pub(crate) const fn link_kind(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Link => "",
        LinkKind::Search => "they search",
        LinkKind::WordOfMouth => "somebody tells them",
        LinkKind::HandOff => "staff pass them on",
        LinkKind::Retargeting => "an advertisement follows them",
        LinkKind::Loop => "it leads back to an earlier step",
        LinkKind::Leakage => "they are lost this way",
    }
}

/// When a touchpoint is live.
pub(crate) fn flights(touchpoint: &Touchpoint) -> String {
    let told: Vec<_> = touchpoint
        .flights
        .iter()
        .map(|(first, last)| days_short(*first, *last))
        .collect();
    told.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_told_as_short_as_they_are_clear() {
        for (first, last, told) in [
            ("2026-01-05", "2026-01-05", "5 January 2026"),
            ("2026-03-05", "2026-03-29", "5 \u{2013} 29 March 2026"),
            (
                "2026-01-05",
                "2026-03-29",
                "5 January \u{2013} 29 March 2026",
            ),
            (
                "2025-12-05",
                "2026-03-29",
                "5 December 2025 \u{2013} 29 March 2026",
            ),
        ] {
            assert_eq!(days(at(first), at(last)), told);
        }
        assert_eq!(length(at("2026-02-27"), at("2026-03-02")), 4);
    }

    #[test]
    fn sums_carry_their_currency() {
        let purse = |currency, sums: &[f64]| {
            let sums = sums.iter().map(|sum| Money::from_amount(*sum).unwrap());
            Purse::of(currency, sums.collect::<Vec<_>>().into_iter())
        };
        assert_eq!(
            purse(Some("EUR"), &[20_000.0]).told(2_000_000),
            "\u{20ac}20,000"
        );
        let odd = purse(Some("CHF"), &[0.5, 20_000.0]);
        assert_eq!(odd.told(123_456_789), "CHF 1,234,567.89");
        assert_eq!(odd.told(2_000_000), "CHF 20,000.00");
        assert_eq!(purse(None, &[]).told(5_000), "50");
        assert_eq!(percent(0.645), "64.5 %");
    }
}
