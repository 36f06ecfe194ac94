//! Formats in and out: the open text form of a map (`.backcast.json`), tables, diagrams for other tools, calendars.
//!
//! Refuses to touch files: bytes come in, bytes go out, so that every caller decides how to read and how to write
//! safely. Reading refuses with the place (line and column, a JSON pointer, a cell) and the reason, and nothing else
//! happens. What a format has no place for, and what a reader cannot carry over, is told in notes.

pub mod canvas;
pub mod csv;
pub mod dot;
pub mod drawio;
pub mod graphml;
pub mod ics;
pub mod intake;
pub mod mermaid;
pub mod reconcile;
pub mod sheets;
pub mod table;
pub mod xlsx;

mod archive;
mod carried;
mod cell;
mod columns;
mod draft;
mod fold;
mod guard;
mod html;
mod import;
mod json;
mod kinds;
mod list;
mod matrix;
mod number;
mod parse;
mod placement;
mod strict;
mod xml;

pub use archive::zipped;
pub use cell::{Cell, cell_name, column_letters};
pub use import::{ImportError, Imported, Note, Origin, Pages, Source};
pub use json::{FORMAT, ReadError, VERSION, parse_strictly, read, write};
pub use placement::{Frame, Placement};

/// The largest text form that is read, in bytes. A map at its limits stays well below.
pub const LARGEST_TEXT: usize = 256 * 1024 * 1024;
