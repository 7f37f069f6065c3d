//! Searches for a text in the shown tab: in the lines of the tab, and in the fields that closed parts of its JSON trees
//! hide.

use super::update::DetailResult;
use super::{Anchor, Detail, TabLine, tabs};
use crate::keys::Action;
use crate::submission::find::{self, Fields, MatchChoice};
use crate::text::{Mask, Safe, SearchPattern};
use crate::ui::TextField;

/// State of the search in the detail pane. It implements no `Debug`, since people search for identity data.
#[derive(Default)]
pub(super) struct TabSearch {
    /// The input field of the search text; `None` if the user is not typing a search text.
    field: Option<TextField>,
    /// The search text that the user applied last, as a pattern; `None` if no search text is applied.
    needle: Option<SearchPattern>,
}

/// Where the shown tab contains a match of the search text.
enum SearchHit {
    /// The line at this index contains the match.
    Line(usize),
    /// A closed part of a JSON tree, such as a closed object, hides the match. The first value holds the parts that
    /// must be opened so that the match is visible. The second value is the anchor of the field that contains the
    /// match.
    Behind(Vec<Anchor>, Anchor),
}

impl Detail {
    /// Returns the input field of the search text; `None` if the user is not typing a search text.
    pub const fn search_field(&self) -> Option<&TextField> {
        self.search.field.as_ref()
    }

    /// Returns the pattern whose matches are marked on the screen. This is the text that the user is typing, otherwise
    /// the text that the user applied last. `None` if there is neither.
    pub(super) fn pattern(&self) -> Option<SearchPattern> {
        match &self.search.field {
            Some(field) => SearchPattern::new(field.text()),
            None => self.search.needle.clone(),
        }
    }

    /// Opens an empty input field for a search text.
    pub fn begin_search(&mut self) {
        self.search.field = Some(TextField::new(""));
    }

    /// Inserts a character into the search text. Does nothing if the user is not typing a search text.
    pub fn type_search(&mut self, c: char) {
        self.search.field.iter_mut().for_each(|field| field.insert(c));
    }

    /// Inserts a pasted text into the search text. Does nothing if the user is not typing a search text.
    pub fn paste_search(&mut self, text: &str) {
        self.search.field.iter_mut().for_each(|field| field.paste(text));
    }

    /// Returns whether a search text is applied, so that its matches are marked.
    pub const fn has_search(&self) -> bool {
        self.search.needle.is_some()
    }

    /// Ends the search: discards the input field and the applied search text. Returns whether a search text had been
    /// applied.
    pub fn end_search(&mut self) -> bool {
        self.search.field = None;
        self.search.needle.take().is_some()
    }

    /// Performs an action in the input field of the search: applies the search text, leaves the field, or edits the
    /// text. Only text that the mask level `mask` shows is searched. `height` is the number of visible lines of the
    /// tab. Returns a message for the user if one is to be shown.
    pub fn update_search(&mut self, action: Action, mask: Mask, height: usize) -> DetailResult {
        let Some(field) = &mut self.search.field else { return DetailResult::Done };
        match action {
            Action::ApplySearch => {
                self.search.needle = SearchPattern::new(field.text());
                self.search.field = None;
                if self.search.needle.is_some() { self.next_match(true, mask, height) } else { DetailResult::Done }
            }
            Action::LeaveSearch | Action::Interrupt => {
                self.search.field = None;
                DetailResult::Done
            }
            _ => {
                field.edit(action);
                DetailResult::Done
            }
        }
    }

    /// Moves the cursor to the next match of the search text, or to the previous match if `forward` is false. After the
    /// last match of the tab, the first one follows. Opens closed parts of trees that hide the match. Text that the
    /// mask level `mask` hides has no match. `height` is the number of visible lines of the tab. Returns a message for
    /// the user if there is no match, or if the search continued at the other end of the tab.
    pub fn next_match(&mut self, forward: bool, mask: Mask, height: usize) -> DetailResult {
        let Some(needle) = self.search.needle.clone() else {
            return DetailResult::Notice(Safe::from_static("No text is searched in this tab"));
        };
        let (at, len) = (self.scroll().at(), self.lines.len());
        // From the next line on, round the ends, and last of all the line itself.
        let order = (1..=len).map(|step| if forward { (at + step) % len } else { (at + len - step) % len });
        let mut pass = SearchPass { needle: &needle, mask, forward, fields: self.document().map(Fields::of) };
        // What the line itself hides comes after it.
        let own = self.lines.get(at).filter(|_| forward).and_then(|line| pass.match_in_folded(line));
        if let Some(SearchHit::Behind(parts, anchor)) = own {
            parts.into_iter().for_each(|part| self.set_open(part, true));
            self.target = Some(self.place_near(anchor, at));
            return DetailResult::Done;
        }
        let found = order.into_iter().find_map(|line| Some((line, self.match_at(line, &mut pass)?)));
        let Some((line, found)) = found else {
            return DetailResult::Notice(self.not_found(mask));
        };
        match found {
            SearchHit::Line(line) => self.move_to_line(line, height),
            SearchHit::Behind(parts, anchor) => {
                parts.into_iter().for_each(|part| self.set_open(part, true));
                self.target = Some(self.place_near(anchor, line));
            }
        }
        match (forward, line) {
            (true, line) if line <= at => DetailResult::Notice(Safe::from_static("Search continued at the top")),
            (false, line) if line >= at => DetailResult::Notice(Safe::from_static("Search continued at the bottom")),
            _ => DetailResult::Done,
        }
    }

    /// Returns the sentence that tells the user that the search text was not found. It also names what was not
    /// searched, such as values that the mask level `mask` hides.
    fn not_found(&self, mask: Mask) -> Safe {
        let Some(document) = self.document() else { return Safe::from_static("The submission is not loaded yet") };
        let is_read = document.is_read_whole();
        let mut words = vec![Safe::from_static("Not found in this tab")];
        if !is_read {
            words.push(Safe::from_static("as far as the submission was read"));
        }
        let unsearched = [
            (!document.is_full_record() && self.file().is_none(), "only list data was searched"),
            (mask != Mask::None, "hidden values are not searched"),
        ];
        let unsearched = unsearched.into_iter().filter(|(is_true, _)| *is_true).map(|(_, words)| words);
        let unsearched: Vec<Safe> =
            [Safe::join(&words, ", ")].into_iter().chain(unsearched.map(Safe::from_static)).collect();
        Safe::join(&unsearched, " · ")
    }

    /// Returns the match that the line at index `line_index` contains, or that a closed part of a tree at this line
    /// hides. Of two such matches, it is the first in the direction of the search. `None` if there is neither. `pass`
    /// holds the search text and the direction.
    fn match_at(&self, line_index: usize, pass: &mut SearchPass<'_, '_>) -> Option<SearchHit> {
        let line = self.lines.get(line_index)?;
        let holds = pass.needle.matches(&line.line.text()) || self.is_broken_at(line_index, pass.needle);
        // Backward, what a line hides comes before the line.
        if pass.forward && holds {
            return Some(SearchHit::Line(line_index));
        }
        pass.match_in_folded(line).or_else(|| holds.then_some(SearchHit::Line(line_index)))
    }

    /// Returns whether the value that begins on line `line_index` contains a match of `pattern`, even a broken one: a
    /// match that continues on the next line. `false` if no value begins there, or if the value takes a single line.
    fn is_broken_at(&self, line_index: usize, pattern: &SearchPattern) -> bool {
        let anchor = |line_index: usize| self.lines.get(line_index).and_then(|line| line.anchor.as_ref());
        let Some(own) = anchor(line_index).filter(|own| line_index.checked_sub(1).and_then(anchor) != Some(own)) else {
            return false;
        };
        let run = self.lines.iter().skip(line_index).take_while(|line| line.anchor.as_ref() == Some(own));
        let texts: Vec<String> = run.map(|line| line.line.text()).collect();
        let parts: Vec<&str> = texts.iter().map(|text| text.trim()).collect();
        // Lines are broken at a blank where there is one, else anywhere.
        parts.len() > 1 && (pattern.matches(&parts.concat()) || pattern.matches(&parts.join(" ")))
    }
}

/// One search through the lines of the tab, which begins at the cursor.
struct SearchPass<'n, 'a> {
    needle: &'n SearchPattern,
    mask: Mask,
    forward: bool,
    fields: Option<Fields<'a>>,
}

impl SearchPass<'_, '_> {
    /// Returns the match that a closed part of a JSON tree, such as a closed object, hides. `line` is the line of the
    /// part. `None` if the part is open, if no part begins at the line, or if the part hides no match.
    fn match_in_folded(&mut self, line: &TabLine) -> Option<SearchHit> {
        let folded = line.anchor.as_ref().filter(|_| line.open == Some(false))?;
        let (field, range) = tabs::folded_members(self.fields.as_mut()?, folded)?;
        let which = if self.forward { MatchChoice::First } else { MatchChoice::Last };
        let steps = find::find(&field, range, self.needle, self.mask, which)?;
        let anchor = Anchor::from(&find::field_at_steps(&field, &steps)?);
        Some(SearchHit::Behind(tabs::ancestors(&field, &steps), anchor))
    }
}
