//! The file as a source that tells how much of it has been used.

use std::io::{Cursor, Read, Result, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts the bytes that are read from a file in memory.
pub(super) struct Metered<'a> {
    source: Cursor<&'a [u8]>,
    used: &'a AtomicU64,
}

impl<'a> Metered<'a> {
    pub(super) const fn new(source: Cursor<&'a [u8]>, used: &'a AtomicU64) -> Self {
        Self { source, used }
    }

    /// The same file from its beginning, counted by the same counter.
    pub(super) fn again(&self) -> Self {
        Self::new(Cursor::new(self.source.get_ref()), self.used)
    }
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let count = self.source.read(buffer)?;
        self.used.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Seek for Metered<'_> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.source.seek(to)
    }
}
