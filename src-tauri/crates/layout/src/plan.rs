//! The plan of columns: which layer every touchpoint belongs to, and where layers and columns stand from left to
//! right. Refuses to know anything of heights.

use crate::geometry::Geometry;
use crate::layout::Column;
use crate::steps::Steps;
use crate::wiring::{Wiring, number};

/// Layers and columns from left to right.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// Each touchpoint's layer.
    pub(crate) layer: Vec<u32>,
    /// Each layer's left edge.
    pub(crate) x: Vec<f64>,
    /// What stands in the picture's header.
    pub(crate) columns: Vec<Column>,
}

impl Plan {
    /// The plan for these steps, from 0 to the right.
    pub(crate) fn of(wiring: &Wiring, steps: &Steps, geometry: &Geometry) -> Self {
        let mut plan = Self {
            layer: Vec::new(),
            x: Vec::new(),
            columns: Vec::new(),
        };
        let mut first = Vec::with_capacity(wiring.groups.len());
        let mut x = 0.0;
        for (stage, &count) in wiring.groups.iter().zip(&steps.count) {
            first.push(number(plan.x.len()));
            let start = x;
            for _ in 0..count {
                plan.x.push(x);
                x += geometry.card_width;
                if !wiring.staged {
                    plan.columns.push(Column {
                        stage: None,
                        x: x - geometry.card_width,
                        width: geometry.card_width,
                    });
                    x += geometry.column_gap - geometry.step_gap;
                }
                x += geometry.step_gap;
            }
            if wiring.staged {
                x -= geometry.step_gap;
                plan.columns.push(Column {
                    stage: stage.clone(),
                    x: start,
                    width: x - start,
                });
                x += geometry.column_gap;
            }
        }
        plan.layer = wiring
            .group
            .iter()
            .zip(&steps.step)
            .map(|(&group, step)| first[group as usize] + step)
            .collect();
        plan
    }

    /// Moves everything to the right.
    pub(crate) fn shift(&mut self, shift: f64) {
        self.x.iter_mut().for_each(|x| *x += shift);
        self.columns.iter_mut().for_each(|column| column.x += shift);
    }
}
