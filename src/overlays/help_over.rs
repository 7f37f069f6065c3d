//! The help page over another overlay, which is shown again when the page is closed.

use super::{HelpPage, HelpPlace, Overlay, PicturesView};

impl<T> Overlay<T> {
    /// Returns the help page over the overlay `below`, which is shown again when the page is closed.
    pub fn help_over(place: HelpPlace, below: Option<Self>) -> Self {
        Self::Help(HelpPage::new(place, below.map(Box::new)))
    }

    /// Returns the overlay that is shown after this one was closed: the one below a help page.
    #[must_use]
    pub fn below(self) -> Option<Self> {
        if let Self::Help(page) = self { page.below.map(|below| *below) } else { None }
    }

    /// Returns the overlay below this help page. Returns this overlay itself if it is no help page, or if nothing is
    /// below it.
    pub fn under_help(&self) -> &Self {
        match self {
            Self::Help(HelpPage { below: Some(below), .. }) => below,
            _ => self,
        }
    }

    /// As [`Self::under_help`], to change the overlay.
    pub fn under_help_mut(&mut self) -> &mut Self {
        match self {
            Self::Help(HelpPage { below: Some(below), .. }) => below,
            overlay => overlay,
        }
    }

    /// Returns the pictures if they are open, also below a help page.
    pub fn pictures(&self) -> Option<&PicturesView> {
        if let Self::Pictures(view) = self.under_help() { Some(view) } else { None }
    }

    /// As [`Self::pictures`], to change them.
    pub fn pictures_mut(&mut self) -> Option<&mut PicturesView> {
        if let Self::Pictures(view) = self.under_help_mut() { Some(view) } else { None }
    }
}
