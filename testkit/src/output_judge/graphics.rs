//! Checks the sequences that show pictures. In each of the three protocols, only the exact form that the program uses
//! is allowed.

use std::str;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::canvas::{Canvas, Cells, Protocol};
use super::sixel;

/// Picture numbers that the program uses in kitty's protocol.
const NUMBERS: std::ops::Range<u32> = 0x4152_4700..0x4152_4708;
/// Largest number of base64 characters in one sequence of kitty's protocol.
const CHUNK: usize = 4096;
/// Largest number of encoded bytes of one picture (2 MiB), with some room for the sequences around them.
const LONGEST: usize = (2 << 20) + 4096;

/// Checker of the sequences that show pictures.
#[derive(Default)]
pub(super) struct Graphics {
    /// Model of the screen, with the pictures that were placed on it.
    pub(super) canvas: Canvas,
    /// Picture of which a part was sent, so that the next part must follow; `None` if no picture is unfinished.
    unfinished: Option<Unfinished>,
}

/// Picture in kitty's protocol of which only some parts were sent so far.
struct Unfinished {
    number: u32,
    size: Cells,
    sent: String,
}

impl Graphics {
    /// Returns whether no picture is on the screen, and no picture is unfinished.
    pub(super) fn is_clean(&self) -> bool {
        self.canvas.visible().is_empty() && self.unfinished.is_none()
    }

    /// Returns whether a picture was sent only in part, so that only its next part may follow.
    pub(super) const fn is_unfinished(&self) -> bool {
        self.unfinished.is_some()
    }

    /// Forgets the picture that was sent only in part.
    pub(super) fn give_up(&mut self) {
        self.unfinished = None;
    }

    /// Checks `command`, a command of kitty's protocol without its first two and its last two bytes (`ESC _`, `ESC \`).
    /// Records the picture that it shows or deletes. Returns whether the command is allowed.
    pub(super) fn kitty(&mut self, command: &[u8]) -> bool {
        let Some(text) = str::from_utf8(command).ok().and_then(|text| text.strip_prefix('G')) else { return false };
        if let Some(unfinished) = self.unfinished.take() {
            let Some((keys, part)) = text.split_once(';') else { return false };
            return match keys {
                "q=2,m=1" => self.goes_on(unfinished, part),
                "q=2,m=0" => self.ends(unfinished, part),
                _ => false,
            };
        }
        if let Some(number) = text.strip_prefix("a=d,d=I,i=").and_then(|rest| rest.strip_suffix(",q=2")) {
            let Some(number) = own_number(number) else { return false };
            self.canvas.delete(number);
            return true;
        }
        let Some((keys, part)) = text.split_once(';') else { return false };
        let Some(keys) = keys.strip_prefix("a=T,f=100,i=") else { return false };
        let [number, "p=1", columns, rows, "C=1", "q=2", more] = keys.split(',').collect::<Vec<_>>()[..] else {
            return false;
        };
        let (columns, rows) = (side(columns.strip_prefix("c=")), side(rows.strip_prefix("r=")));
        let (Some(number), Some(size)) = (own_number(number), columns.zip(rows)) else { return false };
        let begun = Unfinished { number, size, sent: String::new() };
        match more {
            "m=1" => self.goes_on(begun, part),
            "m=0" => self.ends(begun, part),
            _ => false,
        }
    }

    fn goes_on(&mut self, mut begun: Unfinished, part: &str) -> bool {
        begun.sent.push_str(part);
        let is_lawful = part.len() == CHUNK && begun.sent.len() <= LONGEST;
        self.unfinished = Some(begun);
        is_lawful
    }

    fn ends(&mut self, mut begun: Unfinished, part: &str) -> bool {
        begun.sent.push_str(part);
        let is_lawful = !part.is_empty() && part.len() <= CHUNK && begun.sent.len() <= LONGEST;
        let file = STANDARD.decode(&begun.sent).unwrap_or_default();
        let is_png = file.starts_with(b"\x89PNG\r\n\x1a\n") && file.ends_with(b"IEND\xaeB`\x82");
        self.canvas.place(Protocol::Kitty, Some(begun.number), begun.size, file);
        is_lawful && is_png
    }

    /// Checks `command`, a command of iTerm2's protocol without its first two and its last two bytes. Records the
    /// picture. Returns whether the command is allowed.
    pub(super) fn iterm2(&mut self, command: &[u8]) -> bool {
        let Some(rest) = str::from_utf8(command).ok().and_then(|text| text.strip_prefix("1337;File=inline=1;size="))
        else {
            return false;
        };
        let Some((arguments, payload)) = rest.split_once(':') else { return false };
        let [length, width, height, "preserveAspectRatio=0", "doNotMoveCursor=1"] =
            arguments.split(';').collect::<Vec<_>>()[..]
        else {
            return false;
        };
        let Some(size) = side(width.strip_prefix("width=")).zip(side(height.strip_prefix("height="))) else {
            return false;
        };
        let file = STANDARD.decode(payload).unwrap_or_default();
        let is_jpeg = file.starts_with(b"\xff\xd8") && file.ends_with(b"\xff\xd9") && file.len().to_string() == length;
        self.canvas.place(Protocol::Iterm2, None, size, file);
        is_jpeg && payload.len() <= LONGEST
    }

    /// Checks `string`, a sixel picture without its first two and its last two bytes. Records the picture. Returns
    /// whether it is allowed.
    pub(super) fn sixel(&mut self, string: &[u8]) -> bool {
        let Some(size) = sixel::size(string) else { return false };
        self.canvas.place(Protocol::Sixel, None, size, string.to_vec());
        string.len() <= LONGEST
    }
}

fn own_number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|number| NUMBERS.contains(number) && number.to_string() == text)
}

fn side(text: Option<&str>) -> Option<u16> {
    let text = text?;
    text.parse().ok().filter(|side: &u16| (1..=1_000).contains(side) && side.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::super::OutputJudge;
    use super::*;

    const ID: &str = "1095911168";

    fn png() -> String {
        STANDARD.encode(b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82")
    }

    fn judged(bytes: &str) -> OutputJudge {
        let mut judge = OutputJudge::of_screen();
        judge.allow_pictures();
        bytes.as_bytes().chunks(1).for_each(|byte| judge.watch(byte));
        judge
    }

    fn shown() -> String {
        format!("\x1b_Ga=T,f=100,i={ID},p=1,c=20,r=5,C=1,q=2,m=0;{}\x1b\\", png())
    }

    fn deleted() -> String {
        format!("\x1b_Ga=d,d=I,i={ID},q=2\x1b\\")
    }

    fn inline() -> String {
        let file = b"\xff\xd8....\xff\xd9";
        let arguments = "width=20;height=5;preserveAspectRatio=0;doNotMoveCursor=1";
        format!("\x1b]1337;File=inline=1;size={};{arguments}:{}\x1b\\", file.len(), STANDARD.encode(file))
    }

    const SIXEL: &str = "\x1bP9;1;0q\"1;1;2;6#0;2;0;0;0#0!2~-\x1b\\";

    #[test]
    fn pictures_are_let_through_where_a_test_allows_them() {
        let judge = judged(&[shown(), deleted(), inline(), SIXEL.to_owned()].concat());
        assert_eq!(judge.violations(), [""; 0]);
        assert_eq!(judge.pictures(), 3);
        for sequence in [shown(), deleted(), inline(), SIXEL.to_owned(), "\x1b[38;2;1;2;3m".to_owned()] {
            let mut strict = OutputJudge::of_screen();
            strict.watch(sequence.as_bytes());
            assert_ne!(strict.violations(), [""; 0], "{sequence:?}");
        }
    }

    #[test]
    fn a_picture_may_come_in_parts_and_nothing_in_between() {
        let long = STANDARD.encode([&b"\x89PNG\r\n\x1a\n"[..], &[7; 6_001], b"IEND\xaeB`\x82"].concat());
        let (first, second) = long.split_at(CHUNK);
        let start = format!("\x1b_Ga=T,f=100,i={ID},p=1,c=20,r=5,C=1,q=2,m=1;{first}\x1b\\");
        let end = format!("\x1b_Gq=2,m=0;{second}\x1b\\");
        assert_eq!(judged(&[&*start, &end, &deleted()].concat()).violations(), [""; 0]);
        assert_ne!(judged(&[&*start, "a", &end].concat()).violations(), [""; 0]);
        assert_ne!(judged(&[&*start, &shown()].concat()).violations(), [""; 0]);
        assert_ne!(judged(&end).violations(), [""; 0]);
    }

    #[test]
    fn near_misses_are_blamed() {
        for hostile in [
            format!("\x1b_Ga=q,f=100,i={ID},p=1,c=20,r=5,C=1,q=2,m=0;{}\x1b\\", png()),
            shown().replace(",q=2", ""),
            shown().replace("q=2", "q=1"),
            shown().replace("f=100", "f=100,t=f"),
            shown().replace(ID, "1"),
            shown().replace("c=20", "c=0"),
            shown().replace(&png(), "aGVsbG8="),
            shown().replace(&png(), "a b"),
            deleted().replace("d=I", "d=A"),
            "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\".to_owned(),
            "\x1b_hello\x1b\\".to_owned(),
            "\x1b^private\x1b\\".to_owned(),
            "\x1bXstring\x1b\\".to_owned(),
            inline().replace("inline=1;", ""),
            inline().replace("inline=1", "inline=0"),
            inline().replace("size=8", "size=9"),
            inline().replace("File=", "File=name=YWI=;"),
            "\x1b]1337;SetMark\x1b\\".to_owned(),
            "\x1b]1337;RequestUpload=format=tgz\x1b\\".to_owned(),
            "\x1bP1$r0m\x1b\\".to_owned(),
            "\x1bP+q544e\x1b\\".to_owned(),
            "\x1bPtmux;\x1b\\".to_owned(),
            SIXEL.replace('~', "\x07"),
            SIXEL.replace('~', "é"),
            SIXEL.replace("\"1;1;2;6", ""),
            "\x1b[38;2;1;2;256m".to_owned(),
            "\x1b[38;2;1;2m".to_owned(),
            "\x1b[38;5;256m".to_owned(),
            "\x1b[38;3;1m".to_owned(),
        ] {
            assert_ne!(judged(&hostile).violations(), [""; 0], "{hostile:?}");
        }
    }

    #[test]
    fn an_unfinished_picture_or_one_that_is_kept_is_not_balanced() {
        for bytes in
            [shown(), SIXEL.replace("\x1b\\", ""), inline().replace("\x1b\\", ""), shown().replace("m=0", "m=1")]
        {
            let mut judge = OutputJudge::new();
            judge.allow_pictures();
            judge.watch(b"\x1b[?1049h\x1b[?2004h");
            judge.watch(bytes.as_bytes());
            judge.watch(b"\x1b[?2004l\x1b[?1049l");
            assert!(!judge.is_balanced() || !judge.violations().is_empty(), "{bytes:?}");
        }
    }
}
