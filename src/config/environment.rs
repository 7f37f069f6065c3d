//! The environment of the process (variables and directories) as a value. No other part of the configuration reads the
//! process.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

type Variables = dyn Fn(&str) -> Option<OsString>;

/// Environment of a process: the variables, the home directory and the directory for configuration.
pub struct Environment {
    variable: Box<Variables>,
    home: Option<PathBuf>,
    config_dir: Option<PathBuf>,
}

impl Environment {
    /// Reads the environment of this process. The home directory is the value of `HOME`, or else that of the user
    /// database. If both are missing, no directories are known.
    pub fn of_process() -> Self {
        Self {
            variable: Box::new(|name| std::env::var_os(name)),
            home: BaseDirs::new().map(|dirs| dirs.home_dir().to_owned()),
            config_dir: ProjectDirs::from("", "", "argos-review").map(|dirs| dirs.config_dir().to_owned()),
        }
    }

    /// Creates an environment from given values, for example for a test.
    pub fn new(
        variable: impl Fn(&str) -> Option<OsString> + 'static,
        home: Option<PathBuf>,
        config_dir: Option<PathBuf>,
    ) -> Self {
        Self { variable: Box::new(variable), home, config_dir }
    }

    /// Returns the value of a variable; `None` if the variable is unset or empty.
    pub fn variable(&self, name: &str) -> Option<OsString> {
        (self.variable)(name).filter(|value| !value.is_empty())
    }

    /// Returns the home directory; `None` if no home directory is known.
    pub fn home(&self) -> Option<&Path> {
        self.home.as_deref()
    }

    /// Returns the path of the default configuration file, which is used if neither an option nor a variable names
    /// another file.
    pub fn default_file(&self) -> Option<PathBuf> {
        self.config_dir.as_ref().map(|dir| dir.join("config.toml"))
    }
}
