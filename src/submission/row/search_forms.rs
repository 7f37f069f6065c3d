//! The texts of one row as a search compares them, apart by their privacy classes.

use super::{Cell, Column, Row};
use crate::text::{Class, search_form_into};

/// Separator after the text of each column in its [search form](crate::text::search_form), so that no match of a search
/// covers two columns.
const BORDER: char = '\n';

/// The [search forms](crate::text::search_form) of the texts of one row, one text per line, in one part for each level
/// of privacy. A search at a mask level reads only the parts that the level shows.
#[derive(Default)]
pub struct SearchForms {
    /// The search forms: of open texts, of personal texts, and of more private texts.
    pub(super) parts: [String; Self::LEVELS.len()],
    /// Whether the search form of a text has a line end. The parts then have more lines than the row has texts.
    has_line_ends: bool,
}

impl SearchForms {
    /// For each of [`Self::parts()`], the least private class of the texts in it. The last part holds the texts of all
    /// more private classes too.
    pub const LEVELS: [Class; 3] = [Class::Open, Class::Personal, Class::Identity];

    /// Returns the index in [`Self::parts()`] at which the search forms of all texts of the privacy class `class` are.
    pub const fn part_of(class: Class) -> usize {
        match class {
            Class::Open => 0,
            Class::Personal => 1,
            Class::Identity | Class::Unread => 2,
        }
    }

    /// Replaces the search forms by those of `row`, in the order of [`Column::ALL`]. The allocated memory is used again.
    pub fn fill(&mut self, row: &Row) {
        self.parts.iter_mut().for_each(String::clear);
        self.has_line_ends = false;
        for column in Column::sent() {
            if let Cell::Text(text) = row.cell(column)
                && let Some(part) = self.parts.get_mut(Self::part_of(row.class(column)))
            {
                let start = part.len();
                search_form_into(part, text);
                self.has_line_ends |= part.get(start..).is_some_and(|form| form.contains(BORDER));
                part.push(BORDER);
            }
        }
    }

    /// Returns the three parts of the search forms: those of open texts, of personal texts, and of more private texts.
    /// Each part is one string with one text per line.
    pub const fn parts(&self) -> &[String; Self::LEVELS.len()] {
        &self.parts
    }

    /// Returns whether the search form of any text contains a line end. If so, a text may take several lines in
    /// [`Self::parts()`], and the text of a column cannot be found by counting lines.
    pub const fn has_line_ends(&self) -> bool {
        self.has_line_ends
    }
}
