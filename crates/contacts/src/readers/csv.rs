//! Separated values, as spreadsheets write them (RFC 4180, any delimiter, LF, CR or CRLF).
//!
//! Written here and not left to the `csv` crate because that one takes stray and unclosed quotes
//! without a word, which would lose rows, and counts no line that ends in CR alone. A test holds
//! both to the same answer on sound files.

use memchr::{memchr, memchr2, memchr3};

use crate::readers::{Fault, ROWS_A_LOOK, seeming_cells};
use crate::sheet::Sheet;
use crate::{
    Delimiter, FileError, MAX_COLUMNS, MAX_FIELD_CHARS, MAX_LINE_BYTES, Progress, Step, Watch,
};

/// Reads all rows of a text. A line with nothing on it is a row without cells.
///
/// # Errors
/// [`FileError::TooMuchText`]; [`FileError::Cancelled`] when the watch ends it.
pub(crate) fn read(
    text: &str,
    delimiter: Delimiter,
    watch: &dyn Watch,
) -> Result<Sheet, FileError> {
    let mut reader = Reader::new(text, delimiter, Sheet::with_capacity(text.len()));
    while reader.row()? {
        if reader.sheet.len().is_multiple_of(ROWS_A_LOOK) {
            let progress = Progress {
                step: Step::Reading,
                done: reader.at as u64,
                all: text.len() as u64,
            };
            if watch.progress(progress).is_break() {
                return Err(FileError::Cancelled);
            }
        }
    }
    Ok(reader.sheet)
}

/// Reads the first rows of a text that have anything in them.
pub(crate) fn sample(text: &str, delimiter: Delimiter, rows: usize) -> Sheet {
    let mut reader = Reader::new(text, delimiter, Sheet::default());
    let mut blank = 0;
    while reader.sheet.len() - blank < rows && matches!(reader.row(), Ok(true)) {
        blank += usize::from(reader.sheet.is_blank(reader.sheet.len() - 1));
    }
    reader.sheet
}

/// A quoted cell that turns out wrong after its first line is taken back: the row it opens in is
/// unreadable, and reading goes on at the next line, so that no row is swallowed. Each byte is
/// read three times at most: inside a wrong quote all runs of quotes are even but the last, and
/// even runs open nothing that stays open.
struct Reader<'a> {
    text: &'a str,
    delimiter: u8,
    at: usize,
    line: u32,
    sheet: Sheet,
    /// The quoted cell being read; kept to be used again.
    quoted: String,
}

/// A row cannot be read, or the file cannot.
enum Trouble {
    Row(Fault),
    File(FileError),
}

impl From<FileError> for Trouble {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl Delimiter {
    pub(crate) const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe];

    pub(crate) const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }
}

impl<'a> Reader<'a> {
    const fn new(text: &'a str, delimiter: Delimiter, sheet: Sheet) -> Self {
        Self {
            text,
            delimiter: delimiter.byte(),
            at: 0,
            line: 1,
            sheet,
            quoted: String::new(),
        }
    }

    /// Reads one row; `false` at the end of the text.
    fn row(&mut self) -> Result<bool, FileError> {
        if self.peek().is_none() {
            return Ok(false);
        }
        let (start, line) = (self.at, self.line);
        if self.end_line() {
            self.sheet.end_row(line);
            return Ok(true);
        }
        match self.cells() {
            Ok(()) => self.sheet.end_row(line),
            Err(Trouble::File(error)) => return Err(error),
            Err(Trouble::Row(fault)) => {
                self.sheet.drop_row();
                for cell in seeming_cells(&self.text[start..self.at], self.delimiter) {
                    self.sheet.push(cell, false)?;
                }
                self.sheet.end_bad_row(line, fault);
            }
        }
        Ok(true)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Steps over one line end, if there is one here.
    fn end_line(&mut self) -> bool {
        let width = line_end(self.text.as_bytes(), self.at);
        self.at += width;
        self.line += u32::from(width > 0);
        width > 0
    }

    fn skip_line(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
        self.end_line();
    }

    fn cells(&mut self) -> Result<(), Trouble> {
        let start = self.at;
        loop {
            if self.peek() == Some(b'"') {
                self.quoted()?;
            } else {
                self.bare()?;
            }
            if self.at - start > MAX_LINE_BYTES {
                return Err(self.fail(Fault::LineTooLong));
            }
            if self.sheet.width_so_far() > MAX_COLUMNS {
                return Err(self.fail(Fault::TooManyColumns));
            }
            if self.peek() == Some(self.delimiter) {
                self.at += 1;
            } else {
                self.end_line();
                return Ok(());
            }
        }
    }

    fn fail(&mut self, fault: Fault) -> Trouble {
        self.skip_line();
        Trouble::Row(fault)
    }

    fn bare(&mut self) -> Result<(), Trouble> {
        let rest = &self.text.as_bytes()[self.at..];
        let length = memchr3(self.delimiter, b'\r', b'\n', rest).unwrap_or(rest.len());
        let cell = &self.text[self.at..self.at + length];
        self.at += length;
        if length > MAX_LINE_BYTES {
            return Err(self.fail(Fault::LineTooLong));
        }
        if length > MAX_FIELD_CHARS && cell.chars().count() > MAX_FIELD_CHARS {
            return Err(self.fail(Fault::FieldTooLong));
        }
        Ok(self.sheet.push(cell, false)?)
    }

    fn quoted(&mut self) -> Result<(), Trouble> {
        if self.quoted_at_once()? {
            return Ok(());
        }
        let opened = self.line;
        let mut second_line = None;
        let mut chars = 0;
        self.quoted.clear();
        self.at += 1;
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let stop = memchr3(b'"', b'\r', b'\n', rest);
            let piece = &self.text[self.at..self.at + stop.unwrap_or(rest.len())];
            chars += piece.chars().count();
            if stop.is_none() || chars > MAX_FIELD_CHARS {
                return Err(self.take_back(opened, second_line, stop.is_some()));
            }
            self.quoted.push_str(piece);
            self.at += piece.len();
            if self.peek() != Some(b'"') {
                let from = self.at;
                self.end_line();
                self.quoted.push_str(&self.text[from..self.at]);
                chars += self.at - from;
                second_line.get_or_insert(self.at);
                continue;
            }
            self.at += 1;
            if self.peek() == Some(b'"') {
                self.at += 1;
                chars += 1;
                self.quoted.push('"');
                continue;
            }
            while self.peek() == Some(b' ') {
                self.at += 1;
            }
            if self.at_end_of_cell() {
                return Ok(self.sheet.push(&self.quoted, false)?);
            }
            if second_line.is_none() {
                return Err(self.fail(Fault::StrayQuote { line: opened }));
            }
            return Err(self.take_back(opened, second_line, false));
        }
    }

    /// The quoted cells that nearly all are: short, on one line, with no quote inside.
    fn quoted_at_once(&mut self) -> Result<bool, FileError> {
        let inside = &self.text[self.at + 1..];
        let Some(length) = memchr(b'"', inside.as_bytes()).filter(|&at| at <= MAX_FIELD_CHARS)
        else {
            return Ok(false);
        };
        let cell = &inside[..length];
        let before = self.at;
        self.at += length + 2;
        if self.at_end_of_cell() && memchr2(b'\r', b'\n', cell.as_bytes()).is_none() {
            self.sheet.push(cell, false)?;
            return Ok(true);
        }
        self.at = before;
        Ok(false)
    }

    fn at_end_of_cell(&self) -> bool {
        self.peek()
            .is_none_or(|b| matches!(b, b'\r' | b'\n') || b == self.delimiter)
    }

    /// Goes back to the line after the one on which a wrong quote opened.
    fn take_back(&mut self, opened: u32, second_line: Option<usize>, long: bool) -> Trouble {
        match second_line {
            Some(at) => {
                self.at = at;
                self.line = opened + 1;
                Trouble::Row(Fault::UnclosedQuote { line: opened })
            }
            None if long => self.fail(Fault::FieldTooLong),
            None => self.fail(Fault::UnclosedQuote { line: opened }),
        }
    }
}

/// The width of the line end at a place: 2 for CRLF, 1 for CR or LF, else 0.
pub(crate) fn line_end(bytes: &[u8], at: usize) -> usize {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => 2,
        (Some(b'\r' | b'\n'), _) => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Unwatched;

    /// The line, the fault and the cells of each row.
    type Found = (u32, Option<Fault>, Vec<String>);

    fn rows(text: &str) -> Vec<Found> {
        let sheet = read(text, Delimiter::Comma, &Unwatched).unwrap();
        let cells = |row| sheet.cells(row).map(|cell| cell.text.to_owned()).collect();
        (0..sheet.len())
            .map(|row| (sheet.line(row), sheet.fault(row), cells(row)))
            .collect()
    }

    fn sound(line: u32, cells: &[&str]) -> Found {
        (
            line,
            None,
            cells.iter().map(|cell| (*cell).to_owned()).collect(),
        )
    }

    fn unreadable(line: u32, fault: Fault, cells: &[&str]) -> Found {
        let (line, _, cells) = sound(line, cells);
        (line, Some(fault), cells)
    }

    #[test]
    fn lines_are_counted_with_every_line_end_and_in_quotes() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "\"x", "y\",\"p \"\"q\"\"\" ", "", "c,", ""].join(end);
            let inside = format!("x{end}y");
            assert_eq!(
                rows(&text),
                [
                    sound(1, &["a", "b"]),
                    sound(2, &[&inside, "p \"q\""]),
                    sound(4, &[]),
                    sound(5, &["c", ""]),
                ]
            );
        }
    }

    #[test]
    fn an_unclosed_quote_costs_only_its_own_line() {
        assert_eq!(
            rows("a\n\"b,1\nc,2\nd,3"),
            [
                sound(1, &["a"]),
                unreadable(2, Fault::UnclosedQuote { line: 2 }, &["\"b", "1"]),
                sound(3, &["c", "2"]),
                sound(4, &["d", "3"]),
            ]
        );
        assert_eq!(
            rows("\"b,1\n\"c\",2\nd,3\n"),
            [
                unreadable(1, Fault::UnclosedQuote { line: 1 }, &["\"b", "1"]),
                sound(2, &["c", "2"]),
                sound(3, &["d", "3"]),
            ]
        );
    }

    #[test]
    fn a_stray_quote_costs_only_its_own_line() {
        assert_eq!(
            rows("\"Ana \"Nita\" Silva\",1\nb\"c,2"),
            [
                unreadable(
                    1,
                    Fault::StrayQuote { line: 1 },
                    &["\"Ana \"Nita\" Silva\"", "1"]
                ),
                sound(2, &["b\"c", "2"]),
            ]
        );
    }

    #[test]
    fn what_is_too_long_is_one_unreadable_row() {
        let long = "x".repeat(MAX_FIELD_CHARS + 1);
        let kept = &long[1..];
        assert_eq!(
            rows(&format!("{long},1\nb,2")),
            [
                unreadable(1, Fault::FieldTooLong, &[kept, "1"]),
                sound(2, &["b", "2"])
            ]
        );
        let quoted = rows(&format!("\"{long}\",1\nb,2"));
        assert_eq!(quoted[1], sound(2, &["b", "2"]));
        assert_eq!(quoted[0].1, Some(Fault::FieldTooLong));
        let wide = rows(&",".repeat(MAX_COLUMNS));
        assert_eq!(wide[0].1, Some(Fault::TooManyColumns));
        assert_eq!(wide[0].2.len(), MAX_COLUMNS);
        let line = rows(&"x".repeat(MAX_LINE_BYTES + 1));
        assert_eq!(line[0].1, Some(Fault::LineTooLong));
        assert_eq!(line[0].2[0].len(), MAX_FIELD_CHARS);
    }

    #[test]
    fn hostile_quotes_take_linear_time() {
        for text in [
            "\"a\n".repeat(200_000),
            ",\"\"\"\n".repeat(200_000),
            "\"".repeat(1 << 20),
        ] {
            let started = std::time::Instant::now();
            assert!(!rows(&text).is_empty());
            assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
        }
    }

    proptest! {
        #[test]
        fn sound_files_are_read_as_the_csv_crate_reads_them(
            table in proptest::collection::vec(
                proptest::collection::vec("[a-z,\"\r\n é]{0,6}", 2..4), 1..6)
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let read = rows(&text);
            prop_assert!(read.iter().all(|row| row.1.is_none()));
            let read: Vec<_> = read.into_iter().map(|row| row.2).collect();
            prop_assert_eq!(read, table);
        }

        #[test]
        fn line_numbers_grow_and_stay_in_the_file(text in "[a,\"\r\n]{0,40}") {
            let lines = text.replace("\r\n", "\n").split(['\r', '\n']).count();
            let rows = rows(&text);
            prop_assert!(rows.is_sorted_by(|a, b| a.0 < b.0));
            prop_assert!(rows.iter().all(|row| row.0 as usize <= lines));
        }
    }
}
