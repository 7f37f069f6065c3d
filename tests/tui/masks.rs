//! Every place where a value can be seen, every class of value, every mask level: nothing is seen that a level hides, and
//! what it shows is seen. `cargo test --test tui masks -- --nocapture` prints the table.

mod printed;
mod screens;
mod values;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use argos_review::text::{Class, Mask};
use values::{KINDS, Kind, squeezed};

const LEVELS: [Mask; 3] = [Mask::Ids, Mask::All, Mask::None];

/// Where every class of value is to be found without a mask.
const WHOLE: [&str; 10] = [
    "JSON",
    "copy of lines",
    "copy of a submission",
    "search in a tab",
    "list: CSV",
    "list: NDJSON",
    "list: JSON",
    "list: joined",
    "show: JSON",
    "export: NDJSON",
];

/// Places of one submission, where what is linked is another one.
const OF_ONE: [&str; 5] = ["JSON", "copy of lines", "copy of a submission", "search in a tab", "show: JSON"];

/// Whether a class may be seen in a place whatever the level says.
fn is_exempt(place: &str, kind: &Kind) -> bool {
    // The record of access tells whose data were seen: the ids of submissions, as the service gave them.
    place == "record of access" && kind.class == Class::Identity && ["repeated value", "linked id"].contains(&kind.name)
}

#[expect(clippy::print_stdout, reason = "the table is there to be read")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_seen_that_a_level_hides_and_what_it_shows_is_seen() {
    let base = printed::server();
    let mut levels = Vec::new();
    for mask in LEVELS {
        let mut places = screens::places(mask).await;
        let base = base.clone();
        let calls = tokio::task::spawn_blocking(move || printed::places(&base, mask));
        places.extend(calls.await.expect("the calls"));
        levels.push(places.into_iter().map(|(name, text)| (name, squeezed(&text))).collect::<Vec<_>>());
    }
    let [ids, all, none] = levels.as_slice() else { panic!("three levels") };
    let (mut table, mut wrong) = (String::new(), BTreeSet::new());
    writeln!(table, "Levels ids, all, none: s seen, h hidden, - not a value of this place").expect("a text");
    writeln!(table, "{:22}{}", "", KINDS.iter().map(|kind| format!("| {} ", kind.name)).collect::<String>())
        .expect("a text");
    for (at, (place, _)) in none.iter().enumerate() {
        write!(table, "{place:22}").expect("a text");
        for kind in &KINDS {
            let seen = [ids, all, none].map(|level| kind.is_in(&level[at].1));
            let letter = |(seen, mask): (bool, Mask)| match (seen, kind.is_hidden(mask)) {
                (true, _) => 's',
                (false, true) if seen_none(none, at, kind) => 'h',
                (false, _) => '-',
            };
            let cell: String = seen.into_iter().zip(LEVELS).map(letter).collect();
            write!(table, "| {cell:width$} ", width = kind.name.len()).expect("a text");
            for (seen_here, mask) in seen.into_iter().zip(LEVELS) {
                let must_hide = kind.is_hidden(mask) && !is_exempt(place, kind);
                // A text that is hidden finds nothing, and what is not found is not printed.
                let is_found = mask != Mask::All || *place != "list: text filter";
                // The digits of a score may be in the time of a log line by chance.
                let is_chance = *place == "log of requests" && kind.name == "scores and times";
                let must_show = !kind.is_hidden(mask) && seen[2] && is_found && !is_chance;
                if seen_here && must_hide {
                    wrong.insert(format!("{}: {} is seen in {place}", mask.label(), kind.name));
                }
                if !seen_here && must_show {
                    wrong.insert(format!("{}: {} is not seen in {place}", mask.label(), kind.name));
                }
            }
            let elsewhere = kind.name.starts_with("linked") && OF_ONE.contains(place);
            // A score has no letter next to a digit.
            let is_apart = kind.name == "scores and times" && *place == "search in a tab";
            if WHOLE.contains(place) && !seen[2] && !elsewhere && !is_apart {
                wrong.insert(format!("{} should be found in {place} without a mask", kind.name));
            }
        }
        table.push('\n');
    }
    println!("{table}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn seen_none(none: &[(&str, String)], at: usize, kind: &Kind) -> bool {
    kind.is_in(&none[at].1)
}
