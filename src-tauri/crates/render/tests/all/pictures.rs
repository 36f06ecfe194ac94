//! Reference pictures of the sample maps: the SVG text must be the same, the PNG must look the same. When one does not, what
//! was expected, what came and where they differ stand beside each other in `target/pictures`. After a change that is
//! meant, `BACKCAST_WRITE_PICTURES=1 cargo test -p backcast-render` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};

use backcast_render::{Ground, PngOptions, RenderError, SvgOptions, Theme, png, svg};

use crate::maps::{root, samples, scene};

/// How far a pixel's colour may be off, 0 to 255, and how many of a million may be further off.
const TOLERANCE: u8 = 24;
const STRAY: usize = 200;

fn references() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures")
}

fn writes_anew() -> bool {
    std::env::var_os("BACKCAST_WRITE_PICTURES").is_some()
}

#[test]
fn the_sample_maps_are_drawn_as_they_were() {
    for (name, map) in samples() {
        let text = svg(&scene(&map, Theme::light()), SvgOptions::default());
        let path = references().join(format!("{name}.svg"));
        if writes_anew() {
            fs::write(&path, &text).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap();
        let differs = expected.lines().zip(text.lines()).position(|(a, b)| a != b);
        assert!(
            expected == text,
            "{name}.svg differs, from line {:?} on",
            differs.map(|line| line + 1)
        );
    }
}

#[test]
fn the_sample_maps_look_as_they_did() {
    for (name, map) in samples() {
        let options = PngOptions {
            scale: 1.0,
            ..PngOptions::default()
        };
        let drawn = Pixels::read(&png(&scene(&map, Theme::dark()), options).unwrap()).halved();
        let path = references().join(format!("{name}.png"));
        if writes_anew() {
            fs::write(&path, drawn.png()).unwrap();
        }
        let expected = Pixels::read(&fs::read(&path).unwrap());
        if let Some(report) = expected.differs(&drawn) {
            let folder = root().join("target/pictures");
            fs::create_dir_all(&folder).unwrap();
            let path = folder.join(format!("{name}.png"));
            fs::write(&path, report.png()).unwrap();
            panic!("{name}.png looks different: see {}", path.display());
        }
    }
}

#[test]
fn the_same_scene_gives_the_same_bytes() {
    let (_, map) = samples().remove(0);
    let once = || {
        let scene = scene(&map, Theme::light());
        (
            svg(&scene, SvgOptions::default()),
            png(&scene, PngOptions::default()).unwrap(),
        )
    };
    assert!(once() == once());
}

#[test]
fn a_transparent_picture_has_no_ground_and_an_opaque_one_no_alpha() {
    let (_, map) = samples().remove(0);
    let scene = scene(&map, Theme::light());
    for (ground, colours) in [
        (Ground::Opaque, png::ColorType::Rgb),
        (Ground::Transparent, png::ColorType::Rgba),
    ] {
        let bytes = png(&scene, PngOptions { ground, scale: 1.0 }).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
            .read_info()
            .unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        assert_eq!(reader.next_frame(&mut pixels).unwrap().color_type, colours);
        if ground == Ground::Transparent {
            assert_eq!(pixels[3], 0, "the corner is clear");
        }
    }
}

#[test]
fn a_picture_too_large_is_refused_with_the_scale_that_fits() {
    let (_, map) = samples().remove(0);
    let mut scene = scene(&map, Theme::light());
    let options = |scale| PngOptions {
        scale,
        ..PngOptions::default()
    };
    assert!(matches!(
        png(&scene, options(0.5)),
        Err(RenderError::Scale { .. })
    ));
    assert!(matches!(
        png(&scene, options(f64::NAN)),
        Err(RenderError::Scale { .. })
    ));
    scene.size = (10_000.0, 5000.0);
    let error = png(&scene, options(4.0)).unwrap_err();
    assert!(
        matches!(error, RenderError::TooManyPixels { largest: 154, .. }),
        "{error}"
    );
    assert!(error.to_string().contains("1.54"), "{error}");
    scene.size = (50_000.0, 50_000.0);
    let error = png(&scene, options(1.0)).unwrap_err();
    assert!(error.to_string().contains("SVG or PDF"), "{error}");
}

#[test]
fn fonts_come_along_when_they_are_asked_for() {
    let (_, map) = samples().remove(0);
    let scene = scene(&map, Theme::light());
    let fonts = backcast_render::FontUse::Embedded;
    let text = svg(
        &scene,
        SvgOptions {
            fonts,
            ..SvgOptions::default()
        },
    );
    assert_eq!(
        text.matches("@font-face").count(),
        3,
        "one script, three weights"
    );
    assert!(text.len() < 200_000, "{}", text.len());
}

/// A picture as rows of red, green and blue.
struct Pixels {
    width: usize,
    height: usize,
    data: Vec<[u8; 3]>,
}

impl Pixels {
    fn read(bytes: &[u8]) -> Self {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
            .read_info()
            .unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        assert_eq!(frame.color_type, png::ColorType::Rgb);
        let data = pixels
            .chunks_exact(3)
            .map(|pixel| [pixel[0], pixel[1], pixel[2]])
            .collect();
        Self {
            width: frame.width as usize,
            height: frame.height as usize,
            data,
        }
    }

    /// Half as wide and high: four pixels become their mean.
    fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mean = |x: usize, y: usize| {
            let four = [(0, 0), (1, 0), (0, 1), (1, 1)]
                .map(|(dx, dy)| self.data[(2 * y + dy) * self.width + 2 * x + dx]);
            [0, 1, 2].map(|part| {
                (four.iter().map(|pixel| u16::from(pixel[part])).sum::<u16>() / 4) as u8
            })
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

    /// Expected, actual and difference beside each other, when they differ too much.
    fn differs(&self, other: &Self) -> Option<Self> {
        let same_size = (self.width, self.height) == (other.width, other.height);
        let off =
            |a: &[u8; 3], b: &[u8; 3]| (0..3).map(|part| a[part].abs_diff(b[part])).max().unwrap();
        let stray = self
            .data
            .iter()
            .zip(&other.data)
            .filter(|(a, b)| off(a, b) > TOLERANCE)
            .count();
        if same_size && stray * 1_000_000 <= STRAY * self.data.len() {
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

    fn png(&self) -> Vec<u8> {
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
