//! The options that every subcommand accepts. They override all other layers of the configuration.

use std::path::PathBuf;

/// The options that every subcommand accepts, as the user typed them. No option takes the API key, since every user of
/// the machine can read the command line of a process.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Common options")]
pub struct GlobalOptions {
    /// Profile of the configuration file (a project and its key)
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// Configuration file
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Address of the service; [`BaseUrl::DEFAULT`](super::BaseUrl::DEFAULT) otherwise.
    #[arg(
        long,
        global = true,
        value_name = "URL",
        help = "Address of the service [default: https://rest-api.argosidentity.com/v3]"
    )]
    pub base_url: Option<String>,
    /// Secure Data Transfer, if it is on for the project [default: off]
    #[arg(long, global = true, value_name = "MODE", value_parser = ["off", "ecb"])]
    pub secure_transfer: Option<String>,
    /// Identity data to mask [default: ids]
    #[arg(long, global = true, value_name = "LEVEL", value_parser = ["ids", "all", "none"])]
    pub mask: Option<String>,
    /// Time zone: utc, local or a name such as Asia/Seoul [default: utc]
    #[arg(long, global = true, value_name = "ZONE")]
    pub timezone: Option<String>,
    /// Write a log without identity data to this file
    #[arg(long, global = true, value_name = "FILE")]
    pub log_file: Option<PathBuf>,
}
