//! The map as JSON Canvas 1.0, which Obsidian and its kin open, and canvases read as maps. Our fields ride along in an
//! object of their own beside the keys of the format.

mod read;
mod write;

pub(crate) use read::looks_like;
pub use read::read;
pub use write::write;

/// The key under which our fields ride along.
const OURS: &str = "backcast";
