//! OpenDocument spreadsheets. `calamine` lays out whole rectangles, repeats and all, and waits
//! forever for the end of a table that does not come; so the content is walked once beforehand.

use std::io::{BufReader, Read};

use calamine::{Ods, OdsError, Reader};
use quick_xml::events::{BytesStart, Event};

use super::Workbook;
use super::excel::ranges;
use super::fill::Budget;
use super::metered::Metered;
use super::package::Package;
use super::trouble::{Damage, Trouble};
use crate::Limits;

/// The most rows `calamine` takes of a table; it drops the rest without a word.
const MAX_ROWS: u64 = 1_048_576;
/// The most bytes of the manifest that are searched for signs of encryption.
const MANIFEST: u64 = 4 * 1024 * 1024;

const XML: Trouble = Trouble::Damaged(Damage::Xml);

/// Reads an ODS that was checked.
pub(super) fn read(source: Metered<'_>, budget: &mut Budget<'_>) -> Result<Workbook, Trouble> {
    let mut book = Ods::new(source).map_err(trouble)?;
    ranges(&mut book, budget, trouble)
}

/// Finds encryption, tables without an end, and tables that would be laid out too large.
pub(super) fn check(package: &mut Package<'_>, limits: &Limits) -> Result<(), Trouble> {
    if is_encrypted(package.part("META-INF/manifest.xml")?)? {
        return Err(Trouble::Password);
    }
    Tables::new(limits.cells).walk(package.part("content.xml")?)
}

fn is_encrypted(manifest: impl Read) -> Result<bool, Trouble> {
    let mark = b"encryption-data";
    let mut bytes = Vec::new();
    let read = manifest.take(MANIFEST).read_to_end(&mut bytes);
    read.map_err(|_| Trouble::Damaged(Damage::Part))?;
    Ok(bytes.windows(mark.len()).any(|window| window == mark))
}

/// The extent of the table and row being walked, and what all tables take together.
struct Tables {
    limit: u64,
    taken: u64,
    inside: bool,
    /// Rows and columns of the table so far, without empty rows before and after.
    rows: u64,
    columns: u64,
    empty_rows: u64,
    row: Option<Row>,
}

struct Row {
    repeats: u64,
    filled: u64,
    columns: u64,
}

impl Tables {
    const fn new(limit: u64) -> Self {
        Self {
            limit,
            taken: 0,
            inside: false,
            rows: 0,
            columns: 0,
            empty_rows: 0,
            row: None,
        }
    }

    fn walk(&mut self, content: impl Read) -> Result<(), Trouble> {
        let mut xml = quick_xml::Reader::from_reader(BufReader::new(content));
        let config = xml.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(|_| XML)? {
                Event::Start(tag) => self.start(&tag)?,
                Event::End(tag) => self.end(tag.name().as_ref())?,
                Event::Eof if self.inside || self.row.is_some() => return Err(XML),
                Event::Eof => return Ok(()),
                _ => (),
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Trouble> {
        match tag.name().as_ref() {
            "table:table" => self.inside = true,
            "table:table-row" => {
                self.row = Some(Row {
                    repeats: repeats(tag, "table:number-rows-repeated")?,
                    filled: 0,
                    columns: 0,
                });
            }
            "table:table-cell" | "table:covered-table-cell" => {
                if let Some(row) = &mut self.row {
                    let cells = repeats(tag, "table:number-columns-repeated")?;
                    row.columns = row.columns.saturating_add(cells);
                    if is_filled(tag)? {
                        row.filled = row.columns;
                    }
                }
            }
            _ => (),
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Trouble> {
        match name {
            "table:table-row" => {
                let Some(row) = self.row.take() else {
                    return Ok(());
                };
                if row.filled == 0 {
                    if self.rows > 0 {
                        self.empty_rows = self.empty_rows.saturating_add(row.repeats);
                    }
                    return Ok(());
                }
                let rows = self.empty_rows.saturating_add(row.repeats);
                self.empty_rows = 0;
                self.rows = self.rows.saturating_add(rows);
                self.columns = self.columns.max(row.filled);
                self.within_limit()
            }
            "table:table" => {
                self.taken = self.taken.saturating_add(self.area());
                (self.inside, self.rows, self.columns, self.empty_rows) = (false, 0, 0, 0);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    const fn area(&self) -> u64 {
        self.rows.saturating_mul(self.columns)
    }

    fn within_limit(&self) -> Result<(), Trouble> {
        if self.rows > MAX_ROWS || self.taken.saturating_add(self.area()) > self.limit {
            return Err(Trouble::TooManyCells);
        }
        Ok(())
    }
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> Result<u64, Trouble> {
    match tag.try_get_attribute(name).map_err(|_| XML)? {
        Some(count) => count.value.parse().map_err(|_| XML),
        None => Ok(1),
    }
}

/// Whether `calamine` would take the cell for more than an empty one.
fn is_filled(tag: &BytesStart<'_>) -> Result<bool, Trouble> {
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| XML)?;
        let key = attribute.key.as_ref();
        if key.starts_with("office:") || key.starts_with("calcext:") || key == "table:formula" {
            return Ok(true);
        }
    }
    Ok(false)
}

fn trouble(error: OdsError) -> Trouble {
    use OdsError as E;
    Trouble::Damaged(match error {
        E::Password => return Trouble::Password,
        E::CellLimitExceeded { .. } => return Trouble::TooManyCells,
        E::Io(_) | E::Zip(_) => Damage::Part,
        E::Xml(_) | E::XmlAttr(_) | E::AttrError(_) | E::Eof(_) | E::Mismatch { .. } => Damage::Xml,
        E::InvalidMime(_) => Damage::NoWorkbook,
        E::FileNotFound(_) | E::WorksheetNotFound(_) => Damage::MissingPart,
        E::EncodingError(_) => Damage::Encoding,
        _ => Damage::Cell,
    })
}
