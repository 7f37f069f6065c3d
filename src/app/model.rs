//! The model: one value with all data on which the screen depends.

use std::path::PathBuf;
use std::time::Duration;

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use ratatui::layout::{Rect, Size};

use super::copy::CopyEntry;
use super::fetch::FetchState;
use super::loading::Pages;
use super::outgoing::Outgoing;
use super::selection::Selection;
use super::timers::Timers;
use super::{Effect, OpenedFile, Prefs, Slot, TourStep};
use crate::keys::{Action, Keymap};
use crate::kit::Tickets;
use crate::overlays::Overlay;
use crate::panes::detail::Detail;
use crate::panes::filter::Filter;
use crate::panes::list::List;
use crate::picture::{NoPictures, PictureDrawing, PlacedPicture};
use crate::store::{RowOrder, Sort};
use crate::submission::codes::Codes;
use crate::submission::row::Column;
use crate::text::{Mask, Safe};
use crate::time::Zone;
use crate::ui::{Panel, Theme};
use crate::views::SessionViews;

/// Longest time between two equal key events that count as a single key that is held down.
///
/// This time is the longest delay of today's terminals before a held key starts to repeat. The time between two repeats
/// is shorter.
const HELD: Duration = Duration::from_millis(700);

/// Time that a notice stays in the footer.
pub(super) const NOTICE: Duration = Duration::from_secs(4);

/// Settings of the interactive program that are fixed before its screen opens. They do not change while it runs, except
/// for the theme, which the palette can change, and [`Self::views`].
pub struct ReviewerConfig {
    /// The name and label of the profile (the chosen set of settings), as the header shows them.
    pub profile: Safe,
    /// The host of the service, as the header shows it.
    pub host: Safe,
    /// The URL of the submission endpoint, used in the `curl` command that can be copied.
    pub address: String,
    /// The day from which relative dates, such as 7 days ago, are counted; `None` means today's date by the clock.
    pub today: Option<Date>,
    /// The time zone in which times are shown at the start.
    pub zone: Zone,
    /// The mask level (which values are hidden) at the start.
    pub mask: Mask,
    /// The key bindings: which key runs which action.
    pub keymap: Keymap,
    /// The codes that the service uses, such as reject codes, with the meaning of each in words.
    pub codes: Codes,
    /// The colours of the screen.
    pub theme: Theme,
    /// Time without input after which the screen is blanked; `None` means never.
    pub blank_after: Option<Duration>,
    /// Number of rows after which the loading of all pages pauses until the user continues it.
    pub cap: usize,
    /// Whether requests and answers are encrypted inside TLS (Secure Data Transfer).
    pub encrypted: bool,
    /// The key in a copied `curl` command: the published key of the demo server. `None` for the service; then the command
    /// reads the key from a variable of the shell.
    pub demo_key: Option<String>,
    /// The way of copied text to the clipboard.
    pub clipboard: ClipboardWay,
    /// Settings of the regular refreshes while the user has turned watching on.
    pub watch: AutoRefresh,
    /// The options with which a call of the command line uses the same data, such as `--profile` and its name. With a
    /// file, an empty list means that no command line can name the file, such as stdin.
    pub call_options: Vec<String>,
    /// The user's home folder, for paths that begin with `~/`; `None` if it is not known.
    pub home: Option<PathBuf>,
    /// The text in the filter bar at the start.
    pub filter: String,
    /// The file from which the submissions come; `None` if they come from a server.
    pub file: Option<OpenedFile>,
    /// The columns of the list at the start, in their order on the screen; `None` means the usual columns.
    pub columns: Option<Vec<Column>>,
    /// The order of the list at the start.
    pub sort: Sort,
    /// The saved views. They change when the user opens, saves or deletes one.
    pub views: SessionViews,
    /// Whether the demo's guided tour is shown, which suggests what to try next.
    pub tour: bool,
    /// Whether the mouse is on at the start.
    pub mouse: bool,
    /// Whether the user may fetch pictures of submissions.
    pub pictures: bool,
    /// How pictures are drawn, or why they are not. The size of a cell changes with the terminal's window.
    pub drawing: Result<PictureDrawing, NoPictures>,
}

/// Settings of the watch mode, in which the list is refreshed at regular intervals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AutoRefresh {
    /// The time between two refreshes of the list.
    pub every: Duration,
    /// Whether a new or changed row rings the terminal's bell.
    pub bell: bool,
}

/// A sentence that the footer shows for a short time.
pub(super) struct Notice {
    pub(super) text: Safe,
    pub(super) bad: bool,
}

/// How copied text gets to the clipboard: through the terminal, or through a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClipboardWay {
    /// By the terminal. The text says what has to be on for copied text to arrive; `None` if the terminal is known to
    /// take it.
    Terminal(Option<&'static str>),
    /// By the program of the setting `copy_command`.
    Command,
}

/// The model: all data on which the screen depends, such as the loaded list, the filter and the selection.
pub struct Model {
    pub(super) config: ReviewerConfig,
    pub(super) now: Timestamp,
    pub(super) size: Size,
    pub(super) prefs: Prefs,
    pub(super) mask: Mask,
    pub(super) zone: Zone,
    /// The loaded part of the list, with the running request for more rows.
    pub(super) listing: Pages,
    /// The fetching of what the loaded rows lack.
    pub(super) fetch: FetchState,
    pub(super) selection: Selection,
    pub(super) filter: Filter,
    pub(super) list: List,
    pub(super) detail: Detail,
    pub(super) overlay: Option<Overlay<CopyEntry>>,
    pub(super) notice: Option<Notice>,
    /// Whether the screen is blanked after idle time.
    pub(super) blanked: bool,
    /// What is on its way to the clipboard or into a file.
    pub(super) outgoing: Outgoing,
    pub(super) timers: Timers,
    pub(super) tickets: Tickets,
    /// The rows that the list shows, derived from the loaded submissions, the filter, the mask level and the sort
    /// order.
    pub(super) rows: RowOrder,
    /// Effects (work outside of the model) that the current message has caused so far.
    pub(super) outbox: Vec<Effect>,
}

impl Model {
    /// Creates the model without any loaded data. Returns the model and its first effects, which load the first page.
    /// An effect is work outside of the model, such as a request to the service. `size` is the size of the terminal,
    /// and `now` is the current time.
    #[must_use]
    pub fn new(config: ReviewerConfig, size: Size, now: Timestamp) -> (Self, Vec<Effect>) {
        let today = config.today.unwrap_or_else(|| utc_date(now));
        let filter = match &config.file {
            Some(_) => Filter::offline(&config.filter, today),
            None => Filter::new(&config.filter, today),
        };
        let detail = Detail::default().with_file(config.file.as_ref().map(|file| file.name.clone()));
        let (mask, zone) = (config.mask, config.zone.clone());
        let tour = config.tour.then_some(TourStep::FIRST);
        let mouse = config.mouse;
        let list = List::new(config.columns.clone(), config.sort);
        let mut model = Self {
            config,
            now,
            size,
            prefs: Prefs { tour, mouse, ..Prefs::default() },
            mask,
            zone,
            listing: Pages::Idle,
            fetch: FetchState::Idle,
            selection: Selection::default(),
            filter,
            list,
            detail,
            overlay: None,
            notice: None,
            blanked: false,
            outgoing: Outgoing::default(),
            timers: Timers::default(),
            tickets: Tickets::default(),
            rows: RowOrder::default(),
            outbox: Vec::new(),
        };
        model.ask_query();
        model.watch_idle();
        model.settle();
        let begin = std::mem::take(&mut model.outbox);
        (model, begin)
    }

    /// Returns the day from which relative dates, such as 7 days ago, are counted, in UTC.
    pub fn today(&self) -> Date {
        self.config.today.unwrap_or_else(|| utc_date(self.now))
    }

    /// Returns the pictures of the frame that [`view`](Self::view) draws.
    pub fn pictures(&self) -> &[PlacedPicture] {
        self.selection.pictures.placed()
    }

    /// Returns the number of list rows that are visible at once.
    pub(super) fn list_height(&self) -> usize {
        let area = self.regions().and_then(|regions| regions.list).unwrap_or_default();
        usize::from(self.list_rows_area(area).height)
    }

    /// Returns the area of the rows inside the list pane, without the lines of a failure message. `area` is the area of
    /// the pane.
    pub(super) fn list_rows_area(&self, area: Rect) -> Rect {
        let lines = usize::from(area.height.saturating_sub(List::CHROME));
        List::rows_area(area, self.list_failure_lines(usize::from(Panel::inside(area).width), lines).len())
    }

    /// Returns the width in columns and the height in lines of the area inside the detail pane's frame, below its tabs.
    pub(super) fn detail_size(&self) -> Size {
        let area = self.regions().and_then(|regions| regions.detail).unwrap_or_default();
        self.detail_lines_area(area).as_size()
    }

    /// Returns the area of the lines of the shown tab inside the detail pane, without the lines of a failure message.
    /// `area` is the area of the pane.
    pub(super) fn detail_lines_area(&self, area: Rect) -> Rect {
        let inside = Panel::inside(area);
        let lines = usize::from(inside.height.saturating_sub(Detail::CHROME));
        Detail::lines_area(area, self.detail_failure_lines(usize::from(inside.width), lines).len())
    }

    /// Shows a sentence in the footer for the time [`NOTICE`]. If `bad` is true, the sentence is drawn as a warning.
    pub(super) fn notify(&mut self, text: Safe, bad: bool) {
        self.notice = Some(Notice { text, bad });
        self.start_timer(Slot::Notice, NOTICE);
    }

    /// Remembers the action of the pressed key and returns whether this key is being held down. `action` is `None` for
    /// a key without an action.
    ///
    /// A held key repeats about thirty times a second; an action that sends a request must send only one request.
    pub(super) fn is_held(&mut self, action: Option<Action>) -> bool {
        let now = self.now;
        let before = std::mem::replace(&mut self.timers.pressed, action.map(|action| (action, now)));
        before.is_some_and(|(before, at)| Some(before) == action && now.duration_since(at).unsigned_abs() < HELD)
    }
}

fn utc_date(now: Timestamp) -> Date {
    now.to_zoned_datetime(TimeZone::UTC).date()
}
