//! Which submission, which tab, which line.

use enum_map::EnumMap;

use super::search::TabSearch;
use super::subject::Subject;
use super::update::landing;
use super::{Answers, Choices, Folds, ListAnswer, Opened, Place, Relatives, Tab, TabContext, TabLine, ViewOptions};
use crate::failure::Failure;
use crate::kit::{Latest, Remote, Scroll, Ticket};
use crate::store::AT_ONCE;
use crate::submission::Document;
use crate::submission::codes::Codes;
use crate::submission::row::Column;
use crate::text::{Class, Mask, Safe, Untrusted, Value};

/// Bytes from which a list answer is not kept opened beside the one that takes its place.
const HEAVY: usize = 1 << 20;

/// What is to be done about a new subject.
#[derive(Default)]
pub struct Shown {
    /// Its single answer is open again: another submission or item than before, or the same one without the single answer
    /// that was there.
    pub anew: bool,
    /// An answer to be read beside the loop.
    pub read: Option<Reading>,
}

/// Answers that are too large to be read on the spot.
pub struct Reading {
    /// Comes back with them.
    pub ticket: Ticket,
    /// The answers.
    pub answers: Answers,
}

/// The state of the detail pane.
#[derive(Default)]
pub struct Detail {
    subject: Option<Subject>,
    pub(super) document: Option<Document>,
    /// The list answer, opened, where the single one is shown.
    list: Option<ListAnswer>,
    /// Bytes of the answer that is being read; the document is an older one, or none.
    reading: Option<usize>,
    /// Counts what was opened.
    opened: u64,
    readings: Latest,
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
    single: Remote<()>,
    missing: bool,
    requests: Latest,
    /// Where the jumps came from.
    pub(super) jumps: Vec<Place>,
    /// Where the last jump leads; applied when the lines of its tab are made.
    pub(super) target: Option<Place>,
    pub(super) search: TabSearch,
    revealed: Option<String>,
    reveals: Latest,
}

impl Detail {
    /// Lines of the pane that are not lines of the tab: the tabs themselves and the line below them.
    pub const CHROME: u16 = 2;

    /// What is shown.
    #[must_use]
    pub const fn subject(&self) -> Option<&Subject> {
        self.subject.as_ref()
    }

    /// The id of the submission as far as a mask lets it be seen: someone may have put a number of a person there.
    #[must_use]
    pub fn shown_id(&self, mask: Mask) -> Option<Safe> {
        let id = self.subject.as_ref()?.id.as_deref()?;
        Some(Value::new(Untrusted::new(id), self.id_class()).shown(mask))
    }

    /// How private the id is.
    pub(super) fn id_class(&self) -> Class {
        let Some(subject) = &self.subject else { return Class::Open };
        let by_answer = || Some(self.document.as_ref()?.class_of(subject.id.as_deref()?));
        by_answer().map_or(subject.id_class, |class| class.max(subject.id_class))
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
        self.scrolls[self.tab]
    }

    /// What the user chose within tabs.
    #[must_use]
    pub const fn choices(&self) -> Choices {
        self.choices
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

    /// The submission, opened; none while it is fetched or read.
    #[must_use]
    pub const fn document(&self) -> Option<&Document> {
        self.document.as_ref()
    }

    /// The submissions that belong to the shown one.
    #[must_use]
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

    /// Bytes of the answer that is being read beside the loop, if one is.
    #[must_use]
    pub const fn reading(&self) -> Option<usize> {
        self.reading
    }

    /// Shows a subject.
    pub fn show(&mut self, subject: Option<Subject>) -> Shown {
        let same = match (&self.subject, &subject) {
            (Some(old), Some(new)) => old.is_same(new),
            (None, None) => return Shown::default(),
            _ => false,
        };
        if same && self.subject.as_ref().map(Subject::times) == subject.as_ref().map(Subject::times) {
            return Shown::default();
        }
        // Another query's list answer about the same submission: the single answer is to be fetched again.
        let shrank = same && self.shows_single() && subject.as_ref().is_some_and(|new| !new.is_whole());
        if shrank {
            self.single = Remote::Idle;
            self.missing = false;
        }
        if !same {
            self.scrolls = EnumMap::default();
            self.folds = EnumMap::default();
            self.choices.span = None;
            self.single = Remote::Idle;
            self.missing = false;
            self.requests.renew();
            self.revealed = None;
        }
        let is_unchanged =
            same && self.subject.as_ref().zip(subject.as_ref()).is_some_and(|(old, new)| old.says_the_same(new));
        if is_unchanged && self.document.is_some() && self.reading.is_none() {
            if let (Some(list), Some(subject)) = (&mut self.list, &subject) {
                list.newer = subject.is_list_newer();
            }
            self.subject = subject;
            self.version += 1;
            return Shown::default();
        }
        let ticket = self.readings.renew();
        let (now, read) = match subject.as_ref().and_then(Subject::answers) {
            Some(answers) if answers.len() > AT_ONCE => (None, Some(Reading { ticket, answers })),
            Some(answers) => (Some(answers.open()), None),
            None => (None, None),
        };
        self.reading = read.as_ref().map(|read| read.answers.len());
        // What is known of the same submission stays until the rest is read, but for a large answer beside it.
        if !same || read.is_none() {
            self.open(now);
        } else if self.subject.as_ref().and_then(|old| old.list.as_ref()).is_some_and(|old| old.raw.len() > HEAVY) {
            self.list.iter_mut().for_each(ListAnswer::forget);
        }
        self.subject = subject;
        self.version += 1;
        Shown { anew: !same || shrank, read }
    }

    /// Answers were read; tells whether they are those of what is shown.
    pub fn read(&mut self, ticket: Ticket, opened: Opened) -> bool {
        let is_newest = self.readings.is_newest(ticket);
        if is_newest {
            let id_class = opened.classes.as_ref().and_then(|classes| classes.get(Column::Id as usize));
            if let (Some(class), Some(subject)) = (id_class, &mut self.subject) {
                subject.id_class = *class;
            }
            self.open(Some(opened));
            self.reading = None;
        }
        is_newest
    }

    fn open(&mut self, opened: Option<Opened>) {
        (self.document, self.list) = opened.map_or((None, None), |opened| (Some(opened.document), opened.list));
        self.opened += 1;
        self.version += 1;
    }

    /// Changes with the document.
    #[must_use]
    pub const fn opened(&self) -> u64 {
        self.opened
    }

    /// Whether a single answer should be fetched: there is none, and none is under way or failed.
    #[must_use]
    pub fn wants_single(&self) -> bool {
        let lacks = self.subject.as_ref().is_some_and(|subject| !subject.is_whole() && subject.id.is_some());
        lacks && !self.missing && matches!(self.single, Remote::Idle)
    }

    /// Whether a single answer is shown.
    #[must_use]
    pub fn shows_single(&self) -> bool {
        self.subject.as_ref().is_some_and(Subject::is_whole)
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
        let path = line.path().filter(|_| line.private)?.to_owned();
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

    /// Before the lines of a tab are made anew: the cursor is to stay with its field, wherever that will stand. Copying,
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

    /// Makes the lines if what they depend on changed; keeps the cursor in the lines.
    pub fn render(&mut self, options: &ViewOptions, codes: &Codes, height: usize) {
        let key = (self.version, self.tab, options.clone());
        if self.made_from.as_ref() != Some(&key) {
            self.hold_place();
            self.lines = match &self.document {
                Some(document) => {
                    // What is no submission has no verdict and no attempts: every tab shows what came.
                    let unreadable = self.subject.as_ref().is_some_and(|subject| subject.unreadable.is_some());
                    let tab = if unreadable { Tab::Json } else { self.tab };
                    let (list, folds, relatives) = (self.list.as_ref(), &self.folds[tab], &self.relatives);
                    tab.lines(TabContext { document, list, options, codes, folds, relatives })
                }
                None => Vec::new(),
            };
            self.made_from = Some(key);
        }
        let shown = self.subject.as_ref().and_then(|subject| subject.id.as_deref());
        let (tab, is_there) = (self.tab, self.document.is_some());
        // A submission that is still to come keeps its target; another one, or another tab, does not inherit it.
        let target = self.target.take_if(|place| is_there || place.id.as_deref() != shown || place.tab != tab);
        let target = target.filter(|place| place.id.as_deref() == shown && place.tab == tab);
        let found = target.and_then(|target| landing(&self.lines, &target));
        let len = self.lines.len();
        let scroll = &mut self.scrolls[self.tab];
        scroll.to(found.unwrap_or_else(|| scroll.at()), len, height);
    }
}
