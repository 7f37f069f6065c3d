//! Parses ("opens") a submission within a memory limit: all of it if that needs little memory, else the documented
//! fields first.
//!
//! A submission that needs more memory than [`WHOLE`] bytes is opened in part, as follows. Documented fields are opened
//! even if other values are large. Each documented list has its own share of memory, so that no list takes memory from
//! another. All undocumented values together have one share of memory. No text is dropped: a part that is not opened is
//! kept as raw text and is listed in [`Opened::unread`].

mod object;

use std::borrow::Cow;

use bytes::Bytes;
use bytestring::ByteString;

use super::{Members, Node, Raw, Rest, Unread};
use crate::submission::json::{Json, JsonCursor, unescape, values};
use crate::submission::places::DocumentedPlace;
use crate::text::Untrusted;
use object::{ParsedObject, SkippedMembers};

/// Maximum nesting depth up to which values are opened (parsed). No documented field is nested deeper than 7 levels.
/// The limit exists because recursive functions call themselves once per level.
pub(in crate::submission) const LEVELS: usize = 128;

/// Maximum number of bytes of memory for a submission that is opened (parsed) as a whole; a larger one is opened in
/// part. The value is five times what the largest real submission needs. Three submissions of this size still fit in
/// memory beside two answers of the service of 16 MiB each.
const WHOLE: usize = 8 << 20;

/// The program tries to parse a JSON text shorter than this (in bytes) as a whole, without counting its values first.
const SMALL: usize = 256 << 10;

/// Maximum number of bytes of memory for the undocumented values that are opened (parsed), if the submission is too
/// large to be opened as a whole.
const FURTHER: usize = 3 << 20;

/// Maximum memory in bytes for the parsed values of one documented list. The limit applies to a submission that is too
/// large to be parsed as a whole. It is enough for some thousand values.
const LISTED: usize = 192 << 10;

/// Maximum memory in bytes for a list that was sent where the documentation has a single value. The limit applies to a
/// submission that is too large for all its values to be opened (parsed).
const UNLISTED: usize = 4 << 10;

/// Maximum number of elements of a documented list that are opened (parsed). A real list has about ten, and the work of
/// drawing grows with their number.
const ELEMENTS: usize = 1_000;

/// Maximum number of elements that are opened (parsed) of a documented list inside another list, such as a list in one
/// of the attempts. So a long list in one attempt leaves memory for the other attempts.
const NESTED: usize = 100;

/// Maximum number of members with the same documented key that are opened (parsed) in one object, if the submission is
/// too large to be opened as a whole. If a further member has another value, the field counts as contradictory.
const COPIES: usize = 8;

/// Maximum total length in bytes of long escaped strings that are unescaped. The limit exists because unescaping needs
/// a copy. Documented and undocumented fields have this limit each.
const UNESCAPED: usize = 1 << 20;

/// Length in bytes up to which an escaped string is always unescaped. Real words, numbers and times are always shorter.
const SHORT: usize = 512;

/// Length in bytes above which a string is not copied. Instead, it refers to the bytes of the received answer, which
/// then stay in memory.
const SHARED: usize = 48;

/// Maximum length in bytes of a key that is opened (parsed). Documented keys are shorter than 64 bytes. The limit
/// exists because a key is repeated in the path of each value below the key.
const LONGEST_KEY: usize = 1024;

/// Maximum length in bytes of the path of an opened list or object. The limit exists because each value in the list or
/// object repeats this path in its own path.
const LONGEST_PATH: usize = 2048;

/// Maximum number of digits of a number that is opened (parsed): more digits than any computer prints.
pub(super) const LONGEST_NUMBER: usize = 1024;

/// Maximum number of parts in [`Opened::unread`], the list of unparsed parts. [`Opened::more`] counts the others.
const TOLD: usize = 50;

/// Bytes of memory that a string or key on the heap is assumed to need besides its characters.
const HEAP: usize = 16;

/// The result of opening (parsing) a submission: the tree of its values, and the parts that were not opened.
#[derive(Default)]
pub(in crate::submission) struct Opened {
    pub(in crate::submission) root: Node,
    /// The parts that were not opened, documented places first.
    pub(in crate::submission) unread: Vec<Unread>,
    /// Number of unopened parts beyond those that are listed in `unread`.
    pub(in crate::submission) more: usize,
    /// Documented paths whose key was repeated in one object with different values, some of which were not opened.
    pub(in crate::submission) contested: Vec<&'static str>,
}

/// Parses the JSON text of a submission into a tree, in linear time. What exceeds the memory limit stays raw text.
pub(in crate::submission) fn open(raw: &Bytes) -> Opened {
    if Json::read(raw).is_ok() {
        return open_again(raw);
    }
    let text = ByteString::try_from(raw.clone())
        .map_or_else(|_| Untrusted::new(String::from_utf8_lossy(raw)), Untrusted::shared);
    Opened { root: Node::Raw(Box::new(Raw::new(text, Rest::Garbage))), ..Opened::default() }
}

/// Parses a submission like [`open`], from JSON text that was checked to be JSON before, without checking it again.
pub(in crate::submission) fn open_again(raw: &Bytes) -> Opened {
    let source = ByteString::try_from(raw.clone()).unwrap_or_default();
    let spot = ValuePosition { place: Some(DocumentedPlace::root()), near: "", share: MemoryShare::Field, depth: 0 };
    run(&source, Json::again(source.as_bytes()).as_sent(), spot)
}

fn run(source: &ByteString, text: &str, spot: ValuePosition) -> Opened {
    // Opening as a whole is not tried if the number of values shows that it needs too much memory.
    let may_fit = text.len() < SMALL || values(text) * size_of::<Node>() <= WHOLE;
    let opened = if may_fit { Opening::new(source, text, ParsePlan::Whole).run(spot) } else { None };
    let opened = opened.or_else(|| Opening::new(source, text, ParsePlan::Documented).run(spot));
    opened.unwrap_or_default()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ParsePlan {
    /// Open all values, if they need no more memory than [`WHOLE`].
    Whole,
    /// Open the documented values, and a part of the others.
    Documented,
}

/// Kind of a value, which decides how much memory the value may take while a submission is opened (parsed).
#[derive(Clone, Copy, PartialEq, Eq)]
enum MemoryShare {
    /// A documented field outside of lists. Not limited: the documentation has a fixed number of such fields.
    Field,
    /// A documented field in a list, or in an object whose keys are not fixed by the documentation.
    List,
    /// An undocumented value.
    Further,
}

/// Position of a value in the submission. It decides within which limits the value is opened (parsed).
#[derive(Clone, Copy)]
struct ValuePosition {
    /// The place of the value in the documentation; `None` for an undocumented value.
    place: Option<DocumentedPlace>,
    /// The documented path of the value, or of the nearest documented value that contains this value.
    near: &'static str,
    share: MemoryShare,
    depth: usize,
}

impl ValuePosition {
    fn is_documented(self) -> bool {
        self.share != MemoryShare::Further
    }
}

/// State while one submission is opened, that is, while its JSON text is parsed into nodes within limits of memory.
struct Opening<'a> {
    source: &'a ByteString,
    text: &'a str,
    plan: ParsePlan,
    /// Bytes of memory that are left: for all values with [`ParsePlan::Whole`], only for undocumented values with
    /// [`ParsePlan::Documented`].
    left: usize,
    /// Bytes of memory that are left for the documented list that is being opened.
    in_list: usize,
    /// Number of bytes of long escaped strings that may still be unescaped: the first number for documented fields, the
    /// second for other fields.
    unescaped: [usize; 2],
    /// Length in bytes of the path to the value that is being opened.
    path: usize,
    opened: Opened,
}

impl<'a> Opening<'a> {
    fn new(source: &'a ByteString, text: &'a str, plan: ParsePlan) -> Self {
        let left = if plan == ParsePlan::Whole { WHOLE } else { FURTHER };
        let opened = Opened::default();
        Self { source, text, plan, left, in_list: 0, unescaped: [UNESCAPED; 2], path: 0, opened }
    }

    /// Opens (parses) the whole text of `self`, and returns the result. `spot` is the position of this text in the
    /// submission. Returns `None` if all values are to be opened ([`ParsePlan::Whole`]) and need too much memory.
    fn run(mut self, spot: ValuePosition) -> Option<Opened> {
        let root = self.value(&mut JsonCursor(self.text), spot)?;
        self.opened.unread.sort_by_key(|unread| !unread.is_documented);
        Some(Opened { root, ..self.opened })
    }

    /// Takes `bytes` from the memory that is left for values of the kind `share`, such as undocumented values. Returns
    /// whether enough memory was left; if not, nothing is taken.
    fn takes(&mut self, share: MemoryShare, bytes: usize) -> bool {
        let left = match (self.plan, share) {
            (ParsePlan::Documented, MemoryShare::Field) => return true,
            (ParsePlan::Documented, MemoryShare::List) => &mut self.in_list,
            (ParsePlan::Documented, MemoryShare::Further) | (ParsePlan::Whole, _) => &mut self.left,
        };
        let fits = bytes <= *left;
        *left -= if fits { bytes } else { 0 };
        fits
    }

    /// Opens (parses) the value at the JSON cursor `walk`; `spot` is its position in the submission. Returns `None` if
    /// all values are to be opened ([`ParsePlan::Whole`]) but need too much memory.
    fn value(&mut self, walk: &mut JsonCursor<'a>, spot: ValuePosition) -> Option<Node> {
        Some(match walk.peek() {
            Some(b'[' | b'{') if spot.depth == LEVELS || self.path > LONGEST_PATH => {
                self.raw(walk.value(), Rest::Value, 0, spot)
            }
            Some(b'[') => self.list(walk, spot)?,
            Some(b'{') => self.object(walk, spot)?,
            Some(b'"') => self.string(walk.value(), spot)?,
            _ => match walk.value() {
                "null" => Node::Null,
                "true" => Node::Bool(true),
                "false" => Node::Bool(false),
                digits if digits.len() > LONGEST_NUMBER => self.raw(digits, Rest::Value, 0, spot),
                digits => Node::Number(digits.into()),
            },
        })
    }

    fn list(&mut self, walk: &mut JsonCursor<'a>, spot: ValuePosition) -> Option<Node> {
        let (share, outer) = self.begin_list(spot, spot.share == MemoryShare::Field);
        let most = match spot.share {
            MemoryShare::Field => ELEMENTS,
            MemoryShare::List => NESTED,
            MemoryShare::Further => usize::MAX,
        };
        let (mut elements, above) = (Vec::new(), self.path);
        walk.bracket();
        while walk.has_more() {
            let is_full = elements.len() == most;
            if is_full || !self.takes(share, size_of::<Node>()) {
                if self.plan == ParsePlan::Whole && !is_full {
                    return None;
                }
                let opened = elements.len();
                let text = walk.rest();
                elements.push(self.raw(text, Rest::Elements(count(text)), opened, ValuePosition { share, ..spot }));
                break;
            }
            // The length of a written position, such as `[12]`.
            self.path = above + 2 + elements.len().checked_ilog10().unwrap_or_default() as usize;
            elements.push(self.value(walk, ValuePosition { share, depth: spot.depth + 1, ..spot })?);
        }
        walk.bracket();
        self.end_list(outer);
        self.path = above;
        elements.shrink_to_fit();
        Some(Node::List(elements))
    }

    /// Prepares for the elements of a list at `spot` (or of an object whose keys are not documented). Returns the kind
    /// of memory limit for these elements. If `starts` is true, the list gets its own limit, and the second value is
    /// the number of bytes that were left of the limit around it. If `starts` is false, the elements share the limit of
    /// `spot`, and the second value is `None`.
    fn begin_list(&mut self, spot: ValuePosition, starts: bool) -> (MemoryShare, Option<usize>) {
        if !starts {
            return (spot.share, None);
        }
        let share = if spot.place.is_some_and(DocumentedPlace::is_listed) { LISTED } else { UNLISTED };
        (MemoryShare::List, Some(std::mem::replace(&mut self.in_list, share)))
    }

    fn end_list(&mut self, outer: Option<usize>) {
        self.in_list = outer.unwrap_or(self.in_list);
    }

    fn object(&mut self, walk: &mut JsonCursor<'a>, spot: ValuePosition) -> Option<Node> {
        let has_open_names = spot.place.is_some_and(DocumentedPlace::has_open_names);
        let (share, outer) = self.begin_list(spot, has_open_names && spot.share == MemoryShare::Field);
        let most = if has_open_names && spot.share == MemoryShare::List { NESTED } else { usize::MAX };
        let mut object = ParsedObject::default();
        let (above, by_plan) = (self.path, self.plan == ParsePlan::Documented);
        walk.bracket();
        while walk.has_more() {
            let start = self.offset(walk);
            let Some(quoted) = walk.key() else { break };
            let is_long = quoted.len() > LONGEST_KEY;
            let key = if is_long { Cow::Borrowed("") } else { unescape(quoted) };
            let inner = self.member(ValuePosition { share, ..spot }, &key, is_long);
            let is_named = inner.is_documented() && !has_open_names;
            let is_much = by_plan
                && (is_named && object.copies(inner.near) >= COPIES || has_open_names && object.members.len() >= most);
            let heap = if key.len() > size_of::<Untrusted>() { key.len() + HEAP } else { 0 };
            if is_long || is_much || !self.takes(inner.share, size_of::<(Untrusted, Node)>() + heap) {
                if !(by_plan || is_long) {
                    return None;
                }
                let text = walk.value();
                let mut differs = || if is_named { object.differs(inner.near, text) } else { object.holds(&key) };
                if inner.is_documented() && !self.opened.contested.contains(&inner.near) && differs() {
                    self.opened.contested.push(inner.near);
                }
                object.skip(start, self.offset(walk), inner.is_documented());
                continue;
            }
            self.close_rest(&mut object, spot);
            self.path = above + key.len() + 1;
            let before = walk.0;
            let node = self.value(walk, inner)?;
            self.path = above;
            if by_plan && is_named {
                let taken = before.len() - walk.0.len();
                object.note(inner.near, JsonCursor(before.get(..taken).unwrap_or_default()).value());
            }
            object.push(Untrusted::new(key), node);
        }
        self.close_rest(&mut object, spot);
        walk.bracket();
        self.end_list(outer);
        Some(Node::Object(Members::new(object.members)))
    }

    /// Returns the position in the submission of the member with the key `key`; `spot` is the position of its object.
    /// If `is_long` is true, the key is too long to be documented, so the member counts as undocumented.
    fn member(&self, spot: ValuePosition, key: &str, is_long: bool) -> ValuePosition {
        let place = spot.place.filter(|_| !is_long).and_then(|place| place.member(key));
        let near = place.map_or(spot.near, DocumentedPlace::path);
        let share = if matches!(place, Some(DocumentedPlace::Known(_))) { spot.share } else { MemoryShare::Further };
        ValuePosition { place, near, share, depth: spot.depth + 1 }
    }

    /// Converts a JSON string into a node; `None` if too little memory is left. `spot` is the string's place in the
    /// submission. A long string without escapes is not copied: it refers to the received bytes. A long string with
    /// escapes is unescaped until the limit [`UNESCAPED`] is reached, and stays raw text afterwards.
    fn string(&mut self, quoted: &'a str, spot: ValuePosition) -> Option<Node> {
        let inner = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(quoted);
        let is_escaped = inner.contains('\\');
        if !is_escaped && inner.len() > SHARED {
            let fits = self.takes(spot.share, size_of::<ByteString>() + HEAP) || self.plan == ParsePlan::Documented;
            return fits.then(|| Node::Text(Untrusted::shared(self.source.slice_ref(inner))));
        }
        if is_escaped && inner.len() > SHORT {
            let left = self.unescaped.get_mut(usize::from(!spot.is_documented()));
            let Some(left) = left.filter(|left| inner.len() <= **left) else {
                return Some(self.raw(quoted, Rest::Value, 0, spot));
            };
            *left -= inner.len();
        }
        let heap = if inner.len() > size_of::<Untrusted>() { inner.len().min(SHORT) + HEAP } else { 0 };
        let fits = self.takes(spot.share, heap) || self.plan == ParsePlan::Documented;
        fits.then(|| Node::Text(Untrusted::new(unescape(quoted))))
    }

    /// Returns a node that keeps `text`, a part at the position `spot`, unparsed, and adds the part to the list of
    /// unopened parts. `rest` says whether `text` is one value, or several elements or members. `opened` is the number
    /// of elements or members of the same list or object that were parsed before the part.
    fn raw(&mut self, text: &'a str, rest: Rest, opened: usize, spot: ValuePosition) -> Node {
        let unread = Unread { place: spot.near, rest, opened, bytes: text.len(), is_documented: spot.is_documented() };
        let unread_before = self.opened.unread.len();
        if unread_before < TOLD {
            self.opened.unread.push(unread);
        } else {
            self.opened.more += 1;
            // If there are too many, a part at a documented place replaces one at an undocumented place.
            if unread.is_documented
                && let Some(other) = self.opened.unread.iter_mut().find(|other| !other.is_documented)
            {
                *other = unread;
            }
        }
        Node::Raw(Box::new(Raw::new(Untrusted::shared(self.source.slice_ref(text)), rest)))
    }

    fn close_rest(&mut self, object: &mut ParsedObject<'_>, spot: ValuePosition) {
        let Some(SkippedMembers { start, end, members, is_documented }) = object.rest.take() else { return };
        let text = self.text.get(start..end).unwrap_or_default();
        let share = if is_documented { spot.share } else { MemoryShare::Further };
        let opened = object.members.iter().filter(|(_, node)| !node.is_rest()).count();
        let node = self.raw(text, Rest::Members(members), opened, ValuePosition { share, ..spot });
        object.push(Untrusted::default(), node);
    }

    /// Returns the position of the JSON cursor `walk` in bytes from the start of the submission.
    fn offset(&self, walk: &JsonCursor<'a>) -> usize {
        self.text.len() - walk.0.len()
    }
}

/// Returns the number of elements in a text that holds only list elements with commas between them.
fn count(elements: &str) -> usize {
    let (mut walk, mut count) = (JsonCursor(elements), 0);
    while walk.has_more() {
        walk.value();
        count += 1;
    }
    count
}
