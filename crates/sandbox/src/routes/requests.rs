//! `GET /request`, `GET /request/{id}` and `DELETE /request/{id}`.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::paging::Page;
use super::{json, no_request};
use crate::ids;
use crate::refusal::Refusal;
use crate::server::Shared;
use crate::store::{Stored, Subject};

/// Newest first. Filters: `internalId`, `securityLevel` (may repeat), `subject` (contact or id).
pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    OriginalUri(uri): OriginalUri,
) -> Result<Json<Value>, Refusal> {
    let page = Page::read(
        &uri,
        &["internalId", "securityLevel", "subject"],
        &["securityLevel"],
    )?;
    let matching: Vec<_> = shared
        .store
        .requests()
        .into_iter()
        .filter(|request| {
            page.passes("internalId", |id| {
                request.internal_id.as_deref() == Some(id)
            })
        })
        .filter(|request| page.passes("securityLevel", |level| request.security_level == level))
        .filter(|request| {
            page.passes("subject", |subject| {
                request
                    .subjects
                    .iter()
                    .any(|one| one.contact == subject || one.id == subject)
            })
        })
        .filter(|request| {
            let credentials = request
                .credentials
                .iter()
                .filter_map(|one| one.name.as_deref());
            page.found_in(request.name.as_deref().into_iter().chain(credentials))
        })
        .collect();
    Ok(Json(page.cut(&matching, |request| item(request))))
}

/// One request with its credentials in full.
pub(super) async fn detail(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<Value>, Refusal> {
    let Path(id) = id.map_err(|_| no_request(""))?;
    let request = shared.store.request(&id).ok_or_else(|| no_request(&id))?;
    Ok(Json(full(&request)))
}

/// Cancels a request that is still open. This version declares no refusal but 404, so a request
/// that was cancelled already, or has no credential in draft, is answered with that.
pub(super) async fn cancel(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Refusal> {
    let Path(id) = id.map_err(|_| no_request(""))?;
    let now = shared.now();
    let reply = shared.store.once(None, |requests| {
        let request = requests.change(&id).ok_or_else(|| no_request(&id))?;
        if request.canceled_at_ms.is_some() {
            return Err(Refusal::new(
                404,
                format!("Request {id} has been canceled already"),
            ));
        }
        if request.is_settled() {
            return Err(Refusal::new(
                404,
                format!("Request {id} has no credential left that could be canceled"),
            ));
        }
        request.canceled_at_ms = Some(now);
        Ok(Bytes::from_static(br#"{"success":true}"#))
    })?;
    Ok(json(StatusCode::OK, reply))
}

fn item(request: &Stored) -> Value {
    let mut object = header(request);
    let subjects: Vec<Value> = request
        .subjects
        .iter()
        .map(|subject| {
            let mut object = identity(subject);
            object.insert("id".to_owned(), json!(subject.id));
            object.insert("contact".to_owned(), json!(subject.contact));
            Value::Object(object)
        })
        .collect();
    object.insert("subjects".to_owned(), json!(subjects));
    let credentials: Vec<Value> = (0..request.credentials.len())
        .map(|at| Value::Object(summary(request, at)))
        .collect();
    object.insert("credentials".to_owned(), json!(credentials));
    Value::Object(object)
}

fn full(request: &Stored) -> Value {
    let created_at = ids::date_time(request.created_at_ms);
    let mut object = header(request);
    let subjects: Vec<Value> = request
        .subjects
        .iter()
        .map(|subject| {
            let mut object = identity(subject);
            let contacts = json!([{"id": subject.id, "contact": subject.contact}]);
            for (name, value) in [
                ("id", json!(subject.id)),
                ("contact", json!(subject.contact)),
                ("contacts", contacts),
                ("organization", json!({"contacts": [subject.contact]})),
                ("createdAt", json!(created_at)),
            ] {
                object.insert(name.to_owned(), value);
            }
            Value::Object(object)
        })
        .collect();
    object.insert("subjects".to_owned(), json!(subjects));
    let credentials: Vec<Value> = (0..request.credentials.len())
        .map(|at| credential(request, at))
        .collect();
    object.insert("credentials".to_owned(), json!(credentials));
    Value::Object(object)
}

/// The credential at a place in full, as details and messages have it.
pub(super) fn credential(request: &Stored, at: usize) -> Value {
    let mut object = summary(request, at);
    object.insert("tags".to_owned(), json!([]));
    object.insert("w3cCredential".to_owned(), unsigned(request, at));
    let decisions: Vec<Value> = request
        .decisions(at)
        .map(|(subject, decision, at_ms)| {
            json!({
                "id": ids::decision_urn(decision.id),
                "contact": subject.contact,
                "accepted": decision.accepted,
                "decidedAt": ids::date_time(at_ms),
            })
        })
        .collect();
    object.insert("decisions".to_owned(), json!(decisions));
    Value::Object(object)
}

fn header(request: &Stored) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("id".to_owned(), json!(request.id));
    object.insert("securityLevel".to_owned(), json!(request.security_level));
    object.insert(
        "createdAt".to_owned(),
        json!(ids::date_time(request.created_at_ms)),
    );
    object.insert(
        "canceledAt".to_owned(),
        json!(request.canceled_at_ms.map(ids::date_time)),
    );
    for (name, value) in [
        ("name", &request.name),
        ("language", &request.language),
        ("redirectUrl", &request.redirect_url),
        ("internalId", &request.internal_id),
    ] {
        if let Some(value) = value {
            object.insert(name.to_owned(), json!(value));
        }
    }
    object
}

/// `identityStatus`, and `kyc` once a check was made.
fn identity(subject: &Subject) -> Map<String, Value> {
    let identified = subject.answer.as_ref().and_then(|answer| answer.identified);
    let (status, kyc) = match identified {
        None => ("NONE", None),
        Some(false) => ("NONE", Some("REJECTED")),
        Some(true) => ("KYC", Some("APPROVED")),
    };
    let mut object = Map::new();
    object.insert("identityStatus".to_owned(), json!(status));
    if let Some(kyc) = kyc {
        object.insert("kyc".to_owned(), json!(kyc));
    }
    object
}

fn summary(request: &Stored, at: usize) -> Map<String, Value> {
    let credential = &request.credentials[at];
    let mut object = Map::new();
    object.insert("id".to_owned(), json!(credential.id));
    object.insert("resourceType".to_owned(), json!(credential.resource_type));
    object.insert("status".to_owned(), json!(request.status(at)));
    for (name, value) in [
        ("name", &credential.name),
        ("description", &credential.description),
        ("internalId", &credential.internal_id),
    ] {
        if let Some(value) = value {
            object.insert(name.to_owned(), json!(value));
        }
    }
    object
}

/// The credential without content and, whatever was decided, without signatures.
fn unsigned(request: &Stored, at: usize) -> Value {
    let grantors: Vec<&str> = request.subjects.iter().map(|one| one.id.as_str()).collect();
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "id": request.credentials[at].id,
        "validFrom": ids::date_time(request.created_at_ms),
        "credentialSubject": {"mandate": {"grantor": grantors}},
        "evidences": [],
        "proofs": [],
    })
}
