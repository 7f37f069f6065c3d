//! What a process did so far, where the system has a `/proc`.

use std::fs::{read_dir, read_to_string};

/// What all threads of a process did so far.
pub(crate) struct Work {
    /// Time on a processor, in nanoseconds.
    pub(crate) nanoseconds: u64,
    /// How often a thread was woken or had to wait for a processor.
    pub(crate) switches: u64,
}

/// Returns what all threads of a process did so far.
pub(crate) fn work(id: u32) -> Option<Work> {
    let mut work = Work { nanoseconds: 0, switches: 0 };
    for thread in read_dir(format!("/proc/{id}/task")).ok()? {
        let folder = thread.ok()?.path();
        let times = read_to_string(folder.join("schedstat")).ok()?;
        work.nanoseconds += times.split_whitespace().next()?.parse::<u64>().ok()?;
        let status = read_to_string(folder.join("status")).ok()?;
        let counts = status.lines().filter_map(|line| line.split_once("ctxt_switches:"));
        work.switches += counts.filter_map(|(_, count)| count.trim().parse::<u64>().ok()).sum::<u64>();
    }
    Some(work)
}
