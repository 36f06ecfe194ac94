//! What Backcast says of a map: its communication gaps, stage by stage, why they matter and how to mend them. The
//! rules are stated in `SPEC.md`.
//!
//! ```
//! use std::sync::Arc;
//! use backcast_analysis::Analyst;
//! use backcast_model::{Map, MapProperties, catalog::Catalog};
//!
//! let map = Map::new(MapProperties::titled("Spring"));
//! let mut analyst = Analyst::new(Arc::new(Catalog::shipped()), "2026-03-01".parse().unwrap());
//! let assessment = analyst.assess(&map);
//! assert_eq!(assessment.gaps()[0].rule.id, "no-destination");
//! ```
//!
//! Refuses to be: a place that changes maps (fixes are edits for somebody else to apply), reads files or clocks, or
//! fails; an analysis of a valid map always has an answer.

mod analyst;
mod assessment;
mod components;
mod coverage;
mod crosswalk;
mod dismissals;
mod facts;
mod fix;
mod gap;
mod graph;
mod inputs;
mod judging;
mod ledger;
mod paths;
mod reach;
pub mod report;
mod rule;
mod rules;
mod wording;
mod words;

pub use analyst::{Analyst, Delta};
pub use assessment::{Assessment, NotAssessed, StageSummary, Summary};
pub use backcast_model::threshold::Threshold;
pub use coverage::{Cell, ChannelCell, Coverage};
pub use crosswalk::read_as;
pub use facts::View;
pub use fix::{Fix, Place};
pub use gap::{Evidence, Gap, GapKey, Ids, Share};
pub use rule::{Explanation, Need, Per, Rule};
pub use rules::{all as rules, explain, rule};
