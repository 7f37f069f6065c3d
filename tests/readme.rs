//! The README's tables are made from the tables that the program uses.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use argos_review::keys::Keymap;
use argos_review::query;

fn keys(keymap: &Keymap) -> String {
    let mut table = String::from("| key | where | does |\n|---|---|---|\n");
    for binding in keymap.bindings() {
        let chords: Vec<String> = binding.on.iter().map(|chord| format!("`{chord}`")).collect();
        let places: Vec<String> = binding.context.iter().map(|context| format!("{context:?}").to_lowercase()).collect();
        let _ = writeln!(table, "| {} | {} | {} |", chords.join(" "), places.join(", "), binding.help);
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

#[test]
fn tables_of_the_readme_are_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let keymap = Keymap::shipped().unwrap();
    let mut wanted = readme.clone();
    for (name, table) in [("keys", keys(&keymap)), ("filter", filter())] {
        let start = wanted.find(&format!("<!-- {name}:")).unwrap();
        let start = start + wanted.get(start..).unwrap().find('\n').unwrap() + 1;
        let end = wanted.find(&format!("<!-- end of {name} -->")).unwrap();
        wanted.replace_range(start..end, &format!("\n{table}\n"));
    }
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, &wanted).unwrap();
        return;
    }
    assert!(readme == wanted, "UPDATE_README=1 cargo test --test readme");
}
