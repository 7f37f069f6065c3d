//! Advice on the screen: a named key does what is said, at the place where it is said.

use super::drawn::drawn;
use super::*;

fn footer(model: &Model) -> String {
    drawn(model).lines().last().unwrap_or_default().trim_end().to_owned()
}

fn with_rows(next: Option<usize>) -> Model {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..5, next)));
    model
}

#[test]
fn the_key_that_hides_a_revealed_value_is_named_only_where_it_hides_it() {
    for (mask, is_named) in [(Mask::Ids, true), (Mask::All, false)] {
        let (mut model, ticket) = opened();
        let json = br#"{"submission_id":"a","data":{"identityNumber":"900101-1234567"}}"#;
        let items = vec![Item::from_list("a".into(), Bytes::from_static(json))];
        model.update(loaded(ticket, Page { items, next: NextPage::Last, repaired: false, bytes: 0 }));
        model.mask = mask;
        press(&mut model, "\n8/identity\nv");
        assert!(footer(&model).contains("Value shown for ten seconds"), "{}", footer(&model));
        assert_eq!(footer(&model).contains("m hides it"), is_named, "{}", footer(&model));
    }
}

#[test]
fn an_empty_list_is_said_to_be_loading_only_while_it_is() {
    let (mut model, ticket) = opened();
    model.update(Msg::Resize(Size { width: 100, height: 40 }));
    let second = page_ticket(&model.update(loaded(ticket, page(0..0, Some(1)))));
    let screen = drawn(&model);
    assert!(screen.contains("Nothing received yet") && screen.contains("Loading …"), "{screen}");
    press(&mut model, "\u{1b}");
    let screen = drawn(&model);
    assert!(screen.contains("Not loading now: 0 loaded · stopped: cancelled."), "{screen}");
    assert!(screen.contains("Press L to load further pages."), "{screen}");
    // The server sends a page key again: no key goes on.
    let third = page_ticket(&press(&mut model, "L"));
    assert_ne!(third, second);
    model.update(loaded(third, page(0..0, Some(1))));
    let screen = drawn(&model);
    assert!(screen.contains("stopped: the server repeats a page key."), "{screen}");
    assert!(!screen.contains("Press L") && !screen.contains("Loading"), "{screen}");
}

#[test]
fn while_the_filter_is_typed_no_sentence_names_a_key_of_the_panes() {
    for (next, all) in [(Some(1), "Not every page is loaded."), (None, "Every page is loaded.")] {
        let mut model = with_rows(next);
        model.update(Msg::Resize(Size { width: 100, height: 40 }));
        press(&mut model, "fstatus:rejected");
        let screen = drawn(&model);
        assert!(screen.contains(all), "{screen}");
        assert!(!screen.contains("L loads") && !screen.contains("Press f"), "{screen}");
        press(&mut model, "\n");
        let screen = drawn(&model);
        assert!(screen.contains("f changes the filter") || screen.contains("Press f to change"), "{screen}");
    }
}

#[test]
fn a_submission_that_is_not_loaded_is_not_said_to_have_no_errors() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..2, None)));
    after(&mut model, |model| model.open_submission("far"));
    for (keys, words) in [("1\te", "The submission is not loaded yet"), ("5p", "The submission is not loaded yet")] {
        press(&mut model, keys);
        assert!(footer(&model).contains(words), "{keys}: {}", footer(&model));
    }
    let mut model = with_rows(None);
    for (keys, words) in [("1\te", "No finding further down in this tab"), ("2e", "No error further down in this tab")]
    {
        press(&mut model, keys);
        assert!(footer(&model).contains(words), "{keys}: {}", footer(&model));
    }
}

#[test]
fn a_search_that_finds_nothing_names_what_it_did_not_search() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..2, None)));
    press(&mut model, "1\tn");
    assert!(footer(&model).contains("No text is searched in this tab"), "{}", footer(&model));
    let list = "Not found in this tab · only list data was searched";
    press(&mut model, "/nowhere\n");
    assert!(footer(&model).contains(&format!("{list} · hidden values are not searched")), "{}", footer(&model));
    model.mask = Mask::None;
    press(&mut model, "n");
    assert!(footer(&model).contains(&format!("{list}  ")), "{}", footer(&model));
    let (ticket, id) = single_ticket(&after(&mut model, Model::request_full_record));
    let json = br#"{"submission_id":"s0000","kyc":{"result":"approved"}}"#;
    let found = RecordAnswer::Found(Item::from_list(id.clone(), Bytes::from_static(json)).as_full_record());
    model.update(Msg::FullRecordLoaded { ticket, id, result: Ok(found), at: AT });
    press(&mut model, "n");
    assert!(footer(&model).contains("Not found in this tab  "), "{}", footer(&model));
}

#[test]
fn in_the_detail_pane_the_key_for_marks_is_one_of_the_list() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..0, None)));
    for (keys, words) in [("=", "Space marks · = compares"), ("\t=", "Space marks in the list · = compares")] {
        press(&mut model, keys);
        assert!(footer(&model).contains(words), "{}", footer(&model));
    }
}

#[test]
fn rows_of_the_previous_query_are_named_and_a_retry_only_where_one_is_possible() {
    let mut model = with_rows(None);
    let ticket = page_ticket(&press(&mut model, "fuserid:x\n"));
    press(&mut model, "D");
    assert!(footer(&model).contains("the new one is being loaded"), "{}", footer(&model));
    model.update(Msg::PageLoaded { ticket, result: Err(failure()), at: AT });
    press(&mut model, "D");
    assert!(footer(&model).contains("previous query. Press r to retry."), "{}", footer(&model));
    press(&mut model, "L");
    assert!(footer(&model).contains("These rows are of the previous query · r retries"), "{}", footer(&model));
}

#[test]
fn esc_is_said_to_end_the_tour_only_where_it_does() {
    let setting = ReviewerConfig { tour: true, ..setting() };
    let (mut model, begin) = Model::new(setting, Size { width: 120, height: 40 }, AT);
    model.update(loaded(page_ticket(&begin), page(0..5, None)));
    for (keys, ends) in [("", true), ("\n", false), ("\u{1b}", true), ("f", false), ("\u{1b}", true), ("z", false)] {
        press(&mut model, keys);
        let screen = drawn(&model);
        assert!(screen.contains(" Try: "), "{screen}");
        assert_eq!(screen.contains("Esc ends the tour"), ends, "{keys:?}: {screen}");
    }
    press(&mut model, "\u{1b}");
    assert!(drawn(&model).contains("Esc ends the tour"));
    press(&mut model, "\u{1b}");
    assert!(!drawn(&model).contains(" Try: "));
}

#[test]
fn the_question_to_load_more_names_its_key_unless_the_filter_is_typed() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..50, Some(1))));
    let second = page_ticket(&press(&mut model, "L"));
    model.update(loaded(second, page(50..100, Some(2))));
    press(&mut model, "f");
    let screen = drawn(&model);
    assert!(screen.contains("Load more? ·") && !screen.contains("L continues"), "{screen}");
    press(&mut model, "\u{1b}");
    assert!(drawn(&model).contains("Load more? L continues ·"));
}

#[test]
fn the_key_that_shows_new_rows_is_named_only_while_the_list_has_the_focus() {
    let mut model = with_rows(None);
    let ticket = page_ticket(&press(&mut model, "r"));
    model.update(loaded(
        ticket,
        Page { items: [9, 0, 1].map(|id| item(&format!("s{id:04}"))).into(), ..page(0..0, None) },
    ));
    assert!(drawn(&model).contains("1 new: n shows them ·"), "{}", drawn(&model));
    press(&mut model, "\t");
    assert!(drawn(&model).contains("1 new not shown yet ·"), "{}", drawn(&model));
}

#[test]
fn a_wrong_filter_is_to_be_fixed_and_not_loaded() {
    for (filter, is_wrong) in [("fuserid:x zzzz", false), ("fuserid:x zzzz status:nope", true)] {
        let mut model = with_rows(None);
        model.update(Msg::Resize(Size { width: 120, height: 40 }));
        press(&mut model, filter);
        let screen = drawn(&model);
        assert_eq!(screen.contains("Press Enter to load the query"), !is_wrong, "{screen}");
        assert_eq!(screen.contains("Fix the wrong term"), is_wrong, "{screen}");
    }
}
