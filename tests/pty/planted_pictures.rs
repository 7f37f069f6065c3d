//! The pictures of invented people. Their colours tell what may be seen of them while the mask hides identity values: blue
//! is the place of a text that it shows, and red is everything else.

use std::sync::Arc;

use argos_testkit::coding::BodyCoding;
use argos_testkit::deadline::DEADLINE;
use argos_testkit::many::surroundings;
use argos_testkit::output_judge::{Protocol, SentPicture};
use argos_testkit::pictures::png::{Png, colour};
use argos_testkit::pty::{Next, Program};
use image::Rgb;
use image::imageops::{rotate90, rotate180, rotate270};
use serde_json::Value;

use crate::keys::fence;
use crate::planted::{Kind, Person, people};
use crate::service::Service;

/// A text that the file of each picture holds beside its pixels.
const MARK: &str = "PlantedPixels";
const RED: Rgb<u8> = Rgb([255, 0, 0]);
const BLUE: Rgb<u8> = Rgb([0, 0, 255]);
/// The size of the front before it is turned.
const SIZE: (u32, u32) = (320, 200);

/// Variables of terminals that draw pictures in the four ways.
pub(crate) const TERMINALS: [(&str, &str); 4] =
    [("COLORTERM", "truecolor"), ("TERM", "xterm-kitty"), ("TERM_PROGRAM", "iTerm.app"), ("TERM", "foot")];

/// Gives the place of an item a colour. A damaged record may have no place on the picture; then nothing is painted.
fn paint(picture: &mut image::RgbImage, item: &Value, colour: Rgb<u8>) {
    let number = |corner: &str, axis: &str| item["coordinates"][corner][axis].as_u64()?.try_into().ok();
    let corners = [("first", "x"), ("first", "y"), ("third", "x"), ("third", "y")].map(|(at, axis)| number(at, axis));
    let [Some(left), Some(top), Some(right), Some(bottom)] = corners else { return };
    let (right, bottom): (u32, u32) = (picture.width().min(right), picture.height().min(bottom));
    for (x, y) in (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y))) {
        picture.put_pixel(x, y, colour);
    }
}

/// The file of a picture of a person, as the service sends it.
pub(crate) fn picture(person: &Person, kind: &str) -> Vec<u8> {
    let mut upright = image::RgbImage::from_pixel(SIZE.0, SIZE.1, RED);
    // A damaged record may have no items.
    let raw = person.whole["OCR_raw"].as_object().cloned().unwrap_or_default();
    let shown = raw.iter().filter(|(name, item)| {
        let path = format!("OCR_raw.{name}");
        let is_hidden = person.planted.iter().any(|own| own.path == path && own.kind == Kind::Identity);
        kind == "idImage" && item.get("coordinates").is_some() && !is_hidden
    });
    shown.for_each(|(_, item)| paint(&mut upright, item, BLUE));
    // A place that lies over a hidden one shows it.
    raw.iter().filter(|(name, _)| name.contains("number")).for_each(|(_, item)| paint(&mut upright, item, RED));
    let sent = match person.whole["OCR_raw"]["rotate"]["value"].as_str() {
        Some("90") => rotate90(&upright),
        Some("180") => rotate180(&upright),
        Some("270") => rotate270(&upright),
        _ => upright,
    };
    let mut png = Png::plain(sent.dimensions(), (8, colour::RGB), &[0, 0, 0]);
    png.lines = sent.rows().flat_map(|row| [0].into_iter().chain(row.flat_map(|Rgb(levels)| *levels))).collect();
    png.with(*b"tEXt", [b"Comment\0", MARK.as_bytes()].concat()).file()
}

fn is_blue([red, green, blue]: [u8; 3]) -> bool {
    i32::from(blue) > i32::from(red.max(green)) + 100
}

/// Whether a sent picture shows nothing but blue.
fn shows_blue_alone(sent: &SentPicture) -> bool {
    if sent.protocol == Protocol::Sixel {
        // Its colours are defined as `#0;2;0;0;100`, in percent.
        let text = String::from_utf8_lossy(&sent.file);
        let mut colours = text.split('#').filter_map(|part| part.split_once(";2;")).map(|(_, levels)| {
            let levels = levels.split(|c: char| c != ';' && !c.is_ascii_digit()).next().unwrap_or_default();
            let levels: Vec<u8> = levels.split(';').filter_map(|level| level.parse().ok()).collect();
            [levels[0] * 2, levels[1] * 2, levels[2] * 2]
        });
        return colours.all(is_blue);
    }
    let pixels = image::load_from_memory(&sent.file).expect("a picture").to_rgb8();
    pixels.pixels().all(|Rgb(levels)| is_blue(*levels))
}

/// The colours of pictures in half blocks: no others are beyond the sixteen of the terminal.
fn in_cells(program: &Program) -> Vec<[u8; 3]> {
    let screen = program.emulated();
    let (height, width) = screen.size();
    let cells = (0..height.get()).flat_map(|y| (0..width.get()).map(move |x| (y, x)));
    let both = cells.filter_map(|(y, x)| screen.cell(y, x)).flat_map(|cell| [cell.fgcolor(), cell.bgcolor()]);
    both.filter_map(|colour| match colour {
        vt100::Color::Rgb(red, green, blue) => Some([red, green, blue]),
        vt100::Color::Idx(index @ 16..=231) => {
            let level = |part: u8| if part == 0 { 0 } else { 55 + 40 * part };
            Some([(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6].map(level))
        }
        vt100::Color::Idx(grey @ 232..) => Some([8 + 10 * (grey - 232); 3]),
        _ => None,
    })
    .collect()
}

/// Whether a picture can be seen.
pub(crate) fn is_seen(program: &Program) -> bool {
    !program.judge().visible().is_empty() || !in_cells(program).is_empty()
}

/// Judges what was sent of pictures beyond the first `judged` ones, and what the cells show: only blue.
pub(crate) fn judge(program: &Program, judged: usize) {
    let colours = in_cells(program);
    assert!(colours.iter().all(|colour| is_blue(*colour)), "hidden places in {colours:?}:\n{}", program.screen());
    for sent in &program.judge().sent()[judged..] {
        assert!(shows_blue_alone(sent), "hidden places in {sent:?}:\n{}", program.screen());
    }
}

/// Whether nothing of a picture is in a file or in what was written.
pub(crate) fn is_absent(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    // The start of a PNG and of a JPEG, as they are and in base64.
    !["IHDR", "JFIF", "iVBORw0K", "/9j/4AAQ", MARK].iter().any(|mark| text.contains(mark))
}

/// Requests for pictures, by their kind.
pub(crate) fn requested(requests: &[String]) -> usize {
    requests.iter().filter(|request| request.contains("/image?")).count()
}

/// The service with its people, and the program on it in one of the terminals.
fn open(mask: &str, terminal: (&str, &str)) -> (Program, argos_testkit::server::TestServer, tokio::runtime::Runtime) {
    let runtime = surroundings();
    let desk = Service::new("CanaryKey7x", people(3, 8), BodyCoding::Plain, 3);
    let server = runtime.block_on(Arc::new(desk).open());
    let base = server.base();
    let variables = [("ARGOS_BASE_URL", &*base), ("ARGOS_API_KEY", "CanaryKey7x"), terminal];
    let mut program = Program::start(&["--mask", mask], &variables, 120, 40);
    if mask != "all" {
        program.allow_pictures();
    }
    program.until("loaded");
    (program, server, runtime)
}

fn leave(mut program: Program) {
    program.press("\u{1b}[27u\u{1b}[27uq");
    assert_eq!(program.exit_code(), 0);
    program.assert_clean();
    assert!(program.judge().is_balanced());
    assert!(!program.written_text().contains(MARK), "nothing of the file itself is written");
}

/// Waits until the terminal is as wanted.
pub(crate) fn until(program: &mut Program, what: &str, wanted: impl Fn(&Program) -> bool) {
    while !wanted(program) {
        let next = program.next(DEADLINE);
        assert_eq!(next, Next::Piece, "waited for {what}:\n{}", program.screen());
    }
}

/// Judges each piece until everything that was typed has been answered.
fn watch(program: &mut Program) {
    // The frame of the first one is whole when the second one begins.
    assert!(fence(program, |program| judge(program, 0)) && fence(program, |program| judge(program, 0)));
}

#[test]
fn mask_ids_shows_of_pictures_the_places_of_shown_texts_and_no_more() {
    for terminal in TERMINALS {
        let (mut program, server, _runtime) = open("ids", terminal);
        // Records whose document is turned in the picture are among them.
        for _ in 0..6 {
            program.press("i");
            until(&mut program, "a place", is_seen);
            watch(&mut program);
            let before = requested(&server.requests());
            program.press("]rr++hl");
            program.until("[Selfie]");
            watch(&mut program);
            assert_eq!(requested(&server.requests()), before, "{terminal:?}: neither back nor selfie is fetched");
            program.press("\u{1b}[27uJ");
            program.until_gone("╭ Pictures");
        }
        // The judge sees what is hidden where it is shown.
        program.press("iv");
        program.until("Shown for ten seconds");
        until(&mut program, "hidden places", |program| {
            let is_red = program.judge().sent().last().is_some_and(|sent| !shows_blue_alone(sent));
            is_red || in_cells(program).iter().any(|colour| !is_blue(*colour))
        });
        leave(program);
    }
}

#[test]
fn mask_all_neither_requests_nor_shows_a_picture() {
    for terminal in TERMINALS {
        let (mut program, server, _runtime) = open("all", terminal);
        program.press("i");
        program.until("At mask all no picture is fetched or shown");
        program.press("2ii3ii\ri]]b+ijjji");
        assert!(fence(&mut program, |_| {}) && fence(&mut program, |_| {}));
        assert!(!is_seen(&program), "{}", program.screen());
        assert_eq!(requested(&server.requests()), 0, "{terminal:?}");
        leave(program);
    }
}
