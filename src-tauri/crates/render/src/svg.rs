//! A scene as SVG: text as text, a group for each touchpoint with its name, nothing that runs and nothing that is fetched.
//! Written by hand through one escaping door; presentation attributes only, so that design tools read it too.

mod fonts;
mod markup;

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::icons::{self, GRID, Icon};
use crate::paint::{Anchor, Canvas, Ground, Group, Paint, Shape, Words, paint, paint_border};
use crate::scene::{CardKind, Scene, SceneCard, SceneLogo, Shade};
pub(crate) use fonts::faces;
use markup::Markup;

/// Where the words' shapes come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FontUse {
    /// From the reader's Inter, or what it has instead.
    #[default]
    Named,
    /// From inside the file, which grows by about 100 KB.
    Embedded,
}

/// How an SVG is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SvgOptions {
    /// What lies behind the columns.
    pub ground: Ground,
    /// Where the words' shapes come from.
    pub fonts: FontUse,
}

/// Writes a scene as SVG, UTF-8. The same scene gives the same text; O(what is seen).
#[must_use]
pub fn svg(scene: &Scene, options: SvgOptions) -> String {
    let mut canvas = SvgCanvas {
        body: Markup::with_room(2048 + scene.cards.len() * 1600 + scene.links.len() * 500),
        icons: BTreeMap::new(),
        scene,
    };
    paint(scene, options.ground, &mut canvas);
    paint_border(scene, scene.size, &mut canvas);
    let mut page = Markup::with_room(canvas.body.len() + 4096);
    open(&mut page, scene);
    define(&mut page, &canvas, options.fonts);
    page.append(&canvas.body);
    page.close("svg");
    page.line();
    page.into_text()
}

fn open(page: &mut Markup, scene: &Scene) {
    let (width, height) = scene.size;
    page.open("svg")
        .attribute("xmlns", "http://www.w3.org/2000/svg");
    page.number("width", width).number("height", height);
    page.numbers("viewBox", &[0.0, 0.0, width, height]);
    page.attribute(
        "font-family",
        "Inter, 'Inter Variable', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif",
    );
    page.attribute("role", "graphics-document")
        .attribute("aria-label", &scene.title)
        .inside();
    page.element("title", &scene.title);
    page.line();
}

fn define(page: &mut Markup, canvas: &SvgCanvas<'_>, fonts: FontUse) {
    let faces = match fonts {
        FontUse::Named => String::new(),
        FontUse::Embedded => fonts::faces(canvas.body.text_so_far()),
    };
    if canvas.icons.is_empty() && faces.is_empty() {
        return;
    }
    page.open("defs").inside();
    if !faces.is_empty() {
        page.open("style").inside();
        page.text(&faces);
        page.close("style");
    }
    for (name, icon) in &canvas.icons {
        page.open("symbol")
            .attribute("id", &icon_id(name))
            .numbers("viewBox", &[0.0, 0.0, GRID, GRID]);
        page.attribute("fill", "none")
            .attribute("stroke-width", "2");
        page.attribute("stroke-linecap", "round")
            .attribute("stroke-linejoin", "round")
            .inside();
        page.open("path").path("d", |path| path.steps(&icon.steps));
        page.end();
        page.close("symbol");
    }
    page.close("defs");
    page.line();
}

fn icon_id(name: &str) -> String {
    format!("icon-{name}")
}

struct SvgCanvas<'a> {
    body: Markup,
    /// Pictures of channels that are used, by name.
    icons: BTreeMap<&'static str, &'static Icon>,
    scene: &'a Scene,
}

impl SvgCanvas<'_> {
    fn paint(&mut self, paint: &Paint) {
        match paint.fill {
            Some(shade) => self.shade("fill", "fill-opacity", shade),
            None => drop(self.body.attribute("fill", "none")),
        }
        if let Some(stroke) = paint.stroke {
            self.shade("stroke", "stroke-opacity", stroke.shade);
            self.body.number("stroke-width", stroke.width);
            if let Some(dash) = stroke.dash {
                self.body.numbers("stroke-dasharray", &dash);
            }
        }
    }

    fn shade(&mut self, name: &str, opacity: &str, shade: Shade) {
        self.body.colour(name, shade.colour);
        if shade.opacity < 1.0 {
            self.body.number(opacity, shade.opacity);
        }
    }
}

impl Canvas for SvgCanvas<'_> {
    fn begin(&mut self, group: Group) {
        let scene = self.scene;
        let body = &mut self.body;
        body.open("g");
        let name = match group {
            Group::Title => Some(("title", None)),
            Group::Columns => Some(("stages", None)),
            Group::Lines => Some(("stage-lines", None)),
            Group::Lanes => Some(("lanes", None)),
            Group::Links => Some(("links", None)),
            Group::Legend => Some(("legend", Some("Legend".to_owned()))),
            Group::Head(at) => {
                body.attribute("id", &format!("stage-{}", at + 1));
                body.inside();
                return;
            }
            Group::Lane(at) => {
                body.attribute("id", &format!("lane-{}", at + 1));
                body.inside();
                return;
            }
            Group::Link(at) => {
                let Some(link) = scene.links.get(at) else {
                    body.inside();
                    return;
                };
                let name = |at: usize| scene.cards.get(at).map_or("", |card| card.name.as_str());
                body.attribute("id", &markup::id("link", link.link.as_str()))
                    .inside();
                body.element("title", &format!("{} → {}", name(link.from), name(link.to)));
                return;
            }
            Group::Card(at) => {
                let Some(card) = scene.cards.get(at) else {
                    body.inside();
                    return;
                };
                body.attribute("id", &markup::id("touchpoint", card.touchpoint.as_str()));
                body.attribute("role", "graphics-symbol")
                    .attribute("aria-label", &describe(card))
                    .inside();
                body.element("title", &card.name);
                return;
            }
        };
        if let Some((id, label)) = name {
            body.attribute("id", id);
            if let Some(label) = label {
                body.attribute("aria-label", &label);
            }
        }
        body.inside();
    }

    fn end(&mut self) {
        self.body.close("g");
        self.body.line();
    }

    fn draw(&mut self, shape: Shape<'_>, paint: &Paint) {
        let body = &mut self.body;
        match shape {
            Shape::Box((x, y), (width, height), radius) => {
                body.open("rect")
                    .number("x", x)
                    .number("y", y)
                    .number("width", width)
                    .number("height", height);
                if radius > 0.0 {
                    body.number("rx", radius);
                }
            }
            Shape::Circle((x, y), radius) => {
                body.open("circle")
                    .number("cx", x)
                    .number("cy", y)
                    .number("r", radius);
            }
            Shape::Curve(curve) => {
                body.open("path").path("d", |path| path.curve(curve));
                body.attribute("stroke-linecap", "round");
            }
            Shape::Polygon(corners) => {
                body.open("path").path("d", |path| path.polygon(corners));
            }
        }
        self.paint(paint);
        self.body.end();
    }

    fn write(&mut self, words: &Words<'_>) {
        let body = &mut self.body;
        body.open("text")
            .number("x", words.x)
            .number("y", words.y)
            .number("font-size", words.font.size);
        body.attribute("font-weight", &words.font.weight.number().to_string());
        match words.anchor {
            Anchor::Start => {}
            Anchor::Middle => drop(body.attribute("text-anchor", "middle")),
            Anchor::End => drop(body.attribute("text-anchor", "end")),
        }
        self.shade("fill", "fill-opacity", words.shade);
        self.body.inside();
        self.body.text(words.text);
        self.body.close("text");
    }

    fn icon(&mut self, channel: Option<&str>, (x, y): (f64, f64), side: f64, shade: Shade) {
        let icon = icons::of_channel(channel);
        self.icons.insert(&icon.name, icon);
        let half = side / 2.0;
        let body = &mut self.body;
        body.open("use")
            .attribute("href", &format!("#{}", icon_id(&icon.name)));
        body.number("x", x - half)
            .number("y", y - half)
            .number("width", side)
            .number("height", side);
        self.shade("stroke", "stroke-opacity", shade);
        self.body.end();
    }

    fn logo(&mut self, logo: &SceneLogo) {
        let Ok(picture) = logo.picture.png() else {
            return;
        };
        let body = &mut self.body;
        body.open("image").attribute("id", "logo");
        body.number("x", logo.x)
            .number("y", logo.y)
            .number("width", logo.width)
            .number("height", logo.height);
        let data = format!("data:image/png;base64,{}", STANDARD.encode(picture));
        body.attribute("href", &data).end();
        body.line();
    }
}

/// A touchpoint in words, for those who hear a picture.
pub(crate) fn describe(card: &SceneCard) -> String {
    let kind = match card.kind {
        CardKind::Ultimate => "destination",
        CardKind::Intermediate => "intermediate destination",
        CardKind::Direct => "direct driver",
        CardKind::Indirect => "indirect driver",
    };
    let stopped = if card.stopped { ", stopped" } else { "" };
    let gaps = match card.badge.map(|badge| badge.count) {
        None | Some(0) => String::new(),
        Some(1) => ", 1 gap".to_owned(),
        Some(many) => format!(", {many} gaps"),
    };
    format!("{}, {kind}{stopped}{gaps}", card.name)
}
