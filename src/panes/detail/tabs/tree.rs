//! Draws JSON as a tree of lines. This module decides which objects and lists are open at first. It divides long lists
//! into groups, and shows values as sent.
//!
//! A closed part of the tree (an object, a list or a group) takes one line, however many fields it contains. No lines
//! are created for these fields. The [`Folds`](super::super::Folds) of the context say which parts the user opened and
//! closed.

use std::collections::HashSet;
use std::ops::Range;

use super::super::lines::TabLines;
use super::super::{Anchor, TabContext, TabLine};
use super::raw;
use crate::submission::find::Fields;
use crate::submission::node::UnparsedKind;
use crate::submission::{Field, Node};
use crate::text::{Safe, Untrusted, Value, grouped};
use crate::ui::{Line, Role};

/// Maximum number of members of a list or object that are shown without groups. More members are shown in groups of
/// this size. If there are more groups than this number, the groups are put in larger groups.
const MAX_UNGROUPED: usize = 100;

/// Maximum number of members of an object or list that is open at first, before the user opens or closes it. An object
/// or list with more members is closed at first.
const MAX_OPEN_MEMBERS: usize = 40;

/// Number of lines from which on a tab is full. A command that opens more levels of the JSON trees opens nothing below
/// this number of lines. So the tab does not get much larger than a screen needs.
const MAX_LINES: usize = 5_000;

/// The name that is drawn before a value in a JSON tree.
pub(super) enum NodeName {
    /// The key of a member of an object, masked as the mask level requires. The flag says whether the object holds this
    /// key more than once.
    Key(Safe, bool),
    /// The index of an element in its list.
    At(usize),
    /// A text in place of a key: words of this program, or the path of a field.
    Words(Safe),
}

/// A writer that adds JSON values as trees to the lines of a tab.
pub(super) struct TreeWriter<'a, 'l> {
    lines: &'l mut TabLines<'a>,
    /// Number of levels of the tree that are open at first, before the user opens or closes any part.
    levels: usize,
}

impl<'a, 'l> TreeWriter<'a, 'l> {
    pub(super) const fn new(lines: &'l mut TabLines<'a>, levels: usize) -> Self {
        Self { lines, levels }
    }

    /// Adds the lines of the members of `field`, an object or a list, to the tree. `depth` is the level of the members
    /// in the tree, counted from 0.
    pub(super) fn members(&mut self, field: &Field<'_>, depth: usize) {
        let repeated = repeated(field.node());
        self.range(field, 0, len(field.node()), depth, &repeated);
    }

    /// Adds the line of a value with its name to the tree. If the value is an object or list that is open, the lines of
    /// its members are added below. `depth` is the level of the value in the tree, counted from 0.
    pub(super) fn value(&mut self, name: NodeName, field: &Field<'_>, depth: usize) {
        if len(field.node()) == 0 {
            return self.leaf(name, field, depth);
        }
        let count = total(field.node());
        let open = self.is_open(&Anchor::from(field), depth, depth < self.levels && count <= MAX_OPEN_MEMBERS);
        let (words, short) = match field.node() {
            Node::List(_) => (counted(count, ["[ ", " item ]", " items ]"]), format!("[{count}]")),
            _ => (counted(count, ["{ ", " field }", " fields }"]), format!("{{{count}}}")),
        };
        let line = self.line_with_name(name, depth, if open { "▾ " } else { "▸ " });
        let room = self.columns().saturating_sub(line.width());
        let line = line.with(if words.width() <= room { words } else { Safe::sanitize(&short).fit(room) }, Role::Dim);
        self.push(TabLine { open: Some(open), level: depth, private: false, ..TabLine::of(line, field) });
        if open {
            self.members(field, depth + 1);
        }
    }

    fn range(&mut self, field: &Field<'_>, from: usize, to: usize, depth: usize, repeated: &HashSet<&Untrusted>) {
        let Some(size) = group_size(to.saturating_sub(from)) else {
            for at in from..to {
                let Some((key, member)) = field.nth(at) else { break };
                if member.node().is_rest() {
                    self.unparsed_line(&member, depth);
                    continue;
                }
                let name = key
                    .map_or(NodeName::At(at), |key| NodeName::Key(self.context().key(&member), repeated.contains(key)));
                self.value(name, &member, depth);
            }
            return;
        };
        for start in (from..to).step_by(size) {
            let end = to.min(start + size);
            let group = group(field, start..end);
            let open = self.is_open(&group, depth, false);
            let name = NodeName::Words(Safe::sanitize(&format!("{start} … {}", end - 1)));
            let line = self.line_with_name(name, depth, if open { "▾ " } else { "▸ " });
            self.push(TabLine { anchor: Some(group), open: Some(open), level: depth, ..TabLine::from(line) });
            if open {
                self.range(field, start, end, depth + 1, repeated);
            }
        }
    }

    /// Adds a line for the members of a list or object that were not parsed: their number and their raw text. `field`
    /// holds these members. `depth` is the level of the line in the tree.
    fn unparsed_line(&mut self, field: &Field<'_>, depth: usize) {
        let Node::Raw(raw) = field.node() else { return };
        let what = if matches!(raw.rest(), UnparsedKind::Elements(_)) { "items" } else { "fields" };
        let words = Safe::sanitize(&format!("{} further {what}", grouped(raw.unparsed_count())));
        self.leaf(NodeName::Words(words), field, depth);
    }

    /// Adds a value without members to the tree, with its name before it. A value that is too long for the rest of the
    /// line takes several lines, beside or below the name. `depth` is the level of the value in the tree.
    fn leaf(&mut self, name: NodeName, field: &Field<'_>, depth: usize) {
        if let Node::Raw(text) = field.node() {
            let what = if text.rest() == UnparsedKind::Garbage { "not JSON:" } else { "too large to open:" };
            let line = self.line_with_name(name, depth, "  ").word(what, Role::Warn);
            self.push(TabLine::of(line, field));
            let indent = self.indent(depth + 2);
            for part in raw::lines(&self.context(), field, text.text(), self.columns().saturating_sub(indent)) {
                let line = Line::indent(indent).with(part, Role::Plain);
                self.push(TabLine::of(line, field));
            }
            return;
        }
        let (value, role) = self.shown(field);
        let line = self.line_with_name(name, depth, "  ");
        let room = self.columns().saturating_sub(line.width());
        let below = self.indent(depth + 2);
        if value.width() <= room {
            return self.push(TabLine::of(line.with(value, role), field));
        }
        // Below its name a value may fit in one line, and beside a long name it would be a column of single words.
        let room_below = self.columns().saturating_sub(below);
        let is_below = room < room_below && (room < 24 || value.width() <= room_below);
        let indent = if is_below { below } else { line.width() };
        let parts = value.wrap(self.columns().saturating_sub(indent).max(1));
        let mut parts = parts.into_iter();
        let first = if is_below { None } else { parts.next() };
        let line = first.into_iter().fold(line, |line, part| line.with(part, role));
        self.push(TabLine::of(line, field));
        for part in parts {
            let line = Line::indent(indent).with(part, role);
            self.push(TabLine::of(line, field));
        }
    }

    /// Returns the beginning of the line of a value: the indent of the level `depth`, then `sign`, then the name. The
    /// sign shows whether the members of the value are shown. If the name is too long for one line, its first parts are
    /// added as lines, and the returned line has the last part.
    fn line_with_name(&mut self, name: NodeName, depth: usize, sign: &'static str) -> Line {
        let line = Line::indent(self.indent(depth)).word(sign, Role::Accent);
        let (name, role, repeated) = match name {
            NodeName::Key(key, repeated) => (key, Role::Label, repeated),
            NodeName::At(at) => (Safe::sanitize(&at.to_string()), Role::Dim, false),
            NodeName::Words(words) => (words, Role::Label, false),
        };
        let room = self.columns().saturating_sub(line.width() + 8).max(8);
        let mut parts = name.wrap(room);
        let last = parts.pop().unwrap_or_default();
        let mut line = line;
        for part in parts {
            let next = Line::indent(line.width());
            self.push(line.with(part, role));
            line = next;
        }
        let line = line.with(last, role).word(": ", Role::Dim);
        if repeated { line.word("⚠ repeated key ", Role::Warn) } else { line }
    }

    /// Returns the text of a value without members, such as a number, masked as the mask level requires. A string is in
    /// quotes. Also returns the role by which the colour theme draws the text.
    fn shown(&self, field: &Field<'_>) -> (Safe, Role) {
        let options = self.context().options;
        let mask = options.mask_of(field);
        match field.node() {
            Node::Null => (Safe::from_static("null"), Role::Accent),
            Node::List(_) => (Safe::from_static("[]"), Role::Dim),
            Node::Object(_) => (Safe::from_static("{}"), Role::Dim),
            Node::Text(text) => {
                // As in the JSON that came: a quote in the text must not look like its end.
                let text = match text.expose().contains(['\\', '"']) {
                    true => Untrusted::new(text.expose().replace('\\', "\\\\").replace('"', "\\\"")),
                    // One of megabytes is not copied.
                    false => text.clone(),
                };
                let value = Value::new(text, field.class());
                (Safe::concat(&[Safe::from_static("\""), value.masked(mask), Safe::from_static("\"")]), Role::Plain)
            }
            node => {
                let role = if matches!(node, Node::Number(_)) { Role::Info } else { Role::Accent };
                (field.value().map(|value| value.masked(mask)).unwrap_or_default(), role)
            }
        }
    }

    fn is_open(&self, part: &Anchor, depth: usize, by_default: bool) -> bool {
        let folds = self.context().folds;
        // Whoever opens every level of megabytes gets as much as a screen can hold, and folds behind it.
        let depth = if folds.has_levels() && self.lines.len() >= MAX_LINES { usize::MAX } else { depth };
        folds.is_open(part, depth, by_default)
    }

    /// Returns the indent in columns of the level `depth` of the tree. It is at most half of the width of the pane.
    fn indent(&self, depth: usize) -> usize {
        (depth * 2).min(self.columns() / 2)
    }

    const fn context(&self) -> TabContext<'a> {
        self.lines.context()
    }

    fn columns(&self) -> usize {
        self.context().options.columns.max(1)
    }

    fn push(&mut self, line: impl Into<TabLine>) {
        self.lines.push(line);
    }
}

/// Returns the parts of a JSON tree that must be open so that a certain member is visible, the outermost first. A part
/// is an object, a list, or a group of members.
///
/// `steps` leads from `field` to this member: each number is the index of a member within the previous value.
pub(in super::super) fn ancestors(field: &Field<'_>, steps: &[usize]) -> Vec<Anchor> {
    let mut parts = Vec::new();
    let mut field = field.clone();
    for at in steps {
        parts.push(Anchor::from(&field));
        let mut range = 0..len(field.node());
        while let Some(size) = group_size(range.len()) {
            let start = range.start + (at - range.start) / size * size;
            range = start..range.end.min(start + size);
            parts.push(group(&field, range.clone()));
        }
        let Some((_, member)) = field.nth(*at) else { break };
        field = member;
    }
    parts
}

/// Returns the hidden content of a closed part of a JSON tree: the field that contains the hidden members, and their
/// indexes. A part is an object, a list or a group of members. `folded` is the anchor of the part's line; an anchor
/// names what a line shows. `fields` finds a field by its path. Returns `None` if the anchor is not that of a part of a
/// tree, or if the field does not exist.
pub(in super::super) fn folded_members<'a>(
    fields: &mut Fields<'a>,
    folded: &Anchor,
) -> Option<(Field<'a>, Range<usize>)> {
    match folded {
        Anchor::Field(path) => fields.at_path(path).map(|field| (field, 0..usize::MAX)),
        Anchor::Members { path, range } => Some((fields.at_path(path)?, range.clone())),
        Anchor::Linked(_) | Anchor::Difference(_) => None,
    }
}

/// Returns the number of members in each group of a list or object with `members` members. `None` if its members are
/// shown without groups.
fn group_size(members: usize) -> Option<usize> {
    let mut size = 1;
    while members > size * MAX_UNGROUPED {
        size *= MAX_UNGROUPED;
    }
    (size > 1).then_some(size)
}

/// Returns the anchor for the line of a group of members; an anchor names what a line shows. `field` is the long list
/// or object that is divided into groups. `range` holds the indexes of the members in this group.
fn group(field: &Field<'_>, range: Range<usize>) -> Anchor {
    Anchor::Members { path: field.path().to_owned(), range }
}

/// Returns the number of members of an object, or of elements of a list. Returns 0 for any other value.
pub(super) fn len(node: &Node) -> usize {
    match node {
        Node::Object(members) => members.len(),
        Node::List(elements) => elements.len(),
        _ => 0,
    }
}

/// Returns the number of members of an object or of elements of a list, including those that were not parsed. Returns 0
/// for any other value.
fn total(node: &Node) -> usize {
    let parts: &mut dyn Iterator<Item = &Node> = match node {
        Node::Object(members) => &mut members.iter().map(|(_, member)| member),
        Node::List(elements) => &mut elements.iter(),
        _ => return 0,
    };
    parts.map(|part| part.unparsed_count().max(1)).sum()
}

fn repeated(node: &Node) -> HashSet<&Untrusted> {
    let mut seen = HashSet::new();
    let opened = node.members().iter().filter(|(_, member)| !member.is_rest());
    opened.map(|(key, _)| key).filter(|key| !seen.insert(*key)).collect()
}

fn counted(count: usize, [before, one, many]: [&str; 3]) -> Safe {
    Safe::sanitize(&format!("{before}{count}{}", if count == 1 { one } else { many }))
}
