//! The theme that the setting `theme` names: a theme of the program, or a file of the user.

use std::fmt;
use std::path::{Path, PathBuf};

use super::{ConfigError, Environment, SettingSource, Sourced, ValueFault};
use crate::private_file::{self, FileRule};
use crate::ui::{Theme, ThemeMistake};

/// Environment variable that turns all colours off (<https://no-color.org>).
const NO_COLOR: &str = "NO_COLOR";

/// The theme (the colours of the screen) that a setting names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThemeChoice {
    /// The name of a theme that is part of the program, such as `light`.
    BuiltIn(&'static str),
    /// The path of a file with a theme of the user.
    File(PathBuf),
}

/// Writes the name of a theme of the program, or the path of a theme file.
impl fmt::Display for ThemeChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn(name) => f.write_str(name),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

impl ThemeChoice {
    /// The theme that is used if no setting names a theme.
    pub(super) const DEFAULT: Self = Self::BuiltIn("terminal");

    /// Parses the value of the setting `theme`. A value that ends in `.toml` or contains a `/` is the path of a file;
    /// `to_path` converts it into a path. Any other value is the name of a theme of the program.
    pub(super) fn read(
        text: &str,
        to_path: impl FnOnce(&str) -> Result<PathBuf, ValueFault>,
    ) -> Result<Self, ValueFault> {
        if text.ends_with(".toml") || text.contains('/') {
            return to_path(text).map(Self::File);
        }
        Theme::names().find(|name| *name == text).map(Self::BuiltIn).ok_or(ValueFault::Theme)
    }
}

impl Sourced<ThemeChoice> {
    /// Returns the theme `mono` if the environment variable `NO_COLOR` is set; `None` otherwise. The source of the
    /// result is this variable.
    pub(super) fn without_colour(environment: &Environment) -> Option<Self> {
        environment.variable(NO_COLOR)?;
        Some(Self::new(ThemeChoice::BuiltIn("mono"), SettingSource::Variable(NO_COLOR)))
    }

    /// Returns the theme that the setting names. Reads the theme file if it is a theme of the user. The error names the
    /// setting, or the line of the theme file with the mistake.
    pub(super) fn load(&self) -> Result<Theme, ConfigError> {
        let path = match &self.value {
            ThemeChoice::BuiltIn(name) => return Ok(Theme::named(name).unwrap_or_default()),
            ThemeChoice::File(path) => path,
        };
        let bytes = private_file::read(path, FileRule::Config)
            .map_err(|refusal| ConfigError::At { at: self.source.clone(), fault: ValueFault::ThemeFile(refusal) })?;
        let text = str::from_utf8(&bytes).map_err(|error| {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
            ConfigError::At { at: line_of(path, line), fault: ValueFault::NotUtf8 }
        })?;
        Theme::read(text)
            .map_err(|ThemeMistake { line, fault }| ConfigError::At { at: line_of(path, line), fault: fault.into() })
    }
}

fn line_of(path: &Path, line: usize) -> SettingSource {
    SettingSource::File { path: path.into(), line }
}
