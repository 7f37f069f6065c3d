//! A walk of an export as pages that can be written and gone on from.

use crate::api::Item;
use crate::failure::Failure;
use crate::query::{Cursor, Verdict};
use crate::store::End;
use crate::walk::{FoundIn, SubmissionWalk, WalkStep};

/// Bytes of single submissions after which those that came are written before the rest of their page is fetched.
const PORTION: usize = 8 << 20;

/// A page as it is to be written, or a part of it.
#[derive(Default)]
pub(super) struct Page {
    /// What the local terms leave.
    pub(super) items: Vec<Item>,
    /// The digests of the ids of everything that it brought.
    pub(super) digests: Vec<u128>,
    /// Submissions that no page before held.
    pub(super) loaded: usize,
    /// Those on which the local terms have nothing to decide by.
    pub(super) undecided: usize,
    /// Those that were gone when they were asked for one by one.
    pub(super) gone: usize,
    pub(super) mended: bool,
    pub(super) bytes: usize,
    /// How far the walk is after it, and the cursor of the page after it; `None` where more of the page follows.
    pub(super) end: Option<(End, Option<Cursor>)>,
}

/// The next page, or a part of one whose single submissions are large; `None` once the walk ended.
///
/// # Errors
/// Why a page or a submission of it could not be fetched; the walk ends then.
pub(super) async fn next_page(walk: &mut SubmissionWalk<'_>) -> Option<Result<Page, Failure>> {
    let mut page = Page::default();
    let mut held = 0;
    loop {
        let found = match walk.next().await? {
            WalkStep::PageFailed(failure) => return Some(Err(failure)),
            WalkStep::PageEnd(end) => {
                page.mended |= end.mended;
                return Some(Ok(Page { bytes: end.bytes, end: Some((end.end, end.next)), ..page }));
            }
            WalkStep::Found(found) => found,
        };
        match found.found_in {
            FoundIn::ListAfter(failure) => return Some(Err(failure)),
            FoundIn::ListButGone => page.gone += 1,
            FoundIn::Single => held += found.item.raw().len(),
            FoundIn::List => {}
        }
        page.loaded += 1;
        page.mended |= found.mended;
        page.digests.extend(found.digest);
        match found.verdict {
            Verdict::Shown => page.items.push(found.item),
            Verdict::Undecided => page.undecided += 1,
            Verdict::Hidden => {}
        }
        if held > PORTION {
            return Some(Ok(page));
        }
    }
}
