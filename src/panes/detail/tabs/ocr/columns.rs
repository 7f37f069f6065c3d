//! TabLines side by side: cells of a table, words beside a value.

use crate::text::Safe;
use crate::ui::{Line, Role};

/// Columns between two columns.
pub(super) const GAP: usize = 2;

/// Chunks one after the other, a new line where the next one does not fit; one too long for a line is wrapped.
pub(super) fn flowed(chunks: Vec<Line>, columns: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for chunk in chunks {
        match lines.last_mut() {
            Some(last) if last.width() + 3 + chunk.width() <= columns => {
                *last = joined(std::mem::take(last).word(" · ", Role::Dim), chunk);
            }
            _ if chunk.width() > columns => {
                let role = chunk.pieces.last().map(|piece| piece.role).unwrap_or_default();
                let texts: Vec<Safe> = chunk.pieces.into_iter().map(|piece| piece.text).collect();
                lines.extend(wrapped(&Safe::concat(&texts), columns.max(1), role));
            }
            _ => lines.push(chunk),
        }
    }
    lines
}

/// A text in lines of at most so many columns.
pub(super) fn wrapped(text: &Safe, columns: usize, role: Role) -> Vec<Line> {
    text.wrap(columns).into_iter().map(|part| Line::blank().with(part, role)).collect()
}

/// Columns of lines as lines; each column as wide as it says.
pub(super) fn side_by_side(columns: Vec<(usize, Vec<Line>)>) -> Vec<Line> {
    let height = columns.iter().map(|(_, lines)| lines.len()).max().unwrap_or_default();
    let mut drawn = vec![Line::blank(); height];
    let last = columns.len().saturating_sub(1);
    for (at, (width, lines)) in columns.into_iter().enumerate() {
        let mut lines = lines.into_iter();
        for line in &mut drawn {
            let cell = lines.next().unwrap_or_default();
            let pad = if at == last { 0 } else { (width + GAP).saturating_sub(cell.width()) };
            *line = joined(std::mem::take(line), cell);
            if pad > 0 {
                *line = std::mem::take(line).with(Safe::default().pad(pad), Role::Plain);
            }
        }
    }
    drawn
}

/// Two lines as one.
pub(super) fn joined(mut line: Line, other: Line) -> Line {
    line.pieces.extend(other.pieces);
    line
}
