//! Import of contact lists: bytes to judged rows.
//!
//! Against the floor, which is what no import of such rows could do without: a bare `csv` pass and the
//! bare parsing of the same phones and addresses, on as many threads. Against Python's `csv`,
//! `phonenumbers` and `email-validator`, as people do it today. And what memory a million rows take.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use contacts::confined::ReaderProgram;
use contacts::{ContactList, Limits, Reader, Reading, Region, Summary, Table, Unwatched};

use crate::Outcome;
use crate::people::{COLUMNS, People, REGION};
use crate::report::{Goal, Report, median, per_row};

mod floor;
mod memory;
mod peer;
mod workbook;

pub(crate) use memory::{ALONE, alone};

const ROWS: usize = 1_000_000;
/// Runs of each contestant, taking turns; the median counts.
const RUNS: usize = 5;

/// Runs the bench; says whether all goals hold. `list_reader` is the program that reads spreadsheets,
/// `python` an interpreter that has the peer's packages.
pub(crate) fn run(list_reader: &str, python: &str) -> Outcome<bool> {
    let program = ReaderProgram::new(PathBuf::from(list_reader));
    let mut report = Report::new("import");
    report.say("threads", rayon::current_num_threads().to_string());
    let bytes = csv_of(ROWS)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("people.csv");
    std::fs::write(&file, &bytes)?;
    let megabytes = bytes.len() as f64 / 1e6;
    report.say("CSV", format!("{ROWS} rows, {megabytes:.1} MB"));
    // Before anything else took memory, so that nothing of it is inherited.
    memory::measure(&mut report, &file)?;
    let ours = csv(&mut report, &program, &bytes)?;
    peer::measure(&mut report, &file, python, ours / ROWS as u32);
    workbook::measure(&mut report, &program)?;
    Ok(report.print())
}

/// Us and the floor in turn; how long we take.
fn csv(report: &mut Report, program: &ReaderProgram, bytes: &[u8]) -> Outcome<Duration> {
    let contacts = floor::Contacts::of(bytes)?;
    let (mut ours, mut parts, mut floors) = (Vec::new(), [const { Vec::new() }; 3], Vec::new());
    for _ in 0..RUNS {
        let (import, summary) = import(program, "people.csv", bytes)?;
        check(&summary)?;
        for (runs, time) in parts.iter_mut().zip(import) {
            runs.push(time);
        }
        ours.push(import.iter().sum());
        floors.push(floor::run(bytes, &contacts)?);
    }
    let [read, judge, add] = parts.map(|runs| median(runs).as_secs_f64());
    let (ours, floor) = (median(ours), median(floors));
    report.say("import", per_row(ours, ROWS));
    report.say(
        "  read + judge + add",
        format!("{read:.3} + {judge:.3} + {add:.3} s"),
    );
    report.say("floor", per_row(floor, ROWS));
    let ratio = ours.as_secs_f64() / floor.as_secs_f64();
    report.figure("csv_to_floor", ratio, Goal::AtMost(2.0));
    Ok(ours)
}

/// The rows must have been judged as they were made, or the time means nothing.
fn check(summary: &Summary) -> Outcome {
    let share = f64::from(summary.ready) / f64::from(summary.all);
    if summary.all as usize != ROWS || !(0.9..0.99).contains(&share) || summary.warnings == 0 {
        return Err(format!(
            "the rows were not judged as expected: {} in all, {} ready, {} warnings, {} errors",
            summary.all, summary.ready, summary.warnings, summary.errors
        )
        .into());
    }
    Ok(())
}

/// Reads, judges and adds a file; how long each took, and the list in numbers.
fn import(program: &ReaderProgram, name: &str, bytes: &[u8]) -> Outcome<([Duration; 3], Summary)> {
    let start = Instant::now();
    let tables = read(program, name, bytes)?;
    let read = start.elapsed();
    let region = Region::parse(REGION)?;
    let mut judged = Vec::new();
    for table in tables {
        judged.push(table.judge(region, &Unwatched)?);
    }
    let judge = start.elapsed();
    let mut list = ContactList::new(region);
    for table in judged {
        list.add(table)?;
    }
    let summary = list.summary();
    let add = start.elapsed();
    Ok(([read, judge - read, add - judge], summary))
}

fn read(program: &ReaderProgram, name: &str, bytes: &[u8]) -> Outcome<Vec<Table>> {
    let reader = Reader {
        program,
        limits: Limits {
            text_bytes: u64::MAX,
            ..Limits::default()
        },
        region: Region::parse(REGION)?,
        watch: &Unwatched,
    };
    Ok(reader.file(name, bytes, &Reading::default())?.tables)
}

fn csv_of(rows: usize) -> Outcome<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for person in People::new().take(rows) {
        writer.write_record(&person)?;
    }
    Ok(writer.into_inner()?)
}
