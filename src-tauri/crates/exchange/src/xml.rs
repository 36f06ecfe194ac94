//! XML written and read for interchange. Writing escapes what XML 1.0 asks for and leaves out characters that it
//! cannot hold. Reading streams and refuses what files made to do harm are made of: document types (and with them
//! every entity of one's own), more than 64 MB, 256 levels or 256 attributes on one tag.

use std::fmt::Write as _;

use encoding_rs::{UTF_16BE, UTF_16LE};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::import::ImportError;

/// The largest XML that is read, in bytes.
pub(crate) const LARGEST: usize = 64 * 1024 * 1024;

/// How deep tags may stand in each other.
const DEEPEST: usize = 256;

/// How many attributes one tag may have.
const MOST_ATTRIBUTES: usize = 256;

/// A text as it may stand in an element or between quotes.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // Plain line breaks and tabs in attributes are read back as spaces.
            '\t' | '\n' | '\r' => drop(write!(escaped, "&#{};", u32::from(character))),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Appends ` name="value"`.
pub(crate) fn attribute(into: &mut String, name: &str, value: &str) {
    let _ = write!(into, " {name}=\"{}\"", escaped(value));
}

/// What a document is made of, in its order.
#[derive(Debug, PartialEq)]
pub(crate) enum Piece {
    /// A tag opens; one that closes itself opens and closes.
    Open(Tag),
    /// A tag closes.
    Close,
    /// Text, entities resolved.
    Text(String),
}

/// An opening tag.
#[derive(Debug, PartialEq, Default, Clone)]
pub(crate) struct Tag {
    /// Its name without namespace prefix.
    pub(crate) name: String,
    /// Its attributes as they stand.
    pub(crate) attributes: Vec<(String, String)>,
    /// The line it stands in, from 1.
    pub(crate) line: usize,
}

impl Tag {
    /// What an attribute holds.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }

    /// A finite number.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.get(name)?
            .trim()
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    }
}

/// Decodes by byte-order mark; without one it is UTF-8.
///
/// # Errors
/// When it is too large or not of these encodings.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, ImportError> {
    if bytes.len() > LARGEST {
        return Err(too_large());
    }
    for (encoding, mark) in [(UTF_16LE, b"\xff\xfe"), (UTF_16BE, b"\xfe\xff")] {
        if bytes.starts_with(mark) {
            return Ok(encoding.decode_with_bom_removal(bytes).0.into_owned());
        }
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    String::from_utf8(bytes.to_vec())
        .map_err(|_| ImportError::whole("it is neither UTF-8 nor UTF-16 text; save it as UTF-8"))
}

fn too_large() -> ImportError {
    ImportError::whole(format!(
        "it has more than {} MB; at most that much is read",
        LARGEST / 1_048_576
    ))
}

/// Reads a document piece by piece.
pub(crate) struct Pieces<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    depth: usize,
    closes: bool,
    /// How far lines were counted, and how many there were.
    counted: (usize, usize),
}

impl<'a> Pieces<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Self {
            reader: Reader::from_str(text),
            text,
            depth: 0,
            closes: false,
            counted: (0, 1),
        }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// When the document is not well-formed or is beyond the bounds of this module.
    pub(crate) fn next(&mut self) -> Result<Option<Piece>, ImportError> {
        if std::mem::take(&mut self.closes) {
            return Ok(Some(Piece::Close));
        }
        loop {
            let event = self.reader.read_event();
            let event = event.map_err(|error| self.refusal(error))?;
            match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(self.refusal(format!(
                            "tags stand in each other more than {DEEPEST} deep"
                        )));
                    }
                    return self.tag(&tag).map(Some);
                }
                Event::Empty(tag) => {
                    self.closes = true;
                    return self.tag(&tag).map(Some);
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Piece::Close));
                }
                Event::Text(text) => {
                    return Ok(Some(Piece::Text(text.xml10_content().into_owned())));
                }
                Event::CData(text) => {
                    return Ok(Some(Piece::Text(text.xml10_content().into_owned())));
                }
                Event::GeneralRef(entity) => return self.resolve(&entity).map(Some),
                Event::DocType(_) => {
                    return Err(self.refusal(
                        "it has a document type, which may name other files; save it without one",
                    ));
                }
                Event::Eof if self.depth > 0 => {
                    return Err(self.refusal("it ends before its tags are closed"));
                }
                Event::Eof => return Ok(None),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            }
        }
    }

    fn tag(&mut self, tag: &BytesStart<'_>) -> Result<Piece, ImportError> {
        let mut attributes: Vec<(String, String)> = Vec::new();
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.refusal(error))?;
            if attributes.len() == MOST_ATTRIBUTES {
                return Err(
                    self.refusal(format!("a tag has more than {MOST_ATTRIBUTES} attributes"))
                );
            }
            let name = attribute.key.0.to_owned();
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Explicit1_0)
                .map_err(|error| self.refusal(error))?;
            if attributes.iter().any(|(other, _)| *other == name) {
                return Err(self.refusal(format!("a tag has the attribute {name} twice")));
            }
            attributes.push((name, value.into_owned()));
        }
        let name = tag.local_name().as_ref().to_owned();
        Ok(Piece::Open(Tag {
            name,
            attributes,
            line: self.line(),
        }))
    }

    fn resolve(&mut self, entity: &BytesRef<'_>) -> Result<Piece, ImportError> {
        if let Some(character) = entity
            .resolve_char_ref()
            .map_err(|error| self.refusal(error))?
        {
            return Ok(Piece::Text(character.to_string()));
        }
        let name = entity.xml10_content();
        match quick_xml::escape::resolve_xml_entity(&name) {
            Some(text) => Ok(Piece::Text(text.to_owned())),
            None => Err(self.refusal(format!("the entity &{name}; is not defined"))),
        }
    }

    /// The line the reader has come to; each byte is counted once.
    fn line(&mut self) -> usize {
        let here = usize::try_from(self.reader.buffer_position())
            .unwrap_or(usize::MAX)
            .min(self.text.len());
        let (from, lines) = self.counted;
        let between = self.text.as_bytes().get(from..here).unwrap_or_default();
        let lines = lines + between.iter().filter(|byte| **byte == b'\n').count();
        self.counted = (here, lines);
        lines
    }

    fn refusal(&mut self, reason: impl std::fmt::Display) -> ImportError {
        let line = self.line();
        ImportError::at(format!("line {line}"), reason.to_string())
    }
}
