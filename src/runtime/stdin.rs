//! Reads lines of standard input for subcommands that must react to a signal while they wait for a line.

use std::io::{self, BufRead, Read as _};

use tokio::sync::mpsc::{Receiver, channel};

/// Maximum number of lines of standard input that are read ahead, before the program needs them.
const MAX_LINES_AHEAD: usize = 16;
/// Size of the longest line, in bytes. A longer line cannot be valid input, such as the id of a submission.
const MAX_LINE_BYTES: u64 = 64 * 1024;

/// Returns a channel that delivers the lines of standard input, without their line ends.
///
/// The lines are read on a separate thread, because nothing can interrupt a read that waits; the thread ends with the
/// process. After a line that cannot be read, the channel ends.
pub fn lines() -> Receiver<io::Result<String>> {
    let (sender, lines) = channel(MAX_LINES_AHEAD);
    #[expect(clippy::disallowed_methods, reason = "reading standard input blocks")]
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Some(line) = line(&mut input).transpose() {
            let last = line.is_err();
            if sender.blocking_send(line).is_err() || last {
                break;
            }
        }
    });
    lines
}

/// Reads the next line of `input` without its line end; `None` at the end of the input.
fn line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if input.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    let wrong = |what| Err(io::Error::new(io::ErrorKind::InvalidData, what));
    if !bytes.ends_with(b"\n") && bytes.len() as u64 == MAX_LINE_BYTES {
        return wrong("a line is longer than 64 KiB");
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return wrong("UTF-16, must be UTF-8");
    }
    let Ok(mut line) = String::from_utf8(bytes) else { return wrong("not UTF-8 text") };
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    Ok(Some(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut bytes: &[u8]) -> Vec<Result<String, String>> {
        let mut lines = Vec::new();
        while let Some(line) = line(&mut bytes).map_err(|error| error.to_string()).transpose() {
            lines.push(line);
        }
        lines
    }

    #[test]
    fn lines_come_without_their_ends() {
        let lines = ["a", "", "b\u{feff}", "c"].map(|line| Ok(line.to_owned()));
        assert_eq!(all("a\r\n\nb\u{feff}\nc".as_bytes()), lines);
        assert_eq!(all(b""), []);
    }

    #[test]
    fn what_is_no_text_is_said() {
        let first = |bytes: &[u8]| all(bytes).into_iter().next().unwrap().unwrap_err();
        assert_eq!(first(b"\xff\xfea\0\n\0"), "UTF-16, must be UTF-8");
        assert_eq!(first(b"a\x80\n"), "not UTF-8 text");
        assert_eq!(first(&vec![b'a'; 70_000]), "a line is longer than 64 KiB");
    }
}
