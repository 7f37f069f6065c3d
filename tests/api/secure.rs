//! Secure transfer on the wire. Ciphertexts are those of the vectors, made with other implementations.

use argos_review::api::Limits;
use argos_review::config::{BaseUrl, SecureTransfer};
use argos_review::failure::FailureKind;
use argos_review::query::Params;
use argos_review::secret::ApiKey;

use crate::{Client, PAGE, kind};
use argos_testkit::server::{TestServer, answer};

const KEY: &[u8] = b"example-key-0123456789-ABCDEFGHIJ-not-real";
/// `{"Items":[]}` under the key.
const NO_ITEMS: &str = r#"{"data":"xhHay5WnQEOBNU4Y4zPcSg==","isEncrypted":true}"#;

fn client(base: &str) -> Client {
    let key = ApiKey::new(KEY).expect("a key");
    let base = BaseUrl::parse(base).expect("a base URL");
    Client::with_limits(base, &key, Limits::default())
        .expect("a client")
        .with_secure_transfer(SecureTransfer::Ecb, &key)
}

#[tokio::test]
async fn parameters_travel_as_one_that_is_encrypted() {
    let server = TestServer::sending(answer(200, "", NO_ITEMS));
    let _ = client(&server.base()).fetch_record("6xx28lo115832").await.expect("an answer");
    let request = server.request();
    let line = "GET /canary-path/submission?data=Ex20KgDherEo6%2Bw9oP0zf774oIlGmi6moMFeaPNX5lOghdaqjzVz7Vh%2FQXKqexoO HTTP/1.1";
    assert_eq!(request.lines().next(), Some(line));
    assert!(request.to_lowercase().contains("\r\ncontent-type: application/json\r\n"), "{request}");
    assert!(!request.contains("6xx28lo115832"), "{request}");
}

#[tokio::test]
async fn no_parameter_is_an_empty_object_that_is_encrypted() {
    let server = TestServer::sending(answer(200, "", NO_ITEMS));
    let page = client(&server.base()).fetch_page(&Params::default(), None).await.expect("a page");
    assert!(page.items.is_empty());
    let request = server.request();
    assert!(request.contains("?data=GSzYGYDmXs%2B4Thn3INvfJw%3D%3D HTTP"), "{request}");
}

/// Status and body of an answer, and what comes of it.
#[tokio::test]
async fn refusals_are_understood_in_either_form_and_plain_data_is_refused() {
    let wrapped = format!(r#"{{"response":{{"body":{NO_ITEMS}}}}}"#);
    for (status, body, expected) in [
        (200, PAGE, Some(FailureKind::NotEncrypted)),
        (200, "{}", Some(FailureKind::NotEncrypted)),
        (200, r#"{"message":"Invalid project","errorCode":"invalid_project"}"#, Some(FailureKind::BadRequest)),
        (200, "<html></html>", Some(FailureKind::NotJson)),
        (200, r#"{"data":"AAAAAAAAAAAAAAAAAAAAAA==","isEncrypted":true}"#, Some(FailureKind::Encryption)),
        (400, r#"{"message":"Decryption is Failed. Please check the api-key."}"#, Some(FailureKind::Encryption)),
        (400, r#"{"message":"Invalid encrypted body"}"#, Some(FailureKind::Encryption)),
        (
            400,
            r#"{"errorCode":"invalid_format","message":"Invalid format: start_date"}"#,
            Some(FailureKind::BadRequest),
        ),
        // An encrypted refusal without a word in it says no more than its status.
        (400, NO_ITEMS, Some(FailureKind::BadRequest)),
        (400, r#"{"data":"AAAAAAAAAAAAAAAAAAAAAA==","isEncrypted":true}"#, Some(FailureKind::Encryption)),
        (403, r#"{"message":"Forbidden"}"#, Some(FailureKind::Key)),
        (200, &wrapped, None),
    ] {
        let server = TestServer::sending(answer(status, "", body));
        let result = client(&server.base()).fetch_page(&Params::default(), None).await;
        match expected {
            Some(expected) => assert_eq!(kind(result), expected, "{status} {body}"),
            None => assert!(result.is_ok(), "{body}"),
        }
    }
}

#[tokio::test]
async fn without_it_an_encrypted_answer_is_told() {
    for status in [200, 400] {
        let server = TestServer::sending(answer(status, "", NO_ITEMS));
        let result = crate::client(&server.base(), Limits::default()).fetch_page(&Params::default(), None).await;
        let expected = if status == 200 { FailureKind::Encrypted } else { FailureKind::Encryption };
        assert_eq!(kind(result), expected);
    }
}
