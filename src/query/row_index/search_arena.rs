//! The search forms of all rows in one piece of memory for each level of privacy.

use memchr::memmem::Finder;

use super::row_texts::RowTexts;
use crate::submission::row::SearchForms;
use crate::text::Mask;

/// The search forms of the texts of all rows (see [`SearchForms`]), in one piece of memory for each level of privacy. A
/// search at a mask level reads only the pieces of memory that the level shows.
#[derive(Default)]
pub(in crate::query) struct SearchArena {
    levels: [RowTexts; SearchForms::LEVELS.len()],
}

impl SearchArena {
    /// Replaces the search forms of the row with the index `at`. `forms` holds them for each level of privacy.
    pub(super) fn set(&mut self, at: usize, forms: &[String; SearchForms::LEVELS.len()]) {
        for (level, form) in self.levels.iter_mut().zip(forms) {
            level.set(at, form.as_bytes());
        }
    }

    /// Searches the text of `finder` in the texts of the rows for which `pending` is true, as far as the mask level
    /// `mask` shows them, and sets `pending` to false for each row in which it is found. `pending` has a value for each
    /// row.
    pub(in crate::query) fn find(&self, finder: &Finder<'_>, mask: Mask, pending: &mut [bool]) {
        self.shown(mask).for_each(|level| level.find(finder, pending));
    }

    /// Returns whether a search finds the text of `finder` in the row with the index `at`. Only texts that the mask
    /// level `mask` shows are searched.
    pub(in crate::query) fn contains(&self, at: usize, finder: &Finder<'_>, mask: Mask) -> bool {
        self.shown(mask).any(|level| finder.find(level.text(at)).is_some())
    }

    fn shown(&self, mask: Mask) -> impl Iterator<Item = &RowTexts> {
        let levels = self.levels.iter().zip(SearchForms::LEVELS);
        levels.filter(move |(level, class)| !class.hidden_at(mask) && !level.is_empty()).map(|it| it.0)
    }

    /// Returns one line of the search forms of the row with the index `at`. `part` is the index of the part in
    /// [`SearchForms`], and `line` the number of the line in this part. The result is empty if there is no such line.
    pub(super) fn line(&self, at: usize, (part, line): (usize, usize)) -> &[u8] {
        let Some(text) = self.levels.get(part).map(|level| level.text(at)) else { return &[] };
        let mut start = 0;
        for (number, end) in memchr::memchr_iter(b'\n', text).enumerate() {
            if number == line {
                return text.get(start..end).unwrap_or_default();
            }
            start = end + 1;
        }
        &[]
    }

    /// Returns the search forms of the row with the index `at`, one text per line, for each level of privacy.
    pub(super) fn of_row(&self, at: usize) -> [&str; SearchForms::LEVELS.len()] {
        self.levels.each_ref().map(|level| std::str::from_utf8(level.text(at)).unwrap_or_default())
    }

    pub(super) fn bytes(&self) -> usize {
        self.levels.iter().map(RowTexts::len).sum()
    }
}
