//! The answer itself, as a tree.

use super::super::lines::Lines;
use super::super::{Sheet, TabLine};
use super::raw;
use super::tree::{Name, Tree, len};
use crate::submission::Node;
use crate::text::Safe;
use crate::ui::{Line, Role};

/// Levels that are open before anyone folds.
pub(super) const LEVELS: usize = 2;

/// The lines of the tab: every member as sent, keys repeated or not, what is folded as one line.
pub(super) fn lines(sheet: Sheet<'_>) -> Vec<TabLine> {
    let mut lines = Lines::new(sheet);
    let root = sheet.document.root();
    match root.node() {
        Node::Raw(text) => {
            lines.note(&Safe::word("This is no JSON. It is shown as it came, with marks for what cannot be seen."));
            lines.push(Line::blank());
            for part in raw::lines(&sheet, &root, text.text(), sheet.look.columns) {
                lines.push(TabLine::of(Line::blank().with(part, Role::Plain), &root));
            }
        }
        node if len(node) == 0 => {
            Tree::new(sheet, &mut lines, LEVELS).value(Name::Words(Safe::word("answer")), &root, 0);
        }
        _ => Tree::new(sheet, &mut lines, LEVELS).members(&root, 0),
    }
    lines.finish()
}

#[cfg(test)]
mod tests;
