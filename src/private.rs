//! Files that only their owner may read, and that are written to at their end.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::OFlags;

/// Opens a file for appending, makes it where it is not there yet, and closes it to others.
///
/// # Errors
/// When it cannot be opened; when it is a link, no regular file, or somebody else's: the lines would go where another
/// user wants them.
pub(crate) fn append(path: &Path) -> io::Result<File> {
    // A pipe without a reader would be waited for.
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    let flags = i32::try_from(flags.bits()).map_err(io::Error::other)?;
    let file = OpenOptions::new().append(true).create(true).mode(0o600).custom_flags(flags).open(path)?;
    let found = file.metadata()?;
    if !found.is_file() || found.uid() != rustix::process::geteuid().as_raw() {
        return Err(ErrorKind::PermissionDenied.into());
    }
    // A file that was there before may be open to others.
    file.set_permissions(Permissions::from_mode(0o600))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::os::unix::fs::symlink;

    use tempfile::TempDir;

    use super::*;

    #[test]
    fn a_file_is_made_for_its_owner_alone_and_an_old_one_is_closed_to_others() {
        let home = TempDir::new().unwrap();
        let path = home.path().join("log");
        std::fs::write(&path, "before\n").unwrap();
        std::fs::set_permissions(&path, Permissions::from_mode(0o666)).unwrap();
        append(&path).unwrap().write_all(b"after\n").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "before\nafter\n");
        append(&home.path().join("new")).unwrap();
        for name in ["log", "new"] {
            assert_eq!(std::fs::metadata(home.path().join(name)).unwrap().mode() & 0o7777, 0o600, "{name}");
        }
    }

    #[test]
    fn links_folders_and_pipes_are_refused() {
        let home = TempDir::new().unwrap();
        let [target, link, pipe] = ["target", "link", "pipe"].map(|name| home.path().join(name));
        std::fs::write(&target, "").unwrap();
        symlink(&target, &link).unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &pipe,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
            0,
        )
        .unwrap();
        for path in [&link, &pipe, &home.path().to_owned()] {
            assert!(append(path).is_err(), "{}", path.display());
        }
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "");
    }
}
