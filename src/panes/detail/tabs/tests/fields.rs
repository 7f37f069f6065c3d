//! Every documented field has a place in a tab other than JSON.

use super::View;
use crate::panes::detail::Tab;
use crate::submission::fields::FIELDS;
use crate::text::Mask;

/// Tabs that show what stands below a path; of several that fit, the longest path counts. All of them are asked
/// together: a field may stand in any of its tabs.
const PLACES: [(&str, &[Tab]); 12] = [
    ("", &[Tab::Details]),
    ("Injection_action", &[Tab::Signals, Tab::Timeline]),
    ("OCR_raw", &[Tab::Ocr]),
    ("aml", &[Tab::Aml]),
    ("bank_verification", &[Tab::Signals]),
    ("id_LivenessScore", &[Tab::Signals]),
    ("kyc", &[Tab::Attempts, Tab::Summary, Tab::Timeline]),
    ("ocr", &[Tab::Ocr]),
    ("pre_verification", &[Tab::Signals]),
    ("review", &[Tab::Ocr]),
    ("signals", &[Tab::Signals, Tab::Timeline]),
    ("verification", &[Tab::Signals]),
];

/// Open names in documented paths: what they stand for here.
const OPEN: [(&str, &str); 4] = [
    ("matchResults.*", "matchResults.idCardCustomMatch"),
    ("coordinates.*", "coordinates.first"),
    ("OCR_raw.*", "OCR_raw.number"),
    ("*", "other"),
];

fn place(path: &str) -> &'static [Tab] {
    let fits = |block: &str| block.is_empty() || path == block || path.starts_with(&format!("{block}."));
    let fitting = PLACES.iter().filter(|(block, _)| fits(block));
    fitting.max_by_key(|(block, _)| block.len()).map_or(&[], |(_, tabs)| tabs)
}

/// Each documented path with open names filled in, and a value that stands nowhere else.
fn leaves() -> Vec<(String, String)> {
    let named = |path: &str| OPEN.iter().fold(path.to_owned(), |path, (open, name)| path.replace(open, name));
    let leaf = |(at, (path, ..)): (usize, &(&str, &str, _, _))| (named(path), format!("u{at:03}x"));
    FIELDS.iter().enumerate().map(leaf).collect()
}

/// One submission that holds every leaf, each as a text: no kind of value may lose it.
fn whole() -> String {
    let mut root = serde_json::Map::new();
    for (path, leaf) in leaves() {
        let mut keys: Vec<&str> = path.split('.').collect();
        let last = keys.pop().unwrap();
        let mut object = &mut root;
        for key in keys {
            let member = object.entry(key).or_insert_with(|| serde_json::json!({}));
            object = member.as_object_mut().unwrap();
        }
        object.insert(last.to_owned(), leaf.into());
    }
    serde_json::Value::Object(root).to_string()
}

#[test]
fn every_documented_field_has_its_place() {
    let json = whole();
    for columns in [118, 78, 60, 38] {
        let view = View::new(columns).mask(Mask::None);
        let texts = Tab::ALL.map(|tab| view.text(tab, &json));
        let missing: Vec<String> = leaves()
            .into_iter()
            .filter(|(path, leaf)| !place(path).iter().any(|tab| texts[*tab as usize].contains(leaf)))
            .map(|(path, _)| path)
            .collect();
        assert!(missing.is_empty(), "in no tab at {columns} columns: {missing:?}");
    }
}

#[test]
fn the_json_tab_holds_every_leaf_once_it_is_unfolded() {
    let (json, mut view) = (whole(), View::new(78).mask(Mask::None));
    loop {
        let lines = view.lines(Tab::Json, &json);
        let closed: Vec<String> =
            lines.iter().filter(|line| line.open == Some(false)).filter_map(|line| line.path.clone()).collect();
        if closed.is_empty() {
            break;
        }
        closed.into_iter().for_each(|path| view.folds.set(path, true));
    }
    let text = view.text(Tab::Json, &json);
    let missing: Vec<String> =
        leaves().into_iter().filter(|(_, leaf)| !text.contains(leaf)).map(|(path, _)| path).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn an_undocumented_field_stands_in_details_wherever_it_is() {
    for path in FIELDS.iter().filter_map(|(path, ..)| path.rsplit_once('.').map(|(block, _)| block.replace('*', "x"))) {
        if path.starts_with("aml.raw_data") {
            continue;
        }
        let inside = path
            .split('.')
            .rev()
            .fold(r#"{"brand_new":"u-new-x"}"#.to_owned(), |json, key| format!(r#"{{"{key}":{json}}}"#));
        let text = View::new(118).mask(Mask::None).text(Tab::Details, &inside);
        assert!(text.contains("u-new-x") && text.contains("brand_new"), "{path}:\n{text}");
    }
}

#[test]
fn any_answer_fits_any_width() {
    use proptest::prelude::*;
    let leaf = prop_oneof![
        Just(serde_json::json!(null)),
        any::<bool>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
        "[0-9a-zA-Z .*/-]{0,60}".prop_map(Into::into),
    ];
    let value = leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::hash_map(any::<String>(), inner, 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    });
    let paths = prop::sample::select(leaves());
    let answer = prop::collection::vec((paths, value), 0..12);
    let masks = prop::sample::select(vec![Mask::None, Mask::Ids, Mask::All]);
    proptest!(ProptestConfig::with_cases(256), |(answer in answer, columns in 0_usize..130, mask in masks)| {
        let mut root = serde_json::json!({});
        for ((path, _), value) in answer {
            let mut place = &mut root;
            for key in path.split('.') {
                if !place.is_object() {
                    *place = serde_json::json!({});
                }
                place = &mut place[key];
            }
            *place = value;
        }
        // Looking asserts that no line is too wide.
        let view = View::new(columns).mask(mask);
        for tab in Tab::ALL {
            view.lines(tab, &root.to_string());
        }
    });
}
