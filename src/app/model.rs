//! The one value that holds everything the screen depends on.

use std::time::Duration;

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use ratatui::layout::Size;

use super::copy::Copying;
use super::relatives::Basis;
use super::visit::Visit;
use super::waiting::Wait;
use super::{Effect, Msg, Prefs, Regions, Slot};
use crate::keys::{Action, Keymap};
use crate::kit::{Latest, Remote};
use crate::overlays::Overlay;
use crate::panes::detail::Detail;
use crate::panes::filter::Filter;
use crate::panes::list::List;
use crate::query::Vocabulary;
use crate::store::{Arrangement, Listing};
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
pub struct Setting {
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
    pub watch: Watching,
    /// The filter to start with.
    pub filter: String,
}

/// How the list is looked at again and again, once that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watching {
    /// The time between two looks.
    pub every: Duration,
    /// Whether something new or changed rings the terminal's bell.
    pub bell: bool,
}

/// A sentence that stands in the footer for a moment.
pub(super) struct Notice {
    pub(super) text: Safe,
    pub(super) bad: bool,
}

/// What the list request that is under way, or that failed last, was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// The first page of the applied query.
    Query,
    /// The next page.
    Next,
    /// The first page again.
    Refresh,
}

/// Everything that the screen depends on.
pub struct Model {
    pub(super) setting: Setting,
    pub(super) now: Timestamp,
    pub(super) size: Size,
    pub(super) prefs: Prefs,
    pub(super) mask: Mask,
    pub(super) zone: Zone,
    pub(super) listing: Remote<Listing>,
    pub(super) rows: Arrangement,
    /// Values seen in the loaded rows, for completion.
    pub(super) seen: Vocabulary,
    pub(super) filter: Filter,
    pub(super) list: List,
    pub(super) detail: Detail,
    /// A submission that is shown although the list cursor is elsewhere.
    pub(super) visit: Option<Visit>,
    /// Counts what was taken into the store, or in its place.
    pub(super) taken: u64,
    /// What the relatives of the shown submission were found from.
    pub(super) related: Option<Basis>,
    pub(super) overlay: Option<Overlay>,
    /// What the copy menu offers, while it is open.
    pub(super) copying: Option<Copying>,
    pub(super) notice: Option<Notice>,
    pub(super) asked: Asked,
    /// The submission that was selected when the bar was opened.
    pub(super) before_filter: Option<Box<str>>,
    /// Pages are asked for one after the other until this many rows are loaded.
    pub(super) load_all: Option<usize>,
    /// The screen is blanked after idle time.
    pub(super) blanked: bool,
    /// The newest action of a key, and when it came.
    pub(super) pressed: Option<(Action, Timestamp)>,
    /// When it is to be blanked, by the clock: a timer may come later than a key after the machine has slept.
    pub(super) blank_at: Option<Timestamp>,
    /// When a revealed value is to be hidden, by the clock.
    pub(super) hide_at: Option<Timestamp>,
    /// The list request waits before it is tried again.
    pub(super) page_wait: Option<Wait>,
    /// The single request does.
    pub(super) single_wait: Option<Wait>,
    /// The list is looked at again and again.
    pub(super) watching: bool,
    pub(super) page: Latest,
    pub(super) seconds: Latest,
    pub(super) looks: Latest,
    pub(super) settle: Latest,
    pub(super) notices: Latest,
    pub(super) idle: Latest,
}

impl Model {
    /// The model before anything was loaded, and the effects that begin loading.
    #[must_use]
    pub fn new(setting: Setting, size: Size, now: Timestamp) -> (Self, Vec<Effect>) {
        let today = setting.today.unwrap_or_else(|| utc_date(now));
        let filter = Filter::new(&setting.filter, today);
        let (mask, zone) = (setting.mask, setting.zone.clone());
        let mut model = Self {
            setting,
            now,
            size,
            prefs: Prefs::default(),
            mask,
            zone,
            listing: Remote::Idle,
            rows: Arrangement::default(),
            seen: Vocabulary::default(),
            filter,
            list: List::default(),
            detail: Detail::default(),
            visit: None,
            taken: 0,
            related: None,
            overlay: None,
            copying: None,
            notice: None,
            asked: Asked::Query,
            before_filter: None,
            load_all: None,
            blanked: false,
            pressed: None,
            blank_at: None,
            hide_at: None,
            page_wait: None,
            single_wait: None,
            watching: false,
            page: Latest::default(),
            seconds: Latest::default(),
            looks: Latest::default(),
            settle: Latest::default(),
            notices: Latest::default(),
            idle: Latest::default(),
        };
        let mut effects = Vec::new();
        model.ask_query(&mut effects);
        model.watch_idle(&mut effects);
        (model, effects)
    }

    /// The day that relative dates count from, in UTC.
    #[must_use]
    pub fn today(&self) -> Date {
        self.setting.today.unwrap_or_else(|| utc_date(self.now))
    }

    /// The areas of the screen; `None` when it is too small.
    pub(super) fn regions(&self) -> Option<Regions> {
        Regions::of(self.size, self.prefs)
    }

    /// Rows of the list that are visible at once.
    pub(super) fn list_height(&self) -> usize {
        let area = self.regions().and_then(|regions| regions.list).unwrap_or_default();
        let lines = usize::from(area.height.saturating_sub(List::CHROME));
        lines - self.list_trouble(usize::from(Panel::inside(area).width), lines).len()
    }

    /// Width and height inside the detail's frame, below its tabs.
    pub(super) fn detail_size(&self) -> Size {
        let area = self.regions().and_then(|regions| regions.detail).unwrap_or_default();
        let inside = Panel::inside(area);
        let height = inside.height.saturating_sub(Detail::CHROME);
        let trouble = self.detail_trouble(usize::from(inside.width), usize::from(height)).len();
        Size { width: inside.width, height: height.saturating_sub(u16::try_from(trouble).unwrap_or(height)) }
    }

    pub(super) fn tell(&mut self, text: Safe, bad: bool, effects: &mut Vec<Effect>) {
        let ticket = self.notices.renew();
        self.notice = Some(Notice { text, bad });
        effects.push(Effect::After { slot: Slot::Notice, delay: NOTICE, msg: Msg::NoticeOver(ticket) });
    }

    /// Notes what a key means, and tells whether it is a key that is held down. What asks the service then does so once: a
    /// key repeats thirty times a second.
    pub(super) fn is_held(&mut self, action: Option<Action>) -> bool {
        let now = self.now;
        let before = std::mem::replace(&mut self.pressed, action.map(|action| (action, now)));
        before.is_some_and(|(before, at)| Some(before) == action && now.duration_since(at).unsigned_abs() < HELD)
    }

    pub(super) fn watch_idle(&mut self, effects: &mut Vec<Effect>) {
        if let Some(delay) = self.setting.blank_after {
            let ticket = self.idle.renew();
            self.blank_at = self.now.checked_add(delay).ok();
            effects.push(Effect::After { slot: Slot::Idle, delay, msg: Msg::Idle(ticket) });
        }
    }
}

fn utc_date(now: Timestamp) -> Date {
    now.to_zoned_datetime(TimeZone::UTC).date()
}
