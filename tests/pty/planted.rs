//! Submissions of invented people in which every value that must stay hidden is unlike anything else on a screen.
//!
//! What is planted is made of letters that no word of the program consists of, or of digits that no date, time or count is
//! made of; what may be seen is made of others.

use serde_json::{Map, Value, json};

use argos_testkit::dice::Dice;

/// How private a planted value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Hidden under `ids` and `all`.
    Identity,
    /// Hidden under `all`.
    Personal,
    /// Never hidden on a screen, but nothing for a disk.
    Open,
}

/// A value that was planted, or the part of it that tells it from every other text.
#[derive(Clone, Debug)]
pub(crate) struct Planted {
    pub(crate) path: &'static str,
    pub(crate) text: String,
    pub(crate) kind: Kind,
    /// How many characters at its end may be seen under `ids`.
    pub(crate) tail: usize,
}

/// A submission, as a list and as a single answer have it.
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) slim: Value,
    pub(crate) whole: Value,
    pub(crate) planted: Vec<Planted>,
}

/// Letters of personal values.
const RARE: &str = "BDGHKVW";
/// Letters and digits of document numbers: none of those letters is in what is personal, and none is a key.
const MIXED: &str = "QX3579";
/// Digits of identity numbers that have no letters: none of them begins a month, an hour or a year of this century.
const DIGITS: &str = "35789";
/// Digits of phone numbers.
const OTHERS: &str = "0246";
/// What ids are made of that everybody may see: no letter of the above, and never two digits in a row.
const PLAIN: &str = "aelmnorst";

struct Planter<'d> {
    dice: &'d mut Dice,
    planted: Vec<Planted>,
}

impl Planter<'_> {
    fn plant(&mut self, path: &'static str, kind: Kind, text: String) -> String {
        let count = text.chars().count();
        // As the product has it: a third from the end, nothing under six characters, and never more than six.
        let tail = if kind == Kind::Identity && count >= 6 { (count / 3).min(6) } else { 0 };
        self.planted.push(Planted { path, text: text.clone(), kind, tail });
        text
    }

    fn identity(&mut self, path: &'static str, alphabet: &str, length: usize) -> String {
        let text = self.dice.word(alphabet, length);
        self.plant(path, Kind::Identity, text)
    }

    /// A number with a hyphen in it, as those of the Korean registry have it.
    fn registry(&mut self, path: &'static str) -> String {
        let text = format!("{}-{}", self.dice.word(DIGITS, 6), self.dice.word(DIGITS, 7));
        self.plant(path, Kind::Identity, text)
    }

    fn personal(&mut self, path: &'static str, length: usize) -> String {
        let text = self.dice.word(RARE, length);
        self.plant(path, Kind::Personal, text)
    }

    fn name(&mut self, path: &'static str) -> String {
        let text = self.dice.word(RARE, 6);
        let mut name = text.get(..1).unwrap_or_default().to_owned();
        name.push_str(&text.get(1..).unwrap_or_default().to_lowercase());
        self.plant(path, Kind::Personal, name)
    }

    fn mail(&mut self, path: &'static str) -> String {
        let local = self.dice.word(RARE, 10).to_lowercase();
        format!("{}@example.com", self.plant(path, Kind::Personal, local))
    }

    fn link(&mut self, path: &'static str) -> String {
        let token = self.dice.word(RARE, 14).to_lowercase();
        format!("https://images.example.com/{}/{}", self.plant(path, Kind::Personal, token), path)
    }

    fn phone(&mut self, path: &'static str) -> String {
        let number = self.dice.word(OTHERS, 9);
        format!("+1 555 {}", self.plant(path, Kind::Personal, number))
    }

    /// From one of the ranges that are set aside for documentation.
    fn address(&mut self, path: &'static str) -> String {
        let text = format!("203.0.113.{}", 100 + self.dice.below(100));
        self.plant(path, Kind::Personal, text)
    }

    fn open(&mut self, path: &'static str) -> String {
        let text = plain(self.dice, 14);
        self.plant(path, Kind::Open, text)
    }
}

/// Letters with a digit here and there.
fn plain(dice: &mut Dice, length: usize) -> String {
    let digit = |at: usize| at % 4 == 3;
    (0..length).map(|at| if digit(at) { dice.word("246", 1) } else { dice.word(PLAIN, 1) }).collect()
}

/// So many people; the newest first.
pub(crate) fn people(seed: u64, count: usize) -> Vec<Person> {
    (0..count).map(|at| person(seed, at)).collect()
}

fn person(seed: u64, at: usize) -> Person {
    let salt = u64::try_from(at).expect("a number");
    let mut dice = Dice::new(seed ^ salt.wrapping_mul(0x0100_0000_01b3));
    let id = plain(&mut dice, 12);
    let mut planter = Planter { dice: &mut dice, planted: Vec::new() };
    let slim = slim(&mut planter, &id, at);
    let mut whole = slim.clone();
    merge(&mut whole, rest(&mut planter, at));
    Person { id, slim, whole, planted: planter.planted }
}

fn time(at: usize, minute: usize) -> String {
    format!("2026-11-{:02}T0{}:{minute:02}:40.000Z", 21 - at % 20, at % 10)
}

/// What a list holds of it.
fn slim(planter: &mut Planter<'_>, id: &str, at: usize) -> Value {
    let name = format!("{} {}", planter.name("data.name"), planter.name("data.name"));
    let year = 1_810 + planter.dice.below(80);
    // No other date is of that century.
    let birth = format!("{year}-0{}-1{}", 1 + planter.dice.below(9), planter.dice.below(10));
    planter.plant("data.date_of_birth", Kind::Personal, format!("{year}-0"));
    let result = ["approved", "rejected", "pending", "incomplete"][at % 4];
    json!({
        "data": { "name": name, "gender": "female", "nationality": "KOR", "date_of_birth": birth },
        "email": planter.mail("email"),
        "submission_id": id,
        "duplicated_information": planter.open("duplicated_information"),
        "created_at": time(at, 20),
        "userid": planter.open("userid"),
        "reviewer": "agent",
        "recognition_score": 84,
        "argos_score": 71,
        "image": { "idImage": planter.link("image.idImage"), "selfieImage": planter.link("image.selfieImage") },
        "kyc": { "result": result, "comment": ["Multiple attempts"], "commentCode": ["too_many_retry"] }
    })
}

/// What a single answer holds beyond that.
fn rest(planter: &mut Planter<'_>, at: usize) -> Value {
    let document = planter.identity("data.documentNumber", MIXED, 9);
    let registry = planter.registry("data.identityNumber");
    let angle = ["0", "90", "0", "270", "180"][at % 5];
    // Now and then over the place of a number.
    let of_address = if at % 4 == 3 { corners((100, 30), (180, 46)) } else { corners((100, 140), (180, 160)) };
    let spaced = format!("{} {}", planter.dice.word(MIXED, 5), planter.dice.word(MIXED, 5));
    let data = json!({
        "first_name": planter.name("data.first_name"),
        "last_name": planter.name("data.last_name"),
        "full_name": planter.name("data.full_name"),
        "identityNumber": registry,
        "documentNumber": document,
        "ssnNumber": planter.identity("data.ssnNumber", DIGITS, 12),
        "phoneNumber": planter.phone("data.phoneNumber"),
        "ip_address": planter.address("data.ip_address"),
        "address_street": planter.personal("data.address_street", 9),
        "address_city": planter.personal("data.address_city", 8),
        "address_zipcode": planter.personal("data.address_zipcode", 6),
        "address_formatted": planter.personal("data.address_formatted", 40),
        "address_input": planter.personal("data.address_input", 33),
        "idType": "passport",
        "idcard_issuingCountry": "KOR",
        "cf1": planter.personal("data.cf1", 12)
    });
    json!({
        "data": data,
        "tokenId": planter.open("tokenId"),
        "image": { "addressImage": planter.link("image.addressImage") },
        // The number again, in a field that anybody may fill in.
        "memo": { "text": document, "updated_at": time(at, 50) },
        "updateHistory": { "updateAdmin": planter.mail("updateHistory.updateAdmin"), "updateTime": time(at, 51) },
        "OCR_raw": {
            "rotate": { "value": angle },
            "number": {
                "value": planter.plant("OCR_raw.number", Kind::Identity, spaced), "score": 96, "accepted": true,
                "coordinates": corners((20, 20), (140, 40))
            },
            "license_number": {
                "value": planter.identity("OCR_raw.license_number", MIXED, 14), "score": 71,
                "coordinates": corners((20, 60), (140, 80))
            },
            "full_name": {
                "value": planter.name("OCR_raw.full_name"), "score": 88, "accepted": true,
                "coordinates": corners((100, 100), (180, 120))
            },
            "address": {
                "value": planter.personal("OCR_raw.address", 30), "score": 61, "accepted": false,
                "coordinates": of_address
            }
        },
        "ocr": {
            "number": planter.identity("ocr.number", MIXED, 9),
            "licenseNumber": planter.identity("ocr.licenseNumber", MIXED, 12),
            "curpNumber": planter.identity("ocr.curpNumber", MIXED, 18),
            "serialNumber": planter.identity("ocr.serialNumber", MIXED, 5),
            "fullName": planter.name("ocr.fullName")
        },
        "review": {
            "documentNumber": planter.identity("review.documentNumber", MIXED, 10),
            "fullName": planter.name("review.fullName")
        },
        "bank_verification": {
            "result": "success",
            "type": "occupancy",
            "bank_code": "088",
            "account_number": planter.identity("bank_verification.account_number", DIGITS, 16)
        },
        "kyc": { "attempts": [attempt(planter, at, 1), attempt(planter, at, 2)] },
        "aml": { "currentstatus": "Red Flag", "raw_data": planter.personal("aml.raw_data", 60) },
        "pre_verification": { "ip_address": planter.address("pre_verification.ip_address"), "is_valid": true },
        "Injection_action": [{
            "type": "address",
            "userInput": { "ipAddress": planter.address("Injection_action.ipAddress") }
        }],
        "additional_list": [{ "answer": "Second paper", "inputValue": registry }],
        "signals": {
            "startButtonClickTime": time(at, 10),
            "cameraProcessInfo": [{
                "type": "idcard-front-capture",
                "processStartTime": time(at, 11),
                "processEndTime": time(at, 12),
                "error": null
            }]
        },
        // What nobody documented.
        "travel": { "passportCopy": planter.identity("travel.passportCopy", MIXED, 13) },
        "deviceToken": planter.personal("deviceToken", 24),
        "household": { "members": [{ "nickname": planter.personal("household.members", 11) }] }
    })
}

/// The four corners of an upright rectangle in the front of the document.
fn corners((left, top): (u32, u32), (right, bottom): (u32, u32)) -> Value {
    let corner = |x, y| json!({ "x": x, "y": y });
    json!({
        "first": corner(left, top), "second": corner(right, top),
        "third": corner(right, bottom), "fourth": corner(left, bottom)
    })
}

fn attempt(planter: &mut Planter<'_>, at: usize, count: usize) -> Value {
    json!({
        "attemptCnt": count,
        "step1Time1st": time(at, 20 + count),
        "step2Time1st": time(at, 30 + count),
        "retryCode": ["liveness_error"],
        "verification": { "data": {
            "resUserNm": planter.name("kyc.attempts.verification"),
            "resUserIdentiyNo": planter.registry("kyc.attempts.verification")
        } },
        "verificationParams": { "identityNumber": planter.registry("kyc.attempts.verificationParams") }
    })
}

/// Adds what one object has beyond another, however deep.
fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert_with(|| Value::Object(Map::new())), value);
            }
        }
        (into, from) => *into = from,
    }
}

#[test]
fn people_are_the_same_for_the_same_seed_and_hold_many_kinds_of_values() {
    let (one, other) = (people(7, 3), people(7, 3));
    for (one, other) in one.iter().zip(&other) {
        assert_eq!((&one.id, &one.whole), (&other.id, &other.whole));
        let mut paths: Vec<&str> = one.planted.iter().map(|planted| planted.path).collect();
        paths.dedup();
        assert!(paths.len() >= 30, "{paths:?}");
        let text = one.whole.to_string();
        assert!(one.planted.iter().all(|planted| text.contains(&planted.text)));
    }
    assert_ne!(people(8, 1)[0].whole, one[0].whole);
}
