//! What a picture must never do, counted: cards that overlap, cards outside their stage, cards that move far or swap
//! when one touchpoint comes. Refuses to look at links; `segments` measures those.

use std::collections::HashMap;

use backcast_layout::{Arrangement, Geometry, Layout, Place};
use backcast_model::{Id, Map};

use crate::graphs::with_one_more;

/// A card that moved further than this, in map units, has been lost from sight for a moment.
const FAR: f64 = 32.0;

/// Pairs of cards that overlap; O(n log n) and the pairs that share a layer.
pub(crate) fn overlaps(layout: &Layout, geometry: &Geometry) -> usize {
    let mut cards: Vec<&Place> = layout.cards.iter().collect();
    cards.sort_by(|one, other| one.x.total_cmp(&other.x));
    let meets = |one: &Place, other: &Place| (one.y - other.y).abs() < geometry.card_height;
    let of_one = |(at, one): (usize, &&Place)| {
        cards[at + 1..]
            .iter()
            .take_while(|other| other.x - one.x < geometry.card_width)
            .filter(|other| meets(one, other))
            .count()
    };
    cards.iter().enumerate().map(of_one).sum()
}

/// Touchpoints outside the column of their stage.
pub(crate) fn strays(map: &Map, layout: &Layout, geometry: &Geometry) -> usize {
    let at_home = |place: &Place, stage: Option<&Id>| {
        let mut columns = layout
            .columns
            .iter()
            .filter(|column| column.stage.as_ref() == stage);
        columns.any(|column| {
            (column.x..=column.x + column.width - geometry.card_width).contains(&place.x)
        })
    };
    let cards = layout.cards.iter().zip(map.touchpoints.iter());
    cards
        .filter(|(place, touchpoint)| !at_home(place, touchpoint.stage.as_ref()))
        .count()
}

/// What one more touchpoint with two links does to a picture, at worst.
#[derive(Debug, Default)]
pub(crate) struct Unrest {
    /// Times one was added.
    pub(crate) times: usize,
    /// The largest share of cards that moved far.
    pub(crate) far: f64,
    /// Pairs of cards of one layer that swapped, in all times together.
    pub(crate) swaps: usize,
}

/// Adds one touchpoint to the same map, `times` times in different places.
pub(crate) fn unrest(map: &Map, geometry: Geometry, times: u64) -> Unrest {
    let mut unrest = Unrest::default();
    for more in 0..times {
        let mut arrangement = Arrangement::new(map, geometry);
        let before = arrangement.layout();
        let applied = with_one_more(map, more);
        arrangement.update(&applied.map, &applied.changes);
        let pairs = before_and_after(&before, &arrangement.layout());
        let far = pairs
            .iter()
            .filter(|(before, now)| (before.0 - now.0).hypot(before.1 - now.1) > FAR)
            .count();
        unrest.times += 1;
        unrest.far = unrest.far.max(far as f64 / pairs.len().max(1) as f64);
        unrest.swaps += swaps(&pairs);
    }
    unrest
}

type Corner = (f64, f64);

fn before_and_after(before: &Layout, after: &Layout) -> Vec<(Corner, Corner)> {
    let now: HashMap<_, _> = after
        .cards
        .iter()
        .map(|place| (&place.touchpoint, (place.x, place.y)))
        .collect();
    let pair = |place: &Place| Some(((place.x, place.y), *now.get(&place.touchpoint)?));
    before.cards.iter().filter_map(pair).collect()
}

fn swaps(pairs: &[(Corner, Corner)]) -> usize {
    let swapped = |one: &(Corner, Corner), other: &(Corner, Corner)| {
        one.0.0 == other.0.0 && (other.0.1 < one.0.1) != (other.1.1 < one.1.1)
    };
    let of_one = |(at, one): (usize, &(Corner, Corner))| {
        pairs[at + 1..]
            .iter()
            .filter(|other| swapped(one, other))
            .count()
    };
    pairs.iter().enumerate().map(of_one).sum()
}
