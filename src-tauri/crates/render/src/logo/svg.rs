//! SVG files of strangers: looked through for what unfolds without end, then drawn with the bundled fonts alone. No
//! address in them is followed, no picture inside them opened.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use super::{Logo, LogoError, damaged};

/// The most of each that a logo has.
const MOST_ELEMENTS: usize = 20_000;
const MOST_ATTRIBUTES: usize = 200;
const MOST_DEPTH: usize = 64;
/// Elements that draw others again: a dozen, each using the one before several times, stay in the thousands.
const MOST_REPEATS: usize = 12;
/// How far in a file the root may begin, behind comments and declarations.
const START: usize = 4096;

/// Whether these bytes begin like an SVG file.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(START)).unwrap_or_default();
    start.windows(4).any(|part| part == b"<svg")
}

/// Draws it as large as fits into a room.
pub(super) fn read(bytes: &[u8], room: (u32, u32)) -> Result<Logo, LogoError> {
    let text = std::str::from_utf8(bytes).map_err(|error| failed(&error))?;
    check(text).map_err(|reason| failed(&reason))?;
    let options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..crate::png::settings()
    };
    let tree = Tree::from_str(text, &options).map_err(|error| failed(&error))?;
    let own = tree.size();
    let scale = (room.0 as f32 / own.width()).min(room.1 as f32 / own.height());
    let side = |length: f32| ((length * scale).round() as u32).max(1);
    let (width, height) = (side(own.width()), side(own.height()));
    let mut pixmap = Pixmap::new(width, height).ok_or_else(|| failed(&"it has no size"))?;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixmap.as_mut(),
    );
    let straight = pixmap.pixels().iter().flat_map(|pixel| {
        let colour = pixel.demultiply();
        [colour.red(), colour.green(), colour.blue(), colour.alpha()]
    });
    Ok(Logo::of(width, height, straight.collect()))
}

fn failed(reason: &dyn std::fmt::Display) -> LogoError {
    damaged("SVG", reason)
}

/// Refuses what takes a drawer beyond any patience.
fn check(text: &str) -> Result<(), Cow<'static, str>> {
    let mut reader = Reader::from_str(text);
    let (mut elements, mut depth, mut repeats) = (0, 0, 0);
    let mut count = |start: &BytesStart<'_>| -> Result<(), Cow<'static, str>> {
        elements += 1;
        match start.local_name().as_ref() {
            "filter" => return Err("filters are not drawn".into()),
            "use" | "pattern" | "marker" | "mask" => repeats += 1,
            _ => {}
        }
        if elements > MOST_ELEMENTS || repeats > MOST_REPEATS {
            return Err("it draws too much".into());
        }
        if start
            .attributes()
            .with_checks(false)
            .take(MOST_ATTRIBUTES + 1)
            .count()
            > MOST_ATTRIBUTES
        {
            return Err("an element has too many attributes".into());
        }
        Ok(())
    };
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => {
                count(&start)?;
                depth += 1;
                if depth > MOST_DEPTH {
                    return Err("its elements lie too deep in each other".into());
                }
            }
            Event::Empty(start) => count(&start)?,
            Event::End(_) => depth -= 1,
            Event::DocType(kind) if kind.contains('[') => {
                return Err("it declares entities".into());
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]
mod tests {
    use super::*;

    fn refused(inside: &str) -> bool {
        let text = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">{inside}</svg>"#
        );
        matches!(Logo::read(text.as_bytes()), Err(LogoError::Damaged { .. }))
    }

    #[test]
    fn bombs_are_refused() {
        let attributes: String = (0..300).map(|at| format!(" a{at}=''")).collect();
        for inside in [
            "<g>".repeat(100) + &"</g>".repeat(100),
            "<use href='#a'/>".repeat(13),
            format!("<g{attributes}/>"),
            "<rect/>".repeat(MOST_ELEMENTS + 1),
            "<filter id='a'/>".to_owned(),
        ] {
            assert!(refused(&inside), "{}", &inside[..40.min(inside.len())]);
        }
        let laughs =
            "<!DOCTYPE svg [<!ENTITY a 'aaaa'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>";
        assert!(Logo::read(laughs.as_bytes()).is_err());
    }

    #[test]
    fn no_file_is_opened() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.svg");
        std::fs::write(&path, "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>").unwrap();
        let text = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><image href='{}' width='10' height='10'/></svg>",
            path.display()
        );
        let logo = Logo::read(text.as_bytes()).unwrap();
        assert!(logo.pixels.iter().all(|part| *part == 0));
    }
}
