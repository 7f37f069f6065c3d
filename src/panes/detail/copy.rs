//! What can be copied of the shown submission: always what the mask lets be seen.

use super::Detail;
use crate::submission::{Field, Node, path, write};
use crate::text::{Mask, Safe};

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

    fn field(&self) -> Option<Field<'_>> {
        let path = self.lines.get(self.scroll().at())?.path.as_deref()?;
        self.document()?.field(path)
    }

    /// What can be copied now, each with its beginning.
    #[must_use]
    pub fn copies(&self, mask: Mask) -> Vec<(Copied, Safe)> {
        let all = [Copied::Value, Copied::Path, Copied::Part, Copied::Id, Copied::Submission, Copied::Curl];
        let begin = |copied: Copied| {
            Some(match copied {
                Copied::Part | Copied::Submission => Safe::default(),
                Copied::Curl => self.subject()?.id.as_ref().map(|_| Safe::word("with $ARGOS_API_KEY"))?,
                _ => Safe::of(&self.copy(copied, mask, "")?),
            })
        };
        let is_there = |copied: &Copied| match copied {
            Copied::Part => self.field().is_some_and(|field| matches!(field.node(), Node::List(_) | Node::Object(_))),
            Copied::Submission => self.document().is_some(),
            _ => true,
        };
        all.into_iter().filter(is_there).filter_map(|copied| Some((copied, begin(copied)?))).collect()
    }

    /// The text of something to copy; none where there is no such thing. `address` is where submissions are asked for.
    #[must_use]
    pub fn copy(&self, copied: Copied, mask: Mask, address: &str) -> Option<String> {
        let id = || self.subject()?.id.as_deref();
        Some(match copied {
            Copied::Value => {
                let field = self.field()?;
                let mask = if self.revealed() == Some(field.path()) { Mask::None } else { mask };
                // As shown: a character that cannot be seen must not come along unseen.
                field.value()?.shown(mask).as_str().to_owned()
            }
            Copied::Path => path::jq(self.path()?),
            Copied::Part => write::json(&self.field()?, mask),
            Copied::Id => Safe::of(id()?).as_str().to_owned(),
            Copied::Submission => write::json(&self.document()?.root(), mask),
            Copied::Curl => {
                let query =
                    form_urlencoded::Serializer::new(String::new()).append_pair("submission_id", id()?).finish();
                format!("curl -sS -H \"x-api-key: $ARGOS_API_KEY\" \"{address}?{query}\"")
            }
        })
    }
}
