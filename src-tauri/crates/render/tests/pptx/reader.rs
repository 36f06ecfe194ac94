//! Reads a deck back: every part as a small tree, relations resolved, shapes with their places.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element.
#[derive(Debug, Default, Clone)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) children: Vec<Element>,
    pub(crate) text: String,
}

impl Element {
    /// All elements of a name, itself included, in the order of the document.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> Vec<&'a Element> {
        let mut found = Vec::new();
        self.gather(name, &mut found);
        found
    }

    fn gather<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        if self.name == name {
            found.push(self);
        }
        for child in &self.children {
            child.gather(name, found);
        }
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    pub(crate) fn number(&self, name: &str) -> i64 {
        self.attribute(name).parse().unwrap()
    }

    /// The words of its paragraphs, one string each.
    pub(crate) fn paragraphs(&self) -> Vec<String> {
        let words = |paragraph: &&Element| {
            paragraph
                .all("a:t")
                .iter()
                .map(|text| text.text.as_str())
                .collect()
        };
        self.all("a:p").iter().map(words).collect()
    }
}

/// A deck as its parts.
pub(crate) struct Package {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

impl Package {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut files = BTreeMap::new();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            let name = file.name().unwrap().into_owned();
            assert!(
                files.insert(name.clone(), content).is_none(),
                "{name} stands twice"
            );
        }
        Self { files }
    }

    /// A part as a tree.
    pub(crate) fn part(&self, name: &str) -> Element {
        parsed(name, &self.files[name])
    }

    pub(crate) fn slides(&self) -> Vec<Element> {
        (1..)
            .map(|at| format!("ppt/slides/slide{at}.xml"))
            .take_while(|name| self.files.contains_key(name))
            .map(|name| self.part(&name))
            .collect()
    }

    /// The words of a slide's notes.
    pub(crate) fn notes(&self, slide: usize) -> Vec<String> {
        let name = format!("ppt/notesSlides/notesSlide{slide}.xml");
        if self.files.contains_key(&name) {
            self.part(&name).paragraphs()
        } else {
            Vec::new()
        }
    }

    /// Every part is well-formed, has a content type, and points only at parts that are there.
    pub(crate) fn check(&self) {
        let types = self.part("[Content_Types].xml");
        let typed: Vec<String> = types
            .all("Override")
            .iter()
            .map(|part| part.attribute("PartName")[1..].to_owned())
            .collect();
        for part in &typed {
            assert!(
                self.files.contains_key(part),
                "{part} has a type but is not there"
            );
        }
        for name in self.files.keys() {
            if name.ends_with(".xml") || name.ends_with(".rels") {
                self.part(name);
            }
            assert!(
                name.ends_with(".rels") || name.starts_with('[') || typed.contains(name),
                "{name} has no type"
            );
            if let Some((folder, _)) = name.split_once("_rels/") {
                self.check_relations(folder, &self.part(name));
            }
        }
    }

    fn check_relations(&self, folder: &str, relations: &Element) {
        let mut ids = Vec::new();
        for relation in relations.all("Relationship") {
            let mut way: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
            for step in relation.attribute("Target").split('/') {
                if step == ".." {
                    way.pop().unwrap();
                } else {
                    way.push(step);
                }
            }
            assert!(
                self.files.contains_key(&way.join("/")),
                "{folder}: nothing at {way:?}"
            );
            ids.push(relation.attribute("Id").to_owned());
        }
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}

fn parsed(name: &str, bytes: &[u8]) -> Element {
    let mut reader = Reader::from_reader(bytes);
    let mut open = vec![Element::default()];
    loop {
        match reader
            .read_event()
            .unwrap_or_else(|error| panic!("{name}: {error}"))
        {
            Event::Start(start) => open.push(begun(&start)),
            Event::Empty(start) => open.last_mut().unwrap().children.push(begun(&start)),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => open.last_mut().unwrap().text += &text,
            Event::GeneralRef(reference) => {
                let resolved = match reference.resolve_char_ref().unwrap() {
                    Some(character) => character.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(&reference)
                        .unwrap()
                        .to_owned(),
                };
                open.last_mut().unwrap().text += &resolved;
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("{name}: {other:?} has no business here"),
        }
    }
    assert_eq!(open.len(), 1, "{name}");
    let mut root = open.pop().unwrap();
    assert_eq!(root.children.len(), 1, "{name}");
    root.children.pop().unwrap()
}

fn begun(start: &BytesStart<'_>) -> Element {
    let mut attributes = BTreeMap::new();
    for attribute in start.attributes() {
        let attribute = attribute.unwrap();
        let value = quick_xml::escape::unescape(&attribute.value)
            .unwrap()
            .into_owned();
        attributes.insert(attribute.key.as_ref().to_owned(), value);
    }
    Element {
        name: start.name().as_ref().to_owned(),
        attributes,
        ..Element::default()
    }
}
