//! What a call asks: the service of the profile, or the built-in server.

use std::process::ExitCode;

use jiff::civil::Date;
use jiff::tz::TimeZone;

#[cfg(feature = "demo")]
use super::demo::args::{DemoArgs, KnownScenario, of_demo};
use super::exit::{WRONG_USE, misconfigured};
use super::out;
use super::today::today;
use crate::access::AccessLog;
use crate::api::{Client, NetworkVariables};
use crate::config::{Environment, GlobalOptions, Preferences, Settings};
use crate::runtime;
use crate::runtime::{Origin, log};
use crate::time::Zone;

/// The options that choose between the two, for a call without a screen.
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceArgs {
    /// Use the built-in demo server with invented people: no account, no key, no network
    #[cfg(feature = "demo")]
    #[arg(long)]
    pub demo: bool,
    /// Scenario of the demo server (`argos-review demo --list-scenarios`)
    #[cfg(feature = "demo")]
    #[arg(long, value_name = "NAME", requires = "demo", value_parser = KnownScenario, hide_possible_values = true)]
    pub scenario: Option<&'static str>,
    /// Last day of the demo data, YYYY-MM-DD
    #[cfg(feature = "demo")]
    #[arg(long, value_name = "DATE", requires = "demo", value_parser = crate::query::day)]
    pub today: Option<Date>,
}

/// All that a call without a screen needs to know.
pub struct ResolvedSource {
    /// What it asks.
    pub origin: Origin,
    /// The day that relative dates count from.
    pub today: Date,
    /// How things are shown and logged.
    pub preferences: Preferences,
}

impl SourceArgs {
    /// What is asked of the built-in server.
    #[cfg(feature = "demo")]
    pub(super) const fn of_server(&self) -> DemoArgs {
        DemoArgs { today: self.today, scenario: self.scenario, list_scenarios: false }
    }

    /// Puts options, environment and file together, and begins the log if there is to be one. Of the demo only the
    /// options count. `call` is what the record of access names.
    ///
    /// # Errors
    /// The exit code, after its sentence was printed.
    pub fn resolve(
        &self,
        call: &str,
        options: &GlobalOptions,
        environment: &Environment,
    ) -> Result<ResolvedSource, ExitCode> {
        #[cfg(feature = "demo")]
        if self.demo {
            let (origin, today) = of_demo(self.of_server(), options)?;
            let preferences = Preferences::of(options).map_err(|error| misconfigured(&error))?;
            begin_log(&preferences)?;
            return Ok(ResolvedSource { origin, today, preferences });
        }
        let (settings, origin) = of_profile(call, options, environment)?;
        begin_log(&settings.preferences)?;
        Ok(ResolvedSource { origin, today: today(), preferences: settings.preferences })
    }
}

/// Runs what a call does with its client, and tells in the end if an answer held the key.
pub(super) fn call<F: Future<Output = u8>>(
    origin: Origin,
    work: impl FnOnce(Client) -> F,
) -> Result<u8, runtime::Error> {
    runtime::run_cli(origin, |client| {
        // Dropped with the work, also where a signal ends it.
        let teller = KeyEchoTeller(client.clone());
        let work = work(client);
        async move {
            let _teller = teller;
            work.await
        }
    })
}

/// Tells when it is dropped.
struct KeyEchoTeller(Client);

impl Drop for KeyEchoTeller {
    fn drop(&mut self) {
        if self.0.take_key_echo() {
            out::key_hidden();
        }
    }
}

/// The service of the configured profile, with its key.
pub(super) fn of_profile(
    call: &str,
    options: &GlobalOptions,
    environment: &Environment,
) -> Result<(Settings, Origin), ExitCode> {
    let settings = Settings::resolve(options, environment).map_err(|error| misconfigured(&error))?;
    let key = settings.api_key(environment).map_err(|error| misconfigured(&error))?;
    let (base_url, transfer) = (settings.base_url.value.clone(), settings.secure_transfer.value);
    let access = access_log(call, &settings, environment)?;
    let network = NetworkVariables::of(environment);
    Ok((settings, Origin::Service { base_url, key, transfer, access, network }))
}

/// The record of access, if there is to be one.
fn access_log(call: &str, settings: &Settings, environment: &Environment) -> Result<Option<AccessLog>, ExitCode> {
    let Some(path) = &settings.preferences.access_log else { return Ok(None) };
    let user = environment.variable("USER").unwrap_or_default();
    let profile = settings.profile.as_ref().map_or("default", |name| &name.value);
    let opened = AccessLog::open(&path.value, &user.to_string_lossy(), profile, call);
    opened.map(Some).map_err(|error| {
        out::eprint(&format!("argos-review: access log: {error}"));
        ExitCode::from(WRONG_USE)
    })
}

/// The zone that times are shown in.
pub(super) fn zone(preferences: &Preferences) -> Zone {
    Zone::starting(preferences.timezone.value.clone(), TimeZone::system())
}

/// Begins the log of a call without a screen, if there is to be one. A failure later on is told at once.
pub(super) fn begin_log(preferences: &Preferences) -> Result<(), ExitCode> {
    begin_log_for(preferences, log::Display::Lines, |error| {
        out::eprint(&format!("argos-review: logging stopped: {error}"));
    })
}

/// Begins the log, if there is to be one. `failed` is told once when a line cannot be written.
pub(super) fn begin_log_for(
    preferences: &Preferences,
    display: log::Display,
    failed: impl Fn(&log::Error) + Send + 'static,
) -> Result<(), ExitCode> {
    let Some(path) = &preferences.log_file else { return Ok(()) };
    log::begin(&path.value, display, failed).map_err(|error| {
        out::eprint(&format!("argos-review: log file: {error}"));
        ExitCode::from(WRONG_USE)
    })
}
