//! The little HTML that other programs keep labels in: a text as such a label, and what a person reads in one.
//! Refuses to be a browser: tags are dropped, entities resolved, nothing is run or fetched.

/// A text as a label that shows it.
pub(crate) fn from_text(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\n' => html.push_str("<br>"),
            '\r' => {}
            _ => html.push(character),
        }
    }
    html
}

/// Tags after which a new line begins.
const BREAKS: [&str; 12] = [
    "br", "div", "p", "li", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "hr",
];

/// Tags whose content nobody reads.
const UNREAD: [&str; 3] = ["script", "style", "head"];

/// What a person reads in a label: lines without tags, spaces evened, blank lines left out.
pub(crate) fn to_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    // Behind the last of them nothing is searched for the end of a tag, so that a label is walked once.
    let last = html.rfind('>').unwrap_or_default();
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        push_evened(&mut text, before);
        rest = if from.starts_with('<') {
            tag(from, html.len() - from.len() < last, &mut text)
        } else {
            entity(from, &mut text)
        };
    }
    push_evened(&mut text, rest);
    let lines = text
        .split('\n')
        .map(str::trim)
        .filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n").replace('\u{a0}', " ")
}

/// HTML shows any white space as one space.
fn push_evened(text: &mut String, plain: &str) {
    for character in plain.chars() {
        let space = character.is_ascii_whitespace();
        if !space {
            text.push(character);
        } else if !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
    }
}

/// Takes a tag from the start; what is no tag is text, as is all where nothing can end one.
fn tag<'a>(from: &'a str, ends: bool, text: &mut String) -> &'a str {
    if let Some(comment) = from.strip_prefix("<!--") {
        return comment.split_once("-->").map_or("", |(_, rest)| rest);
    }
    let inside = from.get(1..).unwrap_or_default();
    let begins = inside
        .starts_with(|first: char| first.is_ascii_alphabetic() || first == '/' || first == '!');
    let parted = (begins && ends).then(|| inside.split_once('>')).flatten();
    let Some((tag, rest)) = parted else {
        text.push('<');
        return inside;
    };
    let name = tag
        .trim_start_matches('/')
        .split(|end: char| !end.is_ascii_alphanumeric())
        .next();
    let name = name.unwrap_or_default().to_ascii_lowercase();
    if BREAKS.contains(&name.as_str()) {
        text.push('\n');
    }
    if UNREAD.contains(&name.as_str()) && !tag.starts_with('/') {
        let end = format!("</{name}");
        let at = rest
            .as_bytes()
            .windows(end.len())
            .position(|here| here.eq_ignore_ascii_case(end.as_bytes()));
        return at.and_then(|at| rest.get(at..)).unwrap_or_default();
    }
    rest
}

/// Takes an entity from the start; what is none is text.
fn entity<'a>(from: &'a str, text: &mut String) -> &'a str {
    let inside = from.get(1..).unwrap_or_default();
    let ends = inside
        .char_indices()
        .take(12)
        .find(|(_, character)| *character == ';');
    let resolved =
        ends.and_then(|(at, _)| Some((character(inside.get(..at)?)?, inside.get(at + 1..)?)));
    if let Some((character, rest)) = resolved {
        text.push(character);
        return rest;
    }
    text.push('&');
    inside
}

/// The character of an entity's name or number.
pub(crate) fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    let named = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", '\u{a0}'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("hellip", '…'),
        ("laquo", '«'),
        ("raquo", '»'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("bull", '•'),
        ("middot", '·'),
        ("euro", '€'),
        ("pound", '£'),
        ("copy", '©'),
        ("reg", '®'),
        ("trade", '™'),
        ("deg", '°'),
        ("times", '×'),
        ("rarr", '→'),
        ("larr", '←'),
        ("auml", 'ä'),
        ("ouml", 'ö'),
        ("uuml", 'ü'),
        ("Auml", 'Ä'),
        ("Ouml", 'Ö'),
        ("Uuml", 'Ü'),
        ("szlig", 'ß'),
        ("eacute", 'é'),
        ("egrave", 'è'),
        ("agrave", 'à'),
        ("ccedil", 'ç'),
        ("ntilde", 'ñ'),
        ("shy", '\u{ad}'),
    ];
    named
        .iter()
        .find(|(other, _)| *other == name)
        .map(|(_, character)| *character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_are_read_as_people_read_them() {
        let cases = [
            ("<b>TV</b> spot", "TV spot"),
            (
                "<div>One</div><div>two&nbsp;&amp;&nbsp;three</div>",
                "One\ntwo & three",
            ),
            ("a <br/> b<br>", "a\nb"),
            (
                "<font color=\"#333\" style=\"font-size: 12px\">Shop</font>",
                "Shop",
            ),
            ("5 < 6 & 7", "5 < 6 & 7"),
            ("&#8364;&#x20AC;&unknown;", "€€&unknown;"),
            ("<script>alert(1)</script>x<style>b{}</style>", "x"),
            ("<!-- no -->yes", "yes"),
            ("a\n   b", "a b"),
            ("<", "<"),
            ("<p", "<p"),
        ];
        for (html, text) in cases {
            assert_eq!(to_text(html), text, "{html}");
        }
    }

    #[test]
    fn long_labels_are_walked_once() {
        for piece in ["<a", "<", "< ", "<style></style>", "&", "<!--"] {
            let html = piece.repeat(200_000);
            assert!(to_text(&html).len() <= html.len());
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_what_is_read(text in "[a-z<>&\"'#;é]{1,12}( [a-z<&;]{1,5})?") {
            prop_assert_eq!(to_text(&from_text(&text)), text);
        }

        #[test]
        fn any_label_is_read(html in "[<>&#;/!a-z \u{e9}-]{0,40}") {
            let _ = to_text(&html);
        }
    }
}
