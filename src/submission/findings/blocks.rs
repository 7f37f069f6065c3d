//! Adds findings about blocks (objects at the top of a submission, such as `data`) that were not sent as an object, so
//! that nothing in them can be read.

use super::{Finder, Grade};
use crate::submission::document::{Document, Field};
use crate::submission::node::Node;
use crate::text::Safe;

/// Paths of blocks that the documentation describes as one object. The block `aml` and the blocks with results of
/// checks, such as `verification`, are missing here: other functions add the findings about them.
const BLOCKS: [&str; 10] =
    ["data", "image", "kyc", "memo", "OCR_raw", "ocr", "project_options", "review", "signals", "updateHistory"];

/// Paths inside a block (object at the top of a submission, such as `signals`) that the documentation describes as
/// lists of objects.
const LISTS: [&str; 2] = ["signals.cameraProcessInfo", "signals.faceAge"];

/// Returns the value under the key `block` at the top of a submission, such as `signals`, if it was not sent as an
/// object. Returns `None` if it is an object, is empty, is missing or was not parsed. `block` must be documented as an
/// object.
pub fn unreadable<'a>(document: &'a Document, block: &str) -> Option<Field<'a>> {
    document.root().children(block).into_iter().find(is_no_object)
}

/// Returns whether a field that is documented as an object was sent as something else. The result is false for an empty
/// field, and for one that was not parsed, because it may be an object.
fn is_no_object(field: &Field<'_>) -> bool {
    !field.is_empty() && !matches!(field.node(), Node::Object(_) | Node::Raw(_))
}

/// Adds to `finder` a finding for each block (object at the top of a submission, such as `data`) that was not sent as
/// an object. Also adds a finding for each list in `LISTS` with an element that is no object.
pub(super) fn find(finder: &mut Finder<'_>) {
    let document = finder.document;
    let blocks = BLOCKS.iter().filter_map(|block| unreadable(document, block));
    let elements = LISTS.iter().filter_map(|list| {
        let each = finder.field(list).map(|list| list.elements()).unwrap_or_default();
        each.into_iter().find(is_no_object)
    });
    let found: Vec<Field<'_>> = blocks.chain(elements).collect();
    for field in found.into_iter().filter(|field| document.path_of_deletion() != Some(field.path())) {
        let words = Safe::sanitize(&format!("{} unreadable: not an object", field.path()));
        finder.add(Grade::Alert, Safe::from_static("Unreadable"), field, words);
    }
}
