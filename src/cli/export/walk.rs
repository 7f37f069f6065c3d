//! The pages of an export, in the form in which they are written and resumed.

use crate::failure::Failure;
use crate::query::Cursor;
use crate::store::End;
use crate::walk::{ItemSource, SubmissionWalk, WalkStep, WalkedItem};

/// Number of bytes of full records after which the loaded part of a page is written, before the rest is fetched.
const PORTION: usize = 8 << 20;

/// A page, or a part of one, that is ready to be written.
#[derive(Default)]
pub(super) struct ExportPage {
    /// The items that no earlier page contained, in order.
    pub(super) found: Vec<WalkedItem>,
    /// Size of the answers after decompression, full records included.
    pub(super) bytes: usize,
    pub(super) mended: bool,
    /// The state of the walk after the page, and the page key of the next page; `None` if more of this page follows.
    pub(super) end: Option<(End, Option<Cursor>)>,
}

/// Returns the next page, or a part of it if its full records are large; `None` after the last page.
///
/// # Errors
/// The reason why a page or a full record could not be fetched. The walk ends then.
pub(super) async fn next_page(walk: &mut SubmissionWalk<'_>) -> Option<Result<ExportPage, Failure>> {
    let mut page = ExportPage::default();
    loop {
        let found = match walk.next().await? {
            WalkStep::PageFailed(failure) => return Some(Err(failure)),
            WalkStep::PageEnd(end) => {
                page.bytes += end.bytes;
                page.mended |= end.mended;
                return Some(Ok(ExportPage { end: Some((end.end, end.next)), ..page }));
            }
            WalkStep::Found(found) => found,
        };
        match found.found_in {
            ItemSource::ListAfter(failure) => return Some(Err(failure)),
            ItemSource::Single => page.bytes += found.item.raw().len(),
            ItemSource::List | ItemSource::ListButGone => {}
        }
        page.found.push(found);
        if page.bytes > PORTION {
            walk.release_permits();
            return Some(Ok(page));
        }
    }
}
