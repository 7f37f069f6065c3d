//! Values of settings, each together with the place that set it (such as a line of the configuration file).

use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Place that set the value of a setting, for messages such as `--mask` or `config.toml, line 3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingSource {
    /// The default value is used, since no place sets the value.
    Default,
    /// A line of the configuration file.
    File {
        /// Path of the configuration file.
        path: Arc<Path>,
        /// Number of the line in the file, counted from 1.
        line: usize,
    },
    /// The environment variable with this name.
    Variable(&'static str),
    /// The option of the command line with this name.
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

/// Value of a setting, together with the place that set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// Value of the setting.
    pub value: T,
    /// Place that set the value.
    pub source: SettingSource,
}

impl<T> Sourced<T> {
    /// Creates a pair of the value of a setting and the place that set it.
    pub const fn new(value: T, source: SettingSource) -> Self {
        Self { value, source }
    }
}
