use proptest::prelude::*;

use super::*;

fn page(body: &str) -> Result<Page, RequestError> {
    Page::read(&Bytes::copy_from_slice(body.as_bytes()))
}

fn single(body: &str, id: &str) -> Result<RecordAnswer, RequestError> {
    Envelope::read(&Bytes::copy_from_slice(body.as_bytes()), &[])?.into_record_answer(id)
}

/// An item in one word: its id, or why it is unreadable.
fn word(item: &Item) -> String {
    match item {
        Item::Readable { id, .. } => id.to_string(),
        Item::Unreadable { reason, .. } => format!("{reason:?}"),
    }
}

fn words(page: &Page) -> Vec<String> {
    page.items.iter().map(word).collect()
}

#[test]
fn unreadable_items_cost_only_themselves() {
    let page = page(
        r#"{"Items":[42,"text",null,{"submission_id":17,"data":"x"},{"submission_id":"a"},{"submission_id":""},{},
           [{"submission_id":"b"}],{"submission_id":"c\ud800","n":1e999},{"submission_id":null,"submission_id":"d"},
           {"submission_id":"e","submission_id":5}]}"#,
    )
    .ok()
    .unwrap();
    let no = |count| vec!["NoObject".to_owned(); count];
    let mut expected = no(3);
    expected.extend(["NoId", "a", "NoId", "NoId", "NoObject", r"c\ud800", "d", "NoId"].map(str::to_owned));
    assert_eq!(words(&page), expected);
    assert_eq!(page.items[3].raw(), r#"{"submission_id":17,"data":"x"}"#);
    assert!(!page.repaired);
}

#[test]
fn items_are_slices_of_the_bytes_that_came() {
    let body = Bytes::from_static(br#"{ "Items" : [ {"submission_id" : "a", "score": 0.10 } ] }"#);
    let page = Page::read(&body).unwrap();
    assert_eq!(page.items[0].raw(), r#"{"submission_id" : "a", "score": 0.10 }"#);
    assert!(body.as_ptr_range().contains(&page.items[0].raw().as_ptr()));
    assert_eq!(page.bytes, body.len());
}

#[test]
fn a_cursor_is_read_in_every_form_that_it_may_take() {
    let long = "x".repeat(MAX_CURSOR_BYTES - 1);
    let cursor = |id: &str, created_at: &str| NextPage::More(Cursor { id: id.into(), created_at: created_at.into() });
    for (key, next) in [
        ("null", NextPage::Last),
        ("{}", NextPage::Last),
        (r#"{"id":null,"created_at":""}"#, NextPage::Last),
        (r#"{"id":"a&+% ä","created_at":"2026-11-21T09:14:05.123Z"}"#, cursor("a&+% ä", "2026-11-21T09:14:05.123Z")),
        (r#"{"created_at":1763715264000,"id":0017e1}"#, NextPage::Unusable),
        (r#"{"created_at":1763715264000,"id":17e1,"more":1}"#, cursor("17e1", "1763715264000")),
        (r#"{"id":"a"}"#, NextPage::Unusable),
        (r#"{"created_at":"a","id":null}"#, NextPage::Unusable),
        (r#"{"other":"a"}"#, NextPage::Unusable),
        (r#"{"id":{"S":"a"},"created_at":"b"}"#, NextPage::Unusable),
        (r#""token""#, NextPage::Unusable),
        ("[]", NextPage::Unusable),
        (&format!(r#"{{"id":"{long}","created_at":"b"}}"#), cursor(&long, "b")),
        (&format!(r#"{{"id":"{long}x","created_at":"b"}}"#), NextPage::Unusable),
    ] {
        let Ok(page) = page(&format!(r#"{{"nextpageKey":{key},"Items":[]}}"#)) else {
            assert!(key.contains("0017"), "{key}");
            continue;
        };
        assert!(page.next == next, "{key}");
    }
    assert!(page(r#"{"Items":[]}"#).is_ok_and(|page| page.next == NextPage::Last));
}

#[test]
fn a_lone_surrogate_in_a_cursor_cannot_be_sent_back() {
    let page = page(r#"{"Items":[],"nextpageKey":{"id":"\ud800","created_at":"b"}}"#).unwrap();
    assert!(page.next == NextPage::Unusable);
}

#[test]
fn unknown_members_of_the_envelope_are_passed_over() {
    let page = page(r#"{"message":"hello","Count":1,"Items":[{"submission_id":"a"}],"\ud800":[[]]}"#).unwrap();
    assert_eq!(words(&page), ["a"]);
}

#[test]
fn damage_is_mended_where_possible_and_told() {
    for body in [
        "\u{feff}{\"Items\":[{\"submission_id\":\"a\"}]}",
        "{\"Items\":[{\"submission_id\":\"a\",\"x\":\"\u{1}\"}]}",
        "{\"Items\":[{\"submission_id\":\"a\",\"x\":NaN}]}",
        "{\"Items\":[{\"submission_id\":\"a\"}]} trailing",
        "{\"Items\":[{\"submission_id\":\"a\"}]}\0",
        r#"{"Items":[{"submission_id":"a","x":"\q"}]}"#,
    ] {
        let page = page(body).unwrap();
        assert!(page.repaired, "{body:?}");
        assert_eq!(words(&page), ["a"], "{body:?}");
        assert_eq!(page.bytes, body.len());
    }
    let page = Page::read(&Bytes::from_static(b"{\"Items\":[{\"submission_id\":\"a\xff\"}]}")).unwrap();
    assert_eq!(words(&page), ["a\u{fffd}"]);
}

#[test]
fn no_part_of_a_page_passes_for_a_page() {
    let whole = r#"{"Items":[{"submission_id":"a","x":["\ud800"]},{"submission_id":"b"}],"nextpageKey":{"id":"b","created_at":"c"}}"#;
    assert!(page(whole).is_ok());
    for (end, _) in whole.char_indices().skip(1) {
        let (part, _) = whole.split_at(end);
        assert_eq!(page(part).err(), Some(RequestError::CutOff), "{part}");
    }
}

#[test]
fn what_is_not_the_documented_shape_is_an_error_with_its_name() {
    for (body, error) in [
        ("", RequestError::Empty),
        (" \r\n", RequestError::Empty),
        ("[]", RequestError::Shape(ShapeFault::NoObject)),
        ("null", RequestError::Shape(ShapeFault::NoObject)),
        (r#""Items""#, RequestError::Shape(ShapeFault::NoObject)),
        ("{}", RequestError::Shape(ShapeFault::NoItems)),
        (r#"{"Items":null}"#, RequestError::Shape(ShapeFault::NoItems)),
        (r#"{"items":[]}"#, RequestError::Shape(ShapeFault::NoItems)),
        (r#"{"nextpageKey":{"id":"a","created_at":"b"}}"#, RequestError::Shape(ShapeFault::NoItems)),
        (r#"{"Items":{"submission_id":"a"}}"#, RequestError::Shape(ShapeFault::ItemsNoList)),
        (r#"{"Items":"none"}"#, RequestError::Shape(ShapeFault::ItemsNoList)),
        (r#"{"Items":[],"Items":[{"submission_id":"a"}]}"#, RequestError::Shape(ShapeFault::Repeated)),
        (r#"{"Items":[],"nextpageKey":{},"nextpageKey":null}"#, RequestError::Shape(ShapeFault::Repeated)),
        (r#"{"data":"Zm9v","isEncrypted":true}"#, RequestError::Shape(ShapeFault::Encrypted)),
        ("<!DOCTYPE html><html>Log in</html>", RequestError::Html),
        (" \n<html>", RequestError::Html),
        (r#"{"Items":[{"submission_id":"a"},{"submi"#, RequestError::CutOff),
        (r#"{"Items":[{"submission_id":"a"}]"#, RequestError::CutOff),
        ("{\"Items\":[\n{\"submission_id\":approved}]}", RequestError::NotJson { line: 2, column: 18 }),
        ("Internal error", RequestError::NotJson { line: 1, column: 1 }),
        ("\0\u{1}\u{2}", RequestError::NotJson { line: 1, column: 1 }),
    ] {
        assert_eq!(page(body).err(), Some(error), "{body:?}");
    }
}

#[test]
fn an_error_that_comes_as_a_success_is_an_error() {
    let Some(RequestError::Refused(refusal)) =
        page(r#"{"errorCode":"invalid_project","message":"Invalid project"}"#).err()
    else {
        panic!("no refusal");
    };
    assert_eq!(refusal.status, 200);
    assert_eq!(refusal.code.map(crate::api::Code::word), Some("invalid_project"));
}

#[test]
fn a_single_answer_is_found_by_its_id_only() {
    let found = |body: &str, id: &str| match single(body, id) {
        Ok(RecordAnswer::Found(item) | RecordAnswer::Repaired(item)) => word(&item),
        Ok(RecordAnswer::NotFound) => "not found".to_owned(),
        Err(error) => format!("{error:?}"),
    };
    for body in [r#"{"Items":[]}"#, r#"{"Items":null}"#, "{}", r#"{"nextpageKey":null}"#] {
        assert_eq!(found(body, "a"), "not found", "{body}");
    }
    let several = r#"{"Items":[7,{"submission_id":"b"},{"submission_id":"a"}]}"#;
    assert_eq!(found(several, "a"), "a");
    assert_eq!(found(several, "A"), "Shape(OtherSubmission)");
    assert_eq!(found(r#"{"Items":[{"submission_id":5}]}"#, "5"), "Shape(OtherSubmission)");
    assert!(found(r#"{"message":"Invalid project"}"#, "a").starts_with("Refused"));
}

#[test]
fn a_list_asked_by_id_may_lack_its_items() {
    let envelope = |body: &'static str| Envelope::read(&Bytes::from_static(body.as_bytes()), &[]).unwrap();
    assert!(envelope("{}").into_page(Some("a")).is_ok_and(|page| page.items.is_empty()));
    assert!(envelope("{}").into_page(None).is_err());
}

proptest! {
    #[test]
    fn of_fifty_items_exactly_the_bad_ones_are_unreadable(bad in proptest::collection::vec(any::<bool>(), 50)) {
        let items: Vec<String> = bad.iter().enumerate().map(|(at, bad)| match (bad, at % 3) {
            (false, _) => format!(r#"{{"submission_id":"s{at}","x":["\ud800",1e999]}}"#),
            (true, 0) => "null".to_owned(),
            (true, 1) => format!(r#"{{"submission_id":{at}}}"#),
            (true, _) => format!(r#"[{{"submission_id":"s{at}"}}]"#),
        }).collect();
        let page = page(&format!(r#"{{"Items":[{}]}}"#, items.join(","))).unwrap();
        for ((item, bad), text) in page.items.iter().zip(&bad).zip(&items) {
            prop_assert_eq!(matches!(item, Item::Unreadable { .. }), *bad);
            prop_assert_eq!(item.raw(), text);
        }
        prop_assert_eq!(page.items.len(), 50);
    }

    #[test]
    fn any_bytes_give_a_page_or_an_error(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Page::read(&body.into());
    }
}

#[test]
fn of_a_page_of_too_many_items_the_first_are_taken_and_the_walk_ends() {
    let items = |count: usize| {
        format!(r#"{{"Items":[{}],"nextpageKey":{{"id":"a","created_at":"b"}}}}"#, vec!["{}"; count].join(","))
    };
    let full = page(&items(MAX_ITEMS)).unwrap();
    assert!(full.items.len() == MAX_ITEMS && matches!(full.next, NextPage::More(_)));
    let over = page(&items(MAX_ITEMS + 7)).unwrap();
    assert!(over.items.len() == MAX_ITEMS && over.next == NextPage::Overfull(MAX_ITEMS + 7));
}

#[test]
fn an_id_that_cannot_be_asked_for_makes_an_item_unreadable() {
    let with = |id: &str| words(&page(&format!(r#"{{"Items":[{{"submission_id":"{id}"}}]}}"#)).unwrap());
    assert_eq!(with(&"x".repeat(4_096))[0].len(), 4_096);
    assert_eq!(with(&"x".repeat(4_097)), ["LongId"]);
    assert_eq!(with(&r"\u0061".repeat(4_096))[0].len(), 4_096);
    assert_eq!(with(&"x".repeat(100_000)), ["LongId"]);
}

#[test]
fn a_small_item_does_not_keep_a_large_answer_in_memory() {
    let item = r#"{"submission_id":"a","x":1}"#;
    for body in [
        format!(r#"{{"pad":"{}","Items":[{item},42]}}"#, "x".repeat(100_000)),
        format!(r#"{{"Items":[{item} {},42]}}"#, " ".repeat(100_000)),
    ] {
        let body = Bytes::from(body);
        let page = Page::read(&body).unwrap();
        assert_eq!(page.items.iter().map(Item::raw).collect::<Vec<_>>(), [item, "42"]);
        assert!(page.items.iter().all(|item| !body.as_ptr_range().contains(&item.raw().as_ptr())));
        assert_eq!(page.bytes, body.len());
        let RecordAnswer::Found(single) = Envelope::read(&body, &[]).unwrap().into_record_answer("a").unwrap() else {
            panic!("found")
        };
        assert!(single.raw() == item && !body.as_ptr_range().contains(&single.raw().as_ptr()));
    }
}

#[test]
fn damage_that_would_make_an_answer_much_larger_is_refused() {
    let body = format!("{{\"Items\":[{{\"submission_id\":\"a\",\"x\":\"{}\"}}]}}", "\u{1}".repeat(300_000));
    assert!(matches!(page(&body), Err(RequestError::NotJson { .. })));
}
