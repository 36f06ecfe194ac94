//! A picture drawn and packed in strips from top to bottom, on all processors: only a few strips are in memory at once.
//! Where strips part does not show, and does not depend on the machine.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

use resvg::tiny_skia::{
    Color, FilterQuality, Pixmap, PixmapMut, PixmapPaint, PremultipliedColorU8, Transform,
};

use super::file::Packed;
use super::pixels::{Outlines, PixelCanvas};
use super::{PngOptions, failed};
use crate::error::RenderError;
use crate::paint::{Clipped, Ground, paint_border, paint_on_ground};
use crate::scene::grid::Area;
use crate::scene::{Colour, Scene};
use crate::shaping::Shaper;

/// Rows of pixels of a strip.
pub(super) const ROWS: u32 = 512;

/// Rows that are drawn above and below a strip and left out of it: at the edge of what is drawn, curves come out a little
/// different.
const BLEED: u32 = 8;

/// More hands than this would wait for the one that joins.
const MOST_HANDS: usize = 8;

/// A picture that is drawn strip by strip.
pub(super) struct Strips<'a> {
    pub(super) scene: &'a Scene,
    pub(super) options: PngOptions,
    /// Width and height in pixels.
    pub(super) size: (u32, u32),
    /// Rows of pixels of a strip, at least one; [`ROWS`] but where seams are looked at.
    pub(super) rows: u32,
    pub(super) shaper: Shaper<'a>,
}

/// What a hand works with, from strip to strip.
#[derive(Default)]
struct Room {
    rows: Vec<u8>,
    outlines: Outlines,
}

/// The number of a strip, and the strip.
type Drawn = (u32, Result<Packed, RenderError>);

impl Strips<'_> {
    /// Draws all strips and hands them over in their order.
    pub(super) fn draw(&self, mut take: impl FnMut(Packed)) -> Result<(), RenderError> {
        let next = AtomicU32::new(0);
        let hands =
            std::thread::available_parallelism().map_or(1, |hands| hands.get().min(MOST_HANDS));
        std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel::<Drawn>(hands);
            for _ in 0..hands {
                let (sender, next) = (sender.clone(), &next);
                scope.spawn(move || self.work(next, &sender));
            }
            drop(sender);
            let mut early = BTreeMap::new();
            let mut wanted = 0;
            for (number, strip) in receiver {
                early.insert(number, strip?);
                while let Some(strip) = early.remove(&wanted) {
                    take(strip);
                    wanted += 1;
                }
            }
            Ok(())
        })
    }

    /// Draws one strip after the other on the same pixels, until none is left or nobody wants them.
    fn work(&self, next: &AtomicU32, sender: &SyncSender<Drawn>) {
        let (width, height) = self.size;
        let mut pixels = Pixmap::new(width, self.rows.min(height) + BLEED * 2);
        let mut room = Room::default();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= height.div_ceil(self.rows) {
                return;
            }
            let count = self.rows.min(height - number * self.rows) + BLEED * 2;
            let bytes = pixels
                .as_mut()
                .map(|pixmap| &mut pixmap.data_mut()[..(count * width) as usize * 4]);
            let pixmap = bytes.and_then(|bytes| PixmapMut::from_bytes(bytes, width, count));
            let strip = match pixmap {
                Some(pixmap) => self.strip(number, pixmap, &mut room),
                None => Err(failed(&"there is not enough memory for it")),
            };
            if sender.send((number, strip)).is_err() {
                return;
            }
        }
    }

    fn strip(
        &self,
        number: u32,
        mut pixmap: PixmapMut<'_>,
        room: &mut Room,
    ) -> Result<Packed, RenderError> {
        let from = f64::from(number * self.rows) - f64::from(BLEED);
        self.lay_ground(&mut pixmap, from);
        self.lay_logo(&mut pixmap, from);
        self.paint(&mut pixmap, from, &mut room.outlines);
        let width = pixmap.width() as usize;
        let ground = self.options.ground;
        let bled = width * BLEED as usize * 4;
        let drawn = pixmap.data_mut();
        let end = drawn.len() - bled;
        Packed::of(&drawn[bled..end], width, ground, &mut room.rows).map_err(|error| failed(&error))
    }

    /// All that reaches into the strip and does not lie in it yet.
    fn paint(&self, pixmap: &mut PixmapMut<'_>, from: f64, outlines: &mut Outlines) {
        let (scene, scale) = (self.scene, self.options.scale);
        let height = f64::from(pixmap.height()) / scale;
        let window = Area::new(0.0, from / scale, scene.size.0, height).grown(1.0);
        let mut canvas = PixelCanvas::new(pixmap, (scale, from), &self.shaper, outlines);
        let mut clipped = Clipped::new(&mut canvas, scene, window);
        paint_on_ground(scene, self.options.ground, &mut clipped);
        paint_border(scene, scene.size, &mut canvas);
        canvas.finish();
    }

    /// The logo, as far as it reaches into the strip.
    fn lay_logo(&self, pixmap: &mut PixmapMut<'_>, from: f64) {
        let Some(logo) = &self.scene.logo else {
            return;
        };
        let scale = self.options.scale;
        let (width, height) = (logo.width * scale, logo.height * scale);
        let (left, top) = (logo.x * scale, logo.y * scale - from);
        if top > f64::from(pixmap.height()) || top + height < 0.0 {
            return;
        }
        let side = |length: f64| length.round().max(1.0) as u32;
        let Some(picture) = logo.picture.pixmap(side(width), side(height)) else {
            return;
        };
        let (across, down) = (
            width / f64::from(picture.width()),
            height / f64::from(picture.height()),
        );
        let paint = PixmapPaint {
            quality: FilterQuality::Bicubic,
            ..PixmapPaint::default()
        };
        let place = Transform::from_row(
            across as f32,
            0.0,
            0.0,
            down as f32,
            left as f32,
            top as f32,
        );
        pixmap.draw_pixmap(0, 0, picture.as_ref(), &paint, place, None);
    }

    /// The ground and the bands of the stages, which are most of a picture's pixels, row by row.
    fn lay_ground(&self, pixmap: &mut PixmapMut<'_>, from: f64) {
        if self.options.ground == Ground::Transparent {
            pixmap.fill(Color::TRANSPARENT);
            return;
        }
        let opaque =
            |Colour(red, green, blue)| PremultipliedColorU8::from_rgba(red, green, blue, 255);
        let pixel = |units: f64| (units * self.options.scale).round().max(0.0) as usize;
        let (width, height) = (pixmap.width() as usize, pixmap.height() as usize);
        let theme = &self.scene.theme;
        let bare: Vec<_> = opaque(theme.ground)
            .into_iter()
            .cycle()
            .take(width)
            .collect();
        let mut banded = bare.clone();
        let colours = [theme.column, theme.column_alternate];
        let columns = self.scene.columns.iter().zip(colours.into_iter().cycle());
        for (column, colour) in columns {
            let (left, right) = (pixel(column.x), pixel(column.x + column.width));
            if let (Some(band), Some(colour)) =
                (banded.get_mut(left..right.min(width)), opaque(colour))
            {
                band.fill(colour);
            }
        }
        let row = |units: f64| (pixel(units) as f64 - from).clamp(0.0, height as f64) as usize;
        let (top, bottom) = (row(self.scene.top), row(self.scene.bottom));
        let rows = pixmap.pixels_mut().chunks_exact_mut(width);
        for (at, row) in rows.enumerate() {
            let lies = if (top..bottom).contains(&at) {
                &banded
            } else {
                &bare
            };
            if row.len() == lies.len() {
                row.copy_from_slice(lies);
            }
        }
    }
}
