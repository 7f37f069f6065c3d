//! Fetching of the pages of an export, in portions that are written one after the other.

use crate::failure::Failure;
use crate::query::Cursor;
use crate::store::End;
use crate::walk::{ItemSource, PartStop, SubmissionWalk, WalkStep, WalkedItem};

/// Size, in bytes, of the full records that an export keeps in memory at most. Larger ones are written to the file
/// before more full records are fetched.
const PORTION_BYTES: usize = 8 << 20;

/// The items of one page of the submissions to export, or of a part of such a page, that can be written to the file
/// now.
#[derive(Default)]
pub(super) struct ExportPage {
    /// The items of the page that no earlier page contained, in the order of the page.
    pub(super) found: Vec<WalkedItem>,
    /// Size in bytes of the service's answers for this page after decompression, full records included.
    pub(super) bytes: usize,
    pub(super) repaired: bool,
    /// State of the fetching of all pages after this page (more pages follow, or the reason for the end), and the page
    /// key of the next page. `None` means that another part of this page follows.
    pub(super) end: Option<(End, Option<Cursor>)>,
}

/// Reason why an export cannot fetch further pages.
pub(super) enum PageStop {
    /// A page or a full record could not be fetched.
    Failed(Failure),
    /// The fetching of a part stopped too early, so that the following rows would lack the part.
    Part(PartStop),
}

/// Fetches and returns the next page to export, or a part of the page if its full records are large; `None` after the
/// last page.
///
/// # Errors
/// The reason why a page, a full record or a part of the submissions (such as `aml`) could not be fetched. No further
/// page can be fetched then.
pub(super) async fn next_page(walk: &mut SubmissionWalk<'_>) -> Option<Result<ExportPage, PageStop>> {
    let mut page = ExportPage::default();
    loop {
        let found = match walk.next().await? {
            WalkStep::PageFailed(failure) => return Some(Err(PageStop::Failed(failure))),
            WalkStep::PartStopped(stop) => return Some(Err(PageStop::Part(stop))),
            WalkStep::PageEnd(end) => {
                page.bytes += end.bytes;
                page.repaired |= end.repaired;
                return Some(Ok(ExportPage { end: Some((end.end, end.next)), ..page }));
            }
            WalkStep::Found(found) => found,
        };
        match found.found_in {
            ItemSource::ListAfter(failure) => return Some(Err(PageStop::Failed(failure))),
            ItemSource::FullRecord => page.bytes += found.item.raw().len(),
            ItemSource::List | ItemSource::ListButGone | ItemSource::ListUnasked => {}
        }
        page.found.push(found);
        if page.bytes > PORTION_BYTES {
            walk.release_permits();
            return Some(Ok(page));
        }
    }
}
