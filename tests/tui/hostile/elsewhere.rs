//! Hostile text outside of documented fields: what is no submission, what a server says when it refuses, cursors, what is
//! typed and pasted, what is offered for completion and for copying, names of the profile.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argos_review::app::Msg;
use argos_review::failure::Failure;
use argos_review::query::Params;
use argos_review::text::{Mask, Safe};
use bytes::Bytes;
use serde_json::{Value, json};

use super::texts;
use crate::checked_terminal::CheckedTerminal;
use crate::screen::{Answers, Screen};
use crate::servers::answering;
use crate::session::setting;
use argos_testkit::forbidden::why_forbidden;
use argos_testkit::long_run::cases;

/// Some of the texts in an ordinary run, all of them in the long one; short ones, since these places are of one line.
fn some(count: usize) -> Vec<String> {
    let texts: Vec<String> = texts().into_iter().filter(|text| text.len() < 4_000).collect();
    let step = cases((texts.len() / count).max(1), 1);
    texts.into_iter().step_by(step).collect()
}

pub(super) fn items(items: &[String]) -> Answers {
    Answers::Body(Bytes::from(format!(r#"{{"Items":[{}]}}"#, items.join(","))))
}

#[tokio::test]
async fn what_is_no_submission_is_shown_and_harmless() {
    for texts in some(60).chunks(30) {
        let mut bodies: Vec<String> = texts.iter().map(|text| Value::from(text.as_str()).to_string()).collect();
        // Half of a pair, a name twice, text that is no JSON: each with something hostile in it.
        for text in texts {
            let text = Value::from(text.as_str()).to_string();
            bodies.push(format!(r#"{{"no_id":{text},{text}:"\ud800",{text}:[{text}]}}"#));
        }
        let mut screen = Screen::open(setting(), 120, 70, items(&bodies)).await;
        let mut judged = CheckedTerminal::new(120, 70);
        for _ in 0..bodies.len() {
            judged.draw(&"an unreadable item", screen.model());
            assert!(judged.text().contains("cannot be read"), "{}", judged.text());
            screen.press("j").await;
        }
    }
    // Bytes that are no UTF-8 and controls that JSON does not allow: the client mends them or refuses.
    for text in some(20) {
        let mut body = format!(r#"{{"Items":[{{"submission_id":"s1","memo":"{text}\xff"}},"#).into_bytes();
        body.extend_from_slice(b"\xff\xc0\x80\x9b31m\x1b[31m\"]}");
        let mut screen = Screen::open(setting(), 120, 40, Answers::Body(Bytes::from(body))).await;
        screen.press("8").await;
        CheckedTerminal::new(120, 40).draw(&text, screen.model());
    }
}

#[tokio::test]
async fn what_a_server_says_when_it_refuses_is_harmless() {
    let shapes: [fn(&str) -> String; 5] = [
        |text| json!({ "message": text }).to_string(),
        |text| json!({ "errorCode": text, "errorMessage": text, "message": { text: text } }).to_string(),
        |text| {
            json!({ "errorCode": "invalid_parameter", "errorMessage": format!("email {text}"), "data": text })
                .to_string()
        },
        |text| text.to_owned(),
        |text| format!("<html><title>{text}</title><h1>{text}</h1>"),
    ];
    let statuses = [200, 400, 401, 403, 404, 409, 413, 418, 429, 451, 500, 502, 503, 504];
    let bodies: Vec<(u16, String)> = some(cases(100, usize::MAX))
        .iter()
        .enumerate()
        .flat_map(|(at, text)| {
            let all: Vec<(u16, String)> =
                statuses.iter().flat_map(|status| shapes.map(|shape| (*status, shape(text)))).collect();
            let (step, skip) = cases((all.len(), at * 11 % all.len()), (1, 0));
            all.into_iter().skip(skip).step_by(step)
        })
        .collect();
    let count = bodies.len();
    let (asked, bodies) = (Arc::new(AtomicUsize::new(0)), Arc::new(bodies));
    let client = answering(move |_| bodies[asked.fetch_add(1, Ordering::SeqCst) % count].clone());
    let rows = items(&[r#"{"submission_id":"s1","kyc":{"result":"pending"}}"#.to_owned()]);
    let mut shown = Screen::open(setting(), 110, 30, rows).await;
    let (mut judged, mut empty) = (CheckedTerminal::new(110, 30), 0);
    for _ in 0..count {
        let Err(error) = client.fetch_page(&Params::default(), None).await else {
            empty += 1;
            continue;
        };
        let failure = Failure::from(&error);
        let screen = Screen::open(setting(), 110, 30, Answers::Failing(failure.clone())).await;
        judged.draw(&"a failure without rows", screen.model());
        shown.answer_with(Answers::Failing(failure));
        shown.press("r").await;
        judged.draw(&"a failure below rows", shown.model());
        assert!(judged.text().contains("✗"), "{}", judged.text());
    }
    assert!(empty < count / 5, "{empty} of {count} were no failures");
}

#[tokio::test]
async fn cursors_and_former_values_are_harmless() {
    let (mut judged, mut told) = (CheckedTerminal::new(160, 40), 0);
    for text in some(30) {
        let item = |status: &str| {
            json!({ "submission_id": "s1", "kyc": { "result": status }, "updated_at": text, "email": text }).to_string()
        };
        let body = format!(
            r#"{{"Items":[{}],"nextpageKey":{}}}"#,
            item(&text),
            json!({ "id": text, "created_at": text, "other": text })
        );
        let mut screen = Screen::open(setting(), 160, 40, Answers::Body(body.into())).await;
        judged.draw(&text, screen.model());
        screen.press("L").await;
        judged.draw(&text, screen.model());
        screen.answer_with(items(&[item("approved")]));
        screen.press("r").await;
        judged.draw(&text, screen.model());
        told += usize::from(judged.text().contains("this row: Status "));
    }
    assert!(told >= 25, "{told} times a former status is told");
}

#[tokio::test]
async fn what_is_typed_and_pasted_is_harmless() {
    let texts = some(30);
    let rows: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| {
            json!({ "submission_id": format!("s{at}"), "kyc": { "result": text, "commentCode": text }, "data": { "nationality": text, "idType": text },
                "aml": { "currentstatus": text } })
            .to_string()
        })
        .collect();
    let mut screen = Screen::open(setting(), 120, 40, items(&rows)).await;
    let mut judged = CheckedTerminal::new(120, 40);
    // What rows hold is offered for completion.
    for key in ["status:", "nat:", "idtype:", "aml:", "code:", "sort:"] {
        screen.press(&format!("f{key}")).await;
        judged.draw(&key, screen.model());
        screen.press("<tab>").await;
        judged.draw(&key, screen.model());
        screen.press("<esc>").await;
    }
    for (at, text) in texts.iter().enumerate() {
        screen.press("f").await;
        if at % 2 == 0 {
            screen.send(Msg::Paste(text.clone())).await;
        } else {
            // Keys are named between angles, and these are typed.
            for c in text.chars().filter(|c| !matches!(c, '<' | '>')).take(40) {
                screen.press(&c.to_string()).await;
            }
        }
        judged.draw(text, screen.model());
        screen.press("<enter>").await;
        judged.draw(text, screen.model());
        screen.press("<tab>/").await;
        screen.send(Msg::Paste(text.clone())).await;
        judged.draw(text, screen.model());
        screen.press("<enter>").await;
        judged.draw(text, screen.model());
        screen.press("<esc><esc><tab>").await;
    }
    // Outside of a field a paste is nothing.
    let before = judged.text();
    screen.press("<esc><esc>").await;
    screen.send(Msg::Paste("q\u{1b}[31mq".to_owned())).await;
    judged.draw(&"a paste", screen.model());
    assert_eq!(judged.text().lines().count(), before.lines().count());
}

#[tokio::test]
async fn what_is_offered_and_sent_for_copying_is_harmless() {
    let (mut judged, mut copied) = (CheckedTerminal::new(110, 40), 0);
    for (at, text) in some(20).iter().enumerate() {
        let rows = [json!({ "submission_id": text, "memo": { text: text }, "email": text }).to_string()];
        let mut setting = setting();
        setting.mask = if at % 2 == 0 { Mask::None } else { Mask::Ids };
        setting.encrypted = at % 4 < 2;
        let mut screen = Screen::open(setting, 110, 40, items(&rows)).await;
        screen.press("<tab>8").await;
        for choice in 0..10 {
            screen.press("y").await;
            judged.draw(text, screen.model());
            screen.press(&format!("{}<enter>", "j".repeat(choice))).await;
            judged.draw(text, screen.model());
            if choice == 2 {
                screen.press("G").await;
            }
        }
        for sent in screen.copied() {
            let hidden = sent.chars().find(|c| *c != '\n' && why_forbidden(*c).is_some());
            assert_eq!(hidden, None, "{text:?} was copied as {sent:?}");
            copied += 1;
        }
    }
    assert!(copied >= 100, "{copied}");
}

#[tokio::test]
async fn names_of_the_configuration_are_harmless() {
    let mut judged = CheckedTerminal::new(120, 40);
    for text in some(30) {
        let mut setting = setting();
        (setting.profile, setting.host) = (Safe::sanitize(&text), Safe::sanitize(&text));
        setting.address.clone_from(&text);
        setting.filter.clone_from(&text);
        let mut screen = Screen::open(setting, 120, 40, Answers::Nothing).await;
        judged.draw(&text, screen.model());
        screen.press("?").await;
        judged.draw(&text, screen.model());
    }
}

#[tokio::test]
async fn a_row_forged_within_a_value_stays_within_it() {
    let forged = "x\nfake1 2026-11-21 09:00 Kim Sample approved KOR";
    let mut rows = String::new();
    let _ = write!(
        rows,
        "{}",
        json!({ "submission_id": "s1", "data": { "name": forged }, "kyc": { "result": "rejected" } })
    );
    let mut screen = Screen::open(setting(), 120, 40, items(&[rows])).await;
    let mut judged = CheckedTerminal::new(120, 40);
    screen.press("z").await;
    judged.draw(&"forged", screen.model());
    let text = judged.text();
    let line = text.lines().find(|line| line.contains("x␊fake1")).unwrap_or_else(|| panic!("{text}"));
    assert!(line.contains("…") && line.contains("rejected"), "{line}");
    assert_eq!(text.lines().filter(|line| line.contains("fake1")).count(), 1, "{text}");
}
