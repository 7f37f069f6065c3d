//! Findings about blocks of a submission that should be objects but were sent as something else, so that nothing in
//! them can be read.

use super::{Finder, Weight};
use crate::submission::document::{Document, Field};
use crate::submission::node::Node;
use crate::text::Safe;

/// Blocks that the documentation describes as one object. `aml` and the checks have findings of their own and are not
/// listed here.
const BLOCKS: [&str; 10] =
    ["data", "image", "kyc", "memo", "OCR_raw", "ocr", "project_options", "review", "signals", "updateHistory"];

/// Documented lists of objects within these blocks.
const LISTS: [&str; 2] = ["signals.cameraProcessInfo", "signals.faceAge"];

/// Returns the value that was sent in place of a block, if it is not empty and no object.
pub fn unreadable<'a>(document: &'a Document, block: &str) -> Option<Field<'a>> {
    document.root().children(block).into_iter().find(is_no_object)
}

/// Returns whether a field is not empty and has no members. A field that was not opened may have members, so it does
/// not count.
fn is_no_object(field: &Field<'_>) -> bool {
    !field.is_empty() && !matches!(field.node(), Node::Object(_) | Node::Raw(_))
}

/// Adds a finding for each block that cannot be read.
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
