//! The reviewer under any input: keys, pastes, sizes, timers and answers in any order. Nothing panics, and every byte that
//! is written to the terminal is one that may be.

use std::cell::{Cell, RefCell};
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

use argos_review::api::{Item, Page, RecordAnswer, RequestError};
use argos_review::app::{AutoRefresh, ClipboardWay, Effect, Model, MouseInput, Msg, ReviewerConfig, ScreenTheme, Slot};
use argos_review::failure::{Failure, Waiting};
use argos_review::keys::Keymap;
use argos_review::kit::Ticket;
use argos_review::runtime::backend::CursorSafeBackend;
use argos_review::runtime::event_loop::clamp;
use argos_review::store::Sort;
use argos_review::submission::codes::Codes;
use argos_review::text::{Mask, Safe};
use argos_review::time::Zone;
use argos_review::ui::Theme;
use bytes::Bytes;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell as Drawn;
use ratatui::layout::{Position, Rect, Size};

use argos_testkit::output_judge::OutputJudge;

/// Steps of one run.
const STEPS: usize = 120;
/// Cells drawn in one run: the largest screens are drawn a few times only.
const CELLS: usize = 1_200_000;

/// What the service says: the pages of three lists, an empty one, and what is none.
static ANSWERS: LazyLock<Vec<Bytes>> =
    LazyLock::new(|| ANSWER_FILES.iter().map(|text| Bytes::from_static(text)).collect());

/// Read once: it takes longer than a run.
static SHIPPED: LazyLock<Option<(Keymap, Codes)>> =
    LazyLock::new(|| Some((Keymap::built_in().ok()?, Codes::built_in().ok()?)));

const ANSWER_FILES: [&[u8]; 8] = [
    include_bytes!("answers/list.json"),
    include_bytes!("answers/whole.json"),
    include_bytes!("answers/quiz.json"),
    include_bytes!("answers/hostile.json"),
    include_bytes!("answers/odd.json"),
    br#"{"Items":[]}"#,
    br#"{"errorCode":"invalid_payload","message":"Invalid payload \u001b[31m"}"#,
    b"<html>502 Bad Gateway</html>",
];

/// Keys that mean something, so that one byte presses one; the others come as characters.
const NAMED: [KeyCode; 16] = [
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Backspace,
    KeyCode::Delete,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::F(1),
    KeyCode::Null,
];

/// The first three bytes choose the setting, the rest are steps.
pub(crate) fn check(bytes: &[u8]) {
    let mut bytes = Input(bytes);
    let Some(setting) = setting(bytes.byte(), bytes.byte()) else { return };
    let size = Size { width: 20 + u16::from(bytes.byte()), height: 40 };
    let Some(mut run) = Run::new(setting, size) else { return };
    for _ in 0..STEPS {
        if bytes.0.is_empty() || run.left {
            break;
        }
        run.step(&mut bytes);
    }
    run.draw();
}

struct Input<'a>(&'a [u8]);

impl Input<'_> {
    /// The next byte, or 0.
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn pair(&mut self) -> u16 {
        u16::from_be_bytes([self.byte(), self.byte()])
    }

    /// A text of up to 255 bytes.
    fn text(&mut self) -> String {
        let (text, rest) = self.0.split_at(usize::from(self.byte_ahead()).min(self.0.len()));
        self.0 = rest;
        String::from_utf8_lossy(text.get(1..).unwrap_or_default()).into_owned()
    }

    fn byte_ahead(&self) -> u8 {
        self.0.first().map_or(0, |length| length.saturating_add(1))
    }
}

fn setting(kind: u8, more: u8) -> Option<ReviewerConfig> {
    let filter = match kind % 4 {
        0 | 1 => "",
        2 => "status:pending from:-30d kim",
        _ => "emial:x \u{202e} score<80",
    };
    let mask = match more % 3 {
        0 => Mask::Ids,
        1 => Mask::All,
        _ => Mask::None,
    };
    let (keymap, codes) = SHIPPED.clone()?;
    Some(ReviewerConfig {
        profile: Safe::from_static("test"),
        host: Safe::from_static("service.example.com"),
        address: "https://service.example.com/v3/submission".to_owned(),
        today: (kind & 16 != 0).then(|| jiff::civil::date(2026, 11, 21)),
        zone: Zone::utc(Offset::from_seconds(i32::from(more) * 367).map_or(TimeZone::UTC, TimeZone::fixed)),
        mask,
        keymap,
        codes,
        theme: ScreenTheme::new(Theme::default()),
        blank_after: (kind & 32 != 0).then_some(Duration::from_secs(60)),
        cap: usize::from(more),
        encrypted: kind & 64 != 0,
        demo_key: None,
        clipboard: match more % 3 {
            0 => ClipboardWay::Command,
            1 => ClipboardWay::Terminal(None),
            _ => ClipboardWay::Terminal(Some("tmux needs: set -g set-clipboard on")),
        },
        watch: AutoRefresh { every: Duration::from_secs(30), bell: kind & 128 != 0 },
        call_options: Vec::new(),
        home: None,
        filter: filter.to_owned(),
        columns: None,
        sort: Sort::default(),
        views: argos_review::views::SessionViews::default(),
        file: None,
        tour: false,
        drawing: Ok(argos_review::picture::PictureDrawing::default()),
        mouse: kind & 8 != 0,
        pictures: true,
    })
}

/// A request that the service has not answered yet.
enum Asked {
    Page(Ticket),
    Single(Ticket, Box<str>),
}

/// Bytes on their way to the terminal.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The program's own backend with a size that no terminal has to be asked for.
struct Screen {
    inner: CursorSafeBackend<Wire>,
    size: Rc<Cell<Size>>,
}

impl Backend for Screen {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Drawn)>>(&mut self, content: I) -> io::Result<()> {
        self.inner.draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size.get())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size.get(), pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

struct Run {
    model: Model,
    terminal: Terminal<Screen>,
    wire: Wire,
    judge: OutputJudge,
    asked: Vec<Asked>,
    timers: Vec<Msg>,
    at: Timestamp,
    cells: usize,
    size: Rc<Cell<Size>>,
    left: bool,
}

impl Run {
    fn new(setting: ReviewerConfig, size: Size) -> Option<Self> {
        let at = Timestamp::from_second(1_795_262_400).ok()?;
        let (model, begin) = Model::new(setting, size, at);
        let wire = Wire::default();
        let size = Rc::new(Cell::new(size));
        let terminal =
            Terminal::new(Screen { inner: CursorSafeBackend::new(wire.clone()), size: Rc::clone(&size) }).ok()?;
        let (asked, timers) = (Vec::new(), Vec::new());
        let judge = OutputJudge::of_screen();
        let mut run = Self { model, terminal, wire, judge, asked, timers, at, cells: 0, size, left: false };
        run.follow(begin);
        Some(run)
    }

    /// One step: most bytes are a key, a few tell more.
    fn step(&mut self, bytes: &mut Input<'_>) {
        match bytes.byte() {
            key @ b' '..=b'~' => self.key(KeyCode::Char(char::from(key)), KeyModifiers::NONE, KeyEventKind::Press),
            key @ 0..=15 => {
                let code = NAMED.get(usize::from(key)).copied().unwrap_or(KeyCode::Null);
                self.key(code, KeyModifiers::NONE, KeyEventKind::Press);
            }
            16 => {
                let modifiers = KeyModifiers::from_bits_truncate(bytes.byte());
                let code = match bytes.byte() {
                    named @ 0..=15 => NAMED.get(usize::from(named)).copied().unwrap_or(KeyCode::Null),
                    function @ 16..=31 => KeyCode::F(function),
                    c => char::from_u32(u32::from(bytes.pair()) << (c & 4)).map_or(KeyCode::Menu, KeyCode::Char),
                };
                self.key(code, modifiers, KeyEventKind::Press);
            }
            17 => self.key(KeyCode::Char('j'), KeyModifiers::NONE, KeyEventKind::Release),
            18 => {
                let text = bytes.text();
                self.send(Msg::Paste(text));
            }
            19 => {
                let text = bytes.text().repeat(500);
                self.send(Msg::Paste(text));
            }
            20 => self.resize(Size { width: bytes.byte().into(), height: bytes.byte().into() }),
            21 => self.resize(Size { width: bytes.pair(), height: bytes.pair() }),
            22 => self.send(Msg::Resumed),
            23 => self.wait(i64::from(bytes.pair())),
            24 => self.timer(usize::from(bytes.byte())),
            28 => self.mouse(bytes),
            25..=27 | 128..=191 => self.answer(bytes.byte()),
            _ => self.draw(),
        }
    }

    fn mouse(&mut self, bytes: &mut Input<'_>) {
        let [left, right] = [MouseButton::Left, MouseButton::Right].map(MouseEventKind::Down);
        let other = [right, MouseEventKind::ScrollDown, MouseEventKind::ScrollUp];
        let kind = other.get(usize::from(bytes.byte() % 4)).copied().unwrap_or(left);
        let [column, row] = [bytes.byte(), bytes.byte()].map(u16::from);
        let input = MouseInput::of(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
        input.into_iter().for_each(|input| self.send(Msg::Mouse(input)));
    }

    fn key(&mut self, code: KeyCode, modifiers: KeyModifiers, kind: KeyEventKind) {
        self.send(Msg::Key(KeyEvent::new_with_kind(code, modifiers, kind)));
    }

    fn resize(&mut self, size: Size) {
        let size = clamp(size);
        self.size.set(size);
        // In memory this cannot fail.
        let _ = self.terminal.resize(Rect::new(0, 0, size.width, size.height));
        self.send(Msg::Resize(size));
        self.draw();
    }

    /// The clock goes on, and may be set back.
    fn wait(&mut self, seconds: i64) {
        let by = SignedDuration::from_secs(if seconds > 60_000 { -seconds } else { seconds });
        self.at = self.at.checked_add(by).unwrap_or(self.at);
        self.send(Msg::Clock(self.at));
    }

    fn timer(&mut self, which: usize) {
        if !self.timers.is_empty() {
            let msg = self.timers.swap_remove(which % self.timers.len());
            self.send(msg);
        }
    }

    /// Answers one of the requests, an older one too.
    fn answer(&mut self, what: u8) {
        if self.asked.is_empty() {
            return self.draw();
        }
        let asked = self.asked.swap_remove(usize::from(what >> 4) % self.asked.len());
        let at = self.at;
        let body = ANSWERS.get(usize::from(what & 7)).cloned().unwrap_or_default();
        let page = Page::read(&body).map_err(|error| Failure::from(&error));
        if what & 8 != 0 && what & 7 > 4 {
            let failure = Failure::from(&RequestError::CutOff);
            let waiting = Waiting { failure, time: Duration::from_secs(u64::from(what)), next: 2, most: 3 };
            let (slot, ticket) = match &asked {
                Asked::Page(ticket) => (Slot::Page, *ticket),
                Asked::Single(ticket, _) => (Slot::FullRecord, *ticket),
            };
            self.asked.push(asked);
            return self.send(Msg::Waiting { slot, ticket, waiting, at });
        }
        match asked {
            Asked::Page(ticket) => self.send(Msg::PageLoaded { ticket, result: page, at }),
            Asked::Single(ticket, id) => {
                let is_asked = |item: &Item| matches!(item, Item::Readable { id: own, .. } if **own == *id);
                let single = |page: Page| page.items.into_iter().find(is_asked).map(Item::as_full_record);
                let result = page.map(|page| single(page).map_or(RecordAnswer::NotFound, RecordAnswer::Found));
                self.send(Msg::FullRecordLoaded { ticket, id, result, at });
            }
        }
    }

    fn send(&mut self, msg: Msg) {
        let effects = self.model.update(msg);
        self.follow(effects);
    }

    fn follow(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::FetchPage { ticket, .. } => self.asked.push(Asked::Page(ticket)),
                Effect::FetchFullRecord { ticket, id, .. } => self.asked.push(Asked::Single(ticket, id)),
                // No picture comes: those are the business of a target of their own.
                Effect::FetchPicture { .. } => {}
                Effect::ParseAnswers(_, reading) => {
                    let opened = Box::new(reading.answers.parse());
                    self.timers.push(Msg::AnswersParsed { ticket: reading.ticket, opened });
                }
                Effect::After { slot, ticket, .. } => self.timers.push(Msg::TimerFired { slot, ticket }),
                Effect::Pack(order) => order.run(),
                Effect::Redraw => drop(self.terminal.clear()),
                Effect::Suspend => self.timers.push(Msg::Resumed),
                Effect::Quit(_) => self.left = true,
                Effect::CopyByCommand { what, .. } => self.timers.push(Msg::CopyEnded { what, result: Ok(()) }),
                Effect::ComposeText(order) => self.timers.push(Msg::TextFinished(Box::new(order.compose()))),
                Effect::ChangeViews { change, .. } => {
                    let result = Ok(argos_review::views::Views::default());
                    self.timers.push(Msg::ViewsChanged { change, result });
                }
                // Nothing is written: the export stays under way.
                Effect::Copy(_)
                | Effect::Record(..)
                | Effect::RecordEach(..)
                | Effect::Export { .. }
                | Effect::StopExport
                | Effect::Bell
                | Effect::Mouse(_)
                | Effect::Discard(_)
                | Effect::Cancel(_) => {}
            }
        }
    }

    /// Draws a frame and judges every byte of it.
    fn draw(&mut self) {
        let size = self.size.get();
        let cells = usize::from(size.width) * usize::from(size.height);
        self.cells += cells;
        if self.cells > CELLS {
            return;
        }
        let model = &self.model;
        let drawn = self.terminal.draw(|frame| model.view(frame));
        assert!(drawn.is_ok(), "a screen in memory");
        let bytes = std::mem::take(&mut *self.wire.0.borrow_mut());
        self.judge.watch(&bytes);
        assert!(self.judge.violations().is_empty(), "{:?}", self.judge.violations());
        // A frame has a bound, whatever the text: some marks a cell, and a place for each.
        assert!(bytes.len() <= 4096 + 96 * cells, "{} bytes for {cells} cells", bytes.len());
    }
}
