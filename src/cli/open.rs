//! Opens the reviewer: on the configured profile, or on the demo.

use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Demo, DemoServer, WRONG_USE, misconfigured, out};
use crate::app::{Setting, Watching};
use crate::config::{Environment, Options, Preferences, SecureTransfer, Settings};
use crate::demo::{self, Scenario, scenario};
use crate::keys::Keymap;
use crate::runtime::{self, Origin};
use crate::submission::codes::Codes;
use crate::text::Safe;
use crate::time::Zone;
use crate::ui::Theme;

/// Exit code when nothing could be had.
const NOTHING: u8 = 1;

/// The reviewer on the configured profile.
#[must_use]
pub fn profile(options: &Options, environment: &Environment) -> ExitCode {
    let settings = match Settings::resolve(options, environment) {
        Ok(settings) => settings,
        Err(error) => return misconfigured(&error),
    };
    let key = match settings.api_key(environment) {
        Ok(key) => key,
        Err(error) => return misconfigured(&error),
    };
    let name = settings.profile.as_ref().map_or("default", |name| &name.value);
    let label = settings.label.as_ref().map(|label| format!(" · {}", label.value)).unwrap_or_default();
    let profile = Safe::of(&format!("{name}{label}"));
    let host = Safe::of(settings.base_url.value.host());
    let origin = Origin::Service { base_url: settings.base_url.value, key, transfer: settings.secure_transfer.value };
    review(profile, host, None, &settings.preferences, environment, origin)
}

/// The reviewer on the built-in server.
#[must_use]
pub fn demo(demo: Demo, options: &Options, environment: &Environment) -> ExitCode {
    if demo.list_scenarios {
        return list_scenarios();
    }
    let preferences = match Preferences::of(options) {
        Ok(preferences) => preferences,
        Err(error) => return misconfigured(&error),
    };
    let played = match played(demo) {
        Ok(played) => played,
        Err(error) => return unplayable(&error),
    };
    let transfer = match SecureTransfer::of(options) {
        Ok(Some(asked)) => asked.value,
        Ok(None) if played.secure_transfer() == demo::SecureTransfer::Required => SecureTransfer::Ecb,
        Ok(None) => SecureTransfer::Off,
        Err(error) => return misconfigured(&error),
    };
    let scenario = demo.scenario.map(|name| format!(" · {name}")).unwrap_or_default();
    let (profile, host) = (Safe::of(&format!("DEMO{scenario}")), Safe::word("invented people"));
    let today = Some(played.today);
    review(profile, host, today, &preferences, environment, Origin::Demo { options: played, transfer })
}

/// The built-in server alone: prints its base URL and key, and serves until a signal comes.
#[must_use]
pub fn demo_server(server: DemoServer) -> ExitCode {
    if server.demo.list_scenarios {
        return list_scenarios();
    }
    let options = match played(server.demo) {
        Ok(played) => demo::Options { port: server.port, ..played },
        Err(error) => return unplayable(&error),
    };
    let tell =
        |base_url: &str, key: &str| out::data(format!("ARGOS_BASE_URL={base_url}\nARGOS_API_KEY={key}\n").as_bytes());
    ended(runtime::serve_demo(&options, tell))
}

/// How the demo's server is set up.
fn played(demo: Demo) -> Result<demo::Options, scenario::Error> {
    let scenario = demo.scenario.map_or_else(|| Ok(Scenario::default()), Scenario::named)?;
    Ok(demo::Options { scenario, ..demo::Options::new(demo.today.unwrap_or_else(today)) })
}

fn list_scenarios() -> ExitCode {
    match Scenario::list() {
        Ok(list) => out::end(out::data(list.as_bytes())),
        Err(error) => unplayable(&error),
    }
}

fn unplayable(error: &scenario::Error) -> ExitCode {
    out::talk(&format!("argos-review: {error}"));
    ExitCode::from(WRONG_USE)
}

fn review(
    profile: Safe,
    host: Safe,
    today: Option<Date>,
    preferences: &Preferences,
    environment: &Environment,
    origin: Origin,
) -> ExitCode {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        out::talk("argos-review: the reviewer needs a terminal; standard input or output is none");
        return ExitCode::from(WRONG_USE);
    }
    if let Some(path) = &preferences.log_file
        && let Err(error) = runtime::log::begin(&path.value)
    {
        out::talk(&format!("argos-review: the log file cannot be written: {}", error.kind()));
        return ExitCode::from(WRONG_USE);
    }
    let (keymap, codes) = match (Keymap::shipped(), Codes::shipped()) {
        (Ok(keymap), Ok(codes)) => (keymap, codes),
        (Err(error), _) | (_, Err(error)) => {
            out::talk(&format!("argos-review: {error}"));
            return ExitCode::from(WRONG_USE);
        }
    };
    let address = match &origin {
        Origin::Service { base_url, .. } => base_url.resource("submission").to_string(),
        // Its server ends with the reviewer; `demo-server` prints the variable.
        Origin::Demo { .. } => "$ARGOS_BASE_URL/submission".to_owned(),
    };
    let theme = if environment.variable("NO_COLOR").is_some() { "mono" } else { preferences.theme.value };
    let setting = Setting {
        profile,
        host,
        address,
        today,
        zone: Zone::starting(preferences.timezone.value.clone(), TimeZone::system()),
        mask: preferences.mask.value,
        keymap,
        codes,
        theme: Theme::named(theme).unwrap_or_default(),
        blank_after: Some(preferences.blank_minutes.value)
            .filter(|minutes| *minutes > 0)
            .map(|minutes| Duration::from_secs(60 * u64::from(minutes))),
        cap: preferences.load_cap.value as usize,
        encrypted: origin.transfer() == SecureTransfer::Ecb,
        watch: Watching {
            every: Duration::from_secs(u64::from(preferences.watch_seconds.value)),
            bell: preferences.watch_bell.value,
        },
        filter: String::new(),
    };
    ended(runtime::review(setting, origin))
}

/// An exit code, or the sentence of what stood in the way.
fn ended(result: Result<u8, runtime::Error>) -> ExitCode {
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            out::talk(&format!("argos-review: {error}"));
            ExitCode::from(NOTHING)
        }
    }
}

fn today() -> Date {
    #[expect(clippy::disallowed_methods, reason = "the demo's data end on the day that it starts")]
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}
