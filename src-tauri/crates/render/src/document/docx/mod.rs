//! A document as a Word file (Office Open XML, ECMA-376, transitional): real headings, lists and tables under named
//! styles, so that whoever gets it can restyle it in one place. Pictures are PNG, because the words in them are set in
//! a font that few machines have.

mod body;
mod package;
mod parts;

use super::{Document, DocumentError, Sheet};
use body::Body;
use package::{Package, Part};

/// A document as a Word file for sheets of this size. The same document gives the same bytes.
///
/// # Errors
/// When a picture cannot be drawn.
pub fn docx(document: &Document, sheet: Sheet) -> Result<Vec<u8>, DocumentError> {
    let body = Body::of(document, sheet)?;
    let mut package = Package::default();
    let mut parts = vec![
        Part::text("[Content_Types].xml", parts::content_types()),
        Part::text("_rels/.rels", parts::package_relations()),
        Part::text("docProps/core.xml", parts::core(document)),
        Part::text("docProps/app.xml", parts::app()),
        Part::text("word/document.xml", body.xml()),
        Part::text("word/_rels/document.xml.rels", body.relations()),
        Part::text("word/styles.xml", parts::styles()),
        Part::text("word/numbering.xml", parts::numbering()),
        Part::text("word/settings.xml", parts::settings()),
        Part::text("word/footer1.xml", parts::footer(document, sheet)),
    ];
    parts.extend(body.into_media());
    for part in parts {
        package.add(&part)?;
    }
    package.finish()
}
