//! The example campaigns as the gallery shows them: what they are called, and what a small picture of each is drawn
//! from. Refuses to open one.

use backcast_layout::{Geometry, lay_out};
use backcast_model::Kind;
use backcast_workbench::Sample;
use serde::Serialize;
use specta::Type;

use super::view::LayoutView;

/// An example campaign.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SampleView {
    /// Its id.
    pub(crate) name: String,
    /// What it is called.
    pub(crate) title: String,
    /// The names of its stages, in order.
    pub(crate) stages: Vec<String>,
    /// Ids of its destinations.
    pub(crate) destinations: Vec<String>,
    /// Its links: from where to where.
    pub(crate) links: Vec<(String, String)>,
    /// Where its cards stand.
    pub(crate) layout: LayoutView,
}

impl From<&Sample> for SampleView {
    fn from(sample: &Sample) -> Self {
        let (map, geometry) = (&sample.map, Geometry::default());
        let destinations = map
            .touchpoints
            .iter()
            .filter(|touchpoint| touchpoint.kind == Kind::Destination);
        Self {
            name: sample.name.to_owned(),
            title: map.properties.title.clone(),
            stages: map.stages.iter().map(|stage| stage.name.clone()).collect(),
            destinations: destinations.map(|row| row.id.to_string()).collect(),
            links: map
                .links
                .iter()
                .map(|link| (link.from.to_string(), link.to.to_string()))
                .collect(),
            layout: LayoutView::of(&lay_out(map, &geometry), geometry),
        }
    }
}
