use super::*;

const FIRST: &str = r#"{"submission_id":"a","email":"kim@example.com","data":{"full_name":"Kim Minjun","identityNumber":"900101-1234567"},
    "kyc":{"result":"pending","attempts":[{"errorCode":"x"}]},"memo":{"text":"same"}}"#;
const SECOND: &str = r#"{"submission_id":"b","email":"lee@example.com","data":{"full_name":"KIM MINJUN","identityNumber":"900101-1234568"},
    "kyc":{"result":"pending"},"memo":{"text":"same"},"evil\u001b[2J":"\u202eabc"}"#;

fn text_of(view: &CompareView) -> String {
    let lines = view.head.iter().chain(view.lines.iter().map(|line| &line.line));
    lines.map(|line| format!("{}\n", line.text().trim_end())).collect()
}

fn side(document: &Document) -> ComparedSide<'_> {
    ComparedSide {
        heading: ["an id", "pending", "Kim"].map(Safe::from_static),
        record: Safe::from_static(if document.is_full_record() { "full record" } else { "list data only" }),
        failure: None,
        document: Some(document),
        version: 1,
    }
}

/// The comparison of records (with whether each is a full record) at a width, with every part open.
fn view(jsons: &[(&str, bool)], mask: Mask, width: u16) -> CompareView {
    let mut view = CompareView { open: [true; FOLD_KINDS], ..CompareView::default() };
    render(&mut view, jsons, mask, width);
    view
}

fn render(view: &mut CompareView, jsons: &[(&str, bool)], mask: Mask, width: u16) {
    let documents: Vec<Document> =
        jsons.iter().map(|(json, whole)| Document::parse_copy(json.as_bytes(), *whole)).collect();
    let sides: Vec<ComparedSide<'_>> = documents.iter().map(side).collect();
    view.render(&sides, mask, Size { width, height: 24 });
}

#[test]
fn differing_fields_come_first_then_equivalent_ones_and_equal_ones_are_a_count() {
    let mut view = view(&[(FIRST, true), (SECOND, true)], Mask::None, 100);
    view.open = [false; FOLD_KINDS];
    render(&mut view, &[(FIRST, true), (SECOND, true)], Mask::None, 100);
    let text = text_of(&view);
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
    assert!(at("fields differ") < at("kim@example.com") && at("lee@example.com") < at("≈ 1 field"), "{text}");
    assert!(at("≈ 1 field") < at("KIM MINJUN") && at("KIM MINJUN") < at("▸ 2 fields: same in A and B"), "{text}");
    assert!(text.contains("case") && text.matches("same").count() == 1, "the heading and no value: {text}");
    assert!(text.contains("≈ 1 field: equivalent, only the form differs as noted below each name"), "{text}");
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}') && text.contains("‹U+202E›"), "{text}");
}

#[test]
fn a_code_alone_and_in_a_list_is_the_same_and_not_called_identical() {
    let with = |code: &str| format!(r#"{{"submission_id":"a","kyc":{{"commentCode":{code}}}}}"#);
    let text = text_of(&view(&[(&with(r#""E4""#), true), (&with(r#"["E4"]"#), true)], Mask::None, 120));
    assert!(text.contains("same in A and B") && text.contains("no field differs"), "{text}");
    assert!(!text.contains("identical"), "{text}");
}

#[test]
fn a_mask_shows_where_values_differ_and_not_the_character() {
    for (mask, hidden) in
        [(Mask::Ids, &["900101", "567"][..]), (Mask::All, &["900101", "kim@", "Minjun", "MINJUN", "evil", "abc"][..])]
    {
        for width in [40, 80, 120] {
            let text = text_of(&view(&[(FIRST, true), (SECOND, true)], mask, width));
            for part in hidden.iter().filter(|part| mask == Mask::All || **part != "567") {
                assert!(!text.contains(part), "{mask:?} {width} {part}: {text}");
            }
            assert!(text.contains('^') && text.contains('•'), "{mask:?} {width}: {text}");
        }
    }
}

#[test]
fn values_that_have_little_in_common_have_no_marks() {
    let with = |score: &str| format!(r#"{{"submission_id":"a","kyc":{{"result":"{score}"}}}}"#);
    let marks = |one: &str, other: &str| {
        text_of(&view(&[(&with(one), true), (&with(other), true)], Mask::None, 120)).contains('^')
    };
    assert!(marks("approved", "approvet") && !marks("pending", "approved"));
}

#[test]
fn the_mask_may_change_while_it_is_open() {
    let mut view = view(&[(FIRST, true), (SECOND, true)], Mask::None, 120);
    assert!(text_of(&view).contains("kim@example.com"));
    render(&mut view, &[(FIRST, true), (SECOND, true)], Mask::All, 120);
    assert!(!text_of(&view).contains("kim@example.com"));
}

#[test]
fn what_list_data_leaves_out_is_a_dot_and_never_counted_as_equal_or_different() {
    let list = r#"{"submission_id":"c","email":"kim@example.com"}"#;
    let text = text_of(&view(&[(FIRST, true), (list, false)], Mask::None, 120));
    assert!(text.contains("≠ no field differs, of what is fetched"), "{text}");
    let memo = text.lines().find(|line| line.contains("Memo") && line.contains("same")).expect("the memo");
    assert!(memo.trim_end().ends_with('·'), "{memo}");
    assert!(
        text.contains("not compared: fetched for one submission only") && text.contains("▾ 1 field: same in A and B"),
        "{text}"
    );
}

#[test]
fn three_columns_fit_wide_scroll_sideways_at_80_and_are_below_each_other_at_40() {
    let jsons = [(FIRST, true), (SECOND, true), (FIRST, true)];
    let heads = |view: &CompareView| -> Vec<char> {
        let text = text_of(view);
        ['A', 'B', 'C'].into_iter().filter(|letter| text.contains(&format!("{letter} an id"))).collect()
    };
    assert_eq!(heads(&view(&jsons, Mask::None, 120)), ['A', 'B', 'C']);
    assert_eq!(heads(&view(&jsons, Mask::None, 40)), ['A', 'B', 'C']);
    let mut narrow = view(&jsons, Mask::None, 80);
    assert_eq!(heads(&narrow), ['A', 'B']);
    let screen = Size { width: 80, height: 24 };
    for _ in 0..3 {
        assert_eq!(narrow.update::<()>(Action::Right, screen), OverlayResult::Open);
    }
    render(&mut narrow, &jsons, Mask::None, 80);
    assert_eq!(heads(&narrow), ['B', 'C']);
    for width in [40, 60, 80, 99, 120, 200] {
        let columns = usize::from(width) - 2;
        let view = view(&jsons, Mask::None, width);
        let lines = || view.head.iter().chain(view.lines.iter().map(|line| &line.line));
        assert!(lines().all(|line| line.width() <= columns), "{width}: {}", text_of(&view));
    }
}

#[test]
fn enter_opens_a_count_and_leads_to_a_field() {
    let jsons = [(FIRST, true), (SECOND, true)];
    let screen = Size { width: 120, height: 24 };
    let mut view = CompareView::default();
    render(&mut view, &jsons, Mask::None, 120);
    let fold = view.lines.iter().position(|line| line.fold == Some(CompareFold::Same)).expect("a count");
    view.scroll.to(fold, view.lines.len(), 9);
    assert_eq!(view.update::<()>(Action::Open, screen), OverlayResult::Open);
    render(&mut view, &jsons, Mask::None, 120);
    assert!(text_of(&view).contains("▾ 2 fields: same in A and B"));
    let email = view.lines.iter().position(|line| line.line.text().contains("kim@")).expect("the address");
    view.scroll.to(email, view.lines.len(), 9);
    let path = || Some("email".to_owned());
    assert_eq!(view.update::<()>(Action::Open, screen), OverlayResult::OpenField(vec![path(), path()]));
    assert_eq!(view.update::<()>(Action::Back, screen), OverlayResult::Closed);
}

#[test]
fn no_size_panics_and_nothing_is_compared_with_nothing() {
    for (width, height) in [(0, 0), (1, 1), (3, 2), (40, 12)] {
        let mut view = CompareView::default();
        view.render(&[], Mask::Ids, Size { width, height });
        render(&mut view, &[(FIRST, true), (SECOND, false)], Mask::Ids, width);
    }
}

#[test]
fn the_border_says_on_which_line_a_section_opens() {
    let mut view = view(&[(FIRST, true), (SECOND, true)], Mask::None, 100);
    let mut hints = Vec::new();
    for open in [true, false] {
        view.open = [open; FOLD_KINDS];
        render(&mut view, &[(FIRST, true), (SECOND, true)], Mask::None, 100);
        for at in 0..view.lines.len() {
            view.scroll.to(at, view.lines.len(), view.lines.len());
            let text = view.lines[at].line.text();
            let wanted = [('▾', "closes ▾"), ('▸', "opens ▸")].into_iter().find(|(sign, _)| text.starts_with(*sign));
            let wanted = wanted.map(|(_, words)| words).or((!open).then_some("on a line with ▸ opens it"));
            assert_eq!(view.fold_hint(view.lines.len()), wanted, "{text}");
            hints.push(wanted);
        }
    }
    assert!(
        [None, Some("on a line with ▸ opens it"), Some("opens ▸"), Some("closes ▾")]
            .iter()
            .all(|hint| hints.contains(hint)),
        "{hints:?}"
    );
}
