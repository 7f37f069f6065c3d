//! The filter language: one line of text to server parameters and local terms, and back.
mod params;
pub use params::{Cursor, Params, RequestType};
