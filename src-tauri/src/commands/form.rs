//! The request form: saved as it is typed, checked in Rust, reset after sending.

use std::sync::Arc;

use humanos::KeyPair;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use uuid::Uuid;

use super::{blocking, connections};
use crate::adapters::clock::now_ms;
use crate::error::Problem;
use crate::imports;
use crate::review;
use crate::state::{App, Inner};
use crate::wire::{ChosenDocument, Form, FormCheck, FormView, NewPubKey, ReturnTo, SavedAt};

const FORM_DRAFT: &str = "form";

#[tauri::command(async)]
pub(crate) fn load_form(app: State<'_, App>) -> Result<FormView, Problem> {
    let inner = app.held();
    let stored = inner.ledger()?.draft(FORM_DRAFT)?;
    Ok(
        match stored.and_then(|d| Some((read(&d.json)?, d.saved_at_ms))) {
            Some((form, saved_at_ms)) => FormView {
                form,
                saved_at_ms: Some(saved_at_ms),
            },
            None => FormView {
                form: blank(),
                saved_at_ms: None,
            },
        },
    )
}

#[tauri::command(async)]
pub(crate) fn save_form(app: State<'_, App>, form: Form) -> Result<SavedAt, Problem> {
    save(&app.held(), &form)
}

/// Starts over: a blank form with a new idempotency key, and an empty list.
#[tauri::command(async)]
pub(crate) fn reset_form(app: State<'_, App>) -> Result<FormView, Problem> {
    let _alone = app.lists.alone();
    let inner = app.held();
    app.lists.start_over(inner.ledger()?)?;
    let form = blank();
    save(&inner, &form)?;
    Ok(FormView {
        form,
        saved_at_ms: None,
    })
}

#[tauri::command]
pub(crate) async fn check_form(app: State<'_, App>, form: Form) -> Result<FormCheck, Problem> {
    let connection = connections::current(&app)?;
    let version = connections::version(&connection.api_version)?;
    let back = app.way_back(&connection.id)?;
    let lists = Arc::clone(&app.lists);
    blocking(move || {
        let picked = lists.read().picked();
        review::check(picked, &form, version, &back, connection.pace)
    })
    .await
}

#[tauri::command(async)]
pub(crate) fn make_key_pair(app: State<'_, App>) -> Result<NewPubKey, Problem> {
    let pair = KeyPair::generate().map_err(|error| Problem::internal(error.to_string()))?;
    app.held()
        .ledger()?
        .store_key_pair(&pair.pub_key, &pair.private_pkcs8, now_ms())?;
    Ok(NewPubKey {
        pub_key: pair.pub_key,
    })
}

#[tauri::command(async)]
pub(crate) fn choose_document(handle: AppHandle) -> Result<Option<ChosenDocument>, Problem> {
    let chosen = handle
        .dialog()
        .file()
        .set_title("Choose a PDF")
        .add_filter("PDF documents", &["pdf"])
        .blocking_pick_file();
    match chosen.and_then(|file| file.into_path().ok()) {
        Some(path) => imports::read_document(&path).map(Some),
        None => Ok(None),
    }
}

/// After a request has been sent its idempotency key must not be used for another.
pub(crate) fn sent(app: &App, accepted: bool) -> Result<(), Problem> {
    let _alone = app.lists.alone();
    let inner = app.held();
    if accepted {
        app.lists.start_over(inner.ledger()?)?;
        save(&inner, &blank())?;
    } else if let Some(stored) = inner.ledger()?.draft(FORM_DRAFT)?
        && let Some(form) = read(&stored.json)
    {
        save(
            &inner,
            &Form {
                idempotency_key: Uuid::new_v4().to_string(),
                ..form
            },
        )?;
    }
    Ok(())
}

/// A request of this body was accepted later: a form that still asks for exactly the same would ask twice.
pub(crate) fn answered(app: &App, connection: &str, body_sha256: &str) -> Result<(), Problem> {
    let Some(stored) = app.held().ledger()?.draft(FORM_DRAFT)? else {
        return Ok(());
    };
    let picked = app.lists.read().picked();
    let back = app.way_back(connection)?;
    let same = read(&stored.json)
        .and_then(|form| review::single(picked, &form, &back))
        .is_some_and(|request| request.body.sha256_hex() == body_sha256);
    if same { sent(app, true) } else { Ok(()) }
}

fn save(inner: &Inner, form: &Form) -> Result<SavedAt, Problem> {
    let saved_at_ms = now_ms();
    let json = serde_json::to_string(form).map_err(|e| Problem::internal(e.to_string()))?;
    inner.ledger()?.save_draft(FORM_DRAFT, &json, saved_at_ms)?;
    Ok(SavedAt { saved_at_ms })
}

/// A form as it was saved. Before people could come back to this app, a redirect address meant a web page.
fn read(json: &str) -> Option<Form> {
    let mut form: Form = serde_json::from_str(json).ok()?;
    let older = !json.contains("\"returnTo\"");
    if older && !form.draft.redirect_url.is_empty() {
        form.return_to = ReturnTo::Web;
    }
    Some(form)
}

fn blank() -> Form {
    Form {
        idempotency_key: Uuid::new_v4().to_string(),
        ..Form::default()
    }
}
