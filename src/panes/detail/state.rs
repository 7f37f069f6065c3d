//! Which submission, which tab, which line.

use std::collections::HashSet;

use bytes::Bytes;
use jiff::Timestamp;

use super::{Look, Sheet, Tab, TabLine, Trouble, tabs};
use crate::failure::Failure;
use crate::keys::Action;
use crate::kit::{Latest, Remote, Scroll, Ticket};
use crate::submission::Document;
use crate::submission::codes::Codes;
use crate::text::Safe;

/// What the detail shows.
#[derive(Clone)]
pub struct Subject {
    /// The entry of the store.
    pub entry: u32,
    /// The submission; none for an unreadable item.
    pub id: Option<Box<str>>,
    /// Whether the bytes are a single answer.
    pub whole: bool,
    /// When the bytes came.
    pub at: Timestamp,
    /// The bytes.
    pub raw: Bytes,
    /// Why the item is no submission.
    pub unreadable: Option<Safe>,
}

/// The state of the detail pane.
#[derive(Default)]
pub struct Detail {
    subject: Option<Subject>,
    document: Option<Document>,
    tab: Tab,
    scrolls: [Scroll; Tab::ALL.len()],
    lines: Vec<TabLine>,
    /// What the lines were made from, to make them again only when it changed.
    made_from: Option<(u64, Tab, Look)>,
    /// Counts changes of the subject and of the folds.
    version: u64,
    folds: HashSet<String>,
    single: Remote<()>,
    missing: bool,
    requests: Latest,
    /// Where the jumps came from.
    jumps: Vec<(Tab, usize)>,
    /// Where the last jump leads; applied when the lines of its tab are made.
    target: Option<String>,
    revealed: Option<String>,
    reveals: Latest,
}

impl Detail {
    /// Lines of the pane that are no lines of the tab: the tabs themselves and the line below them.
    pub const CHROME: u16 = 2;

    /// What is shown.
    #[must_use]
    pub const fn subject(&self) -> Option<&Subject> {
        self.subject.as_ref()
    }

    /// The tab.
    #[must_use]
    pub const fn tab(&self) -> Tab {
        self.tab
    }

    /// The lines of the tab.
    #[must_use]
    pub fn lines(&self) -> &[TabLine] {
        &self.lines
    }

    /// The line cursor of the tab.
    #[must_use]
    pub fn scroll(&self) -> Scroll {
        self.scrolls.get(self.tab as usize).copied().unwrap_or_default()
    }

    /// The request for the single answer.
    #[must_use]
    pub const fn single(&self) -> &Remote<()> {
        &self.single
    }

    /// The service knows no such submission.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        self.missing
    }

    /// Shows a subject; tells whether its single answer is open again: another submission or item than before, or the
    /// same one without the single answer that was there.
    pub fn show(&mut self, subject: Option<Subject>) -> bool {
        let same = match (&self.subject, &subject) {
            (Some(old), Some(new)) => old.entry == new.entry && old.id == new.id,
            (None, None) => return false,
            _ => false,
        };
        if same
            && self.subject.as_ref().map(|old| (old.at, old.whole)) == subject.as_ref().map(|new| (new.at, new.whole))
        {
            return false;
        }
        // Another query's list answer about the same submission: the single answer is to be fetched again.
        let shrank = same && self.shows_single() && subject.as_ref().is_some_and(|new| !new.whole);
        if shrank {
            self.single = Remote::Idle;
            self.missing = false;
        }
        if !same {
            self.scrolls = Default::default();
            self.folds.clear();
            self.single = Remote::Idle;
            self.missing = false;
            self.requests.renew();
            self.jumps.clear();
            self.target = None;
            self.revealed = None;
        }
        self.document = subject.as_ref().map(|subject| Document::read(&subject.raw, subject.whole));
        self.subject = subject;
        self.version += 1;
        !same || shrank
    }

    /// Whether a single answer should be fetched: there is none, and none is under way or failed.
    #[must_use]
    pub fn wants_single(&self) -> bool {
        let lacks = self.subject.as_ref().is_some_and(|subject| !subject.whole && subject.id.is_some());
        lacks && !self.missing && matches!(self.single, Remote::Idle)
    }

    /// Whether a single answer is shown.
    #[must_use]
    pub fn shows_single(&self) -> bool {
        self.subject.as_ref().is_some_and(|subject| subject.whole)
    }

    /// Whether the newest request for the single answer failed.
    #[must_use]
    pub const fn single_failed(&self) -> bool {
        self.single.failure().is_some()
    }

    /// The single answer is asked for: the ticket and id of the request.
    pub fn ask(&mut self) -> Option<(Ticket, Box<str>)> {
        let id = self.subject.as_ref()?.id.clone()?;
        self.missing = false;
        self.single.start();
        Some((self.requests.renew(), id))
    }

    /// Whether a reply with this ticket is awaited.
    #[must_use]
    pub const fn awaits(&self, ticket: Ticket) -> bool {
        self.requests.is_newest(ticket) && self.single.is_loading()
    }

    /// The single answer came.
    pub fn arrived(&mut self) {
        self.single = Remote::Ready(());
    }

    /// The service knows no such submission.
    pub fn missing(&mut self) {
        self.single = Remote::Idle;
        self.missing = true;
    }

    /// The single answer could not be had.
    pub fn failed(&mut self, failure: Failure) {
        self.single.fail(failure);
    }

    /// Opens a tab.
    pub fn open_tab(&mut self, tab: Tab) {
        self.tab = tab;
    }

    /// The path whose value is revealed.
    #[must_use]
    pub fn revealed(&self) -> Option<&str> {
        self.revealed.as_deref()
    }

    /// Reveals the value of the line under the cursor; `None` when it has nothing to hide.
    pub fn reveal(&mut self) -> Option<Ticket> {
        let line = self.lines.get(self.scroll().at())?;
        let path = line.path.clone().filter(|_| line.private)?;
        self.revealed = Some(path);
        Some(self.reveals.renew())
    }

    /// A revealed value was shown long enough.
    pub fn hide(&mut self, ticket: Ticket) {
        if self.reveals.is_newest(ticket) {
            self.revealed = None;
        }
    }

    /// Hides what is revealed at once.
    pub fn hide_all(&mut self) {
        self.revealed = None;
    }

    /// Makes the lines if what they depend on changed; keeps the cursor in the lines.
    pub fn render(&mut self, look: &Look, codes: &Codes, height: usize) {
        let key = (self.version, self.tab, look.clone());
        if self.made_from.as_ref() != Some(&key) {
            self.lines = match &self.document {
                Some(document) => {
                    // What is no submission has no verdict and no attempts: every tab shows what came.
                    let unreadable = self.subject.as_ref().is_some_and(|subject| subject.unreadable.is_some());
                    let tab = if unreadable { Tab::Json } else { self.tab };
                    tabs::lines(tab, Sheet { document, look, codes, folds: &self.folds })
                }
                None => Vec::new(),
            };
            self.made_from = Some(key);
        }
        let found = self.target.take().and_then(|target| landing(&self.lines, &target));
        let len = self.lines.len();
        if let Some(scroll) = self.scrolls.get_mut(self.tab as usize) {
            scroll.to(found.unwrap_or_else(|| scroll.at()), len, height);
        }
    }

    /// An order of a key; a sentence comes back when there is something to tell.
    pub fn update(&mut self, action: Action, height: usize) -> Option<Safe> {
        let len = self.lines.len();
        let at = self.scroll().at();
        match action {
            Action::Top => self.go(0, height),
            Action::Bottom => self.go(usize::MAX, height),
            Action::Open => return self.open_line(at),
            Action::Left => self.fold(at, false, height),
            Action::Right => self.fold(at, true, height),
            Action::JumpBack => match self.jumps.pop() {
                Some((tab, line)) => {
                    self.tab = tab;
                    if let Some(scroll) = self.scrolls.get_mut(tab as usize) {
                        scroll.to(line, usize::MAX, height);
                    }
                }
                None => return Some(Safe::word("no jump to go back from")),
            },
            Action::NextError => return self.seek(at, height, Trouble::Error, true),
            Action::PreviousError => return self.seek(at, height, Trouble::Error, false),
            Action::NextGap => return self.seek(at, height, Trouble::Gap, true),
            _ => {
                if let (Some(lines), Some(scroll)) = (action.lines(height), self.scrolls.get_mut(self.tab as usize)) {
                    scroll.by(lines, len, height);
                }
            }
        }
        None
    }

    fn go(&mut self, line: usize, height: usize) {
        let len = self.lines.len();
        if let Some(scroll) = self.scrolls.get_mut(self.tab as usize) {
            scroll.to(line, len, height);
        }
    }

    /// Follows a line to its evidence, or opens and closes a part of a tree.
    fn open_line(&mut self, at: usize) -> Option<Safe> {
        let line = self.lines.get(at)?;
        if let Some(jump) = line.jump.clone() {
            self.jumps.push((self.tab, at));
            self.tab = jump.tab;
            self.target = Some(jump.path);
        } else if line.open.is_some()
            && let Some(path) = line.path.clone()
        {
            self.turn(path);
        }
        None
    }

    /// Opens or closes the part of a tree below a line; closing a closed one goes to the line that it hangs from.
    fn fold(&mut self, at: usize, open: bool, height: usize) {
        let Some(line) = self.lines.get(at) else { return };
        match (line.open, &line.path) {
            (Some(now), Some(path)) if now != open => {
                let path = path.clone();
                self.turn(path);
            }
            (_, Some(path)) if !open => {
                let parent = path.rfind(['.', '[']).and_then(|dot| path.get(..dot)).unwrap_or_default();
                let above = self.lines.iter().take(at).rposition(|line| line.path.as_deref() == Some(parent));
                if let Some(above) = above {
                    self.go(above, height);
                }
            }
            _ => {}
        }
    }

    /// Turns a fold against its default, or back.
    fn turn(&mut self, path: String) {
        if !self.folds.remove(&path) {
            self.folds.insert(path);
        }
        self.version += 1;
    }

    fn seek(&mut self, at: usize, height: usize, trouble: Trouble, forward: bool) -> Option<Safe> {
        let is_one = |line: &TabLine| line.trouble == Some(trouble);
        let found = if forward {
            self.lines.iter().skip(at + 1).position(is_one).map(|steps| at + 1 + steps)
        } else {
            self.lines.iter().take(at).rposition(is_one)
        };
        match (found, trouble) {
            (Some(line), _) => {
                self.go(line, height);
                None
            }
            (None, Trouble::Error) => Some(Safe::word("no further error in this tab")),
            (None, Trouble::Gap) => Some(Safe::word("no further gap in this tab")),
        }
    }
}

/// The line of the field at a path, else of the nearest field around it: a line may hold several fields.
fn landing(lines: &[TabLine], target: &str) -> Option<usize> {
    let line_of =
        |target: &str| lines.iter().position(|line| line.path.as_ref().is_some_and(|path| path.starts_with(target)));
    let mut path = target;
    loop {
        match line_of(path) {
            None => path = path.get(..path.rfind(['.', '['])?)?,
            found => return found,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_lands_on_the_field_or_on_the_nearest_one_around_it() {
        let line = |path: &str| TabLine { path: Some(path.to_owned()), ..TabLine::default() };
        let lines =
            [TabLine::default(), line("kyc.attempts[0]"), line("kyc.attempts[1]"), line("kyc.attempts[1].errorCode")];
        assert_eq!(landing(&lines, "kyc.attempts[1].errorCode"), Some(3));
        assert_eq!(landing(&lines, "kyc.attempts[1].livenessScore"), Some(2));
        assert_eq!(landing(&lines, "kyc.attempts[7].liveness.score"), Some(1));
        assert_eq!(landing(&lines, "aml.matches"), None);
    }
}
