//! Vectors that were made with three other implementations, and everything that must not pass for data.

use proptest::prelude::*;
use rand::rngs::SmallRng;
use rand::{Rng, RngExt, SeedableRng};

use super::*;
use crate::api::{Item, RecordAnswer};
use argos_testkit::long_run::cases;

const KEY: &[u8] = b"example-key-0123456789-ABCDEFGHIJ-not-real";

/// Plain texts and what AES-256-ECB under the SHA-256 of [`KEY`] makes of them.
const VECTORS: [(&str, &str); 5] = [
    (r#"{"submission_id":"6xx28lo115832"}"#, "Ex20KgDherEo6+w9oP0zf774oIlGmi6moMFeaPNX5lOghdaqjzVz7Vh/QXKqexoO"),
    (
        r#"{"start_date":"2025-01-01","end_date":"2025-03-01"}"#,
        "i7YA8VmAV476HGnRjfN+FGYKXo8YG+Wr07EcOoJpdkhvuylGIUambNXmpdS49WdFLmvrDT0UfMXQymUmzZUWZA==",
    ),
    (r#"{"Items":[]}"#, "xhHay5WnQEOBNU4Y4zPcSg=="),
    ("{}", "GSzYGYDmXs+4Thn3INvfJw=="),
    (r#"{"email":"홍길동@example.com"}"#, "gPfo0Tq7RQJMXCyXBUREi66APHT5xVGI3KZfFDXDw26ghdaqjzVz7Vh/QXKqexoO"),
];

fn cipher(key: &[u8]) -> Cipher {
    Cipher::of(&ApiKey::new(key).unwrap())
}

/// Encrypts any text, as the service does with an answer.
fn sealed_text(cipher: &Cipher, text: &[u8]) -> String {
    STANDARD.encode(ecb::Encryptor::<Aes256>::new((&*cipher.0).into()).encrypt_padded_vec::<Pkcs7>(text))
}

fn answer(data: &str) -> Bytes {
    format!(r#"{{"data":"{data}","isEncrypted":true}}"#).into()
}

/// Ids of a page, or the error.
fn ids(opened: Result<Envelope, RequestError>) -> Result<Vec<String>, RequestError> {
    let page = opened.and_then(|envelope| envelope.into_page(None))?;
    Ok(page.items.iter().map(|item| String::from_utf8_lossy(item.raw()).into_owned()).collect())
}

#[test]
fn key_is_the_whole_digest() {
    let hex: String = cipher(KEY).0.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, "87c54e85654849d8c87595cb4a6b1208cae6b6f4d7d457de282bc6faad61b3fc");
}

#[test]
fn vectors_are_reached_in_both_directions() {
    for (plain, sealed) in VECTORS {
        let parameters: serde_json::Map<String, serde_json::Value> = serde_json::from_str(plain).unwrap();
        let names = ["submission_id", "start_date", "end_date", "email"];
        let pairs: Vec<(&'static str, String)> = parameters
            .iter()
            .filter_map(|(name, value)| {
                Some((names.into_iter().find(|known| known == name)?, value.as_str()?.to_owned()))
            })
            .collect();
        if pairs.len() == parameters.len() {
            assert_eq!(cipher(KEY).encrypt_parameters(&pairs), sealed, "{plain}");
        }
        assert_eq!(cipher(KEY).decrypt(sealed).as_deref(), Some(plain.as_bytes()));
    }
}

#[test]
fn an_encrypted_answer_is_found_at_the_top_and_in_one_or_two_wrappings() {
    let data = sealed_text(&cipher(KEY), br#"{"Items":[{"submission_id":"a"}]}"#);
    let inner = format!(r#"{{"data":"{data}","isEncrypted":true}}"#);
    for body in [
        inner.clone(),
        format!(r#"{{"isEncrypted":"true","data":" {data}\n"}}"#),
        format!(r#"{{"data":"{data}"}}"#),
        format!(r#"{{"body":{inner}}}"#),
        format!(r#"{{"response":{{"body":{inner}}}}}"#),
        format!(r#"{{"response":{{"statusCode":200,"body":{inner}}},"statusCode":200}}"#),
    ] {
        assert_eq!(
            ids(cipher(KEY).read_answer(&body.clone().into(), &[])).unwrap(),
            [r#"{"submission_id":"a"}"#],
            "{body}"
        );
        assert_eq!(
            ids(Envelope::read(&body.clone().into(), &[])),
            Err(RequestError::Shape(ShapeFault::Encrypted)),
            "{body}"
        );
    }
}

#[test]
fn a_plain_answer_is_refused_and_an_error_in_plain_text_is_understood() {
    let data = sealed_text(&cipher(KEY), br#"{"Items":[]}"#);
    for body in [
        r#"{"Items":[{"submission_id":"a"}]}"#.to_owned(),
        r#"{"Items":[],"data":"","isEncrypted":true}"#.to_owned(),
        "{}".to_owned(),
        "[]".to_owned(),
        format!(r#"{{"data":"{data}","isEncrypted":false}}"#),
        format!(r#"{{"body":{{"response":{{"body":{{"data":"{data}","isEncrypted":true}}}}}}}}"#),
    ] {
        assert_eq!(ids(cipher(KEY).read_answer(&body.clone().into(), &[])), Err(RequestError::NotEncrypted), "{body}");
    }
    let error =
        ids(cipher(KEY).read_answer(&r#"{"errorCode":"invalid_project","message":"Invalid project"}"#.into(), &[]));
    assert!(matches!(error, Err(RequestError::Refused(_))), "{error:?}");
    assert_eq!(ids(cipher(KEY).read_answer(&"<html></html>".into(), &[])), Err(RequestError::Html));
    assert_eq!(ids(cipher(KEY).read_answer(&"".into(), &[])), Err(RequestError::Empty));
}

#[test]
fn what_does_not_decrypt_to_an_answer_is_one_error() {
    let own = |text: &[u8]| sealed_text(&cipher(KEY), text);
    let other = sealed_text(&cipher(b"another-invented-key"), br#"{"Items":[{"submission_id":"a"}]}"#);
    let nested = answer(&own(br#"{"Items":[]}"#));
    for data in [
        other,
        own(b"not JSON"),
        own(b"[1]"),
        own(b"<html>"),
        own(b"\xff\xfe"),
        own(b"{\"Items\":[{\"submission_id\":\"\xff\"}]}"),
        own(&nested),
        String::new(),
        "AAAA".to_owned(),
        "no base64 at all".to_owned(),
        own(br#"{"Items":[{"submission_id":"a"}]}"#).trim_end_matches('=').to_owned() + "A",
    ] {
        assert_eq!(ids(cipher(KEY).read_answer(&answer(&data), &[])), Err(RequestError::Undeciphered), "{data}");
    }
}

#[test]
fn an_answer_about_another_submission_is_none() {
    let data = sealed_text(&cipher(KEY), br#"{"Items":[{"submission_id":"b"}]}"#);
    let opened = || cipher(KEY).read_answer(&answer(&data), &[]).unwrap();
    assert!(matches!(opened().into_record_answer("b"), Ok(RecordAnswer::Found(_))));
    assert_eq!(opened().into_record_answer("a").err(), Some(RequestError::Shape(ShapeFault::OtherSubmission)));
    assert_eq!(opened().into_page(Some("a")).err(), Some(RequestError::Shape(ShapeFault::OtherSubmission)));
}

#[test]
fn exchanged_blocks_never_pass_for_another_submission() {
    // ECB tells nothing of exchanged blocks: what keeps them out is JSON, and the id that was asked for.
    let text =
        br#"{"Items":[{"submission_id":"6xx28lo115832","kyc":{"result":"rejected"},"x":"approved approved ap"}]}"#;
    let sealed = STANDARD.decode(sealed_text(&cipher(KEY), text)).unwrap();
    let blocks = sealed.len() / BLOCK_BYTES;
    let mut opened = 0;
    for first in 0..blocks {
        for second in 0..blocks {
            let mut moved = sealed.clone();
            moved.copy_within(second * BLOCK_BYTES..(second + 1) * BLOCK_BYTES, first * BLOCK_BYTES);
            let answer = answer(&STANDARD.encode(moved));
            let single =
                cipher(KEY).read_answer(&answer, &[]).and_then(|envelope| envelope.into_record_answer("6xx28lo115832"));
            if let Ok(RecordAnswer::Found(Item::Readable { id, .. })) = single {
                assert_eq!(&*id, "6xx28lo115832");
                opened += 1;
            }
        }
    }
    assert!(opened >= blocks, "the unchanged text is among them");
}

#[test]
fn random_ciphertexts_are_never_data() {
    let mut random = SmallRng::seed_from_u64(4);
    let (own, mut padded) = (cipher(KEY), 0);
    for _ in 0..cases(10_000, 1_000_000) {
        let mut bytes = vec![0; BLOCK_BYTES * random.random_range(1..5)];
        random.fill_bytes(&mut bytes);
        let data = STANDARD.encode(&bytes);
        let mut buffer = bytes.clone();
        padded +=
            u32::from(ecb::Decryptor::<Aes256>::new((&*own.0).into()).decrypt_padded::<Pkcs7>(&mut buffer).is_ok());
        assert_eq!(own.read_answer(&answer(&data), &[]).err(), Some(RequestError::Undeciphered));
    }
    assert!(padded > 10, "some pass the padding, and are kept out by what follows: {padded}");
}

proptest! {
    #[test]
    fn parameters_come_back_as_they_were(values in proptest::collection::vec(any::<String>(), 0..5)) {
        let names = ["submission_id", "userid", "email", "nextpage_id", "nextpage_date"];
        let pairs: Vec<(&'static str, String)> = names.into_iter().zip(values).collect();
        let plain = cipher(KEY).decrypt(&cipher(KEY).encrypt_parameters(&pairs)).unwrap();
        let read: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&plain).unwrap();
        let read: Vec<(&str, &str)> = read.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
        let sent: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        prop_assert_eq!(read, sent);
    }

    #[test]
    fn refusals_are_opened_where_they_can_be(text in "\\PC*", garbage in "\\PC*") {
        let own = cipher(KEY);
        prop_assert_eq!(&own.decrypt_refusal(&answer(&sealed_text(&own, text.as_bytes()))), text.as_bytes());
        let garbage = Bytes::from(garbage);
        prop_assert_eq!(own.decrypt_refusal(&garbage), garbage);
    }
}
