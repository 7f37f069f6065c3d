//! What can be copied of the shown submission: always what the mask lets be seen.

use super::Detail;
use crate::submission::{Document, Field, Node, path, shown, write};
use crate::text::{Mask, Safe, json_string};

/// Bytes of a value that is put together to be copied: more than any terminal takes.
const LONGEST: usize = 1 << 20;

/// Something to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// The value of the line.
    Value,
    /// Its path, as `jq` reads it in a submission.
    Path,
    /// The line's field and all below it as JSON.
    Part,
    /// The id of the submission.
    Id,
    /// The submission as JSON.
    Submission,
    /// A `curl` call for the submission; the key is a variable.
    Curl,
}

/// What a call to copy asks, and how.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// Where submissions are asked for.
    pub address: &'a str,
    /// Parameters and answers travel encrypted.
    pub encrypted: bool,
}

impl Call<'_> {
    /// A shell line for one submission. With encryption openssl does what the service documents, and the cipher's key is
    /// made of the variable too.
    fn line(self, id: &str) -> String {
        let Self { address, encrypted } = self;
        if !encrypted {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("submission_id", id).finish();
            return format!("curl -sS -H \"x-api-key: $ARGOS_API_KEY\" \"{address}?{query}\"");
        }
        // What cannot be seen is escaped: the shell's line is read before it is run.
        let asked = format!("{{\"submission_id\":{}}}", json_string(id)).replace('\'', "'\\''");
        let cipher = "-aes-256-ecb -base64 -A -K $K";
        format!(
            "K=$(printf %s \"$ARGOS_API_KEY\" | openssl dgst -sha256 -r | cut -c1-64); curl -sS -G -H \"x-api-key: \
             $ARGOS_API_KEY\" --data-urlencode \"data=$(printf %s '{asked}' | openssl enc {cipher})\" \"{address}\" | jq -r \
             .data | openssl enc -d {cipher}"
        )
    }
}

/// What copying comes to. No `Debug`: it is identity data.
pub enum Text {
    /// There is no such thing here.
    Nothing,
    /// There is, but it is too long.
    TooLong,
    /// The text.
    Copied(String),
}

impl Copied {
    /// Its name in the menu.
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
    /// The path of the line under the cursor, where it shows a field.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.field().and(self.lines.get(self.scroll().at())?.path.as_deref())
    }

    /// The same as a mask lets it be seen: a key may be what identifies a person.
    pub(super) fn shown_path(&self, mask: Mask) -> Option<String> {
        self.field().map(|field| shown::path(&field, mask))
    }

    fn field(&self) -> Option<Field<'_>> {
        let path = self.lines.get(self.scroll().at())?.path.as_deref()?;
        self.document()?.field(path)
    }

    /// What can be copied now.
    #[must_use]
    pub fn copies(&self) -> Vec<Copied> {
        let all = [Copied::Value, Copied::Path, Copied::Part, Copied::Id, Copied::Submission, Copied::Curl];
        let field = self.field();
        let has_id = self.subject().is_some_and(|subject| subject.id.is_some());
        let is_there = |copied: &Copied| match copied {
            Copied::Value => field.as_ref().is_some_and(|field| field.node().expose().is_some()),
            Copied::Path => field.is_some(),
            Copied::Part => matches!(field.as_ref().map(Field::node), Some(Node::List(_) | Node::Object(_))),
            Copied::Id | Copied::Curl => has_id,
            Copied::Submission => self.document().is_some(),
        };
        all.into_iter().filter(is_there).collect()
    }

    /// How something to copy begins, for the menu.
    #[must_use]
    pub fn beginning(&self, copied: Copied, mask: Mask) -> Safe {
        match copied {
            Copied::Part | Copied::Submission => Safe::default(),
            Copied::Curl => Safe::word("with $ARGOS_API_KEY"),
            Copied::Value | Copied::Path | Copied::Id => {
                let call = Call { address: "", encrypted: false };
                match self.copy(copied, mask, call, usize::MAX) {
                    Text::Copied(text) => Safe::of(&text),
                    Text::Nothing => Safe::default(),
                    // Only how it begins: what is too long to be copied is not put together for it.
                    Text::TooLong => self.field().and_then(|field| shown::shown(&field, mask)).unwrap_or_default(),
                }
            }
        }
    }

    /// The text of something to copy, of at most `most` bytes.
    #[must_use]
    pub fn copy(&self, copied: Copied, mask: Mask, call: Call<'_>, most: usize) -> Text {
        // As shown: a character that cannot be seen must not come along unseen.
        let id = || match self.subject()?.id.as_deref()? {
            _ if self.id_class().hidden_at(mask) => self.shown_id(mask).map(String::from),
            id => Some(Safe::whole(id).as_str().to_owned()),
        };
        let written = |field: Option<Field<'_>>| match field.map(|field| write::json(&field, mask, most)) {
            None => Text::Nothing,
            Some(text) => text.map_or(Text::TooLong, Text::Copied),
        };
        let text = match copied {
            Copied::Part => return written(self.field()),
            Copied::Submission => return written(self.document().map(Document::root)),
            // As shown: a character that cannot be seen must not come along unseen.
            Copied::Value
                if self.field().and_then(|field| field.node().expose()).is_some_and(|text| text.len() > LONGEST) =>
            {
                return Text::TooLong;
            }
            Copied::Value => self.field().and_then(|field| {
                let mask = if self.revealed() == Some(field.path()) { Mask::None } else { mask };
                shown::whole(&field, mask).map(|shown| shown.as_str().to_owned())
            }),
            Copied::Path => self.shown_path(mask).map(|path| path::jq(&path)),
            Copied::Id => id(),
            Copied::Curl => self.subject().and_then(|subject| {
                let sent = subject.id.as_deref().filter(|_| !self.id_class().hidden_at(mask)).map(str::to_owned);
                sent.or_else(id).map(|id| call.line(&id))
            }),
        };
        match text {
            None => Text::Nothing,
            Some(text) if text.len() > most => Text::TooLong,
            Some(text) => Text::Copied(text),
        }
    }
}
