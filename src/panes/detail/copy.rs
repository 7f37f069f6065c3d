//! Copies parts of the shown submission, as the mask shows these parts.

use super::Detail;
use crate::submission::{Document, Field, Node, masking, path, write};
use crate::text::{Mask, Safe, json_string};

/// Maximum length in bytes of a value that can be copied; no terminal accepts a longer text.
const MAX_VALUE_BYTES: usize = 1 << 20;

/// A part of the submission that can be copied. The variants are in the order of the copy menu.
///
/// Most variants hold the path of a field, or the id of a submission. Therefore the part stays the same when the cursor
/// moves. The type implements no `Debug`: an id, or a key in a path, may identify a person.
#[derive(Clone, PartialEq, Eq)]
pub enum CopyableItem {
    /// The value of the field at this path.
    Value(String),
    /// The path of a field, in the form in which the program `jq` finds the field in the JSON of a submission.
    Path(String),
    /// The field at this path and all of its members, as JSON.
    Part(String),
    /// The id of the submission.
    Id(Box<str>),
    /// The whole submission as JSON.
    Submission,
    /// The list data of the submission as JSON, while the full record is not known.
    ListData,
    /// A `curl` command that requests the submission with this id. The command contains a shell variable in place of
    /// the API key.
    Curl(Box<str>),
}

/// The endpoint of the service that a copied `curl` command sends its request to.
#[derive(Clone, Copy, Debug)]
pub struct CurlEndpoint<'a> {
    /// The URL at which the service returns submissions.
    pub address: &'a str,
    /// Whether the service expects encrypted query parameters and sends encrypted answers.
    pub encrypted: bool,
    /// The published API key of the demo server, which the command then contains. `None` for the service: the command
    /// then reads the key from a shell variable.
    pub demo_key: Option<&'a str>,
}

impl CurlEndpoint<'_> {
    /// Returns a shell command that requests the submission with the id `id`. If the service uses encryption, the
    /// command runs `openssl` to encrypt and decrypt as the service documents. The command contains no key of the
    /// service: it reads the key from a shell variable.
    fn command(self, id: &str) -> String {
        let Self { address, encrypted, demo_key } = self;
        let key = demo_key.unwrap_or("$ARGOS_API_KEY");
        // A shell must not expand anything in the address.
        let address = address.replace('\'', "%27");
        if !encrypted {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("submission_id", id).finish();
            return format!("curl -sS -H \"x-api-key: {key}\" '{address}?{query}'");
        }
        // Invisible characters are escaped, since people read a command before they run it.
        let asked = format!("{{\"submission_id\":{}}}", json_string(id)).replace('\'', "'\\''");
        let cipher = "-aes-256-ecb -base64 -A -K $K";
        format!(
            "K=$(printf %s \"{key}\" | openssl dgst -sha256 -r | cut -c1-64); curl -sS -G -H \"x-api-key: {key}\" \
             --data-urlencode \"data=$(printf %s '{asked}' | openssl enc {cipher})\" '{address}' | jq -r .data | openssl \
             enc -d {cipher}"
        )
    }
}

/// The result of copying a part of a submission. The type implements no `Debug`, since the copied text may be identity
/// data.
pub enum CopyText {
    /// The part has no text that can be copied.
    Nothing,
    /// The text of the part is longer than the clipboard can take.
    TooLong,
    /// The text of the part, for the clipboard.
    Copied(String),
}

impl CopyableItem {
    /// Returns the name of this entry in the copy menu, such as `Submission id`.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Value(_) => "Value of the current line",
            Self::Path(_) => "Path of that line, for jq",
            Self::Part(_) => "JSON of this part",
            Self::Id(_) => "Submission id",
            Self::Submission => "JSON of the submission",
            Self::ListData => "JSON of the list data",
            Self::Curl(_) => "curl command",
        }
    }

    /// Returns the name of this entry of the copy menu for use within a sentence, such as `submission id`.
    pub const fn noun(&self) -> &'static str {
        match self {
            Self::Value(_) => "value",
            Self::Path(_) => "path",
            Self::Part(_) => "JSON of this part",
            Self::Id(_) => "submission id",
            Self::Submission => "JSON of the submission",
            Self::ListData => "JSON of the list data",
            Self::Curl(_) => "curl command",
        }
    }

    /// Returns whether two lists of copy menu entries were made for the same line of the same submission. They were if
    /// the paths and ids in them are equal.
    pub fn are_of_same_line(some: &[Self], others: &[Self]) -> bool {
        let is_named = |copied: &&Self| matches!(copied, Self::Path(_) | Self::Id(_));
        some.iter().filter(is_named).eq(others.iter().filter(is_named))
    }
}

impl Detail {
    /// Returns the path of the field that the line under the cursor shows; `None` if the line shows no field.
    pub fn path(&self) -> Option<&str> {
        self.field().and(self.lines.get(self.scroll().at())?.path())
    }

    /// Returns the path of the field under the cursor, masked as the mask level `mask` requires: a key in the path may
    /// identify a person. `None` if the line under the cursor shows no field.
    pub(super) fn shown_path(&self, mask: Mask) -> Option<String> {
        self.field().map(|field| masking::path(&field, mask))
    }

    /// Returns the field that the line under the cursor shows; `None` if the line shows no field.
    pub(super) fn field(&self) -> Option<Field<'_>> {
        let path = self.lines.get(self.scroll().at())?.path()?;
        self.document()?.field(path)
    }

    /// Returns the entries of the copy menu in their order: the parts of the submission that the user can copy while
    /// the cursor is on this line.
    pub fn copy_menu_entries(&self) -> Vec<CopyableItem> {
        let field = self.field();
        let path = field.as_ref().map(|field| field.path().to_owned());
        let (is_scalar, is_part) = field.as_ref().map_or((false, false), |field| {
            (field.node().expose().is_some(), matches!(field.node(), Node::List(_) | Node::Object(_)))
        });
        let id = self.subject().and_then(|subject| subject.id.clone());
        let all = [
            path.clone().filter(|_| is_scalar).map(CopyableItem::Value),
            path.clone().map(CopyableItem::Path),
            path.filter(|_| is_part).map(CopyableItem::Part),
            id.clone().map(CopyableItem::Id),
            self.document().map(|document| {
                // Nobody knows whether the record of a file is list data.
                let is_list = !document.is_full_record() && self.file().is_none();
                if is_list { CopyableItem::ListData } else { CopyableItem::Submission }
            }),
            // Nobody knows the project from which the record of a file came.
            id.filter(|_| self.file().is_none()).map(CopyableItem::Curl),
        ];
        all.into_iter().flatten().collect()
    }

    /// Returns the text that the copy menu shows beside the name of the entry `copied`: the beginning of what it
    /// copies, masked as the mask level `mask` requires. For a `curl` command, these are words about it; `has_demo_key`
    /// says that it contains the demo's key. Empty for JSON.
    pub fn beginning(&self, copied: &CopyableItem, mask: Mask, has_demo_key: bool) -> Safe {
        match copied {
            CopyableItem::Part(_) | CopyableItem::Submission | CopyableItem::ListData => Safe::default(),
            CopyableItem::Curl(_) if has_demo_key => Safe::from_static("for this submission, with the demo's key"),
            CopyableItem::Curl(_) => Safe::from_static("for this submission, without your API key"),
            CopyableItem::Value(_) | CopyableItem::Path(_) | CopyableItem::Id(_) => {
                let endpoint = CurlEndpoint { address: "", encrypted: false, demo_key: None };
                match self.copy(copied, mask, endpoint, usize::MAX) {
                    CopyText::Copied(text) => Safe::sanitize(&text),
                    CopyText::Nothing => Safe::default(),
                    // Only its beginning: a value that is too long to be copied is not put together for it.
                    CopyText::TooLong => {
                        self.field().and_then(|field| masking::masked(&field, mask)).unwrap_or_default()
                    }
                }
            }
        }
    }

    /// Returns whether `copied` is the value that the user revealed, which is copied unmasked.
    pub fn is_revealed(&self, copied: &CopyableItem) -> bool {
        matches!(copied, CopyableItem::Value(path) if self.revealed() == Some(path))
    }

    /// Returns the beginning of the text of `copied`, for the notice that it was copied. The notice may be visible for
    /// longer than the user reveals a value, so a revealed value is masked too. Empty for JSON and for a `curl`
    /// command.
    pub fn masked_beginning(&self, copied: &CopyableItem, mask: Mask) -> Safe {
        match copied {
            CopyableItem::Value(path) => {
                let field = self.document().and_then(|document| document.field(path));
                field.and_then(|field| masking::masked(&field, mask)).unwrap_or_default()
            }
            CopyableItem::Path(_) | CopyableItem::Id(_) => self.beginning(copied, mask, false),
            CopyableItem::Part(_) | CopyableItem::Submission | CopyableItem::ListData | CopyableItem::Curl(_) => {
                Safe::default()
            }
        }
    }

    /// Returns the text that the entry `copied` of the copy menu copies, as the mask shows it. The result is
    /// [`CopyText::TooLong`] if the text is longer than `max_bytes` bytes. `endpoint` says to which server a copied
    /// `curl` command sends its request.
    pub fn copy(&self, copied: &CopyableItem, mask: Mask, endpoint: CurlEndpoint<'_>, max_bytes: usize) -> CopyText {
        let field = |path: &str| self.document()?.field(path);
        let is_id_hidden = self.id_class().hidden_at(mask);
        // As shown: an invisible character must not be copied unnoticed.
        let shown_id = |id: &str| match is_id_hidden {
            true => self.shown_id(mask).map(String::from),
            false => Some(Safe::sanitize_full(id).as_str().to_owned()),
        };
        let written = |field: Option<Field<'_>>| match field.map(|field| write::json(&field, mask, max_bytes)) {
            None => CopyText::Nothing,
            Some(text) => text.map_or(CopyText::TooLong, CopyText::Copied),
        };
        let text = match copied {
            CopyableItem::Part(path) => return written(field(path)),
            CopyableItem::Submission | CopyableItem::ListData => return written(self.document().map(Document::root)),
            // As shown: an invisible character must not be copied unnoticed.
            CopyableItem::Value(path)
                if field(path)
                    .and_then(|field| field.node().expose())
                    .is_some_and(|text| text.len() > MAX_VALUE_BYTES) =>
            {
                return CopyText::TooLong;
            }
            CopyableItem::Value(path) => field(path).and_then(|field| {
                let mask = if self.is_revealed(copied) { Mask::None } else { mask };
                masking::masked_full(&field, mask).map(|shown| shown.as_str().to_owned())
            }),
            CopyableItem::Path(path) => field(path).map(|field| path::jq(&masking::path(&field, mask))),
            CopyableItem::Id(id) => shown_id(id),
            CopyableItem::Curl(id) if is_id_hidden => shown_id(id).map(|id| endpoint.command(&id)),
            CopyableItem::Curl(id) => Some(endpoint.command(id)),
        };
        match text {
            None => CopyText::Nothing,
            Some(text) if text.len() > max_bytes => CopyText::TooLong,
            Some(text) => CopyText::Copied(text),
        }
    }
}
