//! The reading process for real: `examples/list_reader.rs`, built with the tests.

use std::sync::atomic::{AtomicU32, Ordering};

use rust_xlsxwriter::Workbook as Writer;

use super::*;
use crate::Unwatched;
use crate::readers::workbook::tests::made::{lying, xlsx_of};

/// The example beside the test program: `target/<profile>/examples/list_reader`.
fn reader() -> ReaderProgram {
    let tests = std::env::current_exe().unwrap();
    let profile = tests.parent().and_then(std::path::Path::parent).unwrap();
    let name = format!("list_reader{}", std::env::consts::EXE_SUFFIX);
    let program = profile.join("examples").join(name);
    assert!(
        program.exists(),
        "{} is missing; `cargo build -p contacts --examples` makes it",
        program.display()
    );
    ReaderProgram::new(program)
}

fn take(bytes: &[u8], limits: &Limits) -> Result<Workbook, FileError> {
    read(&reader(), bytes, limits, &Unwatched)
}

fn people(rows: u32) -> Vec<u8> {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    for row in 0..rows {
        sheet.write(row, 0, format!("Pessoa {row}")).unwrap();
        sheet.write(row, 1, format!("p{row}@example.com")).unwrap();
        sheet.write(row, 2, 910_000_000 + row).unwrap();
        sheet.write(row, 3, "Portugal").unwrap();
        sheet.write(row, 4, row % 90).unwrap();
    }
    writer.save_to_buffer().unwrap()
}

/// Counts how often it is asked and breaks at the given time.
struct Breaks {
    asked: AtomicU32,
    at: u32,
}

impl Watch for Breaks {
    fn progress(&self, _: Progress) -> ControlFlow<()> {
        if self.asked.fetch_add(1, Ordering::Relaxed) + 1 < self.at {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
}

#[test]
fn a_workbook_crosses_as_it_was_read() {
    let book = take(&people(3), &Limits::default()).unwrap();
    let sheet = &book.sheets[0].sheet;
    assert_eq!((sheet.len(), sheet.cell_count()), (3, 15));
    assert_eq!(sheet.cell(2, 1).unwrap().text, "p2@example.com");
    assert!(sheet.cell(2, 2).unwrap().is_number);
}

#[test]
fn errors_cross_with_their_limit() {
    let limits = Limits {
        cells: 14,
        ..Limits::default()
    };
    assert_eq!(
        take(&people(3), &limits),
        Err(FileError::TooManyCells { limit: 14 })
    );
    assert_eq!(
        take(
            include_bytes!("../../tests/data/password.xlsx"),
            &Limits::default()
        ),
        Err(FileError::Password)
    );
    assert_eq!(take(b"", &Limits::default()), Err(FileError::Empty));
    let limits = Limits {
        workbook_bytes: 4,
        ..Limits::default()
    };
    let large = FileError::TooLarge {
        mebibytes: 1,
        limit: 1,
    };
    assert_eq!(take(b"PK\x03\x04x", &limits), Err(large));
}

#[test]
fn memory_beyond_the_limit_ends_the_process() {
    let bytes = people(20_000);
    for (mebibytes, read) in [(2, false), (512, true)] {
        let limits = Limits {
            memory_bytes: mebibytes << 20,
            ..Limits::default()
        };
        let taken = take(&bytes, &limits);
        assert_eq!(taken.is_ok(), read);
        assert!(read || taken == Err(FileError::BrokeDown));
    }
    // An old workbook that claims a rectangle of 65,536 by 65,535 cells.
    let mut old = include_bytes!("../../tests/data/people.xls").to_vec();
    let head = [0x00, 0x02, 14, 0];
    let at = old.windows(4).position(|part| part == head).unwrap();
    old[at + 8..at + 12].copy_from_slice(&65_536_u32.to_le_bytes());
    old[at + 14..at + 16].copy_from_slice(&65_535_u16.to_le_bytes());
    assert_eq!(take(&old, &Limits::default()), Err(FileError::BrokeDown));
}

#[test]
fn bombs_do_not_go_off() {
    let text = " ".repeat(300 << 20);
    let cell =
        format!("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>x{text}</t></is></c></row>");
    let bytes = xlsx_of(&cell);
    assert_eq!(
        take(&bytes, &Limits::default()),
        Err(FileError::TooLargeInside { mebibytes: 256 })
    );
    let limits = Limits {
        inflated_bytes: 1 << 30,
        ..Limits::default()
    };
    assert_eq!(take(&bytes, &limits), Err(FileError::BrokeDown));
    let lie = take(&lying(bytes), &Limits::default());
    assert!(matches!(lie, Err(FileError::Damaged { .. })));
}

#[test]
fn changed_bytes_end_in_an_answer() {
    let sound = include_bytes!("../../tests/data/people.xls");
    let filled = (0..sound.len()).filter(|at| sound[*at] != 0);
    for at in filled.step_by(40) {
        let mut bytes = sound.to_vec();
        bytes[at] ^= 0xFF;
        let read = take(&bytes, &Limits::default());
        let slow = matches!(read, Err(FileError::TooSlow { .. }));
        assert!(!slow, "byte {at}");
    }
}

#[test]
fn time_beyond_the_limit_ends_the_process() {
    let limits = Limits {
        seconds: 0,
        ..Limits::default()
    };
    assert_eq!(
        take(&people(3), &limits),
        Err(FileError::TooSlow { seconds: 0 })
    );
}

#[test]
fn a_program_that_is_not_there_is_an_error() {
    let nowhere = ReaderProgram::new(std::env::temp_dir().join("no such program"));
    assert_eq!(
        read(&nowhere, &people(3), &Limits::default(), &Unwatched),
        Err(FileError::BrokeDown)
    );
}

#[cfg(unix)]
mod with_other_programs {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// A shell script as the program, in a folder that goes with it.
    fn script(lines: &str) -> (tempfile::TempDir, ReaderProgram) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("program");
        std::fs::write(&path, format!("#!/bin/sh\n{lines}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        (folder, ReaderProgram::new(path))
    }

    #[test]
    fn nonsense_is_an_error_and_does_not_hang() {
        let limits = Limits::default();
        let megabyte = vec![7; 1 << 20];
        for lines in [
            "exec /bin/cat",
            "exec /bin/cat /dev/zero",
            "exit 3",
            "exec /bin/echo CSsay",
            "printf 'CSsay\\000\\000\\001\\002\\377\\377'",
            "printf 'CSsay\\000\\000\\001\\011'; exec /bin/cat",
        ] {
            let (_folder, program) = script(lines);
            let started = Instant::now();
            let read = read(&program, &megabyte, &limits, &Unwatched);
            assert_eq!(read, Err(FileError::BrokeDown), "{lines}");
            assert!(started.elapsed().as_secs() < 10, "{lines}");
        }
    }

    #[test]
    fn a_silent_program_is_ended_in_time_or_by_the_watcher() {
        let (_folder, program) = script("exec /bin/sleep 600");
        let limits = Limits {
            seconds: 1,
            ..Limits::default()
        };
        let megabyte = vec![7; 1 << 20];
        let started = Instant::now();
        let slow = read(&program, &megabyte, &limits, &Unwatched);
        assert_eq!(slow, Err(FileError::TooSlow { seconds: 1 }));
        assert!((1..10).contains(&started.elapsed().as_secs()));

        let started = Instant::now();
        let watch = Breaks {
            asked: AtomicU32::new(0),
            at: 3,
        };
        let cancelled = read(&program, &megabyte, &Limits::default(), &watch);
        assert_eq!(cancelled, Err(FileError::Cancelled));
        assert_eq!(watch.asked.into_inner(), 3);
        assert!(started.elapsed().as_secs() < 10);
    }

    #[test]
    fn a_program_gets_no_environment() {
        let lines = "/usr/bin/env | /bin/grep -v -e ^PWD= -e ^SHLVL= -e ^_= -e ^OLDPWD= > \"$0.env\"; exit 0";
        let (folder, program) = script(lines);
        let _ = read(&program, b"x", &Limits::default(), &Unwatched);
        let seen = std::fs::read_to_string(folder.path().join("program.env")).unwrap();
        assert_eq!(seen, "");
    }
}
