//! Submissions in which every documented field holds a hostile text, and what a screen shows of them.

use std::collections::HashSet;

use serde_json::{Map, Value};

const PATHS: &str = include_str!("../../data/documented_paths.txt");

/// The tables of the documentation; what only samples show is added to either.
const TABLES: [&str; 2] = ["# ID document\n", "# Knowledge-based\n"];
const SAMPLES: &str = "# Samples only\n";

/// A field and the text that it holds.
pub(super) struct Planted {
    pub(super) path: String,
    /// Which of the texts.
    pub(super) text: usize,
    /// Is right before it, and nowhere else.
    before: String,
    /// Is right behind it; none where the text is too long to be shown to its end.
    after: Option<String>,
}

impl Planted {
    fn new(at: usize, path: &str, (text, hostile): (usize, &str)) -> (Self, String) {
        let (before, after) = (format!("q{at:03}z"), format!("y{at:03}q"));
        let value = format!("{before}{hostile}{after}");
        let after = (hostile.len() <= 400).then_some(after);
        (Self { path: path.to_owned(), text, before, after }, value)
    }

    /// A text with what is before and behind it.
    pub(super) fn around(&self, text: &str) -> String {
        format!("{}{text}{}", self.before, self.after.as_deref().unwrap_or_default())
    }

    /// Whether a screen shows the text: from its start to its end, unless it is long.
    pub(super) fn is_in(&self, shown: &HashSet<&str>) -> bool {
        shown.contains(self.before.as_str()) && self.after.as_ref().is_none_or(|after| shown.contains(after.as_str()))
    }
}

/// What is before and behind texts on a screen.
pub(super) fn ends(screen: &str) -> HashSet<&str> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let end = |at: usize| {
        let before = screen.get(at..at + 5).filter(|end| end.ends_with('z') && end.get(1..4).is_some_and(digits));
        let after = at.checked_sub(4).and_then(|start| screen.get(start..=at));
        before.or(after.filter(|end| end.starts_with('y') && end.get(1..4).is_some_and(digits)))
    };
    memchr::memchr_iter(b'q', screen.as_bytes()).filter_map(end).collect()
}

/// The paths of values in a table, `[]` behind what is a list.
pub(super) fn leaves(table: usize) -> Vec<String> {
    let rows = |start: &str| {
        let rows = PATHS.split(start).nth(1).expect("a table").lines().take_while(|line| !line.starts_with('#'));
        rows.filter(|row| !row.is_empty() && !row.starts_with("nextpageKey")).map(written).collect::<Vec<_>>()
    };
    let all = [rows(TABLES[table]), rows(SAMPLES)].concat();
    let is_within = |path: &String, other: &String| {
        other.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('.') || rest.starts_with("[]"))
    };
    let mut leaves: Vec<String> = Vec::new();
    for path in &all {
        if !all.iter().any(|other| is_within(path, other)) && !leaves.contains(path) {
            leaves.push(path.clone());
        }
    }
    leaves
}

/// A row of the documentation with a name for each open one.
fn written(row: &str) -> String {
    row.replace("{item}", "number").replace(".*", ".idCardCustomMatch").replace("[i]", "[]").replace("[j]", "[]")
}

/// The submission number `at` with one of the texts in each field, as JSON, and what was put where. Names that no
/// documentation knows and keys that are twice are hostile as well.
pub(super) fn submission(at: usize, texts: &[String]) -> (String, Vec<Planted>) {
    // So that texts and fields meet in another way in each submission, and all texts within a few.
    let text = |field: usize| {
        let index = (at * 251 + field) % texts.len();
        (index, texts[index].as_str())
    };
    let mut planted = Vec::new();
    let mut root = Map::new();
    for (field, path) in leaves(at % TABLES.len()).iter().enumerate() {
        let (plant, value) = Planted::new(field, path, text(field));
        // One or many: the documentation and its samples disagree, and the screen takes both.
        let value = if (at + field).is_multiple_of(3) { Value::from(vec![value]) } else { Value::from(value) };
        if put(&mut root, path, value) {
            planted.push(plant);
        }
    }
    let count = planted.len();
    for (nth, place) in ["", "data", "kyc", "signals", "aml"].into_iter().enumerate() {
        let (plant, name) = Planted::new(900 + nth, &format!("{place}.{{name}}"), text(count + nth));
        let path = if place.is_empty() { name } else { format!("{place}\u{0}{name}") };
        let mut steps = path.splitn(2, '\u{0}');
        let (Some(first), rest) = (steps.next(), steps.next()) else { continue };
        let object = match rest {
            None => Some(&mut root),
            Some(_) => root.get_mut(first).and_then(Value::as_object_mut),
        };
        if let Some(object) = object {
            object.insert(rest.unwrap_or(first).to_owned(), Value::from("unknown"));
            planted.push(plant);
        }
    }
    let json = Value::Object(root).to_string();
    let (plant, name) = Planted::new(990, "{repeated name}", text(count + 5));
    planted.push(plant);
    let name = Value::from(name).to_string();
    (format!("{{{name}:1,{name}:2,{}", json.strip_prefix('{').expect("an object")), planted)
}

/// Puts a value where its path says; tells whether there is room for it.
fn put(object: &mut Map<String, Value>, path: &str, value: Value) -> bool {
    let (step, rest) = path.split_once('.').map_or((path, None), |(step, rest)| (step, Some(rest)));
    let (key, is_list) = step.strip_suffix("[]").map_or((step, false), |key| (key, true));
    let Some(rest) = rest else {
        return object.insert(key.to_owned(), value).is_none();
    };
    let empty = Value::Object(Map::new());
    let member = object.entry(key).or_insert_with(|| if is_list { Value::Array(vec![empty.clone()]) } else { empty });
    let inner = match member {
        Value::Array(elements) => elements.first_mut(),
        other => Some(other),
    };
    inner.and_then(Value::as_object_mut).is_some_and(|object| put(object, rest, value))
}
