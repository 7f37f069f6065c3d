//! Splits the text of a file into JSON values. If a line is damaged, only this line is lost and not the rest of the
//! file.

use bytes::Bytes;
use memchr::memchr;

use crate::api::repair;
use crate::submission::json::Json;

/// Maximum number of failed attempts, in one file, to read a JSON value that continues after its first line. Each
/// failed attempt may read the whole rest of the file. After the maximum, only values within one line are read.
const MAX_ATTEMPTS: u8 = 8;

/// Maximum number of bytes that all repairs of damaged lines together may add to the text of one file.
const MAX_ADDED_BYTES: usize = 1 << 20;

/// Maximum distance in bytes from the end of a list to the end of the answer that contains the list. An answer is a
/// JSON object of the service with the list as its member `Items`. If the answer ends later, its end is not found.
const MAX_END_BYTES: usize = 64 << 10;

/// Key, with its quotes, of the member that names the next page in an answer of the service.
const PAGE_KEY: &[u8] = b"\"nextpageKey\"";

/// One piece of the text of a file: a JSON value, or a line that is no JSON.
pub(super) enum FilePiece {
    /// A JSON value, such as a submission or a list of submissions.
    Value {
        /// The text of the value.
        raw: Bytes,
        /// Whether the text in the file was no valid JSON. `raw` is then the repaired text.
        is_repaired: bool,
    },
    /// A line, or the rest of a line, that is no JSON.
    Damaged(Bytes),
}

/// Iterator over the pieces of a file's text, from its beginning: JSON values, and lines that are no JSON. A list of
/// submissions that cannot be read as one value is taken apart: each value in it is a piece.
pub(super) struct FilePieces {
    body: Bytes,
    at: usize,
    line_end: usize,
    attempts: u8,
    /// Whether the position from which the next piece is read is inside an array that could not be read as one value.
    is_inside: bool,
    /// Whether this array is the member `Items` of an answer of the service. The rest of the answer then follows after
    /// the array.
    is_answer: bool,
    /// Number of bytes that repairs of damaged lines may still add to the text.
    bytes_left: usize,
    missing_reason: Option<&'static str>,
}

impl FilePieces {
    /// Creates the iterator over `body`, the text of a file.
    pub(super) fn of(body: Bytes) -> Self {
        Self {
            body,
            at: 0,
            line_end: 0,
            attempts: 0,
            is_inside: false,
            is_answer: false,
            bytes_left: MAX_ADDED_BYTES,
            missing_reason: None,
        }
    }

    /// Returns why submissions are probably missing from the text, such as `file ends inside a record`. `None` if
    /// nothing indicates that. Call this after the last piece, when all of the text was read.
    pub(super) const fn missing_reason(&self) -> Option<&'static str> {
        self.missing_reason
    }

    fn rest(&self) -> &[u8] {
        self.body.get(self.at..).unwrap_or_default()
    }

    /// Moves the reading position to the next character that is no white space and no comma. Then sets `line_end` to
    /// the end of the line at this position.
    fn skip_separators(&mut self) {
        let between = |byte: &&u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b',');
        self.at += self.rest().iter().take_while(between).count();
        if self.at >= self.line_end {
            self.line_end = memchr(b'\n', self.rest()).map_or(self.body.len(), |length| self.at + length);
        }
    }

    fn line(&self) -> Bytes {
        let line = self.body.get(self.at..self.line_end).unwrap_or_default();
        self.body.slice_ref(line.trim_ascii_end())
    }

    /// Reads the JSON value at the current position, which may continue after the end of the line. Returns the text of
    /// the value, and the number of bytes from the current position to where reading continues. `None` if no valid
    /// value is there.
    fn value(&mut self) -> Option<(Bytes, usize)> {
        let line = self.line();
        if let Ok(json) = Json::read(&line) {
            return Some((self.body.slice_ref(json.as_sent().as_bytes()), self.line_end - self.at));
        }
        let reads_rest = self.attempts < MAX_ATTEMPTS;
        let text = if reads_rest { self.body.slice(self.at..) } else { line };
        match Json::leading_bytes(&text) {
            Ok((json, length)) => Some((self.body.slice_ref(json.as_sent().as_bytes()), length)),
            Err(wrong) => {
                // An attempt that fails in its first line costs no more than the line.
                self.attempts = self.attempts.saturating_add(u8::from(wrong.cut_off || wrong.line > 1));
                // The end of a list that does not end is noticed later.
                if wrong.cut_off && text.starts_with(b"{") && self.list_start().is_none() {
                    let missing_reason =
                        if reads_rest { "file ends inside a record" } else { "file damaged in many places" };
                    self.missing_reason = self.missing_reason.or(Some(missing_reason));
                }
                None
            }
        }
    }

    /// Returns the length in bytes of the text that begins a list of submissions, such as `[` or `{"Items": [`. `None`
    /// if no such list begins at the current position.
    fn list_start(&self) -> Option<usize> {
        let rest = self.rest();
        let mut left = rest;
        let mut skip = |wanted: &[u8]| {
            left = left.trim_ascii_start();
            let found = left.strip_prefix(wanted);
            left = found.unwrap_or(left);
            found.is_some()
        };
        let is_list = skip(b"[") || (skip(b"{") && skip(b"\"Items\"") && skip(b":") && skip(b"["));
        is_list.then(|| rest.len() - left.len())
    }

    /// Ends the list whose closing bracket is at the current position. Skips the rest of the answer that contains the
    /// list, such as the key of the next page. If no answer contains the list, or the end of the answer is not found,
    /// skips the rest of the line.
    fn end_list(&mut self) {
        self.is_inside = false;
        let has_key = |text: &[u8]| text.windows(PAGE_KEY.len()).any(|part| part == PAGE_KEY);
        let rest = self.rest().get(1..).unwrap_or_default();
        let rest = rest.get(..rest.len().min(MAX_END_BYTES)).unwrap_or_default();
        let members = rest.trim_ascii_start();
        let members = members.strip_prefix(b",").unwrap_or(members);
        let text = [b"{", members].concat();
        let end = Json::leading_bytes(&text).ok().filter(|_| self.is_answer).map(|(_, end)| end);
        let (has_more, length) = match end {
            Some(end) => (has_key(text.get(..end).unwrap_or_default()), rest.len() - members.len() + end),
            None if self.is_answer => (has_key(rest), self.line_end - self.at),
            None => (has_key(&self.line()), self.line_end - self.at),
        };
        if has_more {
            self.missing_reason = Some("file names a further page");
        } else if self.is_answer && end.is_none() {
            self.missing_reason = self.missing_reason.or(Some("file ends inside a list"));
        }
        self.at += length;
    }
}

impl Iterator for FilePieces {
    type Item = FilePiece;

    fn next(&mut self) -> Option<FilePiece> {
        loop {
            self.skip_separators();
            if self.at >= self.body.len() {
                if self.is_inside {
                    self.missing_reason = self.missing_reason.or(Some("file ends inside a list"));
                }
                return None;
            }
            if self.is_inside && self.rest().starts_with(b"]") {
                self.end_list();
                continue;
            }
            if let Some((raw, length)) = self.value() {
                self.at += length;
                return Some(FilePiece::Value { raw, is_repaired: false });
            }
            let line = self.line();
            if let Some(repaired) = repaired(&line, &mut self.bytes_left) {
                self.at = self.line_end;
                return Some(FilePiece::Value { raw: repaired, is_repaired: true });
            }
            if let Some(length) = self.list_start().filter(|_| !self.is_inside) {
                self.is_inside = true;
                self.is_answer = self.rest().starts_with(b"{");
                self.at += length;
                continue;
            }
            self.at = self.line_end;
            if self.is_inside {
                self.missing_reason = self.missing_reason.or(Some("file damaged inside a list"));
            } else if self.at == self.body.len() && Json::leading_bytes(&line).is_err_and(|wrong| wrong.cut_off) {
                self.missing_reason = Some("file ends inside a record");
            } else if self.attempts >= MAX_ATTEMPTS {
                // A record of several lines is not found any more.
                self.missing_reason = self.missing_reason.or(Some("file damaged in many places"));
            }
            return Some(FilePiece::Damaged(line));
        }
    }
}

/// Returns the line as repaired JSON if it is almost JSON. `None` if it cannot be repaired, or if the repair would add
/// more than `bytes_left` bytes. Otherwise the number of added bytes is subtracted from `bytes_left`.
fn repaired(line: &[u8], bytes_left: &mut usize) -> Option<Bytes> {
    // Without damage of these kinds there is nothing to repair, and each attempt takes a copy of the line.
    let is_damaged = |byte: &u8| *byte < b' ' || matches!(byte, b'\\' | b'N' | b'I');
    if std::str::from_utf8(line).is_ok() && !line.iter().any(is_damaged) {
        return None;
    }
    if !line.starts_with(b"{") && !line.starts_with(b"[") {
        return None;
    }
    let text = repair(line)?;
    Json::read(text.as_bytes()).ok()?;
    *bytes_left = bytes_left.checked_sub(text.len().saturating_sub(line.len()))?;
    Some(Bytes::from(text.trim().to_owned()))
}
