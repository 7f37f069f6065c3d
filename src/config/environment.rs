//! The environment of the process (variables and directories) as a value. No other code of the configuration reads
//! environment variables or directories of the process.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

/// Names of the environment variables that are passed to the programs of the settings `api_key_command` and
/// `copy_command`. They hold folders, the language, and addresses of helper programs of the user, such as the SSH agent
/// and the display. The API key is never among them.
const PROGRAM_VARIABLES: [&str; 24] = [
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "TMPDIR",
    "TERM",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
    "DBUS_SESSION_BUS_ADDRESS",
    "SSH_AUTH_SOCK",
    "GNUPGHOME",
    "GPG_TTY",
    "PASSWORD_STORE_DIR",
    "TMUX",
    "STY",
];

type Variables = dyn Fn(&str) -> Option<OsString>;

/// Environment of a process: its environment variables, the home directory of the user and the directory for
/// configuration files.
pub struct Environment {
    variable: Box<Variables>,
    home: Option<PathBuf>,
    config_dir: Option<PathBuf>,
}

impl Environment {
    /// Reads the environment of this process. The home directory is the value of `HOME`, or else the home directory in
    /// the user database of the system. If both are missing, neither the home directory nor the directory for
    /// configuration files is known.
    pub fn of_process() -> Self {
        Self {
            variable: Box::new(|name| std::env::var_os(name)),
            home: BaseDirs::new().map(|dirs| dirs.home_dir().to_owned()),
            config_dir: ProjectDirs::from("", "", "argos-review").map(|dirs| dirs.config_dir().to_owned()),
        }
    }

    /// Creates an environment from given values, for example for a test. `variable` is a function that takes the name
    /// of an environment variable and returns its value; `None` if the variable is unset. `home` is the home directory
    /// of the user, and `config_dir` the directory for configuration files; `None` if unknown.
    pub fn new(
        variable: impl Fn(&str) -> Option<OsString> + 'static,
        home: Option<PathBuf>,
        config_dir: Option<PathBuf>,
    ) -> Self {
        Self { variable: Box::new(variable), home, config_dir }
    }

    /// Returns the value of the environment variable `name`; `None` if the variable is unset or empty.
    pub fn variable(&self, name: &str) -> Option<OsString> {
        (self.variable)(name).filter(|value| !value.is_empty())
    }

    /// Returns the names and values of the environment variables that are passed to the programs of the settings
    /// `api_key_command` and `copy_command`.
    pub fn for_programs(&self) -> Vec<(&'static str, OsString)> {
        PROGRAM_VARIABLES.iter().filter_map(|name| Some((*name, self.variable(name)?))).collect()
    }

    /// Returns the home directory of the user; `None` if no home directory is known.
    pub fn home(&self) -> Option<&Path> {
        self.home.as_deref()
    }

    /// Returns the path of the default configuration file; `None` if no home directory is known. The default file is
    /// used if neither `--config` nor `ARGOS_CONFIG` names another file.
    pub fn default_file(&self) -> Option<PathBuf> {
        self.config_dir.as_ref().map(|dir| dir.join("config.toml"))
    }
}
