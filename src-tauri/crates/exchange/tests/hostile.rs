//! Files made to do harm, and files that chance made: a refusal with a reason, in bounded time and memory; never a
//! panic.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says no by failing loudly"
)]

mod common;

use std::io::Write as _;

use backcast_exchange::intake::{Choices, NamedBytes, format_of, read};
use backcast_exchange::{Placement, canvas, csv, drawio, graphml, mermaid, xlsx, zipped};
use base64::Engine as _;
use common::{catalog, maps, sample};
use proptest::prelude::*;

/// Why a file is refused.
fn refused(name: &str, bytes: impl Into<Vec<u8>>) -> String {
    let files: [NamedBytes; 1] = [(name.to_owned(), bytes.into())];
    match read(&files, &Choices::default(), catalog()) {
        Ok(imported) => panic!(
            "{name} was read as {} touchpoints",
            imported.map.touchpoints.len()
        ),
        Err(error) => error.to_string(),
    }
}

const DRAWING: (&str, &str) = (
    "<mxGraphModel><root><mxCell id=\"0\"/>",
    "</root></mxGraphModel>",
);

#[test]
fn entities_of_ones_own_are_refused() {
    let laughs: String = (1..10)
        .map(|level| {
            format!(
                "<!ENTITY l{level} \"{}\">",
                format!("&l{};", level - 1).repeat(10)
            )
        })
        .collect();
    let bomb = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY l0 \"lol\">{laughs}]><mxfile>&l9;</mxfile>"
    );
    assert!(refused("a.drawio", bomb.clone()).contains("document type"));
    assert!(refused("a.graphml", bomb.replace("mxfile", "graphml")).contains("document type"));
    let outside = "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><mxfile><diagram>&f;</diagram></mxfile>";
    assert!(refused("a.drawio", outside).contains("document type"));
    let unknown = "<mxfile>\n<diagram>&f;</diagram></mxfile>";
    assert_eq!(
        refused("a.drawio", unknown),
        "line 2: the entity &f; is not defined"
    );
}

#[test]
fn tags_have_bounds() {
    let attributes: String = (0..50_000)
        .map(|number| format!(" a{number}=\"\""))
        .collect();
    let wide = format!("{}<mxCell{attributes}/>{}", DRAWING.0, DRAWING.1);
    assert!(refused("a.drawio", wide).contains("more than 256 attributes"));
    let deep = format!(
        "{}{}{}{}",
        DRAWING.0,
        "<a>".repeat(100_000),
        "</a>".repeat(100_000),
        DRAWING.1
    );
    assert!(refused("a.drawio", deep).contains("more than 256 deep"));
    let twice = format!("{}<mxCell id=\"a\" id=\"b\"/>{}", DRAWING.0, DRAWING.1);
    assert!(refused("a.drawio", twice).contains("the attribute id twice"));
    assert!(refused("a.drawio", DRAWING.0).contains("ends before its tags are closed"));
    let large = format!("<mxfile>{}</mxfile>", " ".repeat(64 * 1024 * 1024));
    assert!(refused("a.drawio", large).contains("64 MB"));
}

#[test]
fn a_packed_page_that_swells_is_refused() {
    let mut deflater = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..100 {
        deflater.write_all(&vec![b'a'; 1024 * 1024]).unwrap();
    }
    let packed = base64::engine::general_purpose::STANDARD.encode(deflater.finish().unwrap());
    let bomb = format!("<mxfile><diagram name=\"Bomb\">{packed}</diagram></mxfile>");
    assert!(bomb.len() < 200_000);
    let reason = refused("a.drawio", bomb);
    assert!(
        reason.contains("page \u{201c}Bomb\u{201d}") && reason.contains("unpacks to far more"),
        "{reason}"
    );
}

/// A zip whose files are packed by the library, whatever they say.
fn archive(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let files: Vec<NamedBytes> = files
        .iter()
        .map(|(name, bytes)| ((*name).to_owned(), bytes.clone()))
        .collect();
    zipped(&files).unwrap()
}

#[test]
fn a_workbook_that_swells_is_refused() {
    let bomb = swelling("xl/workbook.xml", "xl/sharedStrings.xml", 500);
    assert!(bomb.len() < 600_000);
    let reason = refused("a.xlsx", bomb);
    assert!(reason.contains("times its size"), "{reason}");
    let reason = refused("a.zip", swelling("a.txt", "touchpoints.csv", 300));
    assert!(reason.contains("unpacks to more than"), "{reason}");
}

/// A zip with a small file and one of many megabytes of nothing.
fn swelling(small: &str, large: &str, megabytes: usize) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    writer.start_file(small, options).unwrap();
    writer.start_file(large, options).unwrap();
    let nothing = vec![b' '; 1024 * 1024];
    for _ in 0..megabytes {
        writer.write_all(&nothing).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook with one sheet of this content.
fn workbook(sheet: &str) -> Vec<u8> {
    let types = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;
    let workbook = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let root = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let relations = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>{sheet}</sheetData></worksheet>"#
    );
    archive(&[
        ("[Content_Types].xml", types.into()),
        ("_rels/.rels", root.into()),
        ("xl/workbook.xml", workbook.into()),
        ("xl/_rels/workbook.xml.rels", relations.into()),
        ("xl/worksheets/sheet1.xml", sheet.into_bytes()),
    ])
}

#[test]
fn a_sheet_that_claims_to_be_endless_costs_what_it_holds() {
    let inline = |cell: &str, text: &str| {
        format!(r#"<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>"#)
    };
    let small = workbook(&format!(
        "<row r=\"1\">{}</row><row r=\"2\">{}</row>",
        inline("A1", "Name"),
        inline("A2", "TV")
    ));
    let files: [NamedBytes; 1] = [("a.xlsx".to_owned(), small)];
    assert_eq!(
        read(&files, &Choices::default(), catalog())
            .unwrap()
            .map
            .touchpoints
            .len(),
        1
    );
    let far = workbook(&format!(
        "<row r=\"1048576\">{}</row>",
        inline("XFD1048576", "Name")
    ));
    assert!(refused("a.xlsx", far).contains("more rows or columns than are read"));
    let row = |row: &str| {
        format!(
            "<row r=\"{row}\">{}</row>",
            inline(&format!("A{row}"), "Name")
        )
    };
    let tall = workbook(&row("450000"));
    let files: Vec<NamedBytes> = (0..9)
        .map(|number| (format!("{number}.xlsx"), tall.clone()))
        .collect();
    assert!(
        read_all(&files)
            .unwrap_err()
            .contains("more cells than are read")
    );
    let broken = workbook("<row r=\"1\"><c r=\"A1\"><v>x</c></row>");
    assert!(refused("a.xlsx", broken).contains("not a workbook that can be read"));
}

#[test]
fn names_in_a_zip_are_only_names() {
    let table = || b"Name\nTV\n".to_vec();
    let files: [NamedBytes; 1] = [(
        "a.zip".to_owned(),
        archive(&[
            ("../../etc/cron.d/touchpoints.csv", table()),
            ("C:\\Windows\\evil.exe", vec![1]),
        ]),
    )];
    let imported = read(&files, &Choices::default(), catalog()).unwrap();
    assert_eq!(imported.map.touchpoints.len(), 1);
    assert!(
        imported
            .notes
            .iter()
            .any(|note| note.place.contains("evil.exe") && note.text.contains("not read"))
    );
    let source = imported
        .sources
        .values()
        .find(|source| source.place.contains("row 2"))
        .unwrap();
    assert_eq!(source.place, "sheet \u{201c}touchpoints.csv\u{201d}, row 2");
    assert!(refused("a.zip", archive(&[])).contains("no table"));
    assert!(refused("a.zip", b"PK\x03\x04 and nothing".to_vec()).contains("damaged"));
}

fn read_all(files: &[NamedBytes]) -> Result<usize, String> {
    let read = read(files, &Choices::default(), catalog()).map_err(|error| error.to_string())?;
    Ok(read.map.touchpoints.len())
}

#[test]
fn more_cells_than_are_read_are_refused() {
    let wide = format!("Name{}x\n", ",".repeat(2_000));
    assert!(refused("a.csv", wide).contains("more columns than are read"));
    let padded = format!("Name{}\nTV\n", ",".repeat(2_000));
    let read = csv::open("a.csv", padded.as_bytes()).unwrap();
    assert_eq!(read.0.rows[0].len(), 1);
    // Blank lines count, and all files share one room.
    let blank = format!("x{}", "\n".repeat(9_999)).repeat(210);
    assert!(csv::open("a.csv", blank.as_bytes()).is_ok());
    let files: Vec<NamedBytes> = (0..2)
        .map(|number| (format!("{number}.csv"), blank.clone().into_bytes()))
        .collect();
    let error = read_all(&files).unwrap_err();
    assert!(
        error.contains("1.csv: it holds more cells than are read"),
        "{error}"
    );
    assert!(refused("a.csv", b"Name\nT\0V\n".to_vec()).contains("not a table of text"));
}

#[test]
fn an_arrow_between_many_nodes_has_bounds() {
    let side = |letter: char| {
        let names: Vec<String> = (0..700).map(|number| format!("{letter}{number}")).collect();
        names.join("&")
    };
    let product = format!("flowchart LR\n{} --> {}\n", side('a'), side('b'));
    assert!(refused("a.mmd", product).contains("line 2: its arrows make more than the 400000"));
    let words = "w".repeat(1024 * 1024);
    let names = |letter: char| [letter; 20].map(String::from).join("&");
    let wordy = format!("flowchart LR\n{} -->|{words}| {}\n", names('a'), names('b'));
    assert!(refused("a.mmd", wordy).contains("more words"));
    let shapes = format!("flowchart LR\n{}", "a[/x/]@-->".repeat(20_000));
    assert!(refused("a.mmd", shapes).contains("line 2"));
}

#[test]
fn lanes_and_nodes_have_bounds() {
    let lanes: String = (0..1_001)
        .map(|number| format!("<mxCell id=\"l{number}\" style=\"swimlane\" vertex=\"1\"/>"))
        .collect();
    let drawing = format!("{}{lanes}{}", DRAWING.0, DRAWING.1);
    assert!(refused("a.drawio", drawing).contains("1001 lanes"));
    let nodes =
        |node: &str, number: usize| format!("{{\"nodes\":[{}]}}", vec![node; number].join(","));
    let groups = nodes("{\"type\":\"group\"}", 1_001);
    assert!(refused("a.canvas", groups).contains("1001 groups"));
    assert!(refused("a.canvas", nodes("{}", 100_001)).contains("100001 nodes"));
}

#[test]
fn many_links_between_two_touchpoints_are_named_quickly() {
    let edges = vec!["a --> b"; 5_000].join("\n");
    let chart = format!("flowchart LR\n{edges}\n");
    let map = mermaid::read(chart.as_bytes()).unwrap().map;
    let text = backcast_exchange::write(&map);
    let again = backcast_exchange::read(text.as_bytes()).unwrap();
    assert!(again.links.len() == 5_000 && again == map);
}

#[test]
fn data_that_name_each_other_do_not_grow_a_label() {
    let data: String = (0..60)
        .map(|number| format!(" d{number}=\"%d{}%%d{0}%\"", number + 1))
        .collect();
    let drawing = format!(
        "{}<object id=\"a\" placeholders=\"1\" label=\"%d0%\"{data}><mxCell vertex=\"1\"/></object>{}",
        DRAWING.0, DRAWING.1
    );
    let imported = drawio::read(drawing.as_bytes(), None, catalog()).unwrap();
    let name = &imported.map.touchpoints.at(0).unwrap().name;
    assert!(name.len() <= 256 * 1024);
}

#[test]
fn packed_pages_share_what_they_may_unpack_to() {
    let mut deflater = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    deflater.write_all(b"<mxGraphModel><root>").unwrap();
    deflater.write_all(&vec![b' '; 1_000_000]).unwrap();
    deflater.write_all(b"</root></mxGraphModel>").unwrap();
    let packed = base64::engine::general_purpose::STANDARD.encode(deflater.finish().unwrap());
    let page = format!("<diagram>{packed}</diagram>");
    let drawing = format!("<mxfile>{}</mxfile>", page.repeat(80));
    assert!(refused("a.drawio", drawing).contains("unpacks to far more"));
}

#[test]
fn circles_of_parents_end() {
    let circle = "<mxCell id=\"a\" value=\"A\" vertex=\"1\" parent=\"b\"><mxGeometry width=\"9\" height=\"9\" as=\"geometry\"/></mxCell>\
                  <mxCell id=\"b\" value=\"B\" style=\"swimlane\" vertex=\"1\" parent=\"a\"><mxGeometry width=\"9\" height=\"9\" as=\"geometry\"/></mxCell>\
                  <mxCell id=\"e\" edge=\"1\" parent=\"e\" source=\"e\" target=\"a\"/>";
    let drawing = format!("{}{circle}{}", DRAWING.0, DRAWING.1);
    let files: [NamedBytes; 1] = [("a.drawio".to_owned(), drawing.into_bytes())];
    assert_eq!(
        read(&files, &Choices::default(), catalog())
            .unwrap()
            .map
            .stages
            .len(),
        1
    );
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let map = sample("escape-my-house");
    let evil = [
        "=HYPERLINK(\"http://x\")",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\u{ff1d}1",
        "'=1",
    ];
    let mut text: serde_json::Value =
        serde_json::from_str(&backcast_exchange::write(&map)).unwrap();
    for (touchpoint, evil) in text["touchpoints"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .zip(evil.iter().cycle())
    {
        for field in ["name", "message", "cta", "notes", "owner"] {
            touchpoint[field] = (*evil).into();
        }
        touchpoint["promises"] = serde_json::json!([evil]);
    }
    let map = backcast_exchange::read(text.to_string().as_bytes()).unwrap();
    for (_, bytes) in csv::write(&map, catalog())
        .iter()
        .chain(&backcast_exchange::sheets::write(&map, catalog()))
    {
        let mut reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(&bytes[3..]);
        for cell in reader.records().flat_map(|record| {
            record
                .unwrap()
                .iter()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        }) {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}']),
                "{cell:?}"
            );
        }
    }
}

/// Bytes of a real file with some of them changed.
fn mangled(
    bytes: &[u8],
    changes: &[(prop::sample::Index, u8)],
    cut: prop::sample::Index,
) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, byte) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *byte;
    }
    bytes.truncate(cut.index(bytes.len()) + 1);
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_give_a_map_or_a_refusal(bytes in prop::collection::vec(any::<u8>(), 0..200), ending in "(csv|xlsx|drawio|mmd|graphml|canvas|json|zip|)") {
        let name = format!("a.{ending}");
        let _ = format_of(&name, &bytes);
        let _ = read(&[(name, bytes.clone())], &Choices::default(), catalog());
        let _ = (drawio::read(&bytes, None, catalog()), mermaid::read(&bytes), graphml::read(&bytes, catalog()));
        let _ = (canvas::read(&bytes), xlsx::open(&bytes), csv::open("a", &bytes));
    }

    #[test]
    fn any_flowchart_gives_a_map_or_a_refusal(text in "flowchart LR\n([ABo\\[\\](){}\"|&;#@:<>.=~x\n-]| --> | -- |subgraph |end\n|%%|:::){0,40}") {
        let _ = mermaid::read(text.as_bytes());
    }

    #[test]
    fn any_markup_gives_a_map_or_a_refusal(text in "(<mxCell |<object |<node |<edge |<graph>|<data key=\"|id=\"|parent=\"|source=\"|vertex=\"1\"|edge=\"1\"|[a-c0-3]|\"|/>|>|</mxCell>|</node>|&lt;|&#10;|<mxGeometry x=\"1e308\" |as=\"geometry\"| ){0,60}") {
        let _ = drawio::read(format!("<mxGraphModel><root>{text}</root></mxGraphModel>").as_bytes(), None, catalog());
        let _ = graphml::read(format!("<graphml><graph>{text}</graph></graphml>").as_bytes(), catalog());
    }

    #[test]
    fn damaged_files_give_a_map_or_a_refusal(map in maps(), changes in prop::collection::vec(any::<(prop::sample::Index, u8)>(), 0..6), cut in any::<prop::sample::Index>()) {
        let catalog = catalog();
        let content = xlsx::Content { map: &map, catalog, coverage: None, gaps: None, base_address: None };
        let placement = Placement::default();
        let files = [
            xlsx::write(&content).unwrap(), drawio::write(&map, &placement).into_bytes(), mermaid::write(&map).into_bytes(),
            graphml::write(&map, catalog).into_bytes(), canvas::write(&map, &placement).into_bytes(), csv::write(&map, catalog).remove(0).1,
        ];
        for file in files {
            let bytes = mangled(&file, &changes, cut);
            let _ = read(&[("a".to_owned(), bytes)], &Choices::default(), catalog);
        }
    }
}
