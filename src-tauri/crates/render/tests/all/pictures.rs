//! Reference pictures of the sample maps: the SVG text must be the same, the PNG must look the same. When one does not, what
//! was expected, what came and where they differ stand beside each other in `target/pictures`. After a change that is
//! meant, `BACKCAST_WRITE_PICTURES=1 cargo test -p backcast-render` writes them anew.

use std::fs;

use backcast_render::{Ground, PngOptions, RenderError, SvgOptions, Theme, png, svg};

use crate::maps::{samples, scene};
use crate::pixels::{Pixels, Tolerance, references, writes_anew};

/// Our own pixels are the same on every machine, but for what other processors round.
const TOLERANCE: Tolerance = Tolerance {
    square: 1,
    off: 24,
    stray: 200,
};

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
        let drawn = Pixels::read(&png(&scene(&map, Theme::dark()), options).unwrap()).reduced(2);
        drawn.looks_like(&format!("{name}.png"), TOLERANCE);
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
