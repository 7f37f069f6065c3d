//! An export to a stream with several jobs: it fetches several days at the same time, and writes them one after the
//! other.
//!
//! Lines that were written to a stream cannot be put into another order later. So a day that was fetched too early
//! waits to be written, and only a few of its pages are fetched ahead.

use std::collections::HashSet;

use futures_util::{StreamExt, stream};
use tokio::sync::mpsc;

use super::job::ExportEnd;
use super::run::{ExportRun, failed};
use super::walk::next_page;
use crate::api::{Item, page_failure};
use crate::query::Params;
use crate::text::Safe;
use crate::walk::{IdDigests, SubmissionWalk, WalkContext};

/// Maximum number of fetched pages of one day that wait to be written. An export to a stream with several jobs fetches
/// several days at the same time, but writes the days one after the other.
const MAX_PAGES_AHEAD: usize = 2;
/// Number of submissions with which an export that requests each day separately is checked. First, one request for the
/// whole range of dates is sent. The first submissions in its answer must also be in the answers for the single days.
/// They would be missing if the service excluded the first or the last day of a range of dates.
const CHECKED_SUBMISSIONS: usize = 50;

impl ExportRun {
    /// Exports the query day by day to a stream. `parts` holds the query parameters of each day, newest day first. The
    /// pages of `jobs` days are fetched at the same time, and the days are written one after the other. Returns how the
    /// export ended.
    pub(super) async fn export_days(
        &mut self,
        context: WalkContext<'_>,
        mut parts: Vec<Params>,
        jobs: usize,
    ) -> ExportEnd {
        let mut expected = match self.put_in_order(&context, &mut parts).await {
            Ok(expected) => expected,
            Err(end) => return end,
        };
        let (mut senders, mut receivers) = (Vec::new(), Vec::new());
        for params in parts {
            let (sender, receiver) = mpsc::channel(MAX_PAGES_AHEAD);
            let walk = SubmissionWalk::new(context.clone(), params, None, IdDigests::keyed(self.record.key()));
            senders.push((walk, sender));
            receivers.push(receiver);
        }
        let walks = stream::iter(senders).map(|(mut walk, sender)| async move {
            while let Some(page) = next_page(&mut walk).await {
                if sender.send(page).await.is_err() {
                    break;
                }
            }
        });
        let mut walks = std::pin::pin!(walks.buffer_unordered(jobs).collect::<Vec<()>>());
        // A submission could occur in two days.
        let mut met = IdDigests::keyed(self.record.key());
        let mut writing = std::pin::pin!(async {
            for mut receiver in receivers {
                while let Some(mut page) = receiver.recv().await {
                    if let Ok(page) = &mut page {
                        page.found.retain(|found| found.digest.is_none_or(|digest| met.insert(digest)));
                        let brought: HashSet<u128> = page.found.iter().filter_map(|found| found.digest).collect();
                        let due = expected.iter().take_while(|digest| brought.contains(*digest)).count();
                        expected.drain(..due);
                    }
                    if let Some(outcome) = self.write_page(page) {
                        return outcome;
                    }
                }
            }
            if expected.is_empty() { ExportEnd::Complete } else { ExportEnd::Torn }
        });
        tokio::select! {
            biased;
            outcome = &mut writing => outcome,
            _ = &mut walks => writing.await,
        }
    }

    /// Puts `parts`, the queries for single days, into the order in which the service sorts submissions: newest or
    /// oldest first. Finds out this order with one request for the first page of all days together. Returns the digests
    /// of the first ids on this page, at most [`CHECKED_SUBMISSIONS`]: the answers for the single days must contain
    /// these ids too. The error is the reason why the export must end, such as a failed request.
    async fn put_in_order(&self, context: &WalkContext<'_>, parts: &mut [Params]) -> Result<Vec<u128>, ExportEnd> {
        let (Some(newest), Some(oldest)) = (parts.first(), parts.last()) else { return Ok(Vec::new()) };
        let range = Params { start_date: oldest.start_date, ..newest.clone() };
        let source = context.source;
        let page = source.with_retry(|| source.fetch_page(&range, None), |waiting| (context.on_wait)(&waiting)).await;
        let page = page.map_err(|error| failed(&page_failure(&error, &range)))?;
        let created: Vec<_> = page.items.iter().filter_map(Item::created_at).collect();
        if !created.is_sorted_by(|a, b| a >= b) {
            if !created.is_sorted() {
                let advice = Safe::from_static("The service does not sort by time: export without --jobs.");
                return Err(ExportEnd::Stopped(Safe::from_static("no order"), Some(advice)));
            }
            parts.reverse();
        }
        let digests = IdDigests::keyed(self.record.key());
        Ok(page.items.iter().filter_map(Item::id).take(CHECKED_SUBMISSIONS).map(|id| digests.digest_of(id)).collect())
    }
}
