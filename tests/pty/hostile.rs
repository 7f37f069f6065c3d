//! A service out of order: what it may do to a connection, and what it may put into a submission.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::planted::people;
use crate::service::Service;
use argos_testkit::coding::BodyCoding;
use argos_testkit::dice::Dice;
use argos_testkit::server::{Answer, Step, TestServer, answer};

/// Texts that are more than text to a terminal, to a table or to a reader.
const TEXTS: [&str; 14] = [
    "",
    "\u{1b}[2J\u{1b}[?1049l\u{1b}]0;title\u{7}",
    "\u{1b}]52;c;aGVsbG8=\u{1b}\\",
    "\u{9b}31m\u{90}q\u{9c}",
    "\r\n\t\u{8}\u{0}\u{7f}",
    "\u{202e}desrever\u{2066}",
    "\u{feff}\u{200b}\u{200d}\u{e0041}",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "👨‍👩‍👧‍👦🏳️‍🌈🇰🇷",
    "漢字かな한글नि",
    "9999-99-99T99:99:99.999Z",
    "1e999",
    "-0",
    "a.b[0]['c']",
];

/// A service that goes wrong in its own way with every connection.
pub(crate) async fn serve(seed: u64) -> TestServer {
    let mut dice = Dice::new(seed);
    let mut people = people(seed, 14);
    for person in &mut people {
        if dice.percent(60) {
            spoil(&mut person.whole, &mut dice, 12);
            spoil(&mut person.slim, &mut dice, 12);
        }
    }
    let mut desk = Service::new("CanaryKey7x", people, BodyCoding::Plain, seed);
    desk.refusing = 10;
    let desk = Arc::new(desk);
    TestServer::with_scripts(move |connection| {
        let salt = u64::try_from(connection).expect("a number");
        let mut dice = Dice::new(seed ^ salt << 32);
        (0..8).flat_map(|_| turn(&mut dice, &desk)).collect()
    })
}

/// One answer, or what comes in its place.
fn turn(dice: &mut Dice, desk: &Arc<Service>) -> Vec<Step> {
    let own = Arc::clone(desk);
    let answers: Answer = Arc::new(move |request| own.answer(request));
    let own = Arc::clone(desk);
    let cut = dice.below(400);
    let truncated: Answer = Arc::new(move |request| {
        let mut bytes = own.answer(request);
        bytes.truncate(cut);
        bytes
    });
    let json = "Content-Type: application/json\r\n";
    match dice.below(40) {
        0 => vec![Step::Reset],
        1 => vec![Step::Read, Step::Reset],
        2 => vec![Step::Read, Step::Stall],
        3 => vec![Step::Answer(truncated), Step::HalfClose],
        4 => vec![Step::Answer(truncated), Step::Reset],
        5 => vec![Step::Read, Step::Drip(b"HTTP/1.1 ".to_vec(), Duration::from_millis(20))],
        6 => {
            let bytes = (0..dice.below(3_000)).map(|_| u8::try_from(dice.below(256)).expect("a byte")).collect();
            vec![Step::Read, Step::Send(bytes)]
        }
        7 => {
            let bytes: Vec<u8> =
                (0..dice.below(3_000)).map(|_| u8::try_from(dice.below(256)).expect("a byte")).collect();
            vec![Step::Read, Step::Send(answer(200, json, bytes))]
        }
        8 => {
            let body = format!("{{\"Items\":{}", "[".repeat(1 + dice.below(60_000)));
            vec![Step::Read, Step::Send(answer(200, json, body))]
        }
        9 => vec![Step::Read, Step::Send(answer(200, json, huge(dice)))],
        10 if dice.percent(20) => {
            let head = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
            vec![Step::Read, Step::Send(head), Step::Forever(vec![b' '; 0x10000])]
        }
        11 => {
            let status = *dice.choose(&[403, 429, 500, 502, 503, 302, 204, 418]);
            let wait = *dice.choose(&["", "Retry-After: 0\r\n", "Retry-After: 1\r\n", "Retry-After: 99999999999\r\n"]);
            vec![Step::Read, Step::Send(answer(status, wait, dice.choose(&TEXTS)))]
        }
        _ => vec![Step::Answer(answers)],
    }
}

/// Many rows, many fields, or one long text.
fn huge(dice: &mut Dice) -> String {
    let rows = |count: usize| (0..count).map(|at| json!({ "submission_id": format!("x{at}"), "email": at })).collect();
    let items: Vec<Value> = match dice.below(3) {
        0 => rows(3_000),
        1 => vec![json!({ "submission_id": "long", "data": { "name": "a\u{301}漢 ".repeat(60_000) } })],
        _ => {
            let fields = (0..4_000).map(|at| (format!("field{at}"), json!([at, { "x": null }])));
            let mut item: serde_json::Map<String, Value> = fields.collect();
            item.insert("submission_id".to_owned(), json!("wide"));
            vec![Value::Object(item)]
        }
    };
    json!({ "Items": items }).to_string()
}

/// Puts what does not belong there in place of some values.
fn spoil(value: &mut Value, dice: &mut Dice, share: usize) {
    match value {
        Value::Object(members) => members.values_mut().for_each(|member| spoil(member, dice, share)),
        Value::Array(elements) => elements.iter_mut().for_each(|element| spoil(element, dice, share)),
        _ => {}
    }
    if dice.percent(share) && !value.is_object() {
        *value = match dice.below(6) {
            0 => json!(null),
            1 => json!(-1.5e300),
            2 => json!([[[]], {}]),
            3 => json!({ "\u{1b}[31m": { "": *dice.choose(&TEXTS) } }),
            4 => json!("x\u{301} ".repeat(dice.below(2_000))),
            _ => json!(*dice.choose(&TEXTS)),
        };
    }
}
