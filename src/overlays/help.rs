//! The help page: every key by group, the signs of a row, the filter language, each from its table.

use ratatui::layout::{Rect, Size};

use super::centred;
use crate::keys::Keymap;
use crate::query;
use crate::text::Safe;
use crate::ui::{Line, Role};

/// Fewer columns than these are too few for words beside the keys.
const NARROW: usize = 30;

/// What is before a row or between its cells.
const SIGNS: [(&str, &str); 3] = [
    ("+", "New since the last refresh"),
    ("~", "Changed since it was loaded, next to the changed cell"),
    ("!", "Contains characters that are invisible or reorder text; they are shown as ‹U+…›"),
];

/// Columns of the keys.
const KEYS: usize = 24;

pub(super) fn area(screen: Size) -> Rect {
    centred(screen, 92, screen.height.saturating_sub(2))
}

/// The lines for a width: what a key does is wrapped beside its keys, or below them where there is little room.
pub(super) fn lines(keymap: &Keymap, columns: usize) -> Vec<Line> {
    let mut groups: Vec<&str> = Vec::new();
    for binding in keymap.bindings() {
        if !groups.contains(&binding.group.as_str()) {
            groups.push(&binding.group);
        }
    }
    let mut lines = Vec::new();
    for group in groups {
        heading(&mut lines, Safe::sanitize(group));
        for binding in keymap.bindings().iter().filter(|binding| binding.group == group) {
            entry(&mut lines, &binding.chords(), &binding.help, columns);
        }
    }
    heading(&mut lines, Safe::from_static("Signs of a row"));
    for (sign, words) in SIGNS {
        entry(&mut lines, sign, words, columns);
    }
    heading(&mut lines, Safe::from_static("Filter language: terms separated by blanks, all must match"));
    for key in query::keys() {
        entry(&mut lines, key.example, key.help, columns);
    }
    lines
}

fn heading(lines: &mut Vec<Line>, text: Safe) {
    if !lines.is_empty() {
        lines.push(Line::new());
    }
    lines.push(Line::new().word(" ", Role::Plain).with(text, Role::Title));
}

fn entry(lines: &mut Vec<Line>, left: &str, right: &str, columns: usize) {
    let (left, right) = (Safe::sanitize(left), Safe::sanitize(right));
    let start = Line::new().word("  ", Role::Plain);
    let beside = columns.saturating_sub(KEYS + 3);
    if beside < NARROW {
        lines.extend(
            left.wrap(columns.saturating_sub(2).max(1)).into_iter().map(|part| start.clone().with(part, Role::Info)),
        );
        let below = right.wrap(columns.saturating_sub(4).max(1)).into_iter();
        lines.extend(below.map(|part| Line::new().word("    ", Role::Plain).with(part, Role::Plain)));
        return;
    }
    for (at, part) in right.wrap(beside).into_iter().enumerate() {
        let keys = if at == 0 { left.pad(KEYS) } else { Safe::default().pad(KEYS) };
        lines.push(start.clone().with(keys, Role::Info).word(" ", Role::Plain).with(part, Role::Plain));
    }
}
