//! The panes list, filter and detail. Each is a plain struct in a folder of its own, with its state, its changes and
//! its drawing.
//!
//! A pane knows neither the network nor the other panes; rules that concern several panes are in [`app`](crate::app).

pub mod detail;
pub mod filter;
pub mod list;
