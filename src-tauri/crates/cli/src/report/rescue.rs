//! What is wrong with a file, what was got out of it, and backups: as text and as JSON.

use std::path::Path;

use backcast_workbench::local_time;
use backcast_workbench::rescue::{Backups, Rescued, Verification};
use serde_json::json;

use super::page::{Page, Style, plural, quoted};
use super::{indented, page};

/// How many problems people are told one by one.
const MOST: usize = 20;

/// For people: whole or not, and why.
pub(crate) fn verification_text(file: &Path, found: &Verification) -> String {
    let mut page = page();
    let (file, rows) = (file.display(), plural(found.rows, "row"));
    let steps = plural(found.changes, "step");
    if found.problems.is_empty() {
        let text = format!("{file} is whole: {rows}, {steps} of history.");
        page.text(&text, Style::Plain);
        return page.finish();
    }
    page.text(&format!("{file} is not whole:"), Style::Strong);
    for problem in found.problems.iter().take(MOST) {
        page.line(("  \u{25b2} ", Style::Bad), problem, Style::Plain);
    }
    if found.problems.len() > MOST {
        let more = format!("    \u{2026} and {} more", found.problems.len() - MOST);
        page.text(&more, Style::Faint);
    }
    page.space();
    let rest = if found.rows == 0 {
        "Nothing in it can be read; see \u{201c}backcast backups\u{201d}.".to_owned()
    } else {
        format!(
            "{rows} and {steps} of history can be read: \u{201c}backcast rescue\u{201d} gets them out, \u{201c}backcast backups\u{201d} lists earlier states."
        )
    };
    page.text(&rest, Style::Plain);
    page.finish()
}

/// One JSON object.
pub(crate) fn verification_json(file: &Path, found: &Verification) -> String {
    indented(&json!({
        "file": file.to_string_lossy(),
        "whole": found.problems.is_empty(),
        "problems": found.problems,
        "rows": found.rows,
        "changes": found.changes,
    }))
}

/// For people: what is in the new file, and what is not.
pub(crate) fn rescued_text(into: &Path, rescued: &Rescued) -> String {
    let mut page = page();
    let map = &rescued.map;
    let counts = [
        (map.stages.len(), "stage"),
        (map.audiences.len(), "audience"),
        (map.systems.len(), "system"),
        (map.touchpoints.len(), "touchpoint"),
        (map.links.len(), "link"),
        (map.dismissals.len(), "dismissed gap"),
    ];
    let counts: Vec<_> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| plural(count, noun))
        .collect();
    let what = if counts.is_empty() {
        "the map\u{2019}s own properties".to_owned()
    } else {
        counts.join(", ")
    };
    let text = format!("Rescued into {}: {what}.", into.display());
    page.text(&text, Style::Plain);
    let history = match rescued.changes {
        0 => "It is a new project, whose history begins there: copies of the old one do not merge with it.".to_owned(),
        steps => format!("It is the same project, with {} of history.", plural(steps, "step")),
    };
    page.text(&history, Style::Plain);
    list(
        &mut page,
        "Restored from the history",
        ("+", Style::Good),
        &rescued.restored,
    );
    list(
        &mut page,
        "Could not be saved, or is in doubt",
        ("\u{2212}", Style::Bad),
        &rescued.lost,
    );
    page.finish()
}

/// A heading and the first of many lines under it; nothing when there are none.
fn list(page: &mut Page, heading: &str, (sign, style): (&str, Style), lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    page.heading(heading);
    for line in lines.iter().take(MOST) {
        page.line((&format!("  {sign} "), style), line, Style::Plain);
    }
    if lines.len() > MOST {
        let more = format!("    \u{2026} and {} more", lines.len() - MOST);
        page.text(&more, Style::Faint);
    }
}

/// For people: one backup a line, the newest first.
pub(crate) fn backups_text(backups: &Backups) -> String {
    let mut page = page();
    if backups.kept.is_empty() {
        page.text("No backups on this computer yet.", Style::Plain);
    }
    let wide = backups.kept.len().to_string().len();
    for (index, backup) in backups.kept.iter().enumerate() {
        let mark = format!("{:>wide$}  {}  ", index + 1, local_time(backup.at));
        let title = backup.title.as_deref().map(quoted).unwrap_or_default();
        let size = backup.size.div_ceil(1024);
        let text = format!("{size} kB  {title}");
        page.line((&mark, Style::Faint), &text, Style::Plain);
    }
    page.finish()
}

/// One JSON object.
pub(crate) fn backups_json(backups: &Backups) -> String {
    let kept: Vec<_> = backups
        .kept
        .iter()
        .zip(1..)
        .map(|(backup, number)| {
            json!({
                "number": number,
                "at": backup.at.to_string(),
                "size": backup.size,
                "title": backup.title,
                "path": backup.path.to_string_lossy(),
            })
        })
        .collect();
    indented(&json!({ "backups": kept }))
}
