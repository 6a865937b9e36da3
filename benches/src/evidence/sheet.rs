//! The table of many receipts as XLSX, against the bare library that writes the same cells.

use std::time::{Duration, Instant};

use receipts::SignedReceipt;
use receipts::table::{self, Csv};
use rust_xlsxwriter::Workbook;

use super::RECEIPTS;
use crate::Outcome;
use crate::report::{Goal, Report, median};

const RUNS: usize = 7;
const GOAL: Goal = Goal::AtMost(1.5);

pub(super) fn measure(report: &mut Report, files: &[SignedReceipt]) -> Outcome {
    let cells = cells(files)?;
    if cells.len() != RECEIPTS + 1 {
        return Err(format!("{} rows were made of {RECEIPTS} receipts", cells.len()).into());
    }
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(written(files)?);
        bare.push(by_library(&cells)?);
    }
    let (ours, bare) = (median(ours).as_secs_f64(), median(bare).as_secs_f64());
    report.say(
        "XLSX",
        format!("{RECEIPTS} rows of {} cells", cells[0].len()),
    );
    report.say(
        "  rows of the receipts, and the sheet",
        format!("{ours:.3} s"),
    );
    report.say("  bare rust_xlsxwriter", format!("{bare:.3} s"));
    report.figure("xlsx_to_bare_rust_xlsxwriter", ours / bare, GOAL);
    Ok(())
}

fn rows(files: &[SignedReceipt]) -> Vec<table::Row> {
    let named = files.iter().enumerate();
    named
        .flat_map(|(n, file)| table::rows(file.receipt(), &format!("receipts/{n}.json")))
        .collect()
}

fn written(files: &[SignedReceipt]) -> Outcome<Duration> {
    let made_at = files.first().map(|file| &file.receipt().exported_at);
    let start = Instant::now();
    let book = table::xlsx(&rows(files), made_at.ok_or("no receipts")?)?;
    let time = start.elapsed();
    is_book(&book).map(|()| time)
}

/// The same texts, at hand before the clock starts.
fn cells(files: &[SignedReceipt]) -> Outcome<Vec<Vec<String>>> {
    let mut csv = Vec::new();
    table::csv(&rows(files), Csv::Exact, &mut csv)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.as_slice());
    let rows = reader
        .records()
        .map(|row| Ok(row?.iter().map(str::to_owned).collect()));
    rows.collect()
}

fn by_library(cells: &[Vec<String>]) -> Outcome<Duration> {
    let start = Instant::now();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (line, row) in (0..).zip(cells) {
        for (column, text) in (0..).zip(row).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(line, column, text)?;
        }
    }
    let book = book.save_to_buffer()?;
    let time = start.elapsed();
    is_book(&book).map(|()| time)
}

fn is_book(bytes: &[u8]) -> Outcome {
    let is_zip = bytes.starts_with(b"PK\x03\x04") && bytes.len() > RECEIPTS * 10;
    is_zip
        .then_some(())
        .ok_or_else(|| "no workbook was written".into())
}
