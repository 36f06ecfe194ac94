//! The gap list's slides: what hurts, where, why, and what to do about it.

use super::cards::severity_colours;
use super::deck::GapLine;
use super::drawing::Drawing;
use super::palette::{Ink, Palette};
use super::sheet::Sheet;
use super::slides::{Slide, heading};
use super::table::{Grid, GridCell};
use super::words::{Look, Paragraph};

/// Shares of the width for severity, stage, gap and fix, in hundredths.
const SHARES: [i64; 4] = [9, 14, 45, 32];

/// The slides of a list of gaps; none for an empty list.
pub(super) fn slides(
    gaps: &[GapLine],
    title: &str,
    palette: Palette<'_>,
    sheet: Sheet,
) -> Vec<Slide> {
    if gaps.is_empty() {
        return Vec::new();
    }
    let content = sheet.content();
    let theme = palette.theme;
    let bold = Look::plain(sheet.letters(10.0), palette.ink(theme.ink)).bold();
    let heads = ["Severity", "Stage", "Gap", "What to do"].map(|text| GridCell {
        paragraphs: vec![Paragraph::new(text, bold)],
        fill: Some(Ink::fixed(theme.column_alternate)),
    });
    let mut grid = Grid {
        palette,
        widths: SHARES.map(|share| content.width * share / 100).to_vec(),
        head: heads.to_vec(),
        rows: gaps.iter().map(|gap| row(gap, palette, sheet)).collect(),
    };
    let (pages, cut) = grid.paged(content.height);
    let count = pages.len();
    let slide = |(at, rows): (usize, std::ops::Range<usize>)| {
        let mut drawing = Drawing::titled(&heading(&format!("{title}: gaps"), at, count, sheet));
        let shortened = cut
            .iter()
            .filter(|row| rows.contains(row))
            .filter_map(|row| gaps.get(*row));
        let notes = shortened
            .flat_map(|gap| [gap.sentence.clone(), gap.fix.clone()])
            .collect();
        grid.draw(&mut drawing, "Gaps", (content.x, content.y), rows);
        Slide { drawing, notes }
    };
    pages.into_iter().enumerate().map(slide).collect()
}

fn row(gap: &GapLine, palette: Palette<'_>, sheet: Sheet) -> Vec<GridCell> {
    let theme = palette.theme;
    let (_, ink, ground) = severity_colours(theme, gap.severity);
    let look = Look::plain(sheet.letters(10.0), palette.ink(theme.ink));
    let soft = Look::plain(sheet.letters(10.0), palette.ink(theme.ink_soft));
    let plain = |text: &str, look| GridCell {
        paragraphs: vec![Paragraph::new(text, look)],
        fill: Some(palette.ink(theme.card)),
    };
    let severity = Paragraph::new(
        gap.severity.word(),
        Look {
            ink: Ink::fixed(ink),
            ..look.bold()
        },
    );
    vec![
        GridCell {
            paragraphs: vec![severity],
            fill: Some(Ink::fixed(ground)),
        },
        plain(&gap.stage, soft),
        plain(&gap.sentence, look),
        plain(&gap.fix, soft),
    ]
}
