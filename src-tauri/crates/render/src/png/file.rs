//! Strips of rows as one PNG file. Each strip is packed by itself, so that many can be at once; joined they are the one
//! stream that PNG wants (P. Deutsch, RFC 1950 and 1951: packed data may be cut at the end of any block).

use std::borrow::Cow;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use resvg::tiny_skia::{ColorU8, PremultipliedColorU8};
use simd_adler32::Adler32;

use super::PngOptions;
use super::chunk;
use crate::paint::Ground;

/// How a row says what it was made of: from nothing, from the row above.
const NONE: u8 = 0;
const UP: u8 = 2;

/// How many pixels are compared with those above at once: pieces that are the same stay the zeros they are.
const PIECE: usize = 32;

/// How many rows are made and packed at once: few enough that they are packed before they leave the processor's cache.
const AT_ONCE: usize = 16;

/// A packed strip of rows.
pub(super) struct Packed {
    bytes: Vec<u8>,
    /// Adler-32 of the rows, and how many bytes they have.
    sum: u32,
    length: usize,
}

impl Packed {
    /// Packs the pixels of a strip, four bytes each with colours times opacity. `rows` is room to work in.
    pub(super) fn of(
        pixels: &[u8],
        width: usize,
        ground: Ground,
        rows: &mut Vec<u8>,
    ) -> std::io::Result<Self> {
        let pixels = match ground {
            Ground::Opaque => Cow::Borrowed(pixels),
            Ground::Transparent => Cow::Owned(straight(pixels)),
        };
        let mut packer =
            DeflateEncoder::new(Vec::with_capacity(pixels.len() / 16), Compression::fast());
        let (mut sum, mut length) = (Adler32::new(), 0);
        let line = 4 * width.max(1);
        let mut above = None;
        for lines in pixels.chunks(line * AT_ONCE) {
            match ground {
                Ground::Opaque => differences::<3>(lines, above, width, rows),
                Ground::Transparent => differences::<4>(lines, above, width, rows),
            }
            above = lines.rchunks_exact(line).next();
            sum.write(rows);
            length += rows.len();
            packer.write_all(rows)?;
        }
        // Ends at a whole byte, and does not say that nothing follows.
        packer.flush()?;
        Ok(Self {
            bytes: std::mem::take(packer.get_mut()),
            sum: sum.finish(),
            length,
        })
    }
}

/// Colours by themselves, as PNG has them.
fn straight(pixels: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(pixels.len());
    for pixel in pixels.chunks_exact(4) {
        let colour = PremultipliedColorU8::from_rgba(pixel[0], pixel[1], pixel[2], pixel[3]);
        let colour = colour.map_or(ColorU8::from_rgba(0, 0, 0, 0), |colour| colour.demultiply());
        bytes.extend([colour.red(), colour.green(), colour.blue(), colour.alpha()]);
    }
    bytes
}

/// The first `N` bytes of each pixel, in rows that say how they differ from the one above: most do not. The first row of a
/// strip does not know the one above it.
fn differences<'a, const N: usize>(
    pixels: &'a [u8],
    mut above: Option<&'a [u8]>,
    width: usize,
    rows: &mut Vec<u8>,
) {
    let height = pixels.len() / (4 * width).max(1);
    rows.clear();
    rows.resize(height * (N * width + 1), 0);
    for (row, line) in rows
        .chunks_exact_mut(N * width + 1)
        .zip(pixels.chunks_exact(4 * width))
    {
        let Some((filter, row)) = row.split_first_mut() else {
            return;
        };
        match above {
            None => {
                *filter = NONE;
                for (byte, pixel) in row.chunks_exact_mut(N).zip(line.chunks_exact(4)) {
                    byte.copy_from_slice(&pixel[..N]);
                }
            }
            Some(above) => {
                *filter = UP;
                let pieces = row.chunks_mut(N * PIECE).zip(line.chunks(4 * PIECE));
                for ((bytes, pixels), above) in pieces.zip(above.chunks(4 * PIECE)) {
                    if pixels != above {
                        subtract::<N>(bytes, pixels, above);
                    }
                }
            }
        }
        above = Some(line);
    }
}

fn subtract<const N: usize>(bytes: &mut [u8], pixels: &[u8], above: &[u8]) {
    let pixels = pixels.chunks_exact(4).zip(above.chunks_exact(4));
    for (byte, (pixel, above)) in bytes.chunks_exact_mut(N).zip(pixels) {
        for part in 0..N {
            byte[part] = pixel[part].wrapping_sub(above[part]);
        }
    }
}

/// A file that grows strip by strip.
pub(super) struct PngFile {
    bytes: Vec<u8>,
    sum: u32,
    /// What stands at the beginning of the packed data, until it was written.
    start: &'static [u8],
}

impl PngFile {
    pub(super) fn new(width: u32, height: u32, options: PngOptions) -> Self {
        let mut bytes = chunk::SIGNATURE.to_vec();
        let colour_type = match options.ground {
            Ground::Opaque => 2,
            Ground::Transparent => 6,
        };
        let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
        header.extend([8, colour_type, 0, 0, 0]);
        chunk::write(&mut bytes, *b"IHDR", &[&header]);
        // So that a picture comes into a document as large as it is on screen: pixels to a metre, both ways.
        let density = ((96.0 * options.scale / 0.0254).round() as u32).to_be_bytes();
        chunk::write(&mut bytes, *b"pHYs", &[&density, &density, &[1]]);
        Self {
            bytes,
            sum: 1,
            start: &[0x78, 0x01],
        }
    }

    pub(super) fn push(&mut self, strip: &Packed) {
        chunk::write(
            &mut self.bytes,
            *b"IDAT",
            &[std::mem::take(&mut self.start), &strip.bytes],
        );
        self.sum = joined(self.sum, strip.sum, strip.length);
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        // A last block with nothing in it, then the sum of everything.
        chunk::write(
            &mut self.bytes,
            *b"IDAT",
            &[self.start, &[0x03, 0x00], &self.sum.to_be_bytes()],
        );
        chunk::write(&mut self.bytes, *b"IEND", &[]);
        self.bytes
    }
}

/// The Adler-32 of two pieces from those of each, the second of `length` bytes.
fn joined(first: u32, second: u32, length: usize) -> u32 {
    const BASE: u64 = 65_521;
    let halves = |sum: u32| (u64::from(sum & 0xffff), u64::from(sum >> 16));
    let ((low_1, high_1), (low_2, high_2)) = (halves(first), halves(second));
    let length = length as u64 % BASE;
    let low = (low_1 + low_2 + BASE - 1) % BASE;
    let high = (high_1 + high_2 + length * (low_1 + BASE - 1)) % BASE;
    ((high << 16) | low) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sums_of_pieces_join_to_the_sum_of_all(first in any::<Vec<u8>>(), second in any::<Vec<u8>>()) {
            let sum = |bytes: &[u8]| simd_adler32::adler32(&bytes);
            let whole = [first.as_slice(), &second].concat();
            prop_assert_eq!(joined(sum(&first), sum(&second), second.len()), sum(&whole));
        }
    }

    #[test]
    fn strips_are_read_as_one_picture() {
        let mut pixels: Vec<u8> = (0..30 * 20_u32).map(|at| (at * at / 7) as u8).collect();
        pixels.chunks_exact_mut(4).for_each(|pixel| pixel[3] = 255);
        for (ground, bytes_of_pixel) in [(Ground::Opaque, 3), (Ground::Transparent, 4)] {
            let mut file = PngFile::new(5, 30, PngOptions { ground, scale: 1.0 });
            for strip in pixels.chunks(7 * 20) {
                file.push(&Packed::of(strip, 5, ground, &mut Vec::new()).unwrap());
            }
            let mut reader = png::Decoder::new(std::io::Cursor::new(file.finish()))
                .read_info()
                .unwrap();
            let mut read = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut read).unwrap();
            reader.finish().unwrap();
            let expected = pixels
                .chunks_exact(4)
                .flat_map(|pixel| &pixel[..bytes_of_pixel]);
            assert!(read.iter().eq(expected), "{ground:?}");
        }
    }
}
