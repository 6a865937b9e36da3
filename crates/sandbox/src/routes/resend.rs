//! `PATCH /request/resend/{id}`: sends nothing, but refuses as the API would.
//!
//! The API states neither the number of attempts nor the cool-down. Here a link can be sent
//! again five times, a minute apart; making the request does not start the minute.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::paging::pairs;
use super::{idempotency, json, no_request};
use crate::refusal::Refusal;
use crate::server::Shared;
use crate::store::{Stored, Subject};

const MAX_RESENDS: usize = 5;
const COOL_DOWN_MS: i64 = 60_000;

pub(super) async fn resend(
    State(shared): State<Arc<Shared>>,
    Extension(body): Extension<Bytes>,
    id: Result<Path<String>, PathRejection>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let Path(id) = id.map_err(|_| no_request(""))?;
    let now = shared.now();
    let once = idempotency(&headers, format!("PATCH {uri}"), &body, now)?;
    let (by, who) = match <[_; 1]>::try_from(pairs(&uri)?) {
        Ok([(by, who)]) if ["contact", "id", "internalId"].contains(&by.as_str()) => (by, who),
        _ => {
            let message = "exactly one of contact, id, internalId must be in the query";
            return Err(Refusal::new(400, message));
        }
    };
    let reply = shared.store.once(once.as_ref(), |requests| {
        let request = requests.change(&id).ok_or_else(|| no_request(&id))?;
        if request.canceled_at_ms.is_some() {
            return Err(Refusal::new(403, "The request has been canceled"));
        }
        let subject = find(request, &by, &who)
            .ok_or_else(|| Refusal::new(404, "No subject of the request matches the query"))?;
        if subject.resent_at_ms.len() >= MAX_RESENDS {
            return Err(Refusal::new(403, "No attempts are left for this subject"));
        }
        if let Some(last) = subject.resent_at_ms.last()
            && now.saturating_sub(*last) < COOL_DOWN_MS
        {
            return Err(Refusal::new(
                403,
                "Wait a minute before sending to this subject again",
            ));
        }
        subject.resent_at_ms.push(now);
        Ok(Bytes::from_static(br#"{"success":true}"#))
    })?;
    Ok(json(StatusCode::OK, reply))
}

/// Subjects made here have no id of the caller's own, so `internalId` finds none.
fn find<'r>(request: &'r mut Stored, by: &str, who: &str) -> Option<&'r mut Subject> {
    request.subjects.iter_mut().find(|subject| match by {
        "contact" => subject.contact == who,
        "id" => subject.id == who,
        _ => false,
    })
}
