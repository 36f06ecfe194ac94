//! The formats by name: what they are called, what their files end in, and what they can be told.

use crate::options::Trait;

/// A format that leaves the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A picture of lines and words.
    Svg,
    /// A picture of pixels.
    Png,
    /// Pages.
    Pdf,
    /// Slides of native shapes.
    Pptx,
    /// A workbook.
    Xlsx,
    /// Two tables of values.
    Csv,
    /// The open text form.
    Json,
    /// A drawing for draw.io.
    Drawio,
    /// A Mermaid flowchart.
    Mermaid,
    /// A Graphviz graph.
    Dot,
    /// A graph for graph tools.
    Graphml,
    /// A canvas for Obsidian and its kin.
    JsonCanvas,
    /// Elements and connections for Kumu and its kin.
    Sheets,
    /// A document as Markdown.
    Markdown,
    /// A document as one HTML file.
    Html,
    /// A document for Word.
    Docx,
    /// The gaps for code-review tools.
    Sarif,
    /// The flights as a calendar.
    Ics,
}

/// What a format is, in words and for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// Its name in commands.
    pub name: &'static str,
    /// What planners call it.
    pub title: &'static str,
    /// What its files end in, without the dot; of several files, what a folder of them is packed as.
    pub extension: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// What it is good for, in one line.
    pub description: &'static str,
    /// What it can be told.
    pub traits: &'static [Trait],
}

impl Format {
    /// Every format: pictures, slides, documents, tables, then those for other programs.
    pub const ALL: [Self; 18] = [
        Self::Pdf,
        Self::Pptx,
        Self::Png,
        Self::Svg,
        Self::Docx,
        Self::Html,
        Self::Markdown,
        Self::Xlsx,
        Self::Csv,
        Self::Ics,
        Self::Json,
        Self::Drawio,
        Self::Mermaid,
        Self::Dot,
        Self::Graphml,
        Self::JsonCanvas,
        Self::Sheets,
        Self::Sarif,
    ];

    /// What it is.
    #[must_use]
    pub const fn about(self) -> &'static About {
        match self {
            Self::Svg => &SVG,
            Self::Png => &PNG,
            Self::Pdf => &PDF,
            Self::Pptx => &PPTX,
            Self::Xlsx => &XLSX,
            Self::Csv => &CSV,
            Self::Json => &JSON,
            Self::Drawio => &DRAWIO,
            Self::Mermaid => &MERMAID,
            Self::Dot => &DOT,
            Self::Graphml => &GRAPHML,
            Self::JsonCanvas => &JSON_CANVAS,
            Self::Sheets => &SHEETS,
            Self::Markdown => &MARKDOWN,
            Self::Html => &HTML,
            Self::Docx => &DOCX,
            Self::Sarif => &SARIF,
            Self::Ics => &ICS,
        }
    }

    /// Its name in commands.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.about().name
    }

    /// Whether it can be told this.
    #[must_use]
    pub fn takes(self, wanted: Trait) -> bool {
        self.about().traits.contains(&wanted)
    }

    /// The format with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }

    /// The format that a file with this name is most likely in, by its ending: `.backcast.json` and `.json` are the
    /// open text form, `.sarif.json` is not. `None` for endings that no format or several have.
    #[must_use]
    pub fn of_file_name(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let known = [
            (".sarif.json", Self::Sarif),
            (".gv", Self::Dot),
            (".mermaid", Self::Mermaid),
            (".markdown", Self::Markdown),
            (".htm", Self::Html),
            (".ical", Self::Ics),
            (".drawio.xml", Self::Drawio),
        ];
        let others = known
            .iter()
            .find(|(ending, _)| name.ends_with(ending))
            .map(|(_, format)| *format);
        others.or_else(|| {
            let ending = name.rsplit_once('.')?.1;
            Self::ALL
                .into_iter()
                .find(|format| format.about().extension == ending && ending != "zip")
        })
    }
}

/// What every picture of a map can be told.
const PICTURE: &[Trait] = &[
    Trait::Theme,
    Trait::Part,
    Trait::Around,
    Trait::Logo,
    Trait::Border,
    Trait::Lanes,
    Trait::Project,
];

const SVG: About = About {
    name: "svg",
    title: "SVG picture",
    extension: "svg",
    media_type: "image/svg+xml",
    description: "The map as a picture of lines and words, sharp at any size",
    traits: PICTURE,
};

const PNG: About = About {
    name: "png",
    title: "PNG picture",
    extension: "png",
    media_type: "image/png",
    description: "The map as a picture of pixels, for slides and messages",
    traits: &[
        Trait::Theme,
        Trait::Part,
        Trait::Around,
        Trait::Logo,
        Trait::Border,
        Trait::Lanes,
        Trait::Project,
        Trait::Scale,
        Trait::Transparent,
    ],
};

const PDF: About = About {
    name: "pdf",
    title: "PDF",
    extension: "pdf",
    media_type: "application/pdf",
    description: "The map on a page or tiled over several, or one of the planner's documents",
    traits: &[
        Trait::Theme,
        Trait::Part,
        Trait::Around,
        Trait::Logo,
        Trait::Border,
        Trait::Lanes,
        Trait::Project,
        Trait::Page,
        Trait::Spread,
        Trait::Document,
    ],
};

const PPTX: About = About {
    name: "pptx",
    title: "PowerPoint slides",
    extension: "pptx",
    media_type: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    description: "The map as native shapes with glued connectors, and slides of coverage, timeline and gaps",
    traits: &[
        Trait::Theme,
        Trait::Part,
        Trait::Around,
        Trait::Logo,
        Trait::Border,
        Trait::Lanes,
        Trait::Project,
        Trait::Page,
        Trait::View,
    ],
};

const XLSX: About = About {
    name: "xlsx",
    title: "Excel workbook",
    extension: "xlsx",
    media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    description: "Touchpoints, links, coverage, gaps, budget and tagged links, a sheet each",
    traits: &[Trait::View, Trait::BaseAddress],
};

const CSV: About = About {
    name: "csv",
    title: "CSV tables",
    extension: "zip",
    media_type: "application/zip",
    description: "Touchpoints and links, a table each, for whatever reads tables",
    traits: &[],
};

const JSON: About = About {
    name: "json",
    title: "Backcast JSON",
    extension: "json",
    media_type: "application/json",
    description: "The open text form of the map: lossless, and reads well in version control",
    traits: &[],
};

const DRAWIO: About = About {
    name: "drawio",
    title: "draw.io drawing",
    extension: "drawio",
    media_type: "application/vnd.jgraph.mxfile",
    description: "The map with stages as lanes and attached edges, to go on with in draw.io",
    traits: &[],
};

const MERMAID: About = About {
    name: "mermaid",
    title: "Mermaid flowchart",
    extension: "mmd",
    media_type: "text/vnd.mermaid",
    description: "The map as text that wikis and repositories draw",
    traits: &[],
};

const DOT: About = About {
    name: "dot",
    title: "Graphviz DOT",
    extension: "dot",
    media_type: "text/vnd.graphviz",
    description: "The map as a graph for Graphviz",
    traits: &[],
};

const GRAPHML: About = About {
    name: "graphml",
    title: "GraphML",
    extension: "graphml",
    media_type: "application/graphml+xml",
    description: "The map as a graph with every field, for Gephi, yEd and networkx",
    traits: &[],
};

const JSON_CANVAS: About = About {
    name: "jsoncanvas",
    title: "JSON Canvas",
    extension: "canvas",
    media_type: "application/json",
    description: "The map as a canvas, for Obsidian and its kin",
    traits: &[],
};

const SHEETS: About = About {
    name: "sheets",
    title: "Element and connection sheets",
    extension: "zip",
    media_type: "application/zip",
    description: "Elements and connections, a table each, for Kumu and other network tools",
    traits: &[],
};

const MARKDOWN: About = About {
    name: "markdown",
    title: "Markdown document",
    extension: "md",
    media_type: "text/markdown",
    description: "One of the planner's documents as text",
    traits: &[Trait::Document, Trait::Part, Trait::Template],
};

const HTML: About = About {
    name: "html",
    title: "HTML document",
    extension: "html",
    media_type: "text/html",
    description: "One of the planner's documents as one file for the browser, pictures inside",
    traits: &[Trait::Document, Trait::Part, Trait::Logo, Trait::Template],
};

const DOCX: About = About {
    name: "docx",
    title: "Word document",
    extension: "docx",
    media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    description: "One of the planner's documents to go on with in Word",
    traits: &[Trait::Document, Trait::Part, Trait::Logo, Trait::Page],
};

const SARIF: About = About {
    name: "sarif",
    title: "SARIF",
    extension: "sarif",
    media_type: "application/sarif+json",
    description: "The gaps for code-review tools",
    traits: &[],
};

const ICS: About = About {
    name: "ics",
    title: "Calendar",
    extension: "ics",
    media_type: "text/calendar",
    description: "When touchpoints are live, for the calendar",
    traits: &[],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_endings_lead_back() {
        for format in Format::ALL {
            assert_eq!(Format::named(format.as_str()), Some(format));
            let about = format.about();
            if about.extension != "zip" {
                let name = format!("Map.{}", about.extension.to_uppercase());
                assert_eq!(Format::of_file_name(&name), Some(format), "{name}");
            }
        }
        assert_eq!(Format::of_file_name("a.backcast.json"), Some(Format::Json));
        assert_eq!(Format::of_file_name("a.sarif.json"), Some(Format::Sarif));
        assert_eq!(Format::of_file_name("a.zip"), None);
        assert_eq!(Format::of_file_name("folder"), None);
    }
}
