//! A check: the gaps of a map, once, and how they are told. For the command line.

use std::path::Path;

use backcast_analysis::report::{self, TextOptions};
use backcast_analysis::{Analyst, Assessment};
use backcast_model::{Day, Map, Severity};

use crate::environment::Environment;

/// The gaps of a map.
#[derive(Debug)]
pub struct Check {
    assessment: Assessment,
}

impl Check {
    /// Looks at a map as it is on a day.
    #[must_use]
    pub fn run(environment: &Environment, map: &Map, today: Day) -> Self {
        Self {
            assessment: Analyst::new(environment.catalog().clone(), today).assess(map),
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
        report::sarif(&self.assessment, Some(&file.to_string_lossy()))
    }
}
