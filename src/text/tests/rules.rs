use proptest::prelude::*;

use super::super::{Safe, Untrusted};
use super::{assert_clean, reason};
use argos_testkit::corpus::{ORDINARY, corpus, deceptions};

/// Pieces that hurt when they are side by side.
fn spiteful() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => any::<char>().prop_map(String::from),
        2 => "[ -~]{0,4}",
        3 => proptest::sample::select(vec![
            "\u{200d}", "\u{200c}", "\u{fe0f}", "\u{fe0e}", "\u{20e3}", "\u{301}", "\u{94d}", "\u{93e}", "\u{915}", "\u{937}", "\u{639}",
            "\u{6cc}", "\u{d4e}", "\u{d15}", "\u{1100}", "\u{1161}", "\u{11a8}", "\u{ac00}", "\u{1f469}", "\u{1f3fb}", "\u{2764}", "\u{1f1f0}",
            "\u{1f1f7}", "\u{e33}", "\u{ff76}", "\u{ff9e}", "\u{e0067}", "\u{1b}", "\n", "\r", "\u{9b}", "\u{202e}", "\u{34f}", "\u{16d67}",
            "\u{16d63}", "1", "‹", "…", "•", "\u{3000}", "\u{644}", "\u{627}", "\u{338}", "<", "\u{1a15}", "\u{1a17}", "\u{1a10}", "\u{2d31}",
            "\u{2d7f}", "\u{11a3a}", "\u{1f12f}", "\u{1fc00}", "\u{17d2}", "\u{1780}",
        ]).prop_map(str::to_owned),
        1 => (proptest::sample::select(vec!["\u{301}", "\u{200d}", "\u{94d}\u{915}", "\u{200d}\u{1f469}", "\u{1161}"]), 1..40_usize)
            .prop_map(|(unit, count)| unit.repeat(count)),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_whatever_reaches_a_terminal_unmarked(text in spiteful()) {
        assert_clean(&text, &Safe::sanitize(&text));
        for line in Safe::lines(&text) {
            assert_clean(&text, &line);
        }
    }

    #[test]
    fn what_was_sanitised_stays_as_it_is(text in spiteful()) {
        let once = Safe::sanitize(&text);
        let twice = Safe::sanitize(once.as_str());
        prop_assert_eq!(once.as_str(), twice.as_str());
    }

    #[test]
    fn whole_text_agrees_with_the_field_while_nothing_is_cut(text in spiteful()) {
        let (field, whole) = (Safe::sanitize(&text), Safe::sanitize_full(&text));
        prop_assert!(whole.as_str().len() > 4096 || field == whole);
    }

    #[test]
    fn pieces_of_safe_text_are_safe(text in spiteful(), columns in 0..30_usize) {
        let safe = Safe::sanitize(&text);
        for piece in safe.wrap(columns).into_iter().chain([safe.fit(columns), safe.pad(columns), safe.pad_left(columns)]) {
            prop_assert_eq!(reason(piece.as_str()), None);
            prop_assert!(piece.width() <= columns.max(1));
        }
        let joined = Safe::concat(&[safe.clone(), safe.clone()]);
        prop_assert_eq!(reason(joined.as_str()), None);
    }

    #[test]
    fn cut_field_is_within_its_bytes_and_stays_as_it_is(text in spiteful(), times in 1..400_usize) {
        let once = Safe::sanitize(&text.repeat(times));
        prop_assert!(once.as_str().len() <= 4096);
        let twice = Safe::sanitize(once.as_str());
        prop_assert_eq!(once.as_str(), twice.as_str());
    }
}

#[test]
fn every_character_alone_and_between_letters_is_clean_and_stays_as_it_is() {
    // The planes that hold characters whole, and a sample of the empty and the private ones.
    let sample = (0x32_400..=0x10_ffff).step_by(251).chain(0xe_0000..0xe_0200).chain(0x10_fff0..=0x10_ffff);
    for c in (0..0x32_400).chain(sample).filter_map(char::from_u32) {
        if matches!(c, '\u{4f00}'..='\u{9f00}' | '\u{ad00}'..='\u{d700}' | '\u{20100}'..='\u{32300}') {
            continue;
        }
        for text in [c.to_string(), format!("a{c}\u{1f469}{c}\u{915}")] {
            let once = Safe::sanitize(&text);
            assert_clean(&text, &once);
            assert_eq!(Safe::sanitize(once.as_str()).as_str(), once.as_str(), "{text:?}");
        }
    }
}

#[test]
fn corpus_stays_as_it_is_when_sanitised_twice() {
    for text in corpus().into_iter().chain(deceptions()) {
        let once = Safe::sanitize(&text);
        assert_eq!(Safe::sanitize(once.as_str()).as_str(), once.as_str(), "{text:?}");
    }
}

#[test]
fn untrusted_text_tells_nothing_but_its_length() {
    for text in ORDINARY {
        assert_eq!(format!("{:?}", Untrusted::new(*text)), format!("Untrusted({} bytes)", text.len()));
    }
}
