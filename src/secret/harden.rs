//! Asks the operating system to protect the process before a secret is read.

use rustix::fs::Mode;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit, umask};

/// Whether the memory of this process is protected against reading from outside, through a core dump or a debugger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemoryProtection {
    /// The memory is protected: only the superuser can read it.
    Closed,
    /// The memory is not protected: the operating system decides by its defaults who can read it. This state is meant
    /// for debugging with invented data.
    Open,
}

/// Name of the environment variable that switches the protection of the memory off, for debuggers, profilers and memory
/// checkers (sanitizers). Any value except the empty text switches it off.
pub const MEMORY_VARIABLE: &str = "ARGOS_OPEN_MEMORY";

/// Protects the API key and identity data in this process. Core dumps are switched off. On Linux, other processes of
/// the same user cannot read the memory and the environment. New files are not accessible to other users.
///
/// This function must be called first in `main`. The function reads [`MEMORY_VARIABLE`] directly, because reading the
/// whole environment first takes time in which the memory is not protected.
///
/// A sandbox may forbid one of the system calls of this function. Such an error is ignored, because nothing else
/// depends on these calls: the program creates each file with an explicit mode. [`memory`] returns whether the memory
/// is protected.
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

/// Asks the operating system whether the memory of this process is protected now against core dumps and other
/// processes.
pub fn memory() -> MemoryProtection {
    let no_core = getrlimit(Resource::Core).current == Some(0);
    #[cfg(target_os = "linux")]
    let is_closed = no_core
        && rustix::process::dumpable_behavior()
            .is_ok_and(|behavior| behavior == rustix::process::DumpableBehavior::NotDumpable);
    #[cfg(not(target_os = "linux"))]
    let is_closed = no_core;
    if is_closed { MemoryProtection::Closed } else { MemoryProtection::Open }
}
