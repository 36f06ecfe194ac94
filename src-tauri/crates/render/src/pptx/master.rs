//! What all slides share: the theme, the slide master with its layouts, and the notes master.
//!
//! Refuses to be: a design of its own. Colours are the scene's, places are the sheet's.

use crate::scene::Colour;

use super::drawing::{Drawing, Form, Root, Shape, Stroke};
use super::palette::{Palette, hexadecimal};
use super::sheet::{Frame, Sheet};
use super::words::FACE;
use super::xml::Xml;

/// The layouts, in the order of their parts: name and type.
pub(super) const LAYOUTS: [(&str, &str); 2] = [("Title only", "titleOnly"), ("Blank", "blank")];

/// Letters for scripts that the deck's face does not have, as Office names them.
const SCRIPTS: [(&str, &str); 7] = [
    ("Jpan", "Yu Gothic"),
    ("Hang", "Malgun Gothic"),
    ("Hans", "Microsoft YaHei"),
    ("Hant", "Microsoft JhengHei"),
    ("Arab", "Arial"),
    ("Hebr", "Arial"),
    ("Thai", "Leelawadee UI"),
];

/// Where notes pages have their picture and their words.
const NOTES_PICTURE: Frame = Frame::new(685_800, 1_143_000, 5_486_400, 3_086_100);
const NOTES_WORDS: Frame = Frame::new(685_800, 4_400_550, 5_486_400, 3_600_450);

/// The theme: the scene's colours by their places, one face, and plain effects.
pub(super) fn theme(palette: Palette<'_>) -> String {
    let mut xml = Xml::new();
    xml.open("a:theme")
        .attr(
            "xmlns:a",
            "http://schemas.openxmlformats.org/drawingml/2006/main",
        )
        .attr("name", "Backcast")
        .open("a:themeElements");
    xml.open("a:clrScheme").attr("name", "Backcast");
    for (name, colour) in places(palette) {
        xml.open(name)
            .open("a:srgbClr")
            .attr("val", &hexadecimal(colour))
            .close()
            .close();
    }
    xml.close().open("a:fontScheme").attr("name", "Backcast");
    for name in ["a:majorFont", "a:minorFont"] {
        xml.open(name)
            .open("a:latin")
            .attr("typeface", FACE)
            .close();
        xml.open("a:ea").attr("typeface", "").close();
        xml.open("a:cs").attr("typeface", "").close();
        for (script, face) in SCRIPTS {
            xml.open("a:font")
                .attr("script", script)
                .attr("typeface", face)
                .close();
        }
        xml.close();
    }
    xml.close().raw(EFFECTS);
    xml.close()
        .empty("a:objectDefaults")
        .empty("a:extraClrSchemeLst");
    xml.finish()
}

/// The format has twelve places. In a dark scene the dark ones hold the ground, as in every dark theme.
fn places(palette: Palette<'_>) -> [(&'static str, Colour); 12] {
    let theme = palette.theme;
    let [first, second] = if palette.is_dark() {
        [(theme.card, theme.ground), (theme.ink, theme.ink_soft)]
    } else {
        [(theme.ink, theme.ink_soft), (theme.card, theme.ground)]
    };
    [
        ("a:dk1", first.0),
        ("a:lt1", second.0),
        ("a:dk2", first.1),
        ("a:lt2", second.1),
        ("a:accent1", theme.destination),
        ("a:accent2", theme.direct),
        ("a:accent3", theme.indirect),
        ("a:accent4", theme.severities[0].0),
        ("a:accent5", theme.severities[1].0),
        ("a:accent6", theme.severities[2].0),
        ("a:hlink", theme.destination),
        ("a:folHlink", theme.indirect),
    ]
}

/// Three of each kind, as the format demands; nothing we draw uses them.
const EFFECTS: &str = concat!(
    r#"<a:fmtScheme name="Backcast">"#,
    r#"<a:fillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:fillStyleLst>"#,
    r#"<a:lnStyleLst><a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln><a:ln w="19050"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln><a:ln w="28575"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln></a:lnStyleLst>"#,
    r#"<a:effectStyleLst><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle></a:effectStyleLst>"#,
    r#"<a:bgFillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:bgFillStyleLst>"#,
    r#"</a:fmtScheme>"#,
);

fn colour_map(xml: &mut Xml, palette: Palette<'_>) {
    let (ground, ink) = if palette.is_dark() {
        ("dk", "lt")
    } else {
        ("lt", "dk")
    };
    xml.open("p:clrMap");
    for (name, side, number) in [
        ("bg1", ground, 1),
        ("tx1", ink, 1),
        ("bg2", ground, 2),
        ("tx2", ink, 2),
    ] {
        xml.attr(name, &format!("{side}{number}"));
    }
    for name in [
        "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink",
    ] {
        xml.attr(name, name);
    }
    xml.close();
}

/// What the slide master shows on every slide.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dress<'a> {
    /// The relation to the logo.
    pub(super) logo: Option<&'a str>,
    pub(super) has_border: bool,
}

/// The slide master. `layouts` are the relations to its layouts.
pub(super) fn slide_master(
    sheet: Sheet,
    palette: Palette<'_>,
    layouts: &[String],
    dress: Dress<'_>,
) -> String {
    let mut drawing = Drawing::begun(Root {
        has_ground: true,
        ..Root::plain("p:sldMaster")
    });
    let id = drawing.next_id();
    placeholder(drawing.xml(), id, TITLE, Some(sheet.title()), Some("Title"));
    if let Some((relation, frame)) = dress.logo.zip(sheet.logo()) {
        drawing.picture("Logo", relation, frame);
    }
    if dress.has_border {
        let line = Stroke::firm(palette.ink(palette.theme.ink_faint), sheet.scaled(0.01));
        drawing.shape(Shape::new("Border", Form::Rectangle, sheet.border()).stroked(line));
    }
    let mut xml = drawing.end_tree();
    colour_map(&mut xml, palette);
    xml.open("p:sldLayoutIdLst");
    for (at, relation) in (0_u32..).zip(layouts) {
        xml.open("p:sldLayoutId")
            .attr("id", 2_147_483_649 + at)
            .attr("r:id", relation)
            .close();
    }
    xml.close();
    text_styles(&mut xml, sheet);
    xml.finish()
}

fn text_styles(xml: &mut Xml, sheet: Sheet) {
    xml.open("p:txStyles").open("p:titleStyle");
    style(xml, "a:lvl1pPr", sheet.letters(20.0), true);
    xml.close().open("p:bodyStyle");
    style(xml, "a:lvl1pPr", sheet.letters(14.0), false);
    xml.close().open("p:otherStyle");
    style(xml, "a:lvl1pPr", sheet.letters(12.0), false);
    xml.close().close();
}

fn style(xml: &mut Xml, level: &'static str, size: i64, heading: bool) {
    xml.open(level)
        .attr("marL", 0_i64)
        .attr("algn", "l")
        .attr("rtl", 0_i64);
    xml.open("a:buNone").close();
    xml.open("a:defRPr")
        .attr("sz", size)
        .attr("b", if heading { "1" } else { "0" });
    xml.open("a:solidFill")
        .open("a:schemeClr")
        .attr("val", "tx1")
        .close()
        .close();
    let face = if heading { "+mj" } else { "+mn" };
    for (name, script) in [("a:latin", "lt"), ("a:ea", "ea"), ("a:cs", "cs")] {
        xml.open(name)
            .attr("typeface", &format!("{face}-{script}"))
            .close();
    }
    xml.close().close();
}

/// A layout: one of [`LAYOUTS`].
pub(super) fn layout(name: &str, kind: &str) -> String {
    let attributes = [("type", kind), ("preserve", "1")];
    let mut drawing = Drawing::begun(Root {
        attributes: &attributes,
        name: Some(name),
        ..Root::plain("p:sldLayout")
    });
    if kind == "titleOnly" {
        let id = drawing.next_id();
        placeholder(drawing.xml(), id, TITLE, None, Some("Title"));
    }
    drawing.finish()
}

/// The notes master.
pub(super) fn notes_master(palette: Palette<'_>) -> String {
    let mut drawing = Drawing::begun(Root {
        has_ground: true,
        ..Root::plain("p:notesMaster")
    });
    let (picture, words) = (drawing.next_id(), drawing.next_id());
    placeholder(drawing.xml(), picture, PICTURE, Some(NOTES_PICTURE), None);
    placeholder(
        drawing.xml(),
        words,
        WORDS,
        Some(NOTES_WORDS),
        Some("Notes"),
    );
    let mut xml = drawing.end_tree();
    colour_map(&mut xml, palette);
    xml.open("p:notesStyle");
    style(&mut xml, "a:lvl1pPr", 1200, false);
    xml.finish()
}

/// The notes of a slide: one paragraph for each.
pub(super) fn notes(texts: &[String]) -> String {
    let mut drawing = Drawing::begun(Root::plain("p:notes"));
    let (picture, words) = (drawing.next_id(), drawing.next_id());
    let xml = drawing.xml();
    placeholder(xml, picture, PICTURE, None, None);
    let depth = xml.depth();
    begin_placeholder(xml, words, WORDS, None);
    xml.open("p:txBody").empty("a:bodyPr").empty("a:lstStyle");
    for line in texts.iter().flat_map(|text| text.lines()) {
        xml.open("a:p");
        if !line.is_empty() {
            xml.open("a:r")
                .open("a:rPr")
                .attr("dirty", "0")
                .close()
                .open("a:t")
                .text(line)
                .close()
                .close();
        }
        xml.close();
    }
    if texts.iter().all(|text| text.is_empty()) {
        xml.empty("a:p");
    }
    xml.close_to(depth);
    drawing.finish()
}

/// A placeholder's name, type and index.
type Role = (&'static str, &'static str, Option<u32>);

const TITLE: Role = ("Title", "title", None);
const PICTURE: Role = ("Slide image", "sldImg", None);
const WORDS: Role = ("Notes", "body", Some(1));

fn placeholder(xml: &mut Xml, id: u32, role: Role, frame: Option<Frame>, prompt: Option<&str>) {
    let depth = xml.depth();
    begin_placeholder(xml, id, role, frame);
    if let Some(prompt) = prompt {
        xml.open("p:txBody").open("a:bodyPr");
        for inset in ["lIns", "tIns", "rIns", "bIns"] {
            xml.attr(inset, 0_i64);
        }
        xml.attr("anchor", if role.1 == "title" { "ctr" } else { "t" })
            .empty("a:normAutofit")
            .close();
        xml.empty("a:lstStyle")
            .open("a:p")
            .open("a:r")
            .empty("a:rPr")
            .open("a:t")
            .text(prompt);
    }
    xml.close_to(depth);
}

fn begin_placeholder(xml: &mut Xml, id: u32, (name, kind, index): Role, frame: Option<Frame>) {
    xml.open("p:sp")
        .open("p:nvSpPr")
        .open("p:cNvPr")
        .attr("id", id)
        .attr("name", name)
        .close();
    xml.open("p:cNvSpPr").open("a:spLocks").attr("noGrp", "1");
    if kind == "sldImg" {
        xml.attr("noRot", "1").attr("noChangeAspect", "1");
    }
    xml.close()
        .close()
        .open("p:nvPr")
        .open("p:ph")
        .attr("type", kind);
    if let Some(index) = index {
        xml.attr("idx", index);
    }
    xml.close().close().close().open("p:spPr");
    if let Some(frame) = frame {
        xml.open("a:xfrm");
        xml.open("a:off")
            .attr("x", frame.x)
            .attr("y", frame.y)
            .close();
        xml.open("a:ext")
            .attr("cx", frame.width)
            .attr("cy", frame.height)
            .close();
        xml.close()
            .open("a:prstGeom")
            .attr("prst", "rect")
            .empty("a:avLst")
            .close();
    }
    xml.close();
}
