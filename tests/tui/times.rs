//! Times of day where clocks are put back or forward.

use jiff::tz::TimeZone;

use crate::screen::{Answers, Screen};
use crate::session::{setting, text_of};
use argos_review::app::ReviewerConfig;
use argos_review::time::Zone;

/// The list with submissions of these times, in Berlin.
async fn list(created: &[&str], width: u16) -> String {
    let zone = Zone::starting(TimeZone::get("Europe/Berlin").expect("a zone"), TimeZone::UTC);
    let item = |(at, created): (usize, &&str)| format!(r#"{{"submission_id":"s{at}","created_at":"{created}"}}"#);
    let items: Vec<String> = created.iter().enumerate().map(item).collect();
    let body = format!(r#"{{"Items":[{}]}}"#, items.join(","));
    let setting = ReviewerConfig { zone, ..setting() };
    let screen = Screen::open(setting, width, 40, Answers::Body(body.into())).await;
    text_of(&screen.buffer())
}

#[tokio::test]
async fn the_list_shows_offsets_where_a_local_time_comes_twice() {
    for width in [60, 80, 160] {
        let text = list(&["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"], width).await;
        for time in ["2026-10-25 02:30 +02:00", "2026-10-25 02:30 +01:00"] {
            assert!(text.contains(time), "{width}: {text}");
        }
        // A heading is never cut within a word; the header has the time zone too.
        assert!(text.contains("Created↓ ") || text.contains("Created (Europe/Berlin)↓"), "{text}");
        assert!(text.lines().next().is_some_and(|header| header.contains("Europe/Berlin")), "{text}");
    }
}

#[tokio::test]
async fn the_list_shows_offsets_where_they_change_among_its_rows_and_nowhere_else() {
    let text = list(&["2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z"], 120).await;
    assert!(text.contains("2026-03-29 01:59 +01:00") && text.contains("2026-03-29 03:00 +02:00"), "{text}");
    let text = list(&["2026-07-01T00:00:00Z", "2026-09-01T00:00:00Z"], 120).await;
    assert!(text.contains("2026-07-01 02:00 ") && !text.contains("2026-07-01 02:00 +"), "{text}");
}
