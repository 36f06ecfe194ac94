//! Several values in one cell, joined by `; `. A backslash keeps a semicolon or a line break
//! inside a value. An empty list that means
//! "none of them" is written `none`, because an empty cell means that nobody said anything.

/// What stands for a list that is there and empty.
pub(crate) const NONE: &str = "none";

/// Joins values into the text of one cell.
pub(crate) fn join<T: AsRef<str>>(values: &[T]) -> String {
    let mut text = String::new();
    for value in values {
        if !text.is_empty() {
            text.push_str("; ");
        }
        for character in value.as_ref().chars() {
            if matches!(character, ';' | '\\' | '\n') {
                text.push('\\');
            }
            text.push(character);
        }
    }
    // A list of one that reads like none or like several, ended so that it reads as what it is.
    if values.len() == 1 && (says_none(&text) || text.contains([',', '|'])) {
        text.push(';');
    }
    text
}

/// Whether a cell says that there are none.
pub(crate) fn says_none(text: &str) -> bool {
    let text = text.trim();
    text.eq_ignore_ascii_case(NONE) || ["-", "–", "—"].contains(&text)
}

/// The values of a cell: parted by semicolons or line breaks, and by commas or bars when there is neither. Blank
/// values are left out.
pub(crate) fn split(text: &str) -> Vec<String> {
    if says_none(text) {
        return Vec::new();
    }
    let strong = text.contains([';', '\n']);
    let mut values = vec![String::new()];
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let parts = match character {
            ';' | '\n' => true,
            ',' | '|' => !strong,
            _ => false,
        };
        let escaped = character == '\\' && matches!(characters.peek(), Some(';' | '\\' | '\n'));
        let taken = if escaped {
            characters.next()
        } else {
            Some(character)
        };
        if parts {
            values.push(String::new());
        } else if let (Some(value), Some(taken)) = (values.last_mut(), taken) {
            value.push(taken);
        }
    }
    let trimmed = values.iter().map(|value| value.trim().to_owned());
    trimmed.filter(|value| !value.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn people_part_values_in_many_ways() {
        for text in [
            "mobile; tv",
            "mobile;tv;",
            "mobile, tv",
            "mobile | tv",
            "mobile\ntv",
        ] {
            assert_eq!(split(text), ["mobile", "tv"], "{text}");
        }
        assert_eq!(split("a, b; c"), ["a, b", "c"]);
        assert!(split("None").is_empty() && split("–").is_empty());
        assert_eq!(split("C:\\new"), ["C:\\new"]);
    }

    proptest! {
        #[test]
        fn what_is_joined_comes_apart_again(values in prop::collection::vec("[a-z;,|\\\\–-]{1,6}", 1..5)) {
            prop_assert_eq!(split(&join(&values)), values);
        }
    }
}
