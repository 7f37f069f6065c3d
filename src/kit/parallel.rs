//! Work on many values in several threads at the same time. The threads end before the function returns.

use std::ops::Range;
use std::panic::resume_unwind;
use std::thread::{self, Builder};

/// Number of ranges into which the indexes of many values are divided. Each range is worked on in a thread of its own.
const RANGES: usize = 4;

/// Returns the number of ranges into which [`map_ranges`] divides `len` values: four, or one if there are fewer than
/// `min` values.
pub const fn range_count(len: usize, min: usize) -> usize {
    if len < min { 1 } else { RANGES }
}

/// Calls `convert` for ranges of the indexes of `len` values, in several threads at the same time. Returns all results
/// in the order of the values. The ranges have equal length (see [`range_count`]). Fewer than `min` values are not
/// divided, since it takes about 0.1 ms to start the threads. If no thread can be started, the ranges are converted one
/// after the other.
pub fn map_ranges<R: Send>(len: usize, min: usize, convert: impl Fn(Range<usize>) -> Vec<R> + Sync) -> Vec<R> {
    let step = len.div_ceil(range_count(len, min)).max(1);
    let mut ranges = (0..len).step_by(step).map(|start| start..(start + step).min(len));
    let first = ranges.next().unwrap_or_default();
    let convert = &convert;
    thread::scope(|scope| {
        let start = |range: Range<usize>| {
            let moved = range.clone();
            (range, Builder::new().spawn_scoped(scope, move || convert(moved)))
        };
        let others: Vec<_> = ranges.map(start).collect();
        let mut results = convert(first);
        for (range, started) in others {
            results.extend(match started {
                Ok(running) => running.join().unwrap_or_else(|panic| resume_unwind(panic)),
                Err(_) => convert(range),
            });
        }
        results
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn results_are_in_order_and_few_values_are_one_range() {
        const MIN: usize = 16;
        for len in [0, 1, 2, MIN - 1, MIN, 17, 50, 2_001] {
            let lengths = Mutex::new(Vec::new());
            let doubled = map_ranges(len, MIN, |range| {
                lengths.lock().unwrap().push(range.len());
                range.map(|value| value * 2).collect()
            });
            assert_eq!(doubled, (0..len).map(|value| value * 2).collect::<Vec<_>>());
            let lengths = lengths.into_inner().unwrap();
            assert!(
                lengths.len() <= range_count(len, MIN) && lengths.iter().sum::<usize>() == len,
                "{len}: {lengths:?}"
            );
            assert_eq!(len >= MIN, lengths.len() > 1);
        }
    }

    #[test]
    fn a_panic_in_a_range_is_one_of_the_caller() {
        let convert = |range: Range<usize>| if range.start == 0 { vec![0] } else { unreachable!("a range") };
        assert!(std::panic::catch_unwind(|| map_ranges(64, 16, convert)).is_err());
    }
}
