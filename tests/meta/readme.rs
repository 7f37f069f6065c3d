//! The tables of the README's pages are made from the tables that the program uses, and links lead somewhere.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use argos_demo::Scenario;
use argos_review::cli::exit;
use argos_review::keys::Keymap;
use argos_review::query;
use argos_review::submission::row::COLUMNS;

fn keys(keymap: &Keymap) -> String {
    let mut table = String::from("| key | where | does |\n|---|---|---|\n");
    for binding in keymap.bindings() {
        let chords: Vec<String> = binding.on.iter().map(|chord| format!("`{chord}`")).collect();
        let places: Vec<String> = binding.context.iter().map(|context| format!("{context:?}").to_lowercase()).collect();
        let chords = if chords.is_empty() { binding.chords() } else { chords.join(" ") };
        let _ = writeln!(table, "| {chords} | {} | {} |", places.join(", "), binding.help);
    }
    table
}

fn filter() -> String {
    let mut table = String::from("| example | who | means |\n|---|---|---|\n");
    for key in query::keys() {
        let example = key.example.replace('|', "\\|");
        let _ = writeln!(table, "| `{example}` | {} | {} |", key.scope().word(), key.help);
    }
    for form in query::forms() {
        let _ = writeln!(table, "| `{}` | | {} |", form.example, form.help);
    }
    table
}

fn columns() -> String {
    let mut table = String::from("| name | heading | what it holds | path |\n|---|---|---|---|\n");
    for spec in &COLUMNS {
        let paths: Vec<String> = spec.column.sent_paths().iter().map(|path| format!("`{path}`")).collect();
        let heading = spec.column.heading();
        let path = if paths.is_empty() { "computed".to_owned() } else { paths.join(", else ") };
        let _ = writeln!(table, "| `{}` | {heading} | {} | {path} |", spec.key, spec.holds);
    }
    table
}

fn scenarios() -> String {
    let mut table = String::from("| scenario | what it shows |\n|---|---|\n");
    for scenario in Scenario::all().unwrap() {
        let _ = writeln!(table, "| `{}` | {} |", scenario.name, scenario.about);
    }
    table
}

/// The words with which a comment in `default.toml` says where a default comes from, and how the table has them.
const STANDINGS: [(&str, &str); 3] =
    [("Documented:", "documented"), ("Samples:", "shown in samples only"), ("Assumed:", "assumed")];

/// From the comments of the file: what a switch decides, then a line that begins with one of [`STANDINGS`].
fn switches() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/scenarios/default.toml");
    let text = fs::read_to_string(path).unwrap();
    let (_, switches) = text.split_once("[behaviour]").unwrap();
    let mut table = String::from("| switch | default | what it decides | the default is |\n|---|---|---|---|\n");
    let (mut decides, mut stands) = (String::new(), None);
    for line in switches.lines().filter(|line| !line.is_empty()) {
        if let Some(comment) = line.strip_prefix("# ") {
            assert!(stands.is_none(), "a comment after its standing: {comment}");
            let standing = STANDINGS.iter().find(|(word, _)| comment.starts_with(word));
            match standing {
                Some((word, standing)) => stands = Some((*standing, comment.trim_start_matches(word).trim())),
                None => decides = format!("{decides} {comment}"),
            }
            continue;
        }
        let (name, value) = line.split_once(" = ").unwrap();
        assert!(stands.is_some(), "nothing says where {name} comes from");
        let (standing, reason) = stands.take().unwrap();
        let decides = std::mem::take(&mut decides);
        let value = value.trim_matches('"');
        let _ = writeln!(table, "| `{name}` | `{value}` | {} | *{standing}*: {reason} |", decides.trim());
    }
    table
}

fn exit_codes() -> String {
    let mut table = String::from("| code | means |\n|---|---|\n");
    for (code, meaning) in exit::TABLE {
        let _ = writeln!(table, "| {code} | {meaning} |");
    }
    table
}

/// Each page with the tables on it, by the words between `<!-- ` and `:`.
const PAGES: [(&str, &[&str]); 4] = [
    ("docs/keys.md", &["keys"]),
    ("docs/filter.md", &["filter"]),
    ("docs/command-line.md", &["columns", "exit codes"]),
    ("docs/demo.md", &["scenarios", "switches"]),
];

fn table(name: &str) -> String {
    match name {
        "keys" => keys(&Keymap::built_in().unwrap()),
        "filter" => filter(),
        "columns" => columns(),
        "scenarios" => scenarios(),
        "switches" => switches(),
        "exit codes" => exit_codes(),
        name => panic!("no table {name}"),
    }
}

#[test]
fn tables_of_the_pages_are_up_to_date() {
    for (page, names) in PAGES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
        let text = fs::read_to_string(&path).unwrap();
        let mut wanted = text.clone();
        for name in names {
            let start = wanted.find(&format!("<!-- {name}:")).unwrap();
            let start = start + wanted.get(start..).unwrap().find('\n').unwrap() + 1;
            let end = wanted.find(&format!("<!-- end of {name} -->")).unwrap();
            wanted.replace_range(start..end, &format!("\n{}\n", table(name)));
        }
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&path, &wanted).unwrap();
        } else {
            assert!(text == wanted, "{page}: UPDATE_DOCS=1 cargo test --test meta readme");
        }
    }
}

#[test]
fn the_readme_is_short_and_its_links_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    assert!(readme.lines().count() <= 150, "{} lines", readme.lines().count());
    let pages = fs::read_dir(root.join("docs")).unwrap().map(|page| page.unwrap().path());
    let pages = ["README.md", "SECURITY.md", "CONTRIBUTING.md"].map(|page| root.join(page)).into_iter().chain(pages);
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        let folder = page.parent().unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (file, _) = link.split_once('#').unwrap_or((link, ""));
            let leads = file.is_empty() || file.starts_with("http") || folder.join(file).exists();
            assert!(leads, "{}: {link}", page.display());
        }
    }
}
