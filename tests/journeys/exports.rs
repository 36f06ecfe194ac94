//! What leaves through the real command line, and what comes back in: every format of every sample, recognised by its
//! content; round trips; strangers' text in every format; bad input.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::fs;
use std::path::Path;

use backcast_tests::{Desk, hostile, html, parsed, sample};
use serde_json::{Value, json};

const SAMPLES: [&str; 5] = [
    "escape-my-house",
    "census-2020",
    "tips-from-former-smokers-2013",
    "thought-leadership-loop",
    "agency-schematic",
];

/// A format of one file, the ending that leads to it, and how its content begins.
const FORMATS: [(&str, &str, &str); 13] = [
    ("svg", "svg", "<svg"),
    ("png", "png", "\u{fffd}PNG"),
    ("pdf", "pdf", "%PDF-1."),
    ("pptx", "pptx", "PK"),
    ("xlsx", "xlsx", "PK"),
    ("json", "json", "{\n  \"format\": \"backcast-map\""),
    ("drawio", "drawio", "<mxfile"),
    ("mermaid", "mmd", "%% A map by Backcast"),
    ("dot", "dot", "digraph"),
    ("graphml", "graphml", "<?xml"),
    ("jsoncanvas", "canvas", "{"),
    ("sarif", "sarif", "{\n  \"$schema\""),
    ("ics", "ics", "BEGIN:VCALENDAR"),
];

const DOCUMENTS: [&str; 4] = ["framework", "blueprint", "briefs", "gaps"];

/// A sample's path.
fn path(name: &str) -> String {
    sample(name).display().to_string()
}

/// How a file begins, white space left out.
fn beginning(path: &str) -> String {
    let bytes = fs::read(path).unwrap();
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    start.trim_start().to_owned()
}

#[test]
fn every_sample_is_written_in_every_format() {
    let desk = Desk::new();
    for name in SAMPLES {
        for (format, ending, start) in FORMATS {
            let out = desk.path(&format!("{name}.{ending}"));
            desk.done(&["export", &path(name), "-o", &out, "--today", "2026-03-01"]);
            let begins = beginning(&out);
            assert!(begins.contains(start), "{name} {format}: {begins}");
        }
        for format in ["csv", "sheets"] {
            let folder = desk.path(&format!("{name}-{format}"));
            desk.done(&["export", &path(name), "--format", format, "-o", &folder]);
            assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "{name} {format}");
            let zip = format!("{folder}.zip");
            desk.done(&["export", &path(name), "--format", format, "-o", &zip]);
            assert!(beginning(&zip).starts_with("PK"), "{name} {format}");
        }
    }
}

#[test]
fn every_document_is_written_in_every_format() {
    let desk = Desk::new();
    for document in DOCUMENTS {
        for (ending, start) in [
            ("md", "# "),
            ("html", "<!doctype html>"),
            ("docx", "PK"),
            ("pdf", "%PDF"),
        ] {
            let out = desk.path(&format!("{document}.{ending}"));
            let census = path("census-2020");
            desk.done(&["export", &census, "--document", document, "-o", &out]);
            assert!(beginning(&out).starts_with(start), "{document} {ending}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_to_a_file_and_to_a_pipe() {
    let desk = Desk::new();
    let sample = path("escape-my-house");
    for format in ["svg", "pdf", "pptx", "xlsx", "csv", "drawio", "ics", "docx"] {
        let arguments = [
            "export",
            &sample,
            "--format",
            format,
            "--today",
            "2026-03-01",
        ];
        let (one, other) = (desk.run(&arguments), desk.run(&arguments));
        assert_eq!(one.status.code(), Some(0), "{format}");
        assert!(
            !one.stdout.is_empty() && one.stdout == other.stdout,
            "{format}"
        );
    }
}

/// What a map says, apart from where its cards stand and what formats have no place for.
fn meaning(map: &Value) -> (Vec<String>, Vec<String>) {
    let rows = |list: &str| map[list].as_array().cloned().unwrap_or_default();
    let names = |id: &Value| {
        let row = rows("touchpoints").into_iter().find(|row| row["id"] == *id);
        row.map_or_else(String::new, |row| {
            row["name"].as_str().unwrap_or_default().to_owned()
        })
    };
    let stage = |id: &Value| {
        let row = rows("stages").into_iter().find(|row| row["id"] == *id);
        row.map_or_else(String::new, |row| {
            row["name"].as_str().unwrap_or_default().to_owned()
        })
    };
    let mut touchpoints: Vec<String> = rows("touchpoints")
        .iter()
        .map(|row| {
            format!(
                "{} in {}, {}",
                row["name"],
                stage(&row["stage"]),
                row["kind"]
            )
        })
        .collect();
    let mut links: Vec<String> = rows("links")
        .iter()
        .map(|row| {
            format!(
                "{} > {}: {}",
                names(&row["from"]),
                names(&row["to"]),
                row["cta"]
            )
        })
        .collect();
    touchpoints.sort();
    links.sort();
    (touchpoints, links)
}

#[test]
fn a_logo_and_a_border_go_along_and_a_logo_that_is_none_is_refused() {
    let desk = Desk::new();
    let sample = path("escape-my-house");
    let (logo, none) = (desk.path("logo.svg"), desk.path("none.png"));
    fs::write(
        &logo,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 10'><rect width='30' height='10'/></svg>",
    )
    .unwrap();
    fs::write(&none, "no picture").unwrap();
    for ending in ["svg", "png", "pdf", "pptx"] {
        let (plain, out) = (
            desk.path(&format!("plain.{ending}")),
            desk.path(&format!("out.{ending}")),
        );
        desk.done(&["export", &sample, "-o", &plain]);
        desk.done(&["export", &sample, "-o", &out, "--logo", &logo, "--border"]);
        assert_ne!(
            fs::read(&plain).unwrap(),
            fs::read(&out).unwrap(),
            "{ending}"
        );
    }
    let text = fs::read_to_string(desk.path("out.svg")).unwrap();
    assert_eq!(text.matches("<image ").count(), 1);
    let out = desk.path("refused.svg");
    let told = desk.refused(&["export", &sample, "-o", &out, "--logo", &none]);
    assert!(told.contains("PNG, JPEG or SVG"), "{told}");
    desk.refused(&[
        "export", &sample, "--format", "csv", "-o", &out, "--logo", &logo,
    ]);
    assert!(!Path::new(&out).exists());
}

#[test]
fn letters_that_the_font_does_not_have_are_told() {
    let desk = Desk::new();
    let map = desk.path("map.backcast.json");
    let text = fs::read_to_string(sample("escape-my-house")).unwrap();
    fs::write(&map, text.replace("Radio cut", "\u{6771}\u{4eac} radio")).unwrap();
    for (ending, is_told) in [("png", true), ("pdf", true), ("svg", false)] {
        let out = desk.path(&format!("map.{ending}"));
        let ran = desk.run(&["export", &map, "-o", &out]);
        let told = String::from_utf8_lossy(&ran.stderr).contains("\u{4eac}\u{6771}");
        assert_eq!((ran.status.code(), told), (Some(0), is_told), "{ending}");
    }
}

#[test]
fn what_is_written_is_read_again_with_the_same_graph() {
    let desk = Desk::new();
    for name in SAMPLES {
        let before = parsed(&fs::read_to_string(sample(name)).unwrap());
        for ending in [
            "json", "drawio", "xlsx", "graphml", "canvas", "mmd", "svg", "png", "pdf", "pptx",
        ] {
            let (out, project) = (
                desk.path(&format!("{name}.{ending}")),
                desk.path(&format!("{name}-{ending}.backcast")),
            );
            let is_picture = ["svg", "png", "pdf", "pptx"].contains(&ending);
            // Pictures carry the text form, which is the same for every map.
            if is_picture && name != "escape-my-house" {
                continue;
            }
            let arguments = ["export", &path(name), "-o", &out, "--embed-project"];
            desk.done(&arguments[..if is_picture { 5 } else { 4 }]);
            desk.done(&["import", &out, "-o", &project]);
            let after = parsed(&desk.export(&project));
            assert_eq!(meaning(&after), meaning(&before), "{name} {ending}");
        }
        let tables = desk.path(&format!("{name}-tables.zip"));
        desk.done(&["export", &path(name), "--format", "csv", "-o", &tables]);
        let project = desk.path(&format!("{name}-csv.backcast"));
        desk.done(&["import", &tables, "-o", &project]);
        assert_eq!(
            meaning(&parsed(&desk.export(&project))),
            meaning(&before),
            "{name} csv"
        );
    }
}

#[test]
fn an_edited_table_is_shown_first_and_taken_in_when_asked() {
    let desk = Desk::new();
    let project = desk.project("map.backcast");
    let folder = desk.path("tables");
    desk.done(&["export", &project, "--format", "csv", "-o", &folder]);
    let table = format!("{folder}/touchpoints.csv");
    assert!(
        desk.done(&["import", &table, "--into", &project])
            .contains("Nothing to take in")
    );
    let edited = fs::read_to_string(&table)
        .unwrap()
        .replace("Radio cut", "Radio spot");
    fs::write(&table, edited).unwrap();
    let person = desk.person("Planner");
    let before = desk.export(&project);
    let shown = person.found(&["import", &table, "--into", &project]);
    assert!(
        shown.contains("1 row changed") && shown.contains("Radio cut"),
        "{shown}"
    );
    assert_eq!(desk.export(&project), before, "looking changes nothing");
    desk.done(&["import", &table, "--into", &project, "--apply"]);
    assert_eq!(desk.touchpoint(&project, "radio")["name"], "Radio spot");
    assert!(
        desk.done(&["import", &table, "--into", &project])
            .contains("Nothing to take in")
    );
    desk.done(&["undo", &project]);
    assert_eq!(desk.export(&project), before, "it was one step");
}

#[test]
fn columns_are_mapped_by_hand_where_headings_do_not_tell() {
    let desk = Desk::new();
    let table = desk.path("plan.csv");
    fs::write(
        &table,
        "Was;Wo im Ablauf;Kosten\nPlakat;Start;1.200,50\nLaden;Kauf;\n",
    )
    .unwrap();
    let mapping = desk.path("mapping.json");
    let columns = json!([
        {"heading": "Was", "field": "name"},
        {"heading": "Wo im Ablauf", "field": "stage"},
        {"heading": "Kosten", "field": "budget"}
    ]);
    let text = json!({"touchpoints": {"sheet": "plan.csv", "heading_row": 0, "columns": columns}});
    fs::write(&mapping, text.to_string()).unwrap();
    let project = desk.path("plan.backcast");
    let shown = parsed(&desk.done(&["import", &table, "--show-mapping"]));
    let sheet = shown["touchpoints"]["sheet"].clone();
    if !sheet.is_null() {
        let text = json!({"touchpoints": {"sheet": sheet, "heading_row": 0, "columns": columns}});
        fs::write(&mapping, text.to_string()).unwrap();
    }
    desk.done(&["import", &table, "--mapping", &mapping, "-o", &project]);
    let map = parsed(&desk.export(&project));
    assert_eq!(map["touchpoints"][0]["name"], "Plakat");
    assert_eq!(map["touchpoints"][0]["budget"], 1200.5);
}

#[test]
fn bad_input_is_refused_with_its_place_and_nothing_is_written() {
    let desk = Desk::new();
    let project = desk.project("map.backcast");
    let before = desk.export(&project);
    let write = |name: &str, content: &str| {
        let path = desk.path(name);
        fs::write(&path, content).unwrap();
        path
    };
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><mxfile><diagram>&b;</diagram></mxfile>";
    let cases = [
        (write("laughs.drawio", laughs), "document type"),
        (write("half.drawio", "<mxfile><diagram>"), "half.drawio"),
        (write("budget.csv", "Name,Budget\nTV,lots\n"), "B2"),
        (write("empty.csv", ""), "empty.csv"),
        (write("gantt.mmd", "gantt\n  title x\n"), "gantt"),
        (write("bad.canvas", "{\"nodes\": 3}"), "bad.canvas"),
        (
            write("bad.graphml", "<graphml><graph><node id=\"a\""),
            "bad.graphml",
        ),
        (write("picture.png", "\u{89}PNG"), "picture.png"),
        (desk.path("nowhere.csv"), "nowhere.csv"),
    ];
    for (file, wanted) in &cases {
        let target = desk.path("new.backcast");
        for arguments in [
            &["import", file.as_str(), "-o", &target][..],
            &["import", file, "--into", &project, "--apply"],
        ] {
            let told = desk.refused(arguments);
            assert!(told.contains(wanted), "{file}: {told}");
            assert!(
                told.lines().count() >= 2,
                "{file}: says what to do next: {told}"
            );
        }
        assert!(!Path::new(&target).exists(), "{file}");
    }
    assert_eq!(desk.export(&project), before);
    let out = desk.path("no.svg");
    for arguments in [
        &["export", &project, "-o", &out, "--scale", "2"][..],
        &["export", &project, "-o", &out, "--stage", "nowhere"],
        &["export", &project, "-o", &desk.path("no.such")],
        &["export", &project, "-o", &desk.path("no/folder.svg")],
        &["export", &project, "--format", "nonsense"],
    ] {
        desk.refused(arguments);
    }
    assert!(!Path::new(&out).exists());
}

#[test]
fn text_of_strangers_is_text_in_every_format() {
    let desk = Desk::new();
    let map = desk.path("hostile.backcast.json");
    fs::copy(sample("agency-schematic"), &map).unwrap();
    desk.done(&["apply", &map, &desk.edits(&json!(hostile::edits()))]);
    for document in DOCUMENTS {
        let page = desk.path(&format!("{document}.html"));
        desk.done(&["export", &map, "--document", document, "-o", &page]);
        let complaints = html::complaints(&fs::read_to_string(&page).unwrap());
        assert!(complaints.is_empty(), "{document}: {complaints:#?}");
    }
    // Pixels hold no text, and a picture of so many cards takes its time.
    for (format, ending, start) in FORMATS
        .into_iter()
        .filter(|(format, _, _)| *format != "png")
    {
        let out = desk.path(&format!("hostile.{ending}"));
        desk.done(&["export", &map, "-o", &out]);
        assert!(beginning(&out).contains(start), "{format}");
    }
    let complaints = html::complaints(&fs::read_to_string(desk.path("hostile.svg")).unwrap());
    assert!(complaints.is_empty(), "{complaints:#?}");
    let (word, pages) = (desk.path("blueprint.docx"), desk.path("briefs.pdf"));
    desk.done(&["export", &map, "--document", "blueprint", "-o", &word]);
    desk.done(&["export", &map, "--document", "briefs", "-o", &pages]);
    let tables = desk.path("tables");
    desk.done(&["export", &map, "--format", "csv", "-o", &tables]);
    let table = fs::read_to_string(format!("{tables}/touchpoints.csv")).unwrap();
    assert!(table.contains("'=") || !hostile::payloads().iter().any(|text| text.starts_with('=')));
}
