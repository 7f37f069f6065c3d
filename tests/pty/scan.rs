//! Looks for what was planted, in whatever a program left anywhere.

#![expect(clippy::string_slice, reason = "what is planted is ASCII")]

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

use crate::planted::{Kind, Person, Planted};

/// The shortest piece that is looked for: shorter ones are everywhere.
const SHORTEST: usize = 4;
/// The same for digits alone, of which every screen is full.
const DIGITS: usize = 5;
/// The same for the digits of phone numbers, of which years and hours are made too.
const PHONE: usize = 7;
/// The same in bytes, files and logs: these hold base64, addresses and counts.
const LONG: usize = 8;

/// Pieces, each with where it was planted.
pub(crate) struct Needles {
    automaton: AhoCorasick,
    names: Vec<String>,
}

impl Needles {
    fn new(needles: HashMap<String, String>) -> Self {
        let (needles, names): (Vec<String>, Vec<String>) = needles.into_iter().unzip();
        let automaton = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&needles);
        Self { automaton: automaton.expect("needles"), names }
    }

    /// What is found first, as where it was planted and what was found; never so in a text that is clean.
    pub(crate) fn find(&self, text: &[u8]) -> Option<String> {
        let found = self.automaton.find(text)?;
        let seen = String::from_utf8_lossy(&text[found.range()]);
        Some(format!("{}: {seen:?}", self.names[found.pattern().as_usize()]))
    }

    /// Where everything that is found was planted.
    pub(crate) fn all(&self, text: &[u8]) -> Vec<&str> {
        let found = self.automaton.find_overlapping_iter(text);
        let mut names: Vec<&str> = found.map(|found| &*self.names[found.pattern().as_usize()]).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// What a key and people leave nowhere.
pub(crate) struct Scan {
    /// Forms of the key, and pieces of it.
    pub(crate) key: Needles,
    /// More of an identity value than its last third.
    pub(crate) identity: Needles,
    /// Pieces of personal values.
    pub(crate) personal: Needles,
    /// Long pieces of every value, the open ones too.
    pub(crate) any: Needles,
}

impl Scan {
    pub(crate) fn new(key: &str, people: &[Person]) -> Self {
        let planted = || people.iter().flat_map(|person| &person.planted);
        // What may be seen of one value says nothing of another that happens to hold it.
        let seen = |planted: &Planted| planted.text[planted.text.len() - planted.tail..].to_owned();
        let seen = planted().map(seen).collect::<Vec<_>>().join(" ");
        let of = |kind: Kind| {
            let own = planted().filter(move |planted| planted.kind == kind);
            let pieces = own.flat_map(|planted| pieces(planted, planted.tail + 1));
            Needles::new(pieces.filter(|(piece, _)| !seen.contains(piece.as_str())).collect())
        };
        Self {
            key: Needles::new(forms(key)),
            identity: of(Kind::Identity),
            personal: of(Kind::Personal),
            any: Needles::new(planted().flat_map(|planted| pieces(planted, LONG)).collect()),
        }
    }
}

/// All pieces of this many characters; of a shorter value, the whole of it.
fn pieces(planted: &Planted, length: usize) -> Vec<(String, String)> {
    let letters = planted.text.chars().any(char::is_alphabetic);
    let least = match planted.kind {
        _ if letters => SHORTEST,
        Kind::Identity => DIGITS,
        Kind::Personal | Kind::Open => PHONE,
    };
    let length = length.max(least).min(planted.text.len());
    let windows = planted.text.as_bytes().windows(length).map(|window| String::from_utf8_lossy(window).into_owned());
    // In a value with letters, a piece without them says nothing.
    let telling = windows.filter(|piece| !letters || piece.chars().any(char::is_alphabetic) || length >= LONG);
    // Blanks at the ends of a piece are also between the columns of a screen, so they say nothing.
    let telling = telling.filter(|piece| piece.trim().len() >= least.min(length));
    telling.map(|piece| (piece, planted.path.to_owned())).collect()
}

/// The key, all of it but its end, and what it becomes on the way to other places.
fn forms(key: &str) -> HashMap<String, String> {
    let mut forms = HashMap::new();
    // `config show` and `doctor` tell the last quarter, four characters at most.
    for piece in key.as_bytes().windows(key.len().min(LONG)) {
        forms.insert(String::from_utf8_lossy(piece).into_owned(), "the key".to_owned());
    }
    for engine in [&STANDARD, &URL_SAFE] {
        // Three ways to be in a longer text; the characters that share bits with a neighbour are left out.
        for shift in 0..3 {
            let text = engine.encode([&vec![0; shift], key.as_bytes()].concat());
            let (start, end) = ([0, 2, 3][shift], text.trim_end_matches('=').len() - 1);
            forms.insert(text[start..end].to_owned(), "the key in base64".to_owned());
        }
        forms.insert(engine.encode(Sha256::digest(key)), "the key's hash in base64".to_owned());
    }
    let hash: String = Sha256::digest(key).iter().map(|byte| format!("{byte:02x}")).collect();
    forms.insert(hash[..32].to_owned(), "the key's hash".to_owned());
    forms.insert(utf8_percent_encode(key, NON_ALPHANUMERIC).to_string(), "the key in an address".to_owned());
    forms
}

/// A screen as a person reads it: line by line, and what was broken at the end of a line or of a pane as one.
pub(crate) fn read(rows: &[String]) -> String {
    let mut text = rows.join("\n");
    let frame = |c: char| ('\u{2500}'..='\u{257f}').contains(&c);
    let parts = |row: &String| row.split(frame).map(|part| part.trim().to_owned()).collect::<Vec<_>>();
    for pair in rows.windows(2) {
        text.push('\n');
        text.push_str(pair[0].trim_end());
        text.push_str(pair[1].trim_start());
        for (above, below) in parts(&pair[0]).into_iter().zip(parts(&pair[1])) {
            if !above.is_empty() && !below.is_empty() {
                text.push('\n');
                text.push_str(&above);
                text.push_str(&below);
            }
        }
    }
    text
}

/// A log without the numbers that the program measured, times first: among their digits some invented number is found
/// sooner or later.
pub(crate) fn without_measurements(log: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(log);
    let is_measured = |word: &&str| {
        let number = word.strip_prefix("ms=").or_else(|| word.strip_prefix("bytes=")).unwrap_or_default();
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let told = |line: &str| line.split(' ').skip(1).filter(|word| !is_measured(word)).collect::<Vec<_>>().join(" ");
    text.lines().map(told).collect::<Vec<_>>().join("\n").into_bytes()
}

/// A CSV table without the seconds that somebody has been waiting, which the clock decides: like other measurements, they
/// hold the digits of some invented number sooner or later. Any other text as it is.
pub(crate) fn without_waits(text: &str) -> String {
    let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let waits =
        table.headers().ok().and_then(|headings| headings.iter().position(|heading| heading == "waiting_seconds"));
    let Some(waits) = waits else { return text.to_owned() };
    let row = |row: csv::StringRecord| {
        let cells = row.iter().enumerate().filter(|(at, _)| *at != waits).map(|(_, cell)| cell);
        cells.collect::<Vec<_>>().join(",")
    };
    table.records().map(|record| row(record.expect("a table of CSV"))).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planted::people;

    const KEY: &str = "Zq7Kd3Xv9Bw5Gj1Hk8Qx2Vz4";

    fn scan() -> Scan {
        Scan::new(KEY, &people(1, 2))
    }

    #[test]
    fn every_form_of_the_key_is_found() {
        let key = scan().key;
        let hash: String = Sha256::digest(KEY).iter().map(|byte| format!("{byte:02X}")).collect();
        for hidden in [
            format!("x-api-key: {KEY}"),
            KEY.to_lowercase(),
            KEY[4..16].to_owned(),
            STANDARD.encode(KEY),
            STANDARD.encode(format!("a{KEY}b")),
            URL_SAFE.encode(format!("user:{KEY}")),
            hash,
        ] {
            assert!(key.find(hidden.as_bytes()).is_some(), "{hidden}");
        }
        assert_eq!(key.find(format!("…{}", &KEY[KEY.len() - 4..]).as_bytes()), None);
        let signs = Scan::new("Zq/Kd+Xv=Bw&Gj%H", &[]).key;
        assert!(signs.find(b"?key=Zq%2FKd%2BXv%3DBw%26Gj%25H").is_some());
    }

    #[test]
    fn the_last_third_may_be_seen_and_no_more() {
        let people = people(1, 2);
        let scan = Scan::new(KEY, &people);
        let all = people.iter().flat_map(|person| &person.planted);
        for planted in all.filter(|planted| planted.kind == Kind::Identity && planted.text.len() > 6) {
            let (text, tail) = (&planted.text, planted.tail);
            assert_eq!(scan.identity.find(&text.as_bytes()[text.len() - tail..]), None, "{planted:?}");
            let more = &text[text.len() - tail - 1..];
            // Three digits and a letter say nothing, nor do four digits.
            if more.len() >= DIGITS {
                assert!(scan.identity.find(more.as_bytes()).is_some(), "{planted:?}");
            }
            assert!(scan.identity.find(text.to_lowercase().as_bytes()).is_some(), "{planted:?}");
        }
    }

    #[test]
    fn what_is_broken_into_lines_is_found() {
        let person = &people(1, 1)[0];
        let name = &person.planted.iter().find(|planted| planted.path == "data.address_zipcode").expect("planted").text;
        let rows = [format!("│ list │ {}    │", &name[..3]), format!("│ more │  {}  │", &name[3..])];
        assert!(scan().personal.find(rows.concat().as_bytes()).is_none());
        assert!(scan().personal.find(read(&rows).as_bytes()).is_some());
    }

    #[test]
    fn only_the_seconds_of_waiting_are_left_out() {
        let table = "email,waiting_seconds,data.name\na@example.com,1978880,97888\n\"b,c\",,x\n";
        assert_eq!(without_waits(table), "a@example.com,97888\nb,c,x");
        for other in ["", "97888", "waiting: 97888", "email,name\n97888,x", "{\"a\":1}\n{\"b\":2}"] {
            assert_eq!(without_waits(other), other);
        }
    }
}
