//! Runs the program of an `api_key_command`: the only program that is ever started.
//!
//! It gets no shell, no input and few variables; its output is capped, its error output not shown.

use std::ffi::OsStr;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use secrecy::zeroize::Zeroizing;
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};

use super::Environment;
use crate::secret::{ApiKey, Malformed};

/// More than any key with its line end.
const OUTPUT_LIMIT: usize = 4 * 1024;

/// The variables that the program sees: where programs and the user's files are, the language, and how to reach the
/// user's agents. Anything else is given in the list itself (`["env", "NAME=value", "program"]`).
const VARIABLES: [&str; 22] = [
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "TMPDIR",
    "TERM",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
    "DBUS_SESSION_BUS_ADDRESS",
    "SSH_AUTH_SOCK",
    "GNUPGHOME",
    "GPG_TTY",
    "PASSWORD_STORE_DIR",
];

/// Why a program gave no key. Nothing that it printed is in here.
#[derive(Debug, thiserror::Error)]
pub enum CommandFault {
    /// It could not be started, or not be waited for.
    #[error("the api_key_command cannot be run: {0}")]
    NotRun(#[from] io::Error),
    /// It told of a failure of its own.
    #[error("the api_key_command failed with {}; run it by hand to see why", ending(*.0))]
    Failed(ExitStatus),
    /// It was ended.
    #[error("the api_key_command took longer than {} s and was ended", .0.as_secs())]
    TooSlow(Duration),
    /// It was ended.
    #[error("the api_key_command printed more than {} KiB and was ended: it must print the key alone", OUTPUT_LIMIT / 1024)]
    TooMuch,
    /// It printed something else.
    #[error("the api_key_command must print the key alone: {0}")]
    NoKey(#[from] Malformed),
}

/// Runs a program and takes what it prints as the key.
///
/// # Errors
/// [`CommandFault`]. Whatever happens, the program itself no longer runs afterwards.
pub(super) fn run(
    program: impl AsRef<OsStr>,
    arguments: &[String],
    environment: &Environment,
    limit: Duration,
) -> Result<ApiKey, CommandFault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        #[expect(clippy::disallowed_methods, reason = "the one program that is started")]
        let mut command = Command::new(program);
        command.args(arguments).env_clear();
        for name in VARIABLES {
            if let Some(value) = environment.variable(name) {
                command.env(name, value);
            }
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let key = tokio::time::timeout(limit, key_of(&mut child)).await.unwrap_or(Err(CommandFault::TooSlow(limit)));
        if key.is_err() {
            // Fails when it has ended already.
            let _ = child.kill().await;
        }
        key
    })
}

async fn key_of(child: &mut Child) -> Result<ApiKey, CommandFault> {
    // One buffer of the final size: one that grows would leave copies behind that nobody wipes.
    let mut output = Zeroizing::new([0; OUTPUT_LIMIT + 1]);
    let mut filled = 0;
    if let Some(mut pipe) = child.stdout.take() {
        while let Some(rest) = output.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match pipe.read(rest).await? {
                0 => break,
                more => filled += more,
            }
        }
    }
    if filled > OUTPUT_LIMIT {
        return Err(CommandFault::TooMuch);
    }
    let status = child.wait().await?;
    if !status.success() {
        return Err(CommandFault::Failed(status));
    }
    Ok(ApiKey::new(output.get(..filled).unwrap_or_default())?)
}

fn ending(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit code {code}"),
        (None, Some(signal)) => format!("signal {signal}"),
        (None, None) => "an unknown end".to_owned(),
    }
}

#[cfg(test)]
mod tests;
