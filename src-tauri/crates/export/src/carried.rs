//! The map that a picture carries inside: what `embed_project` put there.

use backcast_model::Map;
use backcast_render::{embedded, pptx::project_in};

/// What a picture is by how it begins.
fn is_picture(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let has = |word: &[u8]| start.windows(word.len()).any(|part| part == word);
    bytes.starts_with(b"\x89PNG") || has(b"%PDF-") || has(b"<svg")
}

/// The bytes of the project inside a picture, a PDF or a deck; `None` when these bytes are none of them, or carry
/// nothing.
///
/// # Errors
/// When something is carried that cannot be read, with the reason.
fn carried_project(bytes: &[u8]) -> Result<Option<Vec<u8>>, String> {
    if is_picture(bytes) {
        return embedded(bytes).map_err(|error| error.to_string());
    }
    if bytes.starts_with(b"PK\x03\x04") {
        // Whatever else comes as a ZIP archive carries no project, and is not ours to judge.
        return Ok(project_in(bytes).unwrap_or(None));
    }
    Ok(None)
}

/// The map inside a picture, a PDF or a deck.
///
/// # Errors
/// When what is carried cannot be read, or is a whole project instead of a map in its open text form.
pub fn carried_map(bytes: &[u8]) -> Result<Option<Map>, String> {
    match carried_project(bytes)? {
        Some(project) => backcast_exchange::read(&project)
            .map(Some)
            .map_err(|error| error.to_string()),
        None => Ok(None),
    }
}
