//! A `.drawio` file as pages: plain ones hold their cells, packed ones hold base64 of a raw deflate of percent-encoded
//! XML. Libraries, stencils and lists of templates are recognised and politely refused.

use std::io::Read;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use flate2::read::DeflateDecoder;
use percent_encoding::percent_decode;

use super::cells::{Cells, Picking};
use crate::import::ImportError;
use crate::xml::{Piece, Pieces, Tag, decode};

/// How many times its packed size a page may unpack to, small pages aside.
const MOST_RATIO: usize = 500;

/// Below this many bytes the ratio does not matter.
const SMALL: usize = 1024 * 1024;

/// A page of a drawing.
pub(super) struct Page {
    /// What its tab says.
    pub(super) name: String,
    content: Content,
}

enum Content {
    Plain(Cells),
    Packed(String),
}

impl Page {
    /// The page's cells, unpacked when they are packed. `room` is how many bytes all pages together may still unpack
    /// to.
    ///
    /// # Errors
    /// When what is packed is damaged or unpacks beyond all measure.
    pub(super) fn cells(self, room: &mut usize) -> Result<Cells, ImportError> {
        let packed = match self.content {
            Content::Plain(cells) => return Ok(cells),
            Content::Packed(packed) => packed,
        };
        if packed.is_empty() {
            return Ok(Cells::default());
        }
        let text = unpack(&packed, room).map_err(|reason| {
            ImportError::at(format!("page \u{201c}{}\u{201d}", self.name), reason)
        })?;
        let mut pieces = Pieces::of(&text);
        let mut picking = Picking::default();
        while let Some(piece) = pieces.next()? {
            picking.take(piece)?;
        }
        Ok(picking.cells)
    }
}

/// Names of the pages of a drawing, in their order.
///
/// # Errors
/// When it is no drawing.
pub fn pages(bytes: &[u8]) -> Result<Vec<String>, ImportError> {
    Ok(open(bytes)?.into_iter().map(|page| page.name).collect())
}

/// The pages of a drawing.
///
/// # Errors
/// When it is not well-formed, or something else than a drawing.
pub(super) fn open(bytes: &[u8]) -> Result<Vec<Page>, ImportError> {
    let text = decode(bytes)?;
    match parse(&text)? {
        Opened::Pages(pages) => Ok(pages),
        Opened::Within(drawing) => match parse(&drawing)? {
            Opened::Pages(pages) => Ok(pages),
            Opened::Within(_) => Err(ImportError::whole(
                "it is a picture within a picture; export the drawing again",
            )),
        },
    }
}

enum Opened {
    Pages(Vec<Page>),
    /// A picture that carries its drawing.
    Within(String),
}

fn parse(text: &str) -> Result<Opened, ImportError> {
    let mut pieces = Pieces::of(text);
    let root = loop {
        match pieces.next()? {
            Some(Piece::Open(root)) => break root,
            Some(_) => {}
            None => return Err(ImportError::whole("it holds no drawing")),
        }
    };
    match root.name.as_str() {
        "mxfile" => diagrams(&mut pieces).map(Opened::Pages),
        "mxGraphModel" => {
            let mut picking = Picking::default();
            while let Some(piece) = pieces.next()? {
                picking.take(piece)?;
            }
            Ok(Opened::Pages(vec![Page { name: "Page-1".to_owned(), content: Content::Plain(picking.cells) }]))
        }
        "svg" => root.get("content").filter(|content| content.trim_start().starts_with('<')).map_or_else(
            || Err(ImportError::whole("it is a picture without a drawing in it; export it from draw.io with \u{201c}Include a copy of my diagram\u{201d}")),
            |content| Ok(Opened::Within(content.to_owned())),
        ),
        "mxlibrary" => Err(ImportError::whole("it is a library of shapes, not a drawing; put its shapes into a drawing and import that")),
        "shapes" | "stencil" | "shape" => Err(ImportError::whole("it is a set of stencils, not a drawing; import a drawing")),
        "templates" | "template" => Err(ImportError::whole("it is a list of templates, not a drawing; open one in draw.io, save it and import that")),
        other => Err(ImportError::whole(format!("it is XML, but no drawing: it begins with <{other}>"))),
    }
}

fn diagrams(pieces: &mut Pieces<'_>) -> Result<Vec<Page>, ImportError> {
    let mut pages: Vec<Page> = Vec::new();
    let (mut depth, mut current) = (1_usize, None::<(Tag, Picking, String)>);
    while let Some(piece) = pieces.next()? {
        match &piece {
            Piece::Open(tag) => {
                depth += 1;
                if depth == 2 && tag.name == "diagram" {
                    current = Some((tag.clone(), Picking::default(), String::new()));
                    continue;
                }
            }
            Piece::Close => {
                depth = depth.saturating_sub(1);
                if depth == 1
                    && let Some((tag, picking, packed)) = current.take()
                {
                    pages.push(page(&tag, picking, &packed, pages.len() + 1));
                    continue;
                }
            }
            Piece::Text(text) => {
                if let Some((_, _, packed)) = current.as_mut().filter(|_| depth == 2) {
                    packed.push_str(text);
                }
            }
        }
        if let Some((_, picking, _)) = &mut current {
            picking.take(piece)?;
        }
    }
    if pages.is_empty() {
        return Err(ImportError::whole("it holds no page"));
    }
    Ok(pages)
}

fn page(tag: &Tag, picking: Picking, packed: &str, number: usize) -> Page {
    let name = tag.get("name").filter(|name| !name.trim().is_empty());
    let name = name.map_or_else(|| format!("Page-{number}"), str::to_owned);
    let packed: String = packed
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    let plain = packed.is_empty() || !picking.cells.is_empty();
    Page {
        name,
        content: if plain {
            Content::Plain(picking.cells)
        } else {
            Content::Packed(packed)
        },
    }
}

/// Unpacks a page and takes its bytes off the room.
fn unpack(packed: &str, room: &mut usize) -> Result<String, String> {
    let damaged = |what: &str| {
        format!("its packed content is damaged ({what}); save it uncompressed from draw.io")
    };
    let lenient =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let deflated = GeneralPurpose::new(&STANDARD, lenient)
        .decode(packed)
        .map_err(|_| damaged("not base64"))?;
    let most = (*room).min((deflated.len() * MOST_RATIO).max(SMALL));
    let mut inflated = Vec::new();
    let mut bounded = DeflateDecoder::new(deflated.as_slice()).take(most as u64 + 1);
    bounded
        .read_to_end(&mut inflated)
        .map_err(|_| damaged("not deflated"))?;
    if inflated.len() > most {
        return Err("it unpacks to far more than a drawing holds, as files made to do harm do; nothing was read".to_owned());
    }
    *room -= inflated.len();
    let plain: Vec<u8> = percent_decode(&inflated).collect();
    String::from_utf8(plain).map_err(|_| damaged("not text"))
}
