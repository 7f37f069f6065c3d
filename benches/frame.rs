//! What one frame costs at 100, 10,000 and 100,000 loaded rows: the same, since only the visible rows are drawn.
//!
//! `cargo bench --bench frame`. `cargo bench --bench scale -- --only P2` compares the sizes in one run. Each iteration moves the cursor by one line and draws the frame that follows at 200×50,
//! the terminal library's comparison with the last frame included.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark stops at what should not happen")]

use std::fmt::Write as _;
use std::hint::black_box;

use argos_review::api::{Item, NextPage, Page};
use argos_review::app::{Effect, Model, Msg};
use bytes::Bytes;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

#[path = "support/setting.rs"]
mod setting;

use setting::setting;

const SIZE: Size = Size { width: 200, height: 50 };

fn items(rows: usize) -> Vec<Item> {
    const NAMES: [&str; 4] = ["Alex Sample", "김민준", "佐藤 陽翔", "محمد القحطاني"];
    const STATUSES: [&str; 4] = ["approved", "rejected", "pending", "incomplete"];
    let item = |at: usize| {
        let mut raw = String::new();
        let (day, hour, minute) = (at / 1_440 % 28 + 1, at / 60 % 24, at % 60);
        let _ = write!(
            raw,
            r#"{{"submission_id":"bench{at:08}","created_at":"2026-10-{day:02}T{hour:02}:{minute:02}:00.000Z","email":"p{at}@example.com",
            "data":{{"name":"{}","nationality":"KOR","date_of_birth":"1990-01-01"}},"kyc":{{"result":"{}"}},"argos_score":{}}}"#,
            NAMES[at % 4],
            STATUSES[at % 4],
            at % 100,
        );
        Item::from_list(format!("bench{at:08}").into(), Bytes::from(raw))
    };
    (0..rows).map(item).collect()
}

fn loaded(rows: usize) -> Model {
    let at = Timestamp::UNIX_EPOCH;
    let (mut model, begin) = Model::new(setting(), SIZE, at);
    for effect in begin {
        if let Effect::FetchPage { ticket, .. } = effect {
            let page = Page { items: items(rows), next: NextPage::Last, repaired: false, bytes: 0 };
            model.update(Msg::PageLoaded { ticket, result: Ok(page), at });
        }
    }
    model
}

fn frames(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("frame");
    for rows in [100, 10_000, 100_000] {
        let mut model = loaded(rows);
        let mut terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).expect("a screen in memory");
        let mut down = true;
        let mut at = 0;
        group.bench_function(BenchmarkId::from_parameter(rows), |bencher| {
            bencher.iter(|| {
                (at, down) = match at {
                    90 => (89, false),
                    0 => (1, true),
                    at => (if down { at + 1 } else { at - 1 }, down),
                };
                let key = if down { 'j' } else { 'k' };
                black_box(model.update(Msg::Key(KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE))));
                terminal.draw(|frame| model.view(frame)).expect("a screen in memory");
            });
        });
    }
    group.finish();
}

criterion_group!(benches, frames);
criterion_main!(benches);
