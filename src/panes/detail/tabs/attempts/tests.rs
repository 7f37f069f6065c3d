use super::super::super::Tab;
use super::super::testing::TabCase;
use crate::text::Mask;

const THREE: &str = r#"{
  "submission_id":"6xx28lo115832",
  "kyc":{
    "result":"rejected","comment":["Multiple invalid KYC attempts"],"commentCode":["too_many_retry"],
    "attempts":[
      {"attemptCnt":1,"step1Time1st":"2026-11-21T09:14:05.123Z","ocrResult":"success","idBarcodeResult":"fail",
       "retryMsg":["Failed to read PDF417 Barcode."],"retryCode":["barcode_protocol_fail"]},
      {"attemptCnt":2,"step1Time2nd":"2026-11-21T09:15:40Z","step2Time1st":"2026-11-21T09:17:02Z","ocrResult":"success","idBarcodeResult":"success",
       "verificationResult":"success",
       "verification":{"result":{"code":"CF-00000","message":"Success","transactionId":"tx0123456789abcdefghijklmn","extraMessage":""},
         "data":{"resUserIdentiyNo":"840229-2******","resAuthenticity":"1","resAuthenticityDesc":"일치합니다.","resUserNm":"이가상"}},
       "verificationParams":{"fullName":"이가상","idType":"government_id","issueDate":"2019-05-06","identityNumber":"8402292000001","newParam":"x"},
       "liveness":{"score":1.1610267,"probability":0.76151925,"quality":0.5903906},
       "livenessScore":76,"faceSimilarityScore":84,"selfieImage":"https://images.example.com/6xx28lo115832/selfie/2",
       "retryMsg":["The face doesn't match. Please retry with another face image."],"retryCode":["face_compare_underscore"]},
      {"attemptCnt":3,"step2Time2nd":"2026-11-21T09:19:30Z",
       "liveness":{"error":"Failed to detect face","error_code":"FACE_NOT_FOUND"},"livenessScore":12,"faceSimilarityScore":84,
       "selfieImage":"https://images.example.com/6xx28lo115832/selfie/3",
       "detectFace":[{"AgeRange":{"Low":30,"High":38},"Gender":{"Value":"Female","Confidence":99.1},"Smile":{"Value":true}}],
       "errorCode":"NEW_CODE","errorMsg":"Something new","retryMsg":["Liveness fail: Failed to detect face."],"retryCode":["liveness_error"]}
    ],
    "retry":[
      {"type":"step1","retryCnt":1,"retryCode":"barcode_protocol_fail","retryMessage":"Failed to read PDF417 Barcode."},
      {"type":"step2","retryCnt":1,"retryCode":"face_compare_underscore","retryMessage":"Use another image."},
      {"type":"step2","retryCnt":9,"retryCode":"recognition_fail","retryMessage":"recognition score under threshold"}
    ]
  }
}"#;

#[test]
fn every_attempt_tells_its_narrative_and_all_measures_stand_beside_each_other() {
    let text = TabCase::new(THREE).text(Tab::Attempts);
    for part in [
        "3 attempts · each with an error · 3 retry reasons from ARGOS\n5 m 24 s from the first to the last attempt\n",
        "Step 1 is usually the ID, step 2 the face (by ARGOS's examples).",
        "Attempt 2  ✗ error reported",
        "no valid barcode could be read",
        "Step 1, 2nd try      2026-11-21 09:15:40",
        "1 m 34 s after the previous attempt",
        "not documented",
        " also in kyc.retry: step1, retryCnt 1, same code and",
        " also in kyc.retry: step2, retryCnt 1, same code\nMessage (kyc.retry)  Use another image.",
        "Retry (kyc.retry)    recognition_fail",
        "Raw score",
        "(details of the check; ARGOS documents no scales)",
        "Use another image.",
        "Retries without an attempt",
        "▼ 12",
        "= 84",
        "✗ fail",
        "newParam",
        "tx0123456789abcdefghijklmn",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_narrow_pane_divides_no_duration_in_the_first_lines() {
    for columns in [38, 60] {
        let text = TabCase::new(THREE).columns(columns).text(Tab::Attempts);
        assert!(text.lines().any(|line| line.starts_with("5 m 24 s from the first to")), "{columns}\n{text}");
        let text = TabCase::new(THREE).columns(columns).text(Tab::Timeline);
        let begins = |words: &str| text.lines().any(|line| line.starts_with(words));
        assert!(begins("5 m 24 s from the first to the last") && text.contains("5 m 24 s in all"), "{columns}\n{text}");
    }
}

#[test]
fn attempts_are_stacked_where_they_do_not_fit_beside_each_other() {
    let text = TabCase::new(THREE).columns(60).text(Tab::Attempts);
    assert!(!text.contains("Side by side"));
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} in\n{text}"));
    assert!(at("Attempt 2") < at("0.76151925"));
    assert!(at("0.76151925") < at("Attempt 3"));
}

#[test]
fn every_error_is_worth_a_key() {
    let lines = TabCase::new(THREE).lines(Tab::Attempts);
    let errors: Vec<String> =
        lines.iter().filter(|line| line.landmark.is_some()).filter_map(|line| line.path().map(str::to_owned)).collect();
    for path in [
        "kyc.attempts[0]",
        "kyc.attempts[0].retryCode[0]",
        "kyc.attempts[2].errorCode",
        "kyc.attempts[0].idBarcodeResult",
    ] {
        assert!(errors.contains(&path.to_owned()), "{path} in {errors:?}");
    }
}

#[test]
fn calls_lead_to_the_timeline() {
    let lines = TabCase::new(THREE).lines(Tab::Attempts);
    let call = lines.iter().find(|line| line.path() == Some("kyc.attempts[2].step2Time2nd")).unwrap();
    assert_eq!(call.link().map(|(tab, _)| tab), Some(Tab::Timeline));
}

#[test]
fn nothing_private_is_shown_under_a_mask_and_each_value_can_be_revealed() {
    for columns in [38, 78, 118] {
        let ids = TabCase::new(THREE).columns(columns).text(Tab::Attempts);
        assert!(!ids.contains("8402292000001"));
        let all = TabCase::new(THREE).columns(columns).mask(Mask::All);
        assert!(!all.text(Tab::Attempts).contains("이가상"));
        assert!(!all.text(Tab::Attempts).contains("images.example.com"));
        let lines = all.lines(Tab::Attempts);
        for path in [
            "kyc.attempts[1].selfieImage",
            "kyc.attempts[2].selfieImage",
            "kyc.attempts[1].verificationParams.fullName",
        ] {
            assert!(lines.iter().any(|line| line.private && line.path() == Some(path)), "{path} {columns}");
        }
    }
}

#[test]
fn knowledge_based_scores_stand_under_kyc() {
    let json = r#"{"kyc":{"faceSimilarityScore":0,"livenessScore":99,"selfieImage":"https://images.example.com/a",
        "retryMsg":["Liveness fail"],"attempts":[{"attemptCnt":1,"retryCode":[]}]}}"#;
    let text = TabCase::new(json).text(Tab::Attempts);
    assert!(text.contains("Outside of attempts"), "{text}");
    assert!(text.contains("Liveness score       99"), "{text}");
    assert!(text.contains("no error reported"), "{text}");
}

#[test]
fn what_a_face_detection_has_beyond_the_documented_fields_folds() {
    for columns in [60, 118] {
        let case = || TabCase::new(THREE).columns(columns);
        let text = case().text(Tab::Attempts);
        assert!(text.contains("▸ Attempt 3: the whole face detection"), "{text}");
        assert!(text.contains("99.1") && !text.contains("Smile"), "{text}");
        let open = ["", "[0]", "[0].Smile"].map(|part| format!("kyc.attempts[2].detectFace{part}"));
        let opened = open.iter().fold(case(), |case, path| case.opened(path)).text(Tab::Attempts);
        assert!(opened.contains("Smile"), "{opened}");
    }
}

#[test]
fn an_error_code_that_is_a_retry_code_is_explained_as_one() {
    let text = TabCase::new(r#"{"kyc":{"attempts":[{"errorCode":"liveness_error"}]}}"#).text(Tab::Attempts);
    assert!(text.contains("liveness could not be checked"), "{text}");
}

#[test]
fn several_retries_with_the_code_of_one_attempt_are_retries_each() {
    let retry = |count: usize, message: &str| {
        format!(r#"{{"type":"step1","retryCnt":{count},"retryCode":"recognition_fail","retryMessage":"{message}"}}"#)
    };
    let retries = [retry(1, "under threshold"), retry(2, "another"), retry(3, "under threshold")].join(",");
    let json = format!(
        r#"{{"kyc":{{"attempts":[{{"attemptCnt":1,"retryCode":["recognition_fail"],"retryMsg":["under threshold"]}}],
            "retry":[{retries}]}}}}"#
    );
    let text = TabCase::new(&json).columns(120).text(Tab::Attempts);
    assert_eq!(text.matches("Retry code           recognition_fail").count(), 1, "{text}");
    assert!(!text.contains("Retry (kyc.retry)"), "the code is not repeated: {text}");
    for words in [
        "also in kyc.retry: step1, retryCnt 1, same code and message",
        "also in kyc.retry: step1, retryCnt 2, same code",
        "also in kyc.retry: step1, retryCnt 3, same code and message",
    ] {
        assert_eq!(text.matches(words).count(), 1, "{words}\n{text}");
    }
    assert!(!text.contains("Also in"), "{text}");
}

#[test]
fn a_retry_of_an_attempt_with_several_codes_keeps_its_code() {
    let json = r#"{"kyc":{"attempts":[{"attemptCnt":1,"retryCode":["glare_detected","recognition_fail"]}],
        "retry":[{"type":"step1","retryCnt":1,"retryCode":"recognition_fail"}]}}"#;
    let text = TabCase::new(json).columns(120).text(Tab::Attempts);
    assert!(text.contains("Retry (kyc.retry)    recognition_fail"), "{text}");
    assert!(!text.contains("same code"), "the attempt has two codes: {text}");
}

#[test]
fn no_scale_is_claimed_of_the_details_of_the_liveness_check() {
    for columns in [60, 118] {
        let text = TabCase::new(THREE).columns(columns).text(Tab::Attempts);
        let has_bar = |value: &str| text.lines().any(|line| line.contains(value) && line.contains(['█', '░']));
        assert!(!has_bar("0.76151925") && !has_bar("0.5903906") && has_bar("76 "), "a bar claims a scale: {text}");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            text.contains("(details of the check; ARGOS documents no scales)") && !text.contains("not 0 to 100"),
            "{text}"
        );
        let meaning = "log-odds of the probability in the samples; scale not documented";
        assert_eq!(text.contains(meaning), columns > 60, "{text}");
    }
}

#[test]
fn no_attempts_are_explained() {
    assert!(TabCase::listed("{}").text(Tab::Attempts).starts_with("· Not fetched"));
    assert!(TabCase::new("{}").text(Tab::Attempts).starts_with("No attempts were sent"));
    for case in [TabCase::new, TabCase::listed, TabCase::in_file] {
        let text = case(r#"{"kyc":{"attempts":[]}}"#).text(Tab::Attempts);
        assert_eq!(text, "Attempts             – sent empty");
    }
}

#[test]
fn any_shape_fits_any_width() {
    let odd = r#"{"kyc":{"attempts":[null,"x",[1,2],{"attemptCnt":{"a":1},"liveness":"bad","retryCode":{"x":"deep"},"step1Time1st":["2026"],
        "detectFace":[],"verification":{"result":{},"a.b":"dotted"},"selfieImage":"فاطمة علي مخترعة للغاية وطويلة جدا جدا"}],"retry":"odd"}}"#;
    for json in [THREE, odd] {
        for columns in [1, 12, 38, 40, 60, 78, 118, 200] {
            for mask in [Mask::Ids, Mask::All, Mask::None] {
                let case = TabCase::new(json).columns(columns).mask(mask);
                if columns >= 38 {
                    case.fits(Tab::Attempts);
                } else {
                    case.lines(Tab::Attempts);
                }
            }
        }
    }
    let text = TabCase::new(odd).text(Tab::Attempts);
    for part in ["deep", "bad", "dotted", "2026", "odd", "as sent"] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

/// How many lines a text has that begin with something.
fn lines_with(text: &str, start: &str) -> usize {
    text.lines().filter(|line| line.starts_with(start)).count()
}

#[test]
fn of_many_attempts_the_first_are_told_and_the_others_counted() {
    let attempts: Vec<String> = (1..=2_000)
        .map(|at| format!(r#"{{"attemptCnt":{at},"livenessScore":{at},"errorCode":"FACE_NOT_FOUND"}}"#))
        .collect();
    let json = format!(r#"{{"kyc":{{"attempts":[{}]}}}}"#, attempts.join(","));
    for columns in [78, 2_000] {
        let text = TabCase::new(&json).columns(columns).text(Tab::Attempts);
        assert!(text.contains("\n2000 attempts · 1000 of the 1000 read with an error"), "all count: {text}");
        assert!(
            text.replace('\n', " ")
                .starts_with("! too large to read in full, not read: kyc.attempts (1,000 of 2,000 elements,"),
            "{text}"
        );
        // One line more says whose the numbers are.
        assert_eq!(lines_with(&text, "Attempt "), super::MAX_ATTEMPTS + 1);
        assert!(text.contains("… 1950 more attempts, in the JSON tab"), "{text}");
        assert!(text.lines().count() < 1_000);
    }
    let few = format!(r#"{{"kyc":{{"attempts":[{}]}}}}"#, attempts[..super::MAX_ATTEMPTS].join(","));
    assert!(!TabCase::new(&few).text(Tab::Attempts).contains("JSON tab"));
}

#[test]
fn of_many_fields_the_first_have_rows_and_the_others_are_counted() {
    let fields: String = (0..5_000).map(|at| format!(r#""new{at}":{at},"#)).collect();
    let json = format!(r#"{{"kyc":{{"attempts":[{{{fields}"retryMsg":["told"]}},{{{fields}"errorCode":"X"}}]}}}}"#);
    for (columns, count) in [(50, 4_700), (78, 9_400)] {
        let text = TabCase::new(&json).columns(columns).text(Tab::Attempts);
        assert!(text.contains(&format!("… {count} more values, in the JSON tab")), "{columns}\n{text}");
        assert!(text.contains("told") && text.contains("new299") && !text.contains("new300"), "{text}");
        assert!(text.lines().count() < 1_000);
    }
}

#[test]
fn paths_beyond_any_documented_length_have_no_rows() {
    let key = "k".repeat(700);
    let below: String = (0..3_000).map(|at| format!(r#""a{at}":{at},"#)).collect();
    let json = format!(
        r#"{{"kyc":{{"attempts":[{{"{key}":{{{below}"z":0}},"detectFace":{{"{key}":{{{below}"z":0}}}},"livenessScore":7}}]}}}}"#
    );
    let lines = TabCase::new(&json).lines(Tab::Attempts);
    let bytes: usize = lines.iter().map(|line| line.line.text().len() + line.path().map_or(0, str::len)).sum();
    assert!(bytes < 20_000, "{bytes}");
    let text = TabCase::new(&json).text(Tab::Attempts);
    assert!(text.contains("… 3001 more values, in the JSON tab"), "{text}");
    assert!(text.contains("the whole face detection") && text.contains("Liveness score"), "{text}");
}

#[test]
fn of_many_codes_messages_and_retries_the_first_are_told_and_the_others_counted() {
    let many = |one: &str| vec![one; 3_000].join(",");
    let retry = format!(r#"{{"type":"step9","retryCnt":1,{}"x":1}}"#, r#""new":1,"#.repeat(200));
    let json = format!(
        r#"{{"kyc":{{"attempts":[{{"retryCode":[{}],"retryMsg":[{}]}}],"retry":[{},{retry}],"retryMsg":[{}]}}}}"#,
        many(r#""liveness_error""#),
        many(r#""a message""#),
        many(r#"{"type":"step1","retryCnt":1}"#),
        many(r#""another""#),
    );
    let text = TabCase::new(&json).text(Tab::Attempts);
    for part in ["2900 more codes", "2900 more messages", "2901 more retries", "2900 more values"] {
        assert!(text.contains(&format!("… {part}, in the JSON tab")), "{part}\n{text}");
    }
    assert!(text.lines().count() < 2_000, "{}", text.lines().count());
    let alone = format!(r#"{{"kyc":{{"attempts":[{{}}],"retry":[{retry}]}}}}"#);
    assert!(TabCase::new(&alone).text(Tab::Attempts).contains("… 101 more values, in the JSON tab"));
}

#[test]
fn an_error_in_another_form_is_no_attempt_without_one() {
    for attempt in [
        r#""liveness":[{"error_code":"FACE_NOT_FOUND"}]"#,
        r#""liveness":"FACE_NOT_FOUND""#,
        r#""retryCode":["fake_id"],"retryCode":[]"#,
    ] {
        let json = format!(r#"{{"kyc":{{"attempts":[{{"attemptCnt":1,{attempt}}}]}}}}"#);
        for tab in [Tab::Attempts, Tab::Summary] {
            let text = TabCase::new(&json).text(tab);
            assert!(!text.contains("no error reported") && !text.contains("No findings"), "{text}");
        }
    }
}

#[test]
fn a_block_that_cannot_be_read_does_not_look_like_nothing_was_sent() {
    for kyc in [r#"[{"result":"rejected"}]"#, r#""rejected""#] {
        let case = TabCase::new(&format!(r#"{{"kyc":{kyc}}}"#));
        let text = case.text(Tab::Attempts);
        assert!(text.contains("unreadable") && !text.contains("may have left"), "{text}");
        let text = case.text(Tab::Summary);
        assert!(text.contains("cannot be read") && !text.contains("no status was sent"), "{text}");
        assert!(!text.contains("No findings"), "{text}");
    }
}

#[test]
fn a_webhook_tells_one_retry_and_its_attempts_are_not_fetched() {
    let json = r#"{"submission_id":"a","webhook_trigger":"retry","retryCode":"glare_detected","attempts":2,
        "kyc":{"result":"incomplete","retry":[{"retryCode":"glare_detected"}]}}"#;
    let text = TabCase::listed(json).columns(120).text(Tab::Attempts);
    assert!(
        text.contains("attempts not fetched · 1 retry reason from ARGOS") && !text.contains("0 attempts"),
        "{text}"
    );
    assert!(text.contains("Retry (webhook)") && text.contains("glare_detected"), "{text}");
    assert!(text.contains("Attempts (webhook)") && !text.contains("without an attempt"), "{text}");
    assert!(text.contains("Retries; their attempts were not fetched"), "{text}");
}

#[test]
fn retries_without_attempts_are_not_beside_a_0() {
    let json = r#"{"submission_id":"a","created_at":"2026-11-21T09:00:00Z",
        "kyc":{"result":"incomplete","retry":[{"retryCode":"glare_detected"}]}}"#;
    for tab in [Tab::Summary, Tab::Attempts, Tab::Timeline] {
        let text = TabCase::new(json).columns(120).text(tab);
        assert!(text.contains("no attempts sent · 1 retry reason from ARGOS"), "{tab:?}\n{text}");
        assert!(!text.contains("0 attempts"), "{tab:?}\n{text}");
    }
}

#[test]
fn attempts_that_a_file_lacks_are_not_called_not_fetched() {
    let json = r#"{"submission_id":"a","created_at":"2026-11-21T09:00:00Z",
        "kyc":{"result":"incomplete","retry":[{"retryCode":"glare_detected"}]}}"#;
    for tab in [Tab::Summary, Tab::Attempts, Tab::Timeline] {
        let file = TabCase::in_file(json).columns(120).text(tab);
        assert!(file.contains("attempts not in the file · "), "{tab:?}\n{file}");
        assert!(file.contains("1 retry reason from ARGOS") && !file.contains("not fetched"), "{tab:?}\n{file}");
        let listed = TabCase::listed(json).columns(120).text(tab);
        assert!(listed.contains("attempts not fetched · ") && !listed.contains("in the file"), "{tab:?}\n{listed}");
    }
    let file = TabCase::in_file(json).columns(120).text(Tab::Attempts);
    assert!(file.contains("Retries; their attempts are not in the file"), "{file}");
}
