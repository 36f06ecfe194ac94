//! Reference pictures of the pages of PDFs, drawn by poppler as readers see them. Poppler's way with the edges of shapes
//! and letters changes from version to version, so squares of six points are compared by their mean colour: a drawer of
//! another kind (cairo's) passes, a card that is moved or a word that is lost does not.

use std::io::Write;
use std::process::{Command, Stdio};

use backcast_model::Map;
use backcast_render::{Page, PdfOptions, Picture, Scene, Spread, Theme, View, pdf};

use crate::maps::{picture, samples, scene};
use crate::pixels::{Pixels, Tolerance};

/// What drawers may make of the same page.
const TOLERANCE: Tolerance = Tolerance {
    square: 6,
    off: 24,
    stray: 0,
};

/// The pages of a PDF as poppler draws them, a pixel to the point; `None` on a machine without it.
fn pages(bytes: &[u8]) -> Option<Vec<Pixels>> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let mut command = Command::new("pdftoppm");
    command
        .args(["-r", "144"])
        .arg(file.path())
        .stderr(Stdio::null());
    let answer = command.output().ok()?;
    assert!(answer.status.success(), "poppler reads it");
    let pages = Pixels::portable(&answer.stdout);
    Some(pages.iter().map(|page| page.reduced(2)).collect())
}

fn check(name: &str, scenes: &[Scene], page: Page, spread: Spread) {
    let options = PdfOptions {
        page,
        spread,
        project: None,
    };
    let bytes = pdf(name, scenes, options).unwrap();
    for (at, page) in pages(&bytes).into_iter().flatten().enumerate() {
        page.looks_like(&format!("{name}-page{}.png", at + 1), TOLERANCE);
    }
}

fn by_stage(map: &Map) -> Vec<Scene> {
    let one = |id: &backcast_model::Id| {
        Scene::of(&Picture {
            view: View::Stage(Some(id.clone())),
            ..picture(map)
        })
    };
    map.stages.ids().map(one).collect()
}

#[test]
fn the_sample_maps_lie_on_a_page_as_they_did() {
    for (name, map) in samples() {
        check(&name, &[scene(&map, Theme::light())], Page::A4, Spread::One);
    }
}

#[test]
fn spread_maps_lie_on_their_pages_as_they_did() {
    for (name, map) in samples() {
        let scenes = [scene(&map, Theme::dark())];
        match name.as_str() {
            "census-2020" => check(
                &format!("{name}-tiled"),
                &scenes,
                Page::Letter,
                Spread::Tiled,
            ),
            "escape-my-house" => {
                let stages = by_stage(&map);
                check(
                    &format!("{name}-stages"),
                    &stages,
                    Page::Letter,
                    Spread::One,
                );
            }
            _ => {}
        }
    }
}

#[test]
fn a_drawer_of_another_kind_is_within_the_tolerance() {
    for (name, map) in samples() {
        let bytes = pdf(&name, &[scene(&map, Theme::light())], PdfOptions::default()).unwrap();
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&bytes).unwrap();
        let mut command = Command::new("pdftocairo");
        command.args(["-r", "144", "-png", "-singlefile"]);
        let Ok(answer) = command.arg(file.path()).arg("-").output() else {
            return;
        };
        let (drawn, expected) = (
            Pixels::read(&answer.stdout).reduced(2),
            pages(&bytes).unwrap(),
        );
        assert!(expected[0].differs(&drawn, TOLERANCE).is_none(), "{name}");
    }
}

#[test]
fn a_card_that_is_moved_and_a_word_that_is_lost_are_seen() {
    let (_, map) = samples().remove(2);
    let before = scene(&map, Theme::light());
    let mut moved = before.clone();
    moved.cards[3].y += 12.0;
    let mut silent = before.clone();
    silent.cards[3].lines.clear();
    let drawn = |scene: Scene| pages(&pdf("Map", &[scene], PdfOptions::default()).unwrap());
    let Some(expected) = drawn(before) else {
        return;
    };
    for other in [moved, silent] {
        let seen = drawn(other).unwrap();
        assert!(expected[0].differs(&seen[0], TOLERANCE).is_some());
    }
}
