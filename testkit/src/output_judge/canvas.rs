//! Models which pictures are on the screen: where each picture was placed, and which of its cells were overwritten
//! later.
//!
//! A picture of iTerm2 or sixel belongs to the cells of the screen: writing over a cell or clearing it removes this
//! cell of the picture. A picture of kitty lies above the cells. In this model it stays until it is deleted, although
//! some terminals also remove it when the screen is cleared.

use std::collections::HashSet;

use unicode_width::UnicodeWidthChar as _;

/// A position on the screen (column and row, counted from 0), or a size (number of columns and of rows).
pub type Cells = (u16, u16);

/// A terminal protocol for pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// The protocol of the terminal kitty.
    Kitty,
    /// The protocol of the terminal iTerm2.
    Iterm2,
    /// The protocol sixel.
    Sixel,
}

/// A picture that the program sent to the terminal.
#[derive(Clone, PartialEq, Eq)]
pub struct SentPicture {
    /// The protocol in which the picture was sent.
    pub protocol: Protocol,
    /// The position of the upper left cell of the picture.
    pub at: Cells,
    /// The number of columns and rows that the picture takes.
    pub size: Cells,
    /// The content that was sent: a PNG file for kitty, a JPEG file for iTerm2, the picture string for sixel.
    pub file: Vec<u8>,
}

impl SentPicture {
    /// Returns the position of every cell that the picture takes, row by row.
    pub fn cells(&self) -> impl Iterator<Item = Cells> + use<> {
        let ((x, y), (width, height)) = (self.at, self.size);
        (0..height).flat_map(move |row| (0..width).map(move |column| (x.saturating_add(column), y.saturating_add(row))))
    }
}

impl std::fmt::Debug for SentPicture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} at {:?} of {:?}, {} bytes", self.protocol, self.at, self.size, self.file.len())
    }
}

/// A picture that is at least partly visible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisiblePicture<'a> {
    /// The picture as it was sent.
    pub sent: &'a SentPicture,
    /// Number of cells of the picture that are inside of the screen and not overwritten.
    pub cells: usize,
}

impl VisiblePicture<'_> {
    /// Returns whether every cell of the picture is visible.
    pub fn is_whole(&self) -> bool {
        self.cells == count(self.sent.size)
    }
}

fn count((width, height): Cells) -> usize {
    usize::from(width) * usize::from(height)
}

/// A picture that was placed on the screen and is not completely removed.
struct OnScreen {
    /// Index of the picture in the list of all sent pictures.
    sent: usize,
    /// Number of the picture in kitty's protocol; `None` for the other protocols.
    number: Option<u32>,
    /// Cells of the picture that were overwritten or cleared.
    covered: HashSet<Cells>,
}

/// Model of the screen: the position of the cursor, and the pictures on the screen.
#[derive(Default)]
pub(super) struct Canvas {
    cursor: Cells,
    /// The size of the screen; `None` if it is not known.
    screen: Option<Cells>,
    sent: Vec<SentPicture>,
    placed: Vec<OnScreen>,
}

impl Canvas {
    pub(super) fn sent(&self) -> &[SentPicture] {
        &self.sent
    }

    pub(super) fn visible(&self) -> Vec<VisiblePicture<'_>> {
        let each = self.placed.iter().map(|placed| {
            let sent = &self.sent[placed.sent];
            let is_seen = |cell: &Cells| !placed.covered.contains(cell) && self.is_on_screen(*cell);
            VisiblePicture { sent, cells: sent.cells().filter(is_seen).count() }
        });
        // The terminal keeps a picture of kitty, even where nothing of it is on the screen.
        each.filter(|picture| picture.cells > 0 || picture.sent.protocol == Protocol::Kitty).collect()
    }

    /// Sets the size of the screen. Cells of pictures outside of the screen are lost, except those of kitty.
    pub(super) fn resize(&mut self, width: u16, height: u16) {
        self.screen = Some((width, height));
        self.clear(|cell| !is_inside(cell, (0, 0), (width, height)));
    }

    fn is_on_screen(&self, cell: Cells) -> bool {
        self.screen.is_none_or(|size| is_inside(cell, (0, 0), size))
    }

    /// Moves the cursor to `row` and `column`, both counted from 1.
    pub(super) fn move_to(&mut self, row: u32, column: u32) {
        let place = |at: u32| u16::try_from(at.saturating_sub(1)).unwrap_or(u16::MAX);
        self.cursor = (place(column), place(row));
    }

    /// Records that the character `c` was written at the cursor, and moves the cursor.
    pub(super) fn character(&mut self, c: char) {
        for _ in 0..c.width().unwrap_or(0) {
            let (at, sent) = (self.cursor, &self.sent);
            self.placed.retain_mut(|placed| {
                let own = &sent[placed.sent];
                if placed.number.is_none() && is_inside(at, own.at, own.size) {
                    placed.covered.insert(at);
                }
                placed.covered.len() < count(own.size)
            });
            self.cursor.0 = self.cursor.0.saturating_add(1);
        }
    }

    pub(super) fn clear_screen(&mut self) {
        self.clear(|_| true);
    }

    /// Records that the screen was cleared from the cursor to its end.
    pub(super) fn clear_rest(&mut self) {
        let (column, row) = self.cursor;
        self.clear(|(x, y)| y > row || y == row && x >= column);
    }

    /// Records that the line of the cursor was cleared.
    pub(super) fn clear_line(&mut self) {
        let (_, row) = self.cursor;
        self.clear(|(_, y)| y == row);
    }

    /// Records that a picture was placed at the cursor. `number` is its number in kitty's protocol, `size` its size in
    /// cells, and `file` the content that was sent. A picture with the same number is replaced.
    pub(super) fn place(&mut self, protocol: Protocol, number: Option<u32>, size: Cells, file: Vec<u8>) {
        let at = self.cursor;
        match number {
            Some(number) => self.delete(number),
            None => self.clear(|cell| is_inside(cell, at, size)),
        }
        self.placed.push(OnScreen { sent: self.sent.len(), number, covered: HashSet::new() });
        self.sent.push(SentPicture { protocol, at, size, file });
    }

    /// Records that the picture with the number `number` was deleted (kitty's protocol).
    pub(super) fn delete(&mut self, number: u32) {
        self.placed.retain(|placed| placed.number != Some(number));
    }

    fn clear(&mut self, is_cleared: impl Fn(Cells) -> bool) {
        let sent = &self.sent;
        self.placed.retain_mut(|placed| {
            let SentPicture { at: (x, y), size, .. } = sent[placed.sent];
            if placed.number.is_some() {
                return true;
            }
            let own = (0..size.1)
                .flat_map(|row| (0..size.0).map(move |column| (x.saturating_add(column), y.saturating_add(row))));
            placed.covered.extend(own.filter(|cell| is_cleared(*cell)));
            placed.covered.len() < count(size)
        });
    }
}

fn is_inside((x, y): Cells, at: Cells, size: Cells) -> bool {
    (at.0..at.0.saturating_add(size.0)).contains(&x) && (at.1..at.1.saturating_add(size.1)).contains(&y)
}

#[cfg(test)]
mod tests {
    use super::super::OutputJudge;
    use super::*;

    const KITTY: &str = "\x1b_Ga=T,f=100,i=1095911168,p=1,c=4,r=2,C=1,q=2,m=0;iVBORw0KGgouLi4uSUVORK5CYII=\x1b\\";
    const ITERM2: &str = "\x1b]1337;File=inline=1;size=8;width=4;height=2;preserveAspectRatio=0;doNotMoveCursor=1:\
                          /9guLi4u/9k=\x1b\\";
    const SIXEL: &str = "\x1bP9;1;0q\"1;1;32;30#0;2;0;0;0#0!32~-\x1b\\";

    fn screen() -> OutputJudge {
        let mut judge = OutputJudge::of_screen();
        judge.allow_pictures();
        judge
    }

    /// The cells that can be seen of each picture, after it was placed in the third row and the fifth column and this was
    /// written.
    fn left(picture: &str, written: &str) -> Vec<usize> {
        let mut judge = screen();
        judge.watch(format!("\x1b[3;5H{picture}{written}").as_bytes());
        assert_eq!(judge.violations(), [""; 0], "{picture:?} {written:?}");
        judge.visible().iter().map(|picture| picture.cells).collect()
    }

    #[test]
    fn a_picture_of_kitty_is_seen_until_it_is_deleted() {
        for written in ["\x1b[3;5Habcdefgh", "\x1b[2J", "\x1b[1;1H\x1b[J", "\x1b[3;1H\x1b[2K", KITTY] {
            assert_eq!(left(KITTY, written), [8], "{written:?}");
        }
        assert_eq!(left(KITTY, "\x1b_Ga=d,d=I,i=1095911168,q=2\x1b\\"), [0; 0]);
        assert_eq!(left(KITTY, "\x1b_Ga=d,d=I,i=1095911169,q=2\x1b\\"), [8], "another one");
        assert_eq!(left(KITTY, &KITTY.replace("168,p", "169,p")), [8, 8]);
    }

    #[test]
    fn other_pictures_are_seen_where_nothing_is_written() {
        for picture in [ITERM2, SIXEL] {
            for (written, expected) in [
                ("\x1b[1;1Habcdefgh", Some(8)),
                ("\x1b[3;1Habcd", Some(8)),
                ("\x1b[3;1Habcde", Some(7)),
                ("\x1b[3;8Ha\x1b[3;8Hbcd", Some(7)),
                ("\x1b[3;5H김e\u{301}", Some(5)),
                ("\x1b[4;1H\x1b[2K", Some(4)),
                ("\x1b[4;6H\x1b[J", Some(5)),
                ("\x1b[5;1H\x1b[J", Some(8)),
                ("\x1b[3;5H    \x1b[4;5H    ", None),
                ("\x1b[2J", None),
            ] {
                assert_eq!(left(picture, written), Vec::from_iter(expected), "{picture:?} {written:?}");
            }
            assert_eq!(left(picture, &format!("\x1b[4;5H{picture}")), [4, 8], "one over the other");
        }
    }

    #[test]
    fn what_is_outside_of_the_screen_is_not_seen() {
        for (picture, narrow) in [(KITTY, 2), (ITERM2, 2), (SIXEL, 2)] {
            let mut judge = screen();
            judge.watch(format!("\x1b[3;5H{picture}").as_bytes());
            judge.resize(6, 3);
            assert_eq!(judge.visible()[0].cells, narrow, "{picture:?}");
            judge.resize(60, 30);
            // A terminal keeps the pictures of kitty as they are.
            assert_eq!(judge.visible()[0].is_whole(), picture == KITTY, "{picture:?}");
        }
    }

    #[test]
    fn where_and_what_was_sent_is_known_and_what_is_left_is_blamed() {
        for (picture, protocol, file) in
            [(KITTY, Protocol::Kitty, 20), (ITERM2, Protocol::Iterm2, 8), (SIXEL, Protocol::Sixel, 33)]
        {
            let mut judge = OutputJudge::new();
            judge.allow_pictures();
            judge.watch(format!("\x1b[?1049h\x1b[3;5H{picture}").as_bytes());
            let sent = judge.sent()[0].clone();
            assert_eq!((sent.protocol, sent.at, sent.size, sent.file.len()), (protocol, (4, 2), (4, 2), file));
            assert!(judge.visible()[0].is_whole() && judge.violations().is_empty(), "{picture:?}");
            judge.watch(b"\x1b[?1049l");
            assert_eq!(judge.violations().len(), 1, "{picture:?}");
        }
    }
}
