//! A look at an export while it is chosen: a picture, a text, or the beginning of a document as blocks that the window
//! sets in its own type. Nothing in it is markup.

use backcast_model::Severity;
use backcast_workbench::exporting::Preview;
use backcast_workbench::exporting::document::{
    Align, Block, Document, RowKind, Style, Table, Text, logo_address,
};
use serde::Serialize;
use specta::Type;

/// The most pictures and rows of a table that are shown.
const MOST_FIGURES: usize = 6;
const MOST_ROWS: usize = 40;

/// A look at an export.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(crate) enum PreviewView {
    /// The map as SVG.
    Picture { svg: String },
    /// The beginning of a document.
    Document(DocumentView),
    /// The beginning of a text.
    Text { text: String },
    /// There is nothing to see before it is written.
    Nothing,
}

/// The beginning of a document.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename = "PreviewDocument", rename_all = "camelCase")]
pub(crate) struct DocumentView {
    pub(crate) title: String,
    /// What sort of document it is.
    pub(crate) sort: String,
    pub(crate) date: String,
    /// Whose it is, as the address of an image; `null` when it is not shown.
    pub(crate) logo: Option<String>,
    pub(crate) blocks: Vec<BlockView>,
}

/// A piece of a document.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename = "PreviewBlock", tag = "kind", rename_all = "camelCase")]
pub(crate) enum BlockView {
    /// 1 for sections, 2 for parts, 3 for items.
    Heading {
        level: u8,
        text: Vec<SpanView>,
    },
    Paragraph {
        text: Vec<SpanView>,
    },
    Note {
        text: Vec<SpanView>,
    },
    Quote {
        text: Vec<SpanView>,
    },
    List {
        points: Vec<Vec<SpanView>>,
    },
    Facts {
        facts: Vec<FactView>,
    },
    Table {
        columns: Vec<ColumnView>,
        rows: Vec<RowView>,
    },
    Figure {
        svg: String,
        words: String,
    },
}

/// Words of one look.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename = "PreviewSpan", rename_all = "camelCase")]
pub(crate) struct SpanView {
    pub(crate) text: String,
    pub(crate) look: LookView,
}

/// How words look.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename = "PreviewLook", rename_all = "camelCase")]
pub(crate) enum LookView {
    Plain,
    Strong,
    Soft,
    High,
    Medium,
    Low,
}

/// A name and what it stands for.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename = "PreviewFact", rename_all = "camelCase")]
pub(crate) struct FactView {
    pub(crate) name: String,
    pub(crate) text: Vec<SpanView>,
}

/// A column of a table.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename = "PreviewColumn", rename_all = "camelCase")]
pub(crate) struct ColumnView {
    pub(crate) title: String,
    /// Whether its words keep to the right edge.
    pub(crate) figures: bool,
}

/// A row of a table.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename = "PreviewRow", rename_all = "camelCase")]
pub(crate) struct RowView {
    /// Whether it names or sums up others.
    pub(crate) strong: bool,
    pub(crate) cells: Vec<Vec<SpanView>>,
}

impl From<Preview> for PreviewView {
    fn from(preview: Preview) -> Self {
        match preview {
            Preview::Picture(svg) => Self::Picture { svg },
            Preview::Document(document) => Self::Document((&document).into()),
            Preview::Text(text) => Self::Text { text },
            Preview::Nothing => Self::Nothing,
        }
    }
}

impl From<&Document> for DocumentView {
    fn from(document: &Document) -> Self {
        let mut figures = 0;
        let shown = |block: &&Block| {
            figures += usize::from(matches!(block, Block::Figure(_)));
            figures <= MOST_FIGURES
        };
        Self {
            title: document.title.clone(),
            sort: document.kind.clone(),
            date: document.date.clone(),
            // A logo that cannot be written is told of when the document is.
            logo: logo_address(document).ok().flatten(),
            blocks: document
                .blocks
                .iter()
                .take_while(shown)
                .filter_map(BlockView::of)
                .collect(),
        }
    }
}

impl BlockView {
    /// The block, unless it says nothing where there are no pages.
    fn of(block: &Block) -> Option<Self> {
        Some(match block {
            Block::Heading(level, text) => Self::Heading {
                level: u8::try_from(level.depth()).unwrap_or(u8::MAX),
                text: spans(text),
            },
            Block::Paragraph(text) => Self::Paragraph { text: spans(text) },
            Block::Note(text) => Self::Note { text: spans(text) },
            Block::Quote(text) => Self::Quote { text: spans(text) },
            Block::List(points) => Self::List {
                points: points.iter().map(spans).collect(),
            },
            Block::Facts(facts) => {
                let fact = |(name, text): &(String, Text)| FactView {
                    name: name.clone(),
                    text: spans(text),
                };
                Self::Facts {
                    facts: facts.iter().map(fact).collect(),
                }
            }
            Block::Table(table) => Self::table(table),
            Block::Figure(figure) => Self::Figure {
                svg: figure.svg(),
                words: figure.words.clone(),
            },
            Block::PageBreak => return None,
        })
    }

    fn table(table: &Table) -> Self {
        let columns = table.columns.iter().map(|column| ColumnView {
            title: column.title.clone(),
            figures: column.align == Align::Right,
        });
        let rows = table.rows.iter().take(MOST_ROWS).map(|row| RowView {
            strong: row.kind != RowKind::Plain,
            cells: row.cells.iter().map(spans).collect(),
        });
        Self::Table {
            columns: columns.collect(),
            rows: rows.collect(),
        }
    }
}

fn spans(text: &Text) -> Vec<SpanView> {
    let view = |span: &backcast_workbench::exporting::document::Span| SpanView {
        text: span.text.clone(),
        look: match span.style {
            Style::Plain => LookView::Plain,
            Style::Strong => LookView::Strong,
            Style::Soft => LookView::Soft,
            Style::Severity(Severity::High) => LookView::High,
            Style::Severity(Severity::Medium) => LookView::Medium,
            Style::Severity(Severity::Low) => LookView::Low,
        },
    };
    text.spans().iter().map(view).collect()
}
