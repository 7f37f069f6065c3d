//! What attempts measured: a row a field, a column an attempt, and what changed from one to the next.

use super::super::super::beside::Beside;
use super::super::super::lines::{LABEL, Lines};
use super::super::super::{Sheet, TabLine, Trouble};
use super::super::tree::{Name, Tree};
use super::more;
use super::rows::{Change, DETECTION, Row, Rows, is_detail, part};
use crate::submission::attempts::Attempt;
use crate::submission::fields::Meaning;
use crate::submission::words::Outcome;
use crate::submission::{Field, path, shown};
use crate::text::Safe;
use crate::ui::{Line, Role, bar};

/// Columns of the names beside several attempts.
const NAMES: usize = 17;
/// Fewer than this are no column.
const NARROWEST: usize = 20;
/// Columns of the sign that tells a change.
const SIGN: usize = 2;
/// Columns of a bar.
const BAR: u8 = 10;
/// Columns of a bar where there is less room.
const SHORT: u8 = 6;

/// A piece of a cell, or of a name, in lines.
type Block = Vec<Line>;

/// The columns of an attempt where all of them fit beside each other; `None` where they are better stacked.
pub(super) fn columns(columns: usize, attempts: usize) -> Option<usize> {
    let each = columns.saturating_sub(NAMES).checked_div(attempts)?;
    (attempts > 1 && each >= NARROWEST).then_some(each)
}

/// All attempts beside each other.
pub(super) fn side_by_side(out: &mut Lines<'_>, attempts: &[Attempt<'_>], rows: &Rows<'_>, columns: usize) {
    let sheet = out.sheet();
    if rows.each.is_empty() {
        return;
    }
    let mut heads = Line::blank().with(Safe::word("Side by side").pad(NAMES), Role::Title);
    for attempt in attempts {
        let failed = !attempt.errors().is_empty();
        let sign = Safe::word(if failed { "✗ " } else { "  " });
        let head = Safe::concat(&[sign, attempt.name()]).fit(columns - 1).pad(columns);
        heads = heads.with(head, Role::Strong);
    }
    out.push(Line::blank());
    out.push(heads);
    let mut part = "";
    let mut holder = String::new();
    for row in &rows.each {
        titles(out, row, &mut part, &mut holder);
        if is_wide(sheet, row, columns - SIGN - 1) {
            spread(out, sheet, attempts, row);
        } else {
            across(out, sheet, row, columns);
        }
    }
    more(out, rows.more.iter().sum(), ["value", "values"]);
    attempts.iter().for_each(|attempt| detection(out, attempt));
}

/// Whether a row needs the whole width: for what would become a tall cell, and for what is revealed one by one.
fn is_wide(sheet: Sheet<'_>, row: &Row<'_>, room: usize) -> bool {
    let fields = || row.cells.iter().flatten();
    let room = if fields().count() == 1 { room } else { 2 * room };
    fields().any(|field| field.class().hidden_at(sheet.look.mask) || sheet.shown(field).width() > room)
}

/// The rows of one attempt below its story.
pub(super) fn stacked(out: &mut Lines<'_>, attempt: &Attempt<'_>, rows: &Rows<'_>, at: usize) {
    let sheet = out.sheet();
    let mut part = "";
    let mut holder = String::new();
    for row in rows.each.iter().filter(|row| !row.is_told) {
        let Some(Some(field)) = row.cells.get(at) else { continue };
        titles(out, row, &mut part, &mut holder);
        // The signs stand before the values, so that these stand below those of the story.
        let names = LABEL.min(sheet.look.columns / 3).saturating_sub(1);
        let room = sheet.look.columns.saturating_sub(names).max(8);
        let mut cell = cell(sheet, field, row.change(at), room);
        Beside::of(sheet, field, None).put(&mut cell, SIGN, room);
        let name = label(sheet, row, field, names);
        let whole = label(sheet, row, field, sheet.look.columns);
        if whole.iter().map(Line::width).max() > name.iter().map(Line::width).max()
            && has_long_word(sheet, field, names)
        {
            // No word of a name is broken: it stands above its value.
            whole.into_iter().for_each(|line| out.push(TabLine::of(line, field)));
            push(out, field, &[], &cell, names);
        } else {
            push(out, field, &name, &cell, names);
        }
    }
    more(out, rows.more.get(at).copied().unwrap_or_default(), ["value", "values"]);
    detection(out, attempt);
}

/// Everything that the face detection of an attempt sent, folded at first; nothing when all of it has a row.
fn detection(out: &mut Lines<'_>, attempt: &Attempt<'_>) {
    let Some(field) = attempt.member(DETECTION) else { return };
    let mut has_detail = false;
    field.leaves(&mut |field| has_detail = has_detail || is_detail(DETECTION, field));
    if has_detail {
        let key = Safe::concat(&[attempt.name(), Safe::word(": the whole face detection")]);
        Tree::new(out.sheet(), out, 0).value(Name::Words(key), &field, 0);
    }
}

/// What the signs mean, and the fields where they have no room beside their values.
pub(super) fn legend(out: &mut Lines<'_>, rows: &Rows<'_>, meanings: bool) {
    if rows.each.is_empty() {
        return;
    }
    let sheet = out.sheet();
    out.push(Line::blank());
    out.note(&Safe::word(
        "Against the attempt before that has the field:  ▲ higher  ▼ lower  ≠ other  = same.  Bars reach to 100, or to 1.",
    ));
    let fields = rows.each.iter().filter_map(|row| row.cells.iter().flatten().next());
    let meant = fields.filter_map(|field| match field.known()?.meaning {
        Meaning::Words(words) => Some(Safe::concat(&[sheet.label(field), Safe::word(": "), Safe::word(words)])),
        Meaning::Clear | Meaning::Code(_) => None,
    });
    let meant: Vec<Safe> = meant.filter(|_| meanings).collect();
    if !meant.is_empty() {
        out.note(&Safe::join(&meant, " · "));
    }
}

/// A bar for a number whose scale the documentation tells.
pub(super) fn gauge(field: &Field<'_>, columns: usize) -> Option<Safe> {
    let number = field.number()?;
    let key = field.path().rsplit('.').next()?;
    let full = match key {
        "faceSimilarityScore" | "livenessScore" | "Confidence" => 100.0,
        "probability" | "quality" if field.path().contains(".liveness.") => 1.0,
        _ => return None,
    };
    let length = if columns < usize::from(2 * BAR) { SHORT } else { BAR };
    (usize::from(length) <= columns).then(|| bar(number / full, length))
}

/// The title of a part, and the name of the object that the rows after it stand in.
fn titles(out: &mut Lines<'_>, row: &Row<'_>, last: &mut &'static str, holder: &mut String) {
    let (_, name) = part(&row.path);
    if name != *last {
        out.push(Line::blank().word(name, Role::Strong));
        *last = name;
        holder.clear();
    }
    let object = row.path.rsplit_once('.').map_or("", |(object, _)| object);
    if object != holder {
        object.clone_into(holder);
        if !object.is_empty() {
            for part in holder_name(out.sheet(), row).wrap(out.sheet().look.columns.saturating_sub(2).max(1)) {
                out.push(Line::blank().word("  ", Role::Plain).with(part, Role::Dim));
            }
        }
    }
}

/// The path, within an attempt, of the object that holds a row, as the mask shows it.
fn holder_name(sheet: Sheet<'_>, row: &Row<'_>) -> Safe {
    let Some(field) = row.cells.iter().flatten().next() else { return Safe::default() };
    // The attempt itself has a documented path, which no mask changes.
    let start = field.path().len() - row.path.len();
    let whole = shown::path(field, sheet.look.mask);
    let object = path::parent(&whole).and_then(|object| object.get(start..)).unwrap_or_default();
    Safe::of(object)
}

/// A row with the attempts in columns.
fn across(out: &mut Lines<'_>, sheet: Sheet<'_>, row: &Row<'_>, columns: usize) {
    let Some(first) = row.cells.iter().flatten().next() else { return };
    let mut blocks = vec![label(sheet, row, first, NAMES)];
    for (at, field) in row.cells.iter().enumerate() {
        blocks.push(match field {
            Some(field) => cell(sheet, field, row.change(at), columns - 1),
            None => vec![Line::blank().word("  –", Role::Dim)],
        });
    }
    let height = blocks.iter().map(Vec::len).max().unwrap_or_default();
    let failed = row.cells.iter().flatten().any(is_failed);
    for at in 0..height {
        let mut line = Line::blank();
        for (column, block) in blocks.iter().enumerate() {
            let width = if column == 0 { NAMES } else { columns };
            let part = block.get(at).cloned().unwrap_or_default();
            let gap = width.saturating_sub(part.width());
            line.pieces.extend(part.pieces);
            line = line.with(Safe::default().pad(gap), Role::Plain);
        }
        let line = TabLine::of(line, first);
        out.push(if at == 0 && failed { line.troubled(Trouble::Error) } else { line });
    }
}

/// A row with the attempts below each other: for what is long, and for what can be revealed one by one.
fn spread(out: &mut Lines<'_>, sheet: Sheet<'_>, attempts: &[Attempt<'_>], row: &Row<'_>) {
    let mut named = false;
    for (at, (field, attempt)) in row.cells.iter().zip(attempts).enumerate() {
        let Some(field) = field else { continue };
        let whose = Safe::of(&format!("{}: ", attempt.place));
        let room = sheet.look.columns.saturating_sub(NAMES + whose.width()).max(8);
        let mut lines = Vec::new();
        for (line_at, part) in cell(sheet, field, row.change(at), room).into_iter().enumerate() {
            let whose = if line_at == 0 { whose.clone() } else { Safe::default().pad(whose.width()) };
            let mut line = Line::blank().with(whose, Role::Dim);
            line.pieces.extend(part.pieces);
            lines.push(line);
        }
        let label = if named { Vec::new() } else { label(sheet, row, field, NAMES) };
        named = true;
        push(out, field, &label, &lines, NAMES);
    }
}

/// A field's lines with its name before them.
fn push(out: &mut Lines<'_>, field: &Field<'_>, label: &[Line], cell: &[Line], names: usize) {
    let height = label.len().max(cell.len());
    for at in 0..height {
        let mut line = label.get(at).cloned().unwrap_or_default();
        let gap = names.saturating_sub(line.width());
        line = line.with(Safe::default().pad(gap), Role::Plain);
        line.pieces.extend(cell.get(at).cloned().unwrap_or_default().pieces);
        let line = TabLine::of(line, field);
        out.push(if at == 0 && is_failed(field) { line.troubled(Trouble::Error) } else { line });
    }
}

/// The name of a row, moved in where it stands in an object.
fn label(sheet: Sheet<'_>, row: &Row<'_>, field: &Field<'_>, columns: usize) -> Block {
    let name = if row.path.is_empty() { Safe::word("as sent") } else { sheet.label(field) };
    let indent = if row.path.contains('.') { 2 } else { 0 };
    let parts = name.wrap(columns.saturating_sub(indent + 1).max(1)).into_iter();
    parts.map(|part| Line::blank().with(Safe::default().pad(indent), Role::Plain).with(part, Role::Label)).collect()
}

/// Whether a word of a field's name is too long for so many columns, with the indent and a space.
fn has_long_word(sheet: Sheet<'_>, field: &Field<'_>, columns: usize) -> bool {
    sheet.label(field).as_str().split(' ').any(|word| Safe::of(word).width() + 3 > columns)
}

/// A value with the sign of its change before it, and its bar beside or below it.
fn cell(sheet: Sheet<'_>, field: &Field<'_>, change: Change, columns: usize) -> Block {
    let room = columns.saturating_sub(SIGN).max(1);
    let outcome = field.text().filter(|_| is_result(field)).map(Outcome::read);
    let (mark, role) = match outcome {
        Some(Outcome::Success) => ("✓ ", Role::Good),
        Some(Outcome::Fail) => ("✗ ", Role::Bad),
        Some(Outcome::Unknown) => ("? ", Role::Warn),
        None if field.is_empty() || change == Change::Same => ("", Role::Dim),
        None if change == Change::Other => ("", Role::Strong),
        None => ("", Role::Plain),
    };
    let sign = match change {
        Change::First => Safe::word("  "),
        Change::Same => Safe::word("= "),
        Change::Higher => Safe::word("▲ "),
        Change::Lower => Safe::word("▼ "),
        Change::Other => Safe::word("≠ "),
    };
    let sign_role = if change == Change::Same { Role::Dim } else { Role::Info };
    let value = Safe::concat(&[Safe::word(mark), sheet.shown(field)]);
    let mut lines: Block = Vec::new();
    for part in value.wrap(room) {
        let sign = if lines.is_empty() { sign.clone() } else { Safe::word("  ") };
        lines.push(Line::blank().with(sign, sign_role).with(part, role));
    }
    let taken = lines.last().map_or(0, Line::width) + 1;
    if let Some(gauge) = gauge(field, columns.saturating_sub(taken)) {
        if let Some(last) = lines.last_mut() {
            *last = std::mem::take(last).word(" ", Role::Plain).with(gauge, Role::Info);
        }
    } else if let Some(gauge) = gauge(field, room) {
        lines.push(Line::blank().word("  ", Role::Plain).with(gauge, Role::Info));
    }
    lines
}

fn is_result(field: &Field<'_>) -> bool {
    ["ocrResult", "idBarcodeResult", "verificationResult"].iter().any(|key| field.path().ends_with(key))
}

fn is_failed(field: &Field<'_>) -> bool {
    is_result(field) && field.text().is_some_and(|word| Outcome::read(word) != Outcome::Success)
}
