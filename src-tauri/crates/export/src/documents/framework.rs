//! The comms framework: what is to be reached, for whom, what each stage is there for and what it says, and how people
//! get to where they should end up.

use backcast_model::{Audience, Touchpoint};
use backcast_render::document::{Block, Column, Level, RowKind, Table, Text};

use super::reading::{Reading, StageReading};
use super::{Builder, facts, ways, words};

/// The most touchpoints of a map that is still readable on a page.
const MOST_ON_A_PAGE: usize = 40;

/// The document's blocks.
pub(super) fn blocks(builder: &Builder<'_>) -> Vec<Block> {
    let reading = &builder.reading;
    let mut blocks = about(reading);
    let readable = reading.touchpoints().count() <= MOST_ON_A_PAGE;
    if readable && let Some(picture) = builder.pictures.whole(reading) {
        blocks.push(Block::Figure(picture));
    }
    blocks.extend(audiences(reading));
    blocks.extend(destinations(reading));
    blocks.extend(stages(reading));
    blocks.extend(ways::section(reading));
    blocks.extend(gaps(reading));
    blocks
}

/// What the campaign says of itself.
fn about(reading: &Reading<'_>) -> Vec<Block> {
    let properties = &reading.map().properties;
    let span = match (properties.starts_on, properties.ends_on) {
        (Some(first), Some(last)) if first <= last => words::days(first, last),
        (Some(first), None) => format!("from {}", words::day(first)),
        (None, Some(last)) => format!("until {}", words::day(last)),
        _ => String::new(),
    };
    let framework = properties.framework.as_deref();
    let framework = framework.map(|id| {
        let known = reading.catalog().framework(id);
        known.map_or_else(|| words::said(Some(id)), |known| known.name.clone())
    });
    facts([
        // What people are to get done and what the campaign is to reach are what all else hangs on.
        ("What people want done", stated(properties.theme.as_deref())),
        (
            "What the campaign is to reach",
            stated(properties.objective.as_deref()),
        ),
        ("Dates", span),
        ("Journey", framework.unwrap_or_default()),
    ])
}

fn stated(text: Option<&str>) -> String {
    let text = words::said(text);
    if text.is_empty() {
        "not stated".to_owned()
    } else {
        text
    }
}

fn audiences(reading: &Reading<'_>) -> Vec<Block> {
    let map = reading.map();
    let named = |audience: &&Audience| {
        !reading.is_part()
            || reading
                .touchpoints()
                .any(|touchpoint| touchpoint.audiences.contains(&audience.id))
    };
    let mut table = Table::of(vec![
        Column::words("Audience", 2.2),
        Column::words("What they want", 2.6),
        Column::words("Ready to buy", 1.2),
        Column::words("Where they look", 2.0),
        Column::words("How we know", 1.4),
        Column::figures("People", 1.0),
    ]);
    for audience in map.audiences.iter().filter(named) {
        let channels: Vec<_> = audience
            .channels
            .iter()
            .map(|channel| words::channel(reading.catalog(), channel))
            .collect();
        let ready = audience.horizon.map_or_else(String::new, |horizon| {
            words::sentence(words::horizon(horizon))
        });
        let need = words::said(audience.need.as_deref());
        table.push(
            RowKind::Plain,
            vec![
                Text::plain(&audience.name),
                Text::plain(&need),
                Text::plain(&ready),
                Text::plain(&words::listed(&channels)),
                Text::with_addresses(&words::listed(&audience.evidence)),
                Text::plain(&audience.size.map_or_else(String::new, words::people)),
            ],
        );
    }
    section("Who it is for", table)
}

fn destinations(reading: &Reading<'_>) -> Vec<Block> {
    let mut table = Table::of(vec![
        Column::words("Destination", 2.4),
        Column::words("Its part", 2.0),
        Column::words("Stage", 1.4),
        Column::words("Channel", 1.6),
        Column::words("Success is counted in", 1.6),
        Column::figures("Visitors who do it", 1.2),
    ]);
    let all = || reading.touchpoints().filter(|one| one.is_destination());
    let ends = all().filter(|one| one.is_ultimate());
    for touchpoint in ends.chain(all().filter(|one| !one.is_ultimate())) {
        let part = if touchpoint.is_ultimate() {
            "Where people should end up"
        } else {
            "Passes people on"
        };
        table.push(
            RowKind::Plain,
            vec![
                Text::plain(&touchpoint.name),
                Text::plain(part),
                Text::plain(reading.stage(touchpoint)),
                Text::plain(&reading.channel(touchpoint)),
                Text::plain(touchpoint.metric.map_or("", words::metric)),
                Text::plain(
                    &touchpoint
                        .conversion_rate
                        .map_or_else(String::new, words::rate),
                ),
            ],
        );
    }
    section("Where people should end up", table)
}

/// A heading and a table without empty columns; nothing for an empty table.
fn section(heading: &str, table: Table) -> Vec<Block> {
    if table.rows.is_empty() {
        return Vec::new();
    }
    vec![
        Block::Heading(Level::Section, Text::plain(heading)),
        Block::Table(table.without_empty_columns(&[0])),
    ]
}

fn stages(reading: &Reading<'_>) -> Vec<Block> {
    let stages = reading.stages();
    if stages.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Heading(
        Level::Section,
        Text::plain("Stage by stage"),
    )];
    for stage in &stages {
        blocks.extend(stage_blocks(reading, stage));
    }
    blocks
}

fn stage_blocks(reading: &Reading<'_>, stage: &StageReading<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(Level::Part, Text::plain(stage.name))];
    if let Some(moment) = stage.moment {
        blocks.push(Block::Paragraph(Text::plain(words::job(moment))));
    }
    if stage.touchpoints.is_empty() {
        blocks.push(Block::Note(Text::plain("Nothing meets people here yet.")));
        return blocks;
    }
    let mut table = Table::of(vec![
        Column::words("Touchpoint", 2.4),
        Column::words("What it is", 1.5),
        Column::words("For", 1.8),
        Column::words("Message", 2.2),
        Column::words("Call to action", 2.2),
        Column::words("Counted in", 1.2),
    ]);
    for touchpoint in &stage.touchpoints {
        table.push(RowKind::Plain, touchpoint_cells(reading, touchpoint));
    }
    blocks.push(Block::Table(table.without_empty_columns(&[0])));
    blocks.extend(onward(reading, stage));
    blocks
}

fn touchpoint_cells(reading: &Reading<'_>, touchpoint: &Touchpoint) -> Vec<Text> {
    let channel = reading.channel(touchpoint);
    let kind = reading.kind(touchpoint);
    let what = if channel.is_empty() {
        Text::plain(kind)
    } else {
        Text::plain(&channel).and_soft(&format!(", {}", kind.to_lowercase()))
    };
    vec![
        Text::plain(&touchpoint.name),
        what,
        Text::plain(&reading.audiences(touchpoint)),
        Text::plain(&words::said(touchpoint.message.as_deref())),
        Text::plain(&reading.calls(touchpoint)),
        Text::plain(touchpoint.metric.map_or("", words::metric)),
    ]
}

/// Where a stage leads on to, in a sentence.
fn onward(reading: &Reading<'_>, stage: &StageReading<'_>) -> Vec<Block> {
    let mut names: Vec<String> = Vec::new();
    for touchpoint in &stage.touchpoints {
        for (_, target) in reading.after(&touchpoint.id) {
            let elsewhere = target.stage.as_ref() != stage.id && target.stage.is_some();
            let name = reading.stage(target).to_owned();
            if elsewhere && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names.is_empty() {
        return Vec::new();
    }
    let sentence = format!("From here people go on to {}.", words::listed(&names));
    vec![Block::Note(Text::plain(&sentence))]
}

/// How many gaps there are; each is told in a report of its own.
fn gaps(reading: &Reading<'_>) -> Vec<Block> {
    let summary = reading.assessment.summary();
    let open = summary.high + summary.medium + summary.low;
    if open == 0 || reading.is_part() {
        return Vec::new();
    }
    let parts: Vec<_> = [
        (summary.high, "high"),
        (summary.medium, "medium"),
        (summary.low, "low"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| format!("{count} {word}"))
    .collect();
    let sentence = format!(
        "The map has {}: {}. The gap report tells each, and how to mend it.",
        words::counted(open, "communication gap"),
        words::listed(&parts)
    );
    vec![
        Block::Heading(Level::Section, Text::plain("Open gaps")),
        Block::Paragraph(Text::plain(&sentence)),
    ]
}
