//! The windows that open over the panes ("overlays"): help, the menus (sort, columns, copy, export, views), the
//! comparison, the statistics, and the
//! questions before everything is unmasked and before many requests are sent.
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
use crate::text::Safe;
use crate::ui::{Panel, Theme};
use view::{FIELD_LABEL, draw_lines, keys_line, position_text, split_field};

/// An open overlay: a box over the panes, such as a menu or the help page. `T` is the type that names a part of a
/// submission in the copy menu, such as the id.
///
/// The type implements no `Debug`, since people type identity data into the text field of an overlay.
pub enum Overlay<T> {
    /// The help page: the keys, the signs and the filter language.
    Help(HelpPage<T>),
    /// The palette: the actions and settings that are possible now, found by typing.
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
    /// The question whether an export may replace an existing file.
    Replace(ReplaceQuestion),
    /// The report of an export that has ended.
    ExportReport(ExportNotice),
    /// The comparison of two or three submissions.
    Compare(Box<CompareView>),
    /// The statistics of the shown rows.
    Statistics(Box<StatisticsView>),
    /// The pictures of the shown submission.
    Pictures(Box<PicturesView>),
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

/// What the open overlay shows besides its own state, such as the key bindings on the help page.
pub struct OverlayProps<'a> {
    /// The key bindings, for the help page.
    pub keymap: &'a Keymap,
    /// The column that the list of submissions is sorted by, and the direction: `true` if the largest value comes
    /// first.
    pub sorted: (Column, bool),
    /// The entries of the copy menu, such as `Submission id`, each with the beginning of the text to copy as the mask
    /// shows it.
    pub choices: &'a [CopyMenuLine],
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
    /// The overlay stays open, and the columns of the list are to be changed.
    ChooseColumns(ColumnChange),
    /// The overlay is to be closed, and this part of the submission is to be copied.
    Copy(T),
    /// The overlay is to be closed, and submissions are to be written to a file; `true` if an existing file may be
    /// replaced.
    Export(ExportChoice, bool),
    /// The overlay is to be closed, and a field of one of the compared submissions is to be shown. Each of them has its
    /// path of the field, or `None`.
    OpenField(Vec<Option<String>>),
    /// The overlay is to be closed, and this local term is to be added to the filter.
    AddTerm(Box<str>),
    /// The overlay is to be closed, and the filter bar is to be opened with this server term added to the filter.
    EditTerm(Box<str>),
    /// The overlay is to be closed, and this command of the palette is to be run.
    Run(PaletteCommand),
    /// The overlay is to be closed, and all personal data is to be shown without a mask.
    Unmask,
    /// The overlay is to be closed, and what the list lacks is to be fetched.
    Fetch,
    /// The help page is to be opened over the overlay.
    Help,
    /// The overlay stays open, and this is to be done with a saved view.
    View(ViewRequest),
}

impl<T: Clone + PartialEq> Overlay<T> {
    /// Returns the help page, which begins with the keys of `place`, the place from which it is opened.
    pub fn help(place: HelpPlace) -> Self {
        Self::Help(HelpPage::new(place, None))
    }

    /// Returns the command palette, a list of commands in which the user searches by typing, without its entries. The
    /// caller sets the entries later, see [`PaletteMenu::find`].
    pub fn palette() -> Self {
        Self::Palette(PaletteMenu::new())
    }

    /// Returns the sort menu with its cursor on the column `now`, by which the list is sorted.
    pub fn sort(now: Column) -> Self {
        let mut scroll = Scroll::default();
        let columns: Vec<_> = sort::columns().collect();
        let at = columns.iter().position(|column| *column == now).unwrap_or(0);
        scroll.to(at, columns.len(), columns.len());
        Self::Sort(scroll)
    }

    /// Returns the column chooser for a list that shows the columns `shown`.
    pub fn columns(shown: &[Column]) -> Self {
        Self::Columns(ColumnChooser::new(shown))
    }

    /// Returns the copy menu without entries. The caller sets the entries later, see [`CopyMenu::set_entries`].
    pub fn copy() -> Self {
        Self::Copy(CopyMenu::new())
    }

    /// Returns the export menu with the suggested path `path`.
    pub fn export(path: &str) -> Self {
        Self::Export(ExportMenu::new(path))
    }

    /// Returns the export menu again after the export `choice` was refused. It shows the path of `choice` and `reason`,
    /// the reason for the refusal; its cursor is on the entry of `choice`.
    pub fn export_refused(choice: ExportChoice, reason: Safe) -> Self {
        Self::Export(ExportMenu::refused(choice, reason))
    }

    /// Returns the question whether an export may replace an existing file. `sentence` says what exists. If the user
    /// answers yes, the export `choice` is made.
    pub fn replace(sentence: Safe, choice: ExportChoice) -> Self {
        Self::Replace(ReplaceQuestion { scroll: Scroll::default(), sentence, choice })
    }

    /// Returns the overlay with `sentences`, which say how an export ended.
    pub fn export_report(sentences: Vec<Safe>) -> Self {
        Self::ExportReport(ExportNotice { scroll: Scroll::default(), sentences })
    }

    /// Returns the overlay that compares submissions, without its lines. The caller makes the lines later, see
    /// [`CompareView::render`].
    pub fn compare() -> Self {
        Self::Compare(Box::default())
    }

    /// Returns the statistics without counts. The caller sets the counts later, see [`StatisticsView::set`].
    pub fn statistics() -> Self {
        Self::Statistics(Box::default())
    }

    /// Returns the question whether to show all personal data without a mask.
    pub fn unmask() -> Self {
        Self::Unmask(Scroll::default())
    }

    /// Returns the overlay with this question: "May `requests` requests be sent?" The requests fetch values that the
    /// filter needs and that the loaded rows of the list do not contain.
    pub fn fetch(requests: usize) -> Self {
        Self::Fetch { scroll: Scroll::default(), requests }
    }

    /// Returns whether the action has an effect in the overlay. The caller makes sure that the key of the action is
    /// valid in this overlay.
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

    /// Performs an action in the overlay: moves the cursor of the overlay, chooses the entry under the cursor, or
    /// closes the overlay. `screen` is the size of the screen. `keymap` holds the key bindings, which the help page
    /// lists.
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

    /// Moves the cursor of the overlay if `action` moves it.
    fn move_cursor(&mut self, action: Action, screen: Size, keymap: &Keymap) {
        let LinesPlace { scroll, len, rows, .. } = self.lines_place(screen, keymap);
        let height = usize::from(rows.height);
        action.scroll(scroll, len, height);
        self.follow_cursor();
    }

    /// Lets the overlay follow its cursor after a move: the export menu changes the ending of its path to that of the
    /// format under the cursor.
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

/// The cursor of an overlay, and where the lines of this overlay are drawn on the screen.
struct LinesPlace<'a> {
    /// The cursor, and the first visible line.
    scroll: &'a mut Scroll,
    /// Number of all lines.
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
