//! The text field of an overlay, such as the search of the help page: typing, pasting and editing.

use super::Overlay;
use crate::kit::Scroll;
use crate::ui::TextField;

impl<T> Overlay<T> {
    /// Returns the text field that the user is typing into; `None` if the overlay has no text field, or if the user is
    /// not typing into it.
    pub fn field(&self) -> Option<&TextField> {
        match self {
            Self::Help(page) => page.field(),
            Self::Export(menu) => Some(&menu.field),
            Self::Views(menu) => menu.field(),
            Self::Palette(menu) => Some(menu.field()),
            _ => None,
        }
    }

    /// Returns the text field that the user is typing into, for changes. See [`Self::field`].
    fn field_mut(&mut self) -> Option<&mut TextField> {
        match self {
            Self::Help(page) => page.field_mut(),
            Self::Export(menu) => Some(&mut menu.field),
            Self::Views(menu) => menu.field_mut(),
            Self::Palette(menu) => Some(menu.field_mut()),
            _ => None,
        }
    }

    /// Inserts a typed character into the text field of the overlay. Does nothing without a text field.
    pub fn type_char(&mut self, c: char) {
        self.edit_field(|field| field.insert(c));
    }

    /// Inserts a pasted text into the text field of the overlay. Does nothing without a text field.
    pub fn paste(&mut self, text: &str) {
        self.edit_field(|field| field.paste(text));
    }

    /// Calls `edit` with the text field of the overlay and returns its result. Returns `None` if the overlay has no
    /// text field. If `edit` changes the text, the overlay is adapted to it: for example, the help page shows other
    /// lines.
    pub(super) fn edit_field<R>(&mut self, edit: impl FnOnce(&mut TextField) -> R) -> Option<R> {
        let field = self.field_mut()?;
        let before = field.text().to_owned();
        let result = edit(field);
        if field.text() != before {
            self.text_changed();
        }
        Some(result)
    }

    /// Adapts the overlay after the text in its field changed. The help page goes to its first matching line. The
    /// export menu moves its cursor to the format that the ending of the path names.
    fn text_changed(&mut self) {
        match self {
            Self::Help(page) => page.scroll = Scroll::default(),
            Self::Export(menu) => menu.follow_path(),
            _ => {}
        }
    }
}
