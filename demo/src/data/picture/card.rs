//! Draws the front and the back of an invented identity document, a letter that proves the address, and a selfie.

use embedded_graphics::geometry::{Point, Size};
use embedded_graphics::pixelcolor::Rgb888;
use embedded_graphics::primitives::Rectangle;
use image::DynamicImage;

use super::super::dice::{Dice, DiceStream};
use super::super::full_record::{self, IdDocument};
use super::super::submission_plan::SubmissionPlan;
use super::canvas::DemoCanvas;
use super::card_layout::{CARD, places};
use super::face;
use super::lettering::{Lettering, characters, signed, wrap};

/// The invented place that is printed as the issuer on all documents of the demo.
const PLACE: &str = "COMMONWEALTH OF SAMPLONIA (AN INVENTED PLACE)";
/// The word that is written on each picture, so that nobody takes the picture for a real document.
const SPECIMEN: &str = "SPECIMEN";

const INK: Rgb888 = Rgb888::new(18, 20, 32);
const LABEL: Rgb888 = Rgb888::new(96, 104, 124);
const PAPER: Rgb888 = Rgb888::new(252, 251, 246);

/// The colours of a card: of its ground, of the pale word [`SPECIMEN`] across the ground, and of the band with the
/// title.
struct CardColours {
    ground: Rgb888,
    pale: Rgb888,
    band: Rgb888,
}

const COLOURS: [CardColours; 4] = [
    CardColours {
        ground: Rgb888::new(232, 240, 247),
        pale: Rgb888::new(212, 225, 238),
        band: Rgb888::new(38, 70, 130),
    },
    CardColours { ground: Rgb888::new(240, 245, 232), pale: Rgb888::new(222, 233, 208), band: Rgb888::new(40, 96, 62) },
    CardColours {
        ground: Rgb888::new(248, 238, 234),
        pale: Rgb888::new(238, 220, 214),
        band: Rgb888::new(130, 44, 52),
    },
    CardColours {
        ground: Rgb888::new(243, 238, 248),
        pale: Rgb888::new(227, 218, 238),
        band: Rgb888::new(84, 54, 128),
    },
];

/// Draws the front of the document `id_document`, upright: a title, a face and the printed values. Each value is at the
/// coordinates that `OCR_raw` has for it. The printed values are the true ones, even where the service misread a value
/// in `OCR_raw`.
pub(super) fn front(plan: &SubmissionPlan, id_document: &IdDocument) -> DynamicImage {
    let mut canvas = blank(id_document, title(id_document.id_type));
    face::draw(&mut canvas, Rectangle::new(Point::new(30, 130), Size::new(250, 320)), &mut plan.face());
    let under = Rectangle::new(Point::new(30, 460), Size::new(250, 60));
    face::frame(&mut canvas, under, LABEL);
    Lettering::large(1).write(&mut canvas, "NOT A REAL DOCUMENT", under.top_left + Point::new(30, 20), LABEL);
    let fields = full_record::printed(plan, id_document);
    for (field, place) in fields.iter().zip(places(&fields)) {
        let label = field.name.replace('_', " ").to_uppercase();
        Lettering::SMALL.write(&mut canvas, &label, place.label, LABEL);
        place.lettering.draw(&mut canvas, &place.lines, place.text_at(), INK);
    }
    canvas.finish()
}

/// Draws the back of the document `id_document`: a few values that are not on the front, and a pattern of bars that
/// encodes nothing.
pub(super) fn back(plan: &SubmissionPlan, id_document: &IdDocument) -> DynamicImage {
    let (mut canvas, dice) = (blank(id_document, "BACK SIDE"), &mut plan.dice(DiceStream::Back));
    let serial = dice.fill("SP-####-@@");
    let rows = [
        ("ISSUED BY", "Office of Samples".to_owned()),
        ("SERIES", serial),
        ("CARD OF", plan.person.latin.1.to_uppercase()),
        ("REMARKS", "Worthless outside of tests".to_owned()),
    ];
    let mut top = 120;
    for (label, text) in rows {
        Lettering::SMALL.write(&mut canvas, label, Point::new(40, top), LABEL);
        Lettering::large(2).write(&mut canvas, &text, Point::new(40, top + 12), INK);
        top += 70;
    }
    let mut left = 40;
    while left < 940 {
        let (bar, gap) = (dice.number_between(2, 12), dice.number_between(3, 12));
        let width = u32::try_from(bar).unwrap_or(2);
        canvas.fill(Rectangle::new(Point::new(left, 430), Size::new(width, 150)), INK);
        left += i32::try_from(bar + gap).unwrap_or(8);
    }
    canvas.finish()
}

/// Draws a card that has no values yet: its ground, the title `title`, and the word [`SPECIMEN`] across the ground. The
/// type of the document `id_document` determines the colours.
fn blank(id_document: &IdDocument, title: &str) -> DemoCanvas {
    let colours = Dice::of_text(DiceStream::Back, id_document.id_type).choose(&COLOURS).unwrap_or(&COLOURS[0]);
    let mut canvas = DemoCanvas::new(CARD.width, CARD.height, colours.ground);
    for top in (100..620).step_by(12) {
        canvas.fill(Rectangle::new(Point::new(0, top), Size::new(CARD.width, 1)), colours.pale);
    }
    for top in [170, 420] {
        Lettering::large(8).write(&mut canvas, SPECIMEN, Point::new(330, top), colours.pale);
    }
    canvas.fill(Rectangle::new(Point::zero(), Size::new(CARD.width, 92)), colours.band);
    Lettering::large(2).write(&mut canvas, &format!("{SPECIMEN} {title}"), Point::new(36, 16), PAPER);
    Lettering::large(1).write(&mut canvas, PLACE, Point::new(36, 62), PAPER);
    face::frame(&mut canvas, Rectangle::new(Point::new(4, 4), CARD - Size::new_equal(8)), colours.band);
    canvas
}

/// Returns the title that is printed on a document of the type `id_type`, such as `PASSPORT` for `passport`.
fn title(id_type: &str) -> &'static str {
    match id_type {
        "passport" => "PASSPORT",
        "drivers_license" => "DRIVING LICENCE",
        "residence_permit" | "foreign_registrator" => "RESIDENCE PERMIT",
        "visa" => "VISA",
        "vehicle_registration_certificate" => "VEHICLE PAPER",
        _ => "IDENTITY CARD",
    }
}

/// Draws a letter that proves an address: sender, date, name and address of the person, and a text without meaning.
pub(super) fn draw_address_letter(plan: &SubmissionPlan) -> DynamicImage {
    let mut canvas = DemoCanvas::new(800, 1_100, PAPER);
    Lettering::large(9).write(&mut canvas, SPECIMEN, Point::new(40, 520), Rgb888::new(236, 234, 224));
    let (person, home) = (&plan.person, plan.person.home());
    let sent = plan.at.date().to_string();
    let street = home.map_or("", |home| home.street);
    let city = home.map_or_else(String::new, |home| format!("{} {}", home.zip, home.city));
    let bill = plan.dice(DiceStream::Back).fill("WB-######");
    let body = "Dear customer, this is the bill for water that nobody has drunk. It is drawn by a program, names an \
                invented person, and must not be paid. Please keep it with your other samples.";
    let mut top = 60;
    for (text, scale, gap) in [
        ("SAMPLE WATERWORKS", 2, 10),
        (PLACE, 1, 70),
        (person.full.as_str(), 2, 10),
        (street, 2, 10),
        (city.as_str(), 2, 10),
        (person.origin.english, 2, 60),
        (sent.as_str(), 1, 10),
        (bill.as_str(), 1, 50),
        (body, 1, 60),
        ("SPECIMEN - NOT A REAL DOCUMENT", 2, 0),
    ] {
        let text = characters(text);
        let lettering = if text.len() * 20 <= 700 { Lettering::large(scale) } else { Lettering::large(1) };
        let lines = wrap(&text, lettering.columns(700));
        lettering.draw(&mut canvas, &lines, Point::new(50, top), INK);
        top += signed(lettering.size(&lines).height) + gap;
    }
    canvas.finish()
}

/// Draws the selfie of the person of a submission.
pub(super) fn selfie(plan: &SubmissionPlan) -> DynamicImage {
    let (width, height) = (420, 532);
    let mut canvas = DemoCanvas::new(width, height, PAPER);
    face::draw(&mut canvas, Rectangle::new(Point::zero(), Size::new(width, height)), &mut plan.face());
    Lettering::large(2).write(&mut canvas, SPECIMEN, Point::new(130, 4), INK);
    canvas.finish()
}
