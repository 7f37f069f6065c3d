//! Drawing of the list pane. Only the visible rows are drawn.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::columns::{self, VisibleColumns};
use super::legend::{self, VisibleSigns};
use super::signs::{self, RowSign, SIGNS_WIDTH};
use super::{List, table};
use crate::store::{Content, Entry, RowFindings, RowOrder, Store};
use crate::submission::findings::Grade;
use crate::submission::row::{Column, Row};
use crate::text::{Mask, Safe, grouped};
use crate::time::Zone;
use crate::ui::{Line, Panel, Piece, Role, Theme, draw_cursor_line, draw_failure, paint, placeholder};

/// Minimum width in columns for the name of the open saved view in the title of the list. If there is less room, the
/// name is left out.
const NAME_WIDTH: usize = 4;

/// Width in columns of the sign for what a border leaves out.
const REST_WIDTH: usize = 2;

/// Words after the name of the open saved view if its filter, columns or order were changed since.
const CHANGED: &str = " (changed)";

/// The data that the caller passes to draw the list. The list pane itself holds the rest, such as its cursor and
/// columns.
pub struct ListProps<'a> {
    /// The loaded submissions; `None` before the first answer of the service to the query.
    pub store: Option<&'a Store>,
    /// The rows to show, as indexes into the store, in the order on the screen.
    pub rows: &'a RowOrder,
    /// The name of the open saved view, for the title, and whether its filter, columns or order were changed since;
    /// `None` if no saved view is open.
    pub view: Option<(Safe, bool)>,
    /// A text with the number of loaded submissions that says whether these are all submissions of the query.
    pub scope: Safe,
    /// Number of new rows that a refresh brought and that are not shown yet.
    pub held: usize,
    /// A text with the number of marked submissions; `None` if no submission is marked.
    pub marked: Option<Safe>,
    /// A function that returns whether the user marked the submission with an id.
    pub is_marked: &'a dyn Fn(&str) -> bool,
    /// A line for the lower border about the progress of loading the list, or about its failure.
    pub status: Line,
    /// The lines of a message about a failed request for the list, drawn in the last lines of the pane.
    pub failure_lines: Vec<Safe>,
    /// The sentences that are shown in place of the rows if the list has no row.
    pub empty: Vec<Safe>,
    /// The area of a menu that is drawn over the pane. The sentences of a list without rows are below it.
    pub menu: Option<Rect>,
    /// Whether a window is drawn over the pane, which may hide a part of its lower border.
    pub is_covered: bool,
    /// Whether the shown rows belong to an earlier query, and not to the one in the filter bar.
    pub previous: bool,
    /// Whether the submissions come from a file, so that nothing can be fetched.
    pub is_file: bool,
    /// Whether the pane has the focus.
    pub focused: bool,
    /// The mask level at which the cells are drawn.
    pub mask: Mask,
    /// The time zone of the times in the list.
    pub zone: &'a Zone,
    /// The theme to draw with.
    pub theme: &'a Theme,
}

impl List {
    /// Number of lines of the list pane that are not rows: two lines of the border, and the headings.
    pub const FRAME_LINES: u16 = 3;

    /// Returns the area of the rows inside a list pane whose area is `area`. Below the rows there are the line that
    /// explains the signs, if the pane is high enough, and `failure_lines` lines of a message about a failed request.
    pub fn rows_area(area: Rect, failure_lines: usize) -> Rect {
        let inner = Panel::inner_area(area);
        let failure_lines = u16::try_from(failure_lines).unwrap_or(u16::MAX);
        let below = failure_lines.saturating_add(legend::lines(area.height));
        let height = area.height.saturating_sub(Self::FRAME_LINES).saturating_sub(below);
        Rect { y: inner.y.saturating_add(1), height, ..inner }
    }

    /// Draws the list pane in `area`.
    pub fn view(&self, frame: &mut Frame<'_>, area: Rect, props: &ListProps<'_>) {
        let room = usize::from(Panel::inner_area(area).width);
        let Some(store) = props.store.filter(|_| !props.rows.rows().is_empty()) else {
            let panel = Panel { title: title(props, room), bottom_line: props.status.clone(), focused: props.focused };
            let inner = panel.draw(frame, area, props.theme);
            let top = props.menu.map_or(inner.y, |menu| menu.bottom().max(inner.y));
            let below = Rect { y: top, height: inner.bottom().saturating_sub(top), ..inner };
            placeholder(frame, below, &props.empty, props.theme);
            return;
        };
        let inner = Panel::inner_area(area);
        let rows = Self::rows_area(area, props.failure_lines.len());
        let window = self.scroll().window(props.rows.rows().len(), usize::from(rows.height));
        let drawn: Vec<DrawnRow<'_>> =
            window.filter_map(|line| DrawnRow::at(line, *props.rows.rows().get(line)?, store)).collect();
        // A low pane has the line only where no row is.
        let legend_y = match legend::lines(area.height) {
            0 if drawn.len() < usize::from(rows.height) => Some(rows.bottom().saturating_sub(1)),
            0 => None,
            _ => Some(rows.bottom()),
        };
        let zone = &props.zone.showing(drawn.iter().filter_map(|drawn| drawn.row.created()));
        let visible = self.visible(usize::from(inner.width), zone, store.knows_screening());
        let are_signs_explained = legend_y.is_some() || props.is_covered || !drawn.iter().any(DrawnRow::is_not_checked);
        let foot = self.bottom_line(props, &visible, are_signs_explained, usize::from(inner.width));
        let [left, right] =
            [(visible.more_left, "‹", area.x), (visible.more_right, "›", area.right().saturating_sub(1))];
        let fitting = visible.columns;
        Panel { title: title(props, room), bottom_line: foot, focused: props.focused }.draw(frame, area, props.theme);
        let headings = self.headings(&fitting, zone);
        let heading_row = Rect { height: 1, ..inner }.intersection(inner);
        frame.render_widget(paint(&headings, props.theme), heading_row);
        for (_, sign, x) in [left, right].into_iter().filter(|(is_more, ..)| *is_more) {
            let cell = Rect { x, width: 1, ..heading_row }.intersection(area);
            frame.render_widget(paint(&Line::new().word(sign, Role::Label), props.theme), cell);
        }
        draw_failure(frame, inner, &props.failure_lines, props.theme);
        let mut visible_signs = VisibleSigns::default();
        for (y, drawn) in (rows.y..).zip(&drawn) {
            let DrawnRow { line, index, entry, row } = drawn;
            let is_cursor = *line == self.scroll().at();
            let (is_new, change) = (store.changes().is_new(*index), store.changes().change(*index));
            let is_marked = entry.is_readable() && (props.is_marked)(row.id());
            let sign = RowSign { is_cursor, is_marked, findings: entry.findings(row), is_new, change };
            if entry.is_readable() {
                visible_signs.add(sign, fitting.iter().any(|(column, _)| columns::is_not_fetched(row, *column)));
            } else {
                visible_signs.add(RowSign { findings: RowFindings::Worst(Grade::Warning), ..sign }, false);
            }
            let content = row_line(drawn, &fitting, usize::from(inner.width), (props.mask, zone), sign);
            let area = Rect { y, height: 1, ..rows }.intersection(inner);
            if is_cursor {
                let role = if props.focused { Role::Cursor } else { Role::CursorElsewhere };
                draw_cursor_line(frame, area, &content, role, props.theme);
                continue;
            }
            frame.render_widget(Clear, area);
            frame.render_widget(paint(&content, props.theme), area);
            if props.previous {
                frame.buffer_mut().set_style(area, props.theme.style(Role::Dim));
            }
        }
        if let Some(y) = legend_y {
            let line = Rect { y, height: 1, ..inner }.intersection(inner);
            frame.render_widget(paint(&visible_signs.line(room, props.is_file), props.theme), line);
        }
    }

    /// Returns the text of the lower border for a border of `width` columns. It begins with the number of the row under
    /// the cursor and the number of shown rows, as in `9/246`. If columns are out of view, words say so if there is
    /// room; the signs beside the headings always do. `are_signs_explained` says whether another line explains the
    /// signs of the rows; otherwise the border explains the sign for unknown findings if there is room.
    fn bottom_line(
        &self,
        props: &ListProps<'_>,
        visible: &VisibleColumns,
        are_signs_explained: bool,
        width: usize,
    ) -> Line {
        let place = Safe::sanitize(&format!(" {}/{} ", self.scroll().at() + 1, props.rows.rows().len()));
        let columns = match (visible.more_left, visible.more_right) {
            (false, false) => "·",
            (true, false) => "· ‹ columns ·",
            (false, true) => "· columns › ·",
            (true, true) => "· ‹ columns › ·",
        };
        let [long, short] = match are_signs_explained {
            true => [""; 2],
            false if props.is_file => [legend::UNKNOWN_OF_FILE; 2],
            false => legend::UNKNOWN_FINDINGS,
        };
        let start = |columns: &'static str, note: &'static str| {
            Line::new().with(place.clone(), Role::Dim).word(columns, Role::Dim).word(note, Role::Dim)
        };
        let with = |columns, note| start(columns, note).with_line(props.status.clone());
        let fitting = [with(columns, long), with("·", long)].into_iter().find(|line| line.width() <= width);
        // Only what is happening, what failed and what a key does is worth more than the explanation of the sign.
        let is_worth_more = |piece: &&Piece| !matches!(piece.role, Role::Dim | Role::Plain);
        let needed: usize = props.status.pieces.iter().filter(is_worth_more).map(|piece| piece.text.width()).sum();
        let has_room = |note: &&'static str| start("·", note).width() + needed + REST_WIDTH <= width;
        fitting.unwrap_or_else(|| with("·", [long, short].into_iter().find(has_room).unwrap_or_default()))
    }

    fn headings(&self, fitting: &[(Column, usize)], zone: &Zone) -> Line {
        let mut line = Line::new().word(signs::HEADINGS, Role::Label);
        for (column, width) in fitting {
            let heading = columns::padded_heading(*column, *width, zone, Some(self.sort));
            line = line.with(heading, Role::Label).word(" ", Role::Dim);
        }
        line
    }
}

/// Returns the text of the upper border of the list pane for a border of `width` columns. How much is loaded, and
/// whether that is all, is always there. The name of the pane and the number of new rows that are not shown yet are left
/// out if there is no room.
fn title(props: &ListProps<'_>, width: usize) -> Line {
    let mut scope = Line::new().with(props.scope.clone(), Role::Strong);
    if let Some(marked) = &props.marked {
        scope = scope.word(" · ", Role::Dim).with(marked.clone(), Role::Accent);
    }
    if props.previous {
        // Only these words tell that the rows do not answer the filter above them, so they have room before a name.
        let start = |words| Line::new().word(words, Role::Warn).with_line(scope.clone());
        let long = start("rows of the previous query · ");
        scope = if long.width() + 2 <= width { long } else { start("previous query · ") };
    }
    let room_for_view = width.saturating_sub(scope.width() + 5).max(NAME_WIDTH);
    let name = match &props.view {
        Some((view, true)) => {
            let room = room_for_view.saturating_sub(crate::text::columns(CHANGED)).max(NAME_WIDTH);
            Line::new().with(view.fit(room), Role::Title).word(CHANGED, Role::Title)
        }
        Some((view, false)) => Line::new().with(view.fit(room_for_view), Role::Title),
        None => Line::new().word("Submissions", Role::Title),
    };
    let mut names = vec![name.word(" ─ ", Role::Title)];
    // The name of a saved view is worth more than the number of new rows, the name of the pane is not.
    if props.view.is_none() {
        names.push(Line::new());
    }
    let held = match props.held {
        0 => vec![Line::new()],
        held => [" of them new, not shown yet", " new, not shown", " new hidden", " new"]
            .into_iter()
            .map(|end| held_words(held, end))
            .chain([Line::new()])
            .collect(),
    };
    let blank = || Line::new().word(" ", Role::Plain);
    for held in &held {
        for name in &names {
            let title =
                blank().with_line(name.clone()).with_line(scope.clone()).with_line(held.clone()).with_line(blank());
            if title.width() <= width {
                return title;
            }
        }
    }
    blank().with_line(scope).with_line(blank())
}

/// Returns the words about `held` new rows that are not shown yet, for the title of the list. `end` is the end of the
/// words.
fn held_words(held: usize, end: &'static str) -> Line {
    Line::new().word(" · ", Role::Dim).with(Safe::sanitize(&grouped(held)), Role::Strong).word(end, Role::Strong)
}

/// A visible row of the list, before it is drawn.
struct DrawnRow<'s> {
    /// Index of the row's line in the list.
    line: usize,
    /// Index of the submission in the store.
    index: u32,
    entry: &'s Entry,
    row: Row,
}

impl<'s> DrawnRow<'s> {
    fn at(line: usize, index: u32, store: &'s Store) -> Option<Self> {
        Some(Self { line, index, entry: store.get(index)?, row: store.row(index) })
    }

    /// Returns whether the row has the sign for findings that are not known.
    fn is_not_checked(&self) -> bool {
        self.entry.is_readable() && self.entry.findings(&self.row) == RowFindings::NotChecked
    }
}

fn row_line(
    drawn: &DrawnRow<'_>,
    fitting: &[(Column, usize)],
    room: usize,
    (mask, zone): (Mask, &Zone),
    sign: RowSign<'_>,
) -> Line {
    if let Content::Unreadable { reason, .. } = drawn.entry.content() {
        let line = sign.start(Piece::word("!", Role::Warn));
        return line.with(
            table::unreadable(&reason.words(), Some(drawn.line + 1)).fit(room.saturating_sub(SIGNS_WIDTH)),
            Role::Warn,
        );
    }
    let mut line = sign.start(signs::finding(sign.findings));
    for (at, (column, width)) in fitting.iter().enumerate() {
        let piece = columns::cell(&drawn.row, *column, mask, zone);
        line.pieces.extend((at > 0).then(|| sign.separator(*column)));
        line = line.with(piece.text.pad(*width), piece.role);
    }
    line
}
