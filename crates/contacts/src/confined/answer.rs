//! What the reading process answers: a magic, then frames. Each frame is a tag and what belongs to
//! it; the last one is [`END`] or [`TROUBLE`]. Numbers are little-endian.

use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::Limits;
use crate::readers::workbook::{LeftOut, MAX_SHEETS, NamedSheet, Trouble, WhyLeftOut, Workbook};
use crate::sheet::Sheet;
use crate::sheet::bytes::{Most, NotASheet};

/// Names the layout and, in the last byte, its version.
const MAGIC: [u8; 8] = *b"CSsay\0\0\x01";

/// Bytes of the file used so far, as `u64`.
const PROGRESS: u8 = 1;
/// A sheet: its name, then its rows.
const SHEET: u8 = 2;
/// A sheet that was left out: a number for why, then its name.
const LEFT_OUT: u8 = 3;
/// A number for what ended the reading.
const TROUBLE: u8 = 4;
/// The workbook is complete.
const END: u8 = 5;

const WHY: [WhyLeftOut; 4] = [
    WhyLeftOut::Hidden,
    WhyLeftOut::VeryHidden,
    WhyLeftOut::Chart,
    WhyLeftOut::NoTable,
];

/// The answer breaks off or makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BadAnswer;

impl From<io::Error> for BadAnswer {
    fn from(_: io::Error) -> Self {
        Self
    }
}

impl From<NotASheet> for BadAnswer {
    fn from(_: NotASheet) -> Self {
        Self
    }
}

/// The last progress that was heard.
#[derive(Debug, Default)]
pub(super) struct Heard(AtomicU64);

impl Heard {
    pub(super) fn done(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

pub(super) fn write_magic(out: &mut impl Write) -> io::Result<()> {
    out.write_all(&MAGIC)
}

pub(super) fn write_progress(out: &mut impl Write, done: u64) -> io::Result<()> {
    out.write_all(&[PROGRESS])?;
    out.write_all(&done.to_le_bytes())
}

pub(super) fn write_trouble(out: &mut impl Write, trouble: Trouble) -> io::Result<()> {
    out.write_all(&[TROUBLE, trouble.number()])
}

pub(super) fn write_workbook(out: &mut impl Write, workbook: &Workbook) -> io::Result<()> {
    for NamedSheet { name, sheet } in &workbook.sheets {
        out.write_all(&[SHEET])?;
        write_name(out, name)?;
        sheet.write_to(out)?;
    }
    for LeftOut { name, why } in &workbook.left_out {
        let number = (0..).zip(WHY).find(|(_, known)| known == why);
        out.write_all(&[LEFT_OUT, number.map_or(u8::MAX, |(number, _)| number)])?;
        write_name(out, name)?;
    }
    out.write_all(&[END])
}

fn write_name(out: &mut impl Write, name: &str) -> io::Result<()> {
    let length = u16::try_from(name.len()).map_err(|_| io::ErrorKind::InvalidData)?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(name.as_bytes())
}

/// Reads an answer to its end and believes nothing of it.
pub(super) fn read(
    mut input: impl Read,
    limits: &Limits,
    heard: &Heard,
) -> Result<Result<Workbook, Trouble>, BadAnswer> {
    if take::<8>(&mut input)? != MAGIC {
        return Err(BadAnswer);
    }
    let mut workbook = Workbook::default();
    let mut left = Most {
        text: limits.inflated_bytes,
        cells: limits.cells,
    };
    loop {
        let [tag] = take(&mut input)?;
        match tag {
            PROGRESS => {
                let done = u64::from_le_bytes(take(&mut input)?);
                heard.0.store(done, Ordering::Relaxed);
            }
            SHEET => {
                let name = read_name(&mut input)?;
                let sheet = Sheet::read_from(&mut input, left)?;
                left.text = left.text.saturating_sub(sheet.text_len() as u64);
                let cells = sheet.cell_count().max(sheet.len());
                left.cells = left.cells.saturating_sub(cells as u64);
                workbook.sheets.push(NamedSheet { name, sheet });
            }
            LEFT_OUT => {
                let [why] = take(&mut input)?;
                let why = *WHY.get(usize::from(why)).ok_or(BadAnswer)?;
                let name = read_name(&mut input)?;
                workbook.left_out.push(LeftOut { name, why });
            }
            TROUBLE => {
                let [number] = take(&mut input)?;
                return Trouble::from_number(number).map(Err).ok_or(BadAnswer);
            }
            END => return Ok(Ok(workbook)),
            _ => return Err(BadAnswer),
        }
        if workbook.sheets.len() + workbook.left_out.len() > MAX_SHEETS {
            return Err(BadAnswer);
        }
    }
}

fn take<const N: usize>(input: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    input.read_exact(&mut bytes).map(|()| bytes)
}

fn read_name(input: &mut impl Read) -> Result<String, BadAnswer> {
    let mut bytes = vec![0; usize::from(u16::from_le_bytes(take(input)?))];
    input.read_exact(&mut bytes)?;
    String::from_utf8(bytes).map_err(|_| BadAnswer)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sample() -> Workbook {
        let mut sheet = Sheet::default();
        sheet.push("Inês", false).unwrap();
        sheet.push("912345678", true).unwrap();
        sheet.end_row(4);
        let named = |name: &str, sheet| NamedSheet {
            name: name.to_owned(),
            sheet,
        };
        let left_out = (0..).zip(WHY).map(|(number, why)| LeftOut {
            name: format!("não {number}"),
            why,
        });
        Workbook {
            sheets: vec![named("Folha", sheet), named("", Sheet::default())],
            left_out: left_out.collect(),
        }
    }

    fn said(frames: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_magic(&mut bytes).unwrap();
        frames(&mut bytes).unwrap();
        bytes
    }

    fn understood(bytes: &[u8]) -> Result<Result<Workbook, Trouble>, BadAnswer> {
        read(bytes, &Limits::default(), &Heard::default())
    }

    #[test]
    fn answers_come_back_as_they_were_given() {
        let bytes = said(|out| write_workbook(out, &sample()));
        assert_eq!(understood(&bytes), Ok(Ok(sample())));
        let trouble = Trouble::TooMuchText;
        let bytes = said(|out| write_progress(out, 77).and(write_trouble(out, trouble)));
        let heard = Heard::default();
        let answer = read(&bytes[..], &Limits::default(), &heard);
        assert_eq!((answer, heard.done()), (Ok(Err(trouble)), 77));
    }

    #[test]
    fn an_answer_that_breaks_off_is_no_answer() {
        let bytes = said(|out| write_workbook(out, &sample()));
        for length in 0..bytes.len() {
            assert_eq!(understood(&bytes[..length]), Err(BadAnswer));
        }
    }

    #[test]
    fn an_answer_beyond_the_limits_is_no_answer() {
        let bytes = said(|out| write_workbook(out, &sample()));
        for (inflated_bytes, cells) in [(13, 2), (14, 1)] {
            let limits = Limits {
                inflated_bytes,
                cells,
                ..Limits::default()
            };
            let answer = read(&bytes[..], &limits, &Heard::default());
            assert_eq!(answer, Err(BadAnswer));
        }
        let many = Workbook {
            sheets: Vec::new(),
            left_out: vec![sample().left_out[0].clone(); MAX_SHEETS + 1],
        };
        assert_eq!(
            understood(&said(|out| write_workbook(out, &many))),
            Err(BadAnswer)
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(
            changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..4)
        ) {
            let mut bytes = said(|out| write_workbook(out, &sample()));
            for (at, value) in changes {
                let at = at.index(bytes.len());
                bytes[at] = value;
            }
            let _ = understood(&bytes);
        }
    }
}
