//! Sessions of chance with a key and people of whom every value is known: nothing of them is where it may not be.

use argos_testkit::skipped::skipped;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::keys::{ESCAPE, fence, table};
use crate::planted::people;
use crate::planted_pictures::{TERMINALS, is_absent, is_seen, judge, requested, until};
use crate::scan::{Scan, read, without_measurements, without_waits};
use crate::service::Service;
use argos_testkit::coding::BodyCoding;
use argos_testkit::deadline::DEADLINE;
use argos_testkit::dice::Dice;
use argos_testkit::long_run::cases;
use argos_testkit::many::{run_sessions, surroundings};
use argos_testkit::pty::{Next, Program};

const STEPS: usize = 60;
const PEOPLE: usize = 16;

/// Of which masks a session may make use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Masks {
    /// `ids` all the time.
    Ids,
    /// `all` all the time.
    All,
    /// `ids` and `all` in turn.
    Both,
    /// Any, and single lines are revealed: only the key and the disk are looked at.
    Any,
}

/// What may be typed into a bar: without the letters that reveal something where there is no bar.
const WORDS: [&str; 9] = [
    "status:pending",
    "nat:KOR",
    "!status:rejected",
    "score<80",
    "on:2026-11-21",
    "count:3",
    "has:a",
    "\"4\"",
    "id:a4b",
];

const LOG: &str = "requests.log";

/// The beginning of the name that an export from the screen suggests.
const EXPORT: &str = "argos-2";

/// A key of one of the forms that keys may have.
fn key(dice: &mut Dice) -> String {
    match dice.below(4) {
        // Letters alone, as any word has them; short ones, too.
        0 => dice.word("bdgjkqvwxz", 10),
        1 => dice.word("BDGJKQVWXZ", 6),
        2 => format!("{}+{}/{}=%", dice.word("BDGqvx", 9), dice.word("jkqvwxz", 9), dice.word("QVWXZ3579", 9)),
        _ => dice.word("bdgjkqvwxzBDGJKQVWXZ3579", 40),
    }
}

/// A home, the usual folders and a working folder with nothing in them.
pub(crate) struct Place(tempfile::TempDir);

/// The content of a file without digests: the digits of a number of chance can be those of a hidden value.
fn without_digests(content: &[u8]) -> Vec<u8> {
    let is_digest = |text: &str| text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let text = String::from_utf8_lossy(content);
    let kept: Vec<&str> = text.split('"').map(|part| if is_digest(part) { "" } else { part }).collect();
    kept.join("\"").into_bytes()
}

impl Place {
    pub(crate) fn new() -> Self {
        // Its path is printed. What is searched for has four characters or more, so no four letters of chance may be in it.
        let prefix: String = std::process::id().to_string().chars().flat_map(|digit| [digit, '~']).collect();
        let place = Self(tempfile::Builder::new().prefix(&prefix).rand_bytes(3).tempdir().expect("a folder"));
        for name in ["home", "config", "cache", "state", "data", "run", "cwd"] {
            fs::create_dir(place.at(name)).expect("a folder");
        }
        place
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn variables(&self) -> Vec<(&'static str, String)> {
        let names = [
            ("HOME", "home"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_RUNTIME_DIR", "run"),
            ("TMPDIR", "run"),
        ];
        names.map(|(variable, name)| (variable, self.at(name).display().to_string())).into()
    }

    /// Every export from the screen, and what one that was stopped left, with its content.
    fn exports(&self) -> Vec<Vec<u8>> {
        let names = fs::read_dir(self.at("cwd")).expect("a folder").map(|entry| entry.expect("an entry").path());
        let exports =
            names.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(EXPORT)));
        let mut contents = Vec::new();
        for path in exports {
            let mode = fs::metadata(&path).expect("a file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", path.display());
            contents.push(without_digests(&fs::read(&path).expect("a file")));
            fs::remove_file(path).expect("it goes");
        }
        contents
    }

    /// Every file with its content; fails when there are others than these, or when others than the owner may read them.
    pub(crate) fn files(&self, allowed: &[&str]) -> Vec<Vec<u8>> {
        let mut found = Vec::new();
        self.walk(self.0.path(), &mut found);
        let name = |path: &Path| {
            path.strip_prefix(self.at("cwd")).is_ok_and(|own| allowed.iter().any(|name| own == Path::new(name)))
        };
        for path in &found {
            assert!(name(path), "{} was written", path.display());
            let mode = fs::metadata(path).expect("a file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", path.display());
        }
        found.iter().map(|path| fs::read(path).expect("a file")).collect()
    }

    /// The file of saved views, which only an explicit save writes, if it is there. It is removed, so that no other file
    /// may be beside it.
    pub(crate) fn take_views(&self) -> Option<Vec<u8>> {
        let folder = self.at("config").join("argos-review");
        let path = folder.join("views.toml");
        let bytes = fs::read(&path).ok()?;
        assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
        fs::remove_file(&path).expect("removed");
        fs::remove_dir(&folder).expect("nothing else is in the folder");
        Some(bytes)
    }

    fn walk(&self, folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                // Only what was made before it began is there.
                assert!(path.parent() == Some(self.0.path()), "{} was made", path.display());
                self.walk(&path, found);
            } else {
                found.push(path);
            }
        }
    }
}

struct Session<'s> {
    program: Program,
    scan: &'s Scan,
    masks: Masks,
    /// What everybody may see although it has five digits in a row.
    address: String,
    copied: usize,
    /// How many of the sent pictures were looked at.
    pictures: usize,
}

impl Session<'_> {
    /// Fails if the screen, or what was copied since, holds what it may not.
    fn look(&mut self) {
        let seen = read(&self.program.rows()).replace(&self.address, "");
        self.judge(&seen, "the screen");
        if self.masks != Masks::Any {
            judge(&self.program, self.pictures);
            self.pictures = self.program.judge().pictures();
        }
        let copied: Vec<String> = self.program.judge().copied().get(self.copied..).unwrap_or_default().to_vec();
        self.copied += copied.len();
        for text in copied {
            let text = STANDARD.decode(text).expect("base64");
            self.judge(&without_waits(&String::from_utf8_lossy(&text)).replace(&self.address, ""), "the clipboard");
        }
    }

    fn judge(&self, seen: &str, place: &str) {
        let mut needles = vec![&self.scan.key];
        needles.extend((self.masks != Masks::Any).then_some(&self.scan.identity));
        needles.extend((self.masks == Masks::All).then_some(&self.scan.personal));
        for needles in needles {
            let found = needles.find(seen.as_bytes());
            assert_eq!(found, None, "on {place} under {:?}:\n{seen}", self.masks);
        }
    }

    fn next(&mut self, patience: Duration) -> Next {
        let next = self.program.next(patience);
        if next == Next::Piece {
            self.look();
        }
        next
    }

    /// Waits until all that was typed was answered, and `all` holds if it is chosen.
    fn settle(&mut self) {
        // The harness cannot lend itself to what it calls.
        let (scan, address) = (self.scan, self.address.clone());
        assert!(fence(&mut self.program, |_| {}), "it is there");
        self.look();
        let is_masked = |words: [&str; 2]| words.iter().any(|words| self.program.screen().contains(words));
        if self.masks == Masks::Both && is_masked(["masked: all", "masked: identity data"]) {
            // A screen comes in pieces: what is not gone yet must go by itself.
            let clean = |screen: &str| scan.personal.find(screen.replace(&address, "").as_bytes()).is_none();
            self.program.wait("a screen without personal data", clean);
            until(&mut self.program, "a screen without pictures", |program| !is_seen(program));
        }
    }
}

/// What somebody types next.
fn typed(dice: &mut Dice, chords: &[Vec<u8>], exports: bool) -> Vec<u8> {
    match dice.below(100) {
        0..4 if exports => {
            let below = b"\x1b[B".repeat(dice.below(6));
            [ESCAPE, ESCAPE, ESCAPE, b"x", &below, b"\r"].concat()
        }
        0..70 => dice.choose(chords).clone(),
        70..78 => format!("y{}\r", "j".repeat(dice.below(6))).into(),
        78..84 => format!("f\u{15}{}\r", dice.choose(&WORDS)).into(),
        84..88 => format!("/\u{15}{}\r", dice.choose(&["4", "a", "7", "3", "x"])).into(),
        88..94 => format!("\u{1b}[27u{}*", 1 + dice.below(8)).into(),
        94..98 => format!("i{}", dice.word("+-hjklr[]bi?", 5)).into(),
        _ => [ESCAPE, b"\r"].concat(),
    }
}

fn session(seed: u64) {
    let mut dice = Dice::new(seed ^ 0xca4a_4135);
    let key = key(&mut dice);
    let masks = [Masks::Ids, Masks::All, Masks::Both, Masks::All, Masks::Any][dice.below(5)];
    let coding = *dice.choose(&[BodyCoding::Plain, BodyCoding::Gzip, BodyCoding::Encrypted]);
    let scan = Scan::new(&key, &people(seed, PEOPLE));
    let mut desk = Service::new(&key, people(seed, PEOPLE), coding, seed);
    desk.refusing = *dice.choose(&[0, 10, 40]);
    let runtime = surroundings();
    let server = runtime.block_on(Arc::new(desk).open());
    let place = Place::new();
    let base = server.base();
    let mut variables = place.variables();
    variables.extend([("ARGOS_BASE_URL", base.clone()), ("ARGOS_API_KEY", key.clone())]);
    let (name, terminal) = *dice.choose(&TERMINALS);
    variables.push((name, terminal.to_owned()));
    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, &**value)).collect();
    let mask = match masks {
        Masks::Ids => "ids",
        Masks::All => "all",
        Masks::Both => *dice.choose(&["ids", "all"]),
        Masks::Any => "none",
    };
    let transfer = if coding == BodyCoding::Encrypted { "ecb" } else { "off" };
    let arguments = ["--mask", mask, "--secure-transfer", transfer, "--log-file", LOG];
    let size = *dice.choose(&[(200, 60), (160, 50), (120, 40), (80, 24), (60, 14)]);
    let program = Program::start_in(&place.at("cwd"), &arguments, &variables, size);
    let mut session =
        Session { program, scan: &scan, masks, address: server.address().to_string(), copied: 0, pictures: 0 };
    if masks != Masks::All {
        session.program.allow_pictures();
    }
    session.program.until("argos-review");
    let exports = dice.percent(50);
    let is_allowed = |action: &str| match action {
        "toggle_mask" => matches!(masks, Masks::Both | Masks::Any),
        "unmask" | "reveal" => masks == Masks::Any,
        // What is typed into its field could be any path, so it is ordered whole: see `typed`.
        // The palette reaches it, too.
        "export" | "palette" => false,
        _ => true,
    };
    let chords: Vec<Vec<u8>> =
        table().into_iter().filter(|(action, _)| is_allowed(action)).map(|(_, bytes)| bytes).collect();
    watch(&session.program, &scan);
    for at in 0..STEPS {
        if dice.percent(4) {
            let (width, height) = (30 + dice.below(160), 6 + dice.below(50));
            session.program.resize(u16::try_from(width).expect("few"), u16::try_from(height).expect("few"));
        }
        assert!(session.program.send(&typed(&mut dice, &chords, exports)), "it is there");
        while session.next(Duration::from_millis(3)) == Next::Piece {}
        if at % 15 == 14 {
            session.settle();
        }
    }
    watch(&session.program, &scan);
    assert!(masks != Masks::All || requested(&server.requests()) == 0, "a picture was requested under all");
    end(session, &place, exports);
}

/// Neither the arguments nor another process hold anything.
fn watch(program: &Program, scan: &Scan) {
    if !cfg!(target_os = "linux") {
        return skipped("arguments and environment as other processes see them: only Linux shows them");
    }
    let id = program.id();
    let arguments = fs::read(format!("/proc/{id}/cmdline")).expect("a running program");
    assert_eq!(scan.key.find(&arguments), None, "in its arguments");
    for thread in fs::read_dir(format!("/proc/{id}/task")).expect("threads").flatten() {
        // A thread may have ended since.
        let children = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
        assert_eq!(children, "", "it starts no other program");
    }
}

fn end(mut session: Session<'_>, place: &Place, exports: bool) {
    let scan = session.scan;
    session.settle();
    let keys = [b"\x1b[27u".repeat(4), b"\x03".repeat(6)].concat();
    assert!(session.program.send(&keys), "it is there");
    while session.next(DEADLINE) == Next::Piece {}
    assert!(matches!(session.program.ended(), Some(0 | 130)), "{}", session.program.screen());
    session.program.assert_clean();
    assert_eq!(session.program.screen().trim(), "", "nothing is left on the screen");
    let written = session.program.written();
    assert_eq!(scan.key.find(written), None, "in what was written");
    let written = place.exports();
    assert!(exports || written.is_empty(), "nothing is written unasked");
    for file in written {
        session.judge(&without_waits(&String::from_utf8_lossy(&file)), "an export");
    }
    // What was saved was typed: of the key and of what is masked it holds nothing.
    if let Some(file) = place.take_views() {
        assert_eq!(scan.key.find(&file), None, "in the views");
    }
    for file in place.files(&[LOG]) {
        assert!(is_absent(&file), "nothing of a picture is in the log");
        assert!(!file.is_empty(), "the log tells something");
        let text = String::from_utf8_lossy(&file).into_owned();
        for needles in [&scan.key, &scan.any] {
            assert_eq!(needles.find(&without_measurements(&file)), None, "in the log:\n{text}");
        }
    }
}

#[test]
fn what_is_hidden_is_nowhere_in_sessions_of_chance() {
    run_sessions("CANARY_SEED", cases(14, 1_000), session);
}

/// The same on a file that is opened without a server: nothing of it is written anywhere.
fn session_on_a_file(seed: u64) {
    let mut dice = Dice::new(seed ^ 0xca4a_f11e);
    let key = key(&mut dice);
    let scan = Scan::new(&key, &people(seed, PEOPLE));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("people.ndjson");
    let records = people(seed, PEOPLE).into_iter().map(|person| {
        let whole = dice.percent(50);
        format!("{}\n", if whole { person.whole } else { person.slim })
    });
    fs::write(&path, records.collect::<String>()).expect("a file");
    let place = Place::new();
    let variables = place.variables();
    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, &**value)).collect();
    let (masks, mask) =
        *dice.choose(&[(Masks::Ids, "ids"), (Masks::All, "all"), (Masks::Both, "all"), (Masks::Any, "none")]);
    let arguments = ["open", path.to_str().expect("a path in UTF-8"), "--mask", mask];
    let size = *dice.choose(&[(160, 50), (120, 40), (80, 24)]);
    let program = Program::start_in(&place.at("cwd"), &arguments, &variables, size);
    let mut session = Session { program, scan: &scan, masks, address: String::new(), copied: 0, pictures: 0 };
    session.program.until("offline");
    let is_allowed = |action: &str| match action {
        "toggle_mask" => matches!(masks, Masks::Both | Masks::Any),
        "unmask" | "reveal" => masks == Masks::Any,
        // What is typed into its field could be any path, and the palette reaches it, too.
        "export" | "palette" => false,
        _ => true,
    };
    let chords: Vec<Vec<u8>> =
        table().into_iter().filter(|(action, _)| is_allowed(action)).map(|(_, bytes)| bytes).collect();
    for at in 0..STEPS {
        assert!(session.program.send(&typed(&mut dice, &chords, false)), "it is there");
        while session.next(Duration::from_millis(3)) == Next::Piece {}
        if at % 15 == 14 {
            session.settle();
        }
    }
    end(session, &place, false);
}

#[test]
fn what_a_file_holds_is_hidden_too_and_is_written_nowhere_else() {
    run_sessions("CANARY_FILE_SEED", cases(6, 300), session_on_a_file);
}
