//! The help page: every key by group, the signs of the list and the tabs, and the filter language. Each part is made
//! from a table.

use ratatui::layout::{Rect, Size};

use super::centred;
use crate::keys::Keymap;
use crate::query;
use crate::text::Safe;
use crate::ui::{Line, Role, indent, side_by_side, wrap};

/// Minimum number of columns for the text that explains a key, beside the names of the key. In fewer columns, the text
/// is below these names.
const NARROW: usize = 30;

/// The signs of the list and the tabs (such as `·` in a cell), each with its meaning. The help page shows them.
const SIGNS: [(&str, &str); 16] = [
    ("·", "In a cell: not fetched, since lists leave fields out"),
    ("–", "Empty: the field was received without a value"),
    (
        "?",
        "Unclear: not documented, unreadable, or sent twice with different values. Before a name: it contains invisible characters, or characters that reorder text",
    ),
    ("+", "Before a row: new since the last refresh"),
    ("~", "Next to a cell: changed since it was loaded. Before a time: known to the minute only"),
    (
        "✗ ! blank",
        "Before a row: worst finding of its full record: alert, warning, or none of the two. Also blank until the row was opened: blank does not mean clean",
    ),
    (
        "✗ ! ·",
        "Before a finding: alert (speaks against the applicant, or contradicts itself), warning (look at it), note (information)",
    ),
    ("✓ ✗", "Passed, and not passed or failed"),
    ("…", "Before a status: not decided yet. At the end of a text: the rest was cut off"),
    ("= ≈ ≠", "OCR and comparison: the values agree; they are equivalent (the difference is named); they differ"),
    ("▲ ▼", "Attempts: higher or lower than in the previous attempt"),
    ("•••", "Hidden at this mask level"),
    ("‹U+202E›", "An invisible character, shown as a mark"),
    ("▸ ▾", "A part of a tree or of the comparison: folded, open"),
    ("━ ● ┊", "Timeline: a camera process, an event, an idle time that is not drawn to scale"),
    ("→", "Enter jumps to the evidence; in the statistics, it adds the value to the filter"),
];

/// Width in columns of the names of the keys on the help page.
const KEYS: usize = 24;

pub(super) fn area(screen: Size) -> Rect {
    centred(screen, 92, screen.height.saturating_sub(2))
}

/// Returns the lines of the help page for a width of `columns` columns. The text that explains a key is wrapped beside
/// the name of the key, or below the name if there is little room.
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
    heading(&mut lines, Safe::from_static("Signs"));
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
    let beside = columns.saturating_sub(KEYS + 3);
    if beside < NARROW {
        lines.extend(indent(wrap(&left, columns.saturating_sub(2), Role::Info), 2));
        return lines.extend(indent(wrap(&right, columns.saturating_sub(4), Role::Plain), 4));
    }
    let keys = vec![Line::new().with(left.pad(KEYS), Role::Info)];
    lines.extend(indent(side_by_side(vec![(KEYS + 1, keys), (beside, wrap(&right, beside, Role::Plain))]), 2));
}
