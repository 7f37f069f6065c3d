//! Chooses how much a test does: a little in an ordinary run, everything in a long run.

/// Returns `quick` in an ordinary run, and `long` if the environment variable `LONG_RUN` is `1`. Tests choose the
/// number of their cases with it.
pub fn cases<T>(quick: T, long: T) -> T {
    if std::env::var_os("LONG_RUN").is_some_and(|set| set == "1") { long } else { quick }
}
