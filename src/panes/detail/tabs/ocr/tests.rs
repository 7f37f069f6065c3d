use crate::panes::detail::tabs::tests::View;
use crate::panes::detail::{Anchor, Landmark, Tab, TabChoices};
use crate::submission::provenance::FieldOrder;
use crate::text::Mask;
use crate::ui::Role;

const SAMPLE: &str = r#"{
    "OCR_raw": {
        "rotate": {"value": "-1.5"},
        "name_eng": {"value": "KIM MINJUN", "score": 96, "accepted": true, "coordinates": {
            "first": {"x": 20, "y": 31}, "second": {"x": 440, "y": 30},
            "third": {"x": 440, "y": 60.5}, "fourth": {"x": 20, "y": 59}}},
        "birth_date": {"value": "02.01.1991", "score": 58, "accepted": false},
        "gender": {"value": "M", "score": "88.25", "accepted": true},
        "nationality": {"value": "KOR", "score": 99, "accepted": true},
        "identity_number": {"value": "900101-1234567", "score": 93, "accepted": true},
        "blood": {"value": "A+"}
    },
    "ocr": {"fullName": "KIM MINJUN", "birthDate": "1990-01-02", "gender": "male", "nationality": "KOR",
        "identityNumber": "900101-1234567", "issueDate": "2020-05-06"},
    "review": {"fullName": "Kim Minjun", "birthDate": "1990-01-02", "gender": "male", "nationality": "KOR",
        "identityNumber": "900101-1234561"},
    "data": {"full_name": "Kim Minjun", "date_of_birth": "1990-01-02", "gender": "male", "nationality": "KOR",
        "identityNumber": "900101-1234561", "idcard_issueDate": "2020-05-06"}
}"#;

#[test]
fn a_narrow_pane_shows_each_value_once_with_its_sources() {
    let text = View::new(78).text(Tab::Ocr, SAMPLE);
    let fields = text.split("\nOCR items").next().unwrap();
    assert_eq!(
        fields,
        "\
Compared: OCR raw, OCR, reviewed, final data
2 fields differ · 2 equivalent (form differs) · 2 same · 1 in one source only
1 read, not accepted

Fields, in the order of the document
≈ Full name          equivalent (upper/lower case)
    KIM MINJUN  OCR raw, OCR · OCR raw confidence ████▊ 96
    Kim Minjun  reviewed, final data
≠ Birth date         differs
    02.01.1991  OCR raw · confidence ██▉░░ 58 · ✗ not accepted
          ^^^^
    1990-01-02  OCR, reviewed, final data
    ^^^^
≈ Gender             equivalent (M/F for male/female)
    M     OCR raw · confidence ████▍ 88.25
    male  OCR, reviewed, final data
= Nationality        KOR  in all 4 sources · OCR raw confidence ████▉ 99
≠ Identity number    differs
    ••••••••••4567  OCR raw, OCR · OCR raw confidence ████▋ 93
                 ^
    ••••••••••4561  reviewed, final data
                 ^
= Issue date         2020-05-06  in OCR, final data
                                 missing in OCR raw, reviewed
  blood              A+  OCR raw only
"
    );
}

#[test]
fn a_wide_pane_shows_the_sources_in_columns() {
    let text = View::new(118).text(Tab::Ocr, SAMPLE);
    let rows: Vec<Vec<&str>> =
        text.lines().map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()).collect();
    assert!(rows.contains(&vec!["Field", "OCR raw", "confidence", "OCR", "reviewed", "final data"]), "{text}");
    assert!(rows.contains(&vec!["≈ Full name", "KIM MINJUN", "████▊", "96", "=", "Kim Minjun", "="]), "{text}");
    assert!(rows.contains(&vec!["= Issue date", "– missing", "2020-05-06", "– missing", "="]), "{text}");
}

#[test]
fn differing_characters_are_marked_by_role_and_by_a_sign() {
    let lines = View::new(78).mask(Mask::None).lines(Tab::Ocr, SAMPLE);
    let at = lines.iter().position(|line| line.line.text().contains("900101-1234561")).unwrap();
    let marked: Vec<&str> = lines[at]
        .line
        .pieces
        .iter()
        .filter(|piece| piece.role == Role::Mark)
        .map(|piece| piece.text.as_str())
        .collect();
    assert_eq!(marked, ["1"], "the last digit alone");
    let column = lines[at + 1].line.text().find('^').unwrap();
    assert_eq!(lines[at].line.text().as_bytes()[column], b'1', "the sign stands below it");
}

#[test]
fn a_mask_keeps_state_and_place_of_a_difference_and_no_character() {
    let text = View::new(78).mask(Mask::All).text(Tab::Ocr, SAMPLE);
    for hidden in ["KIM", "Kim", "1990", "1991", "900101"] {
        assert!(!text.contains(hidden), "{hidden} in\n{text}");
    }
    assert!(text.contains("≠ Birth date         differs"), "{text}");
    assert!(
        text.contains("    ••••••••••  OCR raw · confidence ██▉░░ 58 · ✗ not accepted\n          ^^^^\n"),
        "{text}"
    );
    assert!(text.contains("≈ Full name          equivalent (upper/lower case)"), "{text}");
}

#[test]
fn a_place_in_a_long_masked_value_is_not_told_by_its_length() {
    let number = "1234567890".repeat(5);
    let other = number.replacen('9', "8", 1) + "1";
    let json = format!(r#"{{"ocr":{{"number":"{number}"}},"data":{{"documentNumber":"{other}"}}}}"#);
    let text = View::new(78).text(Tab::Ocr, &json);
    assert!(text.contains("    ••••••••••••••••••••••••567890"), "{text}");
    assert!(!text.contains("12345678901"), "{text}");
}

#[test]
fn revealing_one_value_of_a_field_reveals_what_it_is_compared_with() {
    let view = View { revealed: Some("review.identityNumber".to_owned()), ..View::new(78) };
    let text = view.text(Tab::Ocr, SAMPLE);
    assert!(text.contains("900101-1234567") && text.contains("900101-1234561"), "{text}");
}

#[test]
fn items_stand_as_sent_with_rotation_confidence_and_corners() {
    let text = View::new(78).text(Tab::Ocr, SAMPLE);
    let items: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("OCR items")).collect();
    assert_eq!(
        items[..5],
        [
            "OCR items, in the order sent",
            "Rotation             -1.5  angle that the OCR found",
            "Confidence 0 to 100, and whether the value was accepted.",
            "name_eng           █████████▌    96  ✓ accepted: true",
            "birth_date         █████▊░░░░    58  ✗ accepted: false",
        ]
    );
    assert!(items.contains(&"blood              no score          accepted: –"));
    let folded = items.iter().position(|line| line.starts_with("▸ Corners x,y in the image: ")).expect("a fold");
    assert!(items[folded..].iter().all(|line| !line.contains("440,30")), "folded until asked for: {text}");
    let opened = View::new(78).open(Anchor::of_path("OCR_raw")).text(Tab::Ocr, SAMPLE);
    let corners = "name_eng           first 20,31  second 440,30  third 440,60.5  fourth 20,59";
    assert!(opened.lines().any(|line| line == corners), "{opened}");
}

#[test]
fn the_least_certain_stand_first_when_asked_for_and_the_headings_say_so() {
    let choices = TabChoices { fields: FieldOrder::Confidence, ..TabChoices::default() };
    let lines = View { choices, ..View::new(78) }.lines(Tab::Ocr, SAMPLE);
    let text: Vec<String> = lines.iter().map(|line| line.line.text()).collect();
    let place = |start: &str| text.iter().position(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{start}"));
    for order in [
        // The scores: 58, 88.25, 93, 96, 99, and none.
        &["Fields, lowest confidence first", "≠ Birth", "≈ Gender", "≠ Identity", "≈ Full", "= Nationality"][..],
        &["= Nationality", "= Issue date"],
        &["= Nationality", "  blood"],
        &["OCR items, lowest confidence first", "birth_date", "gender", "identity_number", "name_eng", "nationality"],
        &["nationality", "blood"],
    ] {
        assert!(order.iter().map(|start| place(start)).is_sorted(), "{order:?}\n{text:#?}");
    }
    let usual = View::new(78).text(Tab::Ocr, SAMPLE);
    assert!(
        usual.contains("\nFields, in the order of the document\n")
            && usual.contains("\nOCR items, in the order sent\n")
    );
}

#[test]
fn scores_that_are_no_numbers_stand_last_in_the_order_sent() {
    let json =
        r#"{"OCR_raw":{"one":{"value":"a","score":"high"},"two":{"value":"b"},"three":{"value":"c","score":7}}}"#;
    let choices = TabChoices { fields: FieldOrder::Confidence, ..TabChoices::default() };
    let text = View { choices, ..View::new(78) }.text(Tab::Ocr, json);
    let fields: Vec<&str> = text.lines().filter(|line| line.contains("OCR raw only")).collect();
    let names: Vec<&str> = fields.iter().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names, ["three", "one", "two"], "{text}");
}

/// What each order of case, width, spacing and date shape leaves the same, and one letter that is another.
const SHAPES: &str = r#"{
    "OCR_raw": {"name_eng": {"value": "ＫＩＭ　MIN JUN"}, "birth_date": {"value": "02.01.1990"}, "number": {"value": "MO1234567"}},
    "ocr": {"fullName": "KIM MIN JUN", "birthDate": "1990-01-02", "number": "M01234567"},
    "review": {"fullName": "kim minjun"},
    "data": {"full_name": "Kim  Minjun"}
}"#;

#[test]
fn names_that_differ_by_case_width_and_spacing_are_the_same_after_normalising() {
    for columns in [118, 78, 38] {
        let text = View::new(columns).mask(Mask::None).text(Tab::Ocr, SHAPES);
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("≈ Full name"), "{text}");
        for way in ["upper/lower case", "spacing", "full/half width"] {
            assert!(flat.contains(way), "{way}\n{text}");
        }
        assert!(flat.contains("final data 1 field differs") && flat.contains("2 equivalent"), "{text}");
    }
}

#[test]
fn a_date_in_another_shape_is_the_same_date() {
    let text = View::new(78).mask(Mask::None).text(Tab::Ocr, SHAPES);
    assert!(text.contains("≈ Birth date         equivalent (date format)\n"), "{text}");
    assert!(text.contains("    02.01.1990  OCR raw\n    1990-01-02  OCR\n"), "{text}");
}

#[test]
fn a_letter_for_a_digit_differs_and_is_the_one_that_is_marked_masked_or_not() {
    let shown = "≠ Document number    differs\n    MO1234567  OCR raw\n     ^\n    M01234567  OCR\n     ^\n";
    let text = View::new(78).mask(Mask::None).text(Tab::Ocr, SHAPES);
    assert!(text.contains(shown), "{text}");
    for mask in [Mask::Ids, Mask::All] {
        let text = View::new(78).mask(mask).text(Tab::Ocr, SHAPES);
        let hidden = "≠ Document number    differs\n    ••••••567  OCR raw\n     ^\n    ••••••567  OCR\n     ^\n";
        assert!(text.contains(hidden), "{text}");
        assert!(
            text.contains("≈ Full name          equivalent (upper/lower case, spacing, full/half width)"),
            "{text}"
        );
        assert!(text.contains("≈ Birth date         equivalent (date format)"), "{text}");
    }
}

#[test]
fn each_field_in_trouble_is_one_stop() {
    for columns in [118, 78, 38] {
        let lines = View::new(columns).lines(Tab::Ocr, SAMPLE);
        let stops: Vec<String> =
            lines.iter().filter(|line| line.landmark == Some(Landmark::Error)).map(|line| line.line.text()).collect();
        assert_eq!(stops.len(), 2, "{stops:?}");
        assert!(stops[0].contains("Birth date") && stops[1].contains("Identity"), "{stops:?}");
    }
}

#[test]
fn what_is_not_there_is_said_in_a_sentence() {
    let text = View::new(78).text(Tab::Ocr, r#"{"data":{"name":"Kim"}}"#);
    assert!(text.starts_with("No OCR:"), "{text}");
    let list = View { whole: false, ..View::new(78) }.text(Tab::Ocr, r#"{"data":{"name":"Kim"}}"#);
    assert!(list.starts_with("· Not fetched"), "{list}");
    let text = View::new(78).text(Tab::Ocr, r#"{"ocr":{"gender":"male"}}"#);
    assert!(text.contains("not sent: OCR raw (OCR_raw), reviewed (review), final data (data)"), "{text}");
}

#[test]
fn hidden_characters_in_a_value_are_shown_and_marked() {
    let json = r#"{"ocr":{"fullName":"KIM\u202eMIN"},"data":{"full_name":"KIMMIN"}}"#;
    let text = View::new(78).text(Tab::Ocr, json);
    assert!(text.contains("    KIM‹U+202E›MIN  OCR\n       ^^^^^^^^\n"), "{text}");
}

#[test]
fn wide_names_keep_the_columns() {
    let json = r#"{"OCR_raw":{"혈액형과 아주 긴 이름의 항목":{"value":"김민준 김민준 김민준 김민준","score":90}},
        "ocr":{"fullName":"김민준"},"review":{"fullName":"김민진"},"data":{"full_name":"محمد بن عبد الله"}}"#;
    for columns in [118, 96, 78, 60, 38] {
        View::new(columns).lines(Tab::Ocr, json);
    }
    let text = View::new(78).text(Tab::Ocr, json);
    assert!(text.contains("    김민준            OCR\n        ^^\n"), "{text}");
}
