//! Pictures of documents and faces: decoding them within limits, choosing the part that is drawn, and drawing it.
//!
//! [`Picture::decode`] reads a JPEG, PNG or WebP file from memory. A [`PictureView`] or a cut-out along corners
//! ([`Picture::cut_out`]) names the [`PicturePart`] to draw, and a [`PlacedPicture`] is this part at its place on the
//! screen. A terminal without pictures of its own shows half blocks, which are characters with two colours each; for
//! other terminals the pixels are encoded as [`PictureBytes`]. This module knows no terminal, file or
//! network.
//!
//! Three rules hold here. Nothing of a picture's metadata is kept or shown, except its orientation. No byte of the file
//! is passed on: every byte for the terminal is made from decoded pixels. Pixels are overwritten when they are dropped,
//! and no `Debug` shows them.

mod corners;
mod decode;
mod drawing;
mod fault;
mod geometry;
mod half_blocks;
mod iterm2;
mod jpeg_frame;
mod kind;
mod kitty;
mod part;
mod pixels;
mod placed;
mod scale_down;
mod sixel;
mod view;
mod webp_frames;
mod writer;

pub use corners::CornersFault;
pub use decode::{MAX_DECODE_MEMORY, MAX_FILE_BYTES, MAX_PIXELS};
pub use drawing::{CellSize, ColourDepth, NoPictures, PictureDrawing, PictureProtocol};
pub use fault::PictureFault;
pub use geometry::{PicturePoint, PictureSize, QuarterTurn};
pub use kind::ContentKind;
pub use part::{Picture, PicturePart};
pub use placed::{PlacedIdentity, PlacedPicture};
pub use view::PictureView;
pub use writer::{MAX_ENCODED, PictureBytes, PictureNumber, delete_all};
