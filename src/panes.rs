//! The panes: each a plain struct with its state, what changes it and how it is drawn, in one folder.
//!
//! A pane knows neither the network nor the other panes; rules that concern several live in [`app`](crate::app).

pub mod detail;
pub mod filter;
pub mod list;
