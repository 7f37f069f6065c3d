//! Draws the overlays: for each a panel over the panes, with the visible lines of the overlay.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Overlay, OverlayProps, columns, copy, export, fetch, help, palette, sort, unmask};
use crate::keys::{Action, Keymap};
use crate::kit::Scroll;
use crate::submission::row::Column;
use crate::text::Safe;
use crate::ui::{Line, Panel, Role, Theme, clear, mark_matches, paint};

/// The sign before the text field of an overlay.
pub(super) const FIELD_LABEL: &str = " › ";

impl<T: Clone + PartialEq> Overlay<T> {
    /// Draws this overlay, such as the help page or the copy menu, over the panes.
    pub fn view(&self, frame: &mut Frame<'_>, props: &OverlayProps<'_>) {
        let (keymap, sorted, theme) = (props.keymap, props.sorted, props.theme);
        let screen = frame.area().as_size();
        let (title, area, scroll, lines) = match self {
            Self::Views(menu) => return menu.view(frame, props.views, keymap, theme),
            Self::Help(page) => {
                let area = help::area(screen);
                (" Help ", area, &page.scroll, page.lines(keymap, usize::from(Panel::inner_area(area).width)))
            }
            Self::Palette(menu) => {
                let area = palette::area(screen);
                (" Palette ", area, &menu.scroll, menu.lines(usize::from(Panel::inner_area(area).width)))
            }
            Self::Sort(scroll) => (" Sort by ", sort::area(screen), scroll, sort::lines(sorted)),
            Self::Columns(chooser) => {
                let area = columns::area(screen);
                (" Columns ", area, &chooser.scroll, chooser.lines(usize::from(Panel::inner_area(area).width)))
            }
            Self::Copy(menu) => {
                let area = copy::area(screen, menu.len());
                (" Copy ", area, &menu.scroll, copy::lines(props.choices, usize::from(Panel::inner_area(area).width)))
            }
            Self::Export(menu) => return export::view(menu, frame, theme),
            Self::Replace(question) => {
                let area = export::area(screen, export::ANSWERS);
                (" Replace the file? ", area, &question.scroll, export::answers(question))
            }
            Self::ExportReport(notice) => {
                let lines = export::report(notice, export::inside(screen));
                (" Export ", export::area(screen, lines.len()), &notice.scroll, lines)
            }
            Self::Statistics(view) => return view.view(frame, theme),
            Self::Compare(view) => return view.view(frame, keymap, theme),
            // The caller draws it, with what it knows of the pictures: see `PicturesView::draw`.
            Self::Pictures(_) => return,
            Self::Unmask(scroll) => (" Show what is masked? ", unmask::area(screen), scroll, unmask::lines()),
            Self::Fetch { scroll, requests } => {
                (" Fetch what is missing ", fetch::area(screen), scroll, fetch::lines(*requests))
            }
        };
        let mut title = self.title(title);
        if matches!(self, Self::Copy(_)) && !props.copied.is_empty() {
            title = title.word("· ", Role::Dim).with(props.copied.clone(), Role::Plain).word(" ", Role::Plain);
        }
        let found = if let Self::Help(page) = self { page.found_text(keymap) } else { None };
        let mut foot = found.unwrap_or_else(|| match self {
            Self::Help(_) => line_position_text(scroll, lines.len()),
            _ => position_text(scroll, lines.len()),
        });
        if matches!(self, Self::Copy(_)) {
            foot = foot.word("· ", Role::Dim).word(copy::masked_note(props.mask, props.choices), Role::Dim);
        }
        let has_field = self.field().is_some();
        let panel = Panel { title, bottom_line: foot, focused: true };
        draw_lines(frame, area, panel, *scroll, u16::from(has_field), lines.iter(), theme);
        let inside = Panel::inner_area(area.intersection(frame.area()));
        if self.has_choice() {
            draw_cursor_sign(frame, split_field(inside, has_field).1, scroll, lines.len());
        }
        if let Some((field, row)) = self.field().zip(split_field(inside, has_field).0) {
            field.view(frame, row, FIELD_LABEL, theme);
            if let Some(hint) = self.field_hint().filter(|_| field.text().is_empty()) {
                // One column is for the cursor.
                let column =
                    u16::try_from(Safe::from_static(FIELD_LABEL).width()).unwrap_or(u16::MAX).saturating_add(1);
                let rest = Rect { x: row.x.saturating_add(column), width: row.width.saturating_sub(column), ..row };
                frame.render_widget(paint(&Line::new().word(hint, Role::Dim), theme), rest);
            }
        }
        if let Self::Help(page) = self
            && let Some(pattern) = page.pattern()
        {
            let (_, rows) = split_field(inside, has_field);
            for (row, line) in rows.rows().zip(lines.iter().skip(scroll.top())) {
                mark_matches(frame, row, &line.text(), &pattern, theme);
            }
        }
    }

    /// Returns whether the overlay is a menu or a question: the Enter key chooses the line under the cursor.
    fn has_choice(&self) -> bool {
        match self {
            Self::Help(_) | Self::ExportReport(_) => false,
            Self::Palette(menu) => menu.len() > 0,
            _ => true,
        }
    }

    /// Returns the words that the empty text field of the overlay shows; `None` if it shows none.
    const fn field_hint(&self) -> Option<&'static str> {
        match self {
            Self::Palette(_) => Some("type to find a command or a setting"),
            Self::Help(_) => Some("type to search the help"),
            _ => None,
        }
    }

    /// Returns what the Enter key does in the overlay, in one to three words for the footer, such as `run` in the
    /// palette. Returns `None` if the overlay has no word of its own for it.
    /// `sorted` is the column by which the list is sorted.
    pub fn enter_label(&self, sorted: Column) -> Option<&'static str> {
        match self {
            Self::Help(_) => Some("end typing"),
            Self::Palette(_) => Some("run"),
            Self::Sort(scroll) if sort::columns().nth(scroll.at()) == Some(sorted) => Some("reverse order"),
            Self::Sort(_) => Some("sort"),
            Self::Columns(_) => Some("show/hide"),
            Self::Copy(_) => Some("copy"),
            Self::Export(_) => Some("export"),
            Self::ExportReport(_) => Some("close"),
            Self::Statistics(_) => Some("add to filter"),
            Self::Compare(view) => Some(view.enter_label()),
            Self::Views(menu) => Some(menu.enter_label()),
            Self::Replace(_) | Self::Unmask(_) | Self::Fetch { .. } => Some("choose"),
            Self::Pictures(_) => None,
        }
    }

    /// Returns the title of the overlay: `name`, such as `Help`. If a search limits the help page to its matches, the
    /// search text follows.
    fn title(&self, name: &'static str) -> Line {
        let line = Line::new().word(name, Role::Title);
        let search = if let Self::Help(page) = self { page.narrowed_by() } else { None };
        search.into_iter().fold(line, |line, text| {
            line.word("─ search: ", Role::Label).with(text, Role::Strong).word(" ", Role::Plain)
        })
    }
}

/// Draws a panel over the panes in `area`, and inside it the visible ones of `lines`. `scroll` holds the first visible
/// line and the line of the cursor. The first `head` rows inside the panel stay free.
pub(super) fn draw_lines<'l>(
    frame: &mut Frame<'_>,
    area: Rect,
    panel: Panel,
    scroll: Scroll,
    head: u16,
    lines: impl ExactSizeIterator<Item = &'l Line>,
    theme: &Theme,
) {
    let area = area.intersection(frame.area());
    clear(frame, area);
    let inside = panel.draw(frame, area, theme);
    let head = head.min(inside.height);
    let inner = Rect { y: inside.y + head, height: inside.height - head, ..inside };
    let window = scroll.window(lines.len(), usize::from(inner.height));
    for ((row, at), line) in (0..inner.height).zip(window.clone()).zip(lines.skip(window.start)) {
        let rect = Rect { y: inner.y + row, height: 1, ..inner };
        frame.render_widget(paint(line, theme), rect);
        if at == scroll.at() {
            frame.buffer_mut().set_style(rect, theme.style(Role::Cursor));
        }
    }
}

/// Draws the sign `▶` in the first column of the line under the cursor of a menu, so that the chosen line is clear
/// without a colour. `rows` is the area of the lines, and `lines` their number.
pub(super) fn draw_cursor_sign(frame: &mut Frame<'_>, rows: Rect, scroll: &Scroll, lines: usize) {
    let window = scroll.window(lines, usize::from(rows.height));
    let row = scroll.at().checked_sub(window.start).filter(|_| window.contains(&scroll.at()));
    let place = row.and_then(|row| rows.rows().nth(row)).filter(|row| row.width > 0);
    let Some(row) = place else { return };
    if frame.buffer_mut().cell(row.as_position()).is_some_and(|cell| cell.symbol() == " ") {
        frame.render_widget("▶", Rect { width: 1, ..row });
    }
}

/// Returns the text for the lower border of a menu, as in ` 3/12 `: the number of the line with the cursor, and `lines`,
/// the number of all lines.
pub(super) fn position_text(scroll: &Scroll, lines: usize) -> Line {
    Line::new().with(Safe::sanitize(&format!(" {}/{lines} ", scroll.at() + 1)), Role::Dim)
}

/// Returns [`position_text`] for an overlay with text, as in ` line 3/12 `. Its lines are no entries to choose from.
pub(super) fn line_position_text(scroll: &Scroll, lines: usize) -> Line {
    Line::new().word(" line", Role::Dim).with_line(position_text(scroll, lines))
}

/// Returns the names of keys and what they do, for the border of an overlay, as in `· Space show · J K move `. `keys`
/// holds actions with the words for them. An action without a key is left out.
pub(super) fn keys_line(keymap: &Keymap, keys: &[(&[Action], &'static str)]) -> Line {
    let mut line = Line::new();
    for (actions, does) in keys {
        let chords: Vec<String> =
            actions.iter().filter_map(|action| Some(keymap.first_chord(*action)?.to_string())).collect();
        if !chords.is_empty() {
            let does = Safe::sanitize(&format!(" {does} "));
            line = line.word("· ", Role::Dim).with(Safe::sanitize(&chords.join(" ")), Role::Info).with(does, Role::Dim);
        }
    }
    line
}

/// Divides the area inside an overlay into the row of its text field and the rest. There is no such row if `has_field`
/// is false.
pub(super) fn split_field(inner: Rect, has_field: bool) -> (Option<Rect>, Rect) {
    let height = u16::from(has_field).min(inner.height);
    let rest = Rect { y: inner.y + height, height: inner.height - height, ..inner };
    ((height > 0).then_some(Rect { height, ..inner }), rest)
}
