#![no_main]
//! See the body.

#[path = "../src/page.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| body::check(bytes));
