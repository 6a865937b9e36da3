//! Where a request stands, as Humanos says when it is asked. Each answer is an event; the newest one is shown.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use humanos::{Detail, Failure};
use ledger::{EventKind, RequestRecord};
use tauri::{AppHandle, Manager};

use crate::adapters::clock::now_ms;
use crate::commands::connections;
use crate::error::{Problem, ProblemCode};
use crate::returns;
use crate::state::{App, capitalised};
use crate::wire::{Standing, StatusCredential, StatusDecision, StatusSubject, StatusView};

/// Answers come in bursts; Humanos is asked once for all of them.
const SOON: Duration = Duration::from_millis(1_500);

/// Requests that are about to be asked after.
#[derive(Default)]
pub(crate) struct Asking(Mutex<HashSet<String>>);

/// Asks Humanos and writes down what it says.
pub(crate) async fn refresh(app: &App, request: &str) -> Result<(), Problem> {
    let (connection, url, humanos_id) = {
        let inner = app.held();
        let record = inner
            .ledger()?
            .request(request)?
            .ok_or_else(|| Problem::gone("request"))?;
        (record.connection_id, record.url, record.humanos_id)
    };
    if humanos_id.is_empty() {
        return Err(Problem::new(
            ProblemCode::UnknownItem,
            "Humanos has not accepted this request, so there is nothing to ask after.",
        ));
    }
    let client = connections::client(app, &connection)?;
    if client.create_url() != url {
        return Err(Problem::new(
            ProblemCode::ConnectionFailed,
            "This request was made at another address than its connection has now, so nobody can be asked about it.",
        ));
    }
    let (_, detail) = client
        .detail(&humanos_id, now_ms())
        .await
        .map_err(|failure| unanswered(&failure))?;
    if detail.id != humanos_id {
        return Err(Problem::new(
            ProblemCode::ConnectionFailed,
            "The answer was about another request, so it was not taken. Try again.",
        ));
    }
    let at_ms = now_ms();
    let seen = serde_json::to_string(&view(detail, at_ms))
        .map_err(|error| Problem::internal(error.to_string()))?;
    let inner = app.held();
    Ok(inner
        .ledger()?
        .record_event(Some(request), EventKind::StatusSeen, &seen, at_ms)?)
}

/// Asks in a moment, in the background. A failure is no news: the officer can ask again.
pub(crate) fn soon(handle: &AppHandle, request: &str) {
    let app = handle.state::<App>();
    if !app.asking.held().insert(request.to_owned()) {
        return;
    }
    let (handle, request) = (handle.clone(), request.to_owned());
    app.runtime.spawn(async move {
        tokio::time::sleep(SOON).await;
        let app = handle.state::<App>();
        app.asking.held().remove(&request);
        match refresh(&app, &request).await {
            Ok(()) => returns::changed(&handle, &request),
            Err(problem) => tracing::warn!(%problem.message, "the status was not seen"),
        }
    });
}

/// As it was seen the last time.
pub(crate) fn last(record: &RequestRecord) -> Option<StatusView> {
    let seen = record.events.iter().rev();
    seen.filter(|event| event.kind == EventKind::StatusSeen)
        .find_map(|event| serde_json::from_str(&event.detail_json).ok())
}

impl Asking {
    fn held(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unanswered(failure: &Failure) -> Problem {
    let said = capitalised(&failure.to_string());
    let message = match failure {
        Failure::Refused { reply, .. } if reply.status == 404 => {
            "Humanos does not know this request any more.".to_owned()
        }
        _ => format!("{said}. What was seen before is kept; try again later."),
    };
    Problem::new(ProblemCode::ConnectionFailed, message)
}

fn view(detail: Detail, at_ms: i64) -> StatusView {
    StatusView {
        at_ms,
        standing: match detail.standing() {
            humanos::Standing::Cancelled => Standing::Cancelled,
            humanos::Standing::Done => Standing::Done,
            humanos::Standing::Rejected => Standing::Rejected,
            humanos::Standing::Pending => Standing::Pending,
            humanos::Standing::Closed => Standing::Closed,
            humanos::Standing::Unclear => Standing::Unclear,
        },
        credentials: detail
            .credentials
            .into_iter()
            .map(|credential| StatusCredential {
                id: credential.id,
                name: credential.name,
                status: credential.status,
                decisions: credential
                    .decisions
                    .into_iter()
                    .map(|decision| StatusDecision {
                        contact: decision.contact,
                        accepted: decision.accepted,
                        decided_at: decision.decided_at,
                    })
                    .collect(),
            })
            .collect(),
        subjects: detail
            .subjects
            .into_iter()
            .map(|subject| StatusSubject {
                contact: subject.contact,
                identity_status: subject.identity_status,
                kyc: subject.kyc,
            })
            .collect(),
    }
}
