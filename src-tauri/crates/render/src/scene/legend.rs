//! The legend: what the signs and colours of a scene mean, in rows below its columns. It explains only what is there.

use backcast_model::Severity;

use super::{CardKind, LegendEntry, Scene, Sign, TextLine};

const ROW_HEIGHT: f64 = 24.0;
/// From the columns to the first row.
const ABOVE: f64 = 12.0;
/// Between two entries, and between two groups of them.
const GAP: f64 = 20.0;
const GROUP_GAP: f64 = 40.0;

/// Writes the legend of a scene below its columns, from `x` on and `width` wide. Answers where it ends.
pub(crate) fn write<'a>(
    scene: &mut Scene,
    audience: &impl Fn(usize) -> Option<&'a str>,
    (left, width): (f64, f64),
) -> f64 {
    let mut at = (left, scene.bottom + ABOVE + ROW_HEIGHT / 2.0);
    let mut before: Option<Sign> = None;
    for (sign, words) in signs(scene, audience) {
        let room = width - LegendEntry::SIGN_WIDTH;
        let text = Scene::LEGEND_FONT.cut(&words, room);
        let taken = LegendEntry::SIGN_WIDTH + Scene::LEGEND_FONT.width(&text);
        if let Some(before) = before {
            let same = std::mem::discriminant(&before) == std::mem::discriminant(&sign);
            at.0 += if same { GAP } else { GROUP_GAP };
        }
        if at.0 + taken > left + width && at.0 > left {
            at = (left, at.1 + ROW_HEIGHT);
        }
        let line = TextLine {
            text,
            x: at.0 + LegendEntry::SIGN_WIDTH,
            y: at.1,
        };
        scene.legend.push(LegendEntry {
            sign,
            x: at.0,
            line,
        });
        at.0 += taken;
        before = Some(sign);
    }
    before.map_or(scene.bottom, |_| at.1 + ROW_HEIGHT / 2.0)
}

fn signs<'a>(scene: &Scene, audience: &impl Fn(usize) -> Option<&'a str>) -> Vec<(Sign, String)> {
    let kinds = [
        (CardKind::Ultimate, "Destination"),
        (CardKind::Intermediate, "Intermediate destination"),
        (CardKind::Direct, "Direct driver"),
        (CardKind::Indirect, "Indirect driver"),
    ];
    let severities = [
        (Severity::High, "Gap, high"),
        (Severity::Medium, "Gap, medium"),
        (Severity::Low, "Gap, low"),
    ];
    let has_kind = |kind: CardKind| scene.cards.iter().any(|card| card.kind == kind);
    let has_gap = |severity| {
        let badge = |severity| {
            scene
                .cards
                .iter()
                .any(|card| card.badge.is_some_and(|badge| badge.severity == severity))
        };
        let counted = |severity| {
            scene
                .columns
                .iter()
                .any(|column| column.gaps.of(severity) > 0)
        };
        badge(severity) || counted(severity)
    };
    let mut audiences: Vec<usize> = scene
        .cards
        .iter()
        .flat_map(|card| card.audiences.iter().copied())
        .collect();
    audiences.sort_unstable();
    audiences.dedup();
    let kinds = kinds.into_iter().filter(|(kind, _)| has_kind(*kind));
    let severities = severities
        .into_iter()
        .filter(|(severity, _)| has_gap(*severity));
    let audiences = audiences
        .into_iter()
        .filter_map(|place| Some((Sign::Audience(place), audience(place)?.to_owned())));
    kinds
        .map(|(kind, words)| (Sign::Kind(kind), words.to_owned()))
        .chain(severities.map(|(severity, words)| (Sign::Severity(severity), words.to_owned())))
        .chain(audiences)
        .collect()
}
