//! The formats of Excel. XLSX and XLSB come cell by cell, so that two cells in far corners cost two
//! cells; of XLS `calamine` makes the whole rectangle, which its format bounds (65,536 rows, 256
//! columns) and the memory limit of the process ends.

use std::collections::HashSet;

use calamine::{
    Reader, Sheet as Entry, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError, Xlsx,
    XlsxError,
};

use super::fill::{Budget, Filler};
use super::metered::Metered;
use super::trouble::{Damage, Trouble};
use super::value::Value;
use super::{LeftOut, MAX_NAME_CHARS, MAX_SHEETS, NamedSheet, WhyLeftOut, Workbook};

/// Reads an XLSX or XLSM.
pub(super) fn xlsx(source: Metered<'_>, budget: &mut Budget<'_>) -> Result<Workbook, Trouble> {
    let mut book = Xlsx::new(source).map_err(xlsx_trouble)?;
    let entries = book.sheets_metadata().to_vec();
    workbook(&entries, |name| {
        let mut cells = match book.worksheet_cells_reader(name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => return Ok(None),
            Err(error) => return Err(xlsx_trouble(error)),
        };
        let mut filler = Filler::new(budget);
        while let Some(cell) = cells.next_cell().map_err(xlsx_trouble)? {
            let (row, column) = cell.get_position();
            filler.put(row, column, Value::of_ref(cell.get_value()))?;
        }
        filler.finish().map(Some)
    })
}

/// Reads an XLSB.
pub(super) fn xlsb(source: Metered<'_>, budget: &mut Budget<'_>) -> Result<Workbook, Trouble> {
    let mut book = Xlsb::new(source).map_err(xlsb_trouble)?;
    let entries = book.sheets_metadata().to_vec();
    workbook(&entries, |name| {
        let mut cells = book.worksheet_cells_reader(name).map_err(xlsb_trouble)?;
        let mut filler = Filler::new(budget);
        while let Some(cell) = cells.next_cell().map_err(xlsb_trouble)? {
            let (row, column) = cell.get_position();
            filler.put(row, column, Value::of_ref(cell.get_value()))?;
        }
        filler.finish().map(Some)
    })
}

/// Reads an XLS, or finds that the old container holds an encrypted workbook of any age.
pub(super) fn xls(source: Metered<'_>, budget: &mut Budget<'_>) -> Result<Workbook, Trouble> {
    if let Err(XlsxError::Password) = Xlsx::new(source.again()) {
        return Err(Trouble::Password);
    }
    let mut book = Xls::new(source).map_err(xls_trouble)?;
    ranges(&mut book, budget, xls_trouble)
}

/// Reads the sheets of a workbook that only comes as rectangles.
pub(super) fn ranges<'a, B: Reader<Metered<'a>>>(
    book: &mut B,
    budget: &mut Budget<'_>,
    trouble: impl Fn(B::Error) -> Trouble,
) -> Result<Workbook, Trouble> {
    let entries = book.sheets_metadata().to_vec();
    workbook(&entries, |name| {
        let range = book.worksheet_range(name).map_err(&trouble)?;
        let mut filler = Filler::new(budget);
        let (top, left) = range.start().unwrap_or_default();
        for (row, cells) in (top..).zip(range.rows()) {
            for (column, cell) in (left..).zip(cells) {
                filler.put(row, column, Value::of(cell))?;
            }
        }
        filler.finish().map(Some)
    })
}

/// Sorts out which sheets are read, and reads them. `read` gives nothing for a sheet without a table.
fn workbook(
    entries: &[Entry],
    mut read: impl FnMut(&str) -> Result<Option<crate::sheet::Sheet>, Trouble>,
) -> Result<Workbook, Trouble> {
    let mut found = Workbook::default();
    let mut names = HashSet::new();
    if entries.is_empty() {
        return Err(Trouble::Damaged(Damage::NoSheet));
    }
    if entries.len() > MAX_SHEETS {
        return Err(Trouble::Damaged(Damage::TooManySheets));
    }
    // Sheets are asked for by name, so one of two namesakes would be lost.
    if !entries.iter().all(|entry| names.insert(&entry.name)) {
        return Err(Trouble::Damaged(Damage::SameName));
    }
    for entry in entries {
        let name = entry.name.chars().take(MAX_NAME_CHARS).collect();
        let why = match (entry.visible, entry.typ) {
            (_, SheetType::ChartSheet) => WhyLeftOut::Chart,
            (SheetVisible::Hidden, _) => WhyLeftOut::Hidden,
            (SheetVisible::VeryHidden, _) => WhyLeftOut::VeryHidden,
            (_, SheetType::WorkSheet) => match read(&entry.name)? {
                Some(sheet) => {
                    found.sheets.push(NamedSheet { name, sheet });
                    continue;
                }
                None => WhyLeftOut::NoTable,
            },
            _ => WhyLeftOut::NoTable,
        };
        found.left_out.push(LeftOut { name, why });
    }
    Ok(found)
}

fn xlsx_trouble(error: XlsxError) -> Trouble {
    use XlsxError as E;
    Trouble::Damaged(match error {
        E::Password => return Trouble::Password,
        E::Io(_) | E::Zip(_) => Damage::Part,
        E::Xml(_) | E::XmlAttr(_) | E::XmlEof(_) | E::UnexpectedNode(_) => Damage::Xml,
        E::FileNotFound(_) | E::RelationshipNotFound | E::WorksheetNotFound(_) => {
            Damage::MissingPart
        }
        E::Encoding(_) => Damage::Encoding,
        _ => Damage::Cell,
    })
}

fn xlsb_trouble(error: XlsbError) -> Trouble {
    use XlsbError as E;
    Trouble::Damaged(match error {
        E::Password => return Trouble::Password,
        E::Io(_) | E::Zip(_) => Damage::Part,
        E::Xml(_) | E::XmlAttr(_) => Damage::Xml,
        E::FileNotFound(_) | E::WorksheetNotFound(_) => Damage::MissingPart,
        _ => Damage::Cell,
    })
}

fn xls_trouble(error: XlsError) -> Trouble {
    Trouble::Damaged(match error {
        XlsError::Password => return Trouble::Password,
        XlsError::Io(_) | XlsError::Cfb(_) => Damage::Container,
        _ => Damage::Cell,
    })
}
