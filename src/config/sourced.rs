//! Values that know where they came from.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// The place that decided a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingSource {
    /// Nothing was said.
    Default,
    /// A line of the configuration file, counted from 1.
    File {
        /// The file.
        path: Arc<Path>,
        /// The line.
        line: usize,
    },
    /// An environment variable.
    Variable(&'static str),
    /// An option of the command line.
    Option(&'static str),
}

impl fmt::Display for SettingSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { path, line } => write!(f, "{}, line {line}", path.display()),
            Self::Variable(name) | Self::Option(name) => f.write_str(name),
        }
    }
}

/// A value and the place that decided it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub source: SettingSource,
}

impl<T> Sourced<T> {
    /// Joins the two.
    pub const fn new(value: T, source: SettingSource) -> Self {
        Self { value, source }
    }
}
