//! Chooses the source from which a subcommand without a screen, such as `list`, gets the submissions. The source is the
//! service of the configured profile, the built-in demo server, or files.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

#[cfg(feature = "demo")]
use super::demo::args::{DemoArgs, KnownScenario, source_of_demo};
use super::exit::{WRONG_USE, configuration_exit_code};
use super::standard_output;
use super::today::today;
use crate::access::AccessLog;
use crate::api::NetworkVariables;
use crate::config::{Environment, GlobalOptions, Preferences, Settings};
use crate::offline::{RecordSource, SubmissionFile};
use crate::runtime;
use crate::runtime::{SourceConfig, log};
use crate::time::Zone;

/// Arguments that choose between the built-in demo server and the service of the profile, for a call without a screen.
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceArgs {
    /// Use the built-in demo server with invented people: no account, no key, no network
    #[cfg(feature = "demo")]
    #[arg(long, conflicts_with = "from_file")]
    pub demo: bool,
    /// Scenario of the demo server (`argos-review demo --list-scenarios`)
    #[cfg(feature = "demo")]
    #[arg(long, value_name = "NAME", requires = "demo", value_parser = KnownScenario, hide_possible_values = true)]
    pub scenario: Option<&'static str>,
    /// Last day of the demo data, YYYY-MM-DD
    #[cfg(feature = "demo")]
    #[arg(long, value_name = "DATE", requires = "demo", value_parser = crate::query::day)]
    pub today: Option<Date>,
    /// Read the submissions from a file instead (may be repeated; - is stdin): no key, no network
    #[arg(long, value_name = "FILE")]
    pub from_file: Vec<PathBuf>,
}

/// The source from which a subcommand without a screen, such as `list`, gets the submissions, with the settings for
/// this run of the program. The source is a server or a file.
pub struct ResolvedSource {
    /// The server that receives the requests, or the file with the submissions.
    pub origin: SourceConfig,
    /// The day from which relative dates in filters, such as 7 days ago, are counted.
    pub today: Date,
    /// Settings of display and log, such as the mask level and the time zone.
    pub preferences: Preferences,
}

impl SourceArgs {
    /// Returns the arguments for the built-in demo server: the scenario, and the last day of the demo data.
    #[cfg(feature = "demo")]
    pub(super) const fn of_server(&self) -> DemoArgs {
        DemoArgs { today: self.today, scenario: self.scenario, list_scenarios: false }
    }

    /// Returns the source of the submissions that these arguments choose, with the settings for this run of the
    /// program. Starts the log if a log file is configured. The settings come from options, environment and
    /// configuration file; for the demo server, see [`Preferences::of_demo`]. `call` is the name of the subcommand for
    /// the access log, such as `list`.
    ///
    /// # Errors
    /// Returns the exit code of the program. The reason was already printed.
    pub fn resolve(
        &self,
        call: &str,
        options: &GlobalOptions,
        environment: &Environment,
    ) -> Result<ResolvedSource, ExitCode> {
        #[cfg(feature = "demo")]
        if self.demo {
            let (origin, today) = source_of_demo(self.of_server(), options)?;
            let preferences =
                Preferences::of_demo(options, environment).map_err(|error| configuration_exit_code(&error))?;
            start_log(&preferences)?;
            return Ok(ResolvedSource { origin, today, preferences });
        }
        if !self.from_file.is_empty() {
            let preferences = offline_preferences(options, environment)?;
            start_log(&preferences)?;
            let file = read_files(&self.from_file)?;
            return Ok(ResolvedSource { origin: SourceConfig::File(Arc::new(file)), today: today(), preferences });
        }
        let (settings, origin) = source_of_profile(call, options, environment)?;
        start_log(&settings.preferences)?;
        Ok(ResolvedSource { origin, today: today(), preferences: settings.preferences })
    }
}

impl ResolvedSource {
    /// Returns whether the submissions come from a file, so that nothing can be fetched.
    pub const fn is_offline(&self) -> bool {
        matches!(self.origin, SourceConfig::File(_))
    }

    /// Refuses options that need requests if the submissions come from a file, for which no requests are sent. `given`
    /// holds the options that need requests, each with whether the user gave it.
    ///
    /// # Errors
    /// Returns the exit code for wrong use if the user gave one of these options. The reason was already printed.
    pub(super) fn refuse_requests(&self, given: &[(&str, bool)]) -> Result<(), ExitCode> {
        let option = given.iter().find(|(_, is_given)| *is_given && self.is_offline());
        option.map_or(Ok(()), |(option, _)| {
            standard_output::eprint(&format!(
                "argos-review: {option} needs requests to the service; --from-file sends none"
            ));
            Err(ExitCode::from(WRONG_USE))
        })
    }
}

/// Returns the settings that are used for submissions from files: the mask level, the time zone, the theme and the key
/// bindings. No API key and no profile is needed. The error is the exit code of the program.
pub(super) fn offline_preferences(options: &GlobalOptions, environment: &Environment) -> Result<Preferences, ExitCode> {
    let settings = Settings::resolve(options, environment).map_err(|error| configuration_exit_code(&error))?;
    Ok(settings.preferences)
}

/// Reads the submissions of the files at `paths`; `-` is standard input. The error is the exit code of the program.
pub(super) fn read_files(paths: &[PathBuf]) -> Result<SubmissionFile, ExitCode> {
    #[expect(clippy::disallowed_methods, reason = "standard input is read now and has no time of its own")]
    let now = Timestamp::now();
    SubmissionFile::read(paths, now).map_err(|fault| {
        standard_output::eprint(&format!("argos-review: {fault}"));
        ExitCode::from(WRONG_USE)
    })
}

/// Runs `work`, the work of a subcommand without a screen, and returns the exit code that `work` returns. `work` gets
/// the source of the submissions, which is made from `origin`: a server or a file. At the end, prints a message if an
/// answer of the server contained the API key.
pub(super) fn run_with_source<F: Future<Output = u8>>(
    origin: SourceConfig,
    work: impl FnOnce(RecordSource) -> F,
) -> Result<u8, runtime::RuntimeError> {
    runtime::run_cli(origin, |source| {
        // Dropped together with the work, even if a signal ends it.
        let teller = KeyEchoGuard(source.clone());
        let work = work(source);
        async move {
            let _teller = teller;
            work.await
        }
    })
}

/// Guard that a command such as `list` holds while it runs. When the guard is dropped, it prints a message if an answer
/// of this source contained the API key.
struct KeyEchoGuard(RecordSource);

impl Drop for KeyEchoGuard {
    fn drop(&mut self) {
        if self.0.take_key_echo() {
            standard_output::print_hidden_key_note();
        }
    }
}

/// Reads the settings of the configured profile (a named set of settings). Returns them with the data for requests to
/// the service, such as its address and the API key. `call` is the name of the subcommand for the access log, such as
/// `list`. The error is the exit code of the program.
pub(super) fn source_of_profile(
    call: &str,
    options: &GlobalOptions,
    environment: &Environment,
) -> Result<(Settings, SourceConfig), ExitCode> {
    let settings = Settings::resolve(options, environment).map_err(|error| configuration_exit_code(&error))?;
    let key = settings.api_key(environment).map_err(|error| configuration_exit_code(&error))?;
    let (base_url, transfer) = (settings.base_url.value.clone(), settings.secure_transfer.value);
    let access = access_log(call, &settings, environment)?;
    let network = NetworkVariables::of(environment);
    Ok((settings, SourceConfig::Service { base_url, key, transfer, access, network }))
}

/// Opens the access log, which records who looked at which submissions. Returns `None` if no access log is configured.
/// `call` is the name of the subcommand for the log, such as `list`. The error is the exit code of the program.
fn access_log(call: &str, settings: &Settings, environment: &Environment) -> Result<Option<AccessLog>, ExitCode> {
    let Some(path) = &settings.preferences.access_log else { return Ok(None) };
    let user = environment.variable("USER").unwrap_or_default();
    let profile = settings.profile.as_ref().map_or("default", |name| &name.value);
    let opened = AccessLog::open(&path.value, &user.to_string_lossy(), profile, call);
    opened.map(Some).map_err(|error| {
        standard_output::eprint(&format!("argos-review: access log: {error}"));
        ExitCode::from(WRONG_USE)
    })
}

/// Returns the time zone in which a subcommand such as `list` prints times.
pub(super) fn zone(preferences: &Preferences) -> Zone {
    Zone::starting(preferences.timezone.value.clone(), TimeZone::system())
}

/// Starts the log for a subcommand that prints lines and shows no screen, such as `list`. Does nothing if no log file
/// is configured. If a log line cannot be written later, the reason is printed at once. The error is the exit code of
/// the program.
pub(super) fn start_log(preferences: &Preferences) -> Result<(), ExitCode> {
    start_log_for(preferences, log::LogDisplay::Lines, |error| {
        standard_output::eprint(&format!("argos-review: logging stopped: {error}"));
    })
}

/// Starts the log if a log file is configured. `display` says what the terminal shows meanwhile: a screen or printed
/// lines. `failed` is called at the first log line that cannot be written. The error is the exit code of the program.
pub(super) fn start_log_for(
    preferences: &Preferences,
    display: log::LogDisplay,
    failed: impl Fn(&log::LogError) + Send + 'static,
) -> Result<(), ExitCode> {
    let Some(path) = &preferences.log_file else { return Ok(()) };
    log::begin(&path.value, display, failed).map_err(|error| {
        standard_output::eprint(&format!("argos-review: log file: {error}"));
        ExitCode::from(WRONG_USE)
    })
}
