//! Answers that the officer brings, those kept, and the profiles that open them.

use std::sync::PoisonError;

use humanos::envelope::Profiles;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

use super::connections;
use crate::answers;
use crate::error::Problem;
use crate::imports;
use crate::profiles;
use crate::returns;
use crate::state::App;
use crate::webhooks;
use crate::wire::{
    AnswerView, ConnectionView, DropPlace, OpenResult, PayloadFile, ProfilesView, TraceView,
    WebhookForm,
};

/// How many answers without a request are shown.
const SHOWN_LOOSE: u32 = 50;

#[tauri::command(async)]
pub(crate) fn open_payload(
    handle: AppHandle,
    app: State<'_, App>,
    text: &str,
    headers: &str,
    any_age: bool,
) -> Result<OpenResult, Problem> {
    let result = answers::brought(&app, text, headers, any_age)?;
    tell(&handle, &result);
    Ok(result)
}

#[tauri::command(async)]
pub(crate) fn retry_answer(
    handle: AppHandle,
    app: State<'_, App>,
    id: &str,
) -> Result<OpenResult, Problem> {
    let result = answers::again(&app, id)?;
    tell(&handle, &result);
    Ok(result)
}

/// Answers that were joined to no request.
#[tauri::command(async)]
pub(crate) fn loose_answers(app: State<'_, App>) -> Result<Vec<AnswerView>, Problem> {
    let inner = app.held();
    let loose = inner.ledger()?.loose_payloads(SHOWN_LOOSE)?;
    Ok(loose
        .into_iter()
        .map(|payload| answers::view(payload, None))
        .collect())
}

#[tauri::command(async)]
pub(crate) fn choose_payload(handle: AppHandle) -> Result<Option<PayloadFile>, Problem> {
    chosen(&handle, "Choose an encrypted answer")
}

#[tauri::command(async)]
pub(crate) fn drops_go_to(app: State<'_, App>, place: DropPlace) {
    *app.drops.lock().unwrap_or_else(PoisonError::into_inner) = place;
}

#[tauri::command(async)]
pub(crate) fn profiles(app: State<'_, App>) -> Result<ProfilesView, Problem> {
    profiles::view(app.held().ledger()?)
}

#[tauri::command(async)]
pub(crate) fn save_profiles(app: State<'_, App>, text: &str) -> Result<ProfilesView, Problem> {
    let inner = app.held();
    let ledger = inner.ledger()?;
    profiles::save(ledger, text)?;
    profiles::view(ledger)
}

#[tauri::command]
pub(crate) fn profiles_template() -> &'static str {
    Profiles::built_in_file()
}

#[tauri::command(async)]
pub(crate) fn choose_profiles(handle: AppHandle) -> Result<Option<PayloadFile>, Problem> {
    chosen(&handle, "Choose a file of envelope profiles")
}

/// How far each profile follows a payload. Nothing is kept.
#[tauri::command(async)]
pub(crate) fn try_payload(app: State<'_, App>, text: &str) -> Result<Vec<TraceView>, Problem> {
    answers::follow(&app, text)
}

#[tauri::command(async)]
pub(crate) fn save_webhook(
    app: State<'_, App>,
    connection: &str,
    form: WebhookForm,
) -> Result<Vec<ConnectionView>, Problem> {
    {
        let mut inner = app.held();
        if inner.ledger()?.connection(connection)?.is_none() {
            return Err(Problem::gone("connection"));
        }
        webhooks::save(&mut inner, connection, &form)?;
    }
    connections::all(&app)
}

#[tauri::command(async)]
pub(crate) fn remove_webhook(
    app: State<'_, App>,
    connection: &str,
) -> Result<Vec<ConnectionView>, Problem> {
    {
        let mut inner = app.held();
        let (ledger, safe) = inner.opened()?;
        webhooks::remove(ledger, safe, connection)?;
    }
    connections::all(&app)
}

fn tell(handle: &AppHandle, result: &OpenResult) {
    if let Some(request) = result
        .answer
        .as_ref()
        .and_then(|answer| answer.request.as_ref())
    {
        returns::changed(handle, request);
    }
}

fn chosen(handle: &AppHandle, title: &str) -> Result<Option<PayloadFile>, Problem> {
    let chosen = handle.dialog().file().set_title(title).blocking_pick_file();
    match chosen.and_then(|file| file.into_path().ok()) {
        Some(path) => imports::read_payload(&path).map(Some),
        None => Ok(None),
    }
}
