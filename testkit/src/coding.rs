//! Encodes the bodies of a test server's answers: plain, compressed, or encrypted as the service's documentation says
//! ("Encrypt and decrypt data").
//!
//! This encryption is written only for the tests. If the tests used the program's own encryption, they could not find
//! its mistakes.

use aes::Aes256;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ecb::cipher::block_padding::Pkcs7;
use ecb::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyInit};
use sha2::{Digest, Sha256};

use crate::gzip::pack_stored;

/// How the body of an answer is sent to the program: plain, compressed or encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyCoding {
    /// The body is sent unchanged.
    Plain,
    /// The body is compressed with gzip.
    Gzip,
    /// The body is encrypted with the API key ("secure transfer" in the service's documentation).
    Encrypted,
}

impl BodyCoding {
    /// All three codings, for tests that try each of them.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Gzip, Self::Encrypted];

    /// Returns the HTTP header lines of an answer whose body has this coding. Each line ends in CRLF.
    pub const fn headers(self) -> &'static str {
        match self {
            Self::Plain | Self::Encrypted => "Content-Type: application/json\r\n",
            Self::Gzip => "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
        }
    }

    /// Returns `body` in this coding. `key` is the API key; only [`Self::Encrypted`] uses it.
    pub fn encode(self, body: &[u8], key: &str) -> Vec<u8> {
        match self {
            Self::Plain => body.to_vec(),
            Self::Gzip => pack_stored(body),
            Self::Encrypted => envelope(&encrypt(body, key)),
        }
    }

    /// Returns the query string of `request`, the text of an HTTP request. With [`Self::Encrypted`], the query string
    /// is decrypted with the API key `key`.
    pub fn query(self, request: &str, key: &str) -> String {
        let target = request.split(' ').nth(1).unwrap_or_default();
        let query = target.split_once('?').map_or("", |(_, query)| query);
        match self {
            Self::Plain | Self::Gzip => query.to_owned(),
            Self::Encrypted => {
                let mut pairs = form_urlencoded::parse(query.as_bytes());
                let sealed = pairs.find(|(name, _)| name == "data").expect("an encrypted request").1.into_owned();
                decrypt(&sealed, key)
            }
        }
    }
}

/// Returns the JSON answer that holds an encrypted text, in the form that the service documents. `sealed` is the
/// encrypted text in base64.
pub fn envelope(sealed: &str) -> Vec<u8> {
    format!(r#"{{"data":"{sealed}","isEncrypted":true}}"#).into_bytes()
}

/// Encrypts `text` with AES-256-ECB and PKCS#7 padding, and returns it in base64. The AES key is the SHA-256 digest of
/// `key`.
pub fn encrypt(text: &[u8], key: &str) -> String {
    STANDARD.encode(ecb::Encryptor::<Aes256>::new(&Sha256::digest(key)).encrypt_padded_vec::<Pkcs7>(text))
}

fn decrypt(sealed: &str, key: &str) -> String {
    let bytes = STANDARD.decode(sealed).expect("base64");
    let text = ecb::Decryptor::<Aes256>::new(&Sha256::digest(key)).decrypt_padded_vec::<Pkcs7>(&bytes);
    String::from_utf8(text.expect("padding")).expect("text")
}

/// Compares with a ciphertext that openssl made with an invented key.
#[test]
fn encryption_is_the_documented_one() {
    let key = "example-key-0123456789-ABCDEFGHIJ-not-real";
    assert_eq!(encrypt(br#"{"Items":[]}"#, key), "xhHay5WnQEOBNU4Y4zPcSg==");
    assert_eq!(decrypt("GSzYGYDmXs+4Thn3INvfJw==", key), "{}");
}
