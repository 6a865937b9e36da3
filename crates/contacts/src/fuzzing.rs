//! What the fuzz targets need and nobody else may use: spreadsheets read in this process, which the app
//! never does.

use crate::readers::workbook::{self, Workbook};
use crate::sheet::Sheet;
use crate::{FileError, FileRead, Limits, Reader};

/// A workbook that was read, with its cells not looked at.
pub struct Cells(Workbook);

impl Cells {
    /// Reads a workbook, of small size so that many can be tried. May panic, as `calamine` may.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let limits = Limits {
            inflated_bytes: 1024 * 1024,
            cells: 20_000,
            ..Limits::default()
        };
        workbook::read(bytes, &limits, &mut |_| {}).ok().map(Self)
    }

    /// What the app makes of it, after its sheets crossed between processes.
    ///
    /// # Errors
    /// [`FileError`] when there is nothing to use.
    ///
    /// # Panics
    /// When a sheet does not come back as it was.
    pub fn tables(self, reader: &Reader<'_>) -> Result<FileRead, FileError> {
        for named in &self.0.sheets {
            let back = Sheet::from_bytes(&named.sheet.to_bytes());
            assert!(
                back.is_ok_and(|back| back == named.sheet),
                "lost in crossing"
            );
        }
        reader.workbook("list.xlsx", self.0, None)
    }
}
