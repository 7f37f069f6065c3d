//! Secure transfer from outside: what is sent and received on the wire. The cipher itself is tested where it is.

use super::*;
use crate::behaviour::{Inside, Wrapping};
use crate::cipher;
use serde_json::json;

fn query(caller: &Caller, parameters: &Value) -> String {
    let sealed = cipher::encrypt(&caller.key, parameters.to_string().as_bytes());
    format!("?{}", form_urlencoded::Serializer::new(String::new()).append_pair("data", &sealed).finish())
}

fn opened(caller: &Caller, body: &Value) -> Value {
    assert_eq!(
        body.as_object().map(|body| body.keys().map(String::as_str).collect()),
        Some(vec!["data", "isEncrypted"])
    );
    assert_eq!(body["isEncrypted"], json!(true));
    let plain = cipher::decrypt(&caller.key, body["data"].as_str().expect("text")).expect("made under this key");
    serde_json::from_slice(&plain).expect("JSON")
}

fn secure(behaviour: Behaviour) -> DemoOptions {
    behaving(Behaviour { secure_transfer: SecureTransfer::Required, ..behaviour })
}

#[tokio::test]
async fn encrypted_request_gets_the_plain_answer_encrypted() {
    let plain = served(&options(), async |caller| caller.get("?count=3&start_date=2026-11-01").await.1).await;
    for options in [playing("encrypted"), playing("encrypted-optional")] {
        served(&options, async |caller| {
            let (status, body) = caller.get(&query(&caller, &json!({"count": "3", "start_date": "2026-11-01"}))).await;
            assert_eq!((status, &opened(&caller, &body)), (200, &plain));
            let (status, body) = caller.get(&query(&caller, &json!({}))).await;
            assert_eq!((status, opened(&caller, &body)["Items"].as_array().map(Vec::len)), (200, Some(50)));
        })
        .await;
    }
}

#[tokio::test]
async fn plain_request_is_answered_plainly_or_refused() {
    let refused = r#"{"errorCode":"invalid_payload","message":"Invalid payload"}"#;
    served(&playing("encrypted"), async |caller| {
        let (status, body) = caller.get("?count=1").await;
        assert_eq!((status, body.to_string().as_str()), (400, refused));
        assert_eq!(caller.get("").await.0, 400);
    })
    .await;
    served(&playing("encrypted-optional"), async |caller| assert_eq!(caller.page("?count=1").await.0.len(), 1)).await;
    served(&options(), async |caller| {
        let said = caller.refused(&query(&caller, &json!({"count": "1"}))).await;
        assert_eq!(said, "invalid_parameter / Invalid parameter: data");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_opened_or_read_is_refused_for_it() {
    served(&secure(Behaviour::default()), async |caller| {
        let undecipherable = json!({"message": "Decryption is Failed. Please check the api-key."});
        let unparsable = json!({"message": "data parsing error. please check input data."});
        let other = cipher::encrypt("another-key", b"{}");
        let other = form_urlencoded::Serializer::new("?".to_owned()).append_pair("data", &other).finish();
        for (query, said) in [
            ("?data=abc".to_owned(), &undecipherable),
            ("?data=".to_owned(), &undecipherable),
            (other, &undecipherable),
            (query(&caller, &json!([])), &unparsable),
            (query(&caller, &json!({"count": 3})), &unparsable),
        ] {
            assert_eq!(caller.get(&query).await, (400, said.clone()), "{query}");
        }
        let data = query(&caller, &json!({"count": "1"}));
        assert_eq!(caller.refused(&format!("{data}&count=1")).await, "invalid_parameter / Invalid parameter: count");
        assert_eq!(caller.refused(&format!("{data}&data=")).await, "invalid_parameter / Invalid parameter: data");
        // A plus sign that was not escaped arrives as a blank, as everywhere.
        let plus =
            (0..).map(|n| query(&caller, &json!({"email": format!("{n}@example.com")}))).find(|q| q.contains("%2B"));
        assert_eq!(caller.get(&plus.unwrap().replace("%2B", "+")).await, (400, undecipherable));
    })
    .await;
}

#[tokio::test]
async fn answer_is_wrapped_as_the_switch_says() {
    for (name, path) in [("encrypted", ""), ("encrypted-body", "/body"), ("encrypted-wrapped", "/response/body")] {
        served(&playing(name), async |caller| {
            let (_, body) = caller.get(&query(&caller, &json!({"email": "nobody@example.com"}))).await;
            let inner = body.pointer(path).expect("the wrapping");
            assert_eq!(opened(&caller, inner), json!({"Items": []}), "{name}");
        })
        .await;
    }
    let both = Behaviour { wrapping: Wrapping::Body, errors_encrypted: true, ..Behaviour::default() };
    served(&secure(both), async |caller| {
        let (status, body) = caller.get(&query(&caller, &json!({"count": "x"}))).await;
        assert_eq!((status, &opened(&caller, &body["body"])["errorCode"]), (400, &json!("invalid_format")));
    })
    .await;
}

#[tokio::test]
async fn errors_are_encrypted_only_where_the_switch_says_and_the_gateway_never_does() {
    for errors_encrypted in [false, true] {
        served(&secure(Behaviour { errors_encrypted, ..Behaviour::default() }), async |caller| {
            let sent = query(&caller, &json!({"count": "x"}));
            let (status, body) = caller.get(&sent).await;
            let said = if errors_encrypted { opened(&caller, &body) } else { body };
            assert_eq!((status, &said["message"]), (400, &json!("Invalid format: count")));
            let (status, body) = caller.send(&format!("GET /v3/submission{sent} HTTP/1.1\r\n")).await;
            assert_eq!((status, body), (403, json!({"message": "Forbidden"})));
        })
        .await;
    }
}

#[tokio::test]
async fn listed_parameters_alone_are_taken_where_the_switch_says() {
    served(&secure(Behaviour { inside: Inside::Listed, ..Behaviour::default() }), async |caller| {
        let said = caller.refused(&query(&caller, &json!({"email": "a@example.com", "count": "3"}))).await;
        assert_eq!(said, "invalid_parameter / Invalid parameter: count");
        let taken = json!({"email": "kim@example.com", "start_date": "2026-11-21", "end_date": "2026-11-21"});
        let (_, body) = caller.get(&query(&caller, &taken)).await;
        assert_eq!(opened(&caller, &body)["Items"].as_array().map(Vec::len), Some(1));
    })
    .await;
}

#[tokio::test]
async fn server_tells_how_it_wants_to_be_asked() {
    for (name, wanted) in [
        ("default", SecureTransfer::Off),
        ("encrypted", SecureTransfer::Required),
        ("encrypted-optional", SecureTransfer::Optional),
    ] {
        let options = playing(name);
        assert_eq!(options.secure_transfer(), wanted);
        assert_eq!(DemoServer::bind(&options).await.expect("a port").secure_transfer(), wanted);
    }
}
