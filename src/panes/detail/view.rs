//! Drawing of the detail pane: the names of the tabs, a line about the fetched data, and the visible lines of the shown
//! tab.

use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::{Detail, FullRecord, Subject, Tab};
use crate::keys::Chord;
use crate::kit::Remote;
use crate::submission::{Document, path};
use crate::text::{Mask, Safe};
use crate::time::Zone;
use crate::ui::{Line, Panel, Role, Theme, draw_cursor_line, draw_failure, mark_matches, paint, placeholder};

/// The data that the caller passes to draw the detail pane. The pane itself holds the rest, such as the shown tab and
/// the cursor.
pub struct DetailProps<'a> {
    /// Whether the detail pane has the focus.
    pub focused: bool,
    /// The reason why the pane does not show the submission under the list cursor; `None` if it shows this submission.
    pub detached_reason: Option<&'static str>,
    /// Texts that count down to the next attempt to request the full record after a failure; `None` if no further
    /// attempt is planned.
    pub wait: Option<RetryTexts>,
    /// The lines of a message about a failed request for the full record. They are drawn in the last lines of the pane.
    pub failure_lines: Vec<Safe>,
    /// Whether the keys 1 to 8 show the tabs with these numbers now: the user may have bound other keys.
    pub are_digits_tab_keys: bool,
    /// The first chord (key with modifiers) with which the user repeats a failed request; `None` if no chord does this.
    pub retry_key: Option<Chord>,
    /// The mask level for the submission's id and the field's path, which are drawn in the border of the pane.
    pub mask: Mask,
    /// The time zone in which the pane shows when the data was fetched.
    pub zone: &'a Zone,
    /// The current time, which tells whether the wait before a retry is over.
    pub now: Timestamp,
    /// The theme to draw with.
    pub theme: &'a Theme,
}

/// Texts about a request for the full record that waits for its retry after a failure.
pub struct RetryTexts {
    /// The text for the border of the pane.
    pub border: Line,
    /// The sentences for the middle of a pane that shows no data of the submission.
    pub sentences: Vec<Safe>,
}

impl Detail {
    /// Returns the area in which the lines of the shown tab are drawn. `area` is the area of the detail pane.
    /// `failure_lines` is the number of lines of the message about a failed request, which is at the end of the pane.
    pub fn lines_area(area: Rect, failure_lines: usize) -> Rect {
        let inner = Panel::inner_area(area);
        let failure_lines = u16::try_from(failure_lines).unwrap_or(u16::MAX);
        let height = inner.height.saturating_sub(Self::FRAME_LINES).saturating_sub(failure_lines);
        Rect { y: inner.y.saturating_add(Self::FRAME_LINES), height, ..inner }
    }

    /// Returns the tab whose name is drawn at the cell `cell` of the screen; `None` if no name of a tab is there.
    /// `area` is the area of the pane.
    pub fn tab_at(&self, area: Rect, cell: Position) -> Option<Tab> {
        let row = tabs_area(Panel::inner_area(area));
        let column = cell.x.checked_sub(row.x).filter(|_| row.contains(cell) && self.subject().is_some())?;
        let mut end = 0;
        let labels = self.tab_labels(usize::from(row.width));
        labels.into_iter().find_map(|(tab, label)| {
            end += label.width();
            (usize::from(column) < end).then_some(tab)
        })
    }

    /// Draws the detail pane in `area`.
    pub fn view(&self, frame: &mut Frame<'_>, area: Rect, props: &DetailProps<'_>) {
        let panel = Panel { title: self.title(props), bottom_line: self.status_line(props), focused: props.focused };
        let inner = panel.draw(frame, area, props.theme);
        self.view_search(frame, area, props.theme);
        if self.subject().is_none() {
            placeholder(frame, inner, &[Safe::from_static("No submission is selected.")], props.theme);
            return;
        }
        let row = |y: u16| Rect { y: inner.y.saturating_add(y), height: 1, ..inner }.intersection(inner);
        let tabs = self.tabs(usize::from(inner.width), props.are_digits_tab_keys);
        frame.render_widget(paint(&tabs, props.theme), tabs_area(inner));
        let origin = self.origin(props).fit(usize::from(inner.width));
        frame.render_widget(paint(&origin, props.theme), row(1));
        if self.document().is_none() {
            let below = Rect {
                y: inner.y.saturating_add(Self::FRAME_LINES),
                height: inner.height.saturating_sub(Self::FRAME_LINES),
                ..inner
            };
            placeholder(frame, below.intersection(inner), &self.waiting(props), props.theme);
            return;
        }
        draw_failure(frame, inner, &props.failure_lines, props.theme);
        let needle = self.pattern();
        let lines = Self::lines_area(area, props.failure_lines.len());
        for (y, at) in (lines.y..).zip(self.scroll().window(self.lines().len(), usize::from(lines.height))) {
            let Some(line) = self.lines().get(at) else { continue };
            let row = Rect { y, height: 1, ..lines }.intersection(inner);
            if at == self.scroll().at() && props.focused {
                draw_cursor_line(frame, row, &line.line, Role::Cursor, props.theme);
            } else {
                frame.render_widget(paint(&line.line, props.theme), row);
            }
            if let Some(needle) = &needle {
                mark_matches(frame, row, &line.line.text(), needle, props.theme);
            }
        }
    }

    /// Draws the input line of the search in a tab, and the cursor of the terminal in it. Draws nothing if the user is
    /// not typing a search text.
    fn view_search(&self, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
        let Some(field) = self.search_field() else { return };
        let Some(row) = area.height.checked_sub(1).map(|last| Rect { y: area.y + last, height: 1, ..area }) else {
            return;
        };
        let row = Rect { x: row.x.saturating_add(1), width: row.width.saturating_sub(2), ..row };
        field.view(frame, row, " / ", theme);
    }

    fn title(&self, props: &DetailProps<'_>) -> Line {
        let line = Line::new().word(" ", Role::Plain);
        match self.subject() {
            None => line.word("Submission ", Role::Title),
            Some(_) => {
                let name = self.shown_id(props.mask).unwrap_or(Safe::from_static("unreadable item"));
                let line = line.with(name, Role::Strong).word(" ", Role::Plain);
                // On every tab, since the marks are wherever the text does.
                let hides = self.document().is_some_and(Document::has_invisible);
                let line = if hides { line.word("? hidden characters ", Role::Bad) } else { line };
                let unread = self.document().is_some_and(|document| !document.is_read_whole());
                let line = if unread { line.word("! not read in full ", Role::Warn) } else { line };
                props
                    .detached_reason
                    .into_iter()
                    .fold(line, |line, why| line.word("· ", Role::Dim).word(why, Role::Warn).word(" ", Role::Plain))
            }
        }
    }

    /// Returns the line with the numbers and names of the tabs. `width` is the width of the pane inside its frame, in
    /// columns. If it has room for the bare numbers only, and `are_digits_tab_keys` is true, it says that they are keys.
    fn tabs(&self, width: usize, are_digits_tab_keys: bool) -> Line {
        let labels = self.tab_labels(width);
        let is_bare = labels.iter().any(|(tab, label)| !label.as_str().contains(tab.label()));
        let line = labels.into_iter().fold(Line::new(), |line, (tab, label)| {
            line.with(label, if tab == self.tab() { Role::Accent } else { Role::Label })
        });
        let hint = Line::new().word("  keys 1-8", Role::Dim);
        let has_hint = is_bare && are_digits_tab_keys && line.width() + hint.width() <= width;
        if has_hint { line.with_line(hint) } else { line }
    }

    /// Returns the label of each tab as it is drawn, in the order of the tabs. The labels have the first of four forms
    /// that fits into `width` columns. A colon is between number and name, so that the number does not read as a count:
    ///
    /// - number and name with blanks around them;
    /// - number and name with fewer blanks;
    /// - the name only;
    /// - the number only, with the name for the shown tab.
    fn tab_labels(&self, width: usize) -> Vec<(Tab, Safe)> {
        let row = |text: &dyn Fn(u8, Tab, bool) -> String| -> Vec<(Tab, Safe)> {
            let label = |tab: Tab| Safe::sanitize(&text(tab.number(), tab, tab == self.tab()));
            Tab::ALL.iter().map(|tab| (*tab, label(*tab))).collect()
        };
        let wide = row(&|at, tab, chosen| match chosen {
            true => format!("[{at}:{}]", tab.label()),
            false => format!(" {at}:{} ", tab.label()),
        });
        let tight = row(&|at, tab, chosen| match chosen {
            true => format!("[{at}:{}] ", tab.label()),
            false => format!("{at}:{} ", tab.label()),
        });
        let middle = row(&|_, tab, chosen| match chosen {
            true => format!("[{}] ", tab.label()),
            false => format!("{} ", tab.label()),
        });
        let narrow = row(&|at, tab, chosen| match chosen {
            true => format!("[{at}:{}]", tab.label()),
            false => format!(" {at}"),
        });
        let columns = |labels: &[(Tab, Safe)]| labels.iter().map(|(_, label)| label.width()).sum::<usize>();
        [wide, tight, middle].into_iter().find(|labels| columns(labels) <= width).unwrap_or(narrow)
    }

    /// Returns the line about the source of the shown data. It says whether the full record or only list data is shown,
    /// and when this was fetched. It also says whether the full record is being requested or could not be loaded.
    fn origin(&self, props: &DetailProps<'_>) -> Line {
        let Some(subject) = self.subject() else { return Line::new() };
        let what = match (&subject.unreadable, subject.is_whole()) {
            (Some(reason), _) => {
                return Line::new().word("not a submission: ", Role::Warn).with(reason.clone(), Role::Warn);
            }
            (None, _) if self.file().is_some() => return self.file_origin(subject, props.mask),
            (None, true) if self.document().is_some_and(|document| !document.is_full_record()) => {
                return Line::new()
                    .word("list data · ", Role::Dim)
                    .word(FullRecord::Reading.reason_words(), Role::Info);
            }
            (None, true) => "full record · fetched ",
            (None, false) => "list data · ",
        };
        let line = match subject.answer() {
            Some(answer) => Line::new().word(what, Role::Dim).with(props.zone.clock(answer.at), Role::Dim),
            None => Line::new().word("not in the list", Role::Dim),
        };
        match self.full_record_request() {
            Remote::NotFound => line.word(" · the service has no full record for this id", Role::Warn),
            Remote::Loading { request, .. } => {
                let role = if request.retry.is_some() { Role::Warn } else { Role::Info };
                let state = self.request_state(props.now);
                let words = if subject.is_whole() { state.refresh_words() } else { state.reason_words() };
                line.word(" · ", role).word(words, role)
            }
            Remote::Failed { failure, .. } => {
                let key = props.retry_key.filter(|_| failure.kind.retry_may_help());
                let retries = key.map(|chord| format!(" ({chord} retries)")).unwrap_or_default();
                line.with(Safe::sanitize(&format!(" · full record could not be loaded{retries}")), Role::Bad)
            }
            Remote::Idle if !subject.is_whole() => line.word(" · full record not fetched yet", Role::Dim),
            Remote::Idle => line,
            Remote::Ready(never) => match *never {},
        }
    }

    /// Returns the line about the file from which the submission was read. The line has the name of the file, which is
    /// hidden at the mask level [`Mask::All`].
    ///
    /// A file does not say whether it holds a full record or only list data. So the line says whether each part of a
    /// full record (such as the AML data) has at least one field.
    fn file_origin(&self, subject: &Subject, mask: Mask) -> Line {
        // The name of a file may name a person.
        let name = match mask {
            Mask::All => Safe::from_static("••••"),
            Mask::Ids | Mask::None => self.file().cloned().unwrap_or_default(),
        };
        let whole = match subject.is_whole() {
            true => " · holds something of every part",
            false => " · shows only what the file holds",
        };
        Line::new().word("from file ", Role::Dim).with(name, Role::Dim).word(whole, Role::Dim)
    }

    /// Returns the sentences that the pane shows in place of a tab, as long as no answer of the service about the
    /// submission is parsed.
    fn waiting(&self, props: &DetailProps<'_>) -> Vec<Safe> {
        if let Some(bytes) = self.bytes_being_parsed() {
            let tenths = bytes / 100_000;
            return vec![Safe::sanitize(&format!("Reading {}.{} MB …", tenths / 10, tenths % 10))];
        }
        match self.full_record_request() {
            Remote::NotFound => vec![
                Safe::from_static("The service has no submission with this id."),
                Safe::from_static("It may have been deleted."),
            ],
            Remote::Failed { failure, .. } => vec![failure.sentence.clone(), failure.advice.clone()],
            _ => match &props.wait {
                Some(wait) => wait.sentences.clone(),
                None => vec![Safe::from_static("Loading the submission …")],
            },
        }
    }

    fn status_line(&self, props: &DetailProps<'_>) -> Line {
        if let Some(wait) = &props.wait {
            return wait.border.clone();
        }
        match self.full_record_request().failure() {
            Some(failure) if props.failure_lines.is_empty() => {
                Line::new().word(" ✗ ", Role::Bad).with(failure.line(), Role::Plain).word(" ", Role::Plain)
            }
            _ if self.lines().is_empty() => Line::new(),
            _ => {
                let place = format!(" line {}/{} ", self.scroll().at() + 1, self.lines().len());
                let path =
                    self.shown_path(props.mask).map(|path| Safe::sanitize(&format!("· path {} ", path::jq(&path))));
                Line::new().with(Safe::sanitize(&place), Role::Dim).with(path.unwrap_or_default(), Role::Label)
            }
        }
    }
}

/// Returns the area of the line with the names of the tabs. `inner` is the area inside the frame of the pane.
fn tabs_area(inner: Rect) -> Rect {
    Rect { height: 1, ..inner }.intersection(inner)
}
