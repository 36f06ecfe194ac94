//! A document as a Word file (Office Open XML, ECMA-376, transitional): real headings, lists and tables under named
//! styles, so that whoever gets it can restyle it in one place. Pictures are PNG, because the words in them are set in
//! a font that few machines have.

mod body;
mod package;
mod parts;

use super::{Block, Document, DocumentError, Progress, Sheet, picture};
use crate::scene::Scene;
use body::Body;
use package::{Package, Part};

/// A document as a Word file for sheets of this size. The same document gives the same bytes. `None`: whoever waits has lost
/// interest, which is asked after every picture.
///
/// # Errors
/// When a picture cannot be drawn.
pub fn docx(
    document: &Document,
    sheet: Sheet,
    progress: Progress<'_>,
) -> Result<Option<Vec<u8>>, DocumentError> {
    let figures = document.blocks.iter().filter_map(|block| match block {
        Block::Figure(figure) => Some(&*figure.scene),
        _ => None,
    });
    let scenes: Vec<&Scene> = figures.collect();
    let Some(drawn) = picture::pngs(&scenes, progress) else {
        return Ok(None);
    };
    let body = Body::of(document, sheet, drawn)?;
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
    package.finish().map(Some)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use quick_xml::Reader;
    use quick_xml::events::Event;
    use zip::ZipArchive;

    use std::ops::ControlFlow;

    use super::super::{Column, Level, RowKind, Table, Text};
    use super::*;
    use crate::stand_in::StandIns;

    const HOSTILE: &str =
        "]]> <w:t>&amp;\u{0}\u{b}\u{ffff} \" ' \u{202e} https://example.org/?a=1&b=<2>";

    fn document() -> Document {
        let mut table = Table::of(vec![
            Column::words(HOSTILE, 2.0),
            Column::figures("Sum", 1.0),
        ]);
        table.push(RowKind::Group, vec![Text::plain(HOSTILE)]);
        table.push(
            RowKind::Plain,
            vec![Text::with_addresses(HOSTILE), Text::plain("1")],
        );
        table.push(RowKind::Sum, vec![Text::strong(HOSTILE), Text::plain("1")]);
        Document {
            title: HOSTILE.to_owned(),
            kind: HOSTILE.to_owned(),
            date: HOSTILE.to_owned(),
            logo: None,
            stand_ins: StandIns::default(),
            blocks: vec![
                Block::Heading(Level::Section, Text::plain(HOSTILE)),
                Block::Quote(Text::with_addresses(HOSTILE)),
                Block::List(vec![Text::plain(HOSTILE)]),
                Block::PageBreak,
                Block::Facts(vec![(HOSTILE.to_owned(), Text::plain(HOSTILE))]),
                Block::Table(table),
            ],
        }
    }

    fn written(sheet: Sheet) -> Vec<u8> {
        let goes_on = |_: f64| ControlFlow::Continue(());
        docx(&document(), sheet, &goes_on).unwrap().unwrap()
    }

    #[test]
    fn every_part_is_well_formed_whatever_the_words() {
        let bytes = written(Sheet::A4);
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert!(archive.len() >= 10);
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let name = part.name().unwrap().into_owned();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            let (mut reader, mut elements) = (Reader::from_str(&text), 0);
            loop {
                match reader.read_event() {
                    Ok(Event::Eof) => break,
                    Ok(Event::Start(_) | Event::Empty(_)) => elements += 1,
                    Ok(_) => {}
                    Err(error) => panic!("{name}: {error}"),
                }
            }
            assert!(elements > 0, "{name}");
            let forbidden = |one: char| one.is_control() && one != '\n' || one == '\u{ffff}';
            assert!(!text.contains(forbidden), "{name}");
        }
    }

    #[test]
    fn the_same_document_gives_the_same_bytes() {
        assert_eq!(written(Sheet::LETTER), written(Sheet::LETTER));
    }
}
