//! Finds the text of an encrypted answer.

use std::borrow::Cow;

use crate::submission::json::Json;

/// Number of objects that may enclose the encrypted text. The deepest form that the documentation's notation allows
/// is `body` in `response`.
const WRAPPINGS: usize = 2;

/// Returns the base64 text of an encrypted answer: at the top, in `body`, or in `response.body`. Returns `None` if
/// the answer is not encrypted.
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
