//! The overlay with the pictures of the shown submission: which of them is shown, and how it is zoomed, moved and
//! turned. The caller provides the pictures, and the sentences that are shown in place of a picture.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::widgets::Clear;

use crate::kit::Scroll;
use crate::picture::{PictureView, QuarterTurn};
use crate::submission::{NamedPictures, PictureKind};
use crate::text::Safe;
use crate::ui::{Line, Panel, Role, Theme, paint, wrap};

/// Number of lines of the screen above the overlay: the header, which shows the mask level.
const ABOVE: u16 = 1;

/// The two kinds of pictures that can be shown side by side.
const PAIR: [PictureKind; 2] = [PictureKind::Front, PictureKind::Selfie];

/// State of the overlay with the pictures of the shown submission.
pub struct PicturesView {
    named: NamedPictures,
    active: PictureKind,
    /// Whether the front of the document and the selfie are shown side by side.
    is_pair: bool,
    views: [PictureView; 4],
    /// The turn of the front picture after which its text is upright, as the OCR found it.
    read_turn: QuarterTurn,
    /// Index of the first visible cut-out. A cut-out shows one place on the front of the document: a text that the mask
    /// level does not hide.
    first_place: usize,
    /// Number of cut-outs that can be the first visible one, at the top of the area. 1 if all cut-outs fit into the
    /// area.
    first_places: usize,
    pub(super) scroll: Scroll,
}

/// The area in the overlay in which one picture is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PicturePane {
    /// The kind of the picture.
    pub kind: PictureKind,
    /// The area in which the picture is drawn.
    pub area: Rect,
}

/// What the caller provides to draw the overlay, besides the pictures themselves.
pub struct PicturesProps<'a> {
    /// The id of the submission as the mask level shows it.
    pub id: Safe,
    /// For each picture that cannot be shown, its area and the sentences that are shown in its place.
    pub sentences: &'a [(PicturePane, Vec<Safe>)],
    /// The captions of the shown cut-outs (parts of the document's front that the mask level does not hide). Each has
    /// the area of the line in which it is drawn.
    pub captions: &'a [(Rect, Safe)],
    /// The kinds of pictures of which it is unknown whether they exist: no record names them, and none of them was
    /// fetched.
    pub unknown: &'a [PictureKind],
    /// The text in the lower border, which says what part of the picture is shown.
    pub foot: Safe,
    /// The theme to draw with.
    pub theme: &'a Theme,
}

impl PicturesView {
    /// Creates the overlay for a submission whose record names the pictures `named`, and shows the first of them. If
    /// `is_pair` is true, the front of the document and the selfie are shown side by side instead, provided that both
    /// may exist.
    pub fn new(named: NamedPictures, is_pair: bool) -> Self {
        let active = named.kinds().first().copied().unwrap_or(PictureKind::Front);
        let views = [PictureView::default(); 4];
        let (read_turn, scroll) = (QuarterTurn::None, Scroll::default());
        let (first_place, first_places) = (0, 1);
        let view = Self { named, active, is_pair: false, views, read_turn, first_place, first_places, scroll };
        let is_pair = is_pair && view.has_pair();
        Self { is_pair, ..view }
    }

    /// Sets which pictures may exist, after a newer record of the submission was received. If the active picture is not
    /// among them, the first one becomes active.
    pub fn set_named(&mut self, named: NamedPictures) {
        self.named = named;
        let kinds = self.named.kinds();
        if !kinds.contains(&self.active) {
            self.active = kinds.first().copied().unwrap_or(PictureKind::Front);
        }
        self.is_pair &= self.has_pair();
    }

    /// Sets the turn of the front picture after which its text is upright, as the submission's record says. The front
    /// is first shown with this turn. If a newer record has another turn, the front is turned further by the
    /// difference, so that the turns of the user stay.
    pub fn set_read_turn(&mut self, turn: QuarterTurn) {
        while self.read_turn != turn {
            self.read_turn = self.read_turn.next();
            let front = self.views.get_mut(PictureKind::Front.index());
            front.into_iter().for_each(|front| *front = front.turned());
        }
    }

    /// Returns the turn of a picture after which its text is upright, as the OCR found it. This is known of the
    /// document's front only; for other pictures the result is [`QuarterTurn::None`].
    pub fn read_turn(&self, kind: PictureKind) -> QuarterTurn {
        if kind == PictureKind::Front { self.read_turn } else { QuarterTurn::None }
    }

    /// Returns which pictures of the submission may exist, according to its record.
    pub const fn named(&self) -> &NamedPictures {
        &self.named
    }

    /// Returns the kind of the active picture: the one on which the keys act.
    pub const fn active(&self) -> PictureKind {
        self.active
    }

    /// Returns the kinds of the pictures that the overlay shows now: one, or the front and the selfie side by side. The
    /// result is empty if the submission's record says that it has no pictures.
    pub fn shown(&self) -> Vec<PictureKind> {
        match self.named.kinds() {
            [] => Vec::new(),
            _ if self.is_pair => PAIR.to_vec(),
            _ => vec![self.active],
        }
    }

    /// Returns whether the front of the document and the selfie may both exist.
    pub fn has_pair(&self) -> bool {
        PAIR.iter().all(|kind| self.named.kinds().contains(kind))
    }

    /// Switches between one picture and the front of the document beside the selfie. Does nothing unless the front and
    /// the selfie may both exist.
    pub fn toggle_pair(&mut self) {
        if self.has_pair() {
            self.is_pair = !self.is_pair;
            if self.is_pair && !PAIR.contains(&self.active) {
                self.active = PictureKind::Front;
            }
        }
    }

    /// Makes the next picture active if `forward` is true, otherwise the previous one. If two pictures are shown side
    /// by side, the other of the two becomes active.
    pub fn step(&mut self, forward: bool) {
        let kinds = if self.is_pair { PAIR.to_vec() } else { self.named.kinds().to_vec() };
        let Some(at) = kinds.iter().position(|kind| *kind == self.active) else { return };
        let step = if forward { 1 } else { kinds.len() - 1 };
        self.active = kinds.get((at + step) % kinds.len()).copied().unwrap_or(self.active);
    }

    /// Returns the index of the first visible cut-out. A cut-out shows one place on the front of the document: a text
    /// that the mask level does not hide.
    pub const fn first_place(&self) -> usize {
        self.first_place
    }

    /// Sets the number of cut-outs (parts of the document's front) that can be the first visible one. With the last of
    /// these at the top, the area ends with the last cut-out. The scroll position is corrected to this number.
    pub fn fit_places(&mut self, first_places: usize) {
        self.first_places = first_places;
        self.first_place = self.first_place.min(first_places.saturating_sub(1));
    }

    /// Scrolls by one cut-out (a part of the document's front): towards the last one if `forward` is true, otherwise
    /// towards the first.
    pub fn step_place(&mut self, forward: bool) {
        let next = if forward { self.first_place + 1 } else { self.first_place.saturating_sub(1) };
        self.first_place = next.min(self.first_places.saturating_sub(1));
    }

    /// Returns how the picture of this kind is zoomed, moved and turned.
    pub fn view_of(&self, kind: PictureKind) -> PictureView {
        self.views.get(kind.index()).copied().unwrap_or_default()
    }

    /// Sets how the active picture is zoomed, moved and turned.
    pub fn set_view(&mut self, view: PictureView) {
        self.views.get_mut(self.active.index()).into_iter().for_each(|own| *own = view);
    }

    /// Returns the area of each shown picture on a screen of the size `screen`.
    pub fn panes(&self, screen: Size) -> Vec<PicturePane> {
        let inside = Panel::inner_area(area(screen));
        let below = |head: u16| Rect {
            y: inside.y + head.min(inside.height),
            height: inside.height.saturating_sub(head),
            ..inside
        };
        match *self.shown() {
            [kind] => vec![PicturePane { kind, area: below(1) }],
            [one, other] => {
                let rows = below(1);
                let width = rows.width.saturating_sub(1) / 2;
                let right = rows.width - width;
                vec![
                    PicturePane { kind: one, area: Rect { width, ..rows } },
                    PicturePane { kind: other, area: Rect { x: rows.x + right, width, ..rows } },
                ]
            }
            _ => Vec::new(),
        }
    }

    /// Draws the frame, the names of the pictures, the captions, and the sentences in place of pictures. The caller
    /// draws the pictures themselves afterwards.
    pub fn draw(&self, frame: &mut Frame<'_>, props: &PicturesProps<'_>) {
        let area = area(frame.area().as_size()).intersection(frame.area());
        frame.render_widget(Clear, area);
        let title =
            Line::new().word(" Pictures ", Role::Title).with(props.id.clone(), Role::Strong).word(" ", Role::Plain);
        let foot = Line::new().with(props.foot.clone(), Role::Dim);
        let inside = Panel { title, bottom_line: foot, focused: true }.draw(frame, area, props.theme);
        let width = usize::from(inside.width);
        let mut rows = inside.rows();
        if let Some(row) = rows.next() {
            frame.render_widget(paint(&self.tabs(width, props.unknown), props.theme), row);
        }
        if self.shown().is_empty() {
            lines(
                frame,
                rows.next().map_or(inside, |row| Rect { height: inside.height - 1, ..row }),
                &[NO_PICTURES],
                props.theme,
            );
        }
        for (pane, sentences) in props.sentences {
            lines(frame, pane.area, sentences, props.theme);
        }
        for (row, caption) in props.captions {
            let line = Line::new().with(caption.clone(), Role::Label).fit(usize::from(row.width));
            frame.render_widget(paint(&line, props.theme), *row);
        }
    }

    /// Returns a line with the names of the pictures that may exist, shortened to fit into `columns` columns. The
    /// active picture is in brackets. Two pictures that are shown side by side come first, joined by a plus. A question
    /// mark follows each name of a picture in `unknown`: it is not known whether this picture exists.
    fn tabs(&self, columns: usize, unknown: &[PictureKind]) -> Line {
        let meaning = Line::new().word("  ? not known whether it exists", Role::Dim);
        let all = |is_close| {
            let names = self.names(is_close, unknown);
            if unknown.is_empty() { names } else { names.with_line(meaning.clone()) }
        };
        let lines = [all(false), all(true), self.names(false, unknown), self.names(true, unknown)];
        let fitting = lines.into_iter().find(|line| line.width() <= columns);
        fitting.unwrap_or_else(|| self.names(true, unknown).fit_words(columns))
    }

    fn names(&self, is_close: bool, unknown: &[PictureKind]) -> Line {
        let shown = self.shown();
        let others = self.named.kinds().iter().filter(|kind| !shown.contains(kind));
        let kinds =
            if self.is_pair { shown.iter().chain(others).copied().collect() } else { self.named.kinds().to_vec() };
        let mut line = Line::new();
        for kind in kinds {
            let is_active = kind == self.active;
            let role = match kind {
                _ if is_active => Role::Strong,
                kind if shown.contains(&kind) => Role::Plain,
                _ => Role::Dim,
            };
            let (open, close) = match is_active {
                true => ("[", "]"),
                false if is_close || self.is_pair => ("", ""),
                false => (" ", " "),
            };
            let gap = match line.width() {
                0 => "",
                _ if self.is_pair && kind == PictureKind::Selfie => {
                    if is_close {
                        "+"
                    } else {
                        " + "
                    }
                }
                _ if self.is_pair && !is_close => "  ",
                _ => " ",
            };
            let mark = if unknown.contains(&kind) { "?" } else { "" };
            line = line
                .word(gap, Role::Plain)
                .word(open, role)
                .word(kind.label(), role)
                .word(mark, role)
                .word(close, role);
        }
        line
    }
}

/// The sentence that is shown if the submission's record names no picture.
pub const NO_PICTURES: Safe = Safe::from_static("The record names no picture of this submission.");

fn lines(frame: &mut Frame<'_>, area: Rect, sentences: &[Safe], theme: &Theme) {
    let width = usize::from(area.width.saturating_sub(2)).max(1);
    let wrapped = sentences.iter().flat_map(|sentence| wrap(sentence, width, Role::Plain));
    // One row of space above.
    for (row, line) in area.rows().skip(usize::from(area.height > 4)).zip(wrapped) {
        let row = Rect { x: row.x.saturating_add(1).min(area.right()), width: row.width.saturating_sub(1), ..row };
        frame.render_widget(paint(&line, theme), row);
    }
}

/// Returns the area of the overlay that shows pictures: the screen without the header and the footer.
pub(super) fn area(screen: Size) -> Rect {
    Rect { x: 0, y: ABOVE.min(screen.height), width: screen.width, height: screen.height.saturating_sub(ABOVE + 1) }
}
