//! Tests of the division of an export into ranges, without files and without a server.

mod chains;
mod divisions;
mod invented_service;
