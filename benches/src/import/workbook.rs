//! A spreadsheet: how long we take to read it, in a process of its own, against a bare pass over its
//! cells in this one.

use std::io::Cursor;
use std::time::{Duration, Instant};

use calamine::{Reader as _, Xlsx};
use contacts::confined::ReaderProgram;
use rust_xlsxwriter::Workbook;

use super::{RUNS, import};
use crate::Outcome;
use crate::people::{COLUMNS, People};
use crate::report::{Goal, Report, median, per_row};

const ROWS: usize = 100_000;

pub(super) fn measure(report: &mut Report, program: &ReaderProgram) -> Outcome {
    let bytes = made()?;
    let (mut reading, mut whole, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let (times, summary) = import(program, "people.xlsx", &bytes)?;
        if summary.all as usize != ROWS {
            return Err("the spreadsheet was not read to its end".into());
        }
        reading.push(times[0]);
        whole.push(times.iter().sum());
        bare.push(pass(&bytes)?);
    }
    let (reading, bare) = (median(reading), median(bare));
    let megabytes = bytes.len() as f64 / 1e6;
    report.say("XLSX", format!("{ROWS} rows, {megabytes:.1} MB"));
    report.say("read, in its own process", per_row(reading, ROWS));
    report.say("read, judge and add", per_row(median(whole), ROWS));
    report.say("bare pass over the cells", per_row(bare, ROWS));
    let ratio = reading.as_secs_f64() / bare.as_secs_f64();
    report.figure("xlsx_read_to_bare_pass", ratio, Goal::AtMost(2.0));
    Ok(())
}

fn made() -> Outcome<Vec<u8>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, COLUMNS)?;
    for (row, person) in (1..).zip(People::new().take(ROWS)) {
        for (column, cell) in (0..).zip(&person).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row, column, cell)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

fn pass(bytes: &[u8]) -> Outcome<Duration> {
    let start = Instant::now();
    let mut book = Xlsx::new(Cursor::new(bytes))?;
    let name = book.sheet_names().first().cloned().ok_or("no sheet")?;
    let mut cells = book.worksheet_cells_reader(&name)?;
    let mut count = 0;
    while let Some(cell) = cells.next_cell()? {
        count += usize::from(*cell.get_value() != calamine::DataRef::Empty);
    }
    let time = start.elapsed();
    if count < ROWS {
        return Err("the bare pass found too few cells".into());
    }
    Ok(time)
}
