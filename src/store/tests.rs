//! What is loaded, against servers that send damage and servers that change while they are read.

mod classes;
mod damaged;
mod histories;
mod orders;
mod packing;
mod server;
