//! One list row: the few fields that the list shows, sorts and filters by, in a single small memory allocation.

mod column;
mod compact;
mod parts;
mod pending;
mod search_forms;

use jiff::{SignedDuration, Timestamp};

use crate::text::{Class, Mask, SanitizerFindings, Untrusted, Value, decimal, is_hidden};
use crate::time;
pub use column::names as column_names;
pub use column::{COLUMNS, CellSource, Column, ColumnFilter, ColumnKind, ColumnSpec, FilterValue, FilterWord};
use compact::{CompactClasses, CompactTime};
pub use parts::{RowParts, RowTimes};
pub use pending::PendingSince;
pub use search_forms::SearchForms;

/// The privacy class (how much a mask hides) of a row's cell in each column, in the order of [`Column::ALL`].
pub type Classes = [Class; Column::ALL.len()];

/// The content of one cell of a row: what the row has in one column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    /// The value is not known, because the answer of the service from which the row was made does not have the field.
    /// An answer with a list of submissions, for example, has fewer fields than a full record.
    NotFetched,
    /// The submission has no value for the field: the field was sent without a value, or a full record lacks it.
    Empty,
    /// The text of the cell as the service sent it.
    Text(&'a str),
    /// A duration (span of time) that this program computed from other fields.
    Span(SignedDuration),
    /// A computed value that is not known, because the fields from which it is computed are missing or unreadable.
    Unclear,
}

impl<'a> Cell<'a> {
    /// Returns the text of the cell; `None` if the cell is not [`Cell::Text`].
    pub const fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Maximum number of bytes of one text that a row keeps, as many as the screen shows of a field. The rest of a longer
/// text is not searched or compared; [`Row::is_cut`] tells whether there is such a rest.
pub(super) const KEPT: usize = 4096;

/// Maximum number of bytes of one text that a row keeps if the [memory for the page](Room) is used up.
const KEPT_LITTLE: usize = 64;

/// Total number of bytes of one row's texts after which only the first 64 bytes of each further text are kept. So the
/// end of each text fits in 16 bits.
const MOST_KEPT: usize = 56 << 10;

/// Memory in bytes that is left for the texts of all rows of one page (one answer with a list of submissions).
/// Initially, it is three times what 2,000 rows of real submissions need.
pub struct Room(usize);

impl Room {
    /// Returns the memory for the rows of one part of a page, if the page is divided into `parts` equal parts.
    pub fn of_part(parts: usize) -> Self {
        Self(Self::default().0 / parts.max(1))
    }
}

impl Default for Room {
    fn default() -> Self {
        Self(4 << 20)
    }
}

/// The columns whose numbers are parsed when a row is built, since filters and sorting need the numbers often.
const COUNTED: [Column; 2] = [Column::ArgosScore, Column::Attempts];

/// Returns the number in `text`, the text of a cell of `column`. In the column [`Column::Attempts`], `1+3` means one
/// attempt and three retries, and gives 1. Returns `None` if the text is no number.
fn counted(column: Column, text: &str) -> Option<f64> {
    let attempts = text.split_once('+').filter(|_| column == Column::Attempts).map(|(attempts, _)| attempts);
    decimal(attempts.unwrap_or(text))
}

/// One list row in compact form: the texts of all columns in one allocation. The creation time and some numbers are
/// parsed once, for filters and sorting.
#[derive(Clone)]
pub struct Row {
    /// The texts of all columns, one after the other.
    texts: Option<Box<str>>,
    /// For each column, the byte offset in `texts` at which its text ends.
    ends: [u16; Column::ALL.len()],
    /// The privacy class of each column's text, in the order of [`Column::ALL`].
    classes: CompactClasses,
    /// One bit for each column: whether the service's answer, from which the row was made, has the field of the column.
    carried: u32,
    /// One bit for each column: whether the row keeps only the beginning of the column's text.
    cut: u32,
    /// Whether any text has hidden characters that are neither spaces nor line breaks.
    hides: bool,
    /// Time at which this program received the answer with the data of this row.
    loaded: CompactTime,
    /// Creation time of the submission.
    created: CompactTime,
    /// Time since which the submission has been pending, as the service sent it.
    pending: CompactTime,
    /// The numbers of the columns [`COUNTED`]; NaN for a column without a number.
    numbers: [f64; COUNTED.len()],
}

/// Empty row, for an element of the service's list of submissions that cannot be read.
pub static NO_ROW: Row = Row::nothing();

/// Creates an empty row, as for an element of the service's list of submissions that cannot be read.
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
            classes: CompactClasses::OPEN,
            carried: 0,
            cut: 0,
            hides: false,
            loaded: CompactTime::MISSING,
            created: CompactTime::MISSING,
            pending: CompactTime::MISSING,
            numbers: [f64::NAN; COUNTED.len()],
        }
    }

    fn texts(&self) -> &str {
        self.texts.as_deref().unwrap_or_default()
    }

    /// Builds a row from the cells that `cell` returns for each column. Each text has the privacy class of its column.
    pub fn new<'a>(cell: impl FnMut(Column) -> Cell<'a>) -> Self {
        Self::classed(Column::ALL.map(Column::class), cell)
    }

    /// Builds a row from the cells that `cell` returns for each column. `classes` has the privacy class of each
    /// column's text, in the order of [`Column::ALL`].
    pub fn classed<'a>(classes: Classes, cell: impl FnMut(Column) -> Cell<'a>) -> Self {
        Self::within(&mut Room::default(), classes, cell)
    }

    /// Builds a row like [`Self::classed`]. `room` is the memory that is left for the texts of one page of rows, and is
    /// reduced by the length of the texts. If no memory is left, the row keeps only the first 64 bytes of each text.
    pub fn within<'a>(room: &mut Room, classes: Classes, cell: impl FnMut(Column) -> Cell<'a>) -> Self {
        let row = Self::cut(if room.0 == 0 { KEPT_LITTLE } else { KEPT }, classes, cell);
        room.0 = room.0.saturating_sub(row.texts().len());
        row
    }

    fn cut<'a>(most: usize, mut classes: Classes, mut cell: impl FnMut(Column) -> Cell<'a>) -> Self {
        let mut texts = String::new();
        let mut row = Self::default();
        for (((bit, column), end), class) in Column::ALL.into_iter().enumerate().zip(&mut row.ends).zip(&mut classes) {
            match cell(column) {
                _ if column.is_computed() => {}
                Cell::NotFetched | Cell::Span(_) | Cell::Unclear => {}
                Cell::Empty => row.carried |= 1 << bit,
                Cell::Text(text) => {
                    row.carried |= 1 << bit;
                    row.hides = row.hides || SanitizerFindings::of(text).suspect;
                    let most = match column {
                        // A submission is found by its whole id.
                        Column::Id => KEPT,
                        _ if texts.len() < MOST_KEPT => most,
                        _ => most.min(KEPT_LITTLE),
                    };
                    let kept = text.get(..text.floor_char_boundary(most)).unwrap_or_default();
                    if kept.len() < text.len() {
                        row.cut |= 1 << bit;
                        // The end that is kept is not the end of the value, which a mask lets be seen.
                        *class = if *class == Class::Identity { Class::Unread } else { *class };
                    }
                    texts.push_str(kept);
                }
            }
            *end = u16::try_from(texts.len()).unwrap_or(u16::MAX);
        }
        row.classes = CompactClasses::of(classes);
        row.texts = Some(texts.into());
        let cut = row.cut;
        row.with_parsed().with_cut(cut)
    }

    /// Parses the creation time and the numbers of the row from its texts, and returns the changed row.
    fn with_parsed(mut self) -> Self {
        self.created = self
            .cell(Column::Created)
            .text()
            .and_then(time::parse_timestamp)
            .map_or(CompactTime::MISSING, CompactTime::of);
        self.numbers =
            COUNTED.map(|column| self.cell(column).text().and_then(|text| counted(column, text)).unwrap_or(f64::NAN));
        self
    }

    /// Sets `cut`, one bit for each column: whether the row keeps only the beginning of the column's text. Returns the
    /// row. The parsed times and numbers of such columns are removed, since the whole text could mean another one.
    fn with_cut(mut self, cut: u32) -> Self {
        self.cut = cut;
        if self.is_cut(Column::Created) {
            self.created = CompactTime::MISSING;
        }
        for (column, number) in COUNTED.into_iter().zip(&mut self.numbers) {
            *number = if cut & (1 << column as u32) == 0 { *number } else { f64::NAN };
        }
        self
    }

    /// Returns the byte offset in `texts` at which the text of a column starts. `at` is the index of the column in
    /// [`Column::ALL`].
    fn start(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| usize::from(*end))
    }

    /// Returns the content of the row in a column. The cell of a computed column is computed on each call.
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

    /// Returns the number in a cell of the row, or the seconds of a duration. Returns `None` if the cell has no number.
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

    /// Returns whether the row keeps only the beginning of a column's text, because the text is too long.
    pub const fn is_cut(&self, column: Column) -> bool {
        self.cut & (1 << column as u32) != 0
    }

    /// Returns whether the row keeps only the beginning of a text that the mask level `mask` does not hide.
    pub fn is_cut_at(&self, mask: Mask) -> bool {
        self.cut != 0 && Column::ALL.iter().any(|column| self.is_cut(*column) && !self.class(*column).hidden_at(mask))
    }

    /// Returns whether the service sent the field of every column, with or without a value. A row may be merged from
    /// two answers of the service, which count together.
    pub fn carries_all(&self) -> bool {
        Column::sent().all(|column| self.carried & (1 << column as u32) != 0)
    }

    /// Marks the row as made from a full record, which has all fields, and returns it. A field that the record lacks
    /// then gives [`Cell::Empty`], and not [`Cell::NotFetched`].
    #[must_use]
    pub const fn of_full_record(mut self) -> Self {
        self.carried = u32::MAX;
        self
    }

    /// Merges two rows of the same submission, made from a newer and an older answer of the service. A cell comes from
    /// the newer answer if that answer has the field of the column, else from the older one.
    pub fn merged(newer: &Self, older: &Self) -> Self {
        let from = |column: Column| if newer.cell(column) == Cell::NotFetched { older } else { newer };
        let row =
            Self::classed(Column::ALL.map(|column| from(column).class(column)), |column| from(column).cell(column));
        let cut = Column::ALL.into_iter().fold(row.cut, |cut, column| cut | from(column).cut & (1 << column as u32));
        // What is computed counts up to the answer that told how the submission is.
        let loaded = from(Column::Status).loaded;
        let pending = PendingSince::of(newer.pending).or(PendingSince::of(older.pending)).compact();
        Self { hides: newer.hides || older.hides, loaded, pending, ..row.with_cut(cut) }
    }

    /// Returns whether this row and `other`, two rows of the same submission, have different values in a column. A
    /// column is skipped if one of the answers lacks its field, or if a row keeps only the beginning of its text.
    pub fn contradicts(&self, other: &Self) -> bool {
        Column::sent().any(|column| {
            let (own, others) = (self.cell(column), other.cell(column));
            let is_compared = !self.is_cut(column) && !other.is_cut(column);
            is_compared && own != Cell::NotFetched && others != Cell::NotFetched && own != others
        })
    }

    /// Returns the row with other privacy classes: `classes`, in the order of [`Column::ALL`]. Identity data of which
    /// the row keeps only the beginning is hidden as a whole ([`Class::Unread`]).
    #[must_use]
    pub fn reclassed(&self, classes: Classes) -> Self {
        if CompactClasses::of(classes) == self.classes {
            return self.clone();
        }
        let mut classes = classes.into_iter();
        // Of a text that is cut no end may be seen, here neither.
        let classes = Column::ALL.map(|column| match classes.next().unwrap_or(Class::Unread) {
            Class::Identity if self.is_cut(column) => Class::Unread,
            class => class,
        });
        let row = Self::classed(classes, |column| self.cell(column));
        let Self { hides, carried, loaded, pending, .. } = *self;
        Self { hides, carried, loaded, pending, ..row.with_cut(self.cut) }
    }

    /// Returns the privacy class of each column's text, in the order of [`Column::ALL`].
    pub fn classes(&self) -> Classes {
        self.classes.all()
    }

    /// Returns the privacy class of a column's text in this row. It can be higher than the class of the column, if a
    /// value of the submission requires that.
    pub const fn class(&self, column: Column) -> Class {
        self.classes.get(column)
    }

    /// Returns whether the mask level `mask` hides a part or all of the cell in a column.
    pub fn is_hidden(&self, column: Column, mask: Mask) -> bool {
        match self.cell(column) {
            Cell::Text(text) => is_hidden(text, self.class(column), mask),
            Cell::Span(_) => self.class(column).hidden_at(mask),
            Cell::NotFetched | Cell::Empty | Cell::Unclear => false,
        }
    }

    /// Returns the text of a column with its privacy class, ready for masking; `None` if the cell has no text.
    pub fn value(&self, column: Column) -> Option<Value> {
        self.cell(column).text().map(|text| Value::new(Untrusted::new(text), self.class(column)))
    }

    /// Returns the text in which a search of the row looks. It has one [search form](crate::text::search_form) (text in
    /// lower case, without accents) per line, for each text that the mask level `mask` shows completely. The result is
    /// made on each call; the store of loaded rows keeps the search forms.
    pub fn searched(&self, mask: Mask) -> String {
        let mut forms = SearchForms::default();
        forms.fill(self);
        forms
            .parts
            .into_iter()
            .zip(SearchForms::LEVELS)
            .filter(|(_, class)| !class.hidden_at(mask))
            .map(|it| it.0)
            .collect()
    }

    /// Returns whether any text of the row has hidden characters that are neither spaces nor line breaks. The screen
    /// warns once for the whole row, since the cell with such a character may not be visible.
    pub const fn has_invisible(&self) -> bool {
        self.hides
    }

    /// Returns the id of the submission; empty only if the list item could not be read.
    pub fn id(&self) -> &str {
        self.cell(Column::Id).text().unwrap_or_default()
    }

    /// Sets the time at which this program received the answer with the data of this row.
    pub fn set_loaded_at(&mut self, at: Timestamp) {
        self.loaded = CompactTime::of(at);
    }

    /// Returns the time at which this program received the answer with the data of this row; `None` if it was not set.
    pub fn loaded(&self) -> Option<Timestamp> {
        self.loaded.get()
    }

    /// Returns the creation time of the submission. Returns `None` if `created_at` is missing, cut or not a time.
    pub fn created(&self) -> Option<Timestamp> {
        self.created.get()
    }

    /// Returns the time in a cell of the row; `None` if the text is missing, cut, or not a time.
    pub fn time(&self, column: Column) -> Option<Timestamp> {
        match column {
            Column::Created => self.created(),
            _ => self.cell(column).text().filter(|_| !self.is_cut(column)).and_then(time::parse_timestamp),
        }
    }
}

#[cfg(test)]
mod tests;
