//! A value's refusal in the planner's words. The typed rows are read by serde, whose messages speak of variants and
//! number types; this says the same of texts, numbers and lists. What it does not know it leaves as it is.

/// A refusal of serde: which key it is about beyond the place where it arose, and the reason.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Worded {
    /// The missing key, when that is what is wrong.
    pub(crate) missing: Option<String>,
    /// One sentence without a full stop.
    pub(crate) reason: String,
}

/// Rewords a message in one of the forms that `serde::de::Error` gives out by itself; messages of our own types pass
/// through. O(bytes).
pub(crate) fn in_plain_words(message: &str) -> Worded {
    if let Some(key) = message.strip_prefix("missing field ") {
        return Worded {
            missing: Some(key.trim_matches('`').to_owned()),
            reason: "this is required and missing".to_owned(),
        };
    }
    let reason = unknown_word(message)
        .or_else(|| unfitting(message))
        .unwrap_or_else(|| message.to_owned());
    Worded {
        missing: None,
        reason,
    }
}

/// ``unknown variant `x`, expected one of `a`, `b` `` names the words that are known.
fn unknown_word(message: &str) -> Option<String> {
    let rest = message.strip_prefix("unknown variant `")?;
    let (word, expected) = rest.rsplit_once("`, expected ")?;
    let expected = expected.strip_prefix("one of ").unwrap_or(expected);
    let known = expected.replace('`', "");
    Some(format!(
        "\u{201c}{word}\u{201d} is not one of the words known here: {known}"
    ))
}

/// `invalid type: string "x", expected f64` and its kin say what stands there and what should.
fn unfitting(message: &str) -> Option<String> {
    let rest = ["invalid type: ", "invalid value: ", "invalid length "]
        .iter()
        .find_map(|form| message.strip_prefix(form))?;
    let (found, expected) = rest.rsplit_once(", expected ")?;
    Some(format!(
        "{} was expected here, not {}",
        wanted(expected),
        seen(found)
    ))
}

fn wanted(expected: &str) -> &str {
    match expected {
        "f64" | "f32" => "a number",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        "a boolean" => "true or false",
        "a string" | "a borrowed string" | "string" | "string or map" => "a text",
        "a sequence" => "a list",
        "a map" => "an object",
        other if other.starts_with("struct ") => "an object",
        other if other.starts_with("enum ") => "one of the words known here",
        other => other,
    }
}

fn seen(found: &str) -> String {
    match found {
        "sequence" => "a list".to_owned(),
        "map" => "an object".to_owned(),
        "null" | "unit value" | "Option value" => "nothing".to_owned(),
        _ => match found.split_once(" `").or_else(|| found.split_once(" \"")) {
            Some(("string", text)) => {
                format!("the text \u{201c}{}\u{201d}", text.trim_end_matches('"'))
            }
            Some((_, value)) => value.trim_end_matches('`').to_owned(),
            None => found.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_speak_of_texts_numbers_and_lists() {
        let cases = [
            (
                "unknown variant `dryver`, expected `driver` or `destination`",
                "\u{201c}dryver\u{201d} is not one of the words known here: driver or destination",
            ),
            (
                "unknown variant `x`, expected one of `paid`, `earned`, `owned`",
                "\u{201c}x\u{201d} is not one of the words known here: paid, earned, owned",
            ),
            (
                "invalid type: string \"much\", expected f64",
                "a number was expected here, not the text \u{201c}much\u{201d}",
            ),
            (
                "invalid type: integer `5`, expected a string",
                "a text was expected here, not 5",
            ),
            (
                "invalid type: floating point `1.5`, expected u32",
                "a whole number from 0 was expected here, not 1.5",
            ),
            (
                "invalid value: integer `-5`, expected u32",
                "a whole number from 0 was expected here, not -5",
            ),
            (
                "invalid type: boolean `true`, expected a sequence",
                "a list was expected here, not true",
            ),
            (
                "invalid type: map, expected a boolean",
                "true or false was expected here, not an object",
            ),
            (
                "invalid type: sequence, expected struct Stage",
                "an object was expected here, not a list",
            ),
            (
                "a date is written like 2026-01-05, not \"soon\"",
                "a date is written like 2026-01-05, not \"soon\"",
            ),
        ];
        for (message, reason) in cases {
            let worded = in_plain_words(message);
            assert_eq!((worded.missing, worded.reason.as_str()), (None, reason));
        }
    }

    #[test]
    fn a_missing_key_is_named() {
        let worded = in_plain_words("missing field `title`");
        assert_eq!(worded.missing.as_deref(), Some("title"));
        assert_eq!(worded.reason, "this is required and missing");
    }
}
