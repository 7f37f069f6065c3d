//! How many cases a property is asked with.

/// `quick` in an ordinary run, `long` with `LONG_RUN=1` in the environment.
pub(crate) fn cases(quick: u32, long: u32) -> u32 {
    if std::env::var_os("LONG_RUN").is_some_and(|set| set == "1") { long } else { quick }
}
