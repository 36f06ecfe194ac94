//! The measures of the picture, in map units (one unit is one pixel at 100 %). Refuses to be: a theme; colours and
//! type are the interface's.

/// The measures every layout is made with. The interface takes cards, header and gaps from here, so that what is
/// painted is what was laid out. All are multiples of [`Geometry::GRID`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Geometry {
    /// Width of a touchpoint's card.
    pub card_width: f64,
    /// Height of a touchpoint's card.
    pub card_height: f64,
    /// Height of the strip with the stages' names; cards are laid out below it.
    pub header_height: f64,
    /// Free width between the cards of two stages, where links curve.
    pub column_gap: f64,
    /// Free width between the steps inside one stage.
    pub step_gap: f64,
    /// Free height between two cards.
    pub row_gap: f64,
    /// Free height between two cards where a new one was squeezed in between old ones that are not to move.
    pub least_row_gap: f64,
    /// Free height between a card and a link that passes it.
    pub pass_gap: f64,
    /// Free height between the edge of a lane and its cards.
    pub lane_margin: f64,
    /// Height between two links that pass the same column; a picture crowded with links draws them closer.
    pub link_gap: f64,
}

impl Geometry {
    /// Positions that are laid out are multiples of this.
    pub const GRID: f64 = 4.0;
}

impl Default for Geometry {
    fn default() -> Self {
        Self {
            card_width: 208.0,
            card_height: 64.0,
            header_height: 56.0,
            column_gap: 112.0,
            step_gap: 64.0,
            row_gap: 24.0,
            least_row_gap: 12.0,
            pass_gap: 12.0,
            lane_margin: 20.0,
            link_gap: 12.0,
        }
    }
}
