//! Batches: how they stand, and what the officer asks of them.

use std::sync::Arc;

use tauri::{AppHandle, State};

use super::{blocking, requests};
use crate::error::Problem;
use crate::sending::Sending;
use crate::state::App;
use crate::wire::{BatchView, FailureGroup, Mended, RequestList, RequestState};

#[tauri::command]
pub(crate) async fn batches(app: State<'_, App>) -> Result<Vec<BatchView>, Problem> {
    asked(&app, |sending| sending.views()).await
}

#[tauri::command]
pub(crate) async fn batch(app: State<'_, App>, id: String) -> Result<BatchView, Problem> {
    asked(&app, move |sending| sending.view(&id)).await
}

#[tauri::command]
pub(crate) async fn batch_requests(
    app: State<'_, App>,
    id: String,
    state: Option<RequestState>,
    search: String,
    offset: u32,
    limit: u32,
) -> Result<RequestList, Problem> {
    asked(&app, move |sending| {
        let state = state.map(ledger::State::from);
        let limit = limit.min(500);
        let page = sending
            .ledger()
            .batch_requests(&id, state, &search, offset, limit)?;
        Ok(requests::listed(page))
    })
    .await
}

#[tauri::command]
pub(crate) async fn batch_failures(
    app: State<'_, App>,
    id: String,
) -> Result<Vec<FailureGroup>, Problem> {
    asked(&app, move |sending| sending.failures(&id)).await
}

#[tauri::command]
pub(crate) async fn pause_batch(app: State<'_, App>, id: String) -> Result<BatchView, Problem> {
    asked(&app, move |sending| sending.pause(&id)).await
}

#[tauri::command]
pub(crate) async fn resume_batch(app: State<'_, App>, id: String) -> Result<BatchView, Problem> {
    asked(&app, move |sending| sending.go_on(&id)).await
}

#[tauri::command]
pub(crate) async fn stop_batch(app: State<'_, App>, id: String) -> Result<BatchView, Problem> {
    asked(&app, move |sending| sending.stop(&id)).await
}

/// Sends the refused again, all or these: the same bytes under the same key. Gives how many.
#[tauri::command]
pub(crate) async fn resend_refused(
    app: State<'_, App>,
    id: String,
    requests: Option<Vec<String>>,
) -> Result<u64, Problem> {
    asked(&app, move |sending| {
        sending.resend_refused(&id, requests.as_deref())
    })
    .await
}

/// Sends these again under their old key, though nobody knows whether they arrived. Gives how many.
#[tauri::command]
pub(crate) async fn resend_unknown(
    app: State<'_, App>,
    id: String,
    requests: Vec<String>,
) -> Result<u64, Problem> {
    asked(&app, move |sending| sending.resend_unknown(&id, &requests)).await
}

/// Takes back what was not sent, all or these. Gives how many.
#[tauri::command]
pub(crate) async fn cancel_requests(
    app: State<'_, App>,
    id: String,
    requests: Option<Vec<String>>,
) -> Result<u64, Problem> {
    asked(&app, move |sending| {
        sending.cancel(&id, requests.as_deref())
    })
    .await
}

/// Puts one wrong contact of a refused request right and sends that again.
#[tauri::command]
pub(crate) async fn mend_contact(
    app: State<'_, App>,
    request: String,
    contact: String,
    replacement: String,
) -> Result<Mended, Problem> {
    let region = app.lists.read().region();
    asked(&app, move |sending| {
        sending.mend(&request, &contact, &replacement, region)
    })
    .await
}

/// Lets what is under way come to its end, then closes the app. The next start goes on.
#[tauri::command]
pub(crate) async fn leave_and_close(handle: AppHandle, app: State<'_, App>) -> Result<(), Problem> {
    Arc::clone(app.sending()?).leave().await;
    handle.exit(0);
    Ok(())
}

async fn asked<T: Send + 'static>(
    app: &App,
    question: impl FnOnce(&Arc<Sending>) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let sending = Arc::clone(app.sending()?);
    blocking(move || question(&sending)).await
}
