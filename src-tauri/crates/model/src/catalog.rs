//! The catalogue: frameworks and channels as data. The shipped lists are built in; planners add files of the same
//! shape. Reading files is the caller's; this parses and looks up.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::vocabulary::{Media, Moment, Ownership};

/// The version of the catalogue format this program reads.
const VERSION: u32 = 1;

/// The frameworks the product ships with, as TOML.
const SHIPPED_FRAMEWORKS: &str = include_str!("../../../../assets/frameworks.toml");

/// The channels the product ships with, as TOML.
const SHIPPED_CHANNELS: &str = include_str!("../../../../assets/channels.toml");

/// A named, ordered set of stages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Its id.
    pub id: String,
    /// What planners call it.
    pub name: String,
    /// Whether new maps start with it unless told otherwise.
    #[serde(default)]
    pub default: bool,
    /// Its stages, in order.
    pub stages: Vec<FrameworkStage>,
}

/// A stage of a framework.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameworkStage {
    /// Its id.
    pub id: String,
    /// What planners call it.
    pub name: String,
    /// Where it stands on the common axis.
    pub moment: Moment,
}

/// The kind of place a touchpoint lives in, with what holds there unless a touchpoint says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "five independent facts of the data format"
)]
pub struct Channel {
    /// Its id.
    pub id: String,
    /// What planners call it.
    pub name: String,
    /// The group it is counted under.
    pub group: String,
    /// Paid, earned, shared, owned.
    pub media: Vec<Media>,
    /// Who controls it.
    pub ownership: Ownership,
    /// Whether people can answer there.
    pub two_way: bool,
    /// Whether it needs people's consent.
    pub consent: bool,
    /// Whether visits can be attributed.
    pub tracked: bool,
    /// Whether it catches what an indirect driver stirs.
    pub pick_up: bool,
    /// Whether people meet it unasked.
    pub entry: bool,
    /// Identity keys it captures.
    pub recognises: Vec<String>,
    /// Moments at which it usually works.
    pub moments: Vec<Moment>,
    /// Devices it is met on.
    pub devices: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogFile {
    version: u32,
    #[serde(default, rename = "framework")]
    frameworks: Vec<Framework>,
    #[serde(default, rename = "channel")]
    channels: Vec<Channel>,
}

/// Frameworks and channels by id, in the order of their files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Catalog {
    frameworks: IndexMap<String, Framework>,
    channels: IndexMap<String, Channel>,
    /// The id of the framework that last said it was the default.
    default_framework: Option<String>,
}

impl Catalog {
    /// What the product ships with.
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "the shipped files are part of the program, and a test reads them"
    )]
    pub fn shipped() -> Self {
        let mut catalog = Self::default();
        for text in [SHIPPED_FRAMEWORKS, SHIPPED_CHANNELS] {
            catalog.extend(text).expect("the shipped catalogue parses");
        }
        catalog
    }

    /// Adds the frameworks and channels of a TOML text; one with a known id replaces it, and a default takes the place
    /// of the default before.
    ///
    /// # Errors
    /// When the text is not TOML, of a newer version, an entry is incomplete, or an id is empty or stands twice: what
    /// is wrong, with the line or the id. Nothing is added then.
    pub fn extend(&mut self, text: &str) -> Result<(), String> {
        let file: CatalogFile =
            toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        if file.version != VERSION {
            return Err(format!(
                "this catalogue has version {}; this program reads version {VERSION}",
                file.version
            ));
        }
        check_ids(
            "frameworks",
            file.frameworks.iter().map(|framework| &framework.id),
        )?;
        for framework in &file.frameworks {
            let stages = framework.stages.iter().map(|stage| &stage.id);
            check_ids(
                &format!("stages of \u{201c}{}\u{201d}", framework.id),
                stages,
            )?;
        }
        check_ids("channels", file.channels.iter().map(|channel| &channel.id))?;
        let mut defaults = file.frameworks.iter().filter(|framework| framework.default);
        if let Some(framework) = defaults.next_back() {
            self.default_framework = Some(framework.id.clone());
        }
        self.frameworks.extend(
            file.frameworks
                .into_iter()
                .map(|framework| (framework.id.clone(), framework)),
        );
        self.channels.extend(
            file.channels
                .into_iter()
                .map(|channel| (channel.id.clone(), channel)),
        );
        Ok(())
    }

    /// A framework by id.
    #[must_use]
    pub fn framework(&self, id: &str) -> Option<&Framework> {
        self.frameworks.get(id)
    }

    /// The framework new maps start with.
    #[must_use]
    pub fn default_framework(&self) -> Option<&Framework> {
        self.default_framework
            .as_ref()
            .and_then(|id| self.frameworks.get(id))
            .or_else(|| self.frameworks.values().next())
    }

    /// All frameworks.
    pub fn frameworks(&self) -> impl ExactSizeIterator<Item = &Framework> {
        self.frameworks.values()
    }

    /// A channel by id; free-text channels have none.
    #[must_use]
    pub fn channel(&self, id: &str) -> Option<&Channel> {
        self.channels.get(id)
    }

    /// All channels.
    pub fn channels(&self) -> impl ExactSizeIterator<Item = &Channel> {
        self.channels.values()
    }
}

/// Refuses a list in which an id is empty or stands twice.
fn check_ids<'a>(list: &str, ids: impl Iterator<Item = &'a String>) -> Result<(), String> {
    let mut seen = HashSet::new();
    for id in ids {
        if id.trim().is_empty() {
            return Err(format!("one of the {list} has an empty id"));
        }
        if !seen.insert(id) {
            return Err(format!(
                "two of the {list} have the id \u{201c}{id}\u{201d}"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_catalogue_is_whole() {
        let catalog = Catalog::shipped();
        assert_eq!(catalog.frameworks().len(), 17);
        assert_eq!(
            catalog.default_framework().unwrap().id,
            "customer-lifecycle"
        );
        assert!(catalog.channels().len() > 40);
        assert!(catalog.channel("organic-search").unwrap().pick_up);
        assert!(
            catalog
                .frameworks()
                .all(|framework| framework.stages.len() >= 3)
        );
    }

    #[test]
    fn a_file_of_ones_own_adds_and_replaces() {
        let mut catalog = Catalog::shipped();
        let own = "version = 1\n[[framework]]\nid = \"aida\"\nname = \"Our AIDA\"\nstages = []\n";
        catalog.extend(own).unwrap();
        assert_eq!(catalog.framework("aida").unwrap().name, "Our AIDA");
        assert_eq!(
            catalog.default_framework().unwrap().id,
            "customer-lifecycle"
        );
        let ours = "version = 1\n[[framework]]\nid = \"aida\"\nname = \"Ours\"\ndefault = true\nstages = []\n";
        catalog.extend(ours).unwrap();
        assert_eq!(catalog.default_framework().unwrap().id, "aida");
        assert!(
            catalog
                .extend("version = 2")
                .unwrap_err()
                .contains("version 2")
        );
        assert!(
            catalog
                .extend("version = 1\n[[channel]]\nid = \"x\"")
                .unwrap_err()
                .contains("missing field")
        );
    }

    #[test]
    fn ids_that_are_empty_or_stand_twice_are_refused_and_nothing_is_added() {
        let framework =
            |id: &str| format!("[[framework]]\nid = \"{id}\"\nname = \"N\"\nstages = []\n");
        let stage = "{ id = \"a\", name = \"A\", moment = \"aware\" }";
        let cases = [
            (framework(" "), "has an empty id"),
            (
                framework("own") + &framework("own"),
                "two of the frameworks have the id \u{201c}own\u{201d}",
            ),
            (
                framework("own").replace("[]", &format!("[{stage}, {stage}]")),
                "two of the stages of \u{201c}own\u{201d} have the id \u{201c}a\u{201d}",
            ),
        ];
        for (entries, reason) in cases {
            let mut catalog = Catalog::shipped();
            let refusal = catalog
                .extend(&format!("version = 1\n{entries}"))
                .unwrap_err();
            assert!(refusal.contains(reason), "{refusal}");
            assert_eq!(catalog, Catalog::shipped());
        }
    }
}
