//! What one cell of a table holds, whatever the format of the table, and what its place is called.

use backcast_model::Day;

/// The content of one cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Words.
    Text(String),
    /// A finite number; percentages are shares (0.02 for 2 %).
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// A calendar day.
    Day(Day),
    /// A formula's error value, as the program that made the table spells it (`#REF!`).
    Broken(String),
}

impl Cell {
    /// A text, or nothing when it is blank.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.trim().is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// What a person reads in it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Broken(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Boolean(true) => "yes".to_owned(),
            Self::Boolean(false) => "no".to_owned(),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// The letters of a column, counted from 0: `A`, `Z`, `AA`.
#[must_use]
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A cell's name from its row and column, both counted from 0: `C7`.
#[must_use]
pub fn cell_name(row: usize, column: usize) -> String {
    format!("{}{}", column_letters(column), row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_called_as_spreadsheets_call_them() {
        for (row, column, name) in [
            (0, 0, "A1"),
            (6, 2, "C7"),
            (9, 25, "Z10"),
            (0, 26, "AA1"),
            (0, 701, "ZZ1"),
            (0, 702, "AAA1"),
        ] {
            assert_eq!(cell_name(row, column), name);
        }
    }
}
