//! The pictures that a terminal shows over its cells, with a protocol such as kitty's. The bytes for pictures are
//! written after a frame, and only when a picture appeared, changed, moved or went away.
//!
//! The cells below a picture are blank and are not written again while the picture is shown. When a picture goes away,
//! the terminal is told to delete it, and all cells below it are written. So nothing of the picture remains.

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

use crate::picture::{PictureBytes, PictureNumber, PictureProtocol, PlacedIdentity, PlacedPicture};

/// The pictures that the terminal shows over its cells.
#[derive(Debug, Default)]
pub struct ShownPictures {
    shown: Vec<(PictureNumber, PlacedIdentity)>,
    /// Numbers of pictures that the next frame deletes from the terminal, because they are no longer shown.
    outdated: Vec<PictureNumber>,
}

impl ShownPictures {
    /// Compares the pictures that the terminal shows with `placed`, the pictures of the drawn frame `buffer`, and
    /// returns the bytes to write after the frame. Marks in the frame which cells ratatui must write and which it must
    /// leave alone. A picture is shown only if nothing else is drawn over it.
    pub fn update(&mut self, buffer: &mut Buffer, placed: &[PlacedPicture]) -> PictureBytes {
        let mut bytes = PictureBytes::default();
        let uncovered = placed.iter().filter(|placed| placed.is_uncovered(buffer));
        let wanted: Vec<(&PlacedPicture, PlacedIdentity)> =
            uncovered.map(|placed| (placed, placed.identity())).take(usize::from(PictureNumber::COUNT)).collect();
        redraw_removed_cells(buffer, placed, &wanted);
        let is_wanted = |shown: &PlacedIdentity| wanted.iter().any(|(_, identity)| identity == shown);
        let before = std::mem::take(&mut self.shown);
        let (kept, gone): (Vec<_>, Vec<_>) = before.into_iter().partition(|(_, shown)| is_wanted(shown));
        for (number, shown) in gone {
            write_cells(buffer, shown.area(), |cell| cell != CellDiffOption::Skip);
            if shown.protocol() == PictureProtocol::Kitty {
                self.outdated.push(number);
            }
        }
        // A picture is deleted before its number is used again.
        for number in self.outdated.drain(..) {
            bytes.delete(number);
        }
        self.shown = kept;
        for (placed, identity) in wanted {
            let is_shown = self.shown.iter().any(|(_, shown)| *shown == identity);
            let free = PictureNumber::all().find(|number| self.shown.iter().all(|(used, _)| used != number));
            if let Some(number) = free.filter(|_| !is_shown) {
                write_cells(buffer, identity.area(), |_| true);
                bytes.show(placed, number, buffer.area);
                self.shown.push((number, identity));
            }
        }
        bytes
    }

    /// Records that the screen was cleared and shows no pictures. The next frame writes the pictures that are still
    /// wanted again.
    pub fn forget(&mut self) {
        let kept = self.shown.drain(..).filter(|(_, shown)| shown.protocol() == PictureProtocol::Kitty);
        self.outdated.extend(kept.map(|(number, _)| number));
    }
}

/// Makes ratatui write the cells of each picture that is in `placed` (all pictures of the frame) but not in `wanted`
/// (those that are shown). Otherwise the pixels of an earlier picture would remain in these cells.
fn redraw_removed_cells(buffer: &mut Buffer, placed: &[PlacedPicture], wanted: &[(&PlacedPicture, PlacedIdentity)]) {
    let is_shown = |position| wanted.iter().any(|(_, identity)| identity.area().contains(position));
    let screen = buffer.area;
    for position in placed.iter().flat_map(|placed| placed.area().intersection(screen).positions()) {
        let cell = buffer.cell_mut(position).filter(|cell| cell.diff_option == CellDiffOption::Skip);
        cell.filter(|_| !is_shown(position)).into_iter().for_each(|cell| {
            cell.set_diff_option(CellDiffOption::None);
        });
    }
}

/// Makes ratatui write those cells of `area` in the frame `buffer` for which `is_meant` returns true. `is_meant` gets
/// the option by which a cell tells ratatui whether to write it.
fn write_cells(buffer: &mut Buffer, area: Rect, is_meant: impl Fn(CellDiffOption) -> bool) {
    for position in area.intersection(buffer.area).positions() {
        if let Some(cell) = buffer.cell_mut(position).filter(|cell| is_meant(cell.diff_option)) {
            cell.set_diff_option(CellDiffOption::AlwaysUpdate);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use argos_testkit::output_judge::OutputJudge;
    use argos_testkit::pictures::webp;
    use ratatui::buffer::Cell;

    use super::*;
    use crate::picture::{Picture, PictureDrawing, QuarterTurn};

    const SCREEN: Rect = Rect { x: 0, y: 0, width: 40, height: 12 };
    const LEFT: Rect = Rect { x: 1, y: 1, width: 12, height: 6 };
    const RIGHT: Rect = Rect { x: 20, y: 1, width: 12, height: 6 };

    fn picture() -> Arc<Picture> {
        Arc::new(Picture::decode(&webp::plain((6, 6), [255, 0, 0, 255])).unwrap())
    }

    fn placed(area: Rect, picture: &Arc<Picture>, protocol: PictureProtocol) -> PlacedPicture {
        let drawing = PictureDrawing { protocol, ..PictureDrawing::default() };
        PlacedPicture::new(area, picture, picture.whole(QuarterTurn::None), drawing)
    }

    /// Draws a frame with pictures, and with text over some cells.
    fn frame(shown: &mut ShownPictures, placed: &[PlacedPicture], text: &[(u16, u16)]) -> (Buffer, PictureBytes) {
        let mut buffer = Buffer::empty(SCREEN);
        placed.iter().for_each(|placed| placed.draw(&mut buffer));
        for at in text {
            *buffer.cell_mut(*at).unwrap() = Cell::from('x');
        }
        let bytes = shown.update(&mut buffer, placed);
        (buffer, bytes)
    }

    fn count(bytes: &PictureBytes, what: &str) -> usize {
        String::from_utf8_lossy(bytes.as_bytes()).matches(what).count()
    }

    fn options(buffer: &Buffer, area: Rect, option: CellDiffOption) -> bool {
        area.positions().all(|at| buffer[at].diff_option == option)
    }

    #[test]
    fn a_picture_is_written_once_and_its_cells_are_left_alone() {
        let picture = picture();
        for protocol in [PictureProtocol::Kitty, PictureProtocol::Iterm2, PictureProtocol::Sixel] {
            let mut shown = ShownPictures::default();
            let now = [placed(LEFT, &picture, protocol)];
            let area = now[0].area();
            let (buffer, bytes) = frame(&mut shown, &now, &[]);
            assert!(!bytes.is_empty() && options(&buffer, area, CellDiffOption::AlwaysUpdate), "blank, and then drawn");
            let (buffer, bytes) = frame(&mut shown, &now, &[]);
            assert!(bytes.is_empty() && options(&buffer, area, CellDiffOption::Skip), "nothing changed");
            // The same part at the same place, made by another frame.
            let again = [placed(LEFT, &picture, protocol)];
            assert!(frame(&mut shown, &again, &[]).1.is_empty());
            let (buffer, bytes) = frame(&mut shown, &[], &[]);
            assert!(options(&buffer, area, CellDiffOption::AlwaysUpdate), "its cells are written whole");
            assert_eq!(count(&bytes, "a=d"), usize::from(protocol == PictureProtocol::Kitty));
            let (buffer, bytes) = frame(&mut shown, &[], &[]);
            assert!(bytes.is_empty() && options(&buffer, SCREEN, CellDiffOption::None));
        }
    }

    #[test]
    fn what_is_drawn_over_a_picture_takes_it_away_and_brings_it_back() {
        let (mut shown, picture) = (ShownPictures::default(), picture());
        let now = [placed(LEFT, &picture, PictureProtocol::Kitty), placed(RIGHT, &picture, PictureProtocol::Kitty)];
        assert_eq!(count(&frame(&mut shown, &now, &[]).1, "a=T"), 2);
        let over = now[0].area();
        let (buffer, bytes) = frame(&mut shown, &now, &[(over.x, over.y)]);
        assert_eq!((count(&bytes, "a=T"), count(&bytes, "a=d")), (0, 1));
        assert!(options(&buffer, now[1].area(), CellDiffOption::Skip), "the other one stays");
        assert_eq!(count(&frame(&mut shown, &now, &[]).1, "a=T"), 1);
    }

    #[test]
    fn no_pixel_of_a_picture_remains_where_others_are_not_shown() {
        let picture = picture();
        for protocol in [PictureProtocol::Iterm2, PictureProtocol::Sixel] {
            let mut shown = ShownPictures::default();
            let whole = [placed(SCREEN, &picture, protocol)];
            frame(&mut shown, &whole, &[]);
            let gone = whole[0].area();
            let parts: Vec<PlacedPicture> =
                (0..10).map(|at| placed(Rect::new(gone.x + 2 * at, gone.y, 2, 1), &picture, protocol)).collect();
            let (buffer, _) = frame(&mut shown, &parts, &[]);
            assert!(options(&buffer, gone, CellDiffOption::AlwaysUpdate), "written whole, and then drawn over");
            // A part of the picture is covered: all of it goes.
            let mut shown = ShownPictures::default();
            frame(&mut shown, &whole, &[]);
            let (buffer, _) = frame(&mut shown, &whole, &[(gone.x, gone.y)]);
            assert!(options(&buffer, gone, CellDiffOption::AlwaysUpdate));
            let (buffer, bytes) = frame(&mut shown, &whole, &[(gone.x, gone.y)]);
            assert!(bytes.is_empty() && options(&buffer, gone, CellDiffOption::None));
        }
    }

    #[test]
    fn another_picture_part_or_place_replaces_the_picture() {
        let (mut shown, one, other) = (ShownPictures::default(), picture(), picture());
        let kitty = |area, picture| [placed(area, picture, PictureProtocol::Kitty)];
        frame(&mut shown, &kitty(LEFT, &one), &[]);
        for now in [kitty(LEFT, &other), kitty(RIGHT, &other)] {
            let (_, bytes) = frame(&mut shown, &now, &[]);
            assert_eq!((count(&bytes, "a=T"), count(&bytes, "a=d")), (1, 1));
        }
    }

    #[test]
    fn pixels_are_wiped_while_their_picture_is_still_on_the_screen() {
        let (mut shown, picture) = (ShownPictures::default(), picture());
        let gone = Arc::downgrade(&picture);
        frame(&mut shown, &[placed(LEFT, &picture, PictureProtocol::Kitty)], &[]);
        drop(picture);
        assert!(gone.upgrade().is_none(), "the runtime keeps no picture");
    }

    #[test]
    fn a_cleared_screen_gets_its_pictures_again() {
        let (mut shown, picture) = (ShownPictures::default(), picture());
        let now = [placed(LEFT, &picture, PictureProtocol::Kitty)];
        frame(&mut shown, &now, &[]);
        shown.forget();
        let (_, bytes) = frame(&mut shown, &now, &[]);
        assert_eq!((count(&bytes, "a=T"), count(&bytes, "a=d")), (1, 1));
        shown.forget();
        assert_eq!(count(&frame(&mut shown, &[], &[]).1, "a=d"), 1);
    }

    #[test]
    fn at_most_eight_pictures_are_shown_and_the_judge_lets_all_through() {
        let (mut shown, picture) = (ShownPictures::default(), picture());
        let place = |at: u16| placed(Rect::new(4 * at, 2, 3, 2), &picture, PictureProtocol::Kitty);
        let now: Vec<PlacedPicture> = (0..10).map(place).collect();
        let mut judge = OutputJudge::of_screen();
        judge.allow_pictures();
        judge.watch(frame(&mut shown, &now, &[]).1.as_bytes());
        judge.watch(frame(&mut shown, &[], &[]).1.as_bytes());
        assert_eq!((judge.violations(), judge.pictures()), (&[][..], 8));
    }
}
