//! Review and send: the second, deliberate step.

use humanos::{Client, Created, Failure, SecurityLevel};
use ledger::{CredentialRef, LedgerError, NewRequest, Outcome, Subject};
use tauri::State;
use uuid::Uuid;

use super::{connections, form, requests};
use crate::adapters::clock::now_ms;
use crate::error::{Problem, ProblemCode};
use crate::review::{Prepared, encode, not_carried};
use crate::state::{App, Inner};
use crate::wire::{Form, RequestDetail, Review};

#[tauri::command(async)]
pub(crate) fn prepare_review(app: State<'_, App>, form: Form) -> Result<Review, Problem> {
    let connection = connections::current(&app)?;
    let client = connections::client(&app, &connection.id)?;
    let version = connections::version(&connection.api_version)?;
    let (draft, body, key, left_out, mut warnings) = {
        let list = app.lists.read();
        let (draft, body, key) = encode(&list, &form, &version)?;
        let warnings = not_carried(&list, &draft);
        (draft, body, key, list.summary().errors, warnings)
    };
    let mut inner = app.held();
    warnings.extend(doubts(&inner, &body.sha256_hex())?);
    let review = Review {
        id: Uuid::new_v4().to_string(),
        people: count(draft.contacts.len()),
        left_out,
        connection_name: connection.name,
        practice: connection.practice,
        method: "POST".to_owned(),
        url: client.create_url(),
        headers: client.header_preview(&key),
        body: body.as_str().to_owned(),
        sha256: body.sha256_hex(),
        bytes: count(body.len()),
        warnings,
    };
    inner.prepared = Some(Prepared {
        review: review.clone(),
        connection_id: connection.id,
        draft,
        body,
        key,
        version,
    });
    Ok(review)
}

/// Sends what was reviewed, once. The plan is on disk before the first byte leaves.
#[tauri::command]
pub(crate) async fn send(app: State<'_, App>, review: String) -> Result<RequestDetail, Problem> {
    let client = {
        let connection = app
            .held()
            .prepared
            .as_ref()
            .map(|p| p.connection_id.clone());
        connections::client(&app, &connection.ok_or_else(gone)?)?
    };
    {
        let mut inner = app.held();
        let prepared = inner
            .prepared
            .take_if(|p| p.review.id == review)
            .ok_or_else(gone)?;
        if let Err(error) = inner.ledger()?.plan(&planned(&prepared)) {
            inner.prepared = Some(prepared);
            return Err(match error {
                LedgerError::DuplicateIdempotencyKey => Problem {
                    code: ProblemCode::DuplicateIdempotencyKey,
                    message: "This idempotency key was used before on this connection. Go back and use a new one.".to_owned(),
                    field: Some("Idempotency-Key".to_owned()),
                },
                other => other.into(),
            });
        }
    }
    let detail = attempt(&app, &client, &review).await?;
    form::sent(&app, detail.humanos_id.is_some())?;
    Ok(detail)
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
        form::answered(&app, &detail.body_sha256)?;
    }
    Ok(detail)
}

async fn attempt(app: &App, client: &Client, request: &str) -> Result<RequestDetail, Problem> {
    let timestamp_ms = now_ms();
    let (body, key, number) = {
        let inner = app.held();
        let record = inner
            .ledger()?
            .request(request)?
            .ok_or_else(|| Problem::gone("request"))?;
        let key = humanos::IdempotencyKey::parse(record.idempotency_key)
            .map_err(|error| Problem::internal(error.to_string()))?;
        let version = ("API-Version".to_owned(), record.api_version);
        if record.url != client.create_url() || !client.header_preview(&key).contains(&version) {
            return Err(Problem::new(
                ProblemCode::ConnectionFailed,
                "This request was made for another address or API version than its connection has now. Start a new request instead.",
            ));
        }
        let body = humanos::Body::from_stored(record.body)
            .map_err(|error| Problem::internal(error.to_string()))?;
        let number = inner
            .ledger()?
            .start_attempt(request, timestamp_ms, timestamp_ms)?;
        (body, key, number)
    };
    let result = client.create(&body, &key, timestamp_ms).await;
    let inner = app.held();
    inner
        .ledger()?
        .finish_attempt(request, number, &outcome(result), now_ms())
        .map_err(unwritten)?;
    requests::detail(&inner, request)
}

/// The call was made and its answer is lost: at the next start the request is shown as a doubt.
fn unwritten(error: LedgerError) -> Problem {
    let Problem { message, .. } = error.into();
    Problem::new(
        ProblemCode::Ledger,
        format!(
            "The request was sent, but its answer could not be written down. {message} Restart Countersign and open the request: trying it again there asks nobody twice."
        ),
    )
}

fn outcome(result: Result<Created, Failure>) -> Outcome {
    let failure = match result {
        Ok(created) => return accepted(created),
        Err(failure) => failure,
    };
    let reason = failure.to_string();
    match failure {
        Failure::Refused {
            reply, messages, ..
        } => Outcome::Refused {
            status: reply.status,
            reply_body: reply.body,
            server_date: reply.server_date,
            server_request_id: reply.server_request_id,
            messages,
        },
        other if other.outcome_unknown() => Outcome::Unknown { reason },
        _ => Outcome::NotSent { reason },
    }
}

fn accepted(Created { reply, created }: Created) -> Outcome {
    Outcome::Accepted {
        status: reply.status,
        reply_body: reply.body,
        server_date: reply.server_date,
        server_request_id: reply.server_request_id,
        humanos_id: created.id,
        subjects: created
            .subjects
            .into_iter()
            .map(|subject| Subject {
                id: subject.id,
                contact: subject.contact,
                link: subject.link,
                code: subject.code.map(|code| code.expose().to_owned()),
            })
            .collect(),
        credentials: created
            .credentials
            .into_iter()
            .map(|credential| CredentialRef {
                id: credential.id,
                name: credential.name.unwrap_or_default(),
                internal_id: credential.internal_id.unwrap_or_default(),
            })
            .collect(),
    }
}

fn planned(prepared: &Prepared) -> NewRequest {
    let Prepared {
        review,
        connection_id,
        draft,
        body,
        key,
        version,
    } = prepared;
    NewRequest {
        id: review.id.clone(),
        connection_id: connection_id.clone(),
        connection_name: review.connection_name.clone(),
        practice: review.practice,
        url: review.url.clone(),
        api_version: version.as_str().to_owned(),
        idempotency_key: key.as_str().to_owned(),
        body: body.as_bytes().to_vec(),
        body_sha256: review.sha256.clone(),
        name: draft.name.trim().to_owned(),
        internal_id: draft.internal_id.trim().to_owned(),
        security_level: draft
            .security_level
            .unwrap_or(SecurityLevel::Contact)
            .as_str()
            .to_owned(),
        pub_key: draft.pub_key.trim().to_owned(),
        people: draft.contacts.clone(),
        at_ms: now_ms(),
    }
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

fn gone() -> Problem {
    Problem::new(
        ProblemCode::ReviewGone,
        "This review is out of date. Go back to the form and review the request again.",
    )
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
