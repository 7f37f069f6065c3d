//! Pictures on terminals that draw pixels, in the whole program: what can be seen after each key. That the end of the
//! program leaves nothing is in `endings.rs`.

use argos_testkit::deadline::until;
use argos_testkit::long_run::cases;
use argos_testkit::output_judge::{Protocol, VisiblePicture};
use argos_testkit::pty::Program;
use rustix::process::Signal;

use crate::keys::fence;

/// Terminals that draw pixels, by the variables that they set.
const TERMINALS: [(Protocol, &[(&str, &str)]); 3] = [
    (Protocol::Kitty, &[("TERM", "xterm-kitty")]),
    (Protocol::Iterm2, &[("TERM_PROGRAM", "iTerm.app"), ("COLORTERM", "truecolor")]),
    (Protocol::Sixel, &[("TERM", "foot")]),
];
/// Escape, which no byte behind it turns into another key.
const ESCAPE: &str = "\u{1b}[27u";

/// All protocols in the long run, and all but one in an ordinary run.
fn all_but(left_out: Protocol) -> impl Iterator<Item = Protocol> {
    let protocols = TERMINALS.into_iter().map(|(protocol, _)| protocol);
    protocols.filter(move |protocol| cases(*protocol != left_out, true))
}

/// The demo with its first submission, in such a terminal.
fn start(protocol: Protocol, mask: &str) -> Program {
    let (_, variables) = TERMINALS.iter().find(|(own, _)| *own == protocol).expect("a terminal");
    let mut program = Program::start(&["demo", "--today", "2026-11-21", "--mask", mask], variables, 120, 34);
    program.allow_pictures();
    program.until("50 loaded · more");
    program.until("full record · fetched");
    program
}

/// Fails if a picture is drawn over in part, reaches out of the screen, or lies over text.
fn look(program: &Program) {
    let screen = program.emulated();
    let (height, width) = screen.size();
    for picture in program.judge().visible() {
        let is_blank = |(x, y)| screen.cell(y, x).is_none_or(|cell| cell.contents().trim().is_empty());
        assert!(picture.is_whole() && picture.sent.cells().all(is_blank), "{picture:?}:\n{}", program.screen());
        let (x, y) = (picture.sent.at.0 + picture.sent.size.0, picture.sent.at.1 + picture.sent.size.1);
        assert!(x <= width.get() && y <= height.get(), "{picture:?} on {width}×{height}");
    }
    program.assert_clean();
}

fn whole(count: usize) -> impl Fn(&[VisiblePicture<'_>]) -> bool {
    move |seen| seen.len() == count && seen.iter().all(VisiblePicture::is_whole)
}

/// Waits until exactly `count` pictures can be seen, all of them whole. `what` names them in a failure.
fn seen(program: &mut Program, count: usize, what: &str) {
    program.until_pictures(what, whole(count));
    look(program);
}

/// The demo without a mask, in such a terminal, with the front of its first submission on the screen.
fn with_front(protocol: Protocol) -> Program {
    let mut program = start(protocol, "none");
    program.press("i");
    seen(&mut program, 1, "the front");
    program
}

/// Waits until no picture can be seen, and has the whole screen drawn again, which shows none either.
fn unseen(program: &mut Program, what: &str) {
    seen(program, 0, what);
    assert!(fence(program, |_| {}), "{what}");
    let before = program.judge().pictures();
    // The frame of the first one is whole when the second one begins.
    assert!(fence(program, |_| {}), "{what}");
    assert_eq!(program.judge().pictures(), before, "{what}: sent again");
    seen(program, 0, what);
}

/// Presses keys that change the one picture, and fails if anything else is sent than the changed one.
fn changed(program: &mut Program, keys: &str) {
    let before = program.judge().pictures();
    let file = program.judge().sent()[before - 1].clone();
    program.press(keys);
    program.until_pictures(keys, |seen| matches!(seen, [one] if one.is_whole() && *one.sent != file));
    assert_eq!(program.judge().pictures(), before + 1, "{keys}: sent once");
    look(program);
}

#[test]
fn each_key_shows_its_picture_and_takes_the_one_before_away() {
    for (protocol, _) in TERMINALS {
        let mut program = start(protocol, "none");
        program.press("i");
        program.until_pictures("the front", whole(1));
        let first = program.judge().sent()[0].clone();
        assert_eq!((first.protocol, program.judge().pictures()), (protocol, 1));
        look(&program);
        // A notice is drawn, and the picture is not sent again.
        program.press("v");
        program.until("Nothing is masked");
        look(&program);
        assert_eq!(program.judge().pictures(), 1, "{protocol:?}: nothing of it has changed");
        for keys in ["+", "+", "l", "j", "h", "k", "r", "-", "r"] {
            changed(&mut program, keys);
        }
        // The picture before goes at once, and the next one comes when it is fetched.
        changed(&mut program, "]");
        program.until("ID back");
        changed(&mut program, "[");
        assert_eq!(program.judge().pictures(), 12, "{protocol:?}: once for each change");
        program.press("b");
        seen(&mut program, 2, "front and selfie");
        program.press("b");
        seen(&mut program, 1, "the front");
        program.press(ESCAPE);
        program.until_gone("╭ Pictures");
        unseen(&mut program, "closed");
        program.press("q");
        assert_eq!(program.exit_code(), 0);
        look(&program);
        assert!(program.judge().is_balanced());
    }
}

#[test]
fn masks_take_pictures_away() {
    for protocol in all_but(Protocol::Iterm2) {
        let mut program = with_front(protocol);
        program.press("m");
        program.until("masked: ID numbers");
        program.until_pictures("places alone", |seen| seen.len() > 1 && seen.iter().all(VisiblePicture::is_whole));
        look(&program);
        program.press("m");
        program.until("masked: identity data");
        unseen(&mut program, "all is masked");
        program.press("m");
        program.until("masked: ID numbers");
        unseen(&mut program, "nothing is fetched unasked");
        program.press("i");
        program.until_pictures("places alone", |seen| seen.len() > 1);
        program.press("v");
        program.until("Shown for ten seconds");
        seen(&mut program, 1, "revealed");
        program.press("m");
        program.until("masked: identity data");
        unseen(&mut program, "all is masked");
        program.press("\u{3}");
        program.until_gone("╭ Pictures");
        program.press("\u{3}");
        assert_eq!(program.exit_code(), 130);
        assert!(program.judge().is_balanced());
    }
}

#[test]
fn what_opens_over_a_picture_takes_it_away_until_it_is_closed() {
    for protocol in all_but(Protocol::Sixel) {
        let mut program = with_front(protocol);
        program.press("?");
        program.until("╭ Help");
        unseen(&mut program, "below the help");
        program.press(ESCAPE);
        program.until_gone("╭ Help");
        seen(&mut program, 1, "the front again");
        program.press(ESCAPE);
        program.until_gone("╭ Pictures");
        // The place of a text in the OCR tab.
        program.press("\r3g");
        program.until("OCR]");
        for line in 2..60 {
            program.press("j");
            program.wait("the next line", |screen| screen.contains(&format!("╰ line {line}/")));
            // The frame with this line is whole when the next one begins.
            assert!(fence(&mut program, |_| {}));
            program.wait("what it says", |screen| screen.contains("place inferred") || screen.contains("no place"));
            if program.screen().contains("place inferred") {
                break;
            }
        }
        seen(&mut program, 1, "the place of a text");
        for (open, name) in [("?", "╭ Help"), (":", "╭ Palette"), ("y", "╭ Copy")] {
            program.press(open);
            program.until(name);
            assert!(fence(&mut program, |_| {}));
            look(&program);
            assert!(program.judge().visible().is_empty() || name != "╭ Help", "{name}");
            program.press(ESCAPE);
            program.until_gone(name);
            seen(&mut program, 1, name);
        }
        program.press("4");
        program.until("AML]");
        unseen(&mut program, "another tab");
        program.press("3");
        program.until("OCR]");
        seen(&mut program, 1, "the same tab again");
        // Another submission.
        program.press("J");
        program.until("2/50");
        unseen(&mut program, "another submission");
        program.press("q");
        assert_eq!(program.exit_code(), 0);
        assert!(program.judge().is_balanced());
    }
}

#[test]
fn a_picture_follows_the_size_of_the_screen() {
    for protocol in all_but(Protocol::Iterm2) {
        let mut program = with_front(protocol);
        for (width, height) in [(80, 24), (40, 12), (160, 50), (120, 12), (40, 40), (120, 34)] {
            program.resize(width, height);
            program.wait("the new size", |screen| screen.lines().count() == usize::from(height));
            seen(&mut program, 1, &format!("{protocol:?} on {width}×{height}"));
        }
        program.resize(30, 8);
        program.until("Too small");
        unseen(&mut program, "too small");
        program.resize(120, 34);
        program.until("╭ Pictures");
        seen(&mut program, 1, "large enough");
        program.signal(Signal::TERM);
        assert_eq!(program.exit_code(), 143);
        program.assert_clean();
        assert!(program.judge().is_balanced());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn after_a_stop_that_nobody_asked_for_no_picture_is_left() {
    for protocol in all_but(Protocol::Sixel) {
        let mut program = with_front(protocol);
        let stat = format!("/proc/{}/stat", program.id());
        program.signal(Signal::STOP);
        until("it is stopped", || std::fs::read_to_string(&stat).expect("a process").contains(") T "));
        program.signal(Signal::CONT);
        program.until("masked: ID numbers");
        unseen(&mut program, "after it went on");
        program.press(ESCAPE);
        program.until_gone("╭ Pictures");
        program.press("q");
        assert_eq!(program.exit_code(), 0);
        program.assert_clean();
        assert!(program.judge().is_balanced());
    }
}

/// The setting decides, also in a terminal that names no protocol.
#[test]
fn the_setting_chooses_the_protocol() {
    for (protocol, word) in [(Protocol::Kitty, "kitty"), (Protocol::Iterm2, "iterm2"), (Protocol::Sixel, "sixel")] {
        let folder = tempfile::tempdir().expect("a folder");
        let config = folder.path().join("config.toml");
        std::fs::write(&config, format!("picture_protocol = \"{word}\"\nmask = \"none\"\n")).expect("a file");
        let config = config.to_str().expect("a path");
        let variables = [("ARGOS_CONFIG", config), ("TERM", "tmux-256color"), ("TMUX", "x")];
        let mut program = Program::start(&["demo", "--today", "2026-11-21"], &variables, 80, 24);
        program.allow_pictures();
        program.until("50 loaded · more");
        program.press("i");
        seen(&mut program, 1, word);
        assert!(program.judge().sent().iter().all(|sent| sent.protocol == protocol), "{word}");
        program.press("\u{3}\u{3}\u{3}");
        assert_eq!(program.exit_code(), 130);
        program.assert_clean();
        assert!(program.judge().is_balanced());
    }
}
