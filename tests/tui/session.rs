//! The reviewer's own loop on a screen in memory, driven by keys and asked for what it shows.

use std::io;
use std::time::Duration;

use argos_review::app::{AutoRefresh, ClipboardWay, Model, ReviewerConfig, ScreenTheme};
use argos_review::keys::Keymap;
use argos_review::offline::RecordSource;
use argos_review::picture::{CellSize, PictureBytes};
use argos_review::runtime::event_loop::{LoopConnections, TerminalHost, run};
use argos_review::runtime::tasks::Tasks;
use argos_review::store::Sort;
use argos_review::submission::codes::Codes;
use argos_review::text::{Mask, Safe};
use argos_review::time::Zone;
use argos_review::ui::Theme;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use futures_util::stream;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use ratatui::backend::{Backend, ClearType, TestBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};
use ratatui::{Terminal, TerminalOptions, Viewport};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use argos_testkit::deadline::DEADLINE;

/// The day on which every test takes place.
pub(crate) const TODAY: Date = date(2026, 11, 21);

/// A running reviewer.
pub(crate) struct Session {
    events: mpsc::UnboundedSender<io::Result<Event>>,
    /// Every frame, so that a short one is not missed.
    frames: mpsc::UnboundedReceiver<Buffer>,
    /// The last one that was looked at.
    screen: Buffer,
    copied: mpsc::UnboundedReceiver<String>,
    rung: mpsc::UnboundedReceiver<()>,
    mouse: mpsc::UnboundedReceiver<bool>,
    ended: JoinHandle<io::Result<Option<u8>>>,
}

/// Keeps what goes to the terminal besides the screen.
struct Recorder {
    copies: mpsc::UnboundedSender<String>,
    bells: mpsc::UnboundedSender<()>,
    mouse: mpsc::UnboundedSender<bool>,
}

impl TerminalHost for Recorder {
    fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.copies.send(text.to_owned()).map_err(io::Error::other)
    }

    fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse.send(on).map_err(io::Error::other)
    }

    fn ring(&mut self) -> io::Result<()> {
        self.bells.send(()).map_err(io::Error::other)
    }

    fn write_pictures(&mut self, _: &PictureBytes) -> io::Result<()> {
        Ok(())
    }

    fn cell_size(&self) -> Option<CellSize> {
        None
    }
}

/// What the reviewer is set to in tests.
pub(crate) fn setting() -> ReviewerConfig {
    ReviewerConfig {
        profile: Safe::from_static("test"),
        host: Safe::from_static("127.0.0.1"),
        address: "https://service.example.com/v3/submission".to_owned(),
        today: Some(TODAY),
        zone: Zone::utc(TimeZone::UTC),
        mask: Mask::Ids,
        keymap: Keymap::built_in().expect("the shipped keymap"),
        codes: Codes::built_in().expect("the shipped codes"),
        theme: ScreenTheme::new(Theme::named("terminal").expect("the default theme")),
        blank_after: None,
        cap: 10_000,
        encrypted: false,
        demo_key: None,
        clipboard: ClipboardWay::Terminal(None),
        watch: AutoRefresh { every: Duration::from_secs(30), bell: false },
        call_options: Vec::new(),
        home: None,
        filter: String::new(),
        file: None,
        columns: None,
        sort: Sort::default(),
        views: argos_review::views::SessionViews::default(),
        tour: false,
        mouse: false,
        pictures: true,
        drawing: Ok(argos_review::picture::PictureDrawing::default()),
    }
}

impl Session {
    /// Opens the reviewer at a size, with the submissions of a client or of a file.
    pub(crate) fn open(source: impl Into<RecordSource>, setting: ReviewerConfig, width: u16, height: u16) -> Self {
        let source = source.into();
        let (events, mut queue) = mpsc::unbounded_channel();
        let events_in = stream::poll_fn(move |context| queue.poll_recv(context));
        let (publish, frames) = mpsc::unbounded_channel();
        let size = Size { width, height };
        let backend = Published { screen: TestBackend::new(width, height), publish };
        let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
        let mut terminal = Terminal::with_options(backend, TerminalOptions { viewport }).expect("a screen in memory");
        let (copies, copied) = mpsc::unbounded_channel();
        let (bells, rung) = mpsc::unbounded_channel();
        let (turned, mouse) = mpsc::unbounded_channel();
        let ended = tokio::spawn(async move {
            let now = "2026-11-21T12:00:00Z".parse().expect("a time");
            let (model, begin) = Model::new(setting, size, now);
            let (tasks, replies) = Tasks::new(source);
            let host = Recorder { copies, bells, mouse: turned };
            run(&mut terminal, model, begin, LoopConnections { events: events_in, host, tasks, replies }).await
        });
        Self { events, frames, screen: Buffer::default(), copied, rung, mouse, ended }
    }

    /// Presses keys: characters as they are, others by name, as in `fstatus:pending<enter>`.
    pub(crate) fn press(&mut self, keys: &str) {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let named = rest.strip_prefix('<').and_then(|after| after.split_once('>'));
            let (code, modifiers) = match named {
                Some((name, after)) => {
                    rest = after;
                    key(name)
                }
                None => {
                    rest = rest.split_at(c.len_utf8()).1;
                    (KeyCode::Char(c), KeyModifiers::NONE)
                }
            };
            self.send(Event::Key(KeyEvent::new(code, modifiers)));
        }
    }

    /// Sends any event. What was drawn before it, but for the last of it, is not looked at any more.
    pub(crate) fn send(&mut self, event: Event) {
        self.catch_up();
        self.events.send(Ok(event)).expect("the loop runs");
    }

    fn catch_up(&mut self) {
        while let Ok(frame) = self.frames.try_recv() {
            self.screen = frame;
        }
    }

    /// The screen as text, once it satisfies a condition.
    pub(crate) async fn until(&mut self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        let found = tokio::time::timeout(DEADLINE, async {
            loop {
                let text = text_of(&self.screen);
                if wanted(&text) {
                    return text;
                }
                match self.frames.recv().await {
                    Some(frame) => self.screen = frame,
                    None => panic!("the reviewer ended while waiting for {what}:\n{text}"),
                }
            }
        });
        match found.await {
            Ok(text) => text,
            Err(_) => panic!("no screen with {what}:\n{}", text_of(&self.screen)),
        }
    }

    /// Every frame from now on as text, up to the first one that satisfies a condition.
    pub(crate) async fn frames_until(&mut self, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let mut frames = Vec::new();
        while !frames.last().is_some_and(|text: &String| wanted(text)) {
            let next = tokio::time::timeout(DEADLINE, self.frames.recv()).await;
            self.screen = next.expect("a frame in time").expect("the loop runs");
            frames.push(text_of(&self.screen));
        }
        frames
    }

    /// The screen as text, once it shows something.
    pub(crate) async fn until_shows(&mut self, wanted: &str) -> String {
        self.until(wanted, |text| text.contains(wanted)).await
    }

    /// The screen as it is, with styles.
    pub(crate) fn buffer(&mut self) -> Buffer {
        self.catch_up();
        self.screen.clone()
    }

    /// The text that was sent to the clipboard next.
    pub(crate) async fn copied(&mut self) -> String {
        let copied = tokio::time::timeout(DEADLINE, self.copied.recv()).await;
        copied.expect("something is copied").expect("the loop runs")
    }

    /// Whether the reports of the mouse were turned on or off next.
    pub(crate) async fn mouse(&mut self) -> bool {
        let turned = tokio::time::timeout(DEADLINE, self.mouse.recv()).await;
        turned.expect("the mouse is turned on or off").expect("the loop runs")
    }

    /// Waits for the bell.
    pub(crate) async fn rung(&mut self) {
        let rung = tokio::time::timeout(DEADLINE, self.rung.recv()).await;
        rung.expect("the bell rings").expect("the loop runs");
    }

    /// The exit code, once it ended.
    pub(crate) async fn ended(self) -> Option<u8> {
        let ended = tokio::time::timeout(DEADLINE, self.ended).await.expect("the reviewer ends");
        ended.expect("no panic").expect("no fault of the screen")
    }
}

fn key(name: &str) -> (KeyCode, KeyModifiers) {
    if let Some(c) = name.strip_prefix("ctrl-").and_then(|rest| rest.chars().next()) {
        return (KeyCode::Char(c), KeyModifiers::CONTROL);
    }
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "backspace" => KeyCode::Backspace,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "pgdn" => KeyCode::PageDown,
        "home" => KeyCode::Home,
        _ => panic!("no key {name}"),
    };
    (code, KeyModifiers::NONE)
}

/// The characters of a screen, a line each, without blanks at the ends of lines.
pub(crate) fn text_of(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut skip = 0;
        for x in 0..buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            if skip > 0 {
                skip -= 1;
                continue;
            }
            line.push_str(symbol);
            skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A screen in memory that tells when a frame is complete.
pub(crate) struct Published {
    pub(crate) screen: TestBackend,
    pub(crate) publish: mpsc::UnboundedSender<Buffer>,
}

fn sure<T>(result: Result<T, core::convert::Infallible>) -> io::Result<T> {
    match result {
        Ok(value) => Ok(value),
    }
}

impl Backend for Published {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        sure(self.screen.draw(content))
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        sure(self.screen.hide_cursor())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        sure(self.screen.show_cursor())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        sure(self.screen.get_cursor_position())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        sure(self.screen.set_cursor_position(position))
    }

    fn clear(&mut self) -> io::Result<()> {
        sure(self.screen.clear())
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        sure(self.screen.clear_region(clear_type))
    }

    fn size(&self) -> io::Result<Size> {
        sure(self.screen.size())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        sure(self.screen.window_size())
    }

    fn flush(&mut self) -> io::Result<()> {
        sure(self.screen.flush())?;
        // ClosedPort looks once the test has ended.
        let _ = self.publish.send(self.screen.buffer().clone());
        Ok(())
    }
}
