//! The pictures of submissions against the demo: what the overlay shows, and what is requested.

use argos_demo::{DemoOptions, DemoServer, Requests, Scenario};
use argos_review::app::ReviewerConfig;
use argos_review::config::{Pictures, SecureTransfer};
use argos_review::secret::ApiKey;
use argos_review::text::Mask;
use argos_testkit::server::{TestServer, answer};

use crate::servers::client;
use crate::session::{Session, TODAY, setting};

/// A reviewer on the demo with a scenario, and the requests that the demo received.
async fn reviewer(scenario: &str, setting: ReviewerConfig, width: u16, height: u16) -> (Session, Requests) {
    let scenario = Scenario::named(scenario).expect("a scenario");
    let options = DemoOptions { scenario, record: true, ..DemoOptions::new(TODAY) };
    let is_encrypted = options.scenario.name == "pictures-encrypted";
    let demo = DemoServer::bind(&options).await.expect("a port");
    let (requests, key) = (demo.requests(), demo.key().to_owned());
    let mut client = client(&demo.base_url(), &key);
    if is_encrypted {
        client = client.with_secure_transfer(SecureTransfer::Ecb, &ApiKey::new(key.as_bytes()).expect("a key"));
    }
    let client = client.with_pictures(if setting.pictures { Pictures::Ask } else { Pictures::Off });
    tokio::spawn(demo.serve(std::future::pending()));
    (Session::open(client, setting, width, height), requests)
}

fn unmasked() -> ReviewerConfig {
    ReviewerConfig { mask: Mask::None, ..setting() }
}

/// The requests for pictures.
fn of_pictures(requests: &Requests) -> Vec<String> {
    requests.all().into_iter().map(|request| request.target).filter(|target| target.contains("/image")).collect()
}

fn half_blocks(screen: &str) -> usize {
    screen.matches('▀').count() + screen.matches('▄').count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_document_is_drawn_after_its_key_and_not_before() {
    for (width, height) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let (mut session, requests) = reviewer("default", unmasked(), width, height).await;
        session.until_shows("loaded").await;
        session.press("jk");
        assert!(of_pictures(&requests).is_empty());
        session.press("i");
        let screen = session.until("a picture", |screen| half_blocks(screen) > 60).await;
        assert!(screen.contains("ID front"), "{screen}");
        assert_eq!(of_pictures(&requests).len(), 1);
        session.press("<esc>");
        session.until("no picture", |screen| half_blocks(screen) == 0).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_picture_is_said_in_one_sentence() {
    for (scenario, words, helps) in [
        ("pictures-missing", "The service does not find this picture (404).", false),
        ("pictures-refused", "(403).", true),
        ("pictures-broken", "ID front: not shown", true),
    ] {
        let (mut session, requests) = reviewer(scenario, unmasked(), 120, 40).await;
        session.until_shows("loaded").await;
        session.press("i");
        let screen = session.until_shows(words).await;
        assert_eq!((screen.contains("try again"), half_blocks(&screen)), (helps, 0), "{scenario}: {screen}");
        assert_eq!(of_pictures(&requests).len(), 1, "{scenario}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_is_drawn_however_it_is_sent() {
    for scenario in ["pictures-encrypted", "pictures-octet-stream", "pictures-unnamed", "pictures-jpeg-rotated"] {
        let (mut session, _) = reviewer(scenario, unmasked(), 120, 40).await;
        session.until_shows("loaded").await;
        session.press("i");
        session.until(scenario, |screen| half_blocks(screen) > 100).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_on_its_way_is_said_and_leaving_ends_its_request() {
    let (mut session, requests) = reviewer("pictures-slow", unmasked(), 120, 40).await;
    session.until_shows("loaded").await;
    session.press("i");
    let screen = session.until_shows("ID front: being fetched …").await;
    assert_eq!(half_blocks(&screen), 0);
    session.press("<esc>j");
    session.until("the list", |screen| !screen.contains("being fetched")).await;
    assert!(of_pictures(&requests).len() <= 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_requested_at_mask_all_or_while_pictures_are_off() {
    let all = ReviewerConfig { mask: Mask::All, ..setting() };
    let off = ReviewerConfig { pictures: false, ..unmasked() };
    for (setting, words) in [(all, "At mask all no picture"), (off, "Pictures are off")] {
        let (mut session, requests) = reviewer("default", setting, 120, 40).await;
        session.until_shows("loaded").await;
        session.press("i");
        session.until_shows(words).await;
        session.press("j2i");
        session.until_shows(words).await;
        assert!(of_pictures(&requests).is_empty(), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_mask_ids_only_places_of_shown_fields_are_drawn() {
    let (mut session, requests) = reviewer("default", setting(), 120, 40).await;
    session.until_shows("loaded").await;
    session.until_shows("full record · fetched").await;
    session.press("i");
    let screen = session.until_shows("place inferred").await;
    assert!(half_blocks(&screen) > 20 && !screen.contains(" · fit"), "{screen}");
    session.press("v");
    session.until_shows(" · fit").await;
    session.press("m");
    let screen = session.until_shows("At mask all no picture is fetched or shown.").await;
    assert_eq!(half_blocks(&screen), 0, "{screen}");
    assert_eq!(of_pictures(&requests).len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_small_screen_the_places_that_do_not_fit_are_said() {
    let (mut session, _) = reviewer("default", setting(), 80, 24).await;
    session.until_shows("loaded").await;
    session.press("<enter>");
    session.until_shows("full record · fetched").await;
    session.press("i");
    let screen = session.until_shows("place inferred").await;
    assert!(screen.contains("Only places of shown fields: 1–4 of 8 · j/k scroll · v shows"), "{screen}");
    assert_eq!(screen.matches("place inferred").count(), 4, "{screen}");
    session.press("jjjjjjj");
    session.until_shows("of 8 · j/k scroll").await;
    session.until_shows("authority · place inferred").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_retry_counts_down_and_then_shows_the_picture() {
    let list = r#"{"Items":[{"submission_id":"s1","kyc":{"result":"pending"}}]}"#;
    let mut picture = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_pixel(40, 25, image::Rgb([200, 90, 30]));
    pixels.write_to(&mut picture, image::ImageFormat::Png).expect("a picture");
    let picture = picture.into_inner();
    let count = std::sync::atomic::AtomicUsize::new(0);
    let server = TestServer::answering(move |request| {
        if !request.contains("/image?") {
            return answer(200, "", list);
        }
        match count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
            0 => answer(429, "Retry-After: 1\r\n", ""),
            _ => answer(200, "Content-Type: image/png\r\n", &picture),
        }
    });
    let mut session = Session::open(client(&server.base(), "a-key"), unmasked(), 120, 40);
    session.until_shows("loaded").await;
    session.press("i");
    session.until_shows("try 2 of 3").await;
    session.until("a picture", |screen| half_blocks(screen) > 100).await;
}
