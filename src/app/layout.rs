//! The layout of the screen, computed only from the size of the screen and the user's preferences.

use ratatui::layout::{Rect, Size};

use super::{Focus, TourStep};

/// Smallest width of the screen, in columns, at which the list pane and the detail pane are shown side by side.
const MIN_WIDTH_SIDE_BY_SIDE: u16 = 120;
/// Smallest height of the body (the area of both panes), in rows, at which the detail pane is shown below the list
/// pane. This is the layout for screens that are too narrow for both panes side by side.
const MIN_HEIGHT_STACKED: u16 = 30;
/// Smallest screen, in columns and rows, on which the interactive program is drawn.
const MIN_SCREEN: Size = Size { width: 40, height: 12 };

/// The user's choices that decide the layout of the screen, such as the focused pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScreenPrefs {
    /// Share of the screen's body that the list pane gets when both panes are shown, in percent. It is a share of the
    /// width if the panes are side by side, otherwise of the height.
    pub list_share: u16,
    /// Whether the focused pane takes the whole area of both panes, so that the other pane is hidden.
    pub zoomed: bool,
    /// The pane with the focus, which receives the keys.
    pub focus: Focus,
    /// The current step of the demo's guided tour, which one line of the screen shows; `None` without a tour.
    pub tour: Option<TourStep>,
    /// Whether the user has turned the mouse on.
    pub mouse: bool,
}

impl ScreenPrefs {
    /// Makes the list pane larger by one step, or smaller if `wider` is false. The share stays within its limits.
    pub(super) fn step_share(&mut self, wider: bool) {
        let share = if wider { self.list_share + 5 } else { self.list_share.saturating_sub(5) };
        self.list_share = share.clamp(25, 75);
    }
}

impl Default for ScreenPrefs {
    fn default() -> Self {
        Self { list_share: 48, zoomed: false, focus: Focus::List, tour: None, mouse: false }
    }
}

/// The areas of the screen. `None` means that the area is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Regions {
    /// The first line: program, profile, time zone, mask level.
    pub header: Rect,
    /// The filter bar: the line in which the user types a filter.
    pub filter: Rect,
    /// The line that shows the query parameters of the list request.
    pub request: Rect,
    /// The list pane, which shows the submissions of the query.
    pub list: Option<Rect>,
    /// The detail pane, which shows one submission.
    pub detail: Option<Rect>,
    /// The line with the current suggestion of the demo's guided tour.
    pub tour: Option<Rect>,
    /// The last line: a notice, or the active keys.
    pub footer: Rect,
}

impl Regions {
    /// Divides a screen of this size, in columns and rows, into its areas. `None` means that the screen is too small
    /// for the interactive program.
    pub fn of(size: Size, prefs: ScreenPrefs) -> Option<Self> {
        if size.width < MIN_SCREEN.width || size.height < MIN_SCREEN.height {
            return None;
        }
        let row = |y| Rect { x: 0, y, width: size.width, height: 1 };
        let tour = prefs.tour.map(|_| row(size.height - 2));
        let height = size.height - 4 - u16::from(tour.is_some());
        let body = Rect { x: 0, y: 3, width: size.width, height };
        let (list, detail) = if prefs.zoomed {
            Self::only_focused(body, prefs.focus)
        } else if body.width >= MIN_WIDTH_SIDE_BY_SIDE {
            let width = body.width * prefs.list_share.clamp(20, 80) / 100;
            (Some(Rect { width, ..body }), Some(Rect { x: body.x + width, width: body.width - width, ..body }))
        } else if body.height >= MIN_HEIGHT_STACKED {
            let height = body.height * prefs.list_share.clamp(20, 80) / 100;
            (Some(Rect { height, ..body }), Some(Rect { y: body.y + height, height: body.height - height, ..body }))
        } else {
            Self::only_focused(body, prefs.focus)
        };
        let [header, filter, request] = [0, 1, 2].map(row);
        Some(Self { header, filter, request, list, detail, tour, footer: row(size.height - 1) })
    }

    const fn only_focused(body: Rect, focus: Focus) -> (Option<Rect>, Option<Rect>) {
        match focus {
            Focus::List => (Some(body), None),
            Focus::Detail => (None, Some(body)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_tile_every_screen() {
        for width in 0..260 {
            for height in 0..80 {
                for (zoomed, focus, tour) in [
                    (false, Focus::List, None),
                    (false, Focus::Detail, Some(TourStep::FIRST)),
                    (true, Focus::Detail, None),
                ] {
                    let prefs = ScreenPrefs { zoomed, focus, tour, ..ScreenPrefs::default() };
                    let size = Size { width, height };
                    let Some(regions) = Regions::of(size, prefs) else {
                        assert!(width < 40 || height < 12);
                        continue;
                    };
                    let areas = [Some(regions.header), Some(regions.filter), Some(regions.request)];
                    let below = [regions.list, regions.detail, regions.tour, Some(regions.footer)];
                    let areas = areas.into_iter().chain(below).flatten();
                    let covered: u32 = areas.map(Rect::area).sum();
                    assert_eq!(covered, u32::from(width) * u32::from(height), "{size}");
                }
            }
        }
    }
}
