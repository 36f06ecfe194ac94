//! Pictures in lanes: with their names in words, as the window shows them where it does, and told to pictures alone.

use std::ops::ControlFlow;

use backcast_export::{Delivery, ExportError, Format, Grouping, Options, export};

use crate::{SPRING, exported, snapshot, text};

fn by(grouping: Grouping) -> Options {
    Options {
        lanes: Some(grouping),
        ..Options::default()
    }
}

#[test]
fn lanes_are_named_in_words() {
    let cases = [
        (Grouping::Audience, "City commuters", "No audience"),
        (Grouping::Media, "Paid", "No media"),
        (Grouping::Ownership, "Brand", "No ownership"),
        (Grouping::ChannelGroup, "digital", "No channel group"),
    ];
    for (grouping, some, none) in cases {
        let picture = text(Format::Svg, &by(grouping));
        for word in [some, none.rsplit(' ').next().unwrap()] {
            assert!(picture.contains(word), "{grouping:?}: {word}");
        }
        assert!(picture.contains("id=\"lane-1\""), "{grouping:?}");
    }
    let plain = text(Format::Svg, &Options::default());
    assert!(!plain.contains("id=\"lane-1\""));
}

#[test]
fn lanes_that_are_seen_are_exported_as_they_are_seen() {
    let svg = |snapshot: &_| {
        let go_on = |_: f64| ControlFlow::Continue(());
        let Delivery { files, .. } =
            export(snapshot, Format::Svg, &by(Grouping::Media), &go_on).unwrap();
        files[0].1.clone()
    };
    let mut snapshot = snapshot(SPRING);
    let anew = svg(&snapshot);
    let mut seen = snapshot.layout.clone();
    seen.lanes = vec![backcast_layout::Lane {
        name: Some("paid".to_owned()),
        y: 0.0,
        height: 2_000.0,
    }];
    snapshot.in_lanes = Some((Grouping::Ownership, seen.clone()));
    assert!(
        svg(&snapshot) == anew,
        "other lanes than those that are seen"
    );
    snapshot.in_lanes = Some((Grouping::Media, seen));
    assert!(svg(&snapshot) != anew);
}

#[test]
fn only_pictures_are_told_of_lanes() {
    for format in Format::ALL {
        let delivered = exported(format, &by(Grouping::Audience));
        let is_picture = matches!(
            format,
            Format::Svg | Format::Png | Format::Pdf | Format::Pptx
        );
        match delivered {
            Ok(_) => assert!(is_picture, "{format:?}"),
            Err(ExportError::NotTold { option, .. }) => {
                assert!(!is_picture && option == "--lanes", "{format:?}");
            }
            Err(other) => panic!("{format:?}: {other}"),
        }
    }
}
