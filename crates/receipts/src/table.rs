//! Receipts as a table: one row for each person asked, as XLSX and as CSV.
//!
//! Every cell is text: a phone number keeps its `+`, an id its zeros, and nothing is computed.

use std::io::Write;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::{Instant, Receipt};

/// As many rows as a sheet can hold below its heading.
pub const MAX_SHEET_ROWS: usize = 1_048_575;
/// As many characters as a cell can hold.
const MAX_CELL: usize = 32_767;

/// The headings, in the order of the columns.
const HEADINGS: [&str; COLUMNS] = [
    "Request",
    "Humanos id",
    "Name",
    "Own id",
    "Contact",
    "Subject",
    "Security level",
    "State",
    "Interim",
    "Practice",
    "Planned at (UTC)",
    "First sent at (UTC)",
    "Accepted at (UTC)",
    "Attempts",
    "Last HTTP status",
    "Body SHA-256",
    "Receipt file",
];
const COLUMNS: usize = 17;

/// A person asked, as a row of texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row([String; COLUMNS]);

/// How cells are written in CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Csv {
    /// For a spreadsheet program: a cell that one could take for a formula begins with an apostrophe,
    /// and the file with a byte order mark, so that it is read as UTF-8.
    Safe,
    /// For programs: RFC 4180, every text as it is.
    Exact,
}

/// Why no table was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// More rows than a sheet holds.
    #[error("{rows} rows are more than a sheet holds: write CSV, or fewer requests at a time")]
    TooLong {
        /// How many there are.
        rows: usize,
    },
    /// The sheet cannot be made.
    #[error("the sheet cannot be made")]
    Sheet(#[from] XlsxError),
    /// The file cannot be written.
    #[error("the table cannot be written")]
    Csv(#[from] csv::Error),
}

/// The rows of a receipt, which is kept in `file`.
#[must_use]
pub fn rows(receipt: &Receipt, file: &str) -> Vec<Row> {
    let request = &receipt.request;
    let utc = |instant: Option<&Instant>| instant.map(|i| i.utc.clone()).unwrap_or_default();
    let accepted = receipt
        .attempts
        .iter()
        .find(|a| a.result == ledger::AttemptResult::Accepted);
    let status = receipt
        .attempts
        .iter()
        .rev()
        .find_map(|a| a.reply.as_ref())
        .map(|r| r.status);
    let yes = |truth: bool| if truth { "yes" } else { "no" }.to_owned();
    let row = |(at, contact): (usize, &crate::Text)| {
        let subject = receipt.subjects.get(at).filter(|_| {
            // The reply may name people in another number; then nobody is matched by place.
            receipt.subjects.len() == request.people.len()
        });
        Row([
            request.id.clone(),
            request.humanos_id.clone(),
            request.name.shown().to_owned(),
            request.internal_id.clone(),
            contact.shown().to_owned(),
            subject
                .filter(|s| s.contact.plain() == contact.plain())
                .map(|s| s.id.clone())
                .unwrap_or_default(),
            request.security_level.clone(),
            request.state.to_string(),
            yes(receipt.interim),
            yes(receipt.practice),
            utc(Some(&request.planned_at)),
            utc(receipt.attempts.first().map(|a| &a.started_at)),
            utc(accepted.and_then(|a| a.ended_at.as_ref())),
            receipt.attempts.len().to_string(),
            status.map(|status| status.to_string()).unwrap_or_default(),
            receipt.sent.body_sha256.clone(),
            file.to_owned(),
        ])
    };
    request.people.iter().enumerate().map(row).collect()
}

/// The rows as a workbook of one sheet. The same rows and time give the same bytes.
///
/// # Errors
/// [`TableError`] when there are more than [`MAX_SHEET_ROWS`].
pub fn xlsx(rows: &[Row], made_at: &Instant) -> Result<Vec<u8>, TableError> {
    if rows.len() > MAX_SHEET_ROWS {
        return Err(TableError::TooLong { rows: rows.len() });
    }
    let mut sheet = Worksheet::new();
    sheet.set_name("Requests")?;
    let bold = Format::new().set_bold();
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_string_with_format(0, column, heading, &bold)?;
        sheet.set_column_width(column, 22)?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, text) in (0..).zip(&row.0).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(line, column, cell(text))?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let mut book = Workbook::new();
    let made = ExcelDateTime::parse_from_str(made_at.utc.get(..19).unwrap_or_default())?;
    let properties = DocProperties::new()
        .set_author("Countersign")
        .set_creation_datetime(&made);
    book.set_properties(&properties);
    book.push_worksheet(sheet);
    Ok(book.save_to_buffer()?)
}

/// Writes the rows as CSV with a heading. Lines end with CR LF.
///
/// # Errors
/// [`TableError`] when they cannot be written.
pub fn csv<W: Write>(rows: &[Row], way: Csv, mut to: W) -> Result<(), TableError> {
    if way == Csv::Safe {
        to.write_all("\u{feff}".as_bytes())
            .map_err(csv::Error::from)?;
    }
    let mut writer = csv::WriterBuilder::new();
    let mut writer = writer.terminator(csv::Terminator::CRLF).from_writer(to);
    writer.write_record(HEADINGS)?;
    for row in rows {
        match way {
            Csv::Exact => writer.write_record(&row.0)?,
            Csv::Safe => writer.write_record(row.0.iter().map(|text| safe(text)))?,
        }
    }
    writer.flush().map_err(csv::Error::from)?;
    Ok(())
}

/// The text as no spreadsheet program computes it: OWASP's rule, blanks before the sign included.
fn safe(text: &str) -> String {
    let begins = |c: char| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n'
        )
    };
    let first = text.chars().next();
    let sign = text.chars().find(|c| !blank(*c));
    if first.is_some_and(begins) || sign.is_some_and(begins) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// What a spreadsheet program may drop before it looks at a cell.
fn blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// As much of a text as a cell holds. The sheet counts UTF-16 units.
fn cell(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > MAX_CELL
    });
    end.map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(contact: &str) -> Row {
        let mut cells: [String; COLUMNS] = Default::default();
        cells[0] = "00042".to_owned();
        cells[4] = contact.to_owned();
        Row(cells)
    }

    fn written(contact: &str, way: Csv) -> String {
        let mut out = Vec::new();
        csv(&[row(contact)], way, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn no_cell_is_a_formula_where_it_is_opened() {
        for dangerous in [
            "=1+1",
            "+351912345678",
            "-2",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\u{a0}=1",
            "\u{3000}=1",
            "\u{feff}=1",
            "\u{200b}@x",
            "＝1",
            " ＋1",
            "－1",
            "＠x",
            "\tx",
            "\u{0}=1",
        ] {
            let safe = written(dangerous, Csv::Safe);
            let rest = safe.strip_prefix('\u{feff}').unwrap();
            let mut reader = csv::Reader::from_reader(rest.as_bytes());
            let record = reader.records().next().unwrap().unwrap();
            assert_eq!(record[4], format!("'{dangerous}"));
            let exact = written(dangerous, Csv::Exact);
            let mut reader = csv::Reader::from_reader(exact.as_bytes());
            assert_eq!(reader.records().next().unwrap().unwrap()[4], *dangerous);
        }
        for harmless in ["ana@example.com", "a=1", "1-2", "", "'", "Ünal"] {
            assert_eq!(safe(harmless), harmless);
        }
    }

    #[test]
    fn a_workbook_keeps_texts_and_is_the_same_again() {
        let made = Instant::new(1_767_225_600_000, 60);
        let long = "é".repeat(40_000);
        let rows = [row("+351912345678"), row("=1+1"), row(&long)];
        let book = xlsx(&rows, &made).unwrap();
        assert_eq!(book, xlsx(&rows, &made).unwrap());
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&book)).unwrap();
        let mut text = |name: &str| {
            let mut text = String::new();
            let mut file = zip.by_name(name).unwrap();
            std::io::Read::read_to_string(&mut file, &mut text).unwrap();
            text
        };
        let strings = text("xl/sharedStrings.xml");
        assert!(strings.contains("+351912345678") && strings.contains("=1+1"));
        assert!(!text("xl/worksheets/sheet1.xml").contains("<f>"));
        assert!(text("docProps/core.xml").contains("2026-01-01T00:00:00Z"));
    }
}
