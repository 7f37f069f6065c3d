//! A builder for JSON objects. The object keeps its keys in the order in which they are added.

use serde_json::{Map, Value};

/// A JSON object to which members are added one by one. The members keep this order.
#[derive(Default)]
pub(super) struct JsonObject(Map<String, Value>);

impl JsonObject {
    pub(super) fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub(super) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    /// Adds the member `key` with the value `value`. Adds nothing if `value` is `None`, because the service omits a key
    /// without a value and does not send `null`.
    #[must_use]
    pub(super) fn with_optional(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    pub(super) fn into_map(self) -> Map<String, Value> {
        self.0
    }
}

impl From<JsonObject> for Value {
    fn from(object: JsonObject) -> Self {
        Self::Object(object.0)
    }
}
