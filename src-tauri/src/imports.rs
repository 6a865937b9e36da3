//! Files from a dialog or a drag, read here so that the window never names a path.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use contacts::confined::ReaderProgram;
use contacts::{Format, Imported, Limits, Reader, Reading, Table};
use receipts::{PublicKey, Report, Trust};
use tauri::{AppHandle, Emitter, Manager};

use crate::error::{Problem, ProblemCode};
use crate::evidence;
use crate::lists::{self, Original, Work};
use crate::state::App;
use crate::wire::{ChosenDocument, DropPlace, FileNote, FileProblem, ImportReport, PayloadFile};

/// Documents larger than this are refused; the same limit as the check of a draft.
const LARGEST_DOCUMENT: u64 = 10 * 1024 * 1024;
const LARGEST_PAYLOAD: u64 = 8 * 1024 * 1024;
const LARGEST_PUBLIC_KEY: u64 = 64 * 1024;
/// The setting that holds the largest text file, in MiB.
pub(crate) const TEXT_LIMIT: &str = "largest-text-list-mib";
const READER: &str = "countersign-list-reader";

/// What a drag onto the window brought: PDFs become documents, the rest are contact lists.
pub(crate) fn dropped(handle: &AppHandle, paths: Vec<PathBuf>) {
    let handle = handle.clone();
    std::thread::spawn(move || {
        let app = handle.state::<App>();
        let place = *app.drops.lock().unwrap_or_else(PoisonError::into_inner);
        match place {
            DropPlace::List => {}
            DropPlace::Answers => return payload_dropped(&handle, &paths),
            DropPlace::Check => return evidence::dropped(&handle, &paths),
        }
        let (documents, lists): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| is_pdf(path));
        let mut problems = Vec::new();
        for path in documents {
            match read_document(&path) {
                Ok(document) => emit(&handle, "document-dropped", document),
                Err(problem) => problems.push(refused(&path, problem.message)),
            }
        }
        let mut import = Import::new(&app, &handle);
        if let Err(problem) = import.files(&lists) {
            let path = lists.first().map_or_else(PathBuf::new, Clone::clone);
            problems.push(refused(&path, problem.message));
        }
        import.problems.append(&mut problems);
        emit(&handle, "list-changed", import.report());
    });
}

/// What is being added to the list, and what came of it so far.
pub(crate) struct Import<'a> {
    app: &'a App,
    work: Work<'a>,
    program: ReaderProgram,
    added: Imported,
    problems: Vec<FileProblem>,
    notes: Vec<FileNote>,
}

impl<'a> Import<'a> {
    /// Waits until nobody else changes the list.
    pub(crate) fn new(app: &'a App, handle: &'a AppHandle) -> Self {
        Self {
            app,
            work: app.lists.work(handle, ""),
            program: reader_program(),
            added: Imported::default(),
            problems: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds each file to the list. A file that cannot be read is named; the others are still added. When
    /// it is ended, the files after that one are left out.
    pub(crate) fn files(&mut self, paths: &[PathBuf]) -> Result<(), Problem> {
        let limits = limits(self.app)?;
        for path in paths {
            let name = name_of(path);
            self.work.rename(&name);
            let largest = limits.text_bytes.max(limits.workbook_bytes);
            let bytes = match read_bounded(path, largest) {
                Ok(bytes) => bytes,
                Err(error) => {
                    self.problems.push(refused(path, in_words(&error, largest)));
                    continue;
                }
            };
            match self.file(&name, &bytes, limits) {
                Ok(()) => {}
                Err(problem) if problem.code == ProblemCode::Cancelled => {
                    self.problems.push(refused(path, problem.message));
                    break;
                }
                Err(problem) if problem.code == ProblemCode::ListRefused => {
                    self.problems.push(refused(path, problem.message));
                }
                Err(other) => return Err(other),
            }
        }
        self.keep()
    }

    /// Adds what was copied: the cells of a spreadsheet, or contacts one after the other.
    pub(crate) fn pasted(&mut self, text: &str) -> Result<(), Problem> {
        self.work.rename("Pasted");
        let limits = limits(self.app)?;
        match self.reader(limits).cells(text)? {
            Some(table) => self.table(table, Original::None)?,
            None => {
                let imported = self.work.write().add_text(text, &limits)?;
                self.count(imported);
            }
        }
        self.keep()
    }

    /// Ends the import, and says what came of it.
    pub(crate) fn report(self) -> ImportReport {
        ImportReport {
            summary: self.work.read().summary(),
            added: self.added.rows,
            ready: self.added.ready,
            warnings: self.added.warnings,
            errors: self.added.errors,
            problems: self.problems,
            notes: self.notes,
        }
    }

    fn file(&mut self, name: &str, bytes: &[u8], limits: Limits) -> Result<(), Problem> {
        let read = self.reader(limits).file(name, bytes, &Reading::default())?;
        let notes = read.notes.into_iter();
        self.notes.extend(notes.map(|message| FileNote {
            name: name.to_owned(),
            message,
        }));
        let mut book = Original::Book(bytes);
        for table in read.tables {
            let original = match table.source().format {
                Format::Csv | Format::Text => Original::Text(bytes),
                // With the first of its sheets.
                _ => std::mem::replace(&mut book, Original::None),
            };
            self.table(table, original)?;
        }
        Ok(())
    }

    /// Judges a table without holding up whoever looks at the list, then adds it.
    fn table(&mut self, mut table: Table, file: Original<'_>) -> Result<(), Problem> {
        if table.has_names() {
            let known = lists::remembered(self.app.held().ledger()?, table.columns());
            known.inspect(|targets| table.set_targets(targets));
        }
        let region = self.work.read().region();
        let judged = table.judge(region, &self.work)?;
        let imported = self.work.write().add(judged)?;
        let source = imported.source;
        self.count(imported);
        self.work.keep_file(self.app.held().ledger()?, source, file)
    }

    fn keep(&self) -> Result<(), Problem> {
        if self.added.rows == 0 {
            return Ok(());
        }
        let inner = self.app.held();
        self.work.look_back(inner.ledger()?)?;
        self.work.keep(inner.ledger()?)
    }

    fn reader(&self, limits: Limits) -> Reader<'_> {
        Reader {
            program: &self.program,
            limits,
            region: self.work.read().region(),
            watch: &self.work,
        }
    }

    fn count(&mut self, imported: Imported) {
        self.added.rows += imported.rows;
        self.added.ready += imported.ready;
        self.added.warnings += imported.warnings;
        self.added.errors += imported.errors;
    }
}

/// How much of a file is taken: the officer may raise what holds for text.
pub(crate) fn limits(app: &App) -> Result<Limits, Problem> {
    let stored = app.held().ledger()?.value(TEXT_LIMIT)?;
    let mebibytes: Option<u64> = stored.and_then(|text| text.parse().ok());
    let limits = Limits::default();
    Ok(match mebibytes {
        Some(mebibytes) => Limits {
            text_bytes: mebibytes.saturating_mul(1024 * 1024),
            ..limits
        },
        None => limits,
    })
}

/// The program that reads spreadsheets stands beside this one.
pub(crate) fn reader_program() -> ReaderProgram {
    let name = format!("{READER}{}", std::env::consts::EXE_SUFFIX);
    let here = std::env::current_exe().unwrap_or_default();
    ReaderProgram::new(here.with_file_name(name))
}

fn unreadable(path: &Path, why: &str) -> Problem {
    Problem::new(
        ProblemCode::FileUnreadable,
        format!("{}: {why}", name_of(path)),
    )
}

fn refused(path: &Path, message: String) -> FileProblem {
    FileProblem {
        name: name_of(path),
        message,
    }
}

/// Reads a PDF for a DOCUMENT credential.
pub(crate) fn read_document(path: &Path) -> Result<ChosenDocument, Problem> {
    let bytes = read_bounded(path, LARGEST_DOCUMENT)
        .map_err(|error| unreadable(path, &in_words(&error, LARGEST_DOCUMENT)))?;
    if !bytes.starts_with(b"%PDF-") {
        return Err(Problem::new(
            ProblemCode::FileUnreadable,
            format!(
                "{} is not a PDF. Save the document as PDF and choose that file.",
                name_of(path)
            ),
        ));
    }
    Ok(ChosenDocument {
        file_name: name_of(path),
        base64: STANDARD.encode(&bytes),
        size: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
    })
}

/// Reads a payload, a call as a proxy keeps it, or a file of profiles: text in any case.
pub(crate) fn read_payload(path: &Path) -> Result<PayloadFile, Problem> {
    let unreadable = |why: &str| unreadable(path, why);
    let bytes = read_bounded(path, LARGEST_PAYLOAD).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => {
            unreadable("The file is larger than 8 MiB, which no answer is. Look for the right one.")
        }
        _ => unreadable(&in_words(&error, LARGEST_PAYLOAD)),
    })?;
    let text = String::from_utf8(bytes).map_err(|_| {
        unreadable("This is not text. Choose the message or the webhook body as it was received.")
    })?;
    Ok(PayloadFile {
        file_name: name_of(path),
        text,
    })
}

/// Checks a receipt of any form; a pack is not held in memory.
pub(crate) fn check_receipt(path: &Path, trust: &Trust) -> Result<Report, Problem> {
    let checked = || {
        let (mut file, before) = open_regular(path)?;
        let report = receipts::verify_file(&mut file, trust)?;
        refuse_changed(&before, &file.metadata()?)?;
        Ok(report)
    };
    // Too large is what the report says then.
    checked().map_err(|error: io::Error| unreadable(path, &in_words(&error, 0)))
}

pub(crate) fn read_public_key(path: &Path) -> Result<PublicKey, Problem> {
    let bytes = read_bounded(path, LARGEST_PUBLIC_KEY).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => unreadable(
            path,
            "The file is larger than a public key can be. Look for the right one.",
        ),
        _ => unreadable(path, &in_words(&error, LARGEST_PUBLIC_KEY)),
    })?;
    PublicKey::parse(&bytes).map_err(|error| unreadable(path, &error.to_string()))
}

/// The first of the files; several at once would be seen one at a time.
fn payload_dropped(handle: &AppHandle, paths: &[PathBuf]) {
    let read = match paths {
        [one] => read_payload(one),
        _ => Err(Problem::new(
            ProblemCode::FileUnreadable,
            "Drop one file at a time here, so that it is clear which answer belongs to which.",
        )),
    };
    match read {
        Ok(file) => emit(handle, "payload-dropped", file),
        Err(problem) => emit(handle, "payload-problem", problem),
    }
}

/// Reads a regular file of at most `limit` bytes, and refuses one that changes meanwhile: half of the old
/// and half of the new would be nobody's list.
fn read_bounded(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let (file, before) = open_regular(path)?;
    let mut bytes = Vec::new();
    (&file)
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            "larger than the limit",
        ));
    }
    let after = file.metadata()?;
    refuse_changed(&before, &after)?;
    if bytes.len() as u64 != after.len() {
        return Err(io::ErrorKind::Interrupted.into());
    }
    Ok(bytes)
}

/// Opens a regular file, and looks at what it is then.
fn open_regular(path: &Path) -> io::Result<(File, Metadata)> {
    // Looked at before it is opened: opening a FIFO would wait for a writer for ever.
    refuse_odd(&path.metadata()?)?;
    let file = File::open(path)?;
    let before = file.metadata()?;
    refuse_odd(&before)?;
    Ok((file, before))
}

fn refuse_changed(before: &Metadata, after: &Metadata) -> io::Result<()> {
    // Not every file system knows when a file was changed; its length is always known.
    let time = |metadata: &Metadata| metadata.modified().ok();
    if time(before) == time(after) && before.len() == after.len() {
        return Ok(());
    }
    Err(io::ErrorKind::Interrupted.into())
}

fn refuse_odd(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "not a regular file",
        ));
    }
    Ok(())
}

fn in_words(error: &io::Error, limit: u64) -> String {
    match error.kind() {
        io::ErrorKind::IsADirectory => {
            "This is a folder. Open it and drag the files inside.".to_owned()
        }
        io::ErrorKind::NotFound => {
            "The file is no longer there. Find where it was moved and add it again.".to_owned()
        }
        io::ErrorKind::PermissionDenied => {
            "You may not read this file. Ask its owner, or copy it to a folder of yours.".to_owned()
        }
        io::ErrorKind::FileTooLarge => {
            let mebibytes = limit / 1024 / 1024;
            format!(
                "The file is too large: the limit is {mebibytes} MiB. Split it. The limit of text lists can be raised under Settings, Lists."
            )
        }
        io::ErrorKind::Interrupted => {
            "The file was changed while it was read. Wait until it is saved, then add it again."
                .to_owned()
        }
        io::ErrorKind::Unsupported => {
            "This is not an ordinary file. Save its content as a file and add that.".to_owned()
        }
        _ => {
            format!("The file could not be read: {error}. Copy it to this computer and try again.")
        }
    }
}

fn is_pdf(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"))
}

pub(crate) fn name_of(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn emit(handle: &AppHandle, event: &str, payload: impl serde::Serialize + Clone) {
    if let Err(error) = handle.emit_to("main", event, payload) {
        tracing::error!(%error, event, "the window could not be told");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_a_missing_file_and_a_large_file_each_say_what_to_do() {
        let dir = tempfile::tempdir().unwrap();
        let folder = read_bounded(dir.path(), 10).unwrap_err();
        assert!(
            in_words(&folder, 10).starts_with("This is a folder"),
            "{folder}"
        );
        let missing = read_bounded(&dir.path().join("none.csv"), 10).unwrap_err();
        assert!(
            in_words(&missing, 10).contains("no longer there"),
            "{missing}"
        );
        let large = dir.path().join("large.csv");
        std::fs::write(&large, [b'a'; 11]).unwrap();
        assert!(in_words(&read_bounded(&large, 10).unwrap_err(), 10).contains("too large"));
        assert_eq!(read_bounded(&large, 11).unwrap().len(), 11);
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("list.csv");
        std::fs::write(&path, "ana@example.com").unwrap();
        let before = std::fs::metadata(&path).unwrap();
        assert!(refuse_changed(&before, &before).is_ok());
        std::fs::write(&path, "ana@example.com, rui@example.com").unwrap();
        let after = std::fs::metadata(&path).unwrap();
        let refused = refuse_changed(&before, &after).unwrap_err();
        assert!(in_words(&refused, 10).contains("changed while it was read"));
    }

    #[cfg(unix)]
    #[test]
    fn a_fifo_does_not_hang() {
        let dir = tempfile::tempdir().unwrap();
        let fifo = dir.path().join("fifo.csv");
        let made = std::process::Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap();
        assert!(made.success());
        let refused = read_bounded(&fifo, 10).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::Unsupported);
    }

    #[test]
    fn a_text_file_called_pdf_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("contract.PDF");
        std::fs::write(&path, "not a pdf").unwrap();
        assert!(is_pdf(&path));
        assert_eq!(
            read_document(&path).unwrap_err().code,
            ProblemCode::FileUnreadable
        );
    }
}
