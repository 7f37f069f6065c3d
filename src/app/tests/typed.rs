//! What is typed otherwise than it is meant: on another layout, with another width, with what cannot be seen.

use super::*;

fn rows() -> (Model, Ticket) {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..20, None)));
    (model, ticket)
}

fn notice(model: &Model) -> &str {
    model.notice.as_ref().map_or("", |notice| notice.text.as_str())
}

#[test]
fn letters_of_the_korean_and_the_russian_layout_act_by_their_place() {
    let (mut model, _) = rows();
    for (key, at) in
        [("j", 1), ("ㅓ", 2), ("о", 3), ("\u{1165}", 4), ("ｊ", 5), ("ㅏ", 4), ("л", 3), ("П", 19), ("п", 0)]
    {
        press(&mut model, key);
        assert_eq!(model.selected_entry(), Some(at), "{key}");
    }
    press(&mut model, "ㄹ");
    assert!(model.filter.editor().is_some());
}

#[test]
fn where_text_is_typed_letters_are_text() {
    let (mut model, _) = rows();
    press(&mut model, "fㅓо가ｊ");
    assert_eq!(model.filter.editor().unwrap().text(), "ㅓо가ｊ");
    model.update(Msg::Key(KeyEvent::new(KeyCode::Char('ㅊ'), KeyModifiers::CONTROL)));
    assert!(model.filter.editor().is_none(), "with a modifier no letter is typed");
    let (mut model, _) = rows();
    press(&mut model, "\n/ㅓ");
    assert_eq!(model.detail.search_field().unwrap().text(), "ㅓ");
}

#[test]
fn letters_of_any_other_layout_are_answered_with_one_line() {
    let (mut model, _) = rows();
    for key in ["ξ", "か", "가", "ظ", "ש"] {
        press(&mut model, "1");
        assert_eq!(notice(&model), "");
        press(&mut model, key);
        assert!(notice(&model).starts_with("Keys are Latin letters"), "{key}");
    }
    press(&mut model, "é");
    assert_eq!(notice(&model), "");
}

#[test]
fn shift_tab_goes_to_the_pane_before() {
    let (mut model, _) = rows();
    let shift_tab = |model: &mut Model| {
        model.update(Msg::Key(KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT)));
        model.prefs.focus
    };
    assert_eq!([shift_tab(&mut model), shift_tab(&mut model)], [Focus::Detail, Focus::List]);
}

#[test]
fn a_filter_that_is_put_right_stands_in_the_bar_as_it_was_read() {
    let (mut model, _) = rows();
    let asked = press(&mut model, "fkim＠example.com\u{200b} status：pending");
    assert_eq!(asks(&asked), 0);
    let editor = model.filter.editor().unwrap().query();
    assert_eq!(editor.correction_line(Mask::None).unwrap().as_str(), "read as kim@example.com status:pending");
    press(&mut model, "\n");
    assert_eq!(model.filter.applied().text(), "kim@example.com status:pending");
    assert_eq!(model.filter.applied().params().email.as_deref(), Some("kim@example.com"));
    assert_eq!(notice(&model), "read as kim@example.com status:pending");
}

#[test]
fn a_correction_is_masked_once_the_bar_is_left() {
    let (mut model, _) = rows();
    press(&mut model, "mfkim＠example.com\n");
    assert_eq!((model.mask, notice(&model)), (Mask::All, "read as •••••"));
}
