//! The actions that key presses can start. The names of the actions in snake case, such as `next_pane`, are the names
//! in `assets/keymap.toml`.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use serde::Deserialize;
use serde::de::IntoDeserializer as _;
use serde::de::value::Error as NameError;
use strum::IntoStaticStr;

use crate::kit::{Scroll, Step};

/// An action that the user starts by a key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Action {
    /// Close the open text field or overlay. If none is open, stop loading. If nothing loads, quit the program with
    /// exit code 130.
    Interrupt,
    /// Restore the terminal modes, and suspend the process group of the program, as `ctrl-z` does in a shell.
    Suspend,
    /// Draw every cell of the screen again.
    Redraw,
    /// Quit the program with exit code 0.
    Quit,
    /// Show the help page.
    Help,
    /// Open the palette: a list of the possible actions and settings, which the user finds by typing.
    Palette,
    /// Edit the filter of the list in the filter bar.
    EditFilter,
    /// Edit the filter in the filter bar with the cursor behind its last term (condition), to add a term.
    AddTerm,
    /// Remove the filter, as if an empty filter were applied.
    ClearFilter,
    /// Focus the next pane.
    NextPane,
    /// Focus the previous pane.
    PreviousPane,
    /// Show the next tab of the detail pane.
    NextTab,
    /// Show the previous tab of the detail pane.
    PreviousTab,
    /// Show the tab of the detail pane with this number, counted from 1.
    Tab(u8),
    /// Show the next submission of the list in the detail pane; the tab stays the same.
    NextSubmission,
    /// Show the previous submission of the list in the detail pane; the tab stays the same.
    PreviousSubmission,
    /// Load all pages of the list that are not loaded yet.
    LoadAll,
    /// Fetch the fields that the loaded rows lack, but that the terms (conditions) of the filter or the shown columns
    /// need.
    FetchMissing,
    /// Repeat the last failed request. If no request failed, request the shown data again.
    Refresh,
    /// Turn the watch mode on or off. While it is on, the list is refreshed regularly.
    Watch,
    /// Show the new rows that a refresh of the list brought. If there are none, remove the marks of new and changed
    /// rows.
    ShowNews,
    /// Switch between two mask levels: one hides only identity numbers, the other hides all identity data.
    ToggleMask,
    /// Show all values unmasked, identity data included.
    Unmask,
    /// Show all times in the next of the time zones that the program offers.
    NextZone,
    /// Let the focused pane fill the whole body of the screen, or show both panes again.
    ZoomPane,
    /// Turn the mouse on or off.
    ToggleMouse,
    /// Make the list pane narrower.
    NarrowList,
    /// Make the list pane wider.
    WidenList,
    /// Let the user choose the column by which the list is sorted.
    Sort,
    /// Open the column chooser, in which the user chooses the columns of the list and their order.
    ChooseColumns,
    /// Show or hide a column of the list: the one under the cursor of the column chooser.
    ToggleColumn,
    /// Move the column under the cursor of the column chooser one place up, which is to the left in the list.
    MoveColumnUp,
    /// Move the column under the cursor of the column chooser one place down, which is to the right in the list.
    MoveColumnDown,
    /// Show the usual columns of the list.
    ResetColumns,
    /// Mark the submission under the list cursor, or remove its mark, and move one line down.
    Mark,
    /// Remove the marks of all submissions.
    UnmarkAll,
    /// Open the menu from which submissions are written to a file.
    Export,
    /// Open the menu of saved views.
    Views,
    /// Save the filter, columns and order of the list as a view. Only possible in the menu of saved views.
    SaveView,
    /// Delete the saved view under the cursor. Only possible in the menu of saved views.
    DeleteView,
    /// Count the shown rows by status, day, country, code, kind of retry and ID type.
    Statistics,
    /// Compare submissions side by side: the marked ones or, in the detail pane, the shown one with a linked one.
    Compare,
    /// Move the cursor of the focused pane one line down.
    Down,
    /// Move the cursor of the focused pane one line up.
    Up,
    /// Move the cursor of the focused pane to the first line.
    Top,
    /// Move the cursor of the focused pane to the last line.
    Bottom,
    /// Move the cursor of the focused pane a page down.
    PageDown,
    /// Move the cursor of the focused pane a page up.
    PageUp,
    /// Move the cursor of the focused pane half a page down.
    HalfPageDown,
    /// Move the cursor of the focused pane half a page up.
    HalfPageUp,
    /// Scroll or move left, or collapse the line under the cursor.
    Left,
    /// Scroll or move right, or expand the line under the cursor.
    Right,
    /// Open what is under the cursor, such as a submission of the list or a line of an overlay. In a tab of the detail
    /// pane, jump to the fields from which the line under the cursor was made.
    Open,
    /// Close the overlay, end the search, return to the list pane, or stop loading: the first of these that is
    /// possible. This action never quits.
    Back,
    /// Return to the line from which the last jump started. (Jumps lead from a line to the fields from which it was
    /// made.)
    JumpBack,
    /// Go to the next error or finding in the tab of the detail pane.
    NextError,
    /// Go to the previous error or finding in the tab of the detail pane.
    PreviousError,
    /// Go to the next gap in the timeline, that is, to the next long time without events.
    NextGap,
    /// Show the masked value of the line under the cursor without its mask, for ten seconds.
    Reveal,
    /// Search for a text in the current tab of the detail pane.
    Search,
    /// Go to the next match of the search in the tab of the detail pane.
    NextMatch,
    /// Go to the previous match of the search in the tab of the detail pane.
    PreviousMatch,
    /// Search the tab of the detail pane for the text in the search field.
    ApplySearch,
    /// Leave the search field of the detail pane without a search.
    LeaveSearch,
    /// Choose what to copy to the clipboard.
    Copy,
    /// Show the pictures of the shown submission. While the pictures are shown, fetch the current picture if it was not
    /// fetched yet.
    Pictures,
    /// Turn the shown picture of a submission by 90 degrees.
    RotatePicture,
    /// Show the front of the document and the selfie side by side, or show one picture again.
    PairPictures,
    /// Switch to the next order of the lines of the tab. Only the tabs OCR and Timeline of the detail pane have several
    /// orders.
    NextOrder,
    /// Switch the timeline between clock times, and times that are counted from the start of the submission.
    RelativeTimes,
    /// Zoom in on the timeline or a picture. In another tab, expand the trees (nested fields of the submission) by one
    /// level.
    Closer,
    /// Zoom out of the timeline or a picture. In another tab, collapse the trees (nested fields of the submission) by
    /// one level.
    Wider,
    /// Show the whole time span of the timeline. In another tab, reset the trees (nested fields of the submission) to
    /// how they were expanded at first.
    Whole,
    /// Expand all trees (nested fields of the submission) in the current tab of the detail pane.
    OpenAll,
    /// Collapse all trees (nested fields of the submission) in the current tab of the detail pane.
    CloseAll,
    /// Apply the filter that is typed in the filter bar to the list.
    ApplyFilter,
    /// Confirm the text that is typed into the field of an overlay, or select the line under the cursor of the overlay.
    Confirm,
    /// Leave the text field of an overlay.
    LeaveField,
    /// Move the cursor of an overlay one line down while the user types into its text field.
    NextLine,
    /// Move the cursor of an overlay one line up while the user types into its text field.
    PreviousLine,
    /// Put the applied filter back into the filter bar, and leave the filter bar.
    RestoreFilter,
    /// Put the next completion of the completion menu into the filter bar.
    Complete,
    /// Put the previous completion of the completion menu into the filter bar.
    CompletePrevious,
    /// Put the next newer filter of the history (the filters that the user applied before) into the filter bar.
    NewerFilter,
    /// Put the next older filter of the history (the filters that the user applied before) into the filter bar.
    OlderFilter,
    /// Move the text cursor to the start of the line in the text field.
    LineStart,
    /// Move the text cursor to the end of the line in the text field.
    LineEnd,
    /// Move the text cursor one character left.
    CharLeft,
    /// Move the text cursor one character right.
    CharRight,
    /// Move the text cursor one word left.
    WordLeft,
    /// Move the text cursor one word right.
    WordRight,
    /// Delete the character before the text cursor.
    DeleteBefore,
    /// Delete the character under the text cursor.
    DeleteUnder,
    /// Delete the word before the text cursor.
    DeleteWord,
    /// Delete the text from the start of the line to the text cursor.
    DeleteToStart,
    /// Delete the text from the text cursor to the end of the line.
    DeleteToEnd,
}

/// Writes the name of the action in snake case, such as `load_all`. The actions that show a tab are `tab_1` to `tab_8`.
impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tab(number) => write!(f, "tab_{number}"),
            _ => f.write_str(self.into()),
        }
    }
}

impl FromStr for Action {
    type Err = NameError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let tab =
            name.strip_prefix("tab_").and_then(|number| number.parse().ok()).filter(|number| TABS.contains(number));
        tab.map_or_else(|| Self::deserialize(name.into_deserializer()), |number| Ok(Self::Tab(number)))
    }
}

/// Numbers of the tabs for which there are actions.
const TABS: RangeInclusive<u8> = 1..=8;

impl Action {
    /// Returns whether the action must have a key, since a text field cannot be used without it.
    pub(crate) const fn needs_a_key(self) -> bool {
        matches!(
            self,
            Self::Confirm
                | Self::LeaveField
                | Self::ApplyFilter
                | Self::RestoreFilter
                | Self::ApplySearch
                | Self::LeaveSearch
        )
    }

    /// Returns how this action moves the cursor in a list of lines; `None` if the action does not move the cursor by
    /// lines. `height` is the number of lines on a page.
    pub fn step(self, height: usize) -> Option<Step> {
        let page = isize::try_from(height).unwrap_or(isize::MAX).max(1);
        Some(match self {
            Self::Top => Step::Lines(isize::MIN),
            Self::Bottom => Step::Lines(isize::MAX),
            Self::Down => Step::Lines(1),
            Self::Up => Step::Lines(-1),
            Self::PageDown => Step::Page(page),
            Self::PageUp => Step::Page(-page),
            Self::HalfPageDown => Step::Page((page / 2).max(1)),
            Self::HalfPageUp => Step::Page(-(page / 2).max(1)),
            _ => return None,
        })
    }

    /// Moves the cursor of a list of lines if this action moves cursors by lines. `len` and `height` are the numbers of
    /// all lines and of visible lines.
    pub fn scroll(self, scroll: &mut Scroll, len: usize, height: usize) {
        if let Some(step) = self.step(height) {
            scroll.step(step, len, height);
        }
    }
}
