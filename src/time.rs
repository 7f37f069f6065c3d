//! Times as the service sends them: an instant where it parses, and always the text that came.

use jiff::Timestamp;

/// Reads a timestamp leniently; `None` when it does not parse.
#[must_use]
pub fn read(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}
