//! Figures as lines of a table: what was measured beside its goal.

use std::time::Duration;

/// A goal, and whether what was measured reaches it.
pub(crate) struct Goal {
    words: String,
    met: bool,
}

impl Goal {
    /// A figure that may be at most `most`.
    pub(crate) fn at_most(figure: f64, most: f64, unit: &str) -> Option<Self> {
        Some(Self { words: format!("≤ {most}{unit}"), met: figure <= most })
    }
}

/// Prints one line: the number of the goal, the figure in words, what was measured, the goal, and whether it is met.
pub(crate) fn print(part: &str, what: &str, measured: &str, goal: Option<Goal>) {
    let (words, verdict) = match goal {
        Some(Goal { words, met: true }) => (words, "met"),
        Some(Goal { words, met: false }) => (words, "NOT MET"),
        None => (String::new(), ""),
    };
    println!("{part:<4} {what:<52} {measured:<46} {words:<10} {verdict}");
}

/// Returns a time in milliseconds.
pub(crate) fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// Returns the value below which `share` of a hundred values are; 0 without values.
pub(crate) fn percentile(values: &[f64], share: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let place = (sorted.len() * share / 100).min(sorted.len().saturating_sub(1));
    sorted.get(place).copied().unwrap_or_default()
}
