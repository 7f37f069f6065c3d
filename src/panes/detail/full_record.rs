//! The state of the full record of the shown submission, in words.

use super::Detail;
use crate::kit::Remote;

/// State of the full record of a submission, for the sentences about what is not checked yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FullRecord {
    /// The full record was not requested.
    #[default]
    NotFetched,
    /// The full record was requested and has no answer yet.
    Loading,
    /// The full record was received, and a task still parses it.
    Reading,
    /// The newest request for the full record failed.
    Failed,
    /// The service has no full record for the id.
    NotFound,
}

impl FullRecord {
    /// Returns words that say why the full record is not shown. They follow the words "Not checked yet" on the screen,
    /// and are not used if the full record is shown.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotFetched => "full record not fetched",
            Self::Loading => "loading full record …",
            Self::Reading => "reading full record …",
            Self::Failed => "full record could not be loaded",
            Self::NotFound => "the service has no full record for this id",
        }
    }
}

impl Detail {
    /// Returns the state of the full record, such as "loading" or "failed". Sentences that say what is not checked yet
    /// name this state.
    pub fn full_record(&self) -> FullRecord {
        match self.single() {
            _ if self.shows_single() => FullRecord::Reading,
            Remote::Idle => FullRecord::NotFetched,
            Remote::Loading { .. } => FullRecord::Loading,
            Remote::Failed { .. } => FullRecord::Failed,
            Remote::NotFound => FullRecord::NotFound,
            Remote::Ready(never) => match *never {},
        }
    }
}
