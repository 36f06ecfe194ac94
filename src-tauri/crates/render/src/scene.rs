//! What is seen: columns, cards and links with everything decided that a writer would otherwise decide anew, so that
//! the screen, a page and a slide show one picture. Plain values in map units (one unit is one pixel at 100 %, y down).

mod address;
mod build;
pub(crate) mod curve;
mod frame;
pub(crate) mod grid;
mod labels;
mod lanes;
mod legend;
mod outline;
mod picture;
mod ports;
mod routing;
mod selection;
mod wiring;

use backcast_model::{Id, Severity};

pub use lanes::SceneLane;
pub use picture::{Band, LaneBand, Picture, Shown, View};

use crate::logo::Logo;
use crate::stand_in::StandIns;
use crate::text::{Font, Weight};

/// A picture of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The map's title, and which part of it is seen.
    pub title: String,
    /// Width and height of everything, margins included; the origin is the upper left corner.
    pub size: (f64, f64),
    /// Where the title stands; `None` when it is not shown.
    pub title_line: Option<TextLine>,
    /// Top of the columns, heads included.
    pub top: f64,
    /// Height of the columns' heads; 0 when they are not shown.
    pub head_height: f64,
    /// Bottom of the columns.
    pub bottom: f64,
    /// Stages from left to right.
    pub columns: Vec<SceneColumn>,
    /// Lanes from top to bottom: bands across all columns, from their heads to their bottom. Their names stand on the left.
    pub lanes: Vec<SceneLane>,
    /// Touchpoints in the map's order.
    pub cards: Vec<SceneCard>,
    /// Links in the map's order.
    pub links: Vec<SceneLink>,
    /// What signs and colours mean, below the columns; empty when it is not shown.
    pub legend: Vec<LegendEntry>,
    /// Whose map it is, at the upper right; `None` when it is not shown.
    pub logo: Option<SceneLogo>,
    /// Whether a line runs around everything.
    pub border: bool,
    /// The colours it is seen in.
    pub theme: Theme,
    /// What sets the letters that the bundled font lacks, where words become pixels or glyphs.
    pub stand_ins: StandIns,
}

impl Scene {
    /// What the title is set in.
    pub const TITLE_FONT: Font = Font::new(Weight::SemiBold, 24.0);
    /// What the legend is set in.
    pub const LEGEND_FONT: Font = Font::new(Weight::Regular, 12.5);
}

/// A stage: a band from top to bottom with a head.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneColumn {
    /// The stage; `None` for touchpoints without one and in a map without stages.
    pub stage: Option<Id>,
    /// What its head says; empty in a map without stages.
    pub name: String,
    /// Left edge of the band.
    pub x: f64,
    /// Width of the band.
    pub width: f64,
    /// How many touchpoints stand in it.
    pub touchpoints: usize,
    /// Its share of the map's budget, 0 to 1; `None` when the map has no budgets.
    pub budget_share: Option<f64>,
    /// Its open gaps.
    pub gaps: Counts,
}

impl SceneColumn {
    /// What the name in a head is set in.
    pub const NAME_FONT: Font = Font::new(Weight::SemiBold, 15.0);
    /// What the figures in a head are set in.
    pub const FACTS_FONT: Font = Font::new(Weight::Regular, 12.5);
    /// Free width to both sides of the words in a head.
    pub const PADDING: f64 = 14.0;
}

/// Words on one line.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine {
    /// As far as they fit.
    pub text: String,
    /// Left end of the words.
    pub x: f64,
    /// Middle of the line.
    pub y: f64,
}

/// A logo at its place.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneLogo {
    /// What it looks like.
    pub picture: Logo,
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// What an entry of the legend explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A kind of touchpoint.
    Kind(CardKind),
    /// The severity of a gap.
    Severity(Severity),
    /// The audience at this place in the map's list.
    Audience(usize),
}

/// A sign and what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendEntry {
    /// The sign.
    pub sign: Sign,
    /// Left edge of the sign, which has room for [`LegendEntry::SIGN_WIDTH`].
    pub x: f64,
    /// The words behind it.
    pub line: TextLine,
}

impl LegendEntry {
    /// Room for a sign, up to its words.
    pub const SIGN_WIDTH: f64 = 22.0;
}

/// Open gaps by severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// High ones.
    pub high: usize,
    /// Medium ones.
    pub medium: usize,
    /// Low ones.
    pub low: usize,
}

impl Counts {
    /// How many there are of a severity.
    #[must_use]
    pub const fn of(self, severity: Severity) -> usize {
        match severity {
            Severity::High => self.high,
            Severity::Medium => self.medium,
            Severity::Low => self.low,
        }
    }
}

/// The four ways a touchpoint is told apart, by shape and by colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardKind {
    /// A destination where people should end up: filled, with a doubled edge.
    Ultimate,
    /// A destination that passes people on: filled.
    Intermediate,
    /// A driver with a link to a destination: a firm edge.
    Direct,
    /// Any other driver: a dashed edge.
    Indirect,
}

/// What the badge on a card's upper right corner says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Badge {
    /// The worst of its gaps.
    pub severity: Severity,
    /// How many open gaps stand on it.
    pub count: usize,
}

/// A touchpoint.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneCard {
    /// The touchpoint.
    pub touchpoint: Id,
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// How it is told apart.
    pub kind: CardKind,
    /// Whether it is there no more: struck through and pale.
    pub stopped: bool,
    /// The whole name.
    pub name: String,
    /// The name in the lines that fit, at most two; the last may end in an ellipsis.
    pub lines: Vec<String>,
    /// The call to action as far as it fits; `None` when there is none or no room.
    pub cta: Option<String>,
    /// Its channel's id, which picks the icon.
    pub channel: Option<String>,
    /// Places of its audiences in the map's list; each place has a colour.
    pub audiences: Vec<usize>,
    /// Its gaps.
    pub badge: Option<Badge>,
    /// The first web or mail address its notes name (`http`, `https` or `mailto`).
    pub address: Option<String>,
}

impl SceneCard {
    /// What the name is set in.
    pub const NAME_FONT: Font = Font::new(Weight::Medium, 15.0);
    /// What the call to action is set in.
    pub const CTA_FONT: Font = Font::new(Weight::Regular, 12.5);
    /// From the left edge to the words.
    pub const TEXT_LEFT: f64 = 50.0;
    /// From the words to the right edge.
    pub const TEXT_RIGHT: f64 = 12.0;
    /// Height of a line of the name.
    pub const LINE_HEIGHT: f64 = 18.0;
    /// Height of the call to action.
    pub const CTA_HEIGHT: f64 = 17.0;
    /// Radius of the corners.
    pub const RADIUS: f64 = 10.0;
    /// The most audiences that are shown, as dots.
    pub const MOST_AUDIENCES: usize = 4;
}

/// Which way a link runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// To the right.
    Forward,
    /// Within a column.
    Within,
    /// To the left: dashed.
    Back,
}

/// A link.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneLink {
    /// The link.
    pub link: Id,
    /// Where it starts: a place in [`Scene::cards`].
    pub from: usize,
    /// Where it ends: a place in [`Scene::cards`].
    pub to: usize,
    /// Which way it runs.
    pub course: Course,
    /// The start, then three points for each cubic piece: two of control and its end. Never fewer than four points.
    pub curve: Vec<(f64, f64)>,
    /// Its call to action, where there is room.
    pub label: Option<Label>,
}

impl SceneLink {
    /// What the words on a link are set in.
    pub const LABEL_FONT: Font = Font::new(Weight::Regular, 12.5);
}

/// Words on a link.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// As far as they fit.
    pub text: String,
    /// Middle of the words.
    pub x: f64,
    /// Middle of the words.
    pub y: f64,
}

/// A colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl std::fmt::Display for Colour {
    /// As `#rrggbb`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(red, green, blue) = self;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// A colour that what lies behind it shines through.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shade {
    /// The colour.
    pub colour: Colour,
    /// How much of it shows, 0 to 1.
    pub opacity: f64,
}

/// The colours of a picture. They are those of the interface's tokens; a test holds the two equal.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Behind everything.
    pub ground: Colour,
    /// Odd columns.
    pub column: Colour,
    /// Even columns.
    pub column_alternate: Colour,
    /// Between columns.
    pub column_line: Colour,
    /// Between lanes.
    pub lane_line: Colour,
    /// Words on the ground.
    pub ink: Colour,
    /// Lesser words on the ground.
    pub ink_soft: Colour,
    /// Figures on the ground.
    pub ink_faint: Colour,
    /// Fine lines, and the part of a bar that is not filled.
    pub line: Colour,
    /// Cards.
    pub card: Colour,
    /// Below the lower edge of a card, and how much of it shows, 0 to 1.
    pub card_shadow: Shade,
    /// Names on cards.
    pub card_ink: Colour,
    /// Calls to action on cards.
    pub card_ink_soft: Colour,
    /// Destinations.
    pub destination: Colour,
    /// Names on destinations.
    pub destination_ink: Colour,
    /// Calls to action on destinations.
    pub destination_ink_soft: Colour,
    /// Direct drivers.
    pub direct: Colour,
    /// Indirect drivers.
    pub indirect: Colour,
    /// Links.
    pub link: Colour,
    /// Words on links.
    pub link_label: Colour,
    /// What a gap's evidence is drawn in.
    pub evidence: Colour,
    /// Sign, words and ground of a severity: high, medium, low.
    pub severities: [(Colour, Colour, Colour); 3],
    /// Audiences, in turn.
    pub audiences: [Colour; 6],
}
