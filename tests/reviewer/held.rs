//! A key that is held down.

use crate::session::{Session, setting};
use crate::stand::Stand;

#[tokio::test]
async fn r_held_down_asks_once() {
    let stand = Stand::start().await;
    let mut session = Session::open(stand.client(), setting(), 120, 40);
    session.until_shows("full record · fetched ").await;
    assert_eq!(stand.requests().len(), 2);
    // On one thread, so that all of them wait before the loop sees the first: no pause of a busy machine parts them.
    session.press(&"r".repeat(300));
    session
        .until("the result", |screen| screen.contains("Refreshed") && screen.contains("full record · fetched "))
        .await;
    let requests = stand.requests();
    assert_eq!(requests.len(), 4, "the page and the full record once more: {requests:?}");
}
