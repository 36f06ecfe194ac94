//! Templates of a team's own.

use backcast_export::{DocumentKind, ExportError, Format, Options};

use super::{exported, text};

fn with(template: &str) -> Options {
    Options {
        document: Some(DocumentKind::Gaps),
        template: Some(template.to_owned()),
        ..Options::default()
    }
}

#[test]
fn a_template_is_given_the_document_and_the_map() {
    let template = "{{ kind }}: {{ title }} ({{ date }})\n{% for stage in stages %}{{ stage.name }}: \
                    {% for one in stage.touchpoints %}{{ one.name }} {{ one.media }};{% endfor %}\n{% endfor %}\
                    {{ report.summary.high }} {{ map.currency }}\n";
    let told = text(Format::Markdown, &with(template));
    assert!(
        told.starts_with("Gap report: Spring launch (10 March 2026)\n"),
        "{told}"
    );
    assert!(
        told.contains("Posters at \\<stations\\> \\& stops €12,000"),
        "{told}"
    );
    let page = text(
        Format::Html,
        &with("<body>{{ map.touchpoints[0].name }}<hr>{{ body }}</body>"),
    );
    assert!(
        page.starts_with("<body>Posters at &lt;stations&gt; &amp; stops<hr><p>"),
        "{page}"
    );
    assert!(page.contains("<h2>Discover</h2>"), "{page}");
}

#[test]
fn a_template_that_cannot_be_followed_is_refused_with_its_line() {
    for (template, wanted) in [
        ("fine\n{% for x in %}", 2),
        ("{{ title | nofilter }}", 1),
        ("\n\n{{ 1 + title }}", 3),
        (
            "{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}",
            1,
        ),
        ("{% include 'other' %}", 1),
    ] {
        let error = exported(Format::Markdown, &with(template)).unwrap_err();
        let ExportError::Template { line, reason } = error else {
            panic!("{template}: {error}");
        };
        assert_eq!(line, wanted, "{template}: {reason}");
    }
}
