//! The scenarios that change how the demo answers requests for pictures. Lists and records are as by default.

use argos_testkit::server;

use super::Step::{self, See, Sent};
use super::Wire;

/// A submission of the demo with a document.
const ID: &str = "1lzxi1nakivuuth";

impl Wire {
    /// Head and body of the answer to a request for the front of the document.
    fn front(&self) -> (String, String) {
        let (head, body) =
            server::get_with_head(&self.base_url, &self.key, &format!("/image?submission_id={ID}&type=idImage"));
        (head.to_ascii_lowercase(), body)
    }
}

const LIST: Step = See(&["50 loaded · more"]);

pub(super) static SCREENS: [(&str, &[Step]); 8] = [
    ("pictures-missing", &[LIST, Sent(|wire| wire.front().0.contains(" 404 "))]),
    // How long its pictures take is a test of the server.
    ("pictures-slow", &[LIST]),
    ("pictures-refused", &[LIST, Sent(|wire| wire.front().0.contains(" 403 "))]),
    ("pictures-broken", &[LIST, Sent(|wire| !wire.front().1.contains("IEND"))]),
    ("pictures-encrypted", &[LIST, Sent(|wire| wire.front().1.contains("isEncrypted"))]),
    ("pictures-jpeg-rotated", &[LIST, Sent(|wire| wire.front().1.contains("Exif"))]),
    ("pictures-octet-stream", &[LIST, Sent(|wire| wire.front().0.contains("application/octet-stream"))]),
    ("pictures-unnamed", &[LIST, Sent(|wire| !wire.front().0.contains("content-type"))]),
];
