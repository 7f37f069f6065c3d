//! A walk of an export as pages that can be written and gone on from.

use crate::failure::Failure;
use crate::query::Cursor;
use crate::store::End;
use crate::walk::{ItemSource, SubmissionWalk, WalkStep, WalkedItem};

/// Bytes of single submissions after which those that came are written before the rest of their page is fetched.
const PORTION: usize = 8 << 20;

/// A page as it is to be written, or a part of it.
#[derive(Default)]
pub(super) struct ExportPage {
    /// What no page before held, in order.
    pub(super) found: Vec<WalkedItem>,
    /// Length of its answers after decompression, single ones included.
    pub(super) bytes: usize,
    pub(super) mended: bool,
    /// How far the walk is after it, and the cursor of the page after it; `None` where more of the page follows.
    pub(super) end: Option<(End, Option<Cursor>)>,
}

/// The next page, or a part of one whose single submissions are large; `None` once the walk ended.
///
/// # Errors
/// Why a page or a submission of it could not be fetched; the walk ends then.
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
