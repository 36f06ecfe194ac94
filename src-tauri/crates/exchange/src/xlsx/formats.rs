//! How cells look, and the few gestures that every sheet is made of. Texts are always written as texts, never as
//! something that a spreadsheet would reckon with.

use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError,
};

use super::{LONGEST_CELL, SHORTENED};
use crate::cell::Cell;
use crate::columns::Shape;
use crate::guard::looks_guarded;

/// The looks that sheets share.
pub(super) struct Formats {
    pub(super) head: Format,
    pub(super) head_of_numbers: Format,
    pub(super) text: Format,
    pub(super) strong: Format,
    pub(super) soft: Format,
    pub(super) money: Format,
    pub(super) money_strong: Format,
    pub(super) count: Format,
    pub(super) rate: Format,
    pub(super) day: Format,
    pub(super) link: Format,
    pub(super) severities: [Format; 3],
}

impl Formats {
    pub(super) fn new() -> Self {
        let text = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        let number = |pattern: &str| {
            Format::new()
                .set_align(FormatAlign::Top)
                .set_num_format(pattern)
        };
        let severity = |colour: u32| text.clone().set_background_color(Color::RGB(colour));
        let head = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(Color::RGB(0x00E9_EEF2))
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(Color::RGB(0x0056_6573));
        Self {
            head_of_numbers: head.clone().set_align(FormatAlign::Right),
            head,
            strong: text.clone().set_bold(),
            soft: text.clone().set_font_color(Color::RGB(0x0056_6573)),
            money: number("#,##0.00"),
            money_strong: number("#,##0.00")
                .set_bold()
                .set_border_top(FormatBorder::Thin),
            count: number("#,##0"),
            rate: number("0.00%"),
            day: number("yyyy-mm-dd"),
            link: Format::new()
                .set_align(FormatAlign::Top)
                .set_font_color(Color::RGB(0x0000_5A8C)),
            severities: [
                severity(0x00F6_D5C9),
                severity(0x00FB_EBC8),
                severity(0x00DC_EBF5),
            ],
            text,
        }
    }

    /// How values of this shape look as numbers.
    fn of(&self, shape: Shape) -> &Format {
        match shape {
            Shape::Money => &self.money,
            Shape::Count => &self.count,
            Shape::Rate | Shape::RateEstimate => &self.rate,
            _ => &self.text,
        }
    }

    /// Writes one cell as what it is.
    pub(super) fn cell(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        cell: &Cell,
        shape: Shape,
    ) -> Result<(), XlsxError> {
        match cell {
            Cell::Empty => return Ok(()),
            Cell::Number(number) => {
                sheet.write_number_with_format(row, column, *number, self.of(shape))?;
            }
            Cell::Day(day) => {
                let date = day.date();
                let parts = (
                    u16::try_from(date.year()),
                    u8::try_from(date.month()),
                    u8::try_from(date.day()),
                );
                let dated = match parts {
                    (Ok(year), Ok(month), Ok(day)) => {
                        ExcelDateTime::from_ymd(year, month, day).ok()
                    }
                    _ => None,
                };
                // Spreadsheets count days from 1900; others stay words.
                match dated {
                    Some(date) => sheet.write_datetime_with_format(row, column, date, &self.day)?,
                    None => {
                        sheet.write_string_with_format(row, column, day.to_string(), &self.text)?
                    }
                };
            }
            other => {
                sheet.write_string_with_format(row, column, clipped(&other.shown()), &self.text)?;
            }
        }
        Ok(())
    }
}

/// How many columns can be read on one landscape page.
const MOST_ON_A_PAGE: usize = 14;

/// The head of a sheet: headings and widths in characters, frozen with its first columns.
pub(super) fn head(
    sheet: &mut Worksheet,
    formats: &Formats,
    columns: &[(String, f64)],
    frozen_columns: u16,
) -> Result<(), XlsxError> {
    for (column, (heading, width)) in (0_u16..).zip(columns) {
        sheet.write_string_with_format(0, column, clipped(heading), &formats.head)?;
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_row_height(0, 30)?;
    sheet.set_freeze_panes(1, frozen_columns)?;
    sheet.set_landscape();
    // Wider tables would be too small to read on one page.
    if columns.len() <= MOST_ON_A_PAGE {
        sheet.set_print_fit_to_pages(1, 0);
    }
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

/// A filter over a sheet's head, when there is something to filter.
pub(super) fn filter(sheet: &mut Worksheet, rows: u32, columns: usize) -> Result<(), XlsxError> {
    let last = u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX);
    if rows > 0 {
        sheet.autofilter(0, 0, rows, last)?;
    }
    Ok(())
}

/// A text as a cell can hold it. One that looks guarded against formulas gets one more apostrophe, because reading
/// takes one off: tables of values that were saved as workbooks have one.
pub(super) fn clipped(text: &str) -> String {
    // Two characters that XML cannot hold and the library does not know of.
    let text = text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    let text = if looks_guarded(&text) {
        format!("'{text}")
    } else {
        text
    };
    if text.encode_utf16().count() <= LONGEST_CELL {
        return text;
    }
    let room = LONGEST_CELL - SHORTENED.encode_utf16().count();
    let mut left = room;
    let kept = text.chars().take_while(|character| {
        let fits = left >= character.len_utf16();
        left = left.saturating_sub(character.len_utf16());
        fits
    });
    let mut kept: String = kept.collect();
    kept.push_str(SHORTENED);
    kept
}
