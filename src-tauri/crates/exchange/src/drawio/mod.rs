//! The map as a drawing for draw.io, and draw.io's drawings read as maps. Our fields travel as `backcast_…` attributes
//! of the shapes, where draw.io shows them under "Edit data" and keeps them.

mod cells;
mod document;
mod edges;
mod read;
mod shapes;
mod write;

pub use document::pages;
pub use read::read;
pub use write::write;

/// What the attributes that carry our fields begin with.
const PREFIX: &str = "backcast_";

/// The attribute that says what a shape is.
const ENTITY: &str = "backcast_entity";
