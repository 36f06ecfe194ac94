//! Native tables over as many slides as they need: the head stands on every one, rows are as tall as their words, and
//! what is too much for a whole slide is cut and told to the notes.

use std::ops::Range;

use super::drawing::Drawing;
use super::palette::{Ink, Palette};
use super::sheet::{Frame, POINT, exact};
use super::words::Paragraph;
use super::xml::Xml;

const TABLE: &str = "http://schemas.openxmlformats.org/drawingml/2006/table";

/// Free room left and right, and above and below, in a cell.
const BESIDE: i64 = 6 * POINT;
const ABOVE: i64 = 4 * POINT;

/// A cell.
#[derive(Debug, Clone)]
pub(super) struct GridCell {
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) fill: Option<Ink>,
}

impl GridCell {
    pub(super) fn of(paragraphs: Vec<Paragraph>) -> Self {
        Self {
            paragraphs,
            fill: None,
        }
    }
}

/// A table with its measures.
#[derive(Debug)]
pub(super) struct Grid<'a> {
    pub(super) palette: Palette<'a>,
    /// Widths of the columns.
    pub(super) widths: Vec<i64>,
    pub(super) head: Vec<GridCell>,
    pub(super) rows: Vec<Vec<GridCell>>,
}

impl Grid<'_> {
    /// Cuts what no slide has room for, and answers which rows come on which slide and which were cut.
    pub(super) fn paged(&mut self, height: i64) -> (Vec<Range<usize>>, Vec<usize>) {
        let mut head = std::mem::take(&mut self.head);
        self.cut(&mut head, height / 3);
        self.head = head;
        let room = height - self.height(&self.head);
        let mut rows = std::mem::take(&mut self.rows);
        let shortened = (0..rows.len())
            .filter(|at| rows.get_mut(*at).is_some_and(|row| self.cut(row, room)))
            .collect();
        self.rows = rows;
        (self.pages(room), shortened)
    }

    fn pages(&self, room: i64) -> Vec<Range<usize>> {
        let mut pages: Vec<Range<usize>> = Vec::new();
        let mut filled = 0;
        for (at, row) in self.rows.iter().enumerate() {
            let height = self.height(row);
            match pages.last_mut() {
                Some(page) if filled + height <= room => {
                    page.end = at + 1;
                    filled += height;
                }
                _ => {
                    pages.push(at..at + 1);
                    filled = height;
                }
            }
        }
        if pages.is_empty() {
            pages.push(0..0);
        }
        pages
    }

    fn room(&self, column: usize) -> f64 {
        exact(self.widths.get(column).copied().unwrap_or(0) - 2 * BESIDE).max(1.0)
    }

    fn height(&self, row: &[GridCell]) -> i64 {
        let cell = |(column, cell): (usize, &GridCell)| -> i64 {
            cell.paragraphs
                .iter()
                .map(|paragraph| lines(paragraph, self.room(column)) * paragraph.look.line())
                .sum()
        };
        row.iter().enumerate().map(cell).max().unwrap_or(0) + 2 * ABOVE
    }

    /// Shortens the cells of a row that is taller than `room`; answers whether any was.
    fn cut(&self, row: &mut [GridCell], room: i64) -> bool {
        let mut any = false;
        for (column, cell) in row.iter_mut().enumerate() {
            let mut left = room - 2 * ABOVE;
            let mut kept = Vec::new();
            for mut paragraph in std::mem::take(&mut cell.paragraphs) {
                let (line, count) = (paragraph.look.line(), lines(&paragraph, self.room(column)));
                if line * count > left {
                    let most = usize::try_from(left / line.max(1)).unwrap_or(0);
                    paragraph.text = paragraph
                        .look
                        .font()
                        .wrap(&paragraph.text, self.room(column), most)
                        .join(" ");
                    kept.extend((most > 0).then_some(paragraph));
                    any = true;
                    break;
                }
                left -= line * count;
                kept.push(paragraph);
            }
            cell.paragraphs = kept;
        }
        any
    }

    /// Draws some of the rows under the head.
    pub(super) fn draw(
        &self,
        drawing: &mut Drawing,
        name: &str,
        at: (i64, i64),
        rows: Range<usize>,
    ) {
        let shown = self.rows.get(rows).unwrap_or_default();
        let heights: Vec<i64> = std::iter::once(&self.head)
            .chain(shown)
            .map(|row| self.height(row))
            .collect();
        let frame = Frame::new(at.0, at.1, self.widths.iter().sum(), heights.iter().sum());
        let description = format!("Table: {name}, {} rows", shown.len());
        drawing.framed(name, &description, frame, TABLE, |xml| {
            xml.open("a:tbl")
                .open("a:tblPr")
                .attr("firstRow", "1")
                .close()
                .open("a:tblGrid");
            for width in &self.widths {
                xml.open("a:gridCol").attr("w", *width).close();
            }
            xml.close();
            for (row, height) in std::iter::once(&self.head).chain(shown).zip(&heights) {
                xml.open("a:tr").attr("h", *height);
                for column in 0..self.widths.len() {
                    self.write_cell(xml, row.get(column));
                }
                xml.close();
            }
        });
    }

    fn write_cell(&self, xml: &mut Xml, cell: Option<&GridCell>) {
        xml.open("a:tc")
            .open("a:txBody")
            .empty("a:bodyPr")
            .empty("a:lstStyle");
        let paragraphs = cell
            .map(|cell| cell.paragraphs.as_slice())
            .unwrap_or_default();
        for paragraph in paragraphs {
            paragraph.write(xml);
        }
        if paragraphs.is_empty() {
            xml.empty("a:p");
        }
        xml.close().open("a:tcPr");
        for (name, margin) in [
            ("marL", BESIDE),
            ("marR", BESIDE),
            ("marT", ABOVE),
            ("marB", ABOVE),
        ] {
            xml.attr(name, margin);
        }
        xml.attr("anchor", "t");
        for side in ["a:lnL", "a:lnR", "a:lnT", "a:lnB"] {
            xml.open(side).attr("w", POINT * 3 / 4).open("a:solidFill");
            Ink::fixed(self.palette.theme.column_line).write(xml);
            xml.close().close();
        }
        match cell.and_then(|cell| cell.fill) {
            Some(ink) => {
                xml.open("a:solidFill");
                ink.write(xml);
                xml.close();
            }
            None => {
                xml.empty("a:noFill");
            }
        }
        xml.close().close();
    }
}

/// How many lines a paragraph takes; an empty one takes its line too.
fn lines(paragraph: &Paragraph, room: f64) -> i64 {
    let lines = paragraph
        .look
        .font()
        .paragraphs(&paragraph.text, room)
        .len()
        .max(1);
    i64::try_from(lines).unwrap_or(i64::MAX / POINT / 10_000)
}
