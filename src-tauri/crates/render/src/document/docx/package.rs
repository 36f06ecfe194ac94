//! The container of a Word file: parts in a ZIP archive, all with the oldest date the format knows, so that the same
//! parts give the same bytes.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::super::DocumentError;

/// A file inside.
#[derive(Debug)]
pub(super) struct Part {
    name: String,
    bytes: Vec<u8>,
    /// Whether its bytes are packed already.
    packed: bool,
}

impl Part {
    /// A part that is XML.
    pub(super) fn text(name: &str, text: String) -> Self {
        Self {
            name: name.to_owned(),
            bytes: text.into_bytes(),
            packed: false,
        }
    }

    /// A part that is a picture.
    pub(super) fn picture(name: String, bytes: Vec<u8>) -> Self {
        Self {
            name,
            bytes,
            packed: true,
        }
    }
}

/// A container that is being filled.
pub(super) struct Package {
    archive: ZipWriter<Cursor<Vec<u8>>>,
}

impl Default for Package {
    fn default() -> Self {
        Self {
            archive: ZipWriter::new(Cursor::new(Vec::new())),
        }
    }
}

impl Package {
    /// Adds a part.
    pub(super) fn add(&mut self, part: &Part) -> Result<(), DocumentError> {
        let method = if part.packed {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default());
        self.archive
            .start_file(part.name.as_str(), options)
            .map_err(|error| failed(&error))?;
        self.archive
            .write_all(&part.bytes)
            .map_err(|error| failed(&error))
    }

    /// The container's bytes.
    pub(super) fn finish(self) -> Result<Vec<u8>, DocumentError> {
        let bytes = self.archive.finish().map_err(|error| failed(&error))?;
        Ok(bytes.into_inner())
    }
}

fn failed(error: &dyn std::fmt::Display) -> DocumentError {
    DocumentError {
        format: "Word",
        reason: error.to_string(),
    }
}
