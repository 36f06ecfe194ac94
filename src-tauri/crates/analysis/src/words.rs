//! Words of a text as they are compared: four letters or more, case and accents folded.

use rustc_hash::FxHasher;
use smallvec::SmallVec;
use std::hash::Hasher;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The least letters a word has to be compared.
const LEAST_LETTERS: usize = 4;

/// Words as hashes.
pub(crate) type Words = SmallVec<[u64; 8]>;

/// The words of texts, each once, sorted; O(length + words log words).
pub(crate) fn words_of(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Words {
    let mut words = Words::new();
    texts
        .into_iter()
        .for_each(|text| add_words(text.as_ref(), &mut words));
    words.sort_unstable();
    words.dedup();
    words
}

fn add_words(text: &str, words: &mut Words) {
    if text.is_ascii() {
        let parts = text.as_bytes().split(|byte| !byte.is_ascii_alphanumeric());
        words.extend(parts.filter_map(word));
        return;
    }
    let folded = text
        .nfd()
        .filter(|character| !is_combining_mark(*character));
    let folded: String = folded.flat_map(char::to_lowercase).collect();
    let parts = folded.split(|character: char| !character.is_alphanumeric());
    words.extend(parts.filter_map(|part| word(part.as_bytes())));
}

/// The number of a word that has letters enough; ASCII letters in either case give the same.
fn word(part: &[u8]) -> Option<u64> {
    // Most words are told by their length alone.
    if part.len() < LEAST_LETTERS || letters(part) < LEAST_LETTERS {
        return None;
    }
    let mut hasher = FxHasher::default();
    for part in part.chunks(8) {
        let mut letters = [0; 8];
        let folded = part.iter().map(u8::to_ascii_lowercase);
        letters
            .iter_mut()
            .zip(folded)
            .for_each(|(letter, byte)| *letter = byte);
        hasher.write_u64(u64::from_le_bytes(letters));
    }
    Some(hasher.finish())
}

fn letters(part: &[u8]) -> usize {
    if part.is_ascii() {
        return part
            .iter()
            .filter(|byte| byte.is_ascii_alphabetic())
            .count();
    }
    let characters = str::from_utf8(part).unwrap_or_default().chars();
    characters
        .filter(|character| character.is_alphabetic())
        .count()
}

/// Whether a text has a word in common with a sorted list of words; O(length + words log words).
pub(crate) fn shares_a_word(text: &str, words: &[u64]) -> bool {
    let mut said = Words::new();
    add_words(text, &mut said);
    said.iter().any(|word| words.binary_search(word).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Words {
        words_of([text])
    }

    #[test]
    fn case_and_accents_make_no_difference() {
        assert_eq!(words("Café crème"), words("CREME, cafe"));
        assert_eq!(words("Kostenlose Übung"), words("ubung kostenlose"));
        assert!(shares_a_word("Get the free plan", &words("A plan for you")));
    }

    #[test]
    fn short_words_do_not_count() {
        assert!(words("Go to the top of it, 2026").is_empty());
        assert!(!shares_a_word("Buy now", &words("Now or then")));
    }
}
