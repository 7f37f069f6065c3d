//! Reads refusals of the service in all their forms (the service's documentation, "Error codes"). Bodies of the
//! gateway are not documented; they are read as Amazon's API Gateway writes them.

use std::fmt;
use std::time::Duration;

use strum::VariantArray;
use zeroize::Zeroizing;

use super::key_echo::MARK;
use super::sealed::sealed;
use crate::secret::ApiKey;
use crate::submission::json::Json;
use crate::text::Safe;

/// Number of characters of the service's own message that are shown at most.
const MESSAGE_CHARS: usize = 160;

/// Number of letters from which a part of the API key in a message is hidden. Shorter words occur in messages by
/// chance.
const KEY_PART: usize = 4;

/// Names of the parameters that carry identity data; their values are kept out of messages.
const PERSONAL: [&str; 4] = ["submission_id", "userid", "email", "nextpage_id"];

/// Names of all documented parameters, to find the one that an error is about.
const PARAMETERS: [&str; 10] = [
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

/// A refusal by the service or its gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Reason of the refusal.
    pub reason: RefusalReason,
    /// Documented `errorCode`, if the answer holds one.
    pub code: Option<Code>,
    /// Name of the documented parameter that the message names.
    pub parameter: Option<&'static str>,
    /// The service's own message, shortened and without anything that may be a value; empty if there is none.
    pub message: Safe,
    /// Wait before the next request, if the service requests one.
    pub retry_after: Option<Duration>,
}

/// Reason why the service refuses a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalReason {
    /// The API key is missing or wrong.
    Key,
    /// The caller's IP address is not on the project's list.
    Address,
    /// The gateway knows no such path.
    Path,
    /// The service rejects the request as invalid.
    Request,
    /// The service or this program cannot decrypt what the other sends.
    Encryption,
    /// The service received too many requests in a short time.
    Rate,
    /// The request quota is used up.
    Quota,
    /// The service answered that it failed (status 500 or higher).
    Server,
    /// The service refuses for another reason.
    Other,
}

/// The documented error codes of GET/Submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum Code {
    /// The service sends `invalid_payload`.
    InvalidPayload,
    /// The service sends `missing_data`.
    MissingData,
    /// The service sends `invalid_project`.
    InvalidProject,
    /// The service sends `invalid_admin`.
    InvalidAdmin,
    /// The service sends `invalid_parameter`.
    InvalidParameter,
    /// The service sends `invalid_format`.
    InvalidFormat,
    /// The service sends `processing_error`.
    ProcessingError,
}

impl Code {
    /// Returns the code as the service writes it.
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

/// Writes status, code and parameter, but nothing from the service's own message.
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
    /// Creates the refusal for a request that is held back because the service refused another one: too many in a
    /// short time.
    pub(super) fn rate_limit() -> Self {
        Said::default().into_refusal(429, RefusalReason::Rate, &[])
    }

    /// Reads an answer with an error status. If the body cannot be read, the refusal holds only what the status says.
    pub(super) fn read(status: u16, body: &[u8], sent: &[(&'static str, String)]) -> Self {
        let said = Json::read(body).map(Said::read).unwrap_or_default();
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
        said.into_refusal(status, reason, sent)
    }

    /// Returns the refusal without the API key: words of the message that hold the key, or that are a part of it, are
    /// replaced, whatever their case.
    pub(super) fn without(self, key: &ApiKey) -> Self {
        let key = Zeroizing::new(key.expose().to_ascii_lowercase());
        let shown = |word: &'_ str| {
            let lower = word.to_ascii_lowercase();
            let bare = lower.trim_matches(|c: char| !c.is_ascii_alphanumeric());
            if lower.contains(key.as_str()) {
                Some(MARK)
            } else {
                (bare.len() >= KEY_PART && key.contains(bare)).then_some("…")
            }
        };
        let words: Vec<&str> = self.message.as_str().split(' ').map(|word| shown(word).unwrap_or(word)).collect();
        Self { message: Safe::sanitize(&words.join(" ")), ..self }
    }

    /// Reads an answer with status 200 that holds no `Items`; returns `None` if the answer does not say that anything
    /// is wrong.
    pub(super) fn in_answer(answer: Json<'_>, sent: &[(&'static str, String)]) -> Option<Self> {
        let said = Said::read(answer);
        let reason =
            if is_about_encryption(&said.message) { RefusalReason::Encryption } else { RefusalReason::Request };
        (said.code.is_some() || !said.message.is_empty()).then(|| said.into_refusal(200, reason, sent))
    }
}

/// Code and message of a refusal, from whichever JSON members hold them.
#[derive(Default)]
struct Said {
    code: Option<Code>,
    message: String,
    /// Whether the body is still encrypted.
    sealed: bool,
}

/// Returns whether a message is about secure transfer. It is if it holds words that other endpoints use when secure
/// transfer fails (the service's documentation, "Patch submission", "Post projection"); nothing is documented for this
/// endpoint.
fn is_about_encryption(message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    ["decrypt", "encrypted", "data parsing error", "data processing error"].iter().any(|words| message.contains(words))
}

impl Said {
    fn read(body: Json<'_>) -> Self {
        let mut said = Self { sealed: sealed(body).is_some(), ..Self::default() };
        said.add(body);
        said
    }

    /// Adds code and message of this JSON object; the first code and the first message are kept.
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

    fn into_refusal(self, status: u16, reason: RefusalReason, sent: &[(&'static str, String)]) -> Refusal {
        let named = self.message.rsplit_once(':').map(|(_, name)| name.trim()).unwrap_or_default();
        let parameter = PARAMETERS.into_iter().find(|parameter| *parameter == named);
        let message = without_values(&self.message, sent);
        Refusal { status, reason, code: self.code, parameter, message, retry_after: None }
    }
}

/// Returns the message with an ellipsis in place of each word that may be a value. A word stays if it consists of
/// letters and at most three digits, does not mix letters and digits if it is long (as the numbers of documents do),
/// is shorter than a key, and holds no personal value of the request.
fn without_values(message: &str, sent: &[(&'static str, String)]) -> Safe {
    let personal: Vec<String> = sent
        .iter()
        .filter(|(name, _)| PERSONAL.contains(name))
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
        if text.len() + word.len() > MESSAGE_CHARS {
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
