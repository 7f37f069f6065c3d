//! The model of a submission: what an applicant's submission contains, without any screen.
//!
//! A submission is read leniently: a bad value affects only itself, and an unknown field is kept under its own name.
//! Nothing here knows the network or the terminal.

pub mod aml_subject;
pub mod answers;
pub mod assessment;
pub mod attempts;
pub mod codes;
mod document;
pub mod face_age;
pub mod fields;
pub mod find;
pub mod findings;
pub mod join;
pub mod json;
pub mod masking;
pub mod node;
pub mod ocr_places;
pub mod path;
pub mod pictures;
mod places;
pub mod provenance;
pub mod read;
pub mod retry_kind;
pub mod row;
pub mod side_by_side;
pub mod tally;
pub mod timeline;
pub mod undocumented;
pub mod webhook;
pub mod write;

pub use document::{Document, Field, classes, classes_of_both, classes_together, classes_unjudged};
pub use node::Node;
pub use pictures::{NamedPictures, PictureKind};
