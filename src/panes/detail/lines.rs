//! TabLines of a tab, and the small set of shapes that tabs are written with.

use super::annotation::Annotation;
use super::{Anchor, Tab, TabContext};
use crate::submission::Field;
use crate::text::{Class, Safe};
use crate::ui::{Line, Piece, Role};

/// Columns of a label.
pub(super) const LABEL: usize = 20;

/// Where Enter leads from a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Jump {
    /// To the evidence.
    Evidence {
        /// The tab that shows it.
        tab: Tab,
        /// What the line there shows, or contains.
        anchor: Anchor,
    },
    /// To another submission, by its id.
    Submission(Box<str>),
}

/// Why a line is worth a key of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landmark {
    /// Something failed or is odd: `e` and `E`.
    Error,
    /// Time in which nothing happened: `p`.
    Gap,
}

/// One line of a tab.
#[derive(Clone, Debug, Default)]
pub struct TabLine {
    /// What is drawn.
    pub line: Line,
    /// What it shows; `None` for headings and our own words.
    pub anchor: Option<Anchor>,
    /// Whether the field can be revealed.
    pub private: bool,
    /// Where Enter leads.
    pub jump: Option<Jump>,
    /// Why it is worth a key.
    pub landmark: Option<Landmark>,
    /// Whether a part of a tree that hangs below the line is open; `None` where nothing does.
    pub open: Option<bool>,
}

impl TabLine {
    /// A line of a field.
    #[must_use]
    pub fn of(line: Line, field: &Field<'_>) -> Self {
        Self { line, anchor: Some(field.into()), private: field.class() != Class::Open, ..Self::default() }
    }

    /// The same line, with evidence elsewhere.
    #[must_use]
    pub fn with_link_to(mut self, tab: Tab, anchor: Anchor) -> Self {
        self.jump = Some(Jump::Evidence { tab, anchor });
        self
    }

    /// Returns the path of the field that it shows.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.anchor.as_ref()?.path()
    }

    /// Returns the tab and anchor of the evidence that Enter leads to.
    #[must_use]
    pub fn link(&self) -> Option<(Tab, &Anchor)> {
        match self.jump.as_ref()? {
            Jump::Evidence { tab, anchor } => Some((*tab, anchor)),
            Jump::Submission(_) => None,
        }
    }

    /// The same line, worth a key.
    #[must_use]
    pub const fn with_landmark(mut self, landmark: Landmark) -> Self {
        self.landmark = Some(landmark);
        self
    }
}

impl From<Line> for TabLine {
    fn from(line: Line) -> Self {
        Self { line, ..Self::default() }
    }
}

/// The lines of a tab while they are made.
pub(super) struct TabLines<'a> {
    context: TabContext<'a>,
    lines: Vec<TabLine>,
}

impl<'a> TabLines<'a> {
    pub(super) const fn new(context: TabContext<'a>) -> Self {
        Self { context, lines: Vec::new() }
    }

    pub(super) fn finish(self) -> Vec<TabLine> {
        self.lines
    }

    /// What the lines are made from.
    pub(super) const fn context(&self) -> TabContext<'a> {
        self.context
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.lines.len()
    }

    /// Changes the lines from the one at `from` on.
    pub(super) fn each_from(&mut self, from: usize, change: impl FnMut(&mut TabLine)) {
        self.lines.iter_mut().skip(from).for_each(change);
    }

    /// Gives the lines from the one at `from` on a place that Enter leads to.
    pub(super) fn link_to(&mut self, from: usize, tab: Tab, anchor: &Anchor) {
        self.each_from(from, |line| line.jump = Some(Jump::Evidence { tab, anchor: anchor.clone() }));
    }

    /// Says which field the lines from the one at `from` on show.
    pub(super) fn name(&mut self, from: usize, field: &Field<'_>) {
        self.each_from(from, |line| {
            line.anchor = Some(field.into());
            line.private = field.class() != Class::Open;
        });
    }

    /// Marks the line at `at` as worth a key.
    pub(super) fn set_landmark(&mut self, at: usize, landmark: Landmark) {
        if let Some(line) = self.lines.get_mut(at) {
            line.landmark = Some(landmark);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Any line.
    pub(super) fn push(&mut self, line: impl Into<TabLine>) {
        self.lines.push(line.into());
    }

    /// A heading, with an empty line before it where something stands above.
    pub(super) fn heading(&mut self, text: Safe) {
        if !self.lines.is_empty() {
            self.push(Line::blank());
        }
        self.push(Line::blank().with(text, Role::Title));
    }

    /// A sentence of ours, wrapped.
    pub(super) fn note(&mut self, text: &Safe) {
        for part in text.wrap(self.context.options.columns.max(1)) {
            self.push(Line::blank().with(part, Role::Dim));
        }
    }

    /// A line of several pieces, wrapped where it is too long; each piece keeps its role.
    pub(super) fn wrapped(&mut self, line: Line) {
        let columns = self.context.options.columns.max(1);
        let mut rows = vec![Line::blank()];
        for piece in line.pieces {
            let taken = rows.last().map_or(0, Line::width);
            let fits = taken + piece.text.width() <= columns;
            let parts = if fits { vec![piece.text] } else { piece.text.wrap(columns) };
            if !fits && taken > 0 {
                rows.push(Line::blank());
            }
            for (at, part) in parts.into_iter().enumerate() {
                if at > 0 {
                    rows.push(Line::blank());
                }
                if let Some(last) = rows.last_mut() {
                    *last = std::mem::take(last).with(part, piece.role);
                }
            }
        }
        rows.into_iter().for_each(|row| self.push(row));
    }

    /// Short pieces one after the other with a dot between them, on as many lines as they need.
    pub(super) fn inline_list(&mut self, pieces: &[Piece]) {
        self.indented_list(0, pieces);
    }

    /// The same, some columns further in.
    pub(super) fn indented_list(&mut self, indent: usize, pieces: &[Piece]) {
        const DOT: &str = " · ";
        let columns = self.context.options.columns;
        let start = || Line::blank().with(Safe::default().pad(indent), Role::Plain);
        let mut line = start();
        for piece in pieces {
            for (at, part) in piece.text.wrap(columns.saturating_sub(indent).max(1)).into_iter().enumerate() {
                let first = line.pieces.len() == 1;
                if !first && (at > 0 || line.width() + 3 + part.width() > columns) {
                    self.push(std::mem::replace(&mut line, start()));
                } else if !first {
                    line = line.word(DOT, Role::Dim);
                }
                line = line.with(part, piece.role);
            }
        }
        if line.pieces.len() > 1 {
            self.push(line);
        }
    }

    /// A field with its label and value; nothing when it was not sent or holds nothing.
    pub(super) fn field(&mut self, field: &Field<'_>) {
        self.explained(field, Role::Plain, None);
    }

    /// A field with its value in a role, and words of ours beside it.
    pub(super) fn explained(&mut self, field: &Field<'_>, role: Role, words: Option<Safe>) {
        self.labelled(field.label(), field, role, words);
    }

    /// A field under another label: its value as sent, and beside it the words given, else what its code or field means.
    pub(super) fn labelled(&mut self, label: Safe, field: &Field<'_>, role: Role, words: Option<Safe>) {
        if field.is_empty() {
            return;
        }
        let is_time = field.text().is_some_and(|text| crate::time::read(text).is_some());
        let shown = match field.text() {
            Some(text) if is_time && field.class() == Class::Open => self.context.time(text),
            _ => self.context.shown(field),
        };
        let beside = Annotation::of(self.context, field, words);
        for (at, line) in self.pair(&label, &shown, role, beside).into_iter().enumerate() {
            let line = TabLine::of(line, field);
            self.lines.push(if at == 0 { line } else { TabLine { jump: None, ..line } });
        }
    }

    /// A label and a text of ours.
    pub(super) fn text(&mut self, label: Safe, text: Safe, role: Role) {
        self.said(label, text, role, None);
    }

    /// A label, a text of ours, and words beside it.
    pub(super) fn said(&mut self, label: Safe, text: Safe, role: Role, words: Option<Safe>) {
        for line in self.pair(&label, &text, role, Annotation::said(words)) {
            self.push(line);
        }
    }

    /// Label, value, words: the value wrapped under itself, the words behind it or below where they do not fit. A label
    /// too long for its column stands above.
    fn pair(&self, label: &Safe, value: &Safe, role: Role, beside: Annotation) -> Vec<Line> {
        let columns = self.context.options.columns;
        let width = LABEL.min(columns / 3);
        let is_long = label.width() > width;
        let name = if is_long { Safe::default() } else { label.clone() };
        let mut lines: Vec<Line> = Vec::new();
        let room = columns.saturating_sub(width + 1).max(1);
        for part in value.wrap(room) {
            let name = if lines.is_empty() { name.pad(width) } else { Safe::default().pad(width) };
            lines.push(Line::blank().with(name, Role::Label).word(" ", Role::Plain).with(part, role));
        }
        beside.put(&mut lines, width + 1, columns);
        if is_long {
            let above = label.wrap(columns.max(1)).into_iter().map(|part| Line::blank().with(part, Role::Label));
            lines.splice(..0, above);
        }
        lines
    }
}
