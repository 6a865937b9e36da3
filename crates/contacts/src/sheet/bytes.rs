//! A sheet as bytes, to cross from the process that read it or to be stored: little-endian, text and
//! numbers in bulk. What is read back is checked in full, whoever wrote it. There is no checksum.
//!
//! Layout: [`MAGIC`]; the lengths of text, cells, rows and faults as `u32`; the text; where each cell
//! ends, as `u32`; first cell and line of each row; row, kind and line of each fault.

use std::io::{self, Read, Write};

use super::{NUMBER, Place, Sheet, narrow};
use crate::readers::Fault;

/// Names the layout and, in the last byte, its version.
const MAGIC: [u8; 8] = *b"CSsheet1";
/// How many numbers are converted at a time.
const CHUNK: usize = 16 * 1024;

/// How much a sheet that is read back may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Most {
    /// Bytes of text.
    pub(crate) text: u64,
    /// Cells, and rows.
    pub(crate) cells: u64,
}

/// These bytes are not a sheet, or more than the caller takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are not a sheet")]
pub(crate) struct NotASheet;

impl From<io::Error> for NotASheet {
    fn from(_: io::Error) -> Self {
        Self
    }
}

impl Sheet {
    /// Writes the finished rows.
    pub(crate) fn write_to(&self, out: &mut impl Write) -> io::Result<()> {
        let text = self.done.checked_sub(1).map_or(0, |last| self.end(last));
        out.write_all(&MAGIC)?;
        let lengths = [text, self.done, self.rows.len(), self.faults.len()];
        write_all(out, lengths.into_iter().map(|length| [narrow(length)]))?;
        out.write_all(&self.text.as_bytes()[..text])?;
        write_all(out, self.ends[..self.done].iter().map(|end| [*end]))?;
        write_all(out, self.rows.iter().map(|row| [row.first, row.line]))?;
        let faults = self.faults.iter();
        write_all(
            out,
            faults.map(|(row, fault)| {
                let (kind, line) = number(*fault);
                [*row, kind, line]
            }),
        )
    }

    /// Reads one sheet and nothing after it. Memory is taken as bytes come, never on the word of a
    /// length.
    pub(crate) fn read_from(input: &mut impl Read, most: Most) -> Result<Self, NotASheet> {
        let mut magic = [0; MAGIC.len()];
        input.read_exact(&mut magic)?;
        let mut lengths = [0; 4];
        read_all(input, 4, |at, [length]| lengths[at] = length)?;
        let [text, cells, rows, faults] = lengths;
        if magic != MAGIC
            || u64::from(text) > most.text
            || u64::from(cells.max(rows)) > most.cells
            || faults > rows
        {
            return Err(NotASheet);
        }
        let mut bytes = Vec::new();
        input.take(u64::from(text)).read_to_end(&mut bytes)?;
        let mut sheet = Self {
            text: String::from_utf8(bytes).map_err(|_| NotASheet)?,
            done: cells as usize,
            ..Self::default()
        };
        if sheet.text.len() != text as usize {
            return Err(NotASheet);
        }
        read_all(input, cells, |_, [end]| sheet.ends.push(end))?;
        read_all(input, rows, |_, [first, line]| {
            sheet.rows.push(Place { first, line });
        })?;
        let mut known = true;
        read_all(input, faults, |_, [row, kind, line]| {
            let later = sheet.faults.last_key_value();
            known &= row < rows && later.is_none_or(|(last, _)| *last < row);
            match fault(kind, line) {
                Some(fault) => drop(sheet.faults.insert(row, fault)),
                None => known = false,
            }
        })?;
        (known && sheet.holds_together())
            .then_some(sheet)
            .ok_or(NotASheet)
    }

    /// The finished rows as bytes.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.text.len() + 4 * self.done + 8 * self.rows.len());
        // Writing to memory cannot fail.
        let _ = self.write_to(&mut bytes);
        bytes
    }

    /// The sheet that these bytes are, all of them.
    pub(crate) fn from_bytes(mut bytes: &[u8]) -> Result<Self, NotASheet> {
        let all = bytes.len() as u64;
        let most = Most {
            text: all,
            cells: all,
        };
        let sheet = Self::read_from(&mut bytes, most)?;
        bytes.is_empty().then_some(sheet).ok_or(NotASheet)
    }

    fn end(&self, cell: usize) -> usize {
        (self.ends[cell] & !NUMBER) as usize
    }

    /// Whether cells tile the text and rows tile the cells.
    fn holds_together(&self) -> bool {
        let mut last = 0;
        for cell in 0..self.ends.len() {
            let end = self.end(cell);
            if end < last || !self.text.is_char_boundary(end) {
                return false;
            }
            last = end;
        }
        let firsts = || self.rows.iter().map(|row| row.first as usize);
        last == self.text.len()
            && firsts().is_sorted()
            && firsts().all(|first| first <= self.done)
            && firsts().next().map_or(self.done == 0, |first| first == 0)
    }
}

const fn number(fault: Fault) -> (u32, u32) {
    match fault {
        Fault::StrayQuote { line } => (1, line),
        Fault::UnclosedQuote { line } => (2, line),
        Fault::FieldTooLong => (3, 0),
        Fault::LineTooLong => (4, 0),
        Fault::TooManyColumns => (5, 0),
        Fault::DamagedCard => (6, 0),
        Fault::RepeatedKey => (7, 0),
    }
}

const fn fault(kind: u32, line: u32) -> Option<Fault> {
    match (kind, line) {
        (1, line) => Some(Fault::StrayQuote { line }),
        (2, line) => Some(Fault::UnclosedQuote { line }),
        (3, 0) => Some(Fault::FieldTooLong),
        (4, 0) => Some(Fault::LineTooLong),
        (5, 0) => Some(Fault::TooManyColumns),
        (6, 0) => Some(Fault::DamagedCard),
        (7, 0) => Some(Fault::RepeatedKey),
        _ => None,
    }
}

fn write_all<const N: usize>(
    out: &mut impl Write,
    items: impl Iterator<Item = [u32; N]>,
) -> io::Result<()> {
    let mut chunk = Vec::with_capacity(4 * CHUNK);
    for number in items.flatten() {
        chunk.extend(number.to_le_bytes());
        if chunk.len() >= 4 * CHUNK {
            out.write_all(&chunk)?;
            chunk.clear();
        }
    }
    out.write_all(&chunk)
}

fn read_all<const N: usize>(
    input: &mut impl Read,
    count: u32,
    mut take: impl FnMut(usize, [u32; N]),
) -> io::Result<()> {
    let (count, mut done) = (count as usize, 0);
    let mut chunk = vec![0; 4 * N * count.min(CHUNK)];
    while done < count {
        let now = CHUNK.min(count - done);
        let bytes = &mut chunk[..4 * N * now];
        input.read_exact(bytes)?;
        let (numbers, _) = bytes.as_chunks::<4>();
        for item in numbers.chunks_exact(N) {
            take(done, std::array::from_fn(|at| u32::from_le_bytes(item[at])));
            done += 1;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sample() -> Sheet {
        let mut sheet = Sheet::default();
        for (line, row) in [
            &["Inês", ""][..],
            &[],
            &["x", "912345678", "é"],
            &[],
            &["\"y"],
        ]
        .into_iter()
        .enumerate()
        {
            for cell in row {
                sheet.push(cell, cell.starts_with('9')).unwrap();
            }
            match line {
                3 => sheet.end_bad_row(3, Fault::TooManyColumns),
                4 => sheet.end_bad_row(9, Fault::UnclosedQuote { line: 9 }),
                _ => sheet.end_row(narrow(line)),
            }
        }
        sheet
    }

    #[test]
    fn a_sheet_comes_back_as_it_was() {
        for sheet in [sample(), Sheet::default()] {
            assert_eq!(Sheet::from_bytes(&sheet.to_bytes()), Ok(sheet));
        }
        let mut unfinished = sample();
        unfinished.push("not yet", false).unwrap();
        assert_eq!(Sheet::from_bytes(&unfinished.to_bytes()), Ok(sample()));
    }

    #[test]
    fn bytes_that_contradict_themselves_are_refused() {
        let sound = sample().to_bytes();
        // magic, lengths of text, cells, rows, faults, then the numbers at the end
        let faults = sound.len() - 24;
        let rows = faults - 40;
        let ends = rows - 24;
        for (at, value) in [
            (0, u32::from_le_bytes(*b"CSsh") + 1),
            (4, u32::from_le_bytes(*b"eet2")),
            (8, 99),
            (12, 5),
            (16, 4),
            (20, 1),
            (20, 6),
            (ends, 3),
            (ends + 4, 2),
            (ends + 20, 99),
            (rows, 1),
            (rows + 16, 1),
            (rows + 32, 7),
            (faults, 4),
            (faults, 5),
            (faults + 4, 8),
            (faults + 8, 1),
        ] {
            let mut bytes = sound.clone();
            let place = &mut bytes[at..at + 4];
            assert_ne!(place, value.to_le_bytes(), "{at}");
            place.copy_from_slice(&value.to_le_bytes());
            assert_eq!(Sheet::from_bytes(&bytes), Err(NotASheet), "{at} {value}");
        }
        for length in 0..sound.len() {
            assert_eq!(Sheet::from_bytes(&sound[..length]), Err(NotASheet));
        }
        assert_eq!(
            Sheet::from_bytes(&[&sound[..], b"x"].concat()),
            Err(NotASheet)
        );
    }

    #[test]
    fn more_than_the_caller_takes_is_refused_before_it_is_read() {
        let mut claims = MAGIC.to_vec();
        claims.extend([u32::MAX; 4].map(u32::to_le_bytes).concat());
        let most = Most { text: 10, cells: 5 };
        assert_eq!(Sheet::read_from(&mut &claims[..], most), Err(NotASheet));
        assert_eq!(Sheet::from_bytes(&claims), Err(NotASheet));
        let sound = sample().to_bytes();
        for (text, cells, taken) in [(100, 6, true), (100, 5, false), (17, 6, false)] {
            let read = Sheet::read_from(&mut &sound[..], Most { text, cells });
            assert_eq!(read.is_ok(), taken, "{text} {cells}");
        }
    }

    fn walk(sheet: &Sheet) -> usize {
        let rows = 0..sheet.len() + 1;
        rows.map(|row| {
            let cells = sheet.cells(row).map(|cell| cell.text.len()).sum::<usize>();
            cells + sheet.line(row) as usize % 2 + usize::from(sheet.fault(row).is_some())
        })
        .sum()
    }

    proptest! {
        #[test]
        fn every_sheet_comes_back(
            rows in proptest::collection::vec(
                (proptest::collection::vec(("\\PC{0,5}", any::<bool>()), 0..4), any::<u32>(), 0..7_u32), 0..6)
        ) {
            let mut sheet = Sheet::default();
            for (cells, line, kind) in &rows {
                for (text, is_number) in cells {
                    sheet.push(text, *is_number).unwrap();
                }
                match fault(*kind, if *kind < 3 { *line } else { 0 }) {
                    Some(fault) => sheet.end_bad_row(*line, fault),
                    None => sheet.end_row(*line),
                }
            }
            prop_assert_eq!(Sheet::from_bytes(&sheet.to_bytes()), Ok(sheet));
        }

        #[test]
        fn no_bytes_make_it_panic(
            changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..4)
        ) {
            let mut bytes = sample().to_bytes();
            for (at, value) in &changes {
                let at = at.index(bytes.len());
                bytes[at] = *value;
            }
            if let Ok(sheet) = Sheet::from_bytes(&bytes) {
                walk(&sheet);
                prop_assert_eq!(sheet.to_bytes(), bytes);
            }
        }
    }
}
