//! Reasons why the service itself refuses a request. Refusals by the gateway in front of the service are not among
//! them.

use axum::http::StatusCode;
use serde_json::{Value, json};

/// A reason why the service refuses a request. Error codes and messages are documented, unless a variant calls them
/// assumed. The status and the form of the JSON body are assumed for all variants.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum DemoRefusal {
    /// `invalid_parameter`: the server rejects the parameter with this name, for example because it is unknown, missing
    /// or not allowed.
    Parameter(String),
    /// `invalid_format`: the value of the parameter with this name is not in the documented form.
    Format(&'static str),
    /// `invalid_payload`: the request is not encrypted, but the server accepts only encrypted requests. This code is
    /// assumed.
    Plain,
    /// The encrypted parameters of the request cannot be decrypted. The error is documented for a similar endpoint.
    Undecipherable,
    /// The decrypted parameters of the request are not a JSON object of texts. The error is documented for a similar
    /// endpoint.
    Unparsable,
    /// The server has no submission with the id in a request for a picture. The status 404 and the message are assumed.
    NoSubmission,
    /// The submission has no picture of the requested kind. The status 404 and the message are assumed.
    NoPicture,
}

impl DemoRefusal {
    /// Returns the HTTP status of the refusal.
    pub(super) const fn status(&self) -> StatusCode {
        match self {
            Self::NoSubmission | Self::NoPicture => StatusCode::NOT_FOUND,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    pub(super) fn body(&self) -> Value {
        match self {
            Self::Parameter(name) => {
                json!({ "errorCode": "invalid_parameter", "message": format!("Invalid parameter: {name}") })
            }
            Self::Format(name) => {
                json!({ "errorCode": "invalid_format", "message": format!("Invalid format: {name}") })
            }
            Self::Plain => json!({ "errorCode": "invalid_payload", "message": "Invalid payload" }),
            Self::Undecipherable => json!({ "message": "Decryption is Failed. Please check the api-key." }),
            Self::Unparsable => json!({ "message": "data parsing error. please check input data." }),
            Self::NoSubmission => json!({ "message": "Submission not found" }),
            Self::NoPicture => json!({ "message": "Image not found" }),
        }
    }
}
