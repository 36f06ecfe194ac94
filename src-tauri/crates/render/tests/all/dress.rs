//! A logo and a border, in every format that has them.

use backcast_render::{
    Ground, Logo, Page, PdfOptions, PngOptions, Scene, Spread, SvgOptions, Theme, pdf, png, svg,
};

use crate::maps::{picture, samples, scene};
use crate::pages::asked;
use crate::pixels::Pixels;

/// Red, three times as wide as high.
const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10" fill="#ff0000"/></svg>"##;

fn dressed() -> Scene {
    let (_, map) = samples().remove(2);
    let logo = Logo::read(LOGO.as_bytes()).unwrap();
    scene(&map, Theme::light()).with_logo(&logo).with_border()
}

#[test]
fn a_logo_stands_beside_the_title_and_a_border_around_everything() {
    let plain = {
        let (_, map) = samples().remove(2);
        scene(&map, Theme::light())
    };
    let scene = dressed();
    let logo = scene.logo.as_ref().unwrap();
    assert_eq!(scene.size, plain.size, "nothing moves");
    assert!(logo.y > 0.0 && logo.y + logo.height < scene.top);
    assert!(logo.x + logo.width < scene.size.0);
    let text = svg(&scene, SvgOptions::default());
    assert_eq!(text.matches("<image ").count(), 1);
    assert!(
        text.contains("href=\"data:image/png;base64,"),
        "and nothing is fetched"
    );
    for (scale, ground) in [(1.0, Ground::Opaque), (2.0, Ground::Opaque)] {
        let drawn = Pixels::read(&png(&scene, PngOptions { ground, scale }).unwrap());
        let at =
            |x: f64, y: f64| drawn.data[(y * scale) as usize * drawn.width + (x * scale) as usize];
        let (x, y) = (logo.x + logo.width / 2.0, logo.y + logo.height / 2.0);
        assert_eq!(at(x, y), [255, 0, 0]);
        assert_ne!(at(x, 8.0), at(x, 4.0), "the border");
    }
}

#[test]
fn without_a_title_the_logo_has_a_line_of_its_own() {
    let (_, map) = samples().remove(2);
    let mut bare = picture(&map);
    bare.shown.title = false;
    let plain = Scene::of(&bare);
    let logo = Logo::read(LOGO.as_bytes()).unwrap();
    let scene = plain.clone().with_logo(&logo);
    assert!(scene.top > plain.top && scene.size.1 > plain.size.1);
    let logo = scene.logo.unwrap();
    assert!(logo.y + logo.height < scene.top);
}

#[test]
fn every_page_of_a_pdf_has_the_logo() {
    let scene = dressed();
    for spread in [Spread::One, Spread::Tiled] {
        let options = PdfOptions {
            page: Page::A4,
            spread,
            project: None,
        };
        let bytes = pdf("Map", std::slice::from_ref(&scene), options).unwrap();
        let (Some(images), Some(info)) = (
            asked("pdfimages", &["-list"], &bytes),
            asked("pdfinfo", &[], &bytes),
        ) else {
            return;
        };
        let pages = info
            .lines()
            .find_map(|line| line.strip_prefix("Pages:"))
            .unwrap();
        let pages: usize = pages.trim().parse().unwrap();
        let shown = images
            .lines()
            .filter(|line| line.contains(" image "))
            .count();
        assert_eq!(shown, pages, "{images}");
    }
}
