//! The lines of a tab, and functions that arrange fields and texts in such lines.

use super::annotation::annotate;
use super::{Anchor, Tab, TabContext};
use crate::submission::Field;
use crate::text::{Class, Safe};
use crate::time;
use crate::ui::{Annotation, LabelledValue, Line, Piece, Role, indent, inline_list, wrap, wrap_flowing, wrap_line};

/// Width in columns of the label before a value.
pub(super) const LABEL_WIDTH: usize = 20;

/// The target that the Enter key leads to from a line of a tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Jump {
    /// A line with the field that proves what this line says, in another tab or in the same tab.
    Evidence {
        /// The tab that shows the field.
        tab: Tab,
        /// The anchor of the target line, which is the name of what that line shows: the field, or a field that
        /// contains it.
        anchor: Anchor,
    },
    /// Another submission, by its id.
    Submission(Box<str>),
}

/// The reason why the line is a landmark, that is, a line to which a key of the keyboard jumps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landmark {
    /// Something failed or is unusual, or the line is a finding or a status: the keys `e` and `E` jump to the line.
    Error,
    /// The line shows a time in which nothing happened: the key `p` jumps to the line.
    Gap,
}

/// One line of a tab of the detail pane: its text, and what a key such as Enter does while the cursor is on the line.
#[derive(Clone, Debug, Default)]
pub struct TabLine {
    /// The text that is drawn. Each piece of it has a role, by which the theme chooses the colour.
    pub line: Line,
    /// The name of the thing that the line shows; `None` for headings and for sentences of this program.
    pub anchor: Option<Anchor>,
    /// Whether the line shows a field with identity data: a mask level can hide it, and the user can reveal it.
    pub private: bool,
    /// The target that the Enter key leads to; `None` if the Enter key leads nowhere from this line.
    pub jump: Option<Jump>,
    /// The reason why a key jumps to the line; `None` for most lines.
    pub landmark: Option<Landmark>,
    /// Whether the part of a JSON tree, such as an object, that begins at this line is open; `None` if no such part
    /// begins here.
    pub open: Option<bool>,
    /// The level of the part of a JSON tree that begins at this line, counted from 0; 0 if no part begins here.
    pub level: usize,
}

impl TabLine {
    /// Returns a tab line with the text `line`, which shows `field`: the field is its anchor (the name of what it
    /// shows).
    pub fn of(line: Line, field: &Field<'_>) -> Self {
        Self { line, anchor: Some(field.into()), private: field.class() != Class::Open, ..Self::default() }
    }

    /// Returns the line with a target for the Enter key: the field `anchor` in the tab `tab`. This field is the
    /// evidence for the text of the line.
    #[must_use]
    pub fn with_link_to(mut self, tab: Tab, anchor: Anchor) -> Self {
        self.jump = Some(Jump::Evidence { tab, anchor });
        self
    }

    /// Returns the path of the field that the line shows. `None` if the line shows no field.
    pub fn path(&self) -> Option<&str> {
        self.anchor.as_ref()?.path()
    }

    /// Returns the tab that the Enter key leads to, and the anchor of the target line in this tab (the name of what it
    /// shows). `None` if the Enter key leads nowhere, or to another submission.
    pub fn link(&self) -> Option<(Tab, &Anchor)> {
        match self.jump.as_ref()? {
            Jump::Evidence { tab, anchor } => Some((*tab, anchor)),
            Jump::Submission(_) => None,
        }
    }

    /// Returns the line as a landmark: a line that a key jumps to. `landmark` is the reason.
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

/// The lines of a tab while they are made: functions add lines one after the other.
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

    /// Returns the submission and the view options from which the lines are made.
    pub(super) const fn context(&self) -> TabContext<'a> {
        self.context
    }

    pub(super) const fn len(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Adds a line at the end of the lines made so far.
    pub(super) fn push(&mut self, line: impl Into<TabLine>) {
        self.lines.push(line.into());
    }

    /// Adds lines with words of this program. They show no field.
    pub(super) fn extend(&mut self, lines: impl IntoIterator<Item = Line>) {
        self.lines.extend(lines.into_iter().map(TabLine::from));
    }

    /// Adds lines that show `field`: the field is the anchor of each line (the name of what the line shows).
    pub(super) fn extend_of(&mut self, field: &Field<'_>, lines: impl IntoIterator<Item = Line>) {
        self.lines.extend(lines.into_iter().map(|line| TabLine::of(line, field)));
    }

    /// Calls `change` for each line added so far, from index `from` on.
    pub(super) fn change_from(&mut self, from: usize, change: impl FnMut(&mut TabLine)) {
        self.lines.iter_mut().skip(from).for_each(change);
    }

    /// Sets the target of the Enter key on each line added so far, from index `from` on. The target is the field
    /// `anchor` in the tab `tab`, which is the evidence for the text of these lines.
    pub(super) fn link_to(&mut self, from: usize, tab: Tab, anchor: &Anchor) {
        self.change_from(from, |line| line.jump = Some(Jump::Evidence { tab, anchor: anchor.clone() }));
    }

    /// Sets `field` as the anchor (the name of what a line shows) of each line added so far, from index `from` on.
    pub(super) fn anchor_to(&mut self, from: usize, field: &Field<'_>) {
        self.change_from(from, |line| {
            line.anchor = Some(field.into());
            line.private = field.class() != Class::Open;
        });
    }

    /// Makes the line at index `index` a landmark: a line that a key jumps to. `landmark` is the reason.
    pub(super) fn set_landmark(&mut self, index: usize, landmark: Landmark) {
        if let Some(line) = self.lines.get_mut(index) {
            line.landmark = Some(landmark);
        }
    }

    /// Adds an empty line.
    pub(super) fn blank(&mut self) {
        self.push(Line::new());
    }

    /// Adds a heading. An empty line is before it, unless the heading is the first line of the tab.
    pub(super) fn heading(&mut self, text: Safe) {
        if !self.lines.is_empty() {
            self.blank();
        }
        self.extend(wrap(&text, self.context.options.columns, Role::Title));
    }

    /// Adds a sentence of this program, wrapped to the width of the pane.
    pub(super) fn sentence(&mut self, text: &Safe) {
        self.extend(wrap(text, self.context.options.columns, Role::Dim));
    }

    /// Adds a line of several pieces of text, wrapped to the width of the pane. If a piece does not fit, a further line
    /// begins before it.
    pub(super) fn wrapped_line(&mut self, line: Line) {
        self.extend(wrap_line(line, self.context.options.columns));
    }

    /// Adds a line of several pieces of text, wrapped to the width of the pane. The pieces are wrapped together like
    /// one text: a line may end between any two words.
    pub(super) fn wrapped_text(&mut self, line: Line) {
        self.extend(wrap_flowing(line, self.context.options.columns));
    }

    /// Adds short pieces of text one after the other, with dots between them. Pieces that do not fit on a line are on
    /// further lines.
    pub(super) fn inline_list(&mut self, pieces: impl IntoIterator<Item = Piece>) {
        self.indented_list(0, pieces);
    }

    /// Adds short pieces of text one after the other, with dots between them. All lines are indented by `columns`
    /// columns.
    pub(super) fn indented_list(&mut self, columns: usize, pieces: impl IntoIterator<Item = Piece>) {
        let room = self.context.options.columns.saturating_sub(columns);
        self.extend(indent(inline_list(pieces.into_iter().map(Line::from), room), columns));
    }

    /// Adds a field with its label and value. Does nothing if the field is empty.
    pub(super) fn field(&mut self, field: &Field<'_>) {
        self.field_with(field, Role::Plain, None);
    }

    /// Adds a field; does nothing if the field is empty. `role` decides how the value is drawn. `annotation` is a text
    /// about the value, which is drawn beside it. If it is `None` and the value is a code, the meaning of the code is
    /// drawn.
    pub(super) fn field_with(&mut self, field: &Field<'_>, role: Role, annotation: Option<Safe>) {
        self.field_as(self.context.label(field), field, role, annotation);
    }

    /// Adds a field under the label `label`; does nothing if the field is empty. `role` decides how the value is drawn.
    /// `annotation` is a text about the value, which is drawn beside it. If it is `None` and the value is a code, the
    /// meaning of the code is drawn.
    pub(super) fn field_as(&mut self, label: Safe, field: &Field<'_>, role: Role, annotation: Option<Safe>) {
        if field.is_empty() {
            return;
        }
        let is_time = |text: &&str| field.class() == Class::Open && time::parse_timestamp(text).is_some();
        let value = match field.text().filter(is_time) {
            Some(text) => self.context.time(text),
            None => self.context.masked_value(field),
        };
        let lines = self.labelled(label, value, role, annotate(self.context, field, annotation));
        self.extend_of(field, lines);
    }

    /// Adds a field that holds the result of a check, such as passed or failed, under the label `label`. An empty field
    /// is added too. `role` decides how the result is drawn, and `words` is a text about the result.
    pub(super) fn judgement(&mut self, label: Safe, field: &Field<'_>, role: Role, words: Safe) {
        let lines = self.labelled(label, self.context.masked_value(field), role, Annotation::new(Some(words)));
        self.extend_of(field, lines);
    }

    /// Adds a label and a text of this program, which is no value of a field. `role` decides how the text is drawn.
    pub(super) fn text(&mut self, label: Safe, text: Safe, role: Role) {
        self.text_with(label, text, role, None);
    }

    /// Adds a label, a text of this program, which is no value of a field, and a remark about the text. `role` decides
    /// how the text is drawn. `annotation` is the remark; `None` for no remark.
    pub(super) fn text_with(&mut self, label: Safe, text: Safe, role: Role, annotation: Option<Safe>) {
        let lines = self.labelled(label, text, role, Annotation::new(annotation));
        self.extend(lines);
    }

    fn labelled(&self, label: Safe, value: Safe, role: Role, annotation: Annotation) -> Vec<Line> {
        let columns = self.context.options.columns;
        let column = LABEL_WIDTH.min(columns / 3) + 1;
        let entry = LabelledValue::new(label, value, column).role(role).annotation(annotation);
        entry.beside_long_label().lines(columns)
    }
}
