//! Every documented field with every wrong kind of value: the page survives, the value is shown as sent, and everything
//! beside it stays as it was.

use std::collections::HashMap;

use bytes::Bytes;
use serde_json::Value;

use super::View;
use super::fields::{Leaf, Table, leaves, submission, tab as tab_of, tables};
use crate::api::{Item, NextPage, Page, Unreadable};
use crate::panes::detail::{Tab, TabLine};
use crate::submission::row::{Column, Row};
use crate::submission::{Document, Field, path};
use crate::text::{Mask, Untrusted};
use argos_testkit::long_run::cases;

/// Values by their kind, with a word that each of them shows; an empty one for none.
const KINDS: [(&str, &str, &str); 15] = [
    ("null", "null", "null"),
    ("bool", "true", "true"),
    ("bool", "false", "false"),
    ("number", "7700017", "7700017"),
    ("number", "-7700018", "-7700018"),
    ("number", "1e999", "1e999"),
    ("text", r#""""#, r#""""#),
    ("text", r#""wrong kind""#, "wrong kind"),
    ("text", r#""wr\u0000ong\u001b[31m\u202e""#, "wr\0ong\u{1b}[31m\u{202e}"),
    ("text", r#""wrong\ud800""#, r"wrong\\ud800"),
    ("list", "[]", "[]"),
    ("list", r#"["wrong in a list"]"#, "wrong in a list"),
    ("list", r#"[[{"wrong":["deep in lists"]}]]"#, "deep in lists"),
    ("object", "{}", "{}"),
    ("object", r#"{"wrong":{"kind":"in an object"}}"#, "in an object"),
];

/// Columns of a pane on a screen of 100 by 40.
const PANE: usize = 98;

/// What each column of the list is made of; any other field changes no cell.
const CELLS: [(Column, &[&str]); 21] = [
    (Column::Created, &["created_at"]),
    (Column::Id, &["submission_id"]),
    (Column::Email, &["email"]),
    (Column::Name, &["data.full_name", "data.name", "data.first_name", "data.last_name"]),
    (Column::BirthDate, &["data.date_of_birth"]),
    (Column::Nationality, &["data.nationality"]),
    (Column::IssuingCountry, &["data.idcard_issuingCountry"]),
    (Column::IdType, &["data.idType"]),
    (Column::AgeGroup, &["data.age_group"]),
    (Column::Status, &["kyc.result"]),
    (Column::RejectCode, &["kyc.commentCode"]),
    (Column::Aml, &["aml.currentstatus"]),
    (Column::AmlLevel, &["aml.risk_level_summary"]),
    (Column::ArgosScore, &["argos_score"]),
    (Column::Attempts, &["kyc.attempts", "kyc.retry"]),
    (Column::UserId, &["userid"]),
    (Column::Ip, &["data.ip_address"]),
    (Column::Token, &["tokenId"]),
    (Column::Updated, &["updated_at"]),
    (Column::Applicant, &["applicant_id"]),
    (Column::Retry, &["kyc.attempts", "kyc.retry"]),
];

/// A sound item before and behind the one with the wrong value.
const BEFORE: &str =
    r#"{"submission_id":"before", "email":"b@example.com","kyc":{"result":"pending"},"argos_score":"81.50"}"#;
const BEHIND: &str = r#"{"submission_id":"behind","data":{"name":"Kim"} , "kyc":{"result":"rejected"}}"#;

/// Whether one path is the other, or leads through it.
fn is_within(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A submission with a mark in place of one field, and the kind of value that stood there.
fn marked(json: &Value, path: &str, mark: &str) -> (String, &'static str) {
    let mut root = json.clone();
    let mut place = &mut root;
    let mut keys = path.split('.').peekable();
    while let Some(key) = keys.next() {
        while place.is_array() {
            place = &mut place[0];
        }
        if keys.peek().is_some() {
            place = &mut place[key];
            continue;
        }
        let kind = match &place[key] {
            Value::Null => "none",
            Value::Bool(_) => "bool",
            Value::Number(_) => "number",
            Value::String(_) => "text",
            Value::Array(_) => "list",
            Value::Object(_) => "object",
        };
        place[key] = mark.into();
        return (root.to_string(), kind);
    }
    unreachable!("{path} is empty")
}

fn page(item: &str) -> Page {
    let body = format!(r#"{{"Items":[{BEFORE} ,{item}, {BEHIND}],"nextpageKey":{{}}}}"#);
    let page = Page::read(&Bytes::from(body)).ok().unwrap();
    assert!(!page.repaired && page.next == NextPage::Last && page.items.len() == 3);
    page
}

fn row<'a>(item: &'a Item, id: &str) -> &'a Row {
    match item {
        Item::Readable { id: own, row, .. } if **own == *id => row,
        _ => unreachable!("{id} is not readable"),
    }
}

fn differing<'a>(one: &'a Row, other: &'a Row) -> impl Iterator<Item = Column> + 'a {
    Column::sent().filter(|column| one.cell(*column) != other.cell(*column))
}

/// A sound submission, and what is there to be seen of it.
struct Sound<'a> {
    json: Value,
    leaves: Vec<&'a Leaf>,
    page: Page,
    texts: HashMap<String, Option<String>>,
    tabs: Vec<(Tab, Vec<String>)>,
}

fn texts(leaves: &[&Leaf], json: &str) -> HashMap<String, Option<String>> {
    let document = Document::parse_copy(json.as_bytes(), true);
    // A container may be one or a list of one: the leaf is found through either.
    let text = |leaf: &&Leaf| {
        let mut fields = vec![document.root()];
        for key in leaf.path.split('.') {
            fields = fields.iter().flat_map(Field::elements).filter_map(|field| field.child(key)).collect();
        }
        let mut found = None;
        fields
            .iter()
            .for_each(|field| field.for_each_scalar(&mut |leaf| found = leaf.node().expose().map(str::to_owned)));
        (leaf.path.clone(), found)
    };
    leaves.iter().map(text).collect()
}

fn view() -> View {
    let mut view = View::new(PANE).mask(Mask::None);
    view.folds.open_all();
    view
}

fn text_of(lines: &[TabLine]) -> Vec<String> {
    lines.iter().map(|line| line.line.text()).collect()
}

impl<'a> Sound<'a> {
    /// The submission that holds a block of a table, and what identifies it.
    fn of(all: &'a [Leaf], block: &str) -> Self {
        let beside = ["submission_id", "email", "created_at"];
        let belongs = |leaf: &&Leaf| is_within(&leaf.path, block) || beside.contains(&leaf.path.as_str());
        let leaves: Vec<&Leaf> = all.iter().filter(belongs).collect();
        let mut json: Value = serde_json::from_str(&submission(&leaves)).unwrap();
        if json.get("submission_id").is_none() {
            json["submission_id"] = "u-id-x".into();
        }
        let text = json.to_string();
        let tabs: Vec<_> = Tab::ALL.iter().map(|tab| (*tab, text_of(&view().lines(*tab, &text)))).collect();
        Self { json, page: page(&text), texts: texts(&leaves, &text), leaves, tabs }
    }

    fn id(&self) -> &str {
        self.json["submission_id"].as_str().unwrap()
    }

    /// Everything that holds for every wrong value; tells what does not.
    fn check(&self, path: &str, value: &str, word: &str, tabs: &[Tab]) -> Result<(), String> {
        let item = marked(&self.json, path, "here").0.replace(r#""here""#, value);
        let page = page(&item);
        for (at, id) in [(0, "before"), (2, "behind")] {
            let (now, then) = (&page.items[at], &self.page.items[at]);
            if now.raw() != then.raw() || differing(row(now, id), row(then, id)).next().is_some() {
                return Err(format!("{id} is not what it was"));
            }
        }
        if page.items[1].raw() != item.as_bytes() {
            return Err("the item is not as sent".to_owned());
        }
        let id = if path == "submission_id" { word.replace(r"\\", r"\") } else { self.id().to_owned() };
        let has_id = path != "submission_id" || (value.starts_with('"') && value.len() > 2);
        match &page.items[1] {
            Item::Unreadable { reason, .. } if !has_id && *reason == Unreadable::NoId => {}
            Item::Readable { row, id: own, .. } if has_id && **own == id => {
                let may = |column: Column| {
                    let (_, sources) = CELLS.into_iter().find(|(other, _)| *other == column).unwrap();
                    sources.iter().any(|source| is_within(source, path) || is_within(path, source))
                };
                let then = self::row(&self.page.items[1], self.id());
                if let Some(column) = differing(row, then).find(|column| !may(*column)) {
                    return Err(format!("the cell {column:?} changed"));
                }
            }
            _ => return Err("it is readable where it should not be, or the other way round".to_owned()),
        }
        let others = |leaf: &&&Leaf| !is_within(&leaf.path, path);
        let now = texts(&self.leaves, &item);
        if let Some(leaf) = self.leaves.iter().filter(others).find(|leaf| now[&leaf.path] != self.texts[&leaf.path]) {
            return Err(format!("{} has another value", leaf.path));
        }
        self.seen(path, &item, word, tabs)
    }

    /// Every tab is drawn; the wrong value is in the JSON tab, and every other value where it stood.
    fn seen(&self, path: &str, item: &str, word: &str, tabs: &[Tab]) -> Result<(), String> {
        for (tab, then) in self.tabs.iter().filter(|(tab, _)| tabs.contains(tab)) {
            let lines = view().lines(*tab, item);
            let now = text_of(&lines);
            if *tab == Tab::Json {
                let own = |line: &&TabLine| line.path().is_some_and(|own| is_within(&path::pattern(own), path));
                let own = lines.iter().filter(own).map(|line| line.line.text()).collect::<String>();
                if !own.contains(Untrusted::new(word).safe().as_str()) {
                    return Err(format!("it does not stand in the JSON tab: {own}"));
                }
            }
            let all = now.join("\n");
            let gone =
                then.iter().filter(|line| !now.contains(line)).map(String::as_str).collect::<Vec<_>>().join("\n");
            let lost = self.leaves.iter().filter(|leaf| !is_within(&leaf.path, path) && tab_of(&leaf.path) == *tab);
            let lost = lost.filter(|leaf| gone.contains(&leaf.shown) && !all.contains(&leaf.shown));
            if let Some(leaf) = lost.into_iter().next() {
                return Err(format!("{} is no longer in {tab:?}:\n{all}", leaf.path));
            }
        }
        Ok(())
    }
}

/// Checks every field of a table with every kind that is wrong for it, but for those that another table holds, too; gives
/// how many cases that were.
fn check(table: &Table, other: Option<&Table>) -> usize {
    let known: Vec<String> = other.map(leaves).unwrap_or_default().into_iter().map(|leaf| leaf.path).collect();
    let all = leaves(table);
    let mut blocks: Vec<&str> = all.iter().map(|leaf| leaf.path.split('.').next().unwrap()).collect();
    blocks.sort_unstable();
    blocks.dedup();
    let (mut count, mut failed) = (0, Vec::new());
    for block in blocks {
        let sound = Sound::of(&all, block);
        let mut paths: Vec<String> = sound.leaves.iter().map(|leaf| leaf.path.clone()).collect();
        paths.retain(|path| is_within(path, block));
        // What leads to a leaf is a field, too.
        let above: Vec<String> = paths.iter().filter_map(|path| Some(path.rsplit_once('.')?.0.to_owned())).collect();
        paths.extend(above);
        paths.sort_unstable();
        paths.dedup();
        paths.retain(|path| !known.iter().any(|known| is_within(known, path)));
        for (at, path) in paths.iter().enumerate() {
            let kind = marked(&sound.json, path, "").1;
            let wrong = KINDS.iter().filter(|(other, value, _)| *other != kind || value.len() == 2);
            let mut of_this = 0;
            for (nth, (_, value, word)) in wrong.enumerate() {
                // In a quick run each of the eight tabs is drawn with one value in eight.
                let turn = Tab::ALL[(at + nth) % Tab::ALL.len()];
                let tabs = if cases(false, true) { Tab::ALL.to_vec() } else { vec![turn, Tab::Json] };
                if let Err(why) = sound.check(path, value, word, &tabs) {
                    failed.push(format!("{path} = {value}: {why}"));
                }
                of_this += 1;
            }
            assert!(of_this >= 9, "{path} of the kind {kind} has {of_this} wrong kinds");
            count += of_this;
        }
    }
    assert!(failed.is_empty(), "{} of {count}: {:#?}", failed.len(), &failed[..failed.len().min(40)]);
    count
}

#[test]
fn every_field_of_an_id_document_survives_every_wrong_kind() {
    assert!(check(&tables()[0], None) > 2_500);
}

#[test]
fn every_field_of_the_knowledge_based_check_survives_every_wrong_kind() {
    let [id_document, knowledge_based, _] = tables();
    if cases(false, true) {
        assert!(check(&knowledge_based, None) > 1_500);
    } else {
        assert!(check(&knowledge_based, Some(&id_document)) > 90);
    }
}

#[test]
fn every_field_that_only_samples_show_survives_every_wrong_kind() {
    assert!(check(&tables()[2], None) > 800);
}

#[test]
fn a_next_page_of_every_wrong_kind_costs_no_item_and_is_the_end_only_where_it_is_empty() {
    for (half, other) in [("id", "created_at"), ("created_at", "id")] {
        for (kind, value, _) in KINDS {
            for key in [value.to_owned(), format!(r#"{{"{half}":{value},"{other}":"x"}}"#)] {
                let body = format!(r#"{{"Items":[{BEFORE},{BEHIND}],"nextpageKey":{key}}}"#);
                let page = Page::read(&Bytes::from(body)).ok().unwrap();
                assert_eq!(page.items.iter().map(Item::raw).collect::<Vec<_>>(), [BEFORE, BEHIND], "{key}");
                let is_whole = kind == "number" || (kind == "text" && value.len() > 2 && !value.contains("ud800"));
                match page.next {
                    NextPage::Last => assert!(key == "null" || key == "{}", "{key}"),
                    NextPage::More(_) => assert!(key != value && is_whole, "{key}"),
                    NextPage::Overfull(items) => panic!("{items} items"),
                    NextPage::FileInPart(_) => panic!("no file"),
                    NextPage::Unusable => assert!(key == value || !is_whole, "{key}"),
                }
            }
        }
    }
}
