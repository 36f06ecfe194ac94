//! The map as GraphML for Gephi, yEd, networkx and their kin, and GraphML read as a map. Every field is a typed key;
//! what belongs to the whole map is data of the graph.

mod write;

pub use write::write;
