//! The windows that open over the panes ("overlays"): help, sort menu, copy menu, menu of views, and the questions before everything is
//! unmasked and before many requests are sent.
//!
//! Only one overlay is open at a time. While an overlay is open, it receives every key except ctrl-z.

mod copy;
mod fetch;
mod help;
mod sort;
mod unmask;
mod views;

pub use copy::{Choice, CopyMenu};
pub use help::HelpPage;
pub use views::{ViewLine, ViewRequest, ViewsMenu, ViewsProps};

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::widgets::Clear;

use crate::keys::{Action, Keymap};
use crate::kit::Scroll;
use crate::submission::row::Column;
use crate::text::Safe;
use crate::ui::{Line, Panel, Role, TextField, Theme, paint};

/// The text before the text field of an overlay.
const FIELD_LABEL: &str = " › ";

/// An open overlay. `T` is the type that names a part of a submission in the copy menu, such as the id.
///
/// The type implements no `Debug`, since people type identity data into the text field of an overlay.
pub enum Overlay<T> {
    /// The help page: the keys, the signs and the filter language.
    Help(HelpPage),
    /// The menu of the columns that the list can be sorted by. The [`Scroll`] holds the cursor line and the first
    /// visible line.
    Sort(Scroll),
    /// The menu of the parts of a submission that can be copied.
    Copy(CopyMenu<T>),
    /// The question whether to show all personal data without a mask. The [`Scroll`] holds the cursor on one of the two
    /// answers.
    Unmask(Scroll),
    /// The menu of saved views.
    Views(ViewsMenu),
    /// The question whether to send many requests for what the list lacks.
    Fetch {
        /// The cursor on one of the two answers.
        scroll: Scroll,
        /// Number of requests that the fetch takes.
        requests: usize,
    },
}

/// The data that an overlay shows besides its own state.
pub struct OverlayProps<'a> {
    /// The key bindings, for the help page.
    pub keymap: &'a Keymap,
    /// The column that the list of submissions is sorted by, and the direction: `true` if the largest value comes
    /// first.
    pub sorted: (Column, bool),
    /// The entries of the copy menu, such as `Submission id`, each with the beginning of the text to copy as the mask
    /// shows it.
    pub choices: &'a [Choice],
    /// The lines of the menu of views.
    pub views: &'a ViewsProps,
    /// The theme to draw with.
    pub theme: &'a Theme,
}

/// Result of a user's action while an overlay is open: whether the overlay closes, and what the caller has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OverlayResult<T> {
    /// The overlay stays open.
    Open,
    /// The overlay is to be closed.
    Closed,
    /// The overlay is to be closed, and the list of submissions is to be sorted by this column.
    SortBy(Column),
    /// The overlay is to be closed, and this part of the submission is to be copied.
    Copy(T),
    /// The overlay is to be closed, and all personal data is to be shown without a mask.
    Unmask,
    /// The overlay is to be closed, and what the list lacks is to be fetched.
    Fetch,
    /// The overlay stays open, and this is to be done with a saved view.
    View(ViewRequest),
}

impl<T: Clone + PartialEq> Overlay<T> {
    /// Returns the help page, scrolled to its top.
    pub fn help() -> Self {
        Self::Help(HelpPage::default())
    }

    /// Returns the sort menu with its cursor on the column `now`, by which the list is sorted.
    pub fn sort(now: Column) -> Self {
        let mut scroll = Scroll::default();
        let columns: Vec<_> = sort::columns().collect();
        let at = columns.iter().position(|column| *column == now).unwrap_or(0);
        scroll.to(at, columns.len(), columns.len());
        Self::Sort(scroll)
    }

    /// Returns the copy menu without entries. The caller sets the entries later, see [`CopyMenu::set_entries`].
    pub fn copy() -> Self {
        Self::Copy(CopyMenu::new())
    }

    /// Returns the question whether to show all personal data without a mask.
    pub fn unmask() -> Self {
        Self::Unmask(Scroll::default())
    }

    /// Returns the overlay that asks whether to fetch the values that the loaded rows lack. This takes `requests`
    /// requests.
    pub fn fetch(requests: usize) -> Self {
        Self::Fetch { scroll: Scroll::default(), requests }
    }

    /// Returns the text field that the user types into; `None` if the overlay has none, or none is in use.
    pub fn field(&self) -> Option<&TextField> {
        match self {
            Self::Help(page) => page.field(),
            Self::Views(menu) => menu.field(),
            _ => None,
        }
    }

    /// As [`Self::field`], to change the text.
    fn field_mut(&mut self) -> Option<&mut TextField> {
        match self {
            Self::Help(page) => page.field_mut(),
            Self::Views(menu) => menu.field_mut(),
            _ => None,
        }
    }

    /// Inserts a character into the text field.
    pub fn type_char(&mut self, c: char) {
        self.field_mut().into_iter().for_each(|field| field.insert(c));
    }

    /// Inserts a pasted text into the text field.
    pub fn paste(&mut self, text: &str) {
        self.field_mut().into_iter().for_each(|field| field.paste(text));
    }

    /// Performs an action in the overlay: moves the cursor of the overlay, chooses the entry under the cursor, or
    /// closes the overlay. `screen` is the size of the screen. `keymap` holds the key bindings, which the help page
    /// lists.
    pub fn update(&mut self, action: Action, screen: Size, keymap: &Keymap) -> OverlayResult<T> {
        if self.field_mut().is_some_and(|field| field.edit(action)) {
            return OverlayResult::Open;
        }
        let action = match action {
            Action::Confirm => Action::Open,
            Action::LeaveField => Action::Back,
            Action::NextLine => Action::Down,
            Action::PreviousLine => Action::Up,
            _ => action,
        };
        if let Self::Views(menu) = self {
            return match menu.update(action, screen) {
                views::MenuResult::Open => OverlayResult::Open,
                views::MenuResult::Closed => OverlayResult::Closed,
                views::MenuResult::Request(request) => OverlayResult::View(request),
            };
        }
        if let Self::Help(page) = self
            && page.update(action)
        {
            return OverlayResult::Open;
        }
        match (action, &*self) {
            (Action::Back | Action::Interrupt, _) | (Action::Help, Self::Help(_)) => return OverlayResult::Closed,
            (Action::Open, Self::Copy(menu)) => {
                return menu.chosen().cloned().map_or(OverlayResult::Closed, OverlayResult::Copy);
            }
            (Action::Open, Self::Unmask(scroll)) => {
                return if scroll.at() == unmask::SHOW { OverlayResult::Unmask } else { OverlayResult::Closed };
            }
            (Action::Open, Self::Fetch { scroll, .. }) => {
                return if scroll.at() == fetch::FETCH { OverlayResult::Fetch } else { OverlayResult::Closed };
            }
            (Action::Open, Self::Sort(scroll)) => {
                return sort::columns().nth(scroll.at()).map_or(OverlayResult::Closed, OverlayResult::SortBy);
            }
            _ => {}
        }
        let field_height = u16::from(self.field().is_some());
        let (scroll, len, area) = match self {
            Self::Views(_) => return OverlayResult::Open,
            Self::Help(page) => {
                let area = help::area(screen);
                let len = page.lines(keymap, usize::from(Panel::inside(area).width)).len();
                (&mut page.scroll, len, area)
            }
            Self::Sort(scroll) => (scroll, sort::columns().count(), sort::area(screen)),
            Self::Copy(menu) => {
                let len = menu.len();
                (&mut menu.scroll, len, copy::area(screen, len))
            }
            Self::Unmask(scroll) => (scroll, unmask::LINES, unmask::area(screen)),
            Self::Fetch { scroll, .. } => (scroll, fetch::LINES, fetch::area(screen)),
        };
        let height = usize::from(Panel::inside(area).height.saturating_sub(field_height));
        match action {
            Action::Top => scroll.to(0, len, height),
            Action::Bottom => scroll.to(usize::MAX, len, height),
            _ => {
                if let Some(lines) = action.lines(height) {
                    scroll.by(lines, len, height);
                }
            }
        }
        OverlayResult::Open
    }

    /// Draws this overlay, such as the help page or the copy menu, over the panes.
    pub fn view(&self, frame: &mut Frame<'_>, props: &OverlayProps<'_>) {
        let (keymap, sorted, theme) = (props.keymap, props.sorted, props.theme);
        let screen = frame.area().as_size();
        let (title, area, scroll, lines) = match self {
            Self::Views(menu) => return menu.view(frame, props.views, keymap, theme),
            Self::Help(page) => {
                let area = help::area(screen);
                (" Help ", area, &page.scroll, page.lines(keymap, usize::from(Panel::inside(area).width)))
            }
            Self::Sort(scroll) => (" Sort by ", sort::area(screen), scroll, sort::lines(sorted)),
            Self::Copy(menu) => {
                let area = copy::area(screen, menu.len());
                (" Copy ", area, &menu.scroll, copy::lines(props.choices, usize::from(Panel::inside(area).width)))
            }
            Self::Unmask(scroll) => (" Masked: all ", unmask::area(screen), scroll, unmask::lines()),
            Self::Fetch { scroll, requests } => {
                (" Fetch what is missing ", fetch::area(screen), scroll, fetch::lines(*requests))
            }
        };
        let area = area.intersection(frame.area());
        frame.render_widget(Clear, area);
        let inner =
            Panel { title: Line::new().word(title, Role::Title), foot: place(scroll, lines.len()), focused: true }
                .draw(frame, area, theme);
        let (field_row, inner) = split_field(inner, self.field().is_some());
        if let Some((field, row)) = self.field().zip(field_row) {
            field.view(frame, row, FIELD_LABEL, theme);
        }
        for (row, at) in (0..inner.height).zip(scroll.window(lines.len(), usize::from(inner.height))) {
            let Some(line) = lines.get(at) else { continue };
            let rect = Rect { y: inner.y + row, height: 1, ..inner };
            frame.render_widget(paint(line, theme), rect);
            if at == scroll.at() {
                frame.buffer_mut().set_style(rect, theme.style(Role::Cursor));
            }
        }
    }
}

/// Returns the text for the lower border of an overlay, as in ` 3/12 `: the number of the cursor's line, and `lines`,
/// the number of all lines.
fn place(scroll: &Scroll, lines: usize) -> Line {
    Line::new().with(Safe::sanitize(&format!(" {}/{lines} ", scroll.at() + 1)), Role::Dim)
}

/// Divides the area inside an overlay into the row of its text field and the rest. There is no such row if `has_field`
/// is false.
fn split_field(inner: Rect, has_field: bool) -> (Option<Rect>, Rect) {
    let height = u16::from(has_field).min(inner.height);
    let rest = Rect { y: inner.y + height, height: inner.height - height, ..inner };
    ((height > 0).then_some(Rect { height, ..inner }), rest)
}

/// Returns an area in the middle of the screen, `width` columns wide and `height` lines high. An area that is larger
/// than the screen is cut to the screen.
fn centred(screen: Size, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(screen.width), height.min(screen.height));
    Rect { x: (screen.width - width) / 2, y: (screen.height - height) / 2, width, height }
}
