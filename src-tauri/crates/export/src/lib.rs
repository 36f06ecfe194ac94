//! What leaves the house: from a map, what the analysis says of it and where it stands, to the bytes of a named format.
//! Brings together `analysis`, `layout`, `exchange` and `render`, which do not know each other.
//!
//! Refuses to be: a format (those are `exchange`'s and `render`'s), or a writer of files (the callers are).

mod carried;
mod deck;
mod documents;
mod error;
mod format;
mod gather;
mod options;
mod part;
mod preview;
mod snapshot;
mod tables;
mod write;

pub use backcast_layout::Grouping;
pub use backcast_render::document;
pub use backcast_render::{Logo, LogoError, MOST_LOGO_BYTES};
pub use carried::carried_map;
pub use documents::{DocumentKind, Progress};
pub use error::ExportError;
pub use format::{About, Format};
pub use options::{Around, Further, Options, Page, Part, Spread, ThemeChoice, Trait};
pub use preview::{Preview, preview};
pub use snapshot::Snapshot;
pub use write::{Delivery, export, scene_of};
