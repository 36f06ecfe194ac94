//! The blueprint: every asset with what it costs to make and to run, who looks after it and when it is live; sums per
//! stage, channel and person; the calendar.

use backcast_model::{Day, Money, Touchpoint};
use backcast_render::document::{Block, Column, Level, Row, RowKind, Table, Text};
use indexmap::IndexMap;

use super::reading::Reading;
use super::words::Purse;
use super::{Builder, facts, words};

/// How many touchpoints are named before the rest is only counted.
const MOST_NAMES: usize = 20;

/// What assets cost together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sum {
    assets: usize,
    /// Hundredths of the currency's unit.
    media: i64,
    production: i64,
}

impl Sum {
    fn of<'a>(touchpoints: impl IntoIterator<Item = &'a Touchpoint>) -> Self {
        let hundredths = |money: Option<Money>| money.map_or(0, Money::hundredths);
        touchpoints
            .into_iter()
            .fold(Self::default(), |sum, one| Self {
                assets: sum.assets + 1,
                media: sum.media.saturating_add(hundredths(one.budget)),
                production: sum
                    .production
                    .saturating_add(hundredths(one.production_budget)),
            })
    }

    const fn total(self) -> i64 {
        self.media.saturating_add(self.production)
    }
}

/// The document's blocks.
pub(super) fn blocks(builder: &Builder<'_>) -> Vec<Block> {
    let reading = &builder.reading;
    let all = Sum::of(reading.touchpoints());
    let mut blocks = about(reading, all);
    blocks.extend(assets(reading, all));
    if all.total() > 0 {
        blocks.extend(by_stage(reading, all));
        blocks.extend(by_name(reading, all, "By channel", "Channel", &|one| {
            reading.channel(one)
        }));
        blocks.extend(by_name(
            reading,
            all,
            "By person",
            "Looked after by",
            &|one| words::said(one.owner.as_deref()),
        ));
    }
    blocks.extend(calendar(reading));
    blocks.extend(to_state(reading, all));
    blocks
}

fn about(reading: &Reading<'_>, all: Sum) -> Vec<Block> {
    let properties = &reading.map().properties;
    let purse = reading.purse();
    let sum = |hundredths: i64| {
        if hundredths == 0 {
            String::new()
        } else {
            purse.told(hundredths)
        }
    };
    let span = match (properties.starts_on, properties.ends_on) {
        (Some(first), Some(last)) if first <= last => words::days(first, last),
        _ => String::new(),
    };
    let total = if all.total() == 0 {
        "not stated".to_owned()
    } else {
        purse.told(all.total())
    };
    let both = all.media > 0 && all.production > 0;
    facts([
        ("Budget", total),
        (
            "of which media",
            if both { sum(all.media) } else { String::new() },
        ),
        (
            "of which production",
            if both {
                sum(all.production)
            } else {
                String::new()
            },
        ),
        ("Assets", all.assets.to_string()),
        ("Dates", span),
    ])
}

fn assets(reading: &Reading<'_>, all: Sum) -> Vec<Block> {
    if all.assets == 0 {
        return Vec::new();
    }
    let mut table = Table::of(vec![
        Column::words("Asset", 2.6),
        Column::words("Channel", 1.7),
        Column::words("Looked after by", 1.5),
        Column::words("Live", 2.0),
        Column::figures("Media", 1.2),
        Column::figures("Production", 1.2),
        Column::figures("Together", 1.3),
    ]);
    let purse = reading.purse();
    let stages = reading.stages();
    let several = stages
        .iter()
        .filter(|stage| !stage.touchpoints.is_empty())
        .count()
        > 1;
    for stage in stages.iter().filter(|stage| !stage.touchpoints.is_empty()) {
        if several {
            table.push(RowKind::Group, vec![Text::plain(stage.name)]);
        }
        for touchpoint in &stage.touchpoints {
            table.push(RowKind::Plain, asset(reading, touchpoint));
        }
        let sum = Sum::of(stage.touchpoints.iter().copied());
        if several && sum.total() > 0 && stage.touchpoints.len() > 1 {
            let name = format!("{} together", stage.name);
            table.push(RowKind::Sum, sum_cells(&name, sum, purse));
        }
    }
    if all.total() > 0 {
        table.push(RowKind::Sum, sum_cells("Everything", all, purse));
    }
    if all.media == 0 || all.production == 0 {
        // Where only one kind of money is stated, what things cost together says the same again.
        blank_last(&mut table.rows);
    }
    vec![
        Block::Heading(Level::Section, Text::plain("Every asset")),
        Block::Table(table.without_empty_columns(&[0])),
    ]
}

fn blank_last(rows: &mut [Row]) {
    for row in rows {
        if let Some(cell) = row.cells.last_mut() {
            *cell = Text::default();
        }
    }
}

fn asset(reading: &Reading<'_>, touchpoint: &Touchpoint) -> Vec<Text> {
    let purse = reading.purse();
    let sum = Sum::of([touchpoint]);
    let stated = touchpoint.budget.is_some() || touchpoint.production_budget.is_some();
    let together = if stated {
        purse.told(sum.total())
    } else {
        String::new()
    };
    vec![
        Text::plain(&touchpoint.name),
        Text::plain(&reading.channel(touchpoint)),
        Text::plain(&words::said(touchpoint.owner.as_deref())),
        Text::plain(&words::flights(touchpoint)),
        Text::plain(&purse.told_of(touchpoint.budget)),
        Text::plain(&purse.told_of(touchpoint.production_budget)),
        Text::plain(&together),
    ]
}

fn sum_cells(name: &str, sum: Sum, purse: Purse<'_>) -> Vec<Text> {
    let figure = |hundredths| Text::plain(&purse.figure(hundredths));
    vec![
        Text::plain(name),
        Text::default(),
        Text::default(),
        Text::default(),
        figure(sum.media),
        figure(sum.production),
        figure(sum.total()),
    ]
}

fn by_stage(reading: &Reading<'_>, all: Sum) -> Vec<Block> {
    let stages = reading.stages();
    let used = stages.iter().filter(|stage| !stage.touchpoints.is_empty());
    let rows: Vec<_> = used
        .map(|stage| {
            let sum = Sum::of(stage.touchpoints.iter().copied());
            (stage.name.to_owned(), sum)
        })
        .collect();
    shares("By stage", "Stage", &rows, all, reading.purse())
}

/// Sums by what `name` says of an asset, the largest first.
fn by_name(
    reading: &Reading<'_>,
    all: Sum,
    heading: &str,
    column: &str,
    name: &dyn Fn(&Touchpoint) -> String,
) -> Vec<Block> {
    let mut groups: IndexMap<String, Vec<&Touchpoint>> = IndexMap::new();
    for touchpoint in reading.touchpoints() {
        groups.entry(name(touchpoint)).or_default().push(touchpoint);
    }
    if groups.keys().all(String::is_empty) {
        return Vec::new();
    }
    let mut rows: Vec<(String, Sum)> = groups
        .into_iter()
        .map(|(name, those)| (name, Sum::of(those)))
        .filter(|(name, sum)| !name.is_empty() || sum.total() > 0)
        .collect();
    rows.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.total()));
    for (name, _) in &mut rows {
        if name.is_empty() {
            "not stated".clone_into(name);
        }
    }
    shares(heading, column, &rows, all, reading.purse())
}

fn shares(
    heading: &str,
    column: &str,
    rows: &[(String, Sum)],
    all: Sum,
    purse: Purse<'_>,
) -> Vec<Block> {
    let mut table = Table::of(vec![
        Column::words(column, 3.0),
        Column::figures("Assets", 0.9),
        Column::figures("Media", 1.3),
        Column::figures("Production", 1.3),
        Column::figures("Together", 1.3),
        Column::figures("Share", 1.0),
    ]);
    let (media, production) = (all.media > 0, all.production > 0);
    let figure = |hundredths: i64, shown: bool| {
        if shown {
            Text::plain(&purse.figure(hundredths))
        } else {
            Text::default()
        }
    };
    let cells = |name: &str, sum: Sum| {
        let share = sum.total() as f64 / all.total() as f64;
        vec![
            Text::plain(name),
            Text::plain(&sum.assets.to_string()),
            figure(sum.media, media),
            figure(sum.production, production),
            figure(sum.total(), media && production),
            Text::plain(&words::percent(share)),
        ]
    };
    for (name, sum) in rows {
        table.push(RowKind::Plain, cells(name, *sum));
    }
    table.push(RowKind::Sum, cells("Everything", all));
    vec![
        Block::Heading(Level::Section, Text::plain(heading)),
        Block::Table(table.without_empty_columns(&[0])),
    ]
}

fn calendar(reading: &Reading<'_>) -> Vec<Block> {
    let mut flights: Vec<(Day, Day, &Touchpoint)> = reading
        .touchpoints()
        .flat_map(|one| one.flights.iter().map(move |(from, to)| (*from, *to, one)))
        .collect();
    flights.sort_by_key(|(first, last, _)| (*first, *last));
    if flights.is_empty() {
        return Vec::new();
    }
    let mut table = Table::of(vec![
        Column::words("Live", 2.4),
        Column::figures("Days", 0.7),
        Column::words("Asset", 2.6),
        Column::words("Stage", 1.5),
        Column::words("Looked after by", 1.5),
    ]);
    for (first, last, touchpoint) in flights {
        table.push(
            RowKind::Plain,
            vec![
                Text::plain(&words::days_short(first, last)),
                Text::plain(&words::length(first, last).to_string()),
                Text::plain(&touchpoint.name),
                Text::plain(reading.stage(touchpoint)),
                Text::plain(&words::said(touchpoint.owner.as_deref())),
            ],
        );
    }
    vec![
        Block::Heading(Level::Section, Text::plain("Calendar")),
        Block::Table(table.without_empty_columns(&[0, 2])),
    ]
}

/// What is stated of some assets and lacks of others.
fn to_state(reading: &Reading<'_>, all: Sum) -> Vec<Block> {
    let lacking = |lacks: &dyn Fn(&Touchpoint) -> bool| {
        let those: Vec<_> = reading
            .touchpoints()
            .filter(|one| lacks(one))
            .map(|one| words::said(Some(&one.name)))
            .collect();
        let in_use = those.len() < all.assets && !those.is_empty();
        in_use.then_some(those)
    };
    let points = [
        (
            "What these cost",
            lacking(&|one| one.budget.is_none() && one.production_budget.is_none()),
        ),
        ("Who looks after these", lacking(&|one| one.owner.is_none())),
        (
            "When these are live",
            lacking(&|one| one.flights.is_empty()),
        ),
    ];
    let told: Vec<Text> = points
        .into_iter()
        .filter_map(|(what, names)| {
            let mut names = names?;
            let more = names.len().saturating_sub(MOST_NAMES);
            names.truncate(MOST_NAMES);
            if more > 0 {
                names.push(format!("{more} more"));
            }
            let names = format!(": {}.", words::listed(&names));
            Some(Text::strong(what).and(&names))
        })
        .collect();
    if told.is_empty() {
        return Vec::new();
    }
    vec![
        Block::Heading(Level::Section, Text::plain("Still to be stated")),
        Block::List(told),
    ]
}
