//! A terminal in memory that is drawn to exactly as the program draws, with its bytes before two judges.

use std::cell::RefCell;
use std::io::{self, Write};
use std::num::NonZeroU16;
use std::rc::Rc;

use argos_review::app::Model;
use argos_review::runtime::backend::CursorSafeBackend;
use argos_review::runtime::event_loop::draw;
use argos_review::runtime::pictures::ShownPictures;
use argos_review::runtime::width_guard::AmbiguousWidthRows;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use argos_testkit::output_judge::{EmulatorCallbacks, OutputJudge};

/// Bytes that a frame may take for each of its cells.
const A_CELL: usize = 64;

/// What was written and not yet judged.
#[derive(Clone, Default)]
struct Written(Rc<RefCell<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal and its judges.
pub(crate) struct CheckedTerminal {
    terminal: Terminal<CursorSafeBackend<Written>>,
    ambiguous: AmbiguousWidthRows,
    pictures: ShownPictures,
    written: Written,
    judge: OutputJudge,
    parser: vt100::Parser<EmulatorCallbacks>,
    cells: usize,
    frames: usize,
}

impl CheckedTerminal {
    pub(crate) fn new(width: u16, height: u16) -> Self {
        let written = Written::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
        let backend = CursorSafeBackend::new(written.clone());
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport }).expect("a terminal in memory");
        let at_least_one = |cells| NonZeroU16::new(cells).unwrap_or(NonZeroU16::MIN);
        let (rows, columns) = (at_least_one(height), at_least_one(width));
        Self {
            terminal,
            ambiguous: AmbiguousWidthRows::default(),
            pictures: ShownPictures::default(),
            written,
            judge: OutputJudge::of_screen(),
            parser: vt100::Parser::new_with_callbacks(rows, columns, 0, EmulatorCallbacks::default()),
            cells: usize::from(width) * usize::from(height),
            frames: 0,
        }
    }

    /// Draws a frame and judges its bytes, which it returns.
    pub(crate) fn draw(&mut self, what: &dyn std::fmt::Display, model: &Model) -> Vec<u8> {
        let after =
            draw(&mut self.terminal, model, &mut self.ambiguous, &mut self.pictures).expect("a terminal in memory");
        self.frames += 1;
        let mut bytes = std::mem::take(&mut *self.written.0.borrow_mut());
        assert!(bytes.len() <= A_CELL * self.cells + A_CELL, "{what}: {} bytes for a frame", bytes.len());
        bytes.extend_from_slice(after.as_bytes());
        self.judge.watch(&bytes);
        self.parser.process(&bytes);
        assert_eq!(self.judge.violations(), [""; 0], "{what}: the judge of bytes");
        assert_eq!(self.parser.callbacks().seen, [""; 0], "{what}: the terminal emulator");
        bytes
    }

    /// What the terminal emulator shows.
    pub(crate) fn text(&self) -> String {
        self.parser.screen().contents()
    }

    /// The screen of the terminal emulator.
    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// How many frames were drawn.
    pub(crate) const fn frames(&self) -> usize {
        self.frames
    }
}
