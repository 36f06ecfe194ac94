//! Measures of a slide: how large it is, where title, content and key stand on it, and frames to put things in. All
//! lengths are EMU (English metric units), the format's own: 914,400 to the inch, 12,700 to the point.

/// An inch.
pub(super) const INCH: i64 = 914_400;
/// A point.
pub(super) const POINT: i64 = 12_700;
/// A map unit at 100 %: one pixel of 96 to the inch.
pub(super) const UNIT: f64 = 9525.0;
/// The format's largest slide side: 56 inches.
pub(super) const LONGEST: i64 = 56 * INCH;
/// The format's smallest slide side: one inch.
pub(super) const SHORTEST: i64 = INCH;

/// A length from one with a fraction.
#[expect(clippy::cast_possible_truncation, reason = "bounded far below 2^53")]
pub(super) fn emu(length: f64) -> i64 {
    length.clamp(-1e12, 1e12).round() as i64
}

/// A length with a fraction, for arithmetic.
#[expect(clippy::cast_precision_loss, reason = "bounded far below 2^53")]
pub(super) const fn exact(length: i64) -> f64 {
    length as f64
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) width: i64,
    pub(super) height: i64,
}

/// A point of a frame's edge that connectors hold on to; the number is the site's index on a (round) rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Site {
    Top = 0,
    Left = 1,
    Bottom = 2,
    Right = 3,
}

impl Frame {
    pub(super) const fn new(x: i64, y: i64, width: i64, height: i64) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    /// The frame of a square or circle around a point.
    pub(super) const fn around((x, y): (i64, i64), width: i64, height: i64) -> Self {
        Self::new(x - width / 2, y - height / 2, width, height)
    }

    pub(super) const fn right(self) -> i64 {
        self.x + self.width
    }

    pub(super) const fn bottom(self) -> i64 {
        self.y + self.height
    }

    pub(super) const fn centre(self) -> (i64, i64) {
        (self.x + self.width / 2, self.y + self.height / 2)
    }

    /// The frame with every edge moved outward.
    pub(super) const fn grown(self, by: i64) -> Self {
        Self::new(
            self.x - by,
            self.y - by,
            self.width + 2 * by,
            self.height + 2 * by,
        )
    }

    /// Where a connection site lies.
    pub(super) const fn site(self, site: Site) -> (i64, i64) {
        let (x, y) = self.centre();
        match site {
            Site::Top => (x, self.y),
            Site::Left => (self.x, y),
            Site::Bottom => (x, self.bottom()),
            Site::Right => (self.right(), y),
        }
    }

    pub(super) const fn touches(self, other: Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    pub(super) const fn contains(self, (x, y): (i64, i64)) -> bool {
        self.x < x && x < self.right() && self.y < y && y < self.bottom()
    }

    /// The least frame around both.
    pub(super) fn with(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self::new(
            x,
            y,
            self.right().max(other.right()) - x,
            self.bottom().max(other.bottom()) - y,
        )
    }
}

/// A slide's size and the places on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) width: i64,
    pub(super) height: i64,
    /// Width and height of the logo at the end of the title's line, on a slide of the usual size; nothing without one.
    pub(super) logo: Option<(i64, i64)>,
}

impl Sheet {
    /// 16:9 as presentation programs have it: 13⅓ by 7½ inches.
    pub(super) const WIDE: Self = Self {
        width: 12_192_000,
        height: 6_858_000,
        logo: None,
    };

    /// How much larger margins and headings are than on a slide of the usual size.
    pub(super) fn enlargement(self) -> f64 {
        let across = exact(self.width) / exact(Self::WIDE.width);
        let down = exact(self.height) / exact(Self::WIDE.height);
        across.min(down).clamp(0.5, 2.0)
    }

    /// A length on a slide of the usual size, on this one.
    pub(super) fn scaled(self, inches: f64) -> i64 {
        emu(inches * exact(INCH) * self.enlargement())
    }

    /// A size of letters on a slide of the usual size, on this one: in hundredths of a point.
    pub(super) fn letters(self, points: f64) -> i64 {
        emu(points * 100.0 * self.enlargement())
    }

    fn margin(self) -> i64 {
        self.scaled(0.42)
    }

    /// Where the title stands.
    pub(super) fn title(self) -> Frame {
        let logo = self.logo().map_or(0, |logo| logo.width + self.scaled(0.25));
        Frame::new(
            self.margin(),
            self.scaled(0.28),
            self.width - 2 * self.margin() - logo,
            self.scaled(0.52),
        )
    }

    /// The room of a logo, in inches on a slide of the usual size.
    pub(super) const LOGO_ROOM: (f64, f64) = (2.2, 0.42);

    /// Where the logo stands, when there is one.
    pub(super) fn logo(self) -> Option<Frame> {
        let (width, height) = self.logo?;
        let side = |length: i64| emu(exact(length) * self.enlargement());
        let (width, height) = (side(width), side(height));
        Some(Frame::new(
            self.width - self.margin() - width,
            self.scaled(0.28) + (self.scaled(0.52) - height) / 2,
            width,
            height,
        ))
    }

    /// Where the line around everything runs.
    pub(super) fn border(self) -> Frame {
        let inset = self.scaled(0.12);
        Frame::new(
            inset,
            inset,
            self.width - 2 * inset,
            self.height - 2 * inset,
        )
    }

    /// Where everything else stands.
    pub(super) fn content(self) -> Frame {
        let top = self.scaled(0.92);
        Frame::new(
            self.margin(),
            top,
            self.width - 2 * self.margin(),
            self.key().y - self.scaled(0.12) - top,
        )
    }

    /// Where signs are explained.
    pub(super) fn key(self) -> Frame {
        Frame::new(
            self.margin(),
            self.height - self.scaled(0.4),
            self.width - 2 * self.margin(),
            self.scaled(0.22),
        )
    }
}
