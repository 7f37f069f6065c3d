//! argos-review: a terminal reviewer for ARGOS Identity "ID check" submissions (unofficial).

pub mod query;
pub mod submission;
pub mod text;
pub mod time;
