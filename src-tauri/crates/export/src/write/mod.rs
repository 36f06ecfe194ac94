//! From a snapshot, a format and what it is told, to files with names and bytes.

mod paper;
mod picture;
mod table;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

use backcast_analysis::report;
use backcast_exchange::{canvas, csv, dot, drawio, graphml, ics, mermaid, sheets};
use backcast_model::Id;
use backcast_render::document::Document;
use backcast_render::{Ground, Picture, Scene, Shown, StandIns, Theme, View};

use crate::documents::{DocumentKind, Progress};
use crate::error::ExportError;
use crate::format::Format;
use crate::gather::picture;
use crate::options::{Around, Further, Options, Page, Part, Spread, ThemeChoice, Trait};
use crate::snapshot::Snapshot;

/// How many letters a note names.
const MOST_LETTERS: usize = 24;

/// What came of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Files with their names; a format of one file names it after the map.
    pub files: Vec<(String, Vec<u8>)>,
    /// What whoever gets it should know: what the format could not hold, in sentences.
    pub notes: Vec<String>,
}

/// Writes a map in a format. The same snapshot and options give the same bytes.
///
/// # Errors
/// When the format cannot be told what the options say, what they name is not in the map, there is nothing to put in,
/// or whoever waits has lost interest; nothing is delivered then.
pub fn export(
    snapshot: &Snapshot,
    format: Format,
    options: &Options,
    progress: Progress<'_>,
) -> Result<Delivery, ExportError> {
    check(format, options)?;
    let work = Work {
        snapshot,
        format,
        options,
        progress,
        notes: RefCell::default(),
    };
    work.goes_on(0.0)?;
    let delivery = work.delivery()?;
    work.goes_on(1.0)?;
    Ok(delivery)
}

/// Letters one after the other; of many, the first.
fn shown(letters: &[&char]) -> String {
    let mut shown: String = letters.iter().copied().take(MOST_LETTERS).collect();
    if letters.len() > MOST_LETTERS {
        shown.push('\u{2026}');
    }
    shown
}

/// The document that the options ask for, before any format writes it.
pub(crate) fn document(
    snapshot: &Snapshot,
    format: Format,
    options: &Options,
) -> Result<Document, ExportError> {
    let progress = |_: f64| ControlFlow::Continue(());
    let work = Work {
        snapshot,
        format,
        options,
        progress: &progress,
        notes: RefCell::default(),
    };
    work.document()
}

/// The picture that the options ask for: what is exported, and what a preview shows.
///
/// # Errors
/// When what they name is not in the map.
pub fn scene_of(snapshot: &Snapshot, options: &Options) -> Result<Scene, ExportError> {
    excerpt(&whole(snapshot, options), snapshot, options, &options.part)
}

/// The whole map in the colours that are asked for.
fn whole<'a>(snapshot: &'a Snapshot, options: &Options) -> Picture<'a> {
    let theme = match options.theme.unwrap_or_default() {
        ThemeChoice::Light => Theme::light(),
        ThemeChoice::Dark => Theme::dark(),
    };
    picture(snapshot, theme, options.lanes)
}

/// A part of a picture, with what the options put around it.
fn excerpt(
    picture: &Picture<'_>,
    snapshot: &Snapshot,
    options: &Options,
    part: &Part,
) -> Result<Scene, ExportError> {
    let view = view(snapshot, part)?;
    let shows = |around: Around| !options.without.contains(&around);
    let shown = Shown {
        title: shows(Around::Title),
        heads: true,
        gaps: shows(Around::Gaps),
        labels: shows(Around::Labels),
        legend: shows(Around::Legend),
    };
    let mut scene = Scene::excerpt(picture, &view, shown);
    if let Some(logo) = &options.logo {
        scene = scene.with_logo(logo);
    }
    Ok(if options.border {
        scene.with_border()
    } else {
        scene
    })
}

/// Refuses what a format cannot be told; a PDF is told things of a document only when it is one.
pub(crate) fn check(format: Format, options: &Options) -> Result<(), ExportError> {
    let is_document = options.document.is_some();
    for choice in options.traits() {
        let told = match (format, choice) {
            (Format::Pdf, Trait::Document | Trait::Page | Trait::Part | Trait::Logo) => true,
            (Format::Pdf, _) => !is_document && format.takes(choice),
            (Format::Json, Trait::Document) => options.document == Some(DocumentKind::Gaps),
            _ => format.takes(choice),
        };
        if !told {
            return Err(ExportError::NotTold {
                format: if is_document {
                    "a document"
                } else {
                    format.about().title
                },
                option: choice.option(),
            });
        }
    }
    let each = matches!(options.spread, Some(Spread::Stages | Spread::Destinations));
    if each && options.part != Part::Whole {
        return Err(ExportError::Contradiction {
            reason: "a page for each part is of the whole map, not of a part".to_owned(),
        });
    }
    let has_timeline = options
        .views
        .as_ref()
        .is_some_and(|views| views.contains(&Further::Timeline));
    if format == Format::Xlsx && has_timeline {
        return Err(ExportError::Contradiction {
            reason: "a workbook has sheets of coverage and gaps, and no timeline".to_owned(),
        });
    }
    let fits = |page: Page| !matches!(page, Page::Wide | Page::Fit);
    if (is_document || format == Format::Docx) && options.page.is_some_and(|page| !fits(page)) {
        return Err(ExportError::Contradiction {
            reason: "a document has pages of a4, a3 or letter".to_owned(),
        });
    }
    Ok(())
}

fn view(snapshot: &Snapshot, part: &Part) -> Result<View, ExportError> {
    check_part(snapshot, part)?;
    Ok(match part {
        Part::Whole => View::Whole,
        Part::Stage(id) => View::Stage(Some(id.clone())),
        Part::Destination(id) => View::Upstream(id.clone()),
        Part::Touchpoints(ids) => View::Touchpoints(ids.clone()),
    })
}

/// Refuses a part that names what is not there.
fn check_part(snapshot: &Snapshot, part: &Part) -> Result<(), ExportError> {
    let map = snapshot.map();
    let missing = |what, id: &Id| ExportError::NotThere {
        what,
        name: id.to_string(),
    };
    match part {
        Part::Whole => Ok(()),
        Part::Stage(id) if map.stages.contains(id.as_str()) => Ok(()),
        Part::Stage(id) => Err(missing("stage", id)),
        Part::Destination(id) => match map.touchpoints.get(id.as_str()) {
            Some(_) => Ok(()),
            None => Err(missing("touchpoint", id)),
        },
        Part::Touchpoints(ids) => {
            let gone = ids.iter().find(|id| !map.touchpoints.contains(id.as_str()));
            gone.map_or(Ok(()), |id| Err(missing("touchpoint", id)))
        }
    }
}

/// One export.
struct Work<'a> {
    snapshot: &'a Snapshot,
    format: Format,
    options: &'a Options,
    progress: Progress<'a>,
    /// What whoever gets it should know.
    notes: RefCell<Vec<String>>,
}

impl Work<'_> {
    fn goes_on(&self, share: f64) -> Result<(), ExportError> {
        match (self.progress)(share) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(ExportError::Cancelled),
        }
    }

    fn delivery(&self) -> Result<Delivery, ExportError> {
        let map = self.snapshot.map();
        let catalog = self.snapshot.assessment.catalog();
        let files = match self.format {
            Format::Csv => csv::write(map, catalog),
            Format::Sheets => sheets::write(map, catalog),
            _ => vec![(self.file_name(), self.bytes()?)],
        };
        Ok(Delivery {
            files,
            notes: self.notes.take(),
        })
    }

    /// What sets letters that the bundled font has no shapes for, in the formats whose readers have no other font to fall
    /// back on; it is told, and so is what nothing sets.
    fn stand_ins(&self, letters: &BTreeSet<char>) -> StandIns {
        let stand_ins = StandIns::of_this_computer(letters);
        let (set, left): (Vec<_>, Vec<_>) =
            letters.iter().partition(|letter| stand_ins.has(**letter));
        let mut notes = self.notes.borrow_mut();
        if !set.is_empty() {
            let fonts: Vec<_> = stand_ins.families().collect();
            notes.push(format!(
                "The bundled font has no letters for {}; they are set in {} of this computer, and may look different when another exports it.",
                shown(&set),
                fonts.join(", ")
            ));
        }
        if !left.is_empty() {
            notes.push(format!(
                "No font of this computer has letters for {}; empty boxes stand there. SVG, PowerPoint and the words of Word documents show them in the reader's own fonts.",
                shown(&left)
            ));
        }
        drop(notes);
        stand_ins
    }

    /// What a single file is called: after the map, without what file systems do not take.
    fn file_name(&self) -> String {
        let ending = self.format.about().extension;
        let document = self.options.document.map(DocumentKind::name);
        let title = &self.snapshot.map().properties.title;
        let kept = |character: char| !character.is_control() && !"/\\:*?\"<>|".contains(character);
        let stem: String = title.chars().filter(|one| kept(*one)).take(80).collect();
        let stem = stem.trim().trim_matches('.');
        let stem = if stem.is_empty() { "Map" } else { stem };
        match document {
            Some(name) => format!("{stem} - {name}.{ending}"),
            None if self.format == Format::Json => format!("{stem}.backcast.json"),
            None => format!("{stem}.{ending}"),
        }
    }

    fn bytes(&self) -> Result<Vec<u8>, ExportError> {
        let (snapshot, map) = (self.snapshot, self.snapshot.map());
        let catalog = snapshot.assessment.catalog();
        Ok(match self.format {
            Format::Svg => self.svg()?,
            Format::Png => self.png()?,
            Format::Pdf if self.options.document.is_some() => self.paper()?,
            Format::Pdf => self.map_pages()?,
            Format::Pptx => self.slides()?,
            Format::Xlsx => self.xlsx()?,
            Format::Json if self.options.document.is_some() => {
                report::json(&snapshot.assessment).into_bytes()
            }
            Format::Json => backcast_exchange::write(map).into_bytes(),
            Format::Drawio => drawio::write(map, &self.placement()).into_bytes(),
            Format::Mermaid => mermaid::write(map).into_bytes(),
            Format::Dot => dot::write(map).into_bytes(),
            Format::Graphml => graphml::write(map, catalog).into_bytes(),
            Format::JsonCanvas => canvas::write(map, &self.placement()).into_bytes(),
            Format::Markdown | Format::Html | Format::Docx => self.paper()?,
            Format::Sarif => report::sarif(&snapshot.assessment, None).into_bytes(),
            Format::Ics => {
                ics::write(map, catalog, &snapshot.project, Some(snapshot.today)).into_bytes()
            }
            Format::Csv | Format::Sheets => Vec::new(),
        })
    }

    fn ground(&self) -> Ground {
        if self.options.transparent {
            Ground::Transparent
        } else {
            Ground::Opaque
        }
    }
}
