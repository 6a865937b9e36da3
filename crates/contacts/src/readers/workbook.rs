//! Spreadsheets: XLSX, XLSM, XLSB, XLS and ODS, read by `calamine` into packed sheets.
//!
//! `calamine` may panic and may want any amount of memory on a hostile file, so this runs in a
//! process of its own, see [`crate::confined`]. What cannot be seen in the window of a spreadsheet
//! program (hidden sheets) or has no rows (charts) is left out and named.

use std::io::Cursor;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::Limits;
use crate::sheet::Sheet;

mod excel;
mod fill;
mod metered;
mod opendocument;
mod package;
mod trouble;
mod value;

use fill::Budget;
use metered::Metered;
use package::{Package, Sort};
pub(crate) use trouble::Trouble;

/// The most sheets a workbook may have, taken and left out together.
pub(crate) const MAX_SHEETS: usize = 1_000;
/// The most characters of a sheet's name that are kept.
const MAX_NAME_CHARS: usize = 255;

/// What a workbook holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Workbook {
    /// The sheets that were read, in their order.
    pub(crate) sheets: Vec<NamedSheet>,
    /// The sheets that were not.
    pub(crate) left_out: Vec<LeftOut>,
}

/// A sheet with its name. Its lines are the row numbers that a spreadsheet program shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedSheet {
    pub(crate) name: String,
    pub(crate) sheet: Sheet,
}

/// A sheet that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LeftOut {
    pub(crate) name: String,
    pub(crate) why: WhyLeftOut,
}

/// Why a sheet was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WhyLeftOut {
    /// It is hidden; its user can show it.
    Hidden,
    /// It is hidden from its user.
    VeryHidden,
    /// It is a chart.
    Chart,
    /// It is a dialog, or holds macros.
    NoTable,
}

/// Reads a workbook within the limits on cells and on bytes when unpacked; those on memory and time
/// are for the process around it.
///
/// `progress` hears now and then how many bytes of the file have been used.
pub(crate) fn read(
    bytes: &[u8],
    limits: &Limits,
    progress: &mut dyn FnMut(u64),
) -> Result<Workbook, Trouble> {
    if bytes.is_empty() {
        return Err(Trouble::Empty);
    }
    let used = AtomicU64::new(0);
    let mut beat = || progress(used.load(Ordering::Relaxed));
    let mut budget = Budget::new(limits, &mut beat);
    let source = Metered::new(Cursor::new(bytes), &used);
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return excel::xls(source, &mut budget);
    }
    let package = Package::open(bytes, limits.inflated_bytes)?;
    let sort = package.sort()?;
    std::thread::scope(|scope| {
        let unpacking = scope.spawn(|| package.clone().unpack());
        let read = match sort {
            Sort::Xlsx => excel::xlsx(source, &mut budget),
            Sort::Xlsb => excel::xlsb(source, &mut budget),
            Sort::Ods => opendocument::check(&mut package.clone(), limits)
                .and_then(|()| opendocument::read(source, &mut budget)),
        };
        // A panic there is as much a broken reader as one here.
        let unpacked = unpacking.join().unwrap_or(Err(Trouble::BrokeDown));
        match (read, unpacked) {
            // A part that cannot be unpacked is why the reader found something odd.
            (Ok(_) | Err(Trouble::Damaged(_)), Err(trouble)) => Err(trouble),
            (read, _) => read,
        }
    })
}

#[cfg(test)]
pub(crate) mod tests;
