//! The one value that holds everything the screen depends on.

use std::time::Duration;

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use ratatui::layout::Size;

use super::loading::Pages;
use super::relatives::RelativesBasis;
use super::selection::Selection;
use super::timers::Timers;
use super::{Effect, Prefs, Regions, Slot, TourStep};
use crate::keys::{Action, Keymap};
use crate::kit::Tickets;
use crate::overlays::Overlay;
use crate::panes::detail::{Copied, Detail};
use crate::panes::filter::Filter;
use crate::panes::list::List;
use crate::store::RowOrder;
use crate::submission::codes::Codes;
use crate::text::{Mask, Safe};
use crate::time::Zone;
use crate::ui::{Panel, Theme};

/// A key that comes again within this time is taken for the same press, held down: the longest that terminals of today wait
/// before they repeat a key, and longer than what is between two repeats.
const HELD: Duration = Duration::from_millis(700);

/// How long a notice stays.
const NOTICE: Duration = Duration::from_secs(4);

/// What is decided before the reviewer opens and does not change while it runs.
pub struct ReviewerConfig {
    /// The profile's name and label, as the header shows them.
    pub profile: Safe,
    /// The host that is asked.
    pub host: Safe,
    /// The address that is asked for submissions, for a call to copy.
    pub address: String,
    /// The day that relative dates count from, when it is not the clock's.
    pub today: Option<Date>,
    /// The zone that times are shown in at the start.
    pub zone: Zone,
    /// The mask level at the start.
    pub mask: Mask,
    /// The keys.
    pub keymap: Keymap,
    /// The codes of the service in words.
    pub codes: Codes,
    /// The theme.
    pub theme: Theme,
    /// Idle time after which the screen blanks; none for never.
    pub blank_after: Option<Duration>,
    /// Rows after which loading all asks before going on.
    pub cap: usize,
    /// Requests and answers travel encrypted inside TLS.
    pub encrypted: bool,
    /// How the list is watched.
    pub watch: AutoRefresh,
    /// The filter to start with.
    pub filter: String,
    /// Whether the demo's tour is shown.
    pub tour: bool,
}

/// How the list is looked at again and again, once that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AutoRefresh {
    /// The time between two looks.
    pub every: Duration,
    /// Whether something new or changed rings the terminal's bell.
    pub bell: bool,
}

/// A sentence that is in the footer for a moment.
pub(super) struct Notice {
    pub(super) text: Safe,
    pub(super) bad: bool,
}

/// Everything that the screen depends on.
pub struct Model {
    pub(super) config: ReviewerConfig,
    pub(super) now: Timestamp,
    pub(super) size: Size,
    pub(super) prefs: Prefs,
    pub(super) mask: Mask,
    pub(super) zone: Zone,
    /// The list as far as it is loaded.
    pub(super) listing: Pages,
    pub(super) selection: Selection,
    pub(super) filter: Filter,
    pub(super) list: List,
    pub(super) detail: Detail,
    pub(super) overlay: Option<Overlay<Copied>>,
    pub(super) notice: Option<Notice>,
    /// The screen is blanked after idle time.
    pub(super) blanked: bool,
    /// The newest action of a key, and when it came.
    pub(super) pressed: Option<(Action, Timestamp)>,
    pub(super) timers: Timers,
    pub(super) tickets: Tickets,
    /// Derived: the rows that the list shows.
    pub(super) rows: RowOrder,
    /// What the relatives of the shown submission were found from.
    pub(super) related: Option<RelativesBasis>,
    /// What has to be done outside because of the message at hand.
    pub(super) outbox: Vec<Effect>,
}

impl Model {
    /// The model before anything was loaded, and the effects that begin loading.
    #[must_use]
    pub fn new(config: ReviewerConfig, size: Size, now: Timestamp) -> (Self, Vec<Effect>) {
        let today = config.today.unwrap_or_else(|| utc_date(now));
        let filter = Filter::new(&config.filter, today);
        let (mask, zone) = (config.mask, config.zone.clone());
        let tour = config.tour.then_some(TourStep::FIRST);
        let mut model = Self {
            config,
            now,
            size,
            prefs: Prefs { tour, ..Prefs::default() },
            mask,
            zone,
            listing: Pages::Idle,
            selection: Selection::default(),
            filter,
            list: List::default(),
            detail: Detail::default(),
            overlay: None,
            notice: None,
            blanked: false,
            pressed: None,
            timers: Timers::default(),
            tickets: Tickets::default(),
            rows: RowOrder::default(),
            related: None,
            outbox: Vec::new(),
        };
        model.ask_query();
        model.watch_idle();
        model.settle();
        let begin = std::mem::take(&mut model.outbox);
        (model, begin)
    }

    /// The day that relative dates count from, in UTC.
    pub fn today(&self) -> Date {
        self.config.today.unwrap_or_else(|| utc_date(self.now))
    }

    /// The areas of the screen; `None` when it is too small.
    pub(super) fn regions(&self) -> Option<Regions> {
        Regions::of(self.size, self.prefs)
    }

    /// Rows of the list that are visible at once.
    pub(super) fn list_height(&self) -> usize {
        let area = self.regions().and_then(|regions| regions.list).unwrap_or_default();
        let lines = usize::from(area.height.saturating_sub(List::CHROME));
        lines - self.list_failure_lines(usize::from(Panel::inside(area).width), lines).len()
    }

    /// Width and height inside the detail's frame, below its tabs.
    pub(super) fn detail_size(&self) -> Size {
        let area = self.regions().and_then(|regions| regions.detail).unwrap_or_default();
        let inside = Panel::inside(area);
        let height = inside.height.saturating_sub(Detail::CHROME);
        let failed = self.detail_failure_lines(usize::from(inside.width), usize::from(height)).len();
        Size { width: inside.width, height: height.saturating_sub(u16::try_from(failed).unwrap_or(height)) }
    }

    /// Shows a sentence in the footer for a moment.
    pub(super) fn notify(&mut self, text: Safe, bad: bool) {
        self.notice = Some(Notice { text, bad });
        self.start_timer(Slot::Notice, NOTICE);
    }

    /// Notes what a key means, and tells whether it is a key that is held down. What asks the service then does so once: a
    /// key repeats thirty times a second.
    pub(super) fn is_held(&mut self, action: Option<Action>) -> bool {
        let now = self.now;
        let before = std::mem::replace(&mut self.pressed, action.map(|action| (action, now)));
        before.is_some_and(|(before, at)| Some(before) == action && now.duration_since(at).unsigned_abs() < HELD)
    }
}

fn utc_date(now: Timestamp) -> Date {
    now.to_zoned_datetime(TimeZone::UTC).date()
}
