//! How a map begins: from a framework's stages, or from the sample that comes with the program.

use backcast_model::catalog::{Catalog, Framework};
use backcast_model::edit::apply;
use backcast_model::{Edit, Entity, Id, Map, MapProperties};
use serde_json::{Map as Object, Value};

use crate::problem::Problem;

/// The map of a fire service's campaign, redrawn from public descriptions.
const SAMPLE: &str = include_str!("../../../../assets/samples/escape-my-house.backcast.json");

/// A map with the stages of a framework and nothing in them.
///
/// # Errors
/// When there is no framework with this id: names those there are.
pub fn new_map(catalog: &Catalog, title: &str, framework: Option<&str>) -> Result<Map, Problem> {
    let framework = match framework {
        Some(id) => find(catalog, id)?,
        None => catalog
            .default_framework()
            .ok_or_else(|| unknown(catalog, ""))?,
    };
    let mut properties = MapProperties::titled(title);
    properties.framework = Some(framework.id.clone());
    let stages: Vec<Edit> = framework
        .stages
        .iter()
        .map(|stage| Edit::Insert {
            entity: Entity::Stage,
            value: Object::from_iter([
                ("id".to_owned(), Value::from(stage.id.as_str())),
                ("name".to_owned(), Value::from(stage.name.as_str())),
                ("moment".to_owned(), Value::from(stage.moment.as_str())),
            ]),
            after: None,
        })
        .collect();
    let applied = apply(&Map::new(properties), &stages, &mut |name| {
        Id::derived(name)
    });
    applied
        .map(|applied| applied.map)
        .map_err(|refused| unusable(framework, &refused.to_string()))
}

/// The map under another framework, by moments.
///
/// # Errors
/// When there is no framework with this id, or it cannot be used.
pub(crate) fn read_as(catalog: &Catalog, map: &Map, framework: &str) -> Result<Map, Problem> {
    let framework = find(catalog, framework)?;
    backcast_analysis::read_as(map, framework)
        .map_err(|refusal| unusable(framework, &refusal.to_string()))
}

fn find<'a>(catalog: &'a Catalog, id: &str) -> Result<&'a Framework, Problem> {
    catalog.framework(id).ok_or_else(|| unknown(catalog, id))
}

fn unknown(catalog: &Catalog, id: &str) -> Problem {
    let ids: Vec<_> = catalog
        .frameworks()
        .map(|framework| framework.id.as_str())
        .collect();
    Problem::refused(
        format!("There is no framework with the id \u{201c}{id}\u{201d}."),
        format!("Choose one of: {}.", ids.join(", ")),
    )
}

fn unusable(framework: &Framework, reason: &str) -> Problem {
    Problem::refused(
        format!(
            "The framework \u{201c}{}\u{201d} cannot be used: {reason}.",
            framework.name
        ),
        "Correct it in the catalogue, or choose another.",
    )
}

/// The sample.
#[must_use]
#[expect(
    clippy::expect_used,
    reason = "the sample is part of the program, and a test reads it"
)]
pub fn sample_map() -> Map {
    backcast_exchange::read(SAMPLE.as_bytes()).expect("the sample reads")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_map_has_the_stages_of_its_framework() {
        let map = new_map(&Catalog::shipped(), "Launch", Some("race")).unwrap();
        assert_eq!(
            map.stages.ids().map(Id::as_str).collect::<Vec<_>>(),
            ["reach", "act", "convert", "engage"]
        );
        assert_eq!(map.properties.framework.as_deref(), Some("race"));
        let problem = new_map(&Catalog::shipped(), "Launch", Some("nonsense")).unwrap_err();
        assert!(problem.remedy.contains("customer-lifecycle"));
    }

    #[test]
    fn the_sample_reads() {
        assert!(sample_map().touchpoints.len() > 10);
    }
}
