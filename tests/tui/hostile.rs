//! Whatever a server sends or a user types, a terminal gets nothing but what is ours to write.
//!
//! Drawn as the program draws, byte for byte, and judged twice: by the grammar of what may be written and by a terminal
//! emulator that must find nothing to do but draw. A case is a text in a field that a screen was seen to show; what is
//! drawn but cut or hidden is judged and not counted.

mod badge;
mod document;
mod elsewhere;
mod ordinary;

use std::collections::HashSet;

use argos_review::text::Mask;
use bytes::Bytes;

use crate::checked_terminal::CheckedTerminal;
use crate::screen::{Answers, Screen};
use crate::session::{setting, text_of};
use argos_testkit::corpus::{attacks, random};
use argos_testkit::long_run::cases;

/// Wide enough for a value beside its label, and tall enough for most tabs.
const WIDTH: u16 = 160;
const HEIGHT: u16 = 200;

/// All texts that are tried.
fn texts() -> Vec<String> {
    let mut texts = attacks();
    texts.extend(random(20_261_121, 200));
    texts
}

/// A list of a submission and of another one by the same person, so that each is linked to the other.
fn body(item: &str) -> Answers {
    let value: serde_json::Value = serde_json::from_str(item).expect("JSON");
    let mut twin = serde_json::json!({ "submission_id": "twin" });
    for key in ["email", "userid", "data", "kyc"] {
        twin[key] = value[key].clone();
    }
    Answers::Body(Bytes::from(format!(r#"{{"Items":[{item},{twin}]}}"#)))
}

/// Opens a submission of [`body`] in the detail alone.
async fn open(screen: &mut Screen) {
    screen.press("<tab>z").await;
    if text_of(&screen.buffer()).contains("╭ twin ") {
        // Rows without a readable time are in no order of theirs.
        screen.press("J").await;
    }
}

/// Draws what is to be seen of a tab, page after page, and gives all of it.
async fn pages(what: &str, screen: &mut Screen, judged: &mut CheckedTerminal) -> String {
    let mut seen = String::new();
    screen.press("g").await;
    loop {
        judged.draw(&what, screen.model());
        let page = judged.text();
        // The place among the lines is in the lower border: ` line 17/230 `.
        let place = page.lines().rev().find_map(|line| {
            let (at, of) =
                line.strip_prefix('╰')?.trim_start_matches('─').trim_start().strip_prefix("line ")?.split_once('/')?;
            Some((at.parse::<usize>().ok()?, of.split_once(' ')?.0.parse::<usize>().ok()?))
        });
        seen.push_str(&page);
        match place {
            Some((at, of)) if at < of => screen.press("<pgdn>").await,
            _ => return seen,
        }
    }
}

#[tokio::test]
async fn no_text_in_any_field_reaches_the_terminal_in_any_tab_or_the_list() {
    let texts = texts();
    let mut seen: HashSet<(usize, String, usize)> = HashSet::new();
    let mut frames = 0;
    for at in 0..cases(9, 400) {
        let (item, planted) = document::submission(at, &texts);
        let mut setting = setting();
        setting.mask = Mask::None;
        let mut screen = Screen::open(setting, WIDTH, HEIGHT, body(&item)).await;
        let mut judged = CheckedTerminal::new(WIDTH, HEIGHT);
        screen.press("z").await;
        judged.draw(&"list", screen.model());
        let mut count = |tab: usize, page: &str| {
            let ends = document::ends(page);
            let shown = planted.iter().filter(|planted| planted.is_in(&ends));
            seen.extend(shown.map(|planted| (planted.text, planted.path.clone(), tab)));
        };
        count(0, &judged.text());
        screen.press("z").await;
        open(&mut screen).await;
        for tab in 1..=8 {
            // Trees are in three tabs; elsewhere there is nothing to open.
            screen.press(&format!("{tab}{}", if matches!(tab, 4 | 7 | 8) { "*" } else { "" })).await;
            let page = pages(&format!("submission {at}, tab {tab}"), &mut screen, &mut judged).await;
            count(tab, &page);
        }
        // The same with values hidden: what is left of them must be as harmless.
        if at % 9 == 0 {
            for mask in ["m", "m"] {
                screen.press(mask).await;
                for tab in 1..=8 {
                    screen.press(&tab.to_string()).await;
                    judged.draw(&format!("submission {at}, tab {tab}, masked"), screen.model());
                }
            }
        }
        frames += judged.frames();
    }
    let fields: HashSet<&String> = seen.iter().map(|(_, path, _)| path).collect();
    let used: HashSet<usize> = seen.iter().map(|(text, ..)| *text).collect();
    let tabs: Vec<usize> = (0..=8).map(|tab| seen.iter().filter(|(.., other)| *other == tab).count()).collect();
    let told = format!(
        "{} texts, {} of them seen, in {} fields: {} cases in {frames} frames; list and tabs: {tabs:?}",
        texts.len(),
        used.len(),
        fields.len(),
        seen.len()
    );
    if std::env::var_os("LONG_RUN").is_some() {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "{told}");
    }
    assert!(seen.len() >= cases(5_000, 100_000) && fields.len() >= 215 && used.len() >= 500, "{told}");
    assert!(tabs.iter().all(|cases| *cases > 0), "{told}");
}
