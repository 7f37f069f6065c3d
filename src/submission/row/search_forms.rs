//! The texts of one row in the form in which a search compares them, separated by privacy class.

use super::{Cell, Column, Row};
use crate::text::{Class, search_form_into};

/// Separator (border) after each column's text, so that no search match covers the texts of two columns.
const BORDER: char = '\n';

/// The [search forms](crate::text::search_form) of the texts of one row: in lower case, without accents, and with
/// ordinary characters for full-width ones. Open, personal and more private texts are kept apart, so that a search
/// reads only those that the mask level shows.
#[derive(Default)]
pub struct SearchForms {
    /// Three strings: the search forms of open texts, of personal texts, and of more private texts. Each search form is
    /// on a line of its own.
    pub(super) parts: [String; Self::LEVELS.len()],
    /// Whether a search form has a line end in it, so that it takes more than one line.
    has_line_ends: bool,
}

impl SearchForms {
    /// For each string of [`Self::parts()`], the lowest privacy class of its texts. The last string has the texts of
    /// all higher classes too.
    pub const LEVELS: [Class; 3] = [Class::Open, Class::Personal, Class::Identity];

    /// Returns the index in [`Self::parts()`] of the string with the texts of the privacy class `class`.
    pub const fn part_of(class: Class) -> usize {
        match class {
            Class::Open => 0,
            Class::Personal => 1,
            Class::Identity | Class::Unread => 2,
        }
    }

    /// Replaces these search forms by those of the texts of `row`, and reuses the allocated memory.
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

    /// Returns three strings: the search forms of open texts, of personal texts, and of more private texts. Each search
    /// form is on a line of its own.
    pub const fn parts(&self) -> &[String; Self::LEVELS.len()] {
        &self.parts
    }

    /// Returns whether any search form has a line end in it. If so, the text of a column cannot be found in
    /// [`Self::parts()`] by counting lines.
    pub const fn has_line_ends(&self) -> bool {
        self.has_line_ends
    }
}
