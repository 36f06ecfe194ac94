//! The formats that need more than the map: the workbook, and drawings with places.

use backcast_exchange::{Frame, Placement, xlsx};
use backcast_layout::Geometry;

use super::Work;
use crate::error::ExportError;
use crate::options::Further;
use crate::tables;

impl Work<'_> {
    /// Whether a view beside the map is wanted.
    pub(super) fn wants(&self, view: Further) -> bool {
        let views = self.options.views.as_ref();
        views.is_none_or(|views| views.contains(&view))
    }

    pub(super) fn xlsx(&self) -> Result<Vec<u8>, ExportError> {
        let snapshot = self.snapshot;
        let coverage = self
            .wants(Further::Coverage)
            .then(|| tables::coverage(snapshot));
        let gaps = self.wants(Further::Gaps).then(|| tables::gaps(snapshot));
        self.goes_on(0.4)?;
        let content = xlsx::Content {
            map: snapshot.map(),
            catalog: snapshot.assessment.catalog(),
            coverage,
            gaps,
            base_address: self.options.base_address.clone(),
        };
        xlsx::write(&content).map_err(|reason| ExportError::Unwritten { reason })
    }

    /// Where stages and touchpoints stand on the canvas.
    pub(super) fn placement(&self) -> Placement {
        let geometry = Geometry::default();
        let layout = &self.snapshot.layout;
        let cards = layout.cards.iter();
        let lowest = cards
            .map(|card| card.y + geometry.card_height)
            .fold(0.0, f64::max);
        let highest = layout.cards.iter().map(|card| card.y).fold(0.0, f64::min);
        let top = highest.min(0.0);
        let stages = layout.columns.iter().zip(layout.bands(&geometry));
        let stages = stages.filter_map(|(column, (x, width))| {
            let frame = Frame {
                x,
                y: top,
                width,
                height: lowest + geometry.row_gap - top,
            };
            Some((column.stage.clone()?, frame))
        });
        let touchpoints = layout.cards.iter().map(|card| {
            let frame = Frame {
                x: card.x,
                y: card.y,
                width: geometry.card_width,
                height: geometry.card_height,
            };
            (card.touchpoint.clone(), frame)
        });
        Placement {
            stages: stages.collect(),
            touchpoints: touchpoints.collect(),
        }
    }
}
