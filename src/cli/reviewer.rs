//! Opens the interactive program (the reviewer) with the configured profile. The `demo` call also uses this module,
//! with the built-in server.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::civil::Date;

use super::exit::{WRONG_USE, configuration_exit_code, exit_code_of};
use super::filter::{self, ChosenFilter, FilterArgs};
use super::source::{source_of_profile, start_log_for, zone};
use super::standard_output;
use super::today::today;
use crate::app::{AutoRefresh, ClipboardWay, OpenedFile, ReviewerConfig, ScreenTheme};
use crate::config::{
    Environment, GlobalOptions, Pictures, Preferences, SecureTransfer, SettingSource, Settings, TerminalClipboard,
    ThemeChoice,
};
use crate::runtime::copy_command::CopyCommand;
use crate::runtime::{self, SourceConfig, log};
use crate::submission::codes::Codes;
use crate::text::Safe;
use crate::views::{SessionViews, Views, ViewsFile};

/// Opens the interactive program with the service of the configured profile, and returns the exit code.
#[must_use]
pub fn profile(call: &FilterArgs, options: &GlobalOptions, environment: &Environment) -> ExitCode {
    begin(call, options, environment).unwrap_or_else(|code| code)
}

fn begin(call: &FilterArgs, options: &GlobalOptions, environment: &Environment) -> Result<ExitCode, ExitCode> {
    // Before the key is fetched, which may ask for a password.
    let start = ReviewerStart::of(call, options, environment, today(), false)?;
    let (settings, origin) = source_of_profile("reviewer", options, environment)?;
    let name = settings.profile.as_ref().map_or("default", |name| &name.value);
    let label = settings.label.as_ref().map(|label| format!(" · {}", label.value)).unwrap_or_default();
    let profile = Safe::sanitize(&format!("{name}{label}"));
    let host = Safe::sanitize(settings.base_url.value.host());
    let call_options = server_options(&settings);
    let source = ReviewedSource { profile, host, today: None, call_options, origin };
    Ok(review(source, start, &settings.preferences, environment))
}

/// Returns the options with which a copied command line uses the same server as this session. These are the profile,
/// and every setting of the server that an option or an environment variable sets. A variable becomes an option, since
/// it may be unset in the shell in which the user runs the command line.
fn server_options(settings: &Settings) -> Vec<String> {
    let is_given = |source: &SettingSource| matches!(source, SettingSource::Option(_) | SettingSource::Variable(_));
    let Settings { file, profile, base_url, secure_transfer: transfer, .. } = settings;
    let file = file.as_ref().filter(|file| is_given(&file.source));
    let file = file.map(|file| format!("--config={}", file.value.display()));
    let profile = profile.as_ref().map(|name| format!("--profile={}", name.value));
    let address = is_given(&base_url.source).then(|| format!("--base-url={}", base_url.value));
    let transfer = is_given(&transfer.source).then(|| format!("--secure-transfer={}", transfer.value.word()));
    [file, profile, address, transfer].into_iter().flatten().collect()
}

/// The filter and the saved views with which the interactive program starts.
pub(super) struct ReviewerStart {
    filter: ChosenFilter,
    views: Views,
    views_file: Option<ViewsFile>,
}

impl ReviewerStart {
    /// Returns the filter and the views for the start, as the arguments of the command line choose them. Relative dates
    /// of the filter count from `today`. `is_offline` says whether the submissions come from a file.
    ///
    /// # Errors
    /// The exit code for wrong use. A sentence for each problem of the filter is printed before.
    pub(super) fn of(
        call: &FilterArgs,
        options: &GlobalOptions,
        environment: &Environment,
        today: Date,
        is_offline: bool,
    ) -> Result<Self, ExitCode> {
        // Also without `--view`: the menu of views and the title of the list need all views, and a file with a mistake
        // could not be saved to. So the mistake is reported at once, as one in the table of keys is.
        let (views_file, views) = filter::read_views(options, environment, today)?;
        let filter = match &call.view {
            Some(name) => call.choose_from(name, &views, today)?,
            None => ChosenFilter { text: call.text(), view: None },
        };
        filter::check(&filter.text, today, is_offline)?;
        Ok(Self { filter, views, views_file })
    }
}

/// The source of the submissions in the interactive program (a server or a file), and its names for the header of the
/// screen.
pub(super) struct ReviewedSource {
    /// The name and label of the profile, for the header.
    pub(super) profile: Safe,
    /// The host of the service, for the header.
    pub(super) host: Safe,
    /// The day from which relative dates are counted; `None` means today's date by the clock.
    pub(super) today: Option<Date>,
    /// The command-line options that name the source, such as `--profile=live`, for the command lines that the user
    /// copies.
    pub(super) call_options: Vec<String>,
    /// The server or file from which the submissions come.
    pub(super) origin: SourceConfig,
}

/// Opens the interactive program on the terminal with the submissions of `source`, and returns the exit code. `start`
/// has the filter and the saved views for the start.
pub(super) fn review(
    source: ReviewedSource,
    start: ReviewerStart,
    preferences: &Preferences,
    environment: &Environment,
) -> ExitCode {
    let ReviewedSource { profile, host, today, call_options, origin } = source;
    #[cfg(feature = "demo")]
    let is_tour = matches!(&origin, SourceConfig::Demo { options, .. }
        if options.scenario.name == argos_demo::Scenario::default().name);
    #[cfg(not(feature = "demo"))]
    let is_tour = false;
    if let Some(lack) = no_terminal(environment) {
        standard_output::eprint(&format!("argos-review: the reviewer needs a terminal; {lack}"));
        return ExitCode::from(WRONG_USE);
    }
    // A failure of the log while the screen is drawn is reported afterwards.
    let log_failure = Arc::new(OnceLock::new());
    let failure = Arc::clone(&log_failure);
    let begun = start_log_for(preferences, log::LogDisplay::Screen, move |error| {
        let _ = failure.set(error.to_string());
    });
    if let Err(code) = begun {
        return code;
    }
    // The demo's preferences come from no environment.
    let colours = preferences.clone().obeying_no_color(environment);
    let is_mono = colours.theme.value == ThemeChoice::BuiltIn("mono");
    let theme = colours.read_theme();
    let (keymap, theme) = match preferences.keymap().and_then(|keymap| Ok((keymap, theme?))) {
        Ok(read) => read,
        Err(error) => return configuration_exit_code(&error),
    };
    let codes = match Codes::built_in() {
        Ok(codes) => codes,
        Err(error) => {
            standard_output::eprint(&format!("argos-review: {error}"));
            return ExitCode::from(WRONG_USE);
        }
    };
    let address = match &origin {
        SourceConfig::Service { base_url, .. } => base_url.resource("submission").to_string(),
        #[cfg(feature = "demo")]
        // Known when the demo's server listens.
        SourceConfig::Demo { .. } => String::new(),
        SourceConfig::File(_) => String::new(),
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
        theme: ScreenTheme::new(theme),
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
        call_options,
        home: environment.variable("HOME").filter(|home| !home.is_empty()).map(PathBuf::from),
        filter: start.filter.text,
        file: match &origin {
            SourceConfig::File(file) => Some(OpenedFile { name: file.name().clone(), at: file.at() }),
            _ => None,
        },
        columns: start.filter.view.as_ref().and_then(|view| view.columns.clone()),
        sort: start.filter.view.as_ref().and_then(|view| view.sort).unwrap_or_default(),
        views: SessionViews { all: start.views, file: start.views_file, opened: start.filter.view },
        tour: is_tour,
        mouse: preferences.mouse.value,
        pictures: preferences.pictures.value == Pictures::Ask,
        drawing: preferences.picture_protocol.value.picture_drawing(environment, is_mono),
    };
    let copy_command = preferences.copy_command.as_ref().map(|command| CopyCommand {
        program: command.value.program.clone(),
        arguments: command.value.arguments.clone(),
        variables: environment.for_programs(),
    });
    let code = exit_code_of(runtime::review(config, origin, copy_command));
    if let Some(error) = log_failure.get() {
        standard_output::eprint(&format!("argos-review: logging stopped: {error}"));
    }
    code
}

/// Returns a sentence that says why the interactive program cannot draw its screen; `None` if it can. The program
/// refuses a terminal of unknown type, because such a terminal would show escape sequences as text.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copied_command_line_asks_the_same_server() {
        let home = tempfile::TempDir::new().expect("a folder");
        let file = home.path().join("own.toml");
        std::fs::write(
            &file,
            "[profiles.live]\nbase_url = \"https://live.example.com/v3\"\nsecure_transfer = \"ecb\"\n",
        )
        .expect("a file");
        let config = format!("--config={}", file.display());
        let of = |options: GlobalOptions, variables: &'static [(&str, &str)]| {
            let variable =
                |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
            let environment = Environment::new(variable, None, None);
            server_options(&Settings::resolve(&options, &environment).expect("settings"))
        };
        assert_eq!(of(GlobalOptions::default(), &[]), [""; 0]);
        let options = GlobalOptions { config: Some(file.clone()), profile: Some("live".into()), ..Default::default() };
        assert_eq!(of(options.clone(), &[]), [&*config, "--profile=live"], "the profile names the rest");
        let given = GlobalOptions {
            base_url: Some("https://test.example.com/v3".into()),
            secure_transfer: Some("off".into()),
            ..options
        };
        let both = [&*config, "--profile=live", "--base-url=https://test.example.com/v3", "--secure-transfer=off"];
        assert_eq!(of(given, &[]), both);
        let variables = &[("ARGOS_BASE_URL", "https://test.example.com/v3")];
        assert_eq!(of(GlobalOptions::default(), variables), ["--base-url=https://test.example.com/v3"]);
    }
}
