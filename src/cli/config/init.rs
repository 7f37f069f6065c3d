//! `config init`: writes the first configuration file, and the API key into a separate file.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::cli::exit::{WRONG_USE, configuration_exit_code};
use crate::cli::standard_output;
use crate::config::{ConfigError, Environment, GlobalOptions, SAMPLE_FILE, config_file_path};
use crate::private_file;
use crate::runtime::prompt;
use crate::secret::{ApiKey, MalformedKey};

/// Name of the profile (named set of settings) in the new configuration file, to which a typed API key belongs.
const FIRST_PROFILE: &str = "main";
const KEY_FILE: &str = "main.key";

/// Writes the first configuration file and returns the exit code. If stdin is a terminal, asks the user for the API
/// key, and writes the key into a separate file in the same directory.
pub(super) fn run(options: &GlobalOptions, environment: &Environment) -> ExitCode {
    let path = match new_config_path(options, environment) {
        Ok(path) => path,
        Err(error) => return configuration_exit_code(&error),
    };
    let key = match if io::stdin().is_terminal() { ask_for_key() } else { Ok(None) } {
        Ok(key) => key,
        Err(code) => return code,
    };
    if let Err(error) = init(&path, key.as_ref()) {
        return configuration_exit_code(&error);
    }
    standard_output::eprint(&format!("Written: {}", path.display()));
    match key {
        Some(_) => {
            standard_output::eprint(&format!(
                "Written: {} (the key; only you can read it)",
                key_file_path(&path).display()
            ));
            standard_output::eprint("Run argos-review doctor to see whether the service accepts it.");
        }
        None => standard_output::eprint("It sets nothing yet. ARGOS_API_KEY is enough to start."),
    }
    ExitCode::SUCCESS
}

/// Asks the user on the terminal for the API key, until a valid key is typed. Returns `None` if the user only pressed
/// Enter. The error is the exit code with which the program ends.
fn ask_for_key() -> Result<Option<ApiKey>, ExitCode> {
    let question = "API key (not shown; press Enter to skip): ";
    let asked = prompt::ask_hidden(question, |typed| match ApiKey::new(typed) {
        Ok(key) => ControlFlow::Break(Some(key)),
        Err(MalformedKey::Empty) => ControlFlow::Break(None),
        Err(malformed) => {
            standard_output::eprint(&format!("argos-review: {malformed}"));
            ControlFlow::Continue(())
        }
    });
    match asked {
        Ok(Ok(key)) => Ok(key),
        Ok(Err(code)) => {
            standard_output::eprint("");
            Err(ExitCode::from(code))
        }
        Err(error) => {
            standard_output::eprint(&format!("argos-review: the key cannot be read: {}", error.kind()));
            Err(ExitCode::from(WRONG_USE))
        }
    }
}

/// Returns the path of the configuration file. The error is [`ConfigError::NoPlace`] if neither an option nor an
/// environment variable determines the path.
pub(super) fn config_path(options: &GlobalOptions, environment: &Environment) -> Result<PathBuf, ConfigError> {
    config_file_path(options, environment).map(|file| file.value).ok_or(ConfigError::NoPlace)
}

/// Returns the path at which `config init` writes the configuration file. It is an error if a file exists at this path
/// already, or at the path of the separate file for the API key.
pub(super) fn new_config_path(options: &GlobalOptions, environment: &Environment) -> Result<PathBuf, ConfigError> {
    let path = config_path(options, environment)?;
    match [key_file_path(&path), path.clone()].into_iter().find(|path| path.symlink_metadata().is_ok()) {
        Some(taken) => Err(ConfigError::Exists(taken)),
        None => Ok(path),
    }
}

/// Returns the path at which `config init` writes the file with the API key: in the directory of the configuration file
/// `path`.
fn key_file_path(path: &Path) -> PathBuf {
    path.with_file_name(KEY_FILE)
}

/// Creates the configuration file at `path`, and in the same directory a file with the API key `key`. With `None`, no
/// file for the key is created. Missing directories are created too. Only the owner can access the files and
/// directories. Links are never followed, and existing files never overwritten.
pub(super) fn init(path: &Path, key: Option<&ApiKey>) -> Result<(), ConfigError> {
    if let Some(directory) = path.parent().filter(|directory| !directory.as_os_str().is_empty()) {
        let created = DirBuilder::new().recursive(true).mode(0o700).create(directory);
        created.map_err(|error| ConfigError::Unwritable { path: path.to_owned(), error })?;
    }
    let Some(key) = key else { return write_new(path, SAMPLE_FILE.as_bytes()) };
    let key_file = key_file_path(path);
    // If other users could replace the key's file, the program would refuse to read it later.
    private_file::check_folder(&key_file).map_err(ConfigError::File)?;
    write_new(&key_file, key.expose().as_bytes())?;
    let written = write_new(path, with_key(SAMPLE_FILE).as_bytes());
    if written.is_err() {
        // A key file that no configuration names would be left over.
        let _ = fs::remove_file(&key_file);
    }
    written
}

/// Returns the text `sample`, the sample configuration, with its first profile enabled. In the sample, the lines of
/// this profile are comments. The enabled profile reads the API key from a file in the same directory.
fn with_key(sample: &str) -> String {
    let in_force = [
        ("#profile = \"test\"", format!("profile = \"{FIRST_PROFILE}\"")),
        ("#[profiles.test]", format!("[profiles.{FIRST_PROFILE}]")),
        ("#api_key_file = \"test.key\"", format!("api_key_file = \"{KEY_FILE}\"")),
    ];
    in_force.into_iter().fold(sample.to_owned(), |text, (from, to)| text.replacen(from, &to, 1))
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), ConfigError> {
    let unwritable = |error| ConfigError::Unwritable { path: path.to_owned(), error };
    let mut file = match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(ConfigError::Exists(path.to_owned())),
        Err(error) => return Err(unwritable(error)),
    };
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| {
        // A partial file would block the next attempt.
        let _ = fs::remove_file(path);
        unwritable(error)
    })
}
