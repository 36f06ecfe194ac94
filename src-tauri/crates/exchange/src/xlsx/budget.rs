//! The budget per stage and channel, with a chart. Sums are reckoned in hundredths and written with the formulas that
//! give them, so that the table stays right when somebody changes a figure.

use std::collections::BTreeMap;

use backcast_model::{Id, Touchpoint};
use rust_xlsxwriter::{
    Chart, ChartFormat, ChartSolidFill, ChartType, Color, Formula, Worksheet, XlsxError,
};

use super::formats::{Formats, clipped, head};
use super::write::Content;
use crate::cell::{cell_name, column_letters};
use crate::matrix::Shown;

/// Okabe and Ito's colours, told apart by colour-blind people too, and their greys.
const COLOURS: [u32; 8] = [
    0x0000_72B2,
    0x00E6_9F00,
    0x0000_9E73,
    0x00CC_79A7,
    0x0056_B4E9,
    0x00D5_5E00,
    0x00F0_E442,
    0x0080_8080,
];

/// Hundredths by stage for each line, lines in the order of the touchpoints that first name them.
struct Budget {
    stages: Vec<Option<Id>>,
    lines: Vec<(String, BTreeMap<usize, i64>)>,
}

impl Budget {
    fn of(content: &Content<'_>, shown: &Shown<'_>) -> Self {
        let map = content.map;
        let mut stages: Vec<Option<Id>> = map.stages.ids().cloned().map(Some).collect();
        let cost = |touchpoint: &Touchpoint| {
            touchpoint.budget.is_some() || touchpoint.production_budget.is_some()
        };
        let present = || {
            map.touchpoints
                .iter()
                .filter(|touchpoint| touchpoint.is_present() && cost(touchpoint))
        };
        if present().any(|touchpoint| touchpoint.stage.is_none()) {
            stages.push(None);
        }
        let mut budget = Self {
            stages,
            lines: Vec::new(),
        };
        for touchpoint in present() {
            if let Some(money) = touchpoint.budget {
                let channel = touchpoint.channel.as_deref();
                let name = channel
                    .map_or_else(|| "No channel".to_owned(), |channel| shown.channel(channel));
                budget.add(name, touchpoint, money.hundredths());
            }
        }
        for touchpoint in present() {
            if let Some(money) = touchpoint.production_budget {
                budget.add("Production".to_owned(), touchpoint, money.hundredths());
            }
        }
        budget
    }

    fn add(&mut self, name: String, touchpoint: &Touchpoint, hundredths: i64) {
        let Some(stage) = self
            .stages
            .iter()
            .position(|stage| *stage == touchpoint.stage)
        else {
            return;
        };
        let at = self
            .lines
            .iter()
            .position(|(other, _)| *other == name)
            .unwrap_or_else(|| {
                self.lines.push((name, BTreeMap::new()));
                self.lines.len() - 1
            });
        if let Some((_, line)) = self.lines.get_mut(at) {
            let sum = line.entry(stage).or_default();
            *sum = sum.saturating_add(hundredths);
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "sums of money stay far below 2^53 hundredths"
)]
fn amount(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}

pub(super) fn sheet(
    sheet: &mut Worksheet,
    content: &Content<'_>,
    shown: &Shown<'_>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name("Budget")?;
    let budget = Budget::of(content, shown);
    if budget.lines.is_empty() {
        sheet.set_column_width(0, 60)?;
        sheet.write_string_with_format(0, 0, "No touchpoint has a budget yet.", &formats.soft)?;
        return Ok(());
    }
    let name = |stage: &Option<Id>| {
        let stage = stage
            .as_ref()
            .and_then(|id| content.map.stages.get(id.as_str()));
        stage.map_or_else(|| "No stage".to_owned(), |stage| stage.name.clone())
    };
    let currency = content.map.properties.currency.as_deref();
    let corner = currency.map_or_else(
        || "Channel".to_owned(),
        |currency| format!("Channel ({currency})"),
    );
    let mut columns = vec![(corner, 30.0)];
    columns.extend(budget.stages.iter().map(|stage| (name(stage), 16.0)));
    columns.push(("Total".to_owned(), 16.0));
    head(sheet, formats, &columns, 1)?;
    for (column, (heading, _)) in (0_u16..).zip(&columns).skip(1) {
        sheet.write_string_with_format(0, column, clipped(heading), &formats.head_of_numbers)?;
    }
    lines(sheet, &budget, formats)?;
    totals(sheet, &budget, formats)?;
    chart(sheet, &budget, currency)
}

fn lines(sheet: &mut Worksheet, budget: &Budget, formats: &Formats) -> Result<(), XlsxError> {
    let stages = u16::try_from(budget.stages.len()).unwrap_or(u16::MAX);
    for (row, (name, line)) in (1_u32..).zip(&budget.lines) {
        sheet.write_string_with_format(row, 0, clipped(name), &formats.text)?;
        for (stage, hundredths) in line {
            let column = u16::try_from(stage + 1).unwrap_or(u16::MAX);
            sheet.write_number_with_format(row, column, amount(*hundredths), &formats.money)?;
        }
        let last = column_letters(budget.stages.len());
        let sum = amount(line.values().sum());
        let formula =
            Formula::new(format!("=SUM(B{0}:{last}{0})", row + 1)).set_result(sum.to_string());
        sheet.write_formula_with_format(row, stages + 1, formula, &formats.money)?;
    }
    Ok(())
}

fn totals(sheet: &mut Worksheet, budget: &Budget, formats: &Formats) -> Result<(), XlsxError> {
    let row = u32::try_from(budget.lines.len() + 1).unwrap_or(u32::MAX);
    sheet.write_string_with_format(row, 0, "Total", &formats.money_strong)?;
    for column in 0..=budget.stages.len() {
        let in_stage = |line: &BTreeMap<usize, i64>| {
            if column == budget.stages.len() {
                line.values().sum()
            } else {
                line.get(&column).copied().unwrap_or_default()
            }
        };
        let sum: i64 = budget.lines.iter().map(|(_, line)| in_stage(line)).sum();
        let letters = column_letters(column + 1);
        let formula = Formula::new(format!(
            "=SUM({letters}2:{})",
            cell_name(budget.lines.len(), column + 1)
        ));
        let at = u16::try_from(column + 1).unwrap_or(u16::MAX);
        sheet.write_formula_with_format(
            row,
            at,
            formula.set_result(amount(sum).to_string()),
            &formats.money_strong,
        )?;
    }
    Ok(())
}

/// Stages side by side, channels upon each other.
fn chart(sheet: &mut Worksheet, budget: &Budget, currency: Option<&str>) -> Result<(), XlsxError> {
    let last_stage = u16::try_from(budget.stages.len()).unwrap_or(u16::MAX);
    let rows = u32::try_from(budget.lines.len()).unwrap_or(u32::MAX);
    let mut chart = Chart::new(ChartType::ColumnStacked);
    chart.title().set_name("Budget per stage and channel");
    for (row, colour) in (1..=rows).zip(COLOURS.iter().cycle()) {
        let fill = ChartSolidFill::new().set_color(Color::RGB(*colour)).clone();
        chart
            .add_series()
            .set_name(("Budget", row, 0))
            .set_categories(("Budget", 0, 1, 0, last_stage))
            .set_values(("Budget", row, 1, row, last_stage))
            .set_gap(60)
            .set_format(ChartFormat::new().set_solid_fill(&fill));
    }
    chart
        .y_axis()
        .set_name(currency.unwrap_or("Budget"))
        .set_num_format("#,##0");
    chart.set_width(860).set_height(420);
    sheet.insert_chart(rows + 3, 0, &chart)?;
    Ok(())
}
