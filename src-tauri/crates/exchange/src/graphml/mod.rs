//! The map as GraphML for Gephi, yEd, networkx and their kin, and GraphML read as a map. Every field is a typed key;
//! what belongs to the whole map is data of the graph.

mod elements;
mod read;
mod write;

pub use read::read;
pub use write::write;

/// The key by which we know our own.
const OURS: &str = "graph-title";
