//! Requests for pictures: what is sent, what is taken as a picture, and every failure.

use std::time::Duration;

use argos_review::api::{Client, Limits, PictureFile, RequestError, picture_failure};
use argos_review::config::{Pictures, SecureTransfer};
use argos_review::failure::{FailureKind, Stage};
use argos_review::query::Params;
use argos_review::secret::ApiKey;
use argos_review::submission::PictureKind;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::{CANARIES, client};
use argos_testkit::closed_port::ClosedPort;
use argos_testkit::coding::{encrypt, envelope};
use argos_testkit::deadline::DEADLINE;
use argos_testkit::gzip::{endless_bomb, pack_stored};
use argos_testkit::server::{Step, TestServer, answer};

const SOON: Duration = Duration::from_millis(100);
const KEY: &str = "CanaryKey7x";
const ID: &str = "canary-user";

/// The start of a picture of each format that is drawn, and of one that is not.
const PICTURES: [&[u8]; 4] = [
    b"\xFF\xD8\xFF\xE0\0\x10JFIF\0 canary-body",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR canary-body",
    b"RIFF\x10\0\0\0WEBPVP8 canary-body",
    b"GIF89a canary-body",
];

fn secure_client(base: &str, limits: Limits) -> Client {
    let key = ApiKey::new(KEY.as_bytes()).expect("a key");
    client(base, limits).with_secure_transfer(SecureTransfer::Ecb, &key)
}

fn short() -> Limits {
    Limits { header: SOON, idle: SOON, ..Limits::default() }
}

/// Kind and sentence of the failure of a picture, after looking for canaries in all of its texts.
fn failed(result: Result<PictureFile, RequestError>) -> (FailureKind, String) {
    let error = result.expect_err("an error");
    let failure = picture_failure(&error);
    let texts = format!("{error}\n{error:?}\n{failure:?}");
    for canary in CANARIES {
        assert!(!texts.contains(canary), "{canary} in {texts}");
    }
    for word in ["filter", "smaller count", "date range"] {
        assert!(!failure.line().as_str().contains(word), "{}", failure.line().as_str());
    }
    (failure.kind, failure.sentence.as_str().to_owned())
}

async fn fetched(bytes: impl Into<Vec<u8>>) -> Result<PictureFile, RequestError> {
    let server = TestServer::sending(bytes);
    client(&server.base(), Limits::default()).fetch_picture(ID, PictureKind::Front).await
}

#[tokio::test]
async fn a_picture_is_asked_for_by_id_and_type() {
    for (kind, word) in [
        (PictureKind::Front, "idImage"),
        (PictureKind::Back, "idBackImage"),
        (PictureKind::Selfie, "selfieImage"),
        (PictureKind::Address, "addressImage"),
    ] {
        let server = TestServer::sending(answer(200, "Content-Type: image/jpeg\r\n", PICTURES[0]));
        let picture =
            client(&server.base(), Limits::default()).fetch_picture("6xx & 1", kind).await.expect("a picture");
        assert_eq!(picture.as_bytes(), PICTURES[0]);
        let request = server.request();
        let line = format!("GET /canary-path/image?submission_id=6xx%20%26%201&type={word} HTTP/1.1");
        assert_eq!(request.lines().next(), Some(line.as_str()));
        assert!(request.contains("\r\nx-api-key: CanaryKey7x\r\n"), "{request}");
    }
}

/// The promise of SECURITY.md: the service is only read, by these two requests.
#[tokio::test]
async fn the_client_sends_two_requests_and_both_only_read() {
    let server = TestServer::answering(|_| answer(200, "", r#"{"Items":[]}"#));
    let client = client(&server.base(), Limits::default());
    let _ = client.fetch_page(&Params::default(), None).await;
    let _ = client.fetch_record("a").await;
    let _ = client.probe().await;
    for kind in [PictureKind::Front, PictureKind::Selfie] {
        let _ = client.fetch_picture("a", kind).await;
    }
    let mut asked: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.split(['?', ' ']).take(2).collect::<Vec<_>>().join(" "))
        .collect();
    asked.sort();
    asked.dedup();
    assert_eq!(asked, ["GET /canary-path/image", "GET /canary-path/submission"]);
}

#[tokio::test]
async fn any_content_type_or_none_is_taken() {
    for picture in PICTURES {
        for header in ["", "Content-Type: image/png\r\n", "Content-Type: application/json\r\n", "Content-Type: \r\n"] {
            let picture_of = fetched(answer(200, header, picture)).await.expect("a picture");
            assert_eq!(picture_of.as_bytes(), picture, "{header}");
        }
        let compressed = answer(200, "Content-Encoding: gzip\r\n", pack_stored(picture));
        assert_eq!(fetched(compressed).await.expect("a picture").as_bytes(), picture);
    }
    for picture in &PICTURES[..3] {
        let text = STANDARD.encode(picture);
        assert_eq!(fetched(answer(200, "", text)).await.expect("a picture").as_bytes(), *picture);
    }
}

#[tokio::test]
async fn debug_shows_nothing_of_a_picture() {
    let picture = fetched(answer(200, "", PICTURES[0])).await.expect("a picture");
    assert_eq!(format!("{picture:?}"), "PictureFile");
}

#[tokio::test]
async fn what_is_no_picture_is_a_refusal_in_words() {
    for (status, body, kind, sentence) in [
        (200, "", FailureKind::Empty, "The service sent an answer without any content."),
        (200, " \n", FailureKind::Empty, "The service sent an answer without any content."),
        (200, "<html>canary-body</html>", FailureKind::NotJson, "The answer is a web page, not a picture."),
        (200, "\n<!DOCTYPE html>", FailureKind::NotJson, "The answer is a web page, not a picture."),
        (
            200,
            r#"{"message":"not Exist Submission ID"}"#,
            FailureKind::BadRequest,
            "The service sends a message instead of the picture (200). Message: \"not Exist Submission ID\".",
        ),
        (
            200,
            r#"{"message":"no picture of canary-user"}"#,
            FailureKind::BadRequest,
            "The service sends a message instead of the picture (200). Message: \"no picture of …\".",
        ),
        (
            200,
            r#"{"message":"key CanaryKey7x is unknown"}"#,
            FailureKind::BadRequest,
            "The service sends a message instead of the picture (200). Message: \"key ••• is unknown\".",
        ),
        (
            200,
            r#"{"data":"canary-body"}"#,
            FailureKind::Encrypted,
            "The answer is encrypted: Secure Data Transfer is on for this project.",
        ),
        (
            200,
            r#"{"url":"canary-body"}"#,
            FailureKind::WrongShape,
            "The answer is JSON without a message, not a picture.",
        ),
        (200, r#"["canary-body"]"#, FailureKind::WrongShape, "The answer is JSON without a message, not a picture."),
        (200, r#"{"message":"canary-bo"#, FailureKind::CutOff, "The answer is incomplete."),
        (
            404,
            r#"{"message":"No such image"}"#,
            FailureKind::NoPicture,
            "The service does not find this picture (404). Message: \"No such image\".",
        ),
        (404, "", FailureKind::NoPicture, "The service does not find this picture (404)."),
        (403, r#"{"message":"Forbidden"}"#, FailureKind::Key, "The service refuses this picture to the API key (403)."),
        (429, "", FailureKind::RateLimited, "Too many requests (429)."),
        (500, "", FailureKind::Server, "The service failed (500)."),
        (503, "<html>", FailureKind::Server, "The service is not available (503)."),
    ] {
        let (found, said) = failed(fetched(answer(status, "", body)).await);
        assert_eq!((found, said.as_str()), (kind, sentence), "{status} {body}");
    }
    let (kind, _) = failed(fetched("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/canary-path\r\n\r\n").await);
    assert_eq!(kind, FailureKind::Redirect);
    assert_eq!(failed(fetched("HTTP/1.1 204 No Content\r\n\r\n").await).0, FailureKind::Empty);
    assert_eq!(failed(fetched(answer(206, "", PICTURES[0])).await).0, FailureKind::WrongShape);
    assert_eq!(failed(fetched(answer(200, "Content-Encoding: br\r\n", "x")).await).0, FailureKind::Garbled);
}

#[tokio::test]
async fn a_slow_or_broken_answer_ends() {
    for (script, kind) in [
        (vec![Step::Read, Step::Stall], FailureKind::TimedOut(Stage::Header)),
        (
            vec![Step::Read, Step::Send(b"HTTP/1.1 200 OK\r\n\r\n\xFF\xD8".to_vec()), Step::Stall],
            FailureKind::TimedOut(Stage::Idle),
        ),
        (vec![Step::Read, Step::Reset], FailureKind::Reset),
        (
            vec![Step::Read, Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n\xFF\xD8".to_vec())],
            FailureKind::CutOff,
        ),
    ] {
        let server = TestServer::with_script(script);
        let picture = client(&server.base(), short()).fetch_picture(ID, PictureKind::Front).await;
        assert_eq!(failed(picture).0, kind);
    }
    let nobody = ClosedPort::take();
    let client = client(&format!("http://{}/canary-path", nobody.address()), Limits::default());
    assert_eq!(failed(client.fetch_picture(ID, PictureKind::Front).await).0, FailureKind::Connect);
}

#[tokio::test]
async fn a_picture_larger_than_the_limit_is_refused_whole() {
    let limits = Limits { picture_bytes: 1 << 20, idle: DEADLINE, ..Limits::default() };
    let picture = |extra: usize| [PICTURES[0], &vec![7; (1 << 20) - PICTURES[0].len() + extra]].concat();
    let (part, rest) = endless_bomb();
    let endless = vec![
        Step::Read,
        Step::Send(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec()),
        Step::Send(part),
        Step::Forever(rest),
    ];
    for (extra, is_taken) in [(0, true), (1, false)] {
        let server = TestServer::sending(answer(200, "", picture(extra)));
        let plain = client(&server.base(), limits).fetch_picture(ID, PictureKind::Front).await;
        let server = TestServer::sending(answer(200, "", envelope(&encrypt(&picture(extra), KEY))));
        let encrypted = secure_client(&server.base(), limits).fetch_picture(ID, PictureKind::Front).await;
        for result in [plain, encrypted] {
            if is_taken {
                assert_eq!(result.expect("a picture").as_bytes().len(), 1 << 20);
            } else {
                assert_eq!(failed(result), (FailureKind::TooLarge, "The picture is larger than 1 MiB.".to_owned()));
            }
        }
    }
    let server = TestServer::with_script(endless);
    assert_eq!(
        failed(client(&server.base(), limits).fetch_picture(ID, PictureKind::Front).await).0,
        FailureKind::TooLarge
    );
}

#[tokio::test]
async fn secure_transfer_encrypts_the_request_and_takes_either_answer() {
    let base64 = STANDARD.encode(PICTURES[0]);
    let wrapped = |plain: &[u8]| envelope(&encrypt(plain, KEY));
    for body in [PICTURES[0].to_vec(), wrapped(PICTURES[0]), wrapped(base64.as_bytes())] {
        let server = TestServer::sending(answer(200, "", body));
        let picture = secure_client(&server.base(), Limits::default()).fetch_picture(ID, PictureKind::Back).await;
        assert_eq!(picture.expect("a picture").as_bytes(), PICTURES[0]);
        let request = server.request();
        let sealed = encrypt(br#"{"submission_id":"canary-user","type":"idBackImage"}"#, KEY);
        let asked: String = form_urlencoded::byte_serialize(sealed.as_bytes()).collect();
        assert_eq!(request.lines().next(), Some(format!("GET /canary-path/image?data={asked} HTTP/1.1").as_str()));
    }
    for (body, kind) in [
        (wrapped(br#"{"message":"not Exist Submission ID"}"#), FailureKind::BadRequest),
        (wrapped(b"<html>canary-body</html>"), FailureKind::NotJson),
        (wrapped(b""), FailureKind::Empty),
        (br#"{"message":"not Exist Submission ID"}"#.to_vec(), FailureKind::BadRequest),
        (br#"{"data":"AAAAAAAAAAAAAAAAAAAAAA==","isEncrypted":true}"#.to_vec(), FailureKind::Encryption),
        (br#"{"data":"canary-body","isEncrypted":true}"#.to_vec(), FailureKind::Encryption),
    ] {
        let server = TestServer::sending(answer(200, "", body));
        let picture = secure_client(&server.base(), Limits::default()).fetch_picture(ID, PictureKind::Back).await;
        assert_eq!(failed(picture).0, kind);
    }
}

#[tokio::test]
async fn a_key_in_a_picture_is_overwritten_and_noticed() {
    let bytes = [PICTURES[0], b" comment CanaryKey7x and CanaryKey7x"].concat();
    for body in [bytes.clone(), STANDARD.encode(&bytes).into_bytes()] {
        let server = TestServer::sending(answer(200, "", body));
        let client = client(&server.base(), Limits::default());
        let picture = client.fetch_picture(ID, PictureKind::Front).await.expect("a picture");
        let expected = [PICTURES[0], b" comment *********** and ***********"].concat();
        assert_eq!(picture.as_bytes(), expected);
        assert!(client.take_key_echo() && !client.take_key_echo());
    }
}

#[tokio::test]
async fn nothing_is_asked_for_while_pictures_are_off() {
    let server = TestServer::sending(answer(200, "", PICTURES[0]));
    let client = client(&server.base(), Limits::default()).with_pictures(Pictures::Off);
    assert_eq!(failed(client.fetch_picture(ID, PictureKind::Front).await).0, FailureKind::PicturesOff);
    assert_eq!(server.requests(), [] as [&str; 0]);
}

#[tokio::test]
async fn a_request_that_may_succeed_later_is_sent_again() {
    let server = TestServer::with_scripts(|number| {
        let body = if number == 0 { answer(503, "", "") } else { answer(200, "", PICTURES[1]) };
        vec![Step::Read, Step::Send(body)]
    });
    let client = client(&server.base(), Limits { wait: SOON / 10, ..Limits::default() });
    let mut waits = 0;
    let picture = client.with_retry(|| client.fetch_picture(ID, PictureKind::Front), |_| waits += 1).await;
    assert_eq!(picture.expect("a picture").as_bytes(), PICTURES[1]);
    assert_eq!((server.requests().len(), waits), (2, 1));
}
