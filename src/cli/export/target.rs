//! Where an export goes: standard output, or a file that has its name only once it is complete.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::record::{Plan, Record};
use crate::cli::out;
use crate::store::Prints;
use crate::text::Safe;

/// Where lines go.
pub(super) enum Target {
    /// Standard output: nothing can go on there.
    Stdout,
    /// A file, with what it needs to go on.
    File(Box<Files>),
    /// All of it stands there already: only the last step of an earlier call was missing.
    Done,
}

/// The file under its name of the meantime, and what lies beside it.
pub(super) struct Files {
    path: PathBuf,
    partial: File,
    seen: File,
    force: bool,
    pub(super) record: Record,
    pub(super) prints: Prints,
    pub(super) resumed: bool,
}

/// A path with an ending more.
pub(super) fn suffixed(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Creates a file for its owner alone; never follows a link and never takes what is there.
pub(super) fn create(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    // Whatever the umask took from it.
    file.set_permissions(Permissions::from_mode(0o600))?;
    Ok(file)
}

fn unwritable(path: &Path) -> impl Fn(io::Error) -> String + '_ {
    move |error| format!("{} cannot be written: {error}", path.display())
}

/// The record of a stopped export if there is to be one; a sentence where the call is refused.
pub(super) fn find(path: &Path, force: bool, resume: bool) -> Result<Option<Record>, String> {
    let at = suffixed(path, ".resume");
    if path.is_dir() {
        return Err(format!("{} is a directory", path.display()));
    }
    if resume {
        return match Record::read(&at) {
            Ok(Some(record)) => Ok(Some(record)),
            Ok(None) => {
                Err(format!("{} cannot be read as a record of this version: begin anew with --force", at.display()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(format!("there is nothing to resume: {} does not exist", at.display()))
            }
            Err(error) => Err(format!("{} cannot be read: {error}", at.display())),
        };
    }
    if force {
        return Ok(None);
    }
    if fs::symlink_metadata(path).is_ok() {
        return Err(format!("{} exists: --force replaces it", path.display()));
    }
    for ending in [".resume", ".partial", ".seen"] {
        let beside = suffixed(path, ending);
        if fs::symlink_metadata(&beside).is_ok() {
            return Err(format!("{} is of a stopped export: --resume goes on, --force begins anew", beside.display()));
        }
    }
    Ok(None)
}

impl Target {
    /// Begins a file.
    pub(super) fn create(path: &Path, plan: Plan, key: String, force: bool) -> Result<Self, String> {
        let [partial, seen, at] = [".partial", ".seen", ".resume"].map(|ending| suffixed(path, ending));
        if force {
            for old in [&partial, &seen, &at] {
                let _ = fs::remove_file(old);
            }
        }
        // First of all the record: whatever lies there without one is not ours to take.
        let record = Record::new(plan, key);
        record.write(&at).map_err(unwritable(&at))?;
        let prints = Prints::keyed(record.key());
        let opened = create(&partial).and_then(|partial| Ok((partial, create(&seen)?)));
        let (partial, seen) = opened.map_err(unwritable(&partial))?;
        let files = Files { path: path.into(), partial, seen, force, record, prints, resumed: false };
        files.locked().map(|files| Self::File(Box::new(files)))
    }

    /// Takes a stopped one up, as far as its record says that it is whole.
    pub(super) fn resume(path: &Path, record: Record, force: bool, parts: usize) -> Result<Self, String> {
        let partial = suffixed(path, ".partial");
        let length = |path: &Path| fs::symlink_metadata(path).map(|file| file.len());
        if record.part >= parts && is_named(path, &partial, record.bytes) {
            let _ = fs::remove_file(&partial);
            clear(path);
            return Ok(Self::Done);
        }
        if !force && length(path).is_ok() {
            return Err(format!("{} exists: --resume --force replaces it", path.display()));
        }
        let partial = reopened(&partial, record.bytes)?;
        let seen = reopened(&suffixed(path, ".seen"), record.prints.saturating_mul(16))?;
        let mut prints = Prints::keyed(record.key());
        let mut reader = io::BufReader::new(&seen);
        reader.seek(SeekFrom::Start(0)).map_err(|error| error.to_string())?;
        let mut print = [0; 16];
        for _ in 0..record.prints {
            reader.read_exact(&mut print).map_err(|error| error.to_string())?;
            prints.insert(u128::from_be_bytes(print));
        }
        let files = Files { path: path.into(), partial, seen, force, record, prints, resumed: true };
        files.locked().map(|files| Self::File(Box::new(files)))
    }
}

/// Whether a whole export has its name already: what it is called in the meantime is gone, or the same file.
fn is_named(path: &Path, partial: &Path, bytes: u64) -> bool {
    let Ok(named) = fs::symlink_metadata(path) else { return false };
    let same = match fs::symlink_metadata(partial) {
        Ok(partial) => (partial.dev(), partial.ino()) == (named.dev(), named.ino()),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    same && named.is_file() && named.len() == bytes
}

/// Opens what a stopped export left, and cuts off what is not whole.
fn reopened(path: &Path, length: u64) -> Result<File, String> {
    let open = || {
        let flags = rustix::fs::OFlags::NOFOLLOW.bits().cast_signed();
        let mut options = OpenOptions::new();
        let options = options.read(true).write(true).create(length == 0).truncate(false).mode(0o600);
        let mut file = options.custom_flags(flags).open(path)?;
        file.set_permissions(Permissions::from_mode(0o600))?;
        let is = file.metadata()?.len();
        if is >= length {
            file.set_len(length)?;
        }
        file.seek(SeekFrom::End(0))?;
        io::Result::Ok((file, is))
    };
    let (file, is) = open().map_err(unwritable(path))?;
    if is < length {
        return Err(format!("{} is shorter than recorded: begin anew with --force", path.display()));
    }
    Ok(file)
}

/// Removes what lies beside a file that is complete.
fn clear(path: &Path) {
    for ending in [".resume", ".seen"] {
        let _ = fs::remove_file(suffixed(path, ending));
    }
}

impl Files {
    /// Two exports into one file would tear it.
    fn locked(self) -> Result<Self, String> {
        match self.partial.try_lock() {
            Err(fs::TryLockError::WouldBlock) => Err(format!("another export writes {}", self.path.display())),
            // Some file systems know no locks.
            Ok(()) | Err(fs::TryLockError::Error(_)) => Ok(self),
        }
    }

    /// Writes lines and prints, and then that they are whole.
    pub(super) fn append(&mut self, lines: &[u8], prints: &[u128], record: Record) -> io::Result<()> {
        self.partial.write_all(lines)?;
        let prints: Vec<u8> = prints.iter().flat_map(|print| print.to_be_bytes()).collect();
        self.seen.write_all(&prints)?;
        self.partial.sync_data()?;
        self.seen.sync_data()?;
        self.record = record;
        self.record.write(&suffixed(&self.path, ".resume"))
    }

    /// Gives the file its name.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.partial.sync_all()?;
        let partial = suffixed(&self.path, ".partial");
        if self.force {
            fs::rename(&partial, &self.path)?;
        } else {
            // A rename would replace what came there in the meantime; a link does not.
            match fs::hard_link(&partial, &self.path) {
                Ok(()) => fs::remove_file(&partial)?,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
                Err(_) => fs::rename(&partial, &self.path)?,
            }
        }
        clear(&self.path);
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()
    }

    /// Removes everything: nothing came.
    pub(super) fn discard(&self) {
        let _ = fs::remove_file(suffixed(&self.path, ".partial"));
        clear(&self.path);
    }

    /// Its name, for people.
    pub(super) fn name(&self) -> Safe {
        Safe::of(&self.path.display().to_string())
    }
}

/// Writes lines to standard output; through the sanitiser where eyes read them.
pub(super) fn print(lines: &[u8]) -> io::Result<()> {
    if !out::is_terminal() {
        return out::data(lines);
    }
    let text = String::from_utf8_lossy(lines).replace("\r\n", "\n");
    let shown: Vec<Safe> = Safe::lines(&text);
    out::data(Safe::join(&shown, "\n").as_str().as_bytes())
}
