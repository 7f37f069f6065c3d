//! Drawing of the menu of completions below the filter bar.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Clear;

use super::view::{LABEL_WIDTH, role_of};
use super::{CompletionMenu, Editor, Filter, FilterProps};
use crate::query::Candidate;
use crate::text::Safe;
use crate::ui::{Line, Role, paint};

/// Width in columns of the word `server` or `local` in the menu. The word says whether the service or this program
/// tests a term.
const SCOPE_WIDTH: usize = 6;
/// Maximum number of completions that the menu shows at the same time.
const MAX_SHOWN: usize = 8;
/// Minimum width in columns for the meaning of a completion. If there is less room, the menu shows no meanings.
const MIN_HELP_WIDTH: usize = 10;
/// Minimum width in columns of a menu with a line about further completions, such as ` ↓ 4 more`.
const MIN_REST_WIDTH: usize = 20;

impl Filter {
    /// Draws the menu of the completions over the panes, at the cursor of the filter bar. The menu is below the line
    /// with the request, and above the last line of the screen. `bar` is the area of the filter bar.
    pub fn view_completions(&self, frame: &mut Frame<'_>, bar: Rect, props: &FilterProps<'_>) {
        let Some(editor) = self.editor() else { return };
        let Some(MenuPlace { area, window, more, widths }) = MenuPlace::of(editor, bar, frame.area()) else { return };
        let CompletionMenu { completions, selected } = editor.menu();
        let candidates = &completions.candidates;
        frame.render_widget(Clear, area);
        let lines = candidates.iter().enumerate().take(window.end).skip(window.start);
        let lines = lines.map(|(at, candidate)| widths.line(candidate, selected == Some(at)));
        let rest = more.then(|| widths.rest_line(window.start, candidates.len() - window.end));
        for (row, line) in (0..area.height).zip(lines.chain(rest)) {
            frame.render_widget(paint(&line, props.theme), Rect { y: area.y + row, height: 1, ..area });
        }
    }

    /// Returns the index of the completion that [`Self::view_completions`] draws at the cell `cell`; `None` for a cell
    /// without a completion. `bar` is the area of the filter bar, and `screen` that of the screen.
    pub fn completion_at(&self, cell: Position, bar: Rect, screen: Rect) -> Option<usize> {
        let MenuPlace { area, window, .. } = MenuPlace::of(self.editor()?, bar, screen)?;
        let line = area.contains(cell).then(|| window.start + usize::from(cell.y - area.y))?;
        window.contains(&line).then_some(line)
    }
}

/// The area of the menu of completions on the screen, and the completions that are shown in it.
struct MenuPlace {
    area: Rect,
    /// The indexes of the completions that are shown, one in each line.
    window: Range<usize>,
    /// Whether a further line says how many completions are not shown.
    more: bool,
    widths: MenuWidths,
}

impl MenuPlace {
    /// Returns the area of the editor's menu on the screen, and the completions shown in it. `None` if there is no
    /// completion or no room. `bar` is the area of the filter bar, and `screen` that of the screen.
    fn of(editor: &Editor, bar: Rect, screen: Rect) -> Option<Self> {
        let CompletionMenu { completions, selected } = editor.menu();
        let candidates = &completions.candidates;
        let top = bar.y.saturating_add(2);
        let (window, more) = window(candidates.len(), selected, usize::from(screen.bottom().saturating_sub(top + 1)));
        if window.is_empty() {
            return None;
        }
        let widths = MenuWidths::of(candidates, more, usize::from(screen.width));
        let width = u16::try_from(widths.total).unwrap_or(u16::MAX);
        let before = editor.text().get(..completions.replace.start).unwrap_or_default();
        let column = u16::try_from(Safe::sanitize(before).width()).unwrap_or(u16::MAX);
        let x = bar.x.saturating_add(LABEL_WIDTH).saturating_add(column).min(screen.right().saturating_sub(width));
        let rows = u16::try_from(window.len() + usize::from(more)).unwrap_or(u16::MAX);
        let area = Rect { x, y: top, width, height: rows }.intersection(screen);
        Some(Self { area, window, more, widths })
    }
}

/// Returns the indexes of the completions that the menu shows. The flag says whether the menu has a further line with
/// the number of completions that are not shown.
///
/// - `all`: the number of completions.
/// - `selected`: the index of the selected completion, which is always among the shown ones.
/// - `height`: the maximum number of lines of the menu.
fn window(all: usize, selected: Option<usize>, height: usize) -> (Range<usize>, bool) {
    if all <= MAX_SHOWN.min(height) {
        return (0..all, false);
    }
    let shown = MAX_SHOWN.min(height.saturating_sub(1));
    let start = selected.unwrap_or(0).saturating_sub(shown / 2).min(all - shown);
    (start..start + shown, true)
}

/// Widths in columns of the parts of a menu line: the completion, the word `server` or `local`, and the meaning. A part
/// that has no room has the width 0.
struct MenuWidths {
    insert: usize,
    scope: usize,
    help: usize,
    total: usize,
}

impl MenuWidths {
    /// Returns the widths for a menu that shows the completions `candidates`. The menu is at most `room` columns wide.
    /// `has_more` says whether the menu also has a line about further completions.
    fn of(candidates: &[Candidate], has_more: bool, room: usize) -> Self {
        let widest = |width: fn(&Candidate) -> usize| candidates.iter().map(width).max().unwrap_or(0);
        let insert = widest(|it| it.insert.width()).min(room.saturating_sub(2));
        let after_insert = room.saturating_sub(insert + 2);
        let scope = if after_insert >= SCOPE_WIDTH + 2 { SCOPE_WIDTH } else { 0 };
        let after_scope = after_insert.saturating_sub(SCOPE_WIDTH + 4);
        let wanted = widest(|it| it.help.width());
        let help = if after_scope >= MIN_HELP_WIDTH.min(wanted) { wanted.min(after_scope) } else { 0 };
        let gaps = [scope, help].into_iter().filter(|width| *width > 0).count() * 2;
        let total = (insert + scope + help + gaps + 2).max(if has_more { MIN_REST_WIDTH.min(room) } else { 0 });
        Self { insert, scope, help, total }
    }

    /// Returns the menu line of a completion: its text, who tests the term (`server` or `local`), and its meaning.
    /// `is_selected` says whether the completion is the selected one.
    fn line(&self, candidate: &Candidate, is_selected: bool) -> Line {
        let scope = candidate.scope;
        let role = |role: Role| if is_selected { Role::Cursor } else { role };
        let mut line = Line::new()
            .word(" ", role(Role::Plain))
            .with(candidate.insert.fit(self.insert).pad(self.insert), role(Role::Plain));
        if self.scope > 0 {
            let word = Safe::from_static(scope.word()).pad(self.scope);
            line = line.word("  ", role(Role::Plain)).with(word, role(role_of(scope)));
        }
        if self.help > 0 {
            line = line.word("  ", role(Role::Plain)).with(candidate.help.fit(self.help), role(Role::Dim));
        }
        let left = self.total.saturating_sub(line.width());
        line.with(Safe::from_static("").pad(left), role(Role::Plain))
    }

    /// Returns the line that says how many completions are not shown: `above` of them above the shown ones, and `below`
    /// of them below.
    fn rest_line(&self, above: usize, below: usize) -> Line {
        let text = match (above, below) {
            (0, below) => format!(" ↓ {below} more"),
            (above, 0) => format!(" ↑ {above} more"),
            (above, below) => format!(" ↑ {above}  ↓ {below} more"),
        };
        Line::new().with(Safe::sanitize(&text).fit(self.total).pad(self.total), Role::Dim)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_completion_is_always_shown_and_all_are_counted() {
        for all in 0..40 {
            for height in 2..12 {
                for selected in (0..all).map(Some).chain([None]) {
                    let (shown, more) = window(all, selected, height);
                    assert!(shown.len() + usize::from(more) <= height && shown.len() <= MAX_SHOWN, "{all} in {height}");
                    assert!(selected.is_none_or(|at| shown.contains(&at)), "{selected:?} of {all} in {height}");
                    assert_eq!(more, shown.len() < all, "{all} in {height}");
                }
            }
        }
    }
}
