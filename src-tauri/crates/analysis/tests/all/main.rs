//! Tests of what the crate offers, as one program, so that it is linked once.

mod common;
mod laws;
mod oracle;
mod samples;
