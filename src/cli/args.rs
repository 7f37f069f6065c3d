//! The definition of the command line (subcommands, arguments and options) for clap, the library that parses it.

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

#[cfg(feature = "demo")]
use super::demo::args::{self as demo, DemoCall, DemoServerArgs};
use super::{ConfigCall, ExportArgs, FilterArgs, ListArgs, OpenArgs, ShowArgs, doctor, exit, list, open, show, stats};
use crate::config::GlobalOptions;

const AFTER_HELP: &str = "\
Examples:
  argos-review demo                      try it with invented people
  argos-review from:-7d status:pending   open the reviewer with a filter
  argos-review stats --demo              count the invented people
  argos-review doctor                    check configuration, connection and terminal

Environment (an empty variable counts as unset):
  ARGOS_API_KEY      the API key; wins over the key of a profile
  ARGOS_PROFILE      as --profile
  ARGOS_CONFIG       as --config
  ARGOS_BASE_URL     as --base-url
  ARGOS_OPEN_MEMORY  allows core dumps and debuggers, which could read the key: use it
                     with invented data only

There is no option for the key, since other users can read arguments.
`argos-review config init` writes a commented configuration file; the demo needs none.";

/// Widest line of the help, in columns. Wider lines are hard to read, even on a wide terminal.
const MAX_HELP_COLUMNS: usize = 100;

fn after_help() -> String {
    format!("{AFTER_HELP}\n\n{}", exit::help())
}

/// Terminal reviewer for ARGOS Identity "ID check" submissions (unofficial); without a command, opens the reviewer, with a filter if one is given
#[derive(Parser)]
#[command(name = "argos-review", version, after_help = after_help(), max_term_width = MAX_HELP_COLUMNS)]
pub(super) struct Arguments {
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    options: GlobalOptions,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Open the reviewer on a built-in server with invented people: no account, no key, no network
    #[cfg(feature = "demo")]
    #[command(after_help = demo::EXAMPLES)]
    Demo(DemoCall),
    /// Open the reviewer on files (NDJSON, JSON, payloads of webhooks): no key, no network
    #[command(after_help = open::EXAMPLES)]
    Open(OpenArgs),
    /// List submissions: a table on a terminal, NDJSON in a pipe
    #[command(after_help = list::args::EXAMPLES)]
    List(ListArgs),
    /// Show submissions by id: all fields as text, or as JSON
    #[command(after_help = show::EXAMPLES)]
    Show(ShowArgs),
    /// Export all submissions of a query to a file, as NDJSON or CSV
    Export(ExportArgs),
    /// Count submissions by status, day, country, reject code, ID type and more
    Stats(stats::StatsArgs),
    /// Check configuration, connection and terminal
    Doctor(doctor::DoctorArgs),
    /// Print, check or create the configuration
    #[command(subcommand, after_help = CONFIG_EXAMPLES)]
    Config(ConfigCall),
    /// Print the keys of the reviewer, with your own from the configuration
    #[command(after_help = KEYS_EXAMPLES)]
    Keys,
    /// Print the views: the saved filters for --view, with columns and order
    #[command(after_help = VIEWS_EXAMPLES)]
    Views,
    /// Run the built-in demo server until interrupted; prints its address and key
    #[cfg(feature = "demo")]
    #[command(after_help = demo::SERVER_EXAMPLES)]
    DemoServer(DemoServerArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    #[command(after_help = MAN_EXAMPLES)]
    Man,
}

const CONFIG_EXAMPLES: &str = "\
Examples:
  argos-review config init                   write a commented file
  argos-review config show --profile live    print every setting and its origin";

const KEYS_EXAMPLES: &str = "\
Examples:
  argos-review keys
  argos-review keys | grep refresh

The second column is the name of the action for the table [keys] of the configuration file.";

const VIEWS_EXAMPLES: &str = "\
Examples:
  argos-review views
  argos-review --view pending
  argos-review list --view rejected nat:KOR --all

Some views are built in; the others are in the file views.toml beside the configuration file.";

const MAN_EXAMPLES: &str = "\
Examples:
  argos-review man | man -l -
  argos-review man > ~/.local/share/man/man1/argos-review.1";

/// Arguments of `completions`.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq)]
#[command(after_help = "\
Examples:
  argos-review completions bash > ~/.local/share/bash-completion/completions/argos-review
  argos-review completions zsh > ~/.zfunc/_argos-review
  argos-review completions fish > ~/.config/fish/completions/argos-review.fish")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// The task of the program that the command line requests, with the arguments and options of the task.
#[derive(Clone, Debug)]
pub enum Mode {
    /// Opens the interactive program with the submissions of the service that the configured profile names.
    Reviewer(FilterArgs, GlobalOptions),
    /// Opens the interactive program with the submissions of the built-in demo server. Of the common options, only
    /// `--config` and those of [`Preferences`](crate::config::Preferences) have an effect.
    #[cfg(feature = "demo")]
    Demo(DemoCall, GlobalOptions),
    /// Opens the interactive program with the submissions of files. Of the common options, only those of
    /// [`Preferences`](crate::config::Preferences) have an effect.
    Open(OpenArgs, GlobalOptions),
    /// Prints the submissions of a query as a list.
    List(ListArgs, GlobalOptions),
    /// Prints single submissions, which the arguments name by id.
    Show(ShowArgs, GlobalOptions),
    /// Runs only the built-in demo server, without the interactive program.
    #[cfg(feature = "demo")]
    DemoServer(DemoServerArgs),
    /// Writes every submission of a query to a file.
    Export(ExportArgs, GlobalOptions),
    /// Prints, checks or creates the configuration.
    Config(ConfigCall, GlobalOptions),
    /// Counts the submissions of a query by status, country and other fields, and prints the counts.
    Stats(stats::StatsArgs, GlobalOptions),
    /// Checks the configuration, the connection to the service, and the terminal.
    Doctor(doctor::DoctorArgs, GlobalOptions),
    /// Prints the key bindings of the interactive program.
    Keys(GlobalOptions),
    /// Prints the saved views.
    Views(GlobalOptions),
    /// Prints the completion script for a shell.
    Completions(CompletionsArgs),
    /// Prints the manual page.
    Man,
}

impl From<Arguments> for Mode {
    fn from(Arguments { filter, options, command }: Arguments) -> Self {
        match command {
            None => Self::Reviewer(filter, options),
            #[cfg(feature = "demo")]
            Some(Command::Demo(demo)) => Self::Demo(demo, options),
            Some(Command::Open(open)) => Self::Open(open, options),
            Some(Command::List(list)) => Self::List(list, options),
            Some(Command::Show(show)) => Self::Show(show, options),
            #[cfg(feature = "demo")]
            Some(Command::DemoServer(server)) => Self::DemoServer(server),
            Some(Command::Export(export)) => Self::Export(export, options),
            Some(Command::Config(call)) => Self::Config(call, options),
            Some(Command::Stats(call)) => Self::Stats(call, options),
            Some(Command::Doctor(call)) => Self::Doctor(call, options),
            Some(Command::Keys) => Self::Keys(options),
            Some(Command::Views) => Self::Views(options),
            Some(Command::Completions(call)) => Self::Completions(call),
            Some(Command::Man) => Self::Man,
        }
    }
}
