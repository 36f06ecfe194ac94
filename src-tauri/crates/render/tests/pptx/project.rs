//! The project inside a deck.

use std::io::{Cursor, Write};

use backcast_render::RenderError;
use backcast_render::pptx::{PptxOptions, SlideSize, pptx, project_in};
use proptest::prelude::*;

use super::invented;
use super::reader::Package;

fn carrying(project: &[u8]) -> Vec<u8> {
    let deck = invented::deck(invented::scene_of(2, 1));
    pptx(
        &deck,
        &PptxOptions {
            size: SlideSize::Wide,
            project: Some(project),
        },
    )
    .unwrap()
}

#[test]
fn a_deck_carries_what_it_was_given_however_dense() {
    for project in [
        b"SQLite format 3\0".to_vec(),
        Vec::new(),
        vec![0; 3_000_000],
        vec![7; 200],
    ] {
        let bytes = carrying(&project);
        Package::read(&bytes).check();
        assert!(project_in(&bytes).unwrap() == Some(project));
    }
}

#[test]
fn a_deck_without_a_project_says_so() {
    let deck = invented::deck(invented::scene_of(2, 1));
    let bytes = pptx(&deck, &PptxOptions::default()).unwrap();
    assert_eq!(project_in(&bytes).unwrap(), None);
}

#[test]
fn what_is_no_deck_is_refused_with_a_reason() {
    let whole = carrying(b"SQLite format 3\0");
    for bytes in [
        &b""[..],
        b"PK\x03\x04",
        b"%PDF-1.7",
        &whole[..whole.len() / 2],
    ] {
        let error = project_in(bytes).unwrap_err();
        assert!(matches!(error, RenderError::Damaged { .. }), "{error}");
    }
}

#[test]
fn a_project_that_unpacks_to_far_more_is_refused() {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    archive
        .start_file("backcast/project.backcast", options)
        .unwrap();
    archive.write_all(&vec![0; 4_000_000]).unwrap();
    let bomb = archive.finish().unwrap().into_inner();
    let error = project_in(&bomb).unwrap_err();
    assert!(error.to_string().contains("unpacks to more"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_project_is_taken_out_as_it_was_put_in(project in proptest::collection::vec(any::<u8>(), 0..5000)) {
        prop_assert_eq!(project_in(&carrying(&project)).unwrap(), Some(project));
    }

    #[test]
    fn damage_is_refused_or_harmless(at in 0_usize..20_000, byte in any::<u8>()) {
        let mut bytes = carrying(b"SQLite format 3\0 and then some more");
        let place = at % bytes.len();
        bytes[place] = byte;
        if let Ok(Some(project)) = project_in(&bytes) {
            prop_assert_eq!(project, b"SQLite format 3\0 and then some more");
        }
    }
}
