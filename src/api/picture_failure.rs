//! Failures of a request for a picture in words. Their advice differs from that of a request for submissions, which
//! speaks of filters, pages and date ranges.

use super::error::RequestError;
use super::failure::quoted;
use super::refusal::RefusalReason;
use crate::failure::{Failure, FailureKind, Stage};
use crate::text::Safe;

/// Describes `error`, with which a request for a picture failed, for the user.
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
                ..advised(failure, "The submission may not have this picture, or not yet.")
            },
            RefusalReason::Request => advised(failure, "The submission may not have this picture."),
            // Lists may have come with the same key, so it need not be wrong.
            RefusalReason::Key => Failure {
                sentence: Safe::sanitize(&format!(
                    "The service refuses this picture to the API key ({}).",
                    refusal.status
                )),
                ..advised(failure, "Check whether the key is right, and whether it may fetch pictures.")
            },
            RefusalReason::Server => advised(failure, "Try again. If it persists, report it to ARGOS."),
            RefusalReason::Rate
            | RefusalReason::Quota
            | RefusalReason::Address
            | RefusalReason::Path
            | RefusalReason::Encryption
            | RefusalReason::Other => failure,
        },
        RequestError::TooLarge(limit) => Failure {
            sentence: Safe::sanitize(&format!("The picture is larger than {} MiB.", limit / (1024 * 1024))),
            ..advised(failure, "It is not loaded; the service's dashboard can show it.")
        },
        RequestError::Empty => advised(failure, "The submission may not have this picture."),
        RequestError::Html => {
            Failure { sentence: Safe::from_static("The answer is a web page, not a picture."), ..failure }
        }
        RequestError::TimedOut(stage) if *stage != Stage::Connect => advised(failure, "Try again."),
        RequestError::CutOff => advised(failure, "Try again."),
        _ => failure,
    }
}

fn advised(failure: Failure, advice: &'static str) -> Failure {
    Failure { advice: Safe::from_static(advice), ..failure }
}
