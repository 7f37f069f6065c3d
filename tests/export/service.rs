//! A service of invented submissions that can hold an answer back: the moment of a kill is a request, not a time.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::deadline::DEADLINE;

/// The day of the newest submission.
const NEWEST: Date = date(2026, 11, 21);

#[derive(Default)]
struct State {
    requests: usize,
    hold: Option<usize>,
    held: bool,
}

/// Answers on a port of its own until the test ends.
pub(crate) struct Service {
    pub(crate) base: String,
    state: Arc<(Mutex<State>, Condvar)>,
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
    #[expect(clippy::disallowed_methods, reason = "the service answers beside the test")]
    pub(crate) fn start(data: Data) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}/v3", listener.local_addr().unwrap());
        let state = Arc::new((Mutex::new(State::default()), Condvar::new()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || serve(stream, data, &shared));
            }
        });
        Self { base, state }
    }

    /// Holds back the answer to a request, counted from 1 and from now.
    pub(crate) fn hold(&self, request: usize) {
        *self.state.0.lock().unwrap() = State { requests: 0, hold: Some(request), held: false };
    }

    /// Waits until that request is there.
    pub(crate) fn until_held(&self) {
        let (lock, changed) = &*self.state;
        let waited = changed.wait_timeout_while(lock.lock().unwrap(), DEADLINE, |state| !state.held).unwrap();
        assert!(!waited.1.timed_out(), "the request never came");
    }

    /// Requests since it was started, held or released.
    pub(crate) fn requests(&self) -> usize {
        self.state.0.lock().unwrap().requests
    }

    /// Answers it.
    pub(crate) fn release(&self) {
        *self.state.0.lock().unwrap() = State::default();
        self.state.1.notify_all();
    }
}

fn serve(stream: TcpStream, data: Data, state: &(Mutex<State>, Condvar)) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut stream = stream;
    loop {
        let mut first = String::new();
        reader.read_line(&mut first).ok().filter(|read| *read > 0)?;
        let mut line = first.clone();
        while line.trim_end() != "" {
            line.clear();
            reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        }
        let mut own = state.0.lock().unwrap();
        own.requests += 1;
        if own.hold == Some(own.requests) {
            own.held = true;
            state.1.notify_all();
            drop(state.1.wait_while(own, |own| own.hold.is_some()).unwrap());
        } else {
            drop(own);
        }
        let body = data.page(&first);
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length";
        // In one piece: the system would hold back a second one until the first is acknowledged.
        stream.write_all(format!("{head}: {}\r\n\r\n{body}", body.len()).as_bytes()).ok()?;
    }
}

impl Data {
    fn page(self, request: &str) -> String {
        let parameter = |name: &str| {
            let query = request.split(' ').nth(1)?.split_once('?')?.1;
            query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
        };
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
