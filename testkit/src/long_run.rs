//! How much a test does: little with every change, all of it when asked.

/// Returns `quick` in an ordinary run, and `long` if the environment has `LONG_RUN=1`.
pub fn cases<T>(quick: T, long: T) -> T {
    if std::env::var_os("LONG_RUN").is_some_and(|set| set == "1") { long } else { quick }
}
