//! What must hold for every text, for the hostile ones and for the ordinary ones.

mod columns;
mod hostile;
mod masks;
mod ordinary;
mod rules;

use argos_testkit::forbidden::why_forbidden;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Safe, width};

/// Why a text must not reach a terminal, told without the code that is tested.
fn reason(text: &str) -> Option<&'static str> {
    let blank = || text.graphemes(true).any(|cluster| width::of_cluster(cluster) == 0);
    text.chars().find_map(why_forbidden).or_else(|| blank().then_some("cluster without columns"))
}

fn assert_clean(source: &str, safe: &Safe) {
    assert_eq!(reason(safe.as_str()), None, "{source:?} gave {:?}", safe.as_str());
}
