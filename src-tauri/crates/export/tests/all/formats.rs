//! Formats and what they can be told.

use std::cell::Cell;
use std::ops::ControlFlow;

use backcast_export::{
    Around, DocumentKind, ExportError, Format, Further, Options, Page, Part, Spread, ThemeChoice,
    carried_map, export,
};

use super::{SPRING, exported, snapshot, text};

#[test]
fn every_format_is_written_and_named_after_the_map() {
    for format in Format::ALL {
        let delivery = exported(format, &Options::default()).unwrap();
        assert!(
            delivery.files.iter().all(|(_, bytes)| !bytes.is_empty()),
            "{format:?}"
        );
        let several = matches!(format, Format::Csv | Format::Sheets);
        assert_eq!(
            delivery.files.len(),
            if several { 2 } else { 1 },
            "{format:?}"
        );
        let (name, _) = &delivery.files[0];
        assert!(several || name.starts_with("Spring launch"), "{name}");
    }
}

#[test]
fn what_a_format_cannot_be_told_is_refused() {
    let none = Options::default;
    let cases = [
        (
            Format::Svg,
            Options {
                scale: Some(2.0),
                ..none()
            },
            "--scale",
        ),
        (
            Format::Json,
            Options {
                theme: Some(ThemeChoice::Dark),
                ..none()
            },
            "--theme",
        ),
        (
            Format::Docx,
            Options {
                transparent: true,
                ..none()
            },
            "--transparent",
        ),
        (
            Format::Csv,
            Options {
                embed_project: true,
                ..none()
            },
            "--embed-project",
        ),
        (
            Format::Png,
            Options {
                views: Some(vec![Further::Gaps]),
                ..none()
            },
            "--view",
        ),
        (
            Format::Ics,
            Options {
                without: vec![Around::Title],
                ..none()
            },
            "--without",
        ),
        (Format::Pdf, tiled_document(), "--spread"),
    ];
    for (format, options, option) in cases {
        let error = exported(format, &options).unwrap_err();
        let ExportError::NotTold { option: told, .. } = error else {
            panic!("{format:?}: {error}");
        };
        assert_eq!(told, option, "{format:?}");
    }
}

fn tiled_document() -> Options {
    Options {
        document: Some(DocumentKind::Gaps),
        spread: Some(Spread::Tiled),
        ..Options::default()
    }
}

#[test]
fn what_does_not_go_together_or_is_not_there_is_refused() {
    let page = Options {
        page: Some(Page::Fit),
        ..Options::default()
    };
    let refused = exported(Format::Docx, &page);
    assert!(matches!(refused, Err(ExportError::Contradiction { .. })));
    let nowhere = Options {
        part: Part::Stage(backcast_model::Id::new("nowhere").unwrap()),
        ..Options::default()
    };
    let refused = exported(Format::Png, &nowhere);
    assert!(matches!(refused, Err(ExportError::NotThere { .. })));
}

#[test]
fn a_picture_opens_again_as_the_map_it_shows() {
    let map = snapshot(SPRING).map().clone();
    for format in [Format::Svg, Format::Png, Format::Pdf, Format::Pptx] {
        let with = Options {
            embed_project: true,
            ..Options::default()
        };
        let delivery = exported(format, &with).unwrap();
        assert_eq!(
            carried_map(&delivery.files[0].1).unwrap().as_ref(),
            Some(&map),
            "{format:?}"
        );
        let without = exported(format, &Options::default()).unwrap();
        assert_eq!(carried_map(&without.files[0].1), Ok(None), "{format:?}");
    }
    assert_eq!(carried_map(b"PK\x03\x04 something else"), Ok(None));
}

#[test]
fn a_part_of_the_map_is_a_smaller_picture() {
    let map = snapshot(SPRING).map().clone();
    let part = Options {
        part: Part::stage(&map, "buy").unwrap(),
        ..Options::default()
    };
    let (all, few) = (
        text(Format::Svg, &Options::default()),
        text(Format::Svg, &part),
    );
    assert!(all.contains("Search") && !few.contains(">Search<"), "{few}");
    assert!(few.contains("Shop"));
}

#[test]
fn work_is_told_of_and_stops_when_nobody_wants_it() {
    let spring = snapshot(SPRING);
    let briefs = Options {
        document: Some(DocumentKind::Briefs),
        ..Options::default()
    };
    let (told, last) = (Cell::new(0), Cell::new(0.0));
    let progress = |share: f64| {
        assert!(
            (0.0..=1.0).contains(&share) && share >= last.get(),
            "{share}"
        );
        last.set(share);
        told.set(told.get() + 1);
        ControlFlow::Continue(())
    };
    export(&spring, Format::Html, &briefs, &progress).unwrap();
    assert!(told.get() > 5 && last.get() >= 1.0);
    // Word's pictures are drawn when the document is built.
    for (format, after) in [
        (Format::Html, 0.2),
        (Format::Docx, 0.2),
        (Format::Docx, 0.6),
    ] {
        let asked = Cell::new(0);
        let stop = |share: f64| {
            if share > after {
                asked.set(asked.get() + 1);
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let stopped = export(&spring, format, &briefs, &stop);
        assert_eq!(stopped, Err(ExportError::Cancelled), "{format:?}");
        assert_eq!(asked.get(), 1, "{format:?} after {after}");
    }
}
