//! The search forms of all rows (their texts in lower case, without accents and width). They are kept apart by how
//! private the texts are: open texts, personal texts, and more private texts such as identity numbers.

use memchr::memmem::Finder;

use super::row_texts::RowTexts;
use crate::submission::row::SearchForms;
use crate::text::Mask;

/// The search forms of the texts of all rows (in lower case, without accents and width). There is one block of memory
/// for each privacy level: open, personal, and more private texts ([`SearchForms::LEVELS`]). A search at a mask level
/// reads only the blocks with texts that the mask level shows.
#[derive(Default)]
pub(in crate::query) struct SearchArena {
    levels: [RowTexts; SearchForms::LEVELS.len()],
}

impl SearchArena {
    /// Replaces the search forms of the row with the index `at`. `forms` has one string for each privacy level (open,
    /// personal, more private). The string has one line for each text of the row.
    pub(super) fn set(&mut self, at: usize, forms: &[String; SearchForms::LEVELS.len()]) {
        for (level, form) in self.levels.iter_mut().zip(forms) {
            level.set(at, form.as_bytes());
        }
    }

    /// Searches for the text of `finder` in the rows for which `pending` is true, and sets it to false where the text
    /// is found. Only texts that the mask level `mask` shows are searched. `pending` has a value for each row.
    pub(in crate::query) fn find(&self, finder: &Finder<'_>, mask: Mask, pending: &mut [bool]) {
        self.shown(mask).for_each(|level| level.find(finder, pending));
    }

    /// Returns whether the row with the index `at` contains the text of `finder`. Only texts that the mask level `mask`
    /// shows are searched.
    pub(in crate::query) fn contains(&self, at: usize, finder: &Finder<'_>, mask: Mask) -> bool {
        self.shown(mask).any(|level| finder.find(level.text(at)).is_some())
    }

    fn shown(&self, mask: Mask) -> impl Iterator<Item = &RowTexts> {
        let levels = self.levels.iter().zip(SearchForms::LEVELS);
        levels.filter(move |(level, class)| !class.hidden_at(mask) && !level.is_empty()).map(|it| it.0)
    }

    /// Returns the search form of one text of the row with the index `at`. `part` is the index of the text's privacy
    /// level in [`SearchForms::LEVELS`]. `line` is the number of the text within this level, from 0. Empty if there is
    /// no such text.
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

    /// Returns the search forms of the row with the index `at`: one string for each privacy level (open, personal, more
    /// private), with one line for each text.
    pub(super) fn of_row(&self, at: usize) -> [&str; SearchForms::LEVELS.len()] {
        self.levels.each_ref().map(|level| std::str::from_utf8(level.text(at)).unwrap_or_default())
    }

    pub(super) fn bytes(&self) -> usize {
        self.levels.iter().map(RowTexts::len).sum()
    }
}
