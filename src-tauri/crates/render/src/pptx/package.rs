//! The package a presentation is: parts with content types, relations between them, and the ZIP archive they lie in
//! (ECMA-376, part 2). Times are those of ZIP's first day, so that the same parts give the same bytes.
//!
//! Refuses to be: about presentations. It knows names, types and relations, not what a slide is.

use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::Xml;
use crate::error::RenderError;

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// Parts in the order they are written.
#[derive(Debug, Default)]
pub(super) struct Package {
    parts: Vec<Part>,
    /// Relations of the package itself.
    relations: Vec<Relation>,
}

/// A part: a file with a type, and what it points at.
#[derive(Debug)]
struct Part {
    name: String,
    content_type: &'static str,
    content: Vec<u8>,
    method: CompressionMethod,
    relations: Vec<Relation>,
}

#[derive(Debug)]
struct Relation {
    kind: &'static str,
    target: String,
}

/// A part's place in its package.
#[derive(Debug, Clone, Copy)]
pub(super) struct PartAt(usize);

impl Package {
    /// Takes a part. `name` is its path without a leading slash.
    pub(super) fn add(
        &mut self,
        name: impl Into<String>,
        content_type: &'static str,
        content: impl Into<Vec<u8>>,
    ) -> PartAt {
        self.parts.push(Part {
            name: name.into(),
            content_type,
            content: content.into(),
            method: CompressionMethod::Deflated,
            relations: Vec::new(),
        });
        PartAt(self.parts.len() - 1)
    }

    /// Lets a part lie in the archive as it is.
    pub(super) fn leave_uncompressed(&mut self, part: PartAt) {
        if let Some(part) = self.parts.get_mut(part.0) {
            part.method = CompressionMethod::Stored;
        }
    }

    /// Gives a part its content, when that could only be written after the part had relations.
    pub(super) fn fill(&mut self, part: PartAt, content: impl Into<Vec<u8>>) {
        if let Some(part) = self.parts.get_mut(part.0) {
            part.content = content.into();
        }
    }

    /// Lets the package point at a part.
    pub(super) fn root(&mut self, kind: &'static str, to: PartAt) {
        if let Some(target) = self.parts.get(to.0).map(|part| part.name.clone()) {
            self.relations.push(Relation { kind, target });
        }
    }

    /// Lets a part point at another; answers the id it does so by.
    pub(super) fn relate(&mut self, from: PartAt, kind: &'static str, to: PartAt) -> String {
        let target = self.parts.get(to.0).map(|part| part.name.clone());
        let Some((part, target)) = self.parts.get_mut(from.0).zip(target) else {
            return String::new();
        };
        part.relations.push(Relation { kind, target });
        format!("rId{}", part.relations.len())
    }

    /// The archive's bytes.
    ///
    /// # Errors
    /// When the archive cannot be written: a part beyond what ZIP can hold.
    pub(super) fn write(self) -> Result<Vec<u8>, RenderError> {
        let mut archive = Archive::new();
        archive.put(
            "[Content_Types].xml",
            self.content_types().as_bytes(),
            CompressionMethod::Deflated,
        )?;
        archive.put(
            "_rels/.rels",
            relations("", &self.relations).as_bytes(),
            CompressionMethod::Deflated,
        )?;
        for part in &self.parts {
            archive.put(&part.name, &part.content, part.method)?;
            if !part.relations.is_empty() {
                let (folder, file) = part.name.rsplit_once('/').unwrap_or(("", &part.name));
                let name = format!("{folder}/_rels/{file}.rels");
                archive.put(
                    &name,
                    relations(folder, &part.relations).as_bytes(),
                    CompressionMethod::Deflated,
                )?;
            }
        }
        archive.finish()
    }

    fn content_types(&self) -> String {
        let mut xml = Xml::new();
        xml.open("Types").attr("xmlns", TYPES);
        for (extension, content_type) in [
            (
                "rels",
                "application/vnd.openxmlformats-package.relationships+xml",
            ),
            ("xml", "application/xml"),
        ] {
            xml.open("Default")
                .attr("Extension", extension)
                .attr("ContentType", content_type)
                .close();
        }
        for part in &self.parts {
            xml.open("Override")
                .attr("PartName", &format!("/{}", part.name))
                .attr("ContentType", part.content_type)
                .close();
        }
        xml.finish()
    }
}

fn relations(folder: &str, relations: &[Relation]) -> String {
    let mut xml = Xml::new();
    xml.open("Relationships").attr("xmlns", RELATIONS);
    for (at, relation) in relations.iter().enumerate() {
        xml.open("Relationship")
            .attr("Id", &format!("rId{}", at + 1))
            .attr("Type", relation.kind)
            .attr("Target", &relative(folder, &relation.target))
            .close();
    }
    xml.finish()
}

/// The way from a folder to a file, both from the package's root: the form every reader understands.
fn relative(folder: &str, target: &str) -> String {
    let mut from: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    let mut to: Vec<&str> = target.split('/').collect();
    while to.len() > 1 && from.first() == to.first() {
        from.remove(0);
        to.remove(0);
    }
    format!("{}{}", "../".repeat(from.len()), to.join("/"))
}

struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    fn put(
        &mut self,
        name: &str,
        content: &[u8],
        method: CompressionMethod,
    ) -> Result<(), RenderError> {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        self.0
            .start_file(name, options)
            .map_err(|error| unwritten(&error))?;
        self.0
            .write_all(content)
            .map_err(|error| unwritten(&error.into()))
    }

    fn finish(self) -> Result<Vec<u8>, RenderError> {
        self.0
            .finish()
            .map(Cursor::into_inner)
            .map_err(|error| unwritten(&error))
    }
}

fn unwritten(error: &ZipError) -> RenderError {
    RenderError::Writer {
        format: "PowerPoint",
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn targets_are_written_from_where_they_are_named() {
        for (folder, target, way) in [
            ("", "ppt/presentation.xml", "ppt/presentation.xml"),
            ("ppt", "ppt/slides/slide1.xml", "slides/slide1.xml"),
            (
                "ppt/slides",
                "ppt/slideLayouts/slideLayout1.xml",
                "../slideLayouts/slideLayout1.xml",
            ),
            (
                "ppt",
                "backcast/project.backcast",
                "../backcast/project.backcast",
            ),
        ] {
            assert_eq!(relative(folder, target), way);
        }
    }
}
