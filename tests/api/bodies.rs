//! Successes whose body is not what is documented. The finer cases are with the envelope's own tests.

use argos_review::api::{Limits, NextPage};
use argos_review::failure::FailureKind;

use crate::{client, ids, kind, page_of};
use argos_testkit::server::{TestServer, answer};

#[tokio::test]
async fn a_body_of_another_shape_has_its_kind() {
    for (body, expected) in [
        ("", FailureKind::Empty),
        ("   ", FailureKind::Empty),
        ("<!DOCTYPE html><title>canary-body</title>", FailureKind::NotJson),
        ("canary-body", FailureKind::NotJson),
        ("{\"canary-body\":canary-mail@example.com}", FailureKind::NotJson),
        ("{'Items':[]}", FailureKind::NotJson),
        ("[{\"submission_id\":\"canary-body\"}]", FailureKind::WrongShape),
        ("\"canary-body\"", FailureKind::WrongShape),
        ("{\"canary-body\":\"canary-body\"}", FailureKind::WrongShape),
        ("{\"Items\":\"canary-body\"}", FailureKind::WrongShape),
        ("{\"Items\":[{\"email\":\"canary-mail@example.com\"", FailureKind::CutOff),
        ("{\"data\":\"canary-body\",\"isEncrypted\":true}", FailureKind::Encrypted),
        ("{\"message\":\"no canary-mail@example.com here\"}", FailureKind::BadRequest),
        ("{\"errorCode\":\"invalid_project\"}", FailureKind::BadRequest),
        ("{\"errorMessage\":\"canary-user\",\"errorType\":\"canary-body\"}", FailureKind::BadRequest),
    ] {
        assert_eq!(kind(page_of(answer(200, "", body)).await), expected, "{body}");
    }
}

#[tokio::test]
async fn another_submission_than_the_one_asked_for_is_an_error() {
    let body = r#"{"Items":[{"submission_id":"canary-body"},17]}"#;
    let server = TestServer::sending(answer(200, "", body));
    assert_eq!(
        kind(client(&server.base(), Limits::default()).fetch_record("canary-user").await),
        FailureKind::WrongShape
    );
}

#[tokio::test]
async fn unreadable_items_cost_only_themselves() {
    let body =
        r#"{"Items":[42,"text",null,{"submission_id":17,"data":"x"},{"submission_id":"a","new":{"field":[1e999]}}]}"#;
    let page = page_of(answer(200, "", body)).await.unwrap();
    assert_eq!(ids(&page), ["?", "?", "?", "?", "a"]);
    assert_eq!(page.items[4].raw(), r#"{"submission_id":"a","new":{"field":[1e999]}}"#);
    assert_eq!(page.items[3].raw(), r#"{"submission_id":17,"data":"x"}"#);
}

#[tokio::test]
async fn bytes_that_are_not_utf_8_cost_no_item() {
    for body in [
        &b"\xef\xbb\xbf{\"Items\":[{\"submission_id\":\"a\"},{\"submission_id\":\"b\"}]}"[..],
        b"{\"Items\":[{\"submission_id\":\"a\",\"name\":\"\xb1\xe8\xff\"},{\"submission_id\":\"b\"}]}",
        b"{\"Items\":[{\"submission_id\":\"a\",\"name\":\"\x00\x1b[31m\n\"},{\"submission_id\":\"b\"}]}",
        b"{\"Items\":[{\"submission_id\":\"a\",\"score\":NaN},{\"submission_id\":\"b\"}]}\x00",
    ] {
        let page = page_of(answer(200, "", body)).await.unwrap();
        assert_eq!((ids(&page), page.repaired), (vec!["a", "b"], true));
    }
}

#[tokio::test]
async fn a_cursor_that_cannot_be_used_is_not_the_end() {
    let page = page_of(answer(200, "", r#"{"Items":[{"submission_id":"a"}],"nextpageKey":{"id":"a"}}"#)).await.unwrap();
    assert_eq!(ids(&page), ["a"]);
    assert!(page.next == NextPage::Unusable);
}

#[tokio::test]
async fn a_deep_or_long_answer_is_read() {
    let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    let long = "x".repeat(10_000_000);
    let body = format!(r#"{{"Items":[{{"submission_id":"a","x":{deep}}},{{"submission_id":"b","x":"{long}"}}]}}"#);
    let page = page_of(answer(200, "", &body)).await.unwrap();
    assert_eq!((ids(&page), page.bytes), (vec!["a", "b"], body.len()));
}
