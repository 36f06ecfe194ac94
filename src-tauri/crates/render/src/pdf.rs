//! Scenes as PDF: shapes as shapes, words that can be selected and searched in embedded and subset fonts, addresses that can
//! be followed, an outline of stages and touchpoints, and tags for those who hear a page. No clock, no chance: the same
//! scenes give the same bytes.

mod canvas;
mod lettering;
mod outline;
mod sheet;
mod tags;
mod tiles;

use krilla::Document;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{Rect, Transform};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::FillRule;
use krilla::surface::Surface;

use crate::embed::{FILE_NAME, MIME_TYPE, check_size};
use crate::error::RenderError;
use crate::paint::{self, Clipped, Ground};
use crate::scene::Scene;
use crate::scene::grid::Area;
use canvas::PdfCanvas;
pub(crate) use canvas::draw_logo;
pub(crate) use lettering::Faces;
use sheet::{Part, Piece, Sheet};
use tags::Tags;

/// The paper. All of it lies on its long side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// 297 × 210 mm.
    #[default]
    A4,
    /// 420 × 297 mm.
    A3,
    /// 11 × 8.5 in.
    Letter,
    /// A slide, 16 to 9.
    Wide16x9,
    /// As large as the map at three quarters of a point to a map unit, 200 in at most.
    Fit,
}

/// How a scene is spread over paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spread {
    /// On one page, as small as that takes.
    #[default]
    One,
    /// Over as many pages as it takes to read it, heads of stages on each.
    Tiled,
}

/// How a PDF is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PdfOptions<'a> {
    /// The paper.
    pub page: Page,
    /// How each scene is spread over it.
    pub spread: Spread,
    /// A project file to put inside.
    pub project: Option<&'a [u8]>,
}

/// Writes scenes as PDF, each beginning a page; the first tells what sets letters that the bundled font lacks.
///
/// # Errors
/// When there is no scene, more than 500 pages, or a project too large to put inside.
pub fn pdf(title: &str, scenes: &[Scene], options: PdfOptions<'_>) -> Result<Vec<u8>, RenderError> {
    let scenes: Vec<Scene> = scenes
        .iter()
        .map(|scene| sheet::fitted(scene, options))
        .collect();
    let sheets = sheet::sheets(&scenes, options)?;
    let stand_ins = scenes.first().map(|scene| scene.stand_ins.clone());
    let stand_ins = stand_ins.unwrap_or_default();
    let faces = Faces::with(&stand_ins).ok_or_else(|| failed("a font cannot be read"))?;
    let mut document = Document::new();
    let mut tags: Vec<Tags> = scenes.iter().map(Tags::of).collect();
    for (number, sheet) in sheets.iter().enumerate() {
        let (Some(scene), Some(tags)) = (scenes.get(sheet.scene), tags.get_mut(sheet.scene)) else {
            continue;
        };
        draw(
            &mut document,
            sheet,
            (scene, tags),
            &faces,
            (number + 1, sheets.len()),
        )?;
    }
    document.set_metadata(
        Metadata::new()
            .title(title.to_owned())
            .creator("Backcast".to_owned()),
    );
    document.set_outline(outline::outline(&scenes, &sheets));
    document.set_tag_tree(tags::tree(&scenes, tags));
    if let Some(project) = options.project {
        document.embed_file(file(project)?);
    }
    document
        .finish()
        .map_err(|error| failed(&format!("{error:?}")))
}

/// Draws a scene in map units on a surface whose content its owner tags.
pub(crate) fn paint_scene(surface: &mut Surface<'_>, faces: &Faces<'_>, scene: &Scene) {
    let mut canvas = PdfCanvas::new(surface, faces, scene, None);
    paint::paint(scene, Ground::Opaque, &mut canvas);
}

fn failed(reason: &str) -> RenderError {
    RenderError::Writer {
        format: "PDF",
        reason: reason.to_owned(),
    }
}

fn file(project: &[u8]) -> Result<EmbeddedFile, RenderError> {
    check_size(project)?;
    Ok(EmbeddedFile {
        path: FILE_NAME.to_owned(),
        mime_type: MimeType::new(MIME_TYPE),
        description: Some("The map as a Backcast project".to_owned()),
        association_kind: AssociationKind::Source,
        data: project.to_vec().into(),
        modification_date: None,
        compress: Some(true),
        location: None,
    })
}

fn draw(
    document: &mut Document,
    sheet: &Sheet,
    (scene, tags): (&Scene, &mut Tags),
    faces: &Faces<'_>,
    (number, count): (usize, usize),
) -> Result<(), RenderError> {
    let (width, height) = sheet.size;
    let settings = PageSettings::from_wh(single(width), single(height))
        .ok_or_else(|| failed("a page has no size"))?;
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    PdfCanvas::new(&mut surface, faces, scene, Some(tags)).ground(scene.theme.ground, sheet.size);
    for piece in &sheet.pieces {
        let Some(window) = canvas::rectangle(piece.window) else {
            continue;
        };
        let scale = single(piece.scale);
        let (x, y) = piece.origin;
        surface.push_transform(&Transform::from_row(
            scale,
            0.0,
            0.0,
            scale,
            single(x),
            single(y),
        ));
        surface.push_clip_path(&window, &FillRule::NonZero);
        let canvas = PdfCanvas::new(&mut surface, faces, scene, Some(tags));
        paint_piece(scene, piece, canvas);
        surface.pop();
        surface.pop();
    }
    if let Some(top) = sheet.running_line {
        let said = format!("Page {number} of {count}");
        let mut canvas = PdfCanvas::new(&mut surface, faces, scene, Some(tags));
        canvas.running_line(
            &scene.title,
            &said,
            (sheet::MARGIN, width - sheet::MARGIN, top),
        );
    }
    let mut canvas = PdfCanvas::new(&mut surface, faces, scene, Some(tags));
    paint::paint_border(scene, sheet.size, &mut canvas);
    surface.finish();
    for (at, card) in scene.cards.iter().enumerate() {
        let Some(address) = &card.address else {
            continue;
        };
        let area = Area::new(card.x, card.y, card.width, card.height);
        for piece in sheet.pieces.iter().filter(|piece| {
            matches!(piece.part, Part::Whole | Part::Body) && piece.window.touches(area)
        }) {
            let Some(rect) = piece.on_page(area) else {
                continue;
            };
            let target = Target::Action(Action::Link(LinkAction::new(address.clone())));
            let link =
                Annotation::new_link(LinkAnnotation::new(rect, target), Some(card.name.clone()));
            tags.link(at, page.add_tagged_annotation(link));
        }
    }
    page.finish();
    Ok(())
}

fn paint_piece(scene: &Scene, piece: &Piece, mut canvas: PdfCanvas<'_, '_>) {
    match piece.part {
        Part::Whole => paint::paint(scene, Ground::Opaque, &mut canvas),
        Part::Body => paint::paint_body(scene, &mut Clipped::new(&mut canvas, scene, piece.window)),
        Part::Heads => paint::paint_heads(&tiles::heads(scene, piece.window), &mut canvas),
        Part::Lanes => {
            paint::paint_lane_names(&tiles::lanes(scene, piece.window), &mut canvas);
        }
        Part::Legend => paint::paint_legend(scene, &mut canvas),
    }
}

/// Measures as PDF knows them.
pub(super) fn single(number: f64) -> f32 {
    number as f32
}

impl Piece {
    /// Where an area of the scene comes to lie on the page; `None` when nothing of it does.
    fn on_page(&self, area: Area) -> Option<Rect> {
        let left = area.left.max(self.window.left);
        let right = area.right.min(self.window.right);
        let top = area.top.max(self.window.top);
        let bottom = area.bottom.min(self.window.bottom);
        let (x, y) = self.origin;
        Rect::from_ltrb(
            single(left * self.scale + x),
            single(top * self.scale + y),
            single(right * self.scale + x),
            single(bottom * self.scale + y),
        )
    }
}
