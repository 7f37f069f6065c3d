//! What a key can order. The names here are the names in `assets/keymap.toml`.

use serde::Deserialize;

/// An order of the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Close a field or overlay, else stop a load, else quit (130).
    Interrupt,
    /// Undo all terminal modes and stop the process group.
    Suspend,
    /// Draw every cell again.
    Redraw,
    /// Leave with 0.
    Quit,
    /// Show the help page.
    Help,
    /// Edit the filter.
    EditFilter,
    /// Focus the next pane.
    NextPane,
    /// Focus the pane before.
    PreviousPane,
    /// The detail's next tab.
    NextTab,
    /// The detail's previous tab.
    PreviousTab,
    /// The detail's tab with this number, counted from 1.
    Tab(u8),
    /// The next submission, same tab.
    NextSubmission,
    /// The previous submission, same tab.
    PreviousSubmission,
    /// Walk the cursor to its end.
    LoadAll,
    /// Repeat what failed last, else fetch again.
    Refresh,
    /// Refresh again and again, or no longer.
    Watch,
    /// Show new rows, or take the marks of what is new or changed away.
    ShowNews,
    /// Mask ids only, or all identity data.
    ToggleMask,
    /// Mask nothing.
    Unmask,
    /// The next time zone.
    NextZone,
    /// The focused pane takes the whole body, or gives it back.
    ZoomPane,
    /// A narrower list.
    NarrowList,
    /// A wider list.
    WidenList,
    /// Choose the column to sort by.
    Sort,
    /// One line down.
    Down,
    /// One line up.
    Up,
    /// The first line.
    Top,
    /// The last line.
    Bottom,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// Half a page down.
    HalfPageDown,
    /// Half a page up.
    HalfPageUp,
    /// Sideways, or fold.
    Left,
    /// Sideways, or unfold.
    Right,
    /// Open, or jump to the evidence.
    Open,
    /// One step back; never quits.
    Back,
    /// Back to where the last jump came from.
    JumpBack,
    /// The next error in the timeline.
    NextError,
    /// The previous error in the timeline.
    PreviousError,
    /// The next gap in the timeline.
    NextGap,
    /// Show the line's value for ten seconds.
    Reveal,
    /// Look for a text in the tab.
    Search,
    /// The next place that holds it.
    NextMatch,
    /// The previous place that holds it.
    PreviousMatch,
    /// Look for the text as typed.
    ApplySearch,
    /// Leave the field without looking.
    LeaveSearch,
    /// Choose what to copy.
    Copy,
    /// The next order of the tab.
    NextOrder,
    /// Times of the clock, or since the start.
    RelativeTimes,
    /// A shorter span of time, or one level of the trees more.
    Closer,
    /// A longer span of time, or one level of the trees less.
    Wider,
    /// The whole span of time, or the trees as they were at first.
    Whole,
    /// Open all of the trees.
    OpenAll,
    /// Close all of the trees.
    CloseAll,
    /// Apply the filter as typed.
    ApplyFilter,
    /// Restore what was applied and leave the bar.
    RestoreFilter,
    /// Take the completion.
    Complete,
    /// The newer line of the history.
    NewerFilter,
    /// The older line of the history.
    OlderFilter,
    /// The start of the line.
    LineStart,
    /// The end of the line.
    LineEnd,
    /// One character left.
    CharLeft,
    /// One character right.
    CharRight,
    /// One word left.
    WordLeft,
    /// One word right.
    WordRight,
    /// Delete the character before the cursor.
    DeleteBefore,
    /// Delete the character under the cursor.
    DeleteUnder,
    /// Delete the word before the cursor.
    DeleteWord,
    /// Delete to the start of the line.
    DeleteToStart,
    /// Delete to the end of the line.
    DeleteToEnd,
}

impl Action {
    /// The lines that a movement goes, down being positive; `None` for what is no movement by lines.
    pub fn lines(self, height: usize) -> Option<isize> {
        let page = isize::try_from(height).unwrap_or(isize::MAX).max(1);
        Some(match self {
            Self::Down => 1,
            Self::Up => -1,
            Self::PageDown => page,
            Self::PageUp => -page,
            Self::HalfPageDown => (page / 2).max(1),
            Self::HalfPageUp => -(page / 2).max(1),
            _ => return None,
        })
    }
}
