//! The help page over the pictures, which are shown again when the page is closed.

use super::{HelpPage, HelpPlace, Overlay, PicturesView};

impl<T> Overlay<T> {
    /// Returns the help page over the overlay `below`, which is shown again when the page is closed. Only pictures have help
    /// over them; any other overlay is closed.
    pub fn help_over(place: HelpPlace, below: Option<Self>) -> Self {
        let pictures = below.and_then(Self::into_pictures);
        Self::Help(HelpPage::new(place, pictures))
    }

    /// Returns the overlay that is shown after this one was closed: the pictures below a help page.
    #[must_use]
    pub fn below(self) -> Option<Self> {
        match self {
            Self::Help(_) => self.into_pictures().map(Self::Pictures),
            _ => None,
        }
    }

    fn into_pictures(self) -> Option<Box<PicturesView>> {
        match self {
            Self::Pictures(view) => Some(view),
            Self::Help(page) => page.pictures,
            _ => None,
        }
    }

    /// Returns the pictures if they are open, also below a help page.
    pub fn pictures(&self) -> Option<&PicturesView> {
        match self {
            Self::Pictures(view) => Some(view),
            Self::Help(page) => page.pictures.as_deref(),
            _ => None,
        }
    }

    /// As [`Self::pictures`], to change them.
    pub fn pictures_mut(&mut self) -> Option<&mut PicturesView> {
        match self {
            Self::Pictures(view) => Some(view),
            Self::Help(page) => page.pictures.as_deref_mut(),
            _ => None,
        }
    }
}
