//! A logo: a stranger's picture file as plain pixels. PNG, JPEG and SVG are read within bounds and drawn anew, so that
//! nothing of the file goes on but what it looks like: no metadata, no script, no address.
//!
//! Refuses to be: an album. One small picture, no larger than it is ever shown.

mod svg;

use std::io::Cursor;
use std::sync::Arc;

use resvg::tiny_skia::Pixmap;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// The largest file that is read, in bytes.
pub const MOST_LOGO_BYTES: usize = 8 * 1024 * 1024;

/// The most pixels of a picture that is read.
const MOST_PIXELS: u64 = 40_000_000;

/// The most pixels that are kept: enough for the largest place a logo has, on paper at 300 dots to the inch.
const KEPT: (u32, u32) = (1280, 320);

/// Why a file is no logo.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LogoError {
    /// More bytes than are read.
    #[error("a logo has at most 8 MB; save it smaller")]
    TooLarge,
    /// More pixels than are read.
    #[error(
        "a logo has at most 40 megapixels, and this one has {width} × {height}; save it smaller"
    )]
    TooManyPixels {
        /// Its width.
        width: u64,
        /// Its height.
        height: u64,
    },
    /// None of the formats.
    #[error("a logo is a PNG, JPEG or SVG picture, and this is none; save it as one of these")]
    Unknown,
    /// Cannot be read.
    #[error(
        "this {format} picture cannot be read: {reason}; save it anew, or as another of PNG, JPEG and SVG"
    )]
    Damaged {
        /// PNG, JPEG or SVG.
        format: &'static str,
        /// What is wrong.
        reason: String,
    },
}

/// A small picture: rows of red, green, blue and opacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    width: u32,
    height: u32,
    pixels: Arc<[u8]>,
}

impl Logo {
    /// Reads a PNG, JPEG or SVG file. What is larger than a logo is ever shown is made smaller.
    ///
    /// # Errors
    /// When it is none of these, too large, or cannot be read.
    pub fn read(bytes: &[u8]) -> Result<Self, LogoError> {
        if bytes.len() > MOST_LOGO_BYTES {
            return Err(LogoError::TooLarge);
        }
        let logo = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            read_png(bytes)?
        } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            read_jpeg(bytes)?
        } else if svg::is_one(bytes) {
            svg::read(bytes, KEPT)?
        } else {
            return Err(LogoError::Unknown);
        };
        let (width, height) = logo.fitted((f64::from(KEPT.0), f64::from(KEPT.1)));
        if width >= f64::from(logo.width) {
            return Ok(logo);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "no larger than what is kept"
        )]
        let side = |length: f64| (length.round() as u32).max(1);
        Ok(logo.shrunk(side(width), side(height)))
    }

    fn of(width: u32, height: u32, pixels: Vec<u8>) -> Self {
        Self {
            width,
            height,
            pixels: pixels.into(),
        }
    }

    /// Width and height in pixels.
    #[must_use]
    pub const fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// The largest size of its proportions within a room.
    #[must_use]
    pub fn fitted(&self, (width, height): (f64, f64)) -> (f64, f64) {
        let (own_width, own_height) = (f64::from(self.width), f64::from(self.height));
        let scale = (width / own_width).min(height / own_height);
        (own_width * scale, own_height * scale)
    }

    /// As a PNG file. The same picture gives the same bytes.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn png(&self) -> Result<Vec<u8>, LogoError> {
        let failed = |error: png::EncodingError| damaged("PNG", &error);
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgba);
        let mut writer = encoder.write_header().map_err(failed)?;
        writer.write_image_data(&self.pixels).map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(bytes)
    }

    /// As pixels to draw, at most this large.
    pub(crate) fn pixmap(&self, width: u32, height: u32) -> Option<Pixmap> {
        let picture = if width < self.width {
            self.shrunk(width.max(1), height.max(1))
        } else {
            self.clone()
        };
        let mut pixmap = Pixmap::new(picture.width, picture.height)?;
        let colours = picture.pixels.chunks_exact(4);
        for (pixel, colour) in pixmap.pixels_mut().iter_mut().zip(colours) {
            if let [red, green, blue, opacity] = *colour {
                *pixel =
                    resvg::tiny_skia::ColorU8::from_rgba(red, green, blue, opacity).premultiply();
            }
        }
        Some(pixmap)
    }

    /// Smaller: every pixel is the mean of those it stands for, weighed by their opacity.
    fn shrunk(&self, width: u32, height: u32) -> Self {
        let mut pixels = Vec::with_capacity(width as usize * height as usize * 4);
        for y in 0..height {
            let rows = span(y, height, self.height);
            for x in 0..width {
                pixels.extend(self.mean(span(x, width, self.width), rows.clone()));
            }
        }
        Self::of(width, height, pixels)
    }

    fn mean(&self, columns: std::ops::Range<u32>, rows: std::ops::Range<u32>) -> [u8; 4] {
        let mut sums = [0_u64; 4];
        let mut count = 0;
        for row in rows {
            let start = (row * self.width + columns.start) as usize * 4;
            let line = self.pixels.get(start..start + columns.len() * 4);
            for pixel in line.unwrap_or_default().chunks_exact(4) {
                if let [red, green, blue, opacity] = *pixel {
                    let weight = u64::from(opacity);
                    for (sum, part) in sums.iter_mut().zip([red, green, blue]) {
                        *sum += u64::from(part) * weight;
                    }
                    sums[3] += weight;
                    count += 1;
                }
            }
        }
        let [red, green, blue, weight] = sums;
        #[expect(clippy::cast_possible_truncation, reason = "a mean of bytes is a byte")]
        let share = |sum: u64, of: u64| (sum + of / 2).checked_div(of).unwrap_or(0) as u8;
        [
            share(red, weight),
            share(green, weight),
            share(blue, weight),
            share(weight, count),
        ]
    }
}

/// Which of `from` pixels the one at `at` of `to` stands for; never none.
fn span(at: u32, to: u32, from: u32) -> std::ops::Range<u32> {
    #[expect(clippy::cast_possible_truncation, reason = "no more than `from`")]
    let place = |at: u32| (u64::from(at) * u64::from(from) / u64::from(to)) as u32;
    let start = place(at);
    start..place(at + 1).max(start + 1)
}

fn damaged(format: &'static str, reason: &dyn std::fmt::Display) -> LogoError {
    LogoError::Damaged {
        format,
        reason: reason.to_string(),
    }
}

fn check_pixels(width: u64, height: u64) -> Result<(), LogoError> {
    if width.saturating_mul(height) > MOST_PIXELS {
        return Err(LogoError::TooManyPixels { width, height });
    }
    Ok(())
}

fn read_png(bytes: &[u8]) -> Result<Logo, LogoError> {
    let failed = |error: png::DecodingError| damaged("PNG", &error);
    let limits = png::Limits {
        bytes: 256 * 1024 * 1024,
    };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(
        png::Transformations::normalize_to_color8() | png::Transformations::ALPHA,
    );
    let header = decoder.read_header_info().map_err(failed)?;
    check_pixels(header.width.into(), header.height.into())?;
    let mut reader = decoder.read_info().map_err(failed)?;
    let room = reader
        .output_buffer_size()
        .ok_or_else(|| damaged("PNG", &"it is too large"))?;
    let mut pixels = vec![0; room];
    let frame = reader.next_frame(&mut pixels).map_err(failed)?;
    let pixels = match frame.color_type {
        png::ColorType::Rgba => pixels,
        png::ColorType::GrayscaleAlpha => pixels
            .chunks_exact(2)
            .flat_map(|pair| match *pair {
                [grey, opacity] => [grey, grey, grey, opacity],
                _ => [0; 4],
            })
            .collect(),
        other => {
            return Err(damaged(
                "PNG",
                &format!("{other:?} is no kind of colour it has"),
            ));
        }
    };
    Ok(Logo::of(frame.width, frame.height, pixels))
}

fn read_jpeg(bytes: &[u8]) -> Result<Logo, LogoError> {
    let options = DecoderOptions::new_safe()
        .set_max_width(20_000)
        .set_max_height(20_000)
        .jpeg_set_max_scans(64)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder
        .decode_headers()
        .map_err(|error| damaged("JPEG", &error))?;
    let header = decoder
        .info()
        .ok_or_else(|| damaged("JPEG", &"it has no header"))?;
    check_pixels(header.width.into(), header.height.into())?;
    let colours = decoder.decode().map_err(|error| damaged("JPEG", &error))?;
    let pixels: Vec<u8> = colours
        .chunks_exact(3)
        .flat_map(|colour| match *colour {
            [red, green, blue] => [red, green, blue, u8::MAX],
            _ => [0; 4],
        })
        .collect();
    let whole = usize::from(header.width) * usize::from(header.height) * 4;
    if pixels.len() != whole || whole == 0 {
        return Err(damaged(
            "JPEG",
            &"its colours are of a kind that is not read",
        ));
    }
    Ok(Logo::of(header.width.into(), header.height.into(), pixels))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]
mod tests {
    use super::*;

    fn checkered(width: u32, height: u32) -> Logo {
        let pixel = |at: u32| {
            if at.is_multiple_of(2) {
                [255, 0, 0, 255]
            } else {
                [0, 0, 255, 0]
            }
        };
        Logo::of(width, height, (0..width * height).flat_map(pixel).collect())
    }

    #[test]
    fn what_is_written_is_read_again_and_large_pictures_are_made_smaller() {
        let logo = checkered(30, 10);
        assert_eq!(Logo::read(&logo.png().unwrap()), Ok(logo));
        let small = Logo::read(&checkered(2000, 900).png().unwrap()).unwrap();
        assert_eq!(small.size(), (711, 320));
        assert!(
            small
                .pixels
                .chunks_exact(4)
                .all(|pixel| pixel[0] == 255 && pixel[2] == 0)
        );
    }

    #[test]
    fn an_svg_is_drawn_at_the_size_that_is_kept() {
        let text = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="10" height="10" fill="red"/></svg>"#;
        let logo = Logo::read(text.as_bytes()).unwrap();
        assert_eq!(logo.size(), (640, 320));
        let at = |x: usize| &logo.pixels[(160 * 640 + x) * 4..][..4];
        assert_eq!((at(100), at(500)), (&[255, 0, 0, 255][..], &[0; 4][..]));
    }

    #[test]
    fn what_is_no_logo_is_refused() {
        for (bytes, wanted) in [
            (&b"GIF89a"[..], LogoError::Unknown),
            (b"", LogoError::Unknown),
            (&vec![0; MOST_LOGO_BYTES + 1], LogoError::TooLarge),
        ] {
            assert_eq!(Logo::read(bytes), Err(wanted));
        }
        for bytes in [
            &b"\x89PNG\r\n\x1a\n and no more"[..],
            b"\xff\xd8\xff\xe0 and no more",
            b"<svg xmlns='http://www.w3.org/2000/svg'><g></svg>",
        ] {
            assert!(matches!(Logo::read(bytes), Err(LogoError::Damaged { .. })));
        }
    }

    /// A header may claim what it likes.
    #[test]
    fn a_picture_of_a_few_bytes_that_unfolds_without_end_is_refused() {
        let mut bytes = checkered(2, 2).png().unwrap();
        bytes[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        assert!(Logo::read(&bytes).is_err());
    }
}
