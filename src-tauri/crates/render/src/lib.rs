//! A map as a picture. [`Scene`] is what is seen, in map units and the planner's words; each writer turns it into the
//! bytes of one format. The same scene always gives the same bytes.
//!
//! Refuses to be: a layout (it is told where cards stand), a judge (it is told which gaps there are), or a writer of
//! files. It reads no clock, draws no lots, and asks the system for a font only about letters that its own lacks, when
//! its caller wants that ([`StandIns`]).

pub mod document;
mod embed;
mod error;
mod icons;
mod logo;
mod paint;
mod pdf;
mod png;
pub mod pptx;
mod scene;
mod shaping;
mod stand_in;
mod svg;
mod text;
mod theme;

pub use embed::{MOST_PROJECT_BYTES, embed, embedded};
pub use error::RenderError;
pub use logo::{Logo, LogoError, MOST_LOGO_BYTES};
pub use paint::Ground;
pub use pdf::{Page, PdfOptions, Spread, pdf};
pub use png::{MOST_PIXELS, PngOptions, png};
pub use scene::{
    Badge, Band, CardKind, Colour, Counts, Course, Label, LaneBand, LegendEntry, Picture, Scene,
    SceneCard, SceneColumn, SceneLane, SceneLink, SceneLogo, Shade, Shown, Sign, TextLine, Theme,
    View,
};
pub use stand_in::StandIns;
pub use svg::{FontUse, SvgOptions, svg};
pub use text::{FAMILY, Font, Weight, missing_letters};
