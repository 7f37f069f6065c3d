//! Faults of answers that are lawful HTTP: codings, statuses, bodies.

use super::fault::{Bearer, KEY};
use super::fault::{CUT_OFF, DAMAGED, ENCRYPTED, Fault, Told, UNDECIPHERED, answer, fails, length, shown};
use argos_testkit::coding::{BodyCoding, encrypt, envelope};
use argos_testkit::gzip::{bomb, endless_bomb, pack_stored};
use argos_testkit::server::Step;

const UNASKED: Told = ("The answer is compressed in an unexpected way.", "answer damaged");
const TOO_LARGE: Told = ("The answer is larger than 1 MiB.", "answer too large");
const WRONG: Told = ("The service rejects the request as invalid", "bad request");
const NO_KEY: Told = ("The service does not accept the API key", "key not accepted");
const ADDRESS: Told = ("The service does not allow this IP address (403).", "address not allowed");
const NO_PATH: Told = ("The service does not know this path", "unknown path");
const REFUSED: Told = ("The service refuses the request", "refused");
const TOO_MANY: Told = ("Too many requests (429).", "rate limit");
const QUOTA: Told = ("The request quota is used up (429).", "quota used up");
const LONG_WAIT: Told = ("Too many requests (429). ARGOS asks to wait 60 minutes.", "rate limit");
const FAILED: Told = ("The service failed (50", "service failed");
const NOT_THERE: Told = ("The service is not available (503).", "service failed");
const GATEWAY: Told = ("Gateway timeout at ARGOS (504).", "service failed");
const PAGE: Told = ("The answer is a web page, not data.", "not JSON");
const EMPTY: Told = ("The service sent an answer without any content.", "no content received");
const STATUS: Told = ("Unexpected status 202 (200 is documented).", "unexpected format");
const NO_OBJECT: Told = ("The answer does not have the documented form: not an object.", "unexpected format");
const NO_LIST: Told = ("The answer does not have the documented form: Items is not a list.", "unexpected format");
const TWICE: Told =
    ("The answer does not have the documented form: Items or nextpageKey is sent twice.", "unexpected format");
const NOT_JSON: Told = ("The answer is not JSON (line 1, column ", "not JSON");
const NOT_ENCRYPTED: Told = ("The answer is not encrypted although secure transfer is on here", "not encrypted");
const REDIRECT: Told = ("The service redirects to another address (30", "redirect");

/// A web page, as the log-in of a network is one.
const HTML: &str = "<!DOCTYPE html><html><title>canary-body</title></html>";

/// A success that says gzip, with these bytes.
fn zipped(bytes: impl AsRef<[u8]>) -> Vec<Step> {
    answer(200, BodyCoding::Gzip.headers(), bytes)
}

/// The right body, compressed, and encrypted before that where it is to be.
fn packed(it: &Bearer) -> Vec<u8> {
    match it.coding {
        BodyCoding::Plain | BodyCoding::Gzip => pack_stored(it.good.as_bytes()),
        BodyCoding::Encrypted => pack_stored(&it.body()),
    }
}

/// What an application says, encrypted where everything is.
fn application(it: &Bearer, status: u16, body: &str) -> Vec<Step> {
    answer(status, it.coding.headers(), it.carry(body))
}

/// Compression.
pub(super) const CODINGS: [Fault; 7] = [
    fails("no gzip where gzip is said", DAMAGED, |it| zipped(&it.good)).in_the_short_run(),
    fails("gzip that is cut off", CUT_OFF, |it| {
        let packed = packed(it);
        zipped(packed.get(..packed.len() / 2).unwrap_or_default())
    })
    .in_the_short_run(),
    fails("gzip with a wrong sum", DAMAGED, |it| {
        let mut packed = packed(it);
        let at = packed.len() - 6;
        packed[at] ^= 1;
        zipped(packed)
    }),
    fails("a bomb", TOO_LARGE, |_| zipped(bomb(8_000))),
    fails("gzip without an end", TOO_LARGE, |_| {
        let (start, more) = endless_bomb();
        let head = format!("HTTP/1.1 200 OK\r\n{}\r\n", BodyCoding::Gzip.headers());
        vec![Step::Read, Step::Send([head.into_bytes(), start].concat()), Step::Forever(more)]
    }),
    fails("a compression that was not offered", UNASKED, |it| answer(200, "Content-Encoding: br\r\n", &it.good)),
    fails("gzip in gzip", UNASKED, |it| answer(200, "Content-Encoding: gzip, gzip\r\n", pack_stored(&packed(it)))),
];

/// Everything but 200.
pub(super) const STATUSES: [Fault; 22] = [
    fails("400", WRONG, |it| it.gateway(400, "", r#"{"message":"Invalid Query String Parameters"}"#)),
    fails("400 with a code", WRONG, |it| {
        application(it, 400, r#"{"errorCode":"invalid_format","message":"Invalid format: start_date"}"#)
    }),
    fails("401", NO_KEY, |it| it.gateway(401, "", r#"{"message":"Unauthorized"}"#)),
    fails("403 for the key", NO_KEY, |it| it.gateway(403, "", r#"{"message":"Forbidden"}"#)).in_the_short_run(),
    fails("403 for the address", ADDRESS, |it| {
        it.gateway(403, "", r#"{"Message":"User is not authorized to access this resource with an explicit deny"}"#)
    }),
    fails("403 without a reason", REFUSED, |it| it.gateway(403, "", "")),
    fails("403 for the path", NO_PATH, |it| it.gateway(403, "", r#"{"message":"Missing Authentication Token"}"#)),
    fails("404", NO_PATH, |it| it.gateway(404, "", HTML)),
    fails("413", REFUSED, |it| it.gateway(413, "", r#"{"message":"Request Entity Too Large"}"#)),
    fails("429", TOO_MANY, |it| it.gateway(429, "Retry-After: 0\r\n", r#"{"message":"Too Many Requests"}"#))
        .tried(3)
        .in_the_short_run(),
    fails("429 for the quota", QUOTA, |it| it.gateway(429, "", r#"{"message":"Limit Exceeded"}"#)),
    fails("429 with an hour to wait", LONG_WAIT, |it| {
        it.gateway(429, "Retry-After: 3600\r\n", r#"{"message":"Too Many Requests"}"#)
    }),
    fails("500", FAILED, |it| it.gateway(500, "", r#"{"message":"Internal server error"}"#)).tried(2),
    fails("502", FAILED, |it| it.gateway(502, "", r#"{"message":"Internal server error"}"#)).tried(3),
    fails("503", NOT_THERE, |it| it.gateway(503, "", r#"{"message":"Service Unavailable"}"#)).tried(3),
    fails("504", GATEWAY, |it| it.gateway(504, "", r#"{"message":"Endpoint request timed out"}"#)).tried(3),
    fails("503 with a page", NOT_THERE, |it| it.gateway(503, "Content-Type: text/html\r\n", HTML)).tried(3),
    fails("503 whose body is cut off", NOT_THERE, |_| {
        vec![Step::Read, Step::Send(format!("HTTP/1.1 503 x\r\n{}\r\n{{", length(70_000)).into())]
    })
    .tried(3),
    fails("202", STATUS, |it| answer(202, it.coding.headers(), it.body())),
    fails("204", EMPTY, |_| vec![Step::Read, Step::Send(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec())]),
    fails("a redirect to another host", REDIRECT, |it| {
        answer(302, "Location: http://127.0.0.1:9/canary-path\r\n", it.body())
    })
    .in_the_short_run(),
    fails("a redirect within the host", REDIRECT, |it| answer(308, "Location: /canary-path\r\n", it.body())),
];

/// 200 with something else.
pub(super) const BODIES: [Fault; 17] = [
    fails("a page with 200", PAGE, |it| it.gateway(200, "", HTML)),
    fails("nothing with 200", EMPTY, |it| it.gateway(200, "", "")),
    fails("an error with 200", WRONG, |it| {
        it.success(r#"{"errorCode":"invalid_project","message":"Invalid project"}"#)
    }),
    fails("words", NOT_JSON, |it| it.success("canary-body")).but_encrypted(UNDECIPHERED),
    fails("JSON that is cut off", CUT_OFF, |it| it.success(it.good.split_at(it.good.len() / 2).0)).in_the_short_run(),
    fails("a list at the top", NO_OBJECT, |it| it.success("[]")).but_encrypted(UNDECIPHERED),
    fails("null at the top", NO_OBJECT, |it| it.success("null")).but_encrypted(UNDECIPHERED),
    fails("Items that are no list", NO_LIST, |it| it.success(r#"{"Items":"canary-body"}"#)),
    fails("Items twice", TWICE, |it| it.success(it.good.replacen('{', r#"{"Items":[],"#, 1))),
    shown("a wrong content type", |it| {
        let headers = it.coding.headers().replace("application/json", "text/html; charset=euc-kr");
        answer(200, &headers, it.body())
    }),
    shown("a byte order mark", |it| it.success(format!("\u{feff}{}", it.good)))
        .but_encrypted(UNDECIPHERED)
        .in_the_short_run(),
    shown("bytes that are no text", |it| it.success(it.good.replace("Sample", "S\u{1}"))).but_encrypted(UNDECIPHERED),
    shown("bytes that are not UTF-8", |it| {
        let mut body = it.good.clone().into_bytes();
        let at = it.good.find("Sample").unwrap_or_default();
        body[at] = 0xff;
        it.success(body)
    })
    .but_encrypted(UNDECIPHERED),
    fails("an encrypted answer out of turn, or a plain one", ENCRYPTED, |it| match it.coding {
        BodyCoding::Encrypted => answer(200, "", &it.good),
        coding => answer(200, coding.headers(), coding.encode(&envelope(&encrypt(it.good.as_bytes(), KEY)), KEY)),
    })
    .but_encrypted(NOT_ENCRYPTED)
    .in_the_short_run(),
    fails("an answer under another key", ENCRYPTED, |it| {
        it.gateway(200, "", &String::from_utf8_lossy(&envelope(&encrypt(it.good.as_bytes(), "another-key"))))
    })
    .but_encrypted(UNDECIPHERED),
    fails("an encrypted answer that is no base64", ENCRYPTED, |it| {
        it.gateway(200, "", &String::from_utf8_lossy(&envelope("canary-body!")))
    })
    .but_encrypted(UNDECIPHERED),
    fails("half a block of an encrypted answer", ENCRYPTED, |it| {
        it.gateway(200, "", &String::from_utf8_lossy(&envelope("xhHay5WnQEM=")))
    })
    .but_encrypted(UNDECIPHERED),
];
