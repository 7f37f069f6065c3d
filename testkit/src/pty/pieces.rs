//! Reads the output of a program piece by piece, for tests that do not know what the program will show.

use std::io::Write;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use super::Program;
use crate::deadline::{deadline, now};
use crate::output_judge::VisiblePicture;

/// Result of reading the next piece of a program's output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// A piece of output was read, and the screen shows it.
    Piece,
    /// The program wrote nothing during the time of waiting.
    Nothing,
    /// The program has ended and writes nothing more.
    End,
}

impl Program {
    /// Reads the next piece of the program's output, and shows it on the emulated screen. Waits no longer than
    /// `patience` for it.
    pub fn next(&mut self, patience: Duration) -> Next {
        match self.reader.output.recv_timeout(patience) {
            Ok(bytes) => {
                self.process_output(&bytes);
                Next::Piece
            }
            Err(RecvTimeoutError::Timeout) => Next::Nothing,
            Err(RecvTimeoutError::Disconnected) => Next::End,
        }
    }

    /// Types the bytes `bytes` into the terminal. Returns whether the terminal still accepted them.
    pub fn send(&mut self, bytes: &[u8]) -> bool {
        self.writer.write_all(bytes).and_then(|()| self.writer.flush()).is_ok()
    }

    /// Waits until the program ends, at most [`DEADLINE`](crate::deadline::DEADLINE). Returns its exit code, or `None`
    /// if it still runs.
    pub fn ended(&mut self) -> Option<u32> {
        let end = deadline();
        loop {
            match self.next(end.saturating_duration_since(now())) {
                Next::Piece => {}
                Next::Nothing => return None,
                Next::End => {
                    return self
                        .ended
                        .recv_timeout(end.saturating_duration_since(now()))
                        .ok()
                        .map(|(_, status)| status.exit_code());
                }
            }
        }
    }

    /// Waits until the program has written the text `text` at least `times` times, on any screen.
    pub fn until_written(&mut self, text: &str, times: usize) {
        self.wait_for_bytes(text, |written| written.matches(text).count() >= times);
    }

    /// Waits until the shell in the terminal writes its prompt `prompt` after the last occurrence of the text `behind`.
    pub fn until_prompt(&mut self, prompt: &str, behind: &str) {
        let asks = |written: &str| written.rsplit_once(behind).is_some_and(|(_, last)| last.contains(prompt));
        self.wait_for_bytes(prompt, asks);
    }

    /// Waits until `wanted` returns true for the visible pictures. Fails with the description `what` after the
    /// deadline.
    pub fn until_pictures(&mut self, what: &str, wanted: impl Fn(&[VisiblePicture<'_>]) -> bool) {
        let end = deadline();
        while !wanted(&self.judge.visible()) {
            let next = self.next(end.saturating_duration_since(now()));
            assert_eq!(next, Next::Piece, "waited for {what:?}: {:?}\n{}", self.judge.visible(), self.screen());
        }
    }

    fn wait_for_bytes(&mut self, what: &str, wanted: impl Fn(&str) -> bool) {
        let end = deadline();
        while !wanted(&self.written_text()) {
            let next = self.next(end.saturating_duration_since(now()));
            assert_eq!(next, Next::Piece, "waited for {what:?}:\n{}", self.screen());
        }
    }

    /// Returns all bytes that the program wrote since its start or since the last call of [`Self::forget`].
    pub fn written(&self) -> &[u8] {
        &self.written
    }

    /// Discards the recorded output of the program. The screen keeps its content.
    pub fn forget(&mut self) {
        self.written.clear();
    }

    /// Returns the text of each row of the screen.
    pub fn rows(&self) -> Vec<String> {
        let (_, width) = self.parser.screen().size();
        self.parser.screen().rows(0, width.get()).collect()
    }
}
