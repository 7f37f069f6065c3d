//! Only the pass after every message derives: a handler changes facts and calls nothing of this.

use std::fs;

use super::{code, root, sources};

/// What changes derived state, and the only functions of the application that do so. `update_compared_submission` is a
/// part of the step `update_comparison`, for one column of the comparison.
const DERIVATIONS: [(&str, &str); 13] = [
    ("self.update_compared_submission(", "update_comparison"),
    ("rows.update(", "update_rows"),
    ("self.rows=", "update_rows"),
    ("list.place_cursor(", "update_cursor"),
    ("detail.show(", "update_compared_submission update_subject"),
    ("detail.begin_parsing(", "update_compared_submission update_document"),
    ("self.update_relatives(", "update_lines"),
    ("detail.discard_lines(", "update_lines"),
    ("detail.render(", "update_lines"),
    ("detail.set_relatives(", "update_relatives"),
    ("self.selection.related=", "update_relatives"),
    ("menu.set_entries(", "update_copy_menu"),
    ("menu.find(", "update_palette"),
];

/// The functions of the application, without its tests and without white space, by name and file.
fn functions() -> Vec<(String, String)> {
    let app = root().join("src/app");
    let own =
        sources(&app).into_iter().filter(|path| !path.starts_with(app.join("tests")) && !path.ends_with("tests.rs"));
    let mut functions: Vec<(String, String)> = Vec::new();
    for path in own {
        functions.push((path.display().to_string(), String::new()));
        for line in code(&fs::read_to_string(&path).unwrap()).lines() {
            let name = line.split_once("fn ").and_then(|(_, rest)| rest.split_once(['(', '<']));
            if let Some((name, _)) = name.filter(|(name, _)| name.chars().all(|c| c.is_ascii_lowercase() || c == '_')) {
                functions.push((name.to_owned(), String::new()));
            }
            let (_, text) = functions.last_mut().unwrap();
            text.extend(line.split_whitespace());
        }
    }
    functions
}

/// The sorted names of the functions that hold a piece of code.
fn holders<'a>(functions: &'a [(String, String)], piece: &str) -> Vec<&'a str> {
    let holds = |text: &str| {
        text.match_indices(piece).any(|(at, _)| !text.get(at + piece.len()..).is_some_and(|rest| rest.starts_with('=')))
    };
    let mut holders: Vec<&str> =
        functions.iter().filter(|(_, text)| holds(text)).map(|(name, _)| name.as_str()).collect();
    holders.sort_unstable();
    holders
}

#[test]
fn only_the_pass_after_every_message_derives() {
    let functions = functions();
    assert_eq!(
        holders(&functions, ".update_derived_state()"),
        ["new", "update"],
        "the pass runs once, after a message"
    );
    let (_, pass) = functions.iter().find(|(name, _)| name == "update_derived_state").unwrap();
    let steps: Vec<&str> = pass.split("self.").skip(1).filter_map(|step| Some(step.split_once('(')?.0)).collect();
    assert!(steps.len() > 5 && steps.starts_with(&["update_tour", "update_rows"]), "{steps:?}");
    for step in steps {
        assert_eq!(
            holders(&functions, &format!("self.{step}(")),
            ["update_derived_state"],
            "{step} is a step of the pass"
        );
    }
    for (derives, lawful) in DERIVATIONS {
        assert_eq!(holders(&functions, derives).join(" "), lawful, "{derives} derives");
    }
}
