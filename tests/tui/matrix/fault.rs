//! What a fault is: the bytes that a server sends, and what the reviewer is to say about them.

use argos_review::api::Limits;
use std::time::Duration;

use argos_testkit::coding::BodyCoding;
use argos_testkit::deadline::DEADLINE;
use argos_testkit::server::{self, Step};

/// The key of the project; it must be on no screen.
pub(super) const KEY: &str = "CanaryKey7x";

/// A limit that ends what stalls, and yet is longer than a healthy answer takes on a busy machine.
const SOON: Duration = Duration::from_secs(5);
/// Longer than a test waits: whoever relies on this limit hangs.
const FAR: Duration = DEADLINE.saturating_mul(4);
/// Between two pieces of an answer that drips.
const BEAT: Duration = Duration::from_millis(50);

/// Said by every whole answer: a client that keeps a connection may open another one just in case, and connections are
/// what is counted.
const CLOSE: &str = "Connection: close\r\n";

/// A sentence of a failure, and the same in the few words that the title of the list has room for.
pub(super) type Told = (&'static str, &'static str);

pub(super) const RESET: Told = ("The connection broke before an answer was received.", "connection broke");
pub(super) const CUT_OFF: Told = ("The answer is incomplete.", "incomplete answer");
pub(super) const DAMAGED: Told = ("The answer is damaged.", "answer damaged");
pub(super) const UNDECIPHERED: Told = ("The answer cannot be decrypted: wrong key or mode", "encryption");
pub(super) const ENCRYPTED: Told = ("The answer is encrypted: Secure Data Transfer is on", "encrypted");

/// What comes of a fault.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is told.
    Fails(Told),
    /// It is tolerated or repaired: what was asked for is shown.
    Shown,
}

/// The limit that ends a fault.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    None,
    Header,
    Idle,
    Total,
}

/// One way in which a server fails.
#[derive(Clone, Copy)]
pub(super) struct Fault {
    pub(super) name: &'static str,
    script: fn(&Bearer) -> Vec<Step>,
    plain: Outcome,
    encrypted: Outcome,
    /// How many requests are sent before it is told.
    pub(super) tries: usize,
    limit: Limit,
    /// It belongs to the short run.
    pub(super) quick: bool,
}

pub(super) const fn fails(name: &'static str, told: Told, script: fn(&Bearer) -> Vec<Step>) -> Fault {
    let outcome = Outcome::Fails(told);
    Fault { name, script, plain: outcome, encrypted: outcome, tries: 1, limit: Limit::None, quick: false }
}

pub(super) const fn shown(name: &'static str, script: fn(&Bearer) -> Vec<Step>) -> Fault {
    let outcome = Outcome::Shown;
    Fault { name, script, plain: outcome, encrypted: outcome, tries: 1, limit: Limit::None, quick: false }
}

impl Fault {
    /// With secure transfer something else comes of it.
    pub(super) const fn but_encrypted(self, told: Told) -> Self {
        Self { encrypted: Outcome::Fails(told), ..self }
    }

    pub(super) const fn tried(self, tries: usize) -> Self {
        Self { tries, ..self }
    }

    pub(super) const fn ended_by(self, limit: Limit) -> Self {
        Self { limit, ..self }
    }

    pub(super) const fn in_the_short_run(self) -> Self {
        Self { quick: true, ..self }
    }

    pub(super) fn script(&self, bearer: &Bearer) -> Vec<Step> {
        (self.script)(bearer)
    }

    pub(super) fn outcome(&self, coding: BodyCoding) -> Outcome {
        match coding {
            BodyCoding::Plain | BodyCoding::Gzip => self.plain,
            BodyCoding::Encrypted => self.encrypted,
        }
    }

    /// It waits for a limit, and takes nothing but time.
    pub(super) fn waits(&self) -> bool {
        self.limit != Limit::None
    }

    /// Only the limit that is meant can end it in time; tries follow each other at once.
    pub(super) fn limits(&self) -> Limits {
        let wait = Duration::from_millis(1);
        let mut limits =
            Limits { connect: FAR, header: FAR, idle: FAR, total: FAR, bytes: 1 << 20, picture_bytes: 1 << 20, wait };
        match self.limit {
            Limit::None => {}
            Limit::Header => limits.header = SOON,
            Limit::Idle => limits.idle = SOON,
            Limit::Total => limits.total = SOON,
        }
        limits
    }
}

/// What a fault is made of: how answers travel, and the body that would have been right.
pub(super) struct Bearer {
    pub(super) coding: BodyCoding,
    pub(super) good: String,
}

impl Bearer {
    /// A body as it travels.
    pub(super) fn carry(&self, body: impl AsRef<[u8]>) -> Vec<u8> {
        self.coding.encode(body.as_ref(), KEY)
    }

    /// The right body as it travels.
    pub(super) fn body(&self) -> Vec<u8> {
        self.carry(&self.good)
    }

    /// The first half of it.
    pub(super) fn half(&self) -> Vec<u8> {
        let mut body = self.body();
        body.truncate(body.len() / 2);
        body
    }

    /// A success with these header lines and bytes, whatever they are.
    pub(super) fn raw(&self, headers: &str, body: &[u8]) -> Vec<Step> {
        vec![Step::Read, self.started(headers, body)]
    }

    /// The same without a request having been read.
    pub(super) fn started(&self, headers: &str, body: &[u8]) -> Step {
        let head = format!("HTTP/1.1 200 OK\r\n{CLOSE}{}{headers}\r\n", self.coding.headers());
        Step::Send([head.as_bytes(), body].concat())
    }

    /// A whole success with this body.
    pub(super) fn success(&self, body: impl AsRef<[u8]>) -> Vec<Step> {
        answer(200, self.coding.headers(), self.carry(body))
    }

    /// A whole answer of the gateway, which encrypts nothing.
    pub(super) fn gateway(&self, status: u16, headers: &str, body: &str) -> Vec<Step> {
        match self.coding {
            BodyCoding::Gzip => answer(status, &(headers.to_owned() + BodyCoding::Gzip.headers()), self.carry(body)),
            BodyCoding::Plain | BodyCoding::Encrypted => answer(status, headers, body),
        }
    }
}

pub(super) fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<Step> {
    vec![Step::Read, Step::Send(server::answer(status, &format!("{CLOSE}{headers}"), body))]
}

pub(super) fn send(bytes: impl Into<Vec<u8>>) -> Step {
    Step::Send(bytes.into())
}

/// Bytes that come one piece after the other.
pub(super) fn drip(bytes: &str) -> Step {
    Step::Drip(bytes.into(), BEAT)
}

/// A length in a header line.
pub(super) fn length(length: impl std::fmt::Display) -> String {
    format!("Content-Length: {length}\r\n")
}
