//! Other people's programs read what we write. Skipped, with a word, where a program is not there.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test says no by failing loudly, and says what it skips"
)]

mod common;

use std::io::Write as _;
use std::process::{Command, Stdio};

use backcast_exchange::{Placement, dot, drawio, graphml, xlsx};
use backcast_model::Map;
use common::{catalog, sample};

/// What a program says to an input; `None` when it is not there or lacks what it needs.
fn ask(program: &str, arguments: &[&str], input: &[u8]) -> Option<String> {
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        eprintln!("skipped: there is no {program}");
        return None;
    };
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    if error.contains("ModuleNotFoundError") {
        eprintln!("skipped: {program} lacks a module");
        return None;
    }
    assert!(output.status.success(), "{program}: {error}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A map whose texts are whatever a language takes for its own.
fn awkward() -> Map {
    let mut text: serde_json::Value =
        serde_json::from_str(&backcast_exchange::write(&sample("census-2020"))).unwrap();
    for (at, touchpoint) in text["touchpoints"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .enumerate()
    {
        touchpoint["name"] = [
            "a \"b\" \\",
            "<b>&amp;\n</b>",
            "\\N {x|y} \\l",
            "=1+1",
            "漢字 🎉",
        ][at % 5]
            .into();
    }
    backcast_exchange::read(text.to_string().as_bytes()).unwrap()
}

#[test]
fn graphviz_reads_what_is_written() {
    let map = awkward();
    let Some(answer) = ask("dot", &["-Tplain"], dot::write(&map).as_bytes()) else {
        return;
    };
    let count = |kind: &str| answer.lines().filter(|line| line.starts_with(kind)).count();
    assert_eq!(
        (count("node "), count("edge ")),
        (map.touchpoints.len(), map.links.len())
    );
}

#[test]
fn drivers_look_direct_by_their_links_unless_the_planner_says_otherwise() {
    let drawn = |driver: Option<&str>| {
        let mut map = serde_json::json!({
            "format": "backcast-map",
            "version": 1,
            "title": "Spring",
            "touchpoints": [
                { "id": "a", "name": "Radio", "kind": "driver" },
                { "id": "b", "name": "Search", "kind": "driver" },
                { "id": "c", "name": "Shop", "kind": "destination" },
            ],
            "links": [
                { "id": "ab", "from": "a", "to": "b" },
                { "id": "bc", "from": "b", "to": "c" },
            ],
        });
        if let Some(driver) = driver {
            map["touchpoints"][1]["driver"] = driver.into();
        }
        let map = backcast_exchange::read(map.to_string().as_bytes()).unwrap();
        (dot::write(&map), drawio::write(&map, &Placement::default()))
    };
    for (driver, solid, dashed) in [
        (None, 1, 1),
        (Some("direct"), 1, 1),
        (Some("indirect"), 0, 2),
    ] {
        let (dot, drawio) = drawn(driver);
        let counts = (
            dot.matches("penwidth=2").count(),
            dot.matches("rounded,dashed").count(),
        );
        assert_eq!(counts, (solid, dashed), "dot, {driver:?}");
        let counts = (
            drawio.matches("strokeWidth=2;").count(),
            drawio.matches("dashed=1;").count(),
        );
        assert_eq!(counts, (solid, dashed), "draw.io, {driver:?}");
    }
}

#[test]
fn networkx_reads_what_is_written() {
    let map = awkward();
    let program = "import sys, io, networkx\ng = networkx.read_graphml(io.BytesIO(sys.stdin.buffer.read()))\nprint(len(g), g.size(), sorted(d['name'] for _, d in g.nodes(data=True)) == sorted(sys.argv[1].split('\\x1f')))";
    let names: Vec<String> = map
        .touchpoints
        .iter()
        .map(|touchpoint| touchpoint.name.clone())
        .collect();
    if let Some(answer) = ask(
        "python3",
        &["-c", program, &names.join("\u{1f}")],
        graphml::write(&map, catalog()).as_bytes(),
    ) {
        assert_eq!(
            answer.trim(),
            format!("{} {} True", map.touchpoints.len(), map.links.len())
        );
    }
}

#[test]
fn openpyxl_reads_what_is_written() {
    let map = awkward();
    let content = xlsx::Content {
        map: &map,
        catalog: catalog(),
        coverage: None,
        gaps: Some(Vec::new()),
        base_address: Some("https://example.com/?a=1".to_owned()),
    };
    let program = "import sys, io, openpyxl\nw = openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read()))\nprint([s.title for s in w], w['Touchpoints'].max_row, w['Touchpoints'].freeze_panes, w['Touchpoints']['B5'].data_type, w['Touchpoints']['B5'].value)";
    if let Some(answer) = ask("python3", &["-c", program], &xlsx::write(&content).unwrap()) {
        let expected = format!(
            "['Touchpoints', 'Links', 'Gaps', 'Budget', 'Tagged links'] {} C2 s =1+1",
            map.touchpoints.len() + 1
        );
        assert_eq!(answer.trim(), expected);
    }
}
