//! First start, unlocking, and the recovery key.

use tauri::{AppHandle, Manager, State, WebviewWindow};

use crate::adapters::keyring;
use crate::adapters::safe::Keep;
use crate::error::Problem;
use crate::returns;
use crate::sending;
use crate::state::App;
use crate::wire::{RecoveryKey, SecretText, Status};

#[tauri::command(async)]
pub(crate) fn app_status(handle: AppHandle, app: State<'_, App>) -> Status {
    app.held().open_once();
    status(&handle)
}

#[tauri::command(async)]
pub(crate) fn start_ledger(
    app: State<'_, App>,
    keep: Keep,
    passphrase: Option<SecretText>,
) -> Result<RecoveryKey, Problem> {
    let text = app
        .held()
        .begin(keep, passphrase.unwrap_or_default().as_str())?;
    Ok(RecoveryKey {
        recovery_key: text.to_string(),
    })
}

#[tauri::command(async)]
pub(crate) fn confirm_recovery_key(
    handle: AppHandle,
    app: State<'_, App>,
    text: SecretText,
) -> Result<(), Problem> {
    app.held().confirm(text.as_str())?;
    opened(&handle);
    Ok(())
}

#[tauri::command(async)]
pub(crate) fn unlock(
    handle: AppHandle,
    app: State<'_, App>,
    passphrase: SecretText,
) -> Result<Status, Problem> {
    app.held().unlock(passphrase.as_str())?;
    Ok(status(&handle))
}

#[tauri::command(async)]
pub(crate) fn retry_keyring(handle: AppHandle, app: State<'_, App>) -> Status {
    keyring::ask_to_unlock();
    app.held().open_again();
    status(&handle)
}

#[tauri::command(async)]
pub(crate) fn recover(
    handle: AppHandle,
    app: State<'_, App>,
    recovery_key: SecretText,
    keep: Keep,
    passphrase: Option<SecretText>,
) -> Result<Status, Problem> {
    app.held().recover(
        recovery_key.as_str(),
        keep,
        passphrase.unwrap_or_default().as_str(),
    )?;
    Ok(status(&handle))
}

/// The window shows itself once it has something to show, so that nobody sees a white flash.
#[tauri::command(async)]
pub(crate) fn window_ready(window: WebviewWindow) -> Result<(), Problem> {
    window
        .show()
        .map_err(|error| Problem::internal(error.to_string()))
}

/// With an open ledger, what waited for it begins.
fn opened(handle: &AppHandle) {
    sending::open(handle);
    returns::open(handle);
}

/// How the app stands. With an open ledger, what was being sent goes on.
fn status(handle: &AppHandle) -> Status {
    opened(handle);
    let app = handle.state::<App>();
    let keyring = keyring::state();
    let inner = app.held();
    Status {
        stage: inner.stage(),
        lock: inner.lock(),
        keyring,
        keep: inner.keep(),
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}
