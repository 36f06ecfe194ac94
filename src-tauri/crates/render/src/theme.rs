//! The two sets of colours a picture is seen in. They are the interface's, from its `tokens.css`; a test compares them
//! token by token. Refuses to invent any.

use crate::scene::{Colour, Shade, Theme};

impl Theme {
    /// On light ground.
    #[must_use]
    pub const fn light() -> Self {
        Self {
            ground: Colour(0xf5, 0xf3, 0xee),
            column: Colour(0xf9, 0xf7, 0xf3),
            column_alternate: Colour(0xf3, 0xf0, 0xe9),
            column_line: Colour(0xe3, 0xdf, 0xd5),
            lane_line: Colour(0xcb, 0xc5, 0xb8),
            ink: Colour(0x23, 0x22, 0x1f),
            ink_soft: Colour(0x57, 0x54, 0x4d),
            ink_faint: Colour(0x6c, 0x68, 0x5f),
            line: Colour(0xe3, 0xdf, 0xd5),
            card: Colour(0xff, 0xff, 0xff),
            card_shadow: Shade {
                colour: Colour(50, 44, 30),
                opacity: 0.1,
            },
            card_ink: Colour(0x23, 0x22, 0x1f),
            card_ink_soft: Colour(0x5f, 0x5b, 0x53),
            destination: Colour(0x00, 0x63, 0x9c),
            destination_ink: Colour(0xff, 0xff, 0xff),
            destination_ink_soft: Colour(0xd3, 0xe6, 0xf2),
            direct: Colour(0x00, 0x80, 0x5d),
            indirect: Colour(0xa8, 0x52, 0x7f),
            link: Colour(0xa3, 0x9c, 0x8d),
            link_label: Colour(0x57, 0x54, 0x4d),
            evidence: Colour(0xd5, 0x5e, 0x00),
            severities: [
                (
                    Colour(0xd5, 0x5e, 0x00),
                    Colour(0xa8, 0x4a, 0x00),
                    Colour(0xfb, 0xe9, 0xdc),
                ),
                (
                    Colour(0xe6, 0x9f, 0x00),
                    Colour(0x7d, 0x56, 0x00),
                    Colour(0xfb, 0xf0, 0xd6),
                ),
                (
                    Colour(0x56, 0xb4, 0xe9),
                    Colour(0x1c, 0x65, 0x90),
                    Colour(0xe2, 0xf1, 0xfa),
                ),
            ],
            audiences: [
                Colour(0x6a, 0x51, 0xa3),
                Colour(0x1f, 0x8f, 0x83),
                Colour(0xa8, 0x5d, 0x1a),
                Colour(0x2f, 0x6f, 0xb5),
                Colour(0xb0, 0x38, 0x6a),
                Colour(0x5d, 0x7d, 0x25),
            ],
        }
    }

    /// On dark ground.
    #[must_use]
    pub const fn dark() -> Self {
        Self {
            ground: Colour(0x1b, 0x1b, 0x1a),
            column: Colour(0x20, 0x20, 0x1f),
            column_alternate: Colour(0x1c, 0x1c, 0x1b),
            column_line: Colour(0x33, 0x32, 0x2f),
            lane_line: Colour(0x4b, 0x4a, 0x45),
            ink: Colour(0xee, 0xec, 0xe6),
            ink_soft: Colour(0xbc, 0xb8, 0xae),
            ink_faint: Colour(0xa2, 0x9e, 0x94),
            line: Colour(0x37, 0x36, 0x33),
            card: Colour(0x2c, 0x2c, 0x2a),
            card_shadow: Shade {
                colour: Colour(0, 0, 0),
                opacity: 0.4,
            },
            card_ink: Colour(0xf1, 0xef, 0xe9),
            card_ink_soft: Colour(0xbc, 0xb8, 0xae),
            destination: Colour(0x3f, 0x96, 0xcc),
            destination_ink: Colour(0x06, 0x14, 0x1e),
            destination_ink_soft: Colour(0x0b, 0x24, 0x34),
            direct: Colour(0x35, 0xb8, 0x92),
            indirect: Colour(0xd6, 0x8f, 0xb5),
            link: Colour(0x6f, 0x6c, 0x65),
            link_label: Colour(0xbc, 0xb8, 0xae),
            evidence: Colour(0xf0, 0x8a, 0x3c),
            severities: [
                (
                    Colour(0xf0, 0x8a, 0x3c),
                    Colour(0xf5, 0xa5, 0x66),
                    Colour(0x3d, 0x2a, 0x1c),
                ),
                (
                    Colour(0xec, 0xb5, 0x2f),
                    Colour(0xef, 0xc5, 0x58),
                    Colour(0x38, 0x30, 0x1b),
                ),
                (
                    Colour(0x6f, 0xbf, 0xec),
                    Colour(0x8a, 0xcc, 0xf0),
                    Colour(0x1e, 0x33, 0x40),
                ),
            ],
            audiences: [
                Colour(0xb7, 0xa3, 0xe8),
                Colour(0x5c, 0xc9, 0xbc),
                Colour(0xdc, 0x9a, 0x5c),
                Colour(0x7f, 0xb2, 0xee),
                Colour(0xea, 0x85, 0xad),
                Colour(0xa5, 0xc9, 0x6a),
            ],
        }
    }

    /// The colour of the audience at a place in the map's list.
    #[must_use]
    pub const fn audience(&self, place: usize) -> Colour {
        self.audiences[place % self.audiences.len()]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    /// The custom properties of one rule of `tokens.css`.
    fn tokens(rule: &str) -> HashMap<String, String> {
        let css = include_str!("../../../../ui/src/style/tokens.css");
        let body = css.split_once(rule).unwrap().1.split_once('}').unwrap().0;
        body.lines()
            .filter_map(|line| {
                line.trim()
                    .strip_prefix("--")?
                    .strip_suffix(';')?
                    .split_once(": ")
            })
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    /// Every colour of a theme by the name of its token.
    fn colours(theme: &Theme) -> Vec<(String, Colour)> {
        let plain = [
            ("map-ground", theme.ground),
            ("map-column", theme.column),
            ("map-column-alternate", theme.column_alternate),
            ("map-column-line", theme.column_line),
            ("line-strong", theme.lane_line),
            ("ink", theme.ink),
            ("ink-soft", theme.ink_soft),
            ("ink-faint", theme.ink_faint),
            ("line", theme.line),
            ("card", theme.card),
            ("card-ink", theme.card_ink),
            ("card-ink-soft", theme.card_ink_soft),
            ("kind-destination", theme.destination),
            ("kind-destination-ink", theme.destination_ink),
            ("kind-destination-ink-soft", theme.destination_ink_soft),
            ("kind-direct", theme.direct),
            ("kind-indirect", theme.indirect),
            ("link", theme.link),
            ("link-label", theme.link_label),
            ("evidence", theme.evidence),
        ];
        let mut all: Vec<_> = plain.map(|(name, colour)| (name.to_owned(), colour)).into();
        for (severity, (sign, words, ground)) in
            ["high", "medium", "low"].iter().zip(theme.severities)
        {
            all.push((format!("severity-{severity}"), sign));
            all.push((format!("severity-{severity}-text"), words));
            all.push((format!("severity-{severity}-soft"), ground));
        }
        for (at, colour) in theme.audiences.iter().enumerate() {
            all.push((format!("audience-{}", at + 1), *colour));
        }
        all
    }

    #[test]
    fn the_colours_are_those_of_the_interface() {
        for (rule, theme) in [
            (":root {", Theme::light()),
            (":root[data-theme=\"dark\"] {", Theme::dark()),
        ] {
            let tokens = tokens(rule);
            for (name, colour) in colours(&theme) {
                assert_eq!(tokens[&name], colour.to_string(), "{rule} {name}");
            }
            let Shade {
                colour: Colour(red, green, blue),
                opacity,
            } = theme.card_shadow;
            let shadow = format!("rgb({red} {green} {blue} / {}%)", opacity * 100.0);
            assert_eq!(tokens["card-shadow"], shadow, "{rule}");
        }
    }
}
