//! Maps in lanes: bands that touch from the heads of the stages to their bottom, every card in one, names beside them.

use backcast_layout::Grouping;
use backcast_render::{
    PdfOptions, Scene, SceneLane, Spread, SvgOptions, Theme, View, pdf, png, svg,
};
use backcast_render::{Picture, PngOptions};

use crate::maps::{picture_in_lanes, samples};
use crate::pixels::{Pixels, Tolerance};

/// What holds for every scene in lanes.
fn check(scene: &Scene, about: &str) {
    let content = scene.top + scene.head_height;
    let (first, last) = (scene.lanes.first().unwrap(), scene.lanes.last().unwrap());
    assert!((first.y - content).abs() < 0.01, "{about}: a gap on top");
    assert!(
        (last.y + last.height - scene.bottom).abs() < 0.01,
        "{about}: a gap at the bottom"
    );
    for pair in scene.lanes.windows(2) {
        let end = pair[0].y + pair[0].height;
        assert!((end - pair[1].y).abs() < 0.01, "{about}: lanes touch");
    }
    let inside =
        |lane: &SceneLane, y: f64, height: f64| lane.y <= y && y + height <= lane.y + lane.height;
    for card in &scene.cards {
        let held = scene
            .lanes
            .iter()
            .filter(|lane| inside(lane, card.y, card.height));
        assert_eq!(held.count(), 1, "{about}: {}", card.name);
    }
    let counted: usize = scene.lanes.iter().map(|lane| lane.touchpoints).sum();
    assert_eq!(counted, scene.cards.len(), "{about}");
    let (left, right) = scene.lane_span().unwrap();
    assert!(
        left >= 0.0 && right <= scene.size.0,
        "{about}: names are seen"
    );
}

#[test]
fn every_card_stands_in_its_lane_in_every_view() {
    for (name, map) in samples() {
        for by in Grouping::ALL {
            let picture = picture_in_lanes(&map, by);
            let stages = map.stages.ids().map(|id| View::Stage(Some(id.clone())));
            for view in [View::Whole].into_iter().chain(stages) {
                let scene = Scene::excerpt(&picture, &view, picture.shown);
                let about = format!("{name}, {by:?}, {view:?}");
                if scene.cards.is_empty() {
                    assert!(scene.lanes.is_empty(), "{about}");
                    continue;
                }
                check(&scene, &about);
                check(&scene.stretched(3.0), &about);
            }
        }
    }
}

#[test]
fn a_map_in_lanes_looks_as_it_did() {
    let samples = samples();
    let (_, map) = samples
        .iter()
        .find(|(name, _)| name == "escape-my-house")
        .unwrap();
    let scene = Scene::of(&Picture {
        theme: Theme::dark(),
        ..picture_in_lanes(map, Grouping::ChannelGroup)
    });
    let options = PngOptions {
        scale: 1.0,
        ..PngOptions::default()
    };
    let tolerance = Tolerance {
        square: 1,
        off: 24,
        stray: 200,
    };
    let drawn = Pixels::read(&png(&scene, options).unwrap()).reduced(2);
    drawn.looks_like("escape-my-house-lanes.png", tolerance);
    let text = svg(&scene, SvgOptions::default());
    for lane in &scene.lanes {
        let word = lane.name.split(' ').next().unwrap();
        assert!(text.contains(word), "{}", lane.name);
    }
    let tiled = PdfOptions {
        spread: Spread::Tiled,
        ..PdfOptions::default()
    };
    assert!(pdf("Lanes", &[scene], tiled).unwrap().starts_with(b"%PDF"));
}
