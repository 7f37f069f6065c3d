//! Devices, pipes, sockets and descriptors: written to as they are, never replaced, never waited for without end. Links and
//! files of several names: refused by name.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt, symlink};
use std::os::unix::net::{UnixListener, UnixStream};
use std::process::Stdio;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{CWD, FileType, Mode, OFlags, fcntl_setfl, makedev, mknodat};

use argos_testkit::call::output_of;
use argos_testkit::deadline::{DEADLINE, until};
use argos_testkit::server::{TestServer, answer, parameter, query};

use super::{Folder, ended};
use crate::DEMO;

const DAY: [&str; 2] = ["on:2026-11-20", "count:10"];

/// What a stream must receive.
fn expected() -> Vec<u8> {
    let folder = Folder::new();
    folder.done(&[&DEMO[..], &DAY, &["--out", "a.ndjson"]].concat());
    folder.read("a.ndjson")
}

fn into<'a>(out: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&DEMO[..], &DAY, &["--output", "ndjson", "--out", out], more].concat()
}

fn pipe(folder: &Folder, name: &str) {
    mknodat(CWD, folder.path(name), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}

#[test]
fn standard_output_is_a_stream_by_each_of_its_names() {
    let (folder, expected) = (Folder::new(), expected());
    for name in ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/dev/../dev/stdout"] {
        let ended = output_of(folder.start(&into(name, &[])));
        assert_eq!(ended.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&ended.stderr));
        assert!(ended.stdout == expected, "{name}");
    }
    let ended = output_of(folder.start(&into("/dev/stderr", &[])));
    assert!(ended.stdout.is_empty());
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.contains(str::from_utf8(&expected).unwrap()), "{said}");
    // As a socket, whose path nobody can open.
    let (mut reader, writer) = UnixStream::pair().unwrap();
    let child = folder.command(&into("/dev/stdout", &[])).stdout(Stdio::from(OwnedFd::from(writer))).spawn().unwrap();
    let mut received = Vec::new();
    reader.read_to_end(&mut received).unwrap();
    assert_eq!(ended_well(child), received.len());
    assert!(received == expected);
    assert_eq!(folder.names(), [""; 0]);
}

/// Waits for a good end; gives the number of bytes that a stream of [`expected`] has.
fn ended_well(child: std::process::Child) -> usize {
    let (code, said) = ended(child);
    assert_eq!(code, 0, "{said}");
    expected().len()
}

#[test]
fn what_a_shell_opened_is_appended_to() {
    let expected = expected();
    let demo = [&DEMO[..], &DAY].concat().join(" ");
    for (number, name) in [(1, "/dev/stdout"), (1, "/dev/fd/1"), (3, "/dev/fd/3"), (9, "/proc/self/fd/9")] {
        let folder = Folder::new();
        fs::write(folder.path("all"), "before\n").unwrap();
        let line = format!("exec \"$0\" export {demo} --output ndjson --out {name} {number}>>all");
        let (code, said) = folder.shell(&line);
        assert_eq!(code, 0, "{name}: {said}");
        assert!(folder.read("all") == [b"before\n", &expected[..]].concat(), "{name}");
        assert_eq!(folder.names(), ["all"]);
    }
}

#[test]
fn a_descriptor_that_was_not_opened_for_writing_is_refused() {
    let folder = Folder::new();
    let demo = [&DEMO[..], &DAY].concat().join(" ");
    fs::write(folder.path("mine"), "as it was").unwrap();
    for (number, sentence) in [(7, "/dev/fd/7 cannot be written: "), (8, "it is open for reading only")] {
        let log = "--log-file log";
        let (code, said) =
            folder.shell(&format!("\"$0\" export {demo} {log} --output ndjson --out /dev/fd/{number} 8<mine"));
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(sentence), "{said}");
    }
    assert_eq!(folder.text("mine"), "as it was");
}

#[test]
fn a_pipe_receives_what_a_file_would_hold() {
    let (folder, expected) = (Folder::new(), expected());
    pipe(&folder, "fifo");
    // The reader is there first, whatever else the machine does.
    let reader =
        rustix::fs::open(folder.path("fifo"), OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC, Mode::empty())
            .unwrap();
    let child = folder.start(&into("fifo", &[]));
    let longest = Timespec::try_from(DEADLINE).unwrap();
    assert_eq!(poll(&mut [PollFd::new(&reader, PollFlags::IN)], Some(&longest)).unwrap(), 1, "nothing is written");
    fcntl_setfl(&reader, OFlags::empty()).unwrap();
    let mut received = Vec::new();
    File::from(reader).read_to_end(&mut received).unwrap();
    ended_well(child);
    assert!(received == expected);
    assert_eq!(folder.names(), ["fifo"]);
    let (code, said) = folder.export(&into("fifo", &[]));
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("fifo cannot be written: no program reads it"), "{said}");
}

#[test]
fn a_socket_receives_what_a_file_would_hold() {
    let (folder, expected) = (Folder::new(), expected());
    let listener = UnixListener::bind(folder.path("socket")).unwrap();
    let child = folder.start(&into("socket", &[]));
    let mut received = Vec::new();
    listener.accept().unwrap().0.read_to_end(&mut received).unwrap();
    ended_well(child);
    assert!(received == expected);
    drop(listener);
    let (code, said) = folder.export(&into("socket", &[]));
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("socket cannot be written: no program reads it"), "{said}");
    assert_eq!(folder.names(), ["socket"]);
}

#[test]
fn a_stream_is_never_replaced_and_never_resumed() {
    let folder = Folder::new();
    pipe(&folder, "fifo");
    let _listener = UnixListener::bind(folder.path("socket")).unwrap();
    let mut names =
        vec![("fifo", "a pipe"), ("socket", "a socket"), ("/dev/null", "a device"), ("/dev/stdout", "a stream")];
    // Only root makes devices.
    let null = folder.path("null");
    let device = mknodat(CWD, &null, FileType::CharacterDevice, Mode::RUSR | Mode::WUSR, makedev(1, 3)).is_ok();
    if device {
        names.push(("null", "a device"));
    }
    for (name, kind) in names {
        for option in ["--force", "--resume"] {
            let (code, said) = folder.export(&into(name, &[option]));
            assert_eq!(code, 2, "{said}");
            assert!(said.contains(&format!("{name} is {kind}, which is written directly")), "{said}");
        }
    }
    let out = if device { "null" } else { "/dev/null" };
    folder.done(&into(out, &[]));
    assert!(!device || fs::metadata(null).unwrap().file_type().is_char_device());
}

#[test]
fn links_folders_and_files_of_several_names_are_refused_by_name() {
    let folder = Folder::new();
    fs::write(folder.path("mine"), "as it was").unwrap();
    fs::create_dir(folder.path("folder.csv")).unwrap();
    symlink("mine", folder.path("link.csv")).unwrap();
    symlink("nothing", folder.path("dangling.csv")).unwrap();
    symlink("/dev/stdout", folder.path("stream.csv")).unwrap();
    fs::hard_link(folder.path("mine"), folder.path("two.csv")).unwrap();
    let before = folder.names();
    for (name, sentence) in [
        ("link.csv", "is a symbolic link: name the file itself"),
        ("dangling.csv", "is a symbolic link: name the file itself"),
        ("stream.csv", "is a symbolic link: name the file itself"),
        ("two.csv", "has 2 names (hard links)"),
        ("folder.csv", "is a folder, not a regular file"),
    ] {
        for options in [&[][..], &["--force"]] {
            let (code, said) = folder.demo(&[&["--out", name], options].concat());
            assert_eq!(code, 2, "{said}");
            assert!(said.contains(&format!("{name} {sentence}")), "{said}");
        }
        let (code, said) = folder.demo(&["--out", "a.csv", "--log-file", name]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(&format!("{name} {sentence}")), "{said}");
    }
    let (code, said) = folder.demo(&["--out", "none/a.csv"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("there is no folder none"), "{said}");
    assert_eq!((folder.names(), folder.text("mine").as_str()), (before, "as it was"));
}

#[test]
fn a_log_goes_to_a_stream_and_is_not_waited_for() {
    let (folder, expected) = (Folder::new(), expected());
    let ended = output_of(folder.start(&into("/dev/stdout", &["--log-file", "/dev/stderr"])));
    let said = String::from_utf8(ended.stderr).unwrap();
    let requests = said.matches("GET /v3/submission status=200").count();
    assert!(requests > 2 && ended.stdout == expected, "{said}");
    // A reader that never reads: the pipe is full, and the export ends all the same.
    pipe(&folder, "fifo");
    let flags = OFlags::NONBLOCK.bits().cast_signed();
    let mut fifo = OpenOptions::new().read(true).write(true).custom_flags(flags).open(folder.path("fifo")).unwrap();
    let mut filled = 0;
    while let Ok(more) = fifo.write(&[b'x'; 4096]) {
        filled += more;
    }
    folder.done(&into("a.ndjson", &["--log-file", "fifo"]));
    assert!(folder.read("a.ndjson") == expected);
    let mut log = vec![0; 2 * filled];
    assert_eq!(fifo.read(&mut log).unwrap(), filled, "nothing was added to a full pipe");
    folder.done(&into("b.ndjson", &["--log-file", "fifo"]));
    let read = fifo.read(&mut log).unwrap();
    let log = String::from_utf8_lossy(&log[..read]).into_owned();
    assert_eq!(log.matches("GET /v3/submission").count(), requests, "{log}");
}

/// Nobody reads the pipe, which the first page more than fills. An answer that comes meanwhile would be too late for the
/// limits of a request.
#[test]
fn no_request_waits_for_the_reader_of_a_stream() {
    let row = |at: u32| format!(r#"{{"submission_id":"s{at}","memo":"{}"}}"#, "invented ".repeat(40_000));
    let server = TestServer::answering(move |request| {
        let page = match parameter(query(request), "nextpage_id") {
            Some(_) => format!(r#"{{"Items":[{}]}}"#, row(2)),
            None => {
                let key = r#"{"id":"s1","created_at":"2026-11-20T10:00:00.000Z"}"#;
                format!(r#"{{"Items":[{}],"nextpageKey":{key}}}"#, row(1))
            }
        };
        answer(200, "Content-Type: application/json\r\n", page)
    });
    let folder = Folder::new();
    let base = server.base();
    let mut child = folder.start(&["--base-url", &base, "--output", "ndjson", "--out", "-", "--mask", "none"]);
    let mut pipe = child.stdout.take().unwrap();
    until("the pipe is full", || rustix::io::ioctl_fionread(&pipe).unwrap() >= 1 << 16);
    // The server has seen all requests that were sent before this one.
    let mut other = TcpStream::connect(server.address()).unwrap();
    other.write_all(b"GET /canary-path/submission?nextpage_id=s1 HTTP/1.1\r\n\r\n").unwrap();
    other.read_exact(&mut [0; 20]).unwrap();
    assert_eq!(server.requests().len(), 2, "the second page is requested once the first is written");
    let mut written = String::new();
    pipe.read_to_string(&mut written).unwrap();
    assert_eq!(server.requests().len(), 3);
    let (code, said) = ended(child);
    assert_eq!((code, written.lines().count()), (0, 2), "{said}");
}

#[test]
fn reader_that_goes_away_ends_it_quietly() {
    let folder = Folder::new();
    pipe(&folder, "fifo");
    for (name, stdout) in [("-", true), ("/dev/stdout", true), ("fifo", false)] {
        let mut child = folder.start(&[&DEMO[..], &["--out", name, "--output", "ndjson"]].concat());
        let mut first = [0; 10];
        if stdout {
            child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        } else {
            File::open(folder.path("fifo")).unwrap().read_exact(&mut first).unwrap();
        }
        let (code, said) = ended(child);
        assert_eq!(code, 0, "{said}");
        let kept = |line: &&str| !line.starts_with("Values are masked") && !line.contains(" rows/s · ");
        assert_eq!(said.lines().find(kept), None, "{said}");
    }
    assert_eq!(folder.names(), ["fifo"]);
}
