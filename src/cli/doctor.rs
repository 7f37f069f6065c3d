//! `doctor`: prints a report about the configuration and its origin, the answer of the service, and the abilities of
//! the terminal.
//!
//! The report never contains the API key. Of a proxy's address, it contains only host and port.

mod check;
mod network;
mod terminal;

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

#[cfg(feature = "demo")]
use super::demo::args::source_of_demo;
use super::exit::{DONE, NOTHING, WRONG_USE, configuration_exit_code, exit_code_of};
use super::source::{SourceArgs, start_log};
use super::today::today;
use super::{config, filter, standard_output};
use crate::api::{Client, NetworkVariables, Probe};
#[cfg(feature = "demo")]
use crate::config::Preferences;
use crate::config::{ConfigError, Environment, GlobalOptions, SecureTransfer, Settings};
use crate::offline::RecordSource;
use crate::runtime::{self, SourceConfig};
use crate::secret;
use crate::text::Safe;
use check::{Answer, CheckState, DoctorCheck};

/// Arguments of `doctor`.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
#[command(after_help = "\
Each line starts with `ok`, `! note` (good to know, not a failure) or `✗ wrong`. One request is
sent, for one submission. Exit codes: 0 no problems; 1 no usable answer from the service; 2 the
configuration is wrong, and nothing is sent.

Examples:
  argos-review doctor                    the configured profile
  argos-review doctor --profile live     another one
  argos-review doctor --json | jq -r '.checks[] | select(.state != \"ok\") | .name'")]
pub struct DoctorArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// The server to check: the service or the built-in demo server.
    #[command(flatten)]
    pub choice: SourceArgs,
}

/// Runs all checks of `doctor` (configuration, service, terminal), prints the report and returns the exit code.
#[must_use]
pub fn run(call: &DoctorArgs, options: &GlobalOptions, environment: &Environment) -> ExitCode {
    let mut checks = Vec::new();
    let origin = match origin(call, options, environment, &mut checks) {
        Ok(origin) => origin,
        Err(code) => return code,
    };
    let code = match origin {
        None => {
            checks.push(not_requested());
            WRONG_USE
        }
        Some(origin) => match send_test_request(origin, &mut checks) {
            Ok(code) => code,
            Err(code) => return code,
        },
    };
    checks.push(memory());
    checks.extend(terminal::checks(environment));
    let text = if call.json { json(&checks, code) } else { table(&checks) };
    let printed = standard_output::exit_code(standard_output::write_bytes(text.as_bytes()));
    if code == DONE { printed } else { ExitCode::from(code) }
}

/// Returns the server to check: the built-in demo server, or the service that the settings name. Returns `None` if the
/// settings cannot be used, for example because the API key is missing. Adds the checks of the settings to `checks`.
/// The error is the exit code with which the program ends.
fn origin(
    call: &DoctorArgs,
    options: &GlobalOptions,
    environment: &Environment,
    checks: &mut Vec<DoctorCheck>,
) -> Result<Option<SourceConfig>, ExitCode> {
    #[cfg(feature = "demo")]
    if call.choice.demo {
        let preferences =
            Preferences::of_demo(options, environment).map_err(|error| configuration_exit_code(&error))?;
        start_log(&preferences)?;
        let (origin, _) = source_of_demo(call.choice.of_server(), options)?;
        checks.push(DoctorCheck::new(
            CheckState::Well,
            "profile",
            "the demo uses no profile, key or log of the configuration",
        ));
        checks.push(terminal::clipboard(environment, &preferences));
        return Ok(Some(origin));
    }
    #[cfg(not(feature = "demo"))]
    let _ = call;
    configured(options, environment, checks)
}

/// Reads the settings and adds a check for each to `checks`, with the file, variable or option that decided the
/// setting. Returns the service with its API key; `None` if the settings or the API key cannot be read. If a signal
/// interrupts the reading of the API key, the error is the exit code for that signal.
fn configured(
    options: &GlobalOptions,
    environment: &Environment,
    checks: &mut Vec<DoctorCheck>,
) -> Result<Option<SourceConfig>, ExitCode> {
    let settings = match Settings::resolve(options, environment) {
        Ok(settings) => settings,
        Err(error) => {
            checks.push(DoctorCheck::new(CheckState::Wrong, "configuration", &error.to_string()));
            return Ok(None);
        }
    };
    let key = settings.api_key(environment);
    checks.extend(config::rows(&settings, key.as_ref().ok()).into_iter().map(DoctorCheck::from));
    checks.push(terminal::clipboard(environment, &settings.preferences));
    let theme = settings.preferences.read_theme();
    if let Err(error) = &theme {
        mark_wrong(checks, "theme", error);
    }
    let views = filter::views(options, environment, today());
    if let Err(error) = &views {
        checks.push(DoctorCheck::new(CheckState::Wrong, "views", &error.to_string()));
    }
    match key {
        Err(error) if error.exit_code_of_interrupt().is_some() => Err(configuration_exit_code(&error)),
        Err(error) => {
            mark_wrong(checks, "api_key", &error);
            Ok(None)
        }
        Ok(_) if theme.is_err() || views.is_err() => Ok(None),
        Ok(key) => {
            if start_log(&settings.preferences).is_err() {
                return Ok(None);
            }
            let (base_url, transfer) = (settings.base_url.value, settings.secure_transfer.value);
            let network = NetworkVariables::of(environment);
            // The request loads one submission and none of it is shown, so nothing is recorded.
            Ok(Some(SourceConfig::Service { base_url, key, transfer, access: None, network }))
        }
    }
}

/// Marks the check of the setting `name` as wrong, and adds a further check to `checks` that gives `error` as the
/// reason.
fn mark_wrong(checks: &mut Vec<DoctorCheck>, name: &str, error: &ConfigError) {
    for check in checks.iter_mut().filter(|check| check.name == name) {
        check.state = CheckState::Wrong;
    }
    checks.push(DoctorCheck::new(CheckState::Wrong, "configuration", &error.to_string()));
}

/// Sends one request to the server `origin`, and adds the checks of the connection and of the answer to `checks`.
/// Returns the exit code that these checks require. If a signal interrupts the request, or if the program cannot send
/// requests, the error is the exit code for that.
fn send_test_request(origin: SourceConfig, checks: &mut Vec<DoctorCheck>) -> Result<u8, ExitCode> {
    let transfer = origin.transfer();
    let mut asked: Option<(Client, Answer)> = None;
    let slot = &mut asked;
    let called = super::source::run_with_source(origin, move |source| async move {
        let RecordSource::Service(client) = source else { return DONE };
        let answer = client.probe().await;
        *slot = Some((*client, answer));
        DONE
    });
    match (called, asked) {
        (Ok(_), Some((client, answer))) => {
            checks.extend(network::connection(&client));
            Ok(add_answer_checks(&answer, transfer, checks))
        }
        (Err(runtime::RuntimeError::Client(error)), _) => {
            checks.extend([network::client_fault(&error), not_requested()]);
            Ok(WRONG_USE)
        }
        (called, _) => Err(exit_code_of(called)),
    }
}

fn not_requested() -> DoctorCheck {
    DoctorCheck::new(CheckState::Note, "service", "not requested")
}

/// Returns the check whether other processes could read the API key and identity data in the memory of this process.
fn memory() -> DoctorCheck {
    match secret::memory() {
        secret::MemoryProtection::Closed => {
            DoctorCheck::new(CheckState::Well, "memory", "no core dumps; closed to other processes")
        }
        secret::MemoryProtection::Open => {
            let said = format!("open to core dumps or debuggers; {} does that", secret::MEMORY_VARIABLE);
            DoctorCheck::new(CheckState::Note, "memory", &said)
        }
    }
}

fn add_answer_checks(answer: &Answer, transfer: SecureTransfer, checks: &mut Vec<DoctorCheck>) -> u8 {
    checks.push(network::service(answer));
    checks.push(network::transfer(answer, transfer));
    checks.push(network::clock(answer.as_ref().ok()));
    let is_well = matches!(answer, Ok(Probe { items: Ok(_), .. }));
    if is_well { DONE } else { NOTHING }
}

/// Returns the report as a table for people. The text is sanitised (without characters that can control a terminal).
fn table(checks: &[DoctorCheck]) -> String {
    let width = |each: fn(&DoctorCheck) -> usize| checks.iter().map(each).max().unwrap_or_default();
    let (names, values) =
        (width(|check| check.name.len()), width(|check| check.from.as_ref().map_or(0, |_| check.detail.width())));
    let mut text = String::new();
    for DoctorCheck { state, name, detail: said, from } in checks {
        let (_, mark) = state.words();
        let mark = Safe::from_static(mark).pad(7);
        let rest = from.as_ref().map_or_else(
            || said.as_str().to_owned(),
            |from| format!("{}  {}", said.pad(values).as_str(), from.as_str()),
        );
        text.push_str(&format!("{}  {name:names$}  {rest}\n", mark.as_str()));
    }
    text
}

/// Returns the report and the exit code as JSON, for programs.
fn json(checks: &[DoctorCheck], code: u8) -> String {
    let one = |check: &DoctorCheck| {
        json!({
            "state": check.state.words().0,
            "name": check.name,
            "said": check.detail.as_str(),
            "from": check.from.as_ref().map(Safe::as_str),
        })
    };
    let checks: Vec<serde_json::Value> = checks.iter().map(one).collect();
    format!("{:#}\n", json!({ "exit": code, "checks": checks }))
}
