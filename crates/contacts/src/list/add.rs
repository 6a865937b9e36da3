//! Adding: all of a file or text, or nothing when it is refused as a whole.

use crate::columns::{self, Layout, is_blank};
use crate::readers::csv::{Rows, line_end};
use crate::readers::encoding::{self, Decoded};
use crate::readers::{Fault, RawRow, format, text};
use crate::view::count;
use crate::{ContactList, Delimiter, FileError, Imported, MAX_BYTES, MAX_ROWS, RowState, Source};

/// Rows to add, found but not judged.
#[derive(Default)]
struct Found {
    rows: Vec<(u32, String, Option<Fault>)>,
    blank: u32,
}

impl ContactList {
    /// Adds the rows of a file, given by the name to show and its bytes.
    ///
    /// # Errors
    /// [`FileError`] when the file as a whole cannot be used; the list is then as before.
    pub fn import(&mut self, source_name: &str, bytes: &[u8]) -> Result<Imported, FileError> {
        format::refuse_others(bytes)?;
        let Decoded { text, encoding } = encoding::decode(bytes, self.region)?;
        let (declared, body) = declared_delimiter(&text);
        let skipped = u32::from(declared.is_some());
        let room = MAX_ROWS - self.rows.len().min(MAX_ROWS);
        let layout = columns::layout(body, source_name, self.region, declared);
        let mut source = Source {
            name: source_name
                .chars()
                .filter(|c| !c.is_control())
                .take(255)
                .collect(),
            rows: 0,
            blank: 0,
            encoding: Some(encoding),
            delimiter: None,
            header: false,
            column: None,
        };
        let found = match layout {
            Layout::Text { header } => {
                source.header = header;
                Found::of(text::rows(body), &[0], header, skipped, room)?
            }
            Layout::Table(table) => {
                source.delimiter = Some(table.delimiter);
                source.header = table.header;
                source.column = Some(table.name);
                let rows = Rows::new(body, table.delimiter);
                Found::of(rows, &table.columns, table.header, skipped, room)?
            }
        };
        source.blank = found.blank;
        self.has_ids_for(found.rows.len())?;
        self.sources.push(source);
        Ok(self.take_in(count(self.sources.len() - 1), found))
    }

    /// Adds typed or pasted contacts, which stand between line ends, commas, semicolons or tabs.
    ///
    /// # Errors
    /// [`FileError`] when the text is empty, or too much; the list is then as before.
    pub fn add_text(&mut self, text: &str) -> Result<Imported, FileError> {
        if text.len() > MAX_BYTES {
            return Err(FileError::TooLarge {
                mebibytes: count(text.len().div_ceil(1024 * 1024)),
            });
        }
        let room = MAX_ROWS - self.rows.len().min(MAX_ROWS);
        let mut found = Found::of(text::rows(text), &[0], false, 0, room)?;
        if found.rows.is_empty() {
            return Err(FileError::Empty);
        }
        found.rows.iter_mut().for_each(|(line, ..)| *line = 0);
        self.has_ids_for(found.rows.len())?;
        let source = self.by_hand();
        Ok(self.take_in(source, found))
    }

    fn has_ids_for(&self, rows: usize) -> Result<(), FileError> {
        let after = u32::try_from(rows)
            .ok()
            .and_then(|rows| self.next_id.checked_add(rows));
        after.map(|_| ()).ok_or(FileError::TooManyRows)
    }

    fn take_in(&mut self, source: u32, found: Found) -> Imported {
        let before = self.rows.len();
        self.rows.reserve(found.rows.len());
        for (line, text, fault) in found.rows {
            self.push(source, line, &text, fault);
        }
        let added = &self.rows[before..];
        let of = |state| count(added.iter().filter(|row| row.state() == state).count());
        Imported {
            source,
            rows: count(added.len()),
            ready: of(RowState::Ready),
            warnings: of(RowState::Warning),
            errors: of(RowState::Error),
            blank: found.blank,
        }
    }
}

impl Found {
    /// Takes the contact of each row. Lines are numbered from after the `skipped` ones.
    fn of(
        rows: impl Iterator<Item = RawRow>,
        columns: &[usize],
        header: bool,
        skipped: u32,
        room: usize,
    ) -> Result<Self, FileError> {
        let mut found = Self::default();
        let mut header = header;
        for RawRow { line, cells } in rows {
            let line = line.saturating_add(skipped);
            let row = match cells {
                Ok(cells) if cells.iter().all(|cell| is_blank(cell)) => {
                    found.blank += 1;
                    continue;
                }
                Ok(_) if header => {
                    header = false;
                    continue;
                }
                Ok(cells) => (line, columns::pick(cells, columns), None),
                Err(unreadable) => (line, unreadable.excerpt, Some(unreadable.fault)),
            };
            if found.rows.len() == room {
                return Err(FileError::TooManyRows);
            }
            found.rows.push(row);
        }
        Ok(found)
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
        (Some(delimiter), width) if width > 0 => (Some(delimiter), &text[5 + width..]),
        _ => (None, text),
    }
}
