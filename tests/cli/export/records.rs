//! What a stopped export left is looked at before it is taken up.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::sync::OnceLock;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::Folder;

/// Two days of the demo.
const DAYS: [&str; 4] = ["from:2026-11-20", "count:20", "--out", "a.ndjson"];
const ROWS: usize = 38;

/// A folder with an export that was stopped after its first page. It is stopped once, and copied.
fn stopped() -> Folder {
    static FILES: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    let files = FILES.get_or_init(|| {
        let folder = Folder::new();
        let (code, said) = folder.demo(&[&DAYS[..], &["--scenario", "failing-gateway"]].concat());
        assert_eq!((code, folder.names().len()), (3, 3), "{said}");
        folder.names().into_iter().map(|name| (name.clone(), folder.read(&name))).collect()
    });
    let folder = Folder::new();
    for (name, bytes) in files {
        fs::write(folder.path(name), bytes).unwrap();
        fs::set_permissions(folder.path(name), fs::Permissions::from_mode(0o600)).unwrap();
    }
    folder
}

/// Changes something, and returns why the export does not go on. Beginning again must always be possible after it,
/// unless what lies there is not ours.
fn refusal(change: impl FnOnce(&Folder), ours: bool) -> String {
    let folder = stopped();
    change(&folder);
    let (code, said) = folder.demo(&[&DAYS[..], &["--resume"]].concat());
    assert_eq!(code, 2, "{said}");
    assert!(!folder.names().contains(&"a.ndjson".to_owned()), "{said}");
    let (code, again) = folder.demo(&[&DAYS[..], &["--force"]].concat());
    assert_eq!(code, if ours { 0 } else { 2 }, "{again}");
    if ours {
        assert_eq!((folder.text("a.ndjson").lines().count(), folder.names()), (ROWS, vec!["a.ndjson".to_owned()]));
    }
    said
}

fn replaced(path: &Path, with: impl FnOnce(&Path)) {
    fs::remove_file(path).unwrap();
    with(path);
}

/// Puts something at a path.
type Make<'a> = &'a dyn Fn(&Path);

fn pipe(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}

#[test]
fn a_record_is_a_regular_file_of_the_users_own() {
    let endless = |path: &Path| symlink("/dev/zero", path).unwrap();
    let linked = |path: &Path| {
        fs::write(path.with_extension("other"), "").unwrap();
        fs::hard_link(path.with_extension("other"), path).unwrap();
    };
    let kinds: [(Make<'_>, &str); 4] = [
        (&pipe, "is a pipe, not a regular file"),
        (&endless, "is a symbolic link: name the file itself"),
        (&linked, "has 2 names (hard links)"),
        (&|path| fs::create_dir(path).unwrap(), "is a folder, not a regular file"),
    ];
    for ending in ["resume", "partial", "seen"] {
        for (make, sentence) in kinds {
            let said = refusal(|folder| replaced(&folder.path(&format!("a.ndjson.{ending}")), make), false);
            assert!(said.contains(&format!("a.ndjson.{ending} {sentence}")), "{said}");
        }
    }
}

#[test]
fn a_record_that_is_too_large_or_open_to_others_is_refused() {
    let large = |folder: &Folder| File::create(folder.path("a.ndjson.resume")).unwrap().set_len(65 * 1024).unwrap();
    let said = refusal(large, true);
    assert!(said.contains("a.ndjson.resume is larger than 64 KiB"), "{said}");
    let open = |folder: &Folder| {
        fs::set_permissions(folder.path("a.ndjson.resume"), fs::Permissions::from_mode(0o666)).unwrap();
    };
    let said = refusal(open, true);
    assert!(said.contains("others can change a.ndjson.resume (mode 0666)"), "{said}");
}

#[test]
fn what_was_edited_is_not_taken_up() {
    let edit = |ending: &'static str, from: &'static str, to: &'static str| {
        move |folder: &Folder| {
            let path = folder.path(&format!("a.ndjson.{ending}"));
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.contains(from), "{text}");
            fs::write(path, text.replacen(from, to, 1)).unwrap();
        }
    };
    let changed = |ending: &str| format!("a.ndjson.{ending} was changed after it was written: start over with --force");
    // A record that says more than there is, or that all of it is there.
    for (from, to) in
        [("\"rows\":20", "\"rows\":90"), ("\"end\":\"open\"", "\"end\":\"complete\""), ("\"next\":[", "\"next\":[ ")]
    {
        let said = refusal(edit("resume", from, to), true);
        assert!(said.contains(&changed("resume")), "{said}");
    }
    let said = refusal(edit("resume", "\"version\":5", "\"version\":4"), true);
    assert!(said.contains("is not a resume record of this version"), "{said}");
    // One letter, and half of the rows with as many bytes behind them as there were.
    let said = refusal(edit("partial", "submission_id", "submission_ID"), true);
    assert!(said.contains(&changed("partial")), "{said}");
    let half = |folder: &Folder| {
        let path = folder.path("a.ndjson.partial");
        let text = fs::read_to_string(&path).unwrap();
        let kept: String = text.lines().take(10).map(|line| format!("{line}\n")).collect();
        fs::write(path, format!("{kept}{}", " ".repeat(text.len() - kept.len()))).unwrap();
    };
    let said = refusal(half, true);
    assert!(said.contains(&changed("partial")), "{said}");
    let prints = |folder: &Folder| {
        let path = folder.path("a.ndjson.seen");
        let mut prints = fs::read(&path).unwrap();
        prints[3] ^= 1;
        fs::write(path, prints).unwrap();
    };
    let said = refusal(prints, true);
    assert!(said.contains(&changed("seen")), "{said}");
}

#[test]
fn what_was_shortened_or_removed_is_not_taken_up() {
    for ending in ["partial", "seen"] {
        let shorten = |folder: &Folder| {
            let file = OpenOptions::new().write(true).open(folder.path(&format!("a.ndjson.{ending}"))).unwrap();
            file.set_len(file.metadata().unwrap().len() - 1).unwrap();
        };
        let said = refusal(shorten, true);
        assert!(said.contains(&format!("a.ndjson.{ending} is shorter than recorded")), "{said}");
    }
    let said = refusal(|folder| fs::remove_file(folder.path("a.ndjson.partial")).unwrap(), true);
    assert!(said.contains("a.ndjson.partial does not exist; start over with --force"), "{said}");
    let said = refusal(|folder| fs::remove_file(folder.path("a.ndjson.resume")).unwrap(), true);
    assert!(said.contains("there is nothing to resume: a.ndjson.resume does not exist"), "{said}");
}

#[test]
fn what_is_written_behind_the_recorded_end_is_cut_off() {
    let folder = stopped();
    let mut partial = OpenOptions::new().append(true).open(folder.path("a.ndjson.partial")).unwrap();
    partial.write_all(b"{\"torn\":").unwrap();
    folder.demo(&[&DAYS[..], &["--resume"]].concat());
    assert_eq!(folder.text("a.ndjson").lines().count(), ROWS);
    assert!(!folder.text("a.ndjson").contains("torn"));
}

#[test]
fn what_lies_where_the_files_beside_it_go_is_not_replaced() {
    for ending in ["partial", "resume", "seen", "resume.new", "partial.1", "seen.31"] {
        let folder = Folder::new();
        pipe(&folder.path(&format!("a.ndjson.{ending}")));
        for options in [&[][..], &["--force"]] {
            let (code, said) = folder.demo(&[&["--out", "a.ndjson"], options].concat());
            assert_eq!(code, 2, "{said}");
            assert!(said.contains(&format!("a.ndjson.{ending} is a pipe, not a regular file")), "{said}");
        }
        assert_eq!(folder.names(), [format!("a.ndjson.{ending}")]);
    }
    // A file of the user's own that no export left.
    let folder = Folder::new();
    fs::write(folder.path("a.ndjson.partial"), "mine").unwrap();
    let (code, said) = folder.demo(&["--out", "a.ndjson"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("a.ndjson.partial exists, but its resume record does not: --force replaces it"), "{said}");
    assert_eq!(folder.text("a.ndjson.partial"), "mine");
}
