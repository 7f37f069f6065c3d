use super::sections::{ELSEWHERE, SECTIONS, unlisted_paths};
use crate::panes::detail::Tab;
use crate::panes::detail::tabs::testing::TabCase;
use crate::panes::detail::tabs::tests::View;
use crate::submission::fields::FIELDS;
use crate::text::Mask;

fn text(json: &str) -> String {
    View::new(78).text(Tab::Details, json)
}

#[test]
fn the_table_names_documented_paths_and_forgets_none() {
    for path in SECTIONS.iter().flat_map(|section| section.paths) {
        assert!(FIELDS.iter().any(|(known, ..)| known == path), "{path} is not documented");
        assert!(!ELSEWHERE.contains(&path.split('.').next().unwrap()), "{path} stands in another tab");
    }
    assert_eq!(unlisted_paths(), [""; 0], "without a heading of their own");
}

#[test]
fn values_stand_as_sent_below_their_headings() {
    let text = text(
        r#"{"data":{"full_name":"Kim Minjun","ssnNumber":"***-**-****","cf1":"","cf2":null},"argos_score":"81.50",
            "created_at":"2026-11-20T09:14:05.123Z","projection":{"projectionName":"no names"},
            "project_options":{"option_aml":true,"policy_acceptedID":["passport","visa"],"policy_blacklistCountries":[]}}"#,
    );
    for lines in [
        "Person\nFull name                Kim Minjun\nSSN                      ***-**-****\n",
        "Custom fields\nCustom field 1           –  empty text\nCustom field 2           –  null\n",
        "Created at               2026-11-20 09:14:05.123 UTC\n                         as sent 2026-11-20T09:14:05.123Z\n",
        "ARGOS score              81.50  points; the project sets the threshold\n",
        "Projection\nProjection name          no names  applied to this submission\n",
        "AML option               true\nAccepted ID types        passport\n                         visa\n",
        "Blocked countries        –  empty list\n",
    ] {
        assert!(text.contains(lines), "{lines}\n----\n{text}");
    }
}

#[test]
fn one_or_many_stand_one_by_one() {
    let one = r#"{"updateTime":"soon","updateAdmin":"a@example.com"}"#;
    assert!(text(&format!(r#"{{"updateHistory":{one}}}"#)).contains("Update history\nUpdated at               soon\n"));
    let both = text(&format!(r#"{{"updateHistory":[{one},{one}]}}"#));
    assert!(both.contains("Update history\n1 of 2\n") && both.contains("\n2 of 2\n"), "{both}");
    let forms = r#"{"answer":"What is the source of your income?","inputValue":"salary","blockType":"text"}"#;
    for json in [format!(r#"{{"additional_list":{forms}}}"#), format!(r#"{{"additional_list":[{forms}]}}"#)] {
        let text = text(&json);
        assert!(
            text.contains("Additional forms\nWhat is the source of your income?\n  salary  type: text\n"),
            "{text}"
        );
    }
}

#[test]
fn images_say_which_there_are_and_that_links_are_no_pictures() {
    let text = text(r#"{"image":{"idImage":"https://img.example.com/a.jpg","selfieImage":""}}"#);
    assert!(
        text.contains("ID image                 ✓ present\n                         https://img.example.com/a.jpg\n"),
        "{text}"
    );
    assert!(
        text.contains("Selfie                   –  empty text\nAddress document         – not present\n"),
        "{text}"
    );
    assert!(text.contains("cannot be downloaded"), "{text}");
}

#[test]
fn a_memo_keeps_its_lines_and_hides_them_as_one() {
    let json = r#"{"memo":{"text":"called\nno \u202eanswer"}}"#;
    let shown = text(json);
    assert!(shown.contains("Memo                     called\n                         no ‹U+202E›answer\n"), "{shown}");
    let hidden = View::new(78).mask(Mask::All).text(Tab::Details, json);
    assert!(!hidden.contains("called") && hidden.contains("Memo                     •••"), "{hidden}");
}

#[test]
fn what_no_documentation_knows_stands_under_its_path() {
    let text = text(
        r#"{"data":{"passport_no2":"M12345678"},"kyc":{"attempts":[{},{"device":{"os":"any","parts":[1,2]}}]},"new":null,
            "aml":{"raw_data":{"anything":1}},"memo":"a text"}"#,
    );
    let unknown = text.split("Not in ARGOS's documentation\n").nth(1).unwrap();
    assert!(
        unknown.starts_with(
            "data.passport_no2        ••••••678
▾ kyc.attempts[1].device: { 2 fields }
    os: \"any\"
  ▾ parts: [ 2 items ]
      0: 1
      1: 2
new                      –  null
memo                     a text
"
        ),
        "{unknown}"
    );
    assert!(!text.contains("anything"), "the raw data of the screening is documented as open: {text}");
}

#[test]
fn a_repeated_key_is_told_first_and_in_words() {
    let text = text(r#"{"kyc":{"result":"approved","result":"rejected"},"email":"a@example.com"}"#);
    assert!(text.starts_with("Keys sent more than once\n"), "{text}");
    assert!(
        text.contains("kyc.result               approved  ⚠ 1 of 2\nkyc.result               rejected  ⚠ 2 of 2\n"),
        "{text}"
    );
}

#[test]
fn what_is_absent_is_not_sent_or_not_fetched() {
    let json = r#"{"submission_id":"6xx28lo115832"}"#;
    assert!(text(json).contains("Not sent\nnot in the answer: Person, Document,"));
    let list = View { whole: false, ..View::new(78) }.text(Tab::Details, json);
    assert!(list.contains("· not fetched, lists leave them out: Person, Document,"), "{list}");
}

#[test]
fn many_of_anything_are_counted() {
    let members: Vec<String> = (0..2000).map(|at| format!(r#""new{at}":{at}"#)).collect();
    let json = format!(r#"{{"duplicated_users":[{}],{}}}"#, vec![r#""a""#; 1000].join(","), members.join(","));
    let lines = View::new(78).lines(Tab::Details, &json);
    assert!(lines.len() < 1000, "{}", lines.len());
    let text = text(&json);
    assert!(
        text.contains("… and 800 more, in the JSON tab") && text.contains("… and 1500 more, in the JSON tab"),
        "{text}"
    );
}

#[test]
fn the_documented_members_of_a_webhook_have_a_heading_of_their_own() {
    let text = TabCase::listed(r#"{"submission_id":"a","webhook_trigger":"delete","comment":"bye","new":1}"#)
        .text(Tab::Details);
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} in\n{text}"));
    assert!(
        at("From the webhook") < at("webhook_trigger") && at("comment") < at("Not in ARGOS's documentation"),
        "{text}"
    );
    assert!(at("Not in ARGOS's documentation") < at("new"), "{text}");
    let record = TabCase::listed(r#"{"submission_id":"a","comment":"bye"}"#).text(Tab::Details);
    assert!(!record.contains("From the webhook"), "{record}");
}
