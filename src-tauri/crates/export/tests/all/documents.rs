//! The planner's documents, as a strategist reads them.

use backcast_export::{DocumentKind, Format, Options, Part};

use super::{SPRING, exported, snapshot, text};

fn of(kind: DocumentKind) -> Options {
    Options {
        document: Some(kind),
        ..Options::default()
    }
}

#[test]
fn each_says_what_the_map_says() {
    for kind in DocumentKind::ALL {
        insta::assert_snapshot!(kind.as_str(), text(Format::Markdown, &of(kind)));
    }
}

#[test]
fn a_part_tells_of_its_touchpoints_alone_and_still_names_what_they_lead_to() {
    let map = snapshot(SPRING).map().clone();
    let options = Options {
        part: Part::stage(&map, "discover").unwrap(),
        ..of(DocumentKind::Briefs)
    };
    let briefs = text(Format::Markdown, &options);
    assert!(
        briefs.contains("### Search") && !briefs.contains("### Shop"),
        "{briefs}"
    );
    assert!(briefs.contains("| Test ride booking | Try |"), "{briefs}");
    let options = Options {
        part: Part::leading_to(&map, "SHOP").unwrap(),
        ..of(DocumentKind::Blueprint)
    };
    let blueprint = text(Format::Markdown, &options);
    assert!(
        blueprint.contains("Test ride booking") && !blueprint.contains("club"),
        "{blueprint}"
    );
}

#[test]
fn html_is_one_file_that_runs_and_fetches_nothing() {
    for kind in DocumentKind::ALL {
        let page = text(Format::Html, &of(kind));
        assert!(
            page.contains("Posters at &lt;stations&gt; &amp; stops") || kind == DocumentKind::Gaps
        );
        for bad in [
            "<script",
            "<link",
            "<img",
            "src=",
            "@import",
            "url(http",
            "javascript:",
        ] {
            assert!(!page.contains(bad), "{kind:?} has {bad}");
        }
        assert!(page.contains("default-src 'none'"));
    }
    let briefs = text(Format::Html, &of(DocumentKind::Briefs));
    assert!(
        briefs.contains("<a href=\"https://example.org/brief?a=1\" rel=\"noreferrer noopener\">")
    );
}

#[test]
fn the_same_map_gives_the_same_bytes() {
    for format in [Format::Html, Format::Docx, Format::Pdf] {
        let options = of(DocumentKind::Briefs);
        let (one, other) = (exported(format, &options), exported(format, &options));
        assert_eq!(one.unwrap(), other.unwrap(), "{format:?}");
    }
}
