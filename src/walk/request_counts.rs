//! Counts the requests of one run of the program, for its last message.

use std::cell::RefCell;

use crate::query::RequestType;
use crate::text::counted;

/// Numbers of requests that one run of the program has sent, by what they fetched: pages of the list, parts, full
/// records, and retries.
#[derive(Debug, Default)]
pub struct RequestCounts(RefCell<Counts>);

#[derive(Debug, Default)]
struct Counts {
    pages: usize,
    parts: Vec<(RequestType, usize)>,
    records: usize,
    retries: usize,
}

impl RequestCounts {
    /// Counts a request for a page of the list.
    pub fn add_page(&self) {
        self.0.borrow_mut().pages += 1;
    }

    /// Counts a request for a page that has only the part `part` (a group of fields, such as `aml`) of each submission.
    pub fn add_part(&self, part: RequestType) {
        let parts = &mut self.0.borrow_mut().parts;
        match parts.iter_mut().find(|(own, _)| *own == part) {
            Some((_, count)) => *count += 1,
            None => parts.push((part, 1)),
        }
    }

    /// Counts a request for a full record (the answer about a single submission).
    pub fn add_record(&self) {
        self.0.borrow_mut().records += 1;
    }

    /// Counts a request that was sent again after a failure.
    pub fn add_retry(&self) {
        self.0.borrow_mut().retries += 1;
    }

    /// Returns the number of all requests, retries included.
    pub fn total(&self) -> usize {
        let counts = self.0.borrow();
        counts.pages + counts.parts.iter().map(|(_, count)| count).sum::<usize>() + counts.records + counts.retries
    }

    /// Returns the counts as a line for the user, such as `requests: 30 (list 15, aml 15)`.
    pub fn line(&self) -> String {
        let counts = self.0.borrow();
        let mut of = vec![format!("list {}", counts.pages)];
        of.extend(counts.parts.iter().map(|(part, count)| format!("{} {count}", part.word())));
        of.extend((counts.records > 0).then(|| counted(counts.records, "full record")));
        of.extend((counts.retries > 0).then(|| format!("retries {}", counts.retries)));
        format!("requests: {} ({})", self.total(), of.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_told_by_what_they_fetched() {
        let counts = RequestCounts::default();
        counts.add_page();
        assert_eq!(counts.line(), "requests: 1 (list 1)");
        (0..2).for_each(|_| counts.add_part(RequestType::Aml));
        counts.add_part(RequestType::Kyc);
        counts.add_record();
        counts.add_retry();
        assert_eq!(
            (counts.total(), &*counts.line()),
            (6, "requests: 6 (list 1, aml 2, kyc 1, 1 full record, retries 1)")
        );
    }
}
