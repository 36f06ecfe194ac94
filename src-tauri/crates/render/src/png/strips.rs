//! A picture drawn and packed in strips from top to bottom, on all processors: only a few strips are in memory at once.
//! Where strips part does not show, and does not depend on the machine.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

use resvg::tiny_skia::{
    Color, FilterQuality, Pixmap, PixmapMut, PixmapPaint, PremultipliedColorU8, Transform,
};
use resvg::usvg::Tree;
use resvg::usvg::fontdb::Database;

use super::file::Packed;
use super::{PngOptions, failed, settings_with};
use crate::error::RenderError;
use crate::paint::Ground;
use crate::scene::grid::Area;
use crate::scene::{Colour, Scene};
use crate::svg::svg_of_window;

/// Rows of pixels of a strip.
const ROWS: u32 = 512;

/// More hands than this would wait for the one that joins.
const MOST_HANDS: usize = 8;

/// A picture that is drawn strip by strip.
pub(super) struct Strips<'a> {
    pub(super) scene: &'a Scene,
    pub(super) options: PngOptions,
    /// Width and height in pixels.
    pub(super) size: (u32, u32),
    pub(super) fonts: Arc<Database>,
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
        let mut pixels = Pixmap::new(width, ROWS.min(height));
        let mut rows = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= height.div_ceil(ROWS) {
                return;
            }
            let count = ROWS.min(height - number * ROWS) as usize;
            let bytes = pixels
                .as_mut()
                .map(|pixmap| &mut pixmap.data_mut()[..count * width as usize * 4]);
            let pixmap = bytes.and_then(|bytes| PixmapMut::from_bytes(bytes, width, count as u32));
            let strip = match pixmap {
                Some(pixmap) => self.strip(number, pixmap, &mut rows),
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
        rows: &mut Vec<u8>,
    ) -> Result<Packed, RenderError> {
        let from = f64::from(number * ROWS);
        let (scale, height) = (self.options.scale, f64::from(pixmap.height()));
        let window = Area::new(0.0, from / scale, self.scene.size.0, height / scale);
        let text = svg_of_window(self.scene, self.options.ground, window.grown(1.0));
        let tree = Tree::from_str(&text, &settings_with(self.fonts.clone()))
            .map_err(|error| failed(&error))?;
        self.lay_ground(&mut pixmap, from as usize);
        let place = Transform::from_row(scale as f32, 0.0, 0.0, scale as f32, 0.0, -from as f32);
        self.lay_logo(&mut pixmap, from);
        resvg::render(&tree, place, &mut pixmap);
        let width = pixmap.width() as usize;
        Packed::of(pixmap.data_mut(), width, self.options.ground, rows)
            .map_err(|error| failed(&error))
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
    fn lay_ground(&self, pixmap: &mut PixmapMut<'_>, from: usize) {
        if self.options.ground == Ground::Transparent {
            pixmap.fill(Color::TRANSPARENT);
            return;
        }
        let Colour(red, green, blue) = self.scene.theme.ground;
        pixmap.fill(Color::from_rgba8(red, green, blue, 255));
        let pixel = |units: f64| (units * self.options.scale).round().max(0.0) as usize;
        let (width, height) = (pixmap.width() as usize, pixmap.height() as usize);
        let top = pixel(self.scene.top).saturating_sub(from).min(height);
        let bottom = pixel(self.scene.bottom).saturating_sub(from).min(height);
        let colours = [self.scene.theme.column, self.scene.theme.column_alternate];
        let columns = self.scene.columns.iter().zip(colours.into_iter().cycle());
        let bands: Vec<_> = columns
            .filter_map(|(column, Colour(red, green, blue))| {
                let colour = PremultipliedColorU8::from_rgba(red, green, blue, 255)?;
                Some((
                    pixel(column.x),
                    pixel(column.x + column.width).min(width),
                    colour,
                ))
            })
            .collect();
        let rows = pixmap.pixels_mut().chunks_exact_mut(width);
        for row in rows.take(bottom).skip(top) {
            for (left, right, colour) in &bands {
                if let Some(band) = row.get_mut(*left..*right) {
                    band.fill(*colour);
                }
            }
        }
    }
}
