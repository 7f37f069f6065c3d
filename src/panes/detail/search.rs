//! Looking for a text in the tab: in its lines, and in what its closed parts hide.

use super::update::DetailResult;
use super::{Anchor, Detail, TabLine, tabs};
use crate::keys::Action;
use crate::submission::Document;
use crate::submission::find::{self, Fields, Which};
use crate::text::{Mask, Safe, SearchPattern};
use crate::ui::TextField;

/// What is looked for. No `Debug`: people search for identity data.
#[derive(Default)]
pub(super) struct TabSearch {
    /// The text while it is typed.
    field: Option<TextField>,
    /// What the newest applied text looks for.
    needle: Option<SearchPattern>,
}

/// Where something was found.
enum SearchHit {
    /// In a line.
    Line(usize),
    /// Behind a closed line: the parts to be opened, and the path of the field.
    Behind(Vec<Anchor>, Anchor),
}

impl Detail {
    /// The text that is looked for, while it is typed.
    pub const fn searching(&self) -> Option<&TextField> {
        self.search.field.as_ref()
    }

    /// What is marked on the screen: what is being typed, else what was looked for last.
    pub(super) fn pattern(&self) -> Option<SearchPattern> {
        match &self.search.field {
            Some(field) => SearchPattern::new(field.text()),
            None => self.search.needle.clone(),
        }
    }

    /// Begins to type a text to pass for.
    pub fn begin_search(&mut self) {
        self.search.field = Some(TextField::new(""));
    }

    /// Types a character.
    pub fn type_search(&mut self, c: char) {
        self.search.field.iter_mut().for_each(|field| field.insert(c));
    }

    /// Types a pasted text.
    pub fn paste_search(&mut self, text: &str) {
        self.search.field.iter_mut().for_each(|field| field.paste(text));
    }

    /// Forgets what was looked for; tells whether there was anything.
    pub fn end_search(&mut self) -> bool {
        self.search.field = None;
        self.search.needle.take().is_some()
    }

    /// A key while the text is typed.
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

    /// Goes to the next or the previous place, round the ends; what hides it is opened.
    pub fn next_match(&mut self, forward: bool, mask: Mask, height: usize) -> DetailResult {
        let Some(needle) = self.search.needle.clone() else {
            return DetailResult::Told(Safe::from_static("This tab has nothing to search"));
        };
        let (at, len) = (self.scroll().at(), self.lines.len());
        // From the next line on, round the ends, and last of all the line itself.
        let order = (1..=len).map(|step| if forward { (at + step) % len } else { (at + len - step) % len });
        let mut pass = SearchPass { needle: &needle, mask, forward, fields: self.document().map(Fields::of) };
        // What the line itself hides comes after it.
        let own = self.lines.get(at).filter(|_| forward).and_then(|line| pass.behind(line));
        if let Some(SearchHit::Behind(parts, anchor)) = own {
            parts.into_iter().for_each(|part| self.set_open(part, true));
            self.target = Some(self.place_of(self.tab, Some(anchor)));
            return DetailResult::Done;
        }
        let found = order.into_iter().find_map(|line| Some((line, self.found(line, &mut pass)?)));
        let Some((line, found)) = found else {
            let is_read = self.document().is_none_or(Document::is_read_whole);
            return DetailResult::Told(Safe::from_static(if is_read {
                "Not found in this tab"
            } else {
                "Not found in this tab, as far as the submission was read"
            }));
        };
        match found {
            SearchHit::Line(line) => self.go(line, height),
            SearchHit::Behind(parts, anchor) => {
                parts.into_iter().for_each(|part| self.set_open(part, true));
                self.target = Some(self.place_of(self.tab, Some(anchor)));
            }
        }
        match (forward, line) {
            (true, line) if line <= at => DetailResult::Told(Safe::from_static("Search continued at the top")),
            (false, line) if line >= at => DetailResult::Told(Safe::from_static("Search continued at the bottom")),
            _ => DetailResult::Done,
        }
    }

    /// Whether a line holds the needle, or hides it.
    fn found(&self, at: usize, pass: &mut SearchPass<'_, '_>) -> Option<SearchHit> {
        let line = self.lines.get(at)?;
        let holds = pass.needle.matches(&line.line.text()) || self.is_broken_at(at, pass.needle);
        // Backward, what a line hides comes before the line.
        if pass.forward && holds {
            return Some(SearchHit::Line(at));
        }
        pass.behind(line).or_else(|| holds.then_some(SearchHit::Line(at)))
    }

    /// Whether a value that takes several lines begins here and holds the needle over the end of one of them.
    fn is_broken_at(&self, at: usize, needle: &SearchPattern) -> bool {
        let anchor = |at: usize| self.lines.get(at).and_then(|line| line.anchor.as_ref());
        let Some(own) = anchor(at).filter(|own| at.checked_sub(1).and_then(anchor) != Some(own)) else { return false };
        let run = self.lines.iter().skip(at).take_while(|line| line.anchor.as_ref() == Some(own));
        let texts: Vec<String> = run.map(|line| line.line.text()).collect();
        let parts: Vec<&str> = texts.iter().map(|text| text.trim()).collect();
        // Lines are broken at a blank where there is one, else anywhere.
        parts.len() > 1 && (needle.matches(&parts.concat()) || needle.matches(&parts.join(" ")))
    }
}

/// One pass through the tab.
struct SearchPass<'n, 'a> {
    needle: &'n SearchPattern,
    mask: Mask,
    forward: bool,
    fields: Option<Fields<'a>>,
}

impl SearchPass<'_, '_> {
    /// What a closed line hides of it.
    fn behind(&mut self, line: &TabLine) -> Option<SearchHit> {
        let folded = line.anchor.as_ref().filter(|_| line.open == Some(false))?;
        let (field, range) = tabs::folded_members(self.fields.as_mut()?, folded)?;
        let which = if self.forward { Which::First } else { Which::Last };
        let steps = find::find(&field, range, self.needle, self.mask, which)?;
        let anchor = Anchor::from(&find::at(&field, &steps)?);
        Some(SearchHit::Behind(tabs::ancestors(&field, &steps), anchor))
    }
}
