//! The contact list: it lives here, the window sees a page at a time.

use contacts::{Region, RegionChoice, RowId, RowPage, Show, Summary};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

use crate::error::{Problem, ProblemCode};
use crate::imports;
use crate::state::{App, Inner, REGION};
use crate::wire::ImportReport;

#[tauri::command(async)]
pub(crate) fn list_summary(app: State<'_, App>) -> Summary {
    app.held().list.summary()
}

#[tauri::command(async)]
pub(crate) fn list_rows(
    app: State<'_, App>,
    show: Show,
    search: &str,
    offset: u32,
    limit: u32,
) -> RowPage {
    app.held().list.rows(show, search, offset, limit.min(1_000))
}

/// Opens the system's file dialog; `null` when it was closed.
#[tauri::command(async)]
pub(crate) fn list_choose(
    handle: AppHandle,
    app: State<'_, App>,
) -> Result<Option<ImportReport>, Problem> {
    let chosen = handle
        .dialog()
        .file()
        .set_title("Choose contact lists")
        .add_filter("Contact lists (CSV, text)", &["csv", "tsv", "txt"])
        .add_filter("All files", &["*"])
        .blocking_pick_files();
    let Some(chosen) = chosen else {
        return Ok(None);
    };
    let paths: Vec<_> = chosen
        .into_iter()
        .filter_map(|file| file.into_path().ok())
        .collect();
    imports::add_files(&app, &paths).map(Some)
}

#[tauri::command(async)]
pub(crate) fn list_add(app: State<'_, App>, text: &str) -> Result<ImportReport, Problem> {
    let mut inner = app.held();
    let imported = inner.list.add_text(text).map_err(|error| {
        let mut problem = Problem::new(
            ProblemCode::ListRefused,
            crate::state::capitalised(&error.to_string()),
        );
        problem.field = Some("contacts".to_owned());
        problem
    })?;
    inner.save_list()?;
    Ok(ImportReport {
        summary: inner.list.summary(),
        added: imported.rows,
        problems: Vec::new(),
    })
}

#[tauri::command(async)]
pub(crate) fn list_edit(app: State<'_, App>, row: u32, text: &str) -> Result<Summary, Problem> {
    let mut inner = app.held();
    inner
        .list
        .edit(RowId(row), text)
        .map_err(|_| Problem::gone("row"))?;
    changed(&inner)
}

#[tauri::command(async)]
pub(crate) fn list_remove(app: State<'_, App>, rows: Vec<u32>) -> Result<Summary, Problem> {
    let mut inner = app.held();
    let rows: Vec<_> = rows.into_iter().map(RowId).collect();
    inner.list.remove(&rows);
    changed(&inner)
}

#[tauri::command(async)]
pub(crate) fn list_clear(app: State<'_, App>) -> Result<Summary, Problem> {
    let mut inner = app.held();
    inner.list.clear();
    changed(&inner)
}

#[tauri::command(async)]
pub(crate) fn list_region(app: State<'_, App>, region: &str) -> Result<Summary, Problem> {
    let region =
        Region::parse(region).map_err(|error| Problem::at("defaultRegion", error.to_string()))?;
    let mut inner = app.held();
    inner.ledger()?.set_value(REGION, &region.code())?;
    inner.list.set_region(region);
    changed(&inner)
}

#[tauri::command(async)]
pub(crate) fn regions() -> Vec<RegionChoice> {
    contacts::regions()
}

fn changed(inner: &Inner) -> Result<Summary, Problem> {
    inner.save_list()?;
    Ok(inner.list.summary())
}
