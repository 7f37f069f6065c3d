//! What the reviewer is set to in benchmarks.

use std::time::Duration;

use argos_review::app::{AutoRefresh, ClipboardWay, ReviewerConfig, ScreenTheme};
use argos_review::keys::Keymap;
use argos_review::store::Sort;
use argos_review::submission::codes::Codes;
use argos_review::text::{Mask, Safe};
use argos_review::time::Zone;
use argos_review::ui::Theme;
use jiff::tz::TimeZone;

/// As shipped, without a cap that a benchmark would meet.
pub(crate) fn setting() -> ReviewerConfig {
    ReviewerConfig {
        profile: Safe::from_static("bench"),
        host: Safe::from_static("nowhere"),
        address: String::new(),
        today: None,
        zone: Zone::utc(TimeZone::UTC),
        mask: Mask::Ids,
        keymap: Keymap::built_in().expect("the shipped keymap"),
        codes: Codes::built_in().expect("the shipped codes"),
        theme: ScreenTheme::new(Theme::named("terminal").expect("the default theme")),
        blank_after: None,
        cap: 1_000_000,
        encrypted: false,
        demo_key: None,
        clipboard: ClipboardWay::Terminal(None),
        watch: AutoRefresh { every: Duration::from_secs(30), bell: false },
        call_options: Vec::new(),
        home: None,
        filter: String::new(),
        columns: None,
        sort: Sort::default(),
        views: argos_review::views::SessionViews::default(),
        file: None,
        tour: false,
        mouse: false,
        pictures: true,
        drawing: Ok(argos_review::picture::PictureDrawing::default()),
    }
}
