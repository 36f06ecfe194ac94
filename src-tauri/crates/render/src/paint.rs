//! How a scene is drawn, shape by shape from the back to the front, on whatever canvas a format brings. One look for all
//! of them, which is that of the map in the window. Refuses to know any format.

mod cards;
mod clipped;
mod columns;
mod lanes;
mod legend;
mod links;
mod outline;
mod signs;

pub(crate) use clipped::Clipped;

use crate::scene::{Colour, Scene, SceneLogo, Shade};
use crate::text::Font;

/// Part of a picture that belongs together and means something.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Group {
    /// The map's title.
    Title,
    /// The bands of stages.
    Columns,
    /// The lines between them.
    Lines,
    /// The head of the column with this number.
    Head(usize),
    /// The bands of lanes.
    Lanes,
    /// The name of the lane with this number.
    Lane(usize),
    /// All links.
    Links,
    /// The link with this number.
    Link(usize),
    /// The touchpoint with this number.
    Card(usize),
    /// What signs and colours mean.
    Legend,
}

/// An outline in map units.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape<'a> {
    /// Corner, size, radius of the corners.
    Box((f64, f64), (f64, f64), f64),
    /// Middle, radius.
    Circle((f64, f64), f64),
    /// Start, then three points for each cubic piece.
    Curve(&'a [(f64, f64)]),
    /// Corners.
    Polygon(&'a [(f64, f64)]),
}

/// A line along an outline.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stroke {
    pub(crate) shade: Shade,
    pub(crate) width: f64,
    /// Lengths of dash and gap.
    pub(crate) dash: Option<[f64; 2]>,
}

/// What an outline is drawn with.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Paint {
    pub(crate) fill: Option<Shade>,
    pub(crate) stroke: Option<Stroke>,
}

impl Paint {
    pub(crate) const fn fill(colour: Colour) -> Self {
        Self::shade(colour, 1.0)
    }

    pub(crate) const fn shade(colour: Colour, opacity: f64) -> Self {
        Self {
            fill: Some(Shade { colour, opacity }),
            stroke: None,
        }
    }

    pub(crate) const fn line(colour: Colour, width: f64) -> Self {
        Self {
            fill: None,
            stroke: Some(Stroke {
                shade: Shade {
                    colour,
                    opacity: 1.0,
                },
                width,
                dash: None,
            }),
        }
    }

    pub(crate) const fn and_line(self, colour: Colour, width: f64) -> Self {
        Self {
            stroke: Self::line(colour, width).stroke,
            ..self
        }
    }

    /// The same, with its line in dashes.
    pub(crate) fn dashed(mut self, dash: Option<[f64; 2]>) -> Self {
        if let Some(stroke) = &mut self.stroke {
            stroke.dash = dash;
        }
        self
    }

    /// The same, shining through more.
    pub(crate) fn faded(mut self, by: f64) -> Self {
        for shade in [
            self.fill.as_mut(),
            self.stroke.as_mut().map(|stroke| &mut stroke.shade),
        ]
        .into_iter()
        .flatten()
        {
            shade.opacity *= by;
        }
        self
    }
}

/// Which end of the words a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// Words on one line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) text: &'a str,
    pub(crate) x: f64,
    /// The baseline.
    pub(crate) y: f64,
    pub(crate) anchor: Anchor,
    pub(crate) font: Font,
    pub(crate) shade: Shade,
}

impl<'a> Words<'a> {
    /// Words that start at `x` on a line whose middle is at `y`.
    pub(crate) fn at(text: &'a str, (x, y): (f64, f64), font: Font, colour: Colour) -> Self {
        Self {
            text,
            x,
            y: y + font.drop(),
            anchor: Anchor::Start,
            font,
            shade: Shade {
                colour,
                opacity: 1.0,
            },
        }
    }

    pub(crate) fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }
}

/// What a scene is drawn on.
pub(crate) trait Canvas {
    /// What follows belongs to a group, until `end`.
    fn begin(&mut self, group: Group);
    fn end(&mut self);
    fn draw(&mut self, shape: Shape<'_>, paint: &Paint);
    fn write(&mut self, words: &Words<'_>);
    /// The picture of a channel: its middle, the length of its side.
    fn icon(&mut self, channel: Option<&str>, middle: (f64, f64), side: f64, shade: Shade);
    /// Whose map it is.
    fn logo(&mut self, logo: &SceneLogo);
}

/// What lies behind the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ground {
    /// The theme's ground and the bands of the stages.
    #[default]
    Opaque,
    /// Nothing; stages are parted by lines alone.
    Transparent,
}

/// Draws a whole scene.
pub(crate) fn paint(scene: &Scene, ground: Ground, canvas: &mut impl Canvas) {
    columns::paint_ground(scene, ground, canvas);
    columns::paint_bands(scene, ground, canvas);
    paint_on_ground(scene, ground, canvas);
}

/// Draws a scene on ground and bands that are there already.
pub(crate) fn paint_on_ground(scene: &Scene, ground: Ground, canvas: &mut impl Canvas) {
    if let Some(line) = &scene.title_line {
        canvas.begin(Group::Title);
        let place = (line.x, line.y);
        canvas.write(&Words::at(
            &line.text,
            place,
            Scene::TITLE_FONT,
            scene.theme.ink,
        ));
        canvas.end();
    }
    if let Some(logo) = &scene.logo {
        canvas.logo(logo);
    }
    lanes::paint_lanes(scene, ground, canvas);
    columns::paint_lines(scene, canvas);
    columns::paint_heads(scene, canvas);
    paint_content(scene, ground, canvas);
    legend::paint_legend(scene, canvas);
}

/// From the edge of a picture to the border in it.
const BORDER_INSET: f64 = 8.0;

/// Draws the border within a size, when the scene has one.
pub(crate) fn paint_border(scene: &Scene, (width, height): (f64, f64), canvas: &mut impl Canvas) {
    if scene.border {
        let inside = (width - 2.0 * BORDER_INSET, height - 2.0 * BORDER_INSET);
        let line = Paint::line(scene.theme.ink_faint, 1.0);
        canvas.draw(Shape::Box((BORDER_INSET, BORDER_INSET), inside, 0.0), &line);
    }
}

/// Draws the links and cards of a scene.
fn paint_content(scene: &Scene, ground: Ground, canvas: &mut impl Canvas) {
    links::paint_links(scene, ground, canvas);
    for (at, card) in scene.cards.iter().enumerate() {
        canvas.begin(Group::Card(at));
        cards::paint_card(scene, card, canvas);
        canvas.end();
    }
}

/// Draws the columns of a scene with what stands in them, without their heads.
pub(crate) fn paint_body(scene: &Scene, canvas: &mut impl Canvas) {
    columns::paint_bands(scene, Ground::Opaque, canvas);
    lanes::paint_bands(scene, canvas);
    columns::paint_lines(scene, canvas);
    paint_content(scene, Ground::Opaque, canvas);
}

/// Draws the heads of a scene with the columns behind them.
pub(crate) fn paint_heads(scene: &Scene, canvas: &mut impl Canvas) {
    columns::paint_bands(scene, Ground::Opaque, canvas);
    columns::paint_lines(scene, canvas);
    columns::paint_heads(scene, canvas);
}

/// Draws the names of a scene's lanes.
pub(crate) fn paint_lane_names(scene: &Scene, canvas: &mut impl Canvas) {
    lanes::paint_names(scene, Ground::Opaque, canvas);
}

/// Draws the legend of a scene.
pub(crate) fn paint_legend(scene: &Scene, canvas: &mut impl Canvas) {
    legend::paint_legend(scene, canvas);
}
