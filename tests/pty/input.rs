//! What a terminal may send: sizes, floods, pastes, reports, garbage.

use rand::{Rng, RngExt, SeedableRng};
use rand_pcg::Pcg64;
use rustix::process::Signal;

use argos_testkit::long_run::cases;
use argos_testkit::pty::Program;

const DEMO: [&str; 3] = ["demo", "--today", "2026-11-21"];

/// Ends it by a signal, as after what may have left the input in any state.
fn terminated(mut program: Program) {
    program.signal(Signal::TERM);
    assert_eq!(program.exit_code(), 143);
    program.assert_clean();
    assert!(program.judge().is_balanced());
    assert_eq!(program.left_behind(), [""], "left once, and blank");
    assert_eq!(program.modes(), program.modes_before());
}

#[test]
fn every_size_at_the_start_and_a_usable_one_later() {
    for (width, height) in [(0, 0), (1, 1), (0, 24), (80, 0), (1, 40), (200, 1), (1_000, 500), (65_535, 65_535)] {
        let mut program = Program::start(&DEMO, &[], width, height);
        program.until_written("\u{1b}[?25l", 1);
        program.resize(100, 30);
        // While the screen is tall, it may take more than one page to fill.
        program.until(" loaded · more");
        program.press("q");
        assert_eq!(program.exit_code(), 0, "{width}×{height}");
        program.assert_clean();
        assert_eq!(program.modes(), program.modes_before());
    }
}

#[test]
fn storm_of_sizes_ends_in_the_last_one() {
    let mut program = Program::start(&DEMO, &[], 100, 30);
    program.until("50 loaded · more");
    let mut random = Pcg64::seed_from_u64(7);
    for _ in 0..cases(2_000, 10_000) {
        program.resize(random.random_range(0..=150), random.random_range(0..=50));
    }
    program.resize(1_000, 500);
    program.resize(90, 28);
    // As many pages as the tallest size may have asked for.
    program.wait("the last size", |screen| screen.contains(" loaded · more") && screen.lines().count() == 28);
    terminated(program);
}

#[test]
fn floods_of_keys_and_reports_are_taken() {
    let mut program = Program::start(&DEMO, &[], 100, 30);
    program.until("50 loaded · more");
    program.press(&"jk".repeat(cases(500, 20_000)));
    // Coordinates of zero: of the mouse in three protocols, of the cursor.
    let reports = "\u{1b}[<0;0;0M\u{1b}[M\u{20}\u{20}\u{20}\u{1b}[32;0;0M\u{1b}[0;0R\u{1b}[<35;1;1m";
    program.press(&reports.repeat(cases(200, 5_000)));
    program.press("?");
    program.until("╭ Help");
    terminated(program);
}

#[test]
fn answers_that_nobody_asked_for_hold_back_no_key() {
    let mut program = Program::start(&DEMO, &[], 100, 30);
    program.until("50 loaded · more");
    // The library keeps them to itself and wakes nobody, with more to read than the terminal has room for.
    program.press(&"\u{1b}[0;0R".repeat(1_500));
    program.press("?");
    program.until("╭ Help");
    terminated(program);
}

#[test]
fn garbage_ends_nothing() {
    let mut program = Program::start(&DEMO, &[], 100, 30);
    program.until("50 loaded · more");
    let mut random = Pcg64::seed_from_u64(11);
    let mut bytes = vec![0; cases(5_000, 200_000)];
    random.fill_bytes(&mut bytes);
    // Not what leaves, and not what begins a letter that lies where `q` does on another layout.
    bytes.retain(|byte| ![b'q', 3, 0xd0, 0xe1, 0xe3, 0xef].contains(byte));
    program.press_bytes(&bytes);
    program.until_read();
    terminated(program);
}

#[test]
fn pastes_of_any_length_are_taken_and_one_without_an_end_holds_back_no_signal() {
    let mut program = Program::start(&DEMO, &[], 100, 30);
    program.until("50 loaded · more");
    let long = format!("\u{1b}[200~{}\u{1b}[201~", "status:pending q\r\n".repeat(cases(60_000, 600_000)));
    program.press(&long);
    program.press("f");
    program.until("Enter apply");
    program.press(&long);
    program.until("status:pending q status:pending q");
    program.press("\u{1b}");
    program.until_gone("Enter apply");
    program.press("?");
    program.until("╭ Help");
    program.press("\u{1b}[200~no end");
    program.until_read();
    terminated(program);
}

#[test]
fn without_colours_the_selection_is_still_seen() {
    let mut program = Program::start(&DEMO, &[("NO_COLOR", "1")], 100, 30);
    program.until("50 loaded · more");
    let screen = program.emulated();
    let cells: Vec<_> = (0..30).flat_map(|y| (0..100).map(move |x| (y, x))).collect();
    let cell = |(y, x): &(u16, u16)| screen.cell(*y, *x).expect("a cell").clone();
    let reversed = cells.iter().filter(|at| cell(at).inverse()).count();
    assert!(reversed > 40, "{reversed} cells stand out");
    let plain = |at| [cell(at).fgcolor(), cell(at).bgcolor()] == [vt100::Color::Default; 2];
    assert!(cells.iter().all(plain), "no colour");
    terminated(program);
}
