//! A program read piece by piece, for sessions of which nobody knows what they will show.

use std::io::Write;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use super::Program;
use crate::deadline::{deadline, now};
use crate::output_judge::VisiblePicture;

/// Result of reading the next piece of a program's output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// A piece, which the screen shows now.
    Piece,
    /// Nothing, as long as was waited.
    Nothing,
    /// Nothing, and never again: the program has ended.
    End,
}

impl Program {
    /// Takes the next piece of output, and waits for it no longer than this.
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

    /// Types any bytes. Returns whether the terminal still accepted them.
    pub fn send(&mut self, bytes: &[u8]) -> bool {
        self.writer.write_all(bytes).and_then(|()| self.writer.flush()).is_ok()
    }

    /// Waits for the end of the program until the deadline. Returns its exit code, or `None` if it still runs.
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

    /// Waits until the program wrote a text `times` times, on any screen.
    pub fn until_written(&mut self, text: &str, times: usize) {
        self.wait_for_bytes(text, |written| written.matches(text).count() >= times);
    }

    /// Waits until a shell asks for a command behind the last of another text.
    pub fn until_prompt(&mut self, prompt: &str, behind: &str) {
        let asks = |written: &str| written.rsplit_once(behind).is_some_and(|(_, last)| last.contains(prompt));
        self.wait_for_bytes(prompt, asks);
    }

    /// Waits until `wanted` returns true for the visible pictures.
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

    /// Returns all bytes that the program wrote.
    pub fn written(&self) -> &[u8] {
        &self.written
    }

    /// Discards the recorded output, but not the content of the screen.
    pub fn forget(&mut self) {
        self.written.clear();
    }

    /// Returns the lines of the screen.
    pub fn rows(&self) -> Vec<String> {
        let (_, width) = self.parser.screen().size();
        self.parser.screen().rows(0, width.get()).collect()
    }
}
