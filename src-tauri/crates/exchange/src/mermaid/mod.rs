//! The map as a Mermaid flowchart, and flowcharts read as maps. Read by a scanner of our own: what renders charts need
//! not tell which line says what, nor what it passed over, and both are what an import owes the planner.

mod chain;
mod read;
mod statements;
mod write;

pub use read::read;
pub use write::write;

/// What the ids of our stages and touchpoints begin with, so that none is a word of the language.
const STAGE: &str = "s_";
const TOUCHPOINT: &str = "t_";

/// The comment by which we know our own.
const MARK: &str = "%% A map by Backcast: ids are ours";

/// The classes that tell kinds apart.
const CLASSES: [(&str, &str); 6] = [
    (
        "ultimate",
        "fill:#005A8C,stroke:#00314D,stroke-width:3px,color:#FFFFFF",
    ),
    (
        "destination",
        "fill:#005A8C,stroke:#005A8C,stroke-width:2px,color:#FFFFFF",
    ),
    ("intermediate", "fill:#005A8C,stroke:#005A8C,color:#FFFFFF"),
    (
        "direct",
        "fill:#FFFFFF,stroke:#005A8C,stroke-width:2px,color:#1D2730",
    ),
    (
        "indirect",
        "fill:#FFFFFF,stroke:#566573,stroke-dasharray:5 4,color:#1D2730",
    ),
    ("driver", "fill:#FFFFFF,stroke:#566573,color:#1D2730"),
];

/// An id of ours as Mermaid takes it: letters and digits stay, the rest becomes its number between underscores.
fn spelled(id: &str) -> String {
    use std::fmt::Write as _;
    let mut spelled = String::with_capacity(id.len());
    for character in id.chars() {
        if character.is_ascii_alphanumeric() {
            spelled.push(character);
        } else {
            let _ = write!(spelled, "_{:x}_", u32::from(character));
        }
    }
    spelled
}

/// The id that [`spelled`] was given; what is no number between underscores stays as it is.
fn unspelled(spelled: &str) -> String {
    let mut id = String::with_capacity(spelled.len());
    let mut rest = spelled;
    while let Some((before, after)) = rest.split_once('_') {
        id.push_str(before);
        let number = after.split_once('_').and_then(|(code, rest)| {
            Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, rest))
        });
        match number {
            Some((character, behind)) => {
                id.push(character);
                rest = behind;
            }
            None => {
                id.push('_');
                rest = after;
            }
        }
    }
    id.push_str(rest);
    id
}

/// What a person reads in a label: line breaks, numbered characters and marks resolved. Ours keeps its spaces.
fn label(text: &str, ours: bool) -> String {
    let lines = ["<br/>", "<br>", "<br />"]
        .iter()
        .fold(text.to_owned(), |text, tag| text.replace(tag, "\n"));
    if ours {
        let name = resolved(&lines);
        return if name == " " { String::new() } else { name };
    }
    let lines = if lines.contains('<') {
        crate::html::to_text(&lines)
    } else {
        lines
    };
    let resolved = resolved(&lines);
    let words = resolved.split_whitespace().filter(|word| !is_icon(word));
    let line = words.collect::<Vec<_>>().join(" ");
    let markdown = line
        .strip_prefix('`')
        .and_then(|line| line.strip_suffix('`'));
    markdown.map_or(line.clone(), |marked| {
        marked.replace("**", "").replace(['*', '`'], "")
    })
}

/// `fa:fa-car` shows a picture.
fn is_icon(word: &str) -> bool {
    word.split_once(':').is_some_and(|(set, icon)| {
        ["fa", "fas", "far", "fab", "fal", "mdi"].contains(&set) && icon.contains('-')
    })
}

/// Characters by number or name between `#` and `;`.
fn resolved(text: &str) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('#') {
        resolved.push_str(before);
        let named = after
            .split_once(';')
            .filter(|(name, _)| name.len() <= 8)
            .and_then(|(name, behind)| {
                let by_number = || char::from_u32(name.parse().ok()?);
                let by_name = || crate::html::character(name);
                Some((by_number().or_else(by_name)?, behind))
            });
        match named {
            Some((character, behind)) => {
                resolved.push(character);
                rest = behind;
            }
            None => {
                resolved.push('#');
                rest = after;
            }
        }
    }
    resolved.push_str(rest);
    resolved
}
