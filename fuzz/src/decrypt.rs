//! Secure transfer: only what the project's key encrypted is ever a page, and it is the page that was encrypted.
//!
//! The judge encrypts and decrypts block by block, with nothing of the program's own.

use aes::Aes256;
use aes::cipher::{BlockCipherDecrypt as _, BlockCipherEncrypt as _, KeyInit as _};
use argos_review::api::{Item, NextPage, Page, RequestError};
use argos_review::secret::ApiKey;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

const KEY: &[u8] = b"invented-key-of-the-fuzz-targets";
/// Bytes of a block.
const BLOCK: usize = 16;

/// The first byte says what the others are: an answer, a ciphertext, a text to encrypt, or a text whose ciphertext the next
/// two bytes damage.
pub(crate) fn check(bytes: &[u8]) {
    let [mode, a, b, rest @ ..] = bytes else { return };
    match mode % 4 {
        0 => any_answer(rest),
        1 => ciphertext(rest, *a),
        2 => text(rest, *a),
        _ => damaged(rest, usize::from(*a), *b),
    }
}

fn open(body: &Bytes) -> Result<Page, RequestError> {
    // The key is one visible word.
    Page::read_encrypted(body, &ApiKey::new(KEY).map_err(|_| RequestError::Undeciphered)?)
}

fn any_answer(body: &[u8]) {
    let Ok(page) = open(&Bytes::copy_from_slice(body)) else { return };
    // Something in the answer decrypts to a text that holds every item of the page.
    let texts: Vec<String> = base64_words(body).iter().filter_map(|sealed| decrypt(sealed)).collect();
    for item in &page.items {
        let is_in = |text: &String| std::str::from_utf8(item.raw()).is_ok_and(|raw| text.contains(raw));
        assert!(texts.iter().any(is_in), "an item that nobody encrypted");
    }
    assert!(!texts.is_empty(), "a page that nobody encrypted");
}

/// What stands between two quotes and is base64 once JSON's escapes and the spaces around it are read.
fn base64_words(body: &[u8]) -> Vec<Vec<u8>> {
    let text = String::from_utf8_lossy(body);
    let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
    let words = quotes.windows(2).filter_map(|pair| text.get(*pair.first()?..=*pair.last()?));
    let words = words.filter_map(|quoted| serde_json::from_str::<String>(quoted).ok());
    words.filter_map(|word| STANDARD.decode(word.trim_ascii()).ok()).collect()
}

fn ciphertext(sealed: &[u8], form: u8) {
    let opened = open(&answer(sealed, form));
    match decrypt(sealed) {
        Some(text) => judged(&opened, &text),
        None => assert!(matches!(opened, Err(RequestError::Undeciphered)), "what decrypts to no text was taken"),
    }
}

/// Only a JSON object is an answer. One that ends too early is told as such: that is no work of a wrong key.
fn judged(opened: &Result<Page, RequestError>, text: &str) {
    let is_object = serde_json::from_str::<&RawValue>(text).is_ok_and(|json| json.get().starts_with('{'));
    let is_refused = match opened {
        Err(RequestError::Undeciphered) => true,
        Err(RequestError::CutOff) => text.trim_ascii_start().starts_with('{'),
        _ => false,
    };
    assert!(is_object || is_refused, "what is no JSON object was taken");
}

fn text(plain: &[u8], form: u8) {
    let opened = open(&answer(&encrypt(plain), form));
    let Ok(text) = std::str::from_utf8(plain) else {
        assert!(matches!(opened, Err(RequestError::Undeciphered)), "no text, and taken");
        return;
    };
    judged(&opened, text);
    // Damage is repaired in a plain answer; what was decrypted has none.
    if serde_json::from_str::<&RawValue>(text).is_err() {
        return;
    }
    match (opened, Page::read(&Bytes::copy_from_slice(plain))) {
        (Ok(opened), Ok(read)) => {
            assert!(!opened.repaired && !read.repaired && opened.items.len() == read.items.len());
            let same = |(one, two): (&Item, &Item)| one.raw() == two.raw();
            assert!(opened.items.iter().zip(&read.items).all(same), "the items are others");
            let cursor = |page: &Page| matches!(page.next, NextPage::More(_));
            assert_eq!(cursor(&opened), cursor(&read));
        }
        // A text that holds an encrypted one, or is no object, is undeciphered; else the errors are the same.
        (Err(opened), Err(read)) => {
            assert!(opened == read || opened == RequestError::Undeciphered, "{opened:?}, plain {read:?}");
        }
        (opened, read) => panic!("encrypted {:?}, plain {:?}", opened.err(), read.err()),
    }
}

/// Blocks that are exchanged, repeated, cut off or changed: ECB tells nothing of it.
fn damaged(plain: &[u8], at: usize, how: u8) {
    let mut sealed = encrypt(plain);
    let blocks = sealed.len() / BLOCK;
    let from = at % blocks * BLOCK;
    match how % 4 {
        0 => sealed.copy_within(from..from + BLOCK, usize::from(how) % blocks * BLOCK),
        1 => sealed.truncate(from),
        2 => sealed.extend_from_within(from..from + BLOCK),
        _ => sealed.iter_mut().skip(from).take(1).for_each(|byte| *byte ^= how),
    }
    ciphertext(&sealed, how);
}

/// The forms in which an encrypted answer may stand.
fn answer(sealed: &[u8], form: u8) -> Bytes {
    let inner = format!(r#"{{"data":"{}","isEncrypted":true}}"#, STANDARD.encode(sealed));
    let body = match form % 3 {
        0 => inner,
        1 => format!(r#"{{"body":{inner}}}"#),
        _ => format!(r#"{{"response":{{"statusCode":200,"body":{inner}}}}}"#),
    };
    body.into()
}

fn cipher() -> Aes256 {
    Aes256::new(&Sha256::digest(KEY))
}

fn encrypt(plain: &[u8]) -> Vec<u8> {
    let pad = BLOCK - plain.len() % BLOCK;
    let mut sealed = plain.to_vec();
    sealed.extend(std::iter::repeat_n(u8::try_from(pad).unwrap_or_default(), pad));
    for block in sealed.chunks_exact_mut(BLOCK) {
        if let Ok(block) = block.try_into() {
            cipher().encrypt_block(block);
        }
    }
    sealed
}

/// The text behind a ciphertext; none where the padding or the text is none.
fn decrypt(sealed: &[u8]) -> Option<String> {
    if sealed.is_empty() || !sealed.len().is_multiple_of(BLOCK) {
        return None;
    }
    let mut plain = sealed.to_vec();
    for block in plain.chunks_exact_mut(BLOCK) {
        cipher().decrypt_block(block.try_into().ok()?);
    }
    let pad = usize::from(*plain.last()?);
    let length = plain.len().checked_sub(pad).filter(|_| (1..=BLOCK).contains(&pad))?;
    if !plain.iter().skip(length).all(|byte| usize::from(*byte) == pad) {
        return None;
    }
    plain.truncate(length);
    String::from_utf8(plain).ok()
}
