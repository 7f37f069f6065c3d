//! The JSON tab: the complete shown answer as a tree.

use super::super::lines::TabLines;
use super::super::{TabContext, TabLine};
use super::raw;
use super::tree::{NodeName, TreeWriter, len};
use crate::submission::Node;
use crate::text::Safe;
use crate::ui::{Line, Role};

/// Number of levels of the tree that are open before the user opens or closes a part.
pub(super) const OPEN_LEVELS: usize = 2;

/// Returns the lines of the JSON tab: every member of the shown record as sent, including repeated keys. A closed part
/// of the tree takes one line.
pub(super) fn lines(context: TabContext<'_>) -> Vec<TabLine> {
    let mut lines = TabLines::new(context);
    let root = context.document.root();
    match root.node() {
        Node::Raw(text) => {
            lines.sentence(&Safe::from_static("Not JSON. Shown as sent, with marks for invisible characters."));
            lines.blank();
            for part in raw::lines(&context, &root, text.text(), context.options.columns) {
                lines.push(TabLine::of(Line::new().with(part, Role::Plain), &root));
            }
        }
        node if len(node) == 0 => {
            TreeWriter::new(&mut lines, OPEN_LEVELS).value(NodeName::Words(Safe::from_static("answer")), &root, 0);
        }
        _ => TreeWriter::new(&mut lines, OPEN_LEVELS).members(&root, 0),
    }
    lines.finish()
}

#[cfg(test)]
mod tests;
