//! Describes failed requests for a picture in words, with advice that fits requests for pictures.

use super::error::RequestError;
use super::failure::quoted;
use super::refusal::RefusalReason;
use crate::failure::{Failure, FailureKind};
use crate::text::Safe;

/// Converts `error`, the error of a request for a picture, into a message for the user.
pub fn picture_failure(error: &RequestError) -> Failure {
    let failure = Failure::from(error);
    match error {
        // A path that the gateway does not know has status 403.
        RequestError::Refused(refusal) if refusal.status == 404 => Failure {
            kind: FailureKind::NoPicture,
            sentence: Safe::sanitize(&("The service does not find this picture (404).".to_owned() + &quoted(refusal))),
            advice: Safe::from_static("It may have been deleted; the record may still name it."),
        },
        RequestError::Refused(refusal) => match refusal.reason {
            RefusalReason::Request if refusal.status < 300 => Failure {
                sentence: Safe::sanitize(
                    &(format!("The service sends a message instead of the picture ({}).", refusal.status)
                        + &quoted(refusal)),
                ),
                ..failure.advised("The submission may not have this picture, or not yet.")
            },
            RefusalReason::Request => failure.advised("The submission may not have this picture."),
            // Lists may have come with the same key, so it need not be wrong.
            RefusalReason::Key => Failure {
                sentence: Safe::sanitize(&format!(
                    "The service refuses this picture to the API key ({}).",
                    refusal.status
                )),
                ..failure.advised("Check whether the key is right, and whether it may fetch pictures.")
            },
            RefusalReason::Server
            | RefusalReason::Rate
            | RefusalReason::Quota
            | RefusalReason::Address
            | RefusalReason::Path
            | RefusalReason::Encryption
            | RefusalReason::Other => failure,
        },
        RequestError::TooLarge(limit) => Failure {
            sentence: Safe::sanitize(&format!("The picture is larger than {} MiB.", limit / (1024 * 1024))),
            ..failure.advised("It is not loaded; the service's dashboard can show it.")
        },
        RequestError::Empty => failure.advised("The submission may not have this picture."),
        RequestError::Html => {
            Failure { sentence: Safe::from_static("The answer is a web page, not a picture."), ..failure }
        }
        _ => failure,
    }
}
