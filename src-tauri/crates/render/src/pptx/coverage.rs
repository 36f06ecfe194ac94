//! The coverage table's slides: audiences down, stages across, as many columns on a slide as can be read.

use super::cards::severity_colours;
use super::deck::{Cell, Table};
use super::drawing::Drawing;
use super::palette::{Ink, Palette};
use super::sheet::Sheet;
use super::slides::{Slide, heading};
use super::table::{Grid, GridCell};
use super::words::{Look, Paragraph};

/// Width of the first column, and the least of the others, in inches on a slide of the usual size.
const FIRST: f64 = 1.8;
const NARROWEST: f64 = 1.3;

/// The slides of a table; none when it has no columns.
pub(super) fn slides(table: &Table, title: &str, palette: Palette<'_>, sheet: Sheet) -> Vec<Slide> {
    let content = sheet.content();
    let mut grids: Vec<(Grid<'_>, Vec<usize>)> = columns(table, sheet)
        .into_iter()
        .map(|columns| (grid(table, &columns, palette, sheet), columns))
        .collect();
    let pages: Vec<_> = grids
        .iter_mut()
        .map(|(grid, _)| grid.paged(content.height))
        .collect();
    let count = pages.iter().map(|(pages, _)| pages.len()).sum();
    let mut slides = Vec::new();
    for ((grid, columns), (pages, cut)) in grids.iter().zip(pages) {
        for rows in pages {
            let heading = heading(&format!("{title}: coverage"), slides.len(), count, sheet);
            let mut drawing = Drawing::titled(&heading);
            grid.draw(
                &mut drawing,
                "Coverage",
                (content.x, content.y),
                rows.clone(),
            );
            let shortened = cut
                .iter()
                .filter(|row| rows.contains(row))
                .filter_map(|row| table.rows.get(*row));
            let notes = shortened.flat_map(|row| whole_row(row, columns)).collect();
            slides.push(Slide { drawing, notes });
        }
    }
    slides
}

/// The columns of each slide: the first on every one, the others shared out evenly.
fn columns(table: &Table, sheet: Sheet) -> Vec<Vec<usize>> {
    let room = sheet.content().width - sheet.scaled(FIRST);
    let most = usize::try_from(room / sheet.scaled(NARROWEST).max(1))
        .unwrap_or(1)
        .max(1);
    let others: Vec<usize> = (1..table.head.len()).collect();
    if others.is_empty() && !table.head.is_empty() {
        return vec![vec![0]];
    }
    let slides = others.len().div_ceil(most).max(1);
    let each = others.len().div_ceil(slides).max(1);
    others
        .chunks(each)
        .map(|chunk| std::iter::once(0).chain(chunk.iter().copied()).collect())
        .collect()
}

fn grid<'a>(table: &Table, columns: &[usize], palette: Palette<'a>, sheet: Sheet) -> Grid<'a> {
    let room = sheet.content().width - sheet.scaled(FIRST);
    let others = i64::try_from(columns.len().saturating_sub(1).max(1)).unwrap_or(1);
    let width = (room / others).min(sheet.scaled(3.2));
    let theme = palette.theme;
    let look = Look::plain(sheet.letters(10.0), palette.ink(theme.ink)).bold();
    let heading = |at: &usize| {
        let text = table.head.get(*at).cloned().unwrap_or_default();
        GridCell {
            paragraphs: vec![Paragraph::new(text, look)],
            fill: Some(Ink::fixed(theme.column_alternate)),
        }
    };
    let row = |row: &Vec<Cell>| {
        let cell = |at: &usize| {
            row.get(*at).map_or_else(
                || GridCell::of(Vec::new()),
                |cell| self::cell(cell, *at == 0, palette, sheet),
            )
        };
        columns.iter().map(cell).collect()
    };
    Grid {
        palette,
        widths: std::iter::once(sheet.scaled(FIRST))
            .chain(columns.iter().skip(1).map(|_| width))
            .collect(),
        head: columns.iter().map(heading).collect(),
        rows: table.rows.iter().map(row).collect(),
    }
}

/// A cell: its gaps first, in the colour of their severity and on the ground of the worst.
fn cell(cell: &Cell, first: bool, palette: Palette<'_>, sheet: Sheet) -> GridCell {
    let theme = palette.theme;
    let look = Look::plain(sheet.letters(10.0), palette.ink(theme.ink));
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (severity, words) in &cell.gaps {
        let ink = Ink::fixed(severity_colours(theme, *severity).1);
        paragraphs.push(Paragraph::new(words.clone(), Look { ink, ..look.bold() }));
    }
    for (at, line) in cell.text.lines().enumerate() {
        let heads = first && at == 0;
        let plain = if first {
            Look::plain(sheet.letters(9.0), palette.ink(theme.ink_soft))
        } else {
            look
        };
        paragraphs.push(Paragraph::new(
            line,
            if heads { look.bold() } else { plain },
        ));
    }
    let worst = cell.gaps.iter().map(|(severity, _)| *severity).min();
    let plain = if first {
        theme.column_alternate
    } else {
        theme.card
    };
    let ground = worst.map_or(palette.ink(plain), |severity| {
        Ink::fixed(severity_colours(theme, severity).2)
    });
    GridCell {
        paragraphs,
        fill: Some(ground),
    }
}

fn whole_row(row: &[Cell], columns: &[usize]) -> Vec<String> {
    let words = |cell: &Cell| {
        let gaps = cell.gaps.iter().map(|(_, words)| words.as_str());
        gaps.chain(cell.text.lines()).collect::<Vec<_>>().join(", ")
    };
    columns
        .iter()
        .filter_map(|at| row.get(*at))
        .map(words)
        .filter(|text| !text.is_empty())
        .collect()
}
