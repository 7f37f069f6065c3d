//! Runs a subcommand without a screen, such as `list`, as one future. The future ends by itself or by a signal.

use super::review::{RuntimeError, SourceConfig, source};
use super::signals::EndSignal;
use super::terminal;
use crate::offline::RecordSource;

/// Runs a subcommand without a screen, such as `list`, and returns its exit code. `origin` says where the submissions
/// come from: the service, the demo server or a file. `work` gets the source of these submissions, and returns the
/// future that does the work of the subcommand.
///
/// If a signal ends the program, this future is dropped before its end, and the signal's exit code is returned. Values
/// of the future that must clean up do so when they are dropped.
///
/// # Errors
/// Returns an error if the client cannot be created, if the built-in demo server cannot listen on a port, or if the
/// handling of signals cannot be installed.
pub fn run_cli<F: Future<Output = u8>>(
    origin: SourceConfig,
    work: impl FnOnce(RecordSource) -> F,
) -> Result<u8, RuntimeError> {
    terminal::restore_on_panic();
    // Two workers: the demo's server answers beside the call.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let ended = runtime.block_on(async {
        let mut ending = EndSignal::of_call()?;
        let source = source(origin).await?;
        tokio::select! {
            biased;
            code = ending.wait_for_exit_code() => Ok(code),
            code = work(source) => Ok(code),
        }
    });
    runtime.shutdown_background();
    ended
}
