//! Receipts, the check of the ledger, and the key of this computer.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tauri::{AppHandle, Manager, State};
use tauri_plugin_dialog::DialogExt;

use super::blocking;
use crate::adapters::clock::now_ms;
use crate::adapters::data_dir::write_durably;
use crate::device_key;
use crate::error::{Problem, ProblemCode};
use crate::evidence::{self, Watch};
use crate::state::App;
use crate::wire::{
    DeviceKeyView, Exported, LedgerReport, PackAsk, PackFormat, PackScope, ReceiptCheck, Saved,
    Stamping,
};

#[tauri::command]
pub(crate) async fn check_ledger(handle: AppHandle) -> Result<LedgerReport, Problem> {
    blocking(move || {
        let app = handle.state::<App>();
        evidence::report(&app, &mut Watch::begin(&handle, &app.exporting)?)
    })
    .await
}

#[tauri::command]
pub(crate) async fn count_pack(app: State<'_, App>, scope: PackScope) -> Result<u64, Problem> {
    let ledger = app.held().ledger()?.another()?;
    blocking(move || evidence::count(&ledger, scope)).await
}

/// Writes receipts of many requests where the officer says; `null` when the dialog was closed.
#[tauri::command]
pub(crate) async fn export_pack(
    handle: AppHandle,
    ask: PackAsk,
) -> Result<Option<Exported>, Problem> {
    blocking(move || exported(&handle, &ask)).await
}

fn exported(handle: &AppHandle, ask: &PackAsk) -> Result<Option<Exported>, Problem> {
    let (kind, end) = match ask.format {
        PackFormat::Pack => ("Evidence pack (ZIP)", "zip"),
        PackFormat::Xlsx => ("Table (XLSX)", "xlsx"),
        PackFormat::CsvSafe | PackFormat::CsvExact => ("Table (CSV)", "csv"),
    };
    let chosen = handle
        .dialog()
        .file()
        .set_title("Save the receipts")
        .set_file_name(format!("evidence-{}.{end}", today()))
        .add_filter(kind, &[end])
        .blocking_save_file();
    let Some(path) = chosen.and_then(|file| file.into_path().ok()) else {
        return Ok(None);
    };
    let app = handle.state::<App>();
    let mut watch = Watch::begin(handle, &app.exporting)?;
    let desk = evidence::Desk::open(&app, &ask.mask, &mut watch)?;
    evidence::export(&desk, ask, &path, &mut watch).map(Some)
}

/// Who says when the ledger's head was seen.
#[tauri::command(async)]
pub(crate) fn stamping(app: State<'_, App>) -> Result<Stamping, Problem> {
    evidence::stamping(&app)
}

/// Has another authority asked, or none where the address is blank.
#[tauri::command(async)]
pub(crate) fn save_stamping(app: State<'_, App>, url: &str) -> Result<Stamping, Problem> {
    evidence::save_authority(&app, url)
}

/// Ends the check or the export that is under way; its command then says that it was cancelled.
#[tauri::command]
pub(crate) fn cancel_export(app: State<'_, App>) {
    app.exporting.end();
}

#[tauri::command]
pub(crate) async fn choose_receipt(handle: AppHandle) -> Result<Option<ReceiptCheck>, Problem> {
    blocking(move || {
        let chosen = handle
            .dialog()
            .file()
            .set_title("Choose a receipt to check")
            .blocking_pick_file();
        match chosen.and_then(|file| file.into_path().ok()) {
            Some(path) => evidence::check_file(&handle.state::<App>(), &path).map(Some),
            None => Ok(None),
        }
    })
    .await
}

#[tauri::command(async)]
pub(crate) fn device_key(app: State<'_, App>) -> Result<DeviceKeyView, Problem> {
    device_key::view(&app)
}

#[tauri::command(async)]
pub(crate) fn rotate_device_key(app: State<'_, App>) -> Result<DeviceKeyView, Problem> {
    device_key::replace(&app)?;
    device_key::view(&app)
}

/// Writes the public half of the key where the officer says; `null` when the dialog was closed.
#[tauri::command(async)]
pub(crate) fn export_device_key(
    handle: AppHandle,
    app: State<'_, App>,
) -> Result<Option<Saved>, Problem> {
    let pem = device_key::public(&app)?.to_pem();
    let chosen = handle
        .dialog()
        .file()
        .set_title("Save the public key")
        .set_file_name("countersign-public-key.pem")
        .add_filter("Public key (PEM)", &["pem"])
        .blocking_save_file();
    let Some(path) = chosen.and_then(|file| file.into_path().ok()) else {
        return Ok(None);
    };
    write_durably(&path, pem.as_bytes()).map_err(|error| {
        Problem::new(
            ProblemCode::SaveFailed,
            format!("The key could not be written there: {error}. Choose another folder."),
        )
    })?;
    Ok(Some(Saved {
        path: path.display().to_string(),
    }))
}

fn today() -> String {
    let now = Timestamp::from_millisecond(now_ms()).unwrap_or(Timestamp::UNIX_EPOCH);
    let here = now.to_zoned_datetime(TimeZone::system());
    here.strftime("%Y-%m-%d").to_string()
}
