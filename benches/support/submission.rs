//! One invented submission as a list sends it in the heaviest shape: every block that the documentation knows of, 5.3
//! KB (median) and 9.6 KB (p99).

use argos_testkit::dice::Dice;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::home::{HOMES, Home};

/// When the newest submission was made, in milliseconds since 1970: 2026-06-30T23:59:59Z.
const NEWEST: i64 = 1_782_863_999_000;
/// Time between two submissions, in milliseconds: 100,000 of them fill 87 days.
const STEP: i64 = 75_000;
const ALPHABET: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

const ID_TYPES: [&str; 5] = ["passport", "drivers_license", "government_id", "residence_permit", "visa"];
const REJECTIONS: [[&str; 2]; 4] = [
    ["id_image_badImage", "Unable to read the ID image."],
    ["expired_id", "The ID has expired."],
    ["too_many_retry", "Multiple invalid KYC attempts"],
    ["id_info_dataMismatch", "제출하신 신분증의 정보와 입력하신 정보가 일치하지 않습니다."],
];
const RETRIES: [[&str; 3]; 3] = [
    ["step1", "recognition_fail", "recognition score under threshold"],
    ["step2", "liveness_error", "Liveness fail: Face is too close to one or more borders. Please retry."],
    ["step2", "face_compare_underscore", "The face doesn't match. Please retry with another face image."],
];
const READ_FIELDS: [&str; 9] =
    ["firstName", "lastName", "birthDate", "number", "expireDate", "issueDate", "nationality", "gender", "fullName"];
const CAMERAS: [&str; 3] = ["idcard-front-capture", "idcard-back-capture", "id-document-face-passive"];

/// Returns the submission with this index; 0 is the newest. The index alone decides what it holds.
pub(crate) fn submission(index: usize) -> Value {
    Draw::new(index).submission()
}

/// Returns the index of the submission with an id, which ends in it.
pub(crate) fn index_of(id: &str) -> Option<usize> {
    id.get(6..)?.parse().ok()
}

struct Draw {
    dice: Dice,
    id: String,
    created: i64,
    home: &'static Home,
    given: &'static str,
    family: &'static str,
    full: String,
    birth: String,
    number: String,
    result: &'static str,
}

impl Draw {
    fn new(index: usize) -> Self {
        let place = i64::try_from(index).expect("an index");
        let mut dice = Dice::new(0x5eed ^ place.unsigned_abs().wrapping_mul(0xd1b5_4a32_d192_ed03));
        let home = dice.choose(&HOMES);
        let (given, family) = (*dice.choose(home.given), *dice.choose(home.family));
        let full = if home.native.is_empty() || dice.percent(40) {
            format!("{given} {family}")
        } else {
            (*dice.choose(home.native)).to_owned()
        };
        let jitter = i64::try_from(dice.below(75_000)).expect("a small number");
        Self {
            id: format!("{}{index:08}", dice.word(ALPHABET, 6)),
            created: NEWEST - place * STEP - jitter,
            birth: format!("{}-{:02}-{:02}", 1950 + dice.below(58), 1 + dice.below(12), 1 + dice.below(28)),
            number: format!("M{:08}", dice.below(100_000_000)),
            result: match dice.below(100) {
                0..62 => "approved",
                62..83 => "rejected",
                83..97 => "pending",
                _ => "incomplete",
            },
            dice,
            home,
            given,
            family,
            full,
        }
    }

    /// A time that is a number of seconds after the creation.
    fn time(&self, seconds: i64) -> String {
        let at = Timestamp::from_millisecond(self.created + seconds * 1_000).expect("a time of this century");
        at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
    }

    fn word(&mut self, length: usize) -> String {
        self.dice.word(ALPHABET, length)
    }

    /// A number from 0 to below `end`, with decimals.
    fn fraction(&mut self, end: usize, decimals: u32) -> f64 {
        let steps = 10_usize.pow(decimals);
        self.dice.below(end * steps) as f64 / steps as f64
    }

    fn image(&mut self, kind: &str) -> String {
        let name = self.word(20);
        format!("https://images.example.com/v3/image/{}/{kind}/{name}.jpg", self.id)
    }

    fn submission(mut self) -> Value {
        let mut item = json!({
            "submission_id": self.id,
            "userid": format!("user-{:07}", self.dice.below(5_000_000)),
            "email": self.email(),
            "created_at": self.time(0),
            "updated_at": self.time(600),
            "kyc_result_at": self.time(300),
            "reviewer": if self.dice.percent(80) { "system" } else { "agent" },
            "data": self.data(),
            "kyc": self.kyc(),
            "argos_score": self.fraction(100, 2),
            "recognition_score": self.fraction(100, 2),
            "duplicated_information": self.word(32),
            "applicant_id": self.word(20),
            "image": { "idImage": self.image("id"), "idBackImage": self.image("idback"),
            "selfieImage": self.image("selfie") },
            "OCR_raw": self.read_fields(),
            "ocr": self.fields(),
            "review": self.fields(),
            "id_LivenessScore": { "Screen_play": self.fraction(1, 4), "Paper_printed": self.fraction(1, 4),
            "Replace_portraits": self.fraction(1, 4) },
            "aml": self.screening(),
            "signals": self.signals(),
        });
        if self.result == "pending" {
            item["pending_at"] = self.time(30).into();
        }
        if self.dice.percent(30) {
            let ages = json!([{ "ageRange": { "low": 31, "high": 39, "median": 34 }, "source": "selfieImage" }, {
                "ageRange": { "low": 30, "high": 41, "median": 35 }, "source": "idImage" }]);
            item["signals"]["faceAge"] = ages;
            item["verification"] = json!({ "faceAge": [self.face_age()] });
        }
        if self.dice.percent(45) {
            item["pre_verification"] = json!({ "request_id": self.word(24), "created_at": self.time(-150),
                "fraud_score": self.dice.below(101),
                "attempts_frequency": "Rare", "country_code": "KR", "connection_type": "Residential",
                "is_valid": true });
        }
        if self.dice.percent(20) {
            item["Injection_action"] = json!([{ "type": "address", "time": self.time(3_600),
                "attemptStatus": "success", "createTime": self.time(3_599),
                "userInput": { "address": { "street": self.home.street, "city": self.home.city } },
                "option": { "distanceChecks": [{ "maxDistanceKm": 40, "source": "ipGeo" }], "ipRisk": {
                    "durationHour": 8, "failCategory": ["vpn", "tor"] } } }]);
        }
        if self.dice.percent(25) {
            item["tokenId"] = self.word(36).into();
        }
        if self.dice.percent(8) {
            item["memo"] =
                json!({ "text": "Manual check done, name order swapped on the ID.", "updated_at": self.time(7_200) });
        }
        item
    }

    fn email(&mut self) -> String {
        let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
        format!("{}{}{}@example.com", letters(self.given), letters(self.family), self.dice.below(10_000))
    }

    fn data(&mut self) -> Value {
        let Home { nationality, city, street, .. } = self.home;
        // The ranges that are kept for documentation.
        let net = *self.dice.choose(&["192.0.2", "198.51.100", "203.0.113"]);
        let address = format!("{street}, {city}");
        let mut data = json!({
            "full_name": self.full, "first_name": self.given, "last_name": self.family, "gender": "female",
            "nationality": nationality,
            "date_of_birth": self.birth, "age_group": "adult",
            "ip_address": format!("{net}.{}", 1 + self.dice.below(254)),
            "idType": self.dice.choose(&ID_TYPES), "idcard_issuingCountry": nationality,
            "idcard_issueDate": "2019-03-05",
            "idcard_expireDate": "2029-03-05",
            "identityNumber": format!("{:013}", self.dice.below(10_000_000_000_000)),
            "documentNumber": self.number, "address_city": city, "address_street": street, "address_zipcode": "00094",
            "address_country": nationality, "address_globalCode": "8Q98HXPG+XX", "address_formatted": address,
            "address_input": street,
            "address_detail": format!("{}-{}", 1 + self.dice.below(40), 100 + self.dice.below(2_000)),
        });
        for name in ["cf1", "cf2", "cf3"] {
            if self.dice.percent(35) {
                data[name] = format!("campaign-{:03}", self.dice.below(200)).into();
            }
        }
        data
    }

    fn kyc(&mut self) -> Value {
        let count = 1 + [30, 12, 5].into_iter().filter(|share| self.dice.percent(*share)).count();
        let (mut attempts, mut retries) = (Vec::new(), Vec::new());
        for number in 1..=count {
            let seconds = i64::try_from(number).expect("a small number") * 60 - 240;
            let mut attempt = json!({
                "attemptCnt": number, "step1Time1st": self.time(seconds), "step2Time1st": self.time(seconds + 21),
                "faceSimilarityScore": self.fraction(100, 4), "livenessScore": self.dice.below(101),
                "liveness": { "score": self.fraction(8, 6), "probability": self.fraction(1, 6),
                "quality": self.fraction(1, 6) },
                "selfieImage": self.image("selfie"),
            });
            if number < count || self.result == "rejected" {
                let [step, code, message] = *self.dice.choose(&RETRIES);
                attempt["errorCode"] = code.into();
                attempt["errorMsg"] = message.into();
                attempt["retryCode"] = json!([code]);
                attempt["retryMsg"] = json!([message]);
                retries.push(json!({ "type": step, "retryCnt": number, "retryCode": code, "retryMessage": message }));
            }
            if self.dice.percent(50) {
                attempt["verificationResult"] = "success".into();
                attempt["verification"] = json!({ "transactionId": self.word(24), "source": "EXAMPLE",
                    "checkedAt": self.time(seconds + 25), "code": "0000" });
                attempt["verificationParams"] =
                    json!({ "name": self.full, "number": self.number, "issueDate": "2019-03-05" });
            }
            attempts.push(attempt);
        }
        let mut kyc = json!({ "result": self.result, "attempts": attempts, "retry": retries });
        if self.result == "rejected" {
            let [code, comment] = *self.dice.choose(&REJECTIONS);
            kyc["commentCode"] = json!([code]);
            kyc["comment"] = json!([comment]);
        }
        kyc
    }

    fn fields(&self) -> Value {
        json!({ "firstName": self.given, "lastName": self.family, "fullName": self.full, "birthDate": self.birth,
            "issueDate": "2019-03-05",
            "expireDate": "2029-03-05", "gender": "female", "number": self.number,
            "nationality": self.home.nationality })
    }

    fn read_fields(&mut self) -> Value {
        let (fields, count) = (self.fields(), 5 + self.dice.below(5));
        let mut raw = json!({ "rotate": { "value": "0" } });
        for name in READ_FIELDS.into_iter().take(count) {
            let (x, y) = (self.dice.below(900), self.dice.below(600));
            raw[name] = json!({ "value": fields[name], "score": 30 + self.dice.below(71),
                "accepted": self.dice.percent(93), "coordinates": {
                "first": { "x": x, "y": y }, "second": { "x": x + 200, "y": y }, "third": { "x": x + 200,
                "y": y + 30 }, "fourth": { "x": x, "y": y + 30 } } });
        }
        raw
    }

    fn screening(&mut self) -> Value {
        if !self.dice.percent(10) {
            return json!({ "risk_level_summary": "Not Screened", "currentstatus": "Not Screened" });
        }
        let count = 1 + self.dice.below(26);
        let matches: Vec<Value> = (0..count)
            .map(|_| {
                json!({ "risk_level": "HIGH", "argos_number": format!("ARG-{:010}", self.dice.below(1_000_000)),
                    "resource_id": self.word(32),
                    "score": self.fraction(100, 2), "risk_icons": ["PEP-CURRENT", "SAN-FORMER"] })
            })
            .collect();
        json!({ "risk_level_summary": self.dice.choose(&["High", "Medium", "Low"]), "currentstatus": "Red Flag",
            "matches": matches })
    }

    fn signals(&mut self) -> Value {
        let processes: Vec<Value> = (0..2 + self.dice.below(5))
            .zip(0..)
            .map(|(at, nth)| {
                let error =
                    if self.dice.percent(8) { json!("NotAllowedError: Permission denied") } else { Value::Null };
                json!({ "type": CAMERAS[at % CAMERAS.len()], "processStartTime": self.time(nth * 12 - 110),
                    "processEndTime": self.time(nth * 12 - 100), "error": error })
            })
            .collect();
        json!({ "startButtonClickTime": self.time(-120), "cameraProcessInfo": processes })
    }

    fn face_age(&mut self) -> Value {
        let part = |value: usize| {
            json!({ "result": value >= 18, "processed": true,
                "statement": format!("{value} gte 18") })
        };
        let (own, id) = (20 + self.dice.below(40), 20 + self.dice.below(40));
        let matched = json!({ "idCardCustomMatch": part(id), "idCardBirthDateMatch": part(id),
            "faceImageCustomMatch": part(own), "faceImageBirthDateMatch": part(own) });
        json!({
            "usedValues": { "originalSelfieLow": own - 3, "originalSelfieHigh": own + 4,
            "originalSelfieMedian": own, "originalIdLow": id - 3, "originalIdHigh": id + 4,
                "originalIdMedian": id, "selfieLow": own - 4, "selfieHigh": own + 5, "selfieMedian": own,
                "idLow": id - 4, "idHigh": id + 5, "idMedian": id },
            "conditionResults": [{ "condition": { "comparisonOperator": "gte", "target": "median" },
            "conditionIndex": 0, "finalResult": true, "matchResults": matched }],
            "logicalOperators": [],
        })
    }
}
