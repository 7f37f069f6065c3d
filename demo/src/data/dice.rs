//! Random numbers that are the same on every machine. A portable generator makes the numbers, and this module limits
//! each number to the wanted interval. No library does this, because a new version of a library may compute other
//! numbers, which would change the people of the demo.

use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// The seed from which all random numbers of the demo are generated.
const SEED: u64 = 0x5eed_a260_5000_d3a0;

/// What a stream of random numbers is used for. Each aspect of a submission, such as its scores, has its own stream, so
/// that a change in one aspect does not change the others.
#[derive(Clone, Copy)]
pub(super) enum DiceStream {
    Days,
    Case,
    Rings,
    Verdict,
    Scores,
    Story,
    Applicant,
    Fingerprint,
    ApplicantId,
    Paper,
    Images,
    Ocr,
    Attempts,
    Aml,
    Ages,
    FaceAge,
    Checks,
    Account,
    History,
    Projection,
    Losses,
    Face,
    Back,
}

/// A stream of random numbers that is the same on every machine.
pub(super) struct Dice(Pcg64Mcg);

impl Dice {
    /// Returns a stream of random numbers. `stream` says what the numbers are used for, and `of` for which thing, such
    /// as the index of a submission. The same `stream` and `of` always give the same random numbers.
    pub(super) fn new(stream: DiceStream, of: u64) -> Self {
        Self(Pcg64Mcg::seed_from_u64(SEED ^ of.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(8) ^ stream as u64))
    }

    /// Returns a stream of random numbers. `stream` says what the numbers are used for, and `text` for which text, such
    /// as a name. The same `stream` and `text` always give the same random numbers.
    pub(super) fn of_text(stream: DiceStream, text: &str) -> Self {
        Self::new(stream, fnv1a_hash(text))
    }

    /// Generates a random number from 0 to `end` - 1; the number is 0 if `end` is 0.
    pub(super) fn number_below(&mut self, end: u64) -> u64 {
        let wide = u128::from(self.0.next_u64()) * u128::from(end);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// Generates a random number from `low` to `high`, both included.
    pub(super) fn number_between(&mut self, low: i64, high: i64) -> i64 {
        low.saturating_add_unsigned(self.number_below(high.abs_diff(low).saturating_add(1)))
    }

    /// Generates a random index into a list with `length` entries.
    pub(super) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.number_below(length as u64)).unwrap_or(0)
    }

    /// Generates a random bool that is true with a probability of `share` percent.
    pub(super) fn percent(&mut self, share: u64) -> bool {
        self.number_below(100) < share
    }

    /// Returns a random word of the list `pool`; the empty word if the list is empty.
    pub(super) fn word(&mut self, pool: &[&'static str]) -> &'static str {
        self.choose(pool).copied().unwrap_or_default()
    }

    /// Returns a random entry of the list `pool`; `None` if the list is empty.
    pub(super) fn choose<'a, T>(&mut self, pool: &'a [T]) -> Option<&'a T> {
        pool.get(self.index(pool.len()))
    }

    /// Returns a random entry of the list `pool`; `None` if all weights are 0. `weight` returns the weight of an entry:
    /// an entry with twice the weight is chosen twice as often.
    pub(super) fn weighted<'a, T>(&mut self, pool: &'a [T], weight: impl Fn(&T) -> u64) -> Option<&'a T> {
        let mut left = self.number_below(pool.iter().map(&weight).sum());
        pool.iter().find(|entry| {
            let own = weight(entry);
            let hit = left < own;
            left = left.saturating_sub(own);
            hit
        })
    }

    /// Generates a random number with `decimals` digits after the decimal point. `low` and `high` are the smallest and
    /// largest number, in units of the last digit: with two decimals, 150 means 1.50.
    pub(super) fn decimal(&mut self, low: i64, high: i64, decimals: u32) -> f64 {
        self.number_between(low, high) as f64 / 10_i64.saturating_pow(decimals) as f64
    }

    /// Generates a text from a pattern: `#` becomes a digit, `@` a capital letter, `*` one of `0-9a-z`. Other
    /// characters are kept.
    pub(super) fn fill(&mut self, pattern: &str) -> String {
        pattern
            .chars()
            .map(|place| match place {
                '#' => self.digit(10),
                '*' => self.digit(36),
                '@' => char::from(b'A' + u8::try_from(self.number_below(26)).unwrap_or(0)),
                other => other,
            })
            .collect()
    }

    fn digit(&mut self, radix: u32) -> char {
        let value = u32::try_from(self.number_below(u64::from(radix))).unwrap_or(0);
        char::from_digit(value, radix).unwrap_or('0')
    }
}

/// Returns the FNV-1a hash of a text. The hash of the standard library may change between releases, and then the people
/// of the demo would change.
pub(in super::super) fn fnv1a_hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_stream_gives_the_same_numbers_on_every_machine() {
        let mut dice = Dice::new(DiceStream::Case, 7);
        let numbers: Vec<u64> = (0..4).map(|_| dice.number_below(1_000_000)).collect();
        assert_eq!(numbers, [169_271, 784_576, 842_705, 528_891], "a change here gives every demo person a new life");
    }

    #[test]
    fn ranges_hold_both_ends_and_nothing_else() {
        let mut dice = Dice::new(DiceStream::Case, 1);
        let drawn: std::collections::BTreeSet<i64> = (0..200).map(|_| dice.number_between(-2, 2)).collect();
        assert_eq!(drawn.into_iter().collect::<Vec<_>>(), [-2, -1, 0, 1, 2]);
        assert_eq!(dice.number_below(0), 0);
    }

    #[test]
    fn weights_of_zero_are_never_drawn() {
        let mut dice = Dice::new(DiceStream::Case, 2);
        let pool = [("never", 0), ("always", 3)];
        assert!((0..50).all(|_| dice.weighted(&pool, |entry| entry.1).is_some_and(|entry| entry.0 == "always")));
    }

    #[test]
    fn patterns_keep_what_is_no_placeholder() {
        let filled = Dice::new(DiceStream::Case, 3).fill("M-##@ *");
        let chars: Vec<char> = filled.chars().collect();
        assert!(filled.starts_with("M-") && chars[2].is_ascii_digit() && chars[4].is_ascii_uppercase(), "{filled}");
        assert_eq!(chars[5], ' ');
    }
}
