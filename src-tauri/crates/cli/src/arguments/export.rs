//! The words of the command that exports.

use std::path::PathBuf;

use backcast_export::{Around, DocumentKind, Format, Further, Grouping, Page, Spread, ThemeChoice};
use backcast_model::Day;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Export {
    /// Project (.backcast), Backcast JSON (.backcast.json) or a picture that carries one
    pub(crate) file: PathBuf,
    /// The format to write [default: the one the output's ending names]
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub(crate) format: Option<Format>,
    /// File to write; a folder or a .zip for formats of several tables; `-` is the standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub(crate) output: PathBuf,
    /// Which of the planner's documents, for markdown, html, docx and pdf [default: framework]
    #[arg(long, value_name = "DOCUMENT", value_parser = documents())]
    pub(crate) document: Option<DocumentKind>,
    /// A template (Jinja) of your own for markdown and html
    #[arg(long, value_name = "FILE")]
    pub(crate) template: Option<PathBuf>,
    /// Colours of pictures and slides [default: light]
    #[arg(long, value_name = "THEME", value_parser = themes())]
    pub(crate) theme: Option<ThemeChoice>,
    /// Size of pages and slides
    #[arg(long, value_name = "PAGE", value_parser = pages())]
    pub(crate) page: Option<Page>,
    /// How a map is spread over the pages of a PDF [default: one]
    #[arg(long, value_name = "SPREAD", value_parser = spreads())]
    pub(crate) spread: Option<Spread>,
    /// Views beside the map in slides and workbooks, with commas between them [default: all]
    #[arg(long, value_name = "VIEWS", value_delimiter = ',', value_parser = views())]
    pub(crate) view: Option<Vec<View>>,
    /// Only this stage: its id or its name
    #[arg(long, value_name = "STAGE", conflicts_with = "destination")]
    pub(crate) stage: Option<String>,
    /// Only this destination and what leads to it: its id or its name
    #[arg(long, value_name = "TOUCHPOINT")]
    pub(crate) destination: Option<String>,
    /// Leave out what stands around cards and links, with commas between
    #[arg(long, value_name = "PARTS", value_delimiter = ',', value_parser = around())]
    pub(crate) without: Vec<Around>,
    /// A PNG, JPEG or SVG file whose picture stands at the upper right of pictures, pages, slides and documents
    #[arg(long, value_name = "FILE")]
    pub(crate) logo: Option<PathBuf>,
    /// A line around pictures, pages and slides
    #[arg(long)]
    pub(crate) border: bool,
    /// Lanes across the stages of pictures, pages and slides, by what touchpoints have in common
    #[arg(long, value_name = "GROUPING", value_parser = groupings())]
    pub(crate) lanes: Option<Grouping>,
    /// Pixels for each unit of a PNG, 1 to 4 [default: 2]
    #[arg(long, value_name = "FACTOR")]
    pub(crate) scale: Option<f64>,
    /// No ground behind the picture
    #[arg(long)]
    pub(crate) transparent: bool,
    /// Put the map inside an svg, png, pdf or pptx, so that it opens again (its history stays out)
    #[arg(long)]
    pub(crate) embed_project: bool,
    /// Where tagged links of a workbook lead before you fill in addresses
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) base_address: Option<String>,
    /// The day to reckon with, for results that repeat [default: the day it is]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<Day>,
}

/// What `--view` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    /// Nothing beside the map.
    Map,
    /// A further view.
    Further(Further),
}

const HELP: &str = "\
Without --document a pdf is the map, and json the open text form; json --document gaps tells the gaps. csv and sheets are \
two tables each. The same map, options and day give the same bytes.

Templates are Jinja. They are given title, kind, date, logo (an address for an image), body (the document as it would be \
without a template), blocks (the same as data), stages (with their touchpoints in words), map (as in Backcast JSON) and report (as check --format json \
prints it). What they print is escaped for the format.

Examples:
  backcast export launch.backcast -o launch.pdf --page a3 --spread tiled
  backcast export launch.backcast -o launch.png --stage Discover --scale 3 --transparent
  backcast export launch.backcast -o gaps.html --document gaps
  backcast export launch.backcast --format csv -o tables.zip";

/// A parser for words of a closed list, each with what it stands for.
fn words<T: Copy + Send + Sync + 'static>(
    all: &[(T, &'static str, &'static str)],
) -> impl TypedValueParser<Value = T> + use<T> {
    let known: Vec<(T, &'static str)> =
        all.iter().map(|(value, name, _)| (*value, *name)).collect();
    let shown = all.iter().map(|(_, name, help)| {
        let value = PossibleValue::new(*name);
        if help.is_empty() {
            value
        } else {
            value.help(*help)
        }
    });
    PossibleValuesParser::new(shown.collect::<Vec<_>>()).try_map(move |name| {
        let found = known.iter().find(|(_, other)| *other == name);
        found.map(|(value, _)| *value).ok_or("it is none of these")
    })
}

fn formats() -> impl TypedValueParser<Value = Format> {
    words(&Format::ALL.map(|one| (one, one.as_str(), one.about().description)))
}

fn documents() -> impl TypedValueParser<Value = DocumentKind> {
    words(&DocumentKind::ALL.map(|one| (one, one.as_str(), one.description())))
}

fn themes() -> impl TypedValueParser<Value = ThemeChoice> {
    words(&[
        (ThemeChoice::Light, "light", ""),
        (ThemeChoice::Dark, "dark", ""),
    ])
}

fn pages() -> impl TypedValueParser<Value = Page> {
    let help = |page| match page {
        Page::Wide => "a slide",
        Page::Fit => "as large as the map",
        Page::A4 | Page::A3 | Page::Letter => "",
    };
    words(&Page::ALL.map(|one| (one, one.as_str(), help(one))))
}

fn spreads() -> impl TypedValueParser<Value = Spread> {
    let help = |spread| match spread {
        Spread::One => "all of it on one page",
        Spread::Tiled => "over as many pages as it takes to read it",
        Spread::Stages => "a page for each stage",
        Spread::Destinations => "a page for each destination, with what leads to it",
    };
    words(&Spread::ALL.map(|one| (one, one.as_str(), help(one))))
}

fn groupings() -> impl TypedValueParser<Value = Grouping> {
    let help = |grouping| match grouping {
        Grouping::ChannelGroup => "the groups of channels",
        Grouping::Audience => "the first audience served",
        Grouping::Ownership => "who controls a touchpoint",
        Grouping::Media => "paid, earned, shared or owned",
    };
    words(&Grouping::ALL.map(|one| (one, one.as_str(), help(one))))
}

fn views() -> impl TypedValueParser<Value = View> {
    words(&[
        (View::Map, "map", "only the map"),
        (
            View::Further(Further::Coverage),
            "coverage",
            "who is served where",
        ),
        (
            View::Further(Further::Timeline),
            "timeline",
            "what is live when",
        ),
        (View::Further(Further::Gaps), "gaps", "what is wrong"),
    ])
}

fn around() -> impl TypedValueParser<Value = Around> {
    let help = |around| match around {
        Around::Title => "the map's title",
        Around::Legend => "what signs and colours mean",
        Around::Gaps => "badges and counts",
        Around::Labels => "words on links",
    };
    words(&Around::ALL.map(|one| (one, one.as_str(), help(one))))
}
