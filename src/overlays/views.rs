//! The menu of saved views: opens, saves and deletes them.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use super::{FIELD_LABEL, LinesPlace, centred, draw_cursor_sign, keys_line, split_field};
use crate::keys::{Action, Keymap};
use crate::kit::Scroll;
use crate::text::{Mask, Safe};
use crate::ui::{Line, Panel, Role, TextField, Theme, clear, paint, wrap};
use crate::views::ViewName;

/// Maximum width in columns of the menu of views.
const MENU_WIDTH: u16 = 116;

/// Maximum width in columns of the names of views in the menu.
const NAME_WIDTH: usize = 24;
/// Maximum width in columns of the text for a view's order of the list, such as `by Waiting ↓`, in the menu.
const ORDER_WIDTH: usize = 16;

/// Width in columns of the word `saved` or the words `built in`, which say where a view comes from, with the note
/// ` · in use` after them.
const ORIGIN_WIDTH: usize = 17;

/// Index of the answer that does what the question asks about, such as delete a view. The answer that changes nothing
/// is the first, so that pressing a key twice changes nothing.
const CONFIRM: usize = 1;

/// One line of the menu of views. A view is a filter with the columns and the order of the list, saved under a name.
pub struct ViewLine {
    /// The name of the view, without what the mask level hides.
    pub name: Safe,
    /// The filter of the view, without what the mask level hides.
    pub filter: Safe,
    /// The order of the list in this view, such as `by Waiting ↓`; empty for the default order.
    pub order: Safe,
    /// Whether the view is in the user's file; otherwise it comes with the program.
    pub is_saved: bool,
    /// Whether the list now has the filter, columns and order of this view.
    pub is_current: bool,
}

/// What the menu of views shows besides its own state. A view is a filter with the columns and the order of the list,
/// saved under a name.
#[derive(Default)]
pub struct ViewsProps {
    /// The views, in the order of the menu.
    pub lines: Vec<ViewLine>,
    /// Sentences about the filter, columns and order of the list, which would be saved as a view.
    pub to_save: Vec<Safe>,
    /// A warning about the filter that a save would write; `None` if there is nothing to warn about.
    pub warning: Option<Safe>,
    /// The mask level by which the menu masks names of views in its questions.
    pub mask: Mask,
}

/// A request of the user in the menu of views, for the caller to fulfil. A view is a filter with the columns and the
/// order of the list, saved under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ViewRequest {
    /// Opens the view with this name.
    Open(ViewName),
    /// Asks the user for a name under which the filter, columns and order of the list are saved.
    AskName,
    /// Saves the filter, columns and order of the list under the name in the menu's text field.
    SaveAs,
    /// Saves the filter, columns and order of the list under this name. The existing view with this name is replaced.
    Replace(ViewName),
    /// Asks the user whether the view with this name is to be deleted.
    AskDelete(ViewName),
    /// Deletes the view with this name.
    Delete(ViewName),
}

/// Result of a user's action in the menu of views: the menu stays open, is to be closed, or has a request to the
/// caller.
pub(super) enum MenuResult {
    Open,
    Closed,
    Request(ViewRequest),
}

/// State of the menu of views. A view is a filter with the columns and the order of the list, saved under a name.
pub struct ViewsMenu {
    scroll: Scroll,
    names: Vec<ViewName>,
    step: ViewsStep,
}

/// What the menu shows now: the list of views, the text field for a name, or a question with two answers.
enum ViewsStep {
    Choose,
    Name(Box<TextField>),
    Replace(ViewName, Scroll),
    Delete(ViewName, Scroll),
}

impl ViewsMenu {
    /// Returns what the Enter key does in the menu now, in a word for the footer.
    pub(super) const fn enter_label(&self) -> &'static str {
        match self.step {
            ViewsStep::Choose => "open",
            ViewsStep::Name(_) => "save",
            ViewsStep::Replace(..) | ViewsStep::Delete(..) => "choose",
        }
    }

    /// Creates the menu of views; `names` are the names of all views. The cursor is on `current`, the view that the
    /// list shows, or on the first view.
    pub fn new(names: Vec<ViewName>, current: Option<&ViewName>) -> Self {
        let at = names.iter().position(|name| Some(name) == current).unwrap_or(0);
        let mut scroll = Scroll::default();
        scroll.to(at, names.len(), names.len());
        Self { scroll, names, step: ViewsStep::Choose }
    }

    /// Returns the name of the view under the cursor; `None` while the menu shows a text field or a question, or if
    /// there are no views.
    pub fn chosen(&self) -> Option<&ViewName> {
        self.names.get(self.scroll.at()).filter(|_| self.shows_views())
    }

    /// Replaces the names of the views after the file of views was changed. The cursor stays on its view.
    pub fn set_names(&mut self, names: Vec<ViewName>) {
        let current = self.names.get(self.scroll.at());
        let at = names.iter().position(|name| Some(name) == current).unwrap_or(0);
        self.scroll.to(at, names.len(), names.len());
        self.names = names;
    }

    /// Returns whether the menu shows the list of views, and not a text field or a question.
    pub(super) const fn shows_views(&self) -> bool {
        matches!(self.step, ViewsStep::Choose)
    }

    /// Returns the text field for the name of a view; `None` while the user does not type into it.
    pub(super) fn field(&self) -> Option<&TextField> {
        if let ViewsStep::Name(field) = &self.step { Some(field) } else { None }
    }

    /// Returns the text field for the name of a view, for changes; `None` while the user does not type into it.
    pub(super) fn field_mut(&mut self) -> Option<&mut TextField> {
        if let ViewsStep::Name(field) = &mut self.step { Some(field) } else { None }
    }

    /// Returns the name that the user typed for a view; empty while the menu shows no text field.
    pub fn typed(&self) -> &str {
        self.field().map_or("", TextField::text)
    }

    /// Opens the text field for the name under which the filter, columns and order of the list are saved as a view. At
    /// first, the field contains the name `suggested`.
    pub fn ask_name(&mut self, suggested: &str) {
        self.step = ViewsStep::Name(Box::new(TextField::new(suggested)));
    }

    /// Shows the question whether the existing view `name` may be replaced.
    pub fn ask_replace(&mut self, name: ViewName) {
        self.step = ViewsStep::Replace(name, Scroll::default());
    }

    /// Shows the question whether the view `name` is to be deleted.
    pub fn ask_delete(&mut self, name: ViewName) {
        self.step = ViewsStep::Delete(name, Scroll::default());
    }

    /// Performs an action in the menu of views, and returns what the caller has to do. `screen` is the size of the
    /// screen.
    pub(super) fn update(&mut self, action: Action, screen: Size) -> MenuResult {
        let height = usize::from(Panel::inner_area(area(screen, self.names.len())).height);
        match (&mut self.step, action) {
            (ViewsStep::Choose, Action::Back | Action::Interrupt) => return MenuResult::Closed,
            (_, Action::Back | Action::Interrupt) => self.step = ViewsStep::Choose,
            (ViewsStep::Choose, Action::Open) => {
                let name = self.names.get(self.scroll.at()).cloned();
                return name.map_or(MenuResult::Closed, |name| MenuResult::Request(ViewRequest::Open(name)));
            }
            (ViewsStep::Choose, Action::SaveView) => return MenuResult::Request(ViewRequest::AskName),
            (ViewsStep::Choose, Action::DeleteView) => {
                let name = self.names.get(self.scroll.at()).cloned();
                return name.map_or(MenuResult::Open, |name| MenuResult::Request(ViewRequest::AskDelete(name)));
            }
            (ViewsStep::Choose, _) => action.scroll(&mut self.scroll, self.names.len(), height),
            (ViewsStep::Name(_), Action::Open) => return MenuResult::Request(ViewRequest::SaveAs),
            (ViewsStep::Name(_), _) => {}
            (ViewsStep::Replace(name, scroll), Action::Open) if scroll.at() == CONFIRM => {
                return MenuResult::Request(ViewRequest::Replace(name.clone()));
            }
            (ViewsStep::Delete(name, scroll), Action::Open) if scroll.at() == CONFIRM => {
                return MenuResult::Request(ViewRequest::Delete(name.clone()));
            }
            (ViewsStep::Replace(..) | ViewsStep::Delete(..), Action::Open) => self.step = ViewsStep::Choose,
            (ViewsStep::Replace(_, scroll) | ViewsStep::Delete(_, scroll), _) => {
                action.scroll(scroll, CONFIRM + 1, CONFIRM + 1);
            }
        }
        MenuResult::Open
    }

    /// Returns the cursor of the menu, and the area in which its lines are drawn. `screen` is the size of the screen.
    /// While a name is typed, there are no lines to choose from.
    pub(super) fn lines_place(&mut self, screen: Size) -> LinesPlace<'_> {
        let (scroll, len) = match &mut self.step {
            ViewsStep::Choose => (&mut self.scroll, self.names.len()),
            ViewsStep::Name(_) => (&mut self.scroll, 0),
            ViewsStep::Replace(_, scroll) | ViewsStep::Delete(_, scroll) => (scroll, CONFIRM + 1),
        };
        let area = area(screen, len);
        LinesPlace { scroll, len, area, rows: Panel::inner_area(area) }
    }

    /// Draws the menu over the panes. `keymap` provides the names of the keys in the title.
    pub(super) fn view(&self, frame: &mut Frame<'_>, props: &ViewsProps, keymap: &Keymap, theme: &Theme) {
        let screen = frame.area().as_size();
        let columns = usize::from(Panel::inner_area(area(screen, 0)).width);
        let notes = || props.to_save.iter().flat_map(|note| wrap(note, columns.saturating_sub(2), Role::Plain));
        let warning = || props.warning.iter().flat_map(|note| wrap(note, columns.saturating_sub(2), Role::Warn));
        let answers = |no, yes: Safe| vec![Line::new().word(no, Role::Plain), Line::new().with(yes, Role::Plain)];
        let (title, lines, cursor) = match &self.step {
            ViewsStep::Choose => {
                let widths = LineWidths::of(&props.lines);
                let lines = props.lines.iter().map(|line| line.line(columns, widths)).collect();
                let mut keys: Vec<(&[Action], &str)> =
                    vec![(&[Action::SaveView], "saves the current filter, columns and order")];
                // The views of the program are never deleted.
                if props.lines.get(self.scroll.at()).is_some_and(|line| line.is_saved) {
                    keys.push((&[Action::DeleteView], "deletes the chosen view"));
                }
                (Line::new().word(" Views ", Role::Title).with_line(keys_line(keymap, &keys)), lines, Some(self.scroll))
            }
            ViewsStep::Name(_) => {
                let lines = notes().chain(warning()).map(|line| Line::indent(1).with_line(line)).collect();
                let keys = keys_line(keymap, &[(&[Action::Confirm], "saves"), (&[Action::LeaveField], "back")]);
                (Line::new().word(" Save the list as a view ", Role::Title).with_line(keys), lines, None)
            }
            ViewsStep::Replace(name, scroll) => {
                let yes = Safe::from_static(" Replace it with the current filter, columns and order");
                let title = Line::new()
                    .word(" A view named \"", Role::Title)
                    .with(name.shown(props.mask), Role::Title)
                    .word("\" already exists ", Role::Title);
                (title, answers(" Keep it as it is, do not save", yes), Some(*scroll))
            }
            ViewsStep::Delete(name, scroll) => {
                let yes = Safe::concat(&[Safe::from_static(" Delete "), name.shown(props.mask)]);
                (Line::new().word(" Delete the saved view? ", Role::Title), answers(" Keep it", yes), Some(*scroll))
            }
        };
        let height = lines.len() + usize::from(self.field().is_some());
        let area = area(screen, height).intersection(frame.area());
        clear(frame, area);
        let mut foot = cursor.map(|scroll| super::view::position_text(&scroll, lines.len())).unwrap_or_default();
        if let Some(filter) = self.cut_filter(props, columns) {
            // Cut here: the panel would leave out a part of the line that does not fit whole.
            let room = columns.saturating_sub(foot.width() + 3);
            let filter = Line::new().with(filter, Role::Info).fit_words(room);
            foot = foot.word("· ", Role::Dim).with_line(filter).word(" ", Role::Plain);
        }
        let inner = Panel { title, bottom_line: foot, focused: true }.draw(frame, area, theme);
        let (row, inner) = split_field(inner, self.field().is_some());
        if let Some((field, row)) = self.field().zip(row) {
            field.view(frame, row, FIELD_LABEL, theme);
        }
        let scroll = cursor.unwrap_or_default();
        for (row, at) in (0..inner.height).zip(scroll.window(lines.len(), usize::from(inner.height))) {
            let Some(line) = lines.get(at) else { continue };
            let rect = Rect { y: inner.y + row, height: 1, ..inner };
            frame.render_widget(paint(line, theme), rect);
            if cursor.is_some() && at == scroll.at() {
                frame.buffer_mut().set_style(rect, theme.style(Role::Cursor));
            }
        }
        if cursor.is_some() {
            draw_cursor_sign(frame, inner, &scroll, lines.len());
        }
    }
}

impl ViewsMenu {
    /// Returns the filter of the view under the cursor if its line has no room for the whole filter; otherwise `None`.
    /// `columns` is the width of the line.
    fn cut_filter(&self, props: &ViewsProps, columns: usize) -> Option<Safe> {
        let filter = &props.lines.get(self.scroll.at()).filter(|_| self.shows_views())?.filter;
        (filter.width() > LineWidths::of(&props.lines).filter_room(columns)).then(|| filter.clone())
    }
}

/// Widths in columns of the names and of the orders (such as `waiting ↓`) in the menu of views. Each width is that of
/// the longest such text of all views, but at most [`NAME_WIDTH`] or [`ORDER_WIDTH`].
#[derive(Clone, Copy)]
struct LineWidths {
    name: usize,
    order: usize,
}

impl LineWidths {
    fn of(lines: &[ViewLine]) -> Self {
        let longest = |text: fn(&ViewLine) -> &Safe| lines.iter().map(|line| text(line).width()).max().unwrap_or(0);
        Self { name: longest(|line| &line.name).min(NAME_WIDTH), order: longest(|line| &line.order).min(ORDER_WIDTH) }
    }

    /// Returns how many columns are left for the filter in a line of `columns` columns.
    fn filter_room(self, columns: usize) -> usize {
        columns.saturating_sub(self.name + self.order + ORIGIN_WIDTH + 6).max(8)
    }
}

impl ViewLine {
    fn line(&self, columns: usize, widths: LineWidths) -> Line {
        let LineWidths { name, order } = widths;
        let is_empty = self.filter.is_empty();
        let filter = if is_empty { NO_FILTER } else { self.filter.clone() };
        let room = widths.filter_room(columns);
        Line::new()
            .word("  ", Role::Plain)
            .with(self.name.fit(name).pad(name), Role::Plain)
            .word("  ", Role::Plain)
            .with(filter.fit(room).pad(room), if is_empty { Role::Dim } else { Role::Info })
            .word(" ", Role::Plain)
            .with(self.order.fit(order).pad(order), Role::Plain)
            .word(" ", Role::Plain)
            .word(if self.is_saved { "saved" } else { "built in" }, Role::Dim)
            .word(if self.is_current { " · in use" } else { "" }, Role::Accent)
            .fit(columns)
    }
}

/// The text in place of an empty filter.
const NO_FILTER: Safe = Safe::from_static("no filter");

fn area(screen: Size, lines: usize) -> Rect {
    let width = MENU_WIDTH.min(screen.width.saturating_sub(2));
    let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2).min(screen.height.saturating_sub(2));
    centred(screen, width, height)
}
