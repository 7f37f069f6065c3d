//! Opening of the reviewer with the configured profile. The `demo` call also uses this module, with the built-in
//! server.

use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::civil::Date;

use super::exit::{WRONG_USE, ended, misconfigured};
use super::out;
use super::source::{begin_log_for, of_profile, zone};
use crate::app::{AutoRefresh, ClipboardWay, ReviewerConfig};
use crate::config::{Environment, GlobalOptions, Preferences, SecureTransfer, TerminalClipboard};
use crate::runtime::copy_command::CopyCommand;
use crate::runtime::{self, Origin, log};
use crate::store::Sort;
use crate::submission::codes::Codes;
use crate::text::Safe;

/// Opens the interactive program with the service of the configured profile, and returns the exit code.
#[must_use]
pub fn profile(options: &GlobalOptions, environment: &Environment) -> ExitCode {
    let (settings, origin) = match of_profile("reviewer", options, environment) {
        Ok(chosen) => chosen,
        Err(code) => return code,
    };
    let name = settings.profile.as_ref().map_or("default", |name| &name.value);
    let label = settings.label.as_ref().map(|label| format!(" · {}", label.value)).unwrap_or_default();
    let profile = Safe::sanitize(&format!("{name}{label}"));
    let host = Safe::sanitize(settings.base_url.value.host());
    review(profile, host, None, &settings.preferences, environment, origin)
}

pub(super) fn review(
    profile: Safe,
    host: Safe,
    today: Option<Date>,
    preferences: &Preferences,
    environment: &Environment,
    origin: Origin,
) -> ExitCode {
    #[cfg(feature = "demo")]
    let is_tour = matches!(&origin, Origin::Demo { options, .. } if options.scenario.name == argos_demo::Scenario::default().name);
    #[cfg(not(feature = "demo"))]
    let is_tour = false;
    if let Some(lack) = no_terminal(environment) {
        out::eprint(&format!("argos-review: the reviewer needs a terminal; {lack}"));
        return ExitCode::from(WRONG_USE);
    }
    // A failure of the log while the screen is drawn is reported afterwards.
    let log_failure = Arc::new(OnceLock::new());
    let failure = Arc::clone(&log_failure);
    let begun = begin_log_for(preferences, log::Display::Screen, move |error| {
        let _ = failure.set(error.to_string());
    });
    if let Err(code) = begun {
        return code;
    }
    // The demo's preferences come from no environment.
    let theme = preferences.clone().obeying_no_color(environment).read_theme();
    let (keymap, theme) = match preferences.keymap().and_then(|keymap| Ok((keymap, theme?))) {
        Ok(read) => read,
        Err(error) => return misconfigured(&error),
    };
    let codes = match Codes::shipped() {
        Ok(codes) => codes,
        Err(error) => {
            out::eprint(&format!("argos-review: {error}"));
            return ExitCode::from(WRONG_USE);
        }
    };
    let address = match &origin {
        Origin::Service { base_url, .. } => base_url.resource("submission").to_string(),
        #[cfg(feature = "demo")]
        // Known when the demo's server listens.
        Origin::Demo { .. } => String::new(),
    };
    let config = ReviewerConfig {
        profile,
        host,
        address,
        today,
        zone: zone(preferences),
        mask: preferences.mask.value,
        keymap,
        codes,
        theme,
        blank_after: Some(preferences.blank_minutes.value)
            .filter(|minutes| *minutes > 0)
            .map(|minutes| Duration::from_secs(60 * u64::from(minutes))),
        cap: preferences.load_cap.value as usize,
        encrypted: origin.transfer() == SecureTransfer::Ecb,
        demo_key: None,
        clipboard: match &preferences.copy_command {
            Some(_) => ClipboardWay::Command,
            None => ClipboardWay::Terminal(TerminalClipboard::of(environment).needs()),
        },
        watch: AutoRefresh {
            every: Duration::from_secs(u64::from(preferences.watch_seconds.value)),
            bell: preferences.watch_bell.value,
        },
        filter: String::new(),
        columns: None,
        sort: Sort::default(),
        tour: is_tour,
        mouse: preferences.mouse.value,
    };
    let copy_command = preferences.copy_command.as_ref().map(|command| CopyCommand {
        program: command.value.program.clone(),
        arguments: command.value.arguments.clone(),
        variables: environment.for_programs(),
    });
    let code = ended(runtime::review(config, origin, copy_command));
    if let Some(error) = log_failure.get() {
        out::eprint(&format!("argos-review: logging stopped: {error}"));
    }
    code
}

/// Returns a sentence that says why the interactive program cannot draw its screen; `None` if it can. A terminal of
/// unknown type is refused because it would show escape sequences as text.
fn no_terminal(environment: &Environment) -> Option<&'static str> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Some("stdin or stdout is not a terminal");
    }
    match environment.variable("TERM") {
        None => Some("TERM is not set"),
        Some(name) if name == "dumb" => Some("TERM is dumb: this terminal cannot draw"),
        Some(_) => None,
    }
}
