//! The source from which the program gets submissions: the service, or files.

use std::sync::Arc;

use super::SubmissionFile;
use crate::access::AccessAction;
use crate::api::{Client, Page, PictureFile, RecordAnswer, RequestError};
use crate::config::Pictures;
use crate::failure::Waiting;
use crate::query::{Cursor, Params};
use crate::submission::PictureKind;

/// Source of submissions: the service through its client, or files in memory. A clone is cheap.
#[derive(Clone)]
pub enum RecordSource {
    /// The service, or the demo server.
    Service(Box<Client>),
    /// Files that were read into memory. Nothing is requested, and no client exists.
    File(Arc<SubmissionFile>),
}

impl From<Client> for RecordSource {
    fn from(client: Client) -> Self {
        Self::Service(Box::new(client))
    }
}

impl RecordSource {
    /// Returns the same source, whose requests have the name `call` in the request log. The name says which activity
    /// sends the requests, such as `export`.
    #[must_use]
    pub fn with_call_name(&self, call: &'static str) -> Self {
        match self {
            Self::Service(client) => Self::Service(Box::new(client.with_call_name(call))),
            Self::File(_) => self.clone(),
        }
    }

    /// Returns whether the submissions come from files.
    pub const fn is_file(&self) -> bool {
        matches!(self, Self::File(_))
    }

    /// Returns one page of the list. `cursor` is the page key (what the service names to request the next page); `None`
    /// means the first page. `params` are the parameters of the request. For a file they are ignored: this program
    /// tests the whole filter itself (see [`Query::parse_offline`](crate::query::Query::parse_offline)).
    ///
    /// # Errors
    /// Returns the error of [`Client::fetch_page`]. A page of a file never fails.
    pub async fn fetch_page(&self, params: &Params, cursor: Option<&Cursor>) -> Result<Page, RequestError> {
        match self {
            Self::Service(client) => client.fetch_page(params, cursor).await,
            Self::File(file) => Ok(file.page(cursor)),
        }
    }

    /// Returns the full record of the submission with this id. If the source is a file, returns the record in the file,
    /// which may be incomplete.
    ///
    /// # Errors
    /// Returns the error of [`Client::fetch_record`].
    pub async fn fetch_record(&self, id: &str) -> Result<RecordAnswer, RequestError> {
        match self {
            Self::Service(client) => client.fetch_record(id).await,
            Self::File(file) => Ok(file.record_with_id(id)),
        }
    }

    /// Returns the same source with the setting `pictures`, which says whether pictures may be fetched. For a file, the
    /// setting is ignored.
    #[must_use]
    pub fn with_pictures(self, pictures: Pictures) -> Self {
        match self {
            Self::Service(client) => Self::Service(Box::new(client.with_pictures(pictures))),
            Self::File(_) => self,
        }
    }

    /// Returns the picture of the kind `kind` of the submission with this id.
    ///
    /// # Errors
    /// Returns the error of [`Client::fetch_picture`]. A file contains no pictures: the error is then
    /// [`RequestError::PicturesOff`].
    pub async fn fetch_picture(&self, id: &str, kind: PictureKind) -> Result<PictureFile, RequestError> {
        match self {
            Self::Service(client) => client.fetch_picture(id, kind).await,
            Self::File(_) => Err(RequestError::PicturesOff),
        }
    }

    /// Calls `send_request`, which sends a request to the service, and returns its result. If the request fails, it is
    /// repeated by the rules of [`Client::with_retry`]; `on_wait` is called before each wait. For files, `send_request`
    /// is called once.
    ///
    /// # Errors
    /// Returns the error of the last call of `send_request`.
    pub async fn with_retry<T, F: Future<Output = Result<T, RequestError>>>(
        &self,
        mut send_request: impl FnMut() -> F,
        on_wait: impl FnMut(Waiting),
    ) -> Result<T, RequestError> {
        match self {
            Self::Service(client) => client.with_retry(send_request, on_wait).await,
            Self::File(_) => send_request().await,
        }
    }

    /// Records in the access log that the user did `action` with the submissions `ids`. Nothing is recorded for a file:
    /// the access log is about submissions that the service sent.
    ///
    /// # Errors
    /// Returns the error of [`Client::record`].
    pub fn record<'a>(&self, action: AccessAction, ids: impl IntoIterator<Item = &'a str>) -> Result<(), RequestError> {
        match self {
            Self::Service(client) => client.record(action, ids),
            Self::File(_) => Ok(()),
        }
    }

    /// Returns whether an answer of the service contained the API key since the last call of this function.
    pub fn take_key_echo(&self) -> bool {
        match self {
            Self::Service(client) => client.take_key_echo(),
            Self::File(_) => false,
        }
    }
}
