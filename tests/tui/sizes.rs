//! Every screen at every size, and at sizes that change while it is drawn.

use std::io;
use std::time::Duration;

use argos_review::api::RequestError;
use argos_review::app::ScreenTheme;
use argos_review::app::{Model, Msg};
use argos_review::failure::{Failure, Waiting};
use argos_review::picture::{CellSize, PictureBytes};
use argos_review::runtime::event_loop::{LoopConnections, TerminalHost, run};
use argos_review::runtime::tasks::Tasks;
use argos_review::ui::Theme;
use bytes::Bytes;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use futures_util::stream;
use ratatui::backend::TestBackend;
use ratatui::layout::{Position, Rect, Size};
use ratatui::{Terminal, TerminalOptions, Viewport};
use tokio::sync::mpsc;

use crate::checked_terminal::CheckedTerminal;
use crate::screen::{Answers, Screen};
use crate::servers::client;
use crate::session::{Published, setting};
use argos_testkit::long_run::cases;

/// Sizes are tried up to this many columns and lines.
const MOST: u16 = 60;

fn answers() -> Answers {
    let item = |id: &str, name: &str| {
        format!(
            r#"{{"submission_id":"{id}","created_at":"2026-11-20T09:00:00.000Z","email":"kim@example.com","userid":"kim","data":{{"name":"{name}",
            "identityNumber":"900101-1234567","documentNumber":"M1234567"}},"image":{{"idImage":"https://img.example.com/1"}},
            "kyc":{{"result":"rejected","comment":["blurred"],"commentCode":["3"],"attempts":[{{"attemptCnt":1,"step1Time1st":"2026-11-20T09:00:00.000Z",
            "step2Time1st":"2026-11-20T09:01:00.000Z","errorCode":"FACE_NOT_FOUND","livenessScore":0.1}}]}},"aml":{{"currentstatus":"Red Flag",
            "matches":[{{"risk_level":"HIGH","score":1}}]}},"OCR_raw":{{"full_name":{{"value":"{name}","score":0.5}}}},"ocr":{{"full_name":"{name}"}},
            "memo":{{"text":"a longer text of several words that is wrapped"}},"unknown":{{"a":[1,2,3]}}}}"#
        )
    };
    let items = [
        item("s1", "김민준 가나다"),
        item("s2", "प्रिया 👨\u{200d}👩\u{200d}👧"),
        "17".to_owned(),
        item("s3", "Sample\\u202e"),
    ];
    Answers::Body(Bytes::from(format!(r#"{{"Items":[{}]}}"#, items.join(","))))
}

/// A screen of each kind.
async fn screens() -> Vec<(String, Screen)> {
    let mut all = Vec::new();
    let keys = [
        "",
        "G",
        "z",
        "ll",
        "s",
        "?",
        "?GG",
        "f",
        "fsta",
        "fstatus:rej",
        "fon:2026-99-99 \"",
        "m",
        "M",
        "w",
        "<tab>1",
        "<tab>2",
        "<tab>3",
        "<tab>4*",
        "<tab>5",
        "<tab>6",
        "<tab>7",
        "<tab>8*",
        "<tab>z8G",
        "<tab>z5+++s",
        "<tab>/kim",
        "<tab>8/a<enter>n",
        "<tab>8y",
        "jj8",
        "jjy",
        "<tab>3vm",
    ];
    for keys in keys {
        let mut screen = Screen::open(setting(), 60, 40, answers()).await;
        screen.press(keys).await;
        all.push((format!("after {keys:?}"), screen));
    }
    let failure = || Failure::from(&RequestError::Empty);
    let waiting = || Waiting { failure: failure(), time: Duration::from_secs(7), next: 2, most: 3 };
    for (name, answers) in [
        ("asking", Answers::Silence),
        ("empty", Answers::Nothing),
        ("failed", Answers::Failing(failure())),
        ("waiting", Answers::Waiting(waiting())),
    ] {
        all.push((name.to_owned(), Screen::open(setting(), 60, 40, answers).await));
    }
    for (name, later) in
        [("failed with rows", Answers::Failing(failure())), ("waiting with rows", Answers::Waiting(waiting()))]
    {
        let mut screen = Screen::open(setting(), 60, 40, answers()).await;
        screen.answer_with(later);
        screen.press("rj").await;
        all.push((name.to_owned(), screen));
    }
    let mut blanking = setting();
    blanking.blank_after = Some(Duration::from_secs(600));
    let mut screen = Screen::open(blanking, 60, 40, answers()).await;
    screen.rest().await;
    all.push(("blanked".to_owned(), screen));
    let mut mono = setting();
    mono.theme = ScreenTheme::new(Theme::named("mono").expect("a theme"));
    all.push(("mono".to_owned(), Screen::open(mono, 60, 40, answers()).await));
    all
}

async fn try_size(name: &str, screen: &mut Screen, width: u16, height: u16) {
    screen.send(Msg::Resize(Size { width, height })).await;
    let mut judged = CheckedTerminal::new(width, height);
    judged.draw(&format_args!("{name} at {width}×{height}"), screen.model());
}

/// Numbers below `end`, the same in every run.
fn numbers(end: u32) -> impl Iterator<Item = u32> {
    let step =
        |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    std::iter::successors(Some(20_261_121_u64), step)
        .map(move |state| u32::try_from(state >> 33).unwrap_or_default() % end)
}

#[tokio::test]
async fn every_screen_at_every_size() {
    let mut screens = screens().await;
    let side = u32::from(MOST) + 1;
    let size = |number: u32| {
        (u16::try_from(number % side).unwrap_or_default(), u16::try_from(number / side).unwrap_or_default())
    };
    let edges = [
        (0, 0),
        (1, 1),
        (60, 0),
        (0, 60),
        (1, 60),
        (60, 1),
        (39, 12),
        (40, 11),
        (40, 12),
        (41, 13),
        (60, 12),
        (40, 60),
        (60, 33),
        (60, 34),
        (60, 60),
    ];
    let count = screens.len();
    let mut tried = 0;
    for (name, screen) in &mut screens {
        for (width, height) in edges {
            try_size(name, screen, width, height).await;
            tried += 1;
        }
    }
    // In an ordinary run each random size is tried with two screens in turn, in the long one every size with every screen.
    let all: Vec<u32> = (0..side * side).collect();
    let random: Vec<u32> = numbers(side * side).take(500).collect();
    for (at, number) in cases(random, all).into_iter().enumerate() {
        let (width, height) = size(number);
        for nth in 0..cases(2, count) {
            let (name, screen) = &mut screens[(at * 2 + nth) % count];
            try_size(name, screen, width, height).await;
            tried += 1;
        }
    }
    assert!(tried >= cases(1_500, 50_000), "{tried} sizes");
}

#[tokio::test]
async fn large_screens_are_drawn() {
    for keys in ["", "<tab>8*", "?"] {
        for (width, height) in
            cases(&[(1_000, 40), (119, 500)][..], &[(1_000, 500), (1_000, 12), (40, 500), (500, 250)][..])
        {
            let mut screen = Screen::open(setting(), *width, *height, answers()).await;
            screen.press(keys).await;
            CheckedTerminal::new(*width, *height).draw(&format_args!("{keys} at {width}×{height}"), screen.model());
        }
    }
}

/// Between a change of size and the message about it the frame has another size than the model believes.
#[tokio::test]
async fn a_frame_of_another_size_than_the_model_believes_is_drawn() {
    let mut screens = screens().await;
    let mut sizes = numbers(71).map(|number| u16::try_from(number).unwrap_or_default());
    for (name, screen) in &mut screens {
        for _ in 0..cases(8, 600) {
            let mut next = || sizes.next().unwrap_or_default();
            let (believed, real) = (Size { width: next(), height: next() }, Size { width: next(), height: next() });
            screen.send(Msg::Resize(believed)).await;
            let mut judged = CheckedTerminal::new(real.width, real.height);
            judged.draw(&format_args!("{name}: {believed} believed, {real} there"), screen.model());
        }
    }
}

/// Counts how often the process is stopped.
struct Stops<'a>(&'a mut usize);

impl TerminalHost for Stops<'_> {
    fn suspend(&mut self) -> io::Result<()> {
        *self.0 += 1;
        Ok(())
    }

    fn copy(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn ring(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn set_mouse(&mut self, _: bool) -> io::Result<()> {
        Ok(())
    }

    fn write_pictures(&mut self, _: &PictureBytes) -> io::Result<()> {
        Ok(())
    }

    fn cell_size(&self) -> Option<CellSize> {
        None
    }
}

/// A window may be small for a moment while the terminal is taken again: a size that only the loop heard of would stay.
#[tokio::test]
async fn the_size_after_a_stop_is_told_by_the_events() {
    let (size, other) = (Size { width: 100, height: 30 }, Size { width: 120, height: 40 });
    let viewport = Viewport::Fixed(Rect::from((Position::ORIGIN, size)));
    let screen = TestBackend::new(other.width, other.height);
    let screen = Published { screen, publish: mpsc::unbounded_channel().0 };
    let mut terminal = Terminal::with_options(screen, TerminalOptions { viewport }).expect("a screen in memory");
    let (model, begin) = Model::new(setting(), size, "2026-11-21T12:00:00Z".parse().expect("a time"));
    let (tasks, replies) = Tasks::new(client("http://127.0.0.1:9", "unused"));
    let stop = Event::Key(KeyEvent::new(KeyCode::Char('z'), KeyModifiers::CONTROL));
    let events = stream::iter([Ok(stop)]);
    let mut stops = 0;
    let wiring = LoopConnections { events, host: Stops(&mut stops), tasks, replies };
    let ended = run(&mut terminal, model, begin, wiring).await;
    assert_eq!((ended.expect("no fault of the screen"), stops), (None, 1));
    assert_eq!(terminal.get_frame().area().as_size(), size);
}

/// Without colours the place of the cursor is told by the attribute alone.
#[tokio::test]
async fn the_cursor_is_seen_without_colours() {
    let mut mono = setting();
    mono.theme = ScreenTheme::new(Theme::named("mono").expect("a theme"));
    let mut screen = Screen::open(mono, 120, 40, answers()).await;
    let mut judged = CheckedTerminal::new(120, 40);
    for keys in ["", "j", "<tab>", "j", "s", "<esc>?"] {
        screen.press(keys).await;
        judged.draw(&keys, screen.model());
        let shown = judged.screen();
        let reversed = |y: u16| (0..120).filter(|x| shown.cell(y, *x).is_some_and(vt100::Cell::inverse)).count();
        let most = (0..40).map(reversed).max().unwrap_or_default();
        assert!(most >= 20, "no line is reversed after {keys:?}:\n{}", judged.text());
        let coloured = (0..40).flat_map(|y| (0..120).map(move |x| (y, x))).find(|(y, x)| {
            shown
                .cell(*y, *x)
                .is_some_and(|cell| cell.fgcolor() != vt100::Color::Default || cell.bgcolor() != vt100::Color::Default)
        });
        assert_eq!(coloured, None, "a colour after {keys:?}");
    }
}
