//! A program read piece by piece, for sessions of which nobody knows what they will show.

use std::io::Write;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use super::Program;
use crate::deadline::{deadline, now};
use crate::oracle::VisiblePicture;

/// What came next of a program's output.
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
                self.take(&bytes);
                Next::Piece
            }
            Err(RecvTimeoutError::Timeout) => Next::Nothing,
            Err(RecvTimeoutError::Disconnected) => Next::End,
        }
    }

    /// Types bytes of any kind; whether there was still somebody to take them.
    pub fn send(&mut self, bytes: &[u8]) -> bool {
        self.writer.write_all(bytes).and_then(|()| self.writer.flush()).is_ok()
    }

    /// The exit code, if the program ends before the usual deadline.
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

    /// Waits until a text was written that many times, on whatever screen.
    pub fn until_written(&mut self, text: &str, times: usize) {
        self.wait_for_bytes(text, |written| written.matches(text).count() >= times);
    }

    /// Waits until a shell asks for a command behind the last of another text.
    pub fn until_prompt(&mut self, prompt: &str, behind: &str) {
        let asks = |written: &str| written.rsplit_once(behind).is_some_and(|(_, last)| last.contains(prompt));
        self.wait_for_bytes(prompt, asks);
    }

    /// Waits until the pictures that can be seen are as wanted.
    pub fn until_pictures(&mut self, what: &str, wanted: impl Fn(&[VisiblePicture<'_>]) -> bool) {
        let end = deadline();
        while !wanted(&self.oracle.visible()) {
            let next = self.next(end.saturating_duration_since(now()));
            assert_eq!(next, Next::Piece, "waited for {what:?}: {:?}\n{}", self.oracle.visible(), self.screen());
        }
    }

    fn wait_for_bytes(&mut self, what: &str, wanted: impl Fn(&str) -> bool) {
        let end = deadline();
        while !wanted(&self.everything()) {
            let next = self.next(end.saturating_duration_since(now()));
            assert_eq!(next, Next::Piece, "waited for {what:?}:\n{}", self.screen());
        }
    }

    /// Everything that was written.
    pub fn written(&self) -> &[u8] {
        &self.written
    }

    /// Forgets what was written, but not what the screen shows.
    pub fn forget(&mut self) {
        self.written.clear();
    }

    /// The lines of the screen.
    pub fn rows(&self) -> Vec<String> {
        let (_, width) = self.parser.screen().size();
        self.parser.screen().rows(0, width.get()).collect()
    }
}
