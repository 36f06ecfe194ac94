//! Several named files in one zip, both ways. Nothing is ever written to a path: names are labels. Reading counts
//! inflated bytes as they come, so that a small file cannot fill the memory.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::import::ImportError;

/// The most bytes all files of an archive may have together.
pub(crate) const MOST_INFLATED: u64 = 200 * 1024 * 1024;

/// How many times its packed size an archive may inflate to, small archives aside.
const MOST_RATIO: u64 = 200;

/// Below this many inflated bytes the ratio does not matter: an empty table packs very well.
const SMALL: u64 = 1024 * 1024;

/// The most files an archive may hold.
const MOST_FILES: usize = 5_000;

/// One zip of these files, in their order; the same files always give the same bytes (dated 1 January 1980).
///
/// # Errors
/// When the zip cannot be written: more than the format holds.
pub fn zipped(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, String> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (name, bytes) in files {
        writer
            .start_file(name.as_str(), options)
            .map_err(|error| error.to_string())?;
        writer.write_all(bytes).map_err(|error| error.to_string())?;
    }
    writer
        .finish()
        .map(Cursor::into_inner)
        .map_err(|error| error.to_string())
}

/// Whether bytes begin like a zip.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The names of an archive's files; folders left out.
///
/// # Errors
/// When it is no zip or has too many files.
pub(crate) fn names(bytes: &[u8]) -> Result<Vec<String>, ImportError> {
    let archive = open(bytes)?;
    let names = archive.file_names().filter_map(Result::ok);
    Ok(names
        .filter(|name| !name.ends_with('/'))
        .map(std::borrow::Cow::into_owned)
        .collect())
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, ImportError> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
        ImportError::whole(format!(
            "it is a damaged zip or workbook ({error}); save it again in the program it came from"
        ))
    })?;
    if archive.len() > MOST_FILES {
        return Err(ImportError::whole(format!(
            "it holds {} files; at most {MOST_FILES} are read",
            archive.len()
        )));
    }
    Ok(archive)
}

/// Inflates every file once and counts, keeping nothing.
///
/// # Errors
/// When the archive is damaged, locked by a password, or inflates to more than the bounds.
pub(crate) fn check_inflated(bytes: &[u8]) -> Result<(), ImportError> {
    let mut archive = open(bytes)?;
    let mut counted = Counted::of(bytes);
    let mut piece = vec![0; 64 * 1024];
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(damaged)?;
        loop {
            let length = file.read(&mut piece).map_err(damaged)?;
            if length == 0 {
                break;
            }
            counted.add(length)?;
        }
    }
    Ok(())
}

/// The files whose names `wanted` wants, in the archive's order.
///
/// # Errors
/// As [`check_inflated`].
pub(crate) fn files(
    bytes: &[u8],
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<(String, Vec<u8>)>, ImportError> {
    let mut archive = open(bytes)?;
    let mut counted = Counted::of(bytes);
    let mut found = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(damaged)?;
        let name = file.name().map_err(damaged)?.into_owned();
        if file.is_dir() || !wanted(&name) {
            continue;
        }
        let mut content = Vec::new();
        let mut piece = vec![0; 64 * 1024];
        loop {
            let length = file.read(&mut piece).map_err(damaged)?;
            let Some(read) = piece.get(..length).filter(|read| !read.is_empty()) else {
                break;
            };
            counted.add(length)?;
            content.extend_from_slice(read);
        }
        found.push((name, content));
    }
    Ok(found)
}

fn damaged(error: impl std::fmt::Display) -> ImportError {
    ImportError::whole(format!(
        "a file inside it cannot be unpacked ({error}); save it again without a password in the program it came from"
    ))
}

/// Inflated bytes against what is allowed.
struct Counted {
    packed: u64,
    inflated: u64,
}

impl Counted {
    fn of(bytes: &[u8]) -> Self {
        Self {
            packed: bytes.len() as u64,
            inflated: 0,
        }
    }

    fn add(&mut self, length: usize) -> Result<(), ImportError> {
        self.inflated += length as u64;
        if self.inflated > MOST_INFLATED {
            return Err(ImportError::whole(format!(
                "it unpacks to more than {} MB; take rows or pictures out and try again",
                MOST_INFLATED / 1_048_576
            )));
        }
        if self.inflated > SMALL && self.inflated / MOST_RATIO > self.packed {
            return Err(ImportError::whole(format!(
                "it unpacks to more than {MOST_RATIO} times its size, as files made to do harm do; nothing was read"
            )));
        }
        Ok(())
    }
}
