//! The sample maps as scenes, laid out as the app does.

use std::path::Path;

use backcast_layout::{Frame, Geometry, Grouping, Lane, Lanes, Layout, lay_out, lay_out_in};
use backcast_model::catalog::Catalog;
use backcast_model::{Map, Severity};
use backcast_render::{Badge, Band, Counts, LaneBand, Picture, Scene, Shown, Theme, View};

/// Every sample map by the name of its file.
pub(crate) fn samples() -> Vec<(String, Map)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/samples");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let read =
        |path: &std::path::PathBuf| backcast_exchange::read(&std::fs::read(path).unwrap()).unwrap();
    paths
        .iter()
        .map(|path| (path.display().to_string(), read(path)))
        .collect()
}

/// A map as it is seen, every third touchpoint with gaps.
pub(crate) fn scene(map: &Map, theme: Theme) -> Scene {
    scene_of(map, theme, &lay_out(map, &Geometry::default()))
}

/// A map as it is seen in lanes by the media.
pub(crate) fn scene_in_lanes(map: &Map, theme: Theme) -> Scene {
    let frame = Frame {
        distances: false,
        lanes: Some(Lanes::new(Grouping::Media, &Catalog::shipped())),
    };
    scene_of(map, theme, &lay_out_in(map, &Geometry::default(), &frame))
}

fn scene_of(map: &Map, theme: Theme, layout: &Layout) -> Scene {
    let geometry = Geometry::default();
    let lane = |lane: &Lane| LaneBand {
        name: lane.name.clone().unwrap_or_else(|| "No media".to_owned()),
        y: lane.y,
        height: lane.height,
    };
    let columns = layout.columns.iter().zip(layout.bands(&geometry));
    let band = |(column, (x, width)): (&backcast_layout::Column, (f64, f64))| Band {
        stage: column.stage.clone(),
        x,
        width,
        budget_share: Some(0.2),
        gaps: Counts {
            high: 1,
            medium: 0,
            low: 2,
        },
    };
    let badge = Badge {
        severity: Severity::High,
        count: 2,
    };
    Scene::of(&Picture {
        map,
        bands: columns.map(band).collect(),
        lanes: layout.lanes.iter().map(lane).collect(),
        places: layout
            .cards
            .iter()
            .map(|card| (card.touchpoint.clone(), (card.x, card.y)))
            .collect(),
        card: (geometry.card_width, geometry.card_height),
        ways: layout
            .routes
            .iter()
            .map(|route| (route.link.clone(), route.points.clone()))
            .collect(),
        badges: map
            .touchpoints
            .ids()
            .step_by(3)
            .map(|id| (id.clone(), badge))
            .collect(),
        theme,
        view: View::Whole,
        shown: Shown::default(),
        graph: std::cell::OnceCell::new(),
    })
}
