//! PDF: what it says can be found, every page says where it belongs, the same bytes every time.

use std::io::Write;
use std::process::{Command, Stdio};

use backcast_render::{Page, PdfOptions, Picture, RenderError, Scene, Spread, Theme, View, pdf};

use crate::maps::{picture, samples, scene};

/// What a program of poppler says of a PDF; `None` on a machine without it.
pub(crate) fn asked(program: &str, arguments: &[&str], bytes: &[u8]) -> Option<String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let mut command = Command::new(program);
    command
        .args(arguments)
        .arg(file.path())
        .stderr(Stdio::null());
    if program == "pdftotext" {
        command.arg("-");
    }
    let answer = command.output().ok()?;
    answer
        .status
        .success()
        .then(|| String::from_utf8_lossy(&answer.stdout).into_owned())
}

/// Without the breaks that lines of a card make.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[test]
fn every_name_is_found_in_the_text() {
    for (name, map) in samples() {
        let scene = scene(&map, Theme::light());
        for (page, spread) in [
            (Page::A4, Spread::One),
            (Page::Letter, Spread::Tiled),
            (Page::Fit, Spread::One),
        ] {
            let options = PdfOptions {
                page,
                spread,
                project: None,
            };
            let bytes = pdf(&scene.title, std::slice::from_ref(&scene), options).unwrap();
            let Some(text) = asked("pdftotext", &["-raw"], &bytes).map(|text| joined(&text)) else {
                return;
            };
            for card in &scene.cards {
                let shown = joined(&card.lines.join(" "));
                assert!(text.contains(&shown), "{name}, {page:?}: {shown}");
                // A name that had to be cut stands whole in the outline.
                let whole = shown == joined(&card.name);
                assert!(whole || holds(&bytes, &card.name), "{name}: {}", card.name);
            }
            for row in map.stages.iter() {
                assert!(
                    text.contains(&joined(&row.name)),
                    "{name}, {page:?}: {}",
                    row.name
                );
            }
            assert!(text.contains(&joined(&scene.title)), "{name}, {page:?}");
        }
    }
}

#[test]
fn the_title_and_the_tags_are_there() {
    let (_, map) = samples().remove(2);
    let scene = scene(&map, Theme::light());
    let bytes = pdf(
        &scene.title,
        std::slice::from_ref(&scene),
        PdfOptions::default(),
    )
    .unwrap();
    if let Some(info) = asked("pdfinfo", &[], &bytes) {
        assert!(
            info.contains("Escape My House") && info.contains("Tagged:          yes"),
            "{info}"
        );
        assert!(
            info.contains("841.89 x 595.28") && !info.contains("CreationDate"),
            "{info}"
        );
    }
    if let Some(tree) = asked("pdfinfo", &["-struct-text"], &bytes) {
        let (discover, buy) = (
            tree.find("Discover").unwrap(),
            tree.find("Practise the plan").unwrap(),
        );
        assert!(
            tree.find("Escape My House").unwrap() < discover && discover < buy,
            "{tree}"
        );
    }
}

#[test]
fn the_same_scenes_give_the_same_bytes() {
    let (_, map) = samples().remove(1);
    let scenes = [scene(&map, Theme::dark())];
    for spread in [Spread::One, Spread::Tiled] {
        let once = || {
            pdf(
                "Census",
                &scenes,
                PdfOptions {
                    spread,
                    ..PdfOptions::default()
                },
            )
            .unwrap()
        };
        assert!(once() == once(), "{spread:?}");
    }
}

#[test]
fn a_scene_a_page_and_numbered_pages_when_one_is_spread() {
    let (_, map) = samples().remove(1);
    let by_stage: Vec<Scene> = map
        .stages
        .ids()
        .map(|id| {
            Scene::of(&Picture {
                view: View::Stage(Some(id.clone())),
                ..picture(&map)
            })
        })
        .collect();
    let bytes = pdf("Census", &by_stage, PdfOptions::default()).unwrap();
    if let Some(info) = asked("pdfinfo", &[], &bytes) {
        assert!(
            info.contains(&format!("Pages:           {}", map.stages.len())),
            "{info}"
        );
    }
    let tiled = PdfOptions {
        spread: Spread::Tiled,
        page: Page::Letter,
        ..PdfOptions::default()
    };
    let bytes = pdf("Census", &[scene(&map, Theme::light())], tiled).unwrap();
    if let Some(text) = asked("pdftotext", &[], &bytes) {
        assert!(
            text.contains("Page 1 of 2") && text.contains("Page 2 of 2"),
            "{text}"
        );
    }
}

#[test]
fn nothing_and_far_too_much_are_refused() {
    assert_eq!(
        pdf("Nothing", &[], PdfOptions::default()),
        Err(RenderError::NoPages)
    );
    let (_, map) = samples().remove(0);
    let mut scene = scene(&map, Theme::light());
    scene.bottom = 1e7;
    let tiled = PdfOptions {
        spread: Spread::Tiled,
        ..PdfOptions::default()
    };
    assert!(matches!(
        pdf("Far", &[scene], tiled),
        Err(RenderError::TooManyPages { .. })
    ));
}
