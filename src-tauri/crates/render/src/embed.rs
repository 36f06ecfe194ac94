//! A project inside a picture, so that the picture opens as the map it shows: a chunk of its own in PNG, metadata in SVG, an
//! attached file in PDF, a part of its own in PowerPoint. Pictures come from strangers: nothing is read beyond what is
//! there, nothing unpacks to more than a project may have. Refuses to know what a project file holds.

mod pdf;
mod png;
mod svg;

use crate::error::RenderError;
use crate::pptx;

/// The largest project that is put into a picture, or taken out of one, in bytes.
pub const MOST_PROJECT_BYTES: usize = 64 * 1024 * 1024;

/// The name of the project file attached to a PDF.
pub(crate) const FILE_NAME: &str = "project.backcast";
/// And its type, as the desktop knows it.
pub(crate) const MIME_TYPE: &str = "application/x-backcast";

/// Puts a project into a PNG or SVG picture that was exported. PDF and PowerPoint files take it while they are written.
///
/// # Errors
/// When the project is larger than [`MOST_PROJECT_BYTES`] or the bytes are neither PNG nor SVG.
pub fn embed(picture: &[u8], project: &[u8]) -> Result<Vec<u8>, RenderError> {
    check_size(project)?;
    match Format::of(picture) {
        Some(Format::Png) => png::embed(picture, project),
        Some(Format::Svg) => svg::embed(picture, project),
        _ => Err(RenderError::NotAPicture),
    }
}

/// The project inside a picture, whatever its format; `None` for a picture without one and for anything else.
///
/// O(length). Safe on any bytes.
///
/// # Errors
/// When there is a project inside, but damaged or larger than [`MOST_PROJECT_BYTES`].
pub fn embedded(bytes: &[u8]) -> Result<Option<Vec<u8>>, RenderError> {
    match Format::of(bytes) {
        Some(Format::Png) => png::embedded(bytes),
        Some(Format::Svg) => svg::embedded(bytes),
        Some(Format::Pdf) => pdf::embedded(bytes),
        // Archives of all kinds begin alike; the names in them can be read without unpacking.
        Some(Format::PowerPoint) if find(bytes, pptx::PART.as_bytes()).is_some() => {
            pptx::project_in(bytes)
        }
        Some(Format::PowerPoint) | None => Ok(None),
    }
}

/// Refuses a project that is too large for a picture.
pub(crate) fn check_size(project: &[u8]) -> Result<(), RenderError> {
    if project.len() > MOST_PROJECT_BYTES {
        let megabytes = |bytes: usize| (bytes as u64).div_ceil(1024 * 1024);
        return Err(RenderError::ProjectTooLarge {
            size: megabytes(project.len()),
            most: megabytes(MOST_PROJECT_BYTES),
        });
    }
    Ok(())
}

enum Format {
    Png,
    Svg,
    Pdf,
    PowerPoint,
}

impl Format {
    /// By how the bytes begin.
    fn of(bytes: &[u8]) -> Option<Self> {
        let start = &bytes[..bytes.len().min(4096)];
        if start.starts_with(&png::SIGNATURE) {
            Some(Self::Png)
        } else if find(&start[..start.len().min(1024)], b"%PDF-").is_some() {
            Some(Self::Pdf)
        } else if start.starts_with(b"PK\x03\x04") {
            Some(Self::PowerPoint)
        } else if find(start, b"<svg").is_some() {
            Some(Self::Svg)
        } else {
            None
        }
    }
}

/// Where a word begins in bytes.
fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let (first, _) = word.split_first()?;
    let mut from = 0;
    loop {
        let rest = bytes.get(from..)?;
        let at = from + rest.iter().position(|byte| byte == first)?;
        if bytes.get(at..)?.starts_with(word) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// A reader's complaint.
fn damaged(format: &'static str, reason: impl std::fmt::Display) -> RenderError {
    RenderError::Damaged {
        format,
        reason: reason.to_string(),
    }
}
