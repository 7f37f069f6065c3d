//! A key that is held down.

use crate::servers::SwitchedDemo;
use crate::session::{Session, setting};

#[tokio::test]
async fn r_held_down_asks_once() {
    let demo = SwitchedDemo::start().await;
    let mut session = Session::open(demo.client(), setting(), 120, 40);
    session.until_shows("full record · fetched ").await;
    assert_eq!(demo.requests().len(), 2);
    // On one thread, so that all of them wait before the loop sees the first: no pause of a busy machine parts them.
    session.press(&"r".repeat(300));
    session
        .until("the result", |screen| screen.contains("Refreshed") && screen.contains("full record · fetched "))
        .await;
    let requests = demo.requests();
    assert_eq!(requests.len(), 4, "the page and the full record once more: {requests:?}");
}
