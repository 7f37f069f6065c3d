//! Values together with the place that set them.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Place that set a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingSource {
    /// No place set the value, so that the default is used.
    Default,
    /// A line of the configuration file, counted from 1.
    File {
        /// Path of the file.
        path: Arc<Path>,
        /// Number of the line.
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

/// A value, and the place that set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Place that set the value.
    pub source: SettingSource,
}

impl<T> Sourced<T> {
    /// Creates a value with the place that set it.
    pub const fn new(value: T, source: SettingSource) -> Self {
        Self { value, source }
    }
}
