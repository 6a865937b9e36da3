//! `GET /link/{id}` and `POST /link/{id}/answer`: the page of a subject, and what it sends.
//!
//! Whoever has the link may answer, as with Humanos after the code; but only from the page itself:
//! a page of anybody else must not answer for whom the officer has open.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::create::is_json;
use super::{json, messages};
use crate::auth::only;
use crate::link_page;
use crate::refusal::Refusal;
use crate::server::{Arrived, Shared};
use crate::store::{Answer, Decision, Stored};

/// Longest answer read, in bytes: the most credentials that a request can have need some 60,000.
const MAX_ANSWER_BYTES: usize = 128 * 1024;

/// Whether a call is an answer.
pub(crate) fn is_answer(method: &str, path: &str) -> bool {
    method == Method::POST.as_str() && path.starts_with("/link/")
}

pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<String>, PathRejection>,
) -> Response {
    let found = id.ok().and_then(|Path(id)| shared.store.of_link(&id));
    match found {
        Some((request, subject)) => link_page::page(&request, subject, &shared.envelope.json()),
        None => link_page::unknown(),
    }
}

/// Stores an answer; the reply has the messages for the page to seal, and where it goes then.
pub(super) async fn answer(
    State(shared): State<Arc<Shared>>,
    Extension(arrived): Extension<Arrived>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if !is_same_origin(&headers, &shared.base_url) {
        let message = "Answers are taken from the page itself alone";
        return Err(Refusal::new(403, message));
    }
    if !is_json(&headers) {
        return Err(Refusal::new(415, "Content-Type must be application/json"));
    }
    let Path(id) = id.map_err(|_| unknown())?;
    let given = Given::read(arrived)?;
    let now = shared.now();
    let reply = shared.store.once(None, |requests| {
        let (request, subject) = requests.of_link(&id).ok_or_else(unknown)?;
        let answer = given.to(&request, subject, now)?;
        let answered = requests
            .answer(&request, subject, answer)
            .ok_or_else(unknown)?;
        let redirect = answered.redirect_url.as_deref();
        let reply = json!({
            "messages": messages::of(&answered, subject),
            "redirect": redirect.map(|url| shared.redirected(url)),
        });
        Ok(Bytes::from(reply.to_string()))
    })?;
    Ok(json(StatusCode::OK, reply))
}

/// An answer as it came, before it is held against its request.
struct Given {
    accepted: Vec<bool>,
    identified: Option<bool>,
}

impl Given {
    /// Reads `{"accepted": [true, …], "identified": true}`.
    fn read(arrived: Arrived) -> Result<Self, Refusal> {
        let body = match arrived {
            Arrived::Whole(body) if body.len() <= MAX_ANSWER_BYTES => body,
            Arrived::Whole(_) | Arrived::TooLarge => {
                return Err(Refusal::new(413, "request entity too large"));
            }
            Arrived::Cut => return Err(Refusal::new(400, "request aborted")),
        };
        let wrong = || {
            let message = "The answer must be {\"accepted\": [true, …], \"identified\": true}, \
                           with null for what was not asked";
            Refusal::new(400, message)
        };
        let Ok(Value::Object(fields)) = serde_json::from_slice(&body) else {
            return Err(wrong());
        };
        let (Some(Value::Array(accepted)), Some(identified), 2) = (
            fields.get("accepted"),
            fields.get("identified"),
            fields.len(),
        ) else {
            return Err(wrong());
        };
        let accepted: Option<_> = accepted.iter().map(Value::as_bool).collect();
        let identified = match identified {
            Value::Null => None,
            Value::Bool(identified) => Some(*identified),
            _ => return Err(wrong()),
        };
        Ok(Self {
            accepted: accepted.ok_or_else(wrong)?,
            identified,
        })
    }

    /// The answer of the subject at a place, if they can still give it and it fits.
    fn to(self, request: &Stored, subject: usize, at_ms: i64) -> Result<Answer, Refusal> {
        let subject = request.subjects.get(subject).ok_or_else(unknown)?;
        let conflict = |message: &str| Err(Refusal::new(409, message));
        if subject.answer.is_some() {
            return conflict("This link has been answered already. Load the page to see how.");
        }
        if request.canceled_at_ms.is_some() {
            return conflict("This request has been cancelled, so it can no longer be answered.");
        }
        if request.is_too_large() {
            return conflict("This request asks for too much in all to be answered here.");
        }
        if self.accepted.len() != request.credentials.len()
            || self.identified.is_some() != request.asks_identity()
        {
            let message = "The answer must be about each credential, and about the identity if it \
                           is asked for";
            return Err(Refusal::new(400, message));
        }
        let decisions = self.accepted.into_iter().map(|accepted| Decision {
            id: Uuid::new_v4(),
            accepted,
        });
        Ok(Answer {
            at_ms,
            decisions: decisions.collect(),
            identified: self.identified,
        })
    }
}

/// Whether a call comes from a page of this server. Browsers send `Origin` with every POST, and the
/// newer ones `Sec-Fetch-Site`; no page can set them.
fn is_same_origin(headers: &HeaderMap, base_url: &str) -> bool {
    const SITE: &str = "sec-fetch-site";
    only(headers, header::ORIGIN.as_str()) == Some(base_url)
        && (!headers.contains_key(SITE) || only(headers, SITE) == Some("same-origin"))
}

fn unknown() -> Refusal {
    let message = "This link is not known. Links end when the practice server stops.";
    Refusal::new(404, message)
}
