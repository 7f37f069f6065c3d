//! The shapes of rows. A shape says which cells of a row have a value, which of its texts are cut off (only the
//! beginning is kept), and how private each text is.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::submission::row::{Cell, Classes, Column, Row, RowParts, RowTimes, SearchForms};
use crate::text::{Class, Mask};

/// Whether a cell of a row was fetched and has a value, without the value itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::query) enum CellState {
    NotFetched,
    Empty,
    Filled,
    Unclear,
}

/// The shape of a row: which of its cells have a value, which texts are cut off (only the beginning is kept), and how
/// private each text is. It does not contain the values.
///
/// Thousands of rows have the same shape. So a result that depends on the shape alone is computed once for each shape.
/// `known`, `filled` and `cut` are bit sets with one bit for each column.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(in crate::query) struct RowShape {
    /// The columns whose cell is empty or filled, as a bit set.
    known: u32,
    /// The columns whose cell is filled or unclear, as a bit set.
    filled: u32,
    /// The columns for which the row keeps only the beginning of the text, as a bit set.
    cut: u32,
    classes: Classes,
    has_line_ends: bool,
    has_invisible: bool,
}

impl RowShape {
    pub(super) fn of(row: &Row, has_line_ends: bool) -> Self {
        let (classes, has_invisible) = (row.classes(), row.has_invisible());
        let mut shape = Self { known: 0, filled: 0, cut: 0, classes, has_line_ends, has_invisible };
        for column in Column::ALL {
            let bit = 1 << column as u32;
            match row.cell(column) {
                Cell::NotFetched => {}
                Cell::Empty => shape.known |= bit,
                Cell::Unclear => shape.filled |= bit,
                Cell::Text(_) | Cell::Span(_) => {
                    shape.known |= bit;
                    shape.filled |= bit;
                }
            }
            shape.cut |= if row.is_cut(column) { bit } else { 0 };
        }
        shape
    }

    pub(in crate::query) const fn state(&self, column: Column) -> CellState {
        let bit = 1 << column as u32;
        match (self.known & bit != 0, self.filled & bit != 0) {
            (true, true) => CellState::Filled,
            (true, false) => CellState::Empty,
            (false, true) => CellState::Unclear,
            (false, false) => CellState::NotFetched,
        }
    }

    pub(in crate::query) const fn is_cut(&self, column: Column) -> bool {
        self.cut & (1 << column as u32) != 0
    }

    /// Returns whether the row keeps only the beginning of any text that the mask level `mask` shows, as
    /// [`Row::is_cut_at`] does.
    pub(in crate::query) fn is_cut_at(&self, mask: Mask) -> bool {
        self.cut != 0 && Column::ALL.iter().any(|column| self.is_cut(*column) && !self.class(*column).hidden_at(mask))
    }

    /// Returns whether every column that the service sends was fetched for the row, as [`Row::carries_all`] does.
    pub(in crate::query) fn carries_all(&self) -> bool {
        Column::sent().all(|column| self.known & (1 << column as u32) != 0)
    }

    /// Makes a row of this shape with the times `times`. `each_text` iterates over the texts of its columns, in the
    /// order of the columns.
    pub(super) fn row_with<'t>(&self, times: RowTimes, each_text: impl Iterator<Item = (Column, Cow<'t, str>)>) -> Row {
        let (mut texts, mut ends) = (String::new(), [0; Column::ALL.len()]);
        let mut each_text = each_text.peekable();
        for (column, end) in Column::ALL.into_iter().zip(&mut ends) {
            if let Some((_, text)) = each_text.next_if(|(of, _)| *of == column) {
                texts.push_str(&text);
            }
            *end = u16::try_from(texts.len()).unwrap_or(u16::MAX);
        }
        let Self { known: carried, cut, has_invisible, classes, .. } = *self;
        Row::from_parts(RowParts { texts, ends, classes, carried, cut, has_invisible, times })
    }

    pub(super) fn class(&self, column: Column) -> Class {
        self.classes.get(column as usize).copied().unwrap_or(Class::Unread)
    }

    /// Returns the position of the search form (lower case, without accents and width) of the text in `column`. The
    /// first number is the index of the text's privacy level in [`SearchForms::LEVELS`]. The second is the line within
    /// this level. Returns `None` if a text of the row contains a line end, since the lines then do not correspond to
    /// the texts.
    pub(super) fn line_of(&self, column: Column) -> Option<(usize, usize)> {
        let part = SearchForms::part_of(self.class(column));
        let is_before = |other: &Column| {
            self.state(*other) == CellState::Filled && SearchForms::part_of(self.class(*other)) == part
        };
        let before = Column::sent().take_while(|other| *other != column).filter(is_before).count();
        (!self.has_line_ends).then_some((part, before))
    }
}

/// The shapes of all rows (which cells have a value, which texts are cut off, how private each text is). A shape that
/// several rows have is kept once.
#[derive(Default)]
pub(in crate::query) struct RowShapes {
    /// For each row, the index of its shape in `distinct`.
    ids: Vec<u32>,
    distinct: Vec<RowShape>,
    known: HashMap<RowShape, u32>,
}

impl RowShapes {
    pub(super) fn set(&mut self, at: usize, shape: RowShape) {
        let next = u32::try_from(self.distinct.len()).unwrap_or(u32::MAX);
        let id = match self.known.get(&shape) {
            Some(id) => *id,
            None => {
                self.distinct.push(shape.clone());
                self.known.insert(shape, next);
                next
            }
        };
        super::set_or_push(&mut self.ids, at, id);
    }

    /// Returns for each row the index of its shape; rows with equal shapes have the same index. [`Self::map`] returns a
    /// value for each shape, and the value for a row is at this index.
    pub(in crate::query) fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// Returns the shape of the row with the index `at`; `None` if there is no such row.
    pub(in crate::query) fn of_row(&self, at: usize) -> Option<&RowShape> {
        self.ids.get(at).and_then(|id| self.distinct.get(*id as usize))
    }

    /// Calls `of` once for each distinct shape. Returns the results in the order of the shape indexes that
    /// [`Self::ids`] returns.
    pub(in crate::query) fn map<T>(&self, of: impl FnMut(&RowShape) -> T) -> Vec<T> {
        self.distinct.iter().map(of).collect()
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.ids.as_slice()) + 2 * size_of_val(self.distinct.as_slice())
    }
}
