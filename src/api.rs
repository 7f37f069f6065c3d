//! The client of the service: it sends two kinds of requests, `GET {base}/submission` and, for a picture that the user
//! asks for, `GET {base}/image`, and reads the answers.
//!
//! This module does everything that concerns the network: addresses, proxies, headers, limits, the outer JSON object of
//! an answer (its envelope), and the messages for failures. This module must not depend on the screen and must not keep
//! a submission. Its errors must not hold a URL, a key, an answer's body or a value. The API key is hidden in every
//! answer before the answer is read. Each item of an answer is read separately, from its raw text. One unreadable item
//! therefore does not make the whole page unusable.

mod chunk_buffer;
mod ciphertext;
mod client;
mod envelope;
mod error;
mod error_facts;
mod failure;
mod item;
mod key_echo;
mod network;
mod pause;
mod picture_failure;
mod probe;
mod refusal;
mod repair;
mod request_failure;
mod request_log;
mod retry;
mod secure;
mod tls_fault;
mod transport_error;

pub use client::{Client, Limits, PictureFile};
pub use envelope::{NextPage, Page, RecordAnswer};
pub use error::{RequestError, ShapeFault};
pub(crate) use item::read_id;
pub use item::{Item, Unreadable};
pub use network::{
    Authorities, AuthorityFault, AuthorityProblem, Direct, NetworkVariables, ProxyFailure, ProxyFault,
    ProxyVariableFault, Route, SetupFault,
};
pub use picture_failure::picture_failure;
pub use probe::Probe;
pub use refusal::{Code, Refusal, RefusalReason};
pub(crate) use repair::repair;
pub use request_failure::{page_failure, record_failure};
pub use tls_fault::{TlsFault, ValidityLimit};
