//! Words reach the reader as the planner wrote them, whatever they are.

use backcast_model::Severity;
use backcast_render::pptx::{Cell, GapLine, SlideSize, Table};
use proptest::prelude::*;

use super::reader::{Element, Package};
use super::{invented, written};

const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "]]><!--",
    "&amp; &#x41; & \" ' `",
    "\u{0}\u{1}\u{8}\u{b}\u{1f}\u{7f}",
    "\u{fffe}\u{ffff}\u{feff}",
    "_x0041_ =HYPERLINK(\"http://a\")",
    "שלום עולם",
    "مرحبا <b>",
    "\u{202e}desrever",
    "日本語の名前🎉👩‍👩‍👧",
    "line\r\nbreak\ttab\u{85}next\u{2028}sep",
    "",
];

/// A text as a deck can say it on one line.
fn told(text: &str) -> String {
    let legal = |letter: char| {
        if matches!(letter, '\u{fffe}' | '\u{ffff}') {
            '\u{fffd}'
        } else {
            letter
        }
    };
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").chars().map(legal).collect()
}

/// A text as a deck can say it over several lines: the lines of it.
fn told_lines(text: &str) -> Vec<String> {
    let legal = |letter: char| {
        if matches!(letter, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
            && letter != '\r'
        {
            '\u{fffd}'
        } else {
            letter
        }
    };
    text.lines()
        .map(|line| line.chars().map(legal).collect())
        .filter(|line: &String| !line.is_empty())
        .collect()
}

fn spoken(text: &str) -> Vec<Element> {
    let mut scene = invented::scene_of(3, 2);
    for card in &mut scene.cards {
        card.name = text.to_owned();
        card.lines = vec![text.to_owned()];
        card.cta = Some(text.to_owned());
        card.channel = Some(text.to_owned());
    }
    for column in &mut scene.columns {
        column.name = text.to_owned();
    }
    for label in scene
        .links
        .iter_mut()
        .filter_map(|link| link.label.as_mut())
    {
        label.text = text.to_owned();
    }
    scene.title = text.to_owned();
    let mut deck = invented::deck(scene);
    deck.title = text.to_owned();
    deck.notes = vec![text.to_owned()];
    deck.gaps = vec![GapLine {
        severity: Severity::Low,
        stage: text.to_owned(),
        sentence: text.to_owned(),
        fix: text.to_owned(),
    }];
    let cell = || Cell {
        text: text.to_owned(),
        gaps: vec![(Severity::Low, text.to_owned())],
    };
    deck.coverage = Some(Table {
        head: vec![text.to_owned(); 2],
        rows: vec![vec![cell(), cell()]],
    });
    for row in &mut deck.timeline.as_mut().unwrap().rows {
        row.name = text.to_owned();
        row.stage = text.to_owned();
    }
    let package = Package::read(&written(&deck, SlideSize::Wide));
    package.check();
    super::laws::check(&package);
    let notes: String = package.notes(1).concat();
    for line in told_lines(text) {
        assert!(notes.contains(&line), "{line:?} not in the notes {notes:?}");
    }
    assert_eq!(package.part("docProps/core.xml").text, "");
    package.slides()
}

fn check(text: &str) {
    let slides = spoken(text);
    let told = told(text);
    let described: Vec<String> = slides[0]
        .all("p:cNvPr")
        .iter()
        .map(|shape| shape.attribute("descr").to_owned())
        .collect();
    assert!(
        described
            .iter()
            .any(|description| description.contains(&told)),
        "{told:?} in no description: {described:?}"
    );
    let gap_list = slides.last().unwrap();
    let said = gap_list
        .all("a:t")
        .iter()
        .map(|text| text.text.as_str())
        .collect::<String>();
    for line in told_lines(text)
        .iter()
        .filter(|line| line.chars().count() < 200)
    {
        assert!(
            said.contains(line.as_str()),
            "{line:?} not in the gap list {said:?}"
        );
    }
}

#[test]
fn hostile_words_stay_words() {
    for text in HOSTILE {
        check(text);
    }
}

#[test]
fn words_from_right_to_left_say_so() {
    for (text, backward) in [
        ("שלום", true),
        ("مرحبا", true),
        ("Hello שלום", false),
        ("2026", false),
    ] {
        let slides = spoken(text);
        let paragraphs: Vec<&Element> = slides[0]
            .all("a:p")
            .into_iter()
            .filter(|paragraph| paragraph.all("a:t").iter().any(|words| words.text == text))
            .collect();
        let marked = paragraphs.iter().any(|paragraph| {
            paragraph
                .all("a:pPr")
                .iter()
                .any(|properties| properties.attribute("rtl") == "1")
        });
        assert_eq!(marked, backward, "{text}");
    }
}

#[test]
fn a_name_too_long_for_its_card_is_cut_there_and_whole_in_its_description() {
    let name = "A touchpoint with a name that no card has ever had room for ".repeat(40);
    let slides = spoken(&name);
    assert!(
        slides[0]
            .all("a:t")
            .iter()
            .any(|words| words.text.ends_with('…'))
    );
    assert!(
        slides[0]
            .all("p:cNvPr")
            .iter()
            .any(|shape| shape.attribute("descr").contains(name.trim()))
    );
}

#[test]
fn rows_too_tall_for_a_slide_are_cut_and_whole_in_its_notes() {
    let mut deck = invented::deck(invented::scene_of(3, 2));
    let long = "word ".repeat(4000);
    let gap = GapLine {
        severity: Severity::High,
        stage: "Buy".into(),
        sentence: long.clone(),
        fix: "Mend it.".into(),
    };
    deck.gaps = vec![gap; 3];
    let package = Package::read(&written(&deck, SlideSize::Wide));
    let last = package.slides().len();
    assert_eq!(package.notes(last)[0].trim(), long.trim());
    for row in package
        .slides()
        .iter()
        .flat_map(|slide| slide.all("a:tr").into_iter().cloned().collect::<Vec<_>>())
    {
        assert!(row.number("h") < 6_858_000);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_words_are_read_back(text in any::<String>()) {
        check(&text);
    }
}
