//! Tactical briefs, one for each touchpoint: what it is on its own, and what it is in its place, between what comes
//! before it and what comes after.

use std::collections::HashMap;
use std::sync::Arc;

use backcast_analysis::{Gap, Per};
use backcast_model::{Id, Link, Touchpoint};
use backcast_render::document::{Block, Column, Level, RowKind, Table, Text};

use super::reading::Reading;
use super::{Builder, Stopped, facts, words};

/// The document's blocks.
pub(super) fn blocks(builder: &Builder<'_>) -> Result<Vec<Block>, Stopped> {
    let reading = &builder.reading;
    let (mut blocks, mut first) = (Vec::new(), true);
    let gaps = gaps_of_touchpoints(reading);
    let all = reading.touchpoints().count();
    let mut told = 0;
    for stage in reading.stages() {
        if stage.touchpoints.is_empty() {
            continue;
        }
        for (at, touchpoint) in stage.touchpoints.iter().enumerate() {
            builder.step(told, all)?;
            told += 1;
            if !std::mem::take(&mut first) {
                blocks.push(Block::PageBreak);
            }
            if at == 0 {
                let name = Text::plain(stage.name);
                blocks.push(Block::Heading(Level::Section, name));
            }
            let here = gaps.get(&touchpoint.id).map_or(&[][..], Vec::as_slice);
            blocks.extend(brief(builder, touchpoint, here));
        }
    }
    Ok(blocks)
}

fn brief(builder: &Builder<'_>, touchpoint: &Touchpoint, open: &[&Arc<Gap>]) -> Vec<Block> {
    let reading = &builder.reading;
    let name = words::said(Some(&touchpoint.name));
    let mut blocks = vec![Block::Heading(Level::Part, Text::plain(&name))];
    let heading = |text: &str| Block::Heading(Level::Item, Text::plain(text));
    blocks.push(heading("On its own"));
    blocks.extend(isolated(reading, touchpoint));
    if let Some(notes) = touchpoint.notes.as_deref() {
        let lines = notes.lines().map(str::trim).filter(|line| !line.is_empty());
        blocks.extend(lines.map(|line| Block::Quote(Text::with_addresses(line))));
    }
    blocks.push(heading("In its place"));
    blocks.extend(connected(reading, touchpoint));
    blocks.extend(
        builder
            .pictures
            .around(reading, touchpoint)
            .map(Block::Figure),
    );
    blocks.extend(gaps(reading, open));
    blocks
}

fn isolated(reading: &Reading<'_>, touchpoint: &Touchpoint) -> Vec<Block> {
    let purse = reading.purse();
    let kind = reading.kind(touchpoint).to_owned();
    let channel = reading.channel(touchpoint);
    let what = if channel.is_empty() {
        kind
    } else {
        format!("{kind}, {channel}")
    };
    let promises: Vec<_> = touchpoint
        .promises
        .iter()
        .map(|promise| words::said(Some(promise)))
        .collect();
    let budget = [
        (touchpoint.budget, "media"),
        (touchpoint.production_budget, "production"),
    ];
    let budget: Vec<_> = budget
        .into_iter()
        .filter_map(|(sum, what)| Some(format!("{} {what}", purse.told_of(Some(sum?)))))
        .collect();
    let or_not_stated = |text: String| {
        if text.is_empty() {
            "not stated".to_owned()
        } else {
            text
        }
    };
    facts([
        ("What it is", what),
        ("Whose it is", whose(touchpoint)),
        ("For", reading.audiences(touchpoint)),
        (
            "Message",
            or_not_stated(words::said(touchpoint.message.as_deref())),
        ),
        ("Call to action", or_not_stated(reading.calls(touchpoint))),
        ("What it promises", promises.join("; ")),
        (
            "What people get",
            words::said(touchpoint.value_given.as_deref()),
        ),
        (
            "How it sells",
            touchpoint
                .selling_intensity
                .map_or_else(String::new, |how| words::sentence(words::selling(how))),
        ),
        (
            "Met on",
            words::sentence(&words::listed(&reading.devices(touchpoint))),
        ),
        ("Live", words::flights(touchpoint)),
        (
            "Status",
            touchpoint
                .status
                .map_or_else(String::new, |status| words::sentence(words::status(status))),
        ),
        ("Budget", words::listed(&budget)),
        ("Success is counted in", measured(touchpoint)),
        ("Looked after by", words::said(touchpoint.owner.as_deref())),
        (
            "To be reviewed",
            touchpoint.review_on.map_or_else(String::new, words::day),
        ),
    ])
}

fn whose(touchpoint: &Touchpoint) -> String {
    let media = touchpoint
        .media
        .as_deref()
        .map_or_else(String::new, |media| {
            let told = words::media(media);
            if told.is_empty() {
                told
            } else {
                format!("{told} media")
            }
        });
    let owner = touchpoint
        .ownership
        .map(words::ownership)
        .unwrap_or_default();
    let parts: Vec<&str> = [media.as_str(), owner]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    words::sentence(&parts.join(", "))
}

fn measured(touchpoint: &Touchpoint) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(
        touchpoint
            .metric
            .map(|metric| words::metric(metric).to_owned()),
    );
    parts.extend(
        touchpoint
            .conversion_rate
            .map(|rate| format!("{} of visitors do what it asks", words::rate(rate))),
    );
    parts.extend(
        touchpoint
            .population
            .map(|people| format!("it can reach {} people", words::people(people))),
    );
    let mut told = parts.join("; ");
    if let Some(level) = touchpoint.evidence_level
        && !told.is_empty()
    {
        told.push_str(&format!(" ({})", words::evidence(level)));
    }
    words::sentence(&told)
}

fn connected(reading: &Reading<'_>, touchpoint: &Touchpoint) -> Vec<Block> {
    let (before, after) = (
        reading.before(&touchpoint.id),
        reading.after(&touchpoint.id),
    );
    let mut blocks = Vec::new();
    if reading.is_entry(touchpoint) {
        let sentence = "People meet it unasked; nothing has to lead them here.";
        blocks.push(Block::Paragraph(Text::plain(sentence)));
    }
    if before.is_empty() {
        if !reading.is_entry(touchpoint) {
            let sentence = "Nothing on the map leads here yet.";
            blocks.push(Block::Paragraph(Text::plain(sentence)));
        }
    } else {
        blocks.push(Block::Paragraph(Text::strong("What comes before it")));
        blocks.push(Block::Table(neighbours(
            reading,
            "Comes from",
            &before,
            |link, from| link.cta.as_deref().or(from.cta.as_deref()),
        )));
    }
    if after.is_empty() {
        blocks.push(Block::Paragraph(Text::plain(end(touchpoint))));
    } else {
        blocks.push(Block::Paragraph(Text::strong("What comes after it")));
        blocks.push(Block::Table(neighbours(
            reading,
            "Leads to",
            &after,
            |link, _| link.cta.as_deref().or(touchpoint.cta.as_deref()),
        )));
    }
    blocks
}

fn end(touchpoint: &Touchpoint) -> &'static str {
    if touchpoint.is_ultimate() {
        "This is where people should end up; nothing on the map comes after it."
    } else if touchpoint.deliberate_end == Some(true) {
        "It is meant to lead nowhere."
    } else {
        "Nothing on the map comes after it yet."
    }
}

fn neighbours<'a>(
    reading: &Reading<'a>,
    head: &str,
    those: &[(&'a Link, &'a Touchpoint)],
    call: impl Fn(&'a Link, &'a Touchpoint) -> Option<&'a str>,
) -> Table {
    let mut table = Table::of(vec![
        Column::words(head, 2.4),
        Column::words("Stage", 1.4),
        Column::words("What people are asked to do", 2.6),
        Column::words("How", 1.6),
        Column::figures("Share who go on", 0.9),
        Column::figures("Days", 0.7),
    ]);
    for (link, other) in those {
        let code = link
            .code
            .as_deref()
            .map(|code| format!("code {}", words::said(Some(code))));
        let mut how: Vec<String> = Vec::new();
        how.extend(
            link.kind
                .map(|kind| words::link_kind(kind).to_owned())
                .filter(|kind| !kind.is_empty()),
        );
        how.extend(code);
        table.push(
            RowKind::Plain,
            vec![
                Text::plain(&other.name),
                Text::plain(reading.stage(other)),
                Text::plain(&words::said(call(link, other))),
                Text::plain(&words::sentence(&how.join("; "))),
                Text::plain(
                    &link
                        .rate
                        .map_or_else(String::new, |rate| words::rate(rate.likely())),
                ),
                Text::plain(
                    &link
                        .lag_days
                        .map_or_else(String::new, |days| words::number(days.get())),
                ),
            ],
        );
    }
    table.without_empty_columns(&[0])
}

/// The open gaps of each touchpoint. What is wrong with a whole stage or an audience is told in the gap report, not with
/// every touchpoint of it.
fn gaps_of_touchpoints<'a>(reading: &Reading<'a>) -> HashMap<&'a Id, Vec<&'a Arc<Gap>>> {
    let is_told = |gap: &&Arc<Gap>| {
        gap.is_open() && matches!(gap.rule.per, Per::Touchpoint | Per::Link | Per::Component)
    };
    let mut told: HashMap<&Id, Vec<&Arc<Gap>>> = HashMap::new();
    for gap in reading.assessment.gaps().iter().filter(is_told) {
        for id in &gap.touchpoints {
            let here = told.entry(id).or_default();
            if here.last().is_none_or(|last| !Arc::ptr_eq(last, gap)) {
                here.push(gap);
            }
        }
    }
    told
}

fn gaps(reading: &Reading<'_>, open: &[&Arc<Gap>]) -> Vec<Block> {
    let points: Vec<Text> = open
        .iter()
        .map(|gap| {
            let sentence = reading.assessment.message(gap);
            Text::default()
                .and_severity(gap.severity)
                .and(&format!(" \u{b7} {sentence}"))
        })
        .collect();
    if points.is_empty() {
        return Vec::new();
    }
    vec![
        Block::Heading(Level::Item, Text::plain("Open gaps")),
        Block::List(points),
    ]
}
