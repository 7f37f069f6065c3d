//! One documented field as lines: label, value as sent, and words for what holds nothing.

use super::super::super::beside::Beside;
use super::super::super::lines::Lines;
use super::super::super::{Sheet, TabLine};
use super::sections::Section;
use crate::submission::{Field, Node};
use crate::text::{Class, Safe};
use crate::time;
use crate::ui::{Line, Role};

/// Columns of a label.
const LABEL: usize = 24;

/// Entries of one list that are shown; the rest is counted and stands in the JSON tab.
const MOST: usize = 200;

/// The lines of the tab while they are made.
pub(super) struct Entries<'a> {
    pub(super) sheet: Sheet<'a>,
    pub(super) lines: Lines<'a>,
    len: usize,
    /// Columns before the value of the entry above.
    indent: usize,
}

impl<'a> Entries<'a> {
    pub(super) const fn new(sheet: Sheet<'a>) -> Self {
        Self { sheet, lines: Lines::new(sheet), len: 0, indent: 0 }
    }

    /// Entries made so far: to tell whether a section has any.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// A section by its table; of several objects where one is documented, each by itself.
    pub(super) fn section(&mut self, section: &Section<'_>) {
        let mut headed = false;
        for paths in section.paths.chunk_by(|one, other| block(one) == block(other)) {
            let blocks = paths.first().and_then(|path| block(path)).map(|block| self.at(block));
            let blocks = blocks.unwrap_or_else(|| vec![self.sheet.document.root()]);
            for (at, block) in blocks.iter().take(MOST).enumerate() {
                let fields: Vec<Field<'_>> = paths.iter().filter_map(|path| block.child(key(path))).collect();
                if fields.is_empty() {
                    continue;
                }
                if !std::mem::replace(&mut headed, true) {
                    self.lines.heading(Safe::word(section.title));
                }
                if blocks.len() > 1 {
                    let words = Safe::of(&format!("{} of {}", at + 1, blocks.len()));
                    self.lines.push(Line::blank().with(words, Role::Dim));
                }
                fields.iter().for_each(|field| self.field(field));
            }
            self.left_out(blocks.len());
        }
    }

    /// Every field at a documented path, however many there are at each step.
    pub(super) fn at(&self, path: &str) -> Vec<Field<'a>> {
        let mut fields = vec![self.sheet.document.root()];
        for key in path.split('.') {
            fields = fields.iter().filter_map(|field| field.child(key)).flat_map(|field| field.each()).collect();
        }
        fields
    }

    /// How many entries of a list are not shown.
    pub(super) fn left_out(&mut self, count: usize) {
        if let Some(more) = count.checked_sub(MOST).filter(|more| *more > 0) {
            self.lines.note(&Safe::of(&format!("… and {more} more, in the JSON tab")));
        }
    }

    /// A documented field under its name.
    pub(super) fn field(&mut self, field: &Field<'_>) {
        self.labelled(&self.sheet.label(field), field, None);
    }

    /// A field under another name, with words of ours beside it. A value that is an object is left to those who show it.
    pub(super) fn labelled(&mut self, label: &Safe, field: &Field<'_>, words: Option<Safe>) {
        match field.node() {
            _ if field.is_empty() => {
                let empty = match field.node() {
                    Node::Null => "null",
                    Node::List(_) => "empty list",
                    Node::Object(_) => "empty object",
                    _ => "empty text",
                };
                let words = words.into_iter().chain([Safe::word(empty)]).collect::<Vec<_>>();
                self.entry(label, &Safe::word("–"), field, Beside::said(Some(Safe::join(&words, " · "))));
            }
            Node::Object(_) => {}
            Node::List(_) => {
                let scalars = field.node().list().iter().enumerate().filter(|(_, element)| element.expose().is_some());
                for (nth, (at, _)) in scalars.take(MOST).enumerate() {
                    let Some((_, element)) = field.nth(at) else { continue };
                    let beside = Beside::of(self.sheet, &element, None);
                    let (first, beside) = match nth {
                        0 => (label.clone(), beside),
                        _ => (Safe::default(), beside.without_meaning()),
                    };
                    self.entry(&first, &self.sheet.shown(&element), &element, beside);
                }
                self.left_out(field.node().count());
            }
            _ => {
                let open = field.text().filter(|_| field.class() == Class::Open);
                match open.filter(|text| time::read(text).is_some()) {
                    Some(text) => {
                        let sent = Safe::concat(&[Safe::word("as sent "), self.sheet.shown(field)]);
                        let words = words.into_iter().chain([sent]).collect::<Vec<_>>();
                        let beside = Beside::of(self.sheet, field, Some(Safe::join(&words, " · ")));
                        self.entry(label, &self.sheet.time(text), field, beside);
                    }
                    None => {
                        let beside = Beside::of(self.sheet, field, words);
                        self.entry(label, &self.sheet.shown(field), field, beside);
                    }
                }
            }
        }
    }

    /// A label, a value, and words behind it or below. A label too long for its column stands above its value; a value
    /// without a label stands below the value before.
    pub(super) fn entry(&mut self, label: &Safe, value: &Safe, field: &Field<'_>, beside: Beside) {
        self.len += 1;
        let columns = self.sheet.look.columns.max(1);
        let width = LABEL.min(columns / 3);
        let is_long = label.width() > width;
        if is_long {
            for part in label.wrap(columns) {
                self.lines.push(TabLine::of(Line::blank().with(part, Role::Label), field));
            }
        }
        if !label.is_empty() {
            self.indent = if is_long { 2 } else { width + 1 }.min(columns - 1);
        }
        let indent = self.indent;
        let name = if is_long { Safe::default() } else { label.clone() };
        let start = Line::blank().with(name.pad(indent), Role::Label);
        let room = columns.saturating_sub(indent).max(1);
        let blank = Line::blank().with(Safe::default().pad(indent), Role::Plain);
        let role = if field.is_empty() { Role::Dim } else { Role::Plain };
        let mut lines = Vec::new();
        for part in value.wrap(room) {
            let start = if lines.is_empty() { start.clone() } else { blank.clone() };
            lines.push(start.with(part, role));
        }
        beside.put(&mut lines, indent, columns);
        for line in lines {
            self.lines.push(TabLine::of(line, field));
        }
    }
}

/// The object that a documented path leads into; none for a member of the submission itself.
fn block(path: &'static str) -> Option<&'static str> {
    path.rsplit_once('.').map(|(block, _)| block)
}

/// The key at the end of a documented path.
pub(super) fn key(path: &'static str) -> &'static str {
    path.rsplit('.').next().unwrap_or(path)
}
