//! The committed corpora of the fuzz targets, replayed: what fuzzing once reached stays true in every build.
//!
//! The bodies of the targets are the files that `fuzz/targets` fuzzes; `fuzz/run.sh` finds new inputs.

use std::fs;
use std::path::Path;

#[path = "../../fuzz/src/decrypt.rs"]
mod decrypt;
#[path = "../../fuzz/src/page.rs"]
mod page;
#[path = "../../fuzz/src/picture.rs"]
mod picture;
#[path = "../../fuzz/src/query.rs"]
mod query;
#[path = "../../fuzz/src/sanitiser.rs"]
mod sanitiser;
#[path = "../../fuzz/src/terminal.rs"]
mod terminal;
#[path = "../../fuzz/src/time.rs"]
mod time;

/// Inputs of a corpus at least: an empty folder proves nothing.
const FEWEST: usize = 20;

/// Runs a target over its corpus. The name of the input that fails is in the output.
fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut inputs: Vec<_> =
        fs::read_dir(&folder).expect("a corpus").map(|entry| entry.expect("a file").path()).collect();
    inputs.sort();
    assert!(inputs.len() >= FEWEST, "{} inputs in {}", inputs.len(), folder.display());
    for input in inputs {
        let bytes = fs::read(&input).expect("an input");
        let ended = std::panic::catch_unwind(|| check(&bytes));
        assert!(ended.is_ok(), "{}", input.display());
    }
}

#[test]
fn sanitiser_holds_on_its_corpus() {
    replay("sanitiser", sanitiser::check);
}

#[test]
fn page_reader_holds_on_its_corpus() {
    replay("page", page::check);
}

#[test]
fn filter_language_holds_on_its_corpus() {
    replay("query", query::check);
}

#[test]
fn secure_transfer_holds_on_its_corpus() {
    replay("decrypt", decrypt::check);
}

#[test]
fn times_hold_on_their_corpus() {
    replay("time", time::check);
}

#[test]
fn pictures_hold_on_their_corpus() {
    replay("picture", picture::check);
}

#[test]
fn reviewer_holds_on_its_corpus() {
    replay("terminal", terminal::check);
}
