//! A slide as a picture, from its own shapes: what a deck says is read back and drawn, so that a wrong number in a shape,
//! a connector or a table shows, and no presentation program is needed. Letters are ours, where programs have their own;
//! what such a program makes of them is not told here.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use backcast_render::{FAMILY, Weight};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::pixels::Pixels;
use crate::reader::{Element, Package};

/// EMU in a point.
const POINT: f64 = 12_700.0;

/// Every slide, a pixel to the point.
pub(crate) fn slides(package: &Package) -> Vec<Pixels> {
    let painter = Painter::of(package);
    let drawn = |slide: &Element| painter.pixels(slide);
    package.slides().iter().map(drawn).collect()
}

/// What all slides of a deck share.
struct Painter {
    size: (f64, f64),
    master: Element,
    /// Colours by their place in the theme, as shapes name them.
    colours: BTreeMap<String, String>,
}

/// A frame in points.
#[derive(Clone, Copy)]
struct Frame {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Frame {
    fn of(transform: &Element) -> Self {
        let (place, size) = (
            transform.child("a:off").unwrap(),
            transform.child("a:ext").unwrap(),
        );
        let points = |element: &Element, name| element.number(name) as f64 / POINT;
        Self {
            x: points(place, "x"),
            y: points(place, "y"),
            width: points(size, "cx"),
            height: points(size, "cy"),
        }
    }

    /// The room inside free edges: left, top, right, bottom.
    fn within(self, [left, top, right, bottom]: [f64; 4]) -> Self {
        Self {
            x: self.x + left,
            y: self.y + top,
            width: self.width - left - right,
            height: self.height - top - bottom,
        }
    }
}

impl Painter {
    fn of(package: &Package) -> Self {
        let presentation = package.part("ppt/presentation.xml");
        let size = presentation.all("p:sldSz")[0];
        let master = package.part("ppt/slideMasters/slideMaster1.xml");
        let theme = package.part("ppt/theme/theme1.xml");
        let scheme = theme.all("a:clrScheme")[0];
        let named = scheme.children.iter().map(|colour| {
            let value = colour.all("a:srgbClr")[0].attribute("val").to_owned();
            (colour.name.trim_start_matches("a:").to_owned(), value)
        });
        let named: BTreeMap<String, String> = named.collect();
        let map = &master.all("p:clrMap")[0].attributes;
        let colours = map
            .iter()
            .map(|(name, place)| (name.clone(), named[place].clone()));
        Self {
            size: (
                size.number("cx") as f64 / POINT,
                size.number("cy") as f64 / POINT,
            ),
            colours: colours.collect(),
            master,
        }
    }

    fn pixels(&self, slide: &Element) -> Pixels {
        let (width, height) = self.size;
        let mut svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">"#
        );
        let ground = self.solid(self.master.all("p:bgPr")[0]);
        let _ = write!(
            svg,
            r#"<rect width="100%" height="100%" {}/>"#,
            filled(ground.as_ref())
        );
        for shape in &self.master.all("p:spTree")[0].children {
            if shape.all("p:ph").is_empty() {
                self.draw(shape, &mut svg);
            }
        }
        for shape in &slide.all("p:spTree")[0].children {
            self.draw(shape, &mut svg);
        }
        svg.push_str("</svg>");
        rasterised(&svg, (width, height))
    }

    fn draw(&self, element: &Element, svg: &mut String) {
        match element.name.as_str() {
            "p:grpSp" => {
                let place = element.child("p:grpSpPr").unwrap().child("a:xfrm").unwrap();
                let inside = (
                    place.child("a:chOff").unwrap(),
                    place.child("a:chExt").unwrap(),
                );
                let outside = (place.child("a:off").unwrap(), place.child("a:ext").unwrap());
                assert_eq!(
                    inside.0.attributes, outside.0.attributes,
                    "groups count as outside"
                );
                assert_eq!(
                    inside.1.attributes, outside.1.attributes,
                    "groups count as outside"
                );
                for shape in &element.children {
                    self.draw(shape, svg);
                }
            }
            "p:sp" => self.shape(element, svg),
            "p:cxnSp" => self.connector(element, svg),
            "p:graphicFrame" => self.table(element, svg),
            "p:pic" => {
                // Where the picture stands is what is looked at here, not the picture.
                let Frame {
                    x,
                    y,
                    width,
                    height,
                } = Frame::of(element.all("a:xfrm")[0]);
                let _ = write!(
                    svg,
                    r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="gray"/>"#
                );
            }
            "p:nvGrpSpPr" | "p:grpSpPr" => {}
            other => panic!("{other} is drawn by nobody"),
        }
    }

    fn shape(&self, shape: &Element, svg: &mut String) {
        let properties = shape.child("p:spPr").unwrap();
        let Some(transform) = properties.child("a:xfrm") else {
            self.title(shape, svg);
            return;
        };
        let frame = Frame::of(transform);
        let look = format!(
            "{} {}",
            filled(self.solid(properties).as_ref()),
            self.stroked(properties.child("a:ln"))
        );
        let Frame {
            x,
            y,
            width,
            height,
        } = frame;
        if let Some(path) = properties.child("a:custGeom") {
            let path = path.all("a:path")[0];
            let scale = (
                width / path.number("w") as f64,
                height / path.number("h") as f64,
            );
            let steps = steps(path, (x, y), scale);
            let _ = write!(
                svg,
                r#"<path d="{steps}" fill="none" {}/>"#,
                self.stroked(properties.child("a:ln"))
            );
        } else {
            let form = properties.child("a:prstGeom").unwrap();
            let _ = match form.attribute("prst") {
                "rect" => write!(
                    svg,
                    r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" {look}/>"#
                ),
                "roundRect" => {
                    let radius = width.min(height) * adjustments(form)[0];
                    write!(
                        svg,
                        r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" {look}/>"#
                    )
                }
                "ellipse" => {
                    let (rx, ry) = (width / 2.0, height / 2.0);
                    write!(
                        svg,
                        r#"<ellipse cx="{}" cy="{}" rx="{rx}" ry="{ry}" {look}/>"#,
                        x + rx,
                        y + ry
                    )
                }
                "triangle" => polygon(svg, frame, &[(0.5, 0.0), (1.0, 1.0), (0.0, 1.0)], &look),
                "octagon" => {
                    let (near, far) = (0.292_89, 1.0 - 0.292_89);
                    let corners = [
                        (near, 0.0),
                        (far, 0.0),
                        (1.0, near),
                        (1.0, far),
                        (far, 1.0),
                        (near, 1.0),
                        (0.0, far),
                        (0.0, near),
                    ];
                    polygon(svg, frame, &corners, &look)
                }
                other => panic!("{other} is drawn by nobody"),
            };
        }
        self.words_in(shape, frame, svg);
    }

    fn words_in(&self, shape: &Element, frame: Frame, svg: &mut String) {
        if let Some(body) = shape.child("p:txBody") {
            let properties = body.child("a:bodyPr").unwrap();
            let inset = |name| {
                properties
                    .attribute(name)
                    .parse()
                    .map_or(0.0, |emu: f64| emu / POINT)
            };
            let room = frame.within(["lIns", "tIns", "rIns", "bIns"].map(inset));
            self.words(body, room, properties.attribute("anchor") == "ctr", svg);
        }
    }

    /// The slide's title, where the master says.
    fn title(&self, shape: &Element, svg: &mut String) {
        let frame = Frame::of(self.master.all("p:sp")[0].all("a:xfrm")[0]);
        let style = self.master.all("p:titleStyle")[0].all("a:defRPr")[0];
        let text = shape.child("p:txBody").unwrap().paragraphs().concat();
        let size = style.number("sz") as f64 / 100.0;
        let place = (frame.x, frame.y + frame.height / 2.0 + size * 0.36);
        let colour = filled(self.solid(style).as_ref());
        write_line(
            svg,
            &text,
            place,
            ("start", size, style.attribute("b") == "1"),
            &colour,
        );
    }

    /// The form of the connectors we write, mirrored as they are, after ECMA-376, part 1, annex D.
    fn connector(&self, connector: &Element, svg: &mut String) {
        let properties = connector.child("p:spPr").unwrap();
        let transform = properties.child("a:xfrm").unwrap();
        let Frame {
            x,
            y,
            width,
            height,
        } = Frame::of(transform);
        let form = properties.child("a:prstGeom").unwrap();
        let bends = adjustments(form);
        let (w, h) = (width, height);
        let at = |index: usize, extent: f64| bends.get(index).copied().unwrap_or(0.5) * extent;
        let path = match form.attribute("prst") {
            "straightConnector1" => format!("M0 0L{w} {h}"),
            "curvedConnector3" => {
                let bend = at(0, w);
                format!(
                    "M0 0C{} 0 {bend} {} {bend} {}C{bend} {} {} {h} {w} {h}",
                    bend / 2.0,
                    h / 4.0,
                    h / 2.0,
                    h * 0.75,
                    f64::midpoint(bend, w)
                )
            }
            "curvedConnector4" => {
                let (bend, level) = (at(0, w), at(1, h));
                let (upright, across) = (level / 2.0, f64::midpoint(bend, w));
                format!(
                    "M0 0C{} 0 {bend} {} {bend} {upright}C{bend} {} {} {level} {across} {level}C{} {level} {w} {} {w} {h}",
                    bend / 2.0,
                    upright / 2.0,
                    f64::midpoint(upright, level),
                    f64::midpoint(bend, across),
                    f64::midpoint(across, w),
                    f64::midpoint(level, h)
                )
            }
            "curvedConnector5" => {
                let (first, level, second) = (at(0, w), at(1, h), at(2, w));
                let (before, after, across) = (
                    level / 2.0,
                    f64::midpoint(level, h),
                    f64::midpoint(first, second),
                );
                format!(
                    "M0 0C{} 0 {first} {} {first} {before}C{first} {} {} {level} {across} {level}\
                     C{} {level} {second} {} {second} {after}C{second} {} {} {h} {w} {h}",
                    first / 2.0,
                    before / 2.0,
                    f64::midpoint(before, level),
                    f64::midpoint(first, across),
                    f64::midpoint(across, second),
                    f64::midpoint(level, after),
                    f64::midpoint(after, h),
                    f64::midpoint(second, w)
                )
            }
            other => panic!("{other} is drawn by nobody"),
        };
        let flipped = |name| transform.attribute(name) == "1";
        let (left, top) = (
            x + if flipped("flipH") { w } else { 0.0 },
            y + if flipped("flipV") { h } else { 0.0 },
        );
        let (across, down) = (
            if flipped("flipH") { -1 } else { 1 },
            if flipped("flipV") { -1 } else { 1 },
        );
        let look = self.stroked(properties.child("a:ln"));
        let _ = write!(
            svg,
            r#"<path transform="translate({left} {top}) scale({across} {down})" d="{path}" fill="none" {look}/>"#
        );
    }

    fn table(&self, frame: &Element, svg: &mut String) {
        let outer = Frame::of(frame.child("p:xfrm").unwrap());
        let columns = frame.all("a:gridCol");
        let mut y = outer.y;
        for row in frame.all("a:tr") {
            let (mut x, height) = (outer.x, row.number("h") as f64 / POINT);
            for (cell, column) in row.all("a:tc").into_iter().zip(&columns) {
                let width = column.number("w") as f64 / POINT;
                let (room, properties) = (
                    Frame {
                        x,
                        y,
                        width,
                        height,
                    },
                    cell.child("a:tcPr").unwrap(),
                );
                let look = format!(
                    "{} {}",
                    filled(self.solid(properties).as_ref()),
                    self.stroked(properties.child("a:lnB"))
                );
                let _ = write!(
                    svg,
                    r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" {look}/>"#
                );
                let margin = |name| {
                    properties
                        .attribute(name)
                        .parse()
                        .map_or(0.0, |emu: f64| emu / POINT)
                };
                let room = room.within(["marL", "marT", "marR", "marB"].map(margin));
                self.words(
                    cell.child("a:txBody").unwrap(),
                    room,
                    properties.attribute("anchor") == "ctr",
                    svg,
                );
                x += width;
            }
            y += height;
        }
    }

    /// Paragraphs line by line. Lines break where they say so; programs break long ones too.
    fn words(&self, body: &Element, room: Frame, in_the_middle: bool, svg: &mut String) {
        let mut lines: Vec<(String, &Element, &str)> = Vec::new();
        for paragraph in body.all("a:p") {
            let align = paragraph
                .child("a:pPr")
                .map_or("l", |properties| properties.attribute("algn"));
            let mut open = false;
            for child in &paragraph.children {
                let Some(look) = child.child("a:rPr") else {
                    continue;
                };
                match child.name.as_str() {
                    "a:r" if open => lines.last_mut().unwrap().0 += &child.all("a:t")[0].text,
                    "a:r" => lines.push((child.all("a:t")[0].text.clone(), look, align)),
                    _ => {}
                }
                open = child.name == "a:r";
            }
        }
        let size = |look: &Element| look.number("sz") as f64 / 100.0;
        let all: f64 = lines.iter().map(|(_, look, _)| size(look) * 1.2).sum();
        let mut top = room.y
            + if in_the_middle {
                (room.height - all) / 2.0
            } else {
                0.0
            };
        for (text, look, align) in lines {
            let size = size(look);
            let (x, anchor) = match align {
                "ctr" => (room.x + room.width / 2.0, "middle"),
                "r" => (room.x + room.width, "end"),
                _ => (room.x, "start"),
            };
            let colour = filled(self.solid(look).as_ref());
            write_line(
                svg,
                &text,
                (x, top + size * 0.96),
                (anchor, size, look.attribute("b") == "1"),
                &colour,
            );
            top += size * 1.2;
        }
    }

    /// The colour of a fill and how much of it shows.
    fn solid(&self, owner: &Element) -> Option<(String, f64)> {
        let colour = owner.child("a:solidFill")?.children.first()?;
        let value = match colour.name.as_str() {
            "a:schemeClr" => self.colours[colour.attribute("val")].clone(),
            _ => colour.attribute("val").to_owned(),
        };
        let alpha = colour
            .child("a:alpha")
            .map_or(1.0, |alpha| alpha.number("val") as f64 / 100_000.0);
        Some((value, alpha))
    }

    fn stroked(&self, line: Option<&Element>) -> String {
        let Some((line, (colour, opacity))) = line.and_then(|line| Some((line, self.solid(line)?)))
        else {
            return String::new();
        };
        let width = line.number("w") as f64 / POINT;
        let dashed = line
            .all("a:prstDash")
            .iter()
            .any(|dash| dash.attribute("val") == "dash");
        let dash = if dashed {
            format!(r#"stroke-dasharray="{} {}""#, width * 4.0, width * 3.0)
        } else {
            String::new()
        };
        format!(r##"stroke="#{colour}" stroke-opacity="{opacity}" stroke-width="{width}" {dash}"##)
    }
}

fn filled(colour: Option<&(String, f64)>) -> String {
    match colour {
        Some((colour, opacity)) => format!(r##"fill="#{colour}" fill-opacity="{opacity}""##),
        None => r#"fill="none""#.to_owned(),
    }
}

/// Shares that a form is adjusted by.
fn adjustments(form: &Element) -> Vec<f64> {
    let guides = form.all("a:gd");
    let value = |guide: &&Element| {
        guide
            .attribute("fmla")
            .trim_start_matches("val ")
            .parse::<f64>()
            .unwrap()
    };
    guides
        .iter()
        .map(|guide| value(guide) / 100_000.0)
        .collect()
}

fn polygon(svg: &mut String, frame: Frame, corners: &[(f64, f64)], look: &str) -> std::fmt::Result {
    let points: Vec<String> = corners
        .iter()
        .map(|(x, y)| {
            format!(
                "{},{}",
                frame.x + x * frame.width,
                frame.y + y * frame.height
            )
        })
        .collect();
    write!(svg, r#"<polygon points="{}" {look}/>"#, points.join(" "))
}

fn steps(path: &Element, (x, y): (f64, f64), (across, down): (f64, f64)) -> String {
    let mut text = String::new();
    for step in &path.children {
        text.push_str(match step.name.as_str() {
            "a:moveTo" => "M",
            "a:lnTo" => "L",
            "a:cubicBezTo" => "C",
            "a:close" => "Z",
            other => panic!("{other} is drawn by nobody"),
        });
        for point in step.all("a:pt") {
            let (px, py) = (
                point.number("x") as f64 * across,
                point.number("y") as f64 * down,
            );
            let _ = write!(text, "{} {} ", x + px, y + py);
        }
    }
    text
}

fn write_line(
    svg: &mut String,
    text: &str,
    (x, y): (f64, f64),
    (anchor, size, bold): (&str, f64, bool),
    colour: &str,
) {
    let weight = if bold { 600 } else { 400 };
    let text = quick_xml::escape::escape(text);
    let _ = write!(
        svg,
        r#"<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" {colour}>{text}</text>"#
    );
}

fn rasterised(svg: &str, (width, height): (f64, f64)) -> Pixels {
    let mut fonts = fontdb::Database::new();
    for weight in Weight::ALL {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(weight.file())));
    }
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::new(fonts),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).unwrap();
    let (width, height) = (width.ceil() as u32, height.ceil() as u32);
    let mut pixmap = Pixmap::new(width, height).unwrap();
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    let bytes: Vec<u8> = pixmap
        .data()
        .chunks_exact(4)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    Pixels::of(width as usize, height as usize, &bytes)
}
