//! Pages as the bytes of a PDF: words that can be selected and searched, links that can be followed, an outline, and
//! tags for screen readers.

use std::num::NonZeroU16;

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{Page as Sheet, PageSettings};
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, ListNumbering, Node, SpanTag, TableHeaderScope, Tag,
    TagGroup, TagKind, TagTree,
};

use super::super::{Document, DocumentError, Level};
use super::lettering::Lettering;
use super::lines::Line;
use super::page::{Entry, Item, MARGIN, Page, Pages, Role};
use crate::pdf::{Faces, draw_logo, paint_scene};
use crate::scene::Colour;
use crate::text::{Font, Weight};

/// The bytes of a PDF.
pub(super) fn draw(document: &Document, pages: &Pages<'_>) -> Result<Vec<u8>, DocumentError> {
    let mut drawing = Drawing::new(document, pages)?;
    let mut pdf = krilla::Document::new();
    for number in 0..pages.pages.len() {
        drawing.page(&mut pdf, document, number)?;
    }
    pdf.set_metadata(
        Metadata::new()
            .title(document.full_title())
            .description(document.kind.clone())
            .creator("Backcast".to_owned())
            .language("en-GB".to_owned()),
    );
    pdf.set_outline(outline(&pages.outline));
    pdf.set_tag_tree(drawing.tags());
    pdf.finish().map_err(|error| failed(&format!("{error:?}")))
}

fn failed(reason: &str) -> DocumentError {
    DocumentError {
        format: "PDF",
        reason: reason.to_owned(),
    }
}

/// The faces in use and what was drawn of each element.
struct Drawing<'a> {
    pages: &'a Pages<'a>,
    faces: Faces<'a>,
    drawn: Vec<Vec<Node>>,
}

impl<'a> Drawing<'a> {
    fn new(document: &'a Document, pages: &'a Pages<'a>) -> Result<Self, DocumentError> {
        let faces = Faces::with(&document.stand_ins);
        Ok(Self {
            pages,
            faces: faces.ok_or_else(|| failed("a font cannot be read"))?,
            drawn: pages.elements.iter().map(|_| Vec::new()).collect(),
        })
    }

    fn page(
        &mut self,
        pdf: &mut krilla::Document,
        document: &Document,
        number: usize,
    ) -> Result<(), DocumentError> {
        let sheet = self.pages.sheet;
        let settings = PageSettings::from_wh(single(sheet.width), single(sheet.height))
            .ok_or_else(|| failed("the sheet has no size"))?;
        let mut page = pdf.start_page_with(settings);
        let Some(content) = self.pages.pages.get(number) else {
            return Ok(());
        };
        self.surface(&mut page, document, content, number);
        self.links(&mut page, content);
        page.finish();
        Ok(())
    }

    fn surface(
        &mut self,
        page: &mut Sheet<'_>,
        document: &Document,
        content: &Page<'_>,
        number: usize,
    ) {
        let mut surface = page.surface();
        for item in &content.items {
            match item {
                Item::Words {
                    x,
                    middle,
                    line,
                    lettering,
                    element,
                } => self.words(&mut surface, (*x, *middle), line, *lettering, *element),
                Item::Rule {
                    x,
                    y,
                    width,
                    height,
                    colour,
                } => rule(&mut surface, (*x, *y, *width, *height), *colour),
                Item::Scene {
                    x,
                    y,
                    scale,
                    scene,
                    element,
                } => {
                    let place = Transform::from_row(
                        single(*scale),
                        0.0,
                        0.0,
                        single(*scale),
                        single(*x),
                        single(*y),
                    );
                    let identifier = surface.start_tagged(ContentTag::Other);
                    surface.push_transform(&place);
                    paint_scene(&mut surface, &self.faces, scene);
                    surface.pop();
                    surface.end_tagged();
                    self.note(*element, Node::Leaf(identifier));
                }
                Item::Logo { place, size, logo } => {
                    surface.start_tagged(artifact(ArtifactType::Layout));
                    draw_logo(&mut surface, logo, *place, *size);
                    surface.end_tagged();
                }
            }
        }
        self.foot(&mut surface, document, number);
        surface.finish();
    }

    /// What stands below the text of every page.
    fn foot(&self, surface: &mut Surface<'_>, document: &Document, number: usize) {
        let sheet = self.pages.sheet;
        let middle = sheet.height - MARGIN * 0.6;
        let lettering = Lettering::FOOT;
        let font = Font::new(lettering.weight, lettering.size);
        let count = format!("{} / {}", number + 1, self.pages.pages.len());
        let room = sheet.width - 2.0 * MARGIN - font.width(&count) - 20.0;
        let title = font.cut(&document.full_title(), room);
        surface.start_tagged(artifact(ArtifactType::Footer));
        self.text(
            surface,
            (MARGIN, middle),
            &title,
            lettering.weight,
            lettering,
        );
        let right = sheet.width - MARGIN - font.width(&count);
        self.text(
            surface,
            (right, middle),
            &count,
            lettering.weight,
            lettering,
        );
        surface.end_tagged();
    }

    fn words(
        &mut self,
        surface: &mut Surface<'_>,
        (x, middle): (f64, f64),
        line: &Line,
        lettering: Lettering,
        element: Option<usize>,
    ) {
        for piece in &line.pieces {
            let weight = lettering.font(piece.style).weight;
            let look = Lettering {
                colour: if piece.address.is_some() {
                    super::super::colours::ACCENT
                } else {
                    lettering.colour_of(piece.style)
                },
                ..lettering
            };
            let place = (x + piece.x, middle);
            match element {
                Some(element) => {
                    let identifier = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                    self.text(surface, place, &piece.text, weight, look);
                    surface.end_tagged();
                    self.note(element, Node::Leaf(identifier));
                }
                None => {
                    surface.start_tagged(artifact(ArtifactType::PaginationOther));
                    self.text(surface, place, &piece.text, weight, look);
                    surface.end_tagged();
                }
            }
        }
    }

    /// Sets words with their middle at a height.
    fn text(
        &self,
        surface: &mut Surface<'_>,
        (x, middle): (f64, f64),
        words: &str,
        weight: Weight,
        lettering: Lettering,
    ) {
        let font = Font::new(weight, lettering.size);
        surface.set_fill(Some(fill(lettering.colour)));
        let baseline = middle + font.drop();
        self.faces.write(surface, words, (x, baseline), font);
    }

    /// Addresses that can be followed, each in the element of its words.
    fn links(&mut self, page: &mut Sheet<'_>, content: &Page<'_>) {
        for item in &content.items {
            let Item::Words {
                x,
                middle,
                line,
                lettering,
                element: Some(element),
            } = item
            else {
                continue;
            };
            for piece in &line.pieces {
                let Some(address) = &piece.address else {
                    continue;
                };
                let (left, top) = (x + piece.x, middle - lettering.leading / 2.0);
                let width = single(piece.width.max(1.0));
                let area =
                    Rect::from_xywh(single(left), single(top), width, single(lettering.leading));
                let Some(area) = area else {
                    continue;
                };
                let target = LinkAction::new(address.as_str().to_owned());
                let link = LinkAnnotation::new(area, Target::Action(Action::Link(target)));
                let annotation = Annotation::new_link(link, Some(piece.text.clone()));
                let identifier = page.add_tagged_annotation(annotation);
                let group = TagGroup::with_children(Tag::Link, vec![Node::Leaf(identifier)]);
                self.note(*element, Node::Group(group));
            }
        }
    }

    fn note(&mut self, element: usize, node: Node) {
        if let Some(drawn) = self.drawn.get_mut(element) {
            drawn.push(node);
        }
    }

    fn tags(mut self) -> TagTree {
        let roots = self.pages.roots.clone();
        let nodes: Vec<Node> = roots
            .into_iter()
            .filter_map(|element| self.group(element))
            .collect();
        TagTree::from(nodes).with_lang(Some("en-GB".to_owned()))
    }

    /// An element with everything inside it; `None` for one of which nothing was drawn.
    fn group(&mut self, number: usize) -> Option<Node> {
        let element = self.pages.elements.get(number)?;
        let mut nodes = self.drawn.get_mut(number).map(std::mem::take)?;
        let inner = element.children.iter();
        nodes.extend(inner.filter_map(|child| self.group(*child)));
        let kept = !nodes.is_empty() || matches!(element.role, Role::Cell | Role::RowHead);
        kept.then(|| Node::Group(TagGroup::with_children(tag(&element.role), nodes)))
    }
}

fn tag(role: &Role) -> TagKind {
    let heading = |depth: u16, text: &str| {
        let depth = NonZeroU16::new(depth).unwrap_or(NonZeroU16::MIN);
        Tag::Hn(depth, Some(text.to_owned())).into()
    };
    match role {
        Role::Title(text) => heading(1, text),
        Role::Heading(Level::Section, text) => heading(2, text),
        Role::Heading(Level::Part, text) => heading(3, text),
        Role::Heading(Level::Item, text) => heading(4, text),
        Role::Paragraph => Tag::P.into(),
        Role::Quote => Tag::BlockQuote.into(),
        Role::List => Tag::L(ListNumbering::Disc).into(),
        Role::ListItem => Tag::LI.into(),
        Role::ListMark => Tag::Lbl.into(),
        Role::ListBody => Tag::LBody.into(),
        Role::Table => Tag::Table.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        Role::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Role::Cell => Tag::TD.into(),
        Role::Figure(words) => Tag::Figure(Some(words.clone())).into(),
    }
}

/// Headings as a tree; a heading belongs to the last one above it that is less deep.
fn outline(entries: &[Entry]) -> Outline {
    let mut outline = Outline::new();
    let mut rest = entries;
    while let Some((node, after)) = outline_node(rest) {
        outline.push_child(node);
        rest = after;
    }
    outline
}

fn outline_node(entries: &[Entry]) -> Option<(OutlineNode, &[Entry])> {
    let (first, mut rest) = entries.split_first()?;
    let place = Point::from_xy(0.0, single((first.y - 8.0).max(0.0)));
    let destination = XyzDestination::new(first.page, place);
    let mut node = OutlineNode::new(first.text.clone(), destination);
    while rest.first().is_some_and(|next| next.level > first.level) {
        let Some((child, after)) = outline_node(rest) else {
            break;
        };
        // Items of a part are too many to find one's way by.
        if rest.first().is_some_and(|next| next.level < Level::Item) {
            node.push_child(child);
        }
        rest = after;
    }
    Some((node, rest))
}

fn rule(surface: &mut Surface<'_>, (x, y, width, height): (f64, f64, f64, f64), colour: Colour) {
    let area = Rect::from_xywh(single(x), single(y), single(width), single(height));
    let path = area.and_then(|area| {
        let mut path = PathBuilder::new();
        path.push_rect(area);
        path.finish()
    });
    if let Some(path) = path {
        surface.start_tagged(artifact(ArtifactType::Layout));
        surface.set_fill(Some(fill(colour)));
        surface.draw_path(&path);
        surface.end_tagged();
    }
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

fn fill(Colour(red, green, blue): Colour) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        ..Fill::default()
    }
}

/// Measures as PDF knows them.
fn single(number: f64) -> f32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "sheets measure a few thousand points"
    )]
    let single = number as f32;
    single
}
