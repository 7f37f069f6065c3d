//! Finds the encrypted text in an answer of the service while secure transfer (a second encryption inside TLS) is on.

use std::borrow::Cow;

use crate::submission::json::Json;

/// Largest number of JSON objects inside of which the encrypted text is searched in an answer. The deepest documented
/// position is `response.body`.
const MAX_WRAPPINGS: usize = 2;

/// Returns the encrypted text (in base64) of `answer`, the JSON of an answer: the value of the string member `data`.
/// This member may be in the outermost JSON object, in its member `body`, or in `response.body`. Returns `None` if
/// there is no such member, so that the answer is not encrypted.
pub(super) fn sealed(answer: Json<'_>) -> Option<Cow<'_, str>> {
    let mut level = answer;
    for _ in 0..=MAX_WRAPPINGS {
        let (mut data, mut inner, mut is_plain) = (None, None, false);
        for (key, value) in level.members() {
            match &*key {
                "data" => data = value.string(),
                "isEncrypted" => is_plain = value.text() != "true",
                "Items" => return None,
                "body" | "response" if value.is_object() => inner = Some(value),
                _ => {}
            }
        }
        if data.is_some() {
            return data.filter(|_| !is_plain);
        }
        level = inner?;
    }
    None
}
