//! `POST /request`.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::{idempotency, json};
use crate::auth::only;
use crate::canonical;
use crate::refusal::Refusal;
use crate::server::Shared;
use crate::store::Stored;
use crate::training;
use crate::versions::Version;

pub(super) async fn create(
    State(shared): State<Arc<Shared>>,
    Extension(version): Extension<Version>,
    Extension(body): Extension<Bytes>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if !is_json(&headers) {
        return Err(Refusal::new(415, "Content-Type must be application/json"));
    }
    let now = shared.now();
    let once = idempotency(&headers, "POST /request".to_owned(), &body, now)?;
    if let Some(reply) = shared.store.replay(once.as_ref())? {
        return Ok(json(StatusCode::CREATED, reply));
    }
    let parsed = parse(&body)?;
    let faults = version.faults(&parsed);
    if !faults.is_empty() {
        return Err(Refusal::list(faults));
    }
    if let Some(failure) = training::failure(&parsed) {
        return Err(failure);
    }
    let asked = version.read(&parsed);
    let key = once.as_ref().map(|once| once.key.as_str());
    let reply = shared.store.once(once.as_ref(), |requests| {
        Ok(reply(&requests.create(asked, key, now), &shared.base_url))
    })?;
    let mut response = json(StatusCode::CREATED, reply);
    if let Some(trained) = training::fault(&parsed) {
        response.extensions_mut().insert(trained);
    }
    Ok(response)
}

/// Whether the body is said to be JSON.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    only(headers, header::CONTENT_TYPE.as_str())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

fn parse(body: &Bytes) -> Result<Value, Refusal> {
    let parsed = serde_json::from_slice(body).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Refusal::new(
            400,
            format!("Body is not valid JSON (line {line}, column {column})"),
        )
    })?;
    if canonical::is_compact(body) {
        Ok(parsed)
    } else {
        let message = "Body is valid JSON but not compact: send and sign the bytes that \
                       JSON.stringify writes, without white space or needless escapes";
        Err(Refusal::new(400, message))
    }
}

fn reply(request: &Stored, base_url: &str) -> Bytes {
    let credentials: Vec<Value> = request
        .credentials
        .iter()
        .map(|credential| {
            let mut object = Map::new();
            object.insert("id".to_owned(), json!(credential.id));
            if let Some(name) = &credential.name {
                object.insert("name".to_owned(), json!(name));
            }
            if let Some(internal_id) = &credential.internal_id {
                object.insert("internalId".to_owned(), json!(internal_id));
            }
            Value::Object(object)
        })
        .collect();
    let subjects: Vec<Value> = request
        .subjects
        .iter()
        .map(|subject| {
            json!({
                "id": subject.id,
                "contact": subject.contact,
                "code": subject.code,
                "link": format!("{base_url}/link/{}", subject.link_id),
            })
        })
        .collect();
    let reply = json!({"id": request.id, "credentials": credentials, "subjects": subjects});
    Bytes::from(reply.to_string())
}
