//! The editor of the filter text: the typed text, its completions, and the earlier filters that it can show again.

use jiff::civil::Date;

use super::walk::CompletionWalk;
use crate::keys::Action;
use crate::query::{Completions, Query, Tester, Vocabulary, complete};
use crate::ui::TextField;

/// The menu of completions at the cursor of the filter bar.
pub struct CompletionMenu<'e> {
    /// The completions from which the user can choose, and the part of the filter line that an accepted one replaces.
    pub completions: &'e Completions,
    /// The index of the completion that is in the line now; `None` if the line has the text that the user typed.
    pub selected: Option<usize>,
}

/// The filter text while the user edits it, and the query that is parsed from the text.
pub struct Editor {
    field: TextField,
    /// Who tests the server terms of the filter (the terms that the service can test, such as `email:`): the service,
    /// or this program for the rows of a file.
    tester: Tester,
    query: Query,
    /// The query without the word at the cursor, if this word may be the beginning of a key: `sta` may become
    /// `status:`. `None` if the word cannot become a key.
    last_complete: Option<Query>,
    completions: Completions,
    /// The state of stepping through the completions with Tab. `None` before the first step, and after any other key.
    walk: Option<CompletionWalk>,
    /// Index of the earlier filter in the editor, which the user recalled from the history; 0 is the newest filter.
    /// `None` if no earlier filter is recalled.
    recalled: Option<usize>,
    /// The text that the user had typed before a filter from the history was shown.
    draft: String,
}

impl Editor {
    /// Creates an editor for a filter text, with the cursor at the end of the text. `tester` says who tests the terms
    /// that the service can test. Dates in the text are read relative to `today`. `vocabulary` holds the values in the
    /// loaded submissions, which are offered as completions.
    pub fn open(text: &str, tester: Tester, today: Date, vocabulary: &Vocabulary) -> Self {
        let mut editor = Self {
            field: TextField::new(text),
            tester,
            query: Query::parse_for(text, today, tester),
            last_complete: None,
            completions: Completions::default(),
            walk: None,
            recalled: None,
            draft: String::new(),
        };
        editor.read(today, vocabulary);
        editor
    }

    /// Creates an editor as [`Self::open`] does, with a blank after the text, so that the user types a further term.
    pub fn open_after(text: &str, tester: Tester, today: Date, vocabulary: &Vocabulary) -> Self {
        let blank = if text.chars().next_back().is_none_or(char::is_whitespace) { "" } else { " " };
        Self::open(&format!("{text}{blank}"), tester, today, vocabulary)
    }

    /// Returns the filter text as the user typed it.
    pub fn text(&self) -> &str {
        self.field.text()
    }

    /// Returns the query that is parsed from the filter text as typed so far.
    pub const fn query(&self) -> &Query {
        &self.query
    }

    /// Returns the query whose local terms (tested by this program) filter the list while the user types. A word that
    /// may become a key is not in this query: `sta` may become `status:`, so the list is not searched for `sta`.
    pub fn local_filter(&self) -> &Query {
        self.last_complete.as_ref().unwrap_or(&self.query)
    }

    /// Returns the menu of completions at the cursor. While the user steps through the completions, the menu keeps
    /// those for the text before the first step.
    pub fn menu(&self) -> CompletionMenu<'_> {
        let before = CompletionMenu { completions: &self.completions, selected: None };
        self.walk.as_ref().filter(|walk| !walk.is_accepted()).map_or(before, CompletionWalk::menu)
    }

    /// Returns the position of the cursor in bytes from the start of the filter text.
    pub fn cursor(&self) -> usize {
        self.field.cursor()
    }

    /// Inserts a character at the cursor of the filter text. Dates in the text are read relative to `today`.
    /// `vocabulary` holds the values in the loaded submissions, which are offered as completions.
    ///
    /// Directly after a completion such as `waiting>`, a typed `<` makes it `waiting<`, and `=` `waiting>=`.
    pub fn insert(&mut self, c: char, today: Date, vocabulary: &Vocabulary) {
        let completed = self.walk.take().filter(|_| matches!(c, ':' | '<' | '=' | '>'));
        if let Some((line, cursor, sign)) = completed.and_then(|walk| walk.split_sign()) {
            let sign = match c {
                '=' if !sign.ends_with(['=', ':']) => format!("{sign}="),
                '<' | '>' if sign != ":" => c.to_string(),
                _ => sign,
            };
            let (before, after) = line.split_at_checked(cursor).unwrap_or_default();
            self.set(&format!("{before}{sign}{after}"), cursor + sign.len());
        } else {
            self.field.insert(c);
        }
        self.recalled = None;
        self.read(today, vocabulary);
    }

    /// Inserts a pasted text at the cursor of the filter text; line breaks in the pasted text become spaces. Dates in
    /// the text are read relative to `today`. `vocabulary` holds the values in the loaded submissions, which are
    /// offered as completions.
    pub fn paste(&mut self, text: &str, today: Date, vocabulary: &Vocabulary) {
        self.walk = None;
        self.field.paste(text);
        self.recalled = None;
        self.read(today, vocabulary);
    }

    /// Performs an editing action: changes the filter text, steps through the completions, or shows an earlier filter
    /// of `history` (the newest is last). `today` and `vocabulary` are those of [`Self::insert`].
    pub fn edit(&mut self, action: Action, history: &[String], today: Date, vocabulary: &Vocabulary) {
        if matches!(action, Action::Complete | Action::CompletePrevious) {
            return self.step(action == Action::Complete, today, vocabulary);
        }
        self.walk = None;
        match action {
            Action::OlderFilter => self.recall(history, self.recalled.map_or(0, |at| at + 1)),
            Action::NewerFilter => match self.recalled {
                Some(0) => {
                    self.recalled = None;
                    self.field = TextField::new(&self.draft);
                }
                Some(at) => self.recall(history, at - 1),
                None => {}
            },
            _ => {
                let before = self.text().to_owned();
                if !self.field.edit(action) {
                    return;
                }
                // What was edited is a draft of its own, which the history keeps while it is walked.
                if self.text() != before {
                    self.recalled = None;
                }
            }
        }
        self.read(today, vocabulary);
    }

    fn recall(&mut self, history: &[String], index: usize) {
        let Some(text) = history.iter().rev().nth(index) else { return };
        if self.recalled.is_none() {
            self.draft = self.text().to_owned();
        }
        self.field = TextField::new(text);
        self.recalled = Some(index);
    }

    /// Puts the next completion into the filter text, or the previous one if `forward` is false. `today` and
    /// `vocabulary` are those of [`Self::insert`].
    fn step(&mut self, forward: bool, today: Date, vocabulary: &Vocabulary) {
        self.step_walk(|walk| walk.step(forward), today, vocabulary);
    }

    /// Puts the completion at the index `index` of the shown menu into the line, and offers completions for the text
    /// after it. Does nothing if there is no such completion. `today` and `vocabulary` are those of [`Self::insert`].
    pub fn take_completion(&mut self, index: usize, today: Date, vocabulary: &Vocabulary) {
        if index < self.menu().completions.candidates.len() {
            self.step_walk(|walk| walk.accept(index), today, vocabulary);
        }
    }

    /// Puts another completion into the filter text. `go` moves the walk (the state of stepping with Tab), which begins
    /// now if needed. `today` and `vocabulary` are those of [`Self::insert`].
    fn step_walk(&mut self, go: impl FnOnce(&mut CompletionWalk), today: Date, vocabulary: &Vocabulary) {
        let begin = || {
            let line = (self.field.text(), self.field.cursor());
            CompletionWalk::begin(line, &self.completions, |text, cursor| {
                complete(text, cursor, self.tester, today, vocabulary)
            })
        };
        let walk = self.walk.take().filter(|walk| !walk.is_accepted());
        let Some(mut walk) = walk.or_else(begin) else { return };
        go(&mut walk);
        let (line, cursor) = walk.line();
        self.set(&line, cursor);
        self.recalled = None;
        self.read(today, vocabulary);
        self.walk = Some(walk);
    }

    /// Replaces the filter text by `text`, and puts the cursor at the byte offset `cursor` of the new text.
    fn set(&mut self, text: &str, cursor: usize) {
        let column = text.get(..cursor).unwrap_or_default().chars().count();
        self.field = TextField::with_cursor(text, column);
    }

    fn read(&mut self, today: Date, vocabulary: &Vocabulary) {
        if self.query.text() != self.text() {
            self.query = Query::parse_for(self.text(), today, self.tester);
        }
        self.completions = complete(self.text(), self.cursor(), self.tester, today, vocabulary);
        let replace = self.completions.replace.clone();
        let key = self
            .completions
            .candidates
            .iter()
            .any(|candidate| candidate.insert.as_str().ends_with([':', '<', '=', '>']));
        let rest = self.text().get(..replace.start).zip(self.text().get(replace.end..));
        self.last_complete = rest
            .filter(|_| key && !replace.is_empty())
            .map(|(before, after)| Query::parse_for(&format!("{before}{after}"), today, self.tester));
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 21);

    #[test]
    fn an_edited_line_of_the_history_is_kept_while_the_history_is_walked() {
        let (today, vocabulary) = (TODAY, Vocabulary::default());
        let history = ["status:pending".to_owned(), "status:rejected".to_owned()];
        for (edit, edited) in [(Action::DeleteWord, "status:"), (Action::WordLeft, "")] {
            let mut editor = Editor::open("", Tester::Service, today, &vocabulary);
            let mut press = |action| editor.edit(action, &history, today, &vocabulary);
            press(Action::OlderFilter);
            press(edit);
            press(Action::OlderFilter);
            // An edited line is a new one, behind which the newest comes again; one that was only moved in is not.
            let older = if edited.is_empty() { "status:pending" } else { "status:rejected" };
            assert_eq!(editor.text(), older, "{edit:?}");
            let mut press = |action| editor.edit(action, &history, today, &vocabulary);
            press(Action::NewerFilter);
            if edited.is_empty() {
                press(Action::NewerFilter);
            }
            assert!(editor.text().len() <= edited.len(), "{edit:?}: {}", editor.text());
        }
    }

    fn typed(text: &str) -> Editor {
        let mut editor = Editor::open("", Tester::Service, TODAY, &Vocabulary::default());
        text.chars().for_each(|c| editor.insert(c, TODAY, &Vocabulary::default()));
        editor
    }

    fn press(editor: &mut Editor, actions: &[Action]) {
        actions.iter().for_each(|action| editor.edit(*action, &[], TODAY, &Vocabulary::default()));
    }

    /// Returns the filter texts after each of `steps` repeated presses of the key for `action`, which walks through the
    /// completions. `text` is typed first.
    fn walked(text: &str, action: Action, steps: usize) -> Vec<String> {
        let mut editor = typed(text);
        let step = |_| {
            press(&mut editor, &[action]);
            editor.text().to_owned()
        };
        (0..steps).map(step).collect()
    }

    #[test]
    fn tab_walks_through_the_menu_and_back_to_what_was_typed() {
        assert_eq!(walked("kim s", Action::Complete, 4), ["kim status:", "kim score<", "kim s", "kim status:"]);
        assert_eq!(walked("kim s", Action::CompletePrevious, 3), ["kim score<", "kim status:", "kim s"]);
        let p = ["status:pending", "status:approved", "status:incomplete", "status:p"];
        assert_eq!(walked("status:p", Action::Complete, 4), p);
        assert_eq!(walked("nothing", Action::Complete, 1), ["nothing"]);
    }

    #[test]
    fn the_only_key_is_followed_by_its_values() {
        let lines = walked("stat", Action::Complete, 6);
        let after = ["status:", "status:approved", "status:rejected", "status:pending", "status:incomplete", "stat"];
        assert_eq!(lines, after);
        let mut editor = typed("stat");
        let menu = |editor: &Editor| (editor.menu().completions.candidates.len(), editor.menu().selected);
        assert_eq!(menu(&editor), (1, None));
        for expected in [(4, None), (4, Some(0)), (4, Some(1))] {
            press(&mut editor, &[Action::Complete]);
            assert_eq!(menu(&editor), expected);
        }
        assert_eq!(walked("em", Action::Complete, 2), ["email:", "em"], "no value of it is known");
    }

    #[test]
    fn any_other_key_takes_the_completion_and_goes_on_from_it() {
        let mut editor = typed("s");
        press(&mut editor, &[Action::Complete]);
        editor.insert('r', TODAY, &Vocabulary::default());
        assert_eq!((editor.text(), editor.menu().completions.candidates.len()), ("status:r", 2));
        assert_eq!(editor.menu().completions.candidates[0].insert.as_str(), "rejected");
        let mut editor = typed("s");
        press(&mut editor, &[Action::Complete, Action::LineEnd]);
        assert_eq!(editor.menu().completions.candidates.len(), 4, "the values of status");
    }

    #[test]
    fn a_sign_after_a_completed_key_takes_the_place_of_its_sign() {
        for (text, signs, line) in [
            ("wai", ">12h", "waiting>12h"),
            ("wai", "<12h", "waiting<12h"),
            ("wai", ">=12h", "waiting>=12h"),
            ("wai", "=12h", "waiting>=12h"),
            ("att", "<=2", "attempts<=2"),
            ("stat", ":x", "status:x"),
            ("stat", "x:", "status:x:"),
        ] {
            let mut editor = typed(text);
            press(&mut editor, &[Action::Complete]);
            signs.chars().for_each(|c| editor.insert(c, TODAY, &Vocabulary::default()));
            assert_eq!(editor.text(), line, "{text} Tab {signs}");
        }
        let mut editor = typed("status:a");
        editor.insert(':', TODAY, &Vocabulary::default());
        assert_eq!(editor.text(), "status:a:", "nothing was completed");
    }

    #[test]
    fn a_taken_completion_is_followed_by_what_may_come_after_it() {
        let mut editor = typed("s");
        editor.take_completion(0, TODAY, &Vocabulary::default());
        let offered = |editor: &Editor| {
            let CompletionMenu { completions, selected } = editor.menu();
            (completions.candidates.iter().map(|it| it.insert.as_str().to_owned()).collect::<Vec<_>>(), selected)
        };
        let values = ["approved", "rejected", "pending", "incomplete"].map(str::to_owned).to_vec();
        assert_eq!((editor.text(), offered(&editor)), ("status:", (values, None)));
        editor.take_completion(4, TODAY, &Vocabulary::default());
        assert_eq!(editor.text(), "status:", "the menu has no such line");
        editor.take_completion(2, TODAY, &Vocabulary::default());
        assert_eq!(editor.text(), "status:pending");
        // A sign after a taken key takes the place of its sign, and Tab walks through the values.
        let mut editor = typed("wai");
        editor.take_completion(0, TODAY, &Vocabulary::default());
        "<12h".chars().for_each(|c| editor.insert(c, TODAY, &Vocabulary::default()));
        assert_eq!(editor.text(), "waiting<12h");
        let mut editor = typed("stat");
        editor.take_completion(0, TODAY, &Vocabulary::default());
        press(&mut editor, &[Action::Complete]);
        assert_eq!(editor.text(), "status:approved");
        // A line of the menu that Tab has reached.
        let mut editor = typed("stat");
        press(&mut editor, &[Action::Complete, Action::Complete]);
        editor.take_completion(3, TODAY, &Vocabulary::default());
        assert_eq!(editor.text(), "status:incomplete");
    }

    #[test]
    fn an_editor_for_a_further_term_leaves_the_last_one_alone() {
        for (applied, opened) in [("", ""), ("nat:KOR", "nat:KOR "), ("\"a b\"", "\"a b\" "), ("kim ", "kim ")] {
            let editor = Editor::open_after(applied, Tester::Service, TODAY, &Vocabulary::default());
            assert_eq!((editor.text(), editor.cursor()), (opened, opened.len()));
            assert!(*editor.query().params() == *Query::parse(applied, TODAY).params());
        }
    }

    #[test]
    fn a_pasted_term_stays_apart() {
        for (text, pasted, line) in [
            ("nat:KOR", " kim\n", "nat:KOR kim"),
            ("nat:KOR ", " kim", "nat:KOR kim"),
            ("", "  kim  lee ", "kim lee"),
            ("nat:", "KOR\n", "nat:KOR"),
            ("nat:KOR", "\n", "nat:KOR "),
        ] {
            let mut editor = typed(text);
            editor.paste(pasted, TODAY, &Vocabulary::default());
            assert_eq!(editor.text(), line, "{text:?} {pasted:?}");
        }
        let mut editor = typed("lee");
        press(&mut editor, &[Action::LineStart]);
        editor.paste("kim ", TODAY, &Vocabulary::default());
        assert_eq!(editor.text(), "kim lee");
    }

    proptest::proptest! {
        #[test]
        fn as_many_steps_back_restore_the_line(
            text in "[a-z]{0,3}( (st|nat:|from:|!|w|has:|status:p|retry:))?", back in 0usize..5, steps in 0usize..90,
        ) {
            let mut editor = typed(&text);
            press(&mut editor, &vec![Action::CharLeft; back]);
            let (line, cursor) = (editor.text().to_owned(), editor.cursor());
            for (there, home) in [(Action::Complete, Action::CompletePrevious), (Action::CompletePrevious, Action::Complete)] {
                press(&mut editor, &vec![there; steps]);
                press(&mut editor, &vec![home; steps]);
                proptest::prop_assert_eq!((editor.text(), editor.cursor()), (line.as_str(), cursor));
            }
        }
    }
}
