//! Whatever a reviewer should be able to find is there.

use super::super::oddity::StagedOddity;
use super::*;

fn of_attempts(pointer: &str) -> BTreeMap<&'static str, usize> {
    count(wholes().flat_map(|item| list(item, "/kyc/attempts")).filter_map(|attempt| text(attempt, pointer)))
}

/// All texts of a list, or the one text in its place.
fn words(item: &'static Value, pointer: &str) -> Vec<&'static str> {
    match item.pointer(pointer) {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(text)) => vec![text],
        _ => Vec::new(),
    }
}

#[test]
fn kinds_and_statuses_have_their_shares() {
    let total = ITEMS.len();
    let share = |number: usize| number * 100 / total;
    let statuses = count(wholes().filter_map(|item| text(item, "/kyc/result")));
    for (status, range) in [("approved", 57..67), ("rejected", 18..26), ("pending", 9..16), ("incomplete", 2..6)] {
        assert!(range.contains(&share(statuses[status])), "{statuses:?}");
    }
    assert_eq!(statuses.len(), 4);
    let knowledge = wholes().filter(|item| item.pointer("/data/ssnNumber").is_some()).count();
    assert!((4..15).contains(&share(knowledge)), "{knowledge}");
    let attempts: BTreeSet<usize> = wholes().map(|item| list(item, "/kyc/attempts").len()).collect();
    assert!(attempts.is_superset(&BTreeSet::from([1, 2, 3, 4])));
}

#[test]
fn every_code_of_the_reference_tables_occurs() {
    let rejects: BTreeSet<&str> = wholes().flat_map(|item| words(item, "/kyc/commentCode")).collect();
    for code in "id_image_invalidImage id_image_invalidId id_image_error id_image_badImage id_info_dataMismatch \
                 id_info_blacklist id_info_notOfAge duplicate_user duplicated_user_PII_exact duplicated_face \
                 too_many_retry blacklistCountry under_ageLimit invalid_acceptedID no-date-of-birth expired_id \
                 automatic_verification_fail address_image_invalidImage address_image_error address_image_badImage \
                 address_info_expiredDocument address_info_dataMismatch other"
        .split_whitespace()
    {
        assert!(rejects.contains(code), "{code}");
    }
    assert!(rejects.contains("Multiple invalid KYC attempts"), "a comment in the place of a code");

    let retries: BTreeSet<&str> = wholes()
        .flat_map(|item| list(item, "/kyc/attempts"))
        .flat_map(|attempt| words(attempt, "/retryCode"))
        .collect();
    let known = [
        "barcode_protocol_fail",
        "face_compare_underscore",
        "glare_detected",
        "image_too_blurry",
        "liveness_error",
        "recognition_fail",
    ];
    assert_eq!(retries.into_iter().collect::<Vec<_>>(), known);
    assert!(of_attempts("/liveness/error_code").contains_key("FACE_NOT_FOUND"));
    assert_eq!(of_attempts("/verificationResult").into_keys().collect::<Vec<_>>(), ["fail", "success"]);
    assert_eq!(of_attempts("/idBarcodeResult").into_keys().collect::<Vec<_>>(), ["fail", "success"]);

    let matches = || wholes().flat_map(|item| list(item, "/aml/matches"));
    let icons: BTreeSet<&str> = matches().flat_map(|found| words(found, "/risk_icons")).collect();
    let all = "DD GRI INS PEP-CURRENT PEP-FORMER PEP-LINKED POI REL RRE SAN-CURRENT SAN-FORMER";
    assert_eq!(icons.into_iter().collect::<Vec<_>>().join(" "), all);
    let levels: BTreeSet<&str> = matches().filter_map(|found| text(found, "/risk_level")).collect();
    assert_eq!(levels, BTreeSet::from(["HIGH", "LOW", "MEDIUM"]));
}

#[test]
fn every_camera_process_and_failures_of_cameras_occur() {
    let processes = || wholes().flat_map(|item| list(item, "/signals/cameraProcessInfo"));
    let kinds = count(processes().filter_map(|process| text(process, "/type")));
    let all = "id-document-face-active id-document-face-passive idcard-back-autocapture idcard-back-capture \
               idcard-back-upload idcard-front-autocapture idcard-front-capture idcard-front-upload \
               knowledge-face-active knowledge-face-passive";
    assert_eq!(kinds.into_keys().collect::<Vec<_>>().join(" "), all);
    assert!(processes().filter(|process| process["error"].is_string()).count() > 50);
    assert!(processes().all(|process| process.get("error").is_some()), "null is documented for no error");
}

#[test]
fn names_are_written_in_many_scripts() {
    let names: Vec<&str> = wholes().filter_map(|item| text(item, "/data/full_name")).collect();
    for (script, range) in [
        ("Hangul", '가'..='힣'),
        ("Hangul, decomposed", '\u{1100}'..='\u{11ff}'),
        ("Kanji", '\u{4e00}'..='\u{9fff}'),
        ("beyond the basic plane", '\u{20000}'..='\u{2ffff}'),
        ("Katakana", '\u{30a0}'..='\u{30ff}'),
        ("Hiragana", '\u{3040}'..='\u{309f}'),
        ("Arabic", '\u{600}'..='\u{6ff}'),
        ("Hebrew", '\u{590}'..='\u{5ff}'),
        ("Thai", '\u{e00}'..='\u{e7f}'),
        ("Devanagari", '\u{900}'..='\u{97f}'),
        ("Cyrillic", '\u{400}'..='\u{4ff}'),
        ("Greek", '\u{370}'..='\u{3ff}'),
        ("Vietnamese", '\u{1e00}'..='\u{1eff}'),
        ("Latin with marks", '\u{c0}'..='\u{17f}'),
    ] {
        assert!(names.iter().any(|name| name.chars().any(|char| range.contains(&char))), "{script}");
    }
    assert!(names.iter().any(|name| name.chars().count() > 100));
    assert!(names.contains(&"O O"));
}

#[test]
fn every_oddity_is_there_and_its_address_says_so() {
    let mails: Vec<&str> = wholes().filter_map(|item| text(item, "/email")).collect();
    for oddity in StagedOddity::ALL {
        let tag = format!("+{}@example.com", oddity.tag());
        let number = mails.iter().filter(|mail| mail.ends_with(&tag)).count();
        assert!(number >= 5 || oddity == StagedOddity::Deleted, "{}: {number}", oddity.tag());
    }
    let deleted =
        wholes().filter(|item| item.get("email").is_none() && item.as_object().is_some_and(|item| item.len() < 5));
    assert!(deleted.count() >= 5);
}

#[test]
fn every_odd_form_can_be_seen() {
    let odd = |tag: &str| {
        let tag = format!("+{tag}@");
        wholes().filter(move |item| text(item, "/email").is_some_and(|mail| mail.contains(&tag)))
    };
    let attempts = |tag: &str| odd(tag).flat_map(|item| list(item, "/kyc/attempts"));
    let processes = |tag: &str| odd(tag).flat_map(|item| list(item, "/signals/cameraProcessInfo"));
    assert!(odd("escape-memo").all(|item| text(item, "/memo/text").is_some_and(|memo| memo.contains("\u{1b}[31m"))));
    assert!(odd("hidden-marks").all(|item| {
        text(item, "/data/last_name").is_none_or(|name| name.contains('\u{202e}') && name.contains('\u{200b}'))
    }));
    assert!(processes("missing-end").any(|process| process.get("processEndTime").is_none()));
    assert!(
        processes("end-before-start")
            .any(|process| { text(process, "/processEndTime") < text(process, "/processStartTime") })
    );
    assert!(odd("overlap").all(|item| {
        let [first, second, ..] = list(item, "/signals/cameraProcessInfo") else { return false };
        text(second, "/processStartTime") < text(first, "/processEndTime")
    }));
    assert!(
        processes("bad-time").any(|process| text(process, "/processStartTime") == Some("2026-02-30T25:61:00.000Z"))
    );
    assert!(odd("placeholder-times").all(|item| text(item, "/created_at").is_some_and(|time| time.ends_with("-UTC"))));
    assert!(odd("minute-times").all(|item| text(item, "/created_at").is_some_and(|time| time.len() == 16)));
    assert!(odd("masked-numbers").all(|item| {
        [text(item, "/data/identityNumber"), text(item, "/data/documentNumber")]
            .iter()
            .flatten()
            .all(|number| number.contains("***"))
    }));
    assert!(odd("string-scores").all(|item| item["recognition_score"].is_string()));
    assert!(odd("form-object").all(|item| item["additional_list"].is_object()));
    assert!(odd("injection-object").all(|item| text(item, "/Injection_action/type") == Some("address")));
    assert!(odd("pre-verification-list").all(|item| item["pre_verification"].is_array()));
    assert!(odd("numeric-frequency").all(|item| item["pre_verification"]["attempts_frequency"].is_number()));
    assert!(odd("string-comment").all(|item| item["kyc"]["commentCode"].is_string()));
    assert!(attempts("string-retry").any(|attempt| attempt["retryCode"].is_string()));
    assert!(
        odd("camera-errors").all(|item| {
            list(item, "/signals/cameraProcessInfo").iter().any(|process| process["error"].is_string())
        })
    );
    assert!(processes("upload-among-captures").any(|process| text(process, "/type") == Some("idcard-back-upload")));
    assert!(odd("extra-fields").all(|item| item.get("device").is_some()));
    assert!(
        odd("older-name").all(|item| item["data"].get("full_name").is_none() && item["data"].get("name").is_some())
    );
    assert!(odd("idle-gap").all(|item| {
        let hour =
            |item: &Value, pointer: &str| text(item, pointer).and_then(|time| time.parse::<jiff::Timestamp>().ok());
        let (Some(start), Some(end)) = (hour(item, "/created_at"), hour(item, "/updated_at")) else { return false };
        end.duration_since(start).as_hours() >= 2
    }));
    let projections: BTreeSet<usize> =
        wholes().filter_map(|item| item.get("projection")?.as_object()).map(serde_json::Map::len).collect();
    assert_eq!(projections, BTreeSet::from([1, 2]), "by id or name, and by both");
    let places = |pointer| list_any("/Injection_action", pointer);
    assert!(places("/ipVerification") && places("/option/ipVerification"));
}

fn list_any(pointer: &str, inner: &str) -> bool {
    wholes().flat_map(|item| list(item, pointer)).any(|entry| entry.pointer(inner).is_some())
}

#[test]
fn read_values_differ_from_final_ones_in_shape_and_in_truth() {
    let mut shapes = 0;
    let mut truths = 0;
    let mut equal = 0;
    let plain = |text: &str| {
        let narrow = |char: char| match u32::from(char) {
            wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(char),
            _ => char,
        };
        text.chars().map(narrow).filter(|char| char.is_alphanumeric()).collect::<String>().to_lowercase()
    };
    for item in wholes() {
        for (layer, data) in [
            ("/ocr/fullName", "/data/full_name"),
            ("/review/fullName", "/data/full_name"),
            ("/ocr/number", "/data/documentNumber"),
        ] {
            if let (Some(layer), Some(data)) = (text(item, layer), text(item, data)) {
                match (layer == data, plain(layer) == plain(data)) {
                    (true, _) => equal += 1,
                    (false, true) => shapes += 1,
                    (false, false) => truths += 1,
                }
            }
        }
    }
    assert!(equal > 2_000 && shapes > 80 && truths > 60, "{equal} {shapes} {truths}");
    let lines = || wholes().filter_map(|item| item.get("OCR_raw")?.as_object()).flat_map(|raw| raw.values());
    assert!(lines().filter(|line| line["accepted"] == false).count() > 100);
    assert!(lines().filter(|line| text(line, "/value").is_some_and(|value| value.contains('８'))).count() > 5);
    let rotations: BTreeSet<&str> = wholes().filter_map(|item| text(item, "/OCR_raw/rotate/value")).collect();
    assert!(rotations.len() >= 4);
}

#[test]
fn raw_screening_data_are_deep() {
    fn depth(value: &Value) -> usize {
        match value {
            Value::Array(list) => 1 + list.iter().map(depth).max().unwrap_or(0),
            Value::Object(object) => 1 + object.values().map(depth).max().unwrap_or(0),
            _ => 0,
        }
    }
    let flagged = wholes().filter(|item| text(item, "/aml/currentstatus") == Some("Red Flag"));
    let depths: Vec<usize> = flagged.filter_map(|item| item.pointer("/aml/raw_data")).map(depth).collect();
    assert!(depths.len() > 40 && depths.iter().all(|depth| *depth >= 4), "{depths:?}");
}

#[test]
fn everything_that_could_reach_somebody_is_set_aside_for_examples() {
    fn texts<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::String(text) => found.push(text),
            Value::Array(list) => list.iter().for_each(|value| texts(value, found)),
            Value::Object(object) => object.values().for_each(|value| texts(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    wholes().for_each(|item| texts(item, &mut found));
    for text in found {
        if let Some((_, host)) = text.split_once("://") {
            let host = host.split('/').next().unwrap_or_default();
            assert!(host.ends_with("example.com"), "{text}");
        }
        if let Some((_, host)) = text.split_once('@') {
            assert!(host == "example.com" || host.ends_with(".example.com"), "{text}");
        }
        if text.parse::<std::net::Ipv4Addr>().is_ok() {
            assert!(["192.0.2.", "198.51.100.", "203.0.113."].iter().any(|net| text.starts_with(net)), "{text}");
        }
    }
}

#[test]
fn the_first_screen_is_a_showcase() {
    let first: Vec<&Value> = wholes().take(12).collect();
    let statuses: BTreeSet<&str> = first.iter().filter_map(|item| text(item, "/kyc/result")).collect();
    assert_eq!(statuses, BTreeSet::from(["approved", "incomplete", "pending", "rejected"]));
    assert!(first.iter().any(|item| text(item, "/aml/currentstatus") == Some("Red Flag")));
    assert!(first.iter().any(|item| list(item, "/kyc/attempts").len() == 4));
    let countries: BTreeSet<&str> = first.iter().filter_map(|item| text(item, "/data/nationality")).collect();
    assert!(countries.len() >= 8, "{countries:?}");
    assert!(first.iter().any(|item| item.pointer("/data/ssnNumber").is_some()), "one without a document");
}

#[test]
fn the_numbers_of_a_liveness_check_relate_as_in_the_samples() {
    let mut checked = 0;
    for attempt in wholes().flat_map(|item| list(item, "/kyc/attempts")) {
        let number = |pointer: &str| attempt.pointer(pointer).and_then(Value::as_f64);
        let (Some(score), Some(probability)) = (number("/liveness/score"), number("/liveness/probability")) else {
            continue;
        };
        // One staged oddity replaces the numbers by others with more digits than a program may keep.
        if score == 1.161_026_700_000_000_2 {
            continue;
        }
        checked += 1;
        assert!((probability - 1.0 / (1.0 + (-score).exp())).abs() < 1e-7, "{attempt}");
        assert_eq!(number("/livenessScore"), Some((100.0 * probability).round()), "{attempt}");
    }
    assert!(checked > 1_000, "{checked}");
}
