//! The shapes of one slide, written in the order they lie on each other: native ones, so that everything can be moved,
//! restyled and reworded where the deck ends up.
//!
//! Refuses to be: about maps. It knows shapes, groups and connectors, and gives each an id of its own.

use crate::icons::{GRID, Step};

use super::palette::Ink;
use super::sheet::{Frame, Site, emu};
use super::way::Way;
use super::words::Words;
use super::xml::Xml;

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PRESENTATION: &str = "http://schemas.openxmlformats.org/presentationml/2006/main";

/// Marks a shape as one that says nothing to somebody who cannot see it (Microsoft's extension of 2017).
const DECORATIVE: &str = r#"<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>"#;

/// The form of a shape.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form<'a> {
    Rectangle,
    /// With corners of this radius.
    Rounded(i64),
    Ellipse,
    Octagon,
    Triangle,
    /// Stroked steps on the grid of icons.
    Icon(&'a [Step]),
}

/// The line around a shape, or that a connector is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    pub(super) ink: Ink,
    pub(super) width: i64,
    pub(super) dashed: bool,
}

impl Stroke {
    pub(super) const fn firm(ink: Ink, width: i64) -> Self {
        Self {
            ink,
            width,
            dashed: false,
        }
    }

    fn write(self, xml: &mut Xml, arrow: bool) {
        xml.open("a:ln")
            .attr("w", self.width.clamp(0, 20_116_800))
            .open("a:solidFill");
        self.ink.write(xml);
        xml.close();
        xml.open("a:prstDash")
            .attr("val", if self.dashed { "dash" } else { "solid" })
            .close();
        xml.empty("a:round");
        if arrow {
            xml.open("a:tailEnd")
                .attr("type", "triangle")
                .attr("w", "med")
                .attr("len", "med")
                .close();
        }
        xml.close();
    }
}

/// A shape.
#[derive(Debug)]
pub(super) struct Shape<'a> {
    pub(super) name: &'a str,
    /// What it is, for somebody who cannot see it; `None` for what only decorates.
    pub(super) description: Option<&'a str>,
    pub(super) frame: Frame,
    pub(super) form: Form<'a>,
    pub(super) fill: Option<Ink>,
    pub(super) stroke: Option<Stroke>,
    pub(super) words: Option<Words>,
}

impl<'a> Shape<'a> {
    /// A shape without fill, line and words.
    pub(super) const fn new(name: &'a str, form: Form<'a>, frame: Frame) -> Self {
        Self {
            name,
            description: None,
            frame,
            form,
            fill: None,
            stroke: None,
            words: None,
        }
    }

    pub(super) fn described(self, description: &'a str) -> Self {
        Self {
            description: Some(description),
            ..self
        }
    }

    pub(super) fn filled(self, ink: Ink) -> Self {
        Self {
            fill: Some(ink),
            ..self
        }
    }

    pub(super) fn stroked(self, stroke: Stroke) -> Self {
        Self {
            stroke: Some(stroke),
            ..self
        }
    }

    pub(super) fn saying(self, words: Words) -> Self {
        Self {
            words: Some(words),
            ..self
        }
    }
}

/// The end of a connector: a shape's id and one of its sites.
pub(super) type Glue = (u32, Site);

/// A line that follows the shapes it joins.
#[derive(Debug)]
pub(super) struct Connector<'a> {
    pub(super) name: &'a str,
    pub(super) description: Option<&'a str>,
    pub(super) from: Option<Glue>,
    pub(super) to: Option<Glue>,
    pub(super) way: Way,
    pub(super) stroke: Stroke,
    pub(super) arrow: bool,
}

/// What a drawing is the drawing of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Root<'a> {
    pub(super) element: &'static str,
    pub(super) attributes: &'a [(&'static str, &'a str)],
    /// The name presentation programs show for it.
    pub(super) name: Option<&'a str>,
    /// Whether the theme's ground lies behind its shapes.
    pub(super) has_ground: bool,
}

impl Root<'_> {
    /// A document without a name and a ground of its own.
    pub(super) const fn plain(element: &'static str) -> Self {
        Root {
            element,
            attributes: &[],
            name: None,
            has_ground: false,
        }
    }
}

/// A slide's shapes in the making.
#[derive(Debug)]
pub(super) struct Drawing {
    xml: Xml,
    last: u32,
}

impl Drawing {
    /// A slide with nothing on it but its title.
    pub(super) fn titled(title: &str) -> Self {
        let mut drawing = Self::begun(Root::plain("p:sld"));
        let id = drawing.next_id();
        let xml = &mut drawing.xml;
        xml.open("p:sp")
            .open("p:nvSpPr")
            .open("p:cNvPr")
            .attr("id", id)
            .attr("name", "Title")
            .close();
        xml.open("p:cNvSpPr")
            .open("a:spLocks")
            .attr("noGrp", "1")
            .close()
            .close();
        xml.open("p:nvPr")
            .open("p:ph")
            .attr("type", "title")
            .close()
            .close()
            .close();
        xml.empty("p:spPr")
            .open("p:txBody")
            .empty("a:bodyPr")
            .empty("a:lstStyle")
            .open("a:p");
        if !title.is_empty() {
            xml.open("a:r")
                .open("a:rPr")
                .attr("dirty", "0")
                .close()
                .open("a:t")
                .text(title)
                .close()
                .close();
        }
        xml.close_to(3);
        drawing
    }

    /// A document of a kind with an empty tree of shapes.
    pub(super) fn begun(root: Root<'_>) -> Self {
        let mut xml = Xml::new();
        xml.open(root.element)
            .attr("xmlns:a", DRAWING)
            .attr("xmlns:r", RELATIONS)
            .attr("xmlns:p", PRESENTATION);
        for (name, value) in root.attributes {
            xml.attr(name, *value);
        }
        xml.open("p:cSld");
        if let Some(name) = root.name {
            xml.attr("name", name);
        }
        if root.has_ground {
            xml.open("p:bg")
                .open("p:bgPr")
                .open("a:solidFill")
                .open("a:schemeClr")
                .attr("val", "bg2");
            xml.close().close().empty("a:effectLst").close().close();
        }
        xml.open("p:spTree");
        group_head(&mut xml, 1, "", None, Frame::new(0, 0, 0, 0));
        Self { xml, last: 1 }
    }

    /// An id no shape of this slide has.
    pub(super) const fn next_id(&mut self) -> u32 {
        self.last += 1;
        self.last
    }

    /// Puts a shape on top; answers its id.
    pub(super) fn shape(&mut self, shape: Shape<'_>) -> u32 {
        let id = self.next_id();
        self.shape_as(id, shape);
        id
    }

    /// Puts a shape on top under an id that [`Self::next_id`] gave.
    pub(super) fn shape_as(&mut self, id: u32, shape: Shape<'_>) {
        let xml = &mut self.xml;
        let is_text = shape.stroke.is_none() && shape.words.is_some();
        xml.open("p:sp").open("p:nvSpPr");
        identity(
            xml,
            id,
            shape.name,
            shape.description,
            shape.words.is_none(),
        );
        xml.open("p:cNvSpPr");
        if is_text {
            xml.attr("txBox", "1");
        }
        xml.close().empty("p:nvPr").close().open("p:spPr");
        transform(xml, shape.frame, (false, false));
        form(xml, shape.form, shape.frame);
        fill(xml, shape.fill);
        match shape.stroke {
            Some(stroke) => stroke.write(xml, false),
            None => {
                xml.open("a:ln").empty("a:noFill").close();
            }
        }
        xml.close();
        shape
            .words
            .unwrap_or_else(|| Words::of(Vec::new()))
            .write(xml);
        xml.close();
    }

    /// Puts a connector on top.
    pub(super) fn connector(&mut self, connector: &Connector<'_>) {
        let id = self.next_id();
        let xml = &mut self.xml;
        xml.open("p:cxnSp").open("p:nvCxnSpPr");
        identity(xml, id, connector.name, connector.description, true);
        xml.open("p:cNvCxnSpPr");
        for (name, glue) in [("a:stCxn", connector.from), ("a:endCxn", connector.to)] {
            if let Some((shape, site)) = glue {
                xml.open(name)
                    .attr("id", shape)
                    .attr("idx", site as i64)
                    .close();
            }
        }
        xml.close().empty("p:nvPr").close().open("p:spPr");
        let (frame, flips) = connector.way.frame();
        transform(xml, frame, flips);
        xml.open("a:prstGeom")
            .attr("prst", connector.way.form())
            .open("a:avLst");
        for (at, value) in connector.way.adjustments().into_iter().enumerate() {
            guide(xml, &format!("adj{}", at + 1), value);
        }
        xml.close().close();
        connector.stroke.write(xml, connector.arrow);
        xml.close_to(3);
    }

    /// Puts a picture on top that a part holds; `relation` leads to it.
    pub(super) fn picture(&mut self, name: &str, relation: &str, frame: Frame) {
        let id = self.next_id();
        let xml = &mut self.xml;
        let depth = xml.depth();
        xml.open("p:pic").open("p:nvPicPr");
        identity(xml, id, name, Some(name), false);
        xml.open("p:cNvPicPr")
            .open("a:picLocks")
            .attr("noChangeAspect", "1")
            .close()
            .close();
        xml.empty("p:nvPr").close().open("p:blipFill");
        xml.open("a:blip").attr("r:embed", relation).close();
        xml.open("a:stretch").empty("a:fillRect").close().close();
        xml.open("p:spPr");
        transform(xml, frame, (false, false));
        form(xml, Form::Rectangle, frame);
        xml.close_to(depth);
    }

    /// Puts a group on top. Inside, places are counted as outside.
    pub(super) fn group(
        &mut self,
        name: &str,
        description: Option<&str>,
        frame: Frame,
        inside: impl FnOnce(&mut Self),
    ) {
        let id = self.next_id();
        let depth = self.xml.depth();
        self.xml.open("p:grpSp");
        group_head(&mut self.xml, id, name, description, frame);
        inside(self);
        self.xml.close_to(depth);
    }

    /// Puts a frame on top that holds something other than a shape; `write` gives it.
    pub(super) fn framed(
        &mut self,
        name: &str,
        description: &str,
        frame: Frame,
        uri: &str,
        write: impl FnOnce(&mut Xml),
    ) {
        let id = self.next_id();
        let xml = &mut self.xml;
        let depth = xml.depth();
        xml.open("p:graphicFrame").open("p:nvGraphicFramePr");
        identity(xml, id, name, Some(description), false);
        xml.open("p:cNvGraphicFramePr")
            .open("a:graphicFrameLocks")
            .attr("noGrp", "1")
            .close()
            .close();
        xml.empty("p:nvPr").close().open("p:xfrm");
        place(xml, frame);
        xml.close()
            .open("a:graphic")
            .open("a:graphicData")
            .attr("uri", uri);
        write(xml);
        xml.close_to(depth);
    }

    /// The document being written, for what only one kind of document has.
    pub(super) const fn xml(&mut self) -> &mut Xml {
        &mut self.xml
    }

    /// The document with its tree of shapes ended, for what follows it in some kinds of document.
    pub(super) fn end_tree(mut self) -> Xml {
        self.xml.close_to(1);
        self.xml
    }

    /// The slide, layout or notes page as a part.
    pub(super) fn finish(mut self) -> String {
        self.xml
            .close_to(1)
            .open("p:clrMapOvr")
            .empty("a:masterClrMapping")
            .close();
        self.xml.finish()
    }
}

fn group_head(xml: &mut Xml, id: u32, name: &str, description: Option<&str>, frame: Frame) {
    xml.open("p:nvGrpSpPr");
    identity(xml, id, name, description, false);
    xml.empty("p:cNvGrpSpPr").empty("p:nvPr").close();
    xml.open("p:grpSpPr").open("a:xfrm");
    place(xml, frame);
    xml.open("a:chOff")
        .attr("x", frame.x)
        .attr("y", frame.y)
        .close();
    xml.open("a:chExt")
        .attr("cx", frame.width)
        .attr("cy", frame.height)
        .close();
    xml.close().close();
}

fn identity(xml: &mut Xml, id: u32, name: &str, description: Option<&str>, may_decorate: bool) {
    xml.open("p:cNvPr").attr("id", id).attr("name", name);
    match description {
        Some(description) => {
            xml.attr("descr", description);
        }
        None if may_decorate => {
            xml.raw(DECORATIVE);
        }
        None => {}
    }
    xml.close();
}

fn place(xml: &mut Xml, frame: Frame) {
    xml.open("a:off")
        .attr("x", frame.x)
        .attr("y", frame.y)
        .close();
    xml.open("a:ext")
        .attr("cx", frame.width.max(0))
        .attr("cy", frame.height.max(0))
        .close();
}

fn transform(xml: &mut Xml, frame: Frame, (across, down): (bool, bool)) {
    xml.open("a:xfrm");
    if across {
        xml.attr("flipH", "1");
    }
    if down {
        xml.attr("flipV", "1");
    }
    place(xml, frame);
    xml.close();
}

fn form(xml: &mut Xml, form: Form<'_>, frame: Frame) {
    let name = match form {
        Form::Rectangle => "rect",
        Form::Rounded(_) => "roundRect",
        Form::Ellipse => "ellipse",
        Form::Octagon => "octagon",
        Form::Triangle => "triangle",
        Form::Icon(steps) => {
            icon(xml, steps);
            return;
        }
    };
    xml.open("a:prstGeom").attr("prst", name).open("a:avLst");
    if let Form::Rounded(radius) = form {
        let shorter = frame.width.min(frame.height).max(1);
        guide(xml, "adj", (radius * 100_000 / shorter).clamp(0, 50_000));
    }
    xml.close().close();
}

/// How finely the grid of icons is divided.
const FINE: f64 = 100.0;

fn icon(xml: &mut Xml, steps: &[Step]) {
    xml.open("a:custGeom")
        .empty("a:avLst")
        .empty("a:gdLst")
        .empty("a:ahLst")
        .empty("a:cxnLst");
    xml.open("a:rect")
        .attr("l", "0")
        .attr("t", "0")
        .attr("r", "r")
        .attr("b", "b")
        .close();
    xml.open("a:pathLst").open("a:path");
    xml.attr("w", emu(GRID * FINE))
        .attr("h", emu(GRID * FINE))
        .attr("fill", "none");
    for step in steps {
        match step {
            Step::Move(x, y) => points(xml, "a:moveTo", &[(*x, *y)]),
            Step::Line(x, y) => points(xml, "a:lnTo", &[(*x, *y)]),
            Step::Cubic(three) => points(xml, "a:cubicBezTo", three),
            Step::Close => points(xml, "a:close", &[]),
        }
    }
    xml.close().close().close();
}

fn points(xml: &mut Xml, name: &'static str, points: &[(f64, f64)]) {
    xml.open(name);
    for (x, y) in points {
        xml.open("a:pt")
            .attr("x", emu(x * FINE))
            .attr("y", emu(y * FINE))
            .close();
    }
    xml.close();
}

fn guide(xml: &mut Xml, name: &str, value: i64) {
    xml.open("a:gd")
        .attr("name", name)
        .attr("fmla", &format!("val {value}"))
        .close();
}

fn fill(xml: &mut Xml, ink: Option<Ink>) {
    match ink {
        Some(ink) => {
            xml.open("a:solidFill");
            ink.write(xml);
            xml.close();
        }
        None => {
            xml.empty("a:noFill");
        }
    }
}
