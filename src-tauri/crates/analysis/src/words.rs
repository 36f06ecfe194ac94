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
    let mut word = Word::default();
    if text.is_ascii() {
        text.bytes()
            .for_each(|byte| word.take(char::from(byte.to_ascii_lowercase()), words));
    } else {
        let folded = text
            .nfd()
            .filter(|character| !is_combining_mark(*character));
        folded
            .flat_map(char::to_lowercase)
            .for_each(|character| word.take(character, words));
    }
    word.take(' ', words);
}

/// Whether two sorted lists of words have one in common.
pub(crate) fn share_a_word(one: &[u64], other: &[u64]) -> bool {
    one.iter().any(|word| other.binary_search(word).is_ok())
}

#[derive(Default)]
struct Word {
    hasher: FxHasher,
    letters: usize,
}

impl Word {
    fn take(&mut self, character: char, words: &mut Words) {
        if character.is_alphanumeric() {
            self.hasher.write_u32(u32::from(character));
            self.letters += usize::from(character.is_alphabetic());
        } else {
            if self.letters >= LEAST_LETTERS {
                words.push(self.hasher.finish());
            }
            *self = Self::default();
        }
    }
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
        assert!(share_a_word(
            &words("Get the free plan"),
            &words("A plan for you")
        ));
    }

    #[test]
    fn short_words_do_not_count() {
        assert!(words("Go to the top of it, 2026").is_empty());
        assert!(!share_a_word(&words("Buy now"), &words("Now or then")));
    }
}
