//! States that the program can be in, and ways in which it can end.

use argos_testkit::binary::binary;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::panics::{CANARY, NEW_WIDTH, REVIEWER};
use argos_testkit::deadline::now;
use argos_testkit::pty::{Program, signal_to};

const WIDTH: u16 = 110;
const HEIGHT: u16 = 30;

/// A shell that runs the program as a job and goes on with it after a key when it is stopped.
const SHELL: &str = r#"set -m; trap : HUP
RUN; code=$?
while [ "$code" = 147 ] || [ "$code" = 145 ]; do echo the shell waits; read -r line; fg >/dev/null; code=$?; done
exit "$code""#;
/// What the shell runs when its terminal is taken away, as it cannot tell the exit code then.
const WITNESS: &str = r#"/bin/sh -c 'trap HOW HUP; "$@"; echo "$?" >code' sh "$@""#;

/// What the screen shows when the program is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    List,
    Filter,
    Help,
    Large,
    Loading,
    Failure,
    LoadAll,
    Resumed,
    Mouse,
    Kitty,
    Iterm2,
    Sixel,
}

impl State {
    pub(crate) const ALL: [Self; 12] = [
        Self::List,
        Self::Filter,
        Self::Help,
        Self::Large,
        Self::Loading,
        Self::Failure,
        Self::LoadAll,
        Self::Resumed,
        Self::Mouse,
        Self::Kitty,
        Self::Iterm2,
        Self::Sixel,
    ];
    /// With a picture on the screen, in each of the protocols.
    pub(crate) const PICTURES: [Self; 3] = [Self::Kitty, Self::Iterm2, Self::Sixel];

    /// What `TERM` says of the terminal.
    const fn term(self) -> &'static str {
        match self {
            Self::Kitty => "xterm-kitty",
            Self::Iterm2 => "wezterm",
            Self::Sixel => "foot",
            _ => "xterm-256color",
        }
    }
}

/// How it is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Quit,
    CtrlC,
    Interrupted,
    Terminated,
    HungUp,
    QuitSignal,
    Closed,
    ClosedIgnored,
    StoppedThenQuit,
    CtrlZThenQuit,
    PanicInLoop,
    PanicInTask,
    TerminatedWhileStopped,
    Deaf,
    UnfinishedPaste,
    TerminalFails,
}

impl Ending {
    pub(crate) const ALL: [Self; 16] = [
        Self::Quit,
        Self::CtrlC,
        Self::Interrupted,
        Self::Terminated,
        Self::HungUp,
        Self::QuitSignal,
        Self::Closed,
        Self::ClosedIgnored,
        Self::StoppedThenQuit,
        Self::CtrlZThenQuit,
        Self::PanicInLoop,
        Self::PanicInTask,
        Self::TerminatedWhileStopped,
        Self::Deaf,
        Self::UnfinishedPaste,
        Self::TerminalFails,
    ];

    const fn code(self) -> u32 {
        match self {
            Self::Quit | Self::StoppedThenQuit | Self::CtrlZThenQuit => 0,
            Self::TerminalFails => 1,
            Self::PanicInLoop | Self::PanicInTask => 101,
            Self::Closed | Self::ClosedIgnored | Self::HungUp => 129,
            Self::CtrlC | Self::Interrupted => 130,
            Self::QuitSignal => 131,
            Self::Terminated | Self::TerminatedWhileStopped | Self::Deaf | Self::UnfinishedPaste => 143,
        }
    }

    const fn closes(self) -> bool {
        matches!(self, Self::Closed | Self::ClosedIgnored)
    }

    const fn is_panic(self) -> bool {
        matches!(self, Self::PanicInLoop | Self::PanicInTask)
    }
}

/// Base URLs of servers that do what the demo does not.
pub(crate) struct Servers {
    /// Never answers.
    pub(crate) stalling: String,
    /// Sends one large submission.
    pub(crate) large: String,
    /// The path of a configuration file that turns the mouse on.
    pub(crate) mouse: String,
}

/// A running program, and the terminal that it draws on where that is another one.
struct Stage {
    keys: Program,
    screen: Option<Program>,
    state: State,
}

/// Runs the program in a state, ends it, checks what is left behind, and returns how long the end took.
pub(crate) fn run(state: State, ending: Ending, servers: &Servers) -> Duration {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = Stage::open(state, ending, servers, folder.path());
    stage.prepare();
    let job = stage.keys.foreground();
    let from = stage.end(ending, job);
    let (at, status) = stage.keys.end();
    let what = format!("{state:?}, {ending:?}");
    let code = if ending.closes() {
        let told = folder.path().join("code");
        let code = std::fs::read_to_string(&told).expect("an exit code");
        std::fs::remove_file(told).expect("a file");
        code.trim().parse().expect("a number")
    } else {
        assert_eq!(status.signal(), None, "{what}");
        status.exit_code()
    };
    assert_eq!(code, ending.code(), "{what}: {}", stage.keys.screen());
    stage.check(ending, &what);
    let files: Vec<_> = folder.path().read_dir().expect("the folder").collect();
    assert!(files.is_empty(), "{what}: {files:?}");
    at.duration_since(from)
}

impl Stage {
    fn open(state: State, ending: Ending, servers: &Servers, folder: &std::path::Path) -> Self {
        let mut arguments = vec!["demo", "--today", "2026-11-21"];
        let mut variables = vec![("TERM", state.term()), ("HOME", "/nonexistent")];
        match state {
            State::Failure => arguments.extend(["--scenario", "wrong-key"]),
            State::LoadAll => arguments.extend(["--scenario", "distant"]),
            State::Loading | State::Large | State::Mouse => {
                arguments.clear();
                let base = if state == State::Loading { &servers.stalling } else { &servers.large };
                if state == State::Mouse {
                    variables.push(("ARGOS_CONFIG", &servers.mouse));
                }
                variables.extend([("ARGOS_BASE_URL", &**base), ("ARGOS_API_KEY", "CanaryKey7x")]);
            }
            State::Kitty | State::Iterm2 | State::Sixel => arguments.extend(["--mask", "none"]),
            State::List | State::Filter | State::Help | State::Resumed => {}
        }
        let screen = (ending == Ending::TerminalFails)
            .then(|| Program::launch(&["/bin/sh", "-c", "read -r line"], &[], folder, WIDTH, HEIGHT));
        let run = match ending {
            Ending::Closed => &WITNESS.replace("HOW", ":"),
            Ending::ClosedIgnored => &WITNESS.replace("HOW", r#""""#),
            Ending::TerminalFails => r#""$@" >"$SCREEN""#,
            _ => r#""$@""#,
        };
        let shell = SHELL.replace("RUN", run);
        let of_screen = screen.as_ref().map(Program::terminal).unwrap_or_default();
        let own = std::env::current_exe().expect("this test");
        let joined = arguments.join(" ");
        let mut command = vec!["/bin/sh", "-c", &*shell, "sh"];
        if ending.is_panic() {
            command.push(own.to_str().expect("a path"));
            command.extend(REVIEWER);
            variables.push(("REVIEW", &joined));
        } else {
            command.push(binary());
            command.extend(arguments);
        }
        variables.push(("SCREEN", &of_screen));
        let mut stage = Self { keys: Program::launch(&command, &variables, folder, WIDTH, HEIGHT), screen, state };
        if state == State::Mouse {
            stage.seen().allow_mouse();
        }
        if State::PICTURES.contains(&state) {
            stage.seen().allow_pictures();
        }
        stage
    }

    /// What is drawn on.
    fn seen(&mut self) -> &mut Program {
        self.screen.as_mut().unwrap_or(&mut self.keys)
    }

    fn prepare(&mut self) {
        match self.state {
            State::List => self.seen().until("50 loaded · more"),
            State::Filter => {
                self.seen().until("50 loaded · more");
                self.keys.press("fnat:kor");
                self.seen().until("nat:kor");
            }
            State::Help => {
                self.seen().until("50 loaded · more");
                self.keys.press("?");
                self.seen().until("╭ Help");
            }
            State::Large => {
                self.seen().until("1 loaded · complete");
                self.keys.press("\r8");
                self.seen().until("JSON]");
                self.seen().until("one large submission");
            }
            State::Mouse => {
                self.seen().until("1 loaded · complete");
                assert!(self.seen().written_text().contains("\u{1b}[?1000h\u{1b}[?1006h"), "the mouse is on");
            }
            State::Kitty | State::Iterm2 | State::Sixel => {
                self.seen().until("50 loaded · more");
                self.keys.press("i");
                self.seen().until_pictures("a picture", |seen| matches!(seen, [one] if one.is_whole()));
            }
            State::Loading => self.seen().until("Loading submissions"),
            State::Failure => self.seen().until("does not accept the API key (403)"),
            State::LoadAll => {
                self.seen().until("50 loaded · more");
                self.keys.press("L");
                self.seen().until("loading all:");
            }
            State::Resumed => {
                self.seen().until("50 loaded · more");
                let times = self.resumes();
                self.keys.press("\u{1a}");
                self.go_on(times);
            }
        }
    }

    fn resumes(&mut self) -> usize {
        self.seen().written_text().matches("\u{1b}[?1049h").count()
    }

    /// Waits until the program is stopped, looks at what the shell has then, and has it go on.
    fn go_on(&mut self, times: usize) {
        self.stopped();
        self.keys.press("\n");
        self.seen().until_written("\u{1b}[?1049h", times + 1);
        let wanted = if self.state == State::Loading { "Loading submissions" } else { "masked: ID numbers" };
        self.seen().until(wanted);
    }

    fn stopped(&mut self) {
        let taken = self.resumes();
        // So often was it stopped: what the shell said of an earlier time still is on its screen.
        self.keys.until_written("the shell waits", taken);
        self.seen().until_written("\u{1b}[?1049l", taken);
        assert!(!self.seen().alternate_screen(), "the shell's own screen");
        assert_eq!(self.keys.modes(), self.keys.modes_before(), "the shell's own settings");
    }

    /// Back to where `q` quits.
    fn step_back(&mut self) {
        let gone = match self.state {
            State::Filter => "nat:kor",
            State::Help => "╭ Help",
            State::Kitty | State::Iterm2 | State::Sixel => "╭ Pictures",
            _ => return,
        };
        self.keys.press("\u{1b}");
        self.seen().until_gone(gone);
    }

    /// Ends it, and returns when.
    fn end(&mut self, ending: Ending, job: i32) -> Instant {
        let signal = |signal| {
            let at = now();
            signal_to(job, signal);
            at
        };
        match ending {
            Ending::Quit => {
                self.step_back();
                self.type_last("q")
            }
            // One closes what is open, one stops what loads.
            Ending::CtrlC => self.type_last("\u{3}\u{3}\u{3}"),
            Ending::Interrupted => signal(Signal::INT),
            Ending::Terminated => signal(Signal::TERM),
            Ending::HungUp => signal(Signal::HUP),
            Ending::QuitSignal => signal(Signal::QUIT),
            Ending::Closed | Ending::ClosedIgnored => self.keys.hang_up(),
            Ending::StoppedThenQuit | Ending::CtrlZThenQuit => {
                let times = self.resumes();
                match ending {
                    Ending::StoppedThenQuit => signal_to(job, Signal::TSTP),
                    _ => self.keys.press("\u{1a}"),
                }
                self.go_on(times);
                self.step_back();
                self.type_last("q")
            }
            Ending::TerminatedWhileStopped => {
                self.keys.press("\u{1a}");
                self.stopped();
                signal_to(job, Signal::TERM);
                self.type_last("\n")
            }
            Ending::PanicInLoop => {
                let at = now();
                self.keys.resize(NEW_WIDTH, HEIGHT);
                at
            }
            Ending::PanicInTask => signal(Signal::USR1),
            Ending::Deaf => {
                self.keys.stop_reading();
                // One frame is more than a terminal holds.
                self.keys.resize(500, 300);
                self.keys.until_full();
                signal(Signal::TERM)
            }
            Ending::UnfinishedPaste => {
                self.keys.press("\u{1b}[200~from:-7d and no end");
                self.keys.until_read();
                signal(Signal::TERM)
            }
            Ending::TerminalFails => {
                self.seen().hang_up();
                self.type_last("\u{c}")
            }
        }
    }

    fn type_last(&mut self, keys: &str) -> Instant {
        let at = now();
        self.keys.press(keys);
        at
    }

    fn check(&self, ending: Ending, what: &str) {
        let program = &self.keys;
        assert_eq!(program.left_in_session(), [""; 0], "{what}: processes");
        if ending.closes() {
            return;
        }
        assert_eq!(program.modes(), program.modes_before(), "{what}: settings");
        if ending == Ending::Deaf {
            return;
        }
        program.assert_clean();
        assert_eq!(program.judge().leftovers(), [""; 0], "{what}: not undone");
        assert!(program.left_behind().iter().all(String::is_empty), "{what}: {:?}", program.left_behind());
        assert!(!program.alternate_screen(), "{what}");
        assert!(!program.screen().contains("example.com"), "{what}: {}", program.screen());
        let said = program.written_text();
        assert_eq!(said.contains("internal error at "), ending.is_panic(), "{what}: {said}");
        assert!(!said.contains(CANARY), "{what}: the text of the panic");
        assert!(!said.contains("cursor"), "{what}: what the drawing library says of a terminal that is gone: {said}");
    }
}
