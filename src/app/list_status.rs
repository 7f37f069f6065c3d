//! The lower border of the list pane. It shows the list request that is running or failed, and the number of new and
//! changed rows.

use super::Model;
use crate::keys::Action;
use crate::kit::Remote;
use crate::store::{End, Listing, Sort, Stop};
use crate::submission::row::{Column, ColumnKind};
use crate::text::{Safe, Value, counted};
use crate::time::parse_timestamp;
use crate::ui::{Line, Role};

/// Width in columns that the lower border of the list keeps free for the position of the cursor, such as `1/50`.
const POSITION_WIDTH: usize = 10;

/// Length in bytes of the day in a shown time, such as `2026-11-21 09:14`.
const DAY: usize = "2026-11-21".len();

/// Maximum width in columns of a lower border that has the shortest words.
const MAX_NARROW: usize = 44;

impl Model {
    /// Returns the text of the list's lower border: the progress of a request, a failure, or the number of new and
    /// changed rows.
    ///
    /// If `is_failure_shown` is true, the pane already shows the whole text of the failure. Then the border shows only
    /// its short name and the time of loading. While a request waits for its retry, the border then shows when the
    /// retry begins, and the time of loading. `columns` is the width of the border.
    pub(super) fn list_status(&self, is_failure_shown: bool, columns: usize) -> Line {
        if let Some((wait, what)) = self.list_wait() {
            let at = self.listing.current().filter(|_| is_failure_shown).map(|listing| self.loaded_at(listing));
            let line = match is_failure_shown && columns <= MAX_NARROW {
                true => self.short_wait_line(wait),
                false => self.wait_line(wait, what, is_failure_shown),
            };
            return at.into_iter().fold(line, |line, at| line.word("·", Role::Dim).with(at, Role::Dim));
        }
        let fetch = self.fetch_line();
        if let Some(line) = fetch.clone().filter(|_| self.fetch.is_running()) {
            return line;
        }
        match &self.listing {
            Remote::Failed { failure, last: Some(listing), .. } => {
                let line = Line::new().word(" ✗ ", Role::Bad);
                if is_failure_shown {
                    let words = Safe::from_static(failure.kind.short());
                    line.with(words, Role::Plain).word(" ·", Role::Dim).with(self.loaded_at(listing), Role::Dim)
                } else {
                    line.with(self.described(failure).line(), Role::Plain).word(" ", Role::Plain)
                }
            }
            Remote::Loading { last: Some(_), .. } if !self.listing.is_current() => {
                Line::new().word(" loading … ", Role::Info)
            }
            Remote::Loading { last: Some(listing), request } if request.purpose.load_until.is_some() => {
                if self.is_offline() {
                    let text = format!(" reading the file: {} rows so far ", listing.store.len());
                    return Line::new().with(Safe::sanitize(&text), Role::Info);
                }
                let stops = self.back_clause("stops").map(|clause| format!(", {clause}"));
                let text = format!(" loading all: {} rows so far{} ", listing.store.len(), stops.unwrap_or_default());
                Line::new().with(Safe::sanitize(&text), Role::Info)
            }
            Remote::Loading { last: Some(_), .. } => Line::new().word(" loading … ", Role::Info),
            Remote::Ready(listing) => {
                let unreadable = match listing.store.unreadable() {
                    0 => Safe::default(),
                    count => Safe::sanitize(&format!(" {} unreadable ·", counted(count, "row"))),
                };
                let question = self.question_to_go_on();
                let at = self.loaded_at(listing);
                let [long, short] = self.scope_lines();
                let scope = if long.width() + POSITION_WIDTH <= columns { long } else { short };
                let changes = self.changes_line(listing, columns <= MAX_NARROW);
                let fetch = fetch.unwrap_or_default();
                Line { pieces: [question.pieces, fetch.pieces, scope.pieces, changes.pieces].concat() }
                    .with(unreadable, Role::Warn)
                    .with(at, Role::Dim)
                    .with(self.order(), Role::Dim)
            }
            _ => Line::new(),
        }
    }

    /// Returns the beginning of the lower border while the loading of all pages is paused. It has paused at a limit of
    /// rows or bytes, or because the user stopped it. The text asks whether to load more and names the key for it;
    /// empty if loading is not paused.
    fn question_to_go_on(&self) -> Line {
        let continues = self.clause_here(Action::LoadAll, "continues");
        let words = match self.listing.current().map(|listing| listing.walk.end()) {
            Some(End::Stopped(Stop::Cap(_) | Stop::Bytes(_))) => {
                let continues = continues.map(|clause| format!(" {clause}")).unwrap_or_default();
                format!(" Load more?{continues} ·")
            }
            Some(End::Stopped(Stop::ByUser)) if continues.is_some() => {
                format!(" {} ·", continues.unwrap_or_default())
            }
            _ => return Line::new(),
        };
        Line::new().with(Safe::sanitize(&words), Role::Accent)
    }

    /// Returns the times at which the loaded rows were received. Examples are ` loaded 09:14:05 `, and
    /// ` loaded 09:14:05 to 09:16:40 ` for several pages. After a refresh, ` · refreshed at 09:30:00` is added. For a
    /// file, returns the time at which the file was read.
    fn loaded_at(&self, listing: &Listing) -> Safe {
        if self.is_offline() {
            return Safe::concat(&[
                Safe::from_static(" file read at "),
                self.zone.clock(listing.last_at),
                Safe::from_static(" "),
            ]);
        }
        let (first, last) = (self.zone.clock(listing.first_at), self.zone.clock(listing.last_at));
        let mut words = if first == last {
            vec![Safe::from_static(" loaded "), first]
        } else {
            vec![Safe::from_static(" loaded "), first, Safe::from_static(" to "), last]
        };
        if let Some(at) = listing.refreshed_at {
            words.extend([Safe::from_static(" · refreshed at "), self.zone.clock(at)]);
        }
        words.push(Safe::from_static(" "));
        Safe::concat(&words)
    }

    /// Returns the sort order of the list in words; empty for the default order. The text names the column by which the
    /// list is sorted, because this column may be off screen.
    fn order(&self) -> Safe {
        let sort = self.list.sort;
        if sort == Sort::default() {
            return Safe::default();
        }
        let heading = sort.column.heading();
        Safe::sanitize(&format!("· sorted by {heading} {} ", if sort.descending { '↓' } else { '↑' }))
    }

    /// Returns a line about changes by refreshes, with two parts. The first gives the earlier values of the fields that
    /// changed in the row under the list cursor. The second says how many rows are new or changed, with their signs in
    /// the list, and what the key for new rows does now. If `is_narrow` is true, the second only explains the signs.
    fn changes_line(&self, listing: &Listing, is_narrow: bool) -> Line {
        let news = listing.store.changes();
        let held = self.rows.pending();
        let shown = news.shown_as_new().filter(|index| self.rows.position(*index).is_some()).count();
        let key = |does| self.clause_here(Action::ShowNews, does);
        let words = [
            (
                held,
                if let Some(key) = key("shows them") { format!("new: {key}") } else { "new not shown yet".to_owned() },
            ),
            (shown, "new (+)".to_owned()),
            (news.changes(), "changed (~)".to_owned()),
        ];
        let mut line = Line::new();
        // A narrow border has no room for two values.
        let change = self.selected_entry().filter(|_| !is_narrow).and_then(|index| news.change(index));
        for (column, was) in change.map_or(&[][..], |change| &change.was) {
            let name = Safe::sanitize(&format!(" this row: {} ", column.full_name()));
            let now = self.selected_entry().and_then(|index| listing.store.row(index).value(*column));
            let [was, now] = [was.as_ref(), now.as_ref()].map(|value| self.shown_value(*column, value));
            let is_same_day = column.kind() == ColumnKind::Time && was.as_str().get(..DAY) == now.as_str().get(..DAY);
            let time = now.as_str().get(DAY..).filter(|time| is_same_day && !time.is_empty());
            let now = time.map_or(now.clone(), |time| Safe::sanitize(time.trim_start()));
            let was = Safe::join(&[was, Safe::from_static("→"), now], " ");
            line = line.with(name, Role::Accent).with(was, Role::Strong).word(" ·", Role::Dim);
        }
        if is_narrow && held == 0 && !news.is_empty() {
            let signs = [(shown, "+new"), (news.changes(), "~changed")];
            let signs: Vec<&str> = signs.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
            return line.with(Safe::sanitize(&format!(" {} ·", signs.join(" "))), Role::Accent);
        }
        let counts = words.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}"));
        let clears = (held == 0 && !news.is_empty()).then(|| key("clears + and ~")).flatten();
        for words in counts.chain(clears) {
            line = line.with(Safe::sanitize(&format!(" {words} ·")), Role::Accent);
        }
        line
    }

    /// Returns a value of `column` as the list shows it, or `empty`.
    fn shown_value(&self, column: Column, value: Option<&Value>) -> Safe {
        let shown = value.map_or(Safe::from_static("empty"), |value| value.masked(self.mask));
        let time = parse_timestamp(shown.as_str()).filter(|_| column.kind() == ColumnKind::Time);
        time.map_or(shown, |time| self.zone.short(time))
    }
}
