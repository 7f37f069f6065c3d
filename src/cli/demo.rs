//! The calls `demo` and `demo-server`. The first opens the interactive program with the data of the built-in demo
//! server; the second runs only the server.

pub(super) mod args;

use std::io;
use std::process::ExitCode;

use argos_demo::Scenario;

use super::exit::{DONE, WRONG_USE, configuration_exit_code, exit_code_of};
use super::reviewer::{ReviewedSource, ReviewerStart, review};
use super::standard_output;
use crate::config::{Environment, GlobalOptions, Preferences};
use crate::runtime;
use crate::text::Safe;
use args::{DemoCall, DemoServerArgs, demo_options, source_of_demo};

/// Opens the interactive program with the data of the built-in demo server, and returns the exit code.
#[must_use]
pub fn open(call: &DemoCall, options: &GlobalOptions, environment: &Environment) -> ExitCode {
    if call.demo.list_scenarios {
        return list_scenarios();
    }
    begin(call, options, environment).unwrap_or_else(|code| code)
}

fn begin(call: &DemoCall, options: &GlobalOptions, environment: &Environment) -> Result<ExitCode, ExitCode> {
    let preferences = Preferences::of_demo(options, environment).map_err(|error| configuration_exit_code(&error))?;
    let (origin, today) = source_of_demo(call.demo, options)?;
    let start = ReviewerStart::of(&call.filter, options, environment, today, false)?;
    let scenario = call.demo.scenario.map(|name| format!(" · {name}")).unwrap_or_default();
    let (profile, host) = (Safe::sanitize(&format!("DEMO{scenario}")), Safe::from_static("invented people"));
    let mut call_options = vec!["--demo".to_owned(), format!("--today={today}")];
    call_options.extend(call.demo.scenario.map(|name| format!("--scenario={name}")));
    let source = ReviewedSource { profile, host, today: Some(today), call_options, origin };
    Ok(review(source, start, &preferences, environment))
}

/// Runs only the built-in demo server, without the interactive program. Prints the server's base URL and key, and
/// serves until a signal ends the program.
#[must_use]
pub fn serve(server: DemoServerArgs) -> ExitCode {
    if server.demo.list_scenarios {
        return list_scenarios();
    }
    let options = match demo_options(server.demo) {
        Ok(demo_options) => argos_demo::DemoOptions { port: server.port, ..demo_options },
        Err(code) => return code,
    };
    let tell = |base_url: &str, key: &str| {
        standard_output::write_bytes(format!("ARGOS_BASE_URL={base_url}\nARGOS_API_KEY={key}\n").as_bytes())
    };
    match runtime::serve_demo(&options, tell) {
        // Nobody reads the address of the server.
        Err(runtime::RuntimeError::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(DONE),
        result => exit_code_of(result),
    }
}

fn list_scenarios() -> ExitCode {
    match Scenario::list() {
        Ok(list) => standard_output::exit_code(standard_output::write_bytes(list.as_bytes())),
        Err(error) => {
            standard_output::eprint(&format!("argos-review: {error}"));
            ExitCode::from(WRONG_USE)
        }
    }
}
