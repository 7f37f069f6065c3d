//! The rows of the documentation: what each is, and the leaves that it means.

use crate::submission::fields::FIELDS;

const PATHS: &str = include_str!("../../../../../../tests/data/documented_paths.txt");

/// What is read along the list of submissions, not in a tab.
const PAGING: &str = "nextpageKey";

/// Open names in documented paths, and what they mean here: named ones, and one that nobody foresaw.
const OPEN: [(&str, &[&str]); 3] = [
    (
        "matchResults.*",
        &["idCardCustomMatch", "idCardBirthDateMatch", "faceImageCustomMatch", "faceImageBirthDateMatch"],
    ),
    ("coordinates.*", &["first", "second", "third", "fourth"]),
    ("OCR_raw.*", &["number", "blood"]),
];

/// A table of the documentation, or what only its samples show.
pub(in super::super) struct Table {
    pub(super) name: &'static str,
    rows: Vec<&'static str>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It holds a value, or several.
    Leaf,
    /// It is shown by its members.
    Container,
    /// It belongs to the walk along the list.
    Paging,
}

/// The two tables, and what no table holds.
pub(in super::super) fn tables() -> [Table; 3] {
    ["ID document", "Knowledge-based", "Samples only"].map(|name| {
        let start = PATHS.split(&format!("# {name}\n")).nth(1).unwrap();
        let rows = start.lines().take_while(|line| !line.starts_with('#')).filter(|line| !line.is_empty()).collect();
        Table { name, rows }
    })
}

/// Every path of the file as the code writes it.
pub(super) fn patterns() -> Vec<String> {
    tables().iter().flat_map(|table| table.rows.iter().copied().map(pattern)).collect()
}

/// The paths of a value, of the documented field at a pattern, without list indexes and without open names.
pub(super) fn expanded(pattern: &str) -> Vec<String> {
    let mut paths = vec![pattern.to_owned()];
    for (open, names) in OPEN {
        let (before, _) = open.split_at(open.len() - 1);
        let filled = |path: &String| match path.contains(open) {
            true => names.iter().map(|name| path.replace(open, &format!("{before}{name}"))).collect(),
            false => vec![path.clone()],
        };
        paths = paths.iter().flat_map(filled).collect();
    }
    paths
}

/// A row without list indexes, `*` for each open name.
fn pattern(row: &str) -> String {
    let without = |path: &str, index: &str| path.replace(index, "");
    without(&without(row, "[i]"), "[j]").replace("{item}", "*")
}

impl Table {
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Each row with what it is: a container when some documented path leads through it.
    pub(super) fn kinds(&self) -> Vec<(String, Kind)> {
        let all = patterns();
        let kind = |row: &&str| {
            let path = pattern(row);
            let inside = |other: &String| {
                let mut steps = other.split('.');
                path.split('.').all(|step| steps.next().is_some_and(|own| own == step || own == "*"))
                    && steps.next().is_some()
            };
            let kind = match path.split('.').next() {
                Some(PAGING) => Kind::Paging,
                _ if all.iter().any(inside) => Kind::Container,
                _ => Kind::Leaf,
            };
            (path, kind)
        };
        self.rows.iter().map(kind).collect()
    }

    /// The patterns of the leaves.
    pub(super) fn leaves(&self) -> Vec<String> {
        self.kinds().into_iter().filter(|(_, kind)| *kind == Kind::Leaf).map(|(path, _)| path).collect()
    }
}

#[test]
fn every_row_of_both_tables_is_accounted_for() {
    for (table, rows) in tables().iter().zip([206, 123]) {
        let kinds = table.kinds();
        let count = |kind| kinds.iter().filter(|(_, other)| *other == kind).count();
        assert_eq!(count(Kind::Paging), 3, "{}", table.name);
        assert_eq!(count(Kind::Leaf) + count(Kind::Container) + 3, rows, "{}", table.name);
        assert_eq!(table.len(), rows, "{}", table.name);
    }
}

#[test]
fn the_code_knows_the_fields_of_the_documentation_and_no_others() {
    let documented: Vec<String> = tables().iter().flat_map(Table::leaves).collect();
    let known: Vec<&str> = FIELDS.iter().map(|(path, ..)| *path).collect();
    let missing: Vec<&String> = documented.iter().filter(|path| !known.contains(&path.as_str())).collect();
    assert!(missing.is_empty(), "without a place: {missing:?}");
    let unexpected: Vec<&&str> = known.iter().filter(|path| !documented.iter().any(|other| other == **path)).collect();
    assert!(unexpected.is_empty(), "in no documentation: {unexpected:?}");
}

#[test]
fn the_rows_of_the_next_page_are_read_by_the_walk() {
    use crate::api::{NextPage, Page};
    let body = r#"{"Items":[],"nextpageKey":{"id":"u-id-x","created_at":"u-at-x"}}"#;
    let page = Page::read(&bytes::Bytes::from_static(body.as_bytes())).ok().unwrap();
    let NextPage::More(cursor) = page.next else { unreachable!("the answer names a next page") };
    assert_eq!((cursor.id.as_str(), cursor.created_at.as_str()), ("u-id-x", "u-at-x"));
}
