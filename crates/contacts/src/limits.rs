//! How much of a file is taken at most.

use crate::FileError;

/// Limits of one import. The spreadsheet ones hold in the child process that reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a text file (CSV, text, vCard, JSON) or of a pasted text.
    pub text_bytes: u64,
    /// Bytes of a workbook, as it is on disk.
    pub workbook_bytes: u64,
    /// Bytes of a workbook when its parts are unpacked.
    pub inflated_bytes: u64,
    /// Cells of a workbook.
    pub cells: u64,
    /// Seconds that reading a workbook may take.
    pub seconds: u64,
    /// Bytes of memory that reading a workbook may take.
    pub memory_bytes: u64,
}

const MIB: u64 = 1024 * 1024;

impl Limits {
    /// Refuses a text of more bytes than the limit.
    pub(crate) fn allow_text(&self, bytes: usize) -> Result<(), FileError> {
        allow(bytes, self.text_bytes)
    }

    /// Refuses a workbook of more bytes than the limit.
    pub(crate) fn allow_workbook(&self, bytes: usize) -> Result<(), FileError> {
        allow(bytes, self.workbook_bytes)
    }
}

fn allow(bytes: usize, limit: u64) -> Result<(), FileError> {
    let bytes = bytes as u64;
    let mebibytes = |bytes: u64| u32::try_from(bytes.div_ceil(MIB)).unwrap_or(u32::MAX);
    if bytes <= limit {
        return Ok(());
    }
    Err(FileError::TooLarge {
        mebibytes: mebibytes(bytes),
        limit: mebibytes(limit),
    })
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text_bytes: 25 * MIB,
            workbook_bytes: 25 * MIB,
            inflated_bytes: 256 * MIB,
            cells: 2_000_000,
            seconds: 60,
            memory_bytes: 512 * MIB,
        }
    }
}
