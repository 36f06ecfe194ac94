//! The colours of documents: ink on white paper, with the severities of the interface.

use backcast_model::Severity;

use crate::scene::Colour;

/// Words.
pub(super) const INK: Colour = Colour(0x23, 0x22, 0x1f);
/// Lesser words; 7 : 1 on white.
pub(super) const SOFT: Colour = Colour(0x57, 0x54, 0x4d);
/// Lines between rows.
pub(super) const LINE: Colour = Colour(0xd9, 0xd4, 0xc8);
/// Behind a table's head and its groups.
pub(super) const SHADE: Colour = Colour(0xf5, 0xf3, 0xee);
/// Where words lead somewhere; 6 : 1 on white.
pub(super) const ACCENT: Colour = Colour(0x00, 0x5a, 0x8e);

/// The words of a severity; 4.5 : 1 on white or better.
pub(super) const fn of_severity(severity: Severity) -> Colour {
    match severity {
        Severity::High => Colour(0xa8, 0x4a, 0x00),
        Severity::Medium => Colour(0x7d, 0x56, 0x00),
        Severity::Low => Colour(0x1c, 0x65, 0x90),
    }
}
