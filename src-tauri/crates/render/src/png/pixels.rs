//! The canvas of pixels. Words are drawn as the outlines of their glyphs, which are read once a hand.

use std::collections::HashMap;

use resvg::tiny_skia::{
    self, FillRule, LineCap, LineJoin, Path, PathBuilder, PathSegment, PixmapMut, Point,
    StrokeDash, Transform,
};
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};

use crate::icons::{self, GRID, Step};
use crate::paint::{Anchor, Canvas, Group, Paint, Shape, Stroke, Words};
use crate::scene::{SceneLogo, Shade};
use crate::shaping::{Cut, Glyph, Shaper};

/// Rounded corners up to this radius leave everything so far inside of a box's edges covered, in map units.
const COVERED: f64 = 4.0;
const MOST_ROUNDED: f64 = 12.0;

/// Outlines of glyphs in the units of their fonts, y up; `None` for those that show nothing.
pub(super) type Outlines = HashMap<(Cut, u32), Option<Path>>;

/// A box that shines through, and is not drawn until it is known what hides of it.
struct Pending {
    corner: (f64, f64),
    size: (f64, f64),
    radius: f64,
    shade: Shade,
}

/// Draws on pixels that show a part of a scene.
pub(super) struct PixelCanvas<'a, 'p> {
    pixels: &'a mut PixmapMut<'p>,
    /// From map units to pixels: larger by the first, then up by the second.
    scale: f64,
    from: f64,
    shaper: &'a Shaper<'a>,
    outlines: &'a mut Outlines,
    pending: Option<Pending>,
}

impl<'a, 'p> PixelCanvas<'a, 'p> {
    /// Pixels that begin `from` pixels below the upper edge of a scene at this scale.
    pub(super) const fn new(
        pixels: &'a mut PixmapMut<'p>,
        (scale, from): (f64, f64),
        shaper: &'a Shaper<'a>,
        outlines: &'a mut Outlines,
    ) -> Self {
        Self {
            pixels,
            scale,
            from,
            shaper,
            outlines,
            pending: None,
        }
    }

    /// Draws what waits.
    pub(super) fn finish(&mut self) {
        self.settle(None);
    }

    fn place(&self) -> Transform {
        let scale = self.scale as f32;
        Transform::from_row(scale, 0.0, 0.0, scale, 0.0, -self.from as f32)
    }

    fn fill(&mut self, path: &Path, shade: Shade) {
        let place = self.place();
        self.pixels
            .fill_path(path, &colour(shade), FillRule::Winding, place, None);
    }

    fn stroke(&mut self, path: &Path, stroke: &Stroke, round: bool, join: LineJoin) {
        let line = tiny_skia::Stroke {
            width: stroke.width as f32,
            line_cap: if round { LineCap::Round } else { LineCap::Butt },
            line_join: join,
            dash: stroke
                .dash
                .and_then(|dash| StrokeDash::new(dash.map(|length| length as f32).to_vec(), 0.0)),
            ..tiny_skia::Stroke::default()
        };
        let place = self.place();
        self.pixels
            .stroke_path(path, &colour(stroke.shade), &line, place, None);
    }

    /// Draws the box that waits, without what lies wholly below the next one: a card hides nearly all of its shadow.
    fn settle(&mut self, next: Option<((f64, f64), (f64, f64))>) {
        let Some(pending) = self.pending.take() else {
            return;
        };
        let steps = icons::rounded(pending.corner, pending.size, pending.radius);
        let mut builder = PathBuilder::new();
        push(&mut builder, &steps, |point| self.pixel(point));
        let whole = self.covered(pending.corner, pending.size, 0.0);
        let hole = next.and_then(|(corner, size)| self.covered(corner, size, COVERED));
        if let (Some(whole), Some(hole)) = (whole, hole)
            && whole.left() <= hole.left()
            && whole.top() <= hole.top()
            && hole.right() <= whole.right()
            && hole.bottom() <= whole.bottom()
        {
            builder.push_rect(hole);
        }
        if let Some(path) = builder.finish() {
            self.pixels.fill_path(
                &path,
                &colour(pending.shade),
                FillRule::EvenOdd,
                Transform::identity(),
                None,
            );
        }
    }

    /// The whole pixels within a box that is smaller by `by` on every side.
    fn covered(&self, corner: (f64, f64), size: (f64, f64), by: f64) -> Option<tiny_skia::Rect> {
        let (left, top) = self.pixel((corner.0 + by, corner.1 + by));
        let (right, bottom) = self.pixel((corner.0 + size.0 - by, corner.1 + size.1 - by));
        tiny_skia::Rect::from_ltrb(left.ceil(), top.ceil(), right.floor(), bottom.floor())
    }

    fn pixel(&self, (x, y): (f64, f64)) -> (f32, f32) {
        (
            (x * self.scale) as f32,
            y.mul_add(self.scale, -self.from) as f32,
        )
    }

    /// The outlines of words with their start at a place, in pixels.
    fn lettering(&mut self, words: &Words<'_>) -> Option<Path> {
        let runs = self.shaper.runs(words.text, words.font.weight);
        let width: f64 = runs.iter().map(|run| run.width).sum::<f64>() * words.font.size;
        let start = match words.anchor {
            Anchor::Start => words.x,
            Anchor::Middle => words.x - width / 2.0,
            Anchor::End => words.x - width,
        };
        let (mut x, y) = self.pixel((start, words.y));
        let em = (words.font.size * self.scale) as f32;
        let mut builder = PathBuilder::new();
        for run in runs {
            for glyph in &run.glyphs {
                if let Some((outline, units)) = self.outline(run.cut, glyph) {
                    let size = em / units;
                    let (x, y) = (x + glyph.offset.0 * em, y - glyph.offset.1 * em);
                    let place = Transform::from_row(size, 0.0, 0.0, -size, x, y);
                    push_placed(&mut builder, outline, place);
                }
                x += glyph.advance.0 * em;
            }
        }
        builder.finish()
    }

    /// The outline of a glyph, and how many of its units the em square has.
    fn outline(&mut self, cut: Cut, glyph: &Glyph) -> Option<(&Path, f32)> {
        let face = self.shaper.face(cut)?;
        let read = || {
            let number = GlyphId(u16::try_from(glyph.number).ok()?);
            let mut builder = Outline(PathBuilder::new());
            face.outline_glyph(number, &mut builder)?;
            builder.0.finish()
        };
        let outline = self.outlines.entry((cut, glyph.number));
        let outline = outline.or_insert_with(read).as_ref()?;
        Some((outline, face.units_per_em() as f32))
    }
}

impl Canvas for PixelCanvas<'_, '_> {
    fn begin(&mut self, _: Group) {}

    fn end(&mut self) {
        self.settle(None);
    }

    fn draw(&mut self, shape: Shape<'_>, paint: &Paint) {
        if let Shape::Box(corner, size, radius) = shape {
            let is_opaque = paint.fill.is_some_and(|shade| shade.opacity >= 1.0);
            self.settle((is_opaque && radius <= MOST_ROUNDED).then_some((corner, size)));
            if let (Some(shade), None, false) = (paint.fill, paint.stroke, is_opaque) {
                self.pending = Some(Pending {
                    corner,
                    size,
                    radius,
                    shade,
                });
                return;
            }
        } else {
            self.settle(None);
        }
        let mut builder = PathBuilder::new();
        push(&mut builder, &shape.steps(), single);
        let Some(path) = builder.finish() else {
            return;
        };
        if let Some(shade) = paint.fill {
            self.fill(&path, shade);
        }
        if let Some(stroke) = &paint.stroke {
            let round = matches!(shape, Shape::Curve(_));
            self.stroke(&path, stroke, round, LineJoin::Miter);
        }
    }

    fn write(&mut self, words: &Words<'_>) {
        self.settle(None);
        if let Some(path) = self.lettering(words) {
            self.pixels.fill_path(
                &path,
                &colour(words.shade),
                FillRule::Winding,
                Transform::identity(),
                None,
            );
        }
    }

    fn icon(&mut self, channel: Option<&str>, (x, y): (f64, f64), side: f64, shade: Shade) {
        self.settle(None);
        let scale = side / GRID;
        let half = side / 2.0;
        let mut builder = PathBuilder::new();
        push(
            &mut builder,
            &icons::of_channel(channel).steps,
            |(along, down)| single((x - half + along * scale, y - half + down * scale)),
        );
        if let Some(path) = builder.finish() {
            let stroke = Stroke {
                shade,
                width: 2.0 * scale,
                dash: None,
            };
            self.stroke(&path, &stroke, true, LineJoin::Round);
        }
    }

    /// It lies on the ground already.
    fn logo(&mut self, _: &SceneLogo) {}
}

fn colour(shade: Shade) -> tiny_skia::Paint<'static> {
    let mut paint = tiny_skia::Paint::default();
    let opacity = (shade.opacity.clamp(0.0, 1.0) * 255.0).round() as u8;
    paint.set_color_rgba8(shade.colour.0, shade.colour.1, shade.colour.2, opacity);
    paint
}

const fn single((x, y): (f64, f64)) -> (f32, f32) {
    (x as f32, y as f32)
}

fn push(builder: &mut PathBuilder, steps: &[Step], place: impl Fn((f64, f64)) -> (f32, f32)) {
    for step in steps {
        match *step {
            Step::Move(x, y) => {
                let (x, y) = place((x, y));
                builder.move_to(x, y);
            }
            Step::Line(x, y) => {
                let (x, y) = place((x, y));
                builder.line_to(x, y);
            }
            Step::Cubic(points) => {
                let [(x1, y1), (x2, y2), (x, y)] = points.map(&place);
                builder.cubic_to(x1, y1, x2, y2, x, y);
            }
            Step::Close => builder.close(),
        }
    }
}

/// Adds an outline at its place, without a copy of it between.
fn push_placed(builder: &mut PathBuilder, outline: &Path, place: Transform) {
    let at = |point: Point| {
        (
            point.x.mul_add(place.sx, place.tx),
            point.y.mul_add(place.sy, place.ty),
        )
    };
    for segment in outline.segments() {
        match segment {
            PathSegment::MoveTo(end) => {
                let (x, y) = at(end);
                builder.move_to(x, y);
            }
            PathSegment::LineTo(end) => {
                let (x, y) = at(end);
                builder.line_to(x, y);
            }
            PathSegment::QuadTo(control, end) => {
                let ((x1, y1), (x, y)) = (at(control), at(end));
                builder.quad_to(x1, y1, x, y);
            }
            PathSegment::CubicTo(first, second, end) => {
                let ((x1, y1), (x2, y2), (x, y)) = (at(first), at(second), at(end));
                builder.cubic_to(x1, y1, x2, y2, x, y);
            }
            PathSegment::Close => builder.close(),
        }
    }
}

/// An outline while its font tells it.
struct Outline(PathBuilder);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
