//! The windows that open over the panes ("overlays"): help, the menus (sort, columns, copy, export, views), the
//! comparison, the statistics, and questions. A question is asked before everything is unmasked, and before many
//! requests are sent.
//!
//! Only one overlay is open at a time. While an overlay is open, it receives every key except ctrl-z.

mod columns;
mod compare;
mod copy;
mod export;
mod fetch;
mod help;
mod help_over;
mod palette;
mod pictures;
mod pointer;
mod prompt;
mod sort;
mod statistics;
mod unmask;
mod view;
mod views;

pub use columns::{ColumnChange, ColumnChooser};
pub use compare::{CompareView, ComparedSide, MAX_COMPARED};
pub use copy::{CopyMenu, CopyMenuLine};
pub use export::{ExportChoice, ExportMenu, ExportMenuData, ExportNotice, ExportScope, ReplaceQuestion};
pub use help::{HelpPage, HelpPlace};
pub use palette::{PaletteCommand, PaletteEntry, PaletteMenu};
pub use pictures::{NO_PICTURES, PicturePane, PicturesProps, PicturesView};
pub use pointer::PointedAt;
pub use statistics::{SCREEN_GROUPS, StatisticsCounts, StatisticsView};
pub use views::{ViewLine, ViewRequest, ViewsMenu, ViewsProps};

use ratatui::layout::{Rect, Size};

use crate::keys::{Action, Keymap};
use crate::kit::Scroll;
use crate::submission::row::Column;
use crate::text::{Mask, Safe};
use crate::ui::{Panel, Theme};
use view::{FIELD_LABEL, draw_cursor_sign, draw_lines, keys_line, line_position_text, position_text, split_field};

/// An open overlay: a box over the panes, such as a menu or the help page. `T` is the type of the copy menu's entries:
/// each names a part of a submission, such as its id.
///
/// The type implements no `Debug`, since people type identity data into the text field of an overlay.
pub enum Overlay<T> {
    /// The help page: the keys, the signs and the filter language.
    Help(HelpPage<T>),
    /// The command palette: a list of the actions and settings that are possible now. The user finds an entry by
    /// typing.
    Palette(PaletteMenu),
    /// The menu of the columns that the list can be sorted by. The [`Scroll`] holds the cursor line and the first
    /// visible line.
    Sort(Scroll),
    /// The column chooser: the columns of the list and their order.
    Columns(ColumnChooser),
    /// The menu of the parts of a submission that can be copied.
    Copy(CopyMenu<T>),
    /// The export menu: the path of a file, and what is written into it.
    Export(ExportMenu),
    /// The question whether an export may replace an existing file with the same path.
    Replace(ReplaceQuestion),
    /// The report of an export that has ended.
    ExportReport(ExportNotice),
    /// The comparison of two or three submissions.
    Compare(Box<CompareView>),
    /// The statistics of the shown rows.
    Statistics(Box<StatisticsView>),
    /// The pictures of the shown submission.
    Pictures(Box<PicturesView>),
    /// The question whether to show all personal data without a mask. The [`Scroll`] says which of the two answers the
    /// cursor is on.
    Unmask(Scroll),
    /// The menu of saved views. A view is a filter with the columns and the order of the list, saved under a name.
    Views(ViewsMenu),
    /// The question whether to send many requests. They fetch values that the filter needs and that the loaded rows
    /// lack.
    Fetch {
        /// Which of the two answers the cursor is on.
        scroll: Scroll,
        /// Number of requests that would be sent.
        requests: usize,
    },
}

/// What the program hands to the open overlay to draw it, such as the key bindings for the help page. The overlay's own
/// state is not in it.
pub struct OverlayProps<'a> {
    /// The key bindings, for the help page.
    pub keymap: &'a Keymap,
    /// The column that the list of submissions is sorted by, and the direction: `true` if the largest value comes
    /// first.
    pub sorted: (Column, bool),
    /// The entries of the copy menu: each has a name, such as `Submission id`, and the beginning of the text to copy,
    /// as the mask shows it.
    pub choices: &'a [CopyMenuLine],
    /// Words that name the submission in the detail pane, for the title of the copy menu; empty if the pane shows no
    /// submission.
    pub copied: &'a Safe,
    /// The mask level, which says how the copy menu masks what it copies.
    pub mask: Mask,
    /// What the menu of views shows, such as the names of the views.
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
    /// The overlay is to be closed, and the list of submissions is to be sorted by this column. If the list is sorted
    /// by this column already, the direction is to be reversed.
    SortBy(Column),
    /// The overlay stays open, and the list is to show other columns, as this change says.
    ChooseColumns(ColumnChange),
    /// The overlay is to be closed, and this part of the submission is to be copied.
    Copy(T),
    /// The overlay is to be closed, and submissions are to be written to a file, as the [`ExportChoice`] says. The
    /// boolean is true if an existing file may be replaced.
    Export(ExportChoice, bool),
    /// The overlay is to be closed, and one field of the compared submissions is to be shown. The list holds the path
    /// of this field in each of the submissions; `None` if a submission lacks it.
    OpenField(Vec<Option<String>>),
    /// The overlay is to be closed, and this term (a condition such as `status:approved`) is to be added to the filter.
    /// The program itself tests the term on the loaded rows.
    AddTerm(Box<str>),
    /// The overlay is to be closed, and the filter bar is to be opened with this term added to the filter. The service
    /// tests the term, so the user confirms the filter before it is requested.
    EditTerm(Box<str>),
    /// The overlay is to be closed, and this command of the palette is to be run.
    Run(PaletteCommand),
    /// The overlay is to be closed, and all personal data is to be shown without a mask.
    Unmask,
    /// The overlay is to be closed, and the values that the filter needs and the loaded rows lack are to be fetched.
    Fetch,
    /// The help page is to be opened over the overlay.
    Help,
    /// The overlay stays open, and the caller is to do this with a saved view, such as open or delete it.
    View(ViewRequest),
}

impl<T: Clone + PartialEq> Overlay<T> {
    /// Returns the help page. It begins with the keys of `place`, the pane and tab from which it is opened.
    pub fn help(place: HelpPlace) -> Self {
        Self::Help(HelpPage::new(place, None))
    }

    /// Returns the command palette (a list of actions and settings that the user searches by typing) without its
    /// entries. [`PaletteMenu::find`] sets the entries later.
    pub fn palette() -> Self {
        Self::Palette(PaletteMenu::new())
    }

    /// Returns the sort menu. Its cursor is on the column `now`, by which the list is sorted now.
    pub fn sort(now: Column) -> Self {
        let mut scroll = Scroll::default();
        let columns: Vec<_> = sort::columns().collect();
        let at = columns.iter().position(|column| *column == now).unwrap_or(0);
        scroll.to(at, columns.len(), columns.len());
        Self::Sort(scroll)
    }

    /// Returns the column chooser for a list that shows the columns `shown` now.
    pub fn columns(shown: &[Column]) -> Self {
        Self::Columns(ColumnChooser::new(shown))
    }

    /// Returns the copy menu without entries. [`CopyMenu::set_entries`] sets them later.
    pub fn copy() -> Self {
        Self::Copy(CopyMenu::new())
    }

    /// Returns the export menu, with `path` as the suggested path of the file.
    pub fn export(path: &str) -> Self {
        Self::Export(ExportMenu::new(path))
    }

    /// Returns the export menu for another try after the export `choice` was refused. It shows the path of `choice` and
    /// `reason`, the reason for the refusal. Its cursor is on the entry of `choice`.
    pub fn export_refused(choice: ExportChoice, reason: Safe) -> Self {
        Self::Export(ExportMenu::refused(choice, reason))
    }

    /// Returns the question whether an export may replace an existing file. `sentence` says which file exists. If the
    /// user answers yes, the export `choice` is made.
    pub fn replace(sentence: Safe, choice: ExportChoice) -> Self {
        Self::Replace(ReplaceQuestion { scroll: Scroll::default(), sentence, choice })
    }

    /// Returns the overlay with `sentences`, which say how an export ended.
    pub fn export_report(sentences: Vec<Safe>) -> Self {
        Self::ExportReport(ExportNotice { scroll: Scroll::default(), sentences })
    }

    /// Returns the overlay that compares submissions, without its lines. [`CompareView::render`] makes the lines later.
    pub fn compare() -> Self {
        Self::Compare(Box::default())
    }

    /// Returns the statistics without counts. [`StatisticsView::set`] sets the counts later.
    pub fn statistics() -> Self {
        Self::Statistics(Box::default())
    }

    /// Returns the question whether to show all personal data without a mask.
    pub fn unmask() -> Self {
        Self::Unmask(Scroll::default())
    }

    /// Returns the question whether `requests` requests may be sent. They fetch values that the filter needs and that
    /// the loaded rows of the list lack.
    pub fn fetch(requests: usize) -> Self {
        Self::Fetch { scroll: Scroll::default(), requests }
    }

    /// Returns whether the action would have an effect in the overlay now. This does not check that the overlay has a
    /// key for the action: the caller asks only about actions with a key there.
    pub fn is_possible(&self, action: Action) -> bool {
        match (action, self) {
            (Action::Search, _) => matches!(self, Self::Help(_)),
            (Action::Open, Self::Help(_)) => false,
            (Action::Open, Self::Statistics(view)) => view.can_open(),
            (Action::Open, Self::Compare(view)) => view.can_open(),
            (Action::SaveView | Action::DeleteView, _) => matches!(self, Self::Views(menu) if menu.shows_views()),
            (Action::ToggleColumn | Action::MoveColumnUp | Action::MoveColumnDown | Action::ResetColumns, _) => {
                matches!(self, Self::Columns(_))
            }
            (Action::Left | Action::Right, _) => matches!(self, Self::Compare(_)),
            (Action::Confirm, Self::Palette(menu)) => menu.len() > 0,
            _ => true,
        }
    }

    /// Performs the action of a pressed key in the overlay: moves the cursor, edits the text field, chooses the entry
    /// under the cursor, or closes the overlay. `screen` is the size of the screen. `keymap` holds the key bindings,
    /// which the help page lists. Returns what the caller has to do.
    pub fn update(&mut self, action: Action, screen: Size, keymap: &Keymap) -> OverlayResult<T> {
        match self {
            Self::Help(_) => {}
            _ if action == Action::Help => return OverlayResult::Help,
            Self::Statistics(view) => return view.update(action, screen),
            Self::Compare(view) => return view.update(action, screen),
            _ => {}
        }
        if self.edit_field(|field| field.edit(action)) == Some(true) {
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
        if let Self::Columns(chooser) = self
            && let Some(change) = chooser.update(action, usize::from(Panel::inner_area(columns::area(screen)).height))
        {
            return OverlayResult::ChooseColumns(change);
        }
        match (action, &*self) {
            (Action::Back | Action::Interrupt, _) | (Action::Help, Self::Help(_)) => return OverlayResult::Closed,
            (Action::Open, Self::Copy(menu)) => {
                return menu.chosen().cloned().map_or(OverlayResult::Closed, OverlayResult::Copy);
            }
            (Action::Open, Self::Export(menu)) => {
                return menu.choice().map_or(OverlayResult::Open, |choice| OverlayResult::Export(choice, false));
            }
            (Action::Open, Self::Replace(question)) => {
                let replaces = question.scroll.at() == export::REPLACE;
                return if replaces {
                    OverlayResult::Export(question.choice.clone(), true)
                } else {
                    OverlayResult::Closed
                };
            }
            (Action::Open, Self::ExportReport(_)) => return OverlayResult::Closed,
            (Action::Open, Self::Palette(menu)) => {
                return menu.chosen().cloned().map_or(OverlayResult::Open, OverlayResult::Run);
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
        self.move_cursor(action, screen, keymap);
        OverlayResult::Open
    }

    /// Moves the cursor of the overlay if `action` is a movement. `screen` is the size of the screen, and `keymap`
    /// holds the key bindings, which the help page lists.
    fn move_cursor(&mut self, action: Action, screen: Size, keymap: &Keymap) {
        let LinesPlace { scroll, len, rows, .. } = self.lines_place(screen, keymap);
        let height = usize::from(rows.height);
        action.scroll(scroll, len, height);
        self.follow_cursor();
    }

    /// Adapts the overlay after its cursor moved. The export menu changes the ending of its path to that of the format
    /// under the cursor.
    fn follow_cursor(&mut self) {
        if let Self::Export(menu) = self {
            menu.follow_entry();
        }
    }

    /// Returns the cursor of the overlay, and where its lines are drawn on a screen of the size `screen`. `keymap`
    /// holds the key bindings, which the help page lists.
    fn lines_place(&mut self, screen: Size, keymap: &Keymap) -> LinesPlace<'_> {
        let has_field = self.field().is_some();
        let (scroll, len, area) = match self {
            Self::Views(menu) => return menu.lines_place(screen),
            Self::Help(page) => {
                let area = help::area(screen);
                let len = page.lines(keymap, usize::from(Panel::inner_area(area).width)).len();
                (&mut page.scroll, len, area)
            }
            Self::Palette(menu) => {
                let len = menu.len();
                (&mut menu.scroll, len, palette::area(screen))
            }
            Self::Sort(scroll) => (scroll, sort::columns().count(), sort::area(screen)),
            Self::Columns(chooser) => {
                let len = chooser.len();
                (&mut chooser.scroll, len, columns::area(screen))
            }
            Self::Copy(menu) => {
                let len = menu.len();
                (&mut menu.scroll, len, copy::area(screen, len))
            }
            Self::Export(menu) => {
                let len = menu.entries().len();
                let area = export::area(screen, len + export::FRAME_LINES);
                let rows = export::rows(Panel::inner_area(area));
                return LinesPlace { scroll: &mut menu.scroll, len, area, rows };
            }
            Self::Replace(question) => (&mut question.scroll, export::ANSWERS, export::area(screen, export::ANSWERS)),
            Self::ExportReport(notice) => {
                let len = export::report(notice, export::inside(screen)).len();
                (&mut notice.scroll, len, export::area(screen, len))
            }
            Self::Statistics(view) => return view.lines_place(screen),
            Self::Compare(view) => return view.lines_place(screen),
            Self::Pictures(view) => {
                let area = pictures::area(screen);
                return LinesPlace { scroll: &mut view.scroll, len: 0, area, rows: Rect { height: 0, ..area } };
            }
            Self::Unmask(scroll) => (scroll, unmask::LINES, unmask::area(screen)),
            Self::Fetch { scroll, .. } => (scroll, fetch::LINES, fetch::area(screen)),
        };
        let (_, rows) = split_field(Panel::inner_area(area), has_field);
        LinesPlace { scroll, len, area, rows }
    }
}

/// The cursor of an overlay, and the area in which its lines are drawn on the screen.
struct LinesPlace<'a> {
    /// The line of the cursor, and the first visible line.
    scroll: &'a mut Scroll,
    /// Number of all lines of the overlay, the invisible ones included.
    len: usize,
    /// The area of the overlay with its frame.
    area: Rect,
    /// The area of the lines, below the text field if there is one.
    rows: Rect,
}

/// Returns an area in the middle of the screen, `width` columns wide and `height` lines high. An area that is larger
/// than the screen is cut to the screen without its last line, the footer with the keys of the overlay.
fn centred(screen: Size, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(screen.width), height.min(screen.height.saturating_sub(1)));
    Rect { x: (screen.width - width) / 2, y: (screen.height - height) / 2, width, height }
}
