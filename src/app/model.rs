//! The model: one value with all data on which the screen depends.

use std::path::PathBuf;
use std::time::Duration;

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use ratatui::layout::{Rect, Size};

use super::copy::CopyEntry;
use super::fetch::FetchState;
use super::loading::ListPages;
use super::outgoing::Outgoing;
use super::selection::Selection;
use super::timers::Timers;
use super::{Effect, OpenedFile, ScreenPrefs, Slot, TourStep};
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

/// Longest time between two key events with the same action that count as one key that is held down.
///
/// It is the longest delay of today's terminals before a held key starts to repeat. The time between two repeats is
/// shorter.
const HELD_KEY_INTERVAL: Duration = Duration::from_millis(700);

/// Time that a notice stays in the footer.
pub(super) const NOTICE_TIME: Duration = Duration::from_secs(4);

/// The theme that colours the screen now, and the theme of the configuration, which the user can choose again in the
/// palette.
pub struct ScreenTheme {
    /// The theme that colours the screen now.
    pub shown: Theme,
    /// The theme of the configuration, with which the program started. The user can choose it again.
    pub configured: Theme,
}

impl ScreenTheme {
    /// Creates the themes at the start of the program: the screen has the configured theme.
    pub fn new(configured: Theme) -> Self {
        Self { shown: configured.clone(), configured }
    }
}

/// Settings of the interactive program that are fixed before its screen opens. Only two of them change while the
/// program runs: the theme, which the user can change in the palette, and [`Self::views`].
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
    /// The codes that the service uses, such as reject codes, each with its meaning in words.
    pub codes: Codes,
    /// The theme that colours the screen, which the user can change.
    pub theme: ScreenTheme,
    /// Time without input after which the screen is blanked; `None` means never.
    pub blank_after: Option<Duration>,
    /// Number of rows after which the loading of all pages pauses until the user continues it.
    pub cap: usize,
    /// Whether requests and answers are encrypted inside TLS (Secure Data Transfer).
    pub encrypted: bool,
    /// The key in a copied `curl` command: the published key of the demo server. `None` for the service: then the
    /// command reads the key from a shell variable.
    pub demo_key: Option<String>,
    /// How copied text gets to the clipboard.
    pub clipboard: ClipboardWay,
    /// Settings of watching, in which the list is refreshed at regular intervals.
    pub watch: AutoRefresh,
    /// The command-line options with which another run of this program uses the same data, such as `--profile=live`.
    /// For a file, an empty list means that no option can name the input, such as stdin.
    pub call_options: Vec<String>,
    /// The user's home folder, for paths that begin with `~/`; `None` if it is not known.
    pub home: Option<PathBuf>,
    /// The text in the filter bar at the start.
    pub filter: String,
    /// The file from which the submissions come; `None` if they come from a server.
    pub file: Option<OpenedFile>,
    /// The columns of the list at the start, in their order on the screen; `None` means the usual columns.
    pub columns: Option<Vec<Column>>,
    /// The sort order of the list at the start.
    pub sort: Sort,
    /// The saved views (filters with columns and order). They change when the user opens, saves or deletes one.
    pub views: SessionViews,
    /// Whether the demo's guided tour is shown, which suggests what to try next.
    pub tour: bool,
    /// Whether the mouse is on at the start.
    pub mouse: bool,
    /// Whether the configuration allows the user to fetch pictures of submissions.
    pub pictures: bool,
    /// How pictures are drawn in the terminal, or why none can be drawn. It changes when the size of the terminal's
    /// cells changes.
    pub drawing: Result<PictureDrawing, NoPictures>,
}

/// Settings of watching, in which the list is refreshed at regular intervals.
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
    /// Through the terminal. The text says what must be turned on in the terminal for copied text to arrive. `None`
    /// means that the terminal is known to accept copied text.
    Terminal(Option<&'static str>),
    /// Through the program of the setting `copy_command`, which gets the text.
    Command,
}

/// The model: all data on which the screen depends, such as the loaded list, the filter and the selection.
pub struct Model {
    pub(super) config: ReviewerConfig,
    pub(super) now: Timestamp,
    pub(super) size: Size,
    pub(super) prefs: ScreenPrefs,
    pub(super) mask: Mask,
    pub(super) zone: Zone,
    /// The loaded part of the list, with the list request that is running, if any.
    pub(super) listing: ListPages,
    /// The state of the fetching of values that the loaded rows lack (key `D`).
    pub(super) fetch: FetchState,
    pub(super) selection: Selection,
    pub(super) filter: Filter,
    pub(super) list: List,
    pub(super) detail: Detail,
    pub(super) overlay: Option<Overlay<CopyEntry>>,
    pub(super) notice: Option<Notice>,
    /// Whether the screen is blanked after idle time.
    pub(super) blanked: bool,
    /// The running tasks that copy a text, write an export file or change the saved views.
    pub(super) outgoing: Outgoing,
    pub(super) timers: Timers,
    pub(super) tickets: Tickets,
    /// The rows that the list shows, derived from the loaded submissions, the filter, the mask level and the sort
    /// order.
    pub(super) rows: RowOrder,
    /// Effects (work outside of the model, such as a request) that the current message has caused so far.
    pub(super) outbox: Vec<Effect>,
}

impl Model {
    /// Creates the model without any loaded data. Returns it with the first effects, which load the first page. An
    /// effect is work outside of the model, such as a request to the service. `size` is the size of the terminal, and
    /// `now` is the current time.
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
            prefs: ScreenPrefs { tour, mouse, ..ScreenPrefs::default() },
            mask,
            zone,
            listing: ListPages::Idle,
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
        model.request_first_page();
        model.watch_idle();
        model.update_derived_state();
        let begin = std::mem::take(&mut model.outbox);
        (model, begin)
    }

    /// Returns the day (in UTC) from which relative dates, such as 7 days ago, are counted: the configured day, or else
    /// today.
    pub fn today(&self) -> Date {
        self.config.today.unwrap_or_else(|| utc_date(self.now))
    }

    /// Returns the pictures that [`view`](Self::view) draws in the current frame, each with its area of the screen.
    pub fn pictures(&self) -> &[PlacedPicture] {
        self.selection.pictures.placed()
    }

    /// Returns the number of rows that the list pane can show at once.
    pub(super) fn list_height(&self) -> usize {
        let area = self.regions().and_then(|regions| regions.list).unwrap_or_default();
        usize::from(self.list_rows_area(area).height)
    }

    /// Returns the area in which the list pane draws its rows: without its frame, heading and the lines of a failure
    /// message. `area` is the area of the whole pane.
    pub(super) fn list_rows_area(&self, area: Rect) -> Rect {
        let lines = usize::from(area.height.saturating_sub(List::FRAME_LINES));
        List::rows_area(area, self.list_failure_lines(usize::from(Panel::inner_area(area).width), lines).len())
    }

    /// Returns the width in columns and the height in lines of the area in which the detail pane draws the lines of a
    /// tab.
    pub(super) fn detail_size(&self) -> Size {
        let area = self.regions().and_then(|regions| regions.detail).unwrap_or_default();
        self.detail_lines_area(area).as_size()
    }

    /// Returns the area in which the detail pane draws the lines of the shown tab: without its frame, its tabs and the
    /// lines of a failure message. `area` is the area of the whole pane.
    pub(super) fn detail_lines_area(&self, area: Rect) -> Rect {
        let inside = Panel::inner_area(area);
        let lines = usize::from(inside.height.saturating_sub(Detail::FRAME_LINES));
        Detail::lines_area(area, self.detail_failure_lines(usize::from(inside.width), lines).len())
    }

    /// Shows a notice in the footer for the time [`NOTICE_TIME`]. If `is_warning` is true, the notice is drawn as a
    /// warning.
    pub(super) fn notify(&mut self, text: Safe, is_warning: bool) {
        self.notice = Some(Notice { text, bad: is_warning });
        self.start_timer(Slot::Notice, NOTICE_TIME);
    }

    /// Remembers the action of the pressed key, and returns whether this key is being held down. `action` is `None` for
    /// a key without an action.
    ///
    /// A held key repeats about thirty times a second, but an action that sends a request must send only one.
    pub(super) fn is_held(&mut self, action: Option<Action>) -> bool {
        let now = self.now;
        let before = std::mem::replace(&mut self.timers.pressed, action.map(|action| (action, now)));
        before.is_some_and(|(before, at)| {
            Some(before) == action && now.duration_since(at).unsigned_abs() < HELD_KEY_INTERVAL
        })
    }
}

fn utc_date(now: Timestamp) -> Date {
    now.to_zoned_datetime(TimeZone::UTC).date()
}
