//! The words of the business: what a submission is, without any screen.
pub mod row;
