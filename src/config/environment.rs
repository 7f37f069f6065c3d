//! The environment of the process, as a value: no other part of the configuration reads the process.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

type Variables = dyn Fn(&str) -> Option<OsString>;

/// Environment of a process: its variables, the home directory and the directory for configuration.
pub struct Environment {
    variable: Box<Variables>,
    home: Option<PathBuf>,
    config_dir: Option<PathBuf>,
}

impl Environment {
    /// Reads the environment of this process. Without `HOME`, the user database is asked; without either, there are
    /// no directories.
    pub fn of_process() -> Self {
        Self {
            variable: Box::new(|name| std::env::var_os(name)),
            home: BaseDirs::new().map(|dirs| dirs.home_dir().to_owned()),
            config_dir: ProjectDirs::from("", "", "argos-review").map(|dirs| dirs.config_dir().to_owned()),
        }
    }

    /// Creates an environment from given values.
    pub fn new(
        variable: impl Fn(&str) -> Option<OsString> + 'static,
        home: Option<PathBuf>,
        config_dir: Option<PathBuf>,
    ) -> Self {
        Self { variable: Box::new(variable), home, config_dir }
    }

    /// Returns the value of a variable; an empty variable counts as unset.
    pub fn variable(&self, name: &str) -> Option<OsString> {
        (self.variable)(name).filter(|value| !value.is_empty())
    }

    /// Returns the home directory.
    pub fn home(&self) -> Option<&Path> {
        self.home.as_deref()
    }

    /// Returns the path of the configuration file that is used if no other is named.
    pub fn default_file(&self) -> Option<PathBuf> {
        self.config_dir.as_ref().map(|dir| dir.join("config.toml"))
    }
}
