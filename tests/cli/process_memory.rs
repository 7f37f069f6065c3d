//! What other processes, and a core dump, may see of a running program.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use argos_testkit::binary::binary;
use argos_testkit::demo_process::TODAY;
use argos_testkit::executable;

use crate::{CANARY, demo};

/// An ordinary user, for where the tests run as the superuser, to whom nothing is closed.
const NOBODY: u32 = 65_534;

/// What was seen of a running program.
struct Seen {
    /// To whom its memory and environment belong.
    owner: u32,
    /// To whom they would belong if they were open.
    user: u32,
    limits: String,
    arguments: String,
    ended: ExitStatus,
}

/// Starts the demo's server alone, looks at it and aborts it.
fn look(variables: &[(&str, &str)]) -> Seen {
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    // Another user may not get to where it was built.
    let copy = folder.path().join("argos-review");
    executable::copy(Path::new(binary()), &copy);
    #[expect(clippy::disallowed_methods, reason = "the binary is what is tested")]
    let mut command = Command::new(&copy);
    command.args(["demo-server", "--today", TODAY]).env_clear().envs(variables.iter().copied());
    command.env("ARGOS_API_KEY", CANARY).current_dir("/").stdout(Stdio::piped());
    let own = rustix::process::geteuid().as_raw();
    let user = if own == 0 { NOBODY } else { own };
    if own == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    let mut child = command.spawn().unwrap();
    // It is at work once it tells its address.
    let mut told = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = told.next().unwrap().unwrap();
    assert!(first.starts_with("ARGOS_BASE_URL="), "{first}");
    let of = |name: &str| format!("/proc/{}/{name}", child.id());
    let owner = fs::metadata(of("environ")).unwrap().uid();
    let limits = fs::read_to_string(of("limits")).unwrap();
    let arguments = fs::read_to_string(of("cmdline")).unwrap();
    kill_process(Pid::from_child(&child), Signal::ABORT).unwrap();
    Seen { owner, user, limits, arguments, ended: child.wait().unwrap() }
}

#[test]
fn key_is_in_no_argument_no_core_dump_and_no_memory_that_others_may_read() {
    let seen = look(&[]);
    assert_ne!(seen.user, seen.owner, "its environment and memory belong to the system");
    let limit = seen.limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(limit.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{limit}");
    assert!(!seen.arguments.contains(CANARY));
    assert_eq!((seen.ended.signal(), seen.ended.core_dumped()), (Some(6), false));
}

#[test]
fn memory_is_closed_by_the_first_statement() {
    let source = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/main.rs")).unwrap();
    let (_, body) = source.split_once("fn main() -> ExitCode {").unwrap();
    let first = body.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("//")).unwrap();
    assert_eq!(first, "secret::harden_process();");
}

#[test]
fn memory_is_open_where_that_is_asked_for_and_doctor_says_so() {
    let seen = look(&[("ARGOS_OPEN_MEMORY", "1")]);
    assert_eq!(seen.user, seen.owner);
    let said = |variables: &[(&str, &str)]| {
        let done = crate::run(&["doctor", "--demo", "--today", TODAY], variables);
        done.stdout.lines().find(|line| line.contains(" memory ")).unwrap().to_owned()
    };
    assert!(said(&[("ARGOS_OPEN_MEMORY", "1")]).starts_with("! note"));
    assert!(demo(&["doctor"]).stdout.contains("no core dumps; closed to other processes"));
}
