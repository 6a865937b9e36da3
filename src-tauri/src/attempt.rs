//! Sending one request once, while the officer waits for the answer. The attempt is on disk before its first byte
//! leaves.

use humanos::{Body, Client, IdempotencyKey};
use ledger::{LedgerError, NewRequest};

use crate::adapters::clock::now_ms;
use crate::commands::requests;
use crate::error::{Problem, ProblemCode};
use crate::state::App;
use crate::wire::RequestDetail;

/// Writes a request down.
pub(crate) fn plan(app: &App, request: &NewRequest) -> Result<(), Problem> {
    app.held().ledger()?.plan(request).map_err(refused)
}

/// Sends a request that is written down.
pub(crate) async fn attempt(
    app: &App,
    client: &Client,
    request: &str,
) -> Result<RequestDetail, Problem> {
    let timestamp_ms = now_ms();
    let (body, key, attempt) = {
        let inner = app.held();
        let ledger = inner.ledger()?;
        let record = ledger
            .request(request)?
            .ok_or_else(|| Problem::gone("request"))?;
        let key = IdempotencyKey::parse(record.idempotency_key)
            .map_err(|error| Problem::internal(error.to_string()))?;
        if record.url != client.create_url() || record.api_version != client.api_version().as_str()
        {
            return Err(Problem::new(
                ProblemCode::ConnectionFailed,
                "This request was made for another address or API version than its connection has now. Start a new request instead.",
            ));
        }
        let body =
            Body::from_stored(record.body).map_err(|error| Problem::internal(error.to_string()))?;
        let attempt = ledger.start_attempt(request, timestamp_ms, timestamp_ms)?;
        (body, key, attempt)
    };
    let result = client.create(&body, &key, timestamp_ms).await;
    let (outcome, verdict) = dispatch::settle(result);
    let inner = app.held();
    inner
        .ledger()?
        .finish_attempt(request, attempt, &outcome, verdict, now_ms())
        .map_err(unwritten)?;
    requests::detail(&inner, request)
}

/// Why a request or a batch was not written down.
pub(crate) fn refused(error: LedgerError) -> Problem {
    match error {
        LedgerError::DuplicateIdempotencyKey => Problem {
            code: ProblemCode::DuplicateIdempotencyKey,
            message:
                "This idempotency key was used before on this connection. Go back and use a new one."
                    .to_owned(),
            field: Some("Idempotency-Key".to_owned()),
        },
        other => other.into(),
    }
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
