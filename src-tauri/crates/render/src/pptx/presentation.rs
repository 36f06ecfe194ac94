//! The parts of a presentation and how they point at each other.

use super::deck::Deck;
use super::embedded;
use super::master::{self, Dress, LAYOUTS};
use super::package::{Package, PartAt};
use super::palette::Palette;
use super::sheet::Sheet;
use super::slides::Slide;
use super::words::one_line;
use super::xml::Xml;
use crate::error::RenderError;
use crate::logo::Logo;
use crate::scene::Scene;

/// Beginning of the content types of presentations, and of the relations between their parts.
macro_rules! content_type {
    ($kind:literal) => {
        concat!(
            "application/vnd.openxmlformats-officedocument.presentationml.",
            $kind,
            "+xml"
        )
    };
}
macro_rules! relation {
    ($kind:literal) => {
        concat!(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
            $kind
        )
    };
}

const THEME: &str = "application/vnd.openxmlformats-officedocument.theme+xml";

/// Writes slides with everything around them.
///
/// # Errors
/// When the archive cannot be written.
pub(super) fn write(
    deck: &Deck,
    sheet: Sheet,
    slides: Vec<Slide>,
    project: Option<&[u8]>,
) -> Result<Vec<u8>, RenderError> {
    let palette = Palette {
        theme: &deck.map.theme,
    };
    let mut parts = Parts::new(palette, sheet, &deck.map)?;
    for slide in slides {
        parts.slide(slide);
    }
    if let Some(project) = project {
        parts.project(embedded::checked(project)?);
    }
    parts.finish(&one_line(&deck.title), sheet)
}

struct Parts {
    package: Package,
    presentation: PartAt,
    layout: PartAt,
    notes_master: PartAt,
    master_relation: String,
    notes_relation: String,
    slides: Vec<String>,
}

impl Parts {
    /// The presentation with its masters and no slides.
    fn new(palette: Palette<'_>, sheet: Sheet, map: &Scene) -> Result<Self, RenderError> {
        let mut package = Package::default();
        let presentation = package.add(
            "ppt/presentation.xml",
            content_type!("presentation.main"),
            Vec::new(),
        );
        package.root(relation!("officeDocument"), presentation);
        let master = package.add(
            "ppt/slideMasters/slideMaster1.xml",
            content_type!("slideMaster"),
            Vec::new(),
        );
        let layouts = LAYOUTS.into_iter().enumerate().map(|(at, (name, kind))| {
            let part = format!("ppt/slideLayouts/slideLayout{}.xml", at + 1);
            let layout = package.add(
                part,
                content_type!("slideLayout"),
                master::layout(name, kind),
            );
            package.relate(layout, relation!("slideMaster"), master);
            (
                layout,
                package.relate(master, relation!("slideLayout"), layout),
            )
        });
        let (layouts, relations): (Vec<PartAt>, Vec<String>) = layouts.unzip();
        let logo = match &map.logo {
            Some(logo) => Some(logo_part(&mut package, master, &logo.picture)?),
            None => None,
        };
        let dress = Dress {
            logo: logo.as_deref(),
            has_border: map.border,
        };
        let text = master::slide_master(sheet, palette, &relations, dress);
        package.fill(master, text);
        let theme = package.add("ppt/theme/theme1.xml", THEME, master::theme(palette));
        package.relate(master, relation!("theme"), theme);
        let notes_master = package.add(
            "ppt/notesMasters/notesMaster1.xml",
            content_type!("notesMaster"),
            master::notes_master(palette),
        );
        let notes_theme = package.add("ppt/theme/theme2.xml", THEME, master::theme(palette));
        package.relate(notes_master, relation!("theme"), notes_theme);
        let master_relation = package.relate(presentation, relation!("slideMaster"), master);
        let notes_relation = package.relate(presentation, relation!("notesMaster"), notes_master);
        package.relate(presentation, relation!("theme"), theme);
        let layout = layouts.first().copied().unwrap_or(master);
        Ok(Self {
            package,
            presentation,
            layout,
            notes_master,
            master_relation,
            notes_relation,
            slides: Vec::new(),
        })
    }

    fn slide(&mut self, slide: Slide) {
        let number = self.slides.len() + 1;
        let package = &mut self.package;
        let part = package.add(
            format!("ppt/slides/slide{number}.xml"),
            content_type!("slide"),
            slide.drawing.finish(),
        );
        package.relate(part, relation!("slideLayout"), self.layout);
        if !slide.notes.is_empty() {
            let name = format!("ppt/notesSlides/notesSlide{number}.xml");
            let notes = package.add(
                name,
                content_type!("notesSlide"),
                master::notes(&slide.notes),
            );
            package.relate(notes, relation!("notesMaster"), self.notes_master);
            package.relate(notes, relation!("slide"), part);
            package.relate(part, relation!("notesSlide"), notes);
        }
        self.slides
            .push(package.relate(self.presentation, relation!("slide"), part));
    }

    fn project(&mut self, project: &[u8]) {
        let part = self
            .package
            .add(embedded::PART, embedded::CONTENT_TYPE, project);
        if embedded::is_too_dense(project) {
            self.package.leave_uncompressed(part);
        }
        self.package
            .relate(self.presentation, embedded::RELATION, part);
    }

    fn finish(mut self, title: &str, sheet: Sheet) -> Result<Vec<u8>, RenderError> {
        for (name, kind, relation, root) in [
            (
                "presProps",
                content_type!("presProps"),
                relation!("presProps"),
                "p:presentationPr",
            ),
            (
                "viewProps",
                content_type!("viewProps"),
                relation!("viewProps"),
                "p:viewPr",
            ),
        ] {
            let part = self
                .package
                .add(format!("ppt/{name}.xml"), kind, properties(root));
            self.package.relate(self.presentation, relation, part);
        }
        let styles = self.package.add(
            "ppt/tableStyles.xml",
            content_type!("tableStyles"),
            table_styles(),
        );
        self.package
            .relate(self.presentation, relation!("tableStyles"), styles);
        let core = self.package.add(
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
            core(title),
        );
        self.package.root(
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            core,
        );
        let application = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
        let app = self
            .package
            .add("docProps/app.xml", application, app(self.slides.len()));
        self.package.root(relation!("extended-properties"), app);
        let presentation = self.presentation(sheet);
        self.package.fill(self.presentation, presentation);
        self.package.write()
    }

    fn presentation(&self, sheet: Sheet) -> String {
        let mut xml = begun("p:presentation");
        xml.open("p:sldMasterIdLst")
            .open("p:sldMasterId")
            .attr("id", 2_147_483_648_i64);
        xml.attr("r:id", &self.master_relation).close().close();
        xml.open("p:notesMasterIdLst")
            .open("p:notesMasterId")
            .attr("r:id", &self.notes_relation)
            .close()
            .close();
        xml.open("p:sldIdLst");
        for (id, relation) in (256_u32..).zip(&self.slides) {
            xml.open("p:sldId")
                .attr("id", id)
                .attr("r:id", relation)
                .close();
        }
        xml.close();
        xml.open("p:sldSz")
            .attr("cx", sheet.width)
            .attr("cy", sheet.height)
            .close();
        xml.open("p:notesSz")
            .attr("cx", 6_858_000_i64)
            .attr("cy", 9_144_000_i64)
            .close();
        xml.finish()
    }
}

/// The logo as a part; answers the relation that leads to it.
fn logo_part(package: &mut Package, from: PartAt, logo: &Logo) -> Result<String, RenderError> {
    let bytes = logo.png().map_err(|error| RenderError::Writer {
        format: "PowerPoint",
        reason: error.to_string(),
    })?;
    let part = package.add("ppt/media/logo.png", "image/png", bytes);
    package.leave_uncompressed(part);
    Ok(package.relate(from, relation!("image"), part))
}

/// A document of presentations with its namespaces.
fn begun(root: &'static str) -> Xml {
    let mut xml = Xml::new();
    xml.open(root)
        .attr(
            "xmlns:a",
            "http://schemas.openxmlformats.org/drawingml/2006/main",
        )
        .attr(
            "xmlns:r",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        )
        .attr(
            "xmlns:p",
            "http://schemas.openxmlformats.org/presentationml/2006/main",
        );
    xml
}

fn properties(root: &'static str) -> String {
    begun(root).finish()
}

fn table_styles() -> String {
    let mut xml = Xml::new();
    xml.open("a:tblStyleLst")
        .attr(
            "xmlns:a",
            "http://schemas.openxmlformats.org/drawingml/2006/main",
        )
        .attr("def", "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}");
    xml.finish()
}

fn core(title: &str) -> String {
    let mut xml = Xml::new();
    xml.open("cp:coreProperties")
        .attr(
            "xmlns:cp",
            "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        )
        .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/");
    xml.open("dc:title").text(title);
    xml.finish()
}

fn app(slides: usize) -> String {
    let mut xml = Xml::new();
    xml.open("Properties").attr(
        "xmlns",
        "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    );
    xml.open("Application").text("Backcast").close();
    xml.open("Slides").text(&slides.to_string());
    xml.finish()
}
