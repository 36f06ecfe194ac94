//! What holds for every slide: ids stand once, groups count places as the slide does, and a connector ends exactly where
//! the site lies that it is glued to.

use std::collections::HashMap;

use backcast_render::pptx::SlideSize;
use proptest::prelude::*;

use super::reader::{Element, Package};
use super::{invented, written};

/// A tenth of a point: the least width of a frame that bends are counted in.
const NEAR: i64 = 1270;

pub(crate) fn check(package: &Package) {
    for slide in package.slides() {
        let ids: Vec<i64> = slide
            .all("p:cNvPr")
            .iter()
            .map(|shape| shape.number("id"))
            .collect();
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "an id stands twice");
        for group in slide.all("p:grpSpPr") {
            let of = |name: &str| group.all(name)[0].attributes.clone();
            assert_eq!((of("a:off"), of("a:ext")), (of("a:chOff"), of("a:chExt")));
        }
        let shapes = shapes(&slide);
        for connector in slide.all("p:cxnSp") {
            let (start, end) = ends(connector);
            for (name, place) in [("a:stCxn", start), ("a:endCxn", end)] {
                if let Some(glue) = connector.all(name).first() {
                    let site = site(shapes[&glue.number("id")], glue.number("idx"));
                    let off = (place.0 - site.0).abs().max((place.1 - site.1).abs());
                    assert!(off <= NEAR, "{name} {site:?} {place:?}");
                }
            }
        }
    }
}

type Frame = (i64, i64, i64, i64);

fn frame(shape: &Element) -> Frame {
    let (at, size) = (shape.all("a:off")[0], shape.all("a:ext")[0]);
    (
        at.number("x"),
        at.number("y"),
        size.number("cx"),
        size.number("cy"),
    )
}

fn shapes(slide: &Element) -> HashMap<i64, Frame> {
    let placed = slide
        .all("p:sp")
        .into_iter()
        .filter(|shape| !shape.all("a:xfrm").is_empty());
    placed
        .map(|shape| {
            (
                shape.all("p:cNvPr")[0].number("id"),
                frame(shape.child("p:spPr").unwrap()),
            )
        })
        .collect()
}

/// The sites of a (round) rectangle, as the format numbers them.
fn site((x, y, width, height): Frame, index: i64) -> (i64, i64) {
    assert!(
        width % 2 == 0 && height % 2 == 0,
        "the middle of a side is a whole number"
    );
    match index {
        0 => (x + width / 2, y),
        1 => (x, y + height / 2),
        2 => (x + width / 2, y + height),
        3 => (x + width, y + height / 2),
        other => panic!("no site {other}"),
    }
}

fn ends(connector: &Element) -> ((i64, i64), (i64, i64)) {
    let (x, y, width, height) = frame(connector.child("p:spPr").unwrap());
    let mirrored = |name| connector.all("a:xfrm")[0].attribute(name) == "1";
    let (left, right) = if mirrored("flipH") {
        (x + width, x)
    } else {
        (x, x + width)
    };
    let (top, bottom) = if mirrored("flipV") {
        (y + height, y)
    } else {
        (y, y + height)
    };
    ((left, top), (right, bottom))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn connectors_hold_on_to_their_shapes_wherever_cards_stand(
        places in proptest::collection::vec((-2000.0_f64..2000.0, -2000.0_f64..2000.0), 1..8),
        pairs in proptest::collection::vec((0_usize..8, 0_usize..8), 0..12),
        fit in any::<bool>(),
    ) {
        let cards: Vec<_> = places.iter().enumerate().map(|(at, place)| invented::card(at, &format!("Card {at}"), *place)).collect();
        let links = pairs.iter().enumerate().map(|(at, (from, to))| invented::link(at, &cards, from % cards.len(), to % cards.len())).collect();
        let scene = invented::scene(vec![invented::column(0, -2000.0, 4000.0)], cards, links);
        let count = scene.links.len();
        let mut deck = invented::deck(scene);
        (deck.coverage, deck.timeline, deck.gaps) = (None, None, Vec::new());
        let package = Package::read(&written(&deck, if fit { SlideSize::Fit } else { SlideSize::Wide }));
        package.check();
        check(&package);
        let glued = package.slides()[0].all("p:cxnSp").iter().filter(|connector| !connector.all("a:endCxn").is_empty()).count();
        prop_assert_eq!(glued, count);
    }
}
