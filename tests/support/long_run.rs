//! How much a test does: little with every change, all of it when asked.

/// The first number, or the second where `LONG_RUN=1` stands in the environment.
pub(crate) fn cases(quick: usize, long: usize) -> usize {
    if is_long() { long } else { quick }
}

/// Whether everything was asked for.
pub(crate) fn is_long() -> bool {
    std::env::var_os("LONG_RUN").is_some_and(|value| value == "1")
}
