//! The binary: arguments, mode, exit code.

use std::process::ExitCode;

use argos_review::cli::{self, Mode};
use argos_review::config::Environment;
use argos_review::secret::{self, Memory};

fn main() -> ExitCode {
    let environment = Environment::of_process();
    secret::harden_process(match environment.variable(secret::MEMORY_VARIABLE) {
        None => Memory::Closed,
        Some(_) => Memory::Open,
    });
    match cli::parse(std::env::args_os()) {
        Err(said) => cli::usage(&said),
        Ok(Mode::Reviewer(options)) => cli::open::profile(&options, &environment),
        #[cfg(feature = "demo")]
        Ok(Mode::Demo(demo, options)) => cli::demo::open(demo, &options, &environment),
        Ok(Mode::List(list, options)) => cli::list::run(&list, &options, &environment),
        Ok(Mode::Show(show, options)) => cli::show::run(&show, &options, &environment),
        #[cfg(feature = "demo")]
        Ok(Mode::DemoServer(server)) => cli::demo::serve(server),
        Ok(Mode::Export(export, options)) => cli::export::run(&export, &options, &environment),
        Ok(Mode::Config(call, options)) => cli::config::run(call, &options, &environment),
        Ok(Mode::Stats(call, options)) => cli::stats::run(&call, &options, &environment),
        Ok(Mode::Doctor(call, options)) => cli::doctor::run(&call, &options, &environment),
        Ok(Mode::Completions(call)) => cli::shell::completions(&call),
        Ok(Mode::Man) => cli::shell::man(),
    }
}
