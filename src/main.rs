//! The program `argos-review`: protects its memory, parses the command line, runs what the command line requests, and
//! returns the exit code.

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use argos_review::cli::{self, Mode};
use argos_review::config::Environment;
use argos_review::secret;

/// Whether this process was started without standard output (`>&-`).
static STDOUT_CLOSED: AtomicBool = AtomicBool::new(false);

/// Checks whether standard output is closed, and stores the result in [`STDOUT_CLOSED`]. This function runs before
/// `main`, because Rust's standard library opens the null device in place of a closed output when the program starts. A
/// later check would not find the output closed, and all output would be lost without an error.
#[ctor::ctor]
fn check_stdout() {
    let closed = rustix::io::fcntl_getfd(rustix::stdio::stdout()).is_err();
    STDOUT_CLOSED.store(closed, Ordering::Relaxed);
}

fn main() -> ExitCode {
    // Before anything else: what comes after it may read the key.
    secret::harden_process();
    let environment = Environment::of_process();
    let parsed = cli::parse(std::env::args_os());
    if STDOUT_CLOSED.load(Ordering::Relaxed) && cli::prints(&parsed) {
        return cli::without_output();
    }
    match parsed {
        Err(said) => cli::usage(&said),
        Ok(Mode::Reviewer(filter, options)) => cli::reviewer::profile(&filter, &options, &environment),
        #[cfg(feature = "demo")]
        Ok(Mode::Demo(call, options)) => cli::demo::open(&call, &options, &environment),
        Ok(Mode::Open(open, options)) => cli::open::run(&open, &options, &environment),
        Ok(Mode::List(list, options)) => cli::list::run(&list, &options, &environment),
        Ok(Mode::Show(show, options)) => cli::show::run(&show, &options, &environment),
        #[cfg(feature = "demo")]
        Ok(Mode::DemoServer(server)) => cli::demo::serve(server),
        Ok(Mode::Export(export, options)) => cli::export::run(&export, &options, &environment),
        Ok(Mode::Config(call, options)) => cli::config::run(call, &options, &environment),
        Ok(Mode::Stats(call, options)) => cli::stats::run(&call, &options, &environment),
        Ok(Mode::Doctor(call, options)) => cli::doctor::run(&call, &options, &environment),
        Ok(Mode::Keys(options)) => cli::keys::run(&options, &environment),
        Ok(Mode::Views(options)) => cli::views::run(&options, &environment),
        Ok(Mode::Completions(call)) => cli::shell::completions(&call),
        Ok(Mode::Man) => cli::shell::man(),
    }
}
