use super::*;

fn refusal(status: u16, body: &str) -> Refusal {
    Refusal::read(status, body.as_bytes(), &[])
}

#[test]
fn a_status_and_its_message_come_down_to_a_reason() {
    for (status, body, reason) in [
        (403, r#"{"message":"Forbidden"}"#, RefusalReason::Key),
        (403, r#"{"Message":"Forbidden"}"#, RefusalReason::Key),
        (
            403,
            r#"{"Message":"User is not authorized to access this resource with an explicit deny"}"#,
            RefusalReason::Address,
        ),
        (
            403,
            r#"{"message":"User is not authorized to access this resource with an explicit deny"}"#,
            RefusalReason::Address,
        ),
        (403, r#"{"message":"Missing Authentication Token"}"#, RefusalReason::Path),
        (403, "<html>403 Forbidden</html>", RefusalReason::Other),
        (403, "", RefusalReason::Other),
        (401, r#"{"message":"Unauthorized"}"#, RefusalReason::Key),
        (404, "", RefusalReason::Path),
        (429, r#"{"message":"Too Many Requests"}"#, RefusalReason::Rate),
        (429, r#"{"message":"Limit Exceeded"}"#, RefusalReason::Quota),
        (429, "", RefusalReason::Rate),
        (400, "", RefusalReason::Request),
        (400, r#"{"message":"Invalid Query String Parameters"}"#, RefusalReason::Request),
        (422, r#"{"errorCode":"invalid_format"}"#, RefusalReason::Request),
        (413, r#"{"message":"Request Entity Too Large"}"#, RefusalReason::Other),
        (500, r#"{"message":"Internal server error"}"#, RefusalReason::Server),
        (502, "<html>Bad Gateway</html>", RefusalReason::Server),
        (503, r#"{"message":null}"#, RefusalReason::Server),
        (504, r#"{"message":"Endpoint request timed out"}"#, RefusalReason::Server),
    ] {
        assert_eq!(refusal(status, body).reason, reason, "{status} {body}");
    }
}

#[test]
fn code_and_message_are_read_from_every_shape() {
    for body in [
        r#"{"errorCode":"invalid_format","message":"Invalid format: start_date"}"#,
        r#"{"message":"Invalid format: start_date","errorCode":"invalid_format","statusCode":400}"#,
        r#"{"errorCode":"invalid_format","errorMessage":"Invalid format: start_date"}"#,
        r#"{"traceId":"x-1","errorCode":"invalid_format","Message":"Invalid format: start_date"}"#,
        r#"{"errors":[{"code":"invalid_format","message":"Invalid format: start_date"}],"messages":[],"success":false}"#,
        r#"{"errorCode":"invalid_format","messages":["Invalid format: start_date"]}"#,
    ] {
        let refusal = refusal(400, body);
        assert_eq!(refusal.code, Some(Code::InvalidFormat), "{body}");
        assert_eq!(refusal.parameter, Some("start_date"), "{body}");
        assert_eq!(refusal.message.as_str(), "Invalid format: start_date", "{body}");
    }
}

#[test]
fn every_documented_code_is_known_by_its_word() {
    for code in Code::VARIANTS.iter().copied() {
        let refusal = refusal(400, &format!(r#"{{"errorCode":"{}"}}"#, code.word()));
        assert_eq!((refusal.code, refusal.message.as_str()), (Some(code), ""));
    }
}

#[test]
fn a_sentence_as_a_code_is_a_message_and_an_unknown_code_is_neither() {
    let sentence = refusal(400, r#"{"errorCode":"data parsing error. please check input data."}"#);
    assert_eq!((sentence.code, sentence.message.as_str()), (None, "data parsing error. please check input data."));
    let unknown = refusal(400, r#"{"errorCode":"something_else"}"#);
    assert_eq!((unknown.code, unknown.message.as_str()), (None, ""));
}

#[test]
fn bodies_of_any_kind_leave_what_the_status_says() {
    for body in [
        "",
        "null",
        "[]",
        "17",
        "{\"message\":{\"a\":1}}",
        "{\"errors\":[[1]]}",
        "{\"errors\":{}}",
        "{\"message\":\"x",
        "\u{0}",
    ] {
        let refusal = refusal(400, body);
        assert_eq!(
            (refusal.reason, refusal.code, refusal.message.as_str()),
            (RefusalReason::Request, None, ""),
            "{body}"
        );
    }
}

#[test]
fn a_message_shows_no_value() {
    let sent = [
        ("email", "Kim@Example.com".to_owned()),
        ("userid", "Minjun Kim".to_owned()),
        ("count", "50".to_owned()),
        ("request_type", "data".to_owned()),
    ];
    for (message, shown) in [
        ("Invalid parameter: kim@example.com", "Invalid parameter: …"),
        ("Invalid parameter: other@example.com", "Invalid parameter: …"),
        ("no user minjun (KIM) found", "no user … … found"),
        ("Required input data is missing", "Required input data is missing"),
        ("see https://rest-api.example.com/v3/submission?email=x", "see …"),
        ("born 900101-1234567 in 2026", "born … in …"),
        ("key abcdefghijklmnopqrstuvwxyzabcdefghijklmn bad", "key … bad"),
        ("김민준 is not known", "… is not known"),
        ("limit is 100 a day", "limit is 100 a day"),
    ] {
        let body = serde_json::json!({ "message": message }).to_string();
        assert_eq!(Refusal::read(400, body.as_bytes(), &sent).message.as_str(), shown);
    }
}

#[test]
fn a_long_message_is_cut_and_its_control_characters_do_not_pass() {
    let body = serde_json::json!({ "message": "word ".repeat(1000) }).to_string();
    let long = refusal(400, &body);
    assert!(long.message.as_str().len() < MAX_MESSAGE_BYTES + 8 && long.message.as_str().ends_with(" …"));
    let body = serde_json::json!({ "message": "bad \u{1b}[31mred\u{7} \u{202e}request" }).to_string();
    assert_eq!(refusal(400, &body).message.as_str(), "bad … …");
}

#[test]
fn neither_display_nor_debug_repeats_the_message() {
    let refusal = refusal(400, r#"{"errorCode":"invalid_format","message":"Canary: email"}"#);
    assert_eq!(refusal.to_string(), "status 400, invalid_format, email");
    assert!(!format!("{refusal:?}").contains("Canary"));
}

#[test]
fn a_word_that_holds_the_key_or_a_part_of_it_is_not_shown() {
    for (key, message, shown) in [
        ("kestrel", "Unknown key kestrel for this", "Unknown key ••• for this"),
        ("kestrel", "key=kestrel; \"Kestrel\", (x-kestrel-y).", "… ••• •••"),
        ("KestrelWing", "Unknown key kestrel, or Wing", "Unknown key … or …"),
        ("KestrelWing", "the wind is in", "the wind is in"),
        ("ab", "a tab is about one", "a ••• is ••• one"),
        ("an-invented-key", "Invented: 'an-invented-key'.", "… •••"),
    ] {
        let body = serde_json::json!({ "message": message }).to_string();
        let key = ApiKey::new(key.as_bytes()).unwrap();
        assert_eq!(refusal(400, &body).without_key(&key).message.as_str(), shown, "{message}");
    }
}

#[test]
fn a_word_that_may_be_a_number_of_a_document_is_not_shown() {
    let body = r#"{"message":"Number JZJZQQ9XX is taken, try 3 of step2"}"#;
    assert_eq!(refusal(400, body).message.as_str(), "Number … is taken, try 3 of step2");
}
