//! From the bytes of a file to tables of rows: which format, which encoding, which columns.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::columns::{self, Layout};
use crate::confined::{self, ReaderProgram};
use crate::readers::csv::{self, line_end};
use crate::readers::encoding::{self, Decoded};
use crate::readers::format::{self, Family};
use crate::readers::workbook::{LeftOut, WhyLeftOut, Workbook};
use crate::readers::{json, text, vcard};
use crate::{Delimiter, FileError, Format, Limits, Region, Watch};

mod table;

pub(crate) use table::About;
pub use table::{Preview, Table};

/// How a file is to be read; `None` is as it seems to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Reading {
    /// One of [`crate::encodings`].
    pub encoding: Option<String>,
    /// What separates its cells.
    pub delimiter: Option<Delimiter>,
    /// Whether its first row has the column names.
    pub header: Option<bool>,
}

/// A file that was read: its tables, and what is to be said of it.
#[derive(Debug)]
pub struct FileRead {
    /// One table, or one for each sheet.
    pub tables: Vec<Table>,
    /// What was left out, in words.
    pub notes: Vec<String>,
}

/// Reads files of every format, within limits.
pub struct Reader<'a> {
    /// The program that reads spreadsheets.
    pub program: &'a ReaderProgram,
    /// How much of a file is taken.
    pub limits: Limits,
    /// The country of phones without one.
    pub region: Region,
    /// Hears of progress.
    pub watch: &'a dyn Watch,
}

/// The encodings to choose from where the one found is wrong, likeliest first.
#[must_use]
pub fn encodings() -> &'static [&'static str] {
    &encoding::ENCODINGS
}

impl Reader<'_> {
    /// Reads a file, given by the name to show and its bytes.
    ///
    /// # Errors
    /// [`FileError`] when the file as a whole cannot be used.
    pub fn file(&self, name: &str, bytes: &[u8], reading: &Reading) -> Result<FileRead, FileError> {
        if format::family(bytes)? == Family::Workbook {
            let workbook = confined::read(self.program, bytes, &self.limits, self.watch)?;
            return self.workbook(name, workbook, reading.header);
        }
        self.limits.allow_text(bytes.len())?;
        let wanted = reading.encoding.as_deref();
        let Decoded { text, encoding } = encoding::decode(bytes, wanted, self.region)?;
        let about = About {
            name,
            sheet: None,
            format: Format::Csv,
            encoding: Some(encoding),
            header: reading.header,
        };
        let table = self.text(about, &text, reading.delimiter)?;
        Ok(FileRead {
            tables: vec![table],
            notes: Vec::new(),
        })
    }

    /// Reads cells that were copied from a spreadsheet; `None` when the text is no such thing.
    ///
    /// # Errors
    /// [`FileError`] when the text as a whole cannot be used.
    pub fn cells(&self, text: &str) -> Result<Option<Table>, FileError> {
        self.limits.allow_text(text.len())?;
        if columns::layout(text, "", None) != Layout::Table(Delimiter::Tab) {
            return Ok(None);
        }
        let about = About {
            name: "Pasted cells",
            sheet: None,
            format: Format::Pasted,
            encoding: None,
            header: None,
        };
        let sheet = csv::read(text, Delimiter::Tab, self.watch)?;
        Ok(Some(Table::new(
            about,
            Some(Delimiter::Tab),
            sheet,
            self.region,
        )))
    }

    fn text(
        &self,
        mut about: About<'_>,
        text: &str,
        wanted: Option<Delimiter>,
    ) -> Result<Table, FileError> {
        let (declared, body) = declared_delimiter(text);
        let (sheet, delimiter) = match kind(about.name, text) {
            Format::VCard => {
                about.format = Format::VCard;
                about.header = Some(true);
                (vcard::read(text, self.watch)?, None)
            }
            Format::Json => {
                about.format = Format::Json;
                about.header = Some(true);
                (json::read(text, self.watch)?, None)
            }
            _ => match columns::layout(body, about.name, wanted.or(declared)) {
                Layout::Table(delimiter) => {
                    (csv::read(body, delimiter, self.watch)?, Some(delimiter))
                }
                Layout::Text => {
                    about.format = Format::Text;
                    (text::read(body, self.watch)?, None)
                }
            },
        };
        Ok(Table::new(about, delimiter, sheet, self.region))
    }

    /// One table for each sheet with contacts in it; if none has any, the first that has rows.
    pub(crate) fn workbook(
        &self,
        name: &str,
        workbook: Workbook,
        header: Option<bool>,
    ) -> Result<FileRead, FileError> {
        let mut notes: Vec<String> = workbook.left_out.iter().map(left_out).collect();
        let several = workbook.sheets.len() > 1;
        let tables = workbook.sheets.into_iter().map(|named| {
            let about = About {
                name,
                sheet: several.then_some(named.name),
                format: Format::Workbook,
                encoding: None,
                header,
            };
            Table::new(about, None, named.sheet, self.region)
        });
        let tables: Vec<Table> = tables.filter(|table| !table.people().is_empty()).collect();
        let (mut with, without): (Vec<_>, Vec<_>) =
            tables.into_iter().partition(Table::has_contacts);
        let mut without = without.into_iter();
        if with.is_empty() {
            with.push(without.next().ok_or(FileError::Empty)?);
        }
        notes.extend(without.map(|table| {
            let sheet = table.source().sheet.as_deref().unwrap_or_default();
            format!("The sheet “{sheet}” has no contacts and was left out.")
        }));
        Ok(FileRead {
            tables: with,
            notes,
        })
    }
}

fn left_out(LeftOut { name, why }: &LeftOut) -> String {
    match why {
        WhyLeftOut::Hidden | WhyLeftOut::VeryHidden => format!(
            "The sheet “{name}” is hidden and was left out. To use it, show it and add the file again."
        ),
        WhyLeftOut::Chart | WhyLeftOut::NoTable => {
            format!("The sheet “{name}” has no cells and was left out.")
        }
    }
}

/// Cards, JSON, or something with lines, by how the text begins and what the file is called.
fn kind(name: &str, text: &str) -> Format {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let begins = |word: &str| {
        start
            .get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let is_table = matches!(ending.as_deref(), Some("csv" | "tsv" | "tab" | "txt"));
    if begins("BEGIN:VCARD") || matches!(ending.as_deref(), Some("vcf" | "vcard")) {
        Format::VCard
    } else if matches!(ending.as_deref(), Some("json" | "jsonl" | "ndjson"))
        || (!is_table && start.starts_with(['[', '{']))
    {
        Format::Json
    } else {
        Format::Csv
    }
}

/// `sep=;` on the first line, which is how a file tells Excel its delimiter.
fn declared_delimiter(text: &str) -> (Option<Delimiter>, &str) {
    let declared = text.as_bytes().first_chunk::<5>();
    let mark = declared
        .filter(|start| start[..4].eq_ignore_ascii_case(b"sep="))
        .map(|start| start[4]);
    let delimiter = Delimiter::ALL
        .into_iter()
        .find(|delimiter| Some(delimiter.byte()) == mark);
    match (delimiter, line_end(text.as_bytes(), 5)) {
        // The line end stays, as a blank first line, so that lines are counted right.
        (Some(delimiter), width) if width > 0 => (Some(delimiter), &text[5..]),
        _ => (None, text),
    }
}
