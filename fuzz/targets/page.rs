#![no_main]
//! See the body.

#[path = "../src/page.rs"]
mod body;
#[path = "../../tests/support/offence.rs"]
mod offence;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| body::check(bytes));
