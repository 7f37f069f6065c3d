//! Opening a submission within bounds: all of it where that takes little memory, else the documented fields first.
//!
//! A submission that needs more than [`WHOLE`] bytes is opened by a plan. Documented fields are read whatever is large
//! beside them; each documented list has its own share, so that none takes the place of another; what the documentation
//! does not know has what is left. Nothing is dropped: what is not opened stays as text, and is told in [`Opened::unread`].

mod object;

use std::borrow::Cow;

use bytes::Bytes;
use bytestring::ByteString;

use super::{Members, Node, Raw, Rest, Unread};
use crate::submission::json::{Json, JsonCursor, after_string, unescape};
use crate::submission::places::DocumentedPlace;
use crate::text::Untrusted;
use object::{OpeningObject, Skipped};

/// Levels that are opened: no documented field lies deeper than 7, and what walks over a tree calls itself for each.
pub(in crate::submission) const LEVELS: usize = 128;

/// Bytes of memory within which all of a submission is opened: five times what the largest real one takes, and little
/// enough for three of them beside two answers of 16 MiB.
const WHOLE: usize = 8 << 20;

/// Bytes of a submission up to which its values are not counted before.
const SMALL: usize = 256 << 10;

/// By plan, bytes for what the documentation does not know.
const FURTHER: usize = 3 << 20;

/// By plan, bytes for each list that the documentation has: some thousand values.
const LISTED: usize = 192 << 10;

/// By plan, bytes for a list where the documentation has a single value.
const UNLISTED: usize = 4 << 10;

/// Elements of a documented list that are opened; a real one has some ten, and what is drawn grows with them.
const ELEMENTS: usize = 1_000;

/// Elements of a documented list within another, so that one attempt cannot hide the others.
const NESTED: usize = 100;

/// By plan, how often a documented key may occur in one object; more copies make it contradictory.
const COPIES: usize = 8;

/// Bytes of escaped texts that are unescaped, which needs a copy; for documented fields and for others each.
const UNESCAPED: usize = 1 << 20;

/// Bytes of an escaped text that is unescaped in any case: any word, number or time is shorter.
const SHORT: usize = 512;

/// Bytes from which a text stays a part of the answer instead of being copied.
const SHARED: usize = 48;

/// Bytes of a key; documented ones have less than 64. A longer one would be repeated in each path below it.
const LONGEST_KEY: usize = 1024;

/// Bytes of a path below which values are opened, for the same reason.
const LONGEST_PATH: usize = 2048;

/// Digits of a number: more than any computer prints.
pub(super) const LONGEST_NUMBER: usize = 1024;

/// Parts that were not opened and are told one by one; all others only count.
const TOLD: usize = 50;

/// What a text or key on the heap takes beside its bytes.
const HEAP: usize = 16;

/// A submission as far as it was opened.
pub(in crate::submission) struct Opened {
    pub(in crate::submission) root: Node,
    /// What was not opened, documented places first.
    pub(in crate::submission) unread: Vec<Unread>,
    /// How many further parts were not.
    pub(in crate::submission) more: usize,
    /// Documented paths whose key occurs in one object so often that not all of its values were read.
    pub(in crate::submission) contested: Vec<&'static str>,
}

/// Opens a submission. Takes time in proportion to its length, and memory up to a bound.
pub(in crate::submission) fn open(raw: &Bytes) -> Opened {
    let (Ok(json), Ok(source)) = (Json::read(raw), ByteString::try_from(raw.clone())) else {
        let text = ByteString::try_from(raw.clone())
            .map_or_else(|_| Untrusted::new(String::from_utf8_lossy(raw)), Untrusted::shared);
        let root = Node::Raw(Box::new(Raw::new(text, Rest::Garbage)));
        return Opened { root, unread: Vec::new(), more: 0, contested: Vec::new() };
    };
    let spot = Spot { place: Some(DocumentedPlace::root()), near: "", share: Share::Field, depth: 0 };
    run(&source, json.as_sent(), spot)
}

fn run(source: &ByteString, text: &str, spot: Spot) -> Opened {
    // What is known not to fit is not tried.
    let may_fit = text.len() < SMALL || values(text) * size_of::<Node>() <= WHOLE;
    let opened = if may_fit { Opening::new(source, text, OpeningPlan::Whole).run(spot) } else { None };
    let opened = opened.or_else(|| Opening::new(source, text, OpeningPlan::Documented).run(spot));
    opened.unwrap_or_else(|| Opened { root: Node::Null, unread: Vec::new(), more: 0, contested: Vec::new() })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum OpeningPlan {
    /// All of it, if that takes no more than [`WHOLE`].
    Whole,
    /// What is documented, and a part of the rest.
    Documented,
}

/// Whose share of the memory a value takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Share {
    /// A documented field outside of lists: as many as the documentation has.
    Field,
    /// A documented field in a list, or under an open name.
    List,
    /// What no documentation knows.
    Further,
}

/// Where a value is.
#[derive(Clone, Copy)]
struct Spot {
    /// None below what no documentation knows.
    place: Option<DocumentedPlace>,
    /// The documented path there, or the nearest one around it.
    near: &'static str,
    share: Share,
    depth: usize,
}

impl Spot {
    fn is_documented(self) -> bool {
        self.share != Share::Further
    }
}

/// An opening under way.
struct Opening<'a> {
    source: &'a ByteString,
    text: &'a str,
    plan: OpeningPlan,
    /// Bytes left for all of it, or for what is not documented.
    left: usize,
    /// Bytes left for the list that is being opened.
    in_list: usize,
    /// Bytes of escaped texts left: of documented fields, of others.
    unescaped: [usize; 2],
    /// Bytes of the path.
    path: usize,
    opened: Opened,
}

impl<'a> Opening<'a> {
    fn new(source: &'a ByteString, text: &'a str, plan: OpeningPlan) -> Self {
        let left = if plan == OpeningPlan::Whole { WHOLE } else { FURTHER };
        let opened = Opened { root: Node::Null, unread: Vec::new(), more: 0, contested: Vec::new() };
        Self { source, text, plan, left, in_list: 0, unescaped: [UNESCAPED; 2], path: 0, opened }
    }

    /// What was opened; none where all of it takes too much.
    fn run(mut self, spot: Spot) -> Option<Opened> {
        let root = self.value(&mut JsonCursor(self.text), spot)?;
        self.opened.unread.sort_by_key(|unread| !unread.is_documented);
        Some(Opened { root, ..self.opened })
    }

    /// Takes memory out of a share; tells whether it was there.
    fn takes(&mut self, share: Share, bytes: usize) -> bool {
        let left = match (self.plan, share) {
            (OpeningPlan::Documented, Share::Field) => return true,
            (OpeningPlan::Documented, Share::List) => &mut self.in_list,
            (OpeningPlan::Documented, Share::Further) | (OpeningPlan::Whole, _) => &mut self.left,
        };
        let fits = bytes <= *left;
        *left -= if fits { bytes } else { 0 };
        fits
    }

    /// Opens a value; none where a whole submission takes too much.
    fn value(&mut self, walk: &mut JsonCursor<'a>, spot: Spot) -> Option<Node> {
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

    fn list(&mut self, walk: &mut JsonCursor<'a>, spot: Spot) -> Option<Node> {
        let (share, outer) = self.begin_list(spot, spot.share == Share::Field);
        let most = match spot.share {
            Share::Field => ELEMENTS,
            Share::List => NESTED,
            Share::Further => usize::MAX,
        };
        let (mut elements, above) = (Vec::new(), self.path);
        walk.bracket();
        while walk.has_more() {
            let is_full = elements.len() == most;
            if is_full || !self.takes(share, size_of::<Node>()) {
                if self.plan == OpeningPlan::Whole && !is_full {
                    return None;
                }
                let opened = elements.len();
                let text = walk.rest();
                elements.push(self.raw(text, Rest::Elements(count(text)), opened, Spot { share, ..spot }));
                break;
            }
            // As long as a position is written.
            self.path = above + 2 + elements.len().checked_ilog10().unwrap_or_default() as usize;
            elements.push(self.value(walk, Spot { share, depth: spot.depth + 1, ..spot })?);
        }
        walk.bracket();
        self.end_list(outer);
        self.path = above;
        elements.shrink_to_fit();
        Some(Node::List(elements))
    }

    /// Begins a list, or an object of open names, with a share of its own if it `starts` one.
    fn begin_list(&mut self, spot: Spot, starts: bool) -> (Share, Option<usize>) {
        if !starts {
            return (spot.share, None);
        }
        let share = if spot.place.is_some_and(DocumentedPlace::is_listed) { LISTED } else { UNLISTED };
        (Share::List, Some(std::mem::replace(&mut self.in_list, share)))
    }

    fn end_list(&mut self, outer: Option<usize>) {
        self.in_list = outer.unwrap_or(self.in_list);
    }

    fn object(&mut self, walk: &mut JsonCursor<'a>, spot: Spot) -> Option<Node> {
        let has_open_names = spot.place.is_some_and(DocumentedPlace::has_open_names);
        let (share, outer) = self.begin_list(spot, has_open_names && spot.share == Share::Field);
        let most = if has_open_names && spot.share == Share::List { NESTED } else { usize::MAX };
        let mut object = OpeningObject::default();
        let (above, by_plan) = (self.path, self.plan == OpeningPlan::Documented);
        walk.bracket();
        while walk.has_more() {
            let start = self.offset(walk);
            let Some(quoted) = walk.key() else { break };
            let is_long = quoted.len() > LONGEST_KEY;
            let key = if is_long { Cow::Borrowed("") } else { unescape(quoted) };
            let inner = self.member(Spot { share, ..spot }, &key, is_long);
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

    /// Where a member is.
    fn member(&self, spot: Spot, key: &str, is_long: bool) -> Spot {
        let place = spot.place.filter(|_| !is_long).and_then(|place| place.member(key));
        let near = place.map_or(spot.near, DocumentedPlace::path);
        let share = if matches!(place, Some(DocumentedPlace::Known(_))) { spot.share } else { Share::Further };
        Spot { place, near, share, depth: spot.depth + 1 }
    }

    /// The text of a string: a part of the answer where it is long, unescaped where that costs little.
    fn string(&mut self, quoted: &'a str, spot: Spot) -> Option<Node> {
        let inner = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(quoted);
        let is_escaped = inner.contains('\\');
        if !is_escaped && inner.len() > SHARED {
            let fits = self.takes(spot.share, size_of::<ByteString>() + HEAP) || self.plan == OpeningPlan::Documented;
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
        let fits = self.takes(spot.share, heap) || self.plan == OpeningPlan::Documented;
        fits.then(|| Node::Text(Untrusted::new(unescape(quoted))))
    }

    /// Keeps text that is not opened, and tells of it.
    fn raw(&mut self, text: &'a str, rest: Rest, opened: usize, spot: Spot) -> Node {
        let unread = Unread { place: spot.near, rest, opened, bytes: text.len(), is_documented: spot.is_documented() };
        let unread_before = self.opened.unread.len();
        if unread_before < TOLD {
            self.opened.unread.push(unread);
        } else {
            self.opened.more += 1;
            // Of many, those at documented places are told.
            if unread.is_documented
                && let Some(other) = self.opened.unread.iter_mut().find(|other| !other.is_documented)
            {
                *other = unread;
            }
        }
        Node::Raw(Box::new(Raw::new(Untrusted::shared(self.source.slice_ref(text)), rest)))
    }

    fn close_rest(&mut self, object: &mut OpeningObject<'_>, spot: Spot) {
        let Some(Skipped { start, end, members, is_documented }) = object.rest.take() else { return };
        let text = self.text.get(start..end).unwrap_or_default();
        let share = if is_documented { spot.share } else { Share::Further };
        let opened = object.members.iter().filter(|(_, node)| !node.is_rest()).count();
        let node = self.raw(text, Rest::Members(members), opened, Spot { share, ..spot });
        object.push(Untrusted::default(), node);
    }

    /// Where a walk is.
    fn offset(&self, walk: &JsonCursor<'a>) -> usize {
        self.text.len() - walk.0.len()
    }
}

/// How many values a text has at least: there are as many commas as values but one in each list and object.
fn values(text: &str) -> usize {
    let (mut rest, mut commas) = (text.as_bytes(), 0);
    while let Some(at) = memchr::memchr2(b',', b'"', rest) {
        let is_string = rest.get(at) == Some(&b'"');
        rest = rest.get(at + 1..).unwrap_or_default();
        if is_string {
            rest = after_string(rest);
        } else {
            commas += 1;
        }
    }
    commas
}

/// How many elements a text of nothing else has.
fn count(elements: &str) -> usize {
    let (mut walk, mut count) = (JsonCursor(elements), 0);
    while walk.has_more() {
        walk.value();
        count += 1;
    }
    count
}
