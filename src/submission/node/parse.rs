//! Parses a submission within a memory limit: all of it if that needs little memory, else the documented fields first.
//!
//! A submission that needs more memory than [`MAX_WHOLE_BYTES`] bytes is parsed in part. Documented fields are parsed
//! even if other values are large. Each documented list has its own memory limit; all undocumented values share one. No
//! text is dropped: a part that is not parsed is kept as raw text and is listed in [`ParsedTree::unread`].

mod object;

use std::borrow::Cow;

use bytes::Bytes;
use bytestring::ByteString;

use super::{Members, Node, RawText, UnparsedKind, UnparsedPart};
use crate::submission::json::{Json, JsonCursor, unescape, values};
use crate::submission::places::DocumentedPlace;
use crate::text::Untrusted;
use object::{ParsedObject, SkippedMembers};

/// Maximum nesting depth up to which values are parsed. No documented field is nested deeper than 7 levels.
/// The limit exists because recursive functions call themselves once per level.
pub(in crate::submission) const LEVELS: usize = 128;

/// Maximum bytes of memory for a submission that is parsed as a whole: five times what the largest real one needs.
const MAX_WHOLE_BYTES: usize = 8 << 20;

/// Texts shorter than this number of bytes are parsed as a whole at first. In longer ones, the values are counted
/// before, to estimate the memory.
const MIN_COUNTED_BYTES: usize = 256 << 10;

/// Maximum memory in bytes for the undocumented values of a submission that is too large to be parsed as a whole.
const MAX_UNDOCUMENTED_BYTES: usize = 3 << 20;

/// Maximum memory in bytes for one documented list of a submission that is too large to be parsed as a whole. It is
/// enough for some thousand values.
const MAX_LIST_BYTES: usize = 192 << 10;

/// Like [`MAX_LIST_BYTES`], for a list that was sent where the documentation has a single value.
const MAX_UNDOCUMENTED_LIST_BYTES: usize = 4 << 10;

/// Maximum number of elements of a documented list that are parsed. A real list has about ten.
const MAX_ELEMENTS: usize = 1_000;

/// Maximum number of parsed elements of a documented list inside another list, such as a list in an attempt.
const MAX_NESTED_ELEMENTS: usize = 100;

/// Maximum number of parsed members with the same documented key in one object of a submission that is parsed in part.
/// If a further member has another value, the field counts as contradictory.
const MAX_REPEATED_MEMBERS: usize = 8;

/// Maximum total bytes of long escaped strings that are unescaped in a submission: once for all documented fields, and
/// once for all other fields.
const MAX_UNESCAPED_BYTES: usize = 1 << 20;

/// Escaped strings up to this length in bytes are always unescaped. Real words, numbers and times are shorter.
const SHORT_STRING_BYTES: usize = 512;

/// Maximum length in bytes of a string without escapes that is copied. A longer one refers to the received bytes.
const MAX_COPIED_BYTES: usize = 48;

/// Maximum length in bytes of a parsed key, since each path below repeats it. Members with longer keys stay raw text.
const MAX_KEY_BYTES: usize = 1024;

/// Maximum length in bytes of the path of a parsed list or object; one with a longer path stays raw text.
const MAX_PATH_BYTES: usize = 2048;

/// Maximum number of digits of a number that is parsed, far above those of real numbers.
pub(super) const MAX_NUMBER_DIGITS: usize = 1024;

/// Maximum number of parts in [`ParsedTree::unread`]; [`ParsedTree::unlisted_count`] counts the others.
const MAX_LISTED_PARTS: usize = 50;

/// Bytes of memory that a string or key on the heap is assumed to need besides its characters.
const HEAP_OVERHEAD_BYTES: usize = 16;

/// A parsed submission: the tree of its values, and the parts that were not parsed.
#[derive(Default)]
pub(in crate::submission) struct ParsedTree {
    pub(in crate::submission) root: Node,
    /// The parts that were not parsed, parts of documented fields first.
    pub(in crate::submission) unread: Vec<UnparsedPart>,
    /// Number of unparsed parts beyond those that are listed in `unread`.
    pub(in crate::submission) unlisted_count: usize,
    /// Documented paths whose key was repeated in one object with different values, some of which were not parsed.
    pub(in crate::submission) contested: Vec<&'static str>,
}

/// Parses the JSON text of a submission into a tree, in linear time. What exceeds the memory limit stays raw text.
pub(in crate::submission) fn parse_tree(raw: &Bytes) -> ParsedTree {
    if Json::read(raw).is_ok() {
        return parse_checked_tree(raw);
    }
    let text = ByteString::try_from(raw.clone())
        .map_or_else(|_| Untrusted::new(String::from_utf8_lossy(raw)), Untrusted::shared);
    ParsedTree { root: Node::Raw(Box::new(RawText::new(text, UnparsedKind::Garbage))), ..ParsedTree::default() }
}

/// Parses a submission as [`parse_tree`] does, from a text that was checked to be JSON before.
pub(in crate::submission) fn parse_checked_tree(raw: &Bytes) -> ParsedTree {
    let source = ByteString::try_from(raw.clone()).unwrap_or_default();
    let position =
        ValuePosition { place: Some(DocumentedPlace::root()), near: "", share: MemoryShare::Field, depth: 0 };
    run(&source, Json::from_checked(source.as_bytes()).as_sent(), position)
}

fn run(source: &ByteString, text: &str, position: ValuePosition) -> ParsedTree {
    // Parsing as a whole is not tried if the number of values shows that it needs too much memory.
    let may_fit = text.len() < MIN_COUNTED_BYTES || values(text) * size_of::<Node>() <= MAX_WHOLE_BYTES;
    let opened = if may_fit { TreeParser::new(source, text, ParsePlan::Whole).run(position) } else { None };
    let opened = opened.or_else(|| TreeParser::new(source, text, ParsePlan::Documented).run(position));
    opened.unwrap_or_default()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ParsePlan {
    /// Parse all values, if they need no more memory than [`MAX_WHOLE_BYTES`].
    Whole,
    /// Parse the documented values, and a part of the others.
    Documented,
}

/// Kind of a value, which decides how much memory the value may take while a submission is parsed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MemoryShare {
    /// A documented field outside of lists. Not limited: the documentation has a fixed number of such fields.
    Field,
    /// A documented field in a list, or in an object whose keys are not fixed by the documentation.
    List,
    /// An undocumented (further) value. All values of this kind share one limit.
    Further,
}

/// Position of a value in the submission, which decides the limits for parsing the value.
#[derive(Clone, Copy)]
struct ValuePosition {
    /// The position of the value's path in the documentation; `None` for an undocumented path.
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

/// Parser of the JSON text of one submission, within limits of memory.
struct TreeParser<'a> {
    source: &'a ByteString,
    text: &'a str,
    plan: ParsePlan,
    /// Bytes of memory that are left: for all values with [`ParsePlan::Whole`], only for undocumented values with
    /// [`ParsePlan::Documented`].
    left: usize,
    /// Bytes of memory that are left for the documented list that is being parsed.
    in_list: usize,
    /// Bytes of long escaped strings that may still be unescaped: for documented fields, and for other fields.
    unescaped: [usize; 2],
    /// Length in bytes of the path to the value that is being parsed.
    path: usize,
    opened: ParsedTree,
}

impl<'a> TreeParser<'a> {
    fn new(source: &'a ByteString, text: &'a str, plan: ParsePlan) -> Self {
        let left = if plan == ParsePlan::Whole { MAX_WHOLE_BYTES } else { MAX_UNDOCUMENTED_BYTES };
        let opened = ParsedTree::default();
        Self { source, text, plan, left, in_list: 0, unescaped: [MAX_UNESCAPED_BYTES; 2], path: 0, opened }
    }

    /// Parses the whole text of this parser, a value at `position`. Returns `None` if all values are to be parsed
    /// ([`ParsePlan::Whole`]) but need too much memory.
    fn run(mut self, position: ValuePosition) -> Option<ParsedTree> {
        let root = self.value(&mut JsonCursor(self.text), position)?;
        self.opened.unread.sort_by_key(|unread| !unread.is_documented);
        Some(ParsedTree { root, ..self.opened })
    }

    /// Takes `bytes` from the memory that is left for values of the kind `share`, such as undocumented values. Returns
    /// false, and takes nothing, if not enough memory is left.
    fn take_bytes(&mut self, share: MemoryShare, bytes: usize) -> bool {
        let left = match (self.plan, share) {
            (ParsePlan::Documented, MemoryShare::Field) => return true,
            (ParsePlan::Documented, MemoryShare::List) => &mut self.in_list,
            (ParsePlan::Documented, MemoryShare::Further) | (ParsePlan::Whole, _) => &mut self.left,
        };
        let fits = bytes <= *left;
        *left -= if fits { bytes } else { 0 };
        fits
    }

    /// Parses the value at the JSON cursor `cursor`; `position` is its position in the submission. Returns `None` if
    /// all values are to be parsed ([`ParsePlan::Whole`]) but need too much memory.
    fn value(&mut self, cursor: &mut JsonCursor<'a>, position: ValuePosition) -> Option<Node> {
        Some(match cursor.peek() {
            Some(b'[' | b'{') if position.depth == LEVELS || self.path > MAX_PATH_BYTES => {
                self.raw(cursor.value(), UnparsedKind::Value, 0, position)
            }
            Some(b'[') => self.list(cursor, position)?,
            Some(b'{') => self.object(cursor, position)?,
            Some(b'"') => self.string(cursor.value(), position)?,
            _ => match cursor.value() {
                "null" => Node::Null,
                "true" => Node::Bool(true),
                "false" => Node::Bool(false),
                digits if digits.len() > MAX_NUMBER_DIGITS => self.raw(digits, UnparsedKind::Value, 0, position),
                digits => Node::Number(digits.into()),
            },
        })
    }

    fn list(&mut self, cursor: &mut JsonCursor<'a>, position: ValuePosition) -> Option<Node> {
        let (share, outer) = self.begin_list(position, position.share == MemoryShare::Field);
        let most = match position.share {
            MemoryShare::Field => MAX_ELEMENTS,
            MemoryShare::List => MAX_NESTED_ELEMENTS,
            MemoryShare::Further => usize::MAX,
        };
        let (mut elements, above) = (Vec::new(), self.path);
        cursor.bracket();
        while cursor.has_more() {
            let is_full = elements.len() == most;
            if is_full || !self.take_bytes(share, size_of::<Node>()) {
                if self.plan == ParsePlan::Whole && !is_full {
                    return None;
                }
                let opened = elements.len();
                let text = cursor.rest();
                elements.push(self.raw(
                    text,
                    UnparsedKind::Elements(count(text)),
                    opened,
                    ValuePosition { share, ..position },
                ));
                break;
            }
            // The length of a written position, such as `[12]`.
            self.path = above + 2 + elements.len().checked_ilog10().unwrap_or_default() as usize;
            elements.push(self.value(cursor, ValuePosition { share, depth: position.depth + 1, ..position })?);
        }
        cursor.bracket();
        self.end_list(outer);
        self.path = above;
        elements.shrink_to_fit();
        Some(Node::List(elements))
    }

    /// Returns the kind of memory limit for the elements of the list (or object with open keys) at `position`. If
    /// `starts` is true, a new limit begins; the second value is what was left of the outer one, for
    /// [`Self::end_list`]. Else it is `None`.
    fn begin_list(&mut self, position: ValuePosition, starts: bool) -> (MemoryShare, Option<usize>) {
        if !starts {
            return (position.share, None);
        }
        let share = if position.place.is_some_and(DocumentedPlace::is_listed) {
            MAX_LIST_BYTES
        } else {
            MAX_UNDOCUMENTED_LIST_BYTES
        };
        (MemoryShare::List, Some(std::mem::replace(&mut self.in_list, share)))
    }

    fn end_list(&mut self, outer: Option<usize>) {
        self.in_list = outer.unwrap_or(self.in_list);
    }

    fn object(&mut self, cursor: &mut JsonCursor<'a>, position: ValuePosition) -> Option<Node> {
        let has_open_names = position.place.is_some_and(DocumentedPlace::has_open_names);
        let (share, outer) = self.begin_list(position, has_open_names && position.share == MemoryShare::Field);
        let most = if has_open_names && position.share == MemoryShare::List { MAX_NESTED_ELEMENTS } else { usize::MAX };
        let mut object = ParsedObject::default();
        let (above, by_plan) = (self.path, self.plan == ParsePlan::Documented);
        cursor.bracket();
        while cursor.has_more() {
            let start = self.offset(cursor);
            let Some(quoted) = cursor.key() else { break };
            let is_long = quoted.len() > MAX_KEY_BYTES;
            let key = if is_long { Cow::Borrowed("") } else { unescape(quoted) };
            let inner = self.member(ValuePosition { share, ..position }, &key, is_long);
            let is_named = inner.is_documented() && !has_open_names;
            let is_much = by_plan
                && (is_named && object.copies(inner.near) >= MAX_REPEATED_MEMBERS
                    || has_open_names && object.members.len() >= most);
            let heap = if key.len() > size_of::<Untrusted>() { key.len() + HEAP_OVERHEAD_BYTES } else { 0 };
            if is_long || is_much || !self.take_bytes(inner.share, size_of::<(Untrusted, Node)>() + heap) {
                if !(by_plan || is_long) {
                    return None;
                }
                let text = cursor.value();
                let mut differs = || if is_named { object.differs(inner.near, text) } else { object.holds(&key) };
                if inner.is_documented() && !self.opened.contested.contains(&inner.near) && differs() {
                    self.opened.contested.push(inner.near);
                }
                object.skip(start, self.offset(cursor), inner.is_documented());
                continue;
            }
            self.close_rest(&mut object, position);
            self.path = above + key.len() + 1;
            let before = cursor.0;
            let node = self.value(cursor, inner)?;
            self.path = above;
            if by_plan && is_named {
                let taken = before.len() - cursor.0.len();
                object.note(inner.near, JsonCursor(before.get(..taken).unwrap_or_default()).value());
            }
            object.push(Untrusted::new(key), node);
        }
        self.close_rest(&mut object, position);
        cursor.bracket();
        self.end_list(outer);
        Some(Node::Object(Members::new(object.members)))
    }

    /// Returns the position of the member with the key `key` in the object at `position`. If `is_long` is true, the key
    /// is too long to be documented, so the member counts as undocumented.
    fn member(&self, position: ValuePosition, key: &str, is_long: bool) -> ValuePosition {
        let place = position.place.filter(|_| !is_long).and_then(|place| place.member(key));
        let near = place.map_or(position.near, DocumentedPlace::path);
        let share =
            if matches!(place, Some(DocumentedPlace::Known(_))) { position.share } else { MemoryShare::Further };
        ValuePosition { place, near, share, depth: position.depth + 1 }
    }

    /// Converts the JSON string `quoted` into a node. A long one with escapes stays raw text once
    /// [`MAX_UNESCAPED_BYTES`] is reached. Returns `None` if all values are to be parsed ([`ParsePlan::Whole`]) but
    /// need too much memory.
    fn string(&mut self, quoted: &'a str, position: ValuePosition) -> Option<Node> {
        let inner = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(quoted);
        let is_escaped = inner.contains('\\');
        if !is_escaped && inner.len() > MAX_COPIED_BYTES {
            let fits = self.take_bytes(position.share, size_of::<ByteString>() + HEAP_OVERHEAD_BYTES)
                || self.plan == ParsePlan::Documented;
            return fits.then(|| Node::Text(Untrusted::shared(self.source.slice_ref(inner))));
        }
        if is_escaped && inner.len() > SHORT_STRING_BYTES {
            let left = self.unescaped.get_mut(usize::from(!position.is_documented()));
            let Some(left) = left.filter(|left| inner.len() <= **left) else {
                return Some(self.raw(quoted, UnparsedKind::Value, 0, position));
            };
            *left -= inner.len();
        }
        let is_on_heap = inner.len() > size_of::<Untrusted>();
        let heap = if is_on_heap { inner.len().min(SHORT_STRING_BYTES) + HEAP_OVERHEAD_BYTES } else { 0 };
        let fits = self.take_bytes(position.share, heap) || self.plan == ParsePlan::Documented;
        fits.then(|| Node::Text(Untrusted::new(unescape(quoted))))
    }

    /// Returns a node with the unparsed text `text` at `position` and lists it as unparsed. `rest` is the kind of the
    /// text. `opened` is the number of elements or members of the same list or object that were parsed before.
    fn raw(&mut self, text: &'a str, rest: UnparsedKind, opened: usize, position: ValuePosition) -> Node {
        let unread = UnparsedPart {
            place: position.near,
            rest,
            opened,
            bytes: text.len(),
            is_documented: position.is_documented(),
        };
        let unread_before = self.opened.unread.len();
        if unread_before < MAX_LISTED_PARTS {
            self.opened.unread.push(unread);
        } else {
            self.opened.unlisted_count += 1;
            // If there are too many, a part at a documented place replaces one at an undocumented place.
            if unread.is_documented
                && let Some(other) = self.opened.unread.iter_mut().find(|other| !other.is_documented)
            {
                *other = unread;
            }
        }
        Node::Raw(Box::new(RawText::new(Untrusted::shared(self.source.slice_ref(text)), rest)))
    }

    fn close_rest(&mut self, object: &mut ParsedObject<'_>, position: ValuePosition) {
        let Some(SkippedMembers { start, end, members, is_documented }) = object.rest.take() else { return };
        let text = self.text.get(start..end).unwrap_or_default();
        let share = if is_documented { position.share } else { MemoryShare::Further };
        let opened = object.members.iter().filter(|(_, node)| !node.is_rest()).count();
        let node = self.raw(text, UnparsedKind::Members(members), opened, ValuePosition { share, ..position });
        object.push(Untrusted::default(), node);
    }

    /// Returns the position of the JSON cursor `cursor` in bytes from the start of the submission.
    fn offset(&self, cursor: &JsonCursor<'a>) -> usize {
        self.text.len() - cursor.0.len()
    }
}

/// Returns the number of list elements in `elements`, the JSON text of elements with commas between them.
fn count(elements: &str) -> usize {
    let (mut walk, mut count) = (JsonCursor(elements), 0);
    while walk.has_more() {
        walk.value();
        count += 1;
    }
    count
}
