//! Actions in the detail pane: moving, opening and closing parts of JSON trees, jumping from a line to another tab, and
//! choosing an order.

use super::{Anchor, Detail, Jump, Landmark, Tab, TabLine, tabs};
use crate::keys::Action;
use crate::kit::Ticket;
use crate::text::{Mask, Safe};

/// Maximum number of earlier cursor positions that are kept, to jump back to them.
const MAX_JUMPS: usize = 100;

/// Result of a user's action in the detail pane. It tells the caller what to do outside of this pane.
#[derive(Debug, PartialEq, Eq)]
pub enum DetailResult {
    /// The action is done. The caller has nothing further to do.
    Done,
    /// A message that the caller must show to the user.
    Notice(Safe),
    /// The id of the submission that the caller must show now.
    OpenSubmission(Box<str>),
}

/// The position of a line: a submission, one of its tabs, and a line of this tab. A jump starts or ends at such a
/// position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabPosition {
    pub(super) id: Option<Box<str>>,
    pub(super) tab: Tab,
    /// The anchor of the line: the name of what the line shows, such as a field. `None` if the line has no anchor.
    anchor: Option<Anchor>,
    /// The index of the line in its tab. It is used if there is no anchor. If several lines have the anchor, the line
    /// nearest to this index is meant.
    line: usize,
}

impl Detail {
    /// Performs an action of the user in the pane, such as moving the cursor. A search finds only text that the mask
    /// level `mask` shows. `height` is the number of visible lines.
    pub fn update(&mut self, action: Action, mask: Mask, height: usize) -> DetailResult {
        let at = self.scroll().at();
        match action {
            Action::Open => return self.open_line(at),
            Action::Left => self.fold(at, false, height),
            Action::Right => self.fold(at, true, height),
            Action::JumpBack => return self.jump_back(),
            Action::NextError => return self.jump_to_landmark(at, height, Landmark::Error, true),
            Action::PreviousError => return self.jump_to_landmark(at, height, Landmark::Error, false),
            Action::NextGap => return self.jump_to_landmark(at, height, Landmark::Gap, true),
            Action::NextMatch => return self.next_match(true, mask, height),
            Action::PreviousMatch => return self.next_match(false, mask, height),
            Action::Search => self.begin_search(),
            Action::NextOrder => return self.next_order(),
            Action::RelativeTimes => return self.count_relative(),
            Action::Closer | Action::Wider | Action::Whole | Action::OpenAll | Action::CloseAll => {
                return self.scale(action, at);
            }
            _ => action.scroll(&mut self.scrolls[self.tab], self.lines.len(), height),
        }
        DetailResult::Done
    }

    /// Scrolls the shown tab by a number of lines, as a mouse wheel does; a positive number scrolls down. The cursor
    /// moves only as far as needed to stay visible. At the end of the tab, where nothing more can scroll, the cursor
    /// moves instead. `height` is the number of visible lines.
    pub fn wheel(&mut self, lines: isize, height: usize) {
        let len = self.lines.len();
        self.scrolls[self.tab].wheel(lines, len, height);
    }

    /// Returns the id of the submission to which the line under the cursor leads: the Enter key shows this submission.
    /// `None` if the line does not lead to a submission.
    pub fn linked_id(&self) -> Option<&str> {
        match self.lines.get(self.scroll().at())?.jump.as_ref()? {
            Jump::Submission(id) => Some(id),
            Jump::Evidence { .. } => None,
        }
    }

    /// Shows the field at `path` of the submission `id` in the JSON tab, as soon as this submission is shown. The key
    /// for jumping back then returns to the line on which the cursor is now.
    pub fn go_to_field(&mut self, id: Box<str>, path: &str) {
        self.jumps.push(self.position_of_line(self.scroll().at()));
        self.tab = Tab::Json;
        let anchor = Some(Anchor::of_path(path));
        self.target = Some(TabPosition { id: Some(id), tab: Tab::Json, anchor, line: 0 });
    }

    /// Returns whether the detail pane waits for the task with the number `ticket`. Such a task parses an answer of the
    /// service about the shown submission: its list record or its full record.
    pub fn awaits_reading(&self, ticket: Ticket) -> bool {
        self.answers.awaits(ticket)
    }

    /// Moves the cursor to the visible line with the index `line`, at which the user pointed with the mouse. The tab
    /// does not scroll.
    pub fn point(&mut self, line: usize) {
        self.scrolls[self.tab].point(line);
    }

    /// Moves the cursor to the line at index `line` of the shown tab; `height` is the number of visible lines.
    pub fn move_to_line(&mut self, line: usize, height: usize) {
        let len = self.lines.len();
        self.scrolls[self.tab].to(line, len, height);
    }

    /// Returns the position of the line at index `line` in the shown tab. The position names the field of the line. So
    /// the cursor finds this field again after the lines of the tab were created again.
    fn position_of_line(&self, line: usize) -> TabPosition {
        let anchor = self.lines.get(line).and_then(|line| line.anchor.clone());
        TabPosition { line, ..self.place_of(self.tab, anchor) }
    }

    /// Returns the position of a line in the shown tab that has the anchor `anchor` (the name of what the line shows).
    /// If several lines have it, the position is that of the line nearest to the index `line`.
    pub(super) fn place_near(&self, anchor: Anchor, line: usize) -> TabPosition {
        TabPosition { line, ..self.place_of(self.tab, Some(anchor)) }
    }

    /// Returns the position of the line with the anchor `anchor` in the tab `tab` of the shown submission. An anchor is
    /// the name of what a line shows. With `None`, the position is the first line of the tab.
    pub(super) fn place_of(&self, tab: Tab, anchor: Option<Anchor>) -> TabPosition {
        TabPosition { id: self.subject().and_then(|subject| subject.id.clone()), tab, anchor, line: 0 }
    }

    /// Performs the Enter key on the line at index `line_index`. Jumps to the field or submission to which the line
    /// leads. If it leads nowhere, opens or closes the part of a JSON tree, such as an object, that begins at the line.
    fn open_line(&mut self, line_index: usize) -> DetailResult {
        let Some(line) = self.lines.get(line_index) else { return DetailResult::Done };
        match (line.jump.clone(), line.open, line.anchor.clone()) {
            (Some(jump), ..) => {
                self.jumps.push(self.position_of_line(line_index));
                let extra = self.jumps.len().saturating_sub(MAX_JUMPS);
                self.jumps.drain(..extra);
                match jump {
                    Jump::Evidence { tab, anchor } => {
                        self.tab = tab;
                        self.target = Some(self.place_of(tab, Some(anchor)));
                    }
                    Jump::Submission(id) => return DetailResult::OpenSubmission(id),
                }
            }
            (None, Some(now), Some(anchor)) => self.set_open(anchor, !now),
            _ => {}
        }
        DetailResult::Done
    }

    /// Returns to the position where the last jump started. If this position is in another submission, the result asks
    /// the caller to show that submission. If there was no jump, the result is a notice.
    fn jump_back(&mut self) -> DetailResult {
        let Some(place) = self.jumps.pop() else {
            return DetailResult::Notice(Safe::from_static("No jump to return from"));
        };
        self.tab = place.tab;
        self.target = Some(place.clone());
        match (place.id, self.subject().and_then(|subject| subject.id.as_deref())) {
            (Some(id), shown) if shown != Some(&*id) => DetailResult::OpenSubmission(id),
            _ => DetailResult::Done,
        }
    }

    /// Opens the part of a JSON tree, such as an object, that begins at the line at index `line_index`. If `open` is
    /// false, closes it. If nothing can be closed there, the cursor moves to the part that contains this line. `height`
    /// is the number of visible lines.
    fn fold(&mut self, line_index: usize, open: bool, height: usize) {
        let Some(line) = self.lines.get(line_index) else { return };
        match (line.open, &line.anchor) {
            (Some(now), Some(anchor)) if now != open => {
                let anchor = anchor.clone();
                self.set_open(anchor, open);
            }
            (_, Some(anchor)) if !open => {
                let Some(parent) = anchor.parent() else { return };
                let above = self.lines.iter().take(line_index).rposition(|line| line.anchor.as_ref() == Some(&parent));
                if let Some(above) = above {
                    self.move_to_line(above, height);
                }
            }
            _ => {}
        }
    }

    /// Opens a part of a JSON tree in the shown tab, such as an object or a list. Closes it if `open` is false.
    pub(super) fn set_open(&mut self, part: Anchor, open: bool) {
        self.folds[self.tab].set(part, open);
        self.version += 1;
    }

    fn jump_to_landmark(
        &mut self,
        line_index: usize,
        height: usize,
        landmark: Landmark,
        forward: bool,
    ) -> DetailResult {
        let is_one = |line: &TabLine| line.landmark == Some(landmark);
        let found = if forward {
            self.lines.iter().skip(line_index + 1).position(is_one).map(|steps| line_index + 1 + steps)
        } else {
            self.lines.iter().take(line_index).rposition(is_one)
        };
        match (found, landmark) {
            // No sentence is said about a tab that shows nothing.
            (None, _) if self.document().is_none() => {
                DetailResult::Notice(Safe::from_static("The submission is not loaded yet"))
            }
            (Some(line), _) => {
                self.move_to_line(line, height);
                self.follow_span();
                DetailResult::Done
            }
            (None, Landmark::Error) => {
                DetailResult::Notice(Safe::from_static(match (self.tab.has_findings(), forward) {
                    (true, true) => "No finding further down in this tab",
                    (true, false) => "No finding further up in this tab",
                    (false, true) => "No error further down in this tab",
                    (false, false) => "No error further up in this tab",
                }))
            }
            (None, Landmark::Gap) => DetailResult::Notice(Safe::from_static("No further idle gaps in this tab")),
        }
    }

    /// Moves the shown span of the timeline so that the event under the cursor is inside the span. Does nothing in
    /// other tabs, or if the whole timeline is shown.
    fn follow_span(&mut self) {
        let Some((document, span)) = self.document().zip(self.choices.span) else { return };
        if self.tab == Tab::Timeline {
            let path = self.lines.get(self.scroll().at()).and_then(TabLine::path);
            self.choices.span = Some(tabs::span_with_event(document, span, path));
            self.keep_cursor_field();
        }
    }

    /// Sorts the fields or events of the shown tab in the next order that the tab offers. The cursor stays on its
    /// field. Returns a notice with the name of the order, or one that says that the tab has only one order.
    fn next_order(&mut self) -> DetailResult {
        let words = match self.tab {
            Tab::Ocr => {
                self.choices.fields = self.choices.fields.next();
                self.choices.fields.label()
            }
            Tab::Timeline => {
                self.choices.events = self.choices.events.next();
                self.choices.events.label()
            }
            _ => return DetailResult::Notice(Safe::from_static("This tab has only one order")),
        };
        self.keep_cursor_field();
        DetailResult::Notice(Safe::from_static(words))
    }

    /// Switches the Timeline tab from clock times to relative times, or back. Relative times are counted from the start
    /// of the session in which the applicant takes the pictures. If this start is unknown, they are counted from the
    /// first event. In any other tab, nothing changes. Returns a notice for the user.
    fn count_relative(&mut self) -> DetailResult {
        if self.tab != Tab::Timeline {
            return DetailResult::Notice(Safe::from_static("Times are counted in the Timeline only"));
        }
        self.choices.relative = !self.choices.relative;
        self.keep_cursor_field();
        DetailResult::Notice(Safe::from_static(if self.choices.relative {
            "Times since the start"
        } else {
            "Clock times"
        }))
    }

    /// Shows more or less in the shown tab, as `action` says. In the Timeline tab, this changes the shown span of time.
    /// In other tabs, it opens or closes levels of the JSON trees. `line_index` is the index of the line under the
    /// cursor. Returns a notice if nothing can change.
    fn scale(&mut self, action: Action, line_index: usize) -> DetailResult {
        if self.tab == Tab::Timeline {
            return self.scale_time(action, line_index);
        }
        let Some(levels) = self.tab.open_levels() else {
            return DetailResult::Notice(Safe::from_static("Nothing to expand or collapse in this tab"));
        };
        let (closed, deepest) = (self.outermost_closed(), self.deepest_open());
        let refusal = match action {
            Action::Closer | Action::OpenAll => closed.is_none().then_some("Nothing more to expand in this tab"),
            Action::Wider | Action::CloseAll => deepest.is_none().then_some("Nothing more to collapse in this tab"),
            _ => (!self.has_folds()).then_some("The trees of this tab are as they open"),
        };
        if let Some(refusal) = refusal {
            return DetailResult::Notice(Safe::from_static(refusal));
        }
        self.keep_cursor_field();
        let folds = &mut self.folds[self.tab];
        match action {
            Action::Closer => folds.open_level(closed.unwrap_or_default(), levels),
            Action::Wider => folds.close_level(deepest.unwrap_or_default()),
            Action::OpenAll => folds.open_all(),
            Action::CloseAll => folds.close_all(),
            _ => folds.reset(),
        }
        self.version += 1;
        DetailResult::Done
    }

    fn scale_time(&mut self, action: Action, line_index: usize) -> DetailResult {
        let Some(document) = self.document() else { return DetailResult::Done };
        let path = self.lines.get(line_index).and_then(TabLine::path);
        let span = match action {
            Action::Closer => tabs::half_span(document, self.choices.span, path),
            Action::Wider => tabs::double_span(document, self.choices.span),
            Action::Whole => None,
            _ => return DetailResult::Notice(Safe::from_static("Nothing to expand or collapse in this tab")),
        };
        if span == self.choices.span {
            let words = match action {
                Action::Closer => "The timeline has no closer zoom here",
                _ => "The whole time span is shown",
            };
            return DetailResult::Notice(Safe::from_static(words));
        }
        self.choices.span = span;
        self.keep_cursor_field();
        DetailResult::Done
    }

    /// Remembers which field the line at the cursor shows. After the lines of the tab were created again, the cursor is
    /// placed on this field.
    pub(super) fn keep_cursor_field(&mut self) {
        let place = self.position_of_line(self.scroll().at());
        self.target = place.anchor.is_some().then_some(place);
    }
}

/// Returns the index in `lines`, the lines of a tab, of the line for the position `place`. This is the line that shows
/// the field of the position. If no line shows it, it is the line of the nearest object or list that contains the
/// field. If several lines fit, the one nearest to the line number of the position is returned. `None` if no line fits.
pub(super) fn line_of_position(lines: &[TabLine], place: &TabPosition) -> Option<usize> {
    let Some(target) = &place.anchor else { return Some(place.line) };
    let find = |fits: &dyn Fn(&Anchor) -> bool| {
        let fitting = lines.iter().enumerate().filter(|(_, line)| line.anchor.as_ref().is_some_and(fits));
        fitting.map(|(at, _)| at).min_by_key(|at| at.abs_diff(place.line))
    };
    let line_of = |target: &Anchor| find(&|own| own == target).or_else(|| find(&|own| target.contains(own)));
    let mut target = target.clone();
    loop {
        match line_of(&target) {
            None => target = target.parent().filter(|parent| parent.path() != Some(""))?,
            found => return found,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_lands_on_the_field_or_on_the_nearest_one_around_it() {
        let line = |path: &str| TabLine { anchor: Some(Anchor::of_path(path)), ..TabLine::default() };
        let lines =
            [TabLine::default(), line("kyc.attempts[0]"), line("kyc.attempts[1]"), line("kyc.attempts[1].errorCode")];
        let place = |path: &str| {
            line_of_position(
                &lines,
                &TabPosition { id: None, tab: Tab::Attempts, anchor: Some(Anchor::of_path(path)), line: 0 },
            )
        };
        assert_eq!(place("kyc.attempts[1].errorCode"), Some(3));
        assert_eq!(place("kyc.attempts[1].livenessScore"), Some(2));
        assert_eq!(place("kyc.attempts[7].liveness.score"), Some(1));
        assert_eq!(place("aml.matches"), None);
    }

    #[test]
    fn of_several_lines_with_the_field_the_nearest_one_counts() {
        let line = |path: &str| TabLine { anchor: Some(Anchor::of_path(path)), ..TabLine::default() };
        let lines = [line("aml.raw_data.name"), line("x"), line("x"), line("x"), line("aml.raw_data.name")];
        let place = |line: usize| {
            let anchor = Some(Anchor::of_path("aml.raw_data.name"));
            line_of_position(&lines, &TabPosition { id: None, tab: Tab::Aml, anchor, line })
        };
        assert_eq!([0, 1, 3, 9].map(place), [Some(0), Some(0), Some(4), Some(4)]);
    }
}
