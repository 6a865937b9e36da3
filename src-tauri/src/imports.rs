//! Files from a dialog or a drag, read here so that the window never names a path.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use tauri::{AppHandle, Emitter, Manager};

use crate::error::{Problem, ProblemCode};
use crate::state::{App, capitalised};
use crate::wire::{ChosenDocument, FileProblem, ImportReport};

/// Lists larger than this are refused whole.
const LARGEST_LIST: u64 = contacts::MAX_BYTES as u64;
/// Documents larger than this are refused; the same limit as the check of a draft.
const LARGEST_DOCUMENT: u64 = 10 * 1024 * 1024;

/// What a drag onto the window brought: PDFs become documents, the rest are contact lists.
pub(crate) fn dropped(handle: &AppHandle, paths: Vec<PathBuf>) {
    let handle = handle.clone();
    std::thread::spawn(move || {
        let app = handle.state::<App>();
        let (documents, lists): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| is_pdf(path));
        let mut problems = Vec::new();
        for path in documents {
            match read_document(&path) {
                Ok(document) => emit(&handle, "document-dropped", document),
                Err(problem) => {
                    problems.push(FileProblem {
                        name: name_of(&path),
                        message: problem.message,
                    });
                }
            }
        }
        match add_files(&app, &lists) {
            Ok(mut report) => {
                report.problems.append(&mut problems);
                emit(&handle, "list-changed", report);
            }
            Err(problem) => {
                problems.push(FileProblem {
                    name: lists.first().map_or_else(String::new, |path| name_of(path)),
                    message: problem.message,
                });
                let summary = app.held().list.summary();
                emit(
                    &handle,
                    "list-changed",
                    ImportReport {
                        summary,
                        added: 0,
                        problems,
                    },
                );
            }
        }
    });
}

/// Adds each file to the list. A file that cannot be read is named; the others are still added.
pub(crate) fn add_files(app: &App, paths: &[PathBuf]) -> Result<ImportReport, Problem> {
    app.held().ledger()?;
    let mut problems = Vec::new();
    let mut added = 0;
    for path in paths {
        let name = name_of(path);
        let refused = match read_bounded(path, LARGEST_LIST) {
            Ok(bytes) => match app.held().list.import(&name, &bytes) {
                Ok(imported) => {
                    added += imported.rows;
                    continue;
                }
                Err(error) => format!("{}.", capitalised(&error.to_string())),
            },
            Err(error) => in_words(&error),
        };
        problems.push(FileProblem {
            name,
            message: refused,
        });
    }
    let inner = app.held();
    if added > 0 {
        inner.save_list()?;
    }
    Ok(ImportReport {
        summary: inner.list.summary(),
        added,
        problems,
    })
}

/// Reads a PDF for a DOCUMENT credential.
pub(crate) fn read_document(path: &Path) -> Result<ChosenDocument, Problem> {
    let bytes = read_bounded(path, LARGEST_DOCUMENT).map_err(|error| {
        Problem::new(
            ProblemCode::FileUnreadable,
            format!("{}: {}", name_of(path), in_words(&error)),
        )
    })?;
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

/// Reads a regular file of at most `limit` bytes, even if it grows while it is read.
fn read_bounded(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    // Looked at before it is opened: opening a FIFO would wait for a writer for ever.
    refuse_odd(&path.metadata()?)?;
    let file = File::open(path)?;
    refuse_odd(&file.metadata()?)?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            "larger than the limit",
        ));
    }
    Ok(bytes)
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

fn in_words(error: &io::Error) -> String {
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
            "The file is too large (lists up to 25 MiB, documents up to 10 MiB). Split it."
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

fn name_of(path: &Path) -> String {
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
            in_words(&folder).starts_with("This is a folder"),
            "{folder}"
        );
        let missing = read_bounded(&dir.path().join("none.csv"), 10).unwrap_err();
        assert!(in_words(&missing).contains("no longer there"), "{missing}");
        let large = dir.path().join("large.csv");
        std::fs::write(&large, [b'a'; 11]).unwrap();
        assert!(in_words(&read_bounded(&large, 10).unwrap_err()).contains("too large"));
        assert_eq!(read_bounded(&large, 11).unwrap().len(), 11);
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
