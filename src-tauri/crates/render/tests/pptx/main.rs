//! The deck as its readers take it: parts and relations, shapes and connectors, words, sizes, the project inside.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "tests")]

mod drawn;
mod invented;
mod laws;
mod pictures;
#[path = "../shared/pixels.rs"]
mod pixels;
mod project;
mod reader;
mod samples;
mod words;

use backcast_render::pptx::{Deck, PptxOptions, SlideSize, pptx};
use backcast_render::{Logo, Theme};
use invented::deck;
use reader::Package;

const SIZES: [SlideSize; 4] = [
    SlideSize::Wide,
    SlideSize::Fit,
    SlideSize::Millimetres(297.0, 210.0),
    SlideSize::Millimetres(0.0, f64::NAN),
];

fn written(deck: &Deck, size: SlideSize) -> Vec<u8> {
    pptx(
        deck,
        &PptxOptions {
            size,
            project: None,
        },
    )
    .unwrap()
}

#[test]
fn every_sample_is_a_whole_package_and_the_same_bytes_twice() {
    let views = [Theme::light(), Theme::dark()]
        .into_iter()
        .cycle()
        .zip(SIZES.into_iter().cycle());
    for ((name, map), (theme, size)) in samples::samples().into_iter().zip(views) {
        let deck = deck(samples::scene(&map, theme));
        let bytes = written(&deck, size);
        assert!(bytes == written(&deck, size), "{name}");
        let package = Package::read(&bytes);
        package.check();
        laws::check(&package);
    }
}

#[test]
fn a_sample_has_a_shape_for_every_touchpoint_and_a_connector_for_every_link() {
    for (name, map) in samples::samples() {
        let scene = samples::scene(&map, Theme::light());
        let package = Package::read(&written(&deck(scene.clone()), SlideSize::Wide));
        let slide = &package.slides()[0];
        let glued = slide
            .all("p:cxnSp")
            .iter()
            .filter(|connector| !connector.all("a:stCxn").is_empty())
            .count();
        assert_eq!(glued, scene.links.len(), "{name}");
        let shapes = slide.all("p:cNvPr");
        for card in &scene.cards {
            let named = shapes
                .iter()
                .filter(|shape| shape.attribute("name") == card.name)
                .count();
            assert!(named >= 2, "{name}: a group and a shape for {}", card.name);
        }
        assert_eq!(
            package.notes(1),
            ["“A” leads nowhere.", "Say what people should do."],
            "{name}"
        );
    }
}

#[test]
fn lanes_are_bands_with_names_on_every_slide_size() {
    for ((name, map), size) in samples::samples()
        .into_iter()
        .zip(SIZES.into_iter().cycle())
    {
        let scene = samples::scene_in_lanes(&map, Theme::light());
        let package = Package::read(&written(&deck(scene.clone()), size));
        package.check();
        laws::check(&package);
        let slide = &package.slides()[0];
        let shapes = slide.all("p:cNvPr");
        for lane in &scene.lanes {
            for called in ["Lane", "Lane name"] {
                let called = format!("{called}: {}", lane.name);
                let drawn = shapes
                    .iter()
                    .filter(|shape| shape.attribute("name") == called);
                assert_eq!(drawn.count(), 1, "{name}: {called}");
            }
        }
    }
}

#[test]
fn a_logo_and_a_border_stand_on_the_master_and_leave_room_for_the_title() {
    let (_, map) = samples::samples().remove(2);
    let text = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10"/></svg>"#;
    let logo = Logo::read(text.as_bytes()).unwrap();
    let scene = samples::scene(&map, Theme::light())
        .with_logo(&logo)
        .with_border();
    let package = Package::read(&written(&deck(scene), SlideSize::Wide));
    package.check();
    laws::check(&package);
    assert!(package.files["ppt/media/logo.png"].starts_with(b"\x89PNG"));
    let master = package.part("ppt/slideMasters/slideMaster1.xml");
    let (picture, title) = (master.all("p:pic")[0], master.all("p:sp")[0]);
    assert_eq!(picture.all("a:blip")[0].attribute("r:embed"), "rId3");
    let left = |element: &reader::Element| element.all("a:off")[0].number("x");
    assert!(left(title) + title.all("a:ext")[0].number("cx") < left(picture));
    let names: Vec<_> = master
        .all("p:cNvPr")
        .iter()
        .map(|shape| shape.attribute("name"))
        .collect();
    assert_eq!(names, ["", "Title", "Logo", "Border"]);
}

#[test]
fn slides_stay_within_the_formats_sizes() {
    let inch = 914_400;
    for (side, size) in [
        (None, SlideSize::Wide),
        (Some(56 * inch), SlideSize::Fit),
        (Some(56 * inch), SlideSize::Millimetres(1e9, 1e9)),
        (Some(inch), SlideSize::Millimetres(-5.0, 0.0)),
    ] {
        let package = Package::read(&written(&deck(invented::wide_scene(30)), size));
        let presentation = package.part("ppt/presentation.xml");
        let slide = presentation.all("p:sldSz")[0];
        assert!(slide.number("cx") <= 56 * inch && slide.number("cy") <= 56 * inch);
        assert_eq!(slide.number("cx"), side.unwrap_or(12_192_000));
        laws::check(&package);
    }
}

#[test]
fn a_map_too_large_for_one_slide_comes_once_more_in_pieces_that_hold_every_touchpoint_once() {
    for scene in [invented::scene_of(120, 6), invented::wide_scene(40)] {
        let mut deck = deck(scene.clone());
        (deck.coverage, deck.timeline, deck.gaps) = (None, None, Vec::new());
        let package = Package::read(&written(&deck, SlideSize::Wide));
        laws::check(&package);
        let slides = package.slides();
        assert!(slides.len() > 3, "{}", slides.len());
        let mut shown: Vec<&str> = slides
            .iter()
            .flat_map(|slide| slide.all("p:nvGrpSpPr"))
            .map(|group| group.children[0].attribute("name"))
            .collect();
        shown.sort_unstable();
        for card in &scene.cards {
            let times = shown.partition_point(|name| *name <= card.name.as_str())
                - shown.partition_point(|name| *name < card.name.as_str());
            assert_eq!(times, 2, "{}", card.name);
        }
        for size in slides.iter().skip(1).flat_map(|slide| slide.all("a:rPr")) {
            let size = size.attribute("sz");
            assert!(
                size.is_empty() || size.parse::<i64>().unwrap() >= 550,
                "{size}"
            );
        }
    }
}

#[test]
fn a_small_map_has_one_slide_and_an_empty_one_says_so() {
    for (scene, words) in [
        (invented::scene_of(4, 2), "Touchpoint 1"),
        (invented::scene_of(0, 3), "No touchpoints yet"),
        (invented::scene_of(0, 0), "No touchpoints yet"),
    ] {
        let mut deck = deck(scene);
        (deck.coverage, deck.timeline, deck.gaps) = (None, None, Vec::new());
        let package = Package::read(&written(&deck, SlideSize::Wide));
        package.check();
        laws::check(&package);
        assert_eq!(package.slides().len(), 1);
        assert!(
            package.slides()[0]
                .paragraphs()
                .iter()
                .any(|paragraph| paragraph == words),
            "{words}"
        );
    }
}
