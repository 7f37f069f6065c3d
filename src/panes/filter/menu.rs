//! Drawing of the menu of completions below the filter bar.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::view::{LABEL_WIDTH, role_of};
use super::{CompletionMenu, Editor, Filter, FilterProps};
use crate::query::{Candidate, Scope};
use crate::text::Safe;
use crate::ui::{Line, Panel, Role, clear, paint};

/// Width in columns of the longest of [`place_words`], which say who tests a term.
const PLACE_WIDTH: usize = 24;
/// Maximum number of completions that the menu shows at the same time.
const MAX_SHOWN: usize = 8;
/// Minimum width in columns for the meaning of a completion. If there is less room, the menu shows no meanings.
const MIN_HELP_WIDTH: usize = 10;
/// Minimum width in columns inside a menu whose lower border says how many further completions there are, as in
/// `14 more below`.
const MIN_REST_WIDTH: usize = 32;
/// Number of columns, and of lines, that the frame of the menu takes.
const FRAME: u16 = 2;
/// Largest width in columns of a screen on which the menu takes the whole width. Beside a menu on such a screen, only
/// scraps of the panes would be seen.
const MAX_NARROW_SCREEN: u16 = 60;

impl Filter {
    /// Draws the menu of the completions over the panes, at the cursor of the filter bar. The menu is below the upper
    /// border of the panes, and above the last line of the screen. `bar` is the area of the filter bar.
    pub fn view_completions(&self, frame: &mut Frame<'_>, bar: Rect, props: &FilterProps<'_>) {
        let Some(editor) = self.editor() else { return };
        let Some(MenuPlace { area, window, widths }) = MenuPlace::of(editor, bar, frame.area()) else { return };
        let CompletionMenu { completions, selected } = editor.menu();
        let candidates = &completions.candidates;
        clear(frame, area);
        let bottom_line = rest_line(window.start, candidates.len() - window.end);
        let inner = Panel { title: title(editor), bottom_line, focused: true }.draw(frame, area, props.theme);
        let lines = candidates.iter().enumerate().take(window.end).skip(window.start);
        for (row, (at, candidate)) in inner.rows().zip(lines) {
            frame.render_widget(paint(&widths.line(candidate, selected == Some(at)), props.theme), row);
        }
    }

    /// Returns the area of the menu that [`Self::view_completions`] draws; `None` if it draws none. `bar` is the area of
    /// the filter bar, and `screen` that of the screen.
    pub fn completions_area(&self, bar: Rect, screen: Rect) -> Option<Rect> {
        MenuPlace::of(self.editor()?, bar, screen).map(|place| place.area)
    }

    /// Returns the index of the completion that [`Self::view_completions`] draws at the cell `cell`; `None` for a cell
    /// without a completion. `bar` is the area of the filter bar, and `screen` that of the screen.
    pub fn completion_at(&self, cell: Position, bar: Rect, screen: Rect) -> Option<usize> {
        let MenuPlace { area, window, .. } = MenuPlace::of(self.editor()?, bar, screen)?;
        let inner = Panel::inner_area(area);
        let line = inner.contains(cell).then(|| window.start + usize::from(cell.y - inner.y))?;
        window.contains(&line).then_some(line)
    }
}

/// The area of the menu of completions on the screen, and the completions that are shown in it.
struct MenuPlace {
    /// The area of the menu with its frame.
    area: Rect,
    /// The indexes of the completions that are shown, one in each line.
    window: Range<usize>,
    widths: MenuWidths,
}

impl MenuPlace {
    /// Returns the area of the editor's menu on the screen, and the completions shown in it. `None` if there is no
    /// completion or no room. `bar` is the area of the filter bar, and `screen` that of the screen.
    fn of(editor: &Editor, bar: Rect, screen: Rect) -> Option<Self> {
        let CompletionMenu { completions, selected } = editor.menu();
        let candidates = &completions.candidates;
        let top = bar.y.saturating_add(3);
        let height = screen.bottom().saturating_sub(top + 1).saturating_sub(FRAME);
        let window = window(candidates.len(), selected, usize::from(height));
        if window.is_empty() {
            return None;
        }
        let has_more = window.len() < candidates.len();
        let title_width = title(editor).width();
        let room = usize::from(screen.width.saturating_sub(FRAME));
        let is_narrow = screen.width <= MAX_NARROW_SCREEN;
        let widths = MenuWidths::of(
            candidates,
            completed_key(editor).is_some(),
            has_more,
            if is_narrow { room } else { title_width },
            room,
        );
        let width = u16::try_from(widths.total).unwrap_or(u16::MAX).saturating_add(FRAME);
        let before = editor.text().get(..completions.replace.start).unwrap_or_default();
        let column = u16::try_from(Safe::sanitize(before).width()).unwrap_or(u16::MAX);
        // The completions begin below the word that they complete: after the frame and the column of the sign.
        let x = bar.x.saturating_add(LABEL_WIDTH).saturating_add(column).saturating_sub(2);
        let x = x.min(screen.right().saturating_sub(width));
        let rows = u16::try_from(window.len()).unwrap_or(u16::MAX).saturating_add(FRAME);
        let area = Rect { x, y: top, width, height: rows }.intersection(screen);
        Some(Self { area, window, widths })
    }
}

/// Returns the title of the menu: the key whose values it shows, such as `retry:`, since the filter bar may cut it off.
/// Returns another title for a menu of keys. If all completions are tested by the same side, the title says by which.
fn title(editor: &Editor) -> Line {
    let words = match completed_key(editor) {
        Some(key) => Safe::sanitize(&format!(" {key} ")),
        None => Safe::from_static(" suggested terms "),
    };
    let line = Line::new().with(words, Role::Title);
    // Beside the words for a menu of keys, it would read as what the suggestions do.
    match completed_key(editor).and_then(|_| common_place(&editor.menu().completions.candidates)) {
        Some((words, role)) => line.word("· ", Role::Dim).word(words, role).word(" ", Role::Plain),
        None => line,
    }
}

/// Returns the key and its sign, such as `retry:`, whose values the menu of the editor offers. `None` if the menu offers
/// keys.
fn completed_key(editor: &Editor) -> Option<&str> {
    let before = editor.text().get(..editor.menu().completions.replace.start).unwrap_or_default();
    let word = before.split_whitespace().next_back().filter(|_| !before.ends_with(' '));
    // A `!` before a key is no key.
    word.filter(|word| word.chars().any(char::is_alphanumeric))
}

/// Returns the words that say who tests the terms of the completions `candidates`, with their role. `None` if these
/// differ, or if there is no completion.
fn common_place(candidates: &[Candidate]) -> Option<(&'static str, Role)> {
    let place = |candidate: &Candidate| (place_words(candidate), role_of(candidate.scope));
    let first = candidates.first().map(place)?;
    candidates.iter().all(|candidate| place(candidate) == first).then_some(first)
}

/// Returns the indexes of the completions that the menu shows.
///
/// - `all`: the number of completions.
/// - `selected`: the index of the selected completion, which is always among the shown ones.
/// - `height`: the maximum number of lines inside the menu.
fn window(all: usize, selected: Option<usize>, height: usize) -> Range<usize> {
    let shown = all.min(MAX_SHOWN).min(height);
    let start = selected.unwrap_or(0).saturating_sub(shown / 2).min(all - shown);
    start..start + shown
}

/// Returns the line for the lower border of the menu. It says how many completions are not shown: `above` of them above
/// the shown ones, and `below` of them below. The line is empty if all are shown.
fn rest_line(above: usize, below: usize) -> Line {
    let text = match (above, below) {
        (0, 0) => return Line::new(),
        (0, below) => format!(" {below} more below, type to narrow "),
        (above, 0) => format!(" {above} more above "),
        (above, below) => format!(" {above} more above, {below} below "),
    };
    Line::new().with(Safe::sanitize(&text), Role::Dim)
}

/// Returns the words that say who tests the term of a completion, or that it only changes the request.
const fn place_words(candidate: &Candidate) -> &'static str {
    match candidate.scope {
        Scope::Server if candidate.is_filter => "filters on the server",
        Scope::Server => "changes the request",
        Scope::Local => "filters loaded rows only",
    }
}

/// Widths in columns of the parts of a menu line: the completion, its meaning, and the words that say who tests a term.
/// A part that has no room has the width 0, and so has the last one if the title of the menu has its words.
struct MenuWidths {
    insert: usize,
    help: usize,
    place: usize,
    total: usize,
}

impl MenuWidths {
    /// Returns the widths for a menu that shows the completions `candidates`; `is_of_key` says whether these are values of
    /// a key. The menu is at most `room` columns wide
    /// inside its frame, and if possible as wide as its title, which has `title` columns. `has_more` says whether its
    /// lower border says how many further completions there are.
    fn of(candidates: &[Candidate], is_of_key: bool, has_more: bool, title: usize, room: usize) -> Self {
        let widest = |width: fn(&Candidate) -> usize| candidates.iter().map(width).max().unwrap_or(0);
        let insert = widest(|it| it.insert.width()).min(room.saturating_sub(2));
        let after_insert = room.saturating_sub(insert + 4);
        let wanted = widest(|it| it.help.width());
        let help = if after_insert >= MIN_HELP_WIDTH.min(wanted) { wanted.min(after_insert) } else { 0 };
        let gap = if help > 0 { 2 } else { 0 };
        let after_help = room.saturating_sub(insert + gap + help + 2);
        let is_in_title = is_of_key && common_place(candidates).is_some();
        let place = if !is_in_title && after_help >= PLACE_WIDTH + 2 { PLACE_WIDTH } else { 0 };
        let gaps = [help, place].into_iter().filter(|width| *width > 0).count() * 2;
        let total = (insert + help + place + gaps + 2).max(if has_more { MIN_REST_WIDTH.min(room) } else { 0 });
        let total = total.max(title.min(room));
        Self { insert, help, place, total }
    }

    /// Returns the menu line of a completion: its text, its meaning, and where a term is tested. `is_selected` says
    /// whether the completion is the selected one.
    fn line(&self, candidate: &Candidate, is_selected: bool) -> Line {
        let role = |role: Role| if is_selected { Role::Cursor } else { role };
        let mut line = Line::new()
            .word(if is_selected { "▶" } else { " " }, role(Role::Plain))
            .with(candidate.insert.fit(self.insert).pad(self.insert), role(Role::Plain));
        if self.help > 0 {
            let help = candidate.help.fit(self.help).pad(self.help);
            line = line.word("  ", role(Role::Plain)).with(help, role(Role::Dim));
        }
        if self.place > 0 {
            let words = Safe::from_static(place_words(candidate)).pad(self.place);
            line = line.word("  ", role(Role::Plain)).with(words, role(role_of(candidate.scope)));
        }
        let left = self.total.saturating_sub(line.width());
        line.with(Safe::from_static("").pad(left), role(Role::Plain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_completion_is_always_shown_and_all_are_counted() {
        for all in 0..40 {
            for height in 1..12 {
                for selected in (0..all).map(Some).chain([None]) {
                    let shown = window(all, selected, height);
                    assert_eq!(shown.len(), all.min(height).min(MAX_SHOWN), "{all} in {height}");
                    assert!(selected.is_none_or(|at| shown.contains(&at)), "{selected:?} of {all} in {height}");
                    let rest = rest_line(shown.start, all - shown.end).text();
                    assert_eq!(rest.is_empty(), shown.len() == all, "{all} in {height}");
                }
            }
        }
    }
}
