//! A project in the metadata of an SVG, as base64. Read in one pass; a document type is refused, as it could define
//! entities that grow without end.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::{MOST_PROJECT_BYTES, damaged, find};
use crate::error::RenderError;

const NAMESPACE: &str = "urn:backcast:project";
const TAG: &str = "project";
const END: &str = "</svg>";
/// Deeper than this no picture is.
const DEEPEST: usize = 200;

/// Puts the project at the end of a picture that was exported.
pub(super) fn embed(picture: &[u8], project: &[u8]) -> Result<Vec<u8>, RenderError> {
    let text = std::str::from_utf8(picture).map_err(|error| damaged("SVG", error))?;
    let end = text
        .rfind(END)
        .ok_or_else(|| damaged("SVG", "it ends too early"))?;
    let mut whole = String::with_capacity(text.len() + project.len() / 3 * 4 + 200);
    whole.push_str(&text[..end]);
    whole.push_str("<metadata><project xmlns=\"");
    whole.push_str(NAMESPACE);
    whole.push_str("\">");
    STANDARD.encode_string(project, &mut whole);
    whole.push_str("</project></metadata>\n");
    whole.push_str(&text[end..]);
    Ok(whole.into_bytes())
}

pub(super) fn embedded(picture: &[u8]) -> Result<Option<Vec<u8>>, RenderError> {
    // Nearly every picture is somebody else's, and need not be taken apart to know that.
    if find(picture, NAMESPACE.as_bytes()).is_none() {
        return Ok(None);
    }
    let text = std::str::from_utf8(picture).map_err(|error| damaged("SVG", error))?;
    let Some(words) = words(text)? else {
        return Ok(None);
    };
    let packed: Vec<u8> = words
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    let project = STANDARD
        .decode(packed)
        .map_err(|error| damaged("SVG", error))?;
    if project.len() > MOST_PROJECT_BYTES {
        return Err(damaged("SVG", "it is larger than a project may be"));
    }
    Ok(Some(project))
}

/// What stands in the project's element.
fn words(text: &str) -> Result<Option<String>, RenderError> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0_usize;
    let mut inside: Option<String> = None;
    loop {
        let event = reader.read_event().map_err(|error| damaged("SVG", error))?;
        match event {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(damaged("SVG", "it is nested too deeply"));
                }
                let own = |attribute: &quick_xml::events::attributes::Attribute<'_>| {
                    attribute.key.as_ref() == "xmlns" && attribute.value.as_ref() == NAMESPACE
                };
                let mut attributes = start.attributes();
                if start.name().as_ref() == TAG
                    && attributes
                        .with_checks(false)
                        .take(8)
                        .flatten()
                        .any(|attribute| own(&attribute))
                {
                    inside = Some(String::new());
                }
            }
            Event::End(_) => {
                if inside.is_some() {
                    return Ok(inside);
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(text) => {
                if let Some(words) = &mut inside {
                    words.push_str(&text);
                }
            }
            Event::DocType(_) => return Err(damaged("SVG", "it has a document type")),
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}
