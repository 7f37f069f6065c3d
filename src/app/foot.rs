//! The lower border of the list: what is under way, what went wrong, what is new.

use super::Model;
use crate::failure::Failure;
use crate::keys::Action;
use crate::kit::Remote;
use crate::store::{Listing, Sort};
use crate::text::Safe;
use crate::ui::{Line, Role};

impl Model {
    /// Progress, trouble or news of the list, in its lower border.
    ///
    /// A failure that is `told` above is only named here.
    pub(super) fn list_foot(&self, told: bool) -> Line {
        if let Some(wait) = &self.page_wait {
            return self.wait_line(wait);
        }
        let trouble = |failure: &Failure| {
            let words = if told { Safe::word(failure.kind.short()) } else { failure.line() };
            Line::blank().word(" ✗ ", Role::Bad).with(words, Role::Bad).word(" ", Role::Plain)
        };
        match &self.listing {
            Remote::Failed { failure, last: Some(_) } => trouble(failure),
            Remote::Loading { last: Some(_) } => Line::blank().word(" asking … ", Role::Info),
            Remote::Ready(listing) => match (listing.more.failure(), listing.more.is_loading()) {
                (Some(failure), _) => trouble(failure),
                (None, true) if self.load_all.is_some() => {
                    let esc = self.setting.keymap.first_chord(Action::Back).map_or_else(String::new, |c| c.to_string());
                    let text = format!(" loading all: {} rows so far, {esc} stops ", listing.store.len());
                    Line::blank().with(Safe::of(&text), Role::Info)
                }
                (None, true) => Line::blank().word(" loading … ", Role::Info),
                (None, false) => {
                    let unreadable = match listing.store.unreadable() {
                        0 => Safe::default(),
                        count => Safe::of(&format!(" {count} unreadable ")),
                    };
                    let at = Safe::concat(&[Safe::word(" loaded at "), self.zone.clock(listing.at), Safe::word(" ")]);
                    self.news(listing).with(unreadable, Role::Warn).with(at, Role::Dim).with(self.order(), Role::Dim)
                }
            },
            _ => Line::blank(),
        }
    }

    /// The order of the rows, where it is not the usual one: the column may be out of sight.
    fn order(&self) -> Safe {
        let sort = self.list.sort;
        if sort == Sort::default() {
            return Safe::default();
        }
        let heading = sort.column.heading();
        Safe::of(&format!("· sorted by {heading} {} ", if sort.descending { '↓' } else { '↑' }))
    }

    /// How many rows are new or changed, and how the row under the cursor changed.
    fn news(&self, listing: &Listing) -> Line {
        let news = listing.store.news();
        let (held, changed) = (self.rows.held(), news.changes());
        let counts = [(held, "new"), (changed, "changed")].into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, what)| format!("{count} {what}")).collect();
        let mut line = Line::blank();
        if !counts.is_empty() {
            let chord = self.setting.keymap.first_chord(Action::ShowNews).map(|chord| chord.to_string());
            let does = if held > 0 { "shows" } else { "clears" };
            let text = format!(" {}, {} {does} ·", counts.join(", "), chord.unwrap_or_default());
            line = line.with(Safe::of(&text), Role::Accent);
        }
        let change = self.list.selected().and_then(|index| news.change(index));
        for (column, was) in change.map_or(&[][..], |change| &change.was) {
            let name = Safe::of(&format!(" {} was ", column.spec().key));
            let was = was.as_ref().map_or(Safe::word("empty"), |was| was.shown(self.mask));
            line = line.with(name, Role::Warn).with(was, Role::Strong).word(" ·", Role::Dim);
        }
        line
    }
}
