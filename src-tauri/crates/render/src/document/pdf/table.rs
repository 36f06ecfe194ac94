//! Tables on pages: columns share the width, the head stands again on every page, and a row is split only when no page
//! has room for it.

use super::super::{Align, Column, Row, RowKind, Table, Text, colours};
use super::flow::Flow;
use super::lettering::Lettering;
use super::lines::{Line, lines, width};
use super::page::{Item, MARGIN, Role};

/// Free space between the words of two columns.
const BETWEEN: f64 = 12.0;
/// Free space above and below the words of a row.
const PADDING: f64 = 4.5;

/// A row as lines, column by column.
struct SetRow {
    cells: Vec<SetCell>,
    height: f64,
}

struct SetCell {
    lines: Vec<Line>,
    lettering: Lettering,
    x: f64,
    width: f64,
    align: Align,
    element: Option<usize>,
}

impl<'a> Flow<'a> {
    pub(super) fn table(&mut self, table: &'a Table) {
        let widths = widths(table, self.width());
        let element = self.element(Role::Table, None);
        let head = self.head(table, &widths, Some(element));
        let first = table.rows.first();
        let first = first.map_or(0.0, |row| self.set(table, row, &widths, None).height);
        self.space(2.0);
        self.need((head.height + first).min(self.page_height()));
        self.draw_row(&head, 0, usize::MAX);
        self.rule(1.0, colours::INK);
        for (at, row) in table.rows.iter().enumerate() {
            let kept = table
                .rows
                .get(at + 1)
                .filter(|_| row.kind == RowKind::Group);
            let kept = kept.map_or(0.0, |next| self.set(table, next, &widths, None).height);
            self.row(table, at, &widths, element, kept);
        }
        self.space(14.0);
    }

    fn row(&mut self, table: &Table, at: usize, widths: &[f64], element: usize, kept: f64) {
        let Some(row) = table.rows.get(at) else {
            return;
        };
        let inside = self.element(Role::Row, Some(element));
        let set = self.set(table, row, widths, Some(inside));
        let repeated = self.head(table, widths, None);
        let most = self.page_height() - repeated.height;
        if self.y + set.height + kept > self.bottom() {
            self.turn();
            self.draw_row(&repeated, 0, usize::MAX);
            self.rule(1.0, colours::INK);
        }
        if row.kind == RowKind::Group && at > 0 {
            // Groups stand apart from the rows above them.
            self.y += 6.0;
        }
        if set.height <= most {
            self.draw_row(&set, 0, usize::MAX);
        } else {
            self.draw_split(&set, &repeated);
        }
        let strong = row.kind == RowKind::Sum;
        let (height, colour) = if strong {
            (1.0, colours::INK)
        } else {
            (0.5, colours::LINE)
        };
        self.rule(height, colour);
    }

    /// Draws a row that is higher than a page, page by page.
    fn draw_split(&mut self, set: &SetRow, head: &SetRow) {
        let all = set.cells.iter().map(|cell| cell.lines.len()).max();
        let all = all.unwrap_or(0);
        let mut from = 0;
        while from < all {
            let room = self.bottom() - self.y - 2.0 * PADDING;
            let fit = whole(room / Lettering::CELL.leading).max(1);
            self.draw_row(set, from, fit);
            from += fit;
            if from < all {
                self.turn();
                self.draw_row(head, 0, usize::MAX);
                self.rule(1.0, colours::INK);
            }
        }
    }

    /// Draws some lines of a row.
    fn draw_row(&mut self, set: &SetRow, from: usize, most: usize) {
        let top = self.y + PADDING;
        let mut end = top;
        for cell in &set.cells {
            let mut y = top;
            for line in cell.lines.iter().skip(from).take(most) {
                let x = match cell.align {
                    Align::Left => cell.x,
                    Align::Right => cell.x + (cell.width - line.width).max(0.0),
                };
                self.put(Item::Words {
                    x: MARGIN + x,
                    middle: y + cell.lettering.leading / 2.0,
                    line: line.clone(),
                    lettering: cell.lettering,
                    element: cell.element,
                });
                y += cell.lettering.leading;
            }
            end = end.max(y);
        }
        self.y = end + PADDING;
    }

    fn head(&mut self, table: &Table, widths: &[f64], inside: Option<usize>) -> SetRow {
        let row = inside.map(|table| self.element(Role::Row, Some(table)));
        let cells = table
            .columns
            .iter()
            .map(|column| Text::plain(&column.title));
        let cells: Vec<Text> = cells.collect();
        self.set_cells(table, &cells, widths, None, row)
    }

    fn set(&mut self, table: &Table, row: &Row, widths: &[f64], inside: Option<usize>) -> SetRow {
        let names_all = row.kind == RowKind::Group && row.cells.iter().skip(1).all(Text::is_empty);
        let all = [widths.iter().sum()];
        let (cells, widths): (&[Text], &[f64]) = if names_all {
            (row.cells.get(..1).unwrap_or_default(), &all)
        } else {
            (&row.cells, widths)
        };
        self.set_cells(table, cells, widths, Some(row.kind), inside)
    }

    /// Sets the cells of a row, or of the head (`kind` is `None` then).
    fn set_cells(
        &mut self,
        table: &Table,
        cells: &[Text],
        widths: &[f64],
        kind: Option<RowKind>,
        inside: Option<usize>,
    ) -> SetRow {
        let lettering = |at: usize| match (kind, at) {
            (None, _) => Lettering::HEAD,
            (Some(RowKind::Plain), 0) if table.columns.len() > 1 => Lettering::CELL_NAME,
            (Some(RowKind::Plain), _) => Lettering::CELL,
            (Some(RowKind::Group | RowKind::Sum), _) => Lettering::CELL_STRONG,
        };
        let role = |at: usize| match (kind, at) {
            (None, _) => Role::ColumnHead,
            (Some(_), 0) => Role::RowHead,
            (Some(_), _) => Role::Cell,
        };
        let (mut x, mut height, mut set) = (0.0, 0.0_f64, Vec::new());
        for (at, (cell, column_width)) in cells.iter().zip(widths).enumerate() {
            let lettering = lettering(at);
            let last = at + 1 == cells.len();
            let room = (column_width - if last { 0.0 } else { BETWEEN }).max(lettering.size);
            let element = inside.map(|row| self.element(role(at), Some(row)));
            let lines = lines(cell, lettering, room);
            height = height.max(lines.len() as f64 * lettering.leading);
            let align = table
                .columns
                .get(at)
                .map_or(Align::Left, |column| column.align);
            set.push(SetCell {
                lines,
                lettering,
                x,
                width: room,
                align,
                element,
            });
            x += column_width;
        }
        SetRow {
            cells: set,
            height: height + 2.0 * PADDING,
        }
    }
}

/// The most of a table's width that one column takes for the sake of its widest word.
const MOST_FOR_A_WORD: f64 = 0.3;

/// Widths of columns: figures take what they need, words share the rest as they ask for, none less than its widest
/// word where there is room.
fn widths(table: &Table, room: f64) -> Vec<f64> {
    let least: Vec<f64> = (0..table.columns.len())
        .map(|at| (widest(table, at) + BETWEEN + 1.0).min(room * MOST_FOR_A_WORD))
        .collect();
    let sum: f64 = table.columns.iter().map(|column| column.share).sum();
    let share = |column: &Column| room * column.share / sum.max(f64::MIN_POSITIVE);
    if least.iter().sum::<f64>() > room {
        return table.columns.iter().map(share).collect();
    }
    // Columns that want more than their share get it; the others share what is left, until none wants more.
    let is_figures = |at: usize| {
        table
            .columns
            .get(at)
            .is_some_and(|column| column.align == Align::Right)
    };
    let mut fixed: Vec<bool> = (0..least.len()).map(is_figures).collect();
    if fixed.iter().all(|fixed| *fixed) {
        return table.columns.iter().map(share).collect();
    }
    loop {
        let taken: f64 = sum_of(&least, &fixed, true);
        let shares: Vec<f64> = table.columns.iter().map(|column| column.share).collect();
        let left = sum_of(&shares, &fixed, false).max(f64::MIN_POSITIVE);
        let width = |at: usize| {
            if fixed[at] {
                least[at]
            } else {
                (room - taken) * shares[at] / left
            }
        };
        let short = (0..least.len()).find(|at| !fixed[*at] && width(*at) < least[*at]);
        match short {
            Some(at) => fixed[at] = true,
            None => return (0..least.len()).map(width).collect(),
        }
    }
}

/// The sum of the numbers that are fixed, or that are not.
fn sum_of(numbers: &[f64], fixed: &[bool], wanted: bool) -> f64 {
    let pairs = numbers.iter().zip(fixed);
    pairs
        .filter(|(_, fixed)| **fixed == wanted)
        .map(|(number, _)| number)
        .sum()
}

/// What a column has to have room for: figures whole, words one by one.
fn widest(table: &Table, at: usize) -> f64 {
    let word = |text: &str, lettering| {
        let words = text.split(' ');
        let widths = words.map(|word| width(&Text::plain(word), lettering));
        widths.fold(0.0, f64::max)
    };
    let Some(column) = table.columns.get(at) else {
        return 0.0;
    };
    let cells = table.rows.iter().filter(|row| row.kind != RowKind::Group);
    cells
        .filter_map(|row| row.cells.get(at))
        .map(|cell| match column.align {
            Align::Right => width(cell, Lettering::CELL_STRONG),
            Align::Left => word(&cell.words(), Lettering::CELL_STRONG),
        })
        .fold(word(&column.title, Lettering::HEAD), f64::max)
}

/// A count of lines.
fn whole(number: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "never below zero, never more than lines on a page"
    )]
    let whole = number.clamp(0.0, 10_000.0) as usize;
    whole
}
