//! Values that know where they came from.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::{Error, ValueFault};
use crate::text::typed::oddity;

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

impl SettingSource {
    /// Reads the text at this place; a mistake in it is a mistake here. Where the text holds what nobody sees or
    /// takes for something else, that is the mistake.
    pub(super) fn read<T, F: Into<ValueFault>>(
        self,
        text: &str,
        read: impl FnOnce(&str) -> Result<T, F>,
    ) -> Result<Sourced<T>, Error> {
        match read(text) {
            Ok(value) => Ok(Sourced { value, source: self }),
            Err(fault) => {
                let fault = oddity(text).map_or_else(|| fault.into(), ValueFault::Odd);
                Err(Error::At { at: self, fault })
            }
        }
    }
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
