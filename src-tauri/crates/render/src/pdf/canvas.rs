//! The canvas of a PDF page. What means something is tagged as it is drawn, the rest is marked as decoration.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Rect, Size, Transform};
use krilla::image::Image;
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};

use super::lettering::Faces;
use super::single;
use super::tags::Tags;
use crate::icons::{self, GRID, Step};
use crate::logo::Logo;
use crate::paint::{Anchor, Canvas, Group, Paint, Shape, Words};
use crate::scene::grid::Area;
use crate::scene::{Colour, Scene, SceneCard, SceneLogo, Shade};
use crate::text::{Font, Weight};

/// Draws on a surface, in whatever units its transformation sets.
pub(super) struct PdfCanvas<'a, 'b> {
    surface: &'a mut Surface<'b>,
    faces: &'a Faces<'a>,
    scene: &'a Scene,
    /// Where what is drawn is noted; `None` when the owner of the surface tags it.
    tags: Option<&'a mut Tags>,
    /// Whether a tag is open, and of which card it is.
    open: bool,
    card: Option<usize>,
}

impl<'a, 'b> PdfCanvas<'a, 'b> {
    pub(super) fn new(
        surface: &'a mut Surface<'b>,
        faces: &'a Faces<'a>,
        scene: &'a Scene,
        tags: Option<&'a mut Tags>,
    ) -> Self {
        Self {
            surface,
            faces,
            scene,
            tags,
            open: false,
            card: None,
        }
    }

    /// Fills the whole page.
    pub(super) fn ground(&mut self, colour: Colour, (width, height): (f64, f64)) {
        self.draw(
            Shape::Box((0.0, 0.0), (width, height), 0.0),
            &Paint::fill(colour),
        );
    }

    /// The line above the pieces of a page: the title at its start, the page's number at its end.
    pub(super) fn running_line(
        &mut self,
        title: &str,
        number: &str,
        (left, right, y): (f64, f64, f64),
    ) {
        let (strong, plain) = (
            Font::new(Weight::SemiBold, 11.0),
            Font::new(Weight::Regular, 9.0),
        );
        let right = self.small_logo((right, y)).unwrap_or(right);
        let room = right - left - plain.width(number) - 24.0;
        let (ink, soft) = (self.scene.theme.ink, self.scene.theme.ink_soft);
        self.begin(Group::Title);
        self.write(&Words::at(&strong.cut(title, room), (left, y), strong, ink));
        self.end();
        let tagged = self.start(ContentTag::Artifact(Artifact::with_kind(
            ArtifactType::Header,
        )));
        self.write(&Words::at(number, (right, y), plain, soft).anchored(Anchor::End));
        self.stop(tagged);
    }

    /// The logo at the end of the running line; answers where what is left of the line ends.
    fn small_logo(&mut self, (right, y): (f64, f64)) -> Option<f64> {
        let logo = self.scene.logo.as_ref()?;
        let (width, height) = logo.picture.fitted((140.0, 20.0));
        let x = right - width;
        self.logo(&SceneLogo {
            x,
            y: y - height / 2.0,
            width,
            height,
            ..logo.clone()
        });
        Some(x - 12.0)
    }

    /// Opens a tag unless one is open; answers whether it did.
    fn start(&mut self, tag: ContentTag<'_>) -> bool {
        if self.open || self.tags.is_none() {
            return false;
        }
        self.surface.start_tagged(tag);
        self.open = true;
        true
    }

    fn stop(&mut self, started: bool) {
        if started {
            self.surface.end_tagged();
            self.open = false;
        }
    }

    /// Goes on with the open card in another tag, which says what its words are short for. (As the actual text of the tag
    /// it would be lost to readers that look for such text at the wrong place when its words are scaled.)
    fn retag(&mut self, whole: Option<&str>) {
        if let (Some(at), Some(tags)) = (self.card, self.tags.as_deref_mut()) {
            self.surface.end_tagged();
            let span = ContentTag::Span(SpanTag::empty().with_expanded(whole));
            tags.note(Group::Card(at), self.surface.start_tagged(span));
        }
    }

    fn fill_with(&mut self, shade: Option<Shade>) {
        self.surface.set_fill(shade.map(|shade| Fill {
            paint: colour(shade.colour),
            opacity: opacity(shade.opacity),
            ..Fill::default()
        }));
    }

    fn stroke_with(&mut self, stroke: Option<crate::paint::Stroke>) {
        self.surface.set_stroke(stroke.map(|stroke| Stroke {
            paint: colour(stroke.shade.colour),
            width: single(stroke.width),
            opacity: opacity(stroke.shade.opacity),
            line_cap: if stroke.dash.is_some() {
                LineCap::Butt
            } else {
                LineCap::Round
            },
            line_join: LineJoin::Round,
            dash: stroke.dash.map(|dash| StrokeDash {
                array: dash.map(single).to_vec(),
                offset: 0.0,
            }),
            ..Stroke::default()
        }));
    }
}

impl Canvas for PdfCanvas<'_, '_> {
    fn begin(&mut self, group: Group) {
        let Some(tags) = self.tags.as_deref_mut().filter(|_| !self.open) else {
            return;
        };
        let decoration = match group {
            Group::Links => return,
            Group::Columns | Group::Lines | Group::Lanes | Group::Link(_) => true,
            Group::Title | Group::Head(_) | Group::Lane(_) | Group::Card(_) | Group::Legend => {
                tags.is_repeated(group)
            }
        };
        self.open = true;
        if decoration {
            self.surface
                .start_tagged(ContentTag::Artifact(Artifact::with_kind(
                    ArtifactType::Layout,
                )));
        } else {
            let span = ContentTag::Span(SpanTag::empty());
            tags.note(group, self.surface.start_tagged(span));
            if let Group::Card(at) = group {
                self.card = Some(at);
            }
        }
    }

    fn end(&mut self) {
        self.card = None;
        if std::mem::take(&mut self.open) {
            self.surface.end_tagged();
        }
    }

    fn draw(&mut self, shape: Shape<'_>, paint: &Paint) {
        if let Some(path) = path(&shape.steps(), |place| place) {
            let started = self.start(ContentTag::Artifact(Artifact::with_kind(
                ArtifactType::Layout,
            )));
            self.fill_with(paint.fill);
            self.stroke_with(paint.stroke);
            self.surface.draw_path(&path);
            self.stop(started);
        }
    }

    fn write(&mut self, words: &Words<'_>) {
        let width = || self.faces.width(words.text, words.font);
        let x = match words.anchor {
            Anchor::Start => words.x,
            Anchor::Middle => words.x - width() / 2.0,
            Anchor::End => words.x - width(),
        };
        let started = match self.tags.as_deref_mut().filter(|_| !self.open) {
            Some(tags) => {
                tags.note(
                    Group::Links,
                    self.surface
                        .start_tagged(ContentTag::Span(SpanTag::empty())),
                );
                self.open = true;
                true
            }
            None => false,
        };
        let name = self.card.and_then(|at| self.scene.cards.get(at));
        let uncut = name.and_then(|card| uncut(card, words.text));
        if uncut.is_some() {
            self.retag(uncut.as_deref());
        }
        self.fill_with(Some(words.shade));
        self.stroke_with(None);
        self.faces
            .write(self.surface, words.text, (x, words.y), words.font);
        if uncut.is_some() {
            self.retag(None);
        }
        self.stop(started);
    }

    fn icon(&mut self, channel: Option<&str>, (x, y): (f64, f64), side: f64, shade: Shade) {
        let scale = side / GRID;
        let steps = &icons::of_channel(channel).steps;
        let half = side / 2.0;
        if let Some(path) = path(steps, |(along, down)| {
            (x - half + along * scale, y - half + down * scale)
        }) {
            self.fill_with(None);
            self.stroke_with(Some(crate::paint::Stroke {
                shade,
                width: 2.0 * scale,
                dash: None,
            }));
            self.surface.draw_path(&path);
        }
    }

    fn logo(&mut self, logo: &SceneLogo) {
        let started = self.start(ContentTag::Artifact(Artifact::with_kind(
            ArtifactType::Layout,
        )));
        let (place, size) = ((logo.x, logo.y), (logo.width, logo.height));
        draw_logo(self.surface, &logo.picture, place, size);
        self.stop(started);
    }
}

/// Draws a logo; the owner of the surface tags it.
pub(crate) fn draw_logo(
    surface: &mut Surface<'_>,
    logo: &Logo,
    (x, y): (f64, f64),
    (width, height): (f64, f64),
) {
    let picture = logo.png().ok();
    let image = picture.and_then(|bytes| Image::from_png(bytes.into(), true).ok());
    let size = Size::from_wh(single(width), single(height));
    if let (Some(image), Some(size)) = (image, size) {
        surface.push_transform(&Transform::from_translate(single(x), single(y)));
        surface.draw_image(image, size);
        surface.pop();
    }
}

/// What the last line of a name is short for when it was cut.
fn uncut(card: &SceneCard, line: &str) -> Option<String> {
    let (last, before) = card.lines.split_last()?;
    if line != last || !last.ends_with('…') {
        return None;
    }
    let is_letter = |character: &char| !character.is_whitespace() && !character.is_control();
    let mut shown = before
        .iter()
        .flat_map(|line| line.chars())
        .filter(is_letter)
        .count();
    let rest = card.name.chars().skip_while(|character| {
        let skipped = shown > 0 || !is_letter(character);
        shown -= usize::from(shown > 0 && is_letter(character));
        skipped
    });
    Some(rest.collect())
}

fn colour(Colour(red, green, blue): Colour) -> krilla::paint::Paint {
    rgb::Color::new(red, green, blue).into()
}

fn opacity(share: f64) -> NormalizedF32 {
    NormalizedF32::new(single(share.clamp(0.0, 1.0))).unwrap_or(NormalizedF32::ONE)
}

fn path(steps: &[Step], place: impl Fn((f64, f64)) -> (f64, f64)) -> Option<Path> {
    let mut path = PathBuilder::new();
    let single = |point: (f64, f64)| {
        let (x, y) = place(point);
        (single(x), single(y))
    };
    for step in steps {
        match *step {
            Step::Move(x, y) => {
                let (x, y) = single((x, y));
                path.move_to(x, y);
            }
            Step::Line(x, y) => {
                let (x, y) = single((x, y));
                path.line_to(x, y);
            }
            Step::Cubic(points) => {
                let [(x1, y1), (x2, y2), (x, y)] = points.map(&single);
                path.cubic_to(x1, y1, x2, y2, x, y);
            }
            Step::Close => path.close(),
        }
    }
    path.finish()
}

/// The outline of an area.
pub(super) fn rectangle(area: Area) -> Option<Path> {
    let rect = Rect::from_ltrb(
        single(area.left),
        single(area.top),
        single(area.right),
        single(area.bottom),
    )?;
    let mut path = PathBuilder::new();
    path.push_rect(rect);
    path.finish()
}
