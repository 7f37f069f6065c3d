//! Saved views in a real terminal: nothing is written before the user saves, and then exactly what they saved.

use std::fs;

use argos_testkit::pty::Program;

use crate::canaries::Place;
use crate::keys::ESCAPE;

#[test]
fn only_an_explicit_save_writes_and_it_writes_the_filter_alone() {
    let place = Place::new();
    let variables = place.variables();
    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, &**value)).collect();
    let arguments = ["demo", "--today", "2026-11-21", "from:-7d", "canary.person@example.com"];
    let mut program = Program::start_in(&place.at("cwd"), &arguments, &variables, (120, 40));
    program.until("canary.person@example.com");
    program.press("V");
    program.until("╭ Views");
    program.press("s");
    program.until("holds personal data (email)");
    program.press("mine");
    assert_eq!(place.files(&[]).len(), 0, "nothing is written before Enter");
    program.press("\r");
    program.until("Saved: mine");
    program.press("q");
    assert_eq!(program.exit_code(), 0);
    let views = place.at("config").join("argos-review/views.toml");
    let text = fs::read_to_string(&views).expect("the views");
    assert!(text.ends_with("[mine]\nfilter = \"from:-7d canary.person@example.com\"\n"), "{text}");
    // The next session lists it, opens it by its name, and changes nothing.
    let arguments = ["demo", "--today", "2026-11-21", "--view", "mine"];
    let mut program = Program::start_in(&place.at("cwd"), &arguments, &variables, (120, 40));
    program.until(" mine ─ ");
    program.until("from:-7d canary.person@example.com");
    program.press("V");
    program.until("▶ mine");
    program.press_bytes(ESCAPE);
    program.until_gone("╭ Views");
    program.press("q");
    assert_eq!(program.exit_code(), 0);
    assert_eq!(place.take_views().expect("the views"), text.as_bytes());
    assert_eq!(place.files(&[]).len(), 0, "and no other file");
}
