//! The reasons why an export does not start at a path.

use std::fmt;
use std::path::PathBuf;

/// Reason why an export does not start at the path that the user named.
#[derive(Debug)]
pub(crate) enum TargetRefusal {
    /// A file with this path exists. It is replaced only if the user asks for that.
    FileExists(PathBuf),
    /// A temporary file of a stopped export to this path exists.
    PartExists {
        /// Path of the file.
        part: PathBuf,
        /// Whether the record of the stopped export (how far it has come) exists too, so that the export can be
        /// continued.
        can_continue: bool,
    },
    /// The path cannot be used; a sentence for the user says why.
    Unusable(String),
}

impl From<String> for TargetRefusal {
    fn from(sentence: String) -> Self {
        Self::Unusable(sentence)
    }
}

/// Writes the refusal as a sentence for the command line, with the option that helps.
impl fmt::Display for TargetRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FileExists(path) => write!(f, "{} exists: --force replaces it", path.display()),
            Self::PartExists { part, can_continue: true } => {
                let shown = part.display();
                write!(f, "{shown} belongs to a stopped export: --resume continues it, --force starts over")
            }
            Self::PartExists { part, can_continue: false } => {
                write!(f, "{} exists, but its resume record does not: --force replaces it", part.display())
            }
            Self::Unusable(sentence) => f.write_str(sentence),
        }
    }
}
