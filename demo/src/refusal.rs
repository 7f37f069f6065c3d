//! Why the service itself, behind its gateway, refuses a request.

use serde_json::{Value, json};

/// A refusal. Codes and messages are documented; status 400 and the form of the body are assumed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum DemoRefusal {
    /// `invalid_parameter`: it is not expected at all, or not like this.
    Parameter(String),
    /// `invalid_format`: the parameter is known, its value is not in the documented form.
    Format(&'static str),
    /// `invalid_payload`: a plain request, where only encrypted ones are taken. Assumed.
    Plain,
    /// What came as encrypted cannot be decrypted. Documented for a sibling of the endpoint.
    Undecipherable,
    /// What was decrypted is no object of texts. Documented for a sibling of the endpoint.
    Unparsable,
}

impl DemoRefusal {
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
        }
    }
}
