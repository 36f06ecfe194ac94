//! What others write and what comes of it: each file or folder of `cases/import` and, beside it, what it reads as.
//! `BACKCAST_ACCEPT=1` writes what it reads as today; look at the difference before keeping it.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use backcast_exchange::intake::{Choices, NamedBytes, read};
use backcast_exchange::{ImportError, Imported};
use backcast_model::{Fields, Map, Record};
use common::catalog;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/import")
}

fn files(path: &Path) -> Vec<NamedBytes> {
    let mut paths = if path.is_dir() {
        fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect()
    } else {
        vec![path.to_owned()]
    };
    paths.sort();
    let file = |path: PathBuf| {
        (
            path.file_name().unwrap().to_string_lossy().into_owned(),
            fs::read(&path).unwrap(),
        )
    };
    paths.into_iter().map(file).collect()
}

/// What was read, for people.
fn told(result: &Result<Imported, ImportError>) -> String {
    let imported = match result {
        Ok(imported) => imported,
        Err(error) => return format!("refused\n{error}\n"),
    };
    let mut text = String::new();
    let map = &imported.map;
    let _ = writeln!(text, "title {}", map.properties.title);
    for stage in map.stages.iter() {
        let _ = writeln!(
            text,
            "stage {}{}",
            stage.name,
            others(&stage.to_fields(), &["name"])
        );
    }
    for audience in map.audiences.iter() {
        let _ = writeln!(
            text,
            "audience {}{}",
            audience.name,
            others(&audience.to_fields(), &["name"])
        );
    }
    for touchpoint in map.touchpoints.iter() {
        let _ = writeln!(
            text,
            "touchpoint {}{}",
            touchpoint.name,
            others(&touchpoint.to_fields(), &["name"])
        );
    }
    for link in map.links.iter() {
        let name = |id: &backcast_model::Id| map.touchpoints.get(id.as_str()).unwrap().name.clone();
        let _ = writeln!(
            text,
            "link {} -> {}{}",
            name(&link.from),
            name(&link.to),
            others(&link.to_fields(), &["from", "to", "id"])
        );
    }
    for note in &imported.notes {
        let _ = writeln!(text, "note {note}");
    }
    text
}

fn others(fields: &Fields, told: &[&str]) -> String {
    let others = fields
        .iter()
        .filter(|(name, _)| !told.contains(&name.as_str()));
    others.fold(String::new(), |mut text, (name, value)| {
        let _ = write!(
            text,
            " | {name} {}",
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        );
        text
    })
}

#[test]
fn what_others_write_reads_as_expected() {
    let mut wrong = Vec::new();
    let mut paths: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| path.extension().is_none_or(|ending| ending != "expected"));
    paths.sort();
    assert!(paths.len() > 25);
    for path in paths {
        let read = read(&files(&path), &Choices::default(), catalog());
        let told = told(&read);
        let expected = path.with_file_name(format!(
            "{}.expected",
            path.file_name().unwrap().to_string_lossy()
        ));
        if std::env::var_os("BACKCAST_ACCEPT").is_some() {
            fs::write(&expected, &told).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != told {
            wrong.push(format!("{}:\n{told}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn another_page_is_read_when_it_is_chosen() {
    let drawing = files(&folder().join("drawio-packed.drawio"));
    let choices = Choices {
        page: Some(1),
        ..Choices::default()
    };
    let imported = read(&drawing, &choices, catalog()).unwrap();
    assert_eq!(imported.map.touchpoints.len(), 2);
    let pages = backcast_exchange::drawio::pages(&drawing[0].1).unwrap();
    assert_eq!(pages, ["Empty", "Packed"]);
    let choices = Choices {
        page: Some(2),
        ..Choices::default()
    };
    assert!(
        read(&drawing, &choices, catalog())
            .unwrap_err()
            .to_string()
            .contains("there is no page 3")
    );
}

#[test]
fn several_diagrams_at_once_are_refused() {
    let both = [
        files(&folder().join("flowchart.mmd")),
        files(&folder().join("yed.graphml")),
    ]
    .concat();
    assert!(
        read(&both, &Choices::default(), catalog())
            .unwrap_err()
            .to_string()
            .contains("one by one")
    );
    assert!(read(&[], &Choices::default(), catalog()).is_err());
}

/// The map that a table gives when its unreadable cells are left out.
#[test]
fn unreadable_cells_can_be_left_out() {
    use backcast_exchange::{intake, table};
    let (sheets, _) = intake::tables(&files(&folder().join("values-bad-cells.csv"))).unwrap();
    let mapping = table::Mapping {
        leave_out_unreadable: true,
        ..table::suggest(&sheets, None, catalog())
    };
    let imported = table::read(&sheets, &mapping, "T", catalog()).unwrap();
    let map: &Map = &imported.map;
    assert_eq!(map.touchpoints.len(), 3);
    assert!(
        imported
            .notes
            .iter()
            .any(|note| note.place.ends_with("cell D2") && note.text.contains("left out"))
    );
}
