//! Where an encrypted answer holds its text.

use std::borrow::Cow;

use crate::submission::json::Json;

/// `body` in `response` is the deepest that the documentation's notation can be read.
const WRAPPINGS: usize = 2;

/// The base64 text of an encrypted answer, wherever it is: at the top, in `body`, or in `response.body`.
pub(super) fn sealed(answer: Json<'_>) -> Option<Cow<'_, str>> {
    let mut level = answer;
    for _ in 0..=WRAPPINGS {
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
