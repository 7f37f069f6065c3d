//! Draws a label with its value, and an explanation of the value in words of this program.

use super::layout::{indent, side_by_side, wrap};
use super::{Line, Role};
use crate::text::Safe;

/// Minimum number of columns of a pane in which the meaning of a field gets a line of its own, if there is no room
/// beside the value. In a narrower pane, the meaning is left out.
const MIN_MEANING_BELOW: usize = 70;

/// Width in columns of the space between a long label and the value on the same line.
const GAP: usize = 2;

/// A label with its value beside it.
///
/// A long value is wrapped within its own column, and its explanation follows the value. A label that is too long for
/// its column gets a line of its own above the value. With [`LabelledValue::beside_long_label`], a value without an
/// explanation begins on the line of such a label.
pub struct LabelledValue {
    label: Safe,
    value: Safe,
    role: Role,
    column: usize,
    annotation: Annotation,
    is_beside_long_label: bool,
}

impl LabelledValue {
    /// Creates a label with its value; `column` is the number of columns from the start of the label to the start of
    /// the value.
    pub fn new(label: Safe, value: Safe, column: usize) -> Self {
        let annotation = Annotation::default();
        Self { label, value, role: Role::Plain, column, annotation, is_beside_long_label: false }
    }

    /// Sets the role of the value; a theme decides how text with this role looks.
    #[must_use]
    pub fn role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// Sets the explanation that is shown beside or below the value.
    #[must_use]
    pub fn annotation(self, annotation: Annotation) -> Self {
        Self { annotation, ..self }
    }

    /// Lets a value without an explanation begin on the line of a label that is too long for its column, so that the
    /// value is in view with its label. The value begins below the label only if not even its first word fits.
    #[must_use]
    pub fn beside_long_label(self) -> Self {
        Self { is_beside_long_label: true, ..self }
    }

    /// Returns the lines of the label, the value and the explanation for a pane that is `columns` columns wide.
    pub fn lines(self, columns: usize) -> Vec<Line> {
        let width = self.column.saturating_sub(1);
        if self.is_beside_long_label
            && self.label.width() > width
            && self.annotation.is_empty()
            && let Some((first, rest)) = self.value.split_words(columns.saturating_sub(self.label.width() + GAP))
        {
            let line = Line::new()
                .with(self.label, Role::Label)
                .with(Safe::default().pad(GAP), Role::Plain)
                .with(first, self.role);
            let below = indent(wrap(&rest, columns.saturating_sub(self.column), self.role), self.column);
            return if rest.is_empty() { vec![line] } else { [vec![line], below].concat() };
        }
        let value = wrap(&self.value, columns.saturating_sub(self.column), self.role);
        let (mut lines, beside) = if self.label.width() <= width {
            (Vec::new(), self.label)
        } else {
            (wrap(&self.label, columns, Role::Label), Safe::default())
        };
        let rest = std::iter::repeat_n(Safe::default(), value.len().saturating_sub(1));
        let beside = std::iter::once(beside).chain(rest).map(|label| Line::new().column(&label, Role::Label, width));
        let mut value = side_by_side(vec![(self.column, beside.collect()), (columns, value)]);
        self.annotation.append_to(&mut value, self.column, columns);
        lines.append(&mut value);
        lines
    }
}

/// An explanation of a value in words of this program, drawn dim beside the value or below it. The explanation never
/// replaces the value.
#[derive(Default)]
pub struct Annotation {
    /// Text about this one value, such as the meaning of a code. The text is drawn below the value if there is no room
    /// beside it. `None` if there is no such text.
    text: Option<Safe>,
    /// Unit or meaning of the field, which is the same for every value of the field. It is left out if there is little
    /// room. `None` if the field needs no explanation.
    meaning: Option<Safe>,
}

impl Annotation {
    /// Creates an explanation with a text about one value. `None` or an empty text means that there is no such text.
    pub fn new(text: Option<Safe>) -> Self {
        Self { text: text.filter(|text| !text.is_empty()), meaning: None }
    }

    /// Returns whether there is no explanation.
    const fn is_empty(&self) -> bool {
        self.text.is_none() && self.meaning.is_none()
    }

    /// Sets the text that explains every value of a field in the same way: the unit or meaning of the field.
    #[must_use]
    pub fn meaning(self, meaning: Option<Safe>) -> Self {
        Self { meaning, ..self }
    }

    /// Sets the text about the value itself (not about its field) to the result of `text`. Does nothing if the
    /// explanation has such a text already. If `text` returns `None`, there is still no such text.
    #[must_use]
    pub fn or_text(self, text: impl FnOnce() -> Option<Safe>) -> Self {
        Self { text: self.text.or_else(text), ..self }
    }

    /// Appends this explanation of a value to the last of `lines`, which are the lines of the value. If there is no
    /// room, the explanation is added below the value, indented by `column` columns. `columns` is the width of the
    /// pane. In a narrow pane, the part of the explanation that is the same for every value of the field (its unit or
    /// meaning) is left out.
    pub fn append_to(self, lines: &mut Vec<Line>, column: usize, columns: usize) {
        let below = |text: &Safe| indent(wrap(text, columns.saturating_sub(column), Role::Dim), column);
        let separator = if self.text.is_some() { " · " } else { "  " };
        if let Some(text) = self.text {
            // A text that is too long for the line is broken after its first semicolon before anywhere else.
            let (first, rest) = text.as_str().split_once("; ").unwrap_or_default();
            let (first, rest) = (Safe::sanitize(&format!("{first};")), Safe::sanitize(rest));
            match lines.last_mut() {
                Some(last) if fits(last, "  ", &text, columns) => append(last, "  ", text),
                _ if rest.is_empty() => lines.extend(below(&text)),
                Some(last) if fits(last, "  ", &first, columns) => {
                    append(last, "  ", first);
                    lines.extend(below(&rest));
                }
                _ => lines.extend([first, rest].iter().flat_map(below)),
            }
        }
        if let Some(meaning) = self.meaning {
            match lines.last_mut() {
                Some(last) if fits(last, separator, &meaning, columns) => append(last, separator, meaning),
                _ if separator == "  " && columns >= MIN_MEANING_BELOW => lines.extend(below(&meaning)),
                _ => {}
            }
        }
    }
}

fn fits(line: &Line, separator: &str, text: &Safe, columns: usize) -> bool {
    line.width() + crate::text::columns(separator) + text.width() <= columns
}

fn append(line: &mut Line, separator: &'static str, text: Safe) {
    let role = if separator.trim().is_empty() { Role::Plain } else { Role::Dim };
    *line = std::mem::take(line).word(separator, role).with(text, Role::Dim);
}
