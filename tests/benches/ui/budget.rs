//! What is measured, and how long it may take for a map of which size. Refuses to measure.

/// Something a planner does and watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    Open,
    PanClose,
    PanAll,
    Zoom,
    Drag,
    Add,
}

impl Deed {
    pub(crate) const ALL: [Self; 6] = [
        Self::PanClose,
        Self::PanAll,
        Self::Zoom,
        Self::Drag,
        Self::Add,
        Self::Open,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Open => "open file to full paint",
            Self::PanClose => "pan at 100 %, frame",
            Self::PanAll => "pan all in view, frame",
            Self::Zoom => "zoom out and in, frame",
            Self::Drag => "drag a card with 10 links, frame",
            Self::Add => "key press to new card painted",
        }
    }

    /// Milliseconds that half of the times, and 95 of 100 of them, may take; for maps larger than were thought of, as
    /// for the largest.
    pub(crate) fn budget(self, touchpoints: usize) -> Budget {
        let row = match self {
            Self::Open => [(100, None), (150, None), (400, None), (800, None)],
            Self::Add => [(25, None), (30, None), (40, None), (60, None)],
            Self::PanClose | Self::PanAll | Self::Zoom | Self::Drag => [
                (16, Some(18)),
                (16, Some(20)),
                (17, Some(25)),
                (20, Some(33)),
            ],
        };
        let column = [300, 1_000, 5_000]
            .iter()
            .filter(|size| touchpoints > **size)
            .count();
        let (half, most) = row[column];
        Budget { half, most }
    }
}

/// Milliseconds for the median, and for 95 of 100 where that is promised too.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    half: u32,
    most: Option<u32>,
}

/// A web view tells the time in whole milliseconds, and a frame at 60 Hz takes 16.7 of them.
const GRAIN: f64 = 1.0;

impl Budget {
    pub(crate) fn holds(self, figure: &Figure) -> bool {
        let within = |value: f64, most: u32| value <= f64::from(most) + GRAIN;
        within(figure.p50, self.half) && self.most.is_none_or(|most| within(figure.p95, most))
    }

    pub(crate) fn words(self) -> String {
        match self.most {
            Some(most) => format!("{} / {most}", self.half),
            None => self.half.to_string(),
        }
    }
}

/// What was measured, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figure {
    pub(crate) p50: f64,
    pub(crate) p95: f64,
    pub(crate) times: usize,
}

impl Figure {
    /// `None` of no values.
    pub(crate) fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_by(f64::total_cmp);
        let last = values.len().saturating_sub(1);
        let at = |share: usize| values.get((last * share).div_ceil(100));
        Some(Self {
            p50: *at(50)?,
            p95: *at(95)?,
            times: values.len(),
        })
    }

    pub(crate) fn words(&self) -> String {
        let digits = usize::from(self.p50 < 10.0);
        format!("{:.digits$} / {:.digits$}", self.p50, self.p95)
    }
}
