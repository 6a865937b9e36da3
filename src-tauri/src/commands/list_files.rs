//! The files behind the list: read in another way, and written out to be mended.

use std::path::PathBuf;

use contacts::{Format, Preview, Reader, Reading, Summary, Table, Target, Unwatched, Watch};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

use super::list::changed;
use crate::adapters::data_dir::write_durably;
use crate::error::{Problem, ProblemCode};
use crate::imports::{limits, reader_program};
use crate::lists;
use crate::state::App;
use crate::wire::Saved;

/// How a source would look if it were read so.
#[tauri::command(async)]
pub(crate) fn list_preview(
    app: State<'_, App>,
    source: u32,
    reading: Reading,
) -> Result<Preview, Problem> {
    Ok(read(&app, source, &reading, &Unwatched)?.preview())
}

/// Takes a source anew, read so and with its columns used so.
#[tauri::command(async)]
pub(crate) fn list_read(
    handle: AppHandle,
    app: State<'_, App>,
    source: u32,
    reading: Reading,
    targets: Vec<Target>,
) -> Result<Summary, Problem> {
    if !targets.iter().any(|target| target.is_contact()) {
        let words = "Choose at least one column that has the email addresses or phone numbers.";
        return Err(Problem::at("columns", words));
    }
    let name = app.lists.read().table(source)?.source().name.clone();
    let work = app.lists.work(&handle, &name);
    let mut table = read(&app, source, &reading, &work)?;
    table.set_targets(&targets);
    if table.has_names() {
        lists::remember(app.held().ledger()?, table.columns(), &targets)?;
    }
    let region = work.read().region();
    let judged = table.judge(region, &work)?;
    work.write().read_anew(source, judged)?;
    changed(&app, &work)
}

/// Writes the rows in error where the officer says, each with its reason; `null` when the dialog was
/// closed.
#[tauri::command(async)]
pub(crate) fn list_export_unused(
    handle: AppHandle,
    app: State<'_, App>,
) -> Result<Option<Saved>, Problem> {
    let plain = {
        let list = app.lists.read();
        let unused = list.unused();
        let workbook = list.summary().sources;
        let workbook = workbook
            .iter()
            .any(|source| source.format == Format::Workbook);
        unused.len() == 1 && !workbook
    };
    let Some(path) = where_to(&handle, "Save the rows not used", "rows-not-used", plain) else {
        return Ok(None);
    };
    let bytes = {
        let list = app.lists.read();
        let unused = list.unused();
        match unused.as_slice() {
            [] => {
                let words = "Every row is used now: there is nothing to export.";
                return Err(Problem::new(ProblemCode::ListRefused, words));
            }
            [one] if is_csv(&path) => contacts::unused_csv(one),
            _ if is_csv(&path) => {
                let words = "These rows come from several files, which one CSV file cannot hold. Save them as an Excel workbook instead.";
                return Err(Problem::new(ProblemCode::SaveFailed, words));
            }
            several => contacts::unused_xlsx(several).map_err(unwritable)?,
        }
    };
    save(path, &bytes)
}

/// Writes an empty list to fill in where the officer says; `null` when the dialog was closed.
#[tauri::command(async)]
pub(crate) fn list_template(handle: AppHandle) -> Result<Option<Saved>, Problem> {
    let Some(path) = where_to(&handle, "Save an empty list to fill in", "people", false) else {
        return Ok(None);
    };
    let bytes = if is_csv(&path) {
        contacts::template_csv()
    } else {
        contacts::template_xlsx().map_err(unwritable)?
    };
    save(path, &bytes)
}

/// A source as it would be: its file read anew where it was kept, else the same cells.
fn read(app: &App, source: u32, reading: &Reading, watch: &dyn Watch) -> Result<Table, Problem> {
    let (table, region) = {
        let list = app.lists.read();
        (list.table(source)?, list.region())
    };
    let file = lists::file_of(app.held().ledger()?, source)?;
    let Some(file) = file else {
        return Ok(match reading.header {
            Some(header) if header != table.has_names() => table.with_header(header, region),
            _ => table,
        });
    };
    let reader = Reader {
        program: &reader_program(),
        limits: limits(app)?,
        region,
        watch,
    };
    let name = table.source().name.clone();
    let mut tables = reader.file(&name, &file, reading)?.tables;
    tables.pop().ok_or_else(|| Problem::gone("file"))
}

fn where_to(handle: &AppHandle, title: &str, name: &str, plain: bool) -> Option<PathBuf> {
    let (first, second) = (("Excel workbook", "xlsx"), ("CSV", "csv"));
    let (first, second) = if plain {
        (second, first)
    } else {
        (first, second)
    };
    let chosen = handle
        .dialog()
        .file()
        .set_title(title)
        .set_file_name(format!("{name}.{}", first.1))
        .add_filter(first.0, &[first.1])
        .add_filter(second.0, &[second.1])
        .blocking_save_file();
    chosen.and_then(|file| file.into_path().ok())
}

fn is_csv(path: &std::path::Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
}

fn save(path: PathBuf, bytes: &[u8]) -> Result<Option<Saved>, Problem> {
    write_durably(&path, bytes).map_err(|error| {
        Problem::new(
            ProblemCode::SaveFailed,
            format!("The file could not be written there: {error}. Choose another folder."),
        )
    })?;
    Ok(Some(Saved {
        path: path.display().to_string(),
    }))
}

fn unwritable(error: contacts::ExportError) -> Problem {
    Problem::new(
        ProblemCode::SaveFailed,
        format!("The workbook could not be made: {error}. Save it as CSV instead."),
    )
}
