use argos_testkit::skipped::skipped;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::symlink;
use std::os::unix::net::{UnixDatagram, UnixListener};
use std::path::PathBuf;

use rustix::fs::{CWD, FileType, Mode, mknodat};
use tempfile::TempDir;

use super::*;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

fn pipe(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}

/// One of each thing that is no file of ours, with the words that a refusal has for it.
fn foreign(home: &Path) -> Vec<(PathBuf, &'static str)> {
    let [target, link, dangling, two, fifo, folder, socket] =
        ["target", "link", "dangling", "two", "fifo", "folder", "socket"].map(|name| home.join(name));
    fs::write(&target, "as it was").unwrap();
    symlink(&target, &link).unwrap();
    symlink(home.join("nothing"), &dangling).unwrap();
    fs::hard_link(&target, &two).unwrap();
    pipe(&fifo);
    fs::create_dir(&folder).unwrap();
    UnixListener::bind(&socket).unwrap();
    vec![
        (link, "is a symbolic link: name the file itself"),
        (dangling, "is a symbolic link: name the file itself"),
        (two, "has 2 names (hard links)"),
        (fifo, "is a pipe, not a regular file"),
        (folder, "is a folder, not a regular file"),
        (socket, "is a socket, not a regular file"),
        ("/dev/null".into(), "is a device, not a regular file"),
        ("/dev/stdout".into(), "is a stream, not a regular file"),
        ("/dev/fd/1".into(), "is a stream, not a regular file"),
    ]
}

#[test]
fn a_file_is_made_for_its_owner_alone_and_an_old_one_is_closed_to_others() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("log");
    fs::write(&path, "before\n").unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o666)).unwrap();
    append(&path).unwrap().write_all(b"after\n").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "before\nafter\n");
    append(&home.path().join("new")).unwrap();
    update(&home.path().join("newer"), FilePresence::New).unwrap();
    for name in ["log", "new", "newer"] {
        assert_eq!(mode(&home.path().join(name)), 0o600, "{name}");
    }
    assert!(update(&path, FilePresence::New).unwrap_err().is_taken());
    assert!(update(&home.path().join("none"), FilePresence::Old).unwrap_err().is_missing());
}

#[test]
fn what_is_no_file_of_ours_is_refused_by_name_and_stays_as_it_is() {
    let home = TempDir::new().unwrap();
    for (path, words) in foreign(home.path()) {
        let refusals = [
            append(&path).unwrap_err(),
            update(&path, FilePresence::Either).unwrap_err(),
            check_replaceable(&path).unwrap_err(),
            read(&path, FileRule::Key).unwrap_err(),
            read(&path, FileRule::Record).unwrap_err(),
        ];
        for refusal in refusals.map(|refusal| refusal.to_string()) {
            assert!(refusal.starts_with(&format!("{} {words}", path.display())), "{refusal}");
        }
    }
    assert_eq!(fs::read_to_string(home.path().join("target")).unwrap(), "as it was");
    assert!(!home.path().join("nothing").exists());
}

#[test]
fn files_of_others_are_refused() {
    if !rustix::process::geteuid().is_root() {
        return skipped("files of others: only root gives a file away");
    }
    let home = TempDir::new().unwrap();
    let path = home.path().join("theirs");
    fs::write(&path, "").unwrap();
    std::os::unix::fs::chown(&path, Some(12345), None).unwrap();
    for refusal in [append(&path).unwrap_err(), check_replaceable(&path).unwrap_err()] {
        assert!(refusal.to_string().contains("belongs to user 12345"), "{refusal}");
    }
    let folder = home.path().join("folder");
    fs::create_dir(&folder).unwrap();
    std::os::unix::fs::chown(&folder, Some(12345), None).unwrap();
    let refusal = check_folder(&folder.join("key")).unwrap_err().to_string();
    assert!(refusal.contains("user 12345 can exchange"), "{refusal}");
}

#[test]
fn a_key_is_safe_where_nobody_else_writes_and_in_sticky_folders() {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("folder");
    fs::create_dir(&folder).unwrap();
    let key = folder.join("key");
    for (mode, safe) in [(0o700, true), (0o755, true), (0o1777, true), (0o775, false), (0o702, false), (0o777, false)] {
        fs::set_permissions(&folder, Permissions::from_mode(mode)).unwrap();
        let checked = check_folder(&key).map_err(|refusal| refusal.to_string());
        let said = format!(
            "others can exchange {}, as they can write into {} (mode {mode:04o}): chmod go-w {}",
            key.display(),
            folder.display(),
            folder.display()
        );
        assert_eq!(checked, if safe { Ok(()) } else { Err(said) });
    }
}

#[test]
fn a_record_that_never_ends_is_not_read_to_its_end() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("large");
    File::create(&path).unwrap().set_len(1 << 40).unwrap();
    let refusal = read(&path, FileRule::Record).unwrap_err().to_string();
    assert!(refusal.ends_with("is larger than 64 KiB"), "{refusal}");
}

#[test]
fn a_pipe_and_a_socket_take_a_stream() {
    let home = TempDir::new().unwrap();
    let (fifo, socket) = (home.path().join("fifo"), home.path().join("socket"));
    pipe(&fifo);
    let mut reader =
        OpenOptions::new().read(true).custom_flags(OFlags::NONBLOCK.bits().cast_signed()).open(&fifo).unwrap();
    let mut stream = OpenStream::open(&fifo, FileKind::of(&fifo).unwrap()).unwrap();
    assert!(stream.is_ready() && !stream.is_terminal());
    stream.write_all(b"line\n").unwrap();
    drop(stream);
    let mut text = String::new();
    reader.read_to_string(&mut text).unwrap();
    let listener = UnixListener::bind(&socket).unwrap();
    let mut stream = OpenStream::open(&socket, FileKind::of(&socket).unwrap()).unwrap();
    stream.write_all(b"line\n").unwrap();
    drop(stream);
    listener.accept().unwrap().0.read_to_string(&mut text).unwrap();
    assert_eq!(text, "line\nline\n");
}

#[test]
fn a_stream_that_nobody_reads_is_given_up() {
    let home = TempDir::new().unwrap();
    let [fifo, left, messages] = ["fifo", "left", "messages"].map(|name| home.path().join(name));
    pipe(&fifo);
    drop(UnixListener::bind(&left).unwrap());
    let _messages = UnixDatagram::bind(&messages).unwrap();
    for (path, reason) in [(&fifo, "no program reads it"), (&left, "no program reads it"), (&messages, "messages")] {
        let said = OpenStream::open(path, FileKind::of(path).unwrap()).unwrap_err().to_string();
        assert!(said.contains(reason), "{said}");
    }
}
