//! What honest people write is not harmed: it is whole and unmarked in every tab, and in the right columns.

use argos_review::text::Mask;
use ratatui::buffer::{Buffer, CellWidth as _};
use unicode_normalization::UnicodeNormalization as _;

use super::{body, document, open};
use crate::checked_terminal::CheckedTerminal;
use crate::screen::{Answers, Screen};
use crate::session::{setting, text_of};
use argos_testkit::corpus::ORDINARY;

const WIDTH: u16 = 170;
const HEIGHT: u16 = 420;

/// The same with decomposed letters, as some systems send them.
fn texts() -> Vec<String> {
    let decomposed = ["김민준", "Amélie Žižková", "Nguyễn Thị Ánh"].map(|text| text.nfd().collect());
    ORDINARY.iter().map(|text| (*text).to_owned()).chain(decomposed).collect()
}

/// Whether all terminals agree about a cell: one character of scripts without clusters, or of the frame.
fn is_agreed(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    let plain = |c| matches!(c, ' '..='~' | 'À'..='ž' | '─'..='╿' | '가'..='힣' | '一'..='鿿' | 'Α'..='ω' | 'А'..='я');
    chars.next().is_some_and(plain) && chars.next().is_none()
}

/// Fails where the emulator shows something else than was drawn, in cells that all terminals agree about.
fn assert_same(what: &str, buffer: &Buffer, screen: &vt100::Screen) -> usize {
    let mut compared = 0;
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            if is_agreed(symbol) {
                let shown = screen.cell(y, x).map_or("", vt100::Cell::contents);
                let shown = if shown.is_empty() { " " } else { shown };
                assert_eq!(
                    shown,
                    symbol,
                    "{what}: column {x} of line {y}:\n{}",
                    screen.rows(0, buffer.area.width).nth(y.into()).unwrap_or_default()
                );
                compared += 1;
            }
            x += buffer[(x, y)].cell_width().max(1);
        }
    }
    compared
}

#[tokio::test]
async fn ordinary_text_is_whole_and_unmarked_in_every_tab_and_shifts_nothing() {
    let texts = texts();
    let mut whole = [0; 9];
    let mut compared = 0;
    for at in 0..2 {
        let (item, planted) = document::submission(at, &texts);
        let mut setting = setting();
        setting.mask = Mask::None;
        let mut screen = Screen::open(setting, WIDTH, HEIGHT, body(&item)).await;
        let mut judged = CheckedTerminal::new(WIDTH, HEIGHT);
        for (tab, whole) in whole.iter_mut().enumerate() {
            match tab {
                0 => {}
                1 => open(&mut screen).await,
                tab => screen.press(&format!("{tab}*")).await,
            }
            let what = format!("tab {tab}");
            judged.draw(&what, screen.model());
            let buffer = screen.buffer();
            compared += assert_same(&what, &buffer, judged.screen());
            let page = text_of(&buffer);
            let mark = page.chars().find(|c| matches!(c, '‹' | '\u{2400}'..='\u{2426}'));
            assert_eq!(mark, None, "{what}:\n{page}");
            assert!(!page.contains("hidden characters") && !page.contains("cannot be seen"), "{what}:\n{page}");
            let ends = document::ends(&page);
            for planted in planted.iter().filter(|planted| planted.is_in(&ends)) {
                let text: String = texts[planted.text].nfc().collect();
                // A value that is wrapped in the midst of it has a frame within.
                *whole += usize::from(page.contains(&planted.around(&text)));
            }
        }
    }
    assert!(whole.iter().skip(1).all(|count| *count >= 25), "{whole:?}");
    assert!(compared > 100_000, "{compared}");
}

#[tokio::test]
async fn a_name_that_terminals_disagree_about_moves_no_cell_behind_it() {
    let names = ORDINARY.iter().map(|name| {
        format!(r#"{{"submission_id":"s{}","data":{{"name":"{name}"}},"kyc":{{"result":"pending"}}}}"#, name.len())
    });
    let body = format!(r#"{{"Items":[{}]}}"#, names.collect::<Vec<_>>().join(","));
    let mut screen = Screen::open(setting(), 120, 50, Answers::Body(body.into())).await;
    let mut judged = CheckedTerminal::new(120, 50);
    // From frame to frame, since only what changed is written again.
    for key in ["", "z", "m", "m", "j", "G", "l", "z", "?", "<esc>", "/", "<esc>", "t"] {
        screen.press(key).await;
        judged.draw(&key, screen.model());
        assert_same(key, &screen.buffer(), judged.screen());
    }
}
