//! A finished name is a whole file, whatever other exports and programs do in the meantime.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::process::Child;

use super::pages::{Data, Service};
use super::{Folder, ended};

const DATA: Data = Data { rows: 300, per_day: 30, overlap: 0 };
const OUT: [&str; 2] = ["--out", "a.ndjson"];

/// An export that waits for its third page.
struct Held {
    service: Service,
    folder: Folder,
    child: Child,
}

impl Held {
    fn new(folder: Folder, options: &[&str]) -> Self {
        let service = Service::start(DATA);
        service.gate.hold(3);
        let child = folder.start(&[&["--base-url", &service.base, "count:50"], &OUT[..], options].concat());
        service.gate.until_held();
        Self { service, folder, child }
    }

    /// Another call for the same file, from the same service.
    fn other(&self, options: &[&str]) -> (i32, String) {
        self.folder.export(&[&["--base-url", &self.service.base, "count:50"], &OUT[..], options].concat())
    }

    /// Lets it go on to its end.
    fn release(self) -> (i32, String, Service, Folder) {
        self.service.gate.release();
        let (code, said) = ended(self.child);
        (code, said, self.service, self.folder)
    }
}

fn rows(folder: &Folder) -> usize {
    folder.text("a.ndjson").lines().collect::<std::collections::HashSet<_>>().len()
}

#[test]
fn a_second_export_into_the_same_file_is_refused_whatever_it_is_told() {
    for options in [&[][..], &["--force"]] {
        let folder = Folder::new();
        if !options.is_empty() {
            fs::write(folder.path("a.ndjson"), "old\n").unwrap();
        }
        let held = Held::new(folder, options);
        for other in [&[][..], &["--force"], &["--resume"], &["--resume", "--force"]] {
            let (code, said) = held.other(other);
            assert_eq!(code, 2, "{said}");
            let exists = !options.is_empty() && other.is_empty();
            let sentence =
                if exists { "a.ndjson exists" } else { "another export is writing a.ndjson: wait until it ends" };
            assert!(said.contains(sentence), "{other:?}: {said}");
        }
        let (code, said, _, folder) = held.release();
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("300 loaded · complete: a.ndjson"), "{said}");
        assert_eq!((rows(&folder), folder.names()), (300, vec!["a.ndjson".to_owned()]));
    }
}

#[test]
fn what_is_removed_or_replaced_meanwhile_gets_no_name() {
    for replaced in [false, true] {
        let held = Held::new(Folder::new(), &["--force"]);
        fs::remove_file(held.folder.path("a.ndjson.partial")).unwrap();
        if replaced {
            fs::write(held.folder.path("a.ndjson.partial"), "theirs\n").unwrap();
        }
        let (code, said, _, folder) = held.release();
        assert_eq!(code, 1, "{said}");
        assert!(said.contains("another program removed or replaced the partial file"), "{said}");
        assert!(!said.contains("a.ndjson.partial"), "no message names what is not there: {said}");
        assert!(!folder.names().contains(&"a.ndjson".to_owned()), "{:?}", folder.names());
        if replaced {
            assert_eq!(folder.text("a.ndjson.partial"), "theirs\n");
        }
    }
}

#[test]
fn what_another_program_writes_into_it_gets_no_name() {
    // Behind its end, and one byte in its middle.
    for (append, bytes) in [(true, vec![b'x'; 1 << 20]), (false, vec![b'x'])] {
        let held = Held::new(Folder::new(), &[]);
        let path = held.folder.path("a.ndjson.partial");
        let mut file = OpenOptions::new().append(append).write(true).open(path).unwrap();
        file.write_all(&bytes).unwrap();
        let (code, said, service, folder) = held.release();
        assert_eq!(code, 3, "{said}");
        assert!(said.contains("another program wrote into the partial file"), "{said}");
        assert!(!folder.names().contains(&"a.ndjson".to_owned()));
        let (code, said) = folder.export(&["--base-url", &service.base, "count:50", OUT[0], OUT[1], "--resume"]);
        assert_eq!(code, if append { 0 } else { 2 }, "what is behind the end is cut off: {said}");
    }
}

#[test]
fn what_is_created_meanwhile_stays_and_all_rows_wait_beside_it() {
    let held = Held::new(Folder::new(), &[]);
    fs::write(held.folder.path("a.ndjson"), "theirs\n").unwrap();
    let (code, said, service, folder) = held.release();
    assert_eq!((code, folder.text("a.ndjson").as_str()), (3, "theirs\n"), "{said}");
    assert!(said.contains("a.ndjson was created by another program"), "{said}");
    let resume = ["--base-url", &service.base, "count:50", OUT[0], OUT[1], "--resume"];
    let (code, said) = folder.export(&resume);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("a.ndjson exists: --resume --force replaces it"), "{said}");
    folder.done(&[&resume[..], &["--force"]].concat());
    assert_eq!((rows(&folder), folder.names()), (300, vec!["a.ndjson".to_owned()]));
}

#[test]
fn what_was_killed_at_its_last_step_is_complete() {
    for linked in [false, true] {
        // All rows are there, and the name is taken: a part of the last step is made by hand.
        let held = Held::new(Folder::new(), &[]);
        fs::write(held.folder.path("a.ndjson"), "theirs\n").unwrap();
        let (.., service, folder) = held.release();
        fs::remove_file(folder.path("a.ndjson")).unwrap();
        fs::hard_link(folder.path("a.ndjson.partial"), folder.path("a.ndjson")).unwrap();
        if !linked {
            fs::remove_file(folder.path("a.ndjson.partial")).unwrap();
        }
        let said = folder.done(&["--base-url", &service.base, "count:50", OUT[0], OUT[1], "--resume"]);
        assert!(said.contains("complete already"), "{said}");
        assert_eq!((rows(&folder), folder.names()), (300, vec!["a.ndjson".to_owned()]));
    }
}

#[test]
fn a_file_of_the_same_name_is_not_taken_for_the_exported_one() {
    let held = Held::new(Folder::new(), &[]);
    fs::write(held.folder.path("a.ndjson"), "theirs\n").unwrap();
    let (.., service, folder) = held.release();
    let half = folder.text("a.ndjson.partial").lines().take(150).collect::<Vec<_>>().join("\n");
    fs::remove_file(folder.path("a.ndjson.partial")).unwrap();
    fs::write(folder.path("a.ndjson"), half).unwrap();
    let (code, said) = folder.export(&["--base-url", &service.base, "count:50", OUT[0], OUT[1], "--resume"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("a.ndjson.partial does not exist; start over with --force"), "{said}");
}

#[test]
fn a_file_is_replaced_only_once_the_new_one_is_whole() {
    let folder = Folder::new();
    fs::write(folder.path("a.ndjson"), "old\n").unwrap();
    let held = Held::new(folder, &["--force"]);
    assert_eq!(held.folder.text("a.ndjson"), "old\n");
    let (code, said, _, folder) = held.release();
    assert_eq!((code, rows(&folder)), (0, 300), "{said}");
}
