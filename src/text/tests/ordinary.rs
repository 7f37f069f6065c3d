use super::super::{Marks, Safe};

/// Names, addresses and messages as honest people write them.
pub(super) const ORDINARY: &[&str] = &[
    "Kim Min-jun",
    "김민준",
    "서울특별시 강남구 테헤란로 1, 101동 202호",
    "山田太郎",
    "ﾔﾏﾀﾞ ﾀﾛｳ",
    "王小明（测试）",
    "Nguyễn Thị Ánh",
    "Łukasz Żółć",
    "Şükrü Çağ",
    "Ελένη Παπά",
    "Иван Петров",
    "محمد علی",
    "می\u{200c}خواهم",
    "علی\u{200c}رضا",
    "نامه\u{200c}ها",
    "كِتَابٌ",
    "שָׁלוֹם",
    "क्षत्रिय",
    "क्\u{200d}ष",
    "क्\u{200c}ष",
    "कार्त्स्न्य",
    "രാജ\u{d4d}\u{200d}",
    "ශ්\u{200d}රී",
    "தமிழ்",
    "বাংলা ক্ষুদ্র",
    "ภาษาไทย น้ำ ที่อยู่",
    "ພາສາລາວ",
    "ភាសាខ្មែរ",
    "မြန်မာ",
    "བསྒྲུབས",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦",
    "👩🏻\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👩🏿",
    "👩\u{200d}🦰 👨🏽\u{200d}🦱 🧑\u{200d}💻 🧔\u{200d}♂\u{fe0f}",
    "🏴\u{200d}☠\u{fe0f} 👁\u{fe0f}\u{200d}🗨\u{fe0f} ❤\u{fe0f}\u{200d}🔥 🐻\u{200d}❄\u{fe0f}",
    "🏃🏻\u{200d}♀\u{fe0f}\u{200d}➡\u{fe0f}",
    "🏳\u{fe0f}\u{200d}🌈",
    "❤\u{fe0f} ©\u{fe0f} ☎\u{fe0f}",
    "1\u{fe0f}\u{20e3} #\u{fe0f}\u{20e3}",
    "👍🏽 🇰🇷 🇺🇸 🎉",
    "₩1,000 — “quoted” … •",
    "ᄀᆞᆷ",
];

#[test]
fn ordinary_text_stays_unmarked_and_unchanged() {
    for text in ORDINARY {
        let safe = Safe::of(text);
        assert_eq!(safe.marks(), Marks::default(), "{text:?} gave {:?}", safe.as_str());
        assert_eq!(safe.as_str(), *text);
    }
}

#[test]
fn decomposed_text_is_shown_composed() {
    assert_eq!(Safe::of("\u{1100}\u{1161}\u{11a8}").as_str(), "각");
    assert_eq!(Safe::of("Ame\u{301}lie").as_str(), "Amélie");
    assert_eq!(Safe::of("\u{1112}\u{1161}\u{11ab}").width(), 2);
}

#[test]
fn plain_field_costs_one_copy() {
    let text = " !\"#azAZ09~";
    assert_eq!(Safe::of(text).as_str(), text);
    assert_eq!(String::from(Safe::of(text)).capacity(), text.len());
}

#[test]
fn display_shows_the_text_and_debug_only_its_length() {
    let safe = Safe::of("secret");
    assert_eq!(safe.to_string(), "secret");
    assert_eq!(format!("{safe:?}"), "Safe(6 bytes)");
}
