//! Describes failed requests for a page of the list, or for one full record, in words. The advice fits what was
//! requested: a smaller page helps only where a page of several submissions was requested.

use super::error::RequestError;
use super::refusal::RefusalReason;
use crate::failure::{Failure, Stage};
use crate::query::Params;

/// Converts `error`, the error of a request for a page of the list, into a message for the user. `params` are the query
/// parameters of the request.
pub fn page_failure(error: &RequestError, params: &Params) -> Failure {
    if params.submission_id.is_some() {
        return record_failure(error);
    }
    let failure = Failure::from(error);
    match error {
        RequestError::TimedOut(stage) if *stage != Stage::Connect => {
            failure.advised("Retry with a shorter date range or a smaller count.")
        }
        RequestError::CutOff => failure.advised("Try again. If it persists, request a smaller count."),
        RequestError::TooLarge(_) => failure.advised("Request a smaller count or a shorter date range."),
        RequestError::Refused(refusal) => match refusal.reason {
            RefusalReason::Request => {
                failure.advised("Check the filter; if it is right, the service may have changed.")
            }
            RefusalReason::Server => {
                failure.advised("Try again. If it persists, request a smaller count or report it to ARGOS.")
            }
            _ => failure,
        },
        _ => failure,
    }
}

/// Converts `error`, the error of a request for one full record, into a message for the user.
pub fn record_failure(error: &RequestError) -> Failure {
    let failure = Failure::from(error);
    match error {
        RequestError::TooLarge(_) => {
            failure.advised("It is not loaded; the service's dashboard can show the submission.")
        }
        RequestError::Refused(refusal) if refusal.reason == RefusalReason::Request => {
            failure.advised("Check the submission id; if it is right, the service may have changed.")
        }
        _ => failure,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Refusal;
    use super::*;
    use crate::text::Safe;

    fn errors() -> Vec<RequestError> {
        let refusal = |status, reason| {
            RequestError::Refused(Refusal {
                status,
                reason,
                code: None,
                parameter: None,
                message: Safe::default(),
                retry_after: None,
            })
        };
        vec![
            RequestError::TimedOut(Stage::Header),
            RequestError::TimedOut(Stage::Idle),
            RequestError::TimedOut(Stage::Total),
            RequestError::CutOff,
            RequestError::TooLarge(16 * 1024 * 1024),
            refusal(400, RefusalReason::Request),
            refusal(500, RefusalReason::Server),
        ]
    }

    #[test]
    fn a_smaller_page_is_advised_only_where_a_page_of_several_submissions_was_requested() {
        let of_one = Params { submission_id: Some("a".to_owned()), ..Params::default() };
        let of_pages = |advice: &str| ["count", "range", "filter"].iter().any(|word| advice.contains(word));
        for error in errors() {
            let page = page_failure(&error, &Params::default());
            assert!(of_pages(page.advice.as_str()), "{}", page.advice.as_str());
            for one in [record_failure(&error), page_failure(&error, &of_one), Failure::from(&error)] {
                assert!(!of_pages(one.advice.as_str()), "{}", one.advice.as_str());
                assert!(!one.advice.is_empty() && one.sentence == page.sentence && one.kind == page.kind);
            }
        }
    }
}
