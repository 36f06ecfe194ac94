//! The bundled web fonts as `@font-face` rules with their bytes inside: for each weight and script that a picture's words
//! use, and no others.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A script: the characters its files hold, as ranges, and one file for each weight.
struct Script {
    ranges: &'static [(u32, u32)],
    files: [&'static [u8]; 3],
}

macro_rules! script {
    ($name:literal, $($ranges:tt)*) => {
        Script {
            ranges: &[$($ranges)*],
            files: [
                include_bytes!(concat!("../../../../../assets/fonts/web/inter-", $name, "-400-normal.woff2")),
                include_bytes!(concat!("../../../../../assets/fonts/web/inter-", $name, "-500-normal.woff2")),
                include_bytes!(concat!("../../../../../assets/fonts/web/inter-", $name, "-600-normal.woff2")),
            ],
        }
    };
}

const SCRIPTS: [Script; 5] = [
    script!(
        "latin",
        (0x0000, 0x00ff),
        (0x0131, 0x0131),
        (0x0152, 0x0153),
        (0x02c6, 0x02c6),
        (0x02da, 0x02da),
        (0x02dc, 0x02dc),
        (0x2000, 0x206f),
        (0x20ac, 0x20ac),
        (0x2122, 0x2122),
        (0x2191, 0x2191),
        (0x2193, 0x2193),
        (0x2212, 0x2212),
        (0x2215, 0x2215)
    ),
    script!(
        "latin-ext",
        (0x0100, 0x0130),
        (0x0132, 0x0151),
        (0x0154, 0x02ba),
        (0x02bd, 0x02c5),
        (0x02c7, 0x02cc),
        (0x1d00, 0x1dbf),
        (0x1e00, 0x1e9f),
        (0x20a0, 0x20ab),
        (0x20ad, 0x20c0),
        (0x2113, 0x2113),
        (0x2c60, 0x2c7f),
        (0xa720, 0xa7ff)
    ),
    script!(
        "cyrillic",
        (0x0400, 0x045f),
        (0x0490, 0x0491),
        (0x04b0, 0x04b1),
        (0x2116, 0x2116)
    ),
    script!(
        "greek",
        (0x0370, 0x0377),
        (0x037a, 0x037f),
        (0x0384, 0x03ff)
    ),
    script!(
        "vietnamese",
        (0x0300, 0x0304),
        (0x0308, 0x0309),
        (0x0323, 0x0323),
        (0x1ea0, 0x1ef9)
    ),
];

/// The rules for the words of a picture: of every weight, since nearly every picture has all three.
pub(crate) fn faces(words: &str) -> String {
    let mut rules = String::new();
    for script in &SCRIPTS {
        let has = |character: char| {
            script
                .ranges
                .iter()
                .any(|(first, last)| (*first..=*last).contains(&u32::from(character)))
        };
        if !words.chars().any(has) {
            continue;
        }
        let ranges: Vec<String> = script
            .ranges
            .iter()
            .map(|(first, last)| format!("U+{first:04X}-{last:04X}"))
            .collect();
        for (weight, file) in ["400", "500", "600"].iter().zip(script.files) {
            rules.push_str("@font-face{font-family:Inter;font-style:normal;font-weight:");
            rules.push_str(weight);
            rules.push_str(";src:url(data:font/woff2;base64,");
            STANDARD.encode_string(file, &mut rules);
            rules.push_str(") format(\"woff2\");unicode-range:");
            rules.push_str(&ranges.join(","));
            rules.push('}');
        }
    }
    rules
}
