//! What the process was given by its environment, as a value: nothing else here reads the process.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

type Variables = dyn Fn(&str) -> Option<OsString>;

/// The environment variables, the home directory and the directory for configuration.
pub struct Environment {
    variable: Box<Variables>,
    home: Option<PathBuf>,
    config_dir: Option<PathBuf>,
}

impl Environment {
    /// That of this process. Without `HOME` the user database is asked; without either there are no directories.
    pub fn of_process() -> Self {
        Self {
            variable: Box::new(|name| std::env::var_os(name)),
            home: BaseDirs::new().map(|dirs| dirs.home_dir().to_owned()),
            config_dir: ProjectDirs::from("", "", "argos-review").map(|dirs| dirs.config_dir().to_owned()),
        }
    }

    /// One made up.
    pub fn new(
        variable: impl Fn(&str) -> Option<OsString> + 'static,
        home: Option<PathBuf>,
        config_dir: Option<PathBuf>,
    ) -> Self {
        Self { variable: Box::new(variable), home, config_dir }
    }

    /// A variable; an empty one counts as unset.
    pub fn variable(&self, name: &str) -> Option<OsString> {
        (self.variable)(name).filter(|value| !value.is_empty())
    }

    /// The home directory.
    pub fn home(&self) -> Option<&Path> {
        self.home.as_deref()
    }

    /// Where the configuration file lies unless another is named.
    pub fn default_file(&self) -> Option<PathBuf> {
        self.config_dir.as_ref().map(|dir| dir.join("config.toml"))
    }
}
