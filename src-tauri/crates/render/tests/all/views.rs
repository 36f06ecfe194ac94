//! Parts of a map: what they hold, and that nothing in them overlaps.

use std::collections::BTreeSet;

use backcast_model::Map;
use backcast_render::{CardKind, Course, Picture, Scene, Shown, View};

use crate::maps::{picture, samples};

fn names(scene: &Scene) -> BTreeSet<&str> {
    scene
        .cards
        .iter()
        .map(|card| card.touchpoint.as_str())
        .collect()
}

fn escape() -> Map {
    samples().remove(2).1
}

fn seen(map: &Map, view: View) -> Scene {
    Scene::of(&Picture {
        view,
        ..picture(map)
    })
}

/// What holds for every scene.
fn check(scene: &Scene, about: &str) {
    let (width, height) = scene.size;
    for (at, card) in scene.cards.iter().enumerate() {
        assert!(
            card.x >= 0.0 && card.x + card.width <= width,
            "{about}: {}",
            card.name
        );
        assert!(
            card.y >= scene.top + scene.head_height && card.y + card.height <= scene.bottom,
            "{about}: {}",
            card.name
        );
        assert!(scene.bottom <= height, "{about}");
        for other in &scene.cards[..at] {
            let apart =
                (card.x - other.x).abs() >= card.width || (card.y - other.y).abs() >= card.height;
            assert!(apart, "{about}: {} and {} overlap", card.name, other.name);
        }
    }
    for pair in scene.columns.windows(2) {
        assert!(
            (pair[0].x + pair[0].width - pair[1].x).abs() < 0.01,
            "{about}: columns touch"
        );
    }
    for link in &scene.links {
        assert!(
            link.curve.len() >= 4 && link.curve.len() % 3 == 1,
            "{about}: {}",
            link.link
        );
        for &(x, y) in &link.curve {
            assert!(
                (0.0..=width).contains(&x) && (0.0..=height).contains(&y),
                "{about}: {}",
                link.link
            );
        }
    }
}

#[test]
fn every_view_of_every_sample_is_in_order() {
    for (name, map) in samples() {
        check(&seen(&map, View::Whole), &name);
        for stage in map.stages.ids() {
            check(
                &seen(&map, View::Stage(Some(stage.clone()))),
                &format!("{name}, {stage}"),
            );
        }
        for row in map.touchpoints.iter().filter(|row| row.is_destination()) {
            check(
                &seen(&map, View::Upstream(row.id.clone())),
                &format!("{name}, to {}", row.id),
            );
        }
    }
}

#[test]
fn a_stage_comes_with_what_its_links_lead_to() {
    let map = escape();
    let stage = map.stages.at(2).unwrap();
    let scene = seen(&map, View::Stage(Some(stage.id.clone())));
    assert_eq!(
        names(&scene),
        BTreeSet::from(["planner", "practise", "reminder"]),
        "{:?}",
        names(&scene)
    );
    assert_eq!(scene.links.len(), 2);
    assert_eq!(scene.title, "Escape My House: Engage");
    let heads: Vec<_> = scene
        .columns
        .iter()
        .map(|column| (column.name.as_str(), column.touchpoints))
        .collect();
    assert_eq!(heads, [("Engage", 1), ("Buy", 2)]);
}

#[test]
fn a_destination_comes_with_all_that_leads_to_it() {
    let map = escape();
    let site = map
        .touchpoints
        .iter()
        .find(|row| row.name.starts_with("360"))
        .unwrap();
    let scene = seen(&map, View::Upstream(site.id.clone()));
    assert_eq!(scene.cards.len(), 3, "{:?}", names(&scene));
    assert_eq!(
        scene
            .cards
            .iter()
            .filter(|card| card.kind == CardKind::Intermediate)
            .count(),
        1
    );
    let chosen = View::Touchpoints(vec![site.id.clone()]);
    assert_eq!(seen(&map, chosen).links.len(), 0);
}

#[test]
fn what_is_not_shown_takes_no_room() {
    let map = escape();
    let all = seen(&map, View::Whole);
    let shown = Shown {
        title: false,
        heads: false,
        gaps: false,
        labels: false,
        legend: false,
    };
    let bare = Scene::of(&Picture {
        shown,
        ..picture(&map)
    });
    assert!(bare.size.1 < all.size.1 - 100.0);
    assert!(bare.cards.iter().all(|card| card.badge.is_none()));
    assert!(bare.links.iter().all(|link| link.label.is_none()));
    assert!(bare.legend.is_empty() && bare.title_line.is_none());
}

#[test]
fn links_know_their_course_and_kinds_follow_the_links() {
    let scene = seen(&escape(), View::Whole);
    let course = |from: &str, to: &str| {
        let is = |at: usize, name: &str| scene.cards[at].touchpoint.as_str() == name;
        let link = scene
            .links
            .iter()
            .find(|link| is(link.from, from) && is(link.to, to));
        link.map(|link| link.course)
    };
    assert_eq!(course("planner", "reminder"), Some(Course::Back));
    assert_eq!(course("reminder", "practise"), Some(Course::Forward));
    for (name, kind) in [
        ("Facebook video", CardKind::Direct),
        ("Radio cut", CardKind::Indirect),
        ("Escape planner tool", CardKind::Ultimate),
    ] {
        assert_eq!(
            scene
                .cards
                .iter()
                .find(|card| card.name == name)
                .unwrap()
                .kind,
            kind,
            "{name}"
        );
    }
}

#[test]
fn a_map_without_anything_is_a_picture_too() {
    let map = Map::new(backcast_model::MapProperties::titled("Empty"));
    let scene = seen(&map, View::Whole);
    assert!(scene.size.0 > 100.0 && scene.size.1 > 100.0);
    assert!(backcast_render::svg(&scene, Default::default()).contains("Empty"));
    assert!(backcast_render::pdf("Empty", &[scene], Default::default()).is_ok());
}
