//! State of the detail pane: the shown submission, the shown tab and its lines.

use std::convert::Infallible;

use enum_map::EnumMap;

use super::search::TabSearch;
use super::subject::Subject;
use super::update::line_of_position;
use super::{
    Folds, FullRecord, ListAnswer, ParseTask, Relatives, ShownAnswer, Tab, TabChoices, TabContext, TabLine,
    TabPosition, ViewOptions,
};
use crate::failure::Failure;
use crate::kit::{Remote, RetryWait, Scroll, Ticket, Tickets};
use crate::store::{AT_ONCE, Answer, AnswerDigest};
use crate::submission::Document;
use crate::submission::codes::Codes;
use crate::submission::findings::Grade;
use crate::text::{Class, Mask, Safe, Untrusted, Value};

/// Size of a list record, in bytes, above which its parsed form is discarded while newer large answers are parsed.
const MAX_KEPT_BYTES: usize = 1 << 20;

/// The state of the parsing of the answers about the shown submission.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum ParseState {
    /// The answers are not parsed yet. Parsing begins as soon as the pane needs them.
    #[default]
    Due,
    /// A background task parses answers with this number of bytes.
    Reading(usize),
}

/// The state of the detail pane.
#[derive(Default)]
pub struct Detail {
    subject: Option<Subject>,
    /// The name of the file from which the submissions come; `None` if they come from a server.
    pub(super) file: Option<Safe>,
    /// The parsed answers about the shown submission, if they were needed already. Older answers about the submission
    /// stay here until newer answers are parsed.
    pub(super) answers: Remote<ShownAnswer, ParseState>,
    /// Number of times that the parsed answers changed.
    parsed_count: u64,
    pub(super) tab: Tab,
    pub(super) scrolls: EnumMap<Tab, Scroll>,
    pub(super) lines: Vec<TabLine>,
    /// The id of the submission that the lines of the tab were made for.
    made_for: Option<Box<str>>,
    /// The inputs from which the lines of the tab were made. The lines are made again only if these inputs change.
    made_from: Option<(u64, Tab, ViewOptions, FullRecord)>,
    /// Number of times that the shown submission, the folds (open tree parts) or the linked submissions changed.
    pub(super) version: u64,
    pub(super) folds: EnumMap<Tab, Folds>,
    pub(super) choices: TabChoices,
    relatives: Relatives,
    /// The request for the full record, with the digest (hash) of the list record as known when the request began. The
    /// received answer is not here but in the field `subject`.
    full_record_request: Remote<Infallible, Option<AnswerDigest>>,
    /// The positions from which the user jumped to another line or submission. The newest position is the last.
    pub(super) jumps: Vec<TabPosition>,
    /// The position to which the cursor goes as soon as the lines of its tab are made, such as the target of the last
    /// jump.
    pub(super) target: Option<TabPosition>,
    pub(super) search: TabSearch,
    revealed: Option<String>,
    /// For tests: number of times that answers were parsed without a background task, and that lines were made.
    #[cfg(test)]
    work_counts: (usize, usize),
}

impl Detail {
    /// Number of lines inside the pane that do not belong to the tab. One line has the names of the tabs. The other
    /// says whether the pane shows the full record or the list record (the submission's item on a page of the list).
    pub const FRAME_LINES: u16 = 2;

    /// Returns the shown submission or unreadable item, with the service's answers; `None` if nothing is shown.
    pub const fn subject(&self) -> Option<&Subject> {
        self.subject.as_ref()
    }

    /// Returns the id of the submission, masked as `mask` requires: an id may contain a person's identity number.
    pub fn shown_id(&self, mask: Mask) -> Option<Safe> {
        let id = self.subject.as_ref()?.id.as_deref()?;
        Some(Value::new(Untrusted::new(id), self.id_class()).masked(mask))
    }

    /// Returns the privacy class of the shown submission's id, which says at which mask levels the id is hidden.
    pub(super) fn id_class(&self) -> Class {
        let Some(subject) = &self.subject else { return Class::Open };
        let by_answer = || Some(self.document()?.class_of(subject.id.as_deref()?));
        by_answer().map_or(subject.id_class, |class| class.max(subject.id_class))
    }

    /// Returns the shown tab.
    pub const fn tab(&self) -> Tab {
        self.tab
    }

    /// Returns the lines of the shown tab.
    pub fn lines(&self) -> &[TabLine] {
        &self.lines
    }

    /// Returns the cursor and the first visible line of the shown tab.
    pub fn scroll(&self) -> Scroll {
        self.scrolls[self.tab]
    }

    /// Returns what the user chose within tabs, such as the order of the fields in the OCR tab.
    pub const fn choices(&self) -> TabChoices {
        self.choices
    }

    /// Returns the state of the request for the full record of the shown submission. A running or failed request holds
    /// the digest of the list record that was known when the request began; `None` if the list did not contain the
    /// submission.
    pub const fn full_record_request(&self) -> &Remote<Infallible, Option<AnswerDigest>> {
        &self.full_record_request
    }

    /// Returns the parsed record of the submission. `None` while the record is fetched or parsed. `None` also if the
    /// pane was never visible since the submission was chosen.
    pub fn document(&self) -> Option<&Document> {
        self.answers.value().map(|opened| &opened.document)
    }

    /// Returns the id and the full record of the shown submission, and the most severe grade (alert, warning or note)
    /// of the findings about it. The grade is `None` without findings. Returns `None` if the full record is not known,
    /// or not parsed yet.
    pub fn grade(&self) -> Option<(&str, &Answer, Option<Grade>)> {
        let subject = self.subject.as_ref().filter(|subject| subject.is_whole() && !self.answers.is_loading())?;
        let opened = self.answers.value()?;
        Some((subject.id.as_deref()?, subject.single.as_ref()?, opened.grade))
    }

    /// Returns the submissions that are linked to the shown submission.
    pub const fn relatives(&self) -> &Relatives {
        &self.relatives
    }

    /// Sets the submissions that are linked to the shown one: those that the service reports as its duplicates, and
    /// those that share a value with it.
    pub fn set_relatives(&mut self, relatives: Relatives) {
        if self.relatives != relatives {
            self.relatives = relatives;
            self.version += 1;
        }
    }

    /// Returns the number of bytes that a background task parses; `None` if no such task runs.
    pub fn bytes_being_parsed(&self) -> Option<usize> {
        match self.answers.request()?.purpose {
            ParseState::Due => None,
            ParseState::Reading(bytes) => Some(bytes),
        }
    }

    /// Sets what the pane shows: a submission, an unreadable item (an element of the service's list that is no valid
    /// submission), or nothing. `tickets` gives the parsing task its number. Returns whether the full record may have
    /// to be fetched: something else was shown before, or the full record of the same submission is no longer known.
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
        let shrank = same && self.has_full_record() && subject.as_ref().is_some_and(|new| !new.is_whole());
        if shrank {
            self.full_record_request = Remote::Idle;
        }
        if same && self.can_keep_parsed(subject.as_ref()) {
            self.subject = subject;
            self.version += 1;
            return false;
        }
        if !same {
            self.scrolls = EnumMap::default();
            self.folds = EnumMap::default();
            self.choices.span = None;
            self.full_record_request = Remote::Idle;
            self.revealed = None;
            self.lines = Vec::new();
        }
        let has_answers = subject.as_ref().is_some_and(|subject| subject.answer().is_some());
        if !same || !has_answers {
            self.answers = Remote::Idle;
            self.parsed_count += 1;
        }
        if has_answers {
            // What is known of the same submission stays until its newer answers are opened.
            self.answers.start(tickets.issue(), ParseState::Due);
        }
        self.subject = subject;
        self.version += 1;
        !same || shrank
    }

    /// Returns whether the parsed answers can be kept when `subject` is shown next. This is the case if `subject` is
    /// the same submission and the bytes of its answers are the same; only the times of the answers may differ. If the
    /// answers cannot be kept and large answers are to be parsed, a large list record is discarded to save memory.
    fn can_keep_parsed(&mut self, subject: Option<&Subject>) -> bool {
        let Some((old, new)) = self.subject.as_ref().zip(subject) else { return false };
        let is_current = !self.answers.is_loading();
        let Some(opened) = self.answers.value_mut() else { return false };
        if is_current && old.has_equal_bytes(new) {
            opened.list.iter_mut().for_each(|list| list.newer = new.is_list_newer());
            return true;
        }
        let is_large = new.answers().is_some_and(|answers| answers.len() > AT_ONCE);
        if is_large && old.list.as_ref().is_some_and(|list| list.size() > MAX_KEPT_BYTES) {
            opened.list.iter_mut().for_each(ListAnswer::drop_document);
        }
        false
    }

    /// Parses the service's answers about the shown submission, unless this is done already. Large answers are not
    /// parsed here but returned, for a background task; `None` means that no such task is needed.
    pub fn begin_parsing(&mut self) -> Option<ParseTask> {
        let request = self.answers.request_mut().filter(|request| request.purpose == ParseState::Due)?;
        let answers = self.subject.as_ref().and_then(Subject::answers)?;
        if answers.len() > AT_ONCE {
            request.purpose = ParseState::Reading(answers.len());
            return Some(ParseTask { ticket: request.ticket, answers });
        }
        #[cfg(test)]
        {
            self.work_counts.0 += 1;
        }
        self.store_parsed(answers.parse());
        None
    }

    /// Takes the service's answers that a background task parsed; `ticket` is the number of this task. Returns whether
    /// they were taken. Answers of any task but the newest are ignored.
    pub fn set_parsed(&mut self, ticket: Ticket, answers: ShownAnswer) -> bool {
        let is_awaited = self.answers.awaits(ticket);
        if is_awaited {
            self.store_parsed(answers);
        }
        is_awaited
    }

    fn store_parsed(&mut self, answers: ShownAnswer) {
        self.answers = Remote::Ready(answers);
        self.parsed_count += 1;
        self.version += 1;
    }

    /// Returns how often the parsed answers changed until now. If the number grew, data made from them is outdated.
    pub const fn parsed_count(&self) -> u64 {
        self.parsed_count
    }

    /// Returns whether the full record of the submission was received. It is shown as soon as it is parsed.
    pub fn has_full_record(&self) -> bool {
        self.subject.as_ref().is_some_and(Subject::is_whole)
    }

    /// Notes that the full record is requested now; `ticket` is the number of the request. Returns the id of the shown
    /// submission, which is to be requested; `None` if no submission with an id is shown.
    pub fn full_record_requested(&mut self, ticket: Ticket) -> Option<Box<str>> {
        let subject = self.subject.as_ref()?;
        let id = subject.id.clone()?;
        self.full_record_request.start(ticket, subject.list_digest());
        Some(id)
    }

    /// Notes that the request for the full record failed and will be repeated; `wait` describes the wait before that.
    /// Returns whether `ticket` is the number of the current request.
    pub fn full_record_waits(&mut self, ticket: Ticket, wait: RetryWait) -> bool {
        self.full_record_request.wait(ticket, wait)
    }

    /// Notes that the answer with the full record arrived, so that the pane no longer waits for it. Returns whether the
    /// list record (the submission's item on a page of the list) changed after the request was sent. If so, the full
    /// record may already be outdated.
    pub fn full_record_arrived(&mut self) -> bool {
        let known = self.full_record_request.end().flatten();
        let list = self.subject.as_ref().and_then(Subject::list_digest);
        list.is_some() && list != known
    }

    /// Notes that the service has no submission with the requested id.
    pub fn full_record_not_found(&mut self) {
        self.full_record_request = Remote::NotFound;
    }

    /// Notes that the request for the full record failed for the reason `failure`.
    pub fn full_record_failed(&mut self, failure: Failure) {
        self.full_record_request.fail(failure);
    }

    /// Shows the tab `tab` of the submission.
    pub fn open_tab(&mut self, tab: Tab) {
        self.tab = tab;
    }

    /// Returns the path of the field that the user revealed; `None` if no field is revealed.
    pub fn revealed(&self) -> Option<&str> {
        self.revealed.as_deref()
    }

    /// Reveals the value on the line under the cursor. Returns `false` if the mask level `mask` hides no value there.
    pub fn reveal(&mut self, mask: Mask) -> bool {
        let Some(path) = self.hidden_path(mask).map(str::to_owned) else { return false };
        self.revealed = Some(path);
        true
    }

    /// Masks the revealed value again, so that no value is revealed.
    pub fn hide_revealed(&mut self) {
        self.revealed = None;
    }

    /// Remembers the field that the line under the cursor shows, so that the cursor stays on this field. When the lines
    /// of the tab are made again, the cursor goes to the line that then shows the field.
    fn keep_cursor_on_field(&mut self) {
        let same_tab = self.made_from.as_ref().is_some_and(|(_, tab, ..)| *tab == self.tab);
        let shown = self.subject.as_ref().and_then(|subject| subject.id.as_deref());
        let same = self.made_for.as_deref() == shown;
        let shown = shown.map(Into::into);
        if self.target.is_none() && same && same_tab {
            self.keep_cursor_field();
        }
        self.made_for = shown;
    }

    /// Returns two numbers for tests: how often an answer was parsed outside of a background task, and how often lines
    /// were made.
    #[cfg(test)]
    pub(crate) const fn work_counts(&self) -> (usize, usize) {
        self.work_counts
    }

    /// Discards the parsed answers and the lines. The answers are then parsed again, by a task with a number from
    /// `tickets`.
    #[cfg(test)]
    pub(crate) fn discard_parsed(&mut self, tickets: &mut Tickets) {
        self.answers = Remote::Idle;
        if self.subject.as_ref().is_some_and(|subject| subject.answer().is_some()) {
            self.answers.start(tickets.issue(), ParseState::Due);
        }
        self.made_from = None;
        (self.lines, self.relatives) = (Vec::new(), Relatives::default());
    }

    /// Discards the lines, since the pane is no longer visible and no key may act on a line. When the pane is shown
    /// again, the cursor returns to its field.
    pub fn discard_lines(&mut self) {
        if !self.lines.is_empty() {
            self.keep_cursor_on_field();
            self.lines = Vec::new();
            self.made_from = None;
        }
    }

    /// Makes the lines of the shown tab again if what they depend on changed, such as the options. Keeps the cursor
    /// within the lines. `codes` holds the explanations of codes; `height` is the number of visible lines.
    /// `full_record` says why the full record is not shown.
    pub fn render(&mut self, options: &ViewOptions, codes: &Codes, height: usize, full_record: FullRecord) {
        let key = (self.version, self.tab, options.clone(), full_record);
        if self.made_from.as_ref() != Some(&key) {
            #[cfg(test)]
            {
                self.work_counts.1 += usize::from(self.document().is_some());
            }
            self.keep_cursor_on_field();
            self.lines = match self.answers.value() {
                Some(ShownAnswer { document, list, .. }) => {
                    // An unreadable item has no verdict and no attempts: every tab shows it as received.
                    let unreadable = self.subject.as_ref().is_some_and(|subject| subject.unreadable.is_some());
                    let tab = if unreadable { Tab::Json } else { self.tab };
                    let (list, folds, relatives) = (list.as_ref(), &self.folds[tab], &self.relatives);
                    tab.lines(TabContext { document, list, options, codes, folds, relatives, full_record })
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
        let found = target.and_then(|target| line_of_position(&self.lines, &target));
        let len = self.lines.len();
        let scroll = &mut self.scrolls[self.tab];
        scroll.to(found.unwrap_or_else(|| scroll.at()), len, height);
    }
}
