//! Exports as the window chooses them: formats and what they can be told, forms that come in, looks that go out.

use backcast_model::Id;
use backcast_workbench::exporting::{
    Around, DocumentKind, Format, Further, Logo, Options, Page, Part, Spread, ThemeChoice, Trait,
};
use backcast_workbench::{Problem, ProblemKind};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

use super::frame::LanesBy;

/// A choice that a format has.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ExportTrait {
    Theme,
    Part,
    Around,
    Logo,
    Border,
    Lanes,
    Page,
    Spread,
    Scale,
    Transparent,
    View,
    Document,
    Template,
    Project,
    BaseAddress,
}

impl From<Trait> for ExportTrait {
    fn from(choice: Trait) -> Self {
        match choice {
            Trait::Theme => Self::Theme,
            Trait::Part => Self::Part,
            Trait::Around => Self::Around,
            Trait::Logo => Self::Logo,
            Trait::Border => Self::Border,
            Trait::Lanes => Self::Lanes,
            Trait::Page => Self::Page,
            Trait::Spread => Self::Spread,
            Trait::Scale => Self::Scale,
            Trait::Transparent => Self::Transparent,
            Trait::View => Self::View,
            Trait::Document => Self::Document,
            Trait::Template => Self::Template,
            Trait::Project => Self::Project,
            Trait::BaseAddress => Self::BaseAddress,
        }
    }
}

/// A format or a document to choose.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FormatView {
    /// Its name in forms.
    pub(crate) name: String,
    /// What planners call it.
    pub(crate) title: String,
    /// What it is good for, in one line.
    pub(crate) description: String,
    /// What its files end in, without the dot.
    pub(crate) extension: String,
    /// What it can be told.
    pub(crate) traits: Vec<ExportTrait>,
}

/// Everything there is to choose from.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExportChoicesView {
    /// Formats, the usual ones first.
    pub(crate) formats: Vec<FormatView>,
    /// The planner's documents.
    pub(crate) documents: Vec<FormatView>,
}

impl ExportChoicesView {
    pub(crate) fn all() -> Self {
        let format = |format: Format| {
            let about = format.about();
            FormatView {
                name: about.name.to_owned(),
                title: about.title.to_owned(),
                description: about.description.to_owned(),
                extension: about.extension.to_owned(),
                traits: about
                    .traits
                    .iter()
                    .copied()
                    .map(ExportTrait::from)
                    .collect(),
            }
        };
        let document = |kind: DocumentKind| FormatView {
            name: kind.as_str().to_owned(),
            title: kind.name().to_owned(),
            description: kind.description().to_owned(),
            extension: String::new(),
            traits: Vec::new(),
        };
        Self {
            formats: Format::ALL.into_iter().map(format).collect(),
            documents: DocumentKind::ALL.into_iter().map(document).collect(),
        }
    }
}

/// Which part of the map.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename = "ExportPart", tag = "kind", rename_all = "camelCase")]
pub(crate) enum PartForm {
    Whole,
    Stage { id: String },
    Destination { id: String },
    Touchpoints { ids: Vec<String> },
}

/// What an export is told. What a format cannot be told is absent.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename = "ExportForm", rename_all = "camelCase")]
pub(crate) struct ExportForm {
    pub(crate) format: String,
    /// `null`: light.
    pub(crate) dark: Option<bool>,
    pub(crate) page: Option<String>,
    pub(crate) spread: Option<String>,
    /// Pixels to the unit, 1 to 4.
    pub(crate) scale: Option<u8>,
    pub(crate) transparent: bool,
    pub(crate) part: PartForm,
    /// What is left out around cards and links.
    pub(crate) without: Vec<String>,
    /// Whether the logo that was chosen for the project is shown.
    pub(crate) logo: bool,
    /// Whether a line runs around it.
    pub(crate) border: bool,
    /// Lanes by this; `null`: none.
    pub(crate) lanes: Option<LanesBy>,
    /// `null`: all that the format has.
    pub(crate) views: Option<Vec<String>>,
    pub(crate) document: Option<String>,
    /// Whether the template that was chosen last is followed.
    pub(crate) templated: bool,
    pub(crate) embed_project: bool,
    pub(crate) base_address: Option<String>,
}

/// What the window does not hand over, because it came from files.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chosen {
    pub(crate) template: Option<String>,
    pub(crate) logo: Option<Logo>,
}

impl ExportForm {
    /// The format and its options; template and logo come from where they were chosen.
    ///
    /// # Errors
    /// When a word of the form is none of its list.
    pub(crate) fn read(self, chosen: Chosen) -> Result<(Format, Options), Problem> {
        let format = Format::named(&self.format).ok_or_else(|| unknown(&self.format))?;
        let id = |text: String| Id::derived(&text);
        let options = Options {
            theme: self.dark.map(|dark| {
                if dark {
                    ThemeChoice::Dark
                } else {
                    ThemeChoice::Light
                }
            }),
            page: one(self.page, &Page::ALL, Page::as_str)?,
            spread: one(self.spread, &Spread::ALL, Spread::as_str)?,
            scale: self.scale.map(f64::from),
            transparent: self.transparent,
            part: match self.part {
                PartForm::Whole => Part::Whole,
                PartForm::Stage { id: stage } => Part::Stage(id(stage)),
                PartForm::Destination { id: destination } => Part::Destination(id(destination)),
                PartForm::Touchpoints { ids } => {
                    Part::Touchpoints(ids.into_iter().map(id).collect())
                }
            },
            without: several(self.without, &Around::ALL, Around::as_str)?,
            views: self
                .views
                .map(|views| several(views, &Further::ALL, Further::as_str))
                .transpose()?,
            document: one(self.document, &DocumentKind::ALL, DocumentKind::as_str)?,
            template: chosen.template.filter(|_| self.templated),
            logo: chosen.logo.filter(|_| self.logo),
            border: self.border,
            lanes: self.lanes.map(Into::into),
            embed_project: self.embed_project,
            base_address: self
                .base_address
                .filter(|address| !address.trim().is_empty()),
        };
        Ok((format, options))
    }
}

fn one<T: Copy>(
    word: Option<String>,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Result<Option<T>, Problem> {
    let find = |word: String| {
        let found = all.iter().copied().find(|one| name(*one) == word);
        found.ok_or_else(|| unknown(&word))
    };
    word.map(find).transpose()
}

fn several<T: Copy>(
    words: Vec<String>,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Result<Vec<T>, Problem> {
    let found = words.into_iter().map(|word| one(Some(word), all, name));
    Ok(found
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect())
}

fn unknown(word: &str) -> Problem {
    let shown: String = word.chars().take(40).collect();
    Problem::refused(
        format!("An export knows no \u{201c}{shown}\u{201d}."),
        "Choose another format.",
    )
    .of_kind(ProblemKind::Stale)
}

/// What was written.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExportedView {
    /// The file's name.
    pub(crate) name: String,
    /// What the format could not hold, in sentences.
    pub(crate) notes: Vec<String>,
}

/// How far an export has come.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExportingEvent {
    /// Of a hundred.
    pub(crate) percent: u8,
}
