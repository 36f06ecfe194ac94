//! The framework crosswalk: the same map read under another framework, by moments. The map itself stays as it is;
//! what comes out is a second map with the other framework's stages, for looking at.

use backcast_model::catalog::{Framework, FrameworkStage};
use backcast_model::{Entity, Fields, Id, Map, MapBuilder, Moment, Record, Refusal};
use rustc_hash::FxHashMap;
use serde_json::json;

/// The map under another framework: each touchpoint stands in the stage whose moment is nearest to that of its own
/// stage, never on the other side of the purchase while there is one on this side; of equals the earlier one.
/// Touchpoints without a stage, or in one of no known moment, have none. Everything else is as it was.
/// O(touchpoints × stages).
///
/// # Errors
/// When the framework names a stage twice or with an id that cannot be one; then it is the framework that has to be
/// mended.
pub fn read_as(map: &Map, framework: &Framework) -> Result<Map, Refusal> {
    let nearest: FxHashMap<&Id, &str> = map
        .stages
        .iter()
        .filter_map(|stage| {
            Some((
                &stage.id,
                nearest(stage.moment?, &framework.stages)?.id.as_str(),
            ))
        })
        .collect();
    let mut properties = map.properties.as_ref().clone();
    properties.framework = Some(framework.id.clone());
    let mut builder = MapBuilder::new(properties);
    for stage in &framework.stages {
        let fields = json!({ "id": stage.id, "name": stage.name, "moment": stage.moment });
        builder.push(
            Entity::Stage,
            None,
            fields.as_object().cloned().unwrap_or_default(),
        )?;
    }
    for audience in map.audiences.rows() {
        builder.push(
            Entity::Audience,
            Some(audience.order.clone()),
            audience.record.to_fields(),
        )?;
    }
    for row in map.touchpoints.rows() {
        let stage = row.record.stage.as_ref().and_then(|id| nearest.get(id));
        builder.push(
            Entity::Touchpoint,
            Some(row.order.clone()),
            moved(row.record.to_fields(), stage.copied()),
        )?;
    }
    let moved = builder.finish()?;
    Ok(Map {
        properties: moved.properties,
        stages: moved.stages,
        touchpoints: moved.touchpoints,
        ..map.clone()
    })
}

fn moved(mut fields: Fields, stage: Option<&str>) -> Fields {
    match stage {
        Some(stage) => drop(fields.insert("stage".to_owned(), json!(stage))),
        None => drop(fields.shift_remove("stage")),
    }
    fields
}

fn nearest(moment: Moment, stages: &[FrameworkStage]) -> Option<&FrameworkStage> {
    let side = |moment: Moment| (moment.is_before_purchase(), moment.is_after_purchase());
    stages.iter().min_by_key(|stage| {
        let distance = (stage.moment as u8).abs_diff(moment as u8);
        (side(stage.moment) != side(moment), distance, stage.moment)
    })
}
