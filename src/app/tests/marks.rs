//! Marks: what they survive, what they count, and what is copied of the marked submissions.

use super::*;
use crate::access::AccessAction;
use crate::store::KnownAnswers;
use crate::submission::row::Column;

fn answer(id: &str, rest: &str) -> Item {
    Item::from_list(id.into(), Bytes::from(format!(r#"{{"submission_id":"{id}"{rest}}}"#)))
}

fn with(items: Vec<Item>) -> Model {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, Page { items, next: NextPage::Last, repaired: false, bytes: 0 }));
    model
}

/// Three people: one with an e-mail, one with an empty one, one whose e-mail the list does not carry.
fn three() -> Model {
    with(vec![
        answer("s1", r#","email":"kim@example.com","created_at":"2026-11-21T09:00:00Z","kyc":{"result":"pending"}"#),
        answer("s2", r#","email":null,"created_at":"2026-11-20T09:00:00Z","kyc":{"result":"rejected"}"#),
        answer("s3", r#","created_at":"2026-11-19T09:00:00Z","kyc":{"result":"approved"}"#),
    ])
}

fn marked(model: &Model) -> String {
    model.selection.marks.title_words().map(String::from).unwrap_or_default()
}

/// The effects of an entry of the copy menu that begins with these words.
fn copy(model: &mut Model, label: &str) -> Vec<Effect> {
    press(model, "y");
    let at = model.menu_lines().iter().position(|choice| choice.label.as_str().starts_with(label));
    let at = at.unwrap_or_else(|| panic!("no {label} among {:?}", model.menu_lines()));
    press(model, &format!("g{}\n", "j".repeat(at)))
}

fn copied(effects: &[Effect]) -> String {
    let text = |effect: &Effect| if let Effect::Copy(text) = effect { Some(text.clone()) } else { None };
    effects.iter().find_map(text).expect("a copy")
}

/// Runs the task that makes a text.
fn made(effects: Vec<Effect>) -> Msg {
    let order =
        effects.into_iter().find_map(|effect| if let Effect::ComposeText(order) = effect { Some(order) } else { None });
    Msg::TextFinished(Box::new(order.expect("a text is made").compose()))
}

fn notice(model: &Model) -> &str {
    model.notice.as_ref().map_or("", |notice| notice.text.as_str())
}

#[test]
fn space_marks_and_moves_down_and_marks_are_counted() {
    let mut model = three();
    press(&mut model, "  ");
    assert_eq!((marked(&model).as_str(), model.selected_id().as_deref()), ("2 marked", Some("s3")));
    press(&mut model, "k ");
    assert_eq!(marked(&model), "1 marked", "a second time removes the mark");
    press(&mut model, "u");
    assert_eq!((marked(&model).as_str(), notice(&model)), ("", "1 mark removed"));
    press(&mut model, "u");
    assert_eq!(notice(&model), "Nothing is marked");
}

#[test]
fn marks_survive_a_filter_a_refresh_more_pages_and_a_new_query() {
    let mut model = three();
    press(&mut model, "  fstatus:pending\n");
    assert_eq!(marked(&model), "2 marked, 1 not shown");
    press(&mut model, "f");
    model.update(Msg::Key(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL)));
    press(&mut model, "\n");
    assert_eq!(marked(&model), "2 marked");
    let again = page_ticket(&after(&mut model, Model::request_refresh));
    let items = vec![answer("s2", r#","email":"new@example.com""#), answer("s9", "")];
    model.update(loaded(again, Page { items, next: NextPage::Last, repaired: false, bytes: 0 }));
    assert_eq!(marked(&model), "2 marked");
    let new = page_ticket(&press(&mut model, "fon:2026-11-01\n"));
    model.update(loaded(new, Page { items: vec![answer("s7", "")], next: NextPage::Last, repaired: false, bytes: 0 }));
    assert_eq!(marked(&model), "2 marked, 2 not shown");
    let text = copied(&copy(&mut model, "2 e-mails"));
    assert_eq!(text, "kim@example.com\nnew@example.com", "their data is still in memory");
}

#[test]
fn an_unreadable_row_cannot_be_marked_and_a_sentence_says_so() {
    let unreadable = Item::Unreadable { raw: Bytes::from_static(b"7"), reason: crate::api::Unreadable::NoObject };
    let mut model = with(vec![unreadable]);
    press(&mut model, " ");
    assert_eq!((marked(&model).as_str(), notice(&model)), ("", "Not marked: an unreadable item has no id"));
}

#[test]
fn copies_act_on_the_marked_submissions_in_the_order_of_the_list_and_name_what_they_lack() {
    let mut model = three();
    press(&mut model, "G k kk ");
    let effects = copy(&mut model, "3 submission ids");
    assert_eq!(copied(&effects), "s1\ns2\ns3");
    let recorded = effects.iter().any(|effect| {
        matches!(effect, Effect::RecordEach(AccessAction::Copy, ids) if ids.iter().map(|id| &**id).eq(["s1", "s2", "s3"]))
    });
    assert!(recorded, "the copy is recorded with its ids");
    assert_eq!(copied(&copy(&mut model, "1 e-mail")), "kim@example.com");
    assert_eq!(notice(&model), "Copied: 1 e-mail · 1 not fetched · 1 without one");
    assert_eq!(copied(&copy(&mut model, "Command: show 3")), "argos-review show s1 s2 s3");
}

#[test]
fn a_masked_level_masks_every_copy() {
    let mut model = three();
    press(&mut model, "G k kk m");
    assert_eq!(model.mask, Mask::All);
    assert!(!copied(&copy(&mut model, "1 e-mail")).contains("kim"));
    for label in ["3 CSV rows", "3 summaries"] {
        let made = made(copy(&mut model, label));
        let text = copied(&model.update(made));
        assert!(!text.contains("kim") && text.contains("s1"), "{text}");
    }
}

#[test]
fn a_text_that_a_task_made_is_dropped_after_a_newer_copy() {
    let mut model = three();
    press(&mut model, "  ");
    let older = made(copy(&mut model, "2 CSV rows"));
    assert_eq!(copied(&copy(&mut model, "2 submission ids")), "s1\ns2");
    let effects = model.update(older);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Copy(_))), "the newer copy stays on the clipboard");
}

#[test]
fn a_text_that_a_task_made_is_dropped_after_a_newer_order_or_another_mask_level() {
    for newer_first in [false, true] {
        let mut model = three();
        press(&mut model, "G k kk ");
        let older = made(copy(&mut model, "3 CSV rows"));
        let newer = made(copy(&mut model, "3 summaries"));
        let (first, second) = if newer_first { (newer, older) } else { (older, newer) };
        let texts = [model.update(first), model.update(second)];
        let copies: Vec<usize> =
            texts.iter().map(|effects| effects.iter().filter(|it| matches!(it, Effect::Copy(_))).count()).collect();
        assert_eq!(copies, if newer_first { [1, 0] } else { [0, 1] }, "newer first: {newer_first}");
    }
    let mut model = three();
    let made = made(copy(&mut model, "Summary"));
    press(&mut model, "m");
    assert!(!model.update(made).iter().any(|effect| matches!(effect, Effect::Copy(_))));
    assert_eq!(notice(&model), "Not copied: the mask level has changed meanwhile");
}

#[test]
fn csv_rows_have_the_columns_of_the_list_as_paths() {
    let mut model = three();
    let made = made(copy(&mut model, "CSV row"));
    let text = copied(&model.update(made));
    let heading = text.lines().next().unwrap();
    assert!(
        heading.starts_with("kyc.result,data.name") || heading.starts_with("kyc.result,data.full_name"),
        "{heading}"
    );
    for path in
        ["data.full_name", "data.name", "created_at", "waiting_seconds", "kyc.commentCode", "submission_id", "email"]
    {
        assert!(heading.split(',').any(|it| it == path), "{path} in {heading}");
    }
    assert_eq!(text.lines().count(), 2, "{text}");
    model.list.chosen = Some(vec![Column::Id, Column::Status]);
    let made = self::made(copy(&mut model, "CSV row"));
    assert_eq!(copied(&model.update(made)), "submission_id,kyc.result\ns1,pending\n");
    model.list.chosen = Some(vec![Column::Name, Column::Aml, Column::Retry, Column::Waiting, Column::Attempts]);
    let named = crate::cli::csv_columns::columns(&model.list.chosen_keys().unwrap()).unwrap();
    assert_eq!(model.csv_columns(), named, "the command line writes the same columns for the same view");
}

#[test]
fn what_marks_keep_is_joined_over_queries_and_needs_no_parsing_while_a_menu_is_drawn() {
    let mut model = three();
    let (ticket, id) = single_ticket(&after(&mut model, Model::request_full_record));
    let full = answer("s1", r#","email":"kim@example.com","data":{"name":"Kim"}"#).as_full_record();
    model.update(Msg::FullRecordLoaded { ticket, id, result: Ok(RecordAnswer::Found(full)), at: AT });
    press(&mut model, " ");
    for (day, items) in [("01", vec![answer("s1", r#","email":"new@example.com""#)]), ("02", Vec::new())] {
        press(&mut model, "f");
        model.update(Msg::Key(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL)));
        let new = page_ticket(&press(&mut model, &format!("on:2026-11-{day}\n")));
        model.update(loaded(new, Page { items, next: NextPage::Last, repaired: false, bytes: 0 }));
    }
    let marked = model.marked_submissions();
    assert!(marked.iter().all(|one| one.answers.as_ref().is_some_and(KnownAnswers::is_full)), "still the full record");
    let row = model.selection.marks.kept_row("s1").expect("the row is kept");
    assert_eq!(row.cell(Column::Name).text(), Some("Kim"), "with the fields of the full record");
    press(&mut model, "u");
    assert!(model.selection.marks.kept_row("s1").is_none());
}

#[test]
fn a_summary_of_list_data_claims_no_findings_and_one_of_the_full_record_does() {
    let mut model = three();
    let summary = |model: &mut Model| {
        let made = made(copy(model, "Summary"));
        copied(&model.update(made))
    };
    let listed = summary(&mut model);
    assert!(listed.contains("Submission: s1\nStatus: pending"), "{listed}");
    assert!(listed.contains("Created: 2026-11-21 09:00:00"), "{listed}");
    assert!(listed.contains("Source: list data only; findings not checked"), "{listed}");
    assert!(!listed.contains("No findings"), "{listed}");
    assert!(listed.ends_with("masked: ID numbers\n"), "{listed}");
    let (ticket, id) = single_ticket(&after(&mut model, Model::request_full_record));
    let full = r#","email":"kim@example.com","created_at":"2026-11-21T09:00:00Z","kyc":{"result":"pending"},"data":{"name":"Kim"},"kind":"https://example.com/x"#;
    let full = answer(&id, &format!("{full}\"")).as_full_record();
    model.update(Msg::FullRecordLoaded { ticket, id, result: Ok(RecordAnswer::Found(full)), at: AT });
    let whole = summary(&mut model);
    assert!(whole.contains("Source: full record"), "{whole}");
}

#[test]
fn the_command_line_of_the_list_has_its_query_order_and_mask_and_is_quoted() {
    let mut model = three();
    let call = copied(&copy(&mut model, "Command: list (this filter)"));
    assert_eq!(call, "argos-review list --all --sort=created:desc");
    assert!(crate::cli::parse(call.split(' ').map(Into::into)).is_ok(), "the command line knows it");
    let ticket = page_ticket(&press(&mut model, "ffrom:-7d status:pending \"o'brien $x\"\n"));
    model.update(loaded(ticket, page(0..1, None)));
    model.list.chosen = Some(vec![Column::Id]);
    model.config.call_options = vec!["--profile=a b".to_owned()];
    assert_eq!(
        copied(&copy(&mut model, "Command: list (this filter)")),
        "argos-review list 'from:2026-11-14 status:pending \"o'\\''brien $x\"' --all --columns=id --sort=created:desc \
         '--profile=a b'"
    );
    model.config.mask = Mask::None;
    assert!(copied(&copy(&mut model, "Command: list (this filter)")).ends_with(" --mask=ids"), "as the screen masks");
    press(&mut model, "m");
    let effects = copy(&mut model, "Command: list (this filter)");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Copy(_))));
    assert_eq!(notice(&model), "Not copied: the command line would name a value that the mask hides");
}

#[test]
fn the_command_line_of_the_list_joins_the_parts_that_its_terms_need() {
    let mut model = three();
    press(&mut model, "faml:red-flag\n");
    let call = copied(&copy(&mut model, "Command: list (this filter)"));
    assert_eq!(call, "argos-review list aml:red-flag --all --with=aml --sort=created:desc");
    assert!(crate::cli::parse(call.split(' ').map(Into::into)).is_ok(), "the command line knows it");
}

#[test]
fn what_is_too_large_for_a_clipboard_is_refused_with_a_sentence() {
    let items = (0..400).map(|at| answer(&format!("s{at:0>400}"), "")).collect();
    let mut model = with(items);
    for _ in 0..400 {
        press(&mut model, " ");
    }
    let effects = copy(&mut model, "400 submission ids");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Copy(_))));
    assert_eq!(notice(&model), "Too large for a terminal's clipboard: more than 74000 bytes");
    let made = made(copy(&mut model, "400 summaries"));
    model.update(made);
    assert_eq!(notice(&model), "Too large for a terminal's clipboard: more than 74000 bytes");
}
