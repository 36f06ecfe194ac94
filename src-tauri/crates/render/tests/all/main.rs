//! What comes out of the writers of pictures: how it looks, what it says, what it never holds.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says no by failing loudly"
)]

mod dress;
mod embedding;
mod labels;
mod lanes;
mod maps;
mod page_pictures;
mod pages;
mod payloads;
mod pictures;
#[path = "../shared/pixels.rs"]
mod pixels;
mod views;
