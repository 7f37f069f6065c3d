//! The full record of the shown submission: the reason why it is not shown, in words, and whether it is to be fetched.

use jiff::Timestamp;

use super::{Detail, Subject};
use crate::kit::Remote;
use crate::text::Safe;

/// The reason why the full record of a submission is not shown. The screen names this reason where parts of the
/// submission are not checked yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FullRecord {
    /// The full record was not requested.
    #[default]
    NotFetched,
    /// The full record was requested and has no answer yet.
    Loading,
    /// A request for the full record failed, and is to be sent again after a wait.
    WaitingToRetry,
    /// A request for the full record failed, was sent again after a wait, and has no answer yet.
    Retrying,
    /// The full record is to be requested after a wait, since the service asked for a pause.
    WaitingToRequest,
    /// The full record was received, and a background task is still parsing it.
    Reading,
    /// The newest request for the full record failed.
    Failed,
    /// The service has no full record for the id.
    NotFound,
    /// The submission comes from a file, and its record is perhaps not a full record. Nothing can be fetched.
    NotInFile,
}

impl FullRecord {
    /// Returns words that say why the full record is not shown. They follow the words "Not checked yet" on the screen,
    /// and are not used if the full record is shown.
    pub const fn reason_words(self) -> &'static str {
        match self {
            Self::NotFetched => "full record not fetched",
            Self::Loading => "loading full record …",
            Self::WaitingToRetry => "waiting to retry the full record",
            Self::Retrying => "retrying the full record",
            Self::WaitingToRequest => "waiting to request the full record",
            Self::Reading => "reading full record …",
            Self::Failed => "full record could not be loaded",
            Self::NotFound => "the service has no full record for this id",
            Self::NotInFile => "not in the file",
        }
    }

    /// Returns words about a request that refreshes a shown full record. They follow words such as `full record ·
    /// fetched 12:00:00` on the screen.
    pub(super) const fn refresh_words(self) -> &'static str {
        match self {
            Self::WaitingToRetry => "waiting to retry it",
            Self::Retrying => "retrying it",
            Self::WaitingToRequest => "waiting to request it",
            _ => self.reason_words(),
        }
    }
}

impl Detail {
    /// Returns the state of the pane for submissions that come from the file `name`: no full record is fetched for
    /// them. `None` means that the submissions come from a server.
    #[must_use]
    pub fn with_file(mut self, name: Option<Safe>) -> Self {
        self.file = name;
        self
    }

    /// Returns the name of the file from which the submissions come; `None` if they come from a server.
    pub(super) const fn file(&self) -> Option<&Safe> {
        self.file.as_ref()
    }

    /// Returns whether the full record is to be fetched: it is missing or outdated, and the submissions do not come
    /// from a file. The result is `false` while a request for it runs, and after a request that failed or found no
    /// submission.
    pub fn needs_full_record(&self) -> bool {
        let is_lacking = self.subject().is_some_and(Subject::lacks_full_record);
        is_lacking && self.file.is_none() && matches!(self.full_record_request(), Remote::Idle)
    }

    /// Returns why the full record of the submission is not shown at the time `now`, such as [`FullRecord::Loading`].
    /// The screen names this reason where parts of the submission are not checked yet. The result has no meaning if the
    /// full record is shown.
    pub fn full_record(&self, now: Timestamp) -> FullRecord {
        if self.has_full_record() { FullRecord::Reading } else { self.request_state(now) }
    }

    /// Returns the state of the newest request for the full record at the time `now`. An earlier answer with the full
    /// record may be shown meanwhile.
    pub(super) fn request_state(&self, now: Timestamp) -> FullRecord {
        match self.full_record_request() {
            Remote::Idle if self.file().is_some() => FullRecord::NotInFile,
            Remote::Idle => FullRecord::NotFetched,
            Remote::Loading { request, .. } => match &request.retry {
                // The request keeps the wait after its end.
                Some(wait) => match (wait.waiting.next > 1, wait.left(now).is_zero()) {
                    (true, false) => FullRecord::WaitingToRetry,
                    (true, true) => FullRecord::Retrying,
                    (false, false) => FullRecord::WaitingToRequest,
                    (false, true) => FullRecord::Loading,
                },
                None => FullRecord::Loading,
            },
            Remote::Failed { .. } => FullRecord::Failed,
            Remote::NotFound => FullRecord::NotFound,
            Remote::Ready(never) => match *never {},
        }
    }
}
