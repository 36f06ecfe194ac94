//! Formats in and out. Today: the open text form of a map (`.backcast.json`).
//!
//! Refuses to touch files: bytes come in, bytes go out, so that every caller decides how to read and how to write
//! safely. A refusal names the place (line and column, or a JSON pointer) and the reason, and nothing else happens.

mod json;
mod strict;

pub use json::{FORMAT, ReadError, VERSION, read, write};

/// The largest text form that is read, in bytes. A map at its limits stays well below.
pub const LARGEST_TEXT: usize = 256 * 1024 * 1024;
