//! The grammar of the command line.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Args, Parser, Subcommand};
use jiff::civil::Date;

use super::{Export, List, Show, doctor, exit, list, shell, show, stats};
use crate::config::Options;
use crate::demo::Scenario;
use crate::query;

const AFTER_HELP: &str = "\
Examples:
  argos-review demo            look around among invented people
  argos-review stats --demo    count them
  argos-review doctor          what is configured, and does the service answer?

Environment (an empty variable counts as unset):
  ARGOS_API_KEY      the key; enough alone, and wins over the profile's
  ARGOS_PROFILE      as --profile
  ARGOS_CONFIG       as --config
  ARGOS_BASE_URL     as --base-url
  ARGOS_OPEN_MEMORY  allows core dumps and debuggers, which could read the key: for
                     invented data only

No option takes the key: every user of the machine can read arguments.
`argos-review config init` writes a commented configuration file, the demo needs none.";

/// Wider lines are hard to read, however wide the terminal is.
const MOST_COLUMNS: usize = 100;

fn after_help() -> String {
    format!("{AFTER_HELP}\n\n{}", exit::help())
}

/// Terminal reviewer for ARGOS Identity "ID check" submissions (unofficial); without a command, opens the reviewer
#[derive(Parser)]
#[command(name = "argos-review", version, after_help = after_help(), max_term_width = MOST_COLUMNS)]
pub(super) struct Arguments {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Open the reviewer on a built-in server with invented people: no account, no key, no network
    #[command(after_help = DEMO_EXAMPLES)]
    Demo(Demo),
    /// Print submissions: a table on a terminal, NDJSON into a pipe
    #[command(after_help = list::EXAMPLES)]
    List(List),
    /// Print single submissions: every labelled field, or the JSON that came
    #[command(after_help = show::EXAMPLES)]
    Show(Show),
    /// Walk to the end of a query and write every submission to a file, as NDJSON or CSV
    Export(Export),
    /// Count submissions by status, day, country, reject code, ID type and more
    Stats(stats::Call),
    /// Examine the configuration, the way to the service and the terminal
    Doctor(doctor::Call),
    /// See, check or begin the configuration
    #[command(subcommand, after_help = CONFIG_EXAMPLES)]
    Config(ConfigCall),
    /// Run the built-in server alone until it is interrupted; prints its address and key
    #[command(after_help = SERVER_EXAMPLES)]
    DemoServer(DemoServer),
    /// Print the completions of a shell
    Completions(shell::Completions),
    /// Print the manual page
    #[command(after_help = MAN_EXAMPLES)]
    Man,
}

const DEMO_EXAMPLES: &str = "\
Examples:
  argos-review demo                          a day like any other
  argos-review demo --scenario growing       new submissions with every refresh; w watches them
  argos-review demo --list-scenarios         every way to answer, and to fail";

const SERVER_EXAMPLES: &str = "\
Examples:
  argos-review demo-server --port 8080       prints ARGOS_BASE_URL and ARGOS_API_KEY
  argos-review demo-server --scenario encrypted";

const CONFIG_EXAMPLES: &str = "\
Examples:
  argos-review config init                   writes a commented file
  argos-review config show --profile live    every setting, and what decided it";

const MAN_EXAMPLES: &str = "\
Examples:
  argos-review man | man -l -
  argos-review man > ~/.local/share/man/man1/argos-review.1";

/// What the demo can be told.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demo {
    /// The last day of its data, YYYY-MM-DD; the present day otherwise
    #[arg(long, value_name = "DATE", value_parser = query::day)]
    pub today: Option<Date>,
    /// What it plays: how the service answers, what goes wrong, what arrives
    #[arg(long, value_name = "NAME", value_parser = Known, hide_possible_values = true)]
    pub scenario: Option<&'static str>,
    /// List the scenarios and what each shows
    #[arg(long)]
    pub list_scenarios: bool,
}

/// Takes the name of a scenario. For another one it says in one sentence what there is.
#[derive(Clone)]
pub(super) struct Known;

impl TypedValueParser for Known {
    type Value = &'static str;

    fn parse_ref(&self, _: &clap::Command, _: Option<&Arg>, value: &OsStr) -> Result<Self::Value, clap::Error> {
        let name = value.to_string_lossy();
        let scenario = Scenario::named(&name);
        scenario.map(|scenario| scenario.name).map_err(|error| {
            clap::Error::raw(ErrorKind::InvalidValue, format!("{error} (--list-scenarios says what each shows)\n"))
        })
    }

    /// For completions.
    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Scenario::names().map(PossibleValue::new)))
    }
}

/// What the server of the demo can be told when it runs alone.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoServer {
    /// Port on 127.0.0.1; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,
    /// What the data can be told.
    #[command(flatten)]
    pub demo: Demo,
}

/// The calls of `config`.
#[derive(Subcommand, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigCall {
    /// Print where the configuration file lies
    Path,
    /// Print every setting with its value and what decided it; of the key, the last characters
    Show,
    /// Say whether the reviewer could start: reads the file, and fetches the key
    Check,
    /// Write a commented configuration file, and the key that you type (unseen) into a file of its own; existing files stay
    /// as they are
    Init,
}

/// What the program was called for, with the options that concern it.
#[derive(Clone, Debug)]
pub enum Mode {
    /// The reviewer on the configured profile.
    Reviewer(Options),
    /// The reviewer on the demo. Of the options only those of [`Preferences`](crate::config::Preferences) count.
    Demo(Demo, Options),
    /// Submissions without a screen.
    List(List, Options),
    /// Single submissions without a screen.
    Show(Show, Options),
    /// The server of the demo alone.
    DemoServer(DemoServer),
    /// Every submission of a query in a file.
    Export(Export, Options),
    /// A look at the configuration.
    Config(ConfigCall, Options),
    /// Numbers of submissions.
    Stats(stats::Call, Options),
    /// A look at configuration, service and terminal.
    Doctor(doctor::Call, Options),
    /// The completions of a shell.
    Completions(shell::Completions),
    /// The manual page.
    Man,
}

impl From<Arguments> for Mode {
    fn from(Arguments { options, command }: Arguments) -> Self {
        match command {
            None => Self::Reviewer(options),
            Some(Command::Demo(demo)) => Self::Demo(demo, options),
            Some(Command::List(list)) => Self::List(list, options),
            Some(Command::Show(show)) => Self::Show(show, options),
            Some(Command::DemoServer(server)) => Self::DemoServer(server),
            Some(Command::Export(export)) => Self::Export(export, options),
            Some(Command::Config(call)) => Self::Config(call, options),
            Some(Command::Stats(call)) => Self::Stats(call, options),
            Some(Command::Doctor(call)) => Self::Doctor(call, options),
            Some(Command::Completions(call)) => Self::Completions(call),
            Some(Command::Man) => Self::Man,
        }
    }
}
