//! Opens the help page over another overlay, which is shown again when the page is closed.

use super::{HelpPage, HelpPlace, Overlay, PicturesView};

impl<T> Overlay<T> {
    /// Returns the help page, which begins with the keys of `place`. `below` is the overlay that it covers, which is
    /// shown again when the page is closed.
    pub fn help_over(place: HelpPlace, below: Option<Self>) -> Self {
        Self::Help(HelpPage::new(place, below.map(Box::new)))
    }

    /// Returns the overlay to show after this one was closed: the one that a help page covers. `None` if there is no
    /// such overlay.
    #[must_use]
    pub fn below(self) -> Option<Self> {
        if let Self::Help(page) = self { page.below.map(|below| *below) } else { None }
    }

    /// Returns the overlay that this help page covers. If this overlay is no help page, or covers no overlay, returns
    /// this overlay itself.
    pub fn under_help(&self) -> &Self {
        match self {
            Self::Help(HelpPage { below: Some(below), .. }) => below,
            _ => self,
        }
    }

    /// Returns the overlay that this help page covers, or this overlay itself, for changes. See [`Self::under_help`].
    pub fn under_help_mut(&mut self) -> &mut Self {
        match self {
            Self::Help(HelpPage { below: Some(below), .. }) => below,
            overlay => overlay,
        }
    }

    /// Returns the state of the overlay with the pictures if it is open, even if a help page covers it; otherwise
    /// `None`.
    pub fn pictures(&self) -> Option<&PicturesView> {
        if let Self::Pictures(view) = self.under_help() { Some(view) } else { None }
    }

    /// Returns the state of the overlay with the pictures, for changes. See [`Self::pictures`].
    pub fn pictures_mut(&mut self) -> Option<&mut PicturesView> {
        if let Self::Pictures(view) = self.under_help_mut() { Some(view) } else { None }
    }
}
