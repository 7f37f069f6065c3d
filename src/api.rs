//! The client of the service: one request, `GET {base}/submission`, and what comes of it.
//!
//! Owns the wire: address, route, header, limits, the envelope of an answer, and the words for what goes wrong. It must not
//! know a screen, keep a submission, or let a URL, a key, a body or a value into an error. The key is hidden in every answer
//! before it is read. Answers are judged item by item
//! from their raw text, so that one unreadable item never costs the page.

mod chunk_buffer;
mod client;
mod envelope;
mod error;
mod error_facts;
mod failure;
mod item;
mod key_echo;
mod network;
mod pause;
mod probe;
mod refusal;
mod repair;
mod request_log;
mod retry;
mod sealed;
mod secure;
mod tls_fault;
mod transport_error;

pub use client::{Client, Limits};
pub use envelope::{Next, Page, Single};
pub use error::{Error, Shape};
pub use item::{Item, Unreadable};
pub use network::{
    Authorities, AuthorityFault, AuthorityProblem, Direct, NetworkVariables, ProxyFailure, ProxyFault,
    ProxyVariableFault, Route, SetupFault,
};
pub use probe::Probe;
pub use refusal::{Code, Refusal, RefusalReason};
pub use tls_fault::{Dates, TlsFault};
