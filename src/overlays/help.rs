//! The help page: the keys in groups, the signs of the list and the tabs, and the filter language. Each of these is
//! made from a table.

use std::borrow::Cow;

use ratatui::layout::{Rect, Size};

use super::{Overlay, centred};
use crate::keys::{Action, Binding, Context, Keymap};
use crate::kit::Scroll;
use crate::query;
use crate::text::{Safe, SearchPattern};
use crate::ui::{Line, Role, TextField, indent, side_by_side, wrap};

/// The place from which the help page is opened. The page begins with the keys of this place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HelpPlace {
    /// The pane with the focus.
    pub pane: Context,
    /// The number and the name of the shown tab, if the detail pane has the focus.
    pub tab: Option<(u8, &'static str)>,
}

/// State of the help page: its cursor, and the search. `T` is the type of the copy menu's entries, see [`Overlay`].
pub struct HelpPage<T> {
    place: HelpPlace,
    /// The cursor line and the first visible line.
    pub(super) scroll: Scroll,
    /// The text field with the search text; `None` if the user does not search the page.
    field: Option<TextField>,
    /// Whether the user is typing into the text field. After the Enter key, the user no longer types, but the page
    /// still shows only matching entries.
    is_typing: bool,
    /// The overlay that the help page covers, if there is one. It is shown again when the page is closed.
    pub(super) below: Option<Box<Overlay<T>>>,
}

impl<T> HelpPage<T> {
    /// Creates a help page that begins with the keys of `place`. `below` is the overlay that the page covers, if there
    /// is one.
    pub(super) fn new(place: HelpPlace, below: Option<Box<Overlay<T>>>) -> Self {
        Self { place, scroll: Scroll::default(), field: None, is_typing: false, below }
    }

    /// Returns the pattern that an entry must match to be shown on the help page. `None` if no search text is typed:
    /// all entries are shown.
    pub(super) fn pattern(&self) -> Option<SearchPattern> {
        self.field.as_ref().and_then(|field| SearchPattern::new(field.text()))
    }

    /// Returns the search text that still limits the help page to its matches after the user has finished typing.
    /// `None` while the user types, or if there is no search text.
    pub(super) fn narrowed_by(&self) -> Option<Safe> {
        let text = self.field.as_ref().filter(|_| !self.is_typing)?.text();
        (!text.is_empty()).then(|| Safe::sanitize(text).fit(SEARCH_WIDTH))
    }

    /// Returns the text field for the search text; `None` while the user does not type into it.
    pub(super) fn field(&self) -> Option<&TextField> {
        self.field.as_ref().filter(|_| self.is_typing)
    }

    /// Returns the text field for the search text, for changes; `None` while the user does not type into it.
    pub(super) fn field_mut(&mut self) -> Option<&mut TextField> {
        self.field.as_mut().filter(|_| self.is_typing)
    }

    /// Performs an action of the search: opens the text field for the search text, ends the typing, or ends the search.
    /// Returns `false` for any other action.
    pub(super) fn update(&mut self, action: Action) -> bool {
        match action {
            Action::Search => {
                self.field.get_or_insert_with(|| TextField::new(""));
                self.is_typing = true;
            }
            Action::Open if self.is_typing => self.is_typing = false,
            Action::Back | Action::Interrupt if self.field.is_some() => {
                self.field = None;
                self.is_typing = false;
            }
            _ => return false,
        }
        self.scroll = Scroll::default();
        true
    }

    /// Returns the text for the lower border of the page during a search, as in ` 2 found `. `None` if no search
    /// text is typed.
    pub(super) fn found_text(&self, keymap: &Keymap) -> Option<Line> {
        let pattern = self.pattern()?;
        let found: usize = found_groups(keymap, self.place, Some(&pattern)).map(|group| group.entries.len()).sum();
        let words = format!(" {found} found ");
        Some(Line::new().with(Safe::sanitize(&words), Role::Dim))
    }

    /// Returns the lines of the page, `columns` columns wide. During a search, these are the entries that match the
    /// search text, or a sentence if none matches.
    pub(super) fn lines(&self, keymap: &Keymap, columns: usize) -> Vec<Line> {
        let lines = lines(keymap, self.place, columns, self.pattern().as_ref());
        if lines.is_empty() { vec![Line::new().word(" No key, sign or filter term matches", Role::Dim)] } else { lines }
    }
}

/// Maximum width in columns of the search text in the title of the page.
const SEARCH_WIDTH: usize = 30;

/// Minimum width in columns of the explanation beside the names of a key. If there is less room, the explanation is
/// below the names.
const NARROW_WIDTH: usize = 30;

/// The signs of the list and the tabs (such as `·` in a cell), each with its meaning. The help page shows them.
const SIGNS: [(&str, &str); 19] = [
    ("▶", "Before a row, or a line of a menu: the chosen one, on which the keys act"),
    ("·", "In a cell: not fetched, since lists leave fields out"),
    ("–", "Empty: the field was received without a value"),
    ("?", "Unclear: not documented, unreadable, or sent twice with different values"),
    ("+", "Before a row: new since the last refresh"),
    ("~", "Next to a cell: changed since it was loaded. Before a time: known to the minute only"),
    ("*", "Before the first cell of a row: marked"),
    (
        "‼ ! – ?",
        "Before a row: the worst finding in what its full record holds is an alert, a warning, or neither. A question mark (?) means that the findings are not known: the full record was not opened yet, or it is older than the list",
    ),
    (
        "‼ ! i",
        "Before a finding: alert (speaks against the applicant, or contradicts itself), warning (look at it), note (information)",
    ),
    ("✓ ✗", "Passed; not passed, or failed"),
    ("…", "At the end of a text: the rest was cut off. Before a number: how much more there is"),
    (
        "= ≈ ≠",
        "OCR and comparison: the values agree; they are equivalent: only the form differs (how is named); they differ",
    ),
    ("^", "OCR and comparison, below a value: the characters that differ"),
    ("▲ ▼", "Attempts: higher or lower than in the previous attempt"),
    ("•••", "Hidden by the mask"),
    ("‹U+202E›", "An invisible character, shown by its code"),
    ("▸ ▾", "A part of a tree or of the comparison: closed, open"),
    ("━ ● ┊", "Timeline: a camera process, a request or another event, an idle gap that is not drawn to scale"),
    (
        "→",
        "After a line: opening it goes to the fields that it is about. In the statistics: opening it adds the value to the filter",
    ),
];

/// The signs in the overlay with the pictures, each with its meaning. The help page over the pictures shows them.
const PICTURE_SIGNS: [(&str, &str); 4] = [
    ("[Selfie]", "The picture on which the keys act"),
    ("[ID front] + Selfie", "Side by side: both are shown"),
    ("Address?", "Not known whether this picture exists: no record names it, and it was not fetched"),
    ("fit", "Zoom: the whole picture is as large as fits. 141 % of fit is one step closer"),
];

/// The text in the place of key names for an action that has no key, since the user's configuration removed all of
/// them.
const NO_KEY: &str = "(no key)";

/// Width in columns of the names of keys on the help page.
const KEYS_WIDTH: usize = 24;

pub(super) fn area(screen: Size) -> Rect {
    centred(screen, 92, screen.height.saturating_sub(2))
}

/// One entry of the help page: the keys of an action, a sign or a term of the filter language, and its explanation.
struct HelpEntry<'a> {
    /// What is explained: keys, a sign or a filter term.
    left: String,
    /// The explanation.
    right: Cow<'a, str>,
    /// Text that a search finds too but that is not shown: the name of the action. Empty for signs and filter terms.
    name: String,
}

/// A group of entries of the help page.
struct HelpGroup<'a> {
    heading: String,
    entries: Vec<HelpEntry<'a>>,
    /// Number of the group's own entries: the keys that apply only in the pane with the focus. A group with mostly own
    /// entries is shown near the beginning of the page.
    own: usize,
}

/// Returns all entries of the help page in groups. The keys of the shown tab come first, then those of the pane with
/// the focus, as `place` says. If the page was opened over the pictures, only the keys and signs of the pictures are
/// returned.
fn groups(keymap: &Keymap, place: HelpPlace) -> Vec<HelpGroup<'_>> {
    let mut groups: Vec<HelpGroup<'_>> = Vec::new();
    let is_over_pictures = place.pane == Context::Pictures;
    // Of the keys of the panes, none acts on the pictures.
    let is_valid = |binding: &&Binding| !is_over_pictures || binding.context.contains(&Context::Pictures);
    for binding in keymap.bindings().iter().filter(is_valid) {
        let name = format!("{} {}", binding.label, binding.action.to_string().replace('_', " "));
        let left = if binding.on.is_empty() { NO_KEY.to_owned() } else { binding.chords() };
        let tab = place.tab.filter(|(tab, _)| binding.tabs.contains(tab));
        let right = tab.map_or(Cow::Borrowed(&*binding.help), |(_, name)| below_own_heading(&binding.help, name));
        let entry = HelpEntry { left, right, name };
        let heading = tab.map_or_else(|| binding.group.clone(), |(_, name)| format!("{name} tab"));
        let own = usize::from(binding.context == [place.pane]);
        match groups.iter_mut().find(|group| group.heading == heading) {
            Some(group) => {
                group.entries.push(entry);
                group.own += own;
            }
            None => groups.push(HelpGroup { heading, entries: vec![entry], own }),
        }
    }
    let is_of_tab = |group: &HelpGroup<'_>| place.tab.is_some_and(|(_, name)| group.heading == format!("{name} tab"));
    let is_of_pane = |group: &HelpGroup<'_>| group.own * 2 > group.entries.len();
    groups.sort_by_key(|group| (!is_of_tab(group), !is_of_pane(group)));
    let plain =
        |(left, right): (&str, &'static str)| HelpEntry { left: left.into(), right: right.into(), name: String::new() };
    if is_over_pictures {
        groups.push(HelpGroup { heading: "Signs".into(), entries: PICTURE_SIGNS.map(plain).into(), own: 0 });
        return groups;
    }
    groups.push(HelpGroup { heading: "Signs".into(), entries: SIGNS.map(plain).into(), own: 0 });
    let entries = query::keys().iter().map(|key| plain((key.example, key.help))).collect();
    let heading = "Filter language: terms separated by blanks, all must match".into();
    groups.push(HelpGroup { heading, entries, own: 0 });
    groups
}

/// Returns the lines of the help page, `columns` columns wide. The explanation is beside the names of the keys, or
/// below them if there is little room. With a `pattern`, only the entries that match it are returned, and all entries
/// of a group whose heading matches.
fn lines(keymap: &Keymap, place: HelpPlace, columns: usize, pattern: Option<&SearchPattern>) -> Vec<Line> {
    let mut lines = Vec::new();
    for HelpGroup { heading: group, entries, .. } in found_groups(keymap, place, pattern) {
        heading(&mut lines, Safe::sanitize(&group));
        entries.iter().for_each(|shown| entry(&mut lines, &shown.left, &shown.right, columns));
    }
    lines
}

/// Returns the groups of [`groups`] with only the entries that match `pattern`, and all entries of a group whose heading
/// matches. Groups without such an entry are left out.
fn found_groups<'a>(
    keymap: &'a Keymap,
    place: HelpPlace,
    pattern: Option<&SearchPattern>,
) -> impl Iterator<Item = HelpGroup<'a>> {
    let matches = move |text: &str| pattern.is_none_or(|pattern| pattern.matches(text));
    groups(keymap, place).into_iter().filter_map(move |mut group| {
        let is_named = matches(&group.heading);
        let texts = |entry: &HelpEntry<'_>| [&*entry.left, &entry.right, &entry.name].into_iter().any(matches);
        group.entries.retain(|entry| is_named || texts(entry));
        (!group.entries.is_empty()).then_some(group)
    })
}

/// Returns `help`, the help of a key, for the place below the heading of the tab `name`. The names of tabs in brackets at
/// its end are then only those of the other tabs in which the key acts.
fn below_own_heading<'h>(help: &'h str, name: &str) -> Cow<'h, str> {
    let named = help.strip_suffix(')').and_then(|help| help.rsplit_once(" ("));
    let Some((words, tabs)) = named.filter(|(_, tabs)| tabs.split(", ").any(|tab| tab == name)) else {
        return Cow::Borrowed(help);
    };
    let others: Vec<&str> = tabs.split(", ").filter(|tab| *tab != name).collect();
    match others.is_empty() {
        true => Cow::Borrowed(words),
        false => Cow::Owned(format!("{words} (also in {})", others.join(", "))),
    }
}

fn heading(lines: &mut Vec<Line>, text: Safe) {
    if !lines.is_empty() {
        lines.push(Line::new());
    }
    lines.push(Line::new().word(" ", Role::Plain).with(text, Role::Title));
}

fn entry(lines: &mut Vec<Line>, left: &str, right: &str, columns: usize) {
    let (left, right) = (Safe::sanitize(left), Safe::sanitize(right));
    let beside = columns.saturating_sub(KEYS_WIDTH + 3);
    if beside < NARROW_WIDTH {
        lines.extend(indent(wrap(&left, columns.saturating_sub(2), Role::Info), 2));
        return lines.extend(indent(wrap(&right, columns.saturating_sub(4), Role::Plain), 4));
    }
    let keys = vec![Line::new().with(left.pad(KEYS_WIDTH), Role::Info)];
    lines.extend(indent(side_by_side(vec![(KEYS_WIDTH + 1, keys), (beside, wrap(&right, beside, Role::Plain))]), 2));
}
