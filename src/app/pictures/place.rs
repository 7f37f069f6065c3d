//! The picture part below the OCR tab: the text of the field under the cursor, cut out of the front of the document.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::super::{Focus, Model, Regions};
use super::content;
use crate::keys::Action;
use crate::panes::detail::{Tab, TabLine};
use crate::picture::{Picture, PicturePart};
use crate::submission::PictureKind;
use crate::text::{Mask, Safe};
use crate::ui::{Line, Panel, Role, paint, wrap};

/// Smallest height of the detail pane, in lines, at which it is divided in the OCR tab. The lower part then shows the
/// text of a field in the picture.
const DIVIDED: u16 = 16;

/// The name of a field, and the text of the field in the picture of the document's front. The text is the picture with
/// the part of it to draw, or the reason why no part is drawn.
type NamedPlace<'a> = (Safe, Result<(&'a Arc<Picture>, PicturePart), Safe>);

impl Model {
    /// Returns the areas of the screen; `None` if the screen is too small. If the OCR tab shows a cut-out of the
    /// document's picture, the detail pane is shorter by the area of [`Self::place_area`].
    pub(in crate::app) fn regions(&self) -> Option<Regions> {
        let mut regions = Regions::of(self.size, self.prefs)?;
        if let Some((detail, place)) = regions.detail.as_mut().zip(self.place_area()) {
            detail.height = detail.height.saturating_sub(place.height);
        }
        Some(regions)
    }

    /// Returns the area of the screen below the OCR tab. It is for the text of the field under the cursor, cut out of
    /// the document's front. Returns `None` if the OCR tab is not open, if the front was not fetched or may not be
    /// shown, or if the detail pane is too low.
    fn place_area(&self) -> Option<Rect> {
        let has_front = self.selection.pictures.of(PictureKind::Front).value().is_some();
        let is_shown =
            has_front && self.detail.tab() == Tab::Ocr && self.mask != Mask::All && self.config.drawing.is_ok();
        let area = Regions::of(self.size, self.prefs).filter(|_| is_shown)?.detail?;
        let height = (area.height / 3).min(10);
        (area.height >= DIVIDED).then_some(Rect { y: area.bottom() - height, height, ..area })
    }

    /// Returns the name of the field under the cursor of the OCR tab, and the part of the front that contains its text.
    /// If this part is not drawn, the error is a sentence that says why. Returns `None` if the OCR read no text for the
    /// line under the cursor.
    fn place_under_cursor(&self) -> Option<NamedPlace<'_>> {
        let picture = self.selection.pictures.of(PictureKind::Front).value()?;
        let path = self.detail.lines().get(self.detail.scroll().at()).and_then(TabLine::path)?;
        let places = self.ocr_places();
        let place = places.of_field(path)?;
        let part = if place.is_hidden {
            Err(self.hidden_place_words(picture, path))
        } else {
            self.place_part(picture, &places, place).map(|part| (picture, part)).map_err(Safe::from_static)
        };
        Some((place.name.clone(), part))
    }

    /// Returns the sentence that is shown in place of a text that the mask level hides. `path` is the path of the
    /// text's field. If revealing the value would also show the text in the picture, the sentence names the key for it.
    fn hidden_place_words(&self, picture: &Picture, path: &str) -> Safe {
        let places = self.ocr_places().with_revealed(path);
        let is_drawn = places.of_field(path).is_some_and(|place| self.place_part(picture, &places, place).is_ok());
        let is_offered = is_drawn && self.prefs.focus == Focus::Detail && self.is_possible_in_pane(Action::Reveal);
        let reveals = || self.config.keymap.key_remark(Action::Reveal, "shows both for ten seconds");
        let reveals = if is_offered { reveals() } else { String::new() };
        Safe::sanitize(&format!("not drawn: the mask hides value and place{reveals}"))
    }

    /// Updates the pictures that the current frame shows. These are the pictures of the open overlay. Without the
    /// overlay, it is the text below the OCR tab, which is cut out of the front of the document.
    pub(in crate::app) fn place_pictures(&mut self) {
        let parts = match self.pictures_view() {
            Some(view) if !self.blanked && self.regions().is_some() => self.overlay_parts(view),
            _ => self.ocr_part().into_iter().collect(),
        };
        let before = std::mem::take(&mut self.selection.pictures.placed);
        if let Ok(drawing) = self.config.drawing {
            self.selection.pictures.placed = content::placed(before, parts, drawing);
        }
    }

    fn ocr_part(&self) -> Option<(Rect, Arc<Picture>, PicturePart)> {
        let area = self.place_area().filter(|_| !self.blanked)?;
        let (_, part) = self.place_under_cursor()?;
        let (picture, part) = part.ok()?;
        Some((Panel::inner_area(area), Arc::clone(picture), part))
    }

    /// Draws the lower part of the detail pane in the OCR tab: the text of the field under the cursor, cut out of the
    /// picture of the document's front. If nothing can be cut out, draws the reason in words.
    pub(in crate::app) fn view_place(&self, frame: &mut Frame<'_>) {
        let Some(area) = self.place_area() else { return };
        let theme = &self.config.theme.shown;
        frame.render_widget(Clear, area);
        let found = self.place_under_cursor();
        let (name, words) = match &found {
            Some((name, Ok(_))) => (name.clone(), Safe::from_static(" · place inferred ")),
            Some((name, Err(why))) => (name.clone(), why.clone()),
            None => (Safe::default(), Safe::from_static("This line has no place in the picture.")),
        };
        let is_drawn = matches!(found, Some((_, Ok(_))));
        let title = Line::new().word(" ID front ", Role::Title).with(name, Role::Strong);
        let title = match &found {
            Some(_) if is_drawn => title.with(words.clone(), Role::Dim),
            Some(_) => title.word(" ", Role::Plain),
            None => title,
        };
        let inside = Panel { title, bottom_line: Line::new(), focused: false }.draw(frame, area, theme);
        if is_drawn {
            if self.pictures_view().is_none() {
                self.selection.pictures.placed().iter().for_each(|placed| placed.draw(frame.buffer_mut()));
            }
        } else {
            let lines = wrap(&words, usize::from(inside.width).saturating_sub(1), Role::Dim);
            for (row, line) in inside.rows().zip(lines) {
                frame.render_widget(paint(&Line::new().word(" ", Role::Plain).with_line(line), theme), row);
            }
        }
    }
}
