//! The target of an export: a stream, or a file that gets its final name only when it is complete.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::claim::{self, Claim, Left};
use super::names::{ExportPaths, exists};
use super::record::{ExportPlan, Record, Unusable};
use super::refusal::TargetRefusal;
use super::summed::{Changed, Summed};
use crate::private_file::{self, FileKind, FileRule, Identity, OpenStream, Presence};
use crate::text::Safe;
use crate::walk::IdDigests;

/// Target to which an export writes the lines of its output.
pub(crate) enum Target {
    /// Standard output, a device, a pipe or a socket. Such an export cannot be resumed.
    Stream(OpenStream),
    /// A file, with the temporary files from which a stopped export can continue.
    File(Box<Files>),
    /// The file is complete already: an earlier call wrote everything, and only giving the final name or removing
    /// temporary files was missing.
    Done,
}

/// State of the files at the path of an export, before the export starts.
pub(crate) enum TargetState {
    Stream(OpenStream),
    /// The path has no file, or files that may be replaced: a new export can start.
    New,
    /// The files of a stopped export.
    Stopped(Box<Stopped>),
}

/// The files of an export that ended before it was complete and can be continued. The file that contains its rows is
/// locked.
pub(crate) struct Stopped {
    names: ExportPaths,
    left: Left,
    pub(crate) record: Record,
}

/// The open files of an export: the partial file, and the temporary files in the same folder.
pub(crate) struct Files {
    names: ExportPaths,
    partial: Summed,
    identity: Identity,
    seen: Summed,
    force: bool,
    pub(crate) record: Record,
    pub(super) digests: IdDigests,
    pub(crate) resumed: bool,
}

/// Examines the path of an export from the command line, without changing any file, and returns what is there. A path
/// may also be `-`, which means standard output, or a stream such as a pipe.
///
/// # Errors
/// The reason why the export does not start, for example because the file exists and neither `--force` (`force`) nor
/// `--resume` (`resume`) was given.
pub(crate) fn find(path: &Path, force: bool, resume: bool) -> Result<TargetState, TargetRefusal> {
    let shown = path.display();
    let unwritable = |error: io::Error| format!("{shown} cannot be written: {error}");
    if path.as_os_str() == "-" {
        if force || resume {
            return Err("--resume and --force are for files, not for standard output".to_owned().into());
        }
        return Ok(OpenStream::stdout().map(TargetState::Stream).map_err(unwritable)?);
    }
    let kind = FileKind::of(path).map_err(unwritable)?;
    if kind.is_stream() {
        if force || resume {
            let what = kind.words();
            let sentence = format!("{shown} is {what}, which is written directly: leave out --resume and --force");
            return Err(sentence.into());
        }
        return Ok(OpenStream::open(path, kind).map(TargetState::Stream).map_err(unwritable)?);
    }
    if resume {
        let names = ExportPaths::new(path);
        check_folder(&names)?;
        return Ok(Stopped::find(names).map(|stopped| TargetState::Stopped(Box::new(stopped)))?);
    }
    check_new(path, force).map(|()| TargetState::New)
}

/// Checks that a new export can be written to a regular file at `path`, without changing any file. With `force`, an
/// existing file and the files of a stopped export may be replaced.
///
/// # Errors
/// The reason why the export does not start.
pub(crate) fn check_new(path: &Path, force: bool) -> Result<(), TargetRefusal> {
    let shown = path.display();
    let kind = FileKind::of(path).map_err(|error| format!("{shown} cannot be written: {error}"))?;
    if kind.is_stream() {
        return Err(format!("{shown} is {}, not a regular file", kind.words()).into());
    }
    let names = ExportPaths::new(path);
    check_folder(&names)?;
    // If a killed process left the file under both names, --resume completes it.
    if !names.is_linked() {
        private_file::check_replaceable(path).map_err(|refusal| refusal.to_string())?;
        for companion in names.companions() {
            private_file::check_replaceable(&companion).map_err(|refusal| refusal.to_string())?;
        }
    }
    if force {
        return if claim::is_busy(&names) { Err(claim::busy(&names).into()) } else { Ok(()) };
    }
    if kind != FileKind::Missing {
        return Err(TargetRefusal::FileExists(path.to_owned()));
    }
    match names.companions().iter().find(|part| exists(part)) {
        Some(part) => Err(claim::in_the_way(&names, part)),
        None => Ok(()),
    }
}

fn check_folder(names: &ExportPaths) -> Result<(), TargetRefusal> {
    let folder = names.folder();
    if folder.is_dir() { Ok(()) } else { Err(format!("there is no folder {}", folder.display()).into()) }
}

impl Stopped {
    /// Locks the file of a stopped export, and then reads its record (how far the export has come). The file is locked
    /// first because another run of the program may continue the export meanwhile.
    fn find(names: ExportPaths) -> Result<Self, String> {
        let at = names.record();
        let nothing = || format!("there is nothing to resume: {} does not exist", at.display());
        if !exists(&at) {
            return Err(nothing());
        }
        let left = Claim::take(&names)?.ok_or_else(|| lost(&names))?;
        let text = private_file::read(&at, FileRule::Record)
            .map_err(|refusal| if refusal.is_missing() { nothing() } else { refusal.to_string() })?;
        let again = "start over with --force";
        let record = Record::parse(&text).map_err(|unusable| match unusable {
            Unusable::Other => format!("{} is not a resume record of this version: {again}", at.display()),
            Unusable::Changed => format!("{} was changed after it was written: {again}", at.display()),
        })?;
        Ok(Self { names, left, record })
    }

    /// Opens the files of the stopped export, and continues after the data that was written completely; the stored
    /// record of the export says where this data ends. With `force`, an existing file with the final name may be
    /// replaced. `parts` is the number of parts of the query, which are exported one after the other. The error is a
    /// sentence for the user.
    pub(crate) fn resume(self, force: bool, parts: usize) -> Result<Target, String> {
        let Self { names, left, record } = self;
        let claim = match left {
            Left::Partial(claim) => claim,
            Left::Named(claim) => return named(&names, claim, &record, parts),
        };
        let shown = names.file().display();
        if !force && exists(names.file()) {
            return Err(format!("{shown} exists: --resume --force replaces it"));
        }
        private_file::check_replaceable(names.file()).map_err(|refusal| refusal.to_string())?;
        let partial = Summed::reopened(claim.file, record.bytes, &record.digest, |_| ());
        let partial = partial.map_err(|changed| changed_sentence(&names.partial(), changed))?;
        let at = names.seen();
        let seen = private_file::update(&at, Presence::Old).map_err(|refusal| refusal.to_string())?;
        let mut digests = IdDigests::keyed(record.key());
        let length = record.prints.saturating_mul(16);
        let seen = Summed::reopened(seen, length, &record.prints_digest, |bytes| {
            for digest in bytes.as_chunks().0 {
                digests.insert(u128::from_be_bytes(*digest));
            }
        });
        let seen = seen.map_err(|changed| changed_sentence(&at, changed))?;
        let identity = claim.identity;
        Ok(Target::File(Box::new(Files { names, partial, identity, seen, force, record, digests, resumed: true })))
    }
}

/// Completes an export that was killed after its file got the final name. `claim` is the lock on this file. `record`
/// says how far the export had come. Another file may have this name now, so the file is compared with the length and
/// the digest in `record`. `parts` is the number of parts of the export (one for each day, or one for the whole query):
/// the export is complete only if `record` says that all of them were written. The error is a sentence for the user.
fn named(names: &ExportPaths, claim: Claim, record: &Record, parts: usize) -> Result<Target, String> {
    let summed = Summed::checked(claim.file, record.bytes, &record.digest, |_| ());
    let same = matches!(&summed, Ok(summed) if matches!(summed.is_whole(), Ok(true)));
    if record.part < parts || !same {
        let (partial, file) = (names.partial(), names.file());
        return Err(match names.is_linked() {
            true => {
                format!("{} and {} are the same file: remove one of the two names", partial.display(), file.display())
            }
            false => lost(names),
        });
    }
    if names.is_linked() {
        let _ = fs::remove_file(names.partial());
    }
    names.forget();
    Ok(Target::Done)
}

fn lost(names: &ExportPaths) -> String {
    format!("there is nothing to resume: {} does not exist; start over with --force", names.partial().display())
}

fn changed_sentence(path: &Path, changed: Changed) -> String {
    let shown = path.display();
    match changed {
        Changed::Shorter => format!("{shown} is shorter than recorded: start over with --force"),
        Changed::Other => format!("{shown} was changed after it was written: start over with --force"),
        Changed::Io(error) => format!("{shown} cannot be read: {error}"),
    }
}

impl Files {
    /// Creates the files of a new export to `path`, and locks them before any existing file is changed. `plan` holds
    /// the options of the export, and `key` is the random key of its digests, in hexadecimal digits. With `force`, an
    /// existing file may be replaced. After an error, the file at `path` is unchanged.
    pub(crate) fn create(path: &Path, plan: ExportPlan, key: String, force: bool) -> Result<Self, TargetRefusal> {
        let names = ExportPaths::new(path);
        let Claim { file, identity } = Claim::create(&names, force)?;
        let unwritable =
            |path: &Path, error: &dyn std::fmt::Display| format!("{} cannot be written: {error}", path.display());
        let record = Record::new(plan, key);
        let digests = IdDigests::keyed(record.key());
        let begin = || -> Result<_, String> {
            let partial = Summed::emptied(file).map_err(|error| unwritable(&names.partial(), &error))?;
            let seen = private_file::update(&names.seen(), Presence::Either).map_err(|refusal| refusal.to_string())?;
            let seen = Summed::emptied(seen).map_err(|error| unwritable(&names.seen(), &error))?;
            record.write(&names).map_err(|error| unwritable(&names.record(), &error))?;
            Ok((partial, seen))
        };
        match begin() {
            Ok((partial, seen)) => Ok(Self { names, partial, identity, seen, force, record, digests, resumed: false }),
            Err(sentence) => {
                discard(&names, identity);
                Err(TargetRefusal::Unusable(sentence))
            }
        }
    }

    /// Appends `lines` to the partial file (the unfinished output), and `digests` of the ids of the written submissions
    /// to the file whose name ends with `.seen`. Then writes `record`, which says up to which point both files are
    /// complete. Returns the written record. After an error, this function must not be called again.
    pub(super) fn append(&mut self, lines: &[u8], digests: &[u128], record: Record) -> io::Result<&Record> {
        let written = self.written(lines, digests, record);
        if written.is_err() {
            self.partial.cut(self.record.bytes);
            self.seen.cut(self.record.prints.saturating_mul(16));
        }
        written.map(|()| &self.record)
    }

    fn written(&mut self, lines: &[u8], digests: &[u128], mut record: Record) -> io::Result<()> {
        self.check_held()?;
        self.partial.append(lines)?;
        let digests: Vec<u8> = digests.iter().flat_map(|digest| digest.to_be_bytes()).collect();
        self.seen.append(&digests)?;
        self.partial.file().sync_data()?;
        self.seen.file().sync_data()?;
        record.bytes = self.partial.length();
        record.digest = self.partial.digest();
        record.prints_digest = self.seen.digest();
        record.write(&self.names)?;
        self.record = record;
        Ok(())
    }

    /// Gives the complete file its final name, and removes the temporary files.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.partial.file().sync_all()?;
        if !self.partial.is_intact()? {
            return Err(io::Error::other("another program wrote into the partial file"));
        }
        self.check_held()?;
        let (from, to) = (self.names.partial(), self.names.file());
        if self.force {
            private_file::check_replaceable(to).map_err(io::Error::other)?;
            fs::rename(&from, to)?;
        } else {
            rename_new(&from, to).map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => {
                    let sentence = format!("{} was created by another program", to.display());
                    io::Error::new(io::ErrorKind::AlreadyExists, sentence)
                }
                _ => error,
            })?;
        }
        if !self.identity.is_at(to) {
            return Err(io::Error::other("another program replaced the partial file"));
        }
        // The file has its name; file systems that cannot sync a folder do not change that.
        let _ = File::open(self.names.folder()).and_then(|folder| folder.sync_all());
        self.names.forget();
        Ok(())
    }

    /// Removes all files of the export, because nothing was written.
    pub(crate) fn discard(&self) {
        discard(&self.names, self.identity);
    }

    /// Returns whether the partial file, which holds the rows until the export is complete, is still at its path. The
    /// result is `false` if another program has removed or replaced the file.
    pub(crate) fn is_held(&self) -> bool {
        self.identity.is_at(&self.names.partial())
    }

    fn check_held(&self) -> io::Result<()> {
        let removed = || io::Error::other("another program removed or replaced the partial file");
        if self.is_held() { Ok(()) } else { Err(removed()) }
    }

    /// Returns the path of the partial file as sanitised text.
    pub(super) fn part_name(&self) -> Safe {
        Safe::sanitize(&self.names.partial().display().to_string())
    }

    /// Returns the path of the final file as sanitised text.
    pub(crate) fn name(&self) -> Safe {
        Safe::sanitize(&self.names.file().display().to_string())
    }
}

/// Removes the partial file, which holds the rows of an incomplete export, and the other temporary files of the export.
/// `identity` says which file on the disk is the partial file of this export. If another file has its name now, nothing
/// is removed, because the files then belong to another export.
fn discard(names: &ExportPaths, identity: Identity) {
    if identity.is_at(&names.partial()) {
        names.forget();
        let _ = fs::remove_file(names.partial());
    }
}

/// Renames a file. It is an error if the new name exists already.
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            renamed => return Ok(renamed?),
        }
    }
    // Some file systems cannot do this in one step. A link does not replace a file either.
    match fs::hard_link(from, to) {
        Ok(()) => fs::remove_file(from),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) if exists(to) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(from, to),
    }
}

/// Writes lines to a stream. If the stream is a terminal, the lines are sanitised.
pub(super) fn print(stream: &mut OpenStream, lines: &[u8]) -> io::Result<()> {
    if !stream.is_terminal() {
        return stream.write_all(lines);
    }
    let text = String::from_utf8_lossy(lines).replace("\r\n", "\n");
    let shown: Vec<Safe> = Safe::lines(&text);
    stream.write_all(Safe::join(&shown, "\n").as_str().as_bytes())
}
