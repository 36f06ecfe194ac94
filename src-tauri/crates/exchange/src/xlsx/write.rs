//! The workbook's sheets: touchpoints, links, coverage, gaps, budget, tagged links. The same content always gives the
//! same bytes.

use backcast_model::catalog::Catalog;
use backcast_model::{Map, Severity};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::formats::{Formats, clipped, filter, head};
use super::{budget, links};
use crate::cell::Cell;
use crate::columns::{self, Column, Shape};
use crate::matrix::Shown;

/// What goes into a workbook.
#[derive(Debug, Clone)]
pub struct Content<'a> {
    /// The map.
    pub map: &'a Map,
    /// What its channels are called.
    pub catalog: &'a Catalog,
    /// Who is served where; `None` leaves the sheet out.
    pub coverage: Option<CoverageTable>,
    /// The gaps, worst first; `None` leaves the sheet out.
    pub gaps: Option<Vec<GapRow>>,
    /// Where tagged links lead before anybody fills in an address of their own.
    pub base_address: Option<String>,
}

/// Who is served where, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CoverageTable {
    /// The columns: stages.
    pub stages: Vec<String>,
    /// The rows: audiences, each with as many cells as there are stages.
    pub audiences: Vec<(String, Vec<CoverageCell>)>,
}

/// One audience in one stage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CoverageCell {
    /// Names of the touchpoints that serve it.
    pub touchpoints: Vec<String>,
    /// The worst open gap that stands on it.
    pub worst_gap: Option<Severity>,
}

/// One gap, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapRow {
    /// How much it hurts.
    pub severity: Severity,
    /// The rule's id.
    pub rule: String,
    /// What is wrong.
    pub message: String,
    /// Names of the stages it stands on.
    pub stages: Vec<String>,
    /// Names of the touchpoints it stands on.
    pub touchpoints: Vec<String>,
    /// What would mend it, best first.
    pub fixes: Vec<String>,
    /// Why it is there on purpose.
    pub dismissed: Option<String>,
}

/// The workbook as bytes.
///
/// # Errors
/// When the map has more rows than a sheet holds (1,048,576), with the library's reason.
pub fn write(content: &Content<'_>) -> Result<Vec<u8>, String> {
    workbook(content).map_err(|error| error.to_string())
}

fn workbook(content: &Content<'_>) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let shown = Shown::of(content.map, content.catalog);
    let mut workbook = Workbook::new();
    // A date of its own would make every file another one.
    let properties = DocProperties::new()
        .set_title(clipped(&content.map.properties.title))
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    touchpoints(workbook.add_worksheet(), content, &shown, &formats)?;
    link_rows(workbook.add_worksheet(), content, &shown, &formats)?;
    if let Some(table) = &content.coverage {
        coverage(workbook.add_worksheet(), table, &formats)?;
    }
    if let Some(rows) = &content.gaps {
        gaps(workbook.add_worksheet(), rows, &formats)?;
    }
    budget::sheet(workbook.add_worksheet(), content, &shown, &formats)?;
    links::sheet(workbook.add_worksheet(), content, &shown, &formats)?;
    workbook.save_to_buffer()
}

fn touchpoints(
    sheet: &mut Worksheet,
    content: &Content<'_>,
    shown: &Shown<'_>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name("Touchpoints")?;
    let rows = content
        .map
        .touchpoints
        .iter()
        .map(|row| shown.touchpoint(row, columns::TOUCHPOINT));
    table(sheet, content, columns::TOUCHPOINT, rows, formats)
}

fn link_rows(
    sheet: &mut Worksheet,
    content: &Content<'_>,
    shown: &Shown<'_>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name("Links")?;
    let rows = content
        .map
        .links
        .iter()
        .map(|row| shown.link(row, columns::LINK));
    table(sheet, content, columns::LINK, rows, formats)
}

fn table(
    sheet: &mut Worksheet,
    content: &Content<'_>,
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell>>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let currency = content.map.properties.currency.as_deref();
    let headings: Vec<_> = columns
        .iter()
        .map(|column| (heading(column, currency), width(column)))
        .collect();
    head(sheet, formats, &headings, 2)?;
    let mut last = 0;
    for (number, row) in (1_u32..).zip(rows) {
        for ((at, cell), column) in (0_u16..).zip(&row).zip(columns) {
            formats.cell(sheet, (number, at), cell, column.shape)?;
        }
        last = number;
    }
    filter(sheet, last, columns.len())
}

fn heading(column: &Column, currency: Option<&str>) -> String {
    match currency {
        Some(currency) if column.shape == Shape::Money => {
            format!("{} ({currency})", column.heading)
        }
        _ => column.heading.to_owned(),
    }
}

/// Widths that show a usual value of the kind.
fn width(column: &Column) -> f64 {
    match (column.field, column.shape) {
        ("name" | "from_name" | "to_name", _) => 30.0,
        ("message" | "notes" | "value_given", _) => 44.0,
        ("cta" | "promises", _) | (_, Shape::Audiences) => 28.0,
        (_, Shape::Flights) => 26.0,
        (
            _,
            Shape::Stage | Shape::Channel | Shape::System | Shape::Kind | Shape::Texts | Shape::End,
        ) => 18.0,
        _ => 14.0,
    }
}

fn coverage(
    sheet: &mut Worksheet,
    table: &CoverageTable,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name("Coverage")?;
    let mut columns = vec![("Audience".to_owned(), 28.0)];
    columns.extend(table.stages.iter().map(|stage| (stage.clone(), 30.0)));
    head(sheet, formats, &columns, 1)?;
    for (row, (audience, cells)) in (1_u32..).zip(&table.audiences) {
        sheet.write_string_with_format(row, 0, clipped(audience), &formats.strong)?;
        for (column, cell) in (1_u16..).zip(cells) {
            let format = cell
                .worst_gap
                .map_or(&formats.text, |severity| severity_of(formats, severity));
            let names = if cell.touchpoints.is_empty() {
                "\u{2013}".to_owned()
            } else {
                cell.touchpoints.join("\n")
            };
            sheet.write_string_with_format(row, column, clipped(&names), format)?;
        }
    }
    Ok(())
}

fn severity_of(formats: &Formats, severity: Severity) -> &rust_xlsxwriter::Format {
    let [high, medium, low] = &formats.severities;
    match severity {
        Severity::High => high,
        Severity::Medium => medium,
        Severity::Low => low,
    }
}

fn gaps(sheet: &mut Worksheet, rows: &[GapRow], formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("Gaps")?;
    let columns = [
        ("Severity", 12.0),
        ("Gap", 60.0),
        ("Stages", 22.0),
        ("Touchpoints", 34.0),
        ("What would mend it", 48.0),
        ("On purpose because", 34.0),
        ("Rule", 26.0),
    ];
    let columns = columns.map(|(heading, width)| (heading.to_owned(), width));
    head(sheet, formats, &columns, 1)?;
    for (number, row) in (1_u32..).zip(rows) {
        let severity = if row.dismissed.is_some() {
            &formats.soft
        } else {
            severity_of(formats, row.severity)
        };
        sheet.write_string_with_format(number, 0, row.severity.as_str(), severity)?;
        let texts = [
            row.message.clone(),
            row.stages.join("\n"),
            row.touchpoints.join("\n"),
            row.fixes.join("\n"),
            row.dismissed.clone().unwrap_or_default(),
            row.rule.clone(),
        ];
        for (column, text) in (1_u16..).zip(texts) {
            formats.cell(sheet, (number, column), &Cell::text(text), Shape::Text)?;
        }
    }
    filter(
        sheet,
        u32::try_from(rows.len()).unwrap_or_default(),
        columns.len(),
    )
}
