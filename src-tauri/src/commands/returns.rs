//! How people come back to this computer, sessions here, and asking where a request stands.

use tauri::{AppHandle, State, WebviewWindow};

use super::requests;
use crate::answers;
use crate::error::Problem;
use crate::returns;
use crate::session;
use crate::state::App;
use crate::status;
use crate::wire::{RequestDetail, ReturnWay, SessionOrigin, SessionOutcome, SessionSaid};

#[tauri::command(async)]
pub(crate) fn return_way(app: State<'_, App>) -> ReturnWay {
    app.returns.route().view()
}

#[tauri::command(async)]
pub(crate) fn session_origin(handle: AppHandle) -> Result<SessionOrigin, Problem> {
    let origin = session::origin(&handle)?;
    Ok(SessionOrigin {
        https: origin.starts_with("https://"),
        origin,
    })
}

#[tauri::command]
pub(crate) async fn refresh_status(
    app: State<'_, App>,
    request: String,
) -> Result<RequestDetail, Problem> {
    status::refresh(&app, &request).await?;
    requests::detail(&app.held(), &request)
}

// Not on the main thread: some systems open no window from there.
#[tauri::command(async)]
pub(crate) fn open_session(
    handle: AppHandle,
    request: &str,
    subject: usize,
) -> Result<(), Problem> {
    session::open(&handle, request, subject)?;
    returns::changed(&handle, request);
    Ok(())
}

/// All that the session's window can call: here is a message.
#[tauri::command(async)]
pub(crate) fn session_message(
    handle: AppHandle,
    window: WebviewWindow,
    app: State<'_, App>,
    text: &str,
) -> Result<SessionSaid, Problem> {
    let heard = (window.label() == session::LABEL).then(|| app.session.hear(text.len()));
    let Some(request) = heard.flatten() else {
        return Ok(SessionSaid {
            outcome: SessionOutcome::Refused,
            answer: None,
        });
    };
    let said = answers::message(&app, &request, text)?;
    if said.outcome != SessionOutcome::Refused {
        returns::changed(&handle, &request);
    }
    if said.outcome == SessionOutcome::Opened {
        status::soon(&handle, &request);
    }
    Ok(said)
}
