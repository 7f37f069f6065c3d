//! Fetches the pages of an export, and returns them in portions that are written one after the other.

use std::future::ready;
use std::task::Poll;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use crate::failure::Failure;
use crate::query::Cursor;
use crate::store::End;
use crate::walk::{ItemSource, PartStop, SubmissionWalk, WalkStep, WalkedItem};

/// Largest size, in bytes, of the full records that an export keeps in memory. When it is exceeded, these records are
/// written to the file before more are fetched.
const PORTION_BYTES: usize = 8 << 20;

/// The items of one page of the list that can be written to the target of the export now. If the full records are
/// large, these are only a part of the page.
#[derive(Default)]
pub(super) struct ExportPage {
    /// The items of the page that no earlier page contained, in the order of the page.
    pub(super) found: Vec<WalkedItem>,
    /// Size in bytes of the service's answers for this page after decompression, full records included.
    pub(super) bytes: usize,
    pub(super) repaired: bool,
    /// What follows after this page. The first value says whether more pages follow, or why not. The second is the page
    /// key with which the next page is requested. `None` means that another part of this page follows.
    pub(super) end: Option<(End, Option<Cursor>)>,
}

/// Reason why an export cannot fetch further pages.
pub(super) enum PageStop {
    /// A page or a full record could not be fetched.
    Failed(Failure),
    /// A part of the submissions (a group of fields such as `aml`) could not be fetched completely. The rows that
    /// follow would lack this part.
    Part(PartStop),
}

/// What was fetched for an export: the next page, or a part of a page. `None` after the last page.
pub(super) type FetchedPart = Option<Result<ExportPage, PageStop>>;

/// A running fetch of the next page, or of a part of a page. Returns what was fetched, and the walk for the page after
/// it.
pub(super) type RunningFetch<'a> = LocalBoxFuture<'a, (SubmissionWalk<'a>, FetchedPart)>;

/// Fetches the next page of `walk`, once the returned future runs.
pub(super) fn fetch(mut walk: SubmissionWalk<'_>) -> RunningFetch<'_> {
    async move {
        let fetched = next_page(&mut walk).await;
        (walk, fetched)
    }
    .boxed_local()
}

/// Begins to fetch the next page of `walk`, and returns the running fetch. If a connection to the service is open, the
/// request is sent. So the service works on the next page while the current one is written, which blocks the thread.
pub(super) async fn request(walk: SubmissionWalk<'_>) -> RunningFetch<'_> {
    begin(fetch(walk)).await
}

/// Runs `future` until it waits for the first time, and returns it.
pub(super) async fn begin<'a, T: 'a>(mut future: LocalBoxFuture<'a, T>) -> LocalBoxFuture<'a, T> {
    if let Poll::Ready(done) = futures_util::poll!(future.as_mut()) {
        return ready(done).boxed_local();
    }
    // The task of the connection sends the request.
    tokio::task::yield_now().await;
    future
}

/// Fetches and returns the next page to export; `None` after the last page. If the full records of the page are large,
/// returns only a part of the page.
///
/// # Errors
/// Returns the reason why a page, a full record or a part of the submissions could not be fetched. A part is a group of
/// fields such as `aml`. No further page can be fetched then.
pub(super) async fn next_page(walk: &mut SubmissionWalk<'_>) -> FetchedPart {
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test]
    async fn a_begun_future_has_run_up_to_its_first_wait_and_so_have_other_tasks() {
        let (steps, told) = (Cell::new(0), tokio::sync::Notify::new());
        let other = async {
            told.notified().await;
            steps.set(steps.get() + 10);
        };
        let future = async {
            steps.set(1);
            told.notify_one();
            tokio::task::yield_now().await;
            steps.set(steps.get() + 100);
            "done"
        };
        let begun = async {
            let begun = begin(future.boxed_local()).await;
            assert_eq!(steps.get(), 11, "the request, and the task of the connection");
            begun.await
        };
        assert_eq!(tokio::join!(begun, other).0, "done");
        assert_eq!(steps.get(), 111);
        assert_eq!(begin(ready(7).boxed_local()).await.await, 7, "what is ready at once is kept");
    }
}
