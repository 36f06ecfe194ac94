//! A project carried inside a deck, and taken out of one again. Decks come from anywhere, so what is unpacked is counted
//! while it is unpacked.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::error::RenderError;

/// The part a project lies in.
pub(crate) const PART: &str = "backcast/project.backcast";
/// Its content type.
pub(super) const CONTENT_TYPE: &str = "application/vnd.backcast.project";
/// What the presentation calls its relation to it.
pub(super) const RELATION: &str = "urn:backcast:relationships:project";

/// A project larger than this, in bytes, is not taken out.
const LARGEST: u64 = 200 * 1024 * 1024;
/// Nor is one that grows to more than this many times its packed size.
const MOST_GROWN: u64 = 200;
/// A project that would grow more than this is put in as it is.
const DENSE: usize = 100;

/// Whether bytes are so repetitive that packing them would look like an attack.
pub(super) fn is_too_dense(project: &[u8]) -> bool {
    let mut packed = flate2::write::DeflateEncoder::new(Counter(0), flate2::Compression::default());
    let written = std::io::Write::write_all(&mut packed, project);
    let size = packed.finish().map(|counter| counter.0).unwrap_or(0);
    written.is_err() || size.saturating_mul(DENSE) < project.len()
}

struct Counter(usize);

impl std::io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The project file a deck carries; `None` when it carries none.
///
/// # Errors
/// When the bytes are no PowerPoint file, or the project in it is damaged or larger than 200 MB or 200 times its packed
/// size.
pub fn project_in(deck: &[u8]) -> Result<Option<Vec<u8>>, RenderError> {
    let mut archive = ZipArchive::new(Cursor::new(deck)).map_err(|error| damaged(&error))?;
    let Some(at) = archive.index_for_name(PART) else {
        return Ok(None);
    };
    let packed = archive.by_index(at).map_err(|error| damaged(&error))?;
    let most = LARGEST.min(packed.compressed_size().saturating_mul(MOST_GROWN));
    let mut project = Vec::new();
    packed
        .take(most + 1)
        .read_to_end(&mut project)
        .map_err(|error| damaged(&error))?;
    if project.len() as u64 > most {
        return Err(damaged(&"it unpacks to more than is safe to open"));
    }
    Ok(Some(project))
}

/// Refuses a project that would not be taken out again.
pub(super) fn checked(project: &[u8]) -> Result<&[u8], RenderError> {
    let size = project.len() as u64;
    if size > LARGEST {
        let megabyte = 1024 * 1024;
        return Err(RenderError::ProjectTooLarge {
            size: size.div_ceil(megabyte),
            most: LARGEST / megabyte,
        });
    }
    Ok(project)
}

fn damaged(reason: &dyn std::fmt::Display) -> RenderError {
    RenderError::Damaged {
        format: "PowerPoint",
        reason: reason.to_string(),
    }
}
