//! The log: off unless a file is named, and readable by its owner only.
//!
//! It holds this program's own lines and none of the libraries', which print addresses and headers. A line tells what was
//! asked, how long it took, how much came and what kind of failure; never a parameter, a header or a value.

use std::path::Path;
use std::sync::Mutex;

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{Layer as _, Registry, fmt};

use crate::private;

/// Begins to write to a file, which gets the mode 0600.
///
/// # Errors
/// When the file cannot be opened, or is not the user's own regular file.
pub fn begin(path: &Path) -> std::io::Result<()> {
    let file = private::append(path)?;
    let lines = fmt::layer().with_ansi(false).with_target(false).with_writer(Mutex::new(file));
    let own = Targets::new().with_target(env!("CARGO_CRATE_NAME"), Level::INFO);
    // A log that began already goes on; there is one a process.
    let _ = tracing::subscriber::set_global_default(Registry::default().with(lines.with_filter(own)));
    Ok(())
}
