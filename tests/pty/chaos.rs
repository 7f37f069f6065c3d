//! Whatever is typed at it, however its window changes and whatever its service does: it neither breaks nor hangs, and
//! gives the terminal back.

use std::time::Duration;

use rustix::process::Signal;

use crate::hostile;
use crate::keys::{ESCAPE, fence, table};
use argos_testkit::deadline::DEADLINE;
use argos_testkit::deadline::now;
use argos_testkit::dice::Dice;
use argos_testkit::long_run::cases;
use argos_testkit::many::{run_sessions, surroundings};
use argos_testkit::pty::{Next, Program};

/// What is done in one session.
const STEPS: usize = 200;

/// Beginnings and wholes of sequences that no key sends, or that no program should be sent.
const SEQUENCES: [&[u8]; 22] = [
    b"\x1b",
    b"\x1b[",
    b"\x1bO",
    b"\x1b[1;5",
    b"\x1b[<0;",
    b"\x1b[M",
    b"\x1b[M   ",
    b"\x1b[M\x20\x20\x20",
    b"\x1b[M\xff\xff\xff",
    b"\x1b[<0;0;0M",
    b"\x1b[<0;0;0m",
    b"\x1b[<64;65536;65536M",
    b"\x1b[<35;99999999999999999999;1M",
    b"\x1b[32;0;0M",
    b"\x1b[I\x1b[O",
    b"\x1b[0;0R",
    b"\x1b[?1;2c",
    b"\x1b]11;rgb:0000/0000/0000\x1b\\",
    b"\x1bP1$r0m\x1b\\",
    b"\x1b[97;5u",
    b"\x1b[57358;65535u",
    b"\x1b[27;5;106~",
];

/// What ends every sequence that was begun: the input library takes all that is typed for a part of a report by a mouse or
/// an answer by the terminal, until the letter comes that ends these.
const ENDS: &[u8] = b"Mcu~\x1b[201~";

const WORDS: [&str; 12] = [
    "status:pending ",
    "from:-7d ",
    "email:a@example.com ",
    "!has:aml ",
    "score<80 ",
    "count:0 ",
    "\"two words",
    "id:x ",
    "on:2026-02-31 ",
    "한글 ",
    "e\u{301}👨‍👩‍👧 ",
    "a",
];

fn step(program: &mut Program, dice: &mut Dice, table: &[(String, Vec<u8>)]) {
    let bytes = match dice.below(100) {
        0..60 => (0..=dice.below(3)).flat_map(|_| dice.choose(table).1.clone()).collect(),
        60..70 => dice.choose(&WORDS).as_bytes().to_vec(),
        70..80 => dice.choose(&SEQUENCES).to_vec(),
        80..85 => {
            let bytes = (0..dice.below(40)).map(|_| u8::try_from(dice.below(256)).expect("a byte"));
            // What leaves is typed at the end; four begin a letter that lies where `q` does on another layout.
            let leaves = |byte: &u8| matches!(byte, b'q' | 3 | 0x1a | 0xd0 | 0xe1 | 0xe3 | 0xef);
            bytes.filter(|byte| !leaves(byte)).collect()
        }
        85..90 => {
            let text: String = (0..dice.below(400)).map(|_| *dice.choose(&WORDS)).collect();
            format!("\u{1b}[200~{text}\u{1b}[201~").into()
        }
        90..92 => ESCAPE.repeat(3),
        _ => {
            let sizes = [(0, 0), (1, 1), (0, 30), (300, 120), (40, 12), (80, 24), (2, 60), (200, 3)];
            let (width, height) =
                if dice.percent(40) { *dice.choose(&sizes) } else { (dice.below(160), dice.below(60)) };
            program.resize(u16::try_from(width).expect("few"), u16::try_from(height).expect("few"));
            return;
        }
    };
    assert!(program.send(&bytes), "it is there");
}

/// Asks it to stop and has it go on. Where there is no shell that could, it does not stop, and takes the terminal again when
/// it is told to go on, as it does after a stop that it did not hear of.
fn suspend(program: &mut Program) {
    let left = |program: &Program| program.written().windows(8).filter(|piece| *piece == b"\x1b[?1049l").count();
    program.resize(100, 30);
    // Nothing may be typed while the terminal is given back: it would show it by itself.
    assert!(program.send(ENDS) && fence(program, |_| {}), "it is there");
    let before = left(program);
    assert!(program.send(b"\x1a") && fence(program, |_| {}), "it is there");
    program.signal(Signal::CONT);
    let end = now() + DEADLINE;
    while left(program) == before || !program.alternate_screen() {
        assert_ne!(program.next(Duration::from_millis(100)), Next::End, "it goes on");
        assert!(now() < end, "it neither stopped nor went on:\n{}", program.screen());
    }
}

/// Leaves as somebody does who does not know where he is, and who waits for each key to be answered: while a terminal that
/// was given back has not shown all of it yet, ctrl-c would have the system drop the rest.
fn leave(program: &mut Program, dice: &mut Dice) -> u32 {
    program.resize(100, 30);
    assert!(program.send(ENDS), "it is there");
    let end = now() + DEADLINE;
    let ways: [&[u8]; 3] = [b"\x03", b"\x1b[27uq", b"\x1b[27u\x1b[27u\x03"];
    let way = *dice.choose(&ways);
    while fence(program, |_| {}) && program.send(way) {
        assert!(now() < end, "it does not leave by {way:?}:\n{}", program.screen());
    }
    program.ended().expect("an exit code")
}

fn session(seed: u64) {
    let runtime = surroundings();
    let server = runtime.block_on(hostile::serve(seed));
    let base = server.base();
    let variables = [("ARGOS_BASE_URL", &*base), ("ARGOS_API_KEY", "CanaryKey7x"), ("HOME", "/nonexistent")];
    let mut dice = Dice::new(seed ^ 0xc4a0_5000);
    let (width, height) = (40 + dice.below(140), 12 + dice.below(38));
    let size = (u16::try_from(width).expect("few"), u16::try_from(height).expect("few"));
    // What is typed into the field of an export could be any path, and the palette can start an export, stop and leave.
    let folder = tempfile::TempDir::new().expect("a folder");
    let config = folder.path().join("config.toml");
    std::fs::write(&config, "[keys]\nexport = []\npalette = []\n").expect("a file");
    let variables = [&variables[..], &[("ARGOS_CONFIG", config.to_str().expect("UTF-8"))]].concat();
    let mut program = Program::start_in(folder.path(), &[], &variables, size);
    // The service has pictures, and any key may ask for one.
    program.allow_pictures();
    program.wait("a screen", |screen| screen.contains("masked"));
    let table = table();
    for at in 0..STEPS {
        step(&mut program, &mut dice, &table);
        // Mostly it is left to it when it draws.
        let patience = Duration::from_millis(if at % 4 == 0 { 4 } else { 0 });
        while program.next(patience) == Next::Piece {}
        if at % 50 == 49 {
            program.resize(100, 30);
            assert!(program.send(ENDS) && fence(&mut program, |_| {}), "it is there");
        }
        if dice.below(400) == 0 {
            suspend(&mut program);
        }
    }
    let code = leave(&mut program, &mut dice);
    let everything = program.written_text();
    assert!(matches!(code, 0 | 130) && !everything.contains("internal error"), "code {code}\n{}", program.screen());
    program.assert_clean();
    let tail = String::from_utf8_lossy(&program.written()[program.written().len().saturating_sub(200)..]).into_owned();
    assert!(program.judge().is_balanced(), "every mode was given back: {tail:?}");
    assert_eq!(program.modes(), program.modes_before(), "the terminal's settings are as before");
    assert!(!program.alternate_screen() && !everything.contains("CanaryKey7x"));
}

#[test]
fn chaos_neither_breaks_it_nor_hangs_it() {
    run_sessions("CHAOS_SEED", cases(25, 5_000), session);
}
