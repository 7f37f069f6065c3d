//! Which submission, which tab, which line.

use std::convert::Infallible;

use bytes::Bytes;
use enum_map::EnumMap;

use super::search::TabSearch;
use super::subject::Subject;
use super::update::landing;
use super::{
    Answers, Choices, Folds, ListAnswer, Relatives, ShownAnswer, Tab, TabContext, TabLine, TabPosition, ViewOptions,
};
use crate::failure::Failure;
use crate::kit::{Remote, RetryWait, Scroll, Ticket, Tickets};
use crate::store::AT_ONCE;
use crate::submission::Document;
use crate::submission::codes::Codes;
use crate::text::{Class, Mask, Safe, Untrusted, Value};

/// Bytes from which a list answer is not kept opened beside the one that takes its place.
const HEAVY: usize = 1 << 20;

/// Answers that are too large to be parsed inline.
pub struct Reading {
    /// Comes back with them.
    pub ticket: Ticket,
    /// The answers.
    pub answers: Answers,
}

/// How far the opening of answers is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum OpeningState {
    /// It begins once that is needed.
    #[default]
    Due,
    /// A task reads this number of bytes.
    Reading(usize),
}

/// The state of the detail pane.
#[derive(Default)]
pub struct Detail {
    subject: Option<Subject>,
    /// The answers of the subject, opened where that was needed; until then, those of it that were opened before.
    answers: Remote<ShownAnswer, OpeningState>,
    /// Counts changes of the document.
    opened: u64,
    pub(super) tab: Tab,
    pub(super) scrolls: EnumMap<Tab, Scroll>,
    pub(super) lines: Vec<TabLine>,
    /// The submission that the lines were made for.
    made_for: Option<Box<str>>,
    /// What the lines were made from, to make them again only when it changed.
    made_from: Option<(u64, Tab, ViewOptions)>,
    /// Counts changes of the subject and of the folds.
    pub(super) version: u64,
    pub(super) folds: EnumMap<Tab, Folds>,
    pub(super) choices: Choices,
    relatives: Relatives,
    /// The request for the single answer, with the list answer that was known when it was made. What comes becomes a part
    /// of the subject, so that here is never a value.
    single: Remote<Infallible, Option<Bytes>>,
    /// Where the jumps came from.
    pub(super) jumps: Vec<TabPosition>,
    /// Where the last jump leads; applied when the lines of its tab are made.
    pub(super) target: Option<TabPosition>,
    pub(super) search: TabSearch,
    revealed: Option<String>,
    /// Counts how often answers were opened inline, and how often lines were made.
    #[cfg(test)]
    work: (usize, usize),
}

impl Detail {
    /// Lines of the pane that are not lines of the tab: the tabs themselves and the line below them.
    pub const CHROME: u16 = 2;

    /// What is shown.
    pub const fn subject(&self) -> Option<&Subject> {
        self.subject.as_ref()
    }

    /// The id of the submission as far as a mask lets it be seen: someone may have put a number of a person there.
    pub fn shown_id(&self, mask: Mask) -> Option<Safe> {
        let id = self.subject.as_ref()?.id.as_deref()?;
        Some(Value::new(Untrusted::new(id), self.id_class()).masked(mask))
    }

    /// How private the id is.
    pub(super) fn id_class(&self) -> Class {
        let Some(subject) = &self.subject else { return Class::Open };
        let by_answer = || Some(self.document()?.class_of(subject.id.as_deref()?));
        by_answer().map_or(subject.id_class, |class| class.max(subject.id_class))
    }

    /// The tab.
    pub const fn tab(&self) -> Tab {
        self.tab
    }

    /// The lines of the tab.
    pub fn lines(&self) -> &[TabLine] {
        &self.lines
    }

    /// The line cursor of the tab.
    pub fn scroll(&self) -> Scroll {
        self.scrolls[self.tab]
    }

    /// What the user chose within tabs.
    pub const fn choices(&self) -> Choices {
        self.choices
    }

    /// The request for the single answer.
    pub const fn single(&self) -> &Remote<Infallible, Option<Bytes>> {
        &self.single
    }

    /// The submission, opened; none while it is fetched or read, or before it was visible.
    pub fn document(&self) -> Option<&Document> {
        self.answers.value().map(|opened| &opened.document)
    }

    /// The submissions that belong to the shown one.
    pub const fn relatives(&self) -> &Relatives {
        &self.relatives
    }

    /// Takes the submissions that belong to the shown one.
    pub fn relate(&mut self, relatives: Relatives) {
        if self.relatives != relatives {
            self.relatives = relatives;
            self.version += 1;
        }
    }

    /// Bytes of the answers that are read in a task, if any are.
    pub fn reading(&self) -> Option<usize> {
        match self.answers.request()?.purpose {
            OpeningState::Due => None,
            OpeningState::Reading(bytes) => Some(bytes),
        }
    }

    /// Shows a subject. Returns whether its single answer is open again: it is another submission or item than before, or
    /// the same one without the single answer that was there.
    pub fn show(&mut self, subject: Option<Subject>, tickets: &mut Tickets) -> bool {
        let same = match (&self.subject, &subject) {
            (Some(old), Some(new)) if old.is_same(new) => {
                if old.has_same_answers(new) {
                    // Another query may have given it another entry.
                    self.subject = subject;
                    return false;
                }
                true
            }
            (None, None) => return false,
            _ => false,
        };
        // Another query's list answer about the same submission: the single answer is to be fetched again.
        let shrank = same && self.shows_single() && subject.as_ref().is_some_and(|new| !new.is_whole());
        if shrank {
            self.single = Remote::Idle;
        }
        if same && self.keeps_opened(subject.as_ref()) {
            self.subject = subject;
            self.version += 1;
            return false;
        }
        if !same {
            self.scrolls = EnumMap::default();
            self.folds = EnumMap::default();
            self.choices.span = None;
            self.single = Remote::Idle;
            self.revealed = None;
            self.lines = Vec::new();
        }
        let has_answers = subject.as_ref().is_some_and(|subject| subject.answer().is_some());
        if !same || !has_answers {
            self.answers = Remote::Idle;
            self.opened += 1;
        }
        if has_answers {
            // What is known of the same submission stays until its newer answers are opened.
            self.answers.start(tickets.issue(), OpeningState::Due);
        }
        self.subject = subject;
        self.version += 1;
        !same || shrank
    }

    /// Whether what is opened is kept for the next subject, which is the same submission: then its answers have the same
    /// bytes, and only the times differ. Where it is not kept and a large one is to be read, a large answer beside it goes.
    fn keeps_opened(&mut self, subject: Option<&Subject>) -> bool {
        let Some((old, new)) = self.subject.as_ref().zip(subject) else { return false };
        let is_current = !self.answers.is_loading();
        let Some(opened) = self.answers.value_mut() else { return false };
        if is_current && old.says_the_same(new) {
            opened.list.iter_mut().for_each(|list| list.newer = new.is_list_newer());
            return true;
        }
        let is_large = new.answers().is_some_and(|answers| answers.len() > AT_ONCE);
        if is_large && old.list.as_ref().is_some_and(|list| list.raw.len() > HEAVY) {
            opened.list.iter_mut().for_each(ListAnswer::drop_document);
        }
        false
    }

    /// Opens the answers of the subject, unless they are open already. Returns those that are to be read in a task.
    pub fn open(&mut self) -> Option<Reading> {
        let request = self.answers.request_mut().filter(|request| request.purpose == OpeningState::Due)?;
        let answers = self.subject.as_ref().and_then(Subject::answers)?;
        if answers.len() > AT_ONCE {
            request.purpose = OpeningState::Reading(answers.len());
            return Some(Reading { ticket: request.ticket, answers });
        }
        #[cfg(test)]
        {
            self.work.0 += 1;
        }
        self.take_opened(answers.open());
        None
    }

    /// Answers were read; tells whether they are those of what is shown.
    pub fn read(&mut self, ticket: Ticket, opened: ShownAnswer) -> bool {
        let is_awaited = self.answers.awaits(ticket);
        if is_awaited {
            self.take_opened(opened);
        }
        is_awaited
    }

    fn take_opened(&mut self, opened: ShownAnswer) {
        self.answers = Remote::Ready(opened);
        self.opened += 1;
        self.version += 1;
    }

    /// Changes with the document.
    pub const fn opened(&self) -> u64 {
        self.opened
    }

    /// Whether a single answer should be fetched: it is lacking, and none is under way or failed.
    pub fn wants_single(&self) -> bool {
        self.subject.as_ref().is_some_and(Subject::lacks_single) && matches!(self.single, Remote::Idle)
    }

    /// Whether a single answer is shown.
    pub fn shows_single(&self) -> bool {
        self.subject.as_ref().is_some_and(Subject::is_whole)
    }

    /// The single answer is asked for; returns the id to ask for.
    pub fn ask(&mut self, ticket: Ticket) -> Option<Box<str>> {
        let subject = self.subject.as_ref()?;
        let id = subject.id.clone()?;
        self.single.start(ticket, subject.list_bytes().cloned());
        Some(id)
    }

    /// The request for the single answer failed and is tried again; tells whether it is the awaited one.
    pub fn wait(&mut self, ticket: Ticket, wait: RetryWait) -> bool {
        self.single.wait(ticket, wait)
    }

    /// The single answer came. Tells whether the list said something new since it was asked for: it may be older than that.
    pub fn arrived(&mut self) -> bool {
        let known = self.single.end().flatten();
        let list = self.subject.as_ref().and_then(Subject::list_bytes);
        list.is_some() && list != known.as_ref()
    }

    /// The service knows no such submission.
    pub fn missing(&mut self) {
        self.single = Remote::NotFound;
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
    pub fn revealed(&self) -> Option<&str> {
        self.revealed.as_deref()
    }

    /// Reveals the value of the line under the cursor; tells whether it has anything to reveal.
    pub fn reveal(&mut self) -> bool {
        let line = self.lines.get(self.scroll().at()).filter(|line| line.private);
        let Some(path) = line.and_then(TabLine::path) else { return false };
        self.revealed = Some(path.to_owned());
        true
    }

    /// Hides what is revealed.
    pub fn hide_revealed(&mut self) {
        self.revealed = None;
    }

    /// Before the lines of a tab are made again: the cursor is to stay with its field, wherever that will be. Copying,
    /// revealing and jumping act on its line.
    fn hold_place(&mut self) {
        let same_tab = self.made_from.as_ref().is_some_and(|(_, tab, _)| *tab == self.tab);
        let shown = self.subject.as_ref().and_then(|subject| subject.id.as_deref());
        let same = self.made_for.as_deref() == shown;
        let shown = shown.map(Into::into);
        if self.target.is_none() && same && same_tab {
            self.stay();
        }
        self.made_for = shown;
    }

    /// How often answers were opened inline, and how often lines were made.
    #[cfg(test)]
    pub(crate) const fn work(&self) -> (usize, usize) {
        self.work
    }

    /// Forgets what was derived from the subject, so that it is derived again.
    #[cfg(test)]
    pub(crate) fn forget(&mut self, tickets: &mut Tickets) {
        self.answers = Remote::Idle;
        if self.subject.as_ref().is_some_and(|subject| subject.answer().is_some()) {
            self.answers.start(tickets.issue(), OpeningState::Due);
        }
        self.made_from = None;
        (self.lines, self.relatives) = (Vec::new(), Relatives::default());
    }

    /// The pane went out of sight: there are no lines to act on. The cursor is to come back to its field.
    pub fn hide(&mut self) {
        if !self.lines.is_empty() {
            self.hold_place();
            self.lines = Vec::new();
            self.made_from = None;
        }
    }

    /// Makes the lines if what they depend on changed; keeps the cursor in the lines.
    pub fn render(&mut self, options: &ViewOptions, codes: &Codes, height: usize) {
        let key = (self.version, self.tab, options.clone());
        if self.made_from.as_ref() != Some(&key) {
            #[cfg(test)]
            {
                self.work.1 += usize::from(self.document().is_some());
            }
            self.hold_place();
            self.lines = match self.answers.value() {
                Some(ShownAnswer { document, list, .. }) => {
                    // What is no submission has no verdict and no attempts: every tab shows what came.
                    let unreadable = self.subject.as_ref().is_some_and(|subject| subject.unreadable.is_some());
                    let tab = if unreadable { Tab::Json } else { self.tab };
                    let (list, folds, relatives) = (list.as_ref(), &self.folds[tab], &self.relatives);
                    tab.lines(TabContext { document, list, options, codes, folds, relatives })
                }
                None => Vec::new(),
            };
            self.made_from = Some(key);
        }
        let shown = self.subject.as_ref().and_then(|subject| subject.id.as_deref());
        let (tab, is_there) = (self.tab, self.document().is_some());
        // A submission that is still to come keeps its target; another one, or another tab, does not inherit it.
        let target = self.target.take_if(|place| is_there || place.id.as_deref() != shown || place.tab != tab);
        let target = target.filter(|place| place.id.as_deref() == shown && place.tab == tab);
        let found = target.and_then(|target| landing(&self.lines, &target));
        let len = self.lines.len();
        let scroll = &mut self.scrolls[self.tab];
        scroll.to(found.unwrap_or_else(|| scroll.at()), len, height);
    }
}
