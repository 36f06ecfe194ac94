//! The guard against formulas: a cell of text that a spreadsheet would take for a formula gets an apostrophe in front.
//! The method is OWASP's for CSV injection. A text that already looks guarded is guarded once more, so that reading
//! takes off exactly what writing put on.

/// What spreadsheets take for the start of a formula, the full-width signs included.
const FORMULA_SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn looks_like_formula(text: &str) -> bool {
    text.starts_with(FORMULA_SIGNS)
}

/// Whether a text is one or more apostrophes before what looks like a formula.
pub(crate) fn looks_guarded(text: &str) -> bool {
    text.starts_with('\'') && looks_like_formula(text.trim_start_matches('\''))
}

/// The text as it may stand in a cell.
pub(crate) fn guard(text: &str) -> String {
    if looks_like_formula(text) || looks_guarded(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// What [`guard`] was given.
pub(crate) fn unguard(text: &str) -> &str {
    if looks_guarded(text) {
        text.strip_prefix('\'').unwrap_or(text)
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_guarded_is_a_formula_and_all_comes_back(text in "['=+@\t\r\n＝a-]{0,5}") {
            let guarded = guard(&text);
            prop_assert!(!looks_like_formula(&guarded));
            prop_assert_eq!(unguard(&guarded), text);
        }
    }
}
