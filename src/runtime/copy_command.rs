//! Runs the program of the setting `copy_command`, which puts copied text on the clipboard.
//!
//! The program runs without a shell, gets the text on its standard input, and sees few environment variables, never
//! the API key. Its output is dropped. It runs in a task, so that it never delays a key.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use super::helper::exit_words;

/// Longest time that the program of the setting `copy_command` may run. To copy a text to the clipboard takes some
/// milliseconds. If the program starts another process that continues to run, that process is not waited for.
const MAX_RUNNING_TIME: Duration = Duration::from_secs(5);

/// The program of the setting `copy_command`, with its arguments and environment variables. The program gets the texts
/// that the user copies.
#[derive(Clone)]
pub struct CopyCommand {
    /// Name of the program, which is searched in `PATH`, or path of the program.
    pub program: PathBuf,
    /// Arguments of the program, one word each.
    pub arguments: Vec<String>,
    /// The environment variables that the program gets, each as name and value. It gets no others.
    pub variables: Vec<(&'static str, OsString)>,
}

/// Reason why the program of the setting `copy_command` failed to copy a text. The messages contain neither the
/// program's name nor its output.
#[derive(Debug, thiserror::Error)]
pub(super) enum CopyFault {
    /// The program could not be started, or it is unknown whether it has ended; the value is the error of the system.
    #[error("copy_command cannot be run: {0}")]
    NotRun(io::Error),
    /// The program ended with this exit status, which is not success.
    #[error("copy_command failed with {}", exit_words(*.0))]
    Failed(ExitStatus),
    /// The program closed its input before it had read all of the text.
    #[error("copy_command did not read all of the text")]
    NotRead,
    /// The program ran longer than the allowed time and was ended.
    #[error("copy_command took longer than {} s and was ended", MAX_RUNNING_TIME.as_secs())]
    TooSlow,
}

impl CopyCommand {
    /// Copies `text` to the clipboard by running the program of the setting `copy_command`, which gets the text on its
    /// standard input. Waits for the end of the program. If the returned future is dropped, the program is killed.
    pub(super) async fn copy(&self, text: &str) -> Result<(), CopyFault> {
        #[expect(clippy::disallowed_methods, reason = "the program that the user chose for copied text")]
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).env_clear().envs(self.variables.iter().map(|(name, value)| (name, value)));
        // Not in the group of the terminal: it must neither read keys nor get their signals.
        command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        let mut child = command.spawn().map_err(CopyFault::NotRun)?;
        let input = child.stdin.take();
        let group = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
        let work = async {
            let written = match input {
                Some(mut input) => input.write_all(text.as_bytes()).await,
                None => Ok(()),
            };
            let status = child.wait().await.map_err(CopyFault::NotRun)?;
            match written {
                _ if !status.success() => Err(CopyFault::Failed(status)),
                Err(_) => Err(CopyFault::NotRead),
                Ok(()) => Ok(()),
            }
        };
        let ended = tokio::time::timeout(MAX_RUNNING_TIME, work).await;
        ended.unwrap_or_else(|_| {
            // With everything that the program started.
            let _ = group.map(|group| kill_process_group(group, Signal::KILL));
            Err(CopyFault::TooSlow)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(script: &str, text: &str) -> Result<(), CopyFault> {
        let command = CopyCommand {
            program: "sh".into(),
            arguments: vec!["-c".to_owned(), script.to_owned()],
            variables: vec![("PATH", std::env::var_os("PATH").unwrap_or_default())],
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(command.copy(text))
    }

    #[test]
    fn the_program_gets_the_text_on_its_input_and_nothing_of_the_environment() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("taken");
        let script = format!("cat > '{0}'; env | grep -c ARGOS >> '{0}'; env | wc -l >> '{0}'", file.display());
        run(&script, "이가상\n").unwrap();
        let taken = std::fs::read_to_string(&file).unwrap();
        let lines: Vec<&str> = taken.lines().map(str::trim).collect();
        assert_eq!(lines[..2], ["이가상", "0"]);
        let variables: usize = lines[2].parse().unwrap();
        assert!(variables <= 5, "PATH, and what a shell sets itself: {variables}");
    }

    #[test]
    fn a_large_text_goes_through_and_every_failure_has_words() {
        run("test $(wc -c) -eq 3000000", &"x".repeat(3_000_000)).unwrap();
        let fault = |script: &str, text: &str| run(script, text).unwrap_err().to_string();
        assert_eq!(fault("cat > /dev/null; exit 3", "x"), "copy_command failed with exit code 3");
        assert_eq!(fault("kill -9 $$", "x"), "copy_command failed with signal 9");
        assert_eq!(fault("exit 0", &"x".repeat(3_000_000)), "copy_command did not read all of the text");
        let missing = CopyCommand { program: "/nowhere/wl-copy".into(), arguments: Vec::new(), variables: Vec::new() };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let words = runtime.block_on(missing.copy("x")).unwrap_err().to_string();
        assert!(words.starts_with("copy_command cannot be run: ") && !words.contains("nowhere"), "{words}");
    }
}
