//! What the service says when it refuses, in any of its shapes (the service's documentation, "Error codes"; bodies of
//! the gateway are not documented and are read as Amazon's API Gateway writes them).

use std::fmt;
use std::time::Duration;

use strum::VariantArray;
use zeroize::Zeroizing;

use super::key_echo::MARK;
use super::sealed::sealed;
use crate::secret::ApiKey;
use crate::submission::json::Json;
use crate::text::Safe;

/// Characters of the service's own message that are shown.
const MESSAGE_CHARS: usize = 160;

/// Letters of a part of the key from which it is taken for one: shorter words are in messages by themselves.
const KEY_PART: usize = 4;

/// Parameters that carry identity data; their values are kept out of messages.
const PERSONAL: [&str; 4] = ["submission_id", "userid", "email", "nextpage_id"];

/// Every documented parameter, for naming the one that an error is about.
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
    /// What it comes down to.
    pub reason: RefusalReason,
    /// The documented `errorCode`, if it is one.
    pub code: Option<Code>,
    /// The documented parameter that the message names.
    pub parameter: Option<&'static str>,
    /// The service's own words, cut, without anything that may be a value; empty if it gave none.
    pub message: Safe,
    /// How long to wait before the next request, if the service said so.
    pub retry_after: Option<Duration>,
}

/// What a refusal comes down to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalReason {
    /// The API key is missing or wrong.
    Key,
    /// The caller's address is not on the project's list.
    Address,
    /// The gateway knows no such path.
    Path,
    /// The request is wrong in the service's eyes.
    Request,
    /// What travels encrypted cannot be decrypted, on either side.
    Encryption,
    /// Too many requests in a short time.
    Rate,
    /// The quota is used up.
    Quota,
    /// The service failed.
    Server,
    /// Anything else.
    Other,
}

/// The documented error codes of GET/Submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum Code {
    /// `invalid_payload`
    InvalidPayload,
    /// `missing_data`
    MissingData,
    /// `invalid_project`
    InvalidProject,
    /// `invalid_admin`
    InvalidAdmin,
    /// `invalid_parameter`
    InvalidParameter,
    /// `invalid_format`
    InvalidFormat,
    /// `processing_error`
    ProcessingError,
}

impl Code {
    /// The word on the wire.
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

/// Status, code and parameter: our own words only.
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
    /// Replaces a refusal that another request received: too many in a short time.
    pub(super) fn rate_limit() -> Self {
        Said::default().into_refusal(429, RefusalReason::Rate, &[])
    }

    /// Reads an answer that is not a success. A body that cannot be read leaves what the status says.
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

    /// The same without the words of the message that hold the key, or that are a part of it, whatever their case.
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

    /// Reads an answer that came with status 200 but holds no `Items`; `None` if it does not say that anything is wrong.
    pub(super) fn in_answer(answer: Json<'_>, sent: &[(&'static str, String)]) -> Option<Self> {
        let said = Said::read(answer);
        let reason =
            if is_about_encryption(&said.message) { RefusalReason::Encryption } else { RefusalReason::Request };
        (said.code.is_some() || !said.message.is_empty()).then(|| said.into_refusal(200, reason, sent))
    }
}

/// Code and message from whichever members hold them.
#[derive(Default)]
struct Said {
    code: Option<Code>,
    message: String,
    /// It is still encrypted.
    sealed: bool,
}

/// What sibling endpoints say when secure transfer fails (the service's documentation, "Patch submission", "Post
/// projection"); nothing is documented for this one.
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

    /// Takes what this object says; the first of each counts.
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

/// The words of a message that can be no value: letters, at most three digits and in a longer word none beside letters (a
/// document's number), no length that only keys have, and none of what was asked for. Each other word becomes an ellipsis.
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
