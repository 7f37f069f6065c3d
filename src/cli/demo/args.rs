//! The options of the calls `demo` and `demo-server`, and the setup of the demo server from them.

use std::ffi::OsStr;
use std::process::ExitCode;

use argos_demo::Scenario;
use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Args};
use jiff::civil::Date;

use crate::cli::exit::{WRONG_USE, configuration_exit_code};
use crate::cli::filter::FilterArgs;
use crate::cli::standard_output;
use crate::cli::today::today;
use crate::config::{GlobalOptions, SecureTransfer};
use crate::query;
use crate::runtime::SourceConfig;

pub(in crate::cli) const EXAMPLES: &str = "\
Examples:
  argos-review demo                          an ordinary day
  argos-review demo from:-3d status:pending  the same, filtered
  argos-review demo --scenario growing       new submissions with every refresh; w watches them
  argos-review demo --list-scenarios         list all scenarios";

pub(in crate::cli) const SERVER_EXAMPLES: &str = "\
Examples:
  argos-review demo-server --port 8080       prints ARGOS_BASE_URL and ARGOS_API_KEY
  argos-review demo-server --scenario encrypted";

/// Arguments of `demo`.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct DemoCall {
    /// The filter and the saved view with which the interactive program starts.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// The last day and the scenario of the demo data.
    #[command(flatten)]
    pub demo: DemoArgs,
}

/// Options of the demo data, which `demo` and `demo-server` have in common.
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

/// Parser for clap that accepts the name of a demo scenario. For an unknown name, the error is one sentence, which
/// contains the known names.
#[derive(Clone)]
pub(in crate::cli) struct KnownScenario;

impl TypedValueParser for KnownScenario {
    type Value = &'static str;

    fn parse_ref(&self, _: &clap::Command, _: Option<&Arg>, value: &OsStr) -> Result<Self::Value, clap::Error> {
        let name = value.to_string_lossy();
        let scenario = Scenario::named(&name);
        scenario.map(|scenario| scenario.name).map_err(|error| {
            clap::Error::raw(ErrorKind::InvalidValue, format!("{error} (--list-scenarios describes them)\n"))
        })
    }

    /// Returns the names of all scenarios. A shell offers them as completions.
    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Scenario::names().map(PossibleValue::new)))
    }
}

/// Arguments of `demo-server`.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoServerArgs {
    /// Port on 127.0.0.1; 0 chooses a free port
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,
    /// The last day and the scenario of the demo data.
    #[command(flatten)]
    pub demo: DemoArgs,
}

/// Returns the built-in demo server, set up as the options require, and the last day of the demo data. If an option is
/// wrong, prints the reason, and the error is the exit code.
pub(in crate::cli) fn source_of_demo(
    demo: DemoArgs,
    options: &GlobalOptions,
) -> Result<(SourceConfig, Date), ExitCode> {
    let options_of_demo = demo_options(demo)?;
    let transfer = match SecureTransfer::of(options) {
        Ok(Some(asked)) => asked.value,
        Ok(None) if options_of_demo.secure_transfer() == argos_demo::SecureTransfer::Required => SecureTransfer::Ecb,
        Ok(None) => SecureTransfer::Off,
        Err(error) => return Err(configuration_exit_code(&error)),
    };
    let today = options_of_demo.today;
    Ok((SourceConfig::Demo { options: options_of_demo, transfer }, today))
}

/// Returns the options of the built-in demo server: its scenario, and the last day of the demo data. For an unknown
/// scenario, prints the reason, and the error is the exit code.
pub(super) fn demo_options(demo: DemoArgs) -> Result<argos_demo::DemoOptions, ExitCode> {
    match demo.scenario.map_or_else(|| Ok(Scenario::default()), Scenario::named) {
        Ok(scenario) => {
            Ok(argos_demo::DemoOptions { scenario, ..argos_demo::DemoOptions::new(demo.today.unwrap_or_else(today)) })
        }
        Err(error) => {
            standard_output::eprint(&format!("argos-review: {error}"));
            Err(ExitCode::from(WRONG_USE))
        }
    }
}
