//! Words that try to be more than words, in every field that comes into a picture: what is written holds nothing but what
//! pictures are made of.

use std::collections::BTreeMap;

use backcast_model::Map;
use backcast_render::{FontUse, PdfOptions, Spread, SvgOptions, Theme, pdf, svg};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::json;

use crate::maps::scene;

const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "</text><script>alert(1)</script>",
    "</title></g></svg><script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "' onload='alert(1)",
    "\" onload=\"alert(1)",
    "\" onmouseover=alert(1) x=\"",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<foreignObject><body onload=alert(1)></foreignObject>",
    "<iframe src=javascript:alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<use href=\"https://example.org/x.svg#a\"/>",
    "<image href=\"file:///etc/passwd\"/>",
    "<style>@import 'https://example.org/x.css';</style>",
    "<animate attributeName=href values=javascript:alert(1) />",
    "<set attributeName=\"onmouseover\" to=\"alert(1)\"/>",
    "<!ENTITY a SYSTEM \"file:///etc/passwd\">&a;",
    "<!DOCTYPE svg [<!ENTITY a \"b\">]>",
    "<?xml-stylesheet href=\"https://example.org/x.xsl\"?>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "]]><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&xxe; &amp &amp;&amp;",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "url(javascript:alert(1))",
    "expression(alert(1))",
    "</style><script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "<%= 7*7 %>",
    "=cmd|' /C calc'!A0",
    "/JavaScript (app.alert(1))",
    ") /JS (app.alert(1)) /S /JavaScript (",
    "endobj 9 0 obj <</S /Launch /F (calc.exe)>> endobj",
    "endstream endobj",
    "%%EOF",
    ">> /OpenAction << /S /JavaScript",
    "\u{202e}gnp.exe",
    "\u{0}\u{1}\u{8}\u{b}\u{1f}",
    "\u{fffe}\u{ffff}",
    "\u{feff}<script>",
    "＜script＞alert(1)＜/script＞",
    "\u{2028}\u{2029}alert(1)",
    "\r\n\t<script\r\n>alert(1)</script\r\n>",
    "🏳️‍🌈👨‍👩‍👧‍👦 e\u{301}\u{327}\u{20dd}",
    "مرحبا <b>بالعالم</b>",
    "https://example.org/\"><script>alert(1)</script>",
    "mailto:a@b.c?subject=<script>",
    "file:///etc/passwd",
    "smb://host/share",
    "\\\\host\\share",
    "'\"`\\;--",
    "a\u{a0}b\u{200b}c\u{ad}d",
];

/// A map with payloads wherever words can stand: in the properties the first, in rows each in turn.
fn map(payloads: &[&str]) -> Map {
    let mut lists = [const { Vec::new() }; 4];
    for (at, payload) in payloads.iter().enumerate() {
        // Ids take no control characters.
        let id: String = format!("{at}{payload}")
            .chars()
            .filter(|character| !character.is_control())
            .collect();
        let [stages, audiences, touchpoints, links] = &mut lists;
        stages.push(json!({ "id": id, "name": payload }));
        audiences.push(json!({ "id": id, "name": payload }));
        touchpoints.push(json!({
            "id": id, "name": payload, "kind": "driver", "stage": id, "channel": payload, "audiences": [id],
            "cta": payload, "message": payload, "notes": format!("{payload} https://example.org/{payload}"),
        }));
        touchpoints.push(json!({
            "id": format!("{id} end"), "name": format!("{payload} {payload} {payload}"), "kind": "destination",
            "notes": format!("javascript:alert(1) {payload}"),
        }));
        links.push(json!({ "id": id, "from": id, "to": format!("{id} end"), "cta": payload, "notes": payload }));
    }
    let [stages, audiences, touchpoints, links] = lists;
    let first = payloads[0];
    let text = json!({
        "format": "backcast-map", "version": 1, "title": first, "theme": first, "framework": first,
        "stages": stages, "audiences": audiences, "touchpoints": touchpoints, "links": links,
    });
    backcast_exchange::read(text.to_string().as_bytes()).unwrap()
}

/// What an SVG may be made of: each tag with its attributes.
fn allowed() -> BTreeMap<&'static str, &'static [&'static str]> {
    const PAINT: &[&str] = &[
        "fill",
        "fill-opacity",
        "stroke",
        "stroke-opacity",
        "stroke-width",
        "stroke-dasharray",
        "stroke-linecap",
        "stroke-linejoin",
        "x",
        "y",
        "width",
        "height",
        "rx",
        "cx",
        "cy",
        "r",
        "d",
    ];
    BTreeMap::from([
        (
            "svg",
            &[
                "xmlns",
                "width",
                "height",
                "viewBox",
                "font-family",
                "role",
                "aria-label",
            ][..],
        ),
        ("title", &[]),
        ("defs", &[]),
        ("style", &[]),
        (
            "symbol",
            &[
                "id",
                "viewBox",
                "fill",
                "stroke-width",
                "stroke-linecap",
                "stroke-linejoin",
            ],
        ),
        ("g", &["id", "role", "aria-label"]),
        (
            "use",
            &[
                "href",
                "x",
                "y",
                "width",
                "height",
                "stroke",
                "stroke-opacity",
            ],
        ),
        (
            "text",
            &[
                "x",
                "y",
                "font-size",
                "font-weight",
                "text-anchor",
                "fill",
                "fill-opacity",
            ],
        ),
        ("rect", PAINT),
        ("circle", PAINT),
        ("path", PAINT),
    ])
}

/// Reads an SVG and refuses whatever is not allowed in it.
fn check(text: &str, payload: &str) {
    let allowed = allowed();
    let mut reader = Reader::from_str(text);
    let mut style: Option<String> = None;
    loop {
        match reader
            .read_event()
            .unwrap_or_else(|error| panic!("{payload:?}: {error}"))
        {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                let attributes = allowed
                    .get(name.as_str())
                    .unwrap_or_else(|| panic!("{payload:?}: <{name}>"));
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap();
                    let key = attribute.key.as_ref();
                    assert!(attributes.contains(&key), "{payload:?}: {name} {key}");
                    if key == "href" {
                        assert!(
                            attribute.value.starts_with("#icon-"),
                            "{payload:?}: {}",
                            attribute.value
                        );
                    }
                }
                style = (name == "style").then(String::new);
            }
            Event::Text(words) => {
                if let Some(style) = &mut style {
                    style.push_str(&words);
                }
            }
            Event::GeneralRef(_) => {}
            Event::End(_) => {
                let style = style.take().unwrap_or_default();
                assert!(
                    style.is_empty() || style.starts_with("@font-face"),
                    "{payload:?}"
                );
                let fetched = style
                    .split("url(")
                    .skip(1)
                    .find(|url| !url.starts_with("data:font/woff2;base64,"));
                assert!(
                    fetched.is_none() && !style.contains("import"),
                    "{payload:?}"
                );
            }
            Event::Eof => return,
            other => panic!("{payload:?}: {other:?}"),
        }
    }
}

#[test]
fn an_svg_holds_nothing_but_shapes_and_words() {
    for payload in PAYLOADS {
        check(
            &svg(
                &scene(&map(&[payload]), Theme::light()),
                SvgOptions::default(),
            ),
            payload,
        );
    }
    let fonts = FontUse::Embedded;
    let scene = scene(&map(PAYLOADS), Theme::dark());
    check(
        &svg(
            &scene,
            SvgOptions {
                fonts,
                ..SvgOptions::default()
            },
        ),
        "all of them",
    );
}

#[test]
fn a_pdf_holds_no_actions_but_links_to_the_web_and_mail() {
    // `/AA` alone may begin the name of a subset of a font.
    let words = [
        "/JavaScript",
        "/JS ",
        "/JS(",
        "/Launch",
        "/OpenAction",
        "/AA ",
        "/AA<",
        "/SubmitForm",
        "/GoToR",
        "/RichMedia",
        "/XFA",
    ];
    let check = |payloads: &[&str], spread| {
        let scene = scene(&map(payloads), Theme::light());
        let options = PdfOptions {
            spread,
            ..PdfOptions::default()
        };
        let bytes = pdf(payloads[0], std::slice::from_ref(&scene), options).unwrap();
        // Names of actions stand outside of strings, and strings of the planner are written apart from them.
        let plain = outside_strings(&bytes);
        let found = words.iter().find(|word| plain.contains(**word));
        assert_eq!(found, None, "{payloads:?}");
        for card in &scene.cards {
            let address = card.address.as_deref().unwrap_or("https:");
            let scheme = address.split(':').next().unwrap();
            assert!(
                ["http", "https", "mailto"].contains(&scheme),
                "{payloads:?}: {address}"
            );
        }
    };
    check(PAYLOADS, Spread::One);
    for some in PAYLOADS.chunks(8) {
        check(some, Spread::Tiled);
    }
}

/// The text of a PDF without its strings and streams.
fn outside_strings(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut plain = String::new();
    let mut rest = text.as_ref();
    while let Some((before, after)) = rest.split_once("stream\n") {
        plain.push_str(before);
        rest = after.split_once("endstream").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let mut depth = 0_usize;
    let mut escaped = false;
    plain.retain(|character| {
        let was_escaped = std::mem::take(&mut escaped);
        match character {
            '\\' if depth > 0 && !was_escaped => escaped = true,
            '(' if !was_escaped => depth += 1,
            ')' if !was_escaped && depth > 0 => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    plain
}
