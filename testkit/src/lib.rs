//! Code that several tests of argos-review use. `tests/README.md` says where a test belongs, and which of these modules
//! it uses.
//!
//! This crate uses no code of the program, so that it does not repeat the program's mistakes. It runs the binary by its
//! path, and uses the demo data through the demo server.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking, what it uses too"
)]

pub mod binary;
pub mod call;
pub mod closed_port;
pub mod coding;
pub mod corpus;
pub mod deadline;
pub mod demo_process;
pub mod dice;
pub mod executable;
pub mod forbidden;
pub mod gzip;
pub mod long_run;
pub mod many;
pub mod output_judge;
pub mod own_process;
pub mod pictures;
pub mod pty;
pub mod server;
pub mod skipped;

use std::path::Path;

/// Returns the root folder of the workspace, which holds the `Cargo.toml` of the program.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace")
}
