//! Where the touchpoints of a map stand: columns by stage, time running left to right, few crossings, straight lines.
//!
//! [`lay_out`] makes a complete picture of a map; [`Arrangement`] keeps one picture in step with a map that is being
//! drawn and moves as little as it can. The method is Sugiyama's with given layers (K. Sugiyama, S. Tagawa, M. Toda,
//! *Methods for visual understanding of hierarchical system structures*, IEEE Trans. SMC 11(2), 1981): columns are
//! layers, a link over several columns passes each of them at a point of its own, the order within columns is chosen
//! for few crossings, then heights are chosen for straight links. A [`Frame`] may divide the picture otherwise: columns
//! by distance from the destinations, and lanes across them, which cards then keep to.
//!
//! Refuses to be: a painter (curves, arrowheads and labels are the interface's and `render`'s), a store (positions
//! that nobody pinned are never saved), or a judge of the map. It reads no clock, draws no lots, and cannot fail.

mod annealing;
mod arrangement;
mod bands;
mod bed;
mod crossings;
mod frame;
mod geometry;
mod growth;
mod heights;
mod kept_steps;
mod kinship;
mod layered;
mod layout;
mod numbers;
mod order;
mod plan;
mod search;
mod seedling;
mod shape;
mod steps;
mod walls;
mod wiring;

pub use arrangement::{Arrangement, Moved};
pub use frame::{Frame, Grouping, Lanes};
pub use geometry::Geometry;
pub use layout::{Column, Lane, Layout, Place, Route, lay_out, lay_out_in};
