//! The export menu: the path of the file, which submissions are written, and in which format. Also the question whether
//! an existing file may be replaced, and the report when an export has ended.

use std::fmt;

use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use super::{centred, draw_cursor_sign, position_text};
use crate::kit::Scroll;
use crate::query::PartSet;
use crate::text::{Mask, Safe, counted};
use crate::ui::{Line, Panel, Role, TextField, Theme, clear, paint, wrap};

/// Width in columns of the export menu and of the report of an export.
const MENU_WIDTH: u16 = 76;

/// The label before the path of the file.
const FIELD_LABEL: &str = " File  ";
/// Blanks as wide as [`FIELD_LABEL`].
const FIELD_INDENT: &str = "       ";

/// Width in columns of the names of the entries in the export menu.
const NAME_WIDTH: usize = 24;

/// The endings of file names from which the format of an export is chosen. `true` means CSV, `false` means NDJSON.
const FILE_ENDINGS: [(&str, bool); 3] = [(".ndjson", false), (".jsonl", false), (".csv", true)];

/// Which submissions an export from the interactive program writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportScope {
    /// The submissions that the user marked, if they are in memory.
    Marked,
    /// The rows that the list shows.
    Shown,
    /// All submissions that match the query. They are fetched page by page.
    Query,
}

impl ExportScope {
    const fn label(self) -> &'static str {
        match self {
            Self::Marked => "Marked",
            Self::Shown => "Shown",
            Self::Query => "Whole query",
        }
    }
}

/// What the user chose in the export menu: which submissions, in which format, and to which path.
#[derive(Clone, PartialEq, Eq)]
pub struct ExportChoice {
    /// Which submissions are written.
    pub scope: ExportScope,
    /// Whether the format is CSV; otherwise it is NDJSON.
    pub is_csv: bool,
    /// The path as the user typed it.
    pub path: String,
}

/// Prints every field but the path, since people type names of applicants into it.
impl fmt::Debug for ExportChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExportChoice").field("scope", &self.scope).field("is_csv", &self.is_csv).finish_non_exhaustive()
    }
}

/// What the export menu says about the list and about the file, such as the number of marked submissions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportMenuData {
    /// Number of submissions that the user marked.
    pub marked: usize,
    /// Number of rows that the list shows.
    pub shown: usize,
    /// Whether the list contains all submissions of the query.
    pub is_complete: bool,
    /// Whether the submissions come from a file, so that nothing is fetched.
    pub is_of_file: bool,
    /// Parts of a record (groups of fields, such as `aml`) that an export of the whole query fetches besides the list
    /// data. The filter needs these parts.
    pub joined: PartSet,
    /// Number of columns that a CSV would have.
    pub columns: usize,
    /// Mask level of the values that are written to the file.
    pub mask: Mask,
}

/// State of the export menu: the text field with the path, and the cursor on one of the entries. It implements no
/// `Debug`, since people type names into paths.
pub struct ExportMenu {
    pub(super) field: TextField,
    pub(super) scroll: Scroll,
    menu_data: Option<ExportMenuData>,
    /// The refused export with which the menu was opened, and the reason for the refusal; `None` if no export was
    /// refused before.
    refused: Option<(ExportChoice, Safe)>,
}

impl ExportMenu {
    /// Creates the export menu with `path`, the suggested path of the file, in its text field. [`Self::set_menu_data`]
    /// sets the entries later.
    pub(super) fn new(path: &str) -> Self {
        Self { field: TextField::new(path), scroll: Scroll::default(), menu_data: None, refused: None }
    }

    /// Creates the export menu for another try after the export `choice` was refused. It shows the path of `choice`.
    /// Once the entries are set, its cursor is on the entry of `choice`. Until the user changes the path, `reason`, the
    /// reason for the refusal, is below it.
    pub(super) fn refused(choice: ExportChoice, reason: Safe) -> Self {
        Self { refused: Some((choice.clone(), reason)), ..Self::new(&choice.path) }
    }

    /// Returns the line below the path. It has the reason why the export to this path was refused, if the user did not
    /// change the path since then. Otherwise it says that typing changes the path, and of a path without a folder that
    /// the file is in the current folder. `columns` is the width inside the menu.
    fn path_remark(&self, columns: usize) -> Line {
        let path = self.field.text().trim();
        let remark = |words| Line::new().word(FIELD_INDENT, Role::Plain).word(words, Role::Dim);
        match &self.refused {
            Some((choice, reason)) if choice.path == self.field.text() => {
                let room = columns.saturating_sub(4);
                Line::new().word(" ✗ ", Role::Bad).with(without_middle(reason, room), Role::Plain)
            }
            _ if path.is_empty() => Line::new(),
            _ if path.contains('/') || path.starts_with('~') => remark("type to change the path"),
            _ => {
                let long = remark("in the current folder · type to change the name");
                if long.width() <= columns { long } else { remark("in the current folder") }
            }
        }
    }

    /// Sets what the export menu shows about the list, and makes the entries from it. There are entries for marked
    /// submissions only if submissions are marked. The cursor stays on its entry if that still exists.
    pub fn set_menu_data(&mut self, menu_data: ExportMenuData) {
        let refused = self.refused.as_ref().filter(|_| self.menu_data.is_none());
        let chosen = refused.map(|(choice, _)| (choice.scope, choice.is_csv)).or_else(|| self.chosen());
        self.menu_data = Some(menu_data);
        let entries = self.entries();
        let at = chosen.and_then(|chosen| entries.iter().position(|entry| *entry == chosen)).unwrap_or(0);
        self.scroll.to(at, entries.len(), entries.len());
    }

    /// Returns the data that the menu shows; `None` if [`Self::set_menu_data`] was not called yet.
    pub const fn menu_data(&self) -> Option<&ExportMenuData> {
        self.menu_data.as_ref()
    }

    pub(super) fn entries(&self) -> Vec<(ExportScope, bool)> {
        let Some(menu_data) = &self.menu_data else { return Vec::new() };
        let scopes = [
            (ExportScope::Marked, menu_data.marked > 0),
            (ExportScope::Shown, menu_data.shown > 0),
            (ExportScope::Query, true),
        ];
        let offered = scopes.into_iter().filter(|(_, is_offered)| *is_offered);
        offered.flat_map(|(scope, _)| [(scope, false), (scope, true)]).collect()
    }

    fn chosen(&self) -> Option<(ExportScope, bool)> {
        self.entries().get(self.scroll.at()).copied()
    }

    /// Returns which submissions the user wants to export, in which format and to which path. `None` if the path is
    /// empty, or if the menu has no entries yet.
    pub(super) fn choice(&self) -> Option<ExportChoice> {
        let (scope, is_csv) = self.chosen()?;
        let path = self.field.text().trim().to_owned();
        (!path.is_empty()).then_some(ExportChoice { scope, is_csv, path })
    }

    /// Changes the ending of the typed path to that of the format under the cursor. For example, `list.csv` becomes
    /// `list.ndjson`. A path that has no ending of the other format stays unchanged. The caller does this after the
    /// cursor moved.
    pub(super) fn follow_entry(&mut self) {
        let Some((_, is_csv)) = self.chosen() else { return };
        let text = self.field.text();
        let Some((ending, _)) = FILE_ENDINGS.iter().find(|(ending, csv)| text.ends_with(ending) && *csv != is_csv)
        else {
            return;
        };
        let stem = text.strip_suffix(ending).unwrap_or(text);
        self.field = TextField::new(&format!("{stem}{}", if is_csv { ".csv" } else { ".ndjson" }));
    }

    /// Moves the cursor to the entry with the same submissions in the format of the typed path's ending, such as CSV
    /// for `.csv`. Without such an ending, the cursor stays. The caller does this after the path changed.
    pub(super) fn follow_path(&mut self) {
        let text = self.field.text();
        let named = FILE_ENDINGS.iter().find(|(ending, _)| text.ends_with(ending)).map(|(_, is_csv)| *is_csv);
        let Some(((scope, _), is_csv)) = self.chosen().zip(named) else { return };
        let entries = self.entries();
        if let Some(at) = entries.iter().position(|entry| *entry == (scope, is_csv)) {
            self.scroll.to(at, entries.len(), entries.len());
        }
    }
}

pub(super) fn area(screen: Size, lines: usize) -> Rect {
    centred(screen, MENU_WIDTH, u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2))
}

/// Returns the area of the entries of the export menu. `inner` is the area inside the frame of the menu. Above the
/// entries are the path and the line below it, below them a blank line and the two lines of the note.
pub(super) fn rows(inner: Rect) -> Rect {
    let height = inner.height.saturating_sub(u16::try_from(FRAME_LINES).unwrap_or(u16::MAX));
    Rect { y: inner.y.saturating_add(2), height, ..inner }.intersection(inner)
}

/// Number of lines of the export menu besides its entries: the path, the line below it, a blank line, and the two lines
/// of the note.
pub(super) const FRAME_LINES: usize = 5;

/// Returns the width in columns inside the frame of the overlay that says how an export ended. `screen` is the size of
/// the screen.
pub(super) fn inside(screen: Size) -> usize {
    usize::from(Panel::inner_area(area(screen, 1)).width)
}

/// Draws the export menu over the panes: the path, the entries, and the note below them. If the line of the entry under
/// the cursor is cut off, the line above the note repeats what this entry writes.
pub(super) fn view(menu: &ExportMenu, frame: &mut Frame<'_>, theme: &Theme) {
    let lines = lines(menu);
    let area = area(frame.area().as_size(), lines.len() + FRAME_LINES).intersection(frame.area());
    clear(frame, area);
    let title = Line::new().word(" Export ", Role::Title);
    let inner =
        Panel { title, bottom_line: position_text(&menu.scroll, lines.len()), focused: true }.draw(frame, area, theme);
    let row = |at: u16| Rect { y: inner.y.saturating_add(at), height: 1, ..inner }.intersection(inner);
    menu.field.view(frame, row(0), FIELD_LABEL, theme);
    frame.render_widget(paint(&menu.path_remark(usize::from(inner.width)), theme), row(1));
    let rows = rows(inner);
    let room = usize::from(rows.height);
    for (y, at) in (rows.y..).zip(menu.scroll.window(lines.len(), room)) {
        let Some(line) = lines.get(at) else { continue };
        let place = Rect { y, height: 1, ..rows };
        frame.render_widget(paint(&line.clone().fit(usize::from(place.width)), theme), place);
        if at == menu.scroll.at() {
            frame.buffer_mut().set_style(place, theme.style(Role::Cursor));
        }
    }
    draw_cursor_sign(frame, rows, &menu.scroll, lines.len());
    let last = u16::try_from(room.min(lines.len()) + 3).unwrap_or(u16::MAX);
    let columns = usize::from(inner.width);
    let is_cut = lines.get(menu.scroll.at()).is_some_and(|line| line.width() > columns);
    if let Some(words) = menu.chosen().filter(|_| is_cut).map(|entry| words(menu, entry)) {
        let line = Line::new().with(Safe::sanitize(&format!(" {words}")), Role::Plain);
        frame.render_widget(paint(&line.fit(columns), theme), row(last.saturating_sub(1)));
    }
    for (at, line) in (last..).zip(note(menu, columns)) {
        frame.render_widget(paint(&line.fit(columns), theme), row(at));
    }
}

/// Returns `text` shortened to at most `columns` columns: if it is longer, `…` replaces its middle. The text is the
/// reason for a refusal, with a path in the middle. So the words at the beginning and the end stay readable.
fn without_middle(text: &Safe, columns: usize) -> Safe {
    if text.width() <= columns {
        return text.clone();
    }
    let clusters = Safe::clusters(text.as_str());
    let fitting = |room: usize, clusters: &mut dyn Iterator<Item = &Safe>| {
        let mut left = room;
        clusters.take_while(|cluster| left.checked_sub(cluster.width()).map(|rest| left = rest).is_some()).count()
    };
    let room = columns.saturating_sub(1);
    let begin = fitting(room * 2 / 7, &mut clusters.iter());
    let end = fitting(room - room * 2 / 7, &mut clusters.iter().rev());
    let pieces = [clusters.get(..begin), clusters.get(clusters.len().saturating_sub(end)..)];
    let [begin, end] = pieces.map(|piece| Safe::concat(piece.unwrap_or_default()));
    Safe::concat(&[begin, Safe::from_static("…"), end])
}

/// Returns the lines of the entries of the export menu.
pub(super) fn lines(menu: &ExportMenu) -> Vec<Line> {
    let line = |(scope, is_csv): (ExportScope, bool)| {
        let name = format!(" {} · {}", scope.label(), if is_csv { "CSV" } else { "NDJSON" });
        let words = Safe::sanitize(&words(menu, (scope, is_csv)));
        Line::new().with(Safe::sanitize(&name).pad(NAME_WIDTH), Role::Plain).with(words, Role::Dim)
    };
    menu.entries().into_iter().map(line).collect()
}

/// Returns the words that say what an entry of the export menu writes, such as `12 submissions`. The entry is given by
/// which submissions it writes, and by whether it writes CSV.
fn words(menu: &ExportMenu, (scope, is_csv): (ExportScope, bool)) -> String {
    let menu_data = menu.menu_data.clone().unwrap_or_default();
    let ExportMenuData { marked, shown, is_complete, is_of_file, joined, columns, .. } = menu_data;
    let words = match scope {
        ExportScope::Marked => counted(marked, "submission"),
        ExportScope::Shown if is_complete => format!("{}, the list is complete", counted(shown, "row")),
        ExportScope::Shown => format!("{}, the list is not complete", counted(shown, "row")),
        ExportScope::Query if is_of_file => "all rows of the file that match".to_owned(),
        ExportScope::Query if joined.is_empty() => "fetches all pages".to_owned(),
        ExportScope::Query => format!("all pages, with {} for the filter", joined.words()),
    };
    if is_csv { format!("{words} · {}", counted(columns, "column")) } else { words }
}

/// Returns the two lines of the note below the entries of the export menu. They say what the mask hides in the file,
/// and what the entry under the cursor writes for each row: marked and shown submissions are full records where these are
/// loaded. The second line is shorter if `columns` columns have no room for the long one.
fn note(menu: &ExportMenu, columns: usize) -> [Line; 2] {
    let line = |words: &str| Line::new().with(Safe::sanitize(&format!(" {words}")), Role::Dim);
    let menu_data = menu.menu_data.clone().unwrap_or_default();
    let masked = match menu_data.mask {
        Mask::None => "Masked in the file: nothing".to_owned(),
        mask => format!("Masked in the file: {}", mask.hides()),
    };
    // A record of a file is the same, whichever entry writes it.
    let Some((scope, _)) = menu.chosen().filter(|_| !menu_data.is_of_file) else {
        return [line(&masked), Line::new()];
    };
    let parts = menu_data.joined.words();
    let (long, short) = match scope {
        ExportScope::Query => {
            let with = if parts.is_empty() { String::new() } else { format!(", with {parts}") };
            let records = "records as the query returns them";
            (format!("{records}{with}, fetched page by page"), records.to_owned())
        }
        ExportScope::Marked | ExportScope::Shown => (
            "In the file: the full record where it is loaded, else list data".to_owned(),
            "full if loaded, else list data".to_owned(),
        ),
    };
    let long = line(&long);
    [line(&masked), if long.width() <= columns { long } else { line(&short) }]
}

/// The question whether an export may replace an existing file.
#[derive(Debug)]
pub struct ReplaceQuestion {
    pub(super) scroll: Scroll,
    /// Sentence that says which file exists.
    pub(super) sentence: Safe,
    pub(super) choice: ExportChoice,
}

/// Index of the answer that replaces the file. The answer that keeps the file is the first, so that pressing a key
/// twice replaces nothing.
pub(super) const REPLACE: usize = 1;

/// Number of lines of the question whether an existing file may be replaced: one for each answer.
pub(super) const ANSWERS: usize = 2;

/// Returns the two answers to the question whether an existing file may be replaced.
pub(super) fn answers(question: &ReplaceQuestion) -> Vec<Line> {
    let keep = Safe::concat(&[Safe::from_static(" Keep it: "), question.sentence.clone()]);
    vec![Line::new().with(keep, Role::Plain), Line::new().word(" Replace it", Role::Plain)]
}

/// The sentences that say how an export ended, and the cursor on one of their lines.
#[derive(Debug)]
pub struct ExportNotice {
    pub(super) scroll: Scroll,
    pub(super) sentences: Vec<Safe>,
}

/// Returns the sentences that say how an export ended, as lines wrapped to `columns` columns.
pub(super) fn report(notice: &ExportNotice, columns: usize) -> Vec<Line> {
    let wrapped = |sentence: &Safe| {
        let lines = wrap(sentence, columns.saturating_sub(2), Role::Plain);
        lines.into_iter().map(|line| Line { pieces: [Line::indent(1).pieces, line.pieces].concat() })
    };
    notice.sentences.iter().flat_map(wrapped).collect()
}
