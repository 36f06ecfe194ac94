//! What an export would look like, while somebody still chooses: the picture of a map, or the beginning of a text.
//! Refuses to be the export: pages, pixels and workbooks are made when they are wanted.

use std::ops::ControlFlow;

use backcast_render::document::Document;

use crate::error::ExportError;
use crate::format::Format;
use crate::options::Options;
use crate::snapshot::Snapshot;
use crate::write::{check, document, export};

/// The most of a text that is shown, in characters.
const LONGEST: usize = 6_000;

/// The most blocks of a document that are shown: about three pages.
const MOST_BLOCKS: usize = 60;

/// A look at an export.
#[derive(Debug, Clone, PartialEq)]
pub enum Preview {
    /// The map as SVG, with its fonts inside.
    Picture(String),
    /// The beginning of a document, block by block.
    Document(Document),
    /// The beginning of what is written.
    Text(String),
    /// The format shows nothing before it is written.
    Nothing,
}

/// A look at what [`export`] would make of this.
///
/// # Errors
/// When the export would be refused.
pub fn preview(
    snapshot: &Snapshot,
    format: Format,
    options: &Options,
) -> Result<Preview, ExportError> {
    check(format, options)?;
    let (shown, options) = match format {
        Format::Xlsx => return Ok(Preview::Nothing),
        Format::Pdf | Format::Docx | Format::Html | Format::Markdown
            if options.template.is_none()
                && (options.document.is_some() || format != Format::Pdf) =>
        {
            let mut document = document(snapshot, format, options)?;
            document.blocks.truncate(MOST_BLOCKS);
            return Ok(Preview::Document(document));
        }
        Format::Svg | Format::Png | Format::Pdf | Format::Pptx => {
            let picture = Options {
                theme: options.theme,
                part: options.part.clone(),
                without: options.without.clone(),
                logo: options.logo.clone(),
                border: options.border,
                lanes: options.lanes,
                ..Options::default()
            };
            (Format::Svg, picture)
        }
        text => (text, options.clone()),
    };
    let delivery = export(snapshot, shown, &options, &|_| ControlFlow::Continue(()))?;
    let Some((_, bytes)) = delivery.files.first() else {
        return Ok(Preview::Nothing);
    };
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    Ok(if shown == Format::Svg {
        Preview::Picture(text.to_owned())
    } else {
        Preview::Text(text.chars().take(LONGEST).collect())
    })
}
