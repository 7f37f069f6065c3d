//! What the repository says about itself: the rules of the architecture, the README, its recipes, and the corpora of the
//! fuzz targets.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, its helpers too, and runs a shell"
)]

mod commands;
mod corpora;
mod dependencies;
mod readme;
mod recipes;
mod rules;
mod vocabulary;
