//! What goes out comes back: from any map to a format and back, on the fields that the format carries.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

mod common;

use backcast_exchange::intake::{self, NamedBytes};
use backcast_exchange::reconcile::{Choices, reconcile};
use backcast_exchange::{
    Imported, Placement, canvas, csv, drawio, graphml, mermaid, sheets, xlsx, zipped,
};
use backcast_model::Map;
use common::{catalog, maps, sample};
use proptest::prelude::*;

fn content<'a>(map: &'a Map, catalog: &'a backcast_model::catalog::Catalog) -> xlsx::Content<'a> {
    xlsx::Content {
        map,
        catalog,
        coverage: None,
        gaps: None,
        base_address: None,
    }
}

fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Imported {
    let files: [NamedBytes; 1] = [(name.to_owned(), bytes.into())];
    intake::read(&files, &intake::Choices::default(), catalog()).unwrap()
}

/// Taking in what came back changes nothing.
fn assert_unchanged(map: &Map, again: &Imported) -> Result<(), TestCaseError> {
    let reconciled = reconcile(
        map,
        again,
        Choices {
            delete_missing: true,
        },
    );
    prop_assert!(reconciled.edits.is_empty(), "{:#?}", reconciled.differences);
    Ok(())
}

/// What came back is the map itself, byte for byte in its text form.
fn assert_same(map: &Map, again: &Imported) -> Result<(), TestCaseError> {
    prop_assert_eq!(
        backcast_exchange::write(&again.map),
        backcast_exchange::write(map)
    );
    prop_assert!(again.notes.is_empty(), "{:?}", again.notes);
    assert_unchanged(map, again)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn drawio_keeps_all(map in maps()) {
        assert_same(&map, &read("map.drawio", drawio::write(&map, &Placement::default())))?;
    }

    #[test]
    fn graphml_keeps_all(map in maps()) {
        assert_same(&map, &read("map.graphml", graphml::write(&map, catalog())))?;
    }

    #[test]
    fn canvas_keeps_all(map in maps()) {
        assert_same(&map, &read("map.canvas", canvas::write(&map, &Placement::default())))?;
    }

    #[test]
    fn values_keep_every_field_of_touchpoints_and_links(map in maps()) {
        let files = csv::write(&map, catalog());
        let again = read("map.zip", zipped(&files).unwrap());
        assert_unchanged(&map, &again)?;
        prop_assert!(again.map.touchpoints.ids().eq(map.touchpoints.ids()));
        prop_assert!(again.map.links.ids().eq(map.links.ids()));
    }

    #[test]
    fn workbooks_keep_every_field_of_touchpoints_and_links(map in maps()) {
        let again = read("map.xlsx", xlsx::write(&content(&map, catalog())).unwrap());
        assert_unchanged(&map, &again)?;
        prop_assert!(again.map.touchpoints.ids().eq(map.touchpoints.ids()));
    }

    #[test]
    fn mermaid_keeps_names_stages_kinds_and_calls_to_action(map in maps()) {
        let text = mermaid::write(&map);
        let again = read("map.mmd", text.clone());
        let reconciled = reconcile(&map, &again, Choices { delete_missing: true });
        prop_assert!(reconciled.edits.is_empty(), "{:#?}\n{}", reconciled.differences, text);
    }

    #[test]
    fn writing_the_same_again_gives_the_same_bytes(map in maps()) {
        let catalog = catalog();
        prop_assert_eq!(xlsx::write(&content(&map, catalog)).unwrap(), xlsx::write(&content(&map, catalog)).unwrap());
        prop_assert_eq!(zipped(&sheets::write(&map, catalog)).unwrap(), zipped(&sheets::write(&map, catalog)).unwrap());
    }
}

#[test]
fn samples_come_back_from_every_format() {
    for name in [
        "escape-my-house",
        "census-2020",
        "tips-from-former-smokers-2013",
        "agency-schematic",
        "thought-leadership-loop",
    ] {
        let (map, catalog) = (sample(name), catalog());
        let whole = [
            read("map.drawio", drawio::write(&map, &Placement::columns(&map))),
            read("map.graphml", graphml::write(&map, catalog)),
            read("map.canvas", canvas::write(&map, &Placement::columns(&map))),
        ];
        for again in whole {
            assert_eq!(
                backcast_exchange::write(&again.map),
                backcast_exchange::write(&map),
                "{name}"
            );
        }
        let parts = [
            read("map.mmd", mermaid::write(&map)),
            read("map.xlsx", xlsx::write(&content(&map, catalog)).unwrap()),
            read("map.zip", zipped(&csv::write(&map, catalog)).unwrap()),
            read("map.zip", zipped(&sheets::write(&map, catalog)).unwrap()),
        ];
        for again in parts {
            let reconciled = reconcile(
                &map,
                &again,
                Choices {
                    delete_missing: true,
                },
            );
            assert_eq!(
                reconciled.edits,
                [],
                "{name}: {:#?}",
                reconciled.differences
            );
        }
    }
}

#[test]
fn a_table_opened_and_saved_elsewhere_still_comes_back() {
    // Excel turns commas into semicolons where commas are decimal signs, and forgets the byte-order mark.
    let map = sample("census-2020");
    let files = csv::write(&map, catalog());
    let resaved: Vec<NamedBytes> = files
        .iter()
        .map(|(name, bytes)| {
            let mut reader = ::csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(&bytes[3..]);
            let mut writer = ::csv::WriterBuilder::new()
                .delimiter(b';')
                .from_writer(Vec::new());
            for record in reader.records() {
                writer.write_record(&record.unwrap()).unwrap();
            }
            (name.clone(), writer.into_inner().unwrap())
        })
        .collect();
    let again = intake::read(&resaved, &intake::Choices::default(), catalog()).unwrap();
    let reconciled = reconcile(&map, &again, Choices::default());
    assert_eq!(reconciled.edits, [], "{:#?}", reconciled.differences);
}
