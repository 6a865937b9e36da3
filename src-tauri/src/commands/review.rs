//! Review and send: the second, deliberate step.

use std::sync::Arc;

use humanos::Client;
use tauri::{AppHandle, Emitter, Manager, State};

use super::{blocking, connections, form, officer, requests};
use crate::attempt::{self, attempt};
use crate::error::Problem;
use crate::lists;
use crate::pace;
use crate::review::{self, Prepared, Reviewed, Way};
use crate::sending::{Writing, judged, write_down};
use crate::state::{App, Inner};
use crate::wire::{DryRun, Form, PlanProgress, PreparedReview, RequestDetail, ReviewRequest, Sent};

/// Checks every request that the form makes of the list.
#[tauri::command]
pub(crate) async fn prepare_review(
    handle: AppHandle,
    form: Form,
) -> Result<PreparedReview, Problem> {
    blocking(move || prepare(&handle.state::<App>(), &form)).await
}

/// Any request of the review, from 1.
#[tauri::command]
pub(crate) async fn review_request(
    app: State<'_, App>,
    review: String,
    number: u32,
) -> Result<ReviewRequest, Problem> {
    let prepared = app.held().prepared(&review)?;
    blocking(move || prepared.request(number)).await
}

/// The number of the first request that asks a contact with this text in it.
#[tauri::command]
pub(crate) async fn review_find(
    app: State<'_, App>,
    review: String,
    contact: String,
) -> Result<Option<u32>, Problem> {
    let prepared = app.held().prepared(&review)?;
    blocking(move || Ok(prepared.find(&contact))).await
}

/// Makes every request and sends none; the connection is tried with a call that changes nothing.
#[tauri::command]
pub(crate) async fn dry_run(app: State<'_, App>, review: String) -> Result<DryRun, Problem> {
    let prepared = app.held().prepared(&review)?;
    let connection = prepared.connection_id.clone();
    let mut run = blocking(move || made(&prepared)).await?;
    let tested = match connections::client(&app, &connection) {
        Ok(client) => connections::tested(&client).await,
        Err(problem) => Err(problem),
    };
    match tested {
        Ok(tested) => run.connection = Some(tested),
        Err(problem) => run.unreached = Some(problem.message),
    }
    Ok(run)
}

/// Sends a request of the review to the officer instead of its people.
#[tauri::command]
pub(crate) async fn test_send(
    app: State<'_, App>,
    review: String,
    number: u32,
    contact: String,
) -> Result<RequestDetail, Problem> {
    let prepared = app.held().prepared(&review)?;
    let region = app.lists.read().region();
    let contact = judged(&contact, region)?;
    let client = connections::client(&app, &prepared.connection_id)?;
    let request = prepared.test_request(number, &contact)?;
    officer::remember_contact(&app.held(), &contact)?;
    attempt::plan(&app, &request)?;
    attempt(&app, &client, &request.id).await
}

/// Sends what was reviewed. It is on disk before the first byte leaves: a single request is answered before this
/// returns, many are sent in the background.
#[tauri::command]
pub(crate) async fn send(
    handle: AppHandle,
    app: State<'_, App>,
    review: String,
) -> Result<Sent, Problem> {
    let prepared = app.held().take_prepared(&review)?;
    let begun = begin(&handle, &prepared).await;
    if begun.is_err() {
        // Nothing was written down, so the officer may try again.
        app.held().prepared.get_or_insert(prepared);
    }
    match begun? {
        Some(client) => {
            let detail = attempt(&app, &client, &review).await?;
            form::sent(&app, detail.humanos_id.is_some())?;
            Ok(Sent {
                request: Some(detail),
                batch: None,
            })
        }
        None => {
            form::sent(&app, true)?;
            app.sending()?.go_on(&review)?;
            Ok(Sent {
                request: None,
                batch: Some(review),
            })
        }
    }
}

/// Ends the writing down of a batch; nothing of it is kept.
#[tauri::command(async)]
pub(crate) fn cancel_planning(app: State<'_, App>) {
    app.writing.end();
}

/// Sends a stored request again: the same bytes under the same key, so that nobody is asked twice.
#[tauri::command]
pub(crate) async fn retry(app: State<'_, App>, request: String) -> Result<RequestDetail, Problem> {
    let connection = {
        let inner = app.held();
        inner
            .ledger()?
            .request(&request)?
            .ok_or_else(|| Problem::gone("request"))?
            .connection_id
    };
    let client = connections::client(&app, &connection)?;
    let detail = attempt(&app, &client, &request).await?;
    if detail.humanos_id.is_some() {
        form::answered(&app, &connection, &detail.body_sha256)?;
    }
    if let Some(batch) = &detail.batch_id {
        app.sending()?.show(batch)?;
    }
    Ok(detail)
}

fn prepare(app: &App, form: &Form) -> Result<PreparedReview, Problem> {
    let connection = connections::current(app)?;
    let way = Way {
        back: app.way_back(&connection.id)?,
        client: connections::client(app, &connection.id)?,
        version: connections::version(&connection.api_version)?,
        connection,
    };
    let (picked, left_out, files) = {
        let list = app.lists.read();
        (list.picked(), list.summary().errors, lists::files(&list))
    };
    let mut prepared = match review::prepare(picked, left_out, form, way)? {
        Reviewed::Ready(prepared) => prepared,
        Reviewed::Issues(issues, issue_count) => {
            return Ok(PreparedReview {
                review: None,
                issues,
                issue_count,
            });
        }
    };
    prepared.files = files;
    let mut inner = app.held();
    if prepared.review.requests == 1 {
        let doubts = doubts(&inner, &prepared.review.request.sha256)?;
        prepared.review.warnings.extend(doubts);
    }
    let review = prepared.review.clone();
    inner.prepared = Some(Arc::from(prepared));
    Ok(PreparedReview {
        review: Some(review),
        issues: Vec::new(),
        issue_count: 0,
    })
}

fn made(prepared: &Prepared) -> Result<DryRun, Problem> {
    let mut run = DryRun {
        requests: 0,
        people: prepared.review.people,
        bytes: 0,
        largest: 0,
        connection: None,
        unreached: None,
    };
    for planned in prepared.plan.requests(|number| prepared.key(number)) {
        let bytes = planned?.body.len();
        run.requests += 1;
        run.bytes = run.bytes.saturating_add(bytes as u64);
        run.largest = run.largest.max(u32::try_from(bytes).unwrap_or(u32::MAX));
    }
    Ok(run)
}

/// Writes what was reviewed down. A single request is to be sent through the client that this gives.
async fn begin(handle: &AppHandle, prepared: &Arc<Prepared>) -> Result<Option<Client>, Problem> {
    let app = handle.state::<App>();
    let client = connections::client(&app, &prepared.connection_id)?;
    if prepared.review.requests == 1 {
        for request in prepared.requests() {
            attempt::plan(&app, &request?)?;
        }
        return Ok(Some(client));
    }
    let (handle, prepared) = (handle.clone(), Arc::clone(prepared));
    blocking(move || {
        let app = handle.state::<App>();
        let (ledger, pace) = {
            let inner = app.held();
            let ledger = inner.ledger()?;
            (
                ledger.another()?,
                pace::of(ledger, &prepared.connection_id)?,
            )
        };
        let watch = Writing::new(&app.writing, prepared.review.requests, |progress| {
            tell(&handle, progress);
        });
        write_down(&ledger, &prepared, pace, &watch)?;
        let kept = lists::keep_with(&app.lists, &ledger, &prepared.review.id, &prepared.files);
        if let Err(problem) = kept {
            // The requests are planned and say who is asked; the packs of them come without the list.
            tracing::error!(%problem.message, "the list could not be kept with its batch");
        }
        Ok(())
    })
    .await?;
    Ok(None)
}

/// The same bytes sent before, with no answer or with a yes, would ask the same people twice.
fn doubts(inner: &Inner, sha256: &str) -> Result<Vec<String>, Problem> {
    Ok(inner
        .ledger()?
        .same_body(sha256)?
        .into_iter()
        .filter_map(|(state, at_ms)| {
            let when = requests::spoken_time(at_ms);
            match state {
                ledger::State::Accepted => Some(format!(
                    "Exactly this request was accepted on {when}. Sending it again asks the same people a second time."
                )),
                ledger::State::Unknown | ledger::State::Sending => Some(format!(
                    "Exactly this request was sent on {when} and no answer came. It may have arrived: open it under Requests and try it again there, with its own key."
                )),
                ledger::State::Refused => Some(format!(
                    "Exactly this request was sent on {when} and answered with an error. If that was the server's own error it may have arrived all the same: look at it under Requests and try it again there, with its own key."
                )),
                _ => None,
            }
        })
        .collect())
}

fn tell(handle: &AppHandle, progress: Option<PlanProgress>) {
    if let Err(error) = handle.emit_to("main", "plan-progress", progress) {
        tracing::error!(%error, "the window could not be told of progress");
    }
}
