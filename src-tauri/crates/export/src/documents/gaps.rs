//! The gap report: how many there are, and stage by stage each with its reason, why it matters, how it is mended and
//! what shows it, in words and as a picture.

use std::collections::BTreeSet;
use std::sync::Arc;

use backcast_analysis::{Evidence, Gap};
use backcast_model::Id;
use backcast_render::document::{Block, Column, Level, RowKind, Table, Text};

use super::reading::Reading;
use super::{Builder, Stopped, evidence, words};

/// How many gaps of one sort in one stage are told one by one; all of them are counted.
const MOST_OF_A_SORT: usize = 40;

/// The document's blocks.
pub(super) fn blocks(builder: &Builder<'_>) -> Result<Vec<Block>, Stopped> {
    let reading = &builder.reading;
    let open: Vec<&Arc<Gap>> = reading
        .assessment
        .gaps()
        .iter()
        .filter(|gap| gap.is_open() && concerns(reading, gap))
        .collect();
    let mut blocks = summary(reading, &open);
    let mut told = Told {
        gaps: 0,
        of: open.len(),
        explained: BTreeSet::new(),
        drawn: BTreeSet::new(),
    };
    let sections = reading
        .stages()
        .into_iter()
        .map(|stage| (stage.name, stage.id))
        .collect::<Vec<_>>();
    let whole: Vec<_> = open
        .iter()
        .copied()
        .filter(|gap| place(gap) == Place::Map)
        .collect();
    blocks.extend(section(builder, "The whole map", &whole, &mut told)?);
    for (name, stage) in sections {
        let here: Vec<_> = open
            .iter()
            .copied()
            .filter(|gap| place(gap) == stage.map_or(Place::NoStage, Place::Stage))
            .collect();
        blocks.extend(section(builder, name, &here, &mut told)?);
    }
    blocks.extend(on_purpose(reading));
    blocks.extend(not_assessed(reading));
    Ok(blocks)
}

/// How much of the report is written.
struct Told {
    gaps: usize,
    of: usize,
    /// Rules of which it is said why they matter.
    explained: BTreeSet<&'static str>,
    /// What was seen in pictures of the section at hand.
    drawn: BTreeSet<BTreeSet<Id>>,
}

/// Whether a gap is about what is told: of a part, about one of its touchpoints.
fn concerns(reading: &Reading<'_>, gap: &Gap) -> bool {
    !reading.is_part() || gap.touchpoints.iter().any(|id| reading.includes(id))
}

/// Under which heading a gap is told: a gap of several stages under the first.
#[derive(Debug, PartialEq, Eq)]
enum Place<'a> {
    Map,
    Stage(&'a Id),
    NoStage,
}

fn place(gap: &Gap) -> Place<'_> {
    match gap.stages.first() {
        Some(stage) => Place::Stage(stage),
        None if gap.no_stage => Place::NoStage,
        None => Place::Map,
    }
}

fn summary(reading: &Reading<'_>, open: &[&Arc<Gap>]) -> Vec<Block> {
    let count = |severity| open.iter().filter(|gap| gap.severity == severity).count();
    let counts = backcast_model::Severity::ALL
        .iter()
        .map(|severity| (*severity, count(*severity)))
        .filter(|(_, count)| *count > 0);
    let mut sentence = Text::default();
    for (at, (severity, count)) in counts.enumerate() {
        if at > 0 {
            sentence = sentence.and(" \u{b7} ");
        }
        sentence = sentence.and_severity(severity).and(&format!(" {count}"));
    }
    let mut blocks = Vec::new();
    if open.is_empty() {
        let good = "No communication gap is open.";
        blocks.push(Block::Paragraph(Text::plain(good)));
        return blocks;
    }
    let told = format!(
        "{} {} open. Each is advice: it says where people may get lost, and what would mend it.",
        words::counted(open.len(), "communication gap"),
        if open.len() == 1 { "is" } else { "are" }
    );
    blocks.push(Block::Paragraph(Text::plain(&told)));
    blocks.push(Block::Paragraph(sentence));
    blocks.extend(by_stage(reading).map(Block::Table));
    blocks
}

fn by_stage(reading: &Reading<'_>) -> Option<Table> {
    if reading.is_part() || reading.map().stages.is_empty() {
        return None;
    }
    let mut table = Table::of(vec![
        Column::words("Stage", 3.0),
        Column::figures("Touchpoints", 1.2),
        Column::figures("High", 0.8),
        Column::figures("Medium", 0.8),
        Column::figures("Low", 0.8),
    ]);
    let figure = |count: usize| {
        if count == 0 {
            Text::default().and_soft("\u{2013}")
        } else {
            Text::plain(&count.to_string())
        }
    };
    for stage in reading.assessment.stages() {
        let record = stage.id.as_ref();
        let record = record.and_then(|id| reading.map().stages.get(id.as_str()));
        let name = record.map_or("Without a stage", |stage| stage.name.as_str());
        table.push(
            RowKind::Plain,
            vec![
                Text::plain(name),
                Text::plain(&stage.touchpoints.to_string()),
                figure(stage.gaps.high),
                figure(stage.gaps.medium),
                figure(stage.gaps.low),
            ],
        );
    }
    Some(table)
}

fn section(
    builder: &Builder<'_>,
    name: &str,
    gaps: &[&Arc<Gap>],
    told: &mut Told,
) -> Result<Vec<Block>, Stopped> {
    if gaps.is_empty() {
        return Ok(Vec::new());
    }
    let mut blocks = vec![Block::Heading(Level::Section, Text::plain(name))];
    told.drawn.clear();
    // Gaps come by severity and rule, so those of one rule stand together.
    for same in gaps.chunk_by(|one, other| one.rule == other.rule) {
        builder.step(told.gaps, told.of)?;
        told.gaps += same.len();
        blocks.extend(of_one_rule(builder, same, told));
    }
    Ok(blocks)
}

fn of_one_rule(builder: &Builder<'_>, gaps: &[&Arc<Gap>], told: &mut Told) -> Vec<Block> {
    let Some(first) = gaps.first() else {
        return Vec::new();
    };
    let reading = &builder.reading;
    let count = if gaps.len() > 1 {
        format!(" ({})", gaps.len())
    } else {
        String::new()
    };
    let heading = Text::default()
        .and_severity(first.severity)
        .and(&format!(" \u{b7} {}{count}", first.rule.name));
    let mut blocks = vec![Block::Heading(Level::Part, heading)];
    // Why gaps of a sort matter is said once.
    if told.explained.insert(first.rule.id) {
        blocks.push(Block::Note(Text::plain(first.rule.wisdom)));
    }
    // Several gaps of one sort in one stage read best as a list, with one picture of what they stand on.
    if gaps.len() > 1 {
        let points = gaps.iter().take(MOST_OF_A_SORT);
        let points = points.map(|gap| point(reading, gap)).collect();
        blocks.push(Block::List(points));
        if gaps.len() > MOST_OF_A_SORT {
            let more = format!("And {} more of this sort.", gaps.len() - MOST_OF_A_SORT);
            blocks.push(Block::Note(Text::plain(&more)));
        }
    } else {
        blocks.push(Block::Paragraph(Text::strong(
            &reading.assessment.message(first),
        )));
        blocks.extend(details(reading, first));
    }
    // What was just seen need not be seen again.
    let seen = gaps.iter().flat_map(|gap| stands_on(gap)).collect();
    if told.drawn.insert(seen) {
        let figure = builder.pictures.of_gaps(reading, gaps);
        blocks.extend(figure.map(Block::Figure));
    }
    blocks
}

/// A gap as one point of a list: the sentence, then what mends it.
fn point(reading: &Reading<'_>, gap: &Gap) -> Text {
    let sentence = reading.assessment.message(gap);
    let mut text = Text::plain(&sentence);
    let shown = evidence::words(reading, gap);
    if !shown.is_empty() {
        text = text.and_soft(&format!(" {shown}"));
    }
    let fixes = reading.assessment.fixes(gap);
    match fixes.first() {
        Some(fix) => text
            .and_strong(" To mend it: ")
            .and(&format!("{}.", fix.title)),
        None => text,
    }
}

fn details(reading: &Reading<'_>, gap: &Gap) -> Vec<Block> {
    let mut blocks = Vec::new();
    let shown = evidence::words(reading, gap);
    if !shown.is_empty() {
        blocks.push(Block::Paragraph(Text::plain(&shown)));
    }
    let suffers = evidence::affected(reading, gap);
    if !suffers.is_empty() {
        blocks.push(Block::Paragraph(Text::plain(&suffers)));
    }
    let fixes = reading.assessment.fixes(gap);
    match fixes.as_slice() {
        [] => {}
        [fix] => {
            let text = Text::strong("To mend it: ").and(&format!("{}.", fix.title));
            blocks.push(Block::Paragraph(text));
        }
        several => {
            blocks.push(Block::Paragraph(Text::strong("To mend it, one of these:")));
            let titles = several.iter().map(|fix| Text::plain(&fix.title));
            blocks.push(Block::List(titles.collect()));
        }
    }
    blocks
}

fn on_purpose(reading: &Reading<'_>) -> Vec<Block> {
    let dismissed = reading
        .assessment
        .gaps()
        .iter()
        .filter(|gap| concerns(reading, gap));
    let points: Vec<Text> = dismissed
        .filter_map(|gap| {
            let row = &gap.dismissed.as_ref()?.record;
            let mut text = Text::plain(&reading.assessment.message(gap));
            let reason = words::said(Some(&row.reason));
            if !reason.is_empty() {
                text = text.and_soft(&format!(" {}", words::quoted(&reason)));
            }
            if let Some(by) = &row.by {
                text = text.and_soft(&format!(" \u{2013} {by}"));
            }
            Some(text)
        })
        .collect();
    if points.is_empty() {
        return Vec::new();
    }
    vec![
        Block::Heading(Level::Section, Text::plain("On purpose")),
        Block::List(points),
    ]
}

fn not_assessed(reading: &Reading<'_>) -> Vec<Block> {
    let all = reading.assessment.not_assessed();
    if all.is_empty() {
        return Vec::new();
    }
    let mut needs: Vec<(&str, Vec<String>)> = Vec::new();
    for one in all {
        let name = one.rule.name.to_owned();
        match needs.iter_mut().find(|(text, _)| *text == one.needs.text) {
            Some((_, names)) => names.push(name),
            None => needs.push((one.needs.text, vec![name])),
        }
    }
    let points = needs.into_iter().map(|(text, names)| {
        let names: Vec<_> = names.iter().map(|name| words::quoted(name)).collect();
        Text::plain(text).and_soft(&format!(", to be told of {}", words::listed(&names)))
    });
    let intro = "Some gaps cannot be looked for until the map says more. That nothing is told of them is no praise.";
    vec![
        Block::Heading(Level::Section, Text::plain("Not looked at")),
        Block::Paragraph(Text::plain(intro)),
        Block::List(points.collect()),
    ]
}

/// What a gap stands on or is shown by, for a picture.
pub(super) fn stands_on(gap: &Gap) -> Vec<Id> {
    let mut ids = gap.touchpoints.to_vec();
    match &gap.evidence {
        Evidence::Path { touchpoints, .. } | Evidence::Figure { touchpoints, .. } => {
            ids.extend(touchpoints.iter().cloned());
        }
        Evidence::Cut { entries } => ids.extend(entries.iter().cloned()),
        _ => {}
    }
    ids
}
