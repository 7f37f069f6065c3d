//! The target of an export: a stream, or a file that gets its final name only when it is complete.

use std::io::{self, Write};
use std::path::Path;

use super::file_lock;
use super::files::ExportFiles;
use super::paths::{ExportPaths, exists};
use super::refusal::TargetRefusal;
use super::stopped_export::{ResumedExport, StoppedExport};
use crate::private_file::{self, FileKind, OpenStream};
use crate::text::Safe;

/// Target to which an export writes the lines of its output.
pub(crate) enum ExportTarget {
    /// Standard output, a device, a pipe or a socket. Such an export cannot be resumed.
    Stream(OpenStream),
    /// A file, with the temporary files from which a stopped export can continue.
    File(Box<ExportFiles>),
    /// The file is complete already. An earlier run of the program wrote all rows; only the final name or the removal
    /// of temporary files was missing.
    Done,
}

impl From<ResumedExport> for ExportTarget {
    fn from(resumed: ResumedExport) -> Self {
        match resumed {
            ResumedExport::Files(files) => Self::File(files),
            ResumedExport::Done => Self::Done,
        }
    }
}

/// State of the files at the path of an export, before the export starts.
pub(crate) enum TargetState {
    Stream(OpenStream),
    /// The path has no file, or only files that may be replaced, so that a new export can start.
    New,
    /// The path has the files of a stopped export, which is to be continued.
    Stopped(Box<StoppedExport>),
}

/// Examines the path of an export from the command line, without changing any file, and returns the state of the files
/// there. `path` can also be `-`, which means standard output, or a stream such as a pipe.
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
        let paths = ExportPaths::new(path);
        check_folder(&paths)?;
        return Ok(StoppedExport::find(paths).map(|stopped| TargetState::Stopped(Box::new(stopped)))?);
    }
    check_new(path, force).map(|()| TargetState::New)
}

/// Checks that a new export can be written to a regular file at `path`, without changing any file. `force` says whether
/// the user allows that an existing file and the files of a stopped export are replaced.
///
/// # Errors
/// The reason why the export does not start.
pub(crate) fn check_new(path: &Path, force: bool) -> Result<(), TargetRefusal> {
    let shown = path.display();
    let kind = FileKind::of(path).map_err(|error| format!("{shown} cannot be written: {error}"))?;
    if kind.is_stream() {
        return Err(format!("{shown} is {}, not a regular file", kind.words()).into());
    }
    let paths = ExportPaths::new(path);
    check_folder(&paths)?;
    // If a killed process left the file under both names, --resume completes it.
    if !paths.is_linked() {
        private_file::check_replaceable(path).map_err(|refusal| refusal.to_string())?;
        for companion in paths.temporary_files() {
            private_file::check_replaceable(&companion).map_err(|refusal| refusal.to_string())?;
        }
    }
    if force {
        return if file_lock::is_busy(&paths) { Err(file_lock::busy_message(&paths).into()) } else { Ok(()) };
    }
    if kind != FileKind::Missing {
        return Err(TargetRefusal::FileExists(path.to_owned()));
    }
    match paths.temporary_files().iter().find(|part| exists(part)) {
        Some(part) => Err(file_lock::file_exists_refusal(&paths, part)),
        None => Ok(()),
    }
}

fn check_folder(paths: &ExportPaths) -> Result<(), TargetRefusal> {
    let folder = paths.folder();
    if folder.is_dir() { Ok(()) } else { Err(format!("there is no folder {}", folder.display()).into()) }
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
