//! `config path|show|check|init`: prints, checks or creates the configuration.

mod init;

use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::ExitCode;

use super::exit::configuration_exit_code;
use super::filter::read_views;
use super::standard_output;
use super::today::today;
use crate::config::{ConfigError, Environment, GlobalOptions, SettingSource, Settings, Sourced, timezone_name};
use crate::secret::ApiKey;
use crate::text::Safe;

/// The calls of `config`.
#[derive(clap::Subcommand, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigCall {
    /// Print the path of the configuration file
    Path,
    /// Print every setting with its value and origin; of the key, only the last characters
    Show,
    /// Check the configuration file, the saved views and the key
    Check,
    /// Write a commented configuration file, and your key (typed unseen) into a file of its own; never overwrites
    Init,
}

/// Runs `call`, a subcommand of `config` such as `config show`. Returns the exit code: 0, or 2 when the configuration
/// is wrong.
#[must_use]
pub fn run(call: ConfigCall, options: &GlobalOptions, environment: &Environment) -> ExitCode {
    let done = match call {
        ConfigCall::Path => {
            init::config_path(options, environment).map(|path| path_line(&path, standard_output::is_terminal()))
        }
        ConfigCall::Show => return show(options, environment),
        ConfigCall::Check => match check(options, environment) {
            // With a mistake in the saved views, the reviewer does not start.
            Ok(said) => match read_views(options, environment, today()) {
                Ok(_) => Ok(said.into_bytes()),
                Err(code) => return code,
            },
            Err(error) => Err(error),
        },
        ConfigCall::Init => return init::run(options, environment),
    };
    match done {
        Ok(data) => standard_output::exit_code(standard_output::write_bytes(&data)),
        Err(error) => configuration_exit_code(&error),
    }
}

/// Returns `path` and a line end, as bytes to print. If `terminal` is true, the path is sanitised (without characters
/// that can control a terminal). Otherwise the bytes of the path are unchanged, for a program that reads them.
fn path_line(path: &Path, terminal: bool) -> Vec<u8> {
    let mut line = if terminal {
        sanitized(&path.display()).as_str().as_bytes().to_vec()
    } else {
        path.as_os_str().as_bytes().to_vec()
    };
    line.push(b'\n');
    line
}

/// Prints all settings and returns the exit code. If the configured API key or the theme file cannot be read, the
/// settings are printed, but the exit code is that of a failure. A missing API key is no failure.
fn show(options: &GlobalOptions, environment: &Environment) -> ExitCode {
    let settings = match Settings::resolve(options, environment) {
        Ok(settings) => settings,
        Err(error) => return configuration_exit_code(&error),
    };
    let key = settings.api_key(environment);
    let printed = standard_output::write_bytes(table(&settings, key.as_ref().ok()).as_bytes());
    match (key, settings.preferences.read_theme()) {
        (Err(error), _) if settings.key.is_some() => configuration_exit_code(&error),
        (_, Err(error)) => configuration_exit_code(&error),
        _ => standard_output::exit_code(printed),
    }
}

/// Returns a table with one line per setting: name, value and origin (the file, variable or option that decided the
/// value). `key` is the API key; `None` if no key is available.
fn table(settings: &Settings, key: Option<&ApiKey>) -> String {
    let rows = rows(settings, key);
    let names = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
    let values = rows.iter().map(|row| row.value.width()).max().unwrap_or(0);
    let line = |SettingRow { name, value, from }: &SettingRow| {
        let gap = " ".repeat(values - value.width());
        format!("{name:names$}  {}{gap}  {}\n", value.as_str(), from.as_str())
    };
    rows.iter().map(line).collect()
}

/// Returns every setting with its value and origin (the file, variable or option that decided the value). Of the API
/// key `key`, only the last characters are included; `None` means that no key is available.
pub(super) fn rows(settings: &Settings, key: Option<&ApiKey>) -> Vec<SettingRow> {
    let preferences = &settings.preferences;
    let mut file = row("file", settings.file.as_ref(), |path| sanitized(&path.display()));
    if settings.file.is_some() && !settings.file_found {
        file.from = sanitized(&format!("{} (no such file)", file.from.as_str()));
    }
    let mut api_key = row("api_key", settings.key.as_ref(), |_| match key {
        Some(key) => sanitized(&format!("…{}", key.tail())),
        None => Safe::from_static("not available"),
    });
    if let Some(Sourced { value, source: SettingSource::File { .. } }) = &settings.key {
        api_key.from = sanitized(&format!("{} ({})", api_key.from.as_str(), value.name()));
    }
    vec![
        file,
        row("profile", settings.profile.as_ref(), sanitized),
        row("label", settings.label.as_ref(), sanitized),
        row("base_url", Some(&settings.base_url), sanitized),
        api_key,
        row("api_key_command_seconds", Some(&settings.key_command.seconds), sanitized),
        row("api_key_command_env", settings.key_command.variables.as_ref(), |names| sanitized(&names.join(", "))),
        row("secure_transfer", Some(&settings.secure_transfer), |transfer| Safe::from_static(transfer.word())),
        row("mask", Some(&preferences.mask), |mask| Safe::from_static(mask.label())),
        row("timezone", Some(&preferences.timezone), |zone| Safe::sanitize(timezone_name(zone))),
        row("theme", Some(&preferences.theme), sanitized),
        row("mouse", Some(&preferences.mouse), sanitized),
        row("picture_protocol", Some(&preferences.picture_protocol), sanitized),
        row("pictures", Some(&preferences.pictures), |pictures| Safe::from_static(pictures.word())),
        row("log_file", preferences.log_file.as_ref(), |path| sanitized(&path.display())),
        row("access_log", preferences.access_log.as_ref(), |path| sanitized(&path.display())),
        row("copy_command", preferences.copy_command.as_ref(), |command| {
            let program = command.program.display().to_string();
            sanitized(&std::iter::once(&program).chain(&command.arguments).cloned().collect::<Vec<_>>().join(" "))
        }),
        row("load_cap", Some(&preferences.load_cap), sanitized),
        row("watch_seconds", Some(&preferences.watch_seconds), sanitized),
        row("watch_bell", Some(&preferences.watch_bell), sanitized),
        row("blank_minutes", Some(&preferences.blank_minutes), sanitized),
    ]
}

/// A setting, its value, and the file, variable or option that decided the value.
pub(super) struct SettingRow {
    pub(super) name: &'static str,
    pub(super) value: Safe,
    pub(super) from: Safe,
}

fn row<'a, T>(name: &'static str, setting: Option<&'a Sourced<T>>, value: impl FnOnce(&'a T) -> Safe) -> SettingRow {
    match setting {
        Some(setting) => SettingRow { name, value: value(&setting.value), from: sanitized(&setting.source) },
        None => SettingRow { name, value: Safe::from_static("–"), from: Safe::from_static("not set") },
    }
}

fn sanitized(text: &impl ToString) -> Safe {
    Safe::sanitize(&text.to_string())
}

fn check(options: &GlobalOptions, environment: &Environment) -> Result<String, ConfigError> {
    let settings = Settings::resolve(options, environment)?;
    settings.api_key(environment)?;
    settings.preferences.read_theme()?;
    Ok(format!("Configuration is complete: a key is set, for {}.\n", settings.base_url.value))
}

#[cfg(test)]
mod tests;
