//! Separated values, as spreadsheets write them (RFC 4180, any delimiter, LF, CR or CRLF).
//!
//! Written here and not left to the `csv` crate because that one takes stray and unclosed quotes
//! without a word, which would lose rows, and counts no line that ends in CR alone. A test holds
//! both to the same answer on sound files.

use crate::readers::{Fault, RawRow, Unreadable, excerpt};
use crate::{Delimiter, MAX_COLUMNS, MAX_FIELD_CHARS, MAX_LINE_BYTES};

/// The rows of a text. A line with nothing on it is a row without cells.
///
/// A quoted cell that turns out wrong after its first line is taken back: the row it opens in is
/// unreadable, and reading goes on at the next line, so that no row is swallowed. Each byte is
/// read three times at most: inside a wrong quote all runs of quotes are even but the last, and
/// even runs open nothing that stays open.
pub(crate) struct Rows<'a> {
    text: &'a str,
    delimiter: u8,
    at: usize,
    line: u32,
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

impl<'a> Rows<'a> {
    pub(crate) const fn new(text: &'a str, delimiter: Delimiter) -> Self {
        Self {
            text,
            delimiter: delimiter.byte(),
            at: 0,
            line: 1,
        }
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
        self.at += rest
            .iter()
            .position(|b| matches!(b, b'\r' | b'\n'))
            .unwrap_or(rest.len());
        self.end_line();
    }

    fn cells(&mut self) -> Result<Vec<String>, Fault> {
        let start = self.at;
        let mut cells = Vec::new();
        loop {
            let cell = if self.peek() == Some(b'"') {
                self.quoted()?
            } else {
                self.bare()?.to_owned()
            };
            if self.at - start > MAX_LINE_BYTES {
                return Err(self.fail(Fault::LineTooLong));
            }
            if cells.len() == MAX_COLUMNS {
                return Err(self.fail(Fault::TooManyColumns));
            }
            cells.push(cell);
            if self.peek() == Some(self.delimiter) {
                self.at += 1;
            } else {
                self.end_line();
                return Ok(cells);
            }
        }
    }

    fn fail(&mut self, fault: Fault) -> Fault {
        self.skip_line();
        fault
    }

    fn bare(&mut self) -> Result<&'a str, Fault> {
        let rest = &self.text.as_bytes()[self.at..];
        let ends = |b: &u8| *b == self.delimiter || matches!(b, b'\r' | b'\n');
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        let cell = &self.text[self.at..self.at + length];
        self.at += length;
        if length > MAX_LINE_BYTES {
            return Err(self.fail(Fault::LineTooLong));
        }
        if length > MAX_FIELD_CHARS && cell.chars().count() > MAX_FIELD_CHARS {
            return Err(self.fail(Fault::FieldTooLong));
        }
        Ok(cell)
    }

    fn quoted(&mut self) -> Result<String, Fault> {
        let opened = self.line;
        let mut second_line = None;
        let mut cell = String::new();
        let mut chars = 0;
        self.at += 1;
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let stop = rest.iter().position(|b| matches!(b, b'"' | b'\r' | b'\n'));
            let piece = &self.text[self.at..self.at + stop.unwrap_or(rest.len())];
            chars += piece.chars().count();
            if stop.is_none() || chars > MAX_FIELD_CHARS {
                return Err(self.take_back(opened, second_line, stop.is_some()));
            }
            cell.push_str(piece);
            self.at += piece.len();
            if self.peek() != Some(b'"') {
                let from = self.at;
                self.end_line();
                cell.push_str(&self.text[from..self.at]);
                chars += self.at - from;
                second_line.get_or_insert(self.at);
                continue;
            }
            self.at += 1;
            if self.peek() == Some(b'"') {
                self.at += 1;
                chars += 1;
                cell.push('"');
                continue;
            }
            while self.peek() == Some(b' ') {
                self.at += 1;
            }
            return match self.peek() {
                None | Some(b'\r' | b'\n') => Ok(cell),
                Some(b) if b == self.delimiter => Ok(cell),
                Some(_) if second_line.is_none() => {
                    Err(self.fail(Fault::StrayQuote { line: opened }))
                }
                Some(_) => Err(self.take_back(opened, second_line, false)),
            };
        }
    }

    /// Goes back to the line after the one on which a wrong quote opened.
    fn take_back(&mut self, opened: u32, second_line: Option<usize>, long: bool) -> Fault {
        match second_line {
            Some(at) => {
                self.at = at;
                self.line = opened + 1;
                Fault::UnclosedQuote { line: opened }
            }
            None if long => self.fail(Fault::FieldTooLong),
            None => self.fail(Fault::UnclosedQuote { line: opened }),
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = RawRow;

    fn next(&mut self) -> Option<RawRow> {
        self.peek()?;
        let (start, line) = (self.at, self.line);
        if self.end_line() {
            return Some(RawRow {
                line,
                cells: Ok(Vec::new()),
            });
        }
        let cells = self.cells().map_err(|fault| Unreadable {
            fault,
            excerpt: excerpt(&self.text[start..]),
        });
        Some(RawRow { line, cells })
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

    fn rows(text: &str) -> Vec<RawRow> {
        Rows::new(text, Delimiter::Comma).collect()
    }

    fn sound(line: u32, cells: &[&str]) -> RawRow {
        RawRow {
            line,
            cells: Ok(cells.iter().map(|cell| (*cell).to_owned()).collect()),
        }
    }

    fn unreadable(line: u32, fault: Fault, excerpt: &str) -> RawRow {
        RawRow {
            line,
            cells: Err(Unreadable {
                fault,
                excerpt: excerpt.to_owned(),
            }),
        }
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
                unreadable(2, Fault::UnclosedQuote { line: 2 }, "\"b,1"),
                sound(3, &["c", "2"]),
                sound(4, &["d", "3"]),
            ]
        );
        assert_eq!(
            rows("\"b,1\n\"c\",2\nd,3\n"),
            [
                unreadable(1, Fault::UnclosedQuote { line: 1 }, "\"b,1"),
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
                unreadable(1, Fault::StrayQuote { line: 1 }, "\"Ana \"Nita\" Silva\",1"),
                sound(2, &["b\"c", "2"]),
            ]
        );
    }

    #[test]
    fn what_is_too_long_is_one_unreadable_row() {
        let long = "x".repeat(MAX_FIELD_CHARS + 1);
        let start = format!("{}…", "x".repeat(120));
        assert_eq!(
            rows(&format!("{long},1\nb,2")),
            [
                unreadable(1, Fault::FieldTooLong, &start),
                sound(2, &["b", "2"])
            ]
        );
        let quoted = rows(&format!("\"{long}\",1\nb,2"));
        assert_eq!(quoted[1], sound(2, &["b", "2"]));
        assert!(matches!(
            &quoted[0].cells,
            Err(Unreadable {
                fault: Fault::FieldTooLong,
                ..
            })
        ));
        let wide = ",".repeat(MAX_COLUMNS);
        assert!(matches!(
            &rows(&wide)[0].cells,
            Err(Unreadable {
                fault: Fault::TooManyColumns,
                ..
            })
        ));
        let line = "x".repeat(MAX_LINE_BYTES + 1);
        assert!(matches!(
            &rows(&line)[0].cells,
            Err(Unreadable {
                fault: Fault::LineTooLong,
                ..
            })
        ));
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
            let read: Vec<_> = rows(&text).into_iter().map(|row| row.cells.unwrap()).collect();
            prop_assert_eq!(read, table);
        }

        #[test]
        fn line_numbers_grow_and_stay_in_the_file(text in "[a,\"\r\n]{0,40}") {
            let lines = text.replace("\r\n", "\n").split(['\r', '\n']).count();
            let rows = rows(&text);
            prop_assert!(rows.is_sorted_by(|a, b| a.line < b.line));
            prop_assert!(rows.iter().all(|row| row.line as usize <= lines));
        }
    }
}
