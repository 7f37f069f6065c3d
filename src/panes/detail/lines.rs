//! The lines of a tab, and the layouts that tabs write them in.

use super::annotation::annotate;
use super::{Anchor, Tab, TabContext};
use crate::submission::Field;
use crate::text::{Class, Safe};
use crate::time;
use crate::ui::{Annotation, LabelledValue, Line, Piece, Role, indent, inline_list, wrap, wrap_line};

/// Width in columns of a label.
pub(super) const LABEL: usize = 20;

/// The place that Enter leads to from a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Jump {
    /// The evidence for the line, in another tab or the same one.
    Evidence {
        /// The tab that shows the evidence.
        tab: Tab,
        /// The anchor of the line with the evidence, or of something around it.
        anchor: Anchor,
    },
    /// Another submission, by its id.
    Submission(Box<str>),
}

/// The reason why a key jumps to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landmark {
    /// Something failed or is odd: the keys `e` and `E` jump here.
    Error,
    /// Idle time: the key `p` jumps here.
    Gap,
}

/// One line of a tab.
#[derive(Clone, Debug, Default)]
pub struct TabLine {
    /// The text that is drawn.
    pub line: Line,
    /// The thing that the line shows; `None` for headings and for words of this program.
    pub anchor: Option<Anchor>,
    /// Whether the field of the line can be revealed.
    pub private: bool,
    /// The place that Enter leads to; `None` if the line leads nowhere.
    pub jump: Option<Jump>,
    /// The reason why a key jumps to the line; `None` for most lines.
    pub landmark: Option<Landmark>,
    /// Whether the part of a tree below the line is open; `None` if no part hangs below the line.
    pub open: Option<bool>,
}

impl TabLine {
    /// Returns a line that shows a field.
    pub fn of(line: Line, field: &Field<'_>) -> Self {
        Self { line, anchor: Some(field.into()), private: field.class() != Class::Open, ..Self::default() }
    }

    /// Links the line to evidence in a tab.
    #[must_use]
    pub fn with_link_to(mut self, tab: Tab, anchor: Anchor) -> Self {
        self.jump = Some(Jump::Evidence { tab, anchor });
        self
    }

    /// Returns the path of the field that the line shows.
    pub fn path(&self) -> Option<&str> {
        self.anchor.as_ref()?.path()
    }

    /// Returns the tab and anchor of the evidence that Enter leads to.
    pub fn link(&self) -> Option<(Tab, &Anchor)> {
        match self.jump.as_ref()? {
            Jump::Evidence { tab, anchor } => Some((*tab, anchor)),
            Jump::Submission(_) => None,
        }
    }

    /// Makes the line a landmark.
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

    /// Returns what the lines are made from.
    pub(super) const fn context(&self) -> TabContext<'a> {
        self.context
    }

    pub(super) const fn len(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Adds a line.
    pub(super) fn push(&mut self, line: impl Into<TabLine>) {
        self.lines.push(line.into());
    }

    /// Adds lines with words of this program, which show no field.
    pub(super) fn extend(&mut self, lines: impl IntoIterator<Item = Line>) {
        self.lines.extend(lines.into_iter().map(TabLine::from));
    }

    /// Adds lines that show a field.
    pub(super) fn extend_of(&mut self, field: &Field<'_>, lines: impl IntoIterator<Item = Line>) {
        self.lines.extend(lines.into_iter().map(|line| TabLine::of(line, field)));
    }

    /// Changes the lines from the one at `from` on.
    pub(super) fn each_from(&mut self, from: usize, change: impl FnMut(&mut TabLine)) {
        self.lines.iter_mut().skip(from).for_each(change);
    }

    /// Links the lines from the one at `from` on to evidence in a tab.
    pub(super) fn link_to(&mut self, from: usize, tab: Tab, anchor: &Anchor) {
        self.each_from(from, |line| line.jump = Some(Jump::Evidence { tab, anchor: anchor.clone() }));
    }

    /// Anchors the lines from the one at `from` on to a field.
    pub(super) fn anchor_to(&mut self, from: usize, field: &Field<'_>) {
        self.each_from(from, |line| {
            line.anchor = Some(field.into());
            line.private = field.class() != Class::Open;
        });
    }

    /// Makes the line at `at` a landmark.
    pub(super) fn set_landmark(&mut self, at: usize, landmark: Landmark) {
        if let Some(line) = self.lines.get_mut(at) {
            line.landmark = Some(landmark);
        }
    }

    /// Adds an empty line.
    pub(super) fn blank(&mut self) {
        self.push(Line::new());
    }

    /// Adds a heading, with an empty line before it unless it is the first line.
    pub(super) fn heading(&mut self, text: Safe) {
        if !self.lines.is_empty() {
            self.blank();
        }
        self.push(Line::new().with(text, Role::Title));
    }

    /// Adds a sentence of this program, wrapped.
    pub(super) fn sentence(&mut self, text: &Safe) {
        self.extend(wrap(text, self.context.options.columns, Role::Dim));
    }

    /// Adds a line of several pieces, wrapped.
    pub(super) fn wrapped(&mut self, line: Line) {
        self.extend(wrap_line(line, self.context.options.columns));
    }

    /// Adds short pieces with dots between them.
    pub(super) fn inline_list(&mut self, pieces: impl IntoIterator<Item = Piece>) {
        self.indented_list(0, pieces);
    }

    /// Adds short pieces with dots between them, some columns further in.
    pub(super) fn indented_list(&mut self, columns: usize, pieces: impl IntoIterator<Item = Piece>) {
        let room = self.context.options.columns.saturating_sub(columns);
        self.extend(indent(inline_list(pieces.into_iter().map(Line::from), room), columns));
    }

    /// Adds a field with its label and value; adds nothing if the field is empty.
    pub(super) fn field(&mut self, field: &Field<'_>) {
        self.field_with(field, Role::Plain, None);
    }

    /// Adds a field with its value in a role, and a text about the value.
    pub(super) fn field_with(&mut self, field: &Field<'_>, role: Role, annotation: Option<Safe>) {
        self.field_as(self.context.label(field), field, role, annotation);
    }

    /// Adds a field under another label, with a text about the value; without a text, the code or field is explained.
    pub(super) fn field_as(&mut self, label: Safe, field: &Field<'_>, role: Role, annotation: Option<Safe>) {
        if field.is_empty() {
            return;
        }
        let is_time = |text: &&str| field.class() == Class::Open && time::read(text).is_some();
        let value = match field.text().filter(is_time) {
            Some(text) => self.context.time(text),
            None => self.context.masked_value(field),
        };
        let lines = self.labelled(label, value, role, annotate(self.context, field, annotation));
        self.extend_of(field, lines);
    }

    /// Adds a field that holds a judgement, also if the field is empty.
    pub(super) fn judgement(&mut self, label: Safe, field: &Field<'_>, role: Role, words: Safe) {
        let lines = self.labelled(label, self.context.masked_value(field), role, Annotation::new(Some(words)));
        self.extend_of(field, lines);
    }

    /// Adds a label and a text of this program.
    pub(super) fn text(&mut self, label: Safe, text: Safe, role: Role) {
        self.text_with(label, text, role, None);
    }

    /// Adds a label, a text of this program, and a remark on the text.
    pub(super) fn text_with(&mut self, label: Safe, text: Safe, role: Role, annotation: Option<Safe>) {
        let lines = self.labelled(label, text, role, Annotation::new(annotation));
        self.extend(lines);
    }

    fn labelled(&self, label: Safe, value: Safe, role: Role, annotation: Annotation) -> Vec<Line> {
        let columns = self.context.options.columns;
        let column = LABEL.min(columns / 3) + 1;
        LabelledValue::new(label, value, column).role(role).annotation(annotation).lines(columns)
    }
}
