#![no_main]
//! See the body.

#[path = "../src/terminal.rs"]
mod body;
#[path = "../../tests/support/offence.rs"]
mod offence;
#[expect(dead_code, reason = "other tests use the rest")]
#[path = "../../tests/support/oracle.rs"]
mod oracle;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| body::check(bytes));
