//! The help page: every key by group, then the filter language, both from their tables.

use ratatui::layout::{Rect, Size};

use super::centred;
use crate::keys::Keymap;
use crate::query;
use crate::text::Safe;
use crate::ui::{Line, Role};

/// Columns of the keys.
const KEYS: usize = 24;

pub(super) fn area(screen: Size) -> Rect {
    centred(screen, 92, screen.height.saturating_sub(2))
}

pub(super) fn lines(keymap: &Keymap) -> Vec<Line> {
    let mut groups: Vec<&str> = Vec::new();
    for binding in keymap.bindings() {
        if !groups.contains(&binding.group.as_str()) {
            groups.push(&binding.group);
        }
    }
    let mut lines = Vec::new();
    for group in groups {
        heading(&mut lines, Safe::of(group));
        for binding in keymap.bindings().iter().filter(|binding| binding.group == group) {
            lines.push(entry(&binding.chords(), &binding.help));
        }
    }
    heading(&mut lines, Safe::word("Filter language: terms joined by blanks, all must hold"));
    for key in query::keys() {
        lines.push(entry(key.example, key.help));
    }
    lines
}

fn heading(lines: &mut Vec<Line>, text: Safe) {
    if !lines.is_empty() {
        lines.push(Line::blank());
    }
    lines.push(Line::blank().word(" ", Role::Plain).with(text, Role::Title));
}

fn entry(left: &str, right: &str) -> Line {
    Line::blank()
        .word("  ", Role::Plain)
        .with(Safe::of(left).pad(KEYS), Role::Info)
        .word(" ", Role::Plain)
        .with(Safe::of(right), Role::Plain)
}
