//! A check: the gaps of a map, once, and how they are told. For the command line.

use std::collections::BTreeSet;
use std::path::Path;

use backcast_analysis::report::{self, TextOptions};
use backcast_analysis::{Analyst, Assessment, View};
use backcast_model::{Day, Edit, Map, Severity};

use crate::environment::Environment;
use crate::problem::Problem;
use crate::start;
use crate::workbench::with_own_ids;

/// The gaps of a map.
#[derive(Debug)]
pub struct Check {
    assessment: Assessment,
}

impl Check {
    /// Looks at a map as it is on a day, under its own framework or another; at all that is not stopped, or only at
    /// what is live.
    ///
    /// # Errors
    /// When the catalogue has no such framework.
    pub fn run(
        environment: &Environment,
        map: &Map,
        today: Day,
        framework: Option<&str>,
        view: View,
    ) -> Result<Self, Problem> {
        let read = framework
            .map(|framework| start::read_as(environment.catalog(), map, framework))
            .transpose()?;
        let mut analyst = Analyst::new(environment.catalog().clone(), today).seeing(view);
        let assessment = analyst.assess(read.as_ref().unwrap_or(map));
        Ok(Self { assessment })
    }

    /// The first way in which the program can mend the gap that `wanted` names, as `rule` or `rule:subject,…`: its
    /// title and its edits.
    ///
    /// # Errors
    /// When there is no such open gap, several of the rule without a subject, or only a person can mend it.
    pub fn fix(&self, wanted: &str) -> Result<(String, Vec<Edit>), Problem> {
        let open = self.assessment.gaps().iter().filter(|gap| gap.is_open());
        let found: Vec<_> = open
            .filter(|gap| gap.rule.id == wanted || gap.key.to_string() == wanted)
            .collect();
        let [gap] = found.as_slice() else {
            let keys: Vec<_> = found.iter().map(|gap| gap.key.to_string()).collect();
            return Err(if keys.is_empty() {
                Problem::refused(
                    format!("There is no open gap {wanted}."),
                    "See what there is with check.",
                )
            } else {
                Problem::refused(
                    format!("There are {} gaps of the rule {wanted}.", keys.len()),
                    format!("Name one: {}.", keys.join(" ")),
                )
            });
        };
        let (mends, asks): (Vec<_>, Vec<_>) = self
            .assessment
            .fixes(gap)
            .into_iter()
            .partition(|fix| fix.fill_in.is_none());
        match (mends.into_iter().next(), asks.first()) {
            (Some(fix), _) => Ok((fix.title, with_own_ids(fix.edits))),
            (None, Some(fix)) => Err(Problem::refused(
                format!("Only you can mend {wanted}: {}.", fix.title),
                "Fill in that field.",
            )),
            (None, None) => Err(Problem::refused(
                format!("Nothing mends {wanted} in one step."),
                "Change the map by hand.",
            )),
        }
    }

    /// Whether an open gap is of this severity or worse.
    #[must_use]
    pub fn has_open_gap(&self, severity: Severity) -> bool {
        let summary = self.assessment.summary();
        Severity::ALL
            .iter()
            .filter(|other| **other <= severity)
            .any(|severity| summary.of(*severity) > 0)
    }

    /// A note for every rule that the map speaks of and this version of the program does not have.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let map = self.assessment.map();
        let set = map.properties.rules.keys().map(String::as_str);
        let dismissed = map
            .dismissals
            .iter()
            .map(|dismissal| dismissal.rule.as_str());
        unknown_rules(set.chain(dismissed))
    }

    /// For people: at most `width` columns, with colours or without.
    #[must_use]
    pub fn text(&self, width: usize, colours: bool) -> String {
        let options = TextOptions {
            colour: colours,
            width,
            ..TextOptions::default()
        };
        report::text(&self.assessment, options)
    }

    /// One JSON object.
    #[must_use]
    pub fn json(&self) -> String {
        report::json(&self.assessment)
    }

    /// SARIF 2.1.0 about this file.
    #[must_use]
    pub fn sarif(&self, file: &Path) -> String {
        report::sarif(&self.assessment, Some(&uri_of(file)))
    }
}

/// A note for every one of these rules that this version of the program does not have, each once. What is said of them
/// is kept, for a newer version that has them.
pub fn unknown_rules<'a>(rules: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let unknown = rules
        .into_iter()
        .filter(|id| backcast_analysis::rule(id).is_none());
    let unknown: BTreeSet<_> = unknown.collect();
    let note = |id| {
        format!(
            "This version knows no rule called \u{201c}{id}\u{201d}. What the map says of it is kept, and has no effect."
        )
    };
    unknown.into_iter().map(note).collect()
}

/// A path as a URI reference: what has a meaning of its own in URIs is percent-encoded.
fn uri_of(file: &Path) -> String {
    let mut uri = String::from(if file.is_absolute() { "file://" } else { "" });
    for byte in file.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(
            uri_of(Path::new("my map#1 50%.backcast")),
            "my%20map%231%2050%25.backcast"
        );
        assert_eq!(uri_of(Path::new("/a/b.json")), "file:///a/b.json");
    }
}
