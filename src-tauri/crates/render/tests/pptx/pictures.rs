//! Reference pictures of slides: drawn from the shapes of the deck as it is read back, always; and, where `LibreOffice`
//! is installed, every slide opened by it and compared with the same shapes drawn here.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use backcast_render::Theme;
use backcast_render::pptx::SlideSize;

use crate::drawn;
use crate::invented::deck;
use crate::pixels::{Pixels, Tolerance};
use crate::reader::Package;
use crate::samples::{samples, scene};
use crate::written;

/// Our own pixels are the same on every machine, but for what other processors round.
const TOLERANCE: Tolerance = Tolerance {
    square: 1,
    off: 24,
    stray: 200,
};

/// What a presentation program with faces of its own may make of the same slide.
const ANOTHER_PROGRAM: Tolerance = Tolerance {
    square: 12,
    off: 56,
    stray: 4000,
};

/// The deck of a sample by the name of its file, in light and dark by turns.
fn decks() -> impl Iterator<Item = (String, Vec<u8>)> {
    let themes = [Theme::light(), Theme::dark()].into_iter().cycle();
    samples()
        .into_iter()
        .zip(themes)
        .map(|((path, map), theme)| {
            let name = Path::new(&path).file_name().unwrap().to_string_lossy();
            let name = name.replace(".backcast.json", "");
            (name, written(&deck(scene(&map, theme)), SlideSize::Wide))
        })
}

#[test]
fn the_slides_of_the_sample_maps_look_as_they_did() {
    for (at, (name, bytes)) in decks().enumerate() {
        for (number, slide) in drawn::slides(&Package::read(&bytes)).iter().enumerate() {
            // What follows the map's own slide is made up, and the same in every deck of a theme.
            if number == 0 || at < 2 {
                let name = format!("{name}-slide{}.png", number + 1);
                slide.reduced(2).looks_like(&name, TOLERANCE);
            }
        }
    }
}

#[test]
fn a_shape_that_is_moved_is_seen() {
    let (_, map) = samples().remove(2);
    let before = scene(&map, Theme::light());
    let mut after = before.clone();
    after.cards[3].y += 12.0;
    let drawn = |scene| {
        let bytes = written(&deck(scene), SlideSize::Wide);
        drawn::slides(&Package::read(&bytes)).remove(0).reduced(2)
    };
    assert!(drawn(before).differs(&drawn(after), TOLERANCE).is_some());
}

#[test]
fn another_program_shows_the_same_slides() {
    let decks: Vec<_> = decks().collect();
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in &decks {
        fs::write(folder.path().join(format!("{name}.pptx")), bytes).unwrap();
    }
    if !opened_by_libreoffice(folder.path(), &decks) {
        return;
    }
    for (name, bytes) in &decks {
        let (shown, drawn) = (
            shown(folder.path(), name),
            drawn::slides(&Package::read(bytes)),
        );
        assert_eq!(shown.len(), drawn.len(), "{name}");
        for (at, (shown, drawn)) in shown.iter().zip(&drawn).enumerate() {
            // A page may end within a pixel.
            let shown = shown.cropped(drawn.width, drawn.height);
            if let Some(report) = drawn.differs(&shown, ANOTHER_PROGRAM) {
                let name = format!("{name}-slide{}-libreoffice.png", at + 1);
                panic!("slide {}: see {}", at + 1, report.kept(&name).display());
            }
        }
    }
}

/// Every deck of a folder as PDF beside it; `false` on a machine without `LibreOffice` and poppler.
fn opened_by_libreoffice(folder: &Path, decks: &[(String, Vec<u8>)]) -> bool {
    let mut command = Command::new("soffice");
    command
        .arg(format!(
            "-env:UserInstallation=file://{}/profile",
            folder.display()
        ))
        .args(["--headless", "--convert-to", "pdf"])
        .args(decks.iter().map(|(name, _)| format!("{name}.pptx")))
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let opened = command.status().is_ok_and(|status| status.success());
    opened
        && Command::new("pdftoppm")
            .arg("-v")
            .stderr(Stdio::null())
            .status()
            .is_ok()
}

/// Every slide as `LibreOffice` shows it, a pixel to the point.
fn shown(folder: &Path, name: &str) -> Vec<Pixels> {
    let mut command = Command::new("pdftoppm");
    command
        .args(["-r", "72"])
        .arg(format!("{name}.pdf"))
        .current_dir(folder);
    Pixels::portable(&command.output().unwrap().stdout)
}
