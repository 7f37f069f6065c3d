//! The copy menu: what it shows, and what it copies when something changes under it.

use super::drawn::drawn;
use super::*;
use crate::access::AccessAction;

fn answer(id: &str, rest: &str) -> Item {
    Item::from_list(id.into(), Bytes::from(format!(r#"{{"submission_id":"{id}",{rest}}}"#)))
}

/// One submission with an identity number, the cursor on it in the JSON tab.
fn on_the_number() -> Model {
    let (mut model, ticket) = opened();
    let items = vec![answer("a", r#""data":{"identityNumber":"900101-1234567"}"#)];
    model.update(loaded(ticket, Page { items, next: NextPage::Last, repaired: false, bytes: 0 }));
    press(&mut model, "\n8/identityNumber\n");
    assert_eq!(model.detail.path(), Some("data.identityNumber"));
    model
}

fn menu(model: &Model) -> String {
    model.menu_lines().iter().map(|choice| format!("{} {}\n", choice.label, choice.beginning.as_str())).collect()
}

fn copied(effects: Vec<Effect>) -> Option<String> {
    effects.into_iter().find_map(|effect| if let Effect::Copy(text) = effect { Some(text) } else { None })
}

#[test]
fn the_menu_shows_and_copies_what_the_mask_lets_be_seen_at_that_moment() {
    let mut model = on_the_number();
    let reveal = press(&mut model, "v");
    press(&mut model, "y");
    assert!(menu(&model).contains("900101-1234567"));
    model.update(timer(&reveal, Slot::Reveal).expect("the reveal ends"));
    assert!(!menu(&model).contains("900101"), "{}", menu(&model));
    assert!(!copied(press(&mut model, "\n")).expect("a copy").contains("900101"));
}

#[test]
fn the_title_names_the_submission_as_the_mask_shows_it() {
    let (mut model, ticket) = opened();
    model.size = Size { width: 120, height: 40 };
    let items = vec![answer("s1", r#""data":{"name":"Ana"}"#)];
    model.update(loaded(ticket, Page { items, next: NextPage::Last, repaired: false, bytes: 0 }));
    press(&mut model, "y");
    assert!(drawn(&model).contains("╭ Copy · this submission: Ana, s1 ─"), "{}", drawn(&model));
    press(&mut model, "m");
    assert!(drawn(&model).contains("╭ Copy · this submission: •••, s1 ─"), "{}", drawn(&model));
}

#[test]
fn the_border_says_that_a_revealed_value_is_copied_unmasked_while_it_is() {
    for (width, rest) in [(120, "· the rest: ID numbers masked"), (80, "· the rest: ID numbers masked"), (40, "·…")]
    {
        let mut model = on_the_number();
        model.update(Msg::Resize(Size { width, height: 30 }));
        let reveal = press(&mut model, "v");
        press(&mut model, "y");
        let text = drawn(&model);
        assert!(text.contains(&format!("revealed value is unmasked {rest}")), "{width}: {text}");
        assert!(!text.contains("copied as shown"), "{width}: {text}");
        model.update(timer(&reveal, Slot::Reveal).expect("the reveal ends"));
        let text = drawn(&model);
        assert!(
            !text.contains("unmasked") && text.contains("copies what is shown: ID numbers") == (width > 40),
            "{text}"
        );
    }
    let mut model = on_the_number();
    press(&mut model, "my");
    assert!(drawn(&model).contains("copies what is shown: all identity data masked"), "{}", drawn(&model));
    press(&mut model, "\u{1b}vy");
    assert!(drawn(&model).contains("unmasked · the rest: all identity data masked"), "{}", drawn(&model));
}

#[test]
fn the_entry_of_curl_says_whose_key_is_in_the_command() {
    let mut model = on_the_number();
    press(&mut model, "y");
    assert!(menu(&model).contains("curl command for this submission, without your API key\n"));
    model.config.demo_key = Some("published".to_owned());
    assert!(menu(&model).contains("curl command for this submission, with the demo's key\n"), "{}", menu(&model));
}

#[test]
fn revealing_copying_and_unmasking_are_recorded_and_a_failure_masks_again() {
    let deeds = |effects: Vec<Effect>| -> Vec<(AccessAction, Option<Box<str>>)> {
        let deed = |effect| if let Effect::Record(deed, id) = effect { Some((deed, id)) } else { None };
        effects.into_iter().filter_map(deed).collect()
    };
    let mut model = on_the_number();
    assert_eq!(deeds(press(&mut model, "v")), [(AccessAction::Reveal, Some("a".into()))]);
    assert_eq!(deeds(press(&mut model, "y\n")), [(AccessAction::Copy, Some("a".into()))]);
    assert_eq!(deeds(press(&mut model, "m")), []);
    assert_eq!(deeds(press(&mut model, "M")), [], "at all it asks");
    assert_eq!(deeds(press(&mut model, "j\n")), [(AccessAction::Unmask, None)]);
    press(&mut model, "v");
    model.update(Msg::Unrecorded);
    assert_eq!((model.mask, model.detail.revealed()), (Mask::Ids, None));
}

#[test]
fn showing_everything_is_asked_where_most_is_hidden() {
    let mut model = on_the_number();
    press(&mut model, "m");
    // A key that repeats, Enter on the first line and Esc keep the mask.
    for keys in ["MMMM\u{1b}", "M\n", "MM\n"] {
        press(&mut model, keys);
        assert_eq!((model.mask, model.overlay.is_some()), (Mask::All, false), "{keys:?}");
    }
    press(&mut model, "Mj\n");
    assert_eq!(model.mask, Mask::None);
    press(&mut model, "m");
    assert_eq!(model.mask, Mask::Ids);
    press(&mut model, "M");
    assert_eq!(model.mask, Mask::None, "at ids it does not ask");
}

#[test]
fn a_revealed_value_does_not_outlive_a_sleep() {
    let mut model = on_the_number();
    press(&mut model, "v");
    model.update(Msg::Clock(AT + Duration::from_secs(9)));
    assert!(model.detail.revealed().is_some());
    model.update(Msg::Clock(AT + Duration::from_secs(8 * 3600)));
    assert_eq!(model.detail.revealed(), None, "no timer has come yet");
}

#[test]
fn only_a_value_that_the_mask_hides_is_said_to_be_revealed() {
    let (mut model, ticket) = opened();
    let items = vec![answer("a", r#""data":{"birthDate":"1990-01-01"}"#)];
    model.update(loaded(ticket, Page { items, next: NextPage::Last, repaired: false, bytes: 0 }));
    press(&mut model, "\n8/birthDate\n");
    for (mask, is_hidden) in [(Mask::Ids, false), (Mask::All, true), (Mask::None, false)] {
        model.mask = mask;
        let effects = press(&mut model, "v");
        let is_recorded = effects.iter().any(|effect| matches!(effect, Effect::Record(AccessAction::Reveal, _)));
        let said = model.notice.as_ref().expect("a sentence").text.as_str().to_owned();
        assert_eq!((is_recorded, said.starts_with("Value shown")), (is_hidden, is_hidden), "{said}");
        assert_eq!(model.detail.revealed().is_some(), is_hidden, "{said}");
        model.detail.hide_revealed();
    }
}

#[test]
fn hiding_more_ends_a_reveal_at_once() {
    let mut model = on_the_number();
    press(&mut model, "vm");
    assert_eq!(model.detail.revealed(), None);
}

#[test]
fn the_menu_closes_when_another_submission_or_line_stands_under_it() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..2, None)));
    after(&mut model, |model| model.open_submission("far"));
    press(&mut model, "y");
    assert!(menu(&model).contains("Submission id far"), "{}", menu(&model));
    // The answer brings lines, so that the first entry would be another one.
    let (ticket, id) = single_ticket(&after(&mut model, Model::request_full_record));
    let found = RecordAnswer::Found(answer("far", r#""kyc":{"result":"approved"}"#).as_full_record());
    model.update(Msg::FullRecordLoaded { ticket, id, result: Ok(found), at: AT });
    assert!(model.overlay.is_none());
    assert_eq!(copied(press(&mut model, "\n")), None);
}

#[test]
fn the_cursor_stays_with_its_field_however_the_lines_are_made_anew() {
    let mut model = on_the_number();
    for keys in ["m", "M", "z", "z", "<", ">>", "t", "v"] {
        press(&mut model, keys);
        assert_eq!(model.detail.path(), Some("data.identityNumber"), "{keys}");
    }
    for width in [80, 200, 41] {
        model.update(Msg::Resize(Size { width, height: 30 }));
        assert_eq!(model.detail.path(), Some("data.identityNumber"), "{width} columns");
    }
}

#[test]
fn a_call_to_an_encrypting_project_encrypts_and_decrypts() {
    let (mut model, ticket) = opened();
    model.config.encrypted = true;
    let items = vec![answer("it's 1", r#""data":{}"#)];
    model.update(loaded(ticket, Page { items, next: NextPage::Last, repaired: false, bytes: 0 }));
    after(&mut model, Model::open_copy);
    press(&mut model, "G");
    let line = copied(press(&mut model, "\n")).expect("a copy");
    assert!(line.contains(r#"printf %s '{"submission_id":"it'\''s 1"}' | openssl enc -aes-256-ecb"#), "{line}");
    assert!(line.ends_with("| jq -r .data | openssl enc -d -aes-256-ecb -base64 -A -K $K"), "{line}");
    assert!(!line.contains("?submission_id"), "{line}");
}

fn notice(model: &Model) -> String {
    model.notice.as_ref().map(|notice| notice.text.as_str().to_owned()).unwrap_or_default()
}

#[test]
fn the_notice_says_what_was_copied_as_the_mask_shows_it() {
    let mut model = on_the_number();
    press(&mut model, "y\n");
    assert_eq!(notice(&model), "Copied: value ••••••••••4567");
    // A revealed value is copied in full, but a notice would outlive the reveal.
    press(&mut model, "v");
    assert_eq!(copied(press(&mut model, "y\n")).as_deref(), Some("900101-1234567"));
    assert_eq!(notice(&model), "Copied: value ••••••••••4567");
    press(&mut model, "yj\n");
    assert_eq!(notice(&model), "Copied: path .data.identityNumber");
    press(&mut model, "yjj\n");
    assert_eq!(notice(&model), "Copied: submission id a");
    press(&mut model, "yG\n");
    assert_eq!(notice(&model), "Copied: curl command");
}

#[test]
fn where_nobody_knows_whether_it_arrives_the_notice_says_what_has_to_be_on() {
    let mut model = on_the_number();
    model.config.clipboard = ClipboardWay::Terminal(Some("tmux needs: set -g set-clipboard on"));
    press(&mut model, "yG\n");
    assert_eq!(notice(&model), "Sent: curl command · tmux needs: set -g set-clipboard on");
}

#[test]
fn a_program_takes_the_text_and_the_notice_waits_for_its_end() {
    let mut model = on_the_number();
    model.config.clipboard = ClipboardWay::Command;
    let mut what = || {
        let effects = press(&mut model, "y\n");
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::Copy(_))), "nothing for the terminal");
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Record(AccessAction::Copy, _))));
        let taken = |effect| if let Effect::CopyByCommand { text, what } = effect { Some((text, what)) } else { None };
        let (text, what) = effects.into_iter().find_map(taken).expect("a program takes it");
        assert!(text.ends_with("4567") && !text.contains("900101"));
        what
    };
    let (first, second, third) = (what(), what(), what());
    assert_eq!(notice(&model), "");
    model.update(Msg::CopyEnded { what: first, result: Ok(()) });
    assert_eq!(notice(&model), "Copied: value ••••••••••4567");
    model.update(Msg::CopyEnded { what: second, result: Err("copy_command failed".to_owned()) });
    assert_eq!(notice(&model), "Not copied: copy_command failed");
    press(&mut model, "m");
    model.update(Msg::CopyEnded { what: third, result: Ok(()) });
    assert_eq!(notice(&model), "Copied: value", "the mask level is another one now");
}

#[test]
fn a_call_to_the_demo_has_its_published_key_and_no_shell_expands_the_address() {
    let mut model = on_the_number();
    model.config.address = "http://127.0.0.1:1/v3/it's/submission".to_owned();
    let line = copied(press(&mut model, "yG\n")).expect("a copy");
    assert_eq!(
        line,
        "curl -sS -H \"x-api-key: $ARGOS_API_KEY\" 'http://127.0.0.1:1/v3/it%27s/submission?submission_id=a'"
    );
    model.config.demo_key = Some("published".to_owned());
    let line = copied(press(&mut model, "yG\n")).expect("a copy");
    assert!(line.starts_with("curl -sS -H \"x-api-key: published\" '"), "{line}");
    model.config.encrypted = true;
    let line = copied(press(&mut model, "yG\n")).expect("a copy");
    assert!(line.starts_with("K=$(printf %s \"published\" | openssl") && !line.contains("ARGOS"), "{line}");
}
