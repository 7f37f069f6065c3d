#![no_main]
//! See the body.

#[path = "../src/picture.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| body::check(bytes));
