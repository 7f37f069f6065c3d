//! Functions that arrange safe text in lines: wrapped, below each other, or beside each other.
//!
//! Every function takes text and a number of columns and returns lines. Lines can be tested as text and searched.

use super::{Line, Piece, Role};
use crate::text::Safe;

/// The separator between the items that [`inline_list`] puts on one line: a dot with blanks.
const DOT_SEPARATOR: Piece = Piece::word(" · ", Role::Dim);

/// Wraps a text into lines of at most `columns` columns. `role`, the purpose of the text, such as a heading, decides
/// how a theme draws the text.
pub fn wrap(text: &Safe, columns: usize, role: Role) -> Vec<Line> {
    text.wrap(columns.max(1)).into_iter().map(|part| Line::new().with(part, role)).collect()
}

/// Wraps a line of several pieces (parts with different roles, such as a label and its value) into lines of at most
/// `columns` columns. The line is broken before a piece that does not fit. A piece that is longer than a whole line is
/// broken within its text.
pub fn wrap_line(line: Line, columns: usize) -> Vec<Line> {
    let columns = columns.max(1);
    let mut rows = vec![Line::new()];
    for piece in line.pieces {
        let taken = rows.last().map_or(0, Line::width);
        let fits = taken + piece.text.width() <= columns;
        let parts = if fits { vec![piece.text] } else { piece.text.wrap(columns) };
        if !fits && taken > 0 {
            rows.push(Line::new());
        }
        for (at, part) in parts.into_iter().enumerate() {
            if at > 0 {
                rows.push(Line::new());
            }
            if let Some(last) = rows.last_mut() {
                last.pieces.push(Piece::new(part, piece.role));
            }
        }
    }
    rows
}

/// Wraps a line of several pieces (parts with different roles) like one text: it breaks between any two words, not only
/// between two pieces. Each line is at most `columns` columns wide. Every word keeps its role, which decides how a
/// theme draws it.
pub fn wrap_flowing(line: Line, columns: usize) -> Vec<Line> {
    let texts: Vec<Safe> = line.pieces.iter().map(|piece| piece.text.clone()).collect();
    let text = Safe::concat(&texts);
    let mut ends = Vec::with_capacity(line.pieces.len());
    let mut end = 0;
    for piece in &line.pieces {
        end += piece.text.as_str().len();
        ends.push((end, piece.role));
    }
    let mut at = 0;
    let mut rows = Vec::new();
    for part in text.wrap(columns.max(1)) {
        // A part is a piece of the text; only the blank at a break is left out between two parts. In a line of one
        // column, a wide character is replaced.
        let Some(skipped) = text.as_str().get(at..).and_then(|rest| rest.find(part.as_str())) else {
            rows.push(Line::new().with(part, Role::Plain));
            continue;
        };
        at += skipped;
        let mut row = Line::new();
        let part_end = at + part.as_str().len();
        for (end, role) in &ends {
            let piece = text.as_str().get(at..part_end.min(*end)).unwrap_or_default();
            if !piece.is_empty() {
                row = row.with(Safe::sanitize(piece), *role);
                at += piece.len();
            }
        }
        rows.push(row);
    }
    rows
}

/// Moves lines to the right by `columns` columns, with blanks before each line.
pub fn indent(lines: Vec<Line>, columns: usize) -> Vec<Line> {
    lines.into_iter().map(|line| Line::indent(columns).with_line(line)).collect()
}

/// Arranges short items one after the other with a dot between them, in as many lines of at most `columns` columns as
/// needed.
///
/// An item that is longer than a line is wrapped as one text. The text then gets the role of the item's last piece; a
/// role, such as `Role::Dim`, decides how a theme draws the text.
pub fn inline_list(items: impl IntoIterator<Item = Line>, columns: usize) -> Vec<Line> {
    joined(items, &DOT_SEPARATOR, columns)
}

/// Arranges short texts one after the other with two blanks between them, in as many lines of at most `columns` columns
/// as needed. All texts are drawn in the role `role`.
pub fn spaced_list(items: impl IntoIterator<Item = Safe>, role: Role, columns: usize) -> Vec<Line> {
    joined(items.into_iter().map(|item| Line::new().with(item, role)), &Piece::word("  ", role), columns)
}

fn joined(items: impl IntoIterator<Item = Line>, separator: &Piece, columns: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for item in items {
        let item = if item.width() > columns { wrap_whole(item, columns) } else { vec![item] };
        for (at, part) in item.into_iter().enumerate() {
            match lines.last_mut().filter(|_| at == 0) {
                Some(last) if last.width() + separator.text.width() + part.width() <= columns => {
                    last.pieces.push(separator.clone());
                    last.pieces.extend(part.pieces);
                }
                _ => lines.push(part),
            }
        }
    }
    lines
}

/// Wraps a line of several pieces (parts with different roles) as if the line were a single text. The whole text gets
/// the role of the line's last piece; a role, such as `Role::Dim`, decides how a theme draws the text.
fn wrap_whole(line: Line, columns: usize) -> Vec<Line> {
    let role = line.pieces.last().map(|piece| piece.role).unwrap_or_default();
    let texts: Vec<Safe> = line.pieces.into_iter().map(|piece| piece.text).collect();
    wrap(&Safe::concat(&texts), columns, role)
}

/// Arranges blocks of lines beside each other, from left to right. A block is a width in columns and the lines of the
/// block, which are padded to this width. The last block is not padded.
pub fn side_by_side(blocks: Vec<(usize, Vec<Line>)>) -> Vec<Line> {
    let height = blocks.iter().map(|(_, lines)| lines.len()).max().unwrap_or_default();
    let mut rows = vec![Line::new(); height];
    let mut left = 0;
    for (width, lines) in blocks {
        for (row, line) in rows.iter_mut().zip(lines) {
            *row = std::mem::take(row).pad(left).with_line(line);
        }
        left += width;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(lines: &[Line]) -> Vec<String> {
        lines.iter().map(Line::text).collect()
    }

    fn items(words: &[&'static str]) -> Vec<Line> {
        words.iter().map(|word| Line::new().word(word, Role::Plain)).collect()
    }

    #[test]
    fn items_stand_on_as_few_lines_as_they_need() {
        assert_eq!(text(&inline_list(items(&["one", "two", "three"]), 20)), ["one · two · three"]);
        assert_eq!(text(&inline_list(items(&["one", "two", "three"]), 10)), ["one · two", "three"]);
        assert_eq!(text(&inline_list(items(&["one two", "three"]), 5)), ["one", "two", "three"]);
        assert!(inline_list(Vec::new(), 5).is_empty());
        assert_eq!(text(&spaced_list(["a", "b"].map(Safe::from_static), Role::Dim, 9)), ["a  b"]);
    }

    #[test]
    fn a_line_of_pieces_is_wrapped_before_a_piece_or_within_a_long_one() {
        let line = || Line::new().word("one ", Role::Plain).word("two three", Role::Dim);
        assert_eq!(text(&wrap_line(line(), 13)), ["one two three"]);
        assert_eq!(text(&wrap_line(line(), 9)), ["one ", "two three"]);
        assert_eq!(text(&wrap_line(line(), 5)), ["one ", "two", "three"]);
    }

    #[test]
    fn a_line_that_flows_breaks_between_words_and_every_word_keeps_its_role() {
        let line = || Line::new().word("✗ code: ", Role::Bad).word("no face could be found", Role::Plain);
        assert_eq!(text(&wrap_flowing(line(), 12)), ["✗ code: no", "face could", "be found"]);
        let rows = wrap_flowing(line(), 12);
        let roles: Vec<Vec<Role>> =
            rows.iter().map(|row| row.pieces.iter().map(|piece| piece.role).collect()).collect();
        assert_eq!(roles, [vec![Role::Bad, Role::Plain], vec![Role::Plain], vec![Role::Plain]]);
        assert_eq!(text(&wrap_flowing(Line::new().word("see → Attempts", Role::Dim), 6)), ["see", "→ Atte", "mpts"]);
    }

    #[test]
    fn blocks_of_any_height_stand_beside_each_other() {
        let blocks = vec![(6, items(&["a"])), (4, items(&["b", "c"])), (9, items(&["d", "e", "f"]))];
        assert_eq!(text(&side_by_side(blocks)), ["a     b   d", "      c   e", "          f"]);
        assert_eq!(text(&indent(items(&["a"]), 2)), ["  a"]);
    }
}
