//! What leaves the house, looked at from outside: documents word by word, formats by what they are told.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says no by failing loudly"
)]

mod documents;
mod formats;
mod lanes;
mod templates;

use std::ops::ControlFlow;
use std::sync::Arc;

use backcast_analysis::Analyst;
use backcast_export::{Delivery, ExportError, Format, Options, Snapshot, export};
use backcast_layout::{Geometry, lay_out};
use backcast_model::catalog::Catalog;

/// A small campaign in which every field that documents tell is filled in somewhere.
const SPRING: &str = include_str!("spring.backcast.json");

fn snapshot(text: &str) -> Snapshot {
    let map = backcast_exchange::read(text.as_bytes()).unwrap();
    let today = "2026-03-10".parse().unwrap();
    let assessment = Analyst::new(Arc::new(Catalog::shipped()), today).assess(&map);
    Snapshot {
        project: "spring".to_owned(),
        layout: lay_out(&map, &Geometry::default()),
        in_lanes: None,
        assessment,
        today,
    }
}

fn exported(format: Format, options: &Options) -> Result<Delivery, ExportError> {
    export(&snapshot(SPRING), format, options, &|_| {
        ControlFlow::Continue(())
    })
}

/// The only file of an export, as text.
fn text(format: Format, options: &Options) -> String {
    let delivery = exported(format, options).unwrap();
    let [(_, bytes)] = delivery.files.as_slice() else {
        panic!("{format:?} is one file");
    };
    String::from_utf8(bytes.clone()).unwrap()
}
