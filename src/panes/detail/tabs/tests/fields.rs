//! Every documented field has a place in a tab other than JSON: its value as sent, with its label.
//!
//! The paths are data, `tests/data/documented_paths.txt`: both tables of the documentation, and what only its samples show.

mod field_tabs;
mod rows;
mod shapes;

use enum_map::EnumMap;

use super::View;
use crate::panes::detail::{Anchor, Tab};
use crate::submission::fields::{self, FIELDS, FieldMeaning};
use crate::text::Mask;
use argos_testkit::long_run::cases;
pub(super) use field_tabs::tab;
use field_tabs::{label, stands};
pub(super) use rows::{Table, tables};
pub(super) use shapes::{Leaf, leaves, submission};

/// Columns of a wide, a usual, a narrow and the narrowest pane.
const WIDTHS: [usize; 4] = [118, 78, 60, 38];

#[test]
fn every_documented_field_stands_with_its_label_at_every_width() {
    for table in tables() {
        let leaves = leaves(&table);
        let json = submission(&leaves);
        for columns in WIDTHS {
            let view = View::new(columns).mask(Mask::None).open(Anchor::of_path("OCR_raw"));
            let lines: EnumMap<Tab, _> = EnumMap::from_fn(|tab| view.lines(tab, &json));
            let lost = leaves.iter().filter(|leaf| !stands(leaf, &lines[tab(&leaf.path)]));
            let lost: Vec<String> =
                lost.map(|leaf| format!("{} ({} with {})", leaf.path, leaf.shown, label(leaf))).collect();
            assert!(lost.is_empty(), "{} at {columns} columns: {lost:#?}\n{json}", table.name);
        }
    }
}

#[test]
fn units_and_meanings_stand_in_the_tab_of_their_field() {
    for table in tables() {
        let leaves = leaves(&table);
        let json = submission(&leaves);
        let texts = EnumMap::from_fn(|tab| View::new(118).mask(Mask::None).text(tab, &json));
        for leaf in &leaves {
            let meaning = fields::documented_field(&leaf.path).map(|known| known.meaning);
            let words = match meaning {
                Some(FieldMeaning::Words(words)) => words.to_owned(),
                Some(FieldMeaning::About(words)) => format!("  ({words})"),
                _ => continue,
            };
            let text = &texts[tab(&leaf.path)];
            assert!(text.contains(&words), "{}: {words}\n{text}", leaf.path);
        }
    }
}

#[test]
fn a_meaning_gives_way_to_the_value_and_to_the_words_of_the_tab() {
    let text = |columns, json: &str| View::new(columns).text(Tab::Details, json);
    let project = r#"{"project_options":{"policy_approvePeriod":0}}"#;
    assert!(text(78, project).contains("Policy approve period    0  unit not documented\n"));
    assert!(text(38, project).contains("  0  unit not documented\n"), "{}", text(38, project));
    let score = r#"{"argos_score":"81.50"}"#;
    assert!(text(78, score).contains("  81.50  points; the project sets the threshold\n"));
    for columns in [66, 38] {
        assert!(text(columns, score).contains("  81.50\n\n"), "{}", text(columns, score));
    }
    let long = r#"{"argos_score":"81.500000"}"#;
    let below = format!("  81.500000\n{}points; the project sets the threshold\n", " ".repeat(25));
    assert!(text(72, long).contains(&below), "{}", text(72, long));
    let repeated = r#"{"kyc":{"result":"approved","result":"rejected"}}"#;
    assert!(text(78, repeated).contains("approved  ⚠ 1 of 2\n"), "{}", text(78, repeated));
}

#[test]
fn a_code_stands_with_its_words_unless_they_only_repeat_it() {
    let text = |id_type: &str| View::new(78).text(Tab::Details, &format!(r#"{{"data":{{"idType":"{id_type}"}}}}"#));
    assert!(text("pancard").contains("ID type                  pancard  tax card of India\n"));
    assert!(text("drivers_license").contains("ID type                  drivers_license\n"));
    assert!(text("Free words").contains("ID type                  Free words  not documented\n"));
}

#[test]
fn the_json_tab_holds_every_leaf_once_it_is_unfolded() {
    for table in tables() {
        let leaves = leaves(&table);
        let (json, mut view) = (submission(&leaves), View::new(78).mask(Mask::None));
        loop {
            let lines = view.lines(Tab::Json, &json);
            let closed = lines.iter().filter(|line| line.open == Some(false)).filter_map(|line| line.anchor.clone());
            let closed: Vec<Anchor> = closed.collect();
            if closed.is_empty() {
                break;
            }
            closed.into_iter().for_each(|part| view.folds.set(part, true));
        }
        let text = view.text(Tab::Json, &json);
        let missing = leaves.iter().filter(|leaf| !text.contains(&leaf.sent())).map(|leaf| leaf.path.as_str());
        let missing: Vec<&str> = missing.collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
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
    let paths = prop::sample::select(tables().iter().flat_map(leaves).map(|leaf| leaf.path).collect::<Vec<_>>());
    let answer = prop::collection::vec((paths, value), 0..12);
    let masks = prop::sample::select(vec![Mask::None, Mask::Ids, Mask::All]);
    proptest!(ProptestConfig::with_cases(cases(128, 10_000)), |(answer in answer, columns in 0_usize..130, mask in masks)| {
        let mut root = serde_json::json!({});
        for (path, value) in answer {
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
        for tab in Tab::ALL.iter().copied() {
            view.lines(tab, &root.to_string());
        }
    });
}
