//! The client of the service: one request, `GET {base}/submission`, and what comes of it.
//!
//! Owns the wire: address, route, header, limits, the envelope of an answer, and the words for what goes wrong. It must not
//! know a screen, keep a submission, or let a URL, a key, a body or a value into an error. The key is hidden in every answer
//! before it is read. Answers are judged item by item
//! from their raw text, so that one unreadable item never costs the page.

mod client;
mod envelope;
mod error;
mod failure;
mod item;
mod key_echo;
mod mend;
mod network;
mod note;
mod pieces;
mod probe;
mod refusal;
mod retry;
mod secure;
mod wire;

pub use client::{Client, Limits};
pub use envelope::{Next, Page, Single};
pub use error::{Error, SetupFault, Shape};
pub use item::{Item, Unreadable};
pub use network::{
    Authorities, AuthorityFault, AuthorityProblem, Direct, NetworkVariables, ProxyFailure, ProxyFault,
    ProxyVariableFault, Route,
};
pub use probe::Probe;
pub use refusal::{Code, Refusal, RefusalReason};
pub use wire::{Dates, TlsFault};
