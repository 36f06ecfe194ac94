//! The map as a Mermaid flowchart, and flowcharts read as maps.

mod write;

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
