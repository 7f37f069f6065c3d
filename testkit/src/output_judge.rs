//! Checks everything that a program writes to a terminal. The checker has its own list of the allowed output, and uses
//! no code of the program.
//!
//! On the alternate screen, the program may write harmless characters, move the cursor, clear, use the sixteen colours
//! of the terminal, and set its own modes. Outside of the alternate screen it may only write lines of harmless
//! characters. Texts for the clipboard are recorded, so that a test can compare them. The terminal emulator is a second
//! check ([`EmulatorCallbacks`]): it must report nothing.

mod canvas;
mod emulator_callbacks;
mod graphics;
mod sixel;
mod style;

use std::str;

use canvas::Canvas;
pub use canvas::{Cells, Protocol, SentPicture, VisiblePicture};
pub use emulator_callbacks::EmulatorCallbacks;
use graphics::Graphics;
use style::is_style;

use crate::forbidden::why_forbidden;

/// Terminal modes that the program turns on in this order, and off in the reverse order: the alternate screen and
/// bracketed paste.
const MODES: [&str; 2] = ["1049", "2004"];
/// Terminal modes that report clicks and the wheel of the mouse, with decimal coordinates. They are allowed only after
/// [`OutputJudge::allow_mouse`].
const MOUSE: [&str; 2] = ["1000", "1006"];
/// Terminal mode that shows the cursor. It is on before a program turns it off.
const CURSOR: &str = "25";

/// Checker of all bytes that a program writes to a terminal. The bytes are given to it piece by piece.
#[derive(Default)]
pub struct OutputJudge {
    pending: Vec<u8>,
    /// Number of bytes of `pending` (the unfinished escape sequence) that were already searched for its end.
    searched: usize,
    taken: Vec<String>,
    hidden_cursor: bool,
    violations: Vec<String>,
    copied: Vec<String>,
    bells: usize,
    progress: bool,
    mouse: bool,
    graphics: Option<Graphics>,
}

impl OutputJudge {
    /// Creates a checker for a terminal that is outside of the alternate screen, as at the start of a program.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a checker for output that starts on the alternate screen, such as the output of a drawing backend in
    /// memory.
    pub fn of_screen() -> Self {
        Self { taken: MODES.map(str::to_owned).to_vec(), ..Self::default() }
    }

    /// Creates a checker for lines of output with a progress bar among them. It also allows the sequences that clear a
    /// line and move the cursor up.
    pub fn of_progress() -> Self {
        Self { progress: true, ..Self::default() }
    }

    /// Allows the sequences that turn mouse reports on and off.
    pub const fn allow_mouse(&mut self) {
        self.mouse = true;
    }

    /// Allows pictures from now on, in the three protocols of [`Protocol`]. Also allows all colours.
    pub fn allow_pictures(&mut self) {
        self.graphics.get_or_insert_default();
    }

    /// Returns the number of pictures that the program sent.
    pub fn pictures(&self) -> usize {
        self.sent().len()
    }

    /// Returns all pictures that the program sent, including those that it deleted later.
    pub fn sent(&self) -> &[SentPicture] {
        self.graphics.as_ref().map_or(&[], |graphics| graphics.canvas.sent())
    }

    /// Returns the pictures that are visible now, at least in part. A kitty picture that was not deleted is always
    /// included.
    pub fn visible(&self) -> Vec<VisiblePicture<'_>> {
        self.graphics.as_ref().map(|graphics| graphics.canvas.visible()).unwrap_or_default()
    }

    /// Tells the checker the size of the terminal, in columns and rows.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.draw(|canvas| canvas.resize(width, height));
    }

    /// Checks `bytes`, which the program wrote after all bytes that were checked before.
    pub fn watch(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
        let pending = std::mem::take(&mut self.pending);
        let mut rest = &pending[..];
        while let Some(read) = self.one(rest) {
            rest = &rest[read..];
        }
        self.pending = rest.to_vec();
    }

    /// Returns a description of each forbidden output so far, at most the first 20.
    pub fn violations(&self) -> &[String] {
        &self.violations
    }

    /// Returns whether the program left the terminal as it was. All modes are off, the cursor is shown, no sequence is
    /// unfinished, and no picture is left.
    pub fn is_balanced(&self) -> bool {
        self.leftovers().is_empty()
    }

    /// Returns a description of each thing that the program did not undo: modes, a hidden cursor, an unfinished
    /// sequence, and pictures. Empty if it left the terminal as it was.
    pub fn leftovers(&self) -> Vec<String> {
        let mut left: Vec<String> = self.taken.iter().map(|mode| format!("mode {mode}")).collect();
        left.extend(self.hidden_cursor.then(|| "hidden cursor".to_owned()));
        let start = &self.pending[..self.pending.len().min(40)];
        left.extend((!start.is_empty()).then(|| format!("unfinished: {:?}", String::from_utf8_lossy(start))));
        let is_clean = self.graphics.as_ref().is_none_or(Graphics::is_clean);
        left.extend((!is_clean).then(|| format!("pictures: {:?}", self.visible().len())));
        left
    }

    /// Returns the texts that the program sent to the clipboard, in base64.
    pub fn copied(&self) -> &[String] {
        &self.copied
    }

    /// Returns how often the program rang the bell of the terminal.
    pub const fn bells(&self) -> usize {
        self.bells
    }

    fn on_screen(&self) -> bool {
        self.taken.iter().any(|mode| mode == "1049")
    }

    fn blame(&mut self, what: &str, bytes: &[u8]) {
        // A flood of them says no more than the first few.
        if self.violations.len() < 20 {
            self.violations.push(format!("{what}: {:?}", String::from_utf8_lossy(bytes)));
        }
    }

    /// Checks the first character or escape sequence of `bytes`, and returns its length in bytes. Returns `None` if the
    /// character or sequence is not complete yet.
    fn one(&mut self, bytes: &[u8]) -> Option<usize> {
        if self.graphics.as_ref().is_some_and(Graphics::is_unfinished)
            && !b"\x1b_G".starts_with(&bytes[..bytes.len().min(3)])
        {
            self.graphics.iter_mut().for_each(Graphics::give_up);
            self.blame("between the parts of a picture", &bytes[..bytes.len().min(8)]);
        }
        match bytes {
            [] | [0x1b] => None,
            [0x1b, kind @ (b'_' | b'P'), rest @ ..] if self.graphics.is_some() => {
                let end = self.end_of_string(rest)?;
                let is_on_screen = self.on_screen();
                let is_ours = self.graphics.as_mut().is_some_and(|graphics| match kind {
                    b'_' => graphics.kitty(&rest[..end]),
                    _ => graphics.sixel(&rest[..end]),
                });
                if !(is_ours && is_on_screen) {
                    self.blame("no such picture is ours", &bytes[..end.min(200) + 2]);
                }
                Some(end + 4)
            }
            [0x1b, b'[', rest @ ..] => {
                let end = rest.iter().position(|byte| (0x40..=0x7e).contains(byte))?;
                let (parameters, last) = (str::from_utf8(&rest[..end]).unwrap_or("?"), rest[end]);
                if !self.control(parameters, last) {
                    self.blame("no such sequence is ours", &bytes[..end + 3]);
                }
                Some(end + 3)
            }
            [0x1b, b']', rest @ ..] => {
                let end = self.end_of_string(rest)?;
                let base64 = |c: &u8| c.is_ascii_alphanumeric() || b"+/=".contains(c);
                let is_picture = rest.starts_with(b"1337;")
                    && self.on_screen()
                    && self.graphics.as_mut().is_some_and(|graphics| graphics.iterm2(&rest[..end]));
                match rest[..end].strip_prefix(b"52;c;") {
                    _ if is_picture => {}
                    Some(text) if self.on_screen() && text.iter().all(base64) => {
                        self.copied.push(String::from_utf8_lossy(text).into_owned());
                    }
                    _ => self.blame("no such command is ours", &bytes[..end + 4]),
                }
                Some(end + 4)
            }
            [0x1b, ..] => {
                self.blame("escape", &bytes[..bytes.len().min(8)]);
                Some(1)
            }
            [7, ..] if self.on_screen() => {
                self.bells += 1;
                Some(1)
            }
            [b'\n' | b'\r', ..] if !self.on_screen() => Some(1),
            _ => self.character(bytes),
        }
    }

    /// Returns the position in `rest` at which a string sequence (an escape sequence with a text) ends, that is, of
    /// `ESC \`. Returns `None` if the end has not arrived yet.
    fn end_of_string(&mut self, rest: &[u8]) -> Option<usize> {
        let from = std::mem::take(&mut self.searched);
        let end = rest[from..].windows(2).position(|pair| pair == b"\x1b\\");
        if end.is_none() {
            self.searched = rest.len().saturating_sub(1);
        }
        Some(from + end?)
    }

    fn character(&mut self, bytes: &[u8]) -> Option<usize> {
        let window = &bytes[..bytes.len().min(4)];
        let text = match str::from_utf8(window) {
            Ok(text) => text,
            Err(error) if error.valid_up_to() > 0 => str::from_utf8(&window[..error.valid_up_to()]).ok()?,
            Err(error) if error.error_len().is_none() => return None,
            Err(_) => {
                self.blame("not UTF-8", window);
                return Some(1);
            }
        };
        let c = text.chars().next()?;
        if let Some(why) = why_forbidden(c) {
            self.blame(why, c.to_string().as_bytes());
        }
        self.draw(|canvas| canvas.character(c));
        Some(c.len_utf8())
    }

    fn control(&mut self, parameters: &str, last: u8) -> bool {
        if let Some(mode) = parameters.strip_prefix('?') {
            return match last {
                b'h' => self.set(mode),
                b'l' => self.reset(mode),
                _ => false,
            };
        }
        if !self.on_screen() {
            return self.progress && matches!((parameters, last), ("" | "2", b'K') | ("1", b'A'));
        }
        match last {
            b'H' => {
                let Some((row, column)) = parameters.split_once(';') else { return false };
                let (row, column) = (number(row), number(column));
                self.draw(|canvas| canvas.move_to(row, column));
                [row, column].iter().all(|part| (1..=65_535).contains(part))
            }
            b'J' => {
                self.draw(if parameters == "2" { Canvas::clear_screen } else { Canvas::clear_rest });
                matches!(parameters, "" | "2")
            }
            // Where the screen has become larger than what is drawn, it is cleared line by line.
            b'K' => {
                self.draw(Canvas::clear_line);
                parameters == "2"
            }
            b'm' => is_style(parameters, self.graphics.is_some()),
            _ => false,
        }
    }

    fn set(&mut self, mode: &str) -> bool {
        if mode == CURSOR {
            self.hidden_cursor = false;
            return true;
        }
        let ours = MODES.contains(&mode) || self.mouse && MOUSE.contains(&mode);
        let known = ours && !self.taken.iter().any(|taken| taken == mode);
        self.taken.push(mode.to_owned());
        known
    }

    fn reset(&mut self, mode: &str) -> bool {
        if mode == CURSOR {
            self.hidden_cursor = true;
            return true;
        }
        if mode == MODES[0] && !self.visible().is_empty() {
            self.blame("a picture is left on the screen", format!("{:?}", self.visible()).as_bytes());
        }
        self.taken.pop().is_some_and(|taken| taken == mode)
    }

    /// Calls `change` with the model of the screen. Does nothing if pictures are not allowed, since only pictures need
    /// the model.
    fn draw(&mut self, change: impl FnOnce(&mut Canvas)) {
        if let Some(graphics) = &mut self.graphics {
            change(&mut graphics.canvas);
        }
    }
}

fn number(text: &str) -> u32 {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().unwrap_or(0) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(mut judge: OutputJudge, bytes: &[u8]) -> OutputJudge {
        // Byte by byte, as a pseudo-terminal may part them.
        bytes.chunks(1).for_each(|byte| judge.watch(byte));
        judge
    }

    #[test]
    fn what_the_program_writes_is_let_through() {
        let session = "a line\r\n\u{1b}[?1049h\u{1b}[?2004h\u{1b}[?25l\u{1b}[1;1H\u{1b}[39m\u{1b}[38;5;9;49m│김 é नि\u{1b}[0m\u{1b}[2J\
                       \u{1b}]52;c;YWI=\u{1b}\\\u{1b}[?25h\u{1b}[?2004l\u{1b}[?1049lanother\n";
        let judge = judged(OutputJudge::new(), session.as_bytes());
        assert_eq!(judge.violations(), [""; 0]);
        assert!(judge.is_balanced());
        assert_eq!(judge.copied(), ["YWI="]);
    }

    #[test]
    fn everything_else_is_blamed() {
        for hostile in [
            &b"\x1b]0;title\x1b\\"[..],
            b"\x1b]52;c;?\x1b\\",
            b"\x1b[6n",
            b"\x1b[1;1r",
            b"\x1b[0;5H",
            b"\x1b[?1000h",
            b"\x1b[38;5;200m",
            b"\x1bP1$r\x1b\\",
            b"\x1bc",
            b"\n",
            b"\x08",
            b"\xff",
            "\u{9b}".as_bytes(),
            "\u{202e}".as_bytes(),
            "\u{200b}".as_bytes(),
        ] {
            assert_ne!(judged(OutputJudge::of_screen(), hostile).violations(), [""; 0], "{hostile:?}");
        }
        for hostile in [&b"\x1b[1;1H"[..], b"\x07", b"\x1b[31m", b"\t"] {
            assert_ne!(judged(OutputJudge::new(), hostile).violations(), [""; 0], "{hostile:?}");
        }
    }

    #[test]
    fn the_mouse_may_be_taken_only_where_a_test_allows_it_and_without_drags_and_moves() {
        let (taken, left) = (b"\x1b[?1000h\x1b[?1006h", b"\x1b[?1006l\x1b[?1000l");
        assert_ne!(judged(OutputJudge::of_screen(), taken).violations(), [""; 0]);
        let mut allowed = OutputJudge::of_screen();
        allowed.allow_mouse();
        let mut allowed = judged(allowed, &[&taken[..], &left[..], &taken[..]].concat());
        assert_eq!(allowed.violations(), [""; 0]);
        assert!(!allowed.is_balanced());
        allowed.watch(b"\x1b[?1002h\x1b[?1003h");
        assert_eq!(allowed.violations().len(), 2);
    }

    #[test]
    fn modes_must_be_given_back_the_other_way_round() {
        assert_ne!(judged(OutputJudge::new(), b"\x1b[?1049h\x1b[?2004h\x1b[?1049l").violations(), [""; 0]);
        assert!(!judged(OutputJudge::new(), b"\x1b[?1049h").is_balanced());
        assert!(!judged(OutputJudge::new(), b"\x1b[?25l").is_balanced());
        assert!(!judged(OutputJudge::new(), b"\x1b[").is_balanced());
    }
}
