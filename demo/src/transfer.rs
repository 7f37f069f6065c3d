//! Secure data transfer (the service's own encryption of requests and answers): decrypts the request parameters in
//! `data`, and encrypts answers. The source is the service's documentation, "Encrypt and decrypt data" and
//! "GET/Submission", 4.1 and 6.

use serde_json::{Map, Value, json};

use super::behaviour::{Behaviour, Inside, SecureTransfer, Wrapping};
use super::cipher;
use super::faults::RequestKind;
use super::refusal::DemoRefusal;

/// The parameters that an encrypted request may hold, according to the documentation.
const ENCRYPTABLE_PARAMETERS: [&str; 4] = ["email", "start_date", "end_date", "submission_id"];

/// The parameters of a request, after decryption if the request was encrypted.
pub(super) struct DecryptedRequest {
    /// Whether the request was encrypted.
    pub(super) is_encrypted: bool,
    /// Names and values of the parameters in the order in which they were sent, or the reason why the request is
    /// refused.
    pub(super) pairs: Result<Vec<(String, String)>, DemoRefusal>,
}

impl DecryptedRequest {
    /// Parses the query string of a request for a picture, and decrypts its parameters if they are encrypted. `key` is
    /// the API key, from which the cipher key is made. If secure transfer is on, both encrypted and plain parameters
    /// are accepted (assumed: the documentation does not connect pictures with secure transfer).
    pub(super) fn read_for_picture(query: &str, key: &str, behaviour: &Behaviour) -> Self {
        let secure_transfer = match behaviour.secure_transfer {
            SecureTransfer::Off => SecureTransfer::Off,
            SecureTransfer::Optional | SecureTransfer::Required => SecureTransfer::Optional,
        };
        Self::read(query, key, &Behaviour { secure_transfer, inside: Inside::All, ..behaviour.clone() })
    }

    /// Parses the query string of a request, and decrypts its parameters if they are encrypted. `key` is the API key,
    /// from which the cipher key is made. `behaviour` says whether encryption is allowed or required, and for which
    /// parameters.
    pub(super) fn read(query: &str, key: &str, behaviour: &Behaviour) -> Self {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let data = pairs.iter().find(|(name, _)| name == "data").map(|(_, value)| value);
        match (behaviour.secure_transfer, data) {
            (SecureTransfer::Off, _) | (SecureTransfer::Optional, None) => {
                Self { is_encrypted: false, pairs: Ok(pairs) }
            }
            (SecureTransfer::Required, None) => Self { is_encrypted: false, pairs: Err(DemoRefusal::Plain) },
            (SecureTransfer::Optional | SecureTransfer::Required, Some(data)) => {
                // Assumed: an encrypted request has no other parameter than `data`.
                let beside = pairs.iter().find(|(name, _)| name != "data").map(|(name, _)| name.clone());
                let twice = (pairs.len() > 1).then(|| "data".to_owned());
                let pairs = match beside.or(twice) {
                    Some(name) => Err(DemoRefusal::Parameter(name)),
                    None => decrypt_parameters(data, key, behaviour.inside),
                };
                Self { is_encrypted: true, pairs }
            }
        }
    }
}

/// Returns the kind of a request for submissions, such as a request for a first page. It determines which deliberate
/// faults of the scenario may affect the request. `pairs` holds the names and values of the request's parameters. If it
/// holds the reason of a refusal instead, the kind is [`RequestKind::All`].
pub(super) fn asked(pairs: &Result<Vec<(String, String)>, DemoRefusal>) -> RequestKind {
    let Ok(pairs) = pairs else { return RequestKind::All };
    let holds = |name: &str| pairs.iter().any(|(own, _)| own == name);
    match (holds("submission_id"), holds("nextpage_id") || holds("nextpage_date")) {
        (true, _) => RequestKind::Single,
        (false, true) => RequestKind::NextPage,
        (false, false) => RequestKind::FirstPage,
    }
}

fn decrypt_parameters(data: &str, key: &str, inside: Inside) -> Result<Vec<(String, String)>, DemoRefusal> {
    let plain = cipher::decrypt(key, data).ok_or(DemoRefusal::Undecipherable)?;
    let object: Map<String, Value> = serde_json::from_slice(&plain).map_err(|_| DemoRefusal::Unparsable)?;
    let text = |(name, value)| match value {
        Value::String(value) => Ok((name, value)),
        _ => Err(DemoRefusal::Unparsable),
    };
    let pairs = object.into_iter().map(text).collect::<Result<Vec<(String, String)>, DemoRefusal>>()?;
    let unlisted =
        pairs.iter().find(|(name, _)| inside == Inside::Listed && !ENCRYPTABLE_PARAMETERS.contains(&name.as_str()));
    match unlisted {
        Some((name, _)) => Err(DemoRefusal::Parameter(name.clone())),
        None => Ok(pairs),
    }
}

/// Encrypts an answer, and returns it inside the JSON that `wrapping` selects. `answer` holds the bytes of a JSON text
/// or of a picture. `key` is the API key, from which the cipher key is made.
pub(super) fn encrypt_answer(answer: &[u8], key: &str, wrapping: Wrapping) -> Value {
    let is_encrypted = json!({ "data": cipher::encrypt(key, answer), "isEncrypted": true });
    match wrapping {
        Wrapping::None => is_encrypted,
        Wrapping::Body => json!({ "body": is_encrypted }),
        Wrapping::ResponseBody => json!({ "response": { "body": is_encrypted } }),
    }
}
