//! The shape of a picture: over how many steps side by side each stage is spread. A stage is one column, which is what
//! planners know it as and what reads largest on a page; a picture that would be higher than wide is spread where it is
//! highest. Refuses to know who stands in which step.

use crate::geometry::Geometry;
use crate::wiring::Wiring;

/// More steps, and a stage is no longer read as one column.
const MOST_STEPS_IN_A_STAGE: u32 = 4;
/// Without stages, steps are the picture's only columns.
const MOST_DISTANCES: u32 = 40;

/// How many touchpoints are in each group.
pub(crate) fn members(wiring: &Wiring) -> Vec<u32> {
    let mut members = vec![0; wiring.groups.len()];
    for &group in &wiring.group {
        members[group as usize] += 1;
    }
    members
}

/// Each group's number of steps, at least one and at most `useful`.
///
/// O(groups + touchpoints): only groups higher than all are wide get a step more, which few can be.
pub(crate) fn step_counts(wiring: &Wiring, useful: &[u32], geometry: &Geometry) -> Vec<u32> {
    if !wiring.staged {
        return useful
            .iter()
            .map(|&most| most.min(MOST_DISTANCES))
            .collect();
    }
    let members = members(wiring);
    let mut counts = vec![1_u32; members.len()];
    while let Some((height, highest)) = (0..members.len())
        .map(|group| (members[group].div_ceil(counts[group]), group))
        .max_by_key(|&(height, group)| (height, std::cmp::Reverse(group)))
    {
        let most = useful[highest].min(MOST_STEPS_IN_A_STAGE);
        let height = f64::from(height) * (geometry.card_height + geometry.row_gap);
        if counts[highest] >= most || height <= width(&counts, geometry) {
            break;
        }
        counts[highest] += 1;
    }
    counts
}

fn width(counts: &[u32], geometry: &Geometry) -> f64 {
    let stage = |&count: &u32| {
        f64::from(count) * (geometry.card_width + geometry.step_gap) - geometry.step_gap
            + geometry.column_gap
    };
    counts.iter().map(stage).sum()
}
