//! Reads the error answers (refusals) of the service in all documented forms (the service's documentation, "Error
//! codes"). The error answers of the gateway are not documented; they are read in the form of Amazon's API Gateway.

use std::fmt;
use std::time::Duration;

use strum::VariantArray;
use zeroize::Zeroizing;

use super::ciphertext::sealed;
use super::key_echo::KEY_REPLACEMENT;
use crate::secret::ApiKey;
use crate::submission::json::Json;
use crate::text::Safe;

/// Largest number of bytes that are shown of the service's message in an error answer. The rest of the message is cut
/// off.
const MAX_MESSAGE_BYTES: usize = 160;

/// Shortest part of the API key, in characters, that is hidden in messages of the service. Shorter parts are shown,
/// since they occur in messages by chance.
const MIN_KEY_PART_CHARS: usize = 4;

/// Names of the query parameters whose values are identity data. These values are removed from messages of the service
/// before a message is shown.
const PERSONAL_PARAMETERS: [&str; 4] = ["submission_id", "userid", "email", "nextpage_id"];

/// Names of all documented query parameters. If an error message of the service holds one of these names, this
/// parameter was wrong.
const DOCUMENTED_PARAMETERS: [&str; 10] = [
    "submission_id",
    "userid",
    "email",
    "count",
    "nextpage_id",
    "nextpage_date",
    "start_date",
    "end_date",
    "request_type",
    "data",
];

/// Error answer of the service or of its gateway (the server in front of the service) to a request: the request was
/// refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status of the answer.
    pub status: u16,
    /// Reason of the refusal, derived from the status and the message of the answer.
    pub reason: RefusalReason,
    /// Error code of the answer (`errorCode`); `None` if the answer holds no code or a code that is not documented.
    pub code: Option<Code>,
    /// Name of the wrong query parameter, such as `start_date`, from the service's message; `None` if the message names
    /// no documented parameter.
    pub parameter: Option<&'static str>,
    /// Message of the service in the answer, shortened and without words that may be identity data; empty if the answer
    /// holds no message.
    pub message: Safe,
    /// Wait that the service requests before the next request; `None` if the answer requests no wait.
    pub retry_after: Option<Duration>,
}

/// Reason why the service refuses a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalReason {
    /// The API key is missing or wrong.
    Key,
    /// The IP address from which the request came is not on the list of allowed addresses of the user's project at the
    /// service.
    Address,
    /// The gateway does not know the path of the request.
    Path,
    /// The service rejects the request as invalid.
    Request,
    /// The service cannot decrypt the request, or this program cannot decrypt the error answer.
    Encryption,
    /// The service received too many requests in a short time.
    Rate,
    /// The request quota is used up.
    Quota,
    /// The service answered that it failed (status 500 or higher).
    Server,
    /// The service refuses the request for a reason that no other variant describes.
    Other,
}

/// Error code (`errorCode`) that the service documents for the request `GET/Submission`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum Code {
    /// The error code `invalid_payload`.
    InvalidPayload,
    /// The error code `missing_data`.
    MissingData,
    /// The error code `invalid_project`.
    InvalidProject,
    /// The error code `invalid_admin`.
    InvalidAdmin,
    /// The error code `invalid_parameter`.
    InvalidParameter,
    /// The error code `invalid_format`.
    InvalidFormat,
    /// The error code `processing_error`.
    ProcessingError,
}

impl Code {
    /// Returns the code as the service writes it, for example `invalid_format`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::InvalidPayload => "invalid_payload",
            Self::MissingData => "missing_data",
            Self::InvalidProject => "invalid_project",
            Self::InvalidAdmin => "invalid_admin",
            Self::InvalidParameter => "invalid_parameter",
            Self::InvalidFormat => "invalid_format",
            Self::ProcessingError => "processing_error",
        }
    }
}

/// Writes the HTTP status, the error code and the wrong parameter of the refusal, such as `status 400, invalid_format,
/// start_date`. The message of the service is not written.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "status {}", self.status)?;
        if let Some(code) = self.code {
            write!(f, ", {}", code.word())?;
        }
        self.parameter.map_or(Ok(()), |parameter| write!(f, ", {parameter}"))
    }
}

impl Refusal {
    /// Creates a refusal with status 429 ("too many requests") without an answer of the service. It is used for a
    /// request that is not sent, because the service refused an earlier request with this status.
    pub(super) fn rate_limit() -> Self {
        RefusalParts::default().into_refusal(429, RefusalReason::Rate, &[])
    }

    /// Reads an answer with an error status. If the body is not JSON, the refusal is made from the status alone.
    /// `parameters` are the query parameters of the request; their personal values are removed from the message.
    pub(super) fn read(status: u16, body: &[u8], parameters: &[(&'static str, String)]) -> Self {
        let said = Json::read(body).map(RefusalParts::read).unwrap_or_default();
        let message = said.message.as_str();
        let reason = match status {
            401 => RefusalReason::Key,
            403 if message.eq_ignore_ascii_case("Forbidden") => RefusalReason::Key,
            403 if message.contains("explicit deny") => RefusalReason::Address,
            403 if message.eq_ignore_ascii_case("Missing Authentication Token") => RefusalReason::Path,
            404 => RefusalReason::Path,
            429 if message.to_ascii_lowercase().contains("limit exceeded") => RefusalReason::Quota,
            429 => RefusalReason::Rate,
            400..=499 if said.sealed || is_about_encryption(message) => RefusalReason::Encryption,
            400..=499 if said.code.is_some() || status == 400 => RefusalReason::Request,
            500.. => RefusalReason::Server,
            _ => RefusalReason::Other,
        };
        said.into_refusal(status, reason, parameters)
    }

    /// Returns this refusal with the API key removed from its message. Each word of the message that holds the key, or
    /// that is a part of the key, is replaced. Upper and lower case are treated as equal.
    pub(super) fn without_key(self, key: &ApiKey) -> Self {
        let key = Zeroizing::new(key.expose().to_ascii_lowercase());
        let shown = |word: &'_ str| {
            let lower = word.to_ascii_lowercase();
            let bare = lower.trim_matches(|c: char| !c.is_ascii_alphanumeric());
            if lower.contains(key.as_str()) {
                Some(KEY_REPLACEMENT)
            } else {
                (bare.len() >= MIN_KEY_PART_CHARS && key.contains(bare)).then_some("…")
            }
        };
        let words: Vec<&str> = self.message.as_str().split(' ').map(|word| shown(word).unwrap_or(word)).collect();
        Self { message: Safe::sanitize(&words.join(" ")), ..self }
    }

    /// Reads the refusal in an answer with status 200 that holds no list `Items`. `parameters` are the query parameters
    /// of the request. Returns `None` if the answer holds neither an error code nor a message.
    pub(super) fn from_answer(answer: Json<'_>, parameters: &[(&'static str, String)]) -> Option<Self> {
        let said = RefusalParts::read(answer);
        let reason =
            if is_about_encryption(&said.message) { RefusalReason::Encryption } else { RefusalReason::Request };
        (said.code.is_some() || !said.message.is_empty()).then(|| said.into_refusal(200, reason, parameters))
    }
}

/// Error code and message of a refusal (an error answer of the service). They are collected from all members of the
/// JSON body that may hold them, such as `errorCode` and `errors`.
#[derive(Default)]
struct RefusalParts {
    code: Option<Code>,
    message: String,
    /// Whether the body of the error answer is still encrypted. This is so if the body could not be decrypted, or if
    /// secure transfer (a second encryption inside TLS) is off.
    sealed: bool,
}

/// Returns whether an error message is about secure transfer (a second encryption inside TLS). The message is searched
/// for words of the service's error messages about secure transfer. Such messages are documented only for other
/// requests ("Patch submission", "Post projection"), not for `GET/Submission`.
fn is_about_encryption(message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    ["decrypt", "encrypted", "data parsing error", "data processing error"].iter().any(|words| message.contains(words))
}

impl RefusalParts {
    fn read(body: Json<'_>) -> Self {
        let mut said = Self { sealed: sealed(body).is_some(), ..Self::default() };
        said.add(body);
        said
    }

    /// Stores the error code and the message that `body`, a JSON object in the error answer, holds. A code or message
    /// that is already stored is kept.
    fn add(&mut self, body: Json<'_>) {
        for (key, value) in body.members() {
            match &*key {
                "errorCode" | "code" => {
                    let word = value.string().unwrap_or_default();
                    let code = Code::VARIANTS.iter().copied().find(|code| code.word() == word);
                    self.code = self.code.or(code);
                    // Some endpoints send a sentence as their code.
                    if code.is_none() && word.contains(' ') {
                        self.add_message(&word);
                    }
                }
                "message" | "Message" | "errorMessage" => self.add_message(&value.string().unwrap_or_default()),
                "messages" => value.elements().for_each(|one| self.add_message(&one.string().unwrap_or_default())),
                "errors" => value.elements().for_each(|one| {
                    // One level only: an error inside an error is not read.
                    if one.members().all(|(key, _)| key != "errors") {
                        self.add(one);
                    }
                }),
                _ => {}
            }
        }
    }

    fn add_message(&mut self, message: &str) {
        if self.message.is_empty() {
            message.trim().clone_into(&mut self.message);
        }
    }

    fn into_refusal(self, status: u16, reason: RefusalReason, parameters: &[(&'static str, String)]) -> Refusal {
        let named = self.message.rsplit_once(':').map(|(_, name)| name.trim()).unwrap_or_default();
        let parameter = DOCUMENTED_PARAMETERS.into_iter().find(|parameter| *parameter == named);
        let message = without_values(&self.message, parameters);
        Refusal { status, reason, code: self.code, parameter, message, retry_after: None }
    }
}

/// Returns `message`, the message of the service, with an ellipsis in place of each word that may be identity data or a
/// secret. `parameters` are the query parameters of the request. A word is kept only if all of these are true:
/// - The word consists of letters and at most three digits.
/// - A long word does not mix letters and digits, as numbers of documents do.
/// - The word is shorter than an API key.
/// - The word holds no personal value of the request.
fn without_values(message: &str, parameters: &[(&'static str, String)]) -> Safe {
    let personal: Vec<String> = parameters
        .iter()
        .filter(|(name, _)| PERSONAL_PARAMETERS.contains(name))
        .flat_map(|(_, value)| value.split_whitespace())
        .map(str::to_lowercase)
        .collect();
    let is_plain = |word: &&str| {
        let lower = word.to_lowercase();
        // The dots are those of a key that was hidden.
        word.chars().all(|c| c.is_ascii_alphanumeric() || ".,:;!?'\"()-_•".contains(c))
            && word.bytes().filter(u8::is_ascii_digit).count() <= 3
            && (word.len() < 6 || !(word.contains(|c: char| c.is_ascii_digit()) && word.contains(char::is_alphabetic)))
            && word.len() <= 24
            && !personal.iter().any(|value| lower.contains(value.as_str()))
    };
    let words = message.split_whitespace().map(|word| Some(word).filter(is_plain).unwrap_or("…"));
    let mut text = String::new();
    for word in words {
        if text.len() + word.len() > MAX_MESSAGE_BYTES {
            text.push_str(" …");
            break;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    Safe::sanitize(&text)
}

#[cfg(test)]
mod tests;
