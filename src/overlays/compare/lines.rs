//! The lines of the comparison: headings of the columns, remarks, and the fields, grouped by how their values compare.

use ratatui::layout::Rect;

use super::{CompareFold, CompareLine, ComparedSide, FOLD_KINDS, cells};
use crate::submission::Document;
use crate::submission::side_by_side::{AlignedField, Alignment, SideBySide};
use crate::text::{Mask, Safe};
use crate::ui::{Line, Panel, Role, indent, side_by_side, wrap};

/// Minimum width in columns of the comparison at which the values of two submissions are side by side. [`MIN_THREE`] is
/// the minimum width for three submissions.
const MIN_TABLE: usize = 60;
const MIN_THREE: usize = 100;

/// Width in columns of the sign before a field's label. [`GAP_WIDTH`] is the width of the space between two columns.
/// [`LETTER_WIDTH`] is the width of a submission's letter before its value.
const SIGN_WIDTH: usize = 2;
const GAP_WIDTH: usize = 2;
const LETTER_WIDTH: usize = 2;

/// The layout of the comparison, computed from the width of the screen: for example, how many submissions are visible
/// at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CompareLayout {
    /// Number of columns of the screen inside the frame.
    columns: usize,
    /// Number of submissions that are visible at once.
    pub(super) visible: usize,
    /// Whether the values of the submissions are side by side; otherwise they are below each other.
    is_table: bool,
    label: usize,
    /// Width in columns of the value of one submission.
    each: usize,
}

impl CompareLayout {
    pub(super) fn of(area: Rect, sides: usize) -> Self {
        let columns = usize::from(Panel::inner_area(area).width);
        let is_table = columns >= MIN_TABLE;
        if !is_table {
            let each = columns.saturating_sub(SIGN_WIDTH + LETTER_WIDTH).max(1);
            return Self { columns, visible: sides.max(1), is_table, label: columns.saturating_sub(SIGN_WIDTH), each };
        }
        let (label, visible) = if columns >= MIN_THREE { (24, sides) } else { (16, sides.min(2)) };
        let visible = visible.max(1);
        let each = columns.saturating_sub(SIGN_WIDTH + label + visible * GAP_WIDTH) / visible;
        Self { columns, visible, is_table, label, each }
    }

    /// Returns the indexes of the visible submissions. `first_visible` is the index of the first of them.
    fn shown(self, first_visible: usize) -> std::ops::Range<usize> {
        first_visible..first_visible + self.visible
    }

    /// Returns the lines of one row of the table, which shows one field. The row begins with `sign`, which says how the
    /// values compare, and with the lines of the label. The lines of the value of each visible submission follow.
    fn row(self, sign: Line, label: Vec<Line>, values: Vec<Vec<Line>>) -> Vec<Line> {
        let mut blocks = vec![(SIGN_WIDTH, vec![sign]), (self.label + GAP_WIDTH, label)];
        blocks.extend(values.into_iter().map(|lines| (self.each + GAP_WIDTH, lines)));
        side_by_side(blocks)
    }
}

/// Returns the letter that names a compared submission: `A` for the index 0, `B` for the index 1.
pub(super) fn submission_letter(index: usize) -> char {
    u8::try_from(index).ok().and_then(|index| b'A'.checked_add(index)).map_or('?', char::from)
}

/// Returns the letters of the compared submissions for a sentence, as in `A, B and C`. `count` is their number.
fn letters(count: usize) -> String {
    let letters: Vec<String> = (0..count).map(|at| submission_letter(at).to_string()).collect();
    match letters.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => letters.concat(),
    }
}

/// Returns the lines with the headings of the submissions, and the lines below them that scroll. `left` is the index of
/// the first visible submission. `open` says which sections are open, in the order of [`CompareFold`].
pub(super) fn make_lines(
    sides: &[ComparedSide<'_>],
    mask: Mask,
    layout: CompareLayout,
    left: usize,
    open: [bool; FOLD_KINDS],
) -> (Vec<Line>, Vec<CompareLine>) {
    let heads: Vec<Vec<Line>> = sides.iter().enumerate().map(|(at, side)| heading(at, side, layout)).collect();
    let mut lines = CompareLines { mask, layout, left, lines: Vec::new() };
    let head = if layout.is_table {
        let shown = heads.into_iter().skip(left).take(layout.visible).collect();
        layout.row(Line::new(), Vec::new(), shown)
    } else {
        heads.into_iter().flatten().for_each(|line| lines.push(line));
        Vec::new()
    };
    let documents: Vec<_> = sides.iter().map(|side| side.document).collect();
    let compared = SideBySide::of(&documents);
    add_remarks(&mut lines, sides, &compared);
    lines.sections(&compared, sides, open);
    (head, lines.lines)
}

/// Returns the heading of the submission at index `index`: its letter and id, its status and the applicant's name, and
/// whether its full record is known.
fn heading(index: usize, side: &ComparedSide<'_>, layout: CompareLayout) -> Vec<Line> {
    let [id, status, name] = &side.heading;
    let id = Line::new()
        .with(Safe::sanitize(&format!("{} ", submission_letter(index))), Role::Title)
        .with(id.clone(), Role::Strong);
    let width = if layout.is_table { layout.each } else { layout.columns };
    let mut lines = vec![id.fit(width)];
    let person = Line::new().with(status.clone(), Role::Strong).word(" · ", Role::Dim).with(name.clone(), Role::Plain);
    lines.push(person.fit(width));
    lines.extend(wrap(&side.record, width, Role::Dim));
    lines
}

/// Adds sentences that say which submissions, or which fields of submissions, were not compared, and why.
fn add_remarks(lines: &mut CompareLines, sides: &[ComparedSide<'_>], compared: &SideBySide<'_>) {
    for (at, side) in sides.iter().enumerate() {
        let letter = submission_letter(at);
        if let Some(failure) = &side.failure {
            let letter = Safe::sanitize(&format!("✗ {letter}: "));
            lines.sentence(&Safe::concat(&[letter, failure.clone()]), Role::Bad);
        }
        if let Some(document) = side.document.filter(|document| !document.is_read_whole()) {
            let words = document.unparsed_words();
            lines.sentence(&Safe::sanitize(&format!("! {letter}: not read, not compared: {words}")), Role::Warn);
        }
        if compared.is_cut.get(at) == Some(&true) {
            let words = format!("! {letter}: only the first fields are compared, since it has very many");
            lines.sentence(&Safe::sanitize(&words), Role::Warn);
        }
    }
    if compared.has_long_list {
        lines.sentence(&Safe::from_static("! Of a list, the first 50 elements are compared"), Role::Warn);
    }
}

/// The lines of the comparison while they are made.
struct CompareLines {
    mask: Mask,
    layout: CompareLayout,
    left: usize,
    lines: Vec<CompareLine>,
}

impl CompareLines {
    fn push(&mut self, line: Line) {
        self.lines.push(CompareLine { line, ..CompareLine::default() });
    }

    fn sentence(&mut self, text: &Safe, role: Role) {
        wrap(text, self.layout.columns, role).into_iter().for_each(|line| self.push(line));
    }

    /// Adds a section with all fields whose result of the comparison passes the test `is`. The heading consists of
    /// `sign` (such as `≈`), the number of these fields, and `words`. Adds nothing if there is no such field.
    fn section_of(&mut self, compared: &SideBySide<'_>, sign: &str, words: &str, is: fn(&Alignment) -> bool) {
        let count = compared.count(is);
        if count > 0 {
            self.section(&format!("{sign} {}: {words}", count_of_fields(count, "", "").trim_end()), Role::Title);
            self.add_fields(compared, is);
        }
    }

    fn sections(&mut self, compared: &SideBySide<'_>, sides: &[ComparedSide<'_>], open: [bool; FOLD_KINDS]) {
        let is_known = sides.iter().all(|side| side.document.is_some_and(Document::is_full_record));
        let scope = if is_known { "" } else { ", of what is fetched" };
        let differ = compared.count(|alignment| *alignment == Alignment::Differs);
        let further = match compared.count(|alignment| matches!(alignment, Alignment::Equivalent(_))) {
            0 => String::new(),
            count => format!(" · ≈ {} equivalent, further below", crate::text::grouped(count)),
        };
        let words = format!("≠ {}{scope}{further}", count_of_fields(differ, "differs", "differ"));
        self.section(&words, if differ == 0 { Role::Strong } else { Role::Bad });
        self.add_fields(compared, |alignment| *alignment == Alignment::Differs);
        let equivalent = "equivalent, only the form differs as noted below each name";
        self.section_of(compared, "≈", equivalent, |alignment| matches!(alignment, Alignment::Equivalent(_)));
        let unclear = "not comparable: too long, not read, sent twice, or masked by the service";
        self.section_of(compared, "?", unclear, |alignment| *alignment == Alignment::Unclear);
        let same = format!("same in {}", letters(sides.len()));
        let folds = [
            (CompareFold::Same, Alignment::Same, same.as_str()),
            (
                CompareFold::SameWhereKnown,
                Alignment::SameWhereKnown,
                "same where known; not fetched, or not read, in one of them",
            ),
            (CompareFold::Alone, Alignment::Alone, "not compared: fetched for one submission only"),
            (
                CompareFold::NewEachTime,
                Alignment::NewEachTime,
                "not compared: new in each answer, such as links to images",
            ),
        ];
        for (fold, wanted, words) in folds {
            let count = compared.count(|alignment| *alignment == wanted);
            if count == 0 {
                continue;
            }
            let is_open = open.get(fold as usize) == Some(&true);
            let arrow = if is_open { "▾" } else { "▸" };
            let text = format!("{arrow} {}: {words}", count_of_fields(count, "", "").trim_end());
            self.push(Line::new());
            for line in wrap(&Safe::sanitize(&text), self.layout.columns, Role::Title) {
                self.lines.push(CompareLine { line, fold: Some(fold), paths: Vec::new() });
            }
            if is_open {
                self.add_fields(compared, |alignment| *alignment == wanted);
            }
        }
    }

    fn section(&mut self, words: &str, role: Role) {
        if !self.lines.is_empty() {
            self.push(Line::new());
        }
        self.sentence(&Safe::sanitize(words), role);
    }

    /// Adds all fields whose result of the comparison passes the test `is`. The name of a group of fields, such as
    /// `Person`, is above the first field of the group.
    fn add_fields(&mut self, compared: &SideBySide<'_>, is: impl Fn(&Alignment) -> bool) {
        let fields = || compared.fields.iter().filter(|field| is(&field.alignment));
        let mut group = "";
        for field in fields() {
            if field.group != group {
                group = field.group;
                let is_hidden = fields()
                    .filter(|other| other.group == group)
                    .any(|other| other.label(self.mask) != other.label(Mask::None));
                let remark = if is_hidden { " (field names masked too)" } else { "" };
                self.push(Line::indent(SIGN_WIDTH).word(group, Role::Dim).word(remark, Role::Dim));
            }
            self.field(field);
        }
    }

    fn field(&mut self, field: &AlignedField<'_>) {
        let layout = self.layout;
        let (sign, role) = match field.alignment {
            Alignment::Differs => ("≠", Role::Bad),
            Alignment::Equivalent(_) => ("≈", Role::Info),
            Alignment::Unclear => ("?", Role::Warn),
            Alignment::Same | Alignment::SameWhereKnown => ("=", Role::Dim),
            Alignment::Alone | Alignment::NewEachTime => ("·", Role::Dim),
        };
        let sign = Line::new().word(sign, role);
        let mut label = wrap(&field.label(self.mask), layout.label, Role::Label);
        if let Alignment::Equivalent(normalizations) = &field.alignment {
            let names: Vec<Safe> = normalizations.iter().map(|each| Safe::from_static(each.label())).collect();
            label.extend(wrap(&Safe::join(&names, ", "), layout.label, Role::Dim));
        }
        let class = cells::class_of(field);
        let value = |at: usize| {
            let cell = field.cells.get(at);
            cell.map(|cell| cells::lines(cell, class, self.mask, layout.each)).unwrap_or_default()
        };
        let shown = layout.shown(self.left);
        let lines = if layout.is_table {
            layout.row(sign, label, shown.map(value).collect())
        } else {
            let mut lines = side_by_side(vec![(SIGN_WIDTH, vec![sign]), (layout.label, label)]);
            for at in shown {
                let name = Line::new().with(Safe::sanitize(&submission_letter(at).to_string()), Role::Title);
                lines.extend(indent(
                    side_by_side(vec![(LETTER_WIDTH, vec![name]), (layout.each, value(at))]),
                    SIGN_WIDTH,
                ));
            }
            lines
        };
        let paths: Vec<Option<String>> = field.cells.iter().map(|cell| cell.path().map(str::to_owned)).collect();
        self.lines.extend(lines.into_iter().map(|line| CompareLine { line, fold: None, paths: paths.clone() }));
    }
}

/// Returns the number of fields in words, such as `3 fields differ`. The verb is `one` for a single field or none,
/// otherwise `many`.
fn count_of_fields(count: usize, one: &str, many: &str) -> String {
    match count {
        0 => format!("no field {one}"),
        1 => format!("1 field {one}"),
        _ => format!("{} fields {many}", crate::text::grouped(count)),
    }
}
