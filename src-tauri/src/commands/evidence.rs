//! Receipts, the check of the ledger, and the key of this computer.

use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

use crate::adapters::data_dir::write_durably;
use crate::device_key;
use crate::error::{Problem, ProblemCode};
use crate::evidence;
use crate::state::App;
use crate::wire::{DeviceKeyView, LedgerReport, ReceiptCheck, Saved};

#[tauri::command(async)]
pub(crate) fn check_ledger(
    handle: AppHandle,
    app: State<'_, App>,
) -> Result<LedgerReport, Problem> {
    evidence::report(&handle, &app)
}

/// Ends the check or the export that is under way; its command then says that it was cancelled.
#[tauri::command]
pub(crate) fn cancel_export(app: State<'_, App>) {
    app.exporting.end();
}

#[tauri::command(async)]
pub(crate) fn choose_receipt(
    handle: AppHandle,
    app: State<'_, App>,
) -> Result<Option<ReceiptCheck>, Problem> {
    let chosen = handle
        .dialog()
        .file()
        .set_title("Choose a receipt to check")
        .blocking_pick_file();
    match chosen.and_then(|file| file.into_path().ok()) {
        Some(path) => evidence::check_file(&app, &path).map(Some),
        None => Ok(None),
    }
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
