//! What is asked of the operating system before a secret is read.

use rustix::fs::Mode;
use rustix::process::{Resource, Rlimit, setrlimit, umask};

/// Keeps the key and identity data out of core dumps, out of other processes of the same user (environment and
/// memory, on Linux) and new files out of other users' reach. To be called first thing in `main`, while there is one
/// thread.
///
/// A sandbox may forbid one of these calls. That is no reason to refuse work, as each only adds to protection that
/// the rest does not lean on: files are created with their modes stated.
pub fn harden_process() {
    umask(Mode::RWXG | Mode::RWXO);
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
