//! The bytes that a terminal sends for each chord of the table of keys.

use std::time::Duration;

use argos_testkit::deadline::DEADLINE;
use argos_testkit::deadline::now;
use argos_testkit::pty::{Next, Program};

/// Escape, so that no byte behind it makes another chord of it.
pub(crate) const ESCAPE: &[u8] = b"\x1b[27u";
/// Draws the whole screen again, wherever the focus is.
const REDRAW: &[u8] = b"\x0c";
/// What it begins with.
const CLEAR: &[u8] = b"\x1b[J";

/// Every chord of the table with its action, but those that end or stop the program.
pub(crate) fn table() -> Vec<(String, Vec<u8>)> {
    let table: toml::Table = toml::from_str(include_str!("../../assets/keymap.toml")).expect("the table of keys");
    let keys = table["key"].as_array().expect("keys");
    let chords = keys.iter().flat_map(|key| {
        let action = action(&key["action"]);
        let on = key["on"].as_array().expect("chords");
        on.iter().map(move |chord| (action.clone(), bytes(chord.as_str().expect("a chord"))))
    });
    chords.filter(|(_, bytes)| !matches!(bytes.as_slice(), [b'q' | 3 | 0x1a])).collect()
}

/// The name of an action, with its number if it has one: `tab 1`.
fn action(action: &toml::Value) -> String {
    match action {
        toml::Value::String(name) => name.clone(),
        toml::Value::Table(numbered) => {
            let (name, number) = numbered.iter().next().expect("an action with a number");
            format!("{name} {}", number.as_integer().expect("a number"))
        }
        other => panic!("no action: {other:?}"),
    }
}

fn bytes(chord: &str) -> Vec<u8> {
    let named = match chord {
        "enter" => "\r",
        "space" => " ",
        "esc" => return ESCAPE.to_vec(),
        "tab" => "\t",
        "backtab" => "\x1b[Z",
        "backspace" => "\x7f",
        "delete" => "\x1b[3~",
        "up" => "\x1b[A",
        "down" => "\x1b[B",
        "right" => "\x1b[C",
        "left" => "\x1b[D",
        "home" => "\x1b[H",
        "end" => "\x1b[F",
        "pgup" => "\x1b[5~",
        "pgdn" => "\x1b[6~",
        "ctrl-left" => "\x1b[1;5D",
        "ctrl-right" => "\x1b[1;5C",
        "alt-left" => "\x1b[1;3D",
        "alt-right" => "\x1b[1;3C",
        "alt-backspace" => "\x1b\x7f",
        _ => "",
    };
    if !named.is_empty() {
        return named.into();
    }
    match (chord.strip_prefix("ctrl-"), chord.strip_prefix("alt-")) {
        (Some(letter), _) => vec![letter.bytes().next().expect("a letter") & 0x1f],
        (_, Some(letter)) => format!("\x1b{letter}").into(),
        _ => {
            assert_eq!(chord.chars().count(), 1, "no bytes are known for {chord}");
            chord.into()
        }
    }
}

/// Waits until everything that was typed has been answered: the program draws again when it is asked to. `seen` sees the
/// screen after every piece. Whether it is still there. A window without a cell answers nothing.
pub(crate) fn fence(program: &mut Program, mut seen: impl FnMut(&Program)) -> bool {
    let (mut from, end) = (program.written().len(), now() + DEADLINE);
    loop {
        if !program.send(REDRAW) {
            return false;
        }
        // What begins a sequence may have taken the key with it: then it is typed again.
        let again = now() + Duration::from_millis(300);
        while let Some(left) = again.checked_duration_since(now()) {
            match program.next(left) {
                Next::Piece => seen(program),
                Next::Nothing => break,
                Next::End => return false,
            }
            // A sequence counts with its last byte, and its first ones may have come before.
            let new = program.written().get(from..).unwrap_or_default();
            if new.windows(CLEAR.len()).any(|piece| piece == CLEAR) {
                return true;
            }
            from += new.len().saturating_sub(CLEAR.len() - 1);
        }
        assert!(now() < end, "no answer to any key:\n{}", program.screen());
    }
}

#[test]
fn every_chord_of_the_table_has_its_bytes() {
    let table = table();
    assert!(table.len() > 70, "{}", table.len());
    assert!(table.iter().all(|(_, bytes)| !bytes.is_empty()));
    assert!(table.contains(&("half_page_down".to_owned(), vec![4])));
    assert!(table.contains(&("tab 8".to_owned(), b"8".to_vec())));
}
