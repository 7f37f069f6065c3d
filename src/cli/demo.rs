//! The calls that need the built-in server: the reviewer on it, and the server alone.

use std::ffi::OsStr;
use std::io;
use std::process::ExitCode;

use argos_demo::Scenario;
use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Args};
use jiff::civil::Date;

use super::exit::DONE;
use super::reviewer::{ended, review};
use super::source::today;
use super::{WRONG_USE, misconfigured, out};
use crate::config::{Environment, GlobalOptions, Preferences, SecureTransfer};
use crate::query;
use crate::runtime::{self, Origin};
use crate::text::Safe;

pub(super) const EXAMPLES: &str = "\
Examples:
  argos-review demo                          an ordinary day
  argos-review demo --scenario growing       new submissions with every refresh; w watches them
  argos-review demo --list-scenarios         list all scenarios";

pub(super) const SERVER_EXAMPLES: &str = "\
Examples:
  argos-review demo-server --port 8080       prints ARGOS_BASE_URL and ARGOS_API_KEY
  argos-review demo-server --scenario encrypted";

/// What the demo can be told.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoArgs {
    /// Last day of the data, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = query::day)]
    pub today: Option<Date>,
    /// Scenario: how the server answers and what goes wrong
    #[arg(long, value_name = "NAME", value_parser = KnownScenario, hide_possible_values = true)]
    pub scenario: Option<&'static str>,
    /// List all scenarios
    #[arg(long)]
    pub list_scenarios: bool,
}

/// Takes the name of a scenario. For another one it says in one sentence what there is.
#[derive(Clone)]
pub(super) struct KnownScenario;

impl TypedValueParser for KnownScenario {
    type Value = &'static str;

    fn parse_ref(&self, _: &clap::Command, _: Option<&Arg>, value: &OsStr) -> Result<Self::Value, clap::Error> {
        let name = value.to_string_lossy();
        let scenario = Scenario::named(&name);
        scenario.map(|scenario| scenario.name).map_err(|error| {
            clap::Error::raw(ErrorKind::InvalidValue, format!("{error} (--list-scenarios describes them)\n"))
        })
    }

    /// For completions.
    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Scenario::names().map(PossibleValue::new)))
    }
}

/// What the server of the demo can be told when it runs alone.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoServerArgs {
    /// Port on 127.0.0.1; 0 chooses a free port
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,
    /// What the data can be told.
    #[command(flatten)]
    pub demo: DemoArgs,
}

/// The reviewer on the built-in server.
#[must_use]
pub fn open(demo: DemoArgs, options: &GlobalOptions, environment: &Environment) -> ExitCode {
    if demo.list_scenarios {
        return list_scenarios();
    }
    let preferences = match Preferences::of(options) {
        Ok(preferences) => preferences,
        Err(error) => return misconfigured(&error),
    };
    let (origin, today) = match of_demo(demo, options) {
        Ok(chosen) => chosen,
        Err(code) => return code,
    };
    let scenario = demo.scenario.map(|name| format!(" · {name}")).unwrap_or_default();
    let (profile, host) = (Safe::sanitize(&format!("DEMO{scenario}")), Safe::from_static("invented people"));
    review(profile, host, Some(today), &preferences, environment, origin)
}

/// The built-in server alone: prints its base URL and key, and serves until a signal comes.
#[must_use]
pub fn serve(server: DemoServerArgs) -> ExitCode {
    if server.demo.list_scenarios {
        return list_scenarios();
    }
    let options = match played(server.demo) {
        Ok(played) => argos_demo::DemoOptions { port: server.port, ..played },
        Err(code) => return code,
    };
    let tell =
        |base_url: &str, key: &str| out::data(format!("ARGOS_BASE_URL={base_url}\nARGOS_API_KEY={key}\n").as_bytes());
    match runtime::serve_demo(&options, tell) {
        // Nobody reads where it is.
        Err(runtime::Error::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(DONE),
        result => ended(result),
    }
}

fn list_scenarios() -> ExitCode {
    match Scenario::list() {
        Ok(list) => out::end(out::data(list.as_bytes())),
        Err(error) => {
            out::eprint(&format!("argos-review: {error}"));
            ExitCode::from(WRONG_USE)
        }
    }
}

/// The built-in server, and the last day of its data.
pub(super) fn of_demo(demo: DemoArgs, options: &GlobalOptions) -> Result<(Origin, Date), ExitCode> {
    let options_of_demo = played(demo)?;
    let transfer = match SecureTransfer::of(options) {
        Ok(Some(asked)) => asked.value,
        Ok(None) if options_of_demo.secure_transfer() == argos_demo::SecureTransfer::Required => SecureTransfer::Ecb,
        Ok(None) => SecureTransfer::Off,
        Err(error) => return Err(misconfigured(&error)),
    };
    let today = options_of_demo.today;
    Ok((Origin::Demo { options: options_of_demo, transfer }, today))
}

/// How the demo's server is set up.
pub(super) fn played(demo: DemoArgs) -> Result<argos_demo::DemoOptions, ExitCode> {
    match demo.scenario.map_or_else(|| Ok(Scenario::default()), Scenario::named) {
        Ok(scenario) => {
            Ok(argos_demo::DemoOptions { scenario, ..argos_demo::DemoOptions::new(demo.today.unwrap_or_else(today)) })
        }
        Err(error) => {
            out::eprint(&format!("argos-review: {error}"));
            Err(ExitCode::from(WRONG_USE))
        }
    }
}
