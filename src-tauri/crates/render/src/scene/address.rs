//! Web and mail addresses in the planner's notes. Only `http`, `https` and `mailto` are let through: what a page links to
//! is opened by whatever reads it. Refuses to guess addresses that are not written out.

use url::Url;

const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// Longer ones are no addresses that anybody typed.
const LONGEST: usize = 2000;

/// The first address in a text, as browsers spell it.
pub(crate) fn first(text: &str) -> Option<String> {
    let start = SCHEMES
        .iter()
        .filter_map(|scheme| text.find(scheme))
        .min()?;
    let rest = &text[start..];
    let ends = |character: char| {
        character.is_whitespace() || character.is_control() || "<>\"'`".contains(character)
    };
    let end = rest.find(ends).unwrap_or(rest.len());
    let written = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}']);
    if written.len() > LONGEST {
        return None;
    }
    let address = Url::parse(written).ok()?;
    matches!(address.scheme(), "http" | "https" | "mailto").then(|| address.into())
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn only_web_and_mail_addresses_are_found() {
        for (text, address) in [
            (
                "See https://example.org/a?b=1, then call",
                Some("https://example.org/a?b=1"),
            ),
            ("(http://example.org).", Some("http://example.org/")),
            ("Ask mailto:ann@example.org", Some("mailto:ann@example.org")),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("https://", None),
            (
                "https://example.org/\"onload=x",
                Some("https://example.org/"),
            ),
            ("", None),
        ] {
            assert_eq!(first(text).as_deref(), address, "{text}");
        }
    }
}
