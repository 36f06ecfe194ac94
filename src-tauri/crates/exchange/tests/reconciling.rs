//! An edited table updates instead of doubling, and says what it changes before it does.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

mod common;

use backcast_exchange::intake::{self, NamedBytes};
use backcast_exchange::reconcile::{Choices, Reconciled, What, reconcile};
use backcast_exchange::{Imported, csv};
use backcast_model::edit::apply;
use backcast_model::{Edit, Entity, Id, Map};
use common::{catalog, maps, sample};
use proptest::prelude::*;

fn tables(files: &[(&str, &str)]) -> Imported {
    let files: Vec<NamedBytes> = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect();
    intake::read(&files, &intake::Choices::default(), catalog()).unwrap()
}

fn applied(map: &Map, reconciled: &Reconciled) -> Map {
    apply(map, &reconciled.edits, &mut |name| {
        Id::from_name(name, "new")
    })
    .unwrap()
    .map
}

/// Differences in one line each.
fn told(reconciled: &Reconciled) -> Vec<String> {
    let line = |difference: &backcast_exchange::reconcile::Difference| {
        let what = match &difference.what {
            What::Added => "added".to_owned(),
            What::Missing => "missing".to_owned(),
            What::Deleted => "deleted".to_owned(),
            What::Changed(changes) => {
                let changes = changes.iter().map(|change| {
                    format!(
                        "{}: \u{201c}{}\u{201d} to \u{201c}{}\u{201d}",
                        change.heading, change.old, change.new
                    )
                });
                changes.collect::<Vec<_>>().join(", ")
            }
        };
        format!("{} {}: {what}", difference.entity, difference.name)
    };
    reconciled.differences.iter().map(line).collect()
}

#[test]
fn an_edited_table_updates_by_id_and_tells_what_changes() {
    let map = sample("escape-my-house");
    let edited = "ID,Name,Stage,Channel,Budget,Audiences\n\
                  fb,Facebook film,Explore,Paid social,\"20,000\",Households without a detailed escape plan\n\
                  ,VR event,Explore,Event,,Schools\n\
                  ,Bus shelter,Street,Outdoor (OOH),500,\n";
    let reconciled = reconcile(&map, &tables(&[("t.csv", edited)]), Choices::default());
    let told = told(&reconciled);
    assert_eq!(
        told[..5],
        [
            "stage Street: added",
            "audience Schools: added",
            "touchpoint Facebook video: Name: \u{201c}Facebook video\u{201d} to \u{201c}Facebook film\u{201d}, Stage: \u{201c}Discover\u{201d} to \u{201c}Explore\u{201d}, Budget: \u{201c}\u{201d} to \u{201c}20000\u{201d}",
            "touchpoint VR event: Audiences: \u{201c}Households without a detailed escape plan\u{201d} to \u{201c}Schools\u{201d}",
            "touchpoint Bus shelter: added",
        ]
    );
    assert!(
        told[5..].iter().all(|line| line.ends_with("missing"))
            && told.len() == 5 + map.touchpoints.len() - 2
    );
    let after = applied(&map, &reconciled);
    assert_eq!(after.touchpoints.len(), map.touchpoints.len() + 1);
    assert_eq!(after.links.len(), map.links.len());
    let film = after.touchpoints.get("fb").unwrap();
    assert_eq!(
        (film.cta.as_deref(), film.kind),
        (
            Some("Take the 360 experience"),
            map.touchpoints.get("fb").unwrap().kind
        )
    );
}

#[test]
fn a_list_of_links_alone_finds_touchpoints_by_id_or_name() {
    let map = sample("escape-my-house");
    let links = "From,To,Call to action\nfb,planner,Plan at once\nRadio cut,Escape planner tool,Make your plan\n";
    let reconciled = reconcile(&map, &tables(&[("links.csv", links)]), Choices::default());
    let told = told(&reconciled);
    assert_eq!(
        told[0],
        "link Facebook video \u{2192} Escape planner tool: added"
    );
    assert!(
        told[1..]
            .iter()
            .all(|line| line.starts_with("link") && line.ends_with("missing"))
    );
    let after = applied(&map, &reconciled);
    assert_eq!(
        (after.touchpoints.len(), after.links.len()),
        (map.touchpoints.len(), map.links.len() + 1)
    );
}

#[test]
fn missing_rows_stay_unless_somebody_asks() {
    let map = sample("escape-my-house");
    let only = tables(&[("t.csv", "ID,Name\nfb,Facebook video\n")]);
    let kept = reconcile(&map, &only, Choices::default());
    assert!(kept.edits.is_empty());
    let cleared = reconcile(
        &map,
        &only,
        Choices {
            delete_missing: true,
        },
    );
    let after = applied(&map, &cleared);
    assert_eq!((after.touchpoints.len(), after.links.len()), (1, 0));
}

#[test]
fn a_row_that_cannot_be_read_is_not_missing() {
    let map = sample("escape-my-house");
    let files: [NamedBytes; 1] = [(
        "t.csv".to_owned(),
        b"Name,Stage\nFacebook video,Discover\n,Discover\n".to_vec(),
    )];
    let (sheets, _) = intake::tables(&files).unwrap();
    let mut mapping = backcast_exchange::table::suggest(&sheets, None, catalog());
    mapping.leave_out_unreadable = true;
    let read = backcast_exchange::table::read(&sheets, &mapping, "t", catalog()).unwrap();
    assert!(read.incomplete.contains(&Entity::Touchpoint));
    let choices = Choices {
        delete_missing: true,
    };
    let reconciled = reconcile(&map, &read, choices);
    assert!(reconciled.edits.is_empty() && reconciled.differences.is_empty());
    assert!(
        reconciled
            .notes
            .iter()
            .any(|note| note.text.contains("none of the map counts as missing"))
    );
}

#[test]
fn a_carried_field_that_cannot_be_read_stays_as_it_was() {
    let mut text: serde_json::Value =
        serde_json::from_str(&backcast_exchange::write(&sample("escape-my-house"))).unwrap();
    text["touchpoints"][0]["budget"] = 123.into();
    let map = backcast_exchange::read(text.to_string().as_bytes()).unwrap();
    let drawing = backcast_exchange::drawio::write(&map, &Default::default());
    let graph = backcast_exchange::graphml::write(&map, catalog());
    for (name, file, good, bad) in [
        ("m.drawio", drawing, "budget=\"123", "budget=\"x123"),
        ("m.graphml", graph, ">123", ">x123"),
    ] {
        assert!(file.contains(good), "{name}");
        let read = tables(&[(name, &file.replace(good, bad))]);
        assert!(
            read.notes.iter().any(|note| note.text.contains("budget")),
            "{name}"
        );
        let edits = reconcile(&map, &read, Choices::default()).edits;
        assert!(edits.is_empty(), "{name}: {edits:?}");
    }
}

#[test]
fn an_emptied_cell_empties_its_field_and_an_absent_column_leaves_it() {
    let map = sample("escape-my-house");
    let reconciled = reconcile(
        &map,
        &tables(&[("t.csv", "ID,Name,Call to action\nfb,,\n")]),
        Choices::default(),
    );
    let expected = Edit::Set {
        entity: Entity::Touchpoint,
        id: "fb".to_owned(),
        field: "cta".to_owned(),
        value: serde_json::Value::Null,
    };
    assert_eq!(reconciled.edits, [expected]);
}

#[test]
fn a_chosen_sheet_is_understood_as_its_headings_suggest() {
    use backcast_exchange::table::{self, Mapping};
    let sheet = |name: &str, text: &str| csv::open(name, text.as_bytes()).unwrap().0;
    let sheets = [
        sheet("old.csv", "Name,Stage,Budget\nTV,See,1\n"),
        sheet("new.csv", "As of March,,\nStage,Name,Shoe\nBuy,Shop,9\n"),
    ];
    let chosen: Mapping =
        serde_json::from_str("{\"touchpoints\": {\"sheet\": \"new.csv\"}, \"links\": null}")
            .unwrap();
    let mapping = table::completed(chosen, &sheets, None, catalog());
    assert_eq!(mapping.touchpoints.as_ref().unwrap().heading_row, 1);
    let imported = table::read(&sheets, &mapping, "Plan", catalog()).unwrap();
    assert_eq!(imported.map.touchpoints.at(0).unwrap().name, "Shop");
    assert_eq!(imported.map.stages.at(0).unwrap().name, "Buy");
    assert_eq!(
        table::completed(mapping.clone(), &sheets, None, catalog()),
        mapping
    );
}

#[test]
fn a_mapping_is_remembered_by_headings() {
    use backcast_exchange::table::{self, Mapping};
    let sheet = |text: &str| csv::open("plan.csv", text.as_bytes()).unwrap().0;
    let first = [sheet("What,Where,Colour\nTV,See,red\n")];
    let mut mapping = table::suggest(&first, None, catalog());
    let offered = mapping.touchpoints.unwrap();
    let headings: Vec<_> = offered
        .columns
        .iter()
        .map(|one| one.heading.as_str())
        .collect();
    assert_eq!(headings, ["What", "Where", "Colour"]);
    assert!(offered.columns.iter().all(|column| column.field.is_none()));
    mapping.touchpoints = Some(table::SheetMapping {
        sheet: "plan.csv".to_owned(),
        heading_row: 0,
        columns: ["What", "Where", "Colour"]
            .into_iter()
            .zip([Some("name"), Some("stage"), None])
            .map(|(heading, field)| table::ColumnMapping {
                heading: heading.to_owned(),
                field: field.map(str::to_owned),
            })
            .collect(),
    });
    let remembered: Mapping =
        serde_json::from_str(&serde_json::to_string(&mapping).unwrap()).unwrap();
    let next = [sheet(
        "Our plan,,,\nBudget,where,WHAT,Colour\n200,See,TV,red\n",
    )];
    let mapping = table::suggest(&next, Some(&remembered), catalog());
    let imported = table::read(&next, &mapping, "Plan", catalog()).unwrap();
    let tv = imported.map.touchpoints.at(0).unwrap();
    assert_eq!(
        (tv.name.as_str(), tv.budget.unwrap().hundredths()),
        ("TV", 20_000)
    );
    assert_eq!(imported.map.stages.at(0).unwrap().name, "See");
    assert!(
        imported
            .notes
            .iter()
            .any(|note| note.text.contains("Colour"))
    );
}

/// Every map can take in every other, and has taken it in then.
fn assert_settles(map: &Map, imported: &Imported, choices: Choices) -> Result<(), TestCaseError> {
    let reconciled = reconcile(map, imported, choices);
    let after = apply(map, &reconciled.edits, &mut |name| {
        Id::from_name(name, "new")
    });
    prop_assert!(
        after.is_ok(),
        "{:?}: {:?}",
        after.err().map(|error| error.to_string()),
        reconciled.edits
    );
    let again = reconcile(&after.unwrap().map, imported, choices);
    prop_assert!(again.edits.is_empty(), "{:#?}", again.differences);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_was_taken_in_is_taken_in(map in maps(), other in maps(), delete_missing in any::<bool>()) {
        assert_settles(&map, &Imported::whole(other.clone()), Choices { delete_missing })?;
        let files = csv::write(&other, catalog());
        let table = intake::read(&files, &intake::Choices::default(), catalog()).unwrap();
        assert_settles(&map, &table, Choices { delete_missing })?;
    }

    #[test]
    fn a_map_takes_itself_in_without_a_change(map in maps()) {
        let reconciled = reconcile(&map, &Imported::whole(map.clone()), Choices { delete_missing: true });
        prop_assert!(reconciled.edits.is_empty() && reconciled.differences.is_empty());
    }
}
