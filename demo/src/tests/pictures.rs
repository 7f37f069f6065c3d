//! Requests for pictures, from outside.

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};

use super::*;
use crate::cipher;
use crate::data::NamedPicture;

/// Number of newest submissions that are asked for their pictures.
const NEWEST: usize = 14;

impl Caller {
    /// The answer to a request for a picture: its status, its head in lower case, and the bytes of its body.
    async fn image(&self, query: &str) -> (u16, String, Vec<u8>) {
        let mut stream = TcpStream::connect(self.address).await.expect("the server listens");
        let head = format!("GET /v3/image{query} HTTP/1.1\r\nx-api-key: {}\r\n", self.key);
        let request = format!("{head}host: demo\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("the server reads");
        let mut answer = Vec::new();
        // A body that breaks off ends the connection; what was received until then is the answer.
        let _ = stream.read_to_end(&mut answer).await;
        let end = answer.windows(4).position(|part| part == b"\r\n\r\n").expect("head and body");
        let head = String::from_utf8(answer[..end].to_vec()).expect("a head is text").to_ascii_lowercase();
        (status(&head), head, answer[end + 4..].to_vec())
    }

    async fn refused_image(&self, query: &str) -> (u16, String) {
        let (status, head, body) = self.image(query).await;
        assert!(head.contains("content-type: application/json"), "{head}");
        (status, String::from_utf8(body).expect("text"))
    }

    /// The newest full records.
    async fn newest(&self) -> Vec<Value> {
        let (items, _) = self.page(&format!("?count={NEWEST}")).await;
        let mut whole = Vec::new();
        for id in ids(&items) {
            whole.extend(self.page(&format!("?submission_id={id}")).await.0);
        }
        whole
    }
}

fn query(record: &Value, word: &str) -> String {
    format!("?submission_id={}&type={word}", record["submission_id"].as_str().expect("an id"))
}

fn media_type(head: &str) -> Option<&str> {
    head.lines().find_map(|line| line.strip_prefix("content-type: "))
}

/// The format and the picture of a file, turned as its EXIF data say.
fn read(bytes: &[u8]) -> (ImageFormat, Orientation, DynamicImage) {
    let reader = ImageReader::new(io::Cursor::new(bytes)).with_guessed_format().expect("bytes in memory");
    let format = reader.format().expect("a known format");
    let mut decoder = reader.into_decoder().expect("a picture");
    let orientation = decoder.orientation().expect("an orientation");
    let mut picture = DynamicImage::from_decoder(decoder).expect("a whole picture");
    picture.apply_orientation(orientation);
    (format, orientation, picture)
}

#[tokio::test]
async fn each_picture_that_a_record_names_can_be_had_and_no_other() {
    served(&options(), async |caller| {
        let mut met = BTreeMap::new();
        for record in caller.newest().await {
            let map = record.as_object().expect("an object");
            for named in NamedPicture::ALL {
                let (status, head, body) = caller.image(&query(&record, named.word())).await;
                assert_eq!(status == 200, named.is_named_in(map), "{head} {}", query(&record, named.word()));
                *met.entry((named.word(), status)).or_insert(0) += 1;
                if status == 200 {
                    let (format, _, _) = read(&body);
                    assert_eq!(media_type(&head), Some(format.to_mime_type()));
                    assert!(body.len() < 150_000, "{} bytes of {}", body.len(), named.word());
                } else {
                    assert_eq!(String::from_utf8_lossy(&body), r#"{"message":"Image not found"}"#);
                }
            }
        }
        let kinds: Vec<(&str, u16)> = met.into_keys().collect();
        assert!(kinds.contains(&("idBackImage", 404)) && kinds.contains(&("idBackImage", 200)), "{kinds:?}");
    })
    .await;
}

#[tokio::test]
async fn id_of_a_picture_may_be_spelt_in_two_ways() {
    served(&options(), async |caller| {
        let record = caller.newest().await.swap_remove(1);
        let (_, _, one) = caller.image(&query(&record, "idImage")).await;
        let other = query(&record, "idImage").replace("submission_id", "submissionId");
        let (status, _, other_one) = caller.image(&other).await;
        assert!(status == 200 && other_one == one, "the same picture");
        let asked: Vec<String> = caller.requests.all().into_iter().map(|request| request.target).collect();
        assert!(asked.contains(&format!("/v3/image{other}")), "{asked:?}");
    })
    .await;
}

#[tokio::test]
async fn requests_for_pictures_that_make_no_sense_are_refused() {
    served(&options(), async |caller| {
        let record = caller.newest().await.swap_remove(0);
        let id = record["submission_id"].as_str().expect("an id").to_owned();
        for (query, status, said) in [
            (format!("?submission_id={id}"), 400, "Invalid parameter: type"),
            ("?type=idImage".to_owned(), 400, "Invalid parameter: submission_id"),
            (String::new(), 400, "Invalid parameter: submission_id"),
            (format!("?submission_id={id}&type=idimage"), 400, "Invalid format: type"),
            (format!("?submission_id={id}&type="), 400, "Invalid format: type"),
            ("?submission_id=&type=idImage".to_owned(), 400, "Invalid format: submission_id"),
            (format!("?submission_id={id}&submissionId={id}&type=idImage"), 400, "Invalid parameter: submissionId"),
            (format!("?submission_id={id}&type=idImage&size=9"), 400, "Invalid parameter: size"),
            ("?submission_id=nobodyhasthisid&type=idImage".to_owned(), 404, "Submission not found"),
        ] {
            let refused = caller.refused_image(&query).await;
            assert_eq!(refused.0, status, "{query}");
            assert!(refused.1.contains(&format!(r#""message":"{said}""#)), "{query}: {}", refused.1);
        }
        let (status, body) = caller.send("GET /v3/image?type=idImage HTTP/1.1\r\n").await;
        assert_eq!((status, body.to_string().as_str()), (403, r#"{"message":"Forbidden"}"#));
        let key = format!("x-api-key: {}\r\n", caller.key);
        for line in ["PUT /v3/image", "GET /v3/images", "GET /v3/image/idImage"] {
            let (status, body) = caller.send(&format!("{line} HTTP/1.1\r\n{key}")).await;
            assert_eq!((status, body["message"].as_str()), (403, Some("Missing Authentication Token")), "{line}");
        }
    })
    .await;
}

/// Asks a server that plays `name` for the front of the newest document.
async fn front_in(name: &str) -> (u16, String, Vec<u8>) {
    served(&playing(name), async |caller| {
        let (items, _) = caller.page("?count=20").await;
        let record = items.into_iter().find(|item| item["image"].get("idImage").is_some()).expect("a document");
        caller.image(&query(&record, "idImage")).await
    })
    .await
}

#[tokio::test]
async fn scenarios_withhold_pictures_or_send_them_under_another_type() {
    let (status, _, body) = front_in("pictures-missing").await;
    assert_eq!((status, body.as_slice()), (404, br#"{"message":"Image not found"}"#.as_slice()));
    let (status, _, body) = front_in("pictures-refused").await;
    assert_eq!((status, body.as_slice()), (403, br#"{"message":"Forbidden"}"#.as_slice()));
    for (name, wanted) in [
        ("default", Some("image/png")),
        ("pictures-unnamed", None),
        ("pictures-octet-stream", Some("application/octet-stream")),
    ] {
        let (status, head, body) = front_in(name).await;
        assert_eq!((status, media_type(&head)), (200, wanted), "{name}");
        assert_eq!(read(&body).0, ImageFormat::Png, "{name}");
    }
}

#[tokio::test]
async fn jpeg_files_are_turned_by_their_exif_data_to_the_picture_of_the_default() {
    let mut turns = BTreeSet::new();
    let drawn = served(&playing("default"), async |caller| faces(&caller).await).await;
    let turned = served(&playing("pictures-jpeg-rotated"), async |caller| faces(&caller).await).await;
    assert!(drawn.len() > 3 && drawn.len() == turned.len());
    for (one, other) in drawn.iter().zip(&turned) {
        let (one, (format, orientation, other)) = (read(one).2.to_luma8(), read(other));
        assert_eq!(format, ImageFormat::Jpeg);
        assert!(turns.insert(orientation.to_exif()) || turns.len() == 3);
        let other = other.to_luma8();
        assert_eq!(one.dimensions(), other.dimensions());
        let apart = one.pixels().zip(other.pixels()).filter(|(one, other)| one[0].abs_diff(other[0]) > 60).count();
        assert!(apart < one.len() / 100, "{apart} pixels differ");
    }
    assert_eq!(turns.into_iter().collect::<Vec<_>>(), [3, 6, 8]);
}

async fn faces(caller: &Caller) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    for record in caller.newest().await.iter().take(6) {
        let (status, _, body) = caller.image(&query(record, "selfieImage")).await;
        if status == 200 {
            files.push(body);
        }
    }
    files
}

#[tokio::test]
async fn encrypted_pictures_open_with_the_key_and_may_be_asked_for_plainly() {
    let plain = front_in("default").await.2;
    served(&playing("pictures-encrypted"), async |caller| {
        let data = DemoData::new(date(2026, 11, 21));
        let id =
            data.plans().iter().find(|plan| plan.full_record().contains_key("OCR_raw")).expect("a document").id.clone();
        let asked = serde_json::json!({ "submission_id": id, "type": "idImage" }).to_string();
        let data = cipher::encrypt(&caller.key, asked.as_bytes());
        let sealed = form_urlencoded::Serializer::new("?".to_owned()).append_pair("data", &data).finish();
        for query in [format!("?submission_id={id}&type=idImage"), sealed] {
            let (status, head, body) = caller.image(&query).await;
            assert_eq!((status, media_type(&head)), (200, Some("application/json")));
            let body: Value = serde_json::from_slice(&body).expect("JSON");
            assert_eq!(body["isEncrypted"], true);
            let opened = cipher::decrypt(&caller.key, body["data"].as_str().expect("text")).expect("this key");
            assert!(opened == plain, "the picture of the default scenario");
        }
    })
    .await;
}

#[tokio::test]
async fn broken_pictures_are_of_ten_kinds_and_none_can_be_read() {
    served(&playing("pictures-broken"), async |caller| {
        let (items, _) = caller.page("?count=60").await;
        let mut kinds = BTreeMap::new();
        for (at, record) in items.iter().enumerate().filter(|(_, item)| item["image"].get("idImage").is_some()) {
            if kinds.contains_key(&(at % 10)) {
                continue;
            }
            let (status, head, body) = caller.image(&query(record, "idImage")).await;
            assert_eq!(status, 200, "{head}");
            let too_large = body.len() > 12 * 1_024 * 1_024;
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
            let cut = length.is_some_and(|length| length > body.len());
            let mut reader = ImageReader::new(io::Cursor::new(&body)).with_guessed_format().expect("in memory");
            let mut limits = image::Limits::default();
            limits.max_image_width = Some(10_000);
            reader.limits(limits);
            assert!(too_large || cut || reader.decode().is_err(), "{at}: {head}");
            kinds.insert(at % 10, (body.is_empty(), too_large, cut));
        }
        assert_eq!(kinds.len(), 10, "{kinds:?}");
        let number = |is: fn(&(bool, bool, bool)) -> bool| kinds.values().filter(|kind| is(kind)).count();
        let (empty, too_large, cut) = (number(|kind| kind.0), number(|kind| kind.1), number(|kind| kind.2));
        assert_eq!((empty, too_large, cut), (1, 1, 1), "{kinds:?}");
    })
    .await;
}
