//! Blocks of a submission that are not sent as the objects that they should be: nothing in them can be read.

use super::{Finder, Weight};
use crate::submission::document::{Document, Field};
use crate::submission::node::Node;
use crate::text::Safe;

/// Blocks that the documentation has as one object. `aml` and the checks, which have findings of their own, are not here.
const BLOCKS: [&str; 10] =
    ["data", "image", "kyc", "memo", "OCR_raw", "ocr", "project_options", "review", "signals", "updateHistory"];

/// Lists of objects within them.
const LISTS: [&str; 2] = ["signals.cameraProcessInfo", "signals.faceAge"];

/// Returns what was sent in place of a block, if it is something else than an object.
pub fn unreadable<'a>(document: &'a Document, block: &str) -> Option<Field<'a>> {
    document.root().children(block).into_iter().find(is_no_object)
}

/// Whether it holds something, but no members. What was not opened may hold some.
fn is_no_object(field: &Field<'_>) -> bool {
    !field.is_empty() && !matches!(field.node(), Node::Object(_) | Node::Raw(_))
}

/// Adds each block that cannot be read.
pub(super) fn find(finder: &mut Finder<'_>) {
    let document = finder.document;
    let blocks = BLOCKS.iter().filter_map(|block| unreadable(document, block));
    let elements = LISTS.iter().filter_map(|list| {
        let each = finder.field(list).map(|list| list.each()).unwrap_or_default();
        each.into_iter().find(is_no_object)
    });
    let found: Vec<Field<'_>> = blocks.chain(elements).collect();
    for field in found.into_iter().filter(|field| document.deleted() != Some(field.path())) {
        let words = Safe::sanitize(&format!("{} unreadable: not an object", field.path()));
        finder.add(Weight::Bad, Safe::from_static("Unreadable"), field, words);
    }
}
