#![no_main]
//! See the body.

#[path = "../src/terminal.rs"]
mod body;
#[expect(dead_code, reason = "other tests use the rest")]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| body::check(bytes));
