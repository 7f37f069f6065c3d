//! A file that only grows at its end, with a running digest of its content.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use sha2::{Digest, Sha256};

/// Number of bytes of a file that are read at a time. The number is a multiple of the size of an id digest, so that no
/// digest is cut in two.
const CHUNK_BYTES: u64 = 64 * 1024;

/// A file that only grows at its end, with its length in bytes and the running digest of its content.
pub(super) struct DigestedFile {
    file: File,
    length: u64,
    digest: Sha256,
}

/// Reason why an export cannot continue its file: the file could not be read, or its length or digest differs from the
/// record of the export (how far the export has come).
pub(super) enum FileChange {
    /// The file is shorter than the length that the record of the export names.
    Shorter,
    /// The file has other content: its first bytes have another digest than the one that the record of the export
    /// names.
    Other,
    /// The file could not be read.
    Io(io::Error),
}

impl From<io::Error> for FileChange {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl DigestedFile {
    /// Empties the file `file` and starts a new digest of its content.
    pub(super) fn empty(mut file: File) -> io::Result<Self> {
        file.set_len(0)?;
        file.rewind()?;
        Ok(Self { file, length: 0, digest: Sha256::new() })
    }

    /// Removes all content of the file.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        (self.length, self.digest) = (0, Sha256::new());
        Ok(())
    }

    /// Prepares `file` for appending after its first `length` bytes, and cuts off all bytes after these. `digest` is
    /// the digest of the first `length` bytes, in the form that [`Self::digest`] returns. If these bytes have another
    /// digest, an error is returned and the file is not changed. `on_bytes` is called with the content of these bytes,
    /// piece by piece, before the digests are compared.
    pub(super) fn reopen(
        file: File,
        length: u64,
        digest: &str,
        on_bytes: impl FnMut(&[u8]),
    ) -> Result<Self, FileChange> {
        let mut digested_file = Self::check_content(file, length, digest, on_bytes)?;
        digested_file.file.set_len(length)?;
        digested_file.file.seek(SeekFrom::Start(length))?;
        Ok(digested_file)
    }

    /// Reads the first `length` bytes of a file and compares their digest with `digest`, which has the form that
    /// [`Self::digest`] returns. If both are the same, returns the file with this length and digest; otherwise, the
    /// error says why. The file on the disk is not changed. `on_bytes` is called with the content of these bytes, piece
    /// by piece, before the digests are compared.
    pub(super) fn check_content(
        mut file: File,
        length: u64,
        digest: &str,
        on_bytes: impl FnMut(&[u8]),
    ) -> Result<Self, FileChange> {
        let sum = digest_of(&mut file, length, on_bytes)?;
        let digested_file = Self { file, length, digest: sum };
        if digested_file.digest() == digest { Ok(digested_file) } else { Err(FileChange::Other) }
    }

    /// Appends bytes to the file, and adds the bytes to the running digest of the file's content.
    pub(super) fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.digest.update(bytes);
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Cuts the file off after its first `length` bytes, which frees space on the disk. A failure is ignored, because
    /// [`DigestedFile::reopen`] cuts the file as well.
    pub(super) fn truncate(&self, length: u64) {
        let _ = self.file.set_len(length);
    }

    /// Returns whether the file on the disk is as long, in bytes, as the content that was written to it.
    pub(super) fn is_whole(&self) -> io::Result<bool> {
        Ok(self.file.metadata()?.len() == self.length)
    }

    /// Returns whether the file on the disk still has the content that was written to it. The whole file is read for
    /// this comparison.
    pub(super) fn is_intact(&mut self) -> io::Result<bool> {
        let sum = match digest_of(&mut self.file, self.length, |_| ()) {
            Ok(sum) => sum,
            Err(FileChange::Io(error)) => return Err(error),
            Err(FileChange::Shorter | FileChange::Other) => return Ok(false),
        };
        Ok(self.is_whole()? && hex(&sum.finalize()) == self.digest())
    }

    /// Calls the function `on_bytes` with the content that was written to the file, piece by piece. The error is the
    /// reason why the content cannot be read, or [`io::ErrorKind::InvalidData`] if another program has changed it.
    pub(super) fn read(&mut self, on_bytes: impl FnMut(&[u8])) -> io::Result<()> {
        let sum = match digest_of(&mut self.file, self.length, on_bytes) {
            Ok(sum) => sum,
            Err(FileChange::Io(error)) => return Err(error),
            Err(FileChange::Shorter | FileChange::Other) => return Err(io::ErrorKind::InvalidData.into()),
        };
        if hex(&sum.finalize()) == self.digest() { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
    }

    /// Returns the number of bytes of the content that was written to the file.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// Returns the SHA-256 digest of the content that was written to the file, as hexadecimal digits.
    pub(super) fn digest(&self) -> String {
        hex(&self.digest.clone().finalize())
    }

    pub(super) const fn file(&self) -> &File {
        &self.file
    }
}

/// Returns the digest of the first `length` bytes of a file; the error is the reason why they cannot be read. The
/// function `on_bytes` is called with the content of these bytes, piece by piece.
fn digest_of(file: &mut File, length: u64, mut on_bytes: impl FnMut(&[u8])) -> Result<Sha256, FileChange> {
    if file.metadata()?.len() < length {
        return Err(FileChange::Shorter);
    }
    file.rewind()?;
    let mut sum = Sha256::new();
    let mut left = length;
    let mut chunk = Vec::new();
    while left > 0 {
        chunk.clear();
        let read = file.take(left.min(CHUNK_BYTES)).read_to_end(&mut chunk)?;
        if read == 0 {
            return Err(FileChange::Shorter);
        }
        sum.update(&chunk);
        on_bytes(&chunk);
        left = left.saturating_sub(read as u64);
    }
    Ok(sum)
}

/// Returns bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
