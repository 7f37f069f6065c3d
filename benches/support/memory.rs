//! The memory of a process, where the system has a `/proc`.

use std::fs::read_to_string;

/// Memory of a process, in bytes.
pub(crate) struct Memory {
    pub(crate) resident: f64,
    pub(crate) peak: f64,
}

/// Returns the memory that a process has now, and the most that it ever had.
pub(crate) fn memory(id: u32) -> Option<Memory> {
    let status = read_to_string(format!("/proc/{id}/status")).ok()?;
    let bytes = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        let kib: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kib * 1_024.0)
    };
    Some(Memory { resident: bytes("VmRSS:")?, peak: bytes("VmHWM:")? })
}
