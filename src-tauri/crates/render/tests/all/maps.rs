//! Pictures of the sample maps, laid out as the app lays them out, with gaps that are made up.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "shared by tests that each use some of it"
)]

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use backcast_layout::{Frame, Geometry, Grouping, Lane, Lanes, Layout, lay_out, lay_out_in};
use backcast_model::catalog::Catalog;
use backcast_model::{Id, Map, Severity};
use backcast_render::{Badge, Band, Counts, LaneBand, Picture, Scene, Shown, Theme, View};

/// Every sample map by the name of its file.
pub(crate) fn samples() -> Vec<(String, Map)> {
    let folder = root().join("assets/samples");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path
            .file_name()
            .unwrap()
            .to_string_lossy()
            .replace(".backcast.json", "");
        (
            name,
            backcast_exchange::read(&std::fs::read(path).unwrap()).unwrap(),
        )
    };
    paths.iter().map(read).collect()
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// The picture of a map, everything shown.
pub(crate) fn picture(map: &Map) -> Picture<'_> {
    laid_out(map, lay_out(map, &Geometry::default()))
}

/// The picture of a map in lanes.
pub(crate) fn picture_in_lanes(map: &Map, by: Grouping) -> Picture<'_> {
    let frame = Frame {
        distances: false,
        lanes: Some(Lanes::new(by, &Catalog::shipped())),
    };
    laid_out(map, lay_out_in(map, &Geometry::default(), &frame))
}

fn laid_out(map: &Map, layout: Layout) -> Picture<'_> {
    let geometry = Geometry::default();
    let lane = |lane: &Lane| LaneBand {
        name: lane.name.clone().unwrap_or_else(|| "None".to_owned()),
        y: lane.y,
        height: lane.height,
    };
    let badges = badges(map);
    let band = |(column, (x, width)): (&backcast_layout::Column, (f64, f64))| Band {
        stage: column.stage.clone(),
        x,
        width,
        budget_share: budget_share(map, column.stage.as_ref()),
        gaps: counts(map, column.stage.as_ref(), &badges),
    };
    Picture {
        map,
        bands: layout
            .columns
            .iter()
            .zip(layout.bands(&geometry))
            .map(band)
            .collect(),
        lanes: layout.lanes.iter().map(lane).collect(),
        places: layout
            .cards
            .iter()
            .map(|card| (card.touchpoint.clone(), (card.x, card.y)))
            .collect(),
        card: (geometry.card_width, geometry.card_height),
        ways: layout
            .routes
            .into_iter()
            .map(|route| (route.link, route.points))
            .collect(),
        badges,
        theme: Theme::light(),
        view: View::Whole,
        shown: Shown::default(),
        graph: std::cell::OnceCell::new(),
    }
}

pub(crate) fn scene(map: &Map, theme: Theme) -> Scene {
    Scene::of(&Picture {
        theme,
        ..picture(map)
    })
}

fn badges(map: &Map) -> HashMap<Id, Badge> {
    let severities = [Severity::High, Severity::Medium, Severity::Low];
    let badge = |(at, id): (usize, &Id)| {
        (at % 3 != 1).then(|| {
            (
                id.clone(),
                Badge {
                    severity: severities[at % 5 % 3],
                    count: at % 4 + 1,
                },
            )
        })
    };
    map.touchpoints
        .ids()
        .enumerate()
        .filter_map(badge)
        .collect()
}

fn counts(map: &Map, stage: Option<&Id>, badges: &HashMap<Id, Badge>) -> Counts {
    let mut counts = Counts::default();
    for row in map
        .touchpoints
        .iter()
        .filter(|row| row.stage.as_ref() == stage)
    {
        match badges.get(&row.id).map(|badge| badge.severity) {
            Some(Severity::High) => counts.high += 1,
            Some(Severity::Medium) => counts.medium += 1,
            Some(Severity::Low) => counts.low += 1,
            None => {}
        }
    }
    counts
}

fn budget_share(map: &Map, stage: Option<&Id>) -> Option<f64> {
    let stages = map.stages.len().max(1);
    let at = map.stages.position(stage?.as_str())?;
    Some((at + 1) as f64 * 2.0 / (stages * (stages + 1)) as f64)
}
