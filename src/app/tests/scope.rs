//! What an empty list and its border claim: never more than what was searched.

use super::*;

fn drawn(model: &Model) -> String {
    let backend = ratatui::backend::TestBackend::new(200, 40);
    let mut terminal = ratatui::Terminal::new(backend).expect("a screen");
    terminal.draw(|frame| model.view(frame)).expect("a screen in memory");
    let buffer = terminal.backend().buffer();
    (0..40).map(|y| (0..200).map(|x| buffer[(x, y)].symbol()).collect::<String>() + "\n").collect()
}

/// A model with the rows 0 to 2 of list data, filtered.
fn filtered(filter: &str, next: Option<usize>) -> Model {
    let (mut model, ticket) = opened();
    model.size = Size { width: 200, height: 40 };
    model.update(loaded(ticket, page(0..3, next)));
    press(&mut model, &format!("f{filter}\n"));
    model
}

fn sentences(model: &Model) -> Vec<String> {
    let listing = model.listing.value().unwrap();
    let lines = model.no_match(listing.store.len(), listing.walk.end());
    lines.iter().map(|line| line.as_str().to_owned()).collect()
}

#[test]
fn a_text_that_list_data_does_not_hold_is_not_said_to_be_nowhere() {
    let model = filtered("zzz", None);
    let screen = drawn(&model);
    assert!(screen.contains("0 shown of 3 loaded · complete"), "{screen}");
    assert!(screen.contains("No match in the list data of the 3 loaded submissions · D looks further ("), "{screen}");
    let whole = screen.matches("3 of 3 rows not fully loaded: \"zzz\" may be in them").count();
    assert_eq!(whole, 3, "bar, list and border: {screen}");
    assert!(!screen.contains("L loads them"), "{screen}");
    assert!(sentences(&filtered("zzz", Some(3))).iter().any(|line| line.contains("L loads them")));
}

#[test]
fn undecided_rows_are_not_said_to_be_no_match() {
    for term in ["aml:red-flag", "!aml:red-flag", "ip:192.0.2.1", "token:t", "applicant:a", "retry:no_face", "has:aml"]
    {
        let model = filtered(term, None);
        let known = "No match so far: 3 of 3 loaded submissions lack a value that the filter needs · D fetches missing values (1 request).";
        assert_eq!(sentences(&model)[0], known, "{term}");
        assert!(drawn(&model).contains("3 rows hidden: unknown if they match"), "{term}");
    }
    for filter in ["aml:red-flag zzz", "kimseoul zzz"] {
        let sentence = sentences(&filtered(filter, None)).remove(0);
        assert!(sentence.starts_with("No match in the list data of the 3 loaded submissions"), "{filter}: {sentence}");
    }
}

#[test]
fn while_a_filter_is_typed_an_empty_list_names_the_next_two_keys() {
    for (typed, step) in [
        ("aml:red-flag", "Enter applies the filter; then D fetches the missing values."),
        ("zzz", "Enter applies the filter; then D looks further."),
    ] {
        let (mut model, ticket) = opened();
        model.update(loaded(ticket, page(0..3, None)));
        press(&mut model, &format!("f{typed}"));
        let said = sentences(&model);
        assert!(said.iter().any(|line| line == step), "{typed}: {said:?}");
        press(&mut model, " score<");
        let said = sentences(&model);
        assert!(!said.iter().any(|line| line.contains("applies the filter")), "a wrong term is not applied: {said:?}");
        let applied = sentences(&filtered(typed, None));
        assert!(!applied.iter().any(|line| line.contains("applies the filter")), "{typed}: {applied:?}");
    }
}

#[test]
fn a_decided_term_says_that_no_row_matches() {
    let (mut model, ticket) = opened();
    let json = br#"{"submission_id":"a","kyc":{"result":"approved"}}"#;
    let items = vec![Item::from_list("a".into(), Bytes::from_static(json))];
    model.update(loaded(ticket, Page { items, next: NextPage::Last, repaired: false, bytes: 0 }));
    press(&mut model, "fstatus:pending\n");
    assert_eq!(sentences(&model), ["No match in the 1 loaded submission.", "Press f to change the filter."]);
}

#[test]
fn a_text_that_looks_like_an_id_is_told_the_key_of_ids_as_the_mask_allows() {
    let mut model = filtered("6xx28lo115832", None);
    assert!(sentences(&model).iter().any(|line| line.contains("write id:6xx28lo115832:")));
    press(&mut model, "m");
    assert!(!sentences(&model).concat().contains("6xx28lo115832"));
    assert!(sentences(&model).iter().any(|line| line == "Values that the mask hides were not searched."));
}

#[test]
fn the_rows_of_one_part_keep_time_and_name_of_the_query_before() {
    let (mut model, ticket) = opened();
    let json = br#"{"submission_id":"a","created_at":"2026-11-20T09:14:00Z","data":{"name":"Minjun"}}"#;
    let answer = |json: &'static [u8]| Page {
        items: vec![Item::from_list("a".into(), Bytes::from_static(json))],
        next: NextPage::Last,
        repaired: false,
        bytes: 0,
    };
    model.update(loaded(ticket, answer(json)));
    let asked = page_ticket(&press(&mut model, "ftype:aml\n"));
    model.update(loaded(asked, answer(br#"{"submission_id":"a","aml":{"currentstatus":"Red Flag"}}"#)));
    let again = page_ticket(&press(&mut model, "r"));
    for _ in 0..2 {
        let screen = drawn(&model);
        for known in ["Minjun", "11-20 09:14", "Red Flag"] {
            assert!(screen.contains(known), "{known}: {screen}");
        }
        model.update(loaded(again, answer(br#"{"submission_id":"a","aml":{"currentstatus":"Red Flag"}}"#)));
    }
}
