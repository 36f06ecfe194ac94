//! The formats that are documents: Markdown, HTML, Word, PDF of one of the planner's documents.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use backcast_model::Id;
use backcast_render::document::{Document, DocumentError, Sheet, docx, html, markdown, pdf};

use super::Work;
use crate::documents::{self, DocumentKind, Target};
use crate::error::ExportError;
use crate::format::Format;
use crate::options::{Page, Part};
use crate::part;

/// How much of the work building a document is; the rest is writing it.
const BUILDING: f64 = 0.5;

impl Work<'_> {
    pub(super) fn paper(&self) -> Result<Vec<u8>, ExportError> {
        let mut document = self.document()?;
        self.goes_on(BUILDING)?;
        // The words of other documents are set by whoever reads them.
        let letters = match self.format {
            Format::Pdf => document.missing_letters(),
            Format::Docx => document.missing_letters_of_figures(),
            _ => BTreeSet::new(),
        };
        if !letters.is_empty() {
            document = document.with_stand_ins(&self.stand_ins(&letters));
        }
        if let Some(template) = &self.options.template {
            let target = if self.format == Format::Markdown {
                Target::Markdown
            } else {
                Target::Html
            };
            return documents::render(self.snapshot, &document, template, target);
        }
        match self.format {
            Format::Markdown => Ok(markdown(&document).into_bytes()),
            Format::Docx => {
                let drawing = |share: f64| (self.progress)(BUILDING + share * (1.0 - BUILDING));
                return docx(&document, self.sheet(), &drawing)
                    .map_err(|error| refused(&error))?
                    .ok_or(ExportError::Cancelled);
            }
            Format::Pdf => pdf(&document, self.sheet()),
            _ => html(&document).map(String::into_bytes),
        }
        .map_err(|error| refused(&error))
    }

    pub(super) fn document(&self) -> Result<Document, ExportError> {
        let kind = self.options.document.unwrap_or(DocumentKind::Framework);
        let scope = self.scope()?;
        let building = |share: f64| -> ControlFlow<()> { (self.progress)(share * BUILDING) };
        let document = documents::build(self.snapshot, kind, scope.as_ref(), &building)
            .map_err(|documents::Stopped| ExportError::Cancelled)?;
        Ok(Document {
            logo: self.options.logo.clone(),
            ..document
        })
    }

    /// The touchpoints that are told; `None` for all.
    fn scope(&self) -> Result<Option<BTreeSet<Id>>, ExportError> {
        super::check_part(self.snapshot, &self.options.part)?;
        let map = self.snapshot.map();
        let scope = match &self.options.part {
            Part::Whole => return Ok(None),
            Part::Stage(stage) => part::of_stage(map, stage),
            Part::Destination(touchpoint) => part::leading_to(map, touchpoint),
            Part::Touchpoints(ids) => ids.iter().cloned().collect(),
        };
        Ok(Some(scope))
    }

    fn sheet(&self) -> Sheet {
        match self.options.page {
            Some(Page::Letter) => Sheet::LETTER,
            Some(Page::A3) => Sheet::A3,
            Some(Page::A4 | Page::Wide | Page::Fit) | None => Sheet::A4,
        }
    }
}

fn refused(error: &DocumentError) -> ExportError {
    ExportError::Unwritten {
        reason: error.to_string(),
    }
}
