//! Settling a layer: nodes take heights near those they wish for, in order, apart from each other and clear of walls
//! (pinned cards, the header). Refuses to know where wishes come from.

use crate::geometry::Geometry;

/// How far apart nodes of one layer keep, centre to centre.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spacing {
    half_card: f64,
    cards: f64,
    card_and_pass: f64,
    passes: f64,
}

impl Spacing {
    /// For a picture made from scratch; links that pass are drawn closer where there are very many.
    pub(crate) fn roomy(geometry: &Geometry, crowded: bool) -> Self {
        let half_card = geometry.card_height / 2.0;
        Self {
            half_card,
            cards: geometry.card_height + geometry.row_gap,
            card_and_pass: half_card + geometry.pass_gap,
            passes: if crowded {
                Geometry::GRID
            } else {
                geometry.link_gap
            },
        }
    }

    /// For squeezing in what is new, so that the old moves little.
    pub(crate) fn tight(geometry: &Geometry) -> Self {
        let half_card = geometry.card_height / 2.0;
        let clear = geometry
            .pass_gap
            .min(geometry.least_row_gap / 2.0)
            .max(Geometry::GRID);
        Self {
            half_card,
            cards: geometry.card_height + geometry.least_row_gap,
            card_and_pass: half_card + (clear / Geometry::GRID).floor() * Geometry::GRID,
            passes: geometry.link_gap.min(Geometry::GRID),
        }
    }

    pub(crate) fn between(&self, one_is_card: bool, other_is_card: bool) -> f64 {
        match (one_is_card, other_is_card) {
            (true, true) => self.cards,
            (false, false) => self.passes,
            _ => self.card_and_pass,
        }
    }

    /// From a wall to the centre of a node beside it.
    fn clearance(&self, is_card: bool) -> f64 {
        self.between(true, is_card) - self.half_card
    }
}

/// What a node of a layer wishes for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish {
    /// The height of its centre.
    pub(crate) height: f64,
    /// How much it matters; above 0.
    pub(crate) weight: f64,
    pub(crate) is_card: bool,
}

/// Heights that no node of a layer may touch, from top to bottom, apart from each other.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Walls {
    /// Free spans between walls; the first reaches up to the header (or without end), the last down without end.
    free: Vec<(f64, f64)>,
    /// For each node, in order, what it has to keep within instead: its least and greatest height as far as those of
    /// the nodes before and behind it allow, less the room that the nodes before it take.
    limits: Option<Vec<(f64, f64)>>,
}

impl Walls {
    /// No wall at all.
    pub(crate) fn none() -> Self {
        Self {
            free: vec![(f64::NEG_INFINITY, f64::INFINITY)],
            limits: None,
        }
    }

    /// A least and a greatest height for each node of a layer, which have room for them in their order and with this
    /// spacing.
    pub(crate) fn within(limits: Vec<(f64, f64)>, is_card: &[bool], spacing: &Spacing) -> Self {
        let mut offset = 0.0;
        let mut least = f64::NEG_INFINITY;
        let mut all: Vec<(f64, f64)> = Vec::with_capacity(limits.len());
        for (at, (top, bottom)) in limits.into_iter().enumerate() {
            if at > 0 {
                offset += spacing.between(is_card[at - 1], is_card[at]);
            }
            least = least.max(top - offset);
            all.push((least, bottom - offset));
        }
        let mut most = f64::INFINITY;
        for limit in all.iter_mut().rev() {
            most = most.min(limit.1);
            limit.1 = most.max(limit.0);
        }
        Self {
            limits: Some(all),
            ..Self::none()
        }
    }

    /// Nothing above `ceiling` (a wall's lower edge), nothing within the `solid` spans (top, bottom).
    pub(crate) fn of(ceiling: f64, mut solid: Vec<(f64, f64)>) -> Self {
        solid.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut free = Vec::with_capacity(solid.len() + 1);
        let mut top = ceiling;
        for (wall_top, wall_bottom) in solid {
            if wall_top > top {
                free.push((top, wall_top));
            }
            top = top.max(wall_bottom);
        }
        free.push((top, f64::INFINITY));
        Self { free, limits: None }
    }

    /// Heights for the nodes of a layer in their order: among all that keep order, spacing and walls, those with the
    /// least sum of weighted squared distances from the wishes, once it is settled which nodes go between which walls
    /// (each as near to its wish as order and room allow). O(nodes + walls).
    pub(crate) fn settle(&self, wishes: &[Wish], spacing: &Spacing) -> Vec<f64> {
        let mut heights = Vec::with_capacity(wishes.len());
        if let Some(limits) = &self.limits {
            settle_within(wishes, spacing, limits, &mut heights);
            return heights;
        }
        let mut from = 0;
        for (span, count) in self.share_out(wishes, spacing) {
            settle_between(
                &wishes[from..from + count],
                spacing,
                self.free[span],
                &mut heights,
            );
            from += count;
        }
        heights
    }

    /// How many nodes each span takes, spans in order.
    fn share_out(&self, wishes: &[Wish], spacing: &Spacing) -> Vec<(usize, usize)> {
        if self.free.len() == 1 {
            return vec![(0, wishes.len())];
        }
        let mut shares: Vec<(usize, usize)> = vec![(0, 0)];
        let mut lowest: Option<(f64, bool)> = None;
        for wish in wishes {
            let clear = spacing.clearance(wish.is_card);
            let current = shares.last().map_or(0, |share| share.0);
            // The topmost height the node can have in a span, if it fits there at all.
            let topmost = |span: usize| {
                let (top, bottom) = self.free[span];
                let behind = lowest
                    .filter(|_| span == current)
                    .map_or(f64::NEG_INFINITY, |(height, is_card)| {
                        height + spacing.between(is_card, wish.is_card)
                    });
                let height = behind.max(top + clear);
                (height <= bottom - clear).then_some(height)
            };
            let distance = |span: usize| {
                let height = topmost(span)?;
                Some(
                    (wish.height
                        - wish
                            .height
                            .clamp(height, (self.free[span].1 - clear).max(height)))
                    .abs(),
                )
            };
            let mut best: Option<(usize, f64)> = None;
            for span in current..self.free.len() {
                match (distance(span), best) {
                    (Some(found), Some((_, least))) if found >= least => break,
                    (Some(found), _) => best = Some((span, found)),
                    (None, _) => {}
                }
            }
            // The last span has no end, so there always is one.
            let span = best.map_or(self.free.len() - 1, |(span, _)| span);
            lowest = topmost(span).map(|height| (height, wish.is_card));
            match shares.last_mut() {
                Some(share) if share.0 == span => share.1 += 1,
                _ => shares.push((span, 1)),
            }
        }
        shares
    }
}

/// Isotonic regression by pooling adjacent violators (R. E. Barlow et al., *Statistical inference under order
/// restrictions*, 1972), after taking from every wish the room the nodes before it need; then kept within the span.
fn settle_between(
    wishes: &[Wish],
    spacing: &Spacing,
    (top, bottom): (f64, f64),
    heights: &mut Vec<f64>,
) {
    let (Some(first), Some(last)) = (wishes.first(), wishes.last()) else {
        return;
    };
    let (pools, room) = pools(wishes, spacing, |_| (f64::NEG_INFINITY, f64::INFINITY));
    let least = top + spacing.clearance(first.is_card);
    let most = (bottom - spacing.clearance(last.is_card) - room).max(least);
    spread(&pools, wishes, spacing, (least, most), heights);
}

/// The same for nodes that have limits of their own, which rise in their order: what a pool is settled on is kept
/// within those of all its nodes, as pooling allows for any convex cost.
fn settle_within(
    wishes: &[Wish],
    spacing: &Spacing,
    limits: &[(f64, f64)],
    heights: &mut Vec<f64>,
) {
    let (pools, _) = pools(wishes, spacing, |at| limits[at]);
    let anywhere = (f64::NEG_INFINITY, f64::INFINITY);
    spread(&pools, wishes, spacing, anywhere, heights);
}

/// Nodes that stand as close as they may.
struct Pool {
    /// The height they wish for together, less the room that the nodes before each need.
    wish: f64,
    weight: f64,
    /// The limits of all of them.
    least: f64,
    most: f64,
    count: usize,
}

impl Pool {
    fn height(&self) -> f64 {
        self.wish.max(self.least).min(self.most)
    }

    fn join(&mut self, before: &Self) {
        let weight = before.weight + self.weight;
        self.wish = (before.wish * before.weight + self.wish * self.weight) / weight;
        self.weight = weight;
        self.least = self.least.max(before.least);
        self.most = self.most.min(before.most);
        self.count += before.count;
    }
}

/// The pools of nodes with these wishes and limits, and the room that all nodes need.
fn pools(
    wishes: &[Wish],
    spacing: &Spacing,
    limit: impl Fn(usize) -> (f64, f64),
) -> (Vec<Pool>, f64) {
    let mut room = 0.0;
    let mut pools: Vec<Pool> = Vec::with_capacity(wishes.len());
    for (at, wish) in wishes.iter().enumerate() {
        if at > 0 {
            room += spacing.between(wishes[at - 1].is_card, wish.is_card);
        }
        let (least, most) = limit(at);
        let mut pool = Pool {
            wish: wish.height - room,
            weight: wish.weight,
            least,
            most,
            count: 1,
        };
        while let Some(before) = pools.pop_if(|before| before.height() >= pool.height()) {
            pool.join(&before);
        }
        pools.push(pool);
    }
    (pools, room)
}

/// The heights of all nodes of the pools, none less than the least nor more than the most plus the room before it.
fn spread(
    pools: &[Pool],
    wishes: &[Wish],
    spacing: &Spacing,
    (least, most): (f64, f64),
    heights: &mut Vec<f64>,
) {
    let base = pools
        .iter()
        .flat_map(|pool| std::iter::repeat_n(pool.height().clamp(least, most), pool.count));
    let mut room = 0.0;
    for (at, base) in base.enumerate() {
        if at > 0 {
            room += spacing.between(wishes[at - 1].is_card, wishes[at].is_card);
        }
        heights.push(base + room);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(walls: &Walls, wishes: &[f64], expected: &[f64]) {
        let wishes: Vec<Wish> = wishes
            .iter()
            .map(|&height| Wish {
                height,
                weight: 1.0,
                is_card: true,
            })
            .collect();
        let heights = walls.settle(&wishes, &Spacing::roomy(&Geometry::default(), false));
        assert_eq!(heights, expected);
    }

    #[test]
    fn nodes_that_have_room_get_what_they_wish() {
        check(&Walls::none(), &[0.0, 88.0, 300.0], &[0.0, 88.0, 300.0]);
    }

    #[test]
    fn nodes_that_are_too_close_give_way_to_both_sides() {
        check(&Walls::none(), &[100.0, 100.0], &[56.0, 144.0]);
        check(
            &Walls::none(),
            &[0.0, 0.0, 0.0, 500.0],
            &[-88.0, 0.0, 88.0, 500.0],
        );
    }

    #[test]
    fn nobody_stands_in_a_wall() {
        let walls = Walls::of(0.0, vec![(200.0, 264.0)]);
        check(&walls, &[-50.0], &[56.0]);
        check(&walls, &[232.0], &[144.0]);
        check(&walls, &[240.0], &[320.0]);
        // Between header and wall there is room for two.
        check(&walls, &[100.0, 100.0, 100.0], &[56.0, 144.0, 320.0]);
    }

    #[test]
    fn nodes_stay_within_their_limits_and_push_nobody_over_theirs() {
        let limits = |limits: &[(f64, f64)]| {
            let spacing = Spacing::roomy(&Geometry::default(), false);
            Walls::within(limits.to_vec(), &vec![true; limits.len()], &spacing)
        };
        let lanes = limits(&[(0.0, 200.0), (0.0, 200.0), (300.0, 400.0)]);
        check(&lanes, &[50.0, 150.0, 350.0], &[50.0, 150.0, 350.0]);
        check(&lanes, &[900.0, 900.0, 0.0], &[112.0, 200.0, 300.0]);
        check(&lanes, &[-900.0, -900.0, 900.0], &[0.0, 88.0, 400.0]);
    }

    #[test]
    fn walls_that_meet_are_one() {
        let walls = Walls::of(0.0, vec![(100.0, 164.0), (150.0, 214.0), (20.0, 84.0)]);
        check(&walls, &[0.0], &[270.0]);
    }
}
