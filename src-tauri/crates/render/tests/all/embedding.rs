//! A project goes into a picture and comes out of it again; whatever else comes in, nothing breaks.

use backcast_render::pptx::{Deck, PptxOptions, pptx};
use backcast_render::{
    MOST_PROJECT_BYTES, Page, PdfOptions, PngOptions, RenderError, SvgOptions, Theme, embed,
    embedded, pdf, png, svg,
};
use proptest::prelude::*;

use crate::maps::{samples, scene};

/// One picture of each format with this project inside.
fn pictures(project: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let (_, map) = samples().remove(0);
    let scene = scene(&map, Theme::light());
    let drawn = png(
        &scene,
        PngOptions {
            scale: 1.0,
            ..PngOptions::default()
        },
    )
    .unwrap();
    let written = svg(&scene, SvgOptions::default());
    let deck = Deck {
        title: "Schematic".to_owned(),
        map: scene.clone(),
        notes: Vec::new(),
        coverage: None,
        timeline: None,
        gaps: Vec::new(),
    };
    let slides = PptxOptions {
        project: Some(project),
        ..PptxOptions::default()
    };
    let options = PdfOptions {
        page: Page::A4,
        project: Some(project),
        ..PdfOptions::default()
    };
    vec![
        ("PNG", embed(&drawn, project).unwrap()),
        ("PowerPoint", pptx(&deck, &slides).unwrap()),
        ("SVG", embed(written.as_bytes(), project).unwrap()),
        (
            "PDF",
            pdf("Schematic", std::slice::from_ref(&scene), options).unwrap(),
        ),
    ]
}

#[test]
fn what_went_in_comes_out() {
    let bytes: Vec<u8> = (0..70_000_u32)
        .map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    for project in [
        &b""[..],
        b"SQLite format 3\0 <endstream> ]]>",
        &bytes,
        &vec![0; 300_000],
    ] {
        for (format, picture) in pictures(project) {
            assert!(
                embedded(&picture).unwrap().as_deref() == Some(project),
                "{format}, {} bytes",
                project.len()
            );
        }
    }
}

#[test]
fn a_picture_without_a_project_has_none_and_no_picture_takes_none() {
    let (_, map) = samples().remove(0);
    let scene = scene(&map, Theme::light());
    let plain = [
        png(
            &scene,
            PngOptions {
                scale: 1.0,
                ..PngOptions::default()
            },
        )
        .unwrap(),
        svg(&scene, SvgOptions::default()).into_bytes(),
        pdf(
            "Schematic",
            std::slice::from_ref(&scene),
            PdfOptions::default(),
        )
        .unwrap(),
        b"{\"format\":\"backcast-map\"}".to_vec(),
        Vec::new(),
    ];
    for bytes in plain {
        assert_eq!(embedded(&bytes), Ok(None));
    }
    assert_eq!(
        embed(b"no picture", b"project"),
        Err(RenderError::NotAPicture)
    );
}

#[test]
fn a_project_put_in_again_takes_the_place_of_the_one_before() {
    let (_, picture) = pictures(b"first").remove(0);
    let again = embed(&picture, b"second").unwrap();
    assert_eq!(embedded(&again).unwrap().as_deref(), Some(&b"second"[..]));
}

#[test]
fn too_large_projects_are_refused() {
    let project = vec![0; MOST_PROJECT_BYTES + 1];
    let error = embed(b"<svg></svg>", &project).unwrap_err();
    assert_eq!(error, RenderError::ProjectTooLarge { size: 65, most: 64 });
    assert!(error.to_string().contains("export without"), "{error}");
}

#[test]
fn hostile_pictures_are_refused_in_words() {
    let bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaa\">]><svg><metadata><project xmlns=\"urn:backcast:project\">&a;</project></metadata></svg>";
    let deep = format!(
        "<svg>{}<project xmlns=\"urn:backcast:project\">",
        "<g>".repeat(100_000)
    );
    let wide = format!(
        "<svg {} x=\"urn:backcast:project\"/>",
        (0..50_000)
            .map(|at| format!("a{at}=\"\" "))
            .collect::<String>()
    );
    let inflating = {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut packed, &vec![0; MOST_PROJECT_BYTES + 10]).unwrap();
        let packed = packed.finish().unwrap();
        let head = format!(
            "%PDF-1.7\n1 0 obj <</Subtype /application#2Fx-backcast /Filter /FlateDecode /Length {}>>\nstream\n",
            packed.len()
        );
        [head.as_bytes(), &packed, b"\nendstream"].concat()
    };
    for (picture, refused) in [
        (bomb.as_bytes(), true),
        (deep.as_bytes(), true),
        (wide.as_bytes(), false),
        (&inflating, true),
        (b"%PDF-1.7 /application#2Fx-backcast stream", true),
        (b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffbcPr", false),
    ] {
        let answer = embedded(picture);
        assert_eq!(answer.is_err(), refused, "{answer:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_damage_makes_it_fall_over(at in 0.0_f64..1.0, bit in 0_u8..8, cut in 0.5_f64..1.0) {
        static PICTURES: std::sync::OnceLock<Vec<(&str, Vec<u8>)>> = std::sync::OnceLock::new();
        for (format, picture) in PICTURES.get_or_init(|| pictures(b"a project of some bytes")) {
            let mut damaged = picture.clone();
            let place = (at * damaged.len() as f64) as usize % damaged.len();
            damaged[place] ^= 1 << bit;
            // Whatever stands there now, a PNG never gives out a project that differs from the one put in.
            if let Ok(Some(project)) = embedded(&damaged) {
                prop_assert!(*format != "PNG" || project == b"a project of some bytes");
            }
            let _ = embedded(&picture[..(cut * picture.len() as f64) as usize]);
        }
    }

    #[test]
    fn no_bytes_make_it_fall_over(start in 0_usize..4, rest in any::<Vec<u8>>()) {
        let starts: [&[u8]; 4] = [b"\x89PNG\r\n\x1a\n", b"%PDF-1 0 obj /application#2Fx-backcast /Length ", b"<svg><project xmlns=\"urn:backcast:project\">", b"PK\x03\x04"];
        let _ = embedded(&[starts[start], &rest].concat());
    }
}
