//! Reasons why a file cannot be shown as a picture, each in one sentence.

use super::kind::ContentKind;
use super::{MAX_FILE_BYTES, MAX_PIXELS};

/// Reason why a file cannot be shown as a picture. Its text is one sentence that contains nothing from the content of
/// the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureFault {
    /// The file has no bytes.
    #[error("The picture is empty.")]
    Empty,
    /// The file is not a JPEG, PNG or WebP picture. Holds the kind of the file; `None` if the kind is unknown.
    #[error("{}", wrong_kind(*.0))]
    Kind(Option<ContentKind>),
    /// The file is larger than [`MAX_FILE_BYTES`].
    #[error("The picture is larger than {} MiB.", MAX_FILE_BYTES >> 20)]
    TooManyBytes,
    /// The picture has more pixels than [`MAX_PIXELS`].
    #[error("The picture has more than {} million pixels.", MAX_PIXELS / 1_000_000)]
    TooManyPixels,
    /// Decoding would take more memory than [`MAX_DECODE_MEMORY`](super::MAX_DECODE_MEMORY).
    #[error("The picture needs too much memory to be decoded.")]
    TooMuchMemory,
    /// The file ends before the end of the picture.
    #[error("The picture is cut off.")]
    CutOff,
    /// The content of the file is not valid for its kind.
    #[error("The picture is damaged.")]
    Damaged,
    /// The picture uses a variant of its kind that this program does not read.
    #[error("The picture uses a variant of its format that this program does not read.")]
    Unsupported,
}

impl PictureFault {
    /// Returns whether a new request for the picture may help, because the file may have been damaged during the
    /// transfer.
    pub const fn retry_may_help(self) -> bool {
        matches!(self, Self::Empty | Self::CutOff | Self::Damaged)
    }
}

fn wrong_kind(kind: Option<ContentKind>) -> String {
    match kind {
        Some(kind) => format!("The file is {kind}, not a JPEG, PNG or WebP picture."),
        None => "The file is not a JPEG, PNG or WebP picture.".to_owned(),
    }
}
