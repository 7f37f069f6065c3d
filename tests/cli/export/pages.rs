//! A service of invented submissions that can hold an answer back: the moment of a kill is a request, not a time.

use argos_testkit::server::{Gate, TestServer, answer, parameter, query};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The day of the newest submission.
const NEWEST: Date = date(2026, 11, 21);

/// Answers on a port of its own until the test ends.
pub(crate) struct Service {
    pub(crate) base: String,
    pub(crate) gate: Gate,
}

/// How many there are, and how many of them a day.
#[derive(Clone, Copy)]
pub(crate) struct Data {
    pub(crate) rows: usize,
    pub(crate) per_day: usize,
    /// How many of the day before an answer holds too that has a first day.
    pub(crate) overlap: usize,
}

impl Service {
    pub(crate) fn start(data: Data) -> Self {
        let gate = Gate::default();
        let passed = gate.clone();
        let server = TestServer::answering(move |request| {
            passed.pass();
            answer(200, "Content-Type: application/json\r\n", data.page(query(request)))
        });
        Self { base: server.base(), gate }
    }
}

impl Data {
    pub(crate) fn page(self, query: &str) -> String {
        let parameter = |name: &str| parameter(query, name);
        let day = |name| parameter(name).map(|day| day.parse::<Date>().unwrap());
        let days = |from: Date| usize::try_from(from.until(NEWEST).unwrap().get_days()).unwrap_or(0);
        // The newest first: a later day is a smaller number.
        let first = day("end_date").map_or(0, |end| days(end) * self.per_day);
        let behind =
            day("start_date").map_or(self.rows, |start| (days(start) + 1) * self.per_day + self.overlap).min(self.rows);
        let count: usize = parameter("count").map_or(50, |count| count.parse().unwrap());
        let start =
            parameter("nextpage_id").map_or(first, |id| id.trim_start_matches('s').parse::<usize>().unwrap() + 1);
        let end = (start + count).min(behind).max(start);
        let items: Vec<String> = (start..end).map(|at| self.item(at)).collect();
        let next = match end {
            end if end > start && end < behind => {
                format!(r#","nextpageKey":{{"id":"s{}","created_at":"{}"}}"#, end - 1, self.created(end - 1))
            }
            _ => String::new(),
        };
        format!(r#"{{"Items":[{}]{next}}}"#, items.join(","))
    }

    fn created(self, at: usize) -> String {
        let day = NEWEST.checked_sub(i64::try_from(at / self.per_day).unwrap().days()).unwrap();
        let left = self.per_day - at % self.per_day;
        format!("{day}T{:02}:{:02}:{:02}.000Z", left / 3600 % 24, left / 60 % 60, left % 60)
    }

    fn item(self, at: usize) -> String {
        let result = if at.is_multiple_of(3) { "approved" } else { "rejected" };
        format!(
            r#"{{"submission_id":"s{at}", "created_at":"{}","email":"p{at}@example.com","kyc":{{"result":"{result}"}}}}"#,
            self.created(at)
        )
    }
}
