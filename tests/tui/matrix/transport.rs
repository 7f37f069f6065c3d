//! Faults of connections and of HTTP's own rules.

use argos_testkit::coding::BodyCoding;

use super::fault::{CUT_OFF, DAMAGED, Fault, Limit, RESET, Told, drip, fails, length, send};
use argos_testkit::server::Step::{Forever, HalfClose, Read, Reset, Stall};

const NO_ANSWER: Told = ("The service took too long: no answer.", "timed out");
const STOPPED: Told = ("The service took too long: the answer stopped.", "timed out");
const TOO_LONG: Told = ("The service took too long: the whole answer took too long.", "timed out");
const TOO_LARGE: Told = ("The answer is larger than 1 MiB.", "answer too large");

const STATUS_LINE: &str = "HTTP/1.1 20";
const HEADER: &str = "HTTP/1.1 200 OK\r\nContent-Ty";
const EARLY: &str = "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n";
const CHUNKED: &str = "Transfer-Encoding: chunked\r\n";

/// The connection ends at each stage, in each way.
pub(super) const BROKEN: [Fault; 16] = [
    fails("reset before the request", RESET, |_| vec![Reset]).tried(3),
    fails("reset after the request", RESET, |_| vec![Read, Reset]).tried(3).in_the_short_run(),
    fails("reset within the status line", RESET, |_| vec![Read, send(STATUS_LINE), Reset]).tried(3),
    fails("reset within the header", RESET, |_| vec![Read, send(HEADER), Reset]).tried(3),
    fails("reset within the body", CUT_OFF, |it| vec![Read, it.started(&length(70_000), &it.half()), Reset]),
    fails("closed before the request", RESET, |_| Vec::new()).tried(3),
    fails("closed after the request", RESET, |_| vec![Read]).tried(3),
    fails("closed within the status line", RESET, |_| vec![Read, send(STATUS_LINE)]).tried(3),
    fails("closed within the header", RESET, |_| vec![Read, send(HEADER)]).tried(3).in_the_short_run(),
    fails("closed within the body", CUT_OFF, |it| it.raw(&length(it.body().len()), &it.half())).in_the_short_run(),
    fails("closed within a body without a length", CUT_OFF, |it| it.raw("", &it.half())),
    fails("half-closed before the request", RESET, |_| vec![HalfClose]).tried(3),
    fails("half-closed after the request", RESET, |_| vec![Read, HalfClose]).tried(3),
    fails("half-closed within the header", RESET, |_| vec![Read, send(HEADER), HalfClose]).tried(3),
    fails("half-closed within the body", CUT_OFF, |it| {
        vec![Read, it.started(&length(it.body().len()), &it.half()), HalfClose]
    }),
    fails("garbage after the half of a chunk", DAMAGED, |it| {
        it.raw(CHUNKED, &[b"8\r\n", it.body().get(..8).unwrap_or_default(), b"canary-body"].concat())
    }),
];

/// The answer stops, drips or has no end.
pub(super) const SLOW: [Fault; 10] = [
    fails("stalled before the request", NO_ANSWER, |_| vec![Stall]).ended_by(Limit::Header),
    fails("stalled after the request", NO_ANSWER, |_| vec![Read, Stall]).ended_by(Limit::Header),
    fails("stalled within the header", NO_ANSWER, |_| vec![Read, send(HEADER), Stall])
        .ended_by(Limit::Header)
        .in_the_short_run(),
    fails("a header that drips", NO_ANSWER, |_| vec![Read, send(HEADER), drip("x")]).ended_by(Limit::Header),
    fails("early answers that drip", NO_ANSWER, |_| vec![Read, drip(EARLY)]).ended_by(Limit::Header),
    fails("a flood of early answers", NO_ANSWER, |_| vec![Read, Forever(EARLY.repeat(100).into())])
        .ended_by(Limit::Header),
    fails("stalled within the body", STOPPED, |it| vec![Read, it.started(&length(it.body().len()), &it.half()), Stall])
        .ended_by(Limit::Idle)
        .in_the_short_run(),
    fails("stalled before the end of a body without a length", STOPPED, |it| {
        vec![Read, it.started("", &it.body()), Stall]
    })
    .ended_by(Limit::Idle),
    fails("a body that drips", TOO_LONG, |it| {
        // A lawful extra field of gzip, since it must be no end that the reader could see.
        let start: &[u8] = if it.coding == BodyCoding::Gzip { GZIP_WITH_EXTRA } else { b"" };
        vec![Read, it.started("", start), drip(" ")]
    })
    .ended_by(Limit::Total),
    fails("a body without an end", TOO_LARGE, |_| {
        vec![Read, send("HTTP/1.1 200 OK\r\n\r\n"), Forever(vec![b' '; 0x10000])]
    }),
];

/// The start of gzip up to an extra field of 65,535 bytes.
const GZIP_WITH_EXTRA: &[u8] = &[0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff];

/// What breaks the rules of HTTP.
pub(super) const UNLAWFUL: [Fault; 18] = [
    fails("a length that is too long", CUT_OFF, |it| it.raw(&length(it.body().len() + 1), &it.body())),
    fails("a length that is too short", CUT_OFF, |it| it.raw(&length(it.body().len() - 1), &it.body()))
        .in_the_short_run(),
    fails("an absurd length", CUT_OFF, |it| it.raw(&length(99_999_999_999_999_u64), &it.body())),
    fails("a length beyond every number", DAMAGED, |it| it.raw(&length("99999999999999999999"), &it.body())),
    fails("two different lengths", DAMAGED, |it| {
        it.raw(&(length(it.body().len()) + &length(it.body().len() + 1)), &it.body())
    }),
    fails("a negative length", DAMAGED, |it| it.raw(&length(-1), &it.body())),
    fails("a length that is no number", DAMAGED, |it| it.raw(&length("many"), &it.body())),
    fails("a chunk whose size is no number", DAMAGED, |it| it.raw(CHUNKED, &[b"zz\r\n", &*it.body()].concat()))
        .in_the_short_run(),
    fails("a chunk of an absurd size", DAMAGED, |it| {
        it.raw(CHUNKED, &[b"fffffffffffffffffffff\r\n", &*it.body()].concat())
    }),
    fails("a chunk that is longer than it says", DAMAGED, |it| {
        it.raw(CHUNKED, &[b"5\r\n", &*it.body(), b"\r\n0\r\n\r\n"].concat())
    }),
    fails("a chunk that is cut off", CUT_OFF, |it| it.raw(CHUNKED, &[b"ffff\r\n", &*it.body()].concat())),
    fails("no last chunk", CUT_OFF, |it| {
        let body = it.body();
        it.raw(CHUNKED, &[format!("{:x}\r\n", body.len()).as_bytes(), &body, b"\r\n"].concat())
    }),
    fails("garbage", DAMAGED, |_| vec![Read, send("\0\u{1}\u{2}canary-body\r\n\r\n")]).in_the_short_run(),
    fails("a banner of SSH", DAMAGED, |_| vec![Read, send("SSH-2.0-canary-body\r\n")]),
    fails("a page without a header", DAMAGED, |_| vec![Read, send("<html>canary-body</html>\r\n\r\n")]),
    fails("an unknown version of HTTP", DAMAGED, |_| vec![Read, send("HTTP/9.9 200 OK\r\n\r\n")]),
    fails("300 header lines", DAMAGED, |it| it.raw(&"X: canary-body\r\n".repeat(300), &it.body())),
    fails("a header of 2 MB", DAMAGED, |it| it.raw(&format!("X: {}\r\n", "y".repeat(2_000_000)), &it.body())),
];
