//! The cipher of secure data transfer (the service's own encryption of requests and answers): AES-256-ECB with PKCS#7
//! padding. The cipher key is the SHA-256 of the API key, and encrypted data are written in standard base64. The source
//! is the service's documentation, "Encrypt and decrypt data". ECB mode hides little and authenticates nothing, but the
//! service uses this mode.

use aes::Aes256;
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyInit};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Encrypts `plain` with a cipher key made from the API key `key`, and returns the result as base64.
pub(super) fn encrypt(key: &str, plain: &[u8]) -> String {
    let key: [u8; 32] = Sha256::digest(key).into();
    STANDARD.encode(ecb::Encryptor::<Aes256>::new(&key.into()).encrypt_padded_vec::<Pkcs7>(plain))
}

/// Decrypts the base64 text `ciphertext` with a cipher key made from the API key `key`. Returns `None` in each of these
/// cases:
/// - The text is not base64.
/// - The text has an incomplete block.
/// - The text was encrypted with another key.
pub(super) fn decrypt(key: &str, ciphertext: &str) -> Option<Vec<u8>> {
    let key: [u8; 32] = Sha256::digest(key).into();
    let ciphertext = STANDARD.decode(ciphertext).ok()?;
    ecb::Decryptor::<Aes256>::new(&key.into()).decrypt_padded_vec::<Pkcs7>(&ciphertext).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "example-key-0123456789-ABCDEFGHIJ-not-real";

    /// Texts, each with its encrypted form in base64. The encrypted forms were made with other programs: Python's
    /// cryptography, openssl and Node.
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

    #[test]
    fn other_programs_give_the_same() {
        for (plain, sealed) in VECTORS {
            assert_eq!(encrypt(KEY, plain.as_bytes()), sealed);
            assert_eq!(decrypt(KEY, sealed).as_deref(), Some(plain.as_bytes()));
        }
    }

    #[test]
    fn what_was_not_made_under_this_key_does_not_open() {
        let (plain, sealed) = VECTORS[0];
        assert_ne!(decrypt("another-key", sealed).as_deref(), Some(plain.as_bytes()));
        for broken in ["", "?", "GSzYGYDmXs+4Thn3INvfJw", "GSzYGYDmXs+4Thn3INvfJ w==", "GSzYGYDmXs+4Thn3INvf"] {
            assert_eq!(decrypt(KEY, broken), None, "{broken}");
        }
    }
}
