//! The example maps: what the analysis says of them, kept as snapshots to be read by a planner's eye.

use crate::common::{SAMPLES, assess, sample};
use backcast_analysis::report::{TextOptions, json, text};

#[test]
fn what_is_said_of_the_examples() {
    for name in SAMPLES {
        let assessment = assess(&sample(name));
        insta::assert_snapshot!(name, text(&assessment, TextOptions::default()));
    }
}

#[test]
fn json_has_the_format_documents_keys() {
    let assessment = assess(&sample("escape-my-house"));
    insta::assert_snapshot!("escape-my-house.json", json(&assessment));
}

#[test]
fn reports_are_the_same_bytes_every_time() {
    for name in SAMPLES {
        assert_eq!(json(&assess(&sample(name))), json(&assess(&sample(name))));
    }
}
