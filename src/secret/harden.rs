//! What is asked of the operating system before a secret is read.

use rustix::fs::Mode;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit, umask};

/// Whether memory may be looked at from outside, in a core dump or by a debugger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// By nobody but the superuser.
    Closed,
    /// As the surroundings have it: for whoever looks for a defect, with invented data.
    Open,
}

/// The variable that leaves memory open, for debuggers, profilers and sanitisers.
pub const MEMORY_VARIABLE: &str = "ARGOS_OPEN_MEMORY";

/// Keeps the key and identity data out of core dumps, out of other processes of the same user (environment and
/// memory, on Linux) and new files out of other users' reach. The first statement of `main`: it reads its own variable,
/// since reading the environment as a whole takes time in which the memory would be open.
///
/// A sandbox may forbid one of these calls. That is no reason to refuse work, as each only adds to protection that
/// the rest does not lean on: files are created with their modes stated. [`memory`] tells what came of it.
pub fn harden_process() {
    umask(Mode::RWXG | Mode::RWXO);
    if std::env::var_os(MEMORY_VARIABLE).is_some_and(|value| !value.is_empty()) {
        return;
    }
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// How this process's memory is now.
pub fn memory() -> Memory {
    let no_core = getrlimit(Resource::Core).current == Some(0);
    #[cfg(target_os = "linux")]
    let is_closed = no_core
        && rustix::process::dumpable_behavior()
            .is_ok_and(|behavior| behavior == rustix::process::DumpableBehavior::NotDumpable);
    #[cfg(not(target_os = "linux"))]
    let is_closed = no_core;
    if is_closed { Memory::Closed } else { Memory::Open }
}
