//! Work on many values in several threads at the same time. The threads end before the function returns.

use std::panic::resume_unwind;
use std::thread::{self, Builder};

/// Minimum number of values for which further threads are started. To start a thread takes about as long as to read one
/// submission.
const MIN_VALUES: usize = 16;

/// Number of parts into which many values are divided. Each part is worked on in a thread of its own.
pub const PARTS: usize = 4;

/// Returns the number of parts into which [`map_parts`] divides `len` values: [`PARTS`], or 1 for few values.
pub const fn parts(len: usize) -> usize {
    if len < MIN_VALUES { 1 } else { PARTS }
}

/// Divides `values` into parts of equal length (see [`parts`]), calls `convert` for all parts at the same time, and
/// returns all results in the order of the values. If no thread can be started, the parts are converted one after the
/// other.
pub fn map_parts<T: Sync, R: Send>(values: &[T], convert: impl Fn(&[T]) -> Vec<R> + Sync) -> Vec<R> {
    let mut divided = values.chunks(values.len().div_ceil(parts(values.len())).max(1));
    let first = divided.next().unwrap_or_default();
    let convert = &convert;
    thread::scope(|scope| {
        let others: Vec<_> =
            divided.map(|part| (part, Builder::new().spawn_scoped(scope, move || convert(part)))).collect();
        let mut results = convert(first);
        for (part, started) in others {
            results.extend(match started {
                Ok(running) => running.join().unwrap_or_else(|panic| resume_unwind(panic)),
                Err(_) => convert(part),
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
    fn results_are_in_order_and_few_values_are_one_part() {
        for len in [0, 1, 2, MIN_VALUES - 1, MIN_VALUES, 17, 50, 2_001] {
            let values: Vec<usize> = (0..len).collect();
            let lengths = Mutex::new(Vec::new());
            let doubled = map_parts(&values, |part| {
                lengths.lock().unwrap().push(part.len());
                part.iter().map(|value| value * 2).collect()
            });
            assert_eq!(doubled, values.iter().map(|value| value * 2).collect::<Vec<_>>());
            let lengths = lengths.into_inner().unwrap();
            assert!(lengths.len() <= parts(len) && lengths.iter().sum::<usize>() == len, "{len}: {lengths:?}");
            assert_eq!(len >= MIN_VALUES, lengths.len() > 1);
        }
    }

    #[test]
    fn a_panic_in_a_part_is_one_of_the_caller() {
        let values = [0; 64];
        let caught = std::panic::catch_unwind(|| {
            map_parts(&values, |part| if part.as_ptr() == values.as_ptr() { vec![0] } else { unreachable!("a part") })
        });
        assert!(caught.is_err());
    }
}
