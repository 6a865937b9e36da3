//! The paths served. Calls to the API pass the guard; the link page and unknown paths do not.

mod approvals;
mod create;
mod link;
mod messages;
mod paging;
mod requests;
mod resend;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::OriginalUri;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post};
use sha2::{Digest, Sha256};

use crate::auth::{guard, only};
use crate::refusal::Refusal;
use crate::server::Shared;
use crate::store::Once;

pub(crate) use self::link::is_answer;

/// Every path of the practice server.
pub(crate) fn all(shared: Arc<Shared>) -> Router<Arc<Shared>> {
    Router::new()
        .route("/request", post(create::create).get(requests::list))
        .route(
            "/request/{id}",
            get(requests::detail).delete(requests::cancel),
        )
        .route("/request/resend/{id}", patch(resend::resend))
        .route("/approvals", get(approvals::resources))
        .route("/approvals/workflow", get(approvals::workflows))
        .method_not_allowed_fallback(nowhere)
        .route_layer(from_fn_with_state(shared, guard))
        .route("/link/{id}", get(link::page))
        .route("/link/{id}/answer", post(link::answer))
        .fallback(nowhere)
}

async fn nowhere(method: Method, OriginalUri(uri): OriginalUri) -> Refusal {
    Refusal::new(404, format!("Cannot {method} {}", uri.path()))
}

fn no_request(id: &str) -> Refusal {
    let id: String = id.chars().take(64).collect();
    Refusal::new(404, format!("Request {id} not found"))
}

/// Reads `Idempotency-Key`: at most one, 1 to 255 visible ASCII characters.
fn idempotency(
    headers: &HeaderMap,
    call: String,
    body: &Bytes,
    at_ms: i64,
) -> Result<Option<Once>, Refusal> {
    const NAME: &str = "idempotency-key";
    if !headers.contains_key(NAME) {
        return Ok(None);
    }
    let key = only(headers, NAME)
        .filter(|key| (1..=255).contains(&key.len()))
        .filter(|key| key.bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or_else(|| {
            Refusal::new(
                400,
                "Idempotency-Key must be sent once, 1 to 255 visible characters",
            )
        })?;
    Ok(Some(Once {
        call,
        key: key.to_owned(),
        body_sha256: Sha256::digest(body).into(),
        at_ms,
    }))
}

fn json(status: StatusCode, body: Bytes) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "application/json; charset=utf-8")],
        body,
    )
        .into_response()
}
