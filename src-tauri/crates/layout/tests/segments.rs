//! The exact counter of crossings against pictures that can be counted by eye, and against a slower way to count.

#[path = "../benches/quality/segments.rs"]
mod segments;

use proptest::prelude::*;
use segments::{Point, Polyline, crossings, point, total_length};

fn check(links: &[&[Point]], expected: u64) {
    let links: Vec<Polyline> = links.iter().map(|link| link.to_vec()).collect();
    assert_eq!(crossings(&links), expected, "{links:?}");
    let backward: Vec<Polyline> = links
        .iter()
        .rev()
        .map(|link| link.iter().rev().copied().collect())
        .collect();
    assert_eq!(crossings(&backward), expected, "backward: {links:?}");
}

#[test]
fn crossings_are_counted_once_wherever_they_are() {
    check(&[], 0);
    check(&[&[(0, 0), (10, 10)]], 0);
    check(&[&[(0, 0), (10, 10)], &[(0, 10), (10, 0)]], 1);
    check(&[&[(0, 0), (10, 0)], &[(0, 1), (10, 1)]], 0);
    // Where two pieces of one link meet.
    check(&[&[(0, 0), (5, 5), (10, 10)], &[(0, 10), (10, 0)]], 1);
    check(
        &[&[(0, 0), (5, 5), (10, 10)], &[(0, 10), (5, 5), (10, 0)]],
        1,
    );
    // Twice.
    check(&[&[(0, 0), (10, 0)], &[(2, -5), (3, 5), (4, -5)]], 2);
    // Far apart cells.
    check(
        &[
            &[(-100_000, -7), (100_000, 7)],
            &[(0, -100_000), (0, 100_000)],
            &[(50_000, 9), (50_001, -9)],
        ],
        2,
    );
}

#[test]
fn common_ends_do_not_cross_and_touching_does() {
    check(&[&[(0, 0), (10, 0)], &[(0, 0), (10, 5)]], 0);
    check(&[&[(0, 0), (10, 0)], &[(5, 5), (10, 0)]], 0);
    check(&[&[(0, 0), (10, 0)], &[(5, 5), (5, 0)]], 1);
    check(
        &[&[(0, 0), (10, 0), (20, 0)], &[(5, 5), (10, 0), (15, 5)]],
        1,
    );
    check(&[&[(0, 0), (10, 0)], &[(5, 0), (20, 0)]], 1);
    check(&[&[(0, 0), (10, 0)], &[(10, 0), (20, 0)]], 0);
}

#[test]
fn length_is_in_map_units() {
    let links = vec![vec![point(0.0, 0.0), point(3.0, 4.0), point(3.0, 5.0)]];
    assert!((total_length(&links) - 6.0).abs() < 1e-9);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Straight links between two columns cross when their ends are in different orders.
    #[test]
    fn between_two_columns_inversions_are_counted(ends in prop::collection::vec((0_i64..4000, 0_i64..4000), 0..60)) {
        // Odd and even keep ends apart from each other, so that no two links touch.
        let links: Vec<Polyline> = ends.iter().enumerate().map(|(at, &(left, right))| {
            let at = at as i64;
            vec![(0, left * 64 + at), (1000, right * 64 + at)]
        }).collect();
        let mut inversions = 0;
        for (at, one) in links.iter().enumerate() {
            inversions += links[at + 1..].iter().filter(|other| (one[0].1 < other[0].1) != (one[1].1 < other[1].1)).count() as u64;
        }
        prop_assert_eq!(crossings(&links), inversions);
    }
}
