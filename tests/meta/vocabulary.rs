//! Names and phrases that were replaced by plain ones do not come back.

use std::fs;

use super::rules::{root, sources};

/// Old names of modules, types, functions and constants.
const NAMES: [&str; 74] = [
    "Doubt",
    "Placed",
    "Errand",
    "list_foot",
    "trouble",
    "aside",
    "Look",
    "looks",
    "Setting",
    "talk",
    "mend",
    "wire",
    "patiently",
    "transferring",
    "recording",
    "Deed",
    "Tie",
    "Ties",
    "Prints",
    "News",
    "Taken",
    "unwalked",
    "MOST_BARREN",
    "Arrangement",
    "Glued",
    "bangs",
    "lasting",
    "survey",
    "Survey",
    "standing",
    "Standing",
    "lineage",
    "Lineage",
    "Way",
    "spots",
    "lone",
    "loose",
    "By",
    "needle",
    "Needle",
    "Sheet",
    "quirk",
    "Quirk",
    "rings",
    "twins",
    "paper",
    "alter",
    "desk",
    "struck",
    "Chosen",
    "ties",
    "stand_in",
    "offence",
    "patience",
    "story",
    "tell",
    "told",
    "said",
    "foot",
    "private",
    "beside",
    "way",
    "lead",
    "flow",
    "few",
    "Props",
    "Fact",
    "Trail",
    "Print",
    "take_unlisted",
    "weigh",
    "took",
    "mended",
    "Mended",
];

/// Old phrases in what people read. Quotes around them make them literals of the source.
const PHRASES: [&str; 44] = [
    "single answer",
    "list answer",
    "says otherwise",
    "What stands out",
    "Nothing in what was sent",
    "left midway",
    "says the service",
    "Looked through what is loaded",
    "without a second value",
    "read but not accepted",
    "same after normalising",
    "date shape",
    "face against the ID",
    "an action did not succeed",
    "as estimated",
    "as extended",
    "no statement",
    "false: not done",
    "Attempts are numbered as sent",
    "after the call before",
    "● moment",
    "cut out",
    "nothing failed, nothing odd",
    "holds characters that cannot be seen",
    "asking for submissions",
    "a look every",
    "gives up",
    "if it stays",
    "its own gateway",
    "the cursor repeats",
    "cannot go on",
    "the filter has a problem",
    "in quotes any value goes",
    "matches the local terms",
    "it is no object",
    "to the terminal's clipboard",
    "Take what is under the cursor",
    "Refresh again and again",
    "takes the whole body",
    "Draw the whole screen anew",
    "turns it round",
    "Repeat what failed",
    "out of force",
    "not to be read as",
];

/// Words of a private dialect in comments, and how many lines may hold them.
const DIALECT: [&str; 8] =
    ["stands", "stand", "anew", "is none", "comes to", "so many", "beside the loop", "on the spot"];
const MAX_DIALECT_LINES: usize = 40;

const DECLARATIONS: [&str; 8] = ["fn", "struct", "enum", "trait", "mod", "type", "const", "static"];

fn lines() -> Vec<(String, String)> {
    let folders = ["src", "demo/src", "testkit/src", "tests"].map(|folder| root().join(folder));
    let files = folders.iter().flat_map(|folder| sources(folder)).filter(|path| !path.ends_with("meta/vocabulary.rs"));
    files
        .flat_map(|path| {
            let name = path.strip_prefix(root()).unwrap().display().to_string();
            let text = fs::read_to_string(&path).unwrap();
            text.lines().map(|line| (name.clone(), line.to_owned())).collect::<Vec<_>>()
        })
        .collect()
}

fn words(line: &str) -> Vec<&str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect()
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

#[test]
fn old_names_are_not_declared_any_more() {
    let declared = lines().into_iter().filter(|(_, line)| !is_comment(line)).filter(|(_, line)| {
        words(line).windows(2).any(|pair| DECLARATIONS.contains(&pair[0]) && NAMES.contains(&pair[1]))
    });
    assert_eq!(declared.collect::<Vec<_>>(), []);
}

#[test]
fn old_phrases_are_in_no_text_that_people_read() {
    let mut found: Vec<_> = lines().into_iter().filter(|(_, line)| !is_comment(line)).collect();
    for page in ["assets/keymap.toml", "assets/config.toml", "assets/codes.toml", "README.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        found.extend(text.lines().map(|line| (page.to_owned(), line.to_owned())));
    }
    found.retain(|(_, line)| PHRASES.iter().any(|phrase| line.contains(phrase)));
    // Assertions of tests may say in their reason what a test is about.
    found.retain(|(file, _)| !file.contains("tests") && !file.starts_with("testkit"));
    assert_eq!(found, []);
}

#[test]
fn comments_speak_plain_english() {
    let dialect = |line: &str| {
        let text = format!(" {} ", words(line).join(" "));
        DIALECT.iter().any(|words| text.contains(&format!(" {words} ")))
    };
    let found: Vec<_> = lines().into_iter().filter(|(_, line)| is_comment(line) && dialect(line)).collect();
    assert!(found.len() <= MAX_DIALECT_LINES, "{} lines: {found:#?}", found.len());
}
