//! Finds out what is at a path: a file, a folder, a stream and so on.

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::FileTypeExt;
use std::path::Path;

/// Kind of the object at a path, such as a file, a folder or a pipe. The kind decides whether the program may read or
/// write at the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// Nothing is at the path.
    Missing,
    /// A regular file.
    File,
    /// A directory.
    Folder,
    /// A symbolic link.
    Link,
    /// A character device, such as a terminal.
    Device,
    /// A block device, such as a disk.
    Disk,
    /// A named pipe.
    Pipe,
    /// A socket.
    Socket,
    /// An open file descriptor of this process, named by a path such as `/dev/stdout`. Holds the number of the
    /// descriptor.
    Descriptor(u32),
}

impl FileKind {
    /// Returns the kind of the object at `path`. A symbolic link at the end of the path is not followed, and nothing is
    /// opened.
    ///
    /// # Errors
    /// Returns the error of the operating system if the path cannot be examined. A path that does not exist is no
    /// error: the result is [`FileKind::Missing`].
    pub(crate) fn of(path: &Path) -> io::Result<Self> {
        if let Some(number) = descriptor(path) {
            return Ok(Self::Descriptor(number));
        }
        match fs::symlink_metadata(path) {
            Ok(found) => Ok(Self::of_metadata(&found)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::Missing),
            Err(error) => Err(error),
        }
    }

    /// Returns the kind of the object at `path` from its metadata, which the caller has read already.
    pub(super) fn at(path: &Path, metadata: &Metadata) -> Self {
        descriptor(path).map_or_else(|| Self::of_metadata(metadata), Self::Descriptor)
    }

    fn of_metadata(metadata: &Metadata) -> Self {
        let kind = metadata.file_type();
        match () {
            () if kind.is_symlink() => Self::Link,
            () if kind.is_dir() => Self::Folder,
            () if kind.is_block_device() => Self::Disk,
            () if kind.is_char_device() => Self::Device,
            () if kind.is_fifo() => Self::Pipe,
            () if kind.is_socket() => Self::Socket,
            () => Self::File,
        }
    }

    /// Returns whether an object of this kind is a stream: a device, a pipe, a socket or an open file descriptor. Bytes
    /// are written to a stream one after the other, and a stream is never replaced by a new file.
    pub(crate) const fn is_stream(self) -> bool {
        matches!(self, Self::Device | Self::Pipe | Self::Socket | Self::Descriptor(_))
    }

    /// Returns the words for this kind in a message to the user, such as `a folder`. For [`FileKind::Missing`], returns
    /// `missing`.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::File => "a file",
            Self::Folder => "a folder",
            Self::Link => "a symbolic link",
            Self::Device => "a device",
            Self::Disk => "a disk",
            Self::Pipe => "a pipe",
            Self::Socket => "a socket",
            Self::Descriptor(_) => "a stream",
        }
    }
}

/// Returns the number of the file descriptor of this process that `path` names: 1 for `/dev/stdout`, 5 for `/dev/fd/5`.
/// Returns `None` for any other path. The path may also be written in another form, such as `/dev/../dev/stdout`: its
/// folder is made canonical first.
fn descriptor(path: &Path) -> Option<u32> {
    let (folder, name) = (path.parent()?, path.file_name()?.to_str()?);
    let folder = fs::canonicalize(folder).ok()?;
    let folder = folder.to_str()?;
    if folder == "/dev" {
        return match name {
            "stdin" => Some(0),
            "stdout" => Some(1),
            "stderr" => Some(2),
            _ => None,
        };
    }
    let own = std::process::id();
    // Each thread has its own folder, with the same descriptors.
    let is_own = folder == "/dev/fd"
        || folder == format!("/proc/{own}/fd")
        || (folder.starts_with(&format!("/proc/{own}/task/")) && folder.ends_with("/fd"));
    name.parse().ok().filter(|_| is_own && name.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptors_are_known_by_any_form_of_their_path() {
        let own = format!("/proc/{}/fd/7", std::process::id());
        for (path, number) in [
            ("/dev/stdin", 0),
            ("/dev/stdout", 1),
            ("/dev/../dev/./stderr", 2),
            ("//dev/fd/63", 63),
            ("/proc/self/fd/1", 1),
            ("/proc/thread-self/fd/1", 1),
            (&own, 7),
        ] {
            assert_eq!(FileKind::of(Path::new(path)).unwrap(), FileKind::Descriptor(number), "{path}");
        }
        for path in ["/dev/null", "/proc/1/fd/1", "/dev/fd/x", "/dev/fd/+1", "stdout", "/tmp/stdout"] {
            assert!(!matches!(FileKind::of(Path::new(path)), Ok(FileKind::Descriptor(_))), "{path}");
        }
        assert_eq!(FileKind::of(Path::new("/dev/null")).unwrap(), FileKind::Device);
    }
}
