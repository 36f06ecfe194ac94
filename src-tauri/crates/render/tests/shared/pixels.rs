//! Pictures as pixels, and whether one looks like its reference in `tests/pictures`. When it does not, what was expected,
//! what came and where they differ stand beside each other in `target/pictures`.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "shared by tests that each use some of it, and that say no by failing loudly"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// How much two pictures of the same thing may differ.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tolerance {
    /// The side of the squares whose mean colours are compared, in pixels: how far edges may be drawn in another way.
    pub(crate) square: usize,
    /// How far such a colour may be off, 0 to 255.
    pub(crate) off: u8,
    /// How many of a million may be further off.
    pub(crate) stray: usize,
}

pub(crate) fn references() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures")
}

/// Whether references are written anew, after a change that is meant.
pub(crate) fn writes_anew() -> bool {
    std::env::var_os("BACKCAST_WRITE_PICTURES").is_some()
}

/// A picture as rows of red, green and blue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pixels {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) data: Vec<[u8; 3]>,
}

impl Pixels {
    /// From a PNG of three colours.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
            .read_info()
            .unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        assert_eq!(frame.color_type, png::ColorType::Rgb);
        Self::of(frame.width as usize, frame.height as usize, &pixels)
    }

    /// Pictures behind each other in the format that poppler prints: `P6`, width, height, `255`, the pixels.
    pub(crate) fn portable(bytes: &[u8]) -> Vec<Self> {
        let mut pictures = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            let mut word = || {
                let start = at;
                while !bytes[at].is_ascii_whitespace() {
                    at += 1;
                }
                at += 1;
                std::str::from_utf8(&bytes[start..at - 1]).unwrap()
            };
            assert_eq!(word(), "P6");
            let (width, height) = (word().parse().unwrap(), word().parse().unwrap());
            assert_eq!(word(), "255");
            let start = at;
            at += 3 * width * height;
            pictures.push(Self::of(width, height, &bytes[start..at]));
        }
        pictures
    }

    /// From its bytes, three a pixel.
    pub(crate) fn of(width: usize, height: usize, bytes: &[u8]) -> Self {
        let data = bytes
            .chunks_exact(3)
            .map(|pixel| [pixel[0], pixel[1], pixel[2]])
            .collect();
        Self {
            width,
            height,
            data,
        }
    }

    /// Its upper left corner, of this size.
    pub(crate) fn cropped(&self, width: usize, height: usize) -> Self {
        let rows = self.data.chunks_exact(self.width).take(height);
        Self {
            width,
            height,
            data: rows.flat_map(|row| &row[..width]).copied().collect(),
        }
    }

    /// The mean colours of its squares of so many pixels a side; what is left at the right and below is left out.
    pub(crate) fn reduced(&self, side: usize) -> Self {
        let (width, height) = (self.width / side, self.height / side);
        let mean = |x: usize, y: usize| {
            let rows = (y * side..(y + 1) * side).map(|row| row * self.width + x * side);
            let pixels = rows.flat_map(|start| &self.data[start..start + side]);
            let sums = pixels.fold([0_usize; 3], |sums, pixel| {
                [0, 1, 2].map(|part| sums[part] + usize::from(pixel[part]))
            });
            sums.map(|sum| (sum / (side * side)) as u8)
        };
        let data = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| mean(x, y))
            .collect();
        Self {
            width,
            height,
            data,
        }
    }

    /// Says no when the reference of this name looks different.
    pub(crate) fn looks_like(&self, name: &str, tolerance: Tolerance) {
        let path = references().join(name);
        if writes_anew() {
            fs::write(&path, self.png()).unwrap();
        }
        let expected = Self::read(&fs::read(&path).unwrap());
        if let Some(report) = expected.differs(self, tolerance) {
            panic!(
                "{name} looks different: see {}",
                report.kept(name).display()
            );
        }
    }

    /// Where it lies for somebody to look at.
    pub(crate) fn kept(&self, name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target/pictures");
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        fs::write(&path, self.png()).unwrap();
        path
    }

    /// Expected, actual and difference beside each other, when they differ too much.
    pub(crate) fn differs(&self, other: &Self, tolerance: Tolerance) -> Option<Self> {
        let same_size = (self.width, self.height) == (other.width, other.height);
        let off =
            |a: &[u8; 3], b: &[u8; 3]| (0..3).map(|part| a[part].abs_diff(b[part])).max().unwrap();
        let (mine, others) = (
            self.reduced(tolerance.square).data,
            other.reduced(tolerance.square).data,
        );
        let stray = mine
            .iter()
            .zip(&others)
            .filter(|(a, b)| off(a, b) > tolerance.off)
            .count();
        if same_size && stray * 1_000_000 <= tolerance.stray * mine.len() {
            return None;
        }
        let (width, height) = (self.width.max(other.width), self.height.max(other.height));
        let at = |picture: &Self, x: usize, y: usize| {
            let inside = x < picture.width && y < picture.height;
            if inside {
                picture.data[y * picture.width + x]
            } else {
                [255, 0, 255]
            }
        };
        let mut data = Vec::new();
        for y in 0..height {
            data.extend((0..width).map(|x| at(self, x, y)));
            data.extend((0..width).map(|x| at(other, x, y)));
            data.extend((0..width).map(|x| {
                let off = off(&at(self, x, y), &at(other, x, y));
                [
                    255,
                    255 - off.saturating_mul(4),
                    255 - off.saturating_mul(4),
                ]
            }));
        }
        Some(Self {
            width: 3 * width,
            height,
            data,
        })
    }

    /// As a PNG.
    pub(crate) fn png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&self.data.concat()).unwrap();
        writer.finish().unwrap();
        bytes
    }
}
