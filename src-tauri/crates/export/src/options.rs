//! What an export can be told. Every choice has a sensible default, and a format ignores no choice in silence: what it
//! cannot be told is refused.

use backcast_layout::Grouping;
use backcast_model::{Id, Map};
use backcast_render::Logo;

use crate::documents::DocumentKind;
use crate::error::ExportError;

/// A choice that some formats have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trait {
    /// Light or dark.
    Theme,
    /// Which part of the map.
    Part,
    /// What stands around cards and links: title, legend, gaps, words on links.
    Around,
    /// Whose map it is.
    Logo,
    /// A line around everything.
    Border,
    /// Lanes across the stages.
    Lanes,
    /// How large pages are.
    Page,
    /// How a map is spread over pages.
    Spread,
    /// How many pixels to the unit.
    Scale,
    /// No ground behind the picture.
    Transparent,
    /// Which further views are in it.
    View,
    /// Which document.
    Document,
    /// A template of one's own.
    Template,
    /// The project carried inside.
    Project,
    /// Where tagged links lead.
    BaseAddress,
}

impl Trait {
    /// What the command line calls it.
    #[must_use]
    pub const fn option(self) -> &'static str {
        match self {
            Self::Theme => "--theme",
            Self::Part => "--stage or --destination",
            Self::Around => "--without",
            Self::Logo => "--logo",
            Self::Border => "--border",
            Self::Lanes => "--lanes",
            Self::Page => "--page",
            Self::Spread => "--spread",
            Self::Scale => "--scale",
            Self::Transparent => "--transparent",
            Self::View => "--view",
            Self::Document => "--document",
            Self::Template => "--template",
            Self::Project => "--embed-project",
            Self::BaseAddress => "--base-address",
        }
    }
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThemeChoice {
    /// Ink on paper.
    #[default]
    Light,
    /// Paper on ink.
    Dark,
}

/// How large pages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Page {
    /// ISO A4.
    A4,
    /// ISO A3.
    A3,
    /// US Letter.
    Letter,
    /// A slide of 16:9.
    Wide,
    /// As large as the map.
    Fit,
}

impl Page {
    /// Every page.
    pub const ALL: [Self; 5] = [Self::A4, Self::A3, Self::Letter, Self::Wide, Self::Fit];

    /// Its name in commands.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A3 => "a3",
            Self::Letter => "letter",
            Self::Wide => "16:9",
            Self::Fit => "fit",
        }
    }
}

/// How a map is spread over pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spread {
    /// All on one page, as small as it takes.
    #[default]
    One,
    /// As large as can be read, over as many pages as it takes, stage heads on each.
    Tiled,
    /// A page for each stage.
    Stages,
    /// A page for each destination with what leads to it.
    Destinations,
}

impl Spread {
    /// Every spread.
    pub const ALL: [Self; 4] = [Self::One, Self::Tiled, Self::Stages, Self::Destinations];

    /// Its name in commands.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Tiled => "tiled",
            Self::Stages => "stages",
            Self::Destinations => "destinations",
        }
    }
}

/// A view of the map beside the map itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Further {
    /// Who is served where.
    Coverage,
    /// What is live when.
    Timeline,
    /// What is wrong.
    Gaps,
}

impl Further {
    /// Every view.
    pub const ALL: [Self; 3] = [Self::Coverage, Self::Timeline, Self::Gaps];

    /// Its name in commands.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::Timeline => "timeline",
            Self::Gaps => "gaps",
        }
    }
}

/// Which part of a map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Part {
    /// All of it.
    #[default]
    Whole,
    /// A stage.
    Stage(Id),
    /// A destination and everything that leads to it.
    Destination(Id),
    /// These touchpoints.
    Touchpoints(Vec<Id>),
}

impl Part {
    /// The stage with this id, or else with this name.
    ///
    /// # Errors
    /// When there is none.
    pub fn stage(map: &Map, wanted: &str) -> Result<Self, ExportError> {
        let rows = map.stages.iter().map(|row| (&row.id, row.name.as_str()));
        named(rows, wanted)
            .map(Self::Stage)
            .ok_or_else(|| not_there("stage", wanted))
    }

    /// The touchpoint with this id, or else with this name, and everything that leads to it.
    ///
    /// # Errors
    /// When there is none.
    pub fn leading_to(map: &Map, wanted: &str) -> Result<Self, ExportError> {
        let rows = map.touchpoints.iter();
        named(rows.map(|row| (&row.id, row.name.as_str())), wanted)
            .map(Self::Destination)
            .ok_or_else(|| not_there("touchpoint", wanted))
    }
}

/// The row with this id, or else the first with this name in whatever case.
fn named<'a>(rows: impl Iterator<Item = (&'a Id, &'a str)> + Clone, wanted: &str) -> Option<Id> {
    let by_id = rows.clone().find(|(id, _)| id.as_str() == wanted);
    let folded = wanted.to_lowercase();
    let mut rows = rows;
    by_id
        .or_else(|| rows.find(|(_, name)| name.to_lowercase() == folded))
        .map(|(id, _)| id.clone())
}

fn not_there(what: &'static str, name: &str) -> ExportError {
    ExportError::NotThere {
        what,
        name: name.to_owned(),
    }
}

/// What may be left out around cards and links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Around {
    /// The map's title.
    Title,
    /// What signs and colours mean.
    Legend,
    /// The gaps.
    Gaps,
    /// The words on links.
    Labels,
}

impl Around {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Title, Self::Legend, Self::Gaps, Self::Labels];

    /// Its name in commands.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Legend => "legend",
            Self::Gaps => "gaps",
            Self::Labels => "labels",
        }
    }
}

/// What an export is told. `None` and empty lists are the format's own choice.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Options {
    /// Light or dark.
    pub theme: Option<ThemeChoice>,
    /// How large pages are.
    pub page: Option<Page>,
    /// How a map is spread over pages.
    pub spread: Option<Spread>,
    /// Pixels to the unit, 1 to 4.
    pub scale: Option<f64>,
    /// No ground behind a picture.
    pub transparent: bool,
    /// Which part of the map.
    pub part: Part,
    /// What is left out around cards and links.
    pub without: Vec<Around>,
    /// What stands at the upper right of a picture, of every page and of every slide.
    pub logo: Option<Logo>,
    /// Whether a line runs around a picture, every page and every slide.
    pub border: bool,
    /// What divides the map into lanes; `None`: nothing, and cards stand where they are pinned.
    pub lanes: Option<Grouping>,
    /// Which views beside the map are in it; `None`: all that the format has.
    pub views: Option<Vec<Further>>,
    /// Which document.
    pub document: Option<DocumentKind>,
    /// A template of the team's own.
    pub template: Option<String>,
    /// Whether the map is carried inside in its open text form, so that what is exported opens again. Its history stays
    /// with the project: what goes to a client tells no more than the map.
    pub embed_project: bool,
    /// Where tagged links lead before anybody fills in addresses.
    pub base_address: Option<String>,
}

impl Options {
    /// What it says that formats may not have.
    pub(crate) fn traits(&self) -> Vec<Trait> {
        let said = [
            (self.theme.is_some(), Trait::Theme),
            (self.page.is_some(), Trait::Page),
            (self.spread.is_some(), Trait::Spread),
            (self.scale.is_some(), Trait::Scale),
            (self.transparent, Trait::Transparent),
            (self.part != Part::Whole, Trait::Part),
            (!self.without.is_empty(), Trait::Around),
            (self.logo.is_some(), Trait::Logo),
            (self.border, Trait::Border),
            (self.lanes.is_some(), Trait::Lanes),
            (self.views.is_some(), Trait::View),
            (self.document.is_some(), Trait::Document),
            (self.template.is_some(), Trait::Template),
            (self.embed_project, Trait::Project),
            (self.base_address.is_some(), Trait::BaseAddress),
        ];
        said.into_iter()
            .filter(|(said, _)| *said)
            .map(|(_, choice)| choice)
            .collect()
    }
}
