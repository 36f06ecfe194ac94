//! Tests of what the crate offers, as one program, so that it is linked once.
#![cfg(test)]

mod cases;
mod common;
mod laws;
mod mending;
mod oracle;
mod samples;
mod values;
