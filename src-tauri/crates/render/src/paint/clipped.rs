//! A canvas that lets through only what may be seen in a window, so that a large scene can be drawn part by part. Refuses
//! to cut shapes: what reaches into the window comes whole.

use super::{Canvas, Group, Paint, Shape, Words};
use crate::scene::grid::Area;
use crate::scene::{Scene, SceneLogo, Shade, curve};

/// How far beyond its area something may be drawn: badges, doubled edges, arrowheads.
const BLEED: f64 = 16.0;

/// The canvas behind the window.
pub(crate) struct Clipped<'a, C> {
    canvas: &'a mut C,
    scene: &'a Scene,
    window: Area,
    /// Groups that are open, and how many were when one outside of the window began.
    depth: usize,
    outside: Option<usize>,
}

impl<'a, C: Canvas> Clipped<'a, C> {
    pub(crate) const fn new(canvas: &'a mut C, scene: &'a Scene, window: Area) -> Self {
        Self {
            canvas,
            scene,
            window,
            depth: 0,
            outside: None,
        }
    }

    /// Whether a group has a place in the window.
    fn is_seen(&self, group: Group) -> bool {
        let area = match group {
            Group::Card(at) => self
                .scene
                .cards
                .get(at)
                .map(|card| Area::new(card.x, card.y, card.width, card.height)),
            Group::Link(at) => self
                .scene
                .links
                .get(at)
                .and_then(|link| curve::area(&link.curve)),
            _ => return true,
        };
        area.is_some_and(|area| area.grown(BLEED).touches(self.window))
    }

    fn has_shape(&self, shape: Shape<'_>) -> bool {
        match shape {
            Shape::Box((x, y), (width, height), _) => {
                self.outside.is_none()
                    && Area::new(x, y, width, height)
                        .grown(BLEED)
                        .touches(self.window)
            }
            Shape::Circle(..) | Shape::Curve(_) | Shape::Polygon(_) => self.outside.is_none(),
        }
    }
}

impl<C: Canvas> Canvas for Clipped<'_, C> {
    fn begin(&mut self, group: Group) {
        self.depth += 1;
        if self.outside.is_none() {
            if self.is_seen(group) {
                self.canvas.begin(group);
            } else {
                self.outside = Some(self.depth);
            }
        }
    }

    fn end(&mut self) {
        match self.outside {
            Some(depth) if depth == self.depth => self.outside = None,
            Some(_) => {}
            None => self.canvas.end(),
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn draw(&mut self, shape: Shape<'_>, paint: &Paint) {
        if self.has_shape(shape) {
            self.canvas.draw(shape, paint);
        }
    }

    fn write(&mut self, words: &Words<'_>) {
        // Words stand on either side of their place, by their anchor; this is enough for both.
        let width = words.font.width(words.text);
        let area = Area::new(
            words.x - width,
            words.y - words.font.size,
            2.0 * width,
            words.font.size * 1.4,
        );
        if self.outside.is_none() && area.touches(self.window) {
            self.canvas.write(words);
        }
    }

    fn icon(&mut self, channel: Option<&str>, middle: (f64, f64), side: f64, shade: Shade) {
        if self.outside.is_none() {
            self.canvas.icon(channel, middle, side, shade);
        }
    }

    /// Whoever draws part by part lays the logo itself.
    fn logo(&mut self, _: &SceneLogo) {}
}
