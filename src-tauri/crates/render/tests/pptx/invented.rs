//! Scenes and decks made up for tests, without a layout.

use backcast_model::{Id, Severity};
use backcast_render::pptx::{Cell, Deck, GapLine, Table, Timeline, TimelineRow};
use backcast_render::{
    Badge, CardKind, Counts, Course, Label, Scene, SceneCard, SceneColumn, SceneLink, Theme,
};

/// A deck with something on every kind of slide.
pub(crate) fn deck(map: Scene) -> Deck {
    let cell = |text: &str| Cell {
        text: text.to_owned(),
        gaps: vec![(Severity::High, "Nobody served".to_owned())],
    };
    let gap = |severity| GapLine {
        severity,
        stage: "Buy".into(),
        sentence: "“A” leads nowhere.".into(),
        fix: "Link it.".into(),
    };
    let row = |name: &str, from: &str, to: &str| TimelineRow {
        name: name.into(),
        stage: "Buy".into(),
        kind: CardKind::Direct,
        flights: vec![(from.parse().unwrap(), to.parse().unwrap())],
    };
    Deck {
        title: map.title.clone(),
        map,
        notes: vec![
            "“A” leads nowhere.".into(),
            "Say what people should do.".into(),
        ],
        coverage: Some(Table {
            head: vec![String::new(), "Buy".into()],
            rows: vec![vec![cell("Families\nlater"), cell("TV")]],
        }),
        timeline: Some(Timeline {
            rows: vec![
                row("TV", "2026-01-05", "2026-03-01"),
                row("Shop", "2025-12-29", "2027-01-31"),
            ],
        }),
        gaps: vec![
            gap(Severity::High),
            gap(Severity::Medium),
            gap(Severity::Low),
        ],
    }
}

fn id(kind: &str, at: usize) -> Id {
    Id::new(format!("{kind}-{at}")).unwrap()
}

/// A card at a place.
pub(crate) fn card(at: usize, name: &str, (x, y): (f64, f64)) -> SceneCard {
    let kinds = [
        CardKind::Ultimate,
        CardKind::Intermediate,
        CardKind::Direct,
        CardKind::Indirect,
    ];
    SceneCard {
        touchpoint: id("t", at),
        x,
        y,
        width: 208.0,
        height: 64.0,
        kind: kinds[at % 4],
        stopped: at % 7 == 6,
        name: name.to_owned(),
        lines: vec![name.to_owned()],
        cta: at.is_multiple_of(2).then(|| "Search the brand".to_owned()),
        channel: at.is_multiple_of(3).then(|| "tv".to_owned()),
        audiences: (0..at % 6).collect(),
        badge: (at % 3 == 1).then_some(Badge {
            severity: Severity::Medium,
            count: at % 12 + 1,
        }),
        address: None,
    }
}

/// A link between two cards of a list, with a plain curve.
pub(crate) fn link(at: usize, cards: &[SceneCard], from: usize, to: usize) -> SceneLink {
    let (a, b) = (&cards[from], &cards[to]);
    let course = if b.x >= a.x + a.width {
        Course::Forward
    } else if b.x + b.width <= a.x {
        Course::Back
    } else {
        Course::Within
    };
    let (start, end) = match course {
        Course::Forward => ((a.x + a.width, a.y + 20.0), (b.x, b.y + 40.0)),
        Course::Back => ((a.x, a.y + 20.0), (b.x + b.width, b.y + 40.0)),
        Course::Within if at.is_multiple_of(2) => {
            ((a.x + a.width, a.y + 20.0), (b.x + b.width, b.y + 40.0))
        }
        Course::Within => ((a.x + a.width / 2.0, a.y), (b.x + b.width / 2.0, b.y)),
    };
    let middle = ((start.0 + end.0) / 2.0, (start.1 + end.1) / 2.0);
    let label = at.is_multiple_of(2).then(|| Label {
        text: "Search".to_owned(),
        x: middle.0,
        y: middle.1,
    });
    let curve = vec![start, (middle.0, start.1), (middle.0, end.1), end];
    SceneLink {
        link: id("l", at),
        from,
        to,
        course,
        curve,
        label,
    }
}

pub(crate) fn column(at: usize, x: f64, width: f64) -> SceneColumn {
    SceneColumn {
        stage: Some(id("s", at)),
        name: format!("Stage {at}"),
        x,
        width,
        touchpoints: 2,
        budget_share: at.is_multiple_of(2).then_some(0.25),
        gaps: Counts {
            high: at % 3,
            medium: 0,
            low: 12,
        },
    }
}

pub(crate) fn scene(
    columns: Vec<SceneColumn>,
    cards: Vec<SceneCard>,
    links: Vec<SceneLink>,
) -> Scene {
    Scene {
        title: "A made-up map".to_owned(),
        size: (1000.0, 500.0),
        title_line: None,
        top: 0.0,
        head_height: 56.0,
        bottom: 500.0,
        columns,
        lanes: Vec::new(),
        cards,
        links,
        legend: Vec::new(),
        logo: None,
        border: false,
        theme: Theme::light(),
        stand_ins: backcast_render::StandIns::default(),
    }
}

/// So many touchpoints in so many stages, each linked to two later ones.
pub(crate) fn scene_of(touchpoints: usize, stages: usize) -> Scene {
    let place = |number: usize| f64::from(u32::try_from(number).unwrap());
    let columns = (0..stages)
        .map(|at| column(at, place(at) * 320.0, 320.0))
        .collect();
    let cards: Vec<SceneCard> = (0..touchpoints)
        .map(|at| {
            card(
                at,
                &format!("Touchpoint {}", at + 1),
                (
                    place(at % stages.max(1)) * 320.0 + 56.0,
                    place(at / stages.max(1)) * 88.0 + 84.0,
                ),
            )
        })
        .collect();
    let pairs = (0..touchpoints)
        .flat_map(|at| [(at, at + 1), (at, at + 7)])
        .filter(|(_, to)| *to < touchpoints);
    let links = pairs
        .enumerate()
        .map(|(at, (from, to))| link(at, &cards, from, to))
        .collect();
    scene(columns, cards, links)
}

/// So many touchpoints side by side in one stage.
pub(crate) fn wide_scene(touchpoints: usize) -> Scene {
    let mut scene = scene_of(touchpoints, touchpoints);
    let width = scene.columns.last().map_or(0.0, |last| last.x + last.width);
    scene.columns = vec![column(0, 0.0, width)];
    scene
}
