//! One list row: the few fields that the list shows, sorts and filters by, in one small allocation.

mod column;
mod pending;

use jiff::{SignedDuration, Timestamp};

use crate::text::{Class, Marks, Mask, Untrusted, Value, decimal, is_hidden, search_form_into};
use crate::time;
pub use column::{COLUMNS, CellSource, Column, ColumnFilter, ColumnKind, ColumnSpec, FilterValue, FilterWord};
pub use pending::PendingSince;

/// The class of each column of a row, in the order of [`Column::ALL`].
pub type Classes = [Class; Column::ALL.len()];

/// What a row says of one column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    /// The answer that the row was made of does not carry the field: nothing is known.
    NotFetched,
    /// The answer carries the field without a value, or was whole and left it out.
    Empty,
    /// The text as sent.
    Text(&'a str),
    /// A duration, computed from other cells.
    Span(SignedDuration),
    /// The cells that it is computed from do not tell it.
    Unclear,
}

impl<'a> Cell<'a> {
    /// The text, if there is one.
    pub const fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Separates two columns in [`Row::searched`], so that no match runs from one into the next.
const BORDER: char = '\n';

/// Bytes of a text that a row keeps: as many as the sanitiser shows of a field. Of a longer text nothing is searched or
/// compared beyond them, and the row says that there is more.
pub(super) const KEPT: usize = 4096;

/// The same in the rows that a page has no more [room](Room) for.
const KEPT_LITTLE: usize = 64;

/// Memory for the texts of the rows of one page: three times what 2,000 rows of real submissions need.
pub struct Room(usize);

impl Default for Room {
    fn default() -> Self {
        Self(4 << 20)
    }
}

/// The columns whose numbers are read beforehand.
const COUNTED: [Column; 2] = [Column::ArgosScore, Column::Attempts];

/// A compact row: all texts in one allocation, and the end of each. Numbers and times are read once, for filters and sorting.
#[derive(Clone)]
pub struct Row {
    /// The texts of the columns, then the same folded for searching: the open ones first, then those that are personal,
    /// then the others, so that what a mask lets be seen is one piece.
    texts: Option<Box<str>>,
    ends: [u32; Column::ALL.len()],
    /// How private each text is.
    classes: Classes,
    /// Where the folded texts end that are open, and those that are personal at most; in bytes of `texts`.
    searched: [u32; 2],
    /// A bit a column: the answer carries it.
    carried: u32,
    /// A bit a column: its text goes on behind what is kept.
    cut: u32,
    /// Some text holds characters that cannot be seen.
    hides: bool,
    /// When the answer came that it was made of.
    loaded: Option<Timestamp>,
    created: Option<Timestamp>,
    pending_since: PendingSince,
    /// The numbers of [`COUNTED`]; NaN where one is missing.
    numbers: [f64; COUNTED.len()],
}

/// The row of an item that tells nothing: one for all of them.
pub static NO_ROW: Row = Row::nothing();

/// The row of an item that tells nothing.
impl Default for Row {
    fn default() -> Self {
        Self::nothing()
    }
}

impl Row {
    const fn nothing() -> Self {
        Self {
            texts: None,
            ends: [0; Column::ALL.len()],
            classes: [Class::Open; Column::ALL.len()],
            searched: [0; 2],
            carried: 0,
            cut: 0,
            hides: false,
            loaded: None,
            created: None,
            pending_since: PendingSince::Unsent,
            numbers: [f64::NAN; COUNTED.len()],
        }
    }

    fn texts(&self) -> &str {
        self.texts.as_deref().unwrap_or_default()
    }

    /// Builds a row from what `cell` says of each column; each is as private as its column.
    pub fn new<'a>(cell: impl FnMut(Column) -> Cell<'a>) -> Self {
        Self::classed(Column::ALL.map(Column::class), cell)
    }

    /// Builds a row from what `cell` says of each column, with the class of each.
    pub fn classed<'a>(classes: Classes, cell: impl FnMut(Column) -> Cell<'a>) -> Self {
        Self::within(&mut Room::default(), classes, cell)
    }

    /// The same with what is left of the room for the rows of a page.
    pub fn within<'a>(room: &mut Room, classes: Classes, cell: impl FnMut(Column) -> Cell<'a>) -> Self {
        let row = Self::cut(if room.0 == 0 { KEPT_LITTLE } else { KEPT }, classes, cell);
        room.0 = room.0.saturating_sub(row.texts().len());
        row
    }

    fn cut<'a>(most: usize, classes: Classes, mut cell: impl FnMut(Column) -> Cell<'a>) -> Self {
        let mut texts = String::new();
        let mut folded = [const { String::new() }; 3];
        let mut row = Self { classes, ..Self::default() };
        for (((bit, column), end), class) in
            Column::ALL.into_iter().enumerate().zip(&mut row.ends).zip(&mut row.classes)
        {
            match cell(column) {
                _ if column.is_computed() => {}
                Cell::NotFetched | Cell::Span(_) | Cell::Unclear => {}
                Cell::Empty => row.carried |= 1 << bit,
                Cell::Text(text) => {
                    row.carried |= 1 << bit;
                    row.hides = row.hides || Marks::of(text).any_hidden();
                    let kept = text.get(..text.floor_char_boundary(most)).unwrap_or_default();
                    if kept.len() < text.len() {
                        row.cut |= 1 << bit;
                        // The end that is kept is not the end of the value, which a mask lets be seen.
                        *class = if *class == Class::Identity { Class::Unread } else { *class };
                    }
                    texts.push_str(kept);
                    let part = match class {
                        Class::Open => 0,
                        Class::Personal => 1,
                        Class::Identity | Class::Unread => 2,
                    };
                    if let Some(folded) = folded.get_mut(part) {
                        search_form_into(folded, kept);
                        folded.push(BORDER);
                    }
                }
            }
            *end = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        }
        let mut searched = row.searched.iter_mut();
        for part in folded {
            texts.push_str(&part);
            searched.by_ref().take(1).for_each(|end| *end = u32::try_from(texts.len()).unwrap_or(u32::MAX));
        }
        row.texts = Some(texts.into());
        row.created = row.cell(Column::Created).text().and_then(time::read);
        row.numbers = COUNTED.map(|column| row.cell(column).text().and_then(decimal).unwrap_or(f64::NAN));
        let cut = row.cut;
        row.with_cut(cut)
    }

    /// The same where these columns are cut: what a text begins with is neither the time nor the number that it is.
    fn with_cut(mut self, cut: u32) -> Self {
        self.cut = cut;
        self.created = self.created.filter(|_| !self.is_cut(Column::Created));
        for (column, number) in COUNTED.into_iter().zip(&mut self.numbers) {
            *number = if cut & (1 << column as u32) == 0 { *number } else { f64::NAN };
        }
        self
    }

    /// Where the text of the column at a place of [`Column::ALL`] starts.
    fn start(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize)
    }

    /// What the row says of a column.
    pub fn cell(&self, column: Column) -> Cell<'_> {
        if let CellSource::Computed(_, compute) = column.spec().source {
            return compute(self);
        }
        let at = column as usize;
        if self.carried & (1 << at) == 0 {
            return Cell::NotFetched;
        }
        let (start, end) = (self.start(at), self.start(at + 1));
        match self.texts().get(start..end) {
            Some(text) if !text.is_empty() => Cell::Text(text),
            _ => Cell::Empty,
        }
    }

    /// The number that a column says, see [`decimal`]; of a duration the seconds.
    pub fn number(&self, column: Column) -> Option<f64> {
        match COUNTED.iter().position(|counted| *counted == column).and_then(|at| self.numbers.get(at)) {
            Some(number) => Some(*number).filter(|number| !number.is_nan()),
            None => match self.cell(column) {
                Cell::Span(span) => Some(span.as_secs_f64()),
                Cell::Text(text) if !self.is_cut(column) => decimal(text),
                _ => None,
            },
        }
    }

    /// Returns whether the text of a column goes on behind what the row keeps of it.
    pub const fn is_cut(&self, column: Column) -> bool {
        self.cut & (1 << column as u32) != 0
    }

    /// Returns whether any text does that a mask lets be seen.
    pub fn is_cut_at(&self, mask: Mask) -> bool {
        self.cut != 0 && Column::ALL.iter().any(|column| self.is_cut(*column) && !self.class(*column).hidden_at(mask))
    }

    /// The row of a single answer: what it does not carry is empty, and not merely left out of a list.
    #[must_use]
    pub const fn of_full_record(mut self) -> Self {
        self.carried = u32::MAX;
        self
    }

    /// Two answers about one submission as one row: the newer one where it carries the field, else the older one.
    pub fn merged(newer: &Self, older: &Self) -> Self {
        let from = |column: Column| if newer.cell(column) == Cell::NotFetched { older } else { newer };
        let row =
            Self::classed(Column::ALL.map(|column| from(column).class(column)), |column| from(column).cell(column));
        let cut = Column::ALL.into_iter().fold(0, |cut, column| cut | from(column).cut & (1 << column as u32));
        // What is computed counts up to the answer that told how the submission is.
        let loaded = from(Column::Status).loaded;
        let pending_since = newer.pending_since.or(older.pending_since);
        Self { hides: newer.hides || older.hides, loaded, pending_since, ..row.with_cut(cut) }
    }

    /// Returns whether it says something else than another row in a column that both carry.
    pub fn contradicts(&self, other: &Self) -> bool {
        Column::sent().any(|column| {
            let (own, others) = (self.cell(column), other.cell(column));
            let is_compared = !self.is_cut(column) && !other.is_cut(column);
            is_compared && own != Cell::NotFetched && others != Cell::NotFetched && own != others
        })
    }

    /// The same row with other classes.
    #[must_use]
    pub fn reclassed(&self, classes: Classes) -> Self {
        if classes == self.classes {
            return self.clone();
        }
        let mut classes = classes.into_iter();
        // Of a text that is cut no end may be seen, here neither.
        let classes = Column::ALL.map(|column| match classes.next().unwrap_or(Class::Unread) {
            Class::Identity if self.is_cut(column) => Class::Unread,
            class => class,
        });
        let row = Self::classed(classes, |column| self.cell(column));
        let Self { hides, carried, loaded, pending_since, .. } = *self;
        Self { hides, carried, loaded, pending_since, ..row.with_cut(self.cut) }
    }

    /// How private each text is.
    pub const fn classes(&self) -> Classes {
        self.classes
    }

    /// How private the text of a column is: as its column, or more where a value of the submission says so.
    pub fn class(&self, column: Column) -> Class {
        self.classes.get(column as usize).copied().unwrap_or(Class::Unread)
    }

    /// Returns whether a mask level hides anything of the text of a column.
    pub fn is_hidden(&self, column: Column, mask: Mask) -> bool {
        match self.cell(column) {
            Cell::Text(text) => is_hidden(text, self.class(column), mask),
            Cell::Span(_) => self.class(column).hidden_at(mask),
            Cell::NotFetched | Cell::Empty | Cell::Unclear => false,
        }
    }

    /// What may be shown of a column at a mask level; `None` where the row has no text.
    pub fn value(&self, column: Column) -> Option<Value> {
        self.cell(column).text().map(|text| Value::new(Untrusted::new(text), self.class(column)))
    }

    /// The texts of the row that a mask lets be seen whole, in their [search form](crate::text::search_form) and one a line:
    /// what a search in the row reads.
    pub fn searched(&self, mask: Mask) -> &str {
        let [open, personal] = self.searched.map(|end| end as usize);
        let end = match mask {
            Mask::None => self.texts().len(),
            Mask::Ids => personal,
            Mask::All => open,
        };
        self.texts().get(self.start(Column::ALL.len())..end).unwrap_or_default()
    }

    /// Returns whether a text of the row, of any column, holds characters that cannot be seen: a cell may be too narrow
    /// for their marks, or out of sight.
    pub const fn has_invisible(&self) -> bool {
        self.hides
    }

    /// The submission's id; empty only for a row that was not made of a readable item.
    pub fn id(&self) -> &str {
        self.cell(Column::Id).text().unwrap_or_default()
    }

    /// Notes when the answer came that it was made of.
    pub const fn set_loaded(&mut self, at: Timestamp) {
        self.loaded = Some(at);
    }

    /// When the answer came that it was made of; `None` where nobody noted it.
    pub const fn loaded(&self) -> Option<Timestamp> {
        self.loaded
    }

    /// When it was created, if that parses.
    pub const fn created(&self) -> Option<Timestamp> {
        self.created
    }

    /// The instant in a column, if it parses.
    pub fn time(&self, column: Column) -> Option<Timestamp> {
        match column {
            Column::Created => self.created,
            _ => self.cell(column).text().filter(|_| !self.is_cut(column)).and_then(time::read),
        }
    }
}

#[cfg(test)]
mod tests;
