//! The example campaigns that come with the program: finished maps to look around in and to learn from. Refuses to
//! open one as a project.

use backcast_model::Map;

use crate::problem::Problem;

/// An example campaign.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Its id.
    pub name: &'static str,
    /// Its map.
    pub map: Map,
}

macro_rules! sample {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!(
                "../../../../assets/samples/",
                $name,
                ".backcast.json"
            )),
        )
    };
}

/// By name, in the order in which they are shown: from the simplest to the largest.
const SAMPLES: [(&str, &str); 5] = [
    sample!("escape-my-house"),
    sample!("agency-schematic"),
    sample!("thought-leadership-loop"),
    sample!("tips-from-former-smokers-2013"),
    sample!("census-2020"),
];

/// All example campaigns.
#[must_use]
pub fn all() -> Vec<Sample> {
    let read = |(name, text): &(&'static str, &str)| {
        // A test reads them all; one that could not be read would not be shown.
        let map = backcast_exchange::read(text.as_bytes()).ok()?;
        Some(Sample { name, map })
    };
    SAMPLES.iter().filter_map(read).collect()
}

/// The map of one of them.
///
/// # Errors
/// When there is none of this name: tells those there are.
pub fn map(name: &str) -> Result<Map, Problem> {
    let found = SAMPLES.iter().find(|(known, _)| *known == name);
    let Some((_, text)) = found else {
        let names: Vec<_> = SAMPLES.iter().map(|(known, _)| *known).collect();
        return Err(Problem::refused(
            format!("There is no example called \u{201c}{name}\u{201d}."),
            format!("Choose one of: {}.", names.join(", ")),
        ));
    };
    backcast_exchange::read(text.as_bytes()).map_err(|error| {
        let message = format!("The example \u{201c}{name}\u{201d} cannot be read: {error}");
        Problem::refused(message, "Choose another example.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_examples_read_and_have_a_name_each() {
        let samples = all();
        assert_eq!(samples.len(), SAMPLES.len());
        for sample in samples {
            assert!(sample.map.touchpoints.len() > 4, "{}", sample.name);
            assert_eq!(map(sample.name).unwrap(), sample.map);
        }
    }

    #[test]
    fn an_example_that_is_not_there_is_refused_with_those_that_are() {
        assert!(map("nonsense").unwrap_err().remedy.contains("census-2020"));
    }
}
