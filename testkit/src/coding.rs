//! How answers travel: as they are, compressed, or encrypted as the documentation has it ("Encrypt and decrypt data").
//!
//! Written for tests alone, so that a mistake of the client's own encryption is not made a second time.

use aes::Aes256;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ecb::cipher::block_padding::Pkcs7;
use ecb::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyInit};
use sha2::{Digest, Sha256};

use crate::gzip::pack_stored;

/// How the body of an answer is sent: plain, compressed or encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyCoding {
    /// As they are.
    Plain,
    /// Compressed.
    Gzip,
    /// By secure transfer.
    Encrypted,
}

impl BodyCoding {
    /// All codings.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Gzip, Self::Encrypted];

    /// Returns the header lines of an answer with this coding.
    pub const fn headers(self) -> &'static str {
        match self {
            Self::Plain | Self::Encrypted => "Content-Type: application/json\r\n",
            Self::Gzip => "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
        }
    }

    /// Returns `body` in this coding. `key` is the API key, with which a body is encrypted.
    pub fn encode(self, body: &[u8], key: &str) -> Vec<u8> {
        match self {
            Self::Plain => body.to_vec(),
            Self::Gzip => pack_stored(body),
            Self::Encrypted => envelope(&encrypt(body, key)),
        }
    }

    /// Returns the query string of a request, decrypted with the API key `key` if it is encrypted.
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

/// Returns the documented JSON answer around the encrypted text `sealed`.
pub fn envelope(sealed: &str) -> Vec<u8> {
    format!(r#"{{"data":"{sealed}","isEncrypted":true}}"#).into_bytes()
}

/// AES-256-ECB, PKCS#7, under the SHA-256 of the key, in base64.
pub fn encrypt(text: &[u8], key: &str) -> String {
    STANDARD.encode(ecb::Encryptor::<Aes256>::new(&Sha256::digest(key)).encrypt_padded_vec::<Pkcs7>(text))
}

fn decrypt(sealed: &str, key: &str) -> String {
    let bytes = STANDARD.decode(sealed).expect("base64");
    let text = ecb::Decryptor::<Aes256>::new(&Sha256::digest(key)).decrypt_padded_vec::<Pkcs7>(&bytes);
    String::from_utf8(text.expect("padding")).expect("text")
}

/// Made with openssl, from an invented key.
#[test]
fn encryption_is_the_documented_one() {
    let key = "example-key-0123456789-ABCDEFGHIJ-not-real";
    assert_eq!(encrypt(br#"{"Items":[]}"#, key), "xhHay5WnQEOBNU4Y4zPcSg==");
    assert_eq!(decrypt("GSzYGYDmXs+4Thn3INvfJw==", key), "{}");
}
