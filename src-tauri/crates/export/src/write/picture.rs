//! The formats that are pictures of a map: SVG, PNG, PDF pages, slides.

use backcast_model::{Id, Map};
use backcast_render::pptx::{PptxOptions, SlideSize, pptx};
use backcast_render::{
    FontUse, Page as Paper, PdfOptions, PngOptions, RenderError, Scene, Spread as Spreading,
    SvgOptions, embed, missing_letters, pdf, png, svg,
};

use super::{Work, excerpt, scene_of, whole};
use crate::deck;
use crate::error::ExportError;
use crate::options::{Page, Part, Spread};

/// Pixels for each map unit where nobody says.
const SCALE: f64 = 2.0;

/// The sides of sheets of paper, long side first, in millimetres.
const A4: (f64, f64) = (297.0, 210.0);
const A3: (f64, f64) = (420.0, 297.0);
const LETTER: (f64, f64) = (279.4, 215.9);

impl Work<'_> {
    pub(super) fn svg(&self) -> Result<Vec<u8>, ExportError> {
        let scene = self.scene()?;
        self.goes_on(0.3)?;
        let options = SvgOptions {
            ground: self.ground(),
            fonts: FontUse::Embedded,
        };
        self.with_project(svg(&scene, options).into_bytes())
    }

    pub(super) fn png(&self) -> Result<Vec<u8>, ExportError> {
        let mut scene = self.scene()?;
        self.set(std::slice::from_mut(&mut scene));
        self.goes_on(0.2)?;
        let options = PngOptions {
            ground: self.ground(),
            scale: self.options.scale.unwrap_or(SCALE),
        };
        self.with_project(png(&scene, options).map_err(|error| refused(&error))?)
    }

    pub(super) fn map_pages(&self) -> Result<Vec<u8>, ExportError> {
        let mut scenes = self.scenes()?;
        self.set(&mut scenes);
        self.goes_on(0.4)?;
        let project = self.project();
        let options = PdfOptions {
            page: match self.options.page {
                Some(Page::A3) => Paper::A3,
                Some(Page::Letter) => Paper::Letter,
                Some(Page::Wide) => Paper::Wide16x9,
                Some(Page::Fit) => Paper::Fit,
                Some(Page::A4) | None => Paper::A4,
            },
            spread: match self.options.spread {
                Some(Spread::Tiled) => Spreading::Tiled,
                _ => Spreading::One,
            },
            project: project.as_deref(),
        };
        let title = &self.snapshot.map().properties.title;
        pdf(title, &scenes, options).map_err(|error| refused(&error))
    }

    pub(super) fn slides(&self) -> Result<Vec<u8>, ExportError> {
        let scene = self.scene()?;
        self.goes_on(0.3)?;
        let deck = deck::deck(self.snapshot, scene, &|view| self.wants(view));
        self.goes_on(0.6)?;
        let project = self.project();
        let millimetres = |(width, height)| SlideSize::Millimetres(width, height);
        let options = PptxOptions {
            size: match self.options.page {
                Some(Page::A4) => millimetres(A4),
                Some(Page::A3) => millimetres(A3),
                Some(Page::Letter) => millimetres(LETTER),
                Some(Page::Fit) => SlideSize::Fit,
                Some(Page::Wide) | None => SlideSize::Wide,
            },
            project: project.as_deref(),
        };
        pptx(&deck, &options).map_err(|error| refused(&error))
    }

    /// Gives scenes fonts for the letters that the bundled one lacks.
    fn set(&self, scenes: &mut [Scene]) {
        let letters = missing_letters(scenes.iter().flat_map(Scene::words));
        if !letters.is_empty() {
            let stand_ins = self.stand_ins(&letters);
            for scene in scenes {
                scene.stand_ins = stand_ins.clone();
            }
        }
    }

    /// The one picture that is asked for.
    fn scene(&self) -> Result<Scene, ExportError> {
        scene_of(self.snapshot, self.options)
    }

    /// A picture for each page that the spread asks for; those with nothing in them are left out.
    fn scenes(&self) -> Result<Vec<Scene>, ExportError> {
        let map = self.snapshot.map();
        let parts: Vec<Part> = match self.options.spread {
            Some(Spread::Stages) => stages(map).map(Part::Stage).collect(),
            Some(Spread::Destinations) => destinations(map).map(Part::Destination).collect(),
            Some(Spread::One | Spread::Tiled) | None => vec![self.options.part.clone()],
        };
        let picture = whole(self.snapshot, self.options);
        let mut scenes = Vec::with_capacity(parts.len());
        for part in parts {
            self.goes_on(0.1)?;
            scenes.push(excerpt(&picture, self.snapshot, self.options, &part)?);
        }
        if scenes.is_empty() {
            return Err(ExportError::Empty {
                reason: "there is nothing on the map to make pages of".to_owned(),
            });
        }
        Ok(scenes)
    }

    /// The map in its open text form, where it is to be carried inside.
    fn project(&self) -> Option<Vec<u8>> {
        let write = || backcast_exchange::write(self.snapshot.map()).into_bytes();
        self.options.embed_project.then(write)
    }

    fn with_project(&self, picture: Vec<u8>) -> Result<Vec<u8>, ExportError> {
        match self.project() {
            Some(project) => embed(&picture, &project).map_err(|error| refused(&error)),
            None => Ok(picture),
        }
    }
}

/// Stages that have touchpoints.
fn stages(map: &Map) -> impl Iterator<Item = Id> {
    let used = |id: &&Id| {
        map.touchpoints
            .iter()
            .any(|row| row.stage.as_ref() == Some(*id))
    };
    map.stages.ids().filter(used).cloned()
}

fn destinations(map: &Map) -> impl Iterator<Item = Id> {
    let rows = map.touchpoints.iter();
    rows.filter(|row| row.is_destination() && row.is_present())
        .map(|row| row.id.clone())
}

/// A writer of pictures says what to do next itself.
fn refused(error: &RenderError) -> ExportError {
    ExportError::Unwritten {
        reason: error.to_string(),
    }
}
