//! What the tests of argos-review share. `tests/README.md` says where a test goes and which of this it uses.
//!
//! Nothing here uses the program's own code: what judges a program must not repeat its mistakes. It knows the binary by its
//! path and the demo by its server.
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

/// Returns the folder of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace")
}
