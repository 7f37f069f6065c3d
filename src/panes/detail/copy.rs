//! Copies parts of the shown submission, always as the mask shows them.

use strum::VariantArray;

use super::Detail;
use crate::submission::{Document, Field, Node, path, shown, write};
use crate::text::{Mask, Safe, json_string};

/// The most bytes of a value that is put together to be copied: more than any terminal takes.
const MAX_VALUE_BYTES: usize = 1 << 20;

/// A part of the submission that can be copied, in the order of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum Copied {
    /// The value of the line.
    Value,
    /// The path of the line's field, as `jq` reads it in a submission.
    Path,
    /// The line's field and everything below it as JSON.
    Part,
    /// The id of the submission.
    Id,
    /// The submission as JSON.
    Submission,
    /// A `curl` command for the submission, with the key as a variable.
    Curl,
}

/// The address that a copied `curl` command requests.
#[derive(Clone, Copy, Debug)]
pub struct CurlEndpoint<'a> {
    /// The URL of the service's submissions.
    pub address: &'a str,
    /// Whether parameters and answers are encrypted.
    pub encrypted: bool,
}

impl CurlEndpoint<'_> {
    /// Returns a shell command for one submission. With encryption, openssl does what the service documents, and derives
    /// the cipher's key from the variable.
    fn command(self, id: &str) -> String {
        let Self { address, encrypted } = self;
        if !encrypted {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("submission_id", id).finish();
            return format!("curl -sS -H \"x-api-key: $ARGOS_API_KEY\" \"{address}?{query}\"");
        }
        // Invisible characters are escaped, since people read a command before they run it.
        let asked = format!("{{\"submission_id\":{}}}", json_string(id)).replace('\'', "'\\''");
        let cipher = "-aes-256-ecb -base64 -A -K $K";
        format!(
            "K=$(printf %s \"$ARGOS_API_KEY\" | openssl dgst -sha256 -r | cut -c1-64); curl -sS -G -H \"x-api-key: \
             $ARGOS_API_KEY\" --data-urlencode \"data=$(printf %s '{asked}' | openssl enc {cipher})\" \"{address}\" | jq -r \
             .data | openssl enc -d {cipher}"
        )
    }
}

/// The result of copying. No `Debug`: it is identity data.
pub enum CopyText {
    /// There is nothing to copy here.
    Nothing,
    /// The text is too long.
    TooLong,
    /// The text.
    Copied(String),
}

impl Copied {
    /// Returns its name in the menu.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Value => "Value of the line",
            Self::Path => "Path of the line, for jq",
            Self::Part => "JSON of the line",
            Self::Id => "Submission id",
            Self::Submission => "JSON of the submission",
            Self::Curl => "curl for the submission",
        }
    }
}

impl Detail {
    /// Returns the path of the field that the line under the cursor shows.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.field().and(self.lines.get(self.scroll().at())?.path())
    }

    /// The same as a mask lets it be seen: a key may be what identifies a person.
    pub(super) fn shown_path(&self, mask: Mask) -> Option<String> {
        self.field().map(|field| shown::path(&field, mask))
    }

    fn field(&self) -> Option<Field<'_>> {
        let path = self.lines.get(self.scroll().at())?.path()?;
        self.document()?.field(path)
    }

    /// Returns what can be copied now.
    #[must_use]
    pub fn copies(&self) -> Vec<Copied> {
        let field = self.field();
        let has_id = self.subject().is_some_and(|subject| subject.id.is_some());
        let is_there = |copied: &Copied| match copied {
            Copied::Value => field.as_ref().is_some_and(|field| field.node().expose().is_some()),
            Copied::Path => field.is_some(),
            Copied::Part => matches!(field.as_ref().map(Field::node), Some(Node::List(_) | Node::Object(_))),
            Copied::Id | Copied::Curl => has_id,
            Copied::Submission => self.document().is_some(),
        };
        Copied::VARIANTS.iter().copied().filter(is_there).collect()
    }

    /// Returns the beginning of a text to copy, for the menu.
    #[must_use]
    pub fn beginning(&self, copied: Copied, mask: Mask) -> Safe {
        match copied {
            Copied::Part | Copied::Submission => Safe::default(),
            Copied::Curl => Safe::word("with $ARGOS_API_KEY"),
            Copied::Value | Copied::Path | Copied::Id => {
                let endpoint = CurlEndpoint { address: "", encrypted: false };
                match self.copy(copied, mask, endpoint, usize::MAX) {
                    CopyText::Copied(text) => Safe::of(&text),
                    CopyText::Nothing => Safe::default(),
                    // Only its beginning: a value that is too long to be copied is not put together for it.
                    CopyText::TooLong => self.field().and_then(|field| shown::shown(&field, mask)).unwrap_or_default(),
                }
            }
        }
    }

    /// Returns the text to copy, of at most `most` bytes.
    #[must_use]
    pub fn copy(&self, copied: Copied, mask: Mask, endpoint: CurlEndpoint<'_>, most: usize) -> CopyText {
        // As shown: an invisible character must not be copied unnoticed.
        let id = || match self.subject()?.id.as_deref()? {
            _ if self.id_class().hidden_at(mask) => self.shown_id(mask).map(String::from),
            id => Some(Safe::whole(id).as_str().to_owned()),
        };
        let written = |field: Option<Field<'_>>| match field.map(|field| write::json(&field, mask, most)) {
            None => CopyText::Nothing,
            Some(text) => text.map_or(CopyText::TooLong, CopyText::Copied),
        };
        let text = match copied {
            Copied::Part => return written(self.field()),
            Copied::Submission => return written(self.document().map(Document::root)),
            // As shown: an invisible character must not be copied unnoticed.
            Copied::Value
                if self
                    .field()
                    .and_then(|field| field.node().expose())
                    .is_some_and(|text| text.len() > MAX_VALUE_BYTES) =>
            {
                return CopyText::TooLong;
            }
            Copied::Value => self.field().and_then(|field| {
                let mask = if self.revealed() == Some(field.path()) { Mask::None } else { mask };
                shown::whole(&field, mask).map(|shown| shown.as_str().to_owned())
            }),
            Copied::Path => self.shown_path(mask).map(|path| path::jq(&path)),
            Copied::Id => id(),
            Copied::Curl => self.subject().and_then(|subject| {
                let sent = subject.id.as_deref().filter(|_| !self.id_class().hidden_at(mask)).map(str::to_owned);
                sent.or_else(id).map(|id| endpoint.command(&id))
            }),
        };
        match text {
            None => CopyText::Nothing,
            Some(text) if text.len() > most => CopyText::TooLong,
            Some(text) => CopyText::Copied(text),
        }
    }
}
