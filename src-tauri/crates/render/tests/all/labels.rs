//! Words on links: they cover no card, no badge and no other words, in every view of every sample map.

use backcast_render::{CardKind, Scene, SceneCard, SceneLink, View};

use crate::maps::{picture, samples};

/// Left, top, right, bottom.
type Area = [f64; 4];

fn touch(one: Area, other: Area) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

/// The body of a card with its doubled edge, and its badge at the least size it has.
fn covered(card: &SceneCard) -> Vec<Area> {
    let out = if card.kind == CardKind::Ultimate {
        3.5
    } else {
        0.0
    };
    let (right, bottom) = (card.x + card.width, card.y + card.height);
    let body = [card.x - out, card.y - out, right + out, bottom + out];
    let badge = card.badge.map(|badge| {
        let width = if badge.count > 1 { 30.0 } else { 20.0 };
        [
            right + 8.0 - width,
            card.y - 10.0,
            right + 8.0,
            card.y + 10.0,
        ]
    });
    [Some(body), badge].into_iter().flatten().collect()
}

/// Answers how many words there are.
fn check(scene: &Scene, about: &str) -> usize {
    let labels = scene.links.iter().filter_map(|link| link.label.as_ref());
    let labels: Vec<(&str, Area)> = labels
        .map(|label| {
            let half = SceneLink::LABEL_FONT.width(&label.text) / 2.0;
            let area = [label.x - half, label.y - 8.0, label.x + half, label.y + 8.0];
            (label.text.as_str(), area)
        })
        .collect();
    for (at, (text, area)) in labels.iter().enumerate() {
        for card in &scene.cards {
            let free = covered(card).iter().all(|other| !touch(*area, *other));
            assert!(free, "{about}: {text:?} lies on {:?}", card.name);
        }
        for (other, taken) in &labels[..at] {
            assert!(!touch(*area, *taken), "{about}: {text:?} lies on {other:?}");
        }
    }
    labels.len()
}

#[test]
fn words_of_links_cover_no_card_no_badge_and_no_other_words() {
    let mut words = 0;
    for (name, map) in samples() {
        let picture = picture(&map);
        let stages = map.stages.ids().map(|id| View::Stage(Some(id.clone())));
        let ends = map.touchpoints.iter().filter(|row| row.is_destination());
        let ends = ends.map(|row| View::Upstream(row.id.clone()));
        for view in [View::Whole].into_iter().chain(stages).chain(ends) {
            let scene = Scene::excerpt(&picture, &view, picture.shown);
            words += check(&scene, &format!("{name}, {view:?}"));
        }
    }
    assert!(words > 40, "only {words} links have words");
}
