//! The contact list: it lives here, the window sees a page at a time.

use contacts::{Field, ListAsk, ReasonCode, Region, RegionChoice, RowId, RowPage, Summary};
use tauri::{AppHandle, State};
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_plugin_dialog::DialogExt;

use crate::error::Problem;
use crate::imports::{Import, TEXT_LIMIT, limits};
use crate::lists::Work;
use crate::state::{App, REGION};
use crate::wire::{ImportReport, ListSettings};

/// The largest text file that can be allowed, in MiB.
const MOST_TEXT: u32 = 2_048;

#[tauri::command(async)]
pub(crate) fn list_summary(app: State<'_, App>) -> Summary {
    app.lists.read().summary()
}

#[tauri::command(async)]
pub(crate) fn list_rows(app: State<'_, App>, ask: ListAsk, offset: u32, limit: u32) -> RowPage {
    app.lists.read().rows(&ask, offset, limit.min(1_000))
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
        .add_filter(
            "Contact lists",
            &[
                "csv", "json", "jsonl", "ndjson", "ods", "tab", "tsv", "txt", "vcard", "vcf",
                "xls", "xlsb", "xlsm", "xlsx",
            ],
        )
        .add_filter("All files", &["*"])
        .blocking_pick_files();
    let Some(chosen) = chosen else {
        return Ok(None);
    };
    let paths: Vec<_> = chosen
        .into_iter()
        .filter_map(|file| file.into_path().ok())
        .collect();
    let mut import = Import::new(&app, &handle);
    import.files(&paths)?;
    Ok(Some(import.report()))
}

/// Adds what is on the clipboard; `null` when there is no text on it.
#[tauri::command(async)]
pub(crate) fn list_paste(
    handle: AppHandle,
    app: State<'_, App>,
) -> Result<Option<ImportReport>, Problem> {
    let Ok(text) = handle.clipboard().read_text() else {
        return Ok(None);
    };
    if text.trim().is_empty() {
        return Ok(None);
    }
    let mut import = Import::new(&app, &handle);
    import.pasted(&text)?;
    Ok(Some(import.report()))
}

#[tauri::command(async)]
pub(crate) fn list_add(
    handle: AppHandle,
    app: State<'_, App>,
    text: &str,
) -> Result<ImportReport, Problem> {
    let mut import = Import::new(&app, &handle);
    import.pasted(text).map_err(|problem| Problem {
        field: Some("contacts".to_owned()),
        ..problem
    })?;
    Ok(import.report())
}

#[tauri::command(async)]
pub(crate) fn list_edit(
    handle: AppHandle,
    app: State<'_, App>,
    row: RowId,
    field: Field,
    text: &str,
) -> Result<Summary, Problem> {
    let work = app.lists.work(&handle, "");
    let edited = work.write().edit(row, field, text);
    edited.map_err(|_| Problem::gone("row"))?;
    changed(&app, &work)
}

#[tauri::command(async)]
pub(crate) fn list_accept(
    handle: AppHandle,
    app: State<'_, App>,
    row: RowId,
    code: ReasonCode,
    alike: bool,
) -> Result<Summary, Problem> {
    let work = app.lists.work(&handle, "");
    let accepted = work.write().accept(row, code, alike);
    accepted.map_err(|_| Problem::gone("suggestion"))?;
    changed(&app, &work)
}

#[tauri::command(async)]
pub(crate) fn list_remove(
    handle: AppHandle,
    app: State<'_, App>,
    rows: Vec<RowId>,
) -> Result<Summary, Problem> {
    let work = app.lists.work(&handle, "");
    work.write().remove(&rows);
    changed(&app, &work)
}

#[tauri::command(async)]
pub(crate) fn list_remove_shown(
    handle: AppHandle,
    app: State<'_, App>,
    ask: ListAsk,
) -> Result<Summary, Problem> {
    let work = app.lists.work(&handle, "");
    work.write().remove_shown(&ask);
    changed(&app, &work)
}

#[tauri::command(async)]
pub(crate) fn list_remove_source(
    handle: AppHandle,
    app: State<'_, App>,
    source: u32,
) -> Result<Summary, Problem> {
    let work = app.lists.work(&handle, "");
    work.write().remove_source(source);
    changed(&app, &work)
}

#[tauri::command(async)]
pub(crate) fn list_clear(handle: AppHandle, app: State<'_, App>) -> Result<Summary, Problem> {
    let work = app.lists.work(&handle, "");
    work.write().clear();
    changed(&app, &work)
}

#[tauri::command(async)]
pub(crate) fn list_undo(handle: AppHandle, app: State<'_, App>) -> Result<Summary, Problem> {
    let work = app.lists.work(&handle, "Undo");
    work.write().undo(&work)?;
    changed(&app, &work)
}

#[tauri::command(async)]
pub(crate) fn list_region(
    handle: AppHandle,
    app: State<'_, App>,
    region: &str,
) -> Result<Summary, Problem> {
    let region =
        Region::parse(region).map_err(|error| Problem::at("defaultRegion", error.to_string()))?;
    let work = app.lists.work(&handle, &region.name());
    app.held().ledger()?.set_value(REGION, &region.code())?;
    let judged = work.read().judged_for(region, &work)?;
    work.write().set_region(judged);
    changed(&app, &work)
}

/// Ends the work on the list that is going on.
#[tauri::command(async)]
pub(crate) fn list_cancel(app: State<'_, App>) {
    app.lists.end();
}

#[tauri::command(async)]
pub(crate) fn list_settings(app: State<'_, App>) -> Result<ListSettings, Problem> {
    let text_bytes = limits(&app)?.text_bytes;
    Ok(ListSettings {
        region: app.lists.read().region(),
        text_mebibytes: u32::try_from(text_bytes / 1024 / 1024).unwrap_or(MOST_TEXT),
    })
}

#[tauri::command(async)]
pub(crate) fn save_list_settings(
    handle: AppHandle,
    app: State<'_, App>,
    settings: ListSettings,
) -> Result<ListSettings, Problem> {
    let mebibytes = settings.text_mebibytes;
    if !(1..=MOST_TEXT).contains(&mebibytes) {
        let words = format!("Choose a size from 1 to {MOST_TEXT} MiB.");
        return Err(Problem::at("textMebibytes", words));
    }
    let stored = mebibytes.to_string();
    app.held().ledger()?.set_value(TEXT_LIMIT, &stored)?;
    if settings.region != app.lists.read().region() {
        list_region(handle, app, &settings.region.code())?;
    }
    Ok(settings)
}

#[tauri::command(async)]
pub(crate) fn regions() -> Vec<RegionChoice> {
    contacts::regions()
}

/// The encodings to choose from.
#[tauri::command(async)]
pub(crate) fn encodings() -> &'static [&'static str] {
    contacts::encodings()
}

/// Looks for new contacts among earlier requests, and keeps what was done.
pub(super) fn changed(app: &App, work: &Work<'_>) -> Result<Summary, Problem> {
    let inner = app.held();
    work.look_back(inner.ledger()?)?;
    work.keep(inner.ledger()?)?;
    Ok(work.read().summary())
}
